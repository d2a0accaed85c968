report-passed = Alles ist eingerichtet
report-passed-lead = Microsoft hat die Werte angenommen, und die Berechtigungen sind da.
report-failed = Noch nicht richtig
report-failed-lead = Zuerst muss etwas behoben werden. Jede Zeile sagt, was und wo.
report-pending = Warten auf Microsoft
report-pending-lead = Eine Änderung ist so neu, dass noch nicht jeder Server sie kennt. Es wird von selbst erneut gefragt.
report-could-not-tell = Nicht feststellbar
report-could-not-tell-lead = Es kam keine klare Antwort. Nichts gilt als bewiesen.
report-again = Nächste Anfrage in { $n } s.
report-checks-passed = { $n ->
    [one] { $n } Prüfung bestanden
   *[other] { $n } Prüfungen bestanden
}
report-surplus = Mehr, als verlangt wurde
report-not-checked = Nicht nachgesehen
report-when = Geprüft am { MOMENT($when) }
report-mend = Zum Schritt
report-mend-at = Zum Schritt: { $title }
report-reference = Für Ihre Anmeldeprotokolle und den Support
report-ask = Diese Anmeldungen in Ihren Protokollen finden
report-ask-place = Log Analytics, oder **Sign-in logs** > **Service principal sign-ins** im Microsoft Entra Admin Center
report-ask-copy = Abfrage kopieren
verdict-passed = Bestanden
verdict-failed = Nicht bestanden
verdict-pending = Wartet
slip-with = den Wert mit { $slip }
standing-handed-over = Der Anbieter hat es noch nicht abgeholt.
standing-collected = Der Anbieter hat es abgeholt.
standing-acknowledged = Der Anbieter hat es sicher, und dieser Dienst hat es gelöscht.
standing-deleted = Der Anbieter hat es nicht rechtzeitig bestätigt, und dieser Dienst hat es gelöscht. Fragen Sie den Anbieter, was noch gebraucht wird.
standing-first-data = Der Anbieter sieht erste Daten: Es funktioniert.
standing-proved = Der Anbieter hat bewiesen, dass es funktioniert.
standing-not-proved = Der Anbieter hat es ausprobiert, und es funktioniert nicht.
proof-pending = Der Anbieter hat es noch nicht ausprobiert.
    .next = Hier ist nichts mehr zu tun; sehen Sie später wieder nach.
proof-passed = Der Anbieter hat es ausprobiert: Microsoft nimmt es an.
    .next = Es ist nichts mehr zu tun.
