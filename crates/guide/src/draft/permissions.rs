//! The permissions a document names: whose they are, and of which kind.

use super::plain::Line;
use super::words::{Words, any};
use crate::load::Library;

/// A permission a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) line: usize,
    pub(crate) resource: String,
    pub(crate) name: String,
    pub(crate) delegated: bool,
}

/// A name that is built like a permission's and is in no catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unknown {
    pub(crate) line: usize,
    pub(crate) name: String,
}

/// Characters beside a permission in which its kind is looked for.
const KIND_WITHIN: usize = 40;

/// What follows the name of an API that is one word.
const API_WORDS: &[&str] = &["api", "application", "delegated", "permission", "online", "and ", "or "];

/// What the last part of a permission's name may be.
const ENDINGS: &[&str] =
    &["All", "Read", "ReadWrite", "ReadBasic", "OwnedBy", "Selected", "Send", "Shared", "FullControl"];

/// Sign-in permissions without a dot in their names; `profile` and `email` are ordinary words where no other stands by.
const SIGN_IN: &[&str] = &["openid", "profile", "email"];

/// Lines of one list of them.
const SIGN_IN_LIST: usize = 4;

pub(crate) fn permissions(
    library: &Library,
    words: &Words,
    lines: &[Line],
    lower: &[String],
) -> (Vec<Found>, Vec<Unknown>) {
    let mut found: Vec<Found> = Vec::new();
    let mut unknown: Vec<Unknown> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let low = lower.get(at).map_or("", String::as_str);
        // Alone on its line, in a list with the others, such a word is a permission as well.
        let alone = SIGN_IN.contains(&low.trim_matches(|c: char| !c.is_alphanumeric()));
        let signs_in = near(lower, at, if alone { SIGN_IN_LIST } else { 0 });
        for word in line.text.split(|c: char| !c.is_ascii_alphanumeric() && !['.', '_', '-'].contains(&c)) {
            let word = word.trim_matches(['.', '-', '_']);
            let special = word.contains('.') || word.contains('_') || (signs_in && SIGN_IN.contains(&word));
            if !special {
                continue;
            }
            let Some((resource, name)) = resource_of(library, lower, at, word) else {
                if looks_like_one(word) && !unknown.iter().any(|have| have.name == word) {
                    unknown.push(Unknown { line: line.number, name: word.to_owned() });
                }
                continue;
            };
            let row = library
                .resources
                .get(&resource)
                .and_then(|r| r.file.permissions.iter().find(|row| row.name == name));
            let (application, delegated) =
                row.map_or((true, true), |row| (row.application.is_some(), row.delegated.is_some()));
            let delegated = match (application, delegated) {
                (true, false) => false,
                (false, true) => true,
                _ => beside(&line.text, word).unwrap_or_else(|| says_delegated(words, lower, at)),
            };
            let have = |have: &&Found| have.name == name && have.resource == resource;
            let again = found
                .iter()
                .find(have)
                .map(|have| have.delegated == delegated || beside(&line.text, word).is_none());
            if again != Some(true) {
                found.push(Found { line: line.number, resource, name, delegated });
            }
        }
    }
    (found, unknown)
}

/// Whether a line speaks of signing in, or one of so many before and behind it.
fn near(lower: &[String], at: usize, lines: usize) -> bool {
    let window = lower.iter().take(at + lines + 1).skip(at.saturating_sub(lines));
    window.into_iter().any(|line| line.contains("openid") || line.contains("offline_access"))
}

/// The resource a permission belongs to, and its name as the catalogue spells it.
fn resource_of(library: &Library, lower: &[String], at: usize, word: &str) -> Option<(String, String)> {
    let named = |exact: bool| {
        library
            .resources
            .iter()
            .filter_map(|(key, resource)| {
                let same = |name: &str| if exact { name == word } else { name.eq_ignore_ascii_case(word) };
                let row = resource.file.permissions.iter().find(|row| same(&row.name))?;
                Some((key.as_str(), resource.file.name.to_lowercase(), row.name.as_str()))
            })
            .collect::<Vec<_>>()
    };
    let mut holders = named(true);
    if holders.is_empty() {
        holders = named(false);
    }
    let names = holders.iter().map(|(key, name, _)| (*key, name.clone())).collect::<Vec<_>>();
    let first = names.first()?.0;
    let key = nearest_before(lower, at, &names).unwrap_or(first);
    let name = holders.iter().find(|(own, _, _)| *own == key).map(|(_, _, name)| (*name).to_owned())?;
    Some((key.to_owned(), name))
}

/// Two to four words in capitals with dots between, the last of them one that ends permissions.
fn looks_like_one(word: &str) -> bool {
    let parts = word.split('.').collect::<Vec<_>>();
    (2..=4).contains(&parts.len())
        && parts.iter().all(|part| {
            part.len() > 2
                && part.starts_with(|c: char| c.is_ascii_uppercase())
                && part.chars().all(|c| c.is_ascii_alphanumeric())
        })
        && parts.last().is_some_and(|last| ENDINGS.contains(last))
}

/// The resource named last up to a line, the line itself included; the first one named after it otherwise.
fn nearest_before<'a>(lower: &[String], at: usize, names: &[(&'a str, String)]) -> Option<&'a str> {
    let named = |text: &String| names.iter().find(|(_, name)| names_api(text, name)).map(|(key, _)| *key);
    let before = lower.iter().take(at + 1).rev().find_map(named);
    before.or_else(|| lower.iter().skip(at + 1).find_map(named))
}

/// Whether a text names an API. A product of one word is none where it describes something: “SharePoint sites”.
fn names_api(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, found)| {
        let next = text.get(at + found.len()..).unwrap_or_default().strip_prefix(' ').unwrap_or_default();
        let describes =
            next.starts_with(char::is_alphabetic) && !API_WORDS.iter().any(|word| next.starts_with(word));
        name.contains(' ') || !describes
    })
}

/// The kind that stands right behind a permission or right before it, as in a table's row or in parentheses.
fn beside(text: &str, permission: &str) -> Option<bool> {
    let (before, behind) = text.split_once(permission)?;
    let near = behind.chars().take(KIND_WITHIN).collect::<String>().to_lowercase();
    let near = near.split(['.', ';']).next().unwrap_or_default();
    first_kind(near).or_else(|| {
        let before = before.chars().rev().take(KIND_WITHIN).collect::<Vec<_>>();
        let before = before.into_iter().rev().collect::<String>().to_lowercase();
        let near = before.rsplit(['.', ';', ',']).next().unwrap_or_default();
        // Of the two, the one nearer to the permission.
        first_kind(near).filter(|_| !(near.contains("deleg") && near.contains("application")))
    })
}

fn first_kind(text: &str) -> Option<bool> {
    let application =
        ["application", "anwendung", "app role", "app-only"].iter().filter_map(|word| text.find(word)).min();
    let delegated = ["delegated", "delegiert", "delegat"].iter().filter_map(|word| text.find(word)).min();
    match (application, delegated) {
        (Some(application), Some(delegated)) => Some(delegated < application),
        (Some(_), None) => Some(false),
        (None, Some(_)) => Some(true),
        (None, None) => None,
    }
}

/// Whether the line, or the last word about kinds before it, says delegated.
fn says_delegated(words: &Words, lower: &[String], at: usize) -> bool {
    let own = lower.get(at).map_or("", String::as_str);
    if own.contains("delegated") && !own.contains("application") {
        return true;
    }
    let kind = |text: &String| match (any(text, &words.application), any(text, &words.delegated)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    lower.iter().take(at + 1).rev().find_map(kind).unwrap_or(false)
}
