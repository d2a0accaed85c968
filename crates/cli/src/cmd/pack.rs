//! `handrail pack …`: newer labels for installed copies, as a signed file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Subcommand;
use handrail_guide::labels::{Labels, TYP, whole};
use handrail_handover::{PublicKey, Signing, jose};
use serde_json::{Map, Value};

use super::guide;
use crate::vendor::{files, random};

/// `handrail pack …`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    root: guide::Root,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a key that signs packs; prints its public half, for the extension's config.json.
    Key {
        /// File for the private key; it must not exist.
        file: PathBuf,
    },
    /// Write what portal/ says otherwise than the extension as a signed file.
    Make {
        /// Number of this pack: higher than that of every pack before.
        #[arg(long)]
        number: u32,
        /// File with the private key.
        #[arg(long)]
        key: PathBuf,
        /// The extension it is for: the folder that was built.
        #[arg(long)]
        extension: PathBuf,
        /// Number of a newer pack whose place it may take: the way back.
        #[arg(long)]
        replaces: Option<u32>,
        /// Number of a pack that is not to be used any more; may be repeated.
        #[arg(long)]
        revoke: Vec<u32>,
        /// File to write.
        #[arg(long, short)]
        out: PathBuf,
    },
    /// Check a pack as the extension does, and say what it changes.
    Verify {
        /// The pack.
        file: PathBuf,
        /// Public key, as `handrail pack key` printed it; may be repeated.
        #[arg(long, required = true)]
        key: Vec<String>,
        /// The extension it is for: the folder that was built.
        #[arg(long)]
        extension: PathBuf,
    },
}

/// Runs the sub-command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Key { file } => make_key(file)?,
        Command::Make { number, key, extension, replaces, revoke, out } => {
            let pages = guide::pages(&arguments.root.library()?)?;
            let packaged = Packaged::read(extension)?;
            let labels = Labels {
                version: *number,
                replaces: *replaces,
                revoked: revoke.clone(),
                extension: packaged.version.clone(),
                labels: otherwise(&pages, &packaged.pages),
            };
            let signing = Signing::parse(&files::read_private(key)?).context("this is no key of packs")?;
            let text = make(&labels, &packaged, &signing)?;
            fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))?;
            println!("{}: labels {}", out.display(), what(&labels));
        }
        Command::Verify { file, key, extension } => {
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            let keys =
                key.iter().map(|x| PublicKey::parse(x).with_context(|| format!("{x} is no public key")));
            let keys = keys.collect::<Result<Vec<_>, _>>()?;
            println!("labels {}", what(&verify(&text, &keys, &Packaged::read(extension)?)?));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Number, version and what is otherwise, one line each.
fn what(labels: &Labels) -> String {
    let ids: String = labels.labels.keys().map(|id| format!("\n  {id}")).collect();
    format!("{} for version {}: {} are otherwise{ids}", labels.version, labels.extension, labels.labels.len())
}

fn make_key(file: &Path) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} exists: keys are never overwritten", file.display());
    let signing = Signing::from_seed(random());
    files::write_private(file, signing.to_text().as_bytes())?;
    println!("{}", signing.public().x());
    Ok(())
}

/// What the extension brings.
struct Packaged {
    version: String,
    pages: Vec<Value>,
}

impl Packaged {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let json = |name: &str| -> anyhow::Result<Value> {
            let file = folder.join(name);
            let text = fs::read_to_string(&file)
                .with_context(|| format!("no extension here: cannot read {}", file.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))
        };
        let version =
            json("manifest.json")?["version"].as_str().context("the manifest names no version")?.to_owned();
        let pages = whole(&json("plans/pages.json")?, &json("plans/shared.json")?);
        Ok(Self { version, pages: pages.as_array().context("plans/pages.json is no list")?.clone() })
    }
}

/// What the portal files say otherwise than the packaged pages, by id. What labels may not say (a text that is read, another
/// control) is left out, and so is what a control is called where another is called the same: steps name both by it.
fn otherwise(pages: &[Value], packaged: &[Value]) -> Map<String, Value> {
    let parts = |pages: &[Value]| -> Vec<Value> {
        let controls = pages.iter().filter_map(|page| page["controls"].as_array()).flatten();
        pages.iter().chain(controls).cloned().collect()
    };
    let known = parts(packaged);
    let mut all = Map::new();
    for new in parts(pages) {
        let same = |was: &&Value| was["id"] == new["id"] && was["read"] != "text";
        let (Some(id), Some(was)) = (new["id"].as_str(), known.iter().find(same)) else { continue };
        let is_shared =
            || known.iter().any(|other| other["called"] == was["called"] && other["id"] != was["id"]);
        let entry: Map<_, _> = ["called", "locators", "recognise"]
            .into_iter()
            .filter(|field| new[field] != was[field] && !(*field == "called" && is_shared()))
            .map(|field| (field.to_owned(), new[field].clone()))
            .collect();
        if !entry.is_empty() {
            all.insert(id.to_owned(), entry.into());
        }
    }
    all
}

/// The file: one token.
fn make(labels: &Labels, packaged: &Packaged, key: &Signing) -> anyhow::Result<String> {
    let token = key.token(TYP, &labels.claims())?;
    verify(&token, &[key.public()], packaged).context("the extension would refuse it")?;
    Ok(token + "\n")
}

/// Everything that the extension looks at, of one that has no other labels yet.
fn verify(text: &str, keys: &[PublicKey], packaged: &Packaged) -> anyhow::Result<Labels> {
    let claims: Value = jose::verify(text.trim_end(), TYP, keys)?;
    let labels = Labels::of(&claims).context("its claims have another form")?;
    ensure!(labels.extension == packaged.version, "it is for another version of the extension");
    ensure!(labels.version > 0, "0 is the number of what is packaged");
    ensure!(!labels.revoked.contains(&labels.version), "it calls itself back");
    ensure!(labels.fit(&packaged.pages), "it says more than labels and ways to find controls, or nothing");
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pages(label: &str) -> Vec<Value> {
        vec![
            json!({"id": "list", "title": "List", "routes": [], "menu": "Menu", "recognise": [], "confirmed-live": null,
            "controls": [{"id": "list.new", "called": format!("**{label}**"), "read": "nothing",
                "locators": [{"by": "role", "roles": ["button"], "text": {"en": [label]}, "how": "exact"}]}]}),
        ]
    }

    fn packaged() -> Packaged {
        Packaged { version: "1.0.0".into(), pages: pages("New") }
    }

    fn labels(label: &str) -> Labels {
        let labels = otherwise(&pages(label), &packaged().pages);
        Labels { version: 3, extension: "1.0.0".into(), labels, ..Labels::default() }
    }

    #[track_caller]
    fn told(text: &str, key: &Signing) -> String {
        verify(text, &[key.public()], &packaged()).unwrap_err().to_string()
    }

    #[test]
    fn a_pack_is_what_was_signed_and_nothing_else() {
        let key = Signing::from_seed([7; 32]);
        let text = make(&labels("Newer"), &packaged(), &key).unwrap();
        let read = verify(&text, &[key.public()], &packaged()).unwrap();
        assert_eq!(read, labels("Newer"));
        assert_eq!(read.labels["list.new"]["called"], "**Newer**");
        assert_eq!(what(&read), "3 for version 1.0.0: 1 are otherwise\n  list.new");
        assert_eq!(told(&text, &Signing::from_seed([8; 32])), "signed by nobody known");
        let other = make(&labels("Other"), &packaged(), &key).unwrap();
        let (parts, others) = (text.split('.').collect::<Vec<_>>(), other.split('.').collect::<Vec<_>>());
        assert_eq!(told(&[parts[0], others[1], parts[2]].join("."), &key), "signed by nobody known");
        assert_eq!(told("{}", &key), "not a token");
        let link = key.token("handrail-link+jwt", &labels("Newer").claims()).unwrap();
        assert_eq!(told(&link, &key), "a token for something else");
        assert_eq!(told(&format!("{text}{}.", "x".repeat(70_000)), &key), "not a token");
    }

    #[test]
    fn what_the_extension_would_refuse_is_not_even_signed() {
        let key = Signing::from_seed([7; 32]);
        let told = |labels: Labels| format!("{:#}", make(&labels, &packaged(), &key).unwrap_err());
        assert!(told(labels("New")).ends_with("or nothing"), "nothing is otherwise");
        assert!(told(labels("<b>New")).ends_with("ways to find controls, or nothing"));
        assert!(told(Labels { version: 0, ..labels("Newer") }).ends_with("of what is packaged"));
        assert!(told(Labels { revoked: vec![3], ..labels("Newer") }).ends_with("calls itself back"));
        assert!(told(Labels { extension: "2.0.0".into(), ..labels("Newer") }).contains("another version"));
    }

    #[test]
    fn what_labels_may_not_say_is_left_out() {
        let with = |label: &str, read: &str, twice: bool| {
            let mut pages = pages(label);
            pages[0]["controls"][0]["read"] = read.into();
            if twice {
                let other =
                    json!({"id": "list.other", "called": "**New**", "read": "nothing", "locators": []});
                pages[0]["controls"].as_array_mut().unwrap().push(other);
            }
            pages
        };
        assert_eq!(otherwise(&with("Newer", "text", false), &with("New", "text", false)), Map::new());
        let labels = otherwise(&with("Newer", "nothing", true), &with("New", "nothing", true));
        assert!(labels["list.new"].get("called").is_none() && labels["list.new"].get("locators").is_some());
        assert_eq!(
            otherwise(&with("New", "nothing", true), &pages("New")),
            Map::new(),
            "a control that is not packaged"
        );
    }

    #[test]
    fn what_is_packaged_is_what_the_portal_files_say() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let pages = guide::pages(&guide::library(root).unwrap()).unwrap();
        assert!(pages.len() > 20);
        assert_eq!(otherwise(&pages, &pages), Map::new());
    }
}
