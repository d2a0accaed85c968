//! The vendor's document, `/.well-known/handrail.json`: its signing keys, who may open what is sealed, and which
//! Workers it uses. The domain it was fetched from is the vendor.

use handrail_credential::domain;
use handrail_json::{FromJson, from_str};
use serde::{Deserialize, Serialize};

use crate::jose::{self, Jwk, PublicKey};
use crate::logo::Logo;
use crate::refusal::{self, Refusal};

/// Where the document is, below the vendor's domain.
pub const DOCUMENT_PATH: &str = "/.well-known/handrail.json";

/// Version of the document; a reader refuses what it does not know.
const FORMAT: u32 = 1;

/// Entries of each list: more than any vendor rotates at a time, and an age header stays small.
pub const MAX_ENTRIES: usize = 16;

/// The document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct VendorDocument {
    /// Version of this format.
    pub handrail: u32,
    /// The domain it is published at.
    pub domain: String,
    /// The vendor's name for people; the domain is what counts.
    #[serde(default)]
    pub name: String,
    /// Keys that sign links and requests.
    pub keys: Vec<VendorKey>,
    /// Keys that open bundles.
    pub recipients: Vec<Reader>,
    /// Workers the vendor uses.
    pub workers: Vec<WorkerEntry>,
    /// Where questions go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// What is shown beside the domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

/// A signing key, with the time it stops counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct VendorKey {
    /// The key.
    pub jwk: Jwk,
    /// Seconds since 1970 after which it no longer counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// What an older key signed for it, so that who knows that one knows this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<String>,
}

/// Somebody who can open bundles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct Reader {
    /// The recipient, `age1…`.
    pub age: String,
    /// Who that is, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Seconds since 1970 after which nothing is sealed to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

/// A Worker the vendor uses, with the names of the keys that sign its reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct WorkerEntry {
    /// Its origin, e.g. `https://handrail.example`.
    pub origin: String,
    /// Its signing keys, in full, so that reports can be verified without asking it.
    pub keys: Vec<Jwk>,
}

/// Names a recipient in a link.
#[must_use]
pub fn fingerprint_of(recipient: &str) -> String {
    jose::digest(recipient.as_bytes())
}

impl VendorDocument {
    /// Reads what a domain publishes.
    ///
    /// # Errors
    /// When it is no such document, or says that it is another domain's.
    pub fn parse(text: &str, fetched_from: &str) -> Result<Self, Refusal> {
        let mut document: Self = from_str(text).map_err(|_| refusal::DOCUMENT_WRONG)?;
        let few = |n: usize| (1..=MAX_ENTRIES).contains(&n);
        let right = document.handrail == FORMAT
            && domain(&document.domain).as_deref() == Some(fetched_from)
            && few(document.keys.len())
            && few(document.recipients.len())
            && document.workers.len() <= MAX_ENTRIES
            && document.keys.iter().all(|key| key.jwk.key().is_some());
        // The domain that was asked is the name from here on, in its one spelling.
        fetched_from.clone_into(&mut document.domain);
        if right { Ok(document) } else { Err(refusal::DOCUMENT_WRONG) }
    }

    /// The signing keys that count now.
    #[must_use]
    pub fn keys_at(&self, now: i64) -> Vec<PublicKey> {
        let valid = self.keys.iter().filter(|key| key.until.is_none_or(|until| now < until));
        valid.filter_map(|key| key.jwk.key()).collect()
    }

    /// All signing keys, for what was signed while they counted.
    #[must_use]
    pub fn all_keys(&self) -> Vec<PublicKey> {
        self.keys.iter().filter_map(|key| key.jwk.key()).collect()
    }

    /// The recipients to whom is sealed now.
    #[must_use]
    pub fn recipients_at(&self, now: i64) -> Vec<String> {
        let valid = self.recipients.iter().filter(|reader| reader.until.is_none_or(|until| now < until));
        valid.map(|reader| reader.age.clone()).collect()
    }

    /// What the document says of a Worker.
    #[must_use]
    pub fn worker(&self, origin: &str) -> Option<&WorkerEntry> {
        self.workers.iter().find(|worker| worker.origin == origin)
    }
}

impl WorkerEntry {
    /// Its keys.
    #[must_use]
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.keys.iter().filter_map(Jwk::key).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::Signing;

    /// A document of vendor.example with one key, two readers and one Worker.
    pub(crate) fn document() -> VendorDocument {
        VendorDocument {
            handrail: 1,
            domain: "vendor.example".into(),
            name: "Vendor".into(),
            keys: vec![VendorKey {
                jwk: Signing::from_seed([1; 32]).public().jwk(),
                until: None,
                voucher: None,
            }],
            recipients: vec![
                Reader { age: "age1first".into(), name: String::new(), until: None },
                Reader { age: "age1second".into(), name: String::new(), until: Some(2_000) },
            ],
            workers: vec![WorkerEntry {
                origin: "https://worker.example".into(),
                keys: vec![Signing::from_seed([2; 32]).public().jwk()],
            }],
            support: None,
            logo: None,
        }
    }

    #[test]
    fn a_document_counts_for_the_domain_it_came_from_alone() {
        let text = json!(document()).to_string();
        assert_eq!(VendorDocument::parse(&text, "vendor.example"), Ok(document()));
        assert_eq!(VendorDocument::parse(&text, "evil.example"), Err(refusal::DOCUMENT_WRONG));
        assert_eq!(VendorDocument::parse("{}", "vendor.example"), Err(refusal::DOCUMENT_WRONG));
        for (key, value) in [("handrail", json!(2)), ("keys", json!([])), ("recipients", json!([]))] {
            let mut other = json!(document());
            other[key] = value;
            assert_eq!(
                VendorDocument::parse(&other.to_string(), "vendor.example"),
                Err(refusal::DOCUMENT_WRONG)
            );
        }
    }

    #[test]
    fn what_has_ended_no_longer_counts() {
        assert_eq!(document().recipients_at(1_999).len(), 2);
        assert_eq!(document().recipients_at(2_000), ["age1first"]);
        let mut ended = document();
        ended.keys[0].until = Some(10);
        assert_eq!((ended.keys_at(9).len(), ended.keys_at(10).len()), (1, 0));
    }
}
