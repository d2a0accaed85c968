guide-elastic = Elastic: Microsoft 365 監査ログ
    .application-office-365-management-ActivityFeed-Read = 監査ログを読み取るため
    .application-office-365-management-ActivityFeed-ReadDlp = データ損失防止イベントを読み取るため
    .certificate-from = 秘密キーが Elastic Agent のホストにある証明書
    .purpose = Elastic Agent は、組織の Microsoft 365 監査ログを読み取り、お使いの Elastic クラスターに保存します。そのために、2 つの読み取りアクセス許可と、資格情報を持つ専用のアプリを、お使いのディレクトリに作成します。
    .setting-audit-logging = Elastic Agent は監査ログを読み取ります。監査ログがないと、イベントが届きません。
    .to = Kibana: **Integrations** > **Microsoft Office 365** > **Add** の同じ名前のフィールド
