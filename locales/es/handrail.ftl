language-name = Español
language-tag = es
language-direction = ltr
manifest-description = Señala el siguiente paso de una integración de Microsoft 365 en los portales, comprueba cada valor y no cambia nada por sí mismo.
manifest-open = Abrir Handrail
