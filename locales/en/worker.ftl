# The service's own pages, which have no script: start, a guide's page, nothing there, the quick check and the vendor's page.
# What is put in is put in as it is, so nothing here chooses a plural.

home-lead = Walks an administrator through a vendor's Microsoft 365 integration, checks every value on the way and proves the result against Microsoft.
home-guides = Guides
home-keeps = This service checks what was collected and keeps nothing of it.
about-begin = To begin
about-press = Press the Handrail button of your browser while this page is open. Nothing has been changed or sent so far.
about-permissions = Permissions { $vendor } asks for
about-leaves = What leaves your directory
about-roles = Who can do it
# Stands in a step for the directory, where its name is not known.
about-directory = the directory named in the top right corner
missing-title = There is nothing here
missing-guides = All guides
code-title = Open a link
code-wrong = This address has no whole link in it. Mail programs break long ones over two lines.
code-label = The whole link from the mail, or its 18 letters and digits
code-open = Open
noscript = This page checks who sent the link and seals what you enter, in your browser. For that it needs JavaScript.
refused-title = That did not work
refused-back = Back to the page

## The quick check

quick-title = Is this client secret still valid?
quick-again = Check another
quick-tenant = Tenant ID, or a domain of the directory
quick-client = Client ID of the app
quick-secret = Client secret: its value, not its ID
quick-ask = Ask Microsoft
quick-keeps = The values go to this service, which asks Microsoft once and keeps nothing. On your own machine, `handrail check` does the same without a service.
quick-passed = Active
quick-failed = Rejected
quick-pending = Not yet
quick-could-not-tell = Could not tell
quick-when = Checked { $day } at { $time } UTC

## Where a vendor's links stand

desk-title = Your links
desk-lead = Sign in with a one-time code. Where your keys are, this makes one, good for five minutes:
desk-domain = Your domain
desk-code = Code
desk-sign-in = Sign in
desk-signed-out = You are signed out.
desk-refresh = Look again
desk-sign-out = Sign out
desk-until = Signed in until { $time } UTC.
desk-empty = There is no link yet. Make the first one:
desk-more = There are more; `handrail link list` shows them all.
desk-privacy = This page shows where links stand. What customers hand over is sealed to your keys: neither this page nor this service can open it. Collect it with the command line.
desk-nobody = No reference
desk-step = The customer is at { $step }.
desk-passed = Last check: passed.
desk-failed = Last check: failed.
desk-pending = Last check: pending.
desk-could-not-tell = Last check: could not tell.
desk-expires = Link until { $day }.
desk-ends = Credential ends { $day }.
desk-kept = Kept until { $day }.

# Whose move it is, with how many links.
desk-yours = Your move ({ $count })
desk-theirs = The customer's move ({ $count })
desk-well = Done ({ $count })
desk-over = Over ({ $count })

# Where a link stands, behind the customer's name and a colon.
desk-handed-over = handed over; collect it with `handrail inbox collect`
desk-collected = collected; confirm it with `handrail inbox ack`
desk-not-proved = handed over, but your own try failed
desk-deleted = deleted, because it was not confirmed in time; reopen it with `handrail link reopen`
desk-created = not opened yet
desk-opened = the customer has begun
desk-checked = checked, not handed over yet
desk-reopened = reopened for another hand-over
desk-acknowledged = collected and confirmed
desk-proved = proved by you
desk-first-data = first data was seen
desk-expired = expired unused
desk-revoked = withdrawn
desk-unknown = unknown
