//! Everything that is known, as a list: for a page that people search.

use std::collections::BTreeSet;

use super::{Diagnosis, diagnose};
use crate::codes::{AADSTS, AF, AF_DIAGNOSIS, DIAGNOSIS, SERVICE};
use crate::report::Verdict;

/// One cause and all that stands for it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Microsoft's numbers and codes as they appear in an error: `AADSTS7000215`, `AF20023`, `Authorization_RequestDenied`.
    pub codes: Vec<String>,
    /// What any of them means.
    pub diagnosis: Diagnosis,
}

/// Every cause that a number or a code stands for, what failed first, then what says nothing about the set-up; in each by
/// topic and code. A number has the meaning that [`diagnose`] gives it when it stands alone.
#[must_use]
pub fn catalogue() -> Vec<Entry> {
    let numbers: BTreeSet<u32> = AADSTS.iter().chain(DIAGNOSIS).map(|row| row.code).collect();
    let feed: BTreeSet<&str> = AF.iter().chain(AF_DIAGNOSIS).map(|row| row.code).collect();
    let numbers =
        numbers.into_iter().map(|number| format!("AADSTS{number}")).map(|name| (name.clone(), name));
    let feed = feed.into_iter().map(|code| (code.to_owned(), code.to_owned()));
    let services = SERVICE.iter().map(|row| {
        (row.code.to_owned(), serde_json::json!({"error": {"code": row.code, "message": ""}}).to_string())
    });
    let mut entries: Vec<Entry> = Vec::new();
    for (name, text) in numbers.chain(feed).chain(services) {
        let diagnosis = diagnose(&text);
        match entries.iter_mut().find(|entry| entry.diagnosis.code == diagnosis.code) {
            Some(entry) => entry.codes.push(name),
            None => entries.push(Entry { codes: vec![name], diagnosis }),
        }
    }
    entries.sort_by_key(|Entry { diagnosis, .. }| {
        let order = [Verdict::Failed, Verdict::Pending, Verdict::CouldNotTell];
        let place = order.iter().position(|verdict| *verdict == diagnosis.verdict);
        (place.unwrap_or(order.len()), diagnosis.topic.name(), diagnosis.code)
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_and_code_is_in_it_once_and_has_something_to_do() {
        let entries = catalogue();
        let mut seen = BTreeSet::new();
        for entry in &entries {
            let of = &entry.diagnosis;
            assert!(!of.what.is_empty() && !of.what.contains('{'), "{}: {}", of.code, of.what);
            assert!(!of.next.contains('{'), "{}: {}", of.code, of.next);
            for code in &entry.codes {
                assert!(seen.insert(code.clone()), "{code} twice");
            }
        }
        for row in AADSTS.iter().chain(DIAGNOSIS) {
            assert!(seen.contains(&format!("AADSTS{}", row.code)), "{} is missing", row.code);
        }
        for row in AF.iter().chain(AF_DIAGNOSIS).chain(SERVICE) {
            assert!(seen.contains(row.code), "{} is missing", row.code);
        }
    }
}
