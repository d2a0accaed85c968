//! The API against its own description: every route is walked, and schemathesis tries to break it.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;

use handrail_world::dist;
use handrail_world::parties::{Customer, Vendor};
use serde_json::{Value, json};

use super::Practice;

/// The API's description.
pub(super) fn description() -> Value {
    serde_json::from_str(include_str!("../../../../worker/openapi.json")).unwrap()
}

/// Headers that every answer carries, whatever the route and the status.
const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("cache-control", "no-store"),
];

#[test]
fn every_route_is_answered_with_its_headers_and_read_by_whom_it_is_for() {
    let practice = Practice::start();
    let description = description();
    let code = practice.customer().claims.jti;
    let mut walked = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let target = path.replace("{code}", &code);
            let body = if operation["requestBody"].is_null() { "" } else { "{}" };
            let got = practice.bench.send(&method.to_uppercase(), &target, None, body).unwrap();
            let name = format!("{method} {path}");
            walked += 1;
            for (header, value) in ALWAYS {
                assert_eq!(got.header(header), Some(value), "{name}: {header}");
            }
            let policy = got.header("content-security-policy").unwrap_or_default();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{name}"
            );
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key(&got.status.to_string()), "{name}: {} {}", got.status, got.text);
            if got.status != 200 {
                let told = responses[&got.status.to_string()]["description"].as_str().unwrap();
                assert!(
                    told.split(", ").any(|one| one == got.error()),
                    "{name}: {} is not told of",
                    got.error()
                );
            }
            let signed = !operation["security"].is_null();
            assert_eq!(signed, got.status == 401, "{name}: {}", got.text);
            // A refusal holds no secret and is for everybody; what a vendor is answered is for no page.
            let cors = if operation["x-cors"] == "none" { "none" } else { "any" };
            assert_eq!(signed, cors == "none", "{name}");
            let other = practice.bench.send("DELETE", &target, None, "").unwrap();
            assert_eq!((other.status, other.error().as_str()), (405, "wrong-method"), "{name}");
        }
    }
    assert!(walked >= 20, "{walked}");
    let signed = practice.ask(&practice.vendor, "GET", "/api/vendor/links", &Value::Null);
    assert_eq!((signed.status, signed.header("access-control-allow-origin")), (200, None));
}

/// Links at every stage of their lives, so that what is behind their codes is reached as well.
fn stages(practice: &Practice) -> Vec<Customer> {
    let customers: Vec<Customer> = (0..4).map(|_| practice.customer()).collect();
    for customer in &customers[1..] {
        let report = practice.check(customer);
        let body = customer.hand_over(&practice.vendor, &report, 0);
        assert_eq!(practice.post(customer, "hand-over", &body).status, 200);
    }
    for customer in &customers[2..] {
        assert_eq!(practice.vendor_does(customer, "collect", &Value::Null).status, 200);
    }
    let version = json!({"version": 1});
    assert_eq!(practice.vendor_does(&customers[3], "acknowledge", &version).status, 200);
    customers
}

/// The description, with codes that exist, links that can be made and a check that belongs to a link, where chance would
/// never find them.
fn narrowed(practice: &Practice, customers: &[Customer]) -> Value {
    let mut description = description();
    let mut codes: Vec<String> = customers.iter().map(|customer| customer.claims.jti.clone()).collect();
    let doomed = practice.customer().claims.jti;
    let fresh = practice.vendor.link(&practice.origin(), "securus360");
    let token = json!({"type": "string", "enum": [practice.vendor.sign_link(&fresh), "x"]});
    codes.extend(["0".to_owned(), codes[0].to_lowercase()]);
    for (path, methods) in description["paths"].as_object_mut().unwrap() {
        for (method, operation) in methods.as_object_mut().unwrap() {
            let own = match (method.as_str(), path.rsplit('/').next().unwrap()) {
                ("put", "{code}") => json!([fresh.jti, codes[0]]),
                // What is withdrawn answers nothing else any more.
                (_, "revoke") => json!([doomed, "0"]),
                _ => json!(codes),
            };
            let named = operation.get_mut("parameters").and_then(Value::as_array_mut);
            for parameter in named.into_iter().flatten().filter(|p| p["name"] == "code") {
                parameter["schema"] = json!({"type": "string", "enum": own});
            }
        }
    }
    let create = &mut description["paths"]["/api/links/{code}"]["put"]["requestBody"];
    create["content"]["application/json"]["schema"]["properties"]["token"] = token;
    let check = &mut description["components"]["schemas"]["CheckRequest"]["properties"];
    check["guide"] = json!({"type": "string", "enum": ["securus360", "x"]});
    check["link"] = json!({"enum": [codes[0], codes[1], "0", null]});
    check["salt"] = json!({"enum": [customers[0].salt.to_text(), "x", null]});
    description
}

/// Signs what schemathesis is about to send: method, target and body come in, a token goes out.
fn signer(vendor: &Vendor, origin: &str, way: &TcpListener) {
    for asked in way.incoming() {
        let mut asked = asked.unwrap();
        let mut whole = Vec::new();
        asked.read_to_end(&mut whole).unwrap();
        let mut parts = whole.splitn(3, |byte| *byte == b'\n');
        let (method, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some(body) = parts.next() else { return };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let token = vendor.sign_bytes(origin, &text(method), &text(target), body);
        // Who gave up asking needs no answer.
        drop(asked.write_all(token.as_bytes()));
    }
}

#[test]
fn schemathesis_finds_nothing_behind_the_signature_either() {
    let tool = dist::root().join("target/tools/schemathesis/bin/schemathesis");
    assert!(tool.is_file(), "no {}: run `cargo xtask tools`", tool.display());
    let practice = Practice::start();
    let customers = stages(&practice);
    let description = narrowed(&practice, &customers);
    let folder = tempfile::tempdir().unwrap();
    let (file, answered) = (folder.path().join("openapi.json"), folder.path().join("answered"));
    std::fs::write(&file, description.to_string()).unwrap();
    let hooks = dist::root().join("tests/worker/signs.py");
    std::fs::copy(hooks, folder.path().join("signs.py")).unwrap();
    let examples = std::env::var("HANDRAIL_EXAMPLES").unwrap_or_else(|_| "15".to_owned());
    let way = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(tool);
    command.current_dir(folder.path()).arg("run").arg(&file);
    command.args(["--url", &practice.origin(), "--max-examples", &examples, "--no-color"]);
    command.args([
        "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    ]);
    let port = way.local_addr().unwrap().port();
    command.env("HANDRAIL_SIGNER", port.to_string()).env("HANDRAIL_ANSWERED", &answered);
    command.env("SCHEMATHESIS_HOOKS", "signs").env("PYTHONPATH", folder.path());
    let done = std::thread::scope(|threads| {
        threads.spawn(|| signer(&practice.vendor, &practice.origin(), &way));
        let done = command.output();
        // Nothing asked for: the signer goes home.
        drop(std::net::TcpStream::connect(("127.0.0.1", port)));
        done
    });
    // A tool that does not start must not leave the signer waiting.
    let done = done.unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    println!("{said}");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let answered = std::fs::read_to_string(answered).unwrap();
    reached(&description, &answered);
}

/// Every route was answered, and every one that is signed for was got behind: by something else than the signature's refusal.
#[track_caller]
fn reached(description: &Value, answered: &str) {
    let mut told = BTreeMap::<(String, &str), usize>::new();
    for line in answered.lines() {
        let (operation, status) = line.rsplit_once(' ').unwrap();
        *told.entry((operation.to_owned(), status)).or_default() += 1;
    }
    println!("{told:?}");
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            let behind = told.iter().any(|((own, status), _)| {
                *own == name && !matches!(*status, "401" | "405" | "429") && !status.starts_with('5')
            });
            assert!(behind, "{name} ({}): {told:?}", operation["summary"]);
        }
    }
    let done = |name: &str| told.contains_key(&(name.to_owned(), "200"));
    for name in ["GET /api/vendor/links", "POST /api/links/{code}/collect", "PUT /api/links/{code}"] {
        assert!(done(name), "{name} was never done: {told:?}");
    }
}

/// What wrangler says it would deploy.
fn deployed(environment: &[&str]) -> String {
    let program = dist::root().join("tests/worker/wrangler/node_modules/.bin/wrangler");
    assert!(program.is_file(), "no {}: run `cargo xtask tools`", program.display());
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(program);
    command.current_dir(dist::root()).args(["deploy", "--dry-run", "--config", "worker/wrangler.toml"]);
    command.args(environment).arg("--outdir").arg(folder.path().join("out"));
    command.envs([("CI", "1"), ("WRANGLER_SEND_METRICS", "false")]);
    let done = command.env("XDG_CONFIG_HOME", folder.path()).env("HOME", folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    said
}

/// Every variable and binding that the code asks for.
fn asked_for() -> Vec<String> {
    let mut names: Vec<String> =
        ["LINKS", "VENDOR_INDEX", "ASSETS", "CHECKS", "JURISDICTION"].map(str::to_owned).to_vec();
    let mut folders = vec![dist::root().join("worker/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let code = std::fs::read_to_string(entry.path()).unwrap();
            let asked = code.split(".var(\"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(asked.map(str::to_owned));
        }
    }
    assert!(names.len() > 10, "{names:?}");
    names
}

#[test]
fn every_environment_deploys_with_everything_the_code_asks_for() {
    let names = asked_for();
    for environment in [&[][..], &["--env", "staging"], &["--env", "production"]] {
        let said = deployed(environment);
        assert!(said.contains("index_bg.wasm"), "it would be deployed without its WASM:\n{said}");
        for name in &names {
            assert!(
                said.contains(&format!("env.{name} ")),
                "{environment:?}: {name} is not declared:\n{said}"
            );
        }
        // Open only where an operator opens it; and no secret lies in a file.
        assert!(said.contains("env.ANONYMOUS_CHECKS (\"off\")") && !said.contains("SIGNING_KEY"), "{said}");
    }
}
