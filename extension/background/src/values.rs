//! The collected values: what was found about each, which of them stand, and placeholders filled with them.

use vecmap::{VecMap, VecSet};

use handrail_credential::{Finding, Kind, Secret, Severity, Shape, check, classify, cross_check};
use handrail_guide::pasted;
use handrail_guide::plan::{Plan, Value, ValueKind};
use handrail_messages::panel::FindingView;
use handrail_words::{checks, say};

use crate::conditions::normal;
use crate::run::{Run, Source};
use crate::time;
use crate::words;

/// The secrets of a run, by value id. In memory and in the browser's memory-only storage, nowhere else.
pub(crate) type Secrets = VecMap<String, Secret>;

/// What was found about one value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assessment {
    pub(crate) findings: Vec<FindingView>,
    pub(crate) suggestions: Vec<(Secret, String)>,
    /// Something stands in the way.
    pub(crate) objection: bool,
    /// The admin may keep it all the same.
    pub(crate) may_keep: bool,
}

/// The kind of the format check.
pub(crate) fn kind(kind: ValueKind) -> Kind {
    match kind {
        ValueKind::TenantId => Kind::TenantId,
        ValueKind::ClientId => Kind::ClientId,
        ValueKind::ObjectId => Kind::ObjectId,
        ValueKind::ServicePrincipalId => Kind::ServicePrincipalId,
        ValueKind::ClientSecret => Kind::ClientSecret,
        ValueKind::SecretId => Kind::SecretId,
        ValueKind::TenantDomain => Kind::TenantDomain,
        ValueKind::Thumbprint => Kind::Thumbprint,
        ValueKind::UserName => Kind::UserName,
        ValueKind::ExpiryDate => Kind::ExpiryDate,
        ValueKind::Url => Kind::Url,
        ValueKind::Text => Kind::Text,
    }
}

/// The text of a value, wherever it is kept.
pub(crate) fn text_of<'a>(run: &'a Run, secrets: &'a Secrets, value: &Value) -> Option<&'a str> {
    if value.kind.is_secret() {
        // EXPOSE: the caller checks it or sends it where the admin asked for; views and frames never call this.
        return secrets.get(&value.id).map(Secret::expose);
    }
    run.values.get(&value.id).map(|k| k.text.as_str()).filter(|t| !t.is_empty())
}

/// A pasted or read text as it is kept: cleaned of what never belongs to it.
pub(crate) fn cleaned(value: &Value, text: &str) -> Secret {
    if value.parser.is_some() {
        return Secret::new(text.trim());
    }
    check(kind(value.kind), text).value
}

/// Whether a text meant for something else looks like a secret. Then it is kept nowhere.
pub(crate) fn looks_secret(kind_of: ValueKind, text: &str) -> bool {
    match classify(text.trim()) {
        Shape::Secret
        | Shape::SecretDamaged
        | Shape::SecretCut
        | Shape::SecretOtherDigit
        | Shape::SecretInBase64
        | Shape::Token
        | Shape::Pem
        | Shape::StorageKey
        | Shape::DevOpsToken
        | Shape::OtherService => true,
        Shape::SecretOlder => kind(kind_of).is_id() || kind_of == ValueKind::TenantDomain,
        _ => false,
    }
}

/// Whether a text of no kind in particular looks like a secret.
pub(crate) fn looks_secret_text(text: &str) -> bool {
    looks_secret(ValueKind::Text, text)
}

/// Why such a text was not kept: the check's own words.
pub(crate) fn refused(value: &Value, text: &str) -> FindingView {
    let known = ["id-is-secret", "domain-is-secret", "text-is-secret"];
    let found = check(kind(value.kind), text).findings.into_iter().find(|f| known.contains(&f.code));
    found.map_or_else(
        || FindingView {
            code: "text-is-secret".into(),
            severity: "stop".into(),
            what: words::looks_like_a_secret(&value.label),
            next: say!("copy-the-right-one"),
        },
        |f| {
            let (what, next) = checks::finding(f.code, &f.n);
            FindingView { code: f.code.into(), severity: "stop".into(), what, next }
        },
    )
}

/// What was found about each value that is there.
pub(crate) fn assess(plan: &Plan, run: &Run, secrets: &Secrets) -> VecMap<String, Assessment> {
    let there: Vec<(&Value, &str)> =
        plan.values.iter().filter_map(|v| Some((v, text_of(run, secrets, v)?))).collect();
    let pairs: Vec<(Kind, &str)> = there.iter().map(|(v, t)| (kind(v.kind), *t)).collect();
    let shown: Vec<(Kind, &str)> = plan
        .values
        .iter()
        .filter_map(|v| Some((kind(v.kind), run.read.get(v.control.as_ref()?)?.as_str())))
        .collect();
    let crossed = cross_check(&pairs, &shown);
    there
        .iter()
        .map(|(value, text)| {
            let mut a = alone(value, text);
            for c in crossed.iter().filter(|c| c.kind == kind(value.kind)) {
                a.found(&c.finding);
            }
            beside_the_page(plan, run, value, text, &mut a);
            a.may_keep = a.objection && !a.findings.iter().any(|f| f.severity == "stop");
            (value.id.clone(), a)
        })
        .collect()
}

fn alone(value: &Value, text: &str) -> Assessment {
    let mut a = Assessment::default();
    if let Some(parser) = &value.parser {
        match pasted::read(parser, text) {
            pasted::Answer::Yes => {}
            pasted::Answer::No if parser == "host" => {
                a.add("no-server-name", "stop", &say!("no-server-name"), &value.hint)
            }
            pasted::Answer::No => a.add("command-says-no", "stop", &say!("command-says-no"), &value.hint),
            pasted::Answer::Unclear => {
                a.add("command-unclear", "stop", &say!("command-unclear"), &value.hint)
            }
        }
        return a;
    }
    let checked = check(kind(value.kind), text);
    for f in &checked.findings {
        a.found(f);
    }
    let words = |offer: &Secret| match value.kind.is_secret() {
        true => {
            let slip = checked.slip(offer);
            say!("slip-with", slip = &checks::slip(slip.code, &slip.character, slip.place))
        }
        // EXPOSE: a correction of what is no secret.
        false => offer.expose().to_owned(),
    };
    a.suggestions = checked.suggestions.iter().map(|offer| (offer.clone(), words(offer))).collect();
    a
}

impl Assessment {
    fn found(&mut self, found: &Finding) {
        let (what, next) = checks::finding(found.code, &found.n);
        self.add(found.code, severity(found.severity), &what, &next);
    }

    fn add(&mut self, code: &str, severity: &str, what: &str, next: &str) {
        self.objection |= severity == "warning" || severity == "stop";
        self.findings.push(FindingView {
            code: code.into(),
            severity: severity.into(),
            what: what.into(),
            next: next.into(),
        });
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Doubt => "doubt",
        Severity::Warning => "warning",
        Severity::Stop => "stop",
    }
}

/// Compares a value with what the page shows: its own control, and those easily taken for it.
fn beside_the_page(plan: &Plan, run: &Run, value: &Value, text: &str, a: &mut Assessment) {
    for id in &value.look_alikes {
        let same =
            run.read.get(id).is_some_and(|t| !t.is_empty() && normal(t).eq_ignore_ascii_case(&normal(text)));
        if let Some(control) = plan.control(id).filter(|_| same) {
            let what = words::look_alike(&control.called, &value.label);
            a.add("look-alike", "warning", &what, &say!("copy-the-right-one"));
        }
    }
    let Some(own) = value.control.as_ref().and_then(|c| run.read.get(c)) else {
        return;
    };
    let other = !own.is_empty() && !normal(own).eq_ignore_ascii_case(&normal(text));
    let pasted = run.values.get(&value.id).is_some_and(|k| k.source == Source::Pasted);
    if other && pasted && !a.objection && !value.kind.is_secret() && value.kind != ValueKind::TenantDomain {
        a.add(
            "not-what-the-page-shows",
            "warning",
            &words::page_shows(&value.label, own),
            &say!("copy-the-right-one"),
        );
    }
}

/// Ids of the values that stand: there, and nothing is in the way that was not overruled.
pub(crate) fn standing(run: &Run, found: &VecMap<String, Assessment>) -> VecSet<String> {
    found
        .iter()
        .filter(|(id, a)| {
            let overruled = run.values.get(*id).is_some_and(|k| k.overruled) && a.may_keep;
            !a.objection || overruled
        })
        .map(|(id, _)| id.clone())
        .collect()
}

/// Those of them that need not be collected again.
pub(crate) fn collected(run: &Run) -> VecSet<String> {
    let stale = |id: &String| run.values.get(id).is_some_and(|k| k.stale);
    run.stands.iter().filter(|id| !stale(id)).cloned().collect()
}

/// An ID is no shorter than this, however it is written.
const ID: usize = 30;

/// Whether a text read from the page is a value at all: not empty, not a mask, not a placeholder.
pub(crate) fn readable(kind_of: ValueKind, text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains('•') || text.contains("****") || text.contains('…') {
        return false;
    }
    !(kind(kind_of).is_id() && text.len() < ID)
}

/// Whether a control that shows this may be the one that shows such a value. Other words stand beside other things of
/// the same name.
pub(crate) fn may_show(kind_of: ValueKind, text: &str) -> bool {
    let text = text.trim();
    match kind(kind_of) {
        kind if kind.is_id() => text.len() >= ID && !text.contains(' '),
        Kind::TenantDomain => text.contains('.') && !text.contains(' '),
        _ => true,
    }
}

/// Fills `{value}` placeholders. Answers nothing while one of them is missing. Never fills in a secret.
pub(crate) fn fill(plan: &Plan, run: &Run, text: &str) -> Option<String> {
    replace(text, |name| known(plan, run, name))
}

/// Fills placeholders, secrets too: for a file the admin saves on this machine.
pub(crate) fn fill_all(plan: &Plan, run: &Run, secrets: &Secrets, text: &str) -> Option<String> {
    replace(text, |name| {
        let value = plan.value(name).filter(|v| v.kind.is_secret());
        match value {
            Some(value) => text_of(run, secrets, value).map(str::to_owned),
            None => known(plan, run, name),
        }
    })
}

/// Fills placeholders for people: a value that is missing is called by its label.
pub(crate) fn fill_words(plan: &Plan, run: &Run, text: &str) -> String {
    replace(text, |name| {
        let directory = run.directory.clone().filter(|_| name == "tenant");
        Some(directory.or_else(|| known(plan, run, name)).unwrap_or_else(|| {
            plan.value(name).map_or_else(|| say!("this-directory"), |v| format!("‹{}›", v.label))
        }))
    })
    .unwrap_or_else(|| text.to_owned())
}

/// A value as it may stand in an address, a text or on the clipboard: one that stands, and no secret.
fn known(plan: &Plan, run: &Run, name: &str) -> Option<String> {
    let plain = |id: &str| {
        let text = run.values.get(id).map(|k| k.text.clone()).filter(|t| !t.is_empty());
        text.filter(|_| run.stands.contains(id))
    };
    if name == "tenant" {
        let domain = || run.directory.as_deref().and_then(domain_in).or_else(|| run.url_tenant.clone());
        return plain("tenant-id").or_else(domain);
    }
    if name == "begun" {
        // As one would write it: 2026-11-22 06:33:05.
        return time::iso(run.begun).get(..19).map(|text| text.replace('T', " "));
    }
    if plan.value(name).is_some_and(|v| v.kind.is_secret()) {
        return None;
    }
    plain(name).or_else(|| run.own.get(name).cloned())
}

/// The domain in the words the portal's header uses for a directory: in the last parentheses.
pub(crate) fn domain_in(directory: &str) -> Option<String> {
    let (_, rest) = directory.rsplit_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let plain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let domain = inside.trim();
    let is_domain = domain.contains('.') && domain.chars().all(plain) && !domain.starts_with('.');
    is_domain.then(|| domain.to_lowercase())
}

/// Replaces `{name}`; a name is lower-case letters, digits and hyphens, anything else is left as it is.
fn replace(text: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let name = after.split_once('}').filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        });
        if let Some((name, next)) = name {
            out.push_str(&value(name)?);
            rest = next;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_and_nothing_else() {
        let known = |n: &str| (n == "client-id").then(|| "42".to_owned());
        assert_eq!(replace("a {client-id} b", known), Some("a 42 b".into()));
        assert_eq!(replace("a {missing} b", known), None);
        assert_eq!(replace("json {\"a\": {client-id}}", known), Some("json {\"a\": 42}".into()));
        assert_eq!(replace("open {", known), Some("open {".into()));
    }

    #[test]
    fn a_mask_or_an_empty_cell_is_no_value() {
        assert!(!readable(ValueKind::ClientSecret, "abc******************"));
        assert!(!readable(ValueKind::ClientSecret, "  "));
        assert!(!readable(ValueKind::TenantId, "-"));
        assert!(readable(ValueKind::TenantId, "00000000-1111-2222-3333-444444444444"));
    }

    #[test]
    fn what_shows_words_is_not_the_control_of_an_id_or_a_domain() {
        assert!(may_show(ValueKind::TenantDomain, "contoso.onmicrosoft.com"));
        assert!(!may_show(ValueKind::TenantDomain, ""), "an empty field, or not loaded yet");
        assert!(!may_show(ValueKind::TenantDomain, "Primary domain (Preview)"));
        assert!(may_show(ValueKind::ClientId, "00000000-1111-2222-3333-444444444444"));
        assert!(!may_show(
            ValueKind::ClientId,
            "Learn how to use “Application (client) ID” in the new experience."
        ));
    }

    #[test]
    fn the_domain_is_found_in_the_header() {
        assert_eq!(
            domain_in("CONTOSO (CONTOSO.ONMICROSOFT.COM)").as_deref(),
            Some("contoso.onmicrosoft.com")
        );
        assert_eq!(domain_in("Contoso Ltd"), None);
        assert_eq!(domain_in("St.Gallen AG (a.onmicrosoft.com)").as_deref(), Some("a.onmicrosoft.com"));
        assert_eq!(domain_in("St.Gallen AG"), None);
    }
}
