opening = Ouverture…
panel-fell = Le panneau de Handrail a cessé de fonctionner. Rien du parcours n’est perdu : rouvrez le panneau.
panel-fell-again = Rouvrir

## The list of guides

sheet-title = Avant de commencer
settings = Paramètres
settings-close = Fermer les paramètres
home-lead = Choisissez ce que vous voulez configurer. Vous voyez d’abord tout ce qui sera modifié ; rien ne se passe avant.
home-runs = En cours
run-continue = Reprendre
run-continue-here = Reprendre dans cet onglet
run-progress = { $done } étapes sur { $total }
home-guides = Guides
guide-steps = { $vendor } · { $steps ->
    [one] { $steps } étape
   *[other] { $steps } étapes
}
guide-see = Voir ce qu’il fait

## Settings

settings-language = Langue de Handrail
settings-language-browser = Celle du navigateur
settings-origins = Où les valeurs peuvent être vérifiées
origin-by-policy = approuvé par votre organisation
origin-take-back = Retirer l’approbation
origin-not-approved = non approuvé
vendors = Fournisseurs dont les clés sont mémorisées
vendors-lead = Un lien ultérieur doit être signé par ces clés, ou par des clés dont elles répondent. Seuls des domaines et des clés publiques sont conservés, sur cet ordinateur.
vendors-since = depuis le { $day }
vendors-forget = Oublier { $vendor }
labels = Libellés des éléments du portail
labels-packaged = Ils sont venus avec l’extension.
labels-number = Numéro { $n }, signé, venu plus tard.
labels-look = En chercher de plus récents sur { $origin }
labels-back = Revenir à ceux de l’extension
labels-looking = Recherche…
labels-taken = Les libellés plus récents servent dès le prochain guide que vous commencez.
labels-unreachable = Rien n’a pu y être récupéré. Les libellés présents restent en usage.
labels-not-newer = Il n’y a rien de plus récent, ou cela a été rappelé. Rien n’a changé.
labels-other-version = Ce qui s’y trouve est pour une autre version de Handrail. Mettez d’abord l’extension à jour.
labels-refused = Ce qui s’y trouve n’est signé par personne de confiance, ou dit plus que des libellés. Rien n’en est utilisé.
settings-health = Comment les guides se sont repérés
settings-health-lead = Quelle façon de trouver un élément a réussi ou échoué, où et dans quelle langue. Aucune donnée personnelle ; tout reste sur cet ordinateur jusqu’à ce que vous l’enregistriez et le transmettiez.
health-records = { $n ->
    [one] { $n } entrée
   *[other] { $n } entrées
}
health-found = trouvé par le moyen { $n }
health-hidden = présent, mais masqué
health-several = présent plusieurs fois
health-page = trouvé, mais peut-être sur une autre page
health-none = introuvable
health-keep = Conserver
health-stop = Ne plus conserver
health-save = Enregistrer dans un fichier
health-forget = Effacer

## The sheet to be approved

sheet-from-link = { $vendor } · le lien vient de { $link }
sheet-from-you = { $vendor } · lancé par vous, sans lien
questions = Questions : { $support }
sheet-changes = Ce qui sera modifié
sheet-permissions = Autorisations
sheet-leaves = Ce qui sort de votre annuaire
sheet-roles = Qui peut le faire
sheet-prerequisites = Conditions préalables
sheet-undo = Comment l’annuler
sheet-not-checked = Ce qui n’est pas vérifié
sheet-steps = { $n ->
    [one] L’unique étape
   *[other] Les { $n } étapes
}
sheet-corrections = Différences avec le document du fournisseur
correction-said = Le document : { $said }
correction-today = Aujourd’hui : { $today }
permission-application = application
permission-delegated = déléguée
danger-high = risque élevé
danger-tier-0 = niveau 0 : qui la détient peut prendre le contrôle de l’annuaire
known-page = La page le montre : { $how }.
known-command = Le résultat de cette commande le dit : `{ $how }`.
known-document = Un document public le dit : { $how }.
known-nobody = Rien ne le montre, c’est à vous de le savoir. { $how }.
known-page-alone = La page le montre.
known-command-alone = Le résultat d’une commande le dit.
known-document-alone = Un document public le dit.
known-nobody-alone = Rien ne le montre, c’est à vous de le savoir.
prerequisite-otherwise = Sinon : { $consequence }
sheet-origin = Les valeurs peuvent être vérifiées auprès de { $origin }. Rien n’est envoyé sans votre clic.
sheet-origin-practice = Les valeurs peuvent être vérifiées auprès du service d’exercice { $origin }. Rien n’est envoyé sans votre clic.
sheet-origin-none = Aucun service de vérification n’est défini ; rien n’est envoyé.
sheet-live-none = Aucune page de ce guide n’a encore été confirmée sur le portail réel. Si un bouton est différent, le texte de la carte vous guide quand même.
sheet-live = { $n } pages sur { $all } de ce guide ont été confirmées sur le portail réel.
sheet-digest = Guide
sheet-portal = Être guidé dans
portal-azure = le portail Azure
portal-entra = le centre d’administration Microsoft Entra
sheet-not-now = Pas maintenant
sheet-print = Imprimer pour approbation
sheet-begin = Commencer
go-on = Continuer

## What for, with which credential, by whom

mode-run = Configurer
mode-check = Vérifier des valeurs
mode-adopt = Utiliser une application existante
mode-renew = Renouveler l’identifiant
mode-remove = Supprimer
credential-with = Avec :
credential-secret = secret client
credential-certificate = certificat
credential-federated = identifiant fédéré, sans secret
handed-at = Un collègue vous confie ceci à l’étape **{ $step }**.
handed-in = Commencé dans **{ $directory }**, cela ne continue que là.
take-over = Continuer pour un collègue
take-over-paste = Collez ce que votre collègue a envoyé
colleague = Un bouton est grisé, ou un rôle manque ?
colleague-lead = Un rôle seulement **éligible** (Privileged Identity Management) doit d’abord être activé ; déconnectez-vous ensuite, puis reconnectez-vous. Le compte d’un partenaire doit avoir le rôle dans sa relation (GDAP) avec cet annuaire. Sinon, confiez le parcours à une personne qui a le rôle : il continue à cette étape dans son navigateur, et aucun secret n’est transmis.
colleague-hand = Confier à un collègue
copied = Copié
copy-text = Copier le texte
copy-link = Copier comme lien
refused = Le portail me le refuse
refused-ask = Une stratégie de l’annuaire interdit peut-être les nouveaux secrets ou limite leur durée. **Plus court** suffit souvent : choisissez une fin plus proche. Si c’est tout à fait interdit, demandez à { $vendor } un certificat ou un identifiant fédéré, ou à l’auteur de la stratégie une exception pour cette seule application.
refused-other = Une stratégie de l’annuaire interdit peut-être les nouveaux secrets ou limite leur durée. **Plus court** suffit souvent : choisissez une fin plus proche. { $vendor } accepte aussi un autre identifiant, qu’une telle stratégie ne concerne pas ; ce que vous avez déjà fait est conservé.
refused-secret = Continuer avec un secret client
refused-certificate = Continuer avec un certificat
refused-federated = Continuer avec un identifiant fédéré, sans secret

## A run

directory = Annuaire
directory-unknown = sera lu sur la page
stopped = Le guide s’est arrêté. Il a été commencé dans **{ $was }** ; l’onglet affiche maintenant **{ $now }**. Revenez avec le menu des annuaires, en haut à droite du portail.
stopped-back = L’onglet affiche de nouveau **{ $was }**.
paused = En pause. Rien n’est affiché sur la page.
step-of = Étape { $n } sur { $total }
why = Pourquoi
save-as = Enregistrer sous { $name }
back = Retour
back-to-step = M’y ramener
looking = Recherche sur la page…
not-found = Pas encore trouvé sur la page. Cherchez : { $called }.
not-found-it = Pas encore trouvé sur la page.
several = Plusieurs éléments de la page ressemblent à { $called } ; aucun n’est donc entouré.
several-it = Plusieurs éléments de la page y ressemblent ; aucun n’est donc entouré.
ask-for-access = Donner l’accès à Handrail
open-page = Ouvrir la page
skip = Passer
all-done = Toutes les étapes sont terminées.
all-done-next = Remettez les valeurs si ce n’est pas fait, puis fermez le guide : elles sont alors effacées ici.
renew-by = L’identifiant expire le **{ $day }**, d’après le portail. Renouvelez-le avant : ce guide a un parcours pour cela.
steps-done = Étapes · { $over } sur { $total } terminées
step-todo = à faire
step-current = maintenant
step-done = terminé
step-already = l’était déjà
step-skipped = passé
go-to-step = Aller à cette étape
undo-how = Comment l’annuler
cancel-lead = Le parcours est oublié et les valeurs sont effacées ici. Ce qui a été modifié dans le portail reste.
cancel-no = Garder
restart = Recommencer
cancel-yes = Oublier et effacer
pause = Pause
cancel = Annuler
close = Fermer et effacer

## Said aloud

aloud-other-directory = Le guide s’est arrêté : l’onglet affiche un autre annuaire.
aloud-paused = En pause.
aloud-step = Étape { $n } : { $title }
aloud-passed = Vérification réussie.
aloud-failed = Vérification échouée.
aloud-pending = Patientez ; la vérification est relancée automatiquement.
aloud-could-not-tell = La vérification n’a pas pu conclure.

## Values and the check

values = Valeurs
reads-itself = Lues dès que la page les affiche.
reads-itself-not = Lire seulement à ma demande
reads-on-press = Lues sur la page uniquement à votre demande.
reads-on-press-not = Lire automatiquement
read-now = Lire sur la page
value-missing = manque encore
value-good = vérifiée
value-overruled = gardée par vous
value-bad = quelque chose ne va pas
value-vendor-label = pour le fournisseur : « { $label } »
value-wiped = Elle a été effacée de la mémoire. Collez-la de nouveau.
value-from-page = lue sur la page
value-pasted = collée
value-hide = Masquer
value-show = Afficher
value-remove = Retirer
value-remove-this = Retirer { $label }
did-you-mean = Vouliez-vous dire { $words } ?
use-it = Utiliser
paste-another = Coller une autre valeur
paste-here = Collez ici, ou copiez sur la page
check = Vérification
check-with = Vérifier auprès de { $origin }
values-missing = Manque ou est incorrect : { $values }.
approve-lead = Les valeurs, secret compris, seraient envoyées à **{ $origin }** pour être essayées auprès de Microsoft. Est-ce bien l’adresse attendue ?
approve-lead-practice = Les valeurs, secret compris, seraient envoyées à **{ $origin }** pour être essayées auprès de Microsoft. C’est un service d’exercice. Est-ce bien l’adresse attendue ?
approve = Approuver { $origin }
prove = Prouver
prove-paste = Collez l’ancien secret : { $origin } le fait essayer et ne le conserve nulle part.

## Handing over

hand-over-lead = Ce sont les termes du fournisseur, dans son ordre. Un secret envoyé par e-mail peut être lu en chemin : passez par la voie qu’indique le fournisseur, jamais par un simple e-mail.
hand-over-hide = Masquer de nouveau
hand-over-show = Afficher en clair
hand-over-copy = Copier comme texte

## Records of changes

record = Journal des modifications
records = Journaux des modifications ({ $n })
records-due = Reste à annuler
record-forget = Effacer ce journal
record-by = Par { $who }
record-save-text = Enregistrer en texte
record-save-json = Enregistrer en JSON
record-when = { MOMENT($when) }
made-done = fait
made-was-so = l’était déjà
made-not-done = non fait
undone-when = annulé le { MOMENT($when) }
undone-not = Finalement pas annulé
undone-it-is = C’est annulé
undo-due = à annuler
undo-in-place = en place
link-share = Dire à { $vendor } à quelle étape j’en suis
link-share-not = Ne plus dire à { $vendor } à quelle étape j’en suis
link-no-secret = Le fournisseur ne demande aucun secret avec ce lien, et cette voie en créerait un.
    .next = Fermez ce panneau et rouvrez-le sur la page du lien, ou remettez sur cette page.
link-sealed = Scellé ici, pour que seul { $vendor } puisse l’ouvrir, et envoyé à { $origin }.
link-handed-over = Remis à { $vendor }. Il ne reste aucun secret ici.
