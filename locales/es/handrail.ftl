language-name = Español
language-tag = es
language-direction = ltr
