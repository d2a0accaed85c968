//! Every file of the folders, and guides for vendors nobody has seen, fit the JSON Schema that editors complete them
//! with; a file with an unknown key or a wrong type does not. The validator knows the words our schemas use, and refuses
//! any other.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Which schema belongs to which folder, as `.taplo.toml` has it.
const RULES: [(&str, &str); 8] = [
    ("guides", "guide"),
    ("crates/guide/tests/strangers", "guide"),
    ("tests/journeys/strangers", "guide"),
    ("guides/seeds", "seed"),
    ("guides/traps", "traps"),
    ("recipes", "recipe"),
    ("portal", "portal"),
    ("portal/permissions", "permissions"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema(name: &str) -> Value {
    let path = root().join(format!("schemas/{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn toml(text: &str) -> Value {
    serde_json::to_value(::toml::from_str::<::toml::Value>(text).unwrap()).unwrap()
}

/// What does not fit, with the path to it.
fn faults(whole: &Value, rule: &Value, value: &Value, at: &str) -> Vec<String> {
    let rule = match rule {
        Value::Bool(true) => return Vec::new(),
        Value::Bool(false) => return vec![format!("{at}: is not allowed")],
        rule => rule.as_object().unwrap(),
    };
    let mut found = Vec::new();
    for (word, means) in rule {
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => {}
            "$ref" => {
                let to = means.as_str().unwrap().strip_prefix('#').unwrap();
                found.extend(faults(whole, whole.pointer(to).unwrap(), value, at));
            }
            "type" => {
                let named = means.as_array().map_or_else(|| vec![means.clone()], Clone::clone);
                if !named.iter().any(|name| is_of(value, name.as_str().unwrap())) {
                    found.push(format!("{at}: is no {means}"));
                }
            }
            "const" if means != value => found.push(format!("{at}: is not {means}")),
            "enum" if !means.as_array().unwrap().contains(value) => {
                found.push(format!("{at}: is none of {means}"))
            }
            "const" | "enum" => {}
            "minimum" => {
                let low = value.as_f64().is_some_and(|n| n < means.as_f64().unwrap());
                found.extend(low.then(|| format!("{at}: is less than {means}")));
            }
            "required" => {
                let missing = means.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                let missing = missing.filter(|key| value.is_object() && value.get(*key).is_none());
                found.extend(missing.map(|key| format!("{at}: lacks {key}")));
            }
            "properties" | "additionalProperties" => {}
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(whole, means, item, &format!("{at}[{n}]")));
                }
            }
            "anyOf" | "oneOf" => {
                let tries = means.as_array().unwrap().iter().map(|one| faults(whole, one, value, at));
                let tries = tries.collect::<Vec<_>>();
                if !tries.iter().any(Vec::is_empty) {
                    found.push(format!("{at}: fits none of {}: {}", tries.len(), tries.concat().join("; ")));
                }
            }
            other => panic!("a schema uses `{other}`, which this test does not know"),
        }
    }
    found.extend(keys(whole, rule, value, at));
    found
}

fn keys(whole: &Value, rule: &serde_json::Map<String, Value>, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let known = rule.get("properties");
    for (key, inner) in value.as_object().into_iter().flatten() {
        let own = known.and_then(|known| known.get(key)).or_else(|| rule.get("additionalProperties"));
        if let Some(own) = own {
            found.extend(faults(whole, own, inner, &format!("{at}.{key}")));
        }
    }
    found
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("`{other}` is no type"),
    }
}

#[test]
fn every_file_fits_its_schema() {
    let mut files = 0;
    for (folder, name) in RULES {
        let schema = schema(name);
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "toml") {
                continue;
            }
            files += 1;
            let value = toml(&std::fs::read_to_string(&path).unwrap());
            assert_eq!(faults(&schema, &schema, &value, ""), Vec::<String>::new(), "{}", path.display());
        }
    }
    assert!(files > 80, "{files} files");
}

#[test]
fn what_the_model_refuses_the_schema_refuses() {
    let guide = std::fs::read_to_string(root().join("guides/elastic.toml")).unwrap();
    let schema = schema("guide");
    for (from, to) in [
        ("days = 180", "days = \"180\""),
        ("accounts = \"single-tenant\"", "accounts = \"everybody\""),
        ("kind = \"application\"", "kind = \"daemon\""),
        ("why = \"to read the audit log\"\n", ""),
        ("[vendor]", "[vendor]\nnmae = \"x\""),
    ] {
        assert!(guide.contains(from), "{from}");
        let broken = guide.replacen(from, to, 1);
        assert!(::toml::from_str::<handrail_guide::load::model::GuideFile>(&broken).is_err(), "{from}");
        assert!(!faults(&schema, &schema, &toml(&broken), "").is_empty(), "{from} → {to} fits");
    }
}
