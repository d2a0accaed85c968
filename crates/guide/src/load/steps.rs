//! Recipe steps, with the guide's values in them, as steps of a plan.

use serde_json::Value as Json;

use super::compile::{Chosen, Job, must_not_wait};
use super::condition::{self, filled};
use super::fill::Scope;
use super::model::{Mode, RecipeStep, StepPart, WrongPart};
use super::pages::Complaint;
use super::source::Source;
use super::text::nearest;
use crate::plan::{Action, Choice, Condition, FileTemplate, Step, WrongTurn};

/// Milliseconds a control is looked for when the recipe says nothing: portal blades load late.
const PATIENCE: u32 = 4000;

/// All steps, in order.
pub(crate) fn compile(job: &mut Job<'_>, mode: Mode) -> Vec<Step> {
    let mut made = Vec::new();
    for (chosen, item, suffix) in job.repeats() {
        let scope = job.scope.with("item", item);
        for (at, step) in chosen.loaded.file.steps.iter().enumerate() {
            repeat(job, chosen, at, step, &scope, &suffix, &mut made);
        }
    }
    let ids = made.iter().map(|(step, _): &(Step, Origin<'_>)| step.id.clone()).collect::<Vec<_>>();
    for (step, origin) in &mut made {
        resolve_backs(job, step, origin, &ids);
    }
    // A guide speaks about the steps of setting up; the other plans have only some of them.
    if mode == Mode::Run && !job.scope.holds(Some("link")) {
        check_overrides(job, &ids);
    }
    made.into_iter().map(|(step, _)| step).collect()
}

/// Where a step was written.
struct Origin<'a> {
    chosen: Chosen<'a>,
    at: usize,
    suffix: String,
}

fn repeat<'a>(
    job: &mut Job<'a>,
    chosen: Chosen<'a>,
    at: usize,
    step: &RecipeStep,
    scope: &Scope,
    suffix: &str,
    made: &mut Vec<(Step, Origin<'a>)>,
) {
    let rounds = match &step.each {
        Some(path) => scope.list(path),
        None => vec![Json::Null],
    };
    let many = rounds.len() > 1;
    for (n, round) in rounds.into_iter().enumerate() {
        let scope = scope.with("each", round);
        if !scope.holds(step.when.as_deref()) {
            continue;
        }
        let own = if many { format!(".{}", n + 1) } else { String::new() };
        let id = format!("{}.{}{suffix}{own}", chosen.id, step.id);
        let step = one(job, chosen, at, step, &scope, id);
        made.push((step, Origin { chosen, at, suffix: suffix.to_owned() }));
    }
}

/// Where a step is written, and what is filled into it.
struct Written<'a> {
    chosen: Chosen<'a>,
    n: String,
    scope: &'a Scope,
}

impl Written<'_> {
    fn words(&self, job: &mut Job<'_>, key: &str, words: &str) -> String {
        words_in(job, &self.chosen.loaded.source, &["step", &self.n, key], words, self.scope)
    }

    fn checked<T>(
        &self,
        job: &mut Job<'_>,
        key: &str,
        make: impl FnOnce(&mut Job<'_>) -> Result<T, Complaint>,
    ) -> Option<T> {
        checked(job, &self.chosen.loaded.source, &["step", &self.n, key], make)
    }
}

/// What a step says: the recipe's words, or the guide's own in their place.
struct Said {
    text: String,
    why: Option<String>,
    caution: Option<String>,
    statements: Vec<String>,
}

fn said(job: &mut Job<'_>, at: &Written<'_>, recipe: &RecipeStep, id: &str) -> Said {
    let mut said = Said {
        text: at.words(job, "text", &recipe.text),
        why: recipe.why.as_deref().map(|w| at.words(job, "why", w)),
        caution: recipe.caution.as_deref().map(|w| at.words(job, "caution", w)),
        statements: statements_of(at.scope),
    };
    for own in own_parts(job, at.chosen, recipe, id) {
        said.statements.extend(own.statements);
        said.text = own.text.unwrap_or(said.text);
        said.why = own.why.or(said.why);
        said.caution = own.caution.or(said.caution);
    }
    said
}

fn one(
    job: &mut Job<'_>,
    chosen: Chosen<'_>,
    n: usize,
    recipe: &RecipeStep,
    scope: &Scope,
    id: String,
) -> Step {
    let (source, at) = (&chosen.loaded.source, Written { chosen, n: n.to_string(), scope });
    let title = at.words(job, "title", &recipe.title);
    let said = said(job, &at, recipe, &id);
    let copy = recipe.copy.as_deref().map(|w| at.words(job, "copy", w));
    check_wait(job, &at, recipe);
    let page = recipe
        .page
        .as_ref()
        .and_then(|page| at.checked(job, "page", |job| job.pages.need_page(page).map(|_| page.clone())));
    let target = recipe.target.as_ref().and_then(|target| {
        at.checked(job, "target", |job| condition::control(target, scope, &mut job.pages))
    });
    let done = at.checked(job, "done", |job| condition::compile(&recipe.done, scope, &mut job.pages));
    let already = recipe
        .already
        .as_ref()
        .and_then(|cond| at.checked(job, "already", |job| condition::compile(cond, scope, &mut job.pages)));
    let turns = recipe.wrong.iter().enumerate();
    let if_chosen = chosen.loaded.file.if_chosen.as_deref();
    Step {
        group: words_in(job, source, &["title"], &chosen.loaded.file.title, scope),
        title,
        text: said.text,
        why: said.why,
        caution: said.caution,
        page,
        target,
        action: recipe.action,
        copy,
        file: recipe.file.as_ref().and_then(|path| file(scope, path)),
        collects: recipe.collects.clone(),
        done: done.unwrap_or(Condition::Confirmed),
        already,
        wrong: turns
            .filter_map(|(w, part)| wrong(job, source, [&at.n, &w.to_string()], part, scope, &id))
            .collect(),
        patience: recipe.patience.unwrap_or(PATIENCE),
        statements: said.statements,
        choice: recipe.choice.as_ref().map(|choice| Choice {
            id: at.words(job, "choice", &choice.id),
            label: at.words(job, "choice", &choice.label),
        }),
        if_chosen: if_chosen.map(|id| words_in(job, source, &["if-chosen"], id, scope)),
        undoes: recipe.undoes.as_deref().map(|id| at.words(job, "undoes", id)),
        id,
    }
}

/// A value that is shown once must not be waited with.
fn check_wait(job: &mut Job<'_>, at: &Written<'_>, recipe: &RecipeStep) {
    let file = &at.chosen.loaded;
    if recipe.action == Action::Wait && must_not_wait(file.file.phase) {
        job.complain(
            &file.source,
            &["step", &at.n, "action"],
            (
                "wait-after-once",
                "a step waits for another person or for replication after a value that is shown once"
                    .to_owned(),
                "Move the step into a recipe of an earlier phase.".to_owned(),
            ),
        );
    }
}

/// Statements of the list item a step is repeated for, e.g. of the permission it ticks.
fn statements_of(scope: &Scope) -> Vec<String> {
    let own = |path: &str| {
        scope.list(path).into_iter().filter_map(|s| s.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    [own("item.statements"), own("each.statements")].concat()
}

/// What the guide says about this step: by its id without and with numbers.
fn own_parts(job: &Job<'_>, chosen: Chosen<'_>, recipe: &RecipeStep, id: &str) -> Vec<StepPart> {
    let plain = format!("{}.{}", chosen.id, recipe.id);
    let parts = &job.guide.file.steps;
    let mut own = parts.get(&plain).cloned().into_iter().collect::<Vec<_>>();
    if plain != id {
        own.extend(parts.get(id).cloned());
    }
    own
}

fn checked<T>(
    job: &mut Job<'_>,
    source: &Source,
    path: &[&str],
    make: impl FnOnce(&mut Job<'_>) -> Result<T, Complaint>,
) -> Option<T> {
    match make(job) {
        Ok(made) => Some(made),
        Err(complaint) => {
            job.complain(source, path, complaint);
            None
        }
    }
}

fn file(scope: &Scope, path: &str) -> Option<FileTemplate> {
    let part = |key: &str| scope.at(&format!("{path}.{key}")).and_then(Json::as_str).map(str::to_owned);
    Some(FileTemplate { name: part("file")?, text: part("text")? })
}

fn wrong(
    job: &mut Job<'_>,
    source: &Source,
    [n, w]: [&str; 2],
    part: &WrongPart,
    scope: &Scope,
    step: &str,
) -> Option<WrongTurn> {
    let path = ["step", n, "wrong", w, "when"];
    let when = checked(job, source, &path, |job| condition::compile(&part.when, scope, &mut job.pages))?;
    let text = words_in(job, source, &["step", n, "wrong", w, "text"], &part.text, scope);
    let back = part.back.clone();
    let mut seen = part.seen.clone();
    for (topic, what) in &mut seen {
        *what = words_in(job, source, &["step", n, "wrong", w, "seen", topic], what, scope);
    }
    Some(WrongTurn { id: format!("{step}.{}", part.id), when, text, back, seen: seen.into_iter().collect() })
}

fn resolve_backs(job: &mut Job<'_>, step: &mut Step, origin: &Origin<'_>, ids: &[String]) {
    let at = origin.at.to_string();
    for turn in &mut step.wrong {
        let Some(back) = &turn.back else { continue };
        let named =
            |name: &str| resolve(ids.iter().map(String::as_str), origin.chosen.id, &origin.suffix, name);
        let mut written = origin.chosen.loaded.file.steps.iter().skip_while(|step| step.id != *back);
        let found = named(back);
        if found.is_none() && written.next().is_none() {
            job.complain(&origin.chosen.loaded.source, &["step", &at, "wrong"], no_step(back));
        }
        // One that this plan leaves out: what comes in its place.
        turn.back = found.or_else(|| written.find_map(|step| named(&step.id)));
    }
}

/// The step meant by a name: of this recipe and this round first, then any.
pub(crate) fn resolve<'a>(
    ids: impl Iterator<Item = &'a str> + Clone,
    recipe: &str,
    suffix: &str,
    name: &str,
) -> Option<String> {
    let local = format!("{recipe}.{name}");
    [
        format!("{local}{suffix}"),
        format!("{local}{suffix}.1"),
        local.clone(),
        format!("{local}.1"),
        name.to_owned(),
        format!("{name}.1"),
    ]
    .into_iter()
    .find(|wanted| ids.clone().any(|id| id == wanted))
}

pub(crate) fn no_step(name: &str) -> Complaint {
    (
        "unknown-step",
        format!("there is no step `{name}`"),
        "Name a step of this recipe, or `<recipe>.<step>`.".to_owned(),
    )
}

/// A guide that speaks about a step which does not exist is out of date.
fn check_overrides(job: &mut Job<'_>, ids: &[String]) {
    let guide = job.guide;
    for key in guide.file.steps.keys() {
        let numbered = format!("{key}.");
        if !ids.iter().any(|id| id == key || id.starts_with(&numbered)) {
            let near = nearest(key, ids.iter().map(String::as_str)).to_owned();
            job.complain(
                &guide.source,
                &["step", key],
                (
                    "unknown-step",
                    format!("no step of this guide is called `{key}`"),
                    format!("Did you mean `{near}`? `handrail guide show` prints all ids."),
                ),
            );
        }
    }
}

/// Words for people in the guide's own scope.
pub(crate) fn words(job: &mut Job<'_>, source: &Source, path: &[&str], text: &str) -> String {
    let scope = job.scope.clone();
    words_in(job, source, path, text, &scope)
}

/// Words for people: `${path}` filled, `@{page}` and `@{page.control}` called by their names.
pub(crate) fn words_in(
    job: &mut Job<'_>,
    source: &Source,
    path: &[&str],
    text: &str,
    scope: &Scope,
) -> String {
    match filled(text, scope).and_then(|text| named(job, &text)) {
        Ok(text) => text,
        Err(complaint) => {
            job.complain(source, path, complaint);
            String::new()
        }
    }
}

/// What stands up to the closing brace. A parameter in brackets may have braces of its own.
fn reference(after: &str) -> Option<(&str, &str)> {
    let (id, behind) = after.split_once('}')?;
    if !id.contains('[') || id.ends_with(']') {
        return Some((id, behind));
    }
    let at = after.find("]}")?;
    Some((after.get(..=at)?, after.get(at + 2..)?))
}

fn named(job: &mut Job<'_>, text: &str) -> Result<String, Complaint> {
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let Some((id, behind)) = reference(after) else { break };
        named.push_str(before);
        if id.contains('.') {
            let (reference, part) = job.pages.look_up(id)?;
            let param = reference.param.unwrap_or_default().replace('|', " or ");
            named.push_str(&part.called.replace("${param}", &param));
        } else {
            named.push_str(&format!("**{}**", job.pages.need_page(id)?.title));
        }
        rest = behind;
    }
    named.push_str(rest);
    Ok(named)
}
