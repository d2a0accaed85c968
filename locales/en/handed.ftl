# What the page behind a link says towards the end; it is not needed when the page opens.

page-sealed = Sealed so that only { $vendor } can open it.
page-download = Save the sealed file instead
page-saved = Sealed and saved
page-saved-lead = Send the file to the vendor in any way: only the vendor can open it.
page-handed-over = Handed over
page-wiped = The values were wiped from this page.
page-calendar = Save a reminder of the end date
page-reminder = Client secret ends: { $guide }
page-reminder-renew = Ask for a renewal
page-idle = Nothing happens here. What you entered is wiped within a minute.
page-keep = Keep it
page-idle-wiped = What you entered was wiped, because nothing happened here for 15 minutes. It was not handed over.
