//! The approval sheet: everything that is asked for, said before the first step.

use super::compile::Job;
use super::permissions::KnownPermission;
use super::steps::words;
use super::words::{ASK, NOT_DONE, RETURNS, SINCE};
use crate::plan::{Correction, Permission, Prerequisite, RoleNeed, Sheet, Value};

/// Gathers the sheet from the guide and the recipes it uses.
pub(crate) fn compile(job: &mut Job<'_>, permissions: &[KnownPermission<'_>], values: &[Value]) -> Sheet {
    let guide = job.guide;
    let mut sheet = Sheet {
        purpose: guide.file.purpose.clone(),
        permissions: permissions.iter().map(permission).collect(),
        leaves: values.iter().filter(|v| v.handed_over).map(|v| v.label.clone()).collect(),
        corrections: corrections(job),
        ..Sheet::default()
    };
    for chosen in job.recipes.clone() {
        let source = &chosen.loaded.source;
        let recipe = &chosen.loaded.file;
        // What comes only when it is chosen defaults to no, and is told where it is decided.
        let by_default = recipe.if_chosen.is_none();
        for (n, text) in recipe.changes.iter().enumerate().filter(|_| by_default) {
            sheet.changes.push(words(job, source, &["changes", &n.to_string()], text));
        }
        for (n, text) in recipe.undo.iter().enumerate().filter(|_| by_default) {
            sheet.undo.push(words(job, source, &["undo", &n.to_string()], text));
        }
        for (n, part) in recipe.roles.iter().enumerate() {
            if job.scope.holds(part.when.as_deref()) {
                let role = words(job, source, &["role", &n.to_string(), "role"], &part.role);
                let needed_for =
                    words(job, source, &["role", &n.to_string(), "needed-for"], &part.needed_for);
                add_role(&mut sheet.roles, role, needed_for);
            }
        }
        for (n, part) in recipe.prerequisites.iter().enumerate() {
            if job.scope.holds(part.when.as_deref()) {
                let n = n.to_string();
                sheet.prerequisites.push(Prerequisite {
                    id: part.id.clone(),
                    text: words(job, source, &["prerequisite", &n, "text"], &part.text),
                    known_by: part.known_by.word().to_owned(),
                    how: part.how.as_deref().map(|how| words(job, source, &["prerequisite", &n, "how"], how)),
                    consequence: words(job, source, &["prerequisite", &n, "consequence"], &part.consequence),
                });
            }
        }
    }
    sheet.changes.extend(returns(job));
    for (n, question) in guide.file.questions.iter().enumerate() {
        sheet.prerequisites.push(Prerequisite {
            id: format!("question-{}", n + 1),
            text: question.ask.clone(),
            known_by: "nobody".to_owned(),
            how: Some(ASK.with(&[&guide.file.vendor.name, &question.why])),
            consequence: question.default.clone(),
        });
    }
    // The sheet is read before anything is begun, in any language.
    for text in sheet.changes.iter_mut().chain(&mut sheet.undo) {
        *text = text.replace("{begun}", "YYYY-MM-DD hh:mm:ss").replace("{subject}", "…");
    }
    sheet
}

/// What the verifier cannot see, as guide and recipes say it.
pub(crate) fn not_checked(job: &mut Job<'_>) -> Vec<String> {
    let mut all = job.guide.file.not_checked.clone();
    for chosen in job.recipes.clone() {
        let source = &chosen.loaded.source;
        for (n, text) in chosen.loaded.file.not_checked.iter().enumerate() {
            all.push(words(job, source, &["not-checked", &n.to_string()], text));
        }
    }
    all
}

/// Where sign-ins through the app may come back to: whoever holds one of these addresses gets the codes.
fn returns(job: &Job<'_>) -> Option<String> {
    let app = job.guide.file.app.as_ref().filter(|app| !app.redirect_uris.is_empty())?;
    let uris = app.redirect_uris.iter().map(|uri| format!("`{uri}`")).collect::<Vec<_>>();
    Some(RETURNS.with(&[&app.name, &uris.join(", ")]))
}

fn permission(known: &KnownPermission<'_>) -> Permission {
    Permission {
        resource: known.part.resource.clone(),
        resource_name: known.resource.name.clone(),
        resource_app_id: known.resource.app_id.clone(),
        name: known.part.name.clone(),
        id: known.id.to_owned(),
        kind: known.part.kind,
        why: known.part.why.clone(),
        danger: known.row.danger.word().to_owned(),
    }
}

fn corrections(job: &Job<'_>) -> Vec<Correction> {
    let file = &job.guide.file;
    let superseded = file.superseded.iter().map(|part| Correction {
        statements: part.statements.clone(),
        said: part.said.clone(),
        today: match &part.since {
            Some(since) => SINCE.with(&[&part.today, since]),
            None => part.today.clone(),
        },
        source: part.source.clone(),
    });
    let unsafes = file.unsafes.iter().map(|part| Correction {
        statements: part.statements.clone(),
        said: part.said.clone(),
        today: NOT_DONE.with(&[&format!("{} {}", part.danger, part.instead)]),
        source: part.source.clone(),
    });
    superseded.chain(unsafes).collect()
}

/// One line per role, with everything it is needed for.
fn add_role(roles: &mut Vec<RoleNeed>, role: String, needed_for: String) {
    match roles.iter_mut().find(|need| need.role == role) {
        Some(need) if need.needed_for.contains(&needed_for) => {}
        Some(need) => need.needed_for = format!("{}; {needed_for}", need.needed_for),
        None => roles.push(RoleNeed { role, needed_for }),
    }
}
