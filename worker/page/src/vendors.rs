//! What the browser remembers of vendors for this service: an entry for each domain, in storage that the service's pages alone
//! can read. Every failure of it is survived: the next link is then the first one again.

use handrail_handover::Known;
use web_sys::Storage;

use crate::web::window;

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn entry(domain: &str) -> String {
    format!("vendor.{domain}")
}

/// What is remembered of a domain's keys.
pub(crate) fn known(domain: &str) -> Option<Known> {
    Known::parse(&storage()?.get_item(&entry(domain)).ok()??)
}

/// Remembers a domain's keys in place of what was remembered of it.
pub(crate) fn remember(domain: &str, known: &Known) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&entry(domain), &known.to_text());
    }
}
