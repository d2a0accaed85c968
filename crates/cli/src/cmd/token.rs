//! `handrail token`: what is in this token? Explains it without trusting it. A token that came from elsewhere proves
//! nothing by itself: its signature can be verified with the directory's keys, where a third party can do that at all.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handrail_credential::Secret;
use jiff::Timestamp;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Map, Value, json};

use crate::input;
use crate::microsoft;

/// `handrail token`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// File that holds the token; standard input when left out.
    file: Option<PathBuf>,
    /// Verify the signature with the keys in this file: the directory's JSON Web Key Set.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What a signature's check came to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signature {
    NotChecked,
    /// Its header carries a nonce: only Microsoft Graph can check it.
    GraphOnly,
    Right,
    Wrong,
    UnknownKey,
}

impl Signature {
    const fn code(self) -> &'static str {
        match self {
            Self::NotChecked => "not-checked",
            Self::GraphOnly => "graph-only",
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::UnknownKey => "unknown-key",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::NotChecked => "not checked; --keys FILE checks it",
            Self::GraphOnly => "only Microsoft Graph can check it: its header carries a nonce",
            Self::Right => "right, by the keys given",
            Self::Wrong => "WRONG: changed, or of another key",
            Self::UnknownKey => "its key is not among those given",
        }
    }
}

/// Explains one token.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let text = Secret::new(input::text(arguments.file.as_deref(), "Paste the token, then press Ctrl-D.")?);
    match explained(&text, arguments) {
        Ok(signature) => Ok(ExitCode::from(u8::from(signature == Signature::Wrong))),
        Err(error) => {
            eprintln!("handrail: {error:#}");
            Ok(ExitCode::from(2))
        }
    }
}

fn explained(text: &Secret, arguments: &Arguments) -> Result<Signature> {
    // EXPOSE: taken apart here; the signature goes nowhere.
    let token = text.expose().trim();
    let token = token.strip_prefix("Bearer ").unwrap_or(token).trim();
    let parts: Vec<&str> = token.split('.').collect();
    let [head, body, signature] = parts.as_slice() else {
        bail!(
            "this is no signed token: such a one has three parts with dots between; Microsoft may also issue tokens that nobody else can read"
        )
    };
    let header = part(head).context("the token's header cannot be read")?;
    let claims = part(body).context("the token's claims cannot be read")?;
    let verified = match &arguments.keys {
        _ if header.contains_key("nonce") => Signature::GraphOnly,
        None => Signature::NotChecked,
        Some(file) => {
            let keys =
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            let keys: Value =
                serde_json::from_str(&keys).with_context(|| format!("{} is no key set", file.display()))?;
            verify(&keys, &header, &format!("{head}.{body}"), signature)?
        }
    };
    let lines = explain(&claims, microsoft::now());
    if arguments.json {
        let about: Map<String, Value> =
            lines.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
        println!(
            "{}",
            json!({"header": header, "claims": claims, "about": about, "signature": verified.code()})
        );
    } else {
        for (name, text) in &lines {
            println!("{name:<12} {text}");
        }
        println!("{:<12} {}", "signature", verified.words());
    }
    Ok(verified)
}

/// What is said of a token.
pub(crate) fn lines(text: &str) -> Option<Vec<(&'static str, String)>> {
    let mut parts = text.trim().split('.');
    let (header, claims) = (part(parts.next()?)?, part(parts.next()?)?);
    let keys = json!({"keys": []});
    verify(&keys, &header, text, parts.next()?).ok()?;
    Some(explain(&claims, microsoft::now()))
}

fn part(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?).ok()
}

/// RS256 alone: it is what Microsoft signs with, and nothing else is let in, `none` least of all.
fn verify(keys: &Value, header: &Map<String, Value>, signed: &str, signature: &str) -> Result<Signature> {
    ensure!(header.get("alg").and_then(Value::as_str) == Some("RS256"), "the token is not signed with RS256");
    let kid = header.get("kid").and_then(Value::as_str).unwrap_or_default();
    let all = keys.get("keys").and_then(Value::as_array).context("the file holds no key set")?;
    let Some(key) = all.iter().find(|k| k.get("kid").and_then(Value::as_str) == Some(kid)) else {
        return Ok(Signature::UnknownKey);
    };
    let number = |name: &str| {
        let text =
            key.get(name).and_then(Value::as_str).with_context(|| format!("the key has no `{name}`"))?;
        URL_SAFE_NO_PAD.decode(text).with_context(|| format!("the key's `{name}` cannot be read"))
    };
    let public = RsaPublicKeyComponents { n: number("n")?, e: number("e")? };
    let signature = URL_SAFE_NO_PAD.decode(signature).context("the signature cannot be read")?;
    let right = public.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature).is_ok();
    Ok(if right { Signature::Right } else { Signature::Wrong })
}

/// What the claims say, in words. Nothing of it is proved.
fn explain(claims: &Map<String, Value>, now: Timestamp) -> Vec<(&'static str, String)> {
    let text = |name: &str| match claims.get(name) {
        None => "absent".to_owned(),
        Some(Value::String(s)) => s.clone(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Some(other) => format!("{other} (not of the expected form)"),
    };
    let time = |name: &str| match claims.get(name) {
        None => "absent".to_owned(),
        Some(value) => match value.as_i64().and_then(|s| Timestamp::from_second(s).ok()) {
            Some(at) => at.to_string(),
            None => format!("{value} (not a time)"),
        },
    };
    let app = if claims.contains_key("appid") { "appid" } else { "azp" };
    let has = |name: &str| claims.contains_key(name);
    let kind = match (has("scp"), has("roles")) {
        (true, _) => "acts for a user (delegated); a service without users needs application permissions",
        (false, true) => "acts as the app itself",
        (false, false) => "acts as the app, without any permission: admin consent is missing",
    };
    let proof = match claims.get("appidacr").or_else(|| claims.get("azpacr")).and_then(Value::as_str) {
        Some("0") => "a public client, without a proof",
        Some("1") => "a client secret",
        Some("2") => "a certificate or a federated credential",
        _ => "not said",
    };
    let ends = claims.get("exp").and_then(Value::as_i64).map(|exp| exp.saturating_sub(now.as_second()));
    let left = match ends {
        Some(seconds) if seconds > 0 => format!("{} (in {} minutes)", time("exp"), seconds / 60),
        Some(_) => format!("{} (has ended)", time("exp")),
        None => time("exp"),
    };
    vec![
        ("version", text("ver")),
        ("issuer", text("iss")),
        ("directory", text("tid")),
        ("app", text(app)),
        ("app name", text("app_displayname")),
        ("audience", text("aud")),
        ("kind", kind.to_owned()),
        ("roles", text("roles")),
        ("scopes", text("scp")),
        ("wids", text("wids")),
        ("signed in by", proof.to_owned()),
        ("valid from", time("nbf")),
        ("valid until", left),
        ("uti", text("uti")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Signature, explain, part, verify};
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Map, Value, json};

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn claims_are_told_in_words() {
        let now = jiff::Timestamp::from_second(1_000).unwrap();
        let told = |claims: Value| {
            explain(&map(claims), now)
                .into_iter()
                .map(|(n, t)| format!("{n}: {t}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let app = told(json!({"appid": "a", "roles": ["X.Read"], "exp": 4600, "appidacr": "1"}));
        assert!(
            app.contains("as the app itself")
                && app.contains("a client secret")
                && app.contains("in 60 minutes"),
            "{app}"
        );
        assert!(told(json!({"scp": "User.Read", "exp": 1})).contains("acts for a user"));
        let odd = told(json!({"exp": "soon", "aud": 7}));
        assert!(
            odd.contains("not a time")
                && odd.contains("not of the expected form")
                && odd.contains("consent is missing"),
            "{odd}"
        );
    }

    #[test]
    fn only_rs256_with_a_known_key_is_looked_at() {
        let header = map(json!({"alg": "none", "kid": "k"}));
        assert!(verify(&json!({"keys": []}), &header, "a.b", "").is_err());
        let header = map(json!({"alg": "RS256", "kid": "k"}));
        assert!(verify(&json!({"keys": []}), &header, "a.b", "").unwrap() == Signature::UnknownKey);
        let keys = json!({"keys": [{"kid": "k", "n": URL_SAFE_NO_PAD.encode([0xab; 256]), "e": "AQAB"}]});
        assert!(
            verify(&keys, &header, "a.b", &URL_SAFE_NO_PAD.encode([1; 256])).unwrap() == Signature::Wrong
        );
        assert!(part("e30").is_some() && part("!").is_none());
    }
}
