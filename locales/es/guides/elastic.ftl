guide-elastic = Elastic: registros de auditoría de Microsoft 365
    .application-office-365-management-ActivityFeed-Read = para leer el registro de auditoría
    .application-office-365-management-ActivityFeed-ReadDlp = para leer los eventos de prevención de pérdida de datos
    .certificate-from = el certificado cuya clave privada está en el host de Elastic Agent
    .purpose = Elastic Agent lee el registro de auditoría de Microsoft 365 de su organización y lo guarda en su clúster de Elastic. Para ello recibe una aplicación propia en su directorio, con dos permisos de lectura y una credencial para ella.
    .setting-audit-logging = Elastic Agent lee el registro de auditoría. Sin él no llega ningún evento.
    .to = Kibana: **Integrations** > **Microsoft Office 365** > **Add**, en los campos del mismo nombre
