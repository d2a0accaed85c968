//! Shapes and contexts of other tools' test vectors (gitleaks, trufflehog, kingfisher, security-utilities, detect-secrets):
//! rebuilt with made-up bodies, since theirs are mutated or once were real. What they call a secret is never refused on its
//! looks; what they call none is never called a secret that is right.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "helpers of tests; made-up secrets are ASCII"
)]

mod made;

use handrail_credential::{Look, identify, test_secret};
use made::value;

/// Characters in an order of their own, the same for the same seed.
fn body(seed: u64, length: usize, alphabet: &[u8]) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % alphabet.len()
    };
    (0..length).map(|_| char::from(alphabet[next()])).collect()
}

const URL_SAFE: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~";
const SYMBOLS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&*+-.:;=?@[]^_|~";
const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &[u8] = b"0123456789abcdef";
const BASE64: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";

/// Every generation that was ever issued, as found by those tools and by Microsoft's own scanner.
#[test]
fn no_shape_of_a_secret_is_refused() {
    for seed in 0..200_u64 {
        let mut shapes: Vec<(&str, String)> = vec![
            // EXPOSE: a made-up secret of a test.
            ("8Q~, 40", test_secret(seed).expose().to_owned()),
            (
                "8Q~, 40, its checksum mutated",
                format!("{}8Q~{}", body(seed, 3, URL_SAFE), body(seed + 1, 34, URL_SAFE)),
            ),
            ("7Q~, 37", format!("{}7Q~{}", body(seed, 3, URL_SAFE), body(seed + 2, 31, URL_SAFE))),
            ("8Q~, 39", format!("{}8Q~{}", body(seed, 3, URL_SAFE), body(seed + 3, 33, URL_SAFE))),
            ("legacy, 34", format!("{}_{}~", body(seed, 20, URL_SAFE), body(seed + 4, 12, URL_SAFE))),
            (
                "legacy, 32 with symbols",
                format!("{}@{}", body(seed, 20, SYMBOLS), body(seed + 5, 11, SYMBOLS)),
            ),
            ("base64 of 32 bytes", format!("{}=", body(seed, 43, BASE64))),
            ("base64 of 64 bytes", format!("{}==", body(seed, 86, BASE64))),
            (
                "chosen by an admin",
                format!("{}!gs_dO34_{}", body(seed, 8, SYMBOLS), body(seed + 6, 14, SYMBOLS)),
            ),
        ];
        for digit in ["9", "4", "6"] {
            shapes.push((
                "another digit",
                format!("{}{digit}Q~{}", body(seed, 3, URL_SAFE), body(seed + 7, 34, URL_SAFE)),
            ));
        }
        for (name, shape) in shapes {
            let found = identify(&format!("client_secret={shape}"));
            let told =
                found.iter().any(|f| f.look != Look::Wrong && value(f).contains(&shape[2..shape.len() - 2]));
            // A body of chance may look like a domain or a mask; it is named, and still not refused.
            assert!(
                told,
                "{name}: {shape} → {:?}",
                found.iter().map(|f| (f.kind, f.look)).collect::<Vec<_>>()
            );
            if name == "8Q~, 40, its checksum mutated" {
                assert!(found.iter().all(|f| f.look != Look::Right), "called right: {shape}");
            }
        }
    }
}

/// The places in which those tools look for it: code, settings, markup, prose.
#[test]
fn a_secret_is_found_in_every_context() {
    for seed in 300..330 {
        // EXPOSE: a made-up secret of a test.
        let secret = test_secret(seed).expose().to_owned();
        for context in [
            "client_secret=%",
            "client_secret=%\n",
            "client_secret: %",
            "AUTH_CLIENTSECRET = %",
            "<value xsi:type=\"xsd:string\">%</value>",
            "\"CLIENT_SECRET\": \"%\"",
            "Set-PSUAuthenticationMethod -Type 'OpenIDConnect' -ClientId 'fake' -ClientSecret '%'",
            "client-secret: \"%\"",
            "\"cas.authn.azure-active-directory.client-secret=%\",",
            "\"line\": \"client_srt = \\\"%\\\";\",",
            "\"client_secret\":       acctest.Representation{RepType: acctest.Required, Create: '%'},",
            "Example= %",
            "\"the_value\": \"%\"",
            "%",
            "(use the client secret: %)",
            "(%)",
            "\\\"pass\\\": \\\"%\\\"",
            "az login --service-principal -u 0f8fad5b-d9cb-469f-a165-70867728950e -p % --tenant contoso.onmicrosoft.com",
            "curl -d 'client_id=x' -d 'client_secret=%' https://login.microsoftonline.com/x/oauth2/v2.0/token",
            "  client_secret = \"%\"  # rotate by March",
            "| Secret | `%` |",
            "ClientSecret:%;TenantId:x",
            "$env:AZURE_CLIENT_SECRET = '%'",
            "export ARM_CLIENT_SECRET=%",
            "setx AZURE_CLIENT_SECRET %",
            "spring.security.oauth2.client.registration.azure.client-secret=%",
            "<client_secret>%</client_secret>",
            "AzureAd__ClientSecret=%",
            "- name: AZURE_CLIENT_SECRET\n  value: %\n",
            "password: !vault %",
            "Hi Sam,\n\nthe new secret is %.\n\nBest\nKim",
        ] {
            let text = context.replace('%', &secret);
            let found = identify(&text);
            let right = found.iter().find(|f| f.kind == "client-secret" && f.look == Look::Right);
            assert_eq!(right.map(value), Some(secret.as_str()), "{context} → {found:?}");
        }
    }
}

/// A secret without Entra's mark is known by its label alone: programs have names of their own for it.
#[test]
fn an_older_secret_is_found_under_a_programs_own_name() {
    for seed in 700..720 {
        let secret = format!("{}_{}~", body(seed, 20, ALPHANUMERIC), body(seed + 4, 12, ALPHANUMERIC));
        for context in [
            "\"azClientSecret\": \"%\",\n    \"kvVaultUri\": \"https://corp.vault.azure.net/\",",
            "\"AZUREAD-AKS-APPID-SECRET\": \"%\",",
            "ENTRA_APP_SECRET: %",
            "const graphSecret = '%';",
            "$SecuredPassword = ConvertTo-SecureString -String \"%\" -AsPlainText -Force",
            "$ClientSecret = ConvertTo-SecureString '%' -AsPlainText -Force",
            "$cred = ConvertTo-SecureString -AsPlainText -Force \"%\"",
            "ClientID - 0f8fad5b-d9cb-469f-a165-70867728950e\n\"aadClientSecret\": \"%\",",
        ] {
            let found = identify(&context.replace('%', &secret));
            let one = found.iter().find(|f| f.kind == "client-secret");
            assert_eq!(one.map(value), Some(secret.as_str()), "{context} → {found:?}");
        }
    }
}

/// Keys of other services, as those tools list them: each is named as one, in the places where it is found.
#[test]
fn keys_of_other_services_are_named() {
    let makers = [
        ("AKIA", 16, UPPER),
        ("ghp_", 36, ALPHANUMERIC),
        ("glpat-", 20, ALPHANUMERIC),
        ("xoxb-", 40, ALPHANUMERIC),
        ("sk_live_", 24, ALPHANUMERIC),
        ("AIza", 35, ALPHANUMERIC),
        ("SG.", 66, ALPHANUMERIC),
        ("npm_", 36, ALPHANUMERIC),
        ("hf_", 34, ALPHANUMERIC),
        ("dp.pt.", 43, ALPHANUMERIC),
        ("dapi", 32, HEX),
        ("sntryu_", 64, HEX),
        ("SK", 32, HEX),
        ("newmaker_live_", 32, ALPHANUMERIC),
    ];
    for (seed, (start, length, alphabet)) in (500_u64..).zip(makers) {
        let key = format!("{start}{}", body(seed, length, alphabet));
        for context in [
            "%",
            "TOKEN=%",
            "export API_TOKEN='%'",
            "\"token\": \"%\",",
            "Authorization: Bearer %",
            "client_secret: %",
            "Hello,\n\nour key is % since May.\n",
        ] {
            let found = identify(&context.replace('%', &key));
            let named = found.iter().any(|f| f.kind == "other-service-key" && value(f) == key);
            assert!(named && found.iter().all(|f| f.kind != "client-secret"), "{context} {key} → {found:?}");
        }
    }
}

/// Digits behind the word "token" are nobody's thumbprint.
#[test]
fn a_token_of_digits_is_no_thumbprint() {
    let digits = body(9, 40, HEX);
    for text in [format!("API_TOKEN={digits}"), format!("\"sonarLogin\": \"{digits}\"")] {
        assert!(identify(&text).iter().all(|f| f.kind != "certificate-thumbprint"), "{text}");
    }
    let named = identify(&format!("Thumbprint: {digits}"));
    assert_eq!(named.first().map(|f| f.kind), Some("certificate-thumbprint"));
}

/// Claims of a token, as trufflehog's vectors have them: a short word before an ID is not what the portal shows of a secret.
#[test]
fn a_short_word_before_an_id_makes_it_no_secret_id() {
    let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    for (word, kind) in [("tid", "tenant-id"), ("oid", "object-id"), ("the", "id"), ("run", "id")] {
        for text in [format!("{word}: {id}"), format!("\"{word}\": \"{id}\",\n  \"ver\": \"1.0\",")] {
            assert_eq!(identify(&text).first().map(|f| f.kind), Some(kind), "{text}");
        }
    }
}

/// What those tools list as no secret, and what stands in a secret's place.
#[test]
fn what_is_none_is_never_called_right() {
    let x = "x".repeat(34);
    let tilde = "~".repeat(40);
    let marked = format!("abc8Q~{x}");
    let listed = [
        "![图源](https://p3-juejin.byteimg.com/tos-cn-i-k3u1fbpfcp/6a9e704af49b4380bb686f0c96d33b81~tplv-k3u1fbpfcp-watermark.image)",
        tilde.as_str(),
        ".ui.visible.right.sidebar~.ui.visible.left.sidebar~.pusher{transform:translate3d(0,0,0)}",
        "'url': 'http://www.2doc.nl/speel~VARA_101375237~mh17-het-verdriet-van-nederland~.html',",
        "@ar = split(\"~\", \"965f1453~47~09414c93e4cef985416f472549220827da3ba6fed8ad28e29ef6ad170ad53a69051e9b06f439\");",
        "'#!/registries/5/portainer.demo~2Fportainerregistrytesting~2Falpine',",
        "USK@u2vn3Lh6Kte2-TgBSNKorbsKkuAt34ckoLmgx0ndXO0,4~q8Q~3wIHjX9DT0yCNfQmr9oxmYrDZoQVLOdNg~yk0,AQACAAE/WebOfTrust",
        marked.as_str(),
        "xxx8Q~dead.dead.DEAD-DEAD-dead~deadxxxxx",
        "zzz8Q~********************************",
        "abc***********************************",
        "<your-client-secret>",
        "${{ secrets.AZURE_CLIENT_SECRET }}",
        "{{client_secret}}",
        "%AZURE_CLIENT_SECRET%",
        "$(ClientSecret)",
        "process.env.AZURE_CLIENT_SECRET",
        "os.environ[\"CLIENT_SECRET\"]",
        "ENTER_CLIENT_SECRET_HERE",
        "your_client_secret",
        "changeme",
        "[REDACTED]",
        "********",
        "••••••••",
        "Hidden",
        "null",
        "AccountKey=Zm9v",
        "SharedAccessSignature=sv=2020&sig=abc",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-123456789012-abcdefABCDEF",
        "-----BEGIN PRIVATE KEY-----",
        "The password is knock knock knock",
        "npm_deaddeaddeaddeaddeaddeaddeaddeaddead",
    ];
    for text in listed {
        for wrapped in
            [text.to_owned(), format!("client_secret={text}"), format!("\"clientSecret\": \"{text}\"")]
        {
            for found in identify(&wrapped) {
                let right = found.kind == "client-secret" && found.look == Look::Right;
                assert!(!right, "called right: {wrapped}");
            }
        }
    }
}
