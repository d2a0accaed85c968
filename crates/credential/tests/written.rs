//! What programs' own files and calls look like, and what people write down: an older secret among a line's words, names behind
//! their values, names in more languages, and what belongs to others. Secrets are made at run time.

#![allow(clippy::string_slice, missing_docs, reason = "helpers of tests; made-up secrets are ASCII")]

mod made;

use handrail_credential::identify;
use made::{CLIENT, OBJECT, TENANT, holds, secret, value};

/// As they were handed out before 2021: 34 characters without a mark.
fn older(seed: u64) -> String {
    let s = secret(seed).replace("8Q~", "x7Y");
    format!("{}-{}_{}~Z9", &s[..8], &s[8..20], &s[20..29])
}

/// In a call's brackets, behind a command's option, in an element, at the end of dots: the name before it tells.
#[test]
fn an_older_secret_is_found_among_a_line_s_words() {
    for (seed, context) in (0..).zip([
        ".WithClientSecret(\"%\").Build();",
        "new ClientSecretCredentialBuilder().clientSecret(\"%\").build()",
        "os.Setenv(\"AZURE_CLIENT_SECRET\", \"%\")",
        "[Environment]::SetEnvironmentVariable('AZURE_CLIENT_SECRET', '%', 'User')",
        "client_credential=\"%\")",
        "ENV AZURE_CLIENT_SECRET %",
        "set -gx AZURE_CLIENT_SECRET %",
        "OIDCClientSecret %",
        "gh secret set AZURE_CLIENT_SECRET --body \"%\" --repo a/b",
        "kubectl create secret generic az --from-literal=client-secret=% --from-literal=a=b",
        "oauth2-proxy --client-secret=% --upstream=x",
        " <client_secret>%</client_secret>",
        "<Key>Password</Key><Value ProtectInMemory=\"True\">%</Value>",
        "{\"SecretString\":\"{\\\"client_secret\\\":\\\"%\\\"}\"}",
        "param clientSecret string = '%'",
        "Key (Client Secret)\t%",
        "Service principal key: %",
        "Client secret .... %",
        "client secret → %",
        "The value of the client secret you asked for is:\n\n%\n\nRegards",
        "Klienthemlighet: %",
        "Der geheime Schlüssel: %",
        "[client=collector] [secret=%]",
        "az login --service-principal -u collector -p % --tenant contoso.onmicrosoft.com",
        "ClientSecretCredential::new(tenant, client.to_string(), \"%\".into(), options)?;",
    ]) {
        let older = older(seed);
        let all = identify(&context.replace('%', &older));
        let secrets: Vec<&str> = all.iter().filter(|f| f.kind == "client-secret").map(value).collect();
        assert_eq!(secrets, [older.as_str()], "{context}");
    }
    let plain = older(40);
    for text in [format!("The build is {plain}"), format!("client secret: see below\nbuild number: {plain}")]
    {
        assert!(identify(&text).iter().all(|f| f.kind != "client-secret" || value(f) != plain), "{text}");
    }
}

/// A secret's ID stands behind it in a row of the portal; beside other IDs only its date tells such a row.
#[test]
fn another_id_behind_a_secret_is_not_the_secret_s() {
    let s = secret(60);
    holds(
        &format!(r#"{{"clientSecret":"{s}","subscriptionId":"{OBJECT}","tenantId":"{TENANT}"}}"#),
        &[("client-secret", s.as_str()), ("id", OBJECT), ("tenant-id", TENANT)],
    );
    holds(
        &format!("{CLIENT}\tcollector\t{s}\t{TENANT}"),
        &[("id", CLIENT), ("client-secret", s.as_str()), ("id", TENANT)],
    );
    holds(&format!("{s}\t{OBJECT}"), &[("client-secret", s.as_str()), ("secret-id", OBJECT)]);
    holds(
        &format!("ClientSecretCredential(\"{TENANT}\", \"{CLIENT}\", \"{s}\")"),
        &[("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())],
    );
}

/// `id` is an app's object where the fields beside it are an app's; a sign-in, a subscription and a permission have one too.
#[test]
fn an_id_is_named_by_the_fields_beside_it() {
    let app = [("client-id", CLIENT), ("object-id", OBJECT)];
    let other = [("client-id", CLIENT), ("id", OBJECT)];
    let key = ("id", OBJECT);
    for (text, wanted) in [
        (format!(r#"{{"appId":"{CLIENT}","displayName":"Collector","id":"{OBJECT}"}}"#), &app[..]),
        (format!("AppId       : {CLIENT}\nDisplayName : Collector\nId          : {OBJECT}"), &app),
        (format!("AppId,Id,DisplayName\n{CLIENT},{OBJECT},Collector"), &app),
        (format!(r#"{{"appId":"{CLIENT}","appDisplayName":"Collector","id":"{OBJECT}"}}"#), &other),
        (format!(r#"{{"appId":"{CLIENT}","displayName":"x"}} {{"id":"{OBJECT}","name":"Prod"}}"#), &other),
        (format!("AppId       : {CLIENT}\nDisplayName : Collector\n\nId          : {OBJECT}"), &other),
        (format!("AppId,Id,AppDisplayName\n{CLIENT},{OBJECT},Collector"), &other),
        (format!(r#"{{"type":"AsymmetricX509Cert","usage":"Verify","keyId":"{OBJECT}"}}"#), &[key]),
        (format!(r#"{{"hint":"abc","keyId":"{OBJECT}"}}"#), &[("secret-id", OBJECT)]),
    ] {
        holds(&text, wanted);
    }
}

/// A value's name is not the one of what comes behind it: another ID, another list, another sentence.
#[test]
fn a_name_reaches_no_further_than_its_value() {
    let (s, id) = (secret(64), ("id", OBJECT));
    let domain = ("tenant-domain", "contoso.onmicrosoft.com");
    for (text, wanted) in [
        (format!("Tenant: Contoso\nAbonnement-ID: {OBJECT}"), vec![id]),
        (format!("tenant = contoso\nworkspace_id = {OBJECT}"), vec![id]),
        (format!("Correlation ID: none, Client: {CLIENT}"), vec![("client-id", CLIENT)]),
        (format!("The object ID is not needed. Ticket {OBJECT}"), vec![id]),
        (format!("Copy the tenant ID. Then the object ID. Ticket {OBJECT}"), vec![id]),
        (format!("Id. de directorio: {TENANT}"), vec![("tenant-id", TENANT)]),
        (format!("Tenant: contoso.onmicrosoft.com ({TENANT})"), vec![domain, ("tenant-id", TENANT)]),
        (format!("The client ID for contoso.onmicrosoft.com ({OBJECT})"), vec![domain, id]),
        (format!("Tenant: https://graph.microsoft.com/v1.0/users/{OBJECT}"), vec![id]),
        (format!("PSCredential(\"adele@contoso.com\", $pw); $id = \"{OBJECT}\""), vec![id]),
        (
            format!("ClientSecretCredential(os.Getenv(\"T\"), \"{CLIENT}\", \"{s}\")"),
            vec![("client-id", CLIENT), ("client-secret", s.as_str())],
        ),
        (
            format!("ClientCertificateCredential(\"{TENANT}\", \"{CLIENT}\", \"a.pem\")"),
            vec![("tenant-id", TENANT), ("client-id", CLIENT)],
        ),
        (
            format!("ClientAssertionCredential('{TENANT}', '{CLIENT}', assert)"),
            vec![("tenant-id", TENANT), ("client-id", CLIENT)],
        ),
        (format!("ConfidentialClientApplication('{CLIENT}', authority=a)"), vec![("client-id", CLIENT)]),
        (format!("New-Object PSCredential(\"{CLIENT}\", $secure)"), vec![("client-id", CLIENT)]),
        (format!("ClientSecretCredential(tenantId, \"{CLIENT}\", x)"), vec![("client-id", CLIENT)]),
        (
            format!("client secret keys for app '{CLIENT}' are expired. Trace ID: {OBJECT}"),
            vec![("client-id", CLIENT), id],
        ),
        (
            format!("> 1. tenant ID\n> 2. client ID\n1. {TENANT}\n2. {CLIENT}"),
            vec![("tenant-id", TENANT), ("client-id", CLIENT)],
        ),
        // Not told to be the answers.
        (format!("1. tenant ID\n2. client ID\nGroups\n1. {OBJECT}\n2. {TENANT}"), vec![id, ("id", TENANT)]),
        // Asked twice under one number.
        (
            format!("1. client ID\n1. tenant ID\n2. secret\n1. {OBJECT}\n2. {s}"),
            vec![id, ("client-secret", s.as_str())],
        ),
    ] {
        holds(&text, &wanted);
    }
}

/// Behind the value, above settings, at the end of an arrow, in a password manager's file.
#[test]
fn names_are_read_where_people_and_programs_put_them() {
    let s = secret(61);
    let all = [("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())];
    for text in [
        format!("{TENANT} (tenant ID)\n{CLIENT} (client ID)\n{s} (secret)"),
        format!(
            "Key              Value\n---              -----\ntenant_id        {TENANT}\nclient_id        {CLIENT}\nclient_secret    {s}"
        ),
        format!("tenant -> {TENANT}\nclient -> {CLIENT}\nsecret -> {s}"),
        format!(
            "Tenant ID: {TENANT}\n<Key>UserName</Key><Value>{CLIENT}</Value><Key>Password</Key><Value>{s}</Value>"
        ),
        format!("Directory ID;Application ID;Key\n{TENANT};{CLIENT};{s}"),
        format!("> 1. Tenant ID\n> 2. Client ID\n> 3. Client secret\n1. {TENANT}\n2. {CLIENT}\n3. {s}"),
        format!("a) tenant\nb) region\nc) app ID\nd) secret\n\na) {TENANT}\nb) EU\nc) {CLIENT}\nd) {s}"),
        format!("租户ID：{TENANT}\n客户端ID：{CLIENT}\n值：{s}"),
        format!("Directory (tenant) lD : {TENANT}\nApplication (c1ient) lD : {CLIENT}\nValue {s}"),
        format!("ClientSecretCredential(\n    \"{TENANT}\",\n    \"{CLIENT}\",\n    \"{s}\",\n)"),
        format!(
            "AZUREAD_TENANT_ID = '{TENANT}'\nAZUREAD_TENANT_OAUTH2_KEY = '{CLIENT}'\nAZUREAD_TENANT_OAUTH2_SECRET = '{s}'"
        ),
    ] {
        holds(&text, &all);
    }
}

/// Languages that Handrail does not speak.
#[test]
fn the_portal_s_names_are_known_in_more_languages() {
    let s = secret(62);
    for (tenant, client, name) in [
        ("Katalog-ID (klientorganisation)", "Program-ID (klient)", "Klienthemlighet"),
        ("Mappe-id (lejer)", "Program-id (klient)", "Klienthemmelighed"),
        ("Katalog-ID (leietaker)", "Program-ID (klient)", "Klienthemmelighet"),
        ("Hakemiston (vuokraajan) tunnus", "Sovelluksen (asiakkaan) tunnus", "Asiakasohjelman salaisuus"),
        ("ID adresáře (tenanta)", "ID aplikace (klienta)", "Tajný klíč klienta"),
        ("Dizin (kiracı) kimliği", "Uygulama (istemci) kimliği", "İstemci gizli anahtarı"),
        ("디렉터리(테넌트) ID", "애플리케이션(클라이언트) ID", "클라이언트 비밀"),
        ("Идентификатор каталога (арендатора)", "Идентификатор приложения (клиента)", "Секрет клиента"),
        ("Címtár (bérlő) azonosítója", "Alkalmazás (ügyfél) azonosítója", "Titkos ügyfélkód"),
        ("目錄 (租用戶) 識別碼", "應用程式 (用戶端) 識別碼", "用戶端密碼"),
        ("Kiracı kimliği", "İstemci kimliği", "İstemci parolası"),
        ("ID tenanta", "ID klienta", "Tajemství klienta"),
        ("Identyfikator dzierżawy", "Identyfikator klienta", "Wpis tajny klienta"),
        ("Identificador de inquilino", "Identificador de cliente", "Secreto de cliente"),
        ("Identificador do locatário", "Identificador do cliente", "Segredo do cliente"),
        ("L'ID del tenant", "L'ID dell'applicazione", "Segreto client"),
    ] {
        holds(
            &format!("{tenant}: {TENANT}\n{client}: {CLIENT}\n{name}: {s}"),
            &[("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())],
        );
        let older = older(63);
        holds(&format!("{name}: {older}"), &[("client-secret", older.as_str())]);
    }
}

/// A digest, a place in a program and another setting's value are nobody's client secret.
#[test]
fn what_belongs_to_others_is_no_client_secret() {
    let run = "aB3d/".repeat(20);
    for text in [
        format!("AWS_SECRET_ACCESS_KEY={}", &run[..40]),
        format!("DD_API_KEY={}", "0a1b".repeat(8)),
        format!("integrity=\"sha384-{}\"", &run[..64]),
        format!("$2b$12${}", &run[..53]),
        "client_secret = azuread_application_password.this.value".to_owned(),
        "clientSecret: config.azure.clientSecret".to_owned(),
    ] {
        assert!(identify(&text).iter().all(|f| f.kind != "client-secret"), "{text}: {:?}", identify(&text));
    }
}
