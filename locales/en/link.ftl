# A vendor's link, in the panel and on the page behind it.

copy = Copy
use-anyway = Use it anyway
way-there = The way there: { $menu }.
hand-over-to = Hand over to { $vendor }
checking = Checking…
link-loading = Finding out who sent this link…
link-made-by = The link was made by
link-proved = Proved here against the keys that this domain publishes. If this is not who you expect, stop.
link-first = This is the first link from this domain here: compare its spelling with the vendor you know.
link-same = The same keys as on { $day }, or keys that those vouch for.
link-told = Its key is the one whose fingerprint you entered.
link-fingerprint = Fingerprint that the vendor told you
link-compare = Compare and go on
link-mistold = This is not the fingerprint of the key that signed the link. Compare it with what the vendor told you, letter by letter. If it is the same, the link is not the vendor's: go no further.
link-another-guide = The vendor made this link for another version of the guide than the one shown here. Read again what it asks for; if anything is unexpected, ask the vendor for a new link before you enter anything.
link-taken = Something was already handed over under this link. To replace it, use the browser it was handed over with, or ask the vendor to reopen the link.
link-no-answer = The service does not answer.
    .next = Nothing is lost: try again.
hand-over = Hand over
handing-over = Handing over…
link-look = See how far the vendor is
receipt-keep = Keep the receipt: it proves what was handed over, and permits to replace it.
receipt-save = Save the receipt
link-kept = It is kept here, sealed, until the vendor confirms that it is safe there, and no longer than { $day }.

# What the portal asks for in a federated credential.
own-issuer = Issuer
own-subject = Subject
own-audience = Audience (in national clouds as it is filled in)
link-consent = No secret is made: an administrator agrees to the vendor's own app on Microsoft's page. Begin there, and from no other address: this one is bound to this link. Then hand over the directory's ID.
consent-link = Consent at Microsoft
own-written = This guide was written by { $vendor }, not by Handrail.
own-known = Handrail knows every step of it. Names and reasons are the vendor's own words.
own-dangerous = Dangerous permissions: tick each one that { $vendor } is to have
own-tier-0 = Whoever holds it can take over the whole directory. { $vendor } is to have it all the same.
own-high = It reads what people write, or changes something. { $vendor } is to have it.
danger-low = risk low
danger-medium = risk medium
