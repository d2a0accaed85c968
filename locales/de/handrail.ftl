language-name = Deutsch
language-tag = de
language-direction = ltr
