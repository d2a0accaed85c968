//! What checks and services say, in the language spoken: findings about values, refusals, and the words that other words
//! put in.

use crate::{Arg, with};

/// The message of this name, where the language or English has it and everything it puts in is there.
#[must_use]
pub fn known(id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let said = with(id, args);
    (said != id && !said.contains("{$")).then_some(said)
}

/// The words of a finding: what was found, and what to do, which may be nothing. `n` is a number, or names of kinds of
/// values with blanks between.
#[must_use]
pub fn finding(code: &str, n: &str) -> (String, String) {
    let parts: Vec<String> = n.split(' ').map(|part| named("label", part)).collect();
    let id = format!("finding-{code}");
    let what = with(&id, &[("n", Arg::Text(&parts.join(", ")))]);
    (what, known(&format!("{id}.next"), &[]).unwrap_or_default())
}

/// What something of this sort (`label`, `cloud`, `reads`) is called; its name where it has no words.
#[must_use]
pub fn named(sort: &str, name: &str) -> String {
    known(&format!("{sort}-{name}"), &[]).unwrap_or_else(|| name.to_owned())
}

/// The words of a refusal: in the language spoken where it knows the code, else as they came.
#[must_use]
pub fn refusal(code: &str, what: &str, next: &str) -> (String, String) {
    let id = format!("no-{code}");
    match known(&id, &[]) {
        Some(what) => (what, known(&format!("{id}.next"), &[]).unwrap_or_default()),
        None => (what.to_owned(), next.to_owned()),
    }
}

/// How an offer differs from what was pasted: `slip-<code>` with the character and its place.
#[must_use]
pub fn slip(code: &str, character: &str, place: usize) -> String {
    let (n, m) = (place.to_string(), place.saturating_add(1).to_string());
    with(code, &[("c", Arg::Text(character)), ("n", Arg::Text(&n)), ("m", Arg::Text(&m))])
}
