//! The whole guide as a page of text.

use std::fmt::Write as _;

use super::text::{cell, in_words};
use crate::plan::{PermissionKind, Plan, Sheet};

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let mut text = format!("# {}\n\n{}\n\n", plan.title, plan.sheet.purpose);
    sheet(&mut text, plan);
    steps(&mut text, plan);
    after(&mut text, plan);
    Some(text)
}

fn sheet(text: &mut String, plan: &Plan) {
    let sheet = &plan.sheet;
    list(text, "What will be changed", &sheet.changes);
    if !sheet.permissions.is_empty() {
        text.push_str("## Permissions\n\n| Permission | Resource | Type | Why | Danger | ID |\n|---|---|---|---|---|---|\n");
        for permission in &sheet.permissions {
            let kind = kind_word(permission.kind);
            let _ = writeln!(
                text,
                "| {} | {} | {kind} | {} | {} | `{}` |",
                cell(&permission.name),
                cell(&permission.resource_name),
                cell(&permission.why),
                cell(&permission.danger_words()),
                permission.id
            );
        }
        text.push('\n');
    }
    list(text, "What leaves the tenant", &sheet.leaves);
    let roles =
        sheet.roles.iter().map(|role| format!("**{}**: {}", role.role, role.needed_for)).collect::<Vec<_>>();
    list(text, "Least roles", &roles);
    prerequisites(text, sheet);
}

fn prerequisites(text: &mut String, sheet: &Sheet) {
    if sheet.prerequisites.is_empty() {
        return;
    }
    text.push_str("## Before you begin\n\n");
    for need in &sheet.prerequisites {
        let _ = writeln!(text, "- {} {} Otherwise: {}", need.text, need.known(), need.consequence);
    }
    text.push('\n');
}

fn steps(text: &mut String, plan: &Plan) {
    let mut group = "";
    for (n, step) in plan.steps.iter().enumerate() {
        if step.group != group {
            group = &step.group;
            let _ = writeln!(text, "## {group}\n");
        }
        let _ = writeln!(
            text,
            "{}. **{}** {}",
            n + 1,
            step.title,
            in_words(&step.text).replace("\n\n", "\n\n   ")
        );
        if let Some(copy) = &step.copy {
            let _ = writeln!(text, "\n   ```\n   {}\n   ```", copy.trim().replace('\n', "\n   "));
        }
        if let Some(caution) = &step.caution {
            let _ = writeln!(text, "\n   > Caution: {caution}");
        }
        text.push('\n');
    }
}

fn after(text: &mut String, plan: &Plan) {
    list(text, "How it is taken back", &plan.sheet.undo);
    list(text, "What is not checked", &plan.requirements.not_checked);
    if !plan.sheet.corrections.is_empty() {
        text.push_str(
            "## Where the vendor's document is out of date\n\n| It says | Today | Source |\n|---|---|---|\n",
        );
        for part in &plan.sheet.corrections {
            let _ =
                writeln!(text, "| {} | {} | {} |", cell(&part.said), cell(&part.today), cell(&part.source));
        }
        text.push('\n');
    }
    let unseen = plan.pages.iter().all(|page| page.confirmed_live.is_none());
    if unseen && !plan.pages.is_empty() {
        text.push_str("None of these pages has been confirmed on the live portal yet: names may differ.\n");
    }
}

fn list(text: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "## {heading}\n");
    for item in items {
        let _ = writeln!(text, "- {item}");
    }
    text.push('\n');
}

pub(crate) const fn kind_word(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::Application => "Application",
        PermissionKind::Delegated => "Delegated",
    }
}
