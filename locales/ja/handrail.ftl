language-name = 日本語
language-tag = ja
language-direction = ltr
