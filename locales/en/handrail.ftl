# What this language says of itself.

# Its own name, as it stands in the settings.
language-name = English
# Its tag, the name of this folder.
language-tag = en
# Where its lines begin: ltr or rtl.
language-direction = ltr
