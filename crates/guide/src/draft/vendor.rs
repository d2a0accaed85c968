//! Whose document it is: domain, address for questions, name.

use std::collections::{BTreeMap, BTreeSet};

use super::plain::Line;
use super::words::{Words, plain};

/// Hosts that are nobody's vendor.
const NOT_A_VENDOR: &[&str] = &[
    "microsoft.com",
    "azure.com",
    "office.com",
    "microsoftonline.com",
    "windowsazure.com",
    "uservoice.com",
    "aka.ms",
    "live.com",
    "office365.com",
    "sharepoint.com",
    "yourcompany.com",
    "contoso.com",
    "example.com",
    "onmicrosoft.com",
    "windows.net",
    "yourdomain.com",
    "domain.com",
    "google.com",
    "github.com",
    "youtube.com",
    "cloud.microsoft",
];

/// The domain named most often that is no well-known one, and the address for questions.
pub(crate) fn domain(lines: &[Line]) -> (Vec<String>, Option<String>) {
    let mut support = None;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        // In HTML and Markdown an address stands in the tag or behind the text.
        for word in line.raw.split(|c: char| c.is_whitespace() || "()[]<>|,;\"'“”*`".contains(c)) {
            let word = word.trim_matches(['.', ':', '/']).trim_start_matches("href=").to_ascii_lowercase();
            let word = word.trim_start_matches("mailto:").to_owned();
            let mail = word.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.'));
            let host = match mail {
                Some((_, host)) => host.to_owned(),
                None => word
                    .trim_start_matches("https://")
                    .trim_start_matches("http://")
                    .split('/')
                    .next()
                    .unwrap_or("")
                    .to_owned(),
            };
            let Some(domain) = registered(&host)
                .filter(|_| mail.is_some() || word.starts_with("http") || word.starts_with("www."))
            else {
                continue;
            };
            if NOT_A_VENDOR.iter().any(|known| domain == *known) {
                continue;
            }
            if mail.is_some() && word.starts_with("support@") {
                support.get_or_insert(word.clone());
            }
            *counts.entry(domain).or_default() += 1;
        }
    }
    let mut domains = counts.into_iter().collect::<Vec<_>>();
    domains.sort_by_key(|(domain, count)| (std::cmp::Reverse(*count), domain.clone()));
    (domains.into_iter().map(|(domain, _)| domain).take(1).collect(), support)
}

/// The last two labels of a host name; three where the last two are a country's own.
fn registered(host: &str) -> Option<String> {
    let labels = host.split('.').filter(|label| !label.is_empty()).collect::<Vec<_>>();
    let plain = labels.iter().all(|label| label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let top =
        labels.last().is_some_and(|label| label.len() >= 2 && label.chars().all(|c| c.is_ascii_alphabetic()));
    let second = labels.len().checked_sub(2).and_then(|at| labels.get(at)).copied().unwrap_or_default();
    let take = if labels.len() > 2 && ["co", "com", "org", "net"].contains(&second) { 3 } else { 2 };
    (labels.len() >= 2 && plain && top)
        .then(|| labels.iter().rev().take(take).rev().copied().collect::<Vec<_>>().join("."))
}

/// The two or three words of a line that make up a domain's name, as the line spells them.
fn spelt(text: &str, label: &str) -> Option<String> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let words = words.collect::<Vec<_>>();
    [2, 3].into_iter().flat_map(|count| words.windows(count)).find_map(|name| {
        let proper = name.iter().all(|word| word.starts_with(char::is_uppercase));
        (proper && name.concat().eq_ignore_ascii_case(label)).then(|| name.join(" "))
    })
}

/// The name said most often that is no word of the portals: the domain's own, as the document spells it, goes first.
pub(crate) fn name(words: &Words, lines: &[Line], domain: Option<&str>) -> Option<String> {
    let label = domain.and_then(|domain| domain.split('.').next()).map(|label| label.replace('-', ""));
    if let Some(name) =
        label.as_deref().and_then(|label| lines.iter().find_map(|line| spelt(&line.text, label)))
    {
        return Some(name);
    }
    // A name is never written small; a word that begins a sentence is, elsewhere.
    let small = lines
        .iter()
        .flat_map(|line| line.text.split_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| {
            word.starts_with(|c: char| c.is_lowercase()) && word.chars().all(char::is_alphanumeric)
        })
        .collect::<BTreeSet<_>>();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        for word in line.text.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let proper = word.starts_with(|c: char| c.is_uppercase())
                && (4..25).contains(&word.chars().count())
                && word.chars().all(char::is_alphanumeric);
            if proper && !words.portal.contains(&plain(word)) && !small.contains(plain(word).as_str()) {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    let same =
        counts.keys().find(|word| label.as_deref().is_some_and(|label| word.eq_ignore_ascii_case(label)));
    if let Some(word) = same {
        return Some((*word).to_owned());
    }
    let most = counts.into_iter().max_by_key(|(word, count)| (*count, std::cmp::Reverse(*word)));
    most.filter(|(_, count)| *count > 2).map(|(word, _)| word.to_owned())
}
