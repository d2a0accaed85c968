//! What keeps the Worker harmless: limits, the quick check that is off by default, the description it serves, and inputs
//! that mean to lead it astray. `HANDRAIL_HOSTILE=10000` asks as many as `cargo xtask bench hostile` does.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use handrail_credential::test_secret;
use handrail_worker_tests::Bench;
use serde_json::{Value, json};

#[test]
fn too_many_checks_are_told_to_wait() {
    let told = [("ANONYMOUS_CHECKS", "practice"), ("CHECKS_PER_MINUTE", "3")];
    let bench = Bench::start_told("worker", &told, None).unwrap();
    let body = json!({"guide": "securus360", "values": {}}).to_string();
    let mut answers = Vec::new();
    // A new minute may begin in between; then the count begins anew, once.
    for _ in 0..8 {
        answers.push(bench.post("/api/check", "application/json", &body).unwrap());
    }
    assert_eq!(answers[0].status, 200);
    let refused = answers.iter().find(|a| a.status == 429).unwrap();
    assert_eq!(refused.error(), "too-often");
    assert_eq!(refused.header("retry-after"), Some("60"));
}

#[test]
fn the_quick_check_is_off_unless_it_is_switched_on() {
    for told in [&[][..], &[("QUICK_CHECK", "on")], &[("ANONYMOUS_CHECKS", "practice")]] {
        let bench = Bench::start_told("worker", told, None).unwrap();
        assert_eq!(bench.get("/check").unwrap().status, 404, "{told:?}");
        assert_eq!(bench.post("/check", "application/x-www-form-urlencoded", "a=b").unwrap().status, 404);
    }
    let bench = Bench::start_told("worker", &[("QUICK_CHECK", "on"), ("ANONYMOUS_CHECKS", "practice")], None)
        .unwrap();
    let form = bench.get("/check").unwrap();
    assert!(form.text.contains("autocomplete=\"off\"") && !form.text.contains("<script"));
    assert!(form.header("content-security-policy").unwrap().contains("form-action 'self'"));
    let values = bench.seed(&json!({"permissions": [], "consent": true})).unwrap();
    let text = |name: &str| values[name].as_str().unwrap().to_owned();
    let ask = |secret: &str| {
        let secret = secret.replace('~', "%7E");
        let body = format!(
            "tenant-id={}&client-id=+{}&client-secret={secret}",
            text("tenant-id"),
            text("client-id")
        );
        bench.post("/check", "application/x-www-form-urlencoded", &body).unwrap()
    };
    let good = ask(&text("client-secret"));
    assert!(good.text.contains(">Active<") && !good.text.contains(&text("client-secret")), "{}", good.text);
    assert_eq!(good.header("cache-control"), Some("no-store"));
    // EXPOSE: a made-up secret of a test.
    let bad = ask(test_secret(3).expose());
    assert!(bad.text.contains(">Rejected<") && bad.text.contains("AADSTS7000215"), "{}", bad.text);
    let strange = bench.post("/check", "application/json", "{}").unwrap();
    assert!(strange.status == 415 && strange.text.contains("role=\"alert\""), "{}", strange.text);
    // Whoever asks too often is told so on a page.
    let told = [("QUICK_CHECK", "on"), ("ANONYMOUS_CHECKS", "practice"), ("CHECKS_PER_MINUTE", "1")];
    let bench = Bench::start_told("worker", &told, None).unwrap();
    let ask = || bench.post("/check", "application/x-www-form-urlencoded", "tenant-id=x").unwrap();
    // A new minute may begin in between; then the count begins anew, once.
    let answers: Vec<_> = (0..4).map(|_| ask()).collect();
    let refused = answers.iter().find(|got| got.status == 429).unwrap();
    assert!(refused.text.contains("More checks were asked for") && refused.text.contains("href=\"/check\""));
    assert_eq!(refused.header("retry-after"), Some("60"));
}

/// The description names exactly the addresses that are there, and each answers as described.
#[test]
fn the_description_is_served_and_true() {
    let bench = Bench::start("worker", Some("practice")).unwrap();
    let served = bench.get("/api/openapi.json").unwrap().json();
    let kept: Value = serde_json::from_str(include_str!("../../../worker/openapi.json")).unwrap();
    assert_eq!(served, kept);
    for (path, methods) in kept["paths"].as_object().unwrap() {
        // Addresses with a part to fill in are described by whoever tests them.
        for (method, about) in methods.as_object().unwrap().iter().filter(|_| !path.contains('{')) {
            let got = match method.as_str() {
                "get" => bench.get(path).unwrap(),
                _ => bench.post(path, "application/json", "{}").unwrap(),
            };
            let described = about["responses"].as_object().unwrap();
            assert!(described.contains_key(&got.status.to_string()), "{method} {path}: {}", got.status);
            assert_ne!(got.error(), "not-found", "{path}");
        }
    }
    let report = bench.check(&bench.seed(&json!({})).unwrap(), &json!({})).unwrap();
    let described = kept["components"]["schemas"]["Report"]["properties"].as_object().unwrap();
    for name in report.as_object().unwrap().keys() {
        assert!(described.contains_key(name), "the report's `{name}` is not described");
    }
}

/// Notes the hosts that are asked, and knows no directory.
fn listener(asked: Arc<Mutex<BTreeSet<String>>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let asked = Arc::clone(&asked);
            std::thread::spawn(move || note(stream, &asked));
        }
    });
    address
}

fn note(stream: TcpStream, asked: &Mutex<BTreeSet<String>>) -> Option<()> {
    const BODY: &str = r#"{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant not found.","error_codes":[90002]}"#;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut out = stream;
    loop {
        let (mut line, mut length) = (String::new(), 0);
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let lower = line.to_ascii_lowercase();
            if let Some(host) = lower.strip_prefix("host:") {
                asked.lock().unwrap().insert(host.trim().to_owned());
            }
            if let Some(n) = lower.strip_prefix("content-length:") {
                length = n.trim().parse().ok()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink()).ok()?;
        let head = format!(
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            BODY.len()
        );
        out.write_all((head + BODY).as_bytes()).ok()?;
    }
}

const CLIENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

#[test]
fn hostile_inputs_lead_nowhere() {
    let count: usize = std::env::var("HANDRAIL_HOSTILE").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let bench = Bench::start_towards("worker", Some("practice"), Some(listener(Arc::clone(&asked)))).unwrap();
    let parts = [
        "https://evil.example",
        "//evil.example",
        "@evil.example",
        "evil.example#",
        "\\\\evil.example",
        "..",
        "%2e%2e/",
        "/../",
        "?x=",
        "#",
        "\r\nHost: evil.example",
        "\u{0}",
        "evil.example:443",
        "login.microsoftonline.com@evil.example",
        "common",
        "\u{202e}",
        "contoso.onmicrosoft.com",
        "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b",
        "。",
        "xn--evil",
        "\u{ff0f}",
        "%00",
        "{",
        "'",
        "\"",
        ";",
        "a",
        "127.0.0.1",
        "[::1]",
        "localhost",
        "file:///etc/passwd",
        "javascript:",
        " ",
        "\t",
        "９",
        "ß",
        "𝒳",
    ];
    let mut state = 0x1234_5678_9abc_u64;
    let mut any = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    // EXPOSE: a made-up secret of a test.
    let secret = test_secret(1).expose().to_owned();
    for _ in 0..count {
        let (sound_client, sound_domain, sound_tenant) = (any(2) == 0, any(2) == 0, any(8) == 0);
        let mut hostile = || (0..=any(4)).map(|_| parts[any(parts.len())]).collect::<String>();
        let body = json!({
            "guide": if hostile().len() % 5 == 0 { hostile() } else { "securus360".to_owned() },
            "cloud": if hostile().len() % 7 == 0 { json!(hostile()) } else { Value::Null },
            "values": {
                // One wrong thing at a time gets further than four.
                "tenant-id": if sound_tenant { CLIENT.to_owned() } else { hostile() },
                "client-id": if sound_client { CLIENT.to_owned() } else { hostile() },
                "tenant-domain": if sound_domain { "contoso.onmicrosoft.com".to_owned() } else { hostile() },
                "client-secret": secret,
            },
        });
        let got = bench.post("/api/check", "application/json", &body.to_string()).unwrap();
        assert!(got.status < 500, "{} for {body}", got.status);
        let address = hostile().replace(['\r', '\n', '\u{0}', ' ', '\t', '#'], "-");
        let path: String = address
            .bytes()
            .map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        // An address that the client itself does not take is no case.
        if let Ok(got) = bench.get(&format!("/g/{path}")) {
            assert!(got.status < 500, "{} for {path}", got.status);
        }
    }
    let known = handrail_entra::hosts();
    let asked = asked.lock().unwrap();
    assert!(asked.iter().all(|host| known.contains(&host.as_str())), "{asked:?}");
    assert!(!asked.is_empty(), "nothing got through, so nothing was proved");
}
