guide-elastic = Elastic : journaux d’audit Microsoft 365
    .application-office-365-management-ActivityFeed-Read = pour lire le journal d’audit
    .application-office-365-management-ActivityFeed-ReadDlp = pour lire les événements de protection contre la perte de données
    .certificate-from = le certificat dont la clé privée se trouve sur l’hôte d’Elastic Agent
    .purpose = Elastic Agent lit le journal d’audit Microsoft 365 de votre organisation et le stocke dans votre cluster Elastic. Il reçoit pour cela sa propre application dans votre annuaire, avec deux autorisations de lecture et un identifiant pour elle.
    .setting-audit-logging = Elastic Agent lit le journal d’audit. Sans lui, aucun événement n’arrive.
    .to = Kibana : **Integrations** > **Microsoft Office 365** > **Add**, dans les champs du même nom
