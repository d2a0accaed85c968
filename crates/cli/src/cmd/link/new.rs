//! `handrail link new`: signs a link, registers it with the Worker, prints it with a message ready to send.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use handrail_entra::Cloud;
use handrail_guide::load::CREDENTIALS;
use handrail_handover::{Code, LINK_TYPE, LinkClaims, MAX_GUIDE, fingerprint_of, jose, make_subject, own_id};
use serde_json::{Value, json};

use super::message::message;
use crate::cmd::guide as guides;
use crate::csv;
use crate::vendor::api::{Api, Way};
use crate::vendor::keys::{Keys, Place};
use crate::vendor::{code_in, now, random};

/// `handrail link new`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Guide the customer is to follow: a packaged one by its name, or a guide of your own by its file (`….toml`), which then
    /// travels with the link.
    #[arg(long, required_unless_present = "renew", value_name = "NAME|FILE")]
    guide: Option<String>,
    /// Your own reference for the customer; the customer sees it.
    #[arg(long, default_value = "")]
    customer: String,
    /// Days until the link ends.
    #[arg(long, default_value_t = 14)]
    days: u32,
    /// The only directory it may be used for: its ID.
    #[arg(long, value_name = "TENANT-ID")]
    only_tenant: Option<String>,
    /// Kinds of credential that are taken.
    #[arg(long, value_delimiter = ',', value_parser = CREDENTIALS)]
    kinds: Vec<String>,
    /// Client ID of your own app, where the customer's part is to consent to it.
    #[arg(long, value_name = "CLIENT-ID", requires = "consent_return", conflicts_with = "kinds")]
    consent_app: Option<String>,
    /// Address of yours that Microsoft's consent page leads back to, as it is registered with the app.
    #[arg(long, value_name = "ADDRESS", requires = "consent_app")]
    consent_return: Option<String>,
    /// What the link is for.
    #[arg(long, default_value = "run", value_parser = ["run", "renew", "remove"])]
    mode: String,
    /// The link whose credential is to be renewed: guide, customer and directory are taken from it.
    #[arg(long, value_name = "LINK", conflicts_with_all = ["guide", "from"])]
    renew: Option<String>,
    /// A file with a header line `customer` and, if wanted, `tenant`: one link for every row.
    #[arg(long, value_name = "CSV")]
    from: Option<PathBuf>,
    /// Print `customer,link` lines in place of messages.
    #[arg(long)]
    csv: bool,
    /// Folder that holds guides/, recipes/ and portal/; found upwards from here when not given. Where it has the guide, the
    /// link is for the guide as it is there, whatever the service says of it.
    #[arg(long)]
    root: Option<PathBuf>,
    /// Print what was signed, and register nothing.
    #[arg(long)]
    offline: bool,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Longest life of a link in days: keys are rotated within a year.
const MAX_DAYS: u32 = 366;

pub(super) fn run(place: &Place, way: &Way, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let keys = place.read()?;
    let api = way.api(&keys)?;
    ensure!((1..=MAX_DAYS).contains(&arguments.days), "--days takes 1 to {MAX_DAYS}");
    if arguments.csv {
        println!("customer,link");
    }
    let own = own_guide(&keys, &api, arguments)?;
    for mut claims in wanted(&keys, &api, arguments)? {
        if let Some(text) = &own {
            claims.digest = jose::digest(text.as_bytes());
            claims.guide = own_id(&claims.digest);
        }
        if claims.digest.is_empty() && !arguments.offline {
            claims.digest = digest(&api, &claims.guide, arguments.root.as_deref())?;
        }
        let token = keys.signer()?.token(LINK_TYPE, &claims).ok().context("the link cannot be signed")?;
        if arguments.offline {
            println!("{token}");
            continue;
        }
        let body = match &own {
            Some(text) => json!({"token": token, "guide": text}),
            None => json!({"token": token}),
        };
        let _: Value = api.ask("PUT", &format!("/api/links/{}", claims.jti), Some(&body))?;
        let url = format!("{}/l/{}", api.origin(), claims.jti);
        if arguments.csv {
            println!("{},{url}", csv::cell(&claims.customer));
        } else {
            println!("{url}\n\n{}", message(&claims, &keys.name, &url));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a guide of the vendor's own: from its file, or of the link that is renewed.
fn own_guide(keys: &Keys, api: &Api, arguments: &Arguments) -> anyhow::Result<Option<String>> {
    let text = match (&arguments.guide, &arguments.renew) {
        (Some(file), _) if file.ends_with(".toml") => {
            Some(guides::travelling(Path::new(file), arguments.root.as_deref(), &keys.domain)?)
        }
        (_, Some(old)) => {
            let look: Value = api.ask("GET", &format!("/api/links/{}", code_in(old)?), None)?;
            look["guide"].as_str().map(str::to_owned)
        }
        _ => None,
    };
    if let Some(text) = &text {
        ensure!(text.len() <= MAX_GUIDE, "the guide takes {} bytes; {MAX_GUIDE} travel", text.len());
    }
    Ok(text)
}

/// The claims of every link to be made.
fn wanted(keys: &Keys, api: &Api, arguments: &Arguments) -> anyhow::Result<Vec<LinkClaims>> {
    let made = now();
    let document = keys.document()?;
    let base = LinkClaims {
        iss: keys.domain.clone(),
        aud: api.origin().to_owned(),
        iat: made,
        exp: made.saturating_add(i64::from(arguments.days).saturating_mul(DAY)),
        guide: arguments.guide.clone().unwrap_or_default(),
        mode: arguments.mode.clone(),
        customer: arguments.customer.clone(),
        tenant: arguments.only_tenant.clone(),
        kinds: arguments.kinds.clone(),
        recipients: document.recipients_at(made).iter().map(|r| fingerprint_of(r)).collect(),
        ..LinkClaims::default()
    };
    let fresh = |claims: LinkClaims| own(keys, arguments, claims);
    if let Some(old) = &arguments.renew {
        return Ok(vec![fresh(renewed(api, &code_in(old)?, base)?)?]);
    }
    let Some(file) = &arguments.from else { return Ok(vec![fresh(checked(base)?)?]) };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut claims = Vec::new();
    for (customer, tenant) in rows(&text)? {
        let tenant = tenant.or_else(|| base.tenant.clone());
        claims.push(fresh(checked(LinkClaims { customer, tenant, ..base.clone() })?)?);
    }
    Ok(claims)
}

/// What no two links share: the code, and the subject or the consent's `state` where there is one.
fn own(keys: &Keys, arguments: &Arguments, mut claims: LinkClaims) -> anyhow::Result<LinkClaims> {
    claims.jti = Code::from_random(random()).to_string();
    if claims.kinds.iter().any(|kind| kind == "federated") {
        ensure!(
            claims.kinds.len() == 1,
            "a link is for a federated credential or for another kind, not for both"
        );
        let issuer = keys.issuer.as_ref();
        let issuer = issuer.context("there is no issuer: make it with `handrail vendor issuer init`")?;
        claims.issuer = Some(issuer.url.clone());
        claims.subject = Some(make_subject(random()));
    }
    if let (Some(app), Some(back)) = (&arguments.consent_app, &arguments.consent_return) {
        let app = handrail_credential::guid(app).with_context(|| format!("`{app}` is no client ID"))?;
        ensure!(back.starts_with("https://"), "`{back}` is not reached over TLS");
        let tenant = claims.tenant.as_deref().unwrap_or("organizations");
        claims.consent = Some(format!(
            "https://{}/{tenant}/adminconsent?client_id={app}&redirect_uri={}&state={}",
            Cloud::Worldwide.login_host(),
            encoded(back),
            make_subject(random())
        ));
    }
    ensure!(claims.says_what_is_proved(), "the issuer or the address to come back to cannot be used");
    Ok(claims)
}

/// A text as a value of a query (RFC 3986, 2.1).
fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The directory, if one is named, as its ID.
fn checked(mut claims: LinkClaims) -> anyhow::Result<LinkClaims> {
    if let Some(tenant) = &claims.tenant {
        let id = handrail_credential::guid(tenant);
        claims.tenant = Some(id.with_context(|| format!("`{tenant}` is no directory's ID"))?);
    }
    Ok(claims)
}

/// A link like an old one, to renew its credential.
fn renewed(api: &Api, old: &Code, base: LinkClaims) -> anyhow::Result<LinkClaims> {
    let state: Value = api.ask("GET", &format!("/api/links/{old}/state"), None)?;
    let token = state["token"].as_str().unwrap_or_default();
    let Some(before) = jose::dangerous_claims::<LinkClaims>(token) else {
        bail!("{} tells nothing about {old}", api.origin());
    };
    let tenant = state["tenant"].as_str().map(str::to_owned).or(before.tenant);
    Ok(LinkClaims {
        guide: before.guide,
        customer: before.customer,
        kinds: before.kinds,
        tenant,
        mode: "renew".to_owned(),
        renews: Some(old.to_string()),
        ..base
    })
}

/// The digest of a guide: of the copy that is here, or else as the Worker tells it. Where the two differ it is said, because
/// customers will be told as well.
fn digest(api: &Api, guide: &str, root: Option<&Path>) -> anyhow::Result<String> {
    let list: Value = api.ask("GET", "/api/guides", None)?;
    let told = list["guides"][guide]["digest"].as_str();
    let told = told.with_context(|| format!("{} does not know the guide `{guide}`", api.origin()))?;
    let Some(own) = own_copy(guide, root)? else { return Ok(told.to_owned()) };
    if own != told {
        eprintln!(
            "The guide `{guide}` here is another version than the one {} shows. The link is for the one here, and\n\
             customers are told that they see another. Bring both to one version, or run this away from the guides.",
            api.origin()
        );
    }
    Ok(own)
}

/// The digest of the guide in a folder of guides: in the one that is named, or in one found upwards from here that has it.
fn own_copy(guide: &str, root: Option<&Path>) -> anyhow::Result<Option<String>> {
    let folder = guides::root(root);
    match (folder, root) {
        (Err(error), Some(_)) => Err(error),
        (Err(_), None) => Ok(None),
        (Ok(folder), _) if root.is_none() && !folder.join(format!("guides/{guide}.toml")).is_file() => {
            Ok(None)
        }
        (Ok(folder), _) => Ok(Some(guides::plan_for(guide, Some(&folder))?.digest)),
    }
}

/// Customers of a file: the column `customer`, and `tenant` where there is one.
fn rows(text: &str) -> anyhow::Result<Vec<(String, Option<String>)>> {
    let trimmed = |record: Vec<String>| record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut records = csv::records(text.trim_start_matches('\u{feff}')).into_iter().map(trimmed);
    let header = records.next().unwrap_or_default();
    let column =
        |names: &[&str]| header.iter().position(|h| names.contains(&h.to_ascii_lowercase().as_str()));
    let customer = column(&["customer", "name", "reference"]).context("the file has no column `customer`")?;
    let tenant = column(&["tenant", "tenant-id", "tenant_id"]);
    let row = |cells: Vec<String>| {
        let tenant = tenant.and_then(|at| cells.get(at)).filter(|t| !t.is_empty()).cloned();
        (cells.get(customer).cloned().unwrap_or_default(), tenant)
    };
    Ok(records.map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_read_from_a_file_as_spreadsheets_write_it() {
        let found = rows("\u{feff}Customer;Tenant\n\"Smith, Jones\";\n\nAcme;AAAA\n").unwrap();
        assert_eq!(found, [("Smith, Jones".into(), None), ("Acme".into(), Some("AAAA".into()))]);
        let quoted = rows("customer,tenant\r\n\"the \"\"A\"\" team\",\r\n").unwrap();
        assert_eq!(quoted, [("the \"A\" team".into(), None)], "a quote within quotes is one of the name");
        assert!(rows("who\nx\n").unwrap_err().to_string().contains("customer"));
    }
}
