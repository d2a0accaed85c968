//! `handrail guide new`: asks the few questions and writes the file.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::{Level, Library, lint_guide};

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
    #[arg(long, value_parser = ["secret", "certificate", "federated"])]
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
    let answer = |given: &Option<String>, question: &str| match given {
        Some(given) => Ok(given.clone()),
        None => ask(question),
    };
    let vendor = answer(&arguments.vendor, "Vendor's name")?;
    let domain = answer(&arguments.domain, "Vendor's domain, e.g. example.com")?;
    let purpose = answer(&arguments.purpose, "What it is for, and which data leave the tenant")?;
    let (app, consented) = match &arguments.consent_to {
        Some(name) => (name.clone(), true),
        None if arguments.app.is_some() => (answer(&arguments.app, "")?, false),
        None => {
            let own = ask(
                "Does the customer register an app, or consent to the vendor's own? (app or consent; empty: app)",
            )?;
            let consented = own.to_lowercase().starts_with('c');
            let question =
                if consented { "Name of the vendor's app" } else { "Name of the app that is registered" };
            (ask(question)?, consented)
        }
    };
    let credential = match &arguments.credential {
        Some(kind) => kind.clone(),
        // Asked only where everything is: flags given earlier went without it.
        None if arguments.vendor.is_none() && !consented => {
            ask("What does the vendor take: secret, certificate or federated? (empty: secret)")?
        }
        None => String::new(),
    };
    let mut permissions = arguments.permissions.clone();
    while permissions.is_empty() || arguments.permissions.is_empty() {
        let line = ask("Permission as resource/name=why (empty: no more)")?;
        if line.is_empty() {
            break;
        }
        permissions.push(line);
    }
    let to = if consented {
        answer(&arguments.to, "Where in the vendor's product the consent is started")?
    } else {
        answer(&arguments.to, "Where the values are entered in the vendor's product")?
    };
    let id = id_of(&vendor);
    let mut text = head(&vendor, &domain, &purpose);
    text.push_str(&if consented {
        format!("\n[consent]\nnames = [{}]\nstart = {}\n", quoted(&app), quoted(&to))
    } else {
        format!("\n[app]\nname = {}\naccounts = \"single-tenant\"\n", quoted(&app))
    });
    for line in &permissions {
        text.push_str(&permission(&library, line)?);
    }
    text.push_str(&if consented {
        "\n[hand-over]\nby = \"none\"\nto = \"Nothing is handed over: the consent is everything.\"\n"
            .to_owned()
    } else {
        tail(&vendor, &to, &credential)?
    });
    let path = arguments.out.clone().unwrap_or_else(|| root.join("guides").join(format!("{id}.toml")));
    anyhow::ensure!(!path.exists(), "{} exists already", path.display());
    std::fs::write(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{} written", path.display());
    report(&mut library, &id, &path, text)
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

fn ask(question: &str) -> anyhow::Result<String> {
    print!("{question}: ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
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

/// One permission; its resource may be left away when only one has a permission of the name.
fn permission(library: &Library, line: &str) -> anyhow::Result<String> {
    let (what, why) = line.split_once('=').with_context(|| format!("`{line}`: write resource/name=why"))?;
    let parts = what.split('/').map(str::trim).collect::<Vec<_>>();
    let (resource, name, kind) = match parts.as_slice() {
        [resource, name, kind] => ((*resource).to_owned(), *name, *kind),
        [resource, name] => ((*resource).to_owned(), *name, "application"),
        [name] => (only_resource(library, name)?, *name, "application"),
        _ => anyhow::bail!("`{line}`: write resource/name=why"),
    };
    Ok(format!(
        "\n[[permission]]\nresource = {}\nname = {}\nkind = {}\nwhy = {}\n",
        quoted(&resource),
        quoted(name),
        quoted(kind),
        quoted(why.trim())
    ))
}

fn only_resource(library: &Library, name: &str) -> anyhow::Result<String> {
    let holders =
        library.resources.iter().filter(|(_, r)| r.file.permissions.iter().any(|row| row.name == name));
    let holders = holders.map(|(key, _)| key.clone()).collect::<Vec<_>>();
    match holders.as_slice() {
        [only] => Ok(only.clone()),
        [] => anyhow::bail!("no resource of the catalogue has a permission `{name}`"),
        several => anyhow::bail!("`{name}` is in {}: write resource/{name}=why", several.join(" and ")),
    }
}

/// The credential, what is handed over, and where to.
fn tail(vendor: &str, to: &str, credential: &str) -> anyhow::Result<String> {
    let name = quoted(vendor);
    let (part, value) = match credential {
        "" | "secret" => {
            (format!("[credential.secret]\ndescription = {name}\ndays = 180\n"), Some("client-secret"))
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
