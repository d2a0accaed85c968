//! Microsoft's error numbers, the sentences around them and what they stand for, as `data/` has them.
//!
//! The tables are made by the build script. A number not listed there is *could not tell*; Microsoft says numbers may
//! change, so nothing but the reason's code is promised to anyone.

use crate::api::Api;
use crate::probe::Probe;
use crate::reasons::{Reason, Topic};
use crate::report::{Verdict, Who};

/// One error number.
#[derive(Clone, Copy, Debug)]
pub struct Code<N> {
    /// Microsoft's number.
    pub code: N,
    /// Code of the row in [`crate::REASONS`], or of a cause that only a diagnosis names.
    pub reason: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The check's reason for a number.
pub(crate) fn aadsts(number: u32) -> Option<&'static str> {
    AADSTS.iter().find(|c| c.code == number).map(|c| c.reason)
}

#[cfg(test)]
mod tests {
    use super::{
        AADSTS, AF, AF_DIAGNOSIS, ASKED, CAUSES, CHECK_PHRASES, DENIED, DIAGNOSIS, ELSEWHERE, FAILED,
        FOLLOWS, GENERAL, LAST, LATE, LOOSE, MENTIONED, NEAR, OAUTH, OTHERS, OURS, OUTER, PAGES, PARTS,
        PHRASES, REFINE, REFUSED, SERVICE, SETTINGS, STATUS, TOKEN_ENDPOINT, WANTED, WEAK, WISHED, WORDS,
        aadsts,
    };
    use crate::reasons::REASONS;

    #[test]
    fn every_row_is_unique_and_leads_to_a_reason() {
        let known = |reason: &str| REASONS.iter().chain(CAUSES).any(|r| r.code == reason);
        let mut seen = Vec::new();
        for c in AADSTS {
            assert!(REASONS.iter().any(|r| r.code == c.reason), "{} → {}", c.code, c.reason);
            assert!(!seen.contains(&c.code), "{} twice", c.code);
            seen.push(c.code);
        }
        for c in AF {
            assert!(REASONS.iter().any(|r| r.code == c.reason), "{} → {}", c.code, c.reason);
        }
        for c in DIAGNOSIS {
            assert!(known(c.reason), "{} → {}", c.code, c.reason);
            assert_eq!(DIAGNOSIS.iter().filter(|d| d.code == c.code).count(), 1, "{}", c.code);
        }
        for c in AF_DIAGNOSIS.iter().chain(SERVICE) {
            assert!(known(c.reason), "{} → {}", c.code, c.reason);
        }
        for (_, number) in CHECK_PHRASES {
            assert!(aadsts(*number).is_some());
        }
        for (text, number, cause) in PHRASES.iter().chain(WEAK) {
            let number_known = aadsts(*number).is_some() || DIAGNOSIS.iter().any(|d| d.code == *number);
            assert!(if *number == 0 { known(cause) } else { number_known }, "{text}");
            assert_eq!(*text, text.to_lowercase(), "sentences are compared in lower case");
        }
        for (names, said, cause) in FOLLOWS.iter().chain(NEAR).chain(LATE).chain(LAST) {
            assert!(known(cause) && !names.is_empty() && !said.is_empty(), "{cause}");
        }
        for (words, cause) in PARTS {
            let folded = words.chars().all(|c| c.is_ascii_lowercase() || c == '…');
            assert!(known(cause) && folded, "{words}");
        }
        for (name, cause) in OAUTH {
            assert!(known(cause), "{name}");
        }
        for (cause, left) in ELSEWHERE {
            assert!(known(cause) && known(left), "{cause}");
        }
        for (numbers, text, cause) in REFINE {
            assert!(known(cause) && !numbers.is_empty(), "{text}");
        }
    }

    #[test]
    fn signs_are_compared_in_lower_case_and_nobody_is_both_ours_and_another() {
        for word in
            [OURS, OTHERS, STATUS, TOKEN_ENDPOINT, WANTED, REFUSED, FAILED, WISHED, MENTIONED, ASKED, DENIED]
                .concat()
        {
            assert!(!word.is_empty() && word == word.to_lowercase(), "{word}");
        }
        for text in LOOSE {
            assert!(PHRASES.iter().chain(WEAK).any(|(known, _, _)| known == text), "{text}");
        }
        for text in SETTINGS {
            assert!(PHRASES.iter().any(|(known, _, _)| known == text), "{text}");
        }
        for name in OTHERS {
            assert!(!OURS.contains(name), "{name}");
        }
    }

    #[test]
    fn words_of_a_diagnosis_belong_to_a_reason() {
        for (code, words) in WORDS {
            assert!(REASONS.iter().any(|r| r.code == *code) && !words.contains('{'), "{code}");
        }
        // What a diagnosis cannot fill in needs words of its own.
        for c in AADSTS.iter().filter(|c| !DIAGNOSIS.iter().any(|d| d.code == c.code)) {
            let reason = REASONS.iter().find(|r| r.code == c.reason).unwrap();
            assert!(
                !reason.what.contains('{') || WORDS.iter().any(|(code, _)| *code == c.reason),
                "{}",
                c.reason
            );
        }
    }

    /// The code of this crate but for the two tables of words, without its tests.
    fn code() -> String {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut all = String::new();
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("reasons.rs") {
                    let text = std::fs::read_to_string(path).unwrap();
                    all.push_str(text.split("#[cfg(test)]").next().unwrap());
                }
            }
        }
        all
    }

    /// A row that nothing leads to is no row.
    #[test]
    fn every_reason_and_every_cause_is_said_by_a_table_or_by_code() {
        let numbers = AADSTS.iter().chain(DIAGNOSIS).map(|row| row.reason);
        let names = [AF, AF_DIAGNOSIS, SERVICE].into_iter().flatten().map(|row| row.reason);
        let sentences = PHRASES.iter().chain(WEAK).map(|(_, _, cause)| *cause);
        let near = FOLLOWS.iter().chain(NEAR).chain(LATE).chain(LAST).map(|(_, _, cause)| *cause);
        let rest = REFINE.iter().map(|(_, _, cause)| *cause).chain(PARTS.iter().map(|(_, cause)| *cause));
        let oauth = OAUTH.iter().chain(ELSEWHERE).map(|(_, cause)| *cause);
        let said: Vec<&str> =
            numbers.chain(names).chain(sentences).chain(near).chain(rest).chain(oauth).collect();
        let code = code();
        for row in REASONS.iter().chain(CAUSES) {
            assert!(said.contains(&row.code) || code.contains(&format!("\"{}\"", row.code)), "{}", row.code);
        }
    }

    #[test]
    fn numbers_that_say_nothing_and_numbers_with_a_page_are_known() {
        let known = |number: &u32| AADSTS.iter().chain(DIAGNOSIS).any(|row| row.code == *number);
        for (number, page) in PAGES {
            assert!(known(number) && page.starts_with("https://"), "{number}: {page}");
        }
        for number in GENERAL {
            assert!(known(number), "{number}");
        }
        for code in OUTER {
            assert!(SERVICE.iter().any(|row| row.code == *code), "{code}");
        }
    }

    #[test]
    fn every_cause_has_its_words_and_is_no_reason_as_well() {
        for cause in CAUSES {
            assert!(!REASONS.iter().any(|r| r.code == cause.code), "{}", cause.code);
            assert!(cause.what.ends_with('.') || cause.code == "empty", "{}", cause.code);
        }
    }
}
