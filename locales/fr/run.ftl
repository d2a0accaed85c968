## The card

card-handle = Cliquez pour replier ou déplier, tirez ou utilisez les flèches pour déplacer
card-copy = Copier
card-copied = Copié
card-back = Retour
card-back-to-step = M’y ramener
card-next = C’est fait
card-done = Terminé
card-it-is-so = C’est le cas
card-leave-it = Laisser tel quel
card-nobody-has-it = Plus personne ne l’a
card-go-on = Continuer
card-directory = Dans { $directory }
card-not-found = Cherchez : { $called }. Le chemin : { $menu }.
card-way = Le chemin : { $menu }.
card-left = La page a été fermée ou rechargée ; on reprend donc à partir d’ici.
card-fell = Handrail a échoué sur cette page et s’en est retiré. La page est intacte et rien du parcours n’est perdu : continuez d’après ce texte, ou rechargez la page pour retrouver le cadre et la carte.
card-folded = La place manque dans cette fenêtre : ouvrez d’abord ceci, la commande est dans ce menu.
card-beyond = Une longue liste n’affiche que les lignes visibles : faites-la défiler ou cherchez-y. Le cadre apparaît dès que la ligne est là.
card-several = Plusieurs éléments de la page y ressemblent ; aucun n’est donc entouré. Lisez attentivement.
card-other-directory = Un autre annuaire
card-other-directory-text = Ce guide a été commencé dans **{ $was }**. L’onglet affiche maintenant **{ $now }**. Rien n’est fait dans un autre annuaire. Revenez avec le menu des annuaires en haut à droite, puis cliquez sur **{ card-go-on }**.
card-back-in-directory = L’onglet affiche de nouveau le bon annuaire. Cliquez sur **{ card-go-on }**.

## Why a step is over

mark-already-so = C’était déjà le cas.
mark-left-out = Laissé de côté, comme vous l’avez décidé.
mark-you-chose = Vous avez choisi de le faire quand même.
mark-you-went-on = Vous avez continué.
mark-by-a-colleague = Un collègue l’a fait.

## What was found in a value

this-directory = cet annuaire
command-says-no = D’après la réponse de la commande, ce n’est pas activé.
command-unclear = Cela ne ressemble pas à la réponse de la commande.
no-server-name = Ce n’est pas un simple nom de serveur.
copy-the-right-one = Copiez de nouveau, sur la ligne qui porte le bon libellé.
look-alike = C’est ce qu’affiche { $called } ; il faut : { $label }.
looks-like-a-secret = Cela ressemble à un secret ; il faut : { $label }. Rien n’a été conservé.
page-shows = La page affiche autre chose pour { $label } : { $own }.
secret-length = { $n ->
    [one] { $n } caractère
   *[other] { $n } caractères
}

## What the colleague is sent: everything in it may be read by anybody

for-colleague =
    Merci de continuer « { $title } »{ $directory ->
        [none] { "" }
       *[other] { " " }dans { $directory }
    }. Étape en cours : { $step }.

    Rôles nécessaires :
    { $roles }

    Ouvrez le portail, cliquez sur le bouton de Handrail et collez tout ce texte sous « { take-over } ». Il ne contient aucun secret.

    { $code }

proved = Essayé le { MOMENT($time) } : { $what }

## What cannot be done, and what to do instead

refusal-hand-over-blocked = { $missing ->
    [none] La dernière vérification a échoué ; rien n’est donc encore remis.
   *[other] Rien n’est encore remis. Manque ou est incorrect : { $missing }.
}
    .next = Corrigez ce que nomme la vérification, vérifiez de nouveau, puis remettez.
refusal-link-other-origin = Le lien vient de { $link }, mais veut faire vérifier les valeurs auprès de { $named }, ce qui n’a pas été approuvé.
    .next = N’utilisez pas ce lien. Demandez à l’expéditeur, par un autre moyen, où les valeurs doivent aller.
refusal-guide-unfit = Le guide propre au fournisseur demande quelque chose que Handrail ne connaît pas, ou qu’un tel guide ne peut pas demander.
    .next = Ne le suivez pas à la main. Mettez Handrail à jour, ou demandez un autre lien au fournisseur.
refusal-link-unknown-guide = Le lien demande un guide absent de cette version : { $guide }.
    .next = Mettez Handrail à jour, ou demandez un autre lien à l’expéditeur.
refusal-link-broken = Le service de vérification que nomme le lien n’est pas une adresse web.
    .next = Demandez un nouveau lien à l’expéditeur.
refusal-handed-broken = Ce n’est pas un parcours confié par un collègue, ou il en manque une partie.
    .next = Collez tout le texte envoyé, dernière ligne comprise.
refusal-still-accepted = Microsoft accepte encore ce secret.
    .next = Assurez-vous qu’il est supprimé et qu’il est bien celui de cette application, puis réessayez : il faut une minute pour atteindre tous les serveurs.
refusal-not-proved = Il n’y a pas eu de réponse claire ; rien n’est donc prouvé.
    .next = Réessayez dans une minute.
refusal-proves-nothing = Ceci n’a pas été essayé : { $what }
    .next = Collez l’ancienne valeur entière. Si plus personne ne l’a, dites-le.
refusal-plan-broken = Ce guide n’a pas pu être lu.
    .next = Réinstallez Handrail ; si cela persiste, prévenez la personne qui vous l’a fourni.
refusal-check-unreachable = { $origin } est injoignable.
    .next = Rien n’est perdu. Vérifiez votre connexion et cliquez de nouveau.
refusal-check-no-answer = { $origin } n’a pas donné de réponse exploitable (HTTP { $status }).
    .next = Rien n’est perdu. Réessayez dans une minute ; si cela persiste, prévenez l’exploitant du service.
refusal-origin-not-approved = Les valeurs n’ont pas été approuvées pour { $origin }.
    .next = Approuvez d’abord cette adresse, ou choisissez-en une autre.
refusal-policy-sending = La stratégie de votre organisation interdit à Handrail tout envoi : ni vérification, ni remise.
    .next = Les guides et ce qui est vérifié ici continuent de fonctionner. La personne qui gère ce navigateur peut changer cela.
refusal-policy-worker = La stratégie de votre organisation n’autorise pas le service de vérification { $origin }.
    .next = Rien n’y est envoyé. Demandez à la personne qui gère ce navigateur de l’autoriser, ou utilisez un service autorisé.
refusal-policy-vendor = La stratégie de votre organisation n’autorise pas les liens de { $vendor }.
    .next = N’utilisez pas ce lien. Si vous l’attendiez, demandez à la personne qui gère ce navigateur d’autoriser ce fournisseur.
refusal-host-blocked = La stratégie de votre organisation tient Handrail à l’écart de { $host } : il n’y a donc pas d’anneau sur la page.
    .next = La personne qui gère ce navigateur peut l’autoriser. D’ici là, suivez les mots ici : chaque étape dit le chemin, et les valeurs peuvent être collées.
refusal-host-withheld = Le navigateur refuse à Handrail les pages du portail ({ $host } et ses cadres), toutes ou certaines.
    .next = Donnez l’accès ci-dessous ; si le navigateur refuse, demandez à la personne qui le gère. D’ici là, suivez les mots ici : chaque étape dit le chemin, et les valeurs peuvent être collées.
refusal-host-closed = Le navigateur ne laisse pas Handrail accéder à { $host } et ne dit pas pourquoi.
    .next = Si la page ne s’est pas chargée, rechargez-la. Sinon, c’est une stratégie, que la personne qui gère ce navigateur peut changer. D’ici là, suivez les mots ici : chaque étape dit le chemin, et les valeurs peuvent être collées.
refusal-values-missing = Manque ou est incorrect : { $values }.
    .next = Regardez les valeurs : collez ce qui manque, corrigez ce qui ne va pas, ou utilisez-le quand même.
refusal-no-tab = Il n’y a pas d’onglet où vous guider.
    .next = Ouvrez le portail dans un onglet et cliquez-y sur le bouton de Handrail.
refusal-tab-busy = Un autre guide est en cours dans cet onglet : { $title }.
    .next = Terminez-le ou annulez-le d’abord, ou utilisez un autre onglet.
refusal-own-fault = Handrail a échoué et a repris avec ce qui était enregistré. Votre dernière action peut être perdue.
    .next = Vérifiez que l’étape est la bonne et continuez. Si cela se reproduit, prévenez la personne qui vous a fourni Handrail.
refusal-idle-wiped = Le secret a été effacé de la mémoire, car rien ne s’est passé pendant longtemps.
    .next = Collez-le de nouveau si vous l’avez encore. Sinon, créez un nouveau secret client.
refusal-check-again = Les valeurs n’ont pas été vérifiées sous ce lien depuis leur dernière modification.
    .next = Vérifiez-les encore une fois, puis remettez.
