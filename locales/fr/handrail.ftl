language-name = Français
language-tag = fr
language-direction = ltr
manifest-description = Montre l’étape suivante d’une intégration Microsoft 365 dans les portails, vérifie chaque valeur et ne modifie rien lui-même.
manifest-open = Ouvrir Handrail
