//! The vendors that were met from this machine: domains and public keys in a file. Nothing in it is secret, but who can
//! change it can pass for a vendor.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use handrail_handover::{Known, Met, VendorDocument, refusal};
use serde::{Deserialize, Serialize};

use crate::vendor::{day, files, now, refused};

/// Version of the file; a newer one is left alone.
const FORMAT: u32 = 1;

/// Below the user's folder of state.
const FILE: &str = "handrail/known-vendors.json";

/// What is remembered, and what the vendor told.
#[derive(clap::Args)]
pub(super) struct Memory {
    /// File in which the vendors you met are remembered; without it, handrail/known-vendors.json in your folder of state.
    #[arg(long, value_name = "FILE")]
    known_vendors: Option<PathBuf>,
    /// The fingerprint of the vendor's key, as the vendor told it by a way you already knew; needed where its keys changed.
    #[arg(long, value_name = "TEXT")]
    fingerprint: Option<String>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Vendors {
    /// Version of this file.
    handrail_known_vendors: u32,
    /// By domain.
    vendors: BTreeMap<String, Known>,
}

impl Memory {
    /// Holds a link that is right in every other way against what is remembered of its vendor, and remembers it.
    pub(super) fn meet(&self, token: &str, document: &VendorDocument) -> anyhow::Result<Met> {
        let named = self.known_vendors.clone().map_or_else(|| own_file(&|name| std::env::var_os(name)), Ok);
        let file = named?;
        // Nothing is waited for while it is held, so that two commands at once see what the other remembered.
        let _lock = locked(&file)?;
        let mut all = read(&file)?;
        let before = all.vendors.get(&document.domain);
        let told = self.fingerprint.as_deref();
        let (known, met) =
            Known::meet(before, token, document, told, now()).map_err(|why| self.changed(why))?;
        if before != Some(&known) {
            all.vendors.insert(document.domain.clone(), known);
            files::write_private(&file, serde_json::to_string_pretty(&all)?.as_bytes())?;
        }
        Ok(met)
    }

    /// The refusal, with what may be done at a command line.
    fn changed(&self, why: handrail_handover::Refusal) -> anyhow::Error {
        let more = match (&self.fingerprint, why == refusal::KEYS_CHANGED) {
            (_, false) => "",
            (None, true) => " Then give it with --fingerprint.",
            (Some(_), true) => " What --fingerprint says is not that of the key that made this link.",
        };
        anyhow::anyhow!("{}{more}", refused(why))
    }
}

/// What there is to say of a meeting.
pub(super) fn tell(met: Met, domain: &str) -> String {
    match met {
        Met::First => {
            format!("First link from {domain} here: compare its spelling with the vendor you know.")
        }
        Met::Same { since } => format!("Same keys as on {}.", day(since)),
        Met::Told => format!("The fingerprint is right: the keys of {domain} are remembered."),
    }
}

/// The file in the user's folder of state: by the XDG rules, or where the platform keeps such things.
fn own_file(variable: &dyn Fn(&str) -> Option<OsString>) -> anyhow::Result<PathBuf> {
    // A relative path means nothing there, as the XDG rules say.
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = |below: &str| folder("HOME").map(|home| home.join(below));
    let own = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("XDG_STATE_HOME").or_else(|| home("Library/Application Support"))
    } else {
        folder("XDG_STATE_HOME").or_else(|| home(".local/state"))
    };
    let own = own.context("there is no folder to remember vendors in: name a file with --known-vendors")?;
    Ok(own.join(FILE))
}

/// A lock beside the file, which is itself replaced at each change. It ends with the process at the latest.
fn locked(file: &Path) -> anyhow::Result<File> {
    let told = || format!("cannot remember vendors in {}", file.display());
    let mut beside = file.as_os_str().to_owned();
    beside.push(".lock");
    let (mut folders, mut options) = (DirBuilder::new(), OpenOptions::new());
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        folders.mode(0o700);
        options.mode(0o600);
    }
    if let Some(folder) = file.parent().filter(|path| !path.as_os_str().is_empty()) {
        folders.recursive(true).create(folder).with_context(told)?;
    }
    let lock = options.open(beside).with_context(told)?;
    lock.lock().with_context(told)?;
    Ok(lock)
}

/// What is remembered. A file that cannot be understood is an error, because whoever lost it would trust anybody anew.
fn read(file: &Path) -> anyhow::Result<Vendors> {
    let text = match files::read_own(file) {
        Ok(text) => text,
        Err(error) if is_missing(&error) => {
            return Ok(Vendors { handrail_known_vendors: FORMAT, vendors: BTreeMap::new() });
        }
        Err(error) => return Err(error),
    };
    let version: Option<u64> = serde_json::from_str::<serde_json::Value>(&text)
        .ok()
        .and_then(|tree| tree.get("handrail-known-vendors")?.as_u64());
    match version {
        Some(version) if version == u64::from(FORMAT) => {}
        Some(_) => bail!("{} is of another version than this command", file.display()),
        None => bail!(broken(file)),
    }
    let all: Vendors = serde_json::from_str(&text).ok().with_context(|| broken(file))?;
    let whole = |known: &Known| !known.keys.is_empty() && known.keys.iter().all(|key| key.key().is_some());
    ensure!(all.vendors.values().all(whole), broken(file));
    Ok(all)
}

fn broken(file: &Path) -> String {
    format!(
        "{} cannot be read, so nobody can tell whether this vendor's keys are those seen before: restore it, or move it away \
         and compare each vendor anew",
        file.display()
    )
}

fn is_missing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|why| why.kind() == ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use handrail_handover::{LINK_TYPE, LinkClaims, Signing};
    use serde_json::{Value, json};

    use super::*;

    fn document(domain: &str, key: &Signing) -> VendorDocument {
        let text = json!({
            "handrail": 1, "domain": domain, "keys": [{"jwk": key.public().jwk()}],
            "recipients": [{"age": "age1x"}], "workers": [],
        });
        VendorDocument::parse(&text.to_string(), domain).unwrap()
    }

    fn key(n: u8) -> Signing {
        Signing::from_seed([n; 32])
    }

    /// A link of a domain by a key, met with what a file remembers.
    fn meet(file: &Path, domain: &str, by: u8, fingerprint: Option<&str>) -> Result<Met, String> {
        let memory =
            Memory { known_vendors: Some(file.to_owned()), fingerprint: fingerprint.map(str::to_owned) };
        let token = key(by).token(LINK_TYPE, &LinkClaims { iss: domain.into(), ..LinkClaims::default() });
        memory.meet(&token.unwrap(), &document(domain, &key(by))).map_err(|why| format!("{why:#}"))
    }

    fn remembered(file: &Path) -> Value {
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    }

    #[test]
    fn each_vendor_is_remembered_and_another_s_keys_are_refused_until_the_fingerprint_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/handrail/known.json");
        assert_eq!(meet(&file, "a.example", 1, None), Ok(Met::First));
        assert_eq!(meet(&file, "b.example", 2, None), Ok(Met::First));
        assert!(matches!(meet(&file, "a.example", 1, None), Ok(Met::Same { .. })));
        let before = fs::read(&file).unwrap();
        let (right, other) = (key(3).public().id(), key(1).public().id());
        for (fingerprint, words) in [(None, "with --fingerprint"), (Some(other.as_str()), "is not that of")] {
            let why = meet(&file, "a.example", 3, fingerprint).unwrap_err();
            assert!(why.contains("keys-changed") && why.contains(words), "{why}");
            assert_eq!(fs::read(&file).unwrap(), before, "a refusal changes nothing");
        }
        assert_eq!(meet(&file, "a.example", 3, Some(&right)), Ok(Met::Told));
        assert!(matches!(meet(&file, "a.example", 3, None), Ok(Met::Same { .. })));
        assert!(meet(&file, "a.example", 1, None).is_err(), "the key that was lost counts no more");
        assert!(matches!(meet(&file, "b.example", 2, None), Ok(Met::Same { .. })));
        let keys = |domain: &str| remembered(&file)["vendors"][domain]["keys"][0]["kid"].clone();
        assert_eq!((keys("a.example"), keys("b.example")), (json!(right), json!(key(2).public().id())));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_changes_what_is_remembered() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/known.json");
        meet(&file, "a.example", 1, None).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o622)).unwrap();
        let why = meet(&file, "a.example", 1, None).unwrap_err();
        assert!(why.contains("changed by others") && why.contains("chmod"), "{why}");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(meet(&file, "a.example", 1, None).is_ok(), "others may read it: there is no secret in it");
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known.json");
        let one = |keys: Value| json!({"handrail-known-vendors": 1, "vendors": {"a.example": {"keys": keys, "since": 1}}});
        let mut jwk = json!(key(1).public().jwk());
        jwk["x"] = json!("AAAA");
        for (text, words) in [
            (String::new(), "cannot be read"),
            ("{\"handrail-known-vendors\":1,\"vend".to_owned(), "cannot be read"),
            (json!({"vendors": {}}).to_string(), "cannot be read"),
            (json!({"handrail-known-vendors": 1, "vendors": []}).to_string(), "cannot be read"),
            (one(json!([])).to_string(), "cannot be read"),
            (one(json!([jwk])).to_string(), "cannot be read"),
            (json!({"handrail-known-vendors": 2, "people": {}}).to_string(), "another version"),
        ] {
            fs::write(&file, &text).unwrap();
            let why = meet(&file, "a.example", 1, None).unwrap_err();
            assert!(why.contains(words) && why.contains("known.json"), "{text}: {why}");
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
    }

    #[test]
    fn commands_at_the_same_time_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known.json");
        std::thread::scope(|scope| {
            for n in 0..8 {
                let file = &file;
                scope.spawn(move || {
                    for m in 0..8 {
                        assert_eq!(meet(file, &format!("v{n}-{m}.example"), 1, None), Ok(Met::First));
                    }
                });
            }
        });
        assert_eq!(remembered(&file)["vendors"].as_object().unwrap().len(), 64);
        // Of two vendors that claim one domain at once, one is met first and the other is not it.
        let met: Vec<bool> = std::thread::scope(|scope| {
            let both = [1, 2].map(|by| {
                scope.spawn({
                    let file = &file;
                    move || meet(file, "one.example", by, None) == Ok(Met::First)
                })
            });
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(met.iter().filter(|first| **first).count(), 1);
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn it_lies_where_the_xdg_rules_say() {
        let with = |state: Option<&str>, home: Option<&str>| {
            own_file(&|name| match name {
                "XDG_STATE_HOME" => state.map(OsString::from),
                "HOME" => home.map(OsString::from),
                _ => None,
            })
        };
        let own = |path: &str| Some(PathBuf::from(path));
        assert_eq!(with(Some("/s"), Some("/h")).ok(), own("/s/handrail/known-vendors.json"));
        assert_eq!(with(Some("s"), Some("/h")).ok(), own("/h/.local/state/handrail/known-vendors.json"));
        assert_eq!(with(None, Some("/h")).ok(), own("/h/.local/state/handrail/known-vendors.json"));
        assert!(with(None, None).unwrap_err().to_string().contains("--known-vendors"));
    }

    #[test]
    fn what_was_met_is_said_in_a_line() {
        assert!(tell(Met::First, "a.example").starts_with("First link from a.example here"));
        assert_eq!(tell(Met::Same { since: 0 }, "a.example"), "Same keys as on 1970-01-01.");
        assert!(tell(Met::Told, "a.example").contains("remembered"));
    }
}
