//! Who asks, what for, and what became of it: vendor documents, links, reports, receipts, bundles.
//!
//! Everything here is text, numbers and keys that are passed in: it knows no browser, no Worker, no HTTP client, no
//! clock and no randomness of its own. Times are seconds since 1970. Sealing itself is `handrail-seal`'s, so that
//! the Worker, which must never be able to open anything, does not even contain it.

mod afterwards;
mod bundle;
mod code;
mod commitment;
mod doors;
mod finder;
pub mod jose;
pub mod json;
mod known;
mod link;
mod logo;
mod proof;
pub mod refusal;
mod request;
pub mod state;
mod vendor;
mod webhook;

pub use afterwards::{
    CONFIGURATION_PATH, Statement, is_issuer_of, is_subject, issuer_key_id, make_subject, returned,
};
pub use bundle::{Bundle, EndDate, Envelope, Opened, Terms, open_bundle};
pub use code::{Code, CodeError};
pub use commitment::{Salt, commitment};
pub use doors::Doors;
pub use finder::{Found, find};
pub use jose::{JoseError, PublicKey, Signing};
pub use known::{Known, Met, VOUCHER_TYPE, voucher};
pub use link::{Admitted, LINK_TYPE, LinkClaims, MAX_GUIDE, OWN, admit, may_use, own_id};
pub use logo::{Logo, LogoError};
pub use proof::{By, RECEIPT_TYPE, REPORT_TYPE, ReceiptClaims, ReportClaims};
pub use refusal::Refusal;
pub use request::{REQUEST_TYPE, RequestClaims, body_hash, request_token, verify_request};
pub use vendor::{
    DOCUMENT_PATH, MAX_ENTRIES, Reader, VendorDocument, VendorKey, WorkerEntry, fingerprint_of,
};
pub use webhook::{WebhookHeaders, webhook_headers};
