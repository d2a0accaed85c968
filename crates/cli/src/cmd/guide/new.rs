//! `handrail guide new`: asks the few questions and writes the file.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::{CREDENTIALS, Level, Library, lint_guide, nearest};
use handrail_guide::plan::Credential;

/// `handrail guide new`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Vendor's name; what is not given is asked for.
    #[arg(long)]
    vendor: Option<String>,
    /// Vendor's domain, e.g. example.com.
    #[arg(long)]
    domain: Option<String>,
    /// What it is for and which data leave the tenant.
    #[arg(long)]
    purpose: Option<String>,
    /// Name of the app that the customer registers.
    #[arg(long)]
    app: Option<String>,
    /// Name of the vendor's own app, where the customer consents to it instead of registering one.
    #[arg(long, value_name = "NAME", conflicts_with = "app")]
    consent_to: Option<String>,
    /// What the vendor takes: secret, certificate or federated.
    #[arg(long, value_parser = CREDENTIALS)]
    credential: Option<String>,
    /// Permission as `resource/name=why` (application) or `resource/name/delegated=why`; may be given several times.
    #[arg(long = "permission", value_name = "PERMISSION")]
    permissions: Vec<String>,
    /// Where the values are entered in the vendor's product.
    #[arg(long)]
    to: Option<String>,
    /// File to write; guides/<vendor>.toml when not given.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

/// Asks, writes, and says what the linter thinks of it.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut library = super::library(root)?;
    if let Some(path) = &arguments.out {
        refuse_existing(path)?;
    }
    let vendor = answer(&arguments.vendor, "Vendor's name", something)?;
    let id = id_of(&vendor);
    let path = arguments.out.clone().unwrap_or_else(|| root.join("guides").join(format!("{id}.toml")));
    refuse_existing(&path)?;
    let domain = answer(&arguments.domain, "Vendor's domain, e.g. example.com", host)?;
    let purpose = answer(&arguments.purpose, "What it is for, and which data leave the tenant", something)?;
    let (app, consented) = app(arguments)?;
    let credential = match &arguments.credential {
        Some(kind) => kind.clone(),
        // Asked only where everything is: flags given earlier went without it.
        None if arguments.vendor.is_none() && !consented => {
            ask("What does the vendor take: secret, certificate or federated? (empty: secret)", |kind| {
                tail(&vendor, "", kind).map(|_| kind.to_owned())
            })?
        }
        None => String::new(),
    };
    let permissions = permissions(&library, &arguments.permissions)?;
    let to = if consented {
        answer(&arguments.to, "Where in the vendor's product the consent is started", something)?
    } else {
        answer(&arguments.to, "Where the values are entered in the vendor's product", something)?
    };
    let mut text = head(&vendor, &domain, &purpose);
    text.push_str(&if consented {
        format!("\n[consent]\nnames = [{}]\nstart = {}\n", quoted(&app), quoted(&to))
    } else {
        format!("\n[app]\nname = {}\naccounts = \"single-tenant\"\n", quoted(&app))
    });
    text.push_str(&permissions);
    text.push_str(&if consented {
        "\n[hand-over]\nby = \"none\"\nto = \"Nothing is handed over: the consent is everything.\"\n"
            .to_owned()
    } else {
        tail(&vendor, &to, &credential)?
    });
    std::fs::write(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{} written", path.display());
    report(&mut library, &id, &path, text)
}

fn refuse_existing(path: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(!path.exists(), "{} exists already; name another file with --out", path.display());
    Ok(())
}

/// Name of the app, and whether it is the vendor's own that is consented to.
fn app(arguments: &Arguments) -> anyhow::Result<(String, bool)> {
    match (&arguments.consent_to, &arguments.app) {
        (Some(name), _) => Ok((name.clone(), true)),
        (None, Some(name)) => Ok((name.clone(), false)),
        (None, None) => {
            let question = "Does the customer register an app, or consent to the vendor's own? (app or consent; empty: app)";
            let consented = ask(question, |own| match own {
                "" | "app" => Ok(false),
                "consent" => Ok(true),
                _ => anyhow::bail!("write app or consent"),
            })?;
            let question =
                if consented { "Name of the vendor's app" } else { "Name of the app that is registered" };
            Ok((ask(question, something)?, consented))
        }
    }
}

/// The permissions as given, or asked for until there are no more.
fn permissions(library: &Library, given: &[String]) -> anyhow::Result<String> {
    if !given.is_empty() {
        return given.iter().map(|line| permission(library, line)).collect();
    }
    let question = "Permission as resource/name=why, or resource/name/delegated=why (empty: no more)";
    let mut text = String::new();
    loop {
        let one = ask(
            question,
            |line| if line.is_empty() { Ok(String::new()) } else { permission(library, line) },
        )?;
        if one.is_empty() {
            return Ok(text);
        }
        text.push_str(&one);
    }
}

fn report(library: &mut Library, id: &str, path: &Path, text: String) -> anyhow::Result<ExitCode> {
    let findings = match library.add_guide(id, &path.display().to_string(), text) {
        Ok(()) => lint_guide(library, id),
        Err(finding) => vec![finding],
    };
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.iter().any(|finding| finding.level == Level::Error);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A flag's answer, or the question's.
fn answer(
    given: &Option<String>,
    question: &str,
    check: impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    match given {
        Some(given) => check(given),
        None => ask(question, check),
    }
}

/// Asks until the answer will do; what is wrong with one is said at once, so that no answer is given in vain.
fn ask<T>(question: &str, check: impl Fn(&str) -> anyhow::Result<T>) -> anyhow::Result<T> {
    loop {
        print!("{question}: ");
        std::io::stdout().flush()?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line)?;
        match check(line.trim()) {
            Ok(answer) => return Ok(answer),
            Err(error) if read == 0 => return Err(error.context(format!("no answer to “{question}”"))),
            Err(error) => println!("  {error}"),
        }
    }
}

/// An answer that is not empty.
fn something(text: &str) -> anyhow::Result<String> {
    anyhow::ensure!(!text.is_empty(), "an answer is needed here");
    Ok(text.to_owned())
}

/// The host of what may have been copied from an address bar.
fn host(text: &str) -> anyhow::Result<String> {
    let text = text.to_ascii_lowercase();
    let host =
        text.split_once("://").map_or(text.as_str(), |(_, rest)| rest).split('/').next().unwrap_or_default();
    anyhow::ensure!(host.contains('.'), "`{text}` is no domain: write it as in example.com");
    Ok(host.to_owned())
}

/// Lower-case letters and digits of the name, with hyphens between.
fn id_of(vendor: &str) -> String {
    let words = vendor.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn head(vendor: &str, domain: &str, purpose: &str) -> String {
    format!(
        "title = {}\npurpose = {}\n\n[vendor]\nname = {}\ndomains = [{}]\n",
        quoted(&format!("{vendor}: Microsoft 365")),
        quoted(purpose),
        quoted(vendor),
        quoted(domain),
    )
}

/// One permission; its resource may be left away when only one has a permission of the name. What exists in one kind
/// only is of that kind.
fn permission(library: &Library, line: &str) -> anyhow::Result<String> {
    let (what, why) = line.split_once('=').with_context(|| {
        format!("`{line}` says no reason: write resource/name=why; it stands on the approval sheet")
    })?;
    let parts = what.split('/').map(str::trim).collect::<Vec<_>>();
    let (resource, name, kind) = match parts.as_slice() {
        [resource, name, kind] => (key_of(library, resource)?, *name, Some(kind.to_ascii_lowercase())),
        [resource, name] => (key_of(library, resource)?, *name, None),
        [name] => (only_resource(library, name)?, *name, None),
        _ => anyhow::bail!("`{line}`: write resource/name=why"),
    };
    let row =
        library.resources.get(&resource).and_then(|r| r.file.permissions.iter().find(|row| row.name == name));
    let row =
        row.with_context(|| format!("{resource} has no permission `{name}`{}", like_it(library, name)))?;
    let only = if row.application.is_none() { "delegated" } else { "application" };
    Ok(format!(
        "\n[[permission]]\nresource = {}\nname = {}\nkind = {}\nwhy = {}\n",
        quoted(&resource),
        quoted(name),
        quoted(kind.as_deref().unwrap_or(only)),
        quoted(why.trim())
    ))
}

/// The catalogue's key of a resource, which may be called by the name that the portal shows.
fn key_of(library: &Library, resource: &str) -> anyhow::Result<String> {
    let called = |name: &str| name.eq_ignore_ascii_case(resource);
    let mut all = library.resources.iter();
    let found =
        all.find(|(key, loaded)| called(key) || called(&loaded.file.name)).map(|(key, _)| key.clone());
    let known = || library.resources.keys().cloned().collect::<Vec<_>>().join(", ");
    found.with_context(|| format!("no resource is called `{resource}`; the catalogue has {}", known()))
}

fn only_resource(library: &Library, name: &str) -> anyhow::Result<String> {
    let holders = holders(library, name);
    match holders.as_slice() {
        [only] => Ok(only.clone()),
        [] => {
            anyhow::bail!("no resource of the catalogue has a permission `{name}`{}", like_it(library, name))
        }
        several => {
            let ways = several.iter().map(|key| format!("{key}/{name}=why")).collect::<Vec<_>>();
            anyhow::bail!("several resources have a `{name}`: write {}", ways.join(" or "))
        }
    }
}

/// The resources that have a permission of this name.
fn holders(library: &Library, name: &str) -> Vec<String> {
    let has = library.resources.iter().filter(|(_, r)| r.file.permissions.iter().any(|row| row.name == name));
    has.map(|(key, _)| key.clone()).collect()
}

/// “; did you mean …?”: the name in the catalogue that is most like it.
fn like_it(library: &Library, name: &str) -> String {
    let rows = library.resources.values().flat_map(|r| &r.file.permissions);
    format!("; did you mean `{}`?", nearest(name, rows.map(|row| row.name.as_str())))
}

/// The credential, what is handed over, and where to.
fn tail(vendor: &str, to: &str, credential: &str) -> anyhow::Result<String> {
    let name = quoted(vendor);
    let (part, value) = match credential {
        "" | "secret" => {
            let days = Credential::RECOMMENDED_DAYS;
            (format!("[credential.secret]\ndescription = {name}\ndays = {days}\n"), Some("client-secret"))
        }
        "certificate" => (
            format!(
                "[credential.certificate]\ndescription = {name}\nfrom = \"the .cer file from {}\"\n",
                vendor.replace(['"', '\\'], "")
            ),
            Some("thumbprint"),
        ),
        "federated" => (
            format!(
                "[credential.federated]\nname = {}\nfrom = \"issuer and subject as the vendor's link says\"\n",
                quoted(&id_of(vendor))
            ),
            None,
        ),
        other => anyhow::bail!("`{other}` is no credential: write secret, certificate or federated"),
    };
    let values = ["tenant-id", "client-id"].into_iter().chain(value);
    let values = values.map(|id| format!("\n[[value]]\nid = \"{id}\"\n")).collect::<String>();
    Ok(format!("\n{part}{values}\n[hand-over]\nby = \"form\"\nto = {}\n", quoted(to)))
}
