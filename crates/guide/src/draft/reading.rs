//! What is recognised in a document: permissions, values, names, addresses, and what it asks for besides.

use super::permissions::{Found, Unknown, permissions};
use super::plain::Line;
use super::vendor;
use super::words::{Words, any};
use crate::load::Library;
use crate::plan::Credential;

/// What was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) title: String,
    pub(crate) vendor: Option<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) support: Option<String>,
    pub(crate) registers: bool,
    pub(crate) consents: bool,
    pub(crate) app_name: Option<String>,
    pub(crate) consent_names: Vec<String>,
    pub(crate) permissions: Vec<Found>,
    pub(crate) unknown_permissions: Vec<Unknown>,
    pub(crate) secret: bool,
    pub(crate) secret_name: Option<String>,
    /// Days the document lets the secret live, as far as Microsoft allows it.
    pub(crate) secret_days: Option<u32>,
    pub(crate) certificate: bool,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) values: Vec<Handed>,
    /// Line that asks for a text file.
    pub(crate) file: Option<usize>,
    pub(crate) audit: Option<usize>,
    pub(crate) service_account: Option<usize>,
    /// Name before the @ of the account it asks for.
    pub(crate) sign_in: Option<String>,
    /// A Conditional Access policy it asks for: line, name, group.
    pub(crate) policy: Option<(usize, String, String)>,
    /// Line on which it asks to expose an API.
    pub(crate) exposes: Option<usize>,
}

/// A value a document hands over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Handed {
    pub(crate) id: &'static str,
    pub(crate) line: usize,
    /// The document's own word, where it lists what is handed over.
    pub(crate) called: Option<String>,
}

pub(crate) fn read(library: &Library, words: &Words, lines: &[Line]) -> Reading {
    let lower = lines.iter().map(|line| line.text.to_lowercase()).collect::<Vec<_>>();
    let first = |texts: &[&str]| {
        let at = lower.iter().position(|line| texts.iter().any(|text| line.contains(text)))?;
        lines.get(at).map(|line| line.number)
    };
    let says = |texts: &[String]| lower.iter().any(|line| any(line, texts));
    let registers = says(&words.registers);
    let secret = says(&words.secret);
    let (domains, support) = vendor::domain(lines);
    let (permissions, unknown_permissions) = permissions(library, words, lines, &lower);
    let consents = !registers
        && (says(&words.consent)
            || first(&["consent", "click accept", "\"accept\"", "“accept”", "zustimm", "einwillig"])
                .is_some());
    let mut reading = Reading {
        title: title(lines),
        vendor: vendor::name(words, lines, domains.first().map(String::as_str)),
        domains,
        support,
        // Permissions without a word on how the app comes about: most likely one of the customer's own.
        registers: registers || (!permissions.is_empty() && !consents),
        consents,
        permissions,
        unknown_permissions,
        secret,
        certificate: first(&[
            "upload the certificate",
            "upload your certificate",
            "upload a certificate",
            "upload this certificate",
            "laden sie das zertifikat",
            "zertifikat hoch",
        ])
        .is_some(),
        file: first(&["text file", "textdatei"]),
        audit: first(&["auditing must be enabled", "audit logging", "audit log", "überwachungsprotokoll"]),
        service_account: first(&[
            "create a service user",
            "service account",
            "setup user",
            "service user",
            "dienstkonto",
        ]),
        exposes: first(&["go to expose an api", "add a scope", "add scope"]),
        sign_in: sign_in(lines),
        policy: policy(lines, &lower),
        ..Reading::default()
    };
    reading.app_name = app_name(lines);
    reading.secret_name = secret.then(|| described(lines)).flatten();
    reading.secret_days = lower.iter().filter(|line| any(line, &words.expires)).find_map(|line| days(line));
    reading.values = values(words, lines, &lower, secret);
    reading.redirect_uris = redirect_uris(words, lines, &lower);
    if reading.consents {
        reading.consent_names = app_names(lines);
    }
    reading
}

/// The first line that reads like a heading: no directive, no address, no lone word of a site's head.
fn title(lines: &[Line]) -> String {
    let plain = |line: &&Line| {
        let text = line.text.as_str();
        let words = text.split_whitespace().count();
        text.chars().filter(|c| c.is_alphabetic()).count() > 5
            && (words > 1 || line.raw.starts_with('#') || line.raw.to_lowercase().contains("<h1"))
            && !text.starts_with("..")
            && !text.starts_with(':')
            && words < 16
            && !text.ends_with('.')
    };
    let marked = |line: &&Line| line.raw.to_lowercase().contains("<h1");
    let found = lines.iter().filter(plain).find(marked).or_else(|| lines.iter().find(plain));
    let heading = found.map(|line| line.text.clone());
    heading
        .or_else(|| lines.iter().map(|line| line.text.clone()).find(|text| text.len() > 3))
        .unwrap_or_else(|| "Untitled".to_owned())
}

/// What ends a name that stands behind its label on one line.
const STOPS: &[&str] =
    &["supported account", "redirect uri", "accounts in", "unterstützte kontotypen", "umleitungs-uri"];

fn app_name(lines: &[Line]) -> Option<String> {
    ["name:", "name =", "name |"].iter().find_map(|label| labelled(lines, label, STOPS)).or_else(|| {
        let marks = [
            "enter a name",
            "name the app",
            "name it",
            "call it",
            "for name",
            "as the name",
            "as name",
            "geben sie einen namen",
            "namen",
            "application name",
        ];
        lines.iter().find_map(|line| {
            let lower = line.text.to_lowercase();
            let policy = lower.contains("policy") || lower.contains("pilot");
            let says = !policy && marks.iter().any(|mark| lower.contains(mark));
            quoted(&line.text)
                .or_else(|| set_apart(&line.raw))
                .filter(|name| says && (2..60).contains(&name.chars().count()))
        })
    })
}

/// What stands in the first pair of quotation marks.
fn quoted(text: &str) -> Option<String> {
    let inside = text.split(['“', '”', '„', '"']).nth(1)?.trim().trim_end_matches(['.', ',']);
    (!inside.is_empty()).then(|| inside.to_owned())
}

/// What the document sets in the type of code, which is what people are to enter.
fn set_apart(raw: &str) -> Option<String> {
    let (from, to) = [("<code>", "</code>"), ("`", "`")].into_iter().find(|(from, _)| raw.contains(from))?;
    let inside = raw.split_once(from)?.1.split_once(to)?.0.trim();
    (!inside.is_empty() && !inside.contains(['<', '/'])).then(|| inside.to_owned())
}

/// What stands behind a label, up to the next one.
fn labelled(lines: &[Line], label: &str, stops: &[&str]) -> Option<String> {
    for line in lines {
        let lower = line.text.to_lowercase();
        let plain = |before: &str| before.ends_with(' ') || before.ends_with('|') || before.ends_with('-');
        let Some(at) = lower.find(label).filter(|at| *at == 0 || lower.get(..*at).is_some_and(plain)) else {
            continue;
        };
        // Somebody else's name: a tenant's, a display name of a user.
        if lower.get(..at).is_some_and(|before| {
            ["tenant ", "user ", "file ", "domain ", "host "].iter().any(|word| before.ends_with(word))
        }) {
            continue;
        }
        let from = at + label.len();
        let to = stops
            .iter()
            .filter_map(|stop| lower.get(from..)?.find(stop).map(|n| from + n))
            .min()
            .unwrap_or(line.text.len());
        let name = line.text.get(from..to).unwrap_or_default();
        let name = name.split(" | ").next().unwrap_or_default();
        let name = name.trim().trim_matches(['.', ',', ';', '"', '“', '”', '„', '|']).trim();
        if (2..80).contains(&name.len()) && name.split_whitespace().count() < 9 {
            return Some(name.to_owned());
        }
    }
    None
}

/// “Description of X and …”, “Description: X”.
fn described(lines: &[Line]) -> Option<String> {
    let label = ["description:", "beschreibung:"]
        .iter()
        .find_map(|label| labelled(lines, label, &["expires", "gültig"]));
    label.or_else(|| {
        lines.iter().find_map(|line| {
            let (_, rest) = line.text.split_once("Description of ")?;
            let name = rest.split(" and ").next()?.trim();
            (2..80).contains(&name.len()).then(|| name.to_owned())
        })
    })
}

/// “24 months”, “180 days”, “2 years”: the days, where Microsoft allows so many.
fn days(line: &str) -> Option<u32> {
    let words =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    words.windows(2).find_map(|pair| {
        let [number, unit] = pair else { return None };
        let number = number.parse::<u32>().ok()?;
        let unit = match *unit {
            "day" | "days" | "tage" | "tagen" => 1,
            "month" | "months" | "monat" | "monate" | "monaten" => 30,
            "year" | "years" | "jahr" | "jahre" | "jahren" => 365,
            _ => return None,
        };
        let days = number.checked_mul(unit)?;
        // Microsoft's 24 months are more than twice twelve of thirty days.
        let days = if days == 720 { Credential::MAX_DAYS } else { days };
        (30..=Credential::MAX_DAYS).contains(&days).then_some(days)
    })
}

/// The values, in the document's own order where it lists them; each with the document's own word there.
fn values(words: &Words, lines: &[Line], lower: &[String], secret: bool) -> Vec<Handed> {
    let mut secrets = words.secret.clone();
    secrets.extend(
        [
            "secret value",
            "value of the secret",
            "value of the client secret",
            "secret id",
            "wert des geheimen",
        ]
        .map(str::to_owned),
    );
    let kinds: [(&'static str, Vec<String>); 5] = [
        ("client-secret", secrets),
        ("client-id", words.client_id.clone()),
        ("tenant-id", words.tenant_id.clone()),
        (
            "tenant-domain",
            [".onmicrosoft.com", "primary domain", "tenant name", "primäre domäne"]
                .map(str::to_owned)
                .to_vec(),
        ),
        ("thumbprint", ["thumbprint", "fingerabdruck"].map(str::to_owned).to_vec()),
    ];
    let wanted = kinds.iter().filter(|(id, _)| secret || *id != "client-secret");
    let mut items: Vec<Handed> = Vec::new();
    let mut named: Vec<Handed> = Vec::new();
    for (id, texts) in wanted {
        for (low, line) in lower.iter().zip(lines).filter(|(low, _)| any(low, texts)) {
            // A picture of the portal that was read as text is no list of what is handed over.
            if low.contains("display name or application") || low.contains("start typing") {
                continue;
            }
            // An account is no domain.
            if *id == "tenant-domain" && low.contains('@') {
                continue;
            }
            match cell(&line.text, texts).or_else(|| item(&line.text)) {
                Some(called) => items.push(Handed { id, line: line.number, called: Some(called) }),
                None => named.push(Handed { id, line: line.number, called: None }),
            }
        }
    }
    let mut listed = fullest(items);
    for handed in named {
        // A certificate's mark is handed over only where a document lists it.
        if handed.id != "thumbprint" && !listed.iter().any(|have| have.id == handed.id) {
            listed.push(handed);
        }
    }
    listed
}

/// Lines in which one list of values stands.
const LIST: usize = 10;

/// Of all the items that name values the list that names most of them, in its own order; then what other items name.
fn fullest(mut items: Vec<Handed>) -> Vec<Handed> {
    items.sort_by_key(|handed| handed.line);
    let from = |start: usize| {
        let mut list: Vec<Handed> = Vec::new();
        for handed in items.iter().filter(|handed| handed.line >= start && handed.line < start + LIST) {
            if !list.iter().any(|have| have.id == handed.id) {
                list.push(handed.clone());
            }
        }
        list
    };
    let lists = items.iter().map(|handed| from(handed.line));
    let mut best = lists.fold(Vec::new(), |best, list| if list.len() > best.len() { list } else { best });
    for handed in items {
        if !best.iter().any(|have| have.id == handed.id) {
            best.push(handed);
        }
    }
    best
}

/// The vendor's word in a table's row whose other cell holds what the portal calls the value.
fn cell(text: &str, texts: &[String]) -> Option<String> {
    let cells = text.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    let (called, rest) = cells.split_first()?;
    let told = rest.iter().any(|cell| any(&cell.to_lowercase(), texts));
    (told && (2..40).contains(&called.chars().count())).then(|| (*called).to_owned())
}

/// A short item of a list, without its mark and its example: `- a) Secret Value`.
fn item(text: &str) -> Option<String> {
    let marked = text.starts_with(['-', '•', '–', '·', '*'])
        || text.split_once([')', '.']).is_some_and(|(mark, _)| mark.len() < 4);
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = match bare.split_once([')', '.']) {
        Some((mark, rest)) if mark.len() < 3 => rest.trim(),
        _ => bare,
    };
    let name = bare.split([':', '=']).next().unwrap_or_default();
    let name = name.split(" \u{2013} ").next().unwrap_or_default();
    let name = match name.find("(Ex").or_else(|| name.find("(e.g")) {
        Some(at) => name.get(..at).unwrap_or_default(),
        None => name,
    };
    let name = name.trim();
    (marked && (3..40).contains(&name.chars().count()) && name.split_whitespace().count() < 5)
        .then(|| name.to_owned())
}

/// Addresses on lines that speak of redirection, or on this machine.
fn redirect_uris(words: &Words, lines: &[Line], lower: &[String]) -> Vec<String> {
    let mut uris: Vec<String> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let low = lower.get(n).map_or("", String::as_str);
        // The address may stand on the line after the one that speaks of it.
        let before = n.checked_sub(1).and_then(|n| lower.get(n)).map_or("", String::as_str);
        let speaks = any(low, &words.redirect) || (any(before, &words.redirect) && before.ends_with(':'));
        for word in line.text.split_whitespace() {
            let word = word.trim_matches(['(', ')', ',', ';', '"', '“', '”', '.', '[', ']']);
            let address = word.starts_with("http://") || word.starts_with("https://");
            let portal = word.contains("portal.azure.com") || word.contains("microsoft.com");
            if address
                && !portal
                && (speaks || word.contains("localhost"))
                && !uris.iter().any(|have| have == word)
            {
                uris.push(word.to_owned());
            }
        }
    }
    uris
}

/// The account a document makes up: `service.name@yourcompany.com`.
fn sign_in(lines: &[Line]) -> Option<String> {
    lines.iter().find_map(|line| {
        line.text.split_whitespace().find_map(|word| {
            let (user, host) = word.split_once('@')?;
            let user = user.trim_matches(|c: char| !c.is_alphanumeric());
            let made_up =
                ["yourcompany", "yourdomain", "contoso", "onmicrosoft", "domain.com", "example", "company"];
            (!user.is_empty() && made_up.iter().any(|name| host.to_lowercase().contains(name)))
                .then(|| user.to_owned())
        })
    })
}

/// A Conditional Access policy that is to be made: where, and what the document calls it and its group.
fn policy(lines: &[Line], lower: &[String]) -> Option<(usize, String, String)> {
    let at = lower.iter().position(|line| line.contains("new policy") || line.contains("neue richtlinie"))?;
    let named = |mark: &str| {
        lines.iter().skip(at).find_map(|line| {
            let lower = line.text.to_lowercase();
            let from = lower.find(mark)? + mark.len();
            let name = line.text.get(from..)?.trim().split([',', '.', ';']).next()?.trim();
            let name = name.trim_matches(['"', '“', '”', '*', ' ']);
            (2..40).contains(&name.chars().count()).then(|| name.to_owned())
        })
    };
    let name = ["name, for example", "name, such as", "name, e.g."].iter().find_map(|mark| named(mark));
    let group = ["with the name", "group named", "group called"].iter().find_map(|mark| named(mark));
    let line = lines.get(at).map_or(0, |line| line.number);
    Some((
        line,
        name.unwrap_or_else(|| "MFA for the product".to_owned()),
        group.unwrap_or_else(|| "TODO: a test group".to_owned()),
    ))
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
        if ["search", "suchen", "look for", "named", "called", "application name"]
            .iter()
            .any(|word| lower.contains(word))
        {
            line.text.split(['“', '”', '"', '„']).skip(1).step_by(2).for_each(&mut add);
        }
        if let (Some((before, _)), Some((_, after))) =
            (line.text.split_once(" to open the app"), line.text.split_once("lick "))
        {
            add(after.get(..after.len().saturating_sub(line.text.len() - before.len())).unwrap_or_default());
        }
    }
    names
}
