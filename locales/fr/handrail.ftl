language-name = Français
language-tag = fr
language-direction = ltr
