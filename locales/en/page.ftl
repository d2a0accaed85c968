# The page behind a vendor's link, and what it says where nobody has the extension.

page-refused = This link cannot be used
page-reference = Reference: { $customer }
page-permissions = Permissions it asks for
page-guide = The guide's page
page-first = What you enter is checked here first, without leaving this page.
page-then = When you press **{ page-check }**, it is sent once to this service, tried against Microsoft and forgotten.
page-last = When you press **{ hand-over }**, it is sealed in this browser so that only the vendor can open it.
page-until = The link is good until { $day }.
page-extension = With the Handrail extension: press its button in the browser's toolbar while this page is open. It proves for itself who asks, continues in the portal, and hands over from its panel.
page-begin = I have the values: begin
page-own = No secret is made: the app is told to trust the vendor's own issuer, as the steps below say, with exactly these values. Then two IDs are handed over, and the vendor proves them.
page-anything = Paste everything you have; what is recognised is put in its place
page-ends = Day the secret ends, as the portal shows it (e.g. 2027-05-20); optional
page-check = Check against Microsoft
page-use-with = Use it with { $slip }
page-share = Tell { $vendor } how far I am: begun, values entered, checked. No value is told.
page-steps = Without the extension: every step in words
page-steps-loading = Fetching them…
page-steps-none = This service has no steps in words for this guide. Ask the vendor for its own description.
