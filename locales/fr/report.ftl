report-passed = Tout est en place
report-passed-lead = Microsoft a accepté les valeurs et les autorisations sont là.
report-failed = Pas encore correct
report-failed-lead = Il faut d’abord corriger quelque chose. Chaque ligne dit quoi et où.
report-pending = En attente de Microsoft
report-pending-lead = Une modification est trop récente pour être connue de tous les serveurs. La question est reposée automatiquement.
report-could-not-tell = Impossible à dire
report-could-not-tell-lead = Il n’y a pas eu de réponse claire. Rien n’est tenu pour prouvé.
report-again = Nouvelle demande dans { $n } s.
report-checks-passed = { $n ->
    [one] { $n } vérification réussie
   *[other] { $n } vérifications réussies
}
report-surplus = Plus que demandé
report-not-checked = Non vérifié
report-when = Vérifié le { MOMENT($when) }
report-mend = Aller à l’étape
report-mend-at = Aller à l’étape : { $title }
report-reference = Pour vos journaux de connexion et pour le support
report-ask = Trouver ces connexions dans vos journaux
report-ask-place = Log Analytics, ou **Sign-in logs** > **Service principal sign-ins** dans le Centre d’administration Microsoft Entra
report-ask-copy = Copier la requête
verdict-passed = Réussi
verdict-failed = Échoué
verdict-pending = En attente
slip-with = la valeur avec { $slip }
standing-handed-over = Le fournisseur ne l’a pas encore récupéré.
standing-collected = Le fournisseur l’a récupéré.
standing-acknowledged = Le fournisseur l’a en sûreté, et ce service l’a supprimé.
standing-deleted = Le fournisseur ne l’a pas confirmé à temps et ce service l’a supprimé. Demandez au fournisseur ce qu’il lui faut encore.
standing-first-data = Le fournisseur voit de premières données : cela marche.
standing-proved = Le fournisseur a prouvé que cela marche.
standing-not-proved = Le fournisseur a essayé, et cela ne marche pas.
proof-pending = Le fournisseur ne l’a pas encore essayé.
    .next = Il n’y a plus rien à faire ici ; revenez voir plus tard.
proof-passed = Le fournisseur l’a essayé : Microsoft l’accepte.
    .next = Il n’y a plus rien à faire.
