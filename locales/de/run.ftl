## The card

card-handle = Klicken klappt zu oder auf, Ziehen oder Pfeiltasten verschieben
card-copy = Kopieren
card-copied = Kopiert
card-back = Zurück
card-back-to-step = Zurück dorthin
card-next = Erledigt
card-done = Fertig
card-it-is-so = So ist es
card-leave-it = So lassen
card-nobody-has-it = Niemand hat es mehr
card-go-on = Weiter
card-directory = In { $directory }
card-not-found = Suchen Sie nach: { $called }. Der Weg dorthin: { $menu }.
card-way = Der Weg dorthin: { $menu }.
card-left = Die Seite wurde geschlossen oder neu geladen; deshalb geht es von hier aus noch einmal.
card-fell = Handrail ist auf dieser Seite ausgefallen und hat sich entfernt. Die Seite ist, wie sie war, und vom Ablauf ging nichts verloren: Gehen Sie nach diesem Text weiter, oder laden Sie die Seite neu, damit Rahmen und Karte zurückkommen.
card-folded = In diesem Fenster ist kein Platz dafür: Öffnen Sie zuerst dies, es steckt in diesem Menü.
card-beyond = Eine lange Liste zeigt nur die sichtbaren Zeilen: Scrollen Sie, oder suchen Sie darin. Der Rahmen kommt, sobald die Zeile da ist.
card-several = Mehreres auf der Seite sieht so aus, deshalb wird nichts umrandet. Lesen Sie genau.
card-other-directory = Anderes Verzeichnis
card-other-directory-text = Diese Anleitung wurde in **{ $was }** begonnen. Der Tab zeigt jetzt **{ $now }**. In einem anderen Verzeichnis wird nichts getan. Wechseln Sie oben rechts über das Verzeichnismenü zurück, dann klicken Sie auf **{ card-go-on }**.
card-back-in-directory = Der Tab zeigt wieder das richtige Verzeichnis. Klicken Sie auf **{ card-go-on }**.

## Why a step is over

mark-already-so = Es war schon so.
mark-left-out = Ausgelassen, wie Sie entschieden haben.
mark-you-chose = Sie haben sich trotzdem dafür entschieden.
mark-you-went-on = Sie sind weitergegangen.
mark-by-a-colleague = Jemand anderes hat es erledigt.

## What was found in a value

this-directory = dieses Verzeichnis
command-says-no = Die Antwort des Befehls sagt, dass dies nicht eingeschaltet ist.
command-unclear = Das sieht nicht nach der Antwort des Befehls aus.
no-server-name = Das ist kein bloßer Servername.
copy-the-right-one = Kopieren Sie erneut, aus der Zeile mit der richtigen Bezeichnung.
look-alike = Das steht bei { $called }; gesucht ist: { $label }.
looks-like-a-secret = Das sieht nach einem Geheimnis aus; gesucht ist: { $label }. Es wurde nicht behalten.
page-shows = Die Seite zeigt für { $label } etwas anderes: { $own }.
secret-length = { $n } Zeichen

## What the colleague is sent: everything in it may be read by anybody

for-colleague =
    Bitte machen Sie mit „{ $title }“{ $directory ->
        [none] { "" }
       *[other] { " " }in { $directory }
    } weiter. Der Stand: { $step }.

    Dafür nötige Rollen:
    { $roles }

    Öffnen Sie das Portal, klicken Sie auf die Schaltfläche von Handrail, und fügen Sie diesen ganzen Text unter „{ take-over }“ ein. Es ist kein Geheimnis darin.

    { $code }

proved = Ausprobiert am { MOMENT($time) }: { $what }

## What cannot be done, and what to do instead

refusal-hand-over-blocked = { $missing ->
    [none] Die letzte Prüfung wurde nicht bestanden; deshalb wird noch nichts übergeben.
   *[other] Es wird noch nichts übergeben. Fehlt oder stimmt nicht: { $missing }.
}
    .next = Beheben Sie, was die Prüfung nennt, prüfen Sie erneut, und übergeben Sie dann.
refusal-link-other-origin = Der Link kommt von { $link }, will die Werte aber bei { $named } prüfen lassen. Das wurde nicht freigegeben.
    .next = Verwenden Sie diesen Link nicht. Fragen Sie den Absender auf einem anderen Weg, wohin die Werte gehen sollen.
refusal-guide-unfit = Die eigene Anleitung des Anbieters verlangt etwas, das Handrail nicht kennt oder einer solchen Anleitung nicht erlaubt.
    .next = Folgen Sie ihr nicht von Hand. Aktualisieren Sie Handrail, oder bitten Sie den Anbieter um einen anderen Link.
refusal-link-unknown-guide = Der Link verlangt eine Anleitung, die es in dieser Version nicht gibt: { $guide }.
    .next = Aktualisieren Sie Handrail, oder bitten Sie den Absender um einen anderen Link.
refusal-link-broken = Der Prüfdienst, den der Link nennt, ist keine Webadresse.
    .next = Bitten Sie den Absender um einen neuen Link.
refusal-handed-broken = Das ist kein übergebener Ablauf, oder ein Teil davon fehlt.
    .next = Fügen Sie den ganzen gesendeten Text ein, auch seine letzte Zeile.
refusal-still-accepted = Microsoft nimmt dieses Geheimnis noch an.
    .next = Vergewissern Sie sich, dass es gelöscht ist und zu dieser App gehört, und versuchen Sie es erneut: Bis alle Server es wissen, dauert es eine Minute.
refusal-not-proved = Es kam keine klare Antwort; damit ist nichts bewiesen.
    .next = Versuchen Sie es in einer Minute erneut.
refusal-proves-nothing = Das wurde nicht ausprobiert: { $what }
    .next = Fügen Sie den ganzen alten Wert ein. Hat ihn niemand mehr, sagen Sie das.
refusal-plan-broken = Diese Anleitung konnte nicht gelesen werden.
    .next = Installieren Sie Handrail neu; hilft das nicht, melden Sie es dort, wo Sie Handrail herhaben.
refusal-check-unreachable = { $origin } war nicht erreichbar.
    .next = Nichts ging verloren. Prüfen Sie Ihre Verbindung, und klicken Sie erneut.
refusal-check-no-answer = { $origin } gab keine brauchbare Antwort (HTTP { $status }).
    .next = Nichts ging verloren. Versuchen Sie es in einer Minute erneut; bleibt es so, melden Sie es dem Betreiber des Dienstes.
refusal-origin-not-approved = Für { $origin } wurden die Werte nicht freigegeben.
    .next = Geben Sie die Adresse zuerst namentlich frei, oder wählen Sie eine andere.
refusal-policy-sending = Die Richtlinie Ihrer Organisation lässt Handrail nichts senden: keine Prüfung, keine Übergabe.
    .next = Anleitungen und was hier geprüft wird, gehen weiter. Ändern kann es, wer diesen Browser verwaltet.
refusal-policy-worker = Die Richtlinie Ihrer Organisation erlaubt den Prüfdienst { $origin } nicht.
    .next = Dorthin wird nichts gesendet. Bitten Sie, wer diesen Browser verwaltet, ihn zu erlauben, oder verwenden Sie einen erlaubten Dienst.
refusal-policy-vendor = Die Richtlinie Ihrer Organisation erlaubt keine Links von { $vendor }.
    .next = Verwenden Sie diesen Link nicht. Haben Sie ihn erwartet, bitten Sie, wer diesen Browser verwaltet, den Anbieter zu erlauben.
refusal-host-blocked = Die Richtlinie Ihrer Organisation hält Handrail von { $host } fern, darum gibt es auf der Seite keinen Ring.
    .next = Erlauben kann es, wer diesen Browser verwaltet. Bis dahin folgen Sie den Worten hier: Jeder Schritt nennt den Weg, und Werte lassen sich einfügen.
refusal-host-withheld = Der Browser enthält Handrail die Seiten des Portals vor ({ $host } und seine Rahmen), alle oder einige.
    .next = Geben Sie unten den Zugriff; verweigert ihn der Browser, fragen Sie, wer ihn verwaltet. Bis dahin folgen Sie den Worten hier: Jeder Schritt nennt den Weg, und Werte lassen sich einfügen.
refusal-host-closed = Der Browser lässt Handrail nicht auf { $host } und sagt nicht, warum.
    .next = Wurde die Seite nicht geladen, laden Sie sie neu. Sonst ist es eine Richtlinie; ändern kann sie, wer diesen Browser verwaltet. Bis dahin folgen Sie den Worten hier: Jeder Schritt nennt den Weg, und Werte lassen sich einfügen.
refusal-values-missing = Fehlt oder stimmt nicht: { $values }.
    .next = Sehen Sie sich die Werte an: Ergänzen Sie, was fehlt, berichtigen Sie, was nicht stimmt, oder verwenden Sie es trotzdem.
refusal-no-tab = Es gibt keinen Browsertab, in dem geführt werden könnte.
    .next = Öffnen Sie das Portal in einem Tab, und klicken Sie dort auf die Schaltfläche von Handrail.
refusal-tab-busy = In diesem Tab läuft schon eine andere Anleitung: { $title }.
    .next = Beenden Sie sie zuerst, oder brechen Sie sie ab; oder verwenden Sie einen anderen Tab.
refusal-own-fault = Handrail ist ausgefallen und hat mit dem Gespeicherten neu begonnen. Ihre letzte Handlung kann verloren sein.
    .next = Sehen Sie nach, ob der Schritt stimmt, und machen Sie weiter. Geschieht es wieder, melden Sie es dort, wo Sie Handrail herhaben.
refusal-idle-wiped = Das Geheimnis wurde aus dem Speicher gelöscht, weil lange nichts geschah.
    .next = Fügen Sie es erneut ein, wenn Sie es noch haben. Sonst erstellen Sie einen neuen geheimen Clientschlüssel.
refusal-check-again = Die Werte wurden unter diesem Link seit ihrer letzten Änderung nicht geprüft.
    .next = Prüfen Sie sie noch einmal, und übergeben Sie dann.
