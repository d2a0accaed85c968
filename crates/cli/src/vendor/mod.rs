//! What the vendor's commands share: keys, files that nobody else may read, and the Worker's API.

pub(crate) mod api;
pub(crate) mod files;
pub(crate) mod issuer;
pub(crate) mod keys;

use handrail_handover::{Code, PublicKey, Refusal};
use rand::RngCore as _;
use rand::rngs::OsRng;

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    crate::microsoft::now().as_second()
}

/// A refusal as an error for people, with its stable code.
pub(crate) fn refused(refusal: Refusal) -> anyhow::Error {
    anyhow::anyhow!("{} ({})\n{}", refusal.what, refusal.code, refusal.next)
}

/// The code in whatever was given: a code, a link, or a link wrapped by a mail gateway.
pub(crate) fn code_in(text: &str) -> anyhow::Result<Code> {
    handrail_handover::find(text)
        .map(|found| found.code)
        .ok_or_else(|| refused(handrail_handover::refusal::CODE_WRONG))
}

/// A text of the other side, for a terminal: without what would steer it.
pub(crate) fn for_terminal(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A day as people write it.
pub(crate) fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| "?".to_owned(), |t| t.to_string().chars().take(10).collect())
}

/// A key's fingerprint to be read out on the telephone: in groups of four, which who compares it may leave out.
pub(crate) fn read_out(key: &PublicKey) -> String {
    let id: Vec<char> = key.id().chars().collect();
    id.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
