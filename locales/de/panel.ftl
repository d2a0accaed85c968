opening = Wird geöffnet …
panel-fell = Handrails Seitenleiste ist ausgefallen. Vom Ablauf ging nichts verloren: Öffnen Sie die Leiste erneut.
panel-fell-again = Erneut öffnen

## The list of guides

sheet-title = Bevor Sie beginnen
settings = Einstellungen
settings-close = Einstellungen schließen
home-lead = Wählen Sie, was Sie einrichten möchten. Zuerst sehen Sie alles, was geändert wird; vorher geschieht nichts.
home-runs = Laufend
run-continue = Fortsetzen
run-continue-here = In diesem Tab fortsetzen
run-progress = { $done } von { $total } Schritten
home-guides = Anleitungen
guide-steps = { $vendor } · { $steps ->
    [one] { $steps } Schritt
   *[other] { $steps } Schritte
}
guide-see = Ansehen, was sie tut

## Settings

settings-language = Sprache von Handrail
settings-language-browser = Wie der Browser
settings-origins = Wo Werte geprüft werden dürfen
origin-by-policy = von Ihrer Organisation freigegeben
origin-take-back = Freigabe zurücknehmen
origin-not-approved = nicht freigegeben
vendors = Anbieter, deren Schlüssel gemerkt sind
vendors-lead = Ein späterer Link muss mit diesen Schlüsseln signiert sein oder mit solchen, für die sie bürgen. Aufbewahrt werden nur Domänen und öffentliche Schlüssel, auf diesem Computer.
vendors-since = seit { $day }
vendors-forget = { $vendor } vergessen
labels = Beschriftungen der Bedienelemente im Portal
labels-packaged = Sie kamen mit der Erweiterung.
labels-number = Nummer { $n }, signiert, später gekommen.
labels-look = Bei { $origin } nach neueren suchen
labels-back = Zurück zu denen der Erweiterung
labels-looking = Wird gesucht …
labels-taken = Neuere Beschriftungen gelten ab der nächsten Anleitung, die Sie beginnen.
labels-unreachable = Dort ließ sich nichts abrufen. Die hiesigen Beschriftungen gelten weiter.
labels-not-newer = Dort gibt es nichts Neueres, oder es wurde zurückgerufen. Nichts hat sich geändert.
labels-other-version = Was dort liegt, ist für eine andere Version von Handrail. Aktualisieren Sie zuerst die Erweiterung.
labels-refused = Was dort liegt, hat niemand Vertrautes signiert, oder es sagt mehr als Beschriftungen. Nichts davon wird benutzt.
settings-health = Wie gut sich die Anleitungen zurechtfanden
settings-health-lead = Auf welchem Weg ein Bedienelement gefunden wurde oder nicht, wo und in welcher Sprache. Keine personenbezogenen Daten; alles bleibt auf diesem Computer, bis Sie es speichern und weitergeben.
health-records = { $n ->
    [one] { $n } Eintrag
   *[other] { $n } Einträge
}
health-found = gefunden auf Weg { $n }
health-hidden = da, aber verborgen
health-several = mehrfach da
health-page = gefunden, aber vielleicht auf einer anderen Seite
health-none = nicht gefunden
health-keep = Aufzeichnen
health-stop = Nicht mehr aufzeichnen
health-save = Als Datei speichern
health-forget = Löschen

## The sheet to be approved

sheet-from-link = { $vendor } · der Link kommt von { $link }
sheet-from-you = { $vendor } · von Ihnen begonnen, nicht über einen Link
questions = Fragen an: { $support }
sheet-changes = Was geändert wird
sheet-permissions = Berechtigungen
sheet-leaves = Was Ihr Verzeichnis verlässt
sheet-roles = Wer das tun kann
sheet-prerequisites = Voraussetzungen
sheet-undo = Wie es rückgängig gemacht wird
sheet-not-checked = Was nicht geprüft wird
sheet-steps = { $n ->
    [one] Der eine Schritt
   *[other] Die { $n } Schritte
}
sheet-corrections = Wo dies vom Dokument des Anbieters abweicht
correction-said = Das Dokument: { $said }
correction-today = Heute: { $today }
permission-application = Anwendungsberechtigung
permission-delegated = delegiert
danger-high = Risiko hoch
danger-tier-0 = Tier 0: Wer sie hat, kann das Verzeichnis übernehmen
known-page = Die Seite zeigt es: { $how }.
known-command = Die Ausgabe dieses Befehls sagt es: `{ $how }`.
known-document = Ein öffentliches Dokument sagt es: { $how }.
known-nobody = Nichts zeigt es, Sie müssen es wissen. { $how }.
known-page-alone = Die Seite zeigt es.
known-command-alone = Die Ausgabe eines Befehls sagt es.
known-document-alone = Ein öffentliches Dokument sagt es.
known-nobody-alone = Nichts zeigt es, Sie müssen es wissen.
prerequisite-otherwise = Sonst: { $consequence }
sheet-origin = Die Werte können bei { $origin } geprüft werden. Ohne Ihren Klick wird nichts gesendet.
sheet-origin-practice = Die Werte können beim Übungsdienst { $origin } geprüft werden. Ohne Ihren Klick wird nichts gesendet.
sheet-origin-none = Es ist kein Prüfdienst eingestellt; es wird nichts gesendet.
sheet-live-none = Noch keine Seite dieser Anleitung wurde im echten Portal bestätigt. Sieht eine Schaltfläche anders aus, führt Sie der Text auf der Karte trotzdem.
sheet-live = { $n } von { $all } Seiten dieser Anleitung wurden im echten Portal bestätigt.
sheet-digest = Anleitung
sheet-portal = Führen im
portal-azure = Azure-Portal
portal-entra = Microsoft Entra Admin Center
sheet-not-now = Nicht jetzt
sheet-print = Zur Freigabe drucken
sheet-begin = Beginnen
go-on = Weiter

## What for, with which credential, by whom

mode-run = Einrichten
mode-check = Werte prüfen
mode-adopt = Vorhandene App verwenden
mode-renew = Anmeldeinformation erneuern
mode-remove = Entfernen
credential-with = Mit:
credential-secret = geheimer Clientschlüssel
credential-certificate = Zertifikat
credential-federated = Verbundanmeldeinformation, nichts Geheimes
handed-at = Übergeben von einer Kollegin oder einem Kollegen, beim Schritt **{ $step }**.
handed-in = Begonnen wurde in **{ $directory }**; nur dort geht es weiter.
take-over = Für jemand anderen weitermachen
take-over-paste = Fügen Sie ein, was Ihnen gesendet wurde
colleague = Ist eine Schaltfläche grau, oder fehlt eine Rolle?
colleague-lead = Eine Rolle, die nur **berechtigt** ist (Privileged Identity Management), muss erst aktiviert werden; melden Sie sich danach ab und wieder an. Das Konto eines Partners braucht die Rolle in seiner Beziehung (GDAP) zu diesem Verzeichnis. Übergeben Sie den Ablauf sonst jemandem mit dieser Rolle: Er geht in deren Browser bei diesem Schritt weiter, und kein Geheimnis wird mitgeschickt.
colleague-hand = An jemanden übergeben
copied = Kopiert
copy-text = Text kopieren
copy-link = Als Link kopieren
refused = Das Portal lässt mich nicht
refused-ask = Vielleicht verbietet eine Richtlinie des Verzeichnisses neue geheime Schlüssel oder begrenzt ihre Gültigkeit. **Kürzer** geht oft: Wählen Sie ein früheres Ende. Ist es ganz verboten, bitten Sie { $vendor } um ein Zertifikat oder eine Verbundanmeldeinformation – oder wer die Richtlinie festgelegt hat, um eine Ausnahme für diese eine App.
refused-other = Vielleicht verbietet eine Richtlinie des Verzeichnisses neue geheime Schlüssel oder begrenzt ihre Gültigkeit. **Kürzer** geht oft: Wählen Sie ein früheres Ende. { $vendor } nimmt auch eine andere Anmeldeinformation an, die eine solche Richtlinie nicht betrifft; was Sie bisher getan haben, bleibt.
refused-secret = Mit einem geheimen Clientschlüssel weiter
refused-certificate = Mit einem Zertifikat weiter
refused-federated = Mit einer Verbundanmeldeinformation weiter, nichts Geheimes

## A run

directory = Verzeichnis
directory-unknown = wird auf der Seite gelesen
stopped = Die Anleitung hält an. Sie wurde in **{ $was }** begonnen; der Tab zeigt jetzt **{ $now }**. Wechseln Sie im Portal oben rechts über das Verzeichnismenü zurück.
stopped-back = Der Tab zeigt wieder **{ $was }**.
paused = Angehalten. Auf der Seite wird nichts angezeigt.
step-of = Schritt { $n } von { $total }
why = Warum
save-as = Als { $name } speichern
back = Zurück
back-to-step = Zurück dorthin
looking = Wird auf der Seite gesucht …
not-found = Auf der Seite noch nicht gefunden. Suchen Sie nach: { $called }.
not-found-it = Auf der Seite noch nicht gefunden.
several = Mehreres auf der Seite sieht aus wie { $called }, deshalb wird nichts umrandet.
several-it = Mehreres auf der Seite sieht so aus, deshalb wird nichts umrandet.
ask-for-access = Handrail Zugriff geben
open-page = Seite öffnen
skip = Überspringen
all-done = Alle Schritte sind erledigt.
all-done-next = Übergeben Sie die Werte, falls noch nicht geschehen, und schließen Sie dann die Anleitung; damit werden sie hier gelöscht.
renew-by = Die Anmeldeinformation endet am **{ $day }**, so zeigt es das Portal. Erneuern Sie sie vorher: Diese Anleitung hat einen eigenen Weg dafür.
steps-done = Schritte · { $over } von { $total } erledigt
step-todo = zu tun
step-current = jetzt
step-done = erledigt
step-already = war schon so
step-skipped = übersprungen
go-to-step = Zu diesem Schritt
undo-how = So machen Sie es rückgängig
cancel-lead = Der Ablauf wird vergessen, die Werte hier werden gelöscht. Was im Portal geändert wurde, bleibt.
cancel-no = Behalten
restart = Von vorn beginnen
cancel-yes = Vergessen und löschen
pause = Anhalten
cancel = Abbrechen
close = Schließen und löschen

## Said aloud

aloud-other-directory = Die Anleitung hält an: Der Tab zeigt ein anderes Verzeichnis.
aloud-paused = Angehalten.
aloud-step = Schritt { $n }: { $title }
aloud-passed = Prüfung bestanden.
aloud-failed = Prüfung nicht bestanden.
aloud-pending = Bitte warten; die Prüfung wird von selbst wiederholt.
aloud-could-not-tell = Die Prüfung kam zu keinem Ergebnis.

## Values and the check

values = Werte
reads-itself = Wird gelesen, sobald die Seite sie zeigt.
reads-itself-not = Nur auf Verlangen lesen
reads-on-press = Wird nur auf Ihr Verlangen gelesen.
reads-on-press-not = Von selbst lesen
read-now = Von der Seite lesen
value-missing = fehlt noch
value-good = geprüft
value-overruled = von Ihnen beibehalten
value-bad = etwas stimmt nicht
value-vendor-label = beim Anbieter „{ $label }“
value-wiped = Aus dem Speicher gelöscht. Fügen Sie den Wert erneut ein.
value-from-page = von der Seite gelesen
value-pasted = eingefügt
value-hide = Verbergen
value-show = Anzeigen
value-remove = Entfernen
value-remove-this = { $label } entfernen
did-you-mean = Meinten Sie { $words }?
use-it = Übernehmen
paste-another = Anderen einfügen
paste-here = Hier einfügen oder auf der Seite kopieren
check = Prüfung
check-with = Mit { $origin } prüfen
values-missing = Fehlt oder stimmt nicht: { $values }.
approve-lead = Die Werte, auch das Geheimnis, würden an **{ $origin }** gesendet und dort bei Microsoft ausprobiert. Ist das die Adresse, die Sie erwarten?
approve-lead-practice = Die Werte, auch das Geheimnis, würden an **{ $origin }** gesendet und dort bei Microsoft ausprobiert. Es ist ein Übungsdienst. Ist das die Adresse, die Sie erwarten?
approve = { $origin } freigeben
prove = Beweisen
prove-paste = Fügen Sie das alte Geheimnis ein: { $origin } lässt es ausprobieren und behält es nirgends.

## Handing over

hand-over-lead = So nennt der Anbieter die Werte, in seiner Reihenfolge. Ein Geheimnis in einer E-Mail kann unterwegs gelesen werden: Senden Sie es auf dem Weg, den der Anbieter nennt, nie per gewöhnlicher E-Mail.
hand-over-hide = Wieder verbergen
hand-over-show = Im Klartext anzeigen
hand-over-copy = Als Text kopieren

## Records of changes

record = Änderungsprotokoll
records = Änderungsprotokolle ({ $n })
records-due = Noch rückgängig zu machen
record-forget = Dieses Protokoll löschen
record-by = Von { $who }
record-save-text = Als Text speichern
record-save-json = Als JSON speichern
record-when = { MOMENT($when) }
made-done = erledigt
made-was-so = war schon so
made-not-done = nicht geschehen
undone-when = rückgängig gemacht { MOMENT($when) }
undone-not = Doch nicht rückgängig gemacht
undone-it-is = Ist rückgängig gemacht
undo-due = noch rückgängig zu machen
undo-in-place = besteht
link-share = { $vendor } mitteilen, bei welchem Schritt ich bin
link-share-not = { $vendor } nicht mehr mitteilen, bei welchem Schritt ich bin
link-no-secret = Der Anbieter verlangt unter diesem Link kein Geheimnis, dieser Weg würde aber eines erstellen.
    .next = Schließen Sie diese Leiste, und öffnen Sie sie auf der Seite des Links wieder, oder übergeben Sie auf jener Seite.
link-sealed = Wird hier versiegelt, sodass nur { $vendor } es öffnen kann, und an { $origin } gesendet.
link-handed-over = An { $vendor } übergeben. Hier ist kein Geheimnis mehr.
