//! What is recognised in a document: permissions, values, names, addresses.

use std::collections::BTreeMap;

use super::plain::Line;
use crate::load::Library;

/// What was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) title: String,
    pub(crate) domains: Vec<String>,
    pub(crate) support: Option<String>,
    pub(crate) registers: bool,
    pub(crate) consents: bool,
    pub(crate) app_name: Option<String>,
    pub(crate) consent_names: Vec<String>,
    pub(crate) permissions: Vec<Found>,
    pub(crate) secret: bool,
    pub(crate) secret_name: Option<String>,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) values: Vec<(&'static str, usize)>,
    pub(crate) audit: Option<usize>,
    pub(crate) service_account: Option<usize>,
}

/// A permission a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) line: usize,
    pub(crate) resource: String,
    pub(crate) name: String,
    pub(crate) delegated: bool,
}

/// Words by which the values are recognised, letter case ignored.
const VALUES: &[(&str, &[&str])] = &[
    ("client-secret", &["secret value", "client secret", "value of the client secret"]),
    ("client-id", &["application (client) id", "clientid", "client id", "application id"]),
    ("tenant-id", &["directory (tenant) id", "tenantid", "tenant id", "directory id"]),
    ("tenant-domain", &[".onmicrosoft.com", "primary domain"]),
];

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
];

pub(crate) fn read(library: &Library, lines: &[Line]) -> Reading {
    let lower = lines.iter().map(|line| line.text.to_lowercase()).collect::<Vec<_>>();
    let first = |words: &[&str]| {
        lower.iter().position(|line| words.iter().any(|word| line.contains(word))).map(|n| n + 1)
    };
    let registers =
        first(&["new registration", "register an application", "application registration"]).is_some();
    let secret = first(&["client secret"]).is_some();
    let mut reading = Reading {
        title: lines
            .iter()
            .map(|line| line.text.as_str())
            .find(|text| text.len() > 3)
            .unwrap_or("Untitled")
            .to_owned(),
        registers,
        consents: !registers && first(&["consent", "click accept", "\"accept\"", "“accept”"]).is_some(),
        secret,
        audit: first(&["auditing must be enabled", "audit logging", "audit log"]),
        service_account: first(&["create a service user", "service account", "setup user"]),
        ..Reading::default()
    };
    reading.app_name = labelled(lines, "name:", &["supported account", "redirect uri", "accounts in"]);
    reading.secret_name = secret.then(|| described(lines)).flatten();
    reading.permissions = permissions(library, lines, &lower);
    // Permissions without a word on how the app comes about: most likely one of the customer's own.
    reading.registers |= !reading.permissions.is_empty() && !reading.consents;
    reading.values = values(&lower, secret);
    reading.redirect_uris = redirect_uris(lines, &lower);
    if reading.consents {
        reading.consent_names = app_names(lines);
    }
    vendor(lines, &mut reading);
    reading
}

/// What stands behind a label, up to the next one.
fn labelled(lines: &[Line], label: &str, stops: &[&str]) -> Option<String> {
    for line in lines {
        let lower = line.text.to_lowercase();
        let Some(at) =
            lower.find(label).filter(|at| *at == 0 || lower.get(..*at).is_some_and(|b| b.ends_with(' ')))
        else {
            continue;
        };
        let from = at + label.len();
        let to = stops
            .iter()
            .filter_map(|stop| lower.get(from..)?.find(stop).map(|n| from + n))
            .min()
            .unwrap_or(line.text.len());
        let name =
            line.text.get(from..to).unwrap_or_default().trim().trim_matches(['.', ',', ';', '"', '“', '”']);
        if (2..80).contains(&name.len()) {
            return Some(name.to_owned());
        }
    }
    None
}

/// “Description of X and …”, “Description: X”.
fn described(lines: &[Line]) -> Option<String> {
    labelled(lines, "description:", &["expires"]).or_else(|| {
        lines.iter().find_map(|line| {
            let (_, rest) = line.text.split_once("Description of ")?;
            let name = rest.split(" and ").next()?.trim();
            (2..80).contains(&name.len()).then(|| name.to_owned())
        })
    })
}

/// Characters behind a permission in which its kind is looked for.
const KIND_WITHIN: usize = 40;

fn permissions(library: &Library, lines: &[Line], lower: &[String]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for line in lines {
        for word in line.text.split(|c: char| !c.is_ascii_alphanumeric() && !['.', '_', '-'].contains(&c)) {
            let word = word.trim_matches(['.', '-', '_']);
            let holders = library
                .resources
                .iter()
                .filter(|(_, resource)| resource.file.permissions.iter().any(|row| row.name == word))
                .collect::<Vec<_>>();
            let special = word.contains('.') || word.contains('_');
            if holders.is_empty() || !special || found.iter().any(|have| have.name == word) {
                continue;
            }
            let names = holders
                .iter()
                .map(|(key, resource)| (key.as_str(), resource.file.name.to_lowercase()))
                .collect::<Vec<_>>();
            let resource = nearest_before(lower, line.number, &names)
                .unwrap_or(names.first().map_or("", |(key, _)| *key))
                .to_owned();
            let row = library
                .resources
                .get(&resource)
                .and_then(|r| r.file.permissions.iter().find(|row| row.name == word));
            let (application, delegated) =
                row.map_or((true, true), |row| (row.application.is_some(), row.delegated.is_some()));
            let delegated = match (application, delegated) {
                (true, false) => false,
                (false, true) => true,
                _ => kind_behind(&line.text, word).unwrap_or_else(|| says_delegated(lower, line.number)),
            };
            found.push(Found { line: line.number, resource, name: word.to_owned(), delegated });
        }
    }
    found
}

/// The resource named last up to a line, the line itself included; the first one named after it otherwise.
fn nearest_before<'a>(lower: &[String], line: usize, names: &[(&'a str, String)]) -> Option<&'a str> {
    let named =
        |text: &String| names.iter().find(|(_, name)| text.contains(name.as_str())).map(|(key, _)| *key);
    let before = lower.iter().take(line).rev().find_map(named);
    before.or_else(|| lower.iter().skip(line).find_map(named))
}

/// The kind that stands right behind a permission, as in a table's row or in parentheses; up to the next permission.
fn kind_behind(text: &str, permission: &str) -> Option<bool> {
    let (_, rest) = text.split_once(permission)?;
    let near = rest.chars().take(KIND_WITHIN).collect::<String>().to_lowercase();
    let near = near.split(['.', ';']).next().unwrap_or_default();
    match (near.find("application"), near.find("delegated")) {
        (Some(application), Some(delegated)) => Some(delegated < application),
        (Some(_), None) => Some(false),
        (None, Some(_)) => Some(true),
        (None, None) => None,
    }
}

/// Whether the line, or the last word about kinds before it, says delegated.
fn says_delegated(lower: &[String], line: usize) -> bool {
    let own = lower.get(line - 1).map_or("", String::as_str);
    if own.contains("delegated") && !own.contains("application") {
        return true;
    }
    let kind = |text: &String| match (
        text.contains("application permission"),
        text.contains("delegated permission"),
    ) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    lower.iter().take(line).rev().find_map(kind).unwrap_or(false)
}

fn values(lower: &[String], secret: bool) -> Vec<(&'static str, usize)> {
    let mut values = Vec::new();
    for (id, words) in VALUES {
        let line = lower.iter().position(|line| words.iter().any(|word| line.contains(word)));
        if let Some(line) = line.filter(|_| secret || *id != "client-secret") {
            values.push((*id, line + 1));
        }
    }
    values
}

/// Addresses on lines that speak of redirection, or on this machine.
fn redirect_uris(lines: &[Line], lower: &[String]) -> Vec<String> {
    let mut uris: Vec<String> = Vec::new();
    for (line, lower) in lines.iter().zip(lower) {
        for word in line.text.split_whitespace() {
            let word = word.trim_matches(['(', ')', ',', ';', '"', '“', '”', '.', '[', ']']);
            let address = word.starts_with("http://") || word.starts_with("https://");
            if address
                && (lower.contains("redirect") || word.contains("localhost"))
                && !uris.iter().any(|have| have == word)
            {
                uris.push(word.to_owned());
            }
        }
    }
    uris
}

/// Names the vendor's app may have: in quotes on a line that says search, or behind “Click … to open the application”.
fn app_names(lines: &[Line]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim().trim_end_matches('.');
        let proper = name.chars().next().is_some_and(char::is_uppercase) && (4..50).contains(&name.len());
        if proper && !names.iter().any(|have| have == name) {
            names.push(name.to_owned());
        }
    };
    for line in lines {
        let lower = line.text.to_lowercase();
        if lower.contains("search") {
            line.text.split(['“', '”', '"']).skip(1).step_by(2).for_each(&mut add);
        }
        if let (Some((before, _)), Some((_, after))) =
            (line.text.split_once(" to open the app"), line.text.split_once("lick "))
        {
            add(after.get(..after.len().saturating_sub(line.text.len() - before.len())).unwrap_or_default());
        }
    }
    names
}

/// The domain named most often that is no well-known one, and the address for questions.
fn vendor(lines: &[Line], reading: &mut Reading) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        for word in line.text.split(|c: char| c.is_whitespace() || "()[]<>|,;\"“”".contains(c)) {
            let word = word.trim_matches(['.', ':', '/']).to_ascii_lowercase();
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
                reading.support.get_or_insert(word.clone());
            }
            *counts.entry(domain).or_default() += 1;
        }
    }
    let mut domains = counts.into_iter().collect::<Vec<_>>();
    domains.sort_by_key(|(domain, count)| (std::cmp::Reverse(*count), domain.clone()));
    reading.domains = domains.into_iter().map(|(domain, _)| domain).take(1).collect();
}

/// The last two labels of a host name.
fn registered(host: &str) -> Option<String> {
    let labels = host.split('.').filter(|label| !label.is_empty()).collect::<Vec<_>>();
    let plain = labels.iter().all(|label| label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let top =
        labels.last().is_some_and(|label| label.len() >= 2 && label.chars().all(|c| c.is_ascii_alphabetic()));
    (labels.len() >= 2 && plain && top)
        .then(|| labels.iter().rev().take(2).rev().copied().collect::<Vec<_>>().join("."))
}
