//! What a pasted text holds: single values, mails, files, tables, rows of the portal. Secrets are made at run time.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    missing_docs,
    reason = "helpers of tests; made-up secrets are ASCII"
)]

mod made;

use handrail_credential::{Kind, Look, check, classify, identify, nearest, slip};
use made::{CLIENT, OBJECT, TENANT, holds, secret, value};

/// What password managers write when everything is taken out of them.
#[test]
fn a_password_manager_s_table_has_the_client_id_where_others_have_a_user_s_name() {
    let s = secret(11);
    for text in [
        format!(
            "\"Account\",\"Login Name\",\"Password\",\"Web Site\",\"Comments\"\n\"Collector, EU\",\"{CLIENT}\",\"{s}\",\"https://portal.azure.com\",\"tenant {TENANT}\""
        ),
        format!(
            "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n,,login,Collector,,,0,,{CLIENT},{s},https://login.microsoftonline.com/{TENANT}/"
        ),
    ] {
        holds(&text, &[("client-id", CLIENT), ("client-secret", s.as_str()), ("tenant-id", TENANT)]);
    }
    // A person's is none of the values; a quote within a chosen secret is a character of it.
    holds("user name;client secret\nadele@contoso.com;Wi\"nter;2027", &[("text", "Wi\"nter")]);
}

/// As programs, mails and the portal write them: each was sorted wrong once.
#[test]
fn values_are_named_in_the_formats_they_come_in() {
    let s = secret(7);
    let all = [("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())];
    for text in [
        format!("tenant: '{TENANT}'\nclient: '{CLIENT}'\nsecret: '{s}'"),
        format!(r#""{{\"tenantId\": \"{TENANT}\", \"clientId\": \"{CLIENT}\", \"clientSecret\": \"{s}\"}}""#),
        format!(r"{{\rtf1\ansi\f0 Tenant ID: {TENANT}\par Client ID: {CLIENT}\par Client secret: {s}\par}}"),
        format!(
            r#"<add key="ida:TenantId" value="{TENANT}" /><add key="ida:ClientId" value="{CLIENT}" /><add key="ida:ClientSecret" value="{s}" />"#
        ),
        format!(
            "<p>Tenant ID:&nbsp;{TENANT}<br>Client ID:&nbsp;{CLIENT}<br>Secret:&nbsp;{}</p>",
            s.replace('~', "&#126;")
        ),
    ] {
        holds(&text, &all);
    }
    let row = [("client-secret", s.as_str()), ("secret-id", OBJECT)];
    holds(&format!("Description\nExpires\nValue\nSecret ID\nCollector\n11/22/2028\n{s}\n{OBJECT}"), &row);
    holds(&format!("Collector\n5/22/2027\n{s}\nCopied\n{OBJECT}\nCopy to clipboard"), &row);
    holds(&format!("Collector\t11/22/2028\tabc******************\t{OBJECT}"), &[("secret-id", OBJECT)]);
    for (head, date) in [
        ("Beschreibung\nGültig bis\nWert\nGeheime ID", "22.11.2028"),
        ("説明\n有効期限\n値\nシークレット ID", "2028-11-22"),
    ] {
        holds(&format!("{head}\nCollector\n{date}\n{s}\n{OBJECT}"), &row);
    }
    let app = [("tenant-id", TENANT), ("client-id", CLIENT)];
    holds(&format!("Id. de directorio (inquilino): {TENANT}\nId. de aplicación (cliente): {CLIENT}"), &app);
    holds(&format!("Tenant ID:\u{a0}{TENANT}\u{200b}\nClient ID:\u{a0}\u{feff}{CLIENT}"), &app);
    let print = "A9993E364706816ABA3E25717850C26C9CD0D89D";
    for sign in [" ", ":"] {
        let pairs: Vec<&str> = (0..20).map(|at| &print[2 * at..2 * at + 2]).collect();
        holds(&format!("SHA1 Fingerprint={}", pairs.join(sign)), &[("certificate-thumbprint", print)]);
        holds(
            &format!("Client ID: {CLIENT}\nThumbprint: {}", pairs.join(sign).to_lowercase()),
            &[("certificate-thumbprint", print), ("client-id", CLIENT)],
        );
    }
    // Nothing tells that this is a row of the portal.
    holds(&format!("{s}\n{OBJECT}"), &[("client-secret", s.as_str()), ("id", OBJECT)]);
    holds(&format!("{}=\n{}", &s[..20], &s[20..]), &[("client-secret", s.as_str())]);
    let chosen = r#"ZxhPjfg-ds!0gs_dO34_54"73jyq0fE"d!f~dg"#;
    holds(&format!("Connect-It -ClientSecret '{chosen}'"), &[("client-secret", chosen)]);
}

#[test]
fn every_value_of_a_text_is_named() {
    let s = secret(1);
    let all = [("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())];
    for text in [
        format!("Tenant ID: {TENANT}\nClient ID: {CLIENT}\nSecret: {s}"),
        format!(
            "a) Directory (tenant) ID: {TENANT}\r\nb) Application (client) ID: {CLIENT}\r\nc) Client secret value: {s}\r\n"
        ),
        format!(r#"{{"tenantId":"{TENANT}","clientId":"{CLIENT}","clientSecret":"{s}"}}"#),
        format!("AZURE_TENANT_ID={TENANT}\nexport AZURE_CLIENT_ID='{CLIENT}'\nAZURE_CLIENT_SECRET=\"{s}\""),
        format!("tenant,client,secret\n{TENANT},{CLIENT},{s}\n"),
        format!("| Tenant ID | Client ID | Client secret |\n|---|---|---|\n| {TENANT} | {CLIENT} | {s} |"),
        format!("Hello,\n\nour tenant is {TENANT}, the app id is {CLIENT} and the secret is {s}.\n\nBye"),
        format!(
            "Verzeichnis-ID (Mandant) : {TENANT}\nAnwendungs-ID (Client) : {CLIENT}\nGeheimer Clientschlüssel : {s}"
        ),
        format!(
            "<tenant_id>{TENANT}</tenant_id>\n<client_id>{CLIENT}</client_id>\n<client_secret>{s}</client_secret>"
        ),
        format!(
            "https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token\nclient_id={CLIENT}&client_secret={s}&grant_type=client_credentials"
        ),
    ] {
        holds(&text, &all);
    }
    holds(
        &format!("Collector\t11/2/2027\t{s}\t{OBJECT}"),
        &[("client-secret", s.as_str()), ("secret-id", OBJECT)],
    );
    holds(
        &format!("Application (client) ID\n{CLIENT}\nObject ID\n{OBJECT}\nDirectory (tenant) ID\n{TENANT}"),
        &[("client-id", CLIENT), ("object-id", OBJECT), ("tenant-id", TENANT)],
    );
    let legacy = format!("gHduiL_{}G?Qr-G6M@IOS?mX3B", "j6t4b6D");
    holds(
        &format!("appId: {CLIENT}\npassword: {legacy}\ntenant: {TENANT}"),
        &[("client-id", CLIENT), ("tenant-id", TENANT), ("client-secret", legacy.as_str())],
    );
    holds(
        &format!("{TENANT}\n\n{CLIENT}\ncontoso.onmicrosoft.com"),
        &[("id", TENANT), ("id", CLIENT), ("tenant-domain", "contoso.onmicrosoft.com")],
    );
    let portal = format!(
        "Directory (tenant) ID\n{TENANT}\nApplication (client) ID\n{CLIENT}\nValue\n{legacy}\nSecret ID\n{OBJECT}"
    );
    let wanted = [
        ("tenant-id", TENANT),
        ("client-id", CLIENT),
        ("secret-id", OBJECT),
        ("client-secret", legacy.as_str()),
    ];
    holds(&portal, &wanted);
    holds("", &[]);
}

/// An older secret has no mark: only its label tells it, in the places that people copy from.
#[test]
fn every_older_secret_is_found_by_its_label() {
    let older = |seed: u64| {
        let s = secret(seed).replace("8Q~", "x7Y");
        format!("{}-{}_{}~Z9", &s[..8], &s[8..20], &s[20..29])
    };
    let (a, b, s) = (older(21), format!("{}@{}?", &older(22)[..15], &older(23)[..15]), secret(24));
    assert_eq!((a.len(), b.len()), (34, 32));
    let encoded = b.replace('@', "%40").replace('?', "%3F");
    for (text, wanted) in [
        (format!("||Field||Value||\n|Client ID|{CLIENT}|\n|Client secret|{a}|"), vec![&a]),
        (
            format!("| Setting | Needed | Value |\n|---|---|---|\n| AZURE_CLIENT_SECRET | yes | `{a}` |"),
            vec![&a],
        ),
        (format!("KeyId      : {OBJECT}\nSecretText : {a}\nHint       : abc"), vec![&a]),
        (
            format!(
                "{{\"clientId\": {{\"value\": \"{CLIENT}\"}},\n \"clientSecret\": {{\"value\": \"{a}\"}}}}"
            ),
            vec![&a],
        ),
        (
            format!(
                "<add key=\"ida:ClientId\" value=\"{CLIENT}\" />\n<add key=\"ida:AppKey\" value=\"{b}\" />"
            ),
            vec![&b],
        ),
        (
            format!("curl -d 'client_id={CLIENT}&client_secret={encoded}&grant_type=client_credentials' x"),
            vec![&b],
        ),
        (format!("curl -d \"client_id={CLIENT}\" \\\n  -d \"client_secret={a}\" \\"), vec![&a]),
        (
            format!("Server=tcp:x,1433;Uid={CLIENT};Pwd={a};Authentication=ActiveDirectoryServicePrincipal;"),
            vec![&a],
        ),
        (format!("The client secret is {a}."), vec![&a]),
        (format!("**Client secret:** {a}"), vec![&a]),
        (format!("Client secret: <{a}>"), vec![&a]),
        (format!("Client secret: [{a}]"), vec![&a]),
        (
            format!("App 1\nClient ID: {CLIENT}\nSecret: {a}\n\nApp 2\nClient ID: {OBJECT}\nSecret: {b}"),
            vec![&a, &b],
        ),
        (format!("Old secret: {a}\nNew secret: {s}"), vec![&s, &a]),
    ] {
        let all = identify(&text);
        let secrets: Vec<&str> = all.iter().filter(|f| f.kind == "client-secret").map(value).collect();
        assert_eq!(secrets, wanted, "{text}");
        assert!(all.iter().all(|f| f.kind != "client-secret" || f.look != Look::Wrong), "{text}");
    }
    // What stands beside a secret under such a word is not taken for another one.
    for other in
        ["password: none of your business", "\"value\": \"Collector\"", "secret: getSecret(\"AppSecret1\")"]
    {
        let text = format!("client secret: {s}\n{other}");
        holds(&text, &[("client-secret", s.as_str())]);
    }
    let older = format!("abc7Q~{}", &secret(25)[6..37]);
    holds(&format!("It is {older}."), &[("client-secret", older.as_str())]);
    holds(&format!("clientSecret: {}", s.replace('~', "\\u007e")), &[("client-secret", s.as_str())]);
}

/// As `az`, PowerShell and an export of the portal print them: the names stand above, not before.
#[test]
fn a_printed_table_s_columns_name_their_values() {
    let s = secret(31);
    let line = |n: usize| "-".repeat(n);
    let text = format!(
        "{:<36}  {:<40}  Tenant\n{}  {}  {}\n{CLIENT}  {s}  {TENANT}\n\nObject ID: {OBJECT}",
        "AppId",
        "Password",
        line(36),
        line(40),
        line(36)
    );
    let all =
        [("client-id", CLIENT), ("client-secret", s.as_str()), ("tenant-id", TENANT), ("object-id", OBJECT)];
    holds(&text, &all);
    let cut = format!(
        "Hint KeyId                                SecretText\n---- -----                                ----------\nabc  {OBJECT} {}...",
        &s[..22]
    );
    let found = identify(&cut);
    assert_eq!((found[0].kind, value(&found[0])), ("secret-id", OBJECT));
    assert!(found.iter().all(|f| f.kind != "client-secret" || f.look != Look::Right), "{found:?}");
    let export = format!("id,appId,displayName\n{OBJECT},{CLIENT},Collector\n{TENANT},{CLIENT},Other");
    holds(
        &export,
        &[("object-id", OBJECT), ("client-id", CLIENT), ("object-id", TENANT), ("client-id", CLIENT)],
    );
    // A sentence with commas is no table.
    holds(&format!("Hello, client id, tenant\nsecret {s}"), &[("client-secret", s.as_str())]);
}

/// Cut by a PDF, read from a screenshot, kept in base64, under the names of other languages.
#[test]
fn values_in_another_form_are_found() {
    let s = secret(32);
    // RFC 4648, without a table: three bytes, four signs.
    let base64 = |text: &str| {
        let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let sign = |bits: u32| char::from(signs[bits as usize & 63]);
        let groups = text.as_bytes().chunks(3).map(|group| {
            let bits =
                (0..3).fold(0, |bits, at| (bits << 8) | u32::from(group.get(at).copied().unwrap_or(0)));
            let all = [18, 12, 6, 0].map(|by| sign(bits >> by));
            let kept: String = all.iter().take(group.len() + 1).collect();
            format!("{kept:=<4}")
        });
        groups.collect::<String>()
    };
    let all = [("tenant-id", TENANT), ("client-id", CLIENT), ("client-secret", s.as_str())];
    for text in [
        format!(
            "data:\n  tenant-id: {}\n  client-id: {}\n  client-secret: {}",
            base64(TENANT),
            base64(CLIENT),
            base64(&s)
        ),
        format!(
            "Tenant ID {}\n{}\nClient ID {CLIENT}\nSecret value {}\n{}\nPage 2",
            &TENANT[..24],
            &TENANT[24..],
            &s[..23],
            &s[23..]
        ),
        format!("Tenant lD : {}\nApplication (client) lD : {CLIENT}\nValue : {s}", TENANT.replace('-', "–")),
        format!(
            "Identyfikator katalogu (dzierżawy): {TENANT}\nIdentyfikator aplikacji (klienta): {CLIENT}\nWARTOŚĆ: {s}"
        ),
        format!("ID d'annuaire (locataire) : {TENANT}\nID d’application (client) : {CLIENT}\nValeur : {s}"),
    ] {
        holds(&text, &all);
        let is_told = identify(&text).iter().all(|f| text.contains(value(f)) || !f.repairs.is_empty());
        assert!(is_told, "{text}");
    }
    let print = "A9993E364706816ABA3E25717850C26C9CD0D89D";
    let pairs: Vec<&str> = (0..20).map(|at| &print[2 * at..2 * at + 2]).collect();
    for text in [
        format!("Thumbprint\n{}", pairs.join(":")),
        "\"x5t\": \"qZk-NkcGgWq6PiVxeFDCbJzQ2J0\"".to_owned(),
        format!("\"customKeyIdentifier\": \"{print}\""),
    ] {
        holds(&text, &[("certificate-thumbprint", print)]);
    }
}

/// A text without an end to its lines or its labels is read once, not once for each of its signs: it took minutes.
#[test]
fn a_text_that_means_to_take_long_does_not() {
    for piece in ["a:", "secret=", "a,b\n", "{\"a\":"] {
        let text = piece.repeat(256 * 1024 / piece.len());
        let begun = std::time::Instant::now();
        let found = identify(&text).len();
        assert!(begun.elapsed().as_secs() < 45 && found <= 500, "{piece:?}: {:?}, {found}", begun.elapsed());
    }
}

#[test]
fn a_single_value_is_told_by_its_form() {
    let s = secret(2);
    for (text, kind, look) in [
        (s.clone(), "client-secret", Look::Right),
        (format!("**{s}**\u{200b}"), "client-secret", Look::Right),
        (format!("Value: {s}"), "client-secret", Look::Right),
        (s.get(..39).unwrap().to_owned(), "client-secret", Look::Unsure),
        (format!("abc7Q~{}", "aB3".repeat(10) + "x"), "client-secret", Look::Unsure),
        (format!("abc9Q~{}", "aB3".repeat(11)), "client-secret", Look::Unsure),
        (format!("[6gy{}MN+WRXAJ]I-TO7g1:hQ2", "XA5S20@Q"), "client-secret", Look::Unsure),
        (format!("{}=", "aB3/".repeat(10) + "xYz"), "client-secret", Look::Unsure),
        (TENANT.to_owned(), "id", Look::Unsure),
        (TENANT.get(..35).unwrap().to_owned(), "id", Look::Wrong),
        ("abc***************".to_owned(), "hidden-secret", Look::Wrong),
        ("<your-client-secret>".to_owned(), "placeholder", Look::Wrong),
        ("0123456789abcdef0123456789abcdef01234567".to_owned(), "certificate-thumbprint", Look::Right),
        ("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x".to_owned(), "token", Look::Wrong),
        ("-----BEGIN PRIVATE KEY-----\nMII".to_owned(), "private-key-or-certificate", Look::Wrong),
        (format!("{}==", "aB3/".repeat(21) + "xY"), "storage-key", Look::Unsure),
        (format!("ghp_{}", "aB3d".repeat(9)), "other-service-key", Look::Unsure),
        (["AB:CD:EF:01:23"; 4].join(":"), "certificate-thumbprint", Look::Right),
        (["ab cd ef 01"; 8].join(" "), "certificate-thumbprint", Look::Right),
        (format!("“{}”", &secret(4)[3..38]), "client-secret", Look::Unsure),
        (
            format!("AZURE_CLIENT_SECRET=“{}”,", &secret(4)[..34].replace("8Q~", "x.Y")),
            "client-secret",
            Look::Unsure,
        ),
        ("AZURE_CLIENT_SECRET=\"********\"".to_owned(), "hidden-secret", Look::Wrong),
        ("sk_live_abcdefghijklmnopqrstuvwx".to_owned(), "other-service-key", Look::Unsure),
        (format!("{{{TENANT}}}"), "id", Look::Unsure),
        ("contoso.onmicrosoft.com".to_owned(), "tenant-domain", Look::Right),
        ("admin@contoso.com".to_owned(), "user-name", Look::Right),
    ] {
        let found = identify(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].kind, found[0].look), (kind, look), "{text}");
    }
}

#[test]
fn what_was_taken_off_is_told() {
    for text in [
        format!("{{{TENANT}}}"),
        format!("„{TENANT}“"),
        "AB:CD:EF:01:23:".repeat(4),
        format!("“{}”", &secret(4)[3..38]),
    ] {
        let found = identify(text.trim_end_matches(':'));
        assert!(!found[0].repairs.is_empty(), "{text}");
        assert!(!found[0].findings.iter().any(|f| f.code == "secret-is-id"), "{text}");
    }
}

#[test]
fn a_guid_where_a_secret_belongs_is_the_secret_id() {
    let found = identify(&format!("client_secret: {OBJECT}"));
    assert_eq!((found[0].kind, found[0].look), ("secret-id", Look::Unsure));
    assert!(found[0].findings.iter().any(|f| f.code == "secret-is-id"));
}

/// No verdict of a form alone is ever "wrong" for anything that Entra has handed out or let an admin choose.
#[test]
fn no_shape_of_a_real_secret_is_refused() {
    let chosen =
        ["correct horse battery staple", "P@ssw0rd!2019", OBJECT, "ZihPjfg-ds!0gs_dO34_54\"73jyq0fE\"d!f~dg"];
    let made = (0..300).map(secret);
    let older = (0..300).map(|n| format!("{}7Q~{}", &secret(n)[..3], &secret(n + 1)[6..37]));
    let legacy = (0..300).map(|n| secret(n).replace("8Q~", "xyz")[..34].to_owned());
    for text in chosen.map(str::to_owned).into_iter().chain(made).chain(older).chain(legacy) {
        for found in identify(&text) {
            assert_ne!(found.look, Look::Wrong, "{text}: {}", found.kind);
        }
    }
}

/// Every single slip in a secret is seen, but for what chance allows, and the secret is among what is offered.
/// `cargo xtask bench checksum` does the same with 10,000 secrets.
#[test]
fn slips_are_seen_and_mended() {
    let mut state = 7_u64;
    let mut any = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";
    let (mut tried, mut offered) = (0, 0);
    for seed in 0..150 {
        let s = secret(seed);
        for _ in 0..4 {
            let mut wrong = s.clone().into_bytes();
            let at = any(40);
            wrong[at] = ALPHABET[any(66)];
            let wrong = String::from_utf8(wrong).unwrap();
            if wrong == s {
                continue;
            }
            tried += 1;
            // EXPOSE: a made-up secret of a test.
            offered += usize::from(nearest(&wrong).iter().any(|n| n.expose() == s));
            let offers = nearest(&wrong);
            assert_eq!(
                check(Kind::ClientSecret, &wrong).suggestions,
                offers,
                "every surface offers the same"
            );
            // EXPOSE: a made-up secret of a test.
            assert!(offers.iter().all(|offer| slip(&wrong, offer.expose()).is_some()));
        }
        let at = any(40);
        let lost: String = s.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
        let doubled = format!("{}{}", &s[..=at], &s[at..]);
        for wrong in [lost, doubled] {
            assert_ne!(format!("{:?}", classify(&wrong)), "Secret");
            // EXPOSE: a made-up secret of a test.
            assert!(nearest(&wrong).iter().any(|n| n.expose() == s), "{wrong} from {s}");
        }
    }
    assert!(offered * 100 >= tried * 99, "{offered} of {tried}");
}

/// What is repaired was there: a cleaned secret is a run of the pasted text, look-alikes put right, blanks left out.
#[test]
fn repair_is_idempotent_and_invents_nothing() {
    let mut state = 0x2545_f491_u64;
    let mut any = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    for seed in 0..2_000 {
        let s = secret(seed % 50);
        let around = [
            " ",
            "\"",
            "**",
            "<",
            ">",
            "\u{200b}",
            "\n",
            "Value: ",
            "'",
            "\t",
            "`",
            "client_secret=",
            "\u{a0}",
            "“",
            "”",
            ",",
            ";",
        ];
        let mut text = s.clone();
        for _ in 0..any(5) {
            let piece = around[any(around.len())];
            text = if any(2) == 0 { format!("{piece}{text}") } else { format!("{text}{piece}") };
        }
        if any(3) == 0 {
            text = text.replace('~', ["%7E", "\\~", "\u{2dc}", "&tilde;", "\u{ff5e}"][any(5)]);
        }
        let once = check(Kind::ClientSecret, &text).value;
        // EXPOSE: a made-up secret of a test.
        assert_eq!(once.expose(), s, "{text:?}");
        // EXPOSE: a made-up secret of a test.
        assert_eq!(check(Kind::ClientSecret, once.expose()).value.expose(), s);
        let cut = text.chars().skip(any(8)).collect::<String>();
        let cleaned = check(Kind::ClientSecret, &cut).value;
        let as_is: String = cut.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
        let plain: String = ["%7E", "\\~", "\u{2dc}", "&tilde;", "\u{ff5e}"]
            .iter()
            .fold(cut.clone(), |t, from| t.replace(from, "~"));
        let plain: String = plain.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
        // EXPOSE: a made-up secret of a test.
        let squeezed: String = cleaned.expose().chars().filter(|c| !c.is_whitespace()).collect();
        assert!(plain.contains(&squeezed) || as_is.contains(&squeezed), "{cut:?}");
    }
}

/// Any text at all: nothing panics, and nothing is called right that is not one of the known forms.
#[test]
fn arbitrary_text_is_survived() {
    let mut state = 0x9e37_79b9_u64;
    let mut any = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    let s = secret(3);
    let parts = [
        "tenant",
        "secret",
        "id",
        ":",
        "=",
        "\n",
        "\t",
        ",",
        "\"",
        "{",
        "}",
        "&",
        "8Q~",
        "é",
        "漢",
        " ",
        s.as_str(),
        TENANT,
        "eyJ",
        "<",
        "/",
        "-",
        "•",
        "𝒳",
        "a.b",
    ];
    for _ in 0..3_000 {
        let text: String = (0..any(24)).map(|_| parts[any(parts.len())]).collect();
        for found in identify(&text) {
            let known = found.look != Look::Right
                || found.kind != "client-secret"
                || format!("{:?}", classify(value(&found))) == "Secret";
            assert!(known, "{text:?}");
        }
    }
}
