language-name = Deutsch
language-tag = de
language-direction = ltr
manifest-description = Zeigt in den Adminportalen den nächsten Schritt einer Microsoft-365-Integration, prüft jeden Wert und ändert selbst nichts.
manifest-open = Handrail öffnen
