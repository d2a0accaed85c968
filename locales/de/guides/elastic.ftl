guide-elastic = Elastic: Microsoft-365-Überwachungsprotokolle
    .application-office-365-management-ActivityFeed-Read = um das Überwachungsprotokoll zu lesen
    .application-office-365-management-ActivityFeed-ReadDlp = um Ereignisse zur Verhinderung von Datenverlust zu lesen
    .certificate-from = das Zertifikat, dessen privater Schlüssel auf dem Host des Elastic Agent liegt
    .purpose = Der Elastic Agent liest das Microsoft-365-Überwachungsprotokoll Ihrer Organisation und speichert es in Ihrem Elastic-Cluster. Dafür erhält er eine eigene App in Ihrem Verzeichnis, mit zwei Leseberechtigungen und einer Anmeldeinformation dafür.
    .setting-audit-logging = Der Elastic Agent liest das Überwachungsprotokoll. Ohne dieses kommt kein Ereignis an.
    .to = Kibana: **Integrations** > **Microsoft Office 365** > **Add**, in die Felder gleichen Namens
