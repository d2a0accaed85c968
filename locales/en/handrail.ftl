# What this language says of itself.

# Its own name, as it stands in the settings.
language-name = English
# Its tag, the name of this folder.
language-tag = en
# Where its lines begin: ltr or rtl.
language-direction = ltr

## What browser and stores show of the extension: `_locales/` is made of it. A description has 132 characters at most.

manifest-description = Points at the next step of a vendor's Microsoft 365 integration in the admin portals, checks every value, changes nothing itself.
manifest-open = Open Handrail
