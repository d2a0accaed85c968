//! Tables of what is pasted and what is said about it, for every kind of value. Secrets are made at run time.

mod made;

use std::collections::BTreeSet;

use handrail_credential::{
    CATALOGUE, Kind, Shape, check, classify, cross_check, damaged_secret, identify, nearest,
};
use made::{CLIENT, OBJECT, TENANT, secret};

#[track_caller]
fn says(kind: Kind, pasted: &str, codes: &[&str]) {
    let checked = check(kind, pasted);
    let got: Vec<&str> = checked.findings.iter().map(|f| f.code).collect();
    assert_eq!(got, codes, "for {} from {pasted:?}", kind.name());
    for f in &checked.findings {
        assert!(CATALOGUE.iter().any(|e| e.code == f.code));
        assert!(!f.what().contains('{'), "{}", f.code);
    }
    assert!(!format!("{checked:?}").contains(pasted.trim()) || pasted.trim().len() < 12);
}

#[test]
fn made_secrets_are_valid_and_differ() {
    for seed in 0..200 {
        assert_eq!(classify(&secret(seed)), Shape::Secret, "seed {seed}");
        assert_ne!(secret(seed), secret(seed + 1));
        says(Kind::ClientSecret, &secret(seed), &[]);
    }
}

#[test]
fn a_clean_secret_comes_out_of_everything_copying_adds() {
    let s = secret(7);
    let row = format!("Collector\t21/05/2027\t{s}\t{OBJECT}");
    let half = s.split_at(20);
    for (pasted, codes) in [
        (format!(" {s}\r\n"), &["cleaned-space"][..]),
        (format!("\u{feff}{s}\u{200b}"), &["cleaned-invisible"]),
        (format!("\"{s}\""), &["cleaned-wrapping"]),
        (format!("“{s}”,"), &["cleaned-wrapping"]),
        (format!("**{s}**"), &["cleaned-wrapping"]),
        (format!("<{s}>"), &["cleaned-wrapping"]),
        (format!("Value: {s}"), &["cleaned-wrapping"]),
        (format!("client_secret={s};"), &["cleaned-wrapping"]),
        (row, &["cleaned-row"]),
        (s.replace('~', "%7E"), &["cleaned-escape"]),
        (s.replace('~', "\\~"), &["cleaned-escape"]),
        (s.replace('~', "\u{2dc}"), &["cleaned-look-alike"]),
        (format!("{s}{s}"), &["cleaned-twice"]),
        (format!("{s}{s}{s}{s}"), &["cleaned-twice"]),
        (format!("\"{s}{s}\""), &["cleaned-wrapping", "cleaned-twice"]),
        (format!("{}\n{}", half.0, half.1), &["cleaned-inner-space"]),
    ] {
        says(Kind::ClientSecret, &pasted, codes);
        // EXPOSE: a made-up secret of a test.
        assert_eq!(check(Kind::ClientSecret, &pasted).value.expose(), s, "{pasted:?}");
    }
}

#[test]
fn what_is_no_secret_is_named_but_never_stopped() {
    let s = secret(3);
    for (pasted, codes) in [
        (OBJECT.to_owned(), &["secret-is-id"][..]),
        (format!("{{{OBJECT}}}"), &["secret-is-id"]),
        (OBJECT.replace('-', ""), &["secret-is-id"]),
        ("abc******************".to_owned(), &["secret-masked"]),
        ("abc".to_owned(), &["secret-masked"]),
        ("<your-client-secret>".to_owned(), &["secret-placeholder"]),
        ("${{ secrets.CLIENT_SECRET }}".to_owned(), &["secret-placeholder"]),
        ("changeme".to_owned(), &["secret-placeholder"]),
        (format!("abc8Q~{}", "x".repeat(34)), &["secret-placeholder"]),
        // EXPOSE: a made-up secret of a test.
        (damaged_secret(3).expose().to_owned(), &["secret-damaged"]),
        (s.chars().take(39).collect(), &["secret-cut"]),
        (format!("abc7Q~{}", "aB3".repeat(10) + "x"), &["secret-older"]),
        ("0123456789abcdef0123456789abcdef01234567".to_owned(), &["secret-is-thumbprint"]),
        ("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x".to_owned(), &["secret-is-token"]),
        ("-----BEGIN PRIVATE KEY-----".to_owned(), &["secret-is-pem"]),
        (format!("{}==", "aB3/".repeat(21) + "xY"), &["secret-is-storage-key"]),
        ("a1b2".repeat(13), &["secret-is-devops-token"]),
        ("https://portal.azure.com/x".to_owned(), &["secret-is-url"]),
        ("admin@contoso.com".to_owned(), &["secret-is-email"]),
        ("contoso.onmicrosoft.com".to_owned(), &["secret-is-domain"]),
        (format!("[6gy{}MN+WRXAJ]I-TO7g1:hQ2", "XA5S20@Q"), &["secret-legacy"]),
        ("correct horse battery".to_owned(), &["secret-has-space", "secret-unknown-form"]),
        ("hunter2hunter2".to_owned(), &["secret-unknown-form"]),
    ] {
        says(Kind::ClientSecret, &pasted, codes);
    }
    says(Kind::ClientSecret, "  ", &["empty", "cleaned-space"]);
}

#[test]
fn a_legacy_secret_is_only_trimmed() {
    let legacy = "'gHduiL_j6t4b6DG?Qr-G6M@IOS?mX3B'";
    // EXPOSE: a made-up secret of a test.
    assert_eq!(check(Kind::ClientSecret, &format!("{legacy}\n")).value.expose(), legacy);
}

#[test]
fn single_slips_are_found_and_none_goes_unnoticed() {
    for seed in 0..20 {
        let s = secret(seed);
        let bytes = s.as_bytes();
        let mut found = 0;
        for at in (0..40).filter(|at| !(3..6).contains(at)) {
            let mut wrong = bytes.to_vec();
            wrong[at] = match wrong[at] {
                b if b.is_ascii_alphabetic() => b ^ 0x20,
                b'0' => b'O',
                b'1' => b'l',
                b'.' => b'-',
                b'-' => b'_',
                b'_' => b'~',
                b'~' => b'.',
                b'9' => b'8',
                b => b + 1,
            };
            let wrong = String::from_utf8(wrong).unwrap();
            if wrong == s {
                continue;
            }
            assert_eq!(classify(&wrong), Shape::SecretDamaged, "{at}");
            let offers = nearest(&wrong);
            // EXPOSE: a made-up secret of a test.
            assert!(offers.iter().any(|g| g.expose() == s), "{at}");
            // EXPOSE: a made-up secret of a test.
            found += usize::from(offers.first().is_some_and(|g| g.expose() == s));
        }
        assert!(found >= 33, "seed {seed}: {found} of 37");
        let lost: String = s.chars().take(20).chain(s.chars().skip(21)).collect();
        // EXPOSE: made-up secrets of a test. By chance another neighbour may fit as well; then it is offered too.
        assert!(nearest(&lost).iter().any(|g| g.expose() == s));
        assert_eq!(nearest(&s), []);
    }
}

#[test]
fn base64_of_a_secret_is_offered_in_clear() {
    // `abc8Q~` and so on, in base64, made by hand from 40 bytes.
    let s = secret(11);
    let encoded = to_base64(s.as_bytes());
    let checked = check(Kind::ClientSecret, &encoded);
    assert_eq!(checked.findings.first().map(|f| f.code), Some("secret-in-base64"));
    // EXPOSE: a made-up secret of a test.
    assert_eq!(checked.suggestions.iter().map(|g| g.expose().to_owned()).collect::<Vec<_>>(), [s]);
}

fn to_base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| (n << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let digit = DIGITS.get((n >> (18 - 6 * i)) as usize & 63).copied().unwrap_or(b'A');
            out.push(if i <= chunk.len() { digit as char } else { '=' });
        }
    }
    out
}

#[test]
fn ids_are_read_in_every_spelling() {
    for (pasted, codes) in [
        (TENANT.to_owned(), &[][..]),
        (TENANT.to_uppercase(), &[]),
        (format!(" {TENANT}\n"), &["cleaned-space"]),
        (format!("{{{TENANT}}}"), &["cleaned-wrapping"]),
        (format!("\"{TENANT}\""), &["cleaned-wrapping"]),
        (TENANT.replace('-', ""), &["cleaned-guid"]),
        (TENANT.replace('-', "\u{2013}"), &["cleaned-look-alike"]),
        (format!("Directory (tenant) ID\t{TENANT}"), &["cleaned-row"]),
        (format!("Directory (tenant) ID : {TENANT}"), &["cleaned-wrapping"]),
    ] {
        says(Kind::ClientId, &pasted, codes);
        // EXPOSE: an ID.
        assert_eq!(check(Kind::ClientId, &pasted).value.expose(), TENANT);
    }
}

#[test]
fn what_is_no_id_is_named() {
    let pairs = format!("{TENANT} {CLIENT}");
    let (s, short) = (secret(5), TENANT.get(..35).unwrap());
    for (kind, pasted, codes) in [
        (Kind::ClientId, "", &["empty"][..]),
        (Kind::ClientId, "contoso", &["id-not-guid"]),
        (Kind::ClientId, short, &["id-cut"]),
        (Kind::ClientId, s.as_str(), &["id-is-secret"]),
        (Kind::ClientId, pairs.as_str(), &["id-several"]),
        (Kind::ClientId, "ENTER_YOUR_CLIENT_ID", &["placeholder-left"]),
        (Kind::ClientId, "00000000-0000-0000-0000-000000000000", &["id-is-nil"]),
        (Kind::ClientId, "00000003-0000-0000-c000-000000000000", &["id-is-microsoft-app"]),
        (Kind::TenantId, "common", &["tenant-is-common"]),
        (Kind::TenantId, "9188040d-6c67-4c5b-b112-36a304b66dad", &["tenant-is-consumer"]),
        (Kind::TenantId, "contoso.onmicrosoft.com", &["tenant-is-domain"]),
        (Kind::ClientId, "contoso.onmicrosoft.com", &["id-not-guid"]),
    ] {
        says(kind, pasted, codes);
    }
}

#[test]
fn domains_and_the_rest() {
    let s = secret(9);
    for (kind, pasted, codes) in [
        (Kind::TenantDomain, "contoso.onmicrosoft.com", &[][..]),
        (Kind::TenantDomain, "Contoso.com", &[]),
        (Kind::TenantDomain, "https://contoso.onmicrosoft.com/x", &["cleaned-domain"]),
        (Kind::TenantDomain, "admin@contoso.com", &["cleaned-domain"]),
        (Kind::TenantDomain, TENANT, &["domain-is-id"]),
        (Kind::TenantDomain, s.as_str(), &["domain-is-secret"]),
        (Kind::TenantDomain, "contoso", &["domain-wrong"]),
        (Kind::Thumbprint, "0123456789ABCDEF0123456789ABCDEF01234567", &[]),
        (Kind::Thumbprint, "0123", &["thumbprint-wrong"]),
        (Kind::UserName, "a@contoso.com", &[]),
        (Kind::UserName, "a contoso", &["user-wrong"]),
        (Kind::Url, "https://contoso.sharepoint.com/x", &[]),
        (Kind::Url, "http://x", &["url-wrong"]),
        (Kind::ExpiryDate, "21/05/2027", &[]),
        (Kind::ExpiryDate, "soon", &["date-wrong"]),
        (Kind::Text, "hello", &[]),
        (Kind::Text, s.as_str(), &["text-is-secret"]),
    ] {
        says(kind, pasted, codes);
    }
}

#[test]
fn kinds_have_one_name_each_way() {
    for name in ["tenant-id", "client-secret", "tenant-domain", "text"] {
        assert_eq!(Kind::named(name).map(Kind::name), Some(name));
    }
    assert_eq!(Kind::named("nothing"), None);
}

#[track_caller]
fn crossed(values: &[(Kind, &str)], shown: &[(Kind, &str)], want: &[(Kind, &str)]) {
    let got: Vec<(Kind, &str)> =
        cross_check(values, shown).iter().map(|c| (c.kind, c.finding.code)).collect();
    assert_eq!(got, want);
}

#[test]
fn swaps_and_copies_show_only_together() {
    use Kind::{ClientId, ClientSecret, ObjectId, SecretId, TenantId};
    let shown = [(TenantId, TENANT), (ClientId, CLIENT), (ObjectId, OBJECT)];
    crossed(&[(TenantId, TENANT), (ClientId, CLIENT)], &shown, &[]);
    crossed(&[(TenantId, TENANT), (ClientId, CLIENT)], &[], &[]);
    crossed(
        &[(TenantId, CLIENT), (ClientId, TENANT)],
        &shown,
        &[(TenantId, "ids-swapped"), (ClientId, "ids-swapped")],
    );
    crossed(&[(ClientId, OBJECT)], &shown, &[(ClientId, "client-is-object")]);
    crossed(&[(TenantId, OBJECT)], &shown, &[(TenantId, "tenant-is-object")]);
    crossed(&[(ClientId, OBJECT)], &[(SecretId, OBJECT)], &[(ClientId, "id-is-secret-id")]);
    crossed(&[(TenantId, TENANT), (ClientId, TENANT)], &[], &[(ClientId, "ids-same")]);
    crossed(&[(ClientId, CLIENT), (ClientSecret, CLIENT)], &[], &[(ClientSecret, "secret-is-other-id")]);
}

/// What was cleaned stays as it is: else the check would try another value than the one that is handed over.
#[test]
fn cleaning_twice_is_cleaning_once() {
    let s = secret(21);
    let mut state = 0x51ab_77e1_u64;
    let mut any = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    let parts = [
        s.as_str(),
        &s,
        TENANT,
        "\"",
        "'",
        "{",
        "}",
        "\\",
        "~",
        " ",
        "\t",
        "%7E",
        "\u{200b}",
        ",",
        "contoso.com",
    ];
    let pastes = (0..4_000).map(|_| (0..=any(7)).map(|_| parts[any(parts.len())]).collect::<String>());
    let deep = ["\"", "(", "\\"].map(|open| format!("{}{s}{}", open.repeat(200), open.repeat(200)));
    let slashes = s.replace('~', &format!("{}~", "\\".repeat(200)));
    for text in pastes.collect::<Vec<_>>().into_iter().chain(deep).chain([slashes]) {
        for kind in [Kind::ClientSecret, Kind::TenantId, Kind::ClientId, Kind::TenantDomain, Kind::Text] {
            let once = check(kind, &text).value;
            // EXPOSE: made-up secrets of a test.
            assert_eq!(check(kind, once.expose()).value.expose(), once.expose(), "{kind:?} {text:?}");
        }
    }
}

/// Any bytes at all: nothing panics and nothing leaks.
#[test]
fn arbitrary_text_is_survived() {
    let mut state = 0x1234_5678_u64;
    let pool: Vec<char> = "aZ09~-_.8Q \t\n\"'<>{}[]*%7E\\&;:=@/\u{2dc}\u{200b}\u{e001}é漢𝒳".chars().collect();
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..(state >> 59) * 3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push(pool[(state >> 33) as usize % pool.len()]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        for kind in [Kind::TenantId, Kind::ClientSecret, Kind::TenantDomain, Kind::Url] {
            let once = check(kind, &text);
            // EXPOSE: random text of a test.
            let twice = check(kind, once.value.expose());
            assert!(twice.findings.len() <= once.findings.len() + 1, "{kind:?} {text:?}");
        }
    }
}

/// The whole catalogue, walked: a row that nothing leads to is no row.
#[test]
fn every_row_of_the_catalogue_is_said_of_something() {
    use Kind::{
        ClientId, ClientSecret, ExpiryDate, SecretId, TenantDomain, TenantId, Text, Thumbprint, Url, UserName,
    };
    let s = secret(31);
    // EXPOSE: a made-up secret of a test.
    let damaged = damaged_secret(31).expose().to_owned();
    let halves = s.split_at(20);
    let pastes = [
        (ClientSecret, String::new()),
        (ClientSecret, format!(" {s}")),
        (ClientSecret, format!("\u{200b}{s}")),
        (ClientSecret, format!("{}\n{}", halves.0, halves.1)),
        (ClientSecret, s.replace('~', "\u{2dc}")),
        (ClientSecret, s.replace('~', "%7E")),
        (ClientSecret, format!("“{s}”")),
        (ClientSecret, format!("Collector\t21/05/2027\t{s}\t{OBJECT}")),
        (ClientSecret, format!("{s}{s}")),
        (ClientSecret, OBJECT.to_owned()),
        (ClientSecret, "abc*****************".to_owned()),
        (ClientSecret, "changeme".to_owned()),
        (ClientSecret, damaged),
        (ClientSecret, s.chars().take(38).collect()),
        (ClientSecret, s.chars().take(12).chain(['ä']).chain(s.chars().skip(13)).collect()),
        (ClientSecret, to_base64(s.as_bytes())),
        (ClientSecret, "correct horse battery".to_owned()),
        (ClientSecret, "Überraschung2024".to_owned()),
        (ClientSecret, "0123456789abcdef0123456789abcdef01234567".to_owned()),
        (ClientSecret, "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x".to_owned()),
        (ClientSecret, "-----BEGIN PRIVATE KEY-----".to_owned()),
        (ClientSecret, format!("{}==", "aB3/".repeat(21) + "xY")),
        (ClientSecret, "a1b2".repeat(13)),
        (ClientSecret, format!("ghp_{}", "aB3d".repeat(9))),
        (ClientSecret, "https://portal.azure.com/x".to_owned()),
        (ClientSecret, "admin@contoso.com".to_owned()),
        (ClientSecret, "contoso.onmicrosoft.com".to_owned()),
        (ClientSecret, format!("abc7Q~{}", "aB3".repeat(10) + "x")),
        (ClientSecret, format!("[6gy{}MN+WRXAJ]I-TO7g1:hQ2", "XA5S20@Q")),
        (ClientSecret, "hunter2hunter2".to_owned()),
        (ClientId, "<your-client-id>".to_owned()),
        (ClientId, CLIENT.replace('-', "")),
        (ClientId, "contoso".to_owned()),
        (ClientId, CLIENT.chars().take(35).collect()),
        (ClientId, s.clone()),
        (ClientId, format!("{TENANT} {CLIENT}")),
        (ClientId, "00000000-0000-0000-0000-000000000000".to_owned()),
        (ClientId, "00000003-0000-0000-c000-000000000000".to_owned()),
        (TenantId, "contoso.onmicrosoft.com".to_owned()),
        (TenantId, "common".to_owned()),
        (TenantId, "9188040d-6c67-4c5b-b112-36a304b66dad".to_owned()),
        (TenantDomain, "https://contoso.onmicrosoft.com/x".to_owned()),
        (TenantDomain, "contoso".to_owned()),
        (TenantDomain, TENANT.to_owned()),
        (TenantDomain, s.clone()),
        (Thumbprint, "0123".to_owned()),
        (UserName, "a contoso".to_owned()),
        (Url, "http://x".to_owned()),
        (ExpiryDate, "soon".to_owned()),
        (Text, s.clone()),
    ];
    let mut said = BTreeSet::new();
    for (kind, pasted) in pastes {
        said.extend(check(kind, &pasted).findings.iter().map(|f| f.code));
    }
    for pasted in [TENANT.to_owned(), "AB:CD:EF:01:23:".repeat(3) + "AB:CD:EF:01:23"] {
        let all = identify(&pasted);
        said.extend(all.iter().flat_map(|one| one.findings.iter().chain(&one.repairs)).map(|f| f.code));
    }
    let shown = [(TenantId, TENANT), (ClientId, CLIENT), (Kind::ObjectId, OBJECT)];
    for (values, shown) in [
        (&[(TenantId, CLIENT), (ClientId, TENANT)][..], &shown[..]),
        (&[(TenantId, OBJECT), (ClientId, OBJECT)], &shown),
        (&[(ClientId, OBJECT), (ClientSecret, OBJECT)], &[(SecretId, OBJECT)]),
    ] {
        said.extend(cross_check(values, shown).iter().map(|crossed| crossed.finding.code));
    }
    let rows: BTreeSet<&str> = CATALOGUE.iter().map(|row| row.code).collect();
    assert_eq!(said, rows);
}
