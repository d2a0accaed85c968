//! The vendor's private keys: what is kept, where, and the document that is published from it.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use handrail_handover::{
    Logo, MAX_ENTRIES, Reader, Signing, VendorDocument, VendorKey, WorkerEntry, voucher,
};
use handrail_seal::Identity;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::files;
use super::issuer::Issuer;

/// Environment variable that holds the keys, where they are kept in no file.
const VARIABLE: &str = "HANDRAIL_VENDOR_KEYS";

/// File used when nothing else is said.
const FILE: &str = "handrail-vendor.keys.json";

/// Where the private keys are.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// File with the private keys; without it, the environment variable HANDRAIL_VENDOR_KEYS, then
    /// handrail-vendor.keys.json here.
    #[arg(long, value_name = "FILE", global = true)]
    keys: Option<PathBuf>,
    /// Command that prints the private keys, e.g. of a password manager.
    #[arg(long, value_name = "COMMAND", global = true, conflicts_with = "keys")]
    keys_from: Option<String>,
    /// Command that takes the private keys on its standard input, in place of a file.
    #[arg(long, value_name = "COMMAND", global = true, conflicts_with = "keys")]
    keys_to: Option<String>,
}

/// All private keys of a vendor.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Keys {
    /// Version of this file.
    pub(crate) handrail_keys: u32,
    /// The vendor's domain.
    pub(crate) domain: String,
    /// Its name.
    pub(crate) name: String,
    /// Where questions go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) support: Option<String>,
    /// What customers see beside the domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) logo: Option<Logo>,
    /// Signing keys, the newest first.
    pub(crate) signing: Vec<Kept>,
    /// Identities that open bundles, the newest first.
    pub(crate) identities: Vec<Kept>,
    /// Recipients of others who read too: no private key of theirs is here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) readers: Vec<Reader>,
    /// The Workers, with their keys.
    pub(crate) workers: Vec<WorkerEntry>,
    /// The OpenID issuer of federated credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) issuer: Option<Issuer>,
}

/// One private key.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The key's own text.
    pub(crate) key: Zeroized,
    /// Seconds since 1970 after which it no longer counts; it still opens what was sealed to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<i64>,
    /// Of a signing key: what the one before it signed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) voucher: Option<String>,
}

impl Kept {
    /// A new key, which has no end yet.
    pub(crate) fn new(text: Zeroizing<String>) -> Self {
        Self { key: Zeroized(text), until: None, voucher: None }
    }
}

/// A text that is wiped when dropped.
#[derive(Default)]
pub(crate) struct Zeroized(pub(crate) Zeroizing<String>);

impl Serialize for Zeroized {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Zeroized {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self(Zeroizing::new(text)))
    }
}

impl Place {
    /// Reads the keys.
    pub(crate) fn read(&self) -> anyhow::Result<Keys> {
        let text = match (&self.keys, &self.keys_from, std::env::var(VARIABLE)) {
            (Some(file), _, _) => files::read_private(file)?,
            (None, Some(command), _) => files::read_from(command)?,
            (None, None, Ok(text)) => Zeroizing::new(text),
            (None, None, Err(_)) => files::read_private(FILE.as_ref()).context(
                "no keys: make them with `handrail vendor init`, or say where they are with --keys",
            )?,
        };
        // The parser's words could quote a key.
        let keys: Keys = serde_json::from_str(&text).ok().context("this is not a vendor's key file")?;
        ensure!(keys.handrail_keys == 1, "the key file is of a newer version than this command");
        Ok(keys)
    }

    /// Keeps the keys. A file that exists is replaced only when `replace` is set.
    pub(crate) fn write(&self, keys: &Keys, replace: bool) -> anyhow::Result<String> {
        let text = Zeroizing::new(serde_json::to_string_pretty(keys)?);
        if let Some(command) = &self.keys_to {
            files::pipe_to(command, text.as_bytes())?;
            return Ok(format!("given to `{command}`"));
        }
        let file = self.keys.clone().unwrap_or_else(|| PathBuf::from(FILE));
        ensure!(replace || !file.exists(), "{} exists: keys are never overwritten", file.display());
        files::write_private(&file, text.as_bytes())?;
        Ok(file.display().to_string())
    }
}

impl Keys {
    /// The key that signs now.
    pub(crate) fn signer(&self) -> anyhow::Result<Signing> {
        let first = self.signing.first().context("the key file holds no signing key")?;
        Signing::parse(&first.key.0).context("the signing key cannot be read")
    }

    /// Everything that opens bundles, old keys included.
    pub(crate) fn openers(&self) -> anyhow::Result<Vec<Identity>> {
        let parsed = self.identities.iter().map(|kept| kept.key.0.parse::<Identity>());
        parsed.collect::<Result<_, _>>().ok().context("an identity in the key file cannot be read")
    }

    /// Lets every signing key have the word of the one before it: customers who remember an older key know the new one by
    /// that.
    pub(crate) fn vouch(&mut self, now: i64) -> anyhow::Result<()> {
        let signing = self.signers()?;
        let older = signing.iter().skip(1);
        for ((kept, key), older) in self.signing.iter_mut().zip(&signing).zip(older) {
            if kept.voucher.is_none() {
                kept.voucher = Some(voucher(older, &self.domain, &key.public(), now)?);
            }
        }
        Ok(())
    }

    fn signers(&self) -> anyhow::Result<Vec<Signing>> {
        let parsed = self.signing.iter().map(|kept| Signing::parse(&kept.key.0));
        parsed.collect::<Option<_>>().context("a signing key cannot be read")
    }

    /// What is published: of each kind the newest that a document has room for, the ended ones among them. An ended signing
    /// key is part of the chain on which customers who were away find the newest.
    pub(crate) fn document(&self) -> anyhow::Result<VendorDocument> {
        let mut keys = Vec::new();
        for (kept, signing) in self.signing.iter().zip(self.signers()?).take(MAX_ENTRIES) {
            let jwk = signing.public().jwk();
            keys.push(VendorKey { jwk, until: kept.until, voucher: kept.voucher.clone() });
        }
        ensure!(
            self.readers.len() < MAX_ENTRIES,
            "a document has room for {} other readers",
            MAX_ENTRIES - 1
        );
        let mut recipients = Vec::new();
        let own = self.identities.iter().zip(self.openers()?);
        for (kept, identity) in own.take(MAX_ENTRIES.saturating_sub(self.readers.len())) {
            recipients.push(Reader {
                age: identity.recipient().to_string(),
                name: String::new(),
                until: kept.until,
            });
        }
        recipients.extend(self.readers.iter().cloned());
        Ok(VendorDocument {
            handrail: 1,
            domain: self.domain.clone(),
            name: self.name.clone(),
            keys,
            recipients,
            workers: self.workers.clone(),
            support: self.support.clone(),
            logo: self.logo.clone(),
        })
    }

    /// The Worker of this origin, or the only one there is.
    pub(crate) fn worker(&self, origin: Option<&str>) -> anyhow::Result<&WorkerEntry> {
        match origin {
            Some(origin) => self.workers.iter().find(|w| w.origin == origin),
            None => self.workers.first(),
        }
        .context("the key file names no such Worker; add it with `handrail vendor init --worker`")
    }
}
