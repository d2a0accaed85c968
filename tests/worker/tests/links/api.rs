//! The API against its own description: every route is walked, and schemathesis tries to break it.

use std::process::Command;

use handrail_world::dist;
use serde_json::Value;

use super::Practice;

const DESCRIPTION: &str = include_str!("../../../../worker/openapi.json");

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
    let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
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
    assert!(walked >= 19, "{walked}");
    let signed = practice.ask(&practice.vendor, "GET", "/api/vendor/links", &Value::Null);
    assert_eq!((signed.status, signed.header("access-control-allow-origin")), (200, None));
}

#[test]
fn schemathesis_finds_nothing() {
    let program = dist::root().join("target/tools/schemathesis/bin/schemathesis");
    assert!(program.is_file(), "no {}: run `cargo xtask tools`", program.display());
    let practice = Practice::start();
    // One link that exists, so that what is behind its code is reached as well.
    let code = practice.customer().claims.jti;
    let mut description: Value = serde_json::from_str(DESCRIPTION).unwrap();
    for methods in description["paths"].as_object_mut().unwrap().values_mut() {
        for operation in methods.as_object_mut().unwrap().values_mut() {
            for parameter in
                operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten()
            {
                if parameter["name"] == "code" {
                    parameter["schema"] =
                        serde_json::json!({"type": "string", "enum": [code, "0", code.to_lowercase()]});
                }
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.json");
    std::fs::write(&file, description.to_string()).unwrap();
    let examples = std::env::var("HANDRAIL_EXAMPLES").unwrap_or_else(|_| "15".to_owned());
    let mut command = Command::new(program);
    command.current_dir(folder.path()).arg("run").arg(&file);
    command.args(["--url", &practice.origin(), "--max-examples", &examples, "--no-color"]);
    command.args([
        "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    ]);
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    println!("{said}");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn the_committed_configuration_deploys_with_everything_the_code_asks_for() {
    let program = dist::root().join("tests/worker/wrangler/node_modules/.bin/wrangler");
    assert!(program.is_file(), "no {}: run `cargo xtask tools`", program.display());
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(program);
    command.current_dir(dist::root()).args([
        "deploy",
        "--dry-run",
        "--config",
        "worker/wrangler.toml",
        "--outdir",
    ]);
    command.arg(folder.path().join("out")).envs([("CI", "1"), ("WRANGLER_SEND_METRICS", "false")]);
    let done = command.env("XDG_CONFIG_HOME", folder.path()).env("HOME", folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
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
    for name in names {
        assert!(said.contains(&format!("env.{name} ")), "{name} is not declared:\n{said}");
    }
}
