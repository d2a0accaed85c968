//! What vendors publish at their own domains, for which the practice tenant answers.

use serde_json::Value;

use crate::state::World;

/// What a vendor publishes, and how.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The document.
    pub text: String,
    /// Status it is answered with.
    pub status: u16,
    /// Whether no page of another origin may read it.
    pub closed: bool,
}

/// Where a vendor's document is, at its host.
pub const DOCUMENT: &str = "/.well-known/handrail.json";

impl Published {
    /// A text as everybody may read it.
    #[must_use]
    pub fn open(text: String) -> Self {
        Self { text, status: 200, closed: false }
    }
}

impl World {
    /// Publishes something of a vendor's.
    pub fn publish(&mut self, address: &str, published: Published) {
        self.documents.insert(address.to_owned(), published);
    }

    /// What is published at an address, as JSON.
    #[must_use]
    pub fn published(&self, address: &str) -> Option<Value> {
        let found = self.documents.get(address).filter(|published| published.status == 200)?;
        serde_json::from_str(&found.text).ok()
    }
}
