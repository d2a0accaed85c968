//! Whether all that is shown was translated: in a language whose every letter has an accent, what has none was not.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use handrail_guide::plan::{FOR_PEOPLE, PORTALS, Plan};
use handrail_world::browser::Page;
use handrail_world::person::Person;
use serde_json::{Value, json};

/// What plans name: controls, permissions, apps, values. What they say in sentences is in every language.
pub struct Guides {
    /// Whole texts, and what stands between their marks.
    pieces: Vec<String>,
}

impl Guides {
    /// Everything these plans name.
    ///
    /// # Errors
    /// When a plan cannot be written down.
    pub fn new(plans: &BTreeMap<String, Plan>) -> Result<Self> {
        let mut texts = Vec::new();
        for plan in plans.values() {
            strings(&serde_json::to_value(plan)?, false, &mut texts);
        }
        let mut pieces: Vec<String> = texts
            .iter()
            .flat_map(|text| std::iter::once(text.replace("**", "").replace('`', "")).chain(cut(text)))
            .map(|piece| bare(&piece).to_owned())
            .collect();
        pieces.extend(PORTALS.iter().map(|(_, name, _)| (*name).to_owned()));
        pieces.sort();
        pieces.dedup();
        Ok(Self { pieces })
    }

    /// Words in plain letters that no guide says, in the panel and on the card.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn untranslated(&self, person: &Person) -> Result<Vec<String>> {
        let card = match person.page.overlay()? {
            Some(_) => person.page.card_markup()?.0,
            None => String::new(),
        };
        self.untranslated_on(&person.panel.page, &card)
    }

    /// The same on any page, and in some more markup. What a report did not look at is the guide's, as the service says it.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn untranslated_on(&self, page: &Page, more: &str) -> Result<Vec<String>> {
        let script = format!(
            "(() => {{ const found = [];
                const look = (root) => {{
                    for (const e of root.querySelectorAll('*')) {{
                        if (e.closest('code, pre, style, script, noscript, option[lang], .report ul:not(.checks)')) continue;
                        for (const name of ['title', 'placeholder', 'aria-label', 'alt']) if (e.hasAttribute(name)) found.push(e.getAttribute(name));
                        for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE) found.push(n.data);
                    }}
                }};
                look(document.body);
                const more = {};
                if (more) look(new DOMParser().parseFromString(more, 'text/html').body);
                return found; }})()",
            json!(more)
        );
        let shown = page.evaluate(&script)?;
        let shown = shown.as_array().context("no texts")?.iter().filter_map(Value::as_str);
        Ok(shown.flat_map(|text| self.plain(text)).collect())
    }

    /// Runs of words in plain letters in a text that are no guide's.
    fn plain(&self, text: &str) -> Vec<String> {
        let mut runs = vec![String::new()];
        for word in text.split_whitespace() {
            let ascii = word.chars().any(|c| c.is_ascii_alphabetic());
            let translated = word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            match runs.last_mut() {
                // Figures and dashes belong to the words around them.
                Some(run) if !translated && (ascii || !run.is_empty()) => run.push_str(&format!("{word} ")),
                Some(run) if !run.is_empty() && translated => runs.push(String::new()),
                _ => {}
            }
        }
        runs.into_iter().map(|run| bare(&run).to_owned()).filter(|run| !self.says(run)).collect()
    }

    /// Whether a guide says this, or it is an address, a domain or a name of the practice world.
    fn says(&self, run: &str) -> bool {
        let name = |word: &str| {
            word.contains("://")
                || word.contains('@')
                || bare(word).contains('.')
                || NAMES.contains(&bare(word))
                || is_id(bare(word))
                || DATE.contains(&bare(word))
                || !word.contains(char::is_alphabetic)
        };
        let said = |part: &str| {
            let part = bare(part);
            let long = part.len() > 12;
            part.split(' ').all(name)
                || self.pieces.iter().any(|piece| piece == part || long && piece.contains(part))
        };
        // A permission stands before its resource.
        let listed = |part: &str| said(part) || part.split(" (").all(said);
        said(run) || said(without_figures(run)) || run.split(", ").all(listed)
    }
}

/// Names of the practice world, and Handrail's own.
const NAMES: [&str; 8] = [
    "",
    "Handrail",
    "Contoso",
    "Fabrikam",
    "contoso.onmicrosoft.com",
    "fabrikam.onmicrosoft.com",
    "Practice",
    "Worker",
];

/// What a date has besides figures, in the English that both pseudo-languages write dates in.
const DATE: [&str; 15] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "AM", "PM", "UTC"];

fn is_id(word: &str) -> bool {
    word.len() == 36 && word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// A text without the figures behind its words, which belong to no one.
fn without_figures(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && !last.chars().any(char::is_alphabetic)
    {
        rest = before;
    }
    rest
}

/// A text without what stands around its words.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// What stands between the marks and the places for values.
fn cut(text: &str) -> impl Iterator<Item = String> {
    text.split(['*', '`', '{', '}']).map(str::to_owned)
}

/// What a plan names. The title of a page is the portal's own; all other sentences are in every language.
fn strings(value: &Value, of_pages: bool, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| strings(one, of_pages, out)),
        Value::Object(map) => {
            for (key, one) in map {
                if !FOR_PEOPLE.contains(&key.as_str()) || of_pages && key == "title" {
                    strings(one, of_pages || key == "pages", out);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_plain_letters_and_no_guide_s_is_found() {
        let guides =
            Guides { pieces: vec!["Register it".into(), "Press the button Register on the page".into()] };
        assert_eq!(guides.plain("Šťéƥ 1: Register it"), Vec::<String>::new());
        assert_eq!(guides.plain("Šťéƥ 1 of 3"), ["of 3"]);
        assert_eq!(guides.plain("Register it · 43 šťéƥš"), Vec::<String>::new());
        assert_eq!(guides.plain("ííñ Contoso at http://127.0.0.1:1"), ["Contoso at http://127.0.0.1:1"]);
        assert_eq!(guides.plain("ííñ Contoso"), Vec::<String>::new());
        let pieces = ["Application (client) ID", "Primary domain", "User.Read.All", "Microsoft Graph"];
        let guides = Guides { pieces: pieces.map(str::to_owned).to_vec() };
        assert_eq!(guides.plain("Application (client) ID, Primary domain"), Vec::<String>::new());
        assert_eq!(guides.plain("User.Read.All (Microsoft Graph, åþþ)"), Vec::<String>::new());
        assert_eq!(guides.plain("User.Read.All (Left out, åþþ)"), ["User.Read.All (Left out"]);
    }
}
