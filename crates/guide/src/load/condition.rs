//! Conditions as written in recipes, made into conditions of a plan.

use super::fill::Scope;
use super::model::Cond;
use super::pages::{Complaint, Pages, Reference, reads_text, state_texts};
use crate::plan::{Condition, Read};

/// Fills and checks one condition; every page and control it names is taken into the plan.
pub(crate) fn compile(cond: &Cond, scope: &Scope, pages: &mut Pages<'_>) -> Result<Condition, Complaint> {
    Ok(match cond {
        Cond::Page(page) => {
            pages.need_page(page)?;
            Condition::Page(page.clone())
        }
        Cond::Visible(id) => Condition::Visible(control(id, scope, pages)?),
        Cond::Gone(id) => Condition::Gone(control(id, scope, pages)?),
        Cond::Used(id) => Condition::Used(control(id, scope, pages)?),
        Cond::Checked(id) => Condition::Checked(checkable(id, scope, pages)?),
        Cond::Unchecked(id) => Condition::Unchecked(checkable(id, scope, pages)?),
        Cond::Is { control: id, text, how } => {
            let id = readable(id, scope, pages)?;
            Condition::Is { control: id, text: filled(text, scope)?, how: *how }
        }
        Cond::Shows { control: id, state } => shows(id, &filled(state, scope)?, scope, pages)?,
        Cond::Collected(value) => Condition::Collected(value.clone()),
        Cond::Confirmed => Condition::Confirmed,
        Cond::Verified => Condition::Verified,
        Cond::HandedOver => Condition::HandedOver,
        Cond::All(conds) => Condition::All(each(conds, scope, pages)?),
        Cond::Any(conds) => Condition::Any(each(conds, scope, pages)?),
        Cond::Not(inner) => Condition::Not(Box::new(compile(inner, scope, pages)?)),
        Cond::Every { of, that } => one_or(items(of, that, scope, pages)?, Condition::All),
        Cond::Some { of, that } => one_or(items(of, that, scope, pages)?, Condition::Any),
    })
}

fn each(conds: &[Cond], scope: &Scope, pages: &mut Pages<'_>) -> Result<Vec<Condition>, Complaint> {
    conds.iter().map(|cond| compile(cond, scope, pages)).collect()
}

fn items(of: &str, that: &Cond, scope: &Scope, pages: &mut Pages<'_>) -> Result<Vec<Condition>, Complaint> {
    scope.list(of).into_iter().map(|item| compile(that, &scope.with("it", item), pages)).collect()
}

/// A single condition needs no wrapping.
fn one_or(mut conditions: Vec<Condition>, wrap: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            wrap(conditions)
        }
        None => wrap(conditions),
    }
}

fn shows(id: &str, state: &str, scope: &Scope, pages: &mut Pages<'_>) -> Result<Condition, Complaint> {
    let id = readable(id, scope, pages)?;
    let (reference, part): (Reference<'_>, _) = pages.look_up(&id)?;
    let texts = state_texts(&id, part, reference, state)?;
    let conditions =
        texts.into_iter().map(|(text, how)| Condition::Is { control: id.clone(), text, how }).collect();
    Ok(one_or(conditions, Condition::Any))
}

pub(crate) fn filled(text: &str, scope: &Scope) -> Result<String, Complaint> {
    scope.fill(text).map_err(|path| {
        (
            "unfilled",
            format!("`${{{path}}}` is nothing the guide says"),
            format!("Add `{path}` to the guide, or guard the step with `when = \"{path}\"`."),
        )
    })
}

/// A control that is only looked for.
pub(crate) fn control(id: &str, scope: &Scope, pages: &mut Pages<'_>) -> Result<String, Complaint> {
    let id = filled(id, scope)?;
    pages.need_control(&id)?;
    Ok(id)
}

fn readable(id: &str, scope: &Scope, pages: &mut Pages<'_>) -> Result<String, Complaint> {
    let id = filled(id, scope)?;
    let part = pages.need_control(&id)?;
    if reads_text(part.read) { Ok(id) } else { Err(not_read(&id, "`text` or `value`")) }
}

fn checkable(id: &str, scope: &Scope, pages: &mut Pages<'_>) -> Result<String, Complaint> {
    let id = filled(id, scope)?;
    let part = pages.need_control(&id)?;
    if part.read == Read::Checked { Ok(id) } else { Err(not_read(&id, "`checked`")) }
}

fn not_read(id: &str, how: &str) -> Complaint {
    (
        "not-read",
        format!("a condition compares `{id}`, but the portal file does not say what is read from it"),
        format!("Set `read` of that control to {how}."),
    )
}
