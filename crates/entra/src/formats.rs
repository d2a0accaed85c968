//! The checks that need no network: each value by itself, then all together.

use handrail_credential::{Finding, Kind, Secret, Severity, check, cross_check};
use handrail_guide::plan::{Requirements, ValueKind};
use jiff::Timestamp;

use crate::log::{Log, Say};
use crate::report::Verdict;

/// The credential kind of a plan's value kind.
#[must_use]
pub const fn kind(kind: ValueKind) -> Kind {
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

/// A value that passed its format check, or only raised a doubt.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) text: Secret,
    /// The warning it raised, if any.
    pub(crate) warning: Option<&'static str>,
}

/// Checks all values; `None` when one of them cannot be used at all.
pub(crate) fn check_all(
    requirements: &Requirements,
    value: impl Fn(&str) -> Option<Secret>,
    log: &mut Log,
    now: Timestamp,
) -> Option<Vec<Given>> {
    let mut given = Vec::new();
    let mut usable = true;
    for (id, value_kind) in &requirements.values {
        let kind = kind(*value_kind);
        let Some(pasted) = value(id).filter(|v| !v.is_empty()) else {
            usable = false;
            let with = [("label", kind.name())];
            log.say(
                Say {
                    id: format!("format.{id}"),
                    code: "value-missing",
                    topic: Some(id),
                    with: &with,
                    ..Say::default()
                },
                now,
            );
            continue;
        };
        // EXPOSE: to the format checks, which keep nothing but the cleaned value.
        let checked = check(kind, pasted.expose());
        let worst = checked.findings.first().filter(|f| f.severity > Severity::Note);
        usable &= worst.is_none_or(|f| f.severity < Severity::Stop);
        say_one(id, kind, worst, &checked.findings, log, now);
        let warning = worst.filter(|f| f.severity >= Severity::Warning).map(|f| f.code);
        given.push(Given { id: id.clone(), kind, text: checked.value, warning });
    }
    usable &= together(&mut given, log, now);
    usable.then_some(given)
}

fn say_one(id: &str, kind: Kind, worst: Option<&Finding>, all: &[Finding], log: &mut Log, now: Timestamp) {
    let check_id = format!("format.{id}");
    let with = [("label", kind.name())];
    let Some(found) = worst else {
        log.say(
            Say {
                id: check_id,
                code: "format-right",
                topic: Some(id),
                with: &with,
                notes: all,
                ..Say::default()
            },
            now,
        );
        return;
    };
    let verdict = match found.severity {
        Severity::Note | Severity::Doubt => Verdict::Passed,
        Severity::Warning => Verdict::CouldNotTell,
        Severity::Stop => Verdict::Failed,
    };
    log.say(
        Say {
            id: check_id,
            code: "format-doubtful",
            finding: Some(found),
            verdict: Some(verdict),
            topic: Some(id),
            with: &with,
            ..Say::default()
        },
        now,
    );
}

/// What only shows together. The same GUID as tenant and client cannot be right; a secret that is one of the IDs
/// is the strongest doubt there is, yet a secret is never refused on its looks.
fn together(given: &mut [Given], log: &mut Log, now: Timestamp) -> bool {
    // EXPOSE: compared with one another; the findings hold no value.
    let pairs: Vec<(Kind, &str)> = given.iter().map(|g| (g.kind, g.text.expose())).collect();
    let found = cross_check(&pairs, &[]);
    let mut usable = true;
    for crossed in found {
        let Some(about) = given.iter_mut().find(|g| g.kind == crossed.kind) else { continue };
        if crossed.kind == Kind::ClientSecret {
            about.warning = Some(crossed.finding.code);
        } else {
            usable = false;
            let id = about.id.clone();
            log.say(
                Say { id: format!("format.{id}"), code: "ids-same", topic: Some(&id), ..Say::default() },
                now,
            );
        }
    }
    usable
}
