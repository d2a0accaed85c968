//! The compiler: one guide, the recipes its parts call for, and the portal pages those visit, made into a plan.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::condition::filled;
use super::credential::{made_credential, one_credential};
use super::fill::Scope;
use super::finding::Finding;
use super::library::{Library, Loaded};
use super::model::{GuideFile, Mode, Phase, RecipeFile};
use super::pages::{Complaint, Pages, label};
use super::permissions::KnownPermission;
use super::source::Source;
use super::tree::tree;
use super::variants::{linked, variants};
use super::{parts, permissions, sheet, steps};
use crate::plan::{self, PermissionKind, Plan, Requirements, TokenNeed, Value};

/// A recipe the guide calls for.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'a> {
    pub(crate) id: &'a str,
    pub(crate) loaded: &'a Loaded<RecipeFile>,
}

/// What the parts of the compiler share.
pub(crate) struct Job<'a> {
    pub(crate) guide: &'a Loaded<GuideFile>,
    pub(crate) scope: Scope,
    pub(crate) recipes: Vec<Chosen<'a>>,
    pub(crate) pages: Pages<'a>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Job<'a> {
    /// Each recipe, once for every item it is repeated for: the item (null where it is not), and what is added to its ids.
    pub(crate) fn repeats(&self) -> Vec<(Chosen<'a>, Json, String)> {
        let mut repeats = Vec::new();
        for chosen in &self.recipes {
            let items = match &chosen.loaded.file.each {
                Some(path) => self.scope.list(path),
                None => vec![Json::Null],
            };
            let many = items.len() > 1;
            for (n, item) in items.into_iter().enumerate() {
                let suffix = if many { format!(".{}", n + 1) } else { String::new() };
                repeats.push((*chosen, item, suffix));
            }
        }
        repeats
    }

    /// Notes what is wrong at a key path of a file.
    pub(crate) fn complain(&mut self, source: &Source, path: &[&str], (code, what, next): Complaint) {
        self.findings.push(source.error(path, code, what, next));
    }
}

/// Compiles one guide.
///
/// # Errors
/// Everything that is wrong with it and with the recipes and pages it uses.
pub fn compile(library: &Library, id: &str) -> Result<Plan, Vec<Finding>> {
    compile_with(library, id, Options::default())
}

/// What is compiled beside the usual plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// One of the credentials the vendor accepts: `secret`, `certificate` or `federated`; or [`super::LINKED`], or
    /// [`super::CONSENTED`].
    pub credential: Option<&'a str>,
    /// What the plan is for.
    pub mode: Mode,
}

/// Compiles one guide with options.
///
/// # Errors
/// As [`compile`].
pub fn compile_with(library: &Library, id: &str, options: Options<'_>) -> Result<Plan, Vec<Finding>> {
    let Some(guide) = library.guides.get(id) else { return Err(Vec::new()) };
    let mut findings = Vec::new();
    let permissions = permissions::look_up(library, guide, &mut findings);
    let root = tree(&guide.file, &permissions);
    let digest = digest(library, id, guide, &root);
    let scope = Scope::new(one_credential(root, options));
    let recipes = choose(library, guide, &scope, options.mode, &mut findings);
    let mut job = Job { guide, scope, recipes, pages: Pages::new(library), findings };
    let steps = steps::compile(&mut job, options.mode);
    let values = values(&mut job, library, options);
    let parts = parts::compile(&mut job, &steps);
    if library.pages.get("shell").is_some_and(|page| page.file.controls.contains_key("account")) {
        // Read for the record of changes; no step speaks of it, and nothing is lost where it is not found.
        drop(job.pages.need_control("shell.account"));
    }
    let sheet = sheet::compile(&mut job, &permissions, &values);
    let requirements = requirements(&mut job, &permissions, &values, &steps);
    let credential = made_credential(&job.scope);
    let Job { pages, mut findings, .. } = job;
    let pages = pages.finish().unwrap_or_else(|(code, what, next)| {
        findings.push(guide.source.error(&[], code, what, next));
        Vec::new()
    });
    if !findings.is_empty() {
        findings.sort();
        findings.dedup();
        return Err(findings);
    }
    let file = &guide.file;
    Ok(Plan {
        format: 1,
        guide: id.to_owned(),
        mode: options.mode.word().to_owned(),
        digest,
        title: file.title.clone(),
        vendor: plan::Vendor {
            name: file.vendor.name.clone(),
            domains: file.vendor.domains.clone(),
            support: file.vendor.support.clone(),
        },
        app: file.app.as_ref().map(|app| plan::App {
            name: app.name.clone(),
            redirect_uris: app.redirect_uris.clone(),
            roles: app.roles.clone(),
        }),
        credential,
        sheet,
        steps,
        values,
        requirements,
        parts,
        pages,
    })
}

/// The recipes whose end state the guide wants, in the order they are carried out.
fn choose<'a>(
    library: &'a Library,
    guide: &Loaded<GuideFile>,
    scope: &Scope,
    mode: Mode,
    findings: &mut Vec<Finding>,
) -> Vec<Chosen<'a>> {
    let mut chosen = library
        .recipes
        .iter()
        .filter(|(_, loaded)| mode.takes(&loaded.file.modes, &loaded.file.achieves))
        .filter(|(_, loaded)| loaded.file.achieves == "*" || scope.holds(Some(&loaded.file.achieves)))
        .map(|(id, loaded)| Chosen { id, loaded })
        .collect::<Vec<_>>();
    chosen.sort_by_key(|recipe| (recipe.loaded.file.phase, recipe.loaded.file.rank, recipe.id));
    let mut wanted = guide
        .file
        .settings
        .keys()
        .map(|name| (format!("setting.{name}"), vec!["setting".to_owned(), name.clone()]))
        .collect::<Vec<_>>();
    for (n, procedure) in guide.file.optionals.iter().map(|o| &o.procedure).enumerate() {
        wanted.extend(procedure.as_ref().map(|p| {
            (format!("procedure.{p}"), vec!["optional".to_owned(), n.to_string(), "procedure".to_owned()])
        }));
    }
    for (n, procedure) in guide.file.unsafes.iter().map(|u| &u.procedure).enumerate() {
        wanted.extend(procedure.as_ref().map(|p| {
            (format!("procedure.{p}"), vec!["unsafe".to_owned(), n.to_string(), "procedure".to_owned()])
        }));
    }
    if let Some(hand_over) = &guide.file.hand_over {
        wanted
            .push((format!("hand-over.by={}", hand_over.by), vec!["hand-over".to_owned(), "by".to_owned()]));
    }
    for (part, path) in wanted {
        let known = library.recipes.values().any(|recipe| recipe.file.achieves == part);
        if !known {
            let path = path.iter().map(String::as_str).collect::<Vec<_>>();
            findings.push(guide.source.error(
                &path,
                "no-recipe",
                format!("no recipe achieves `{part}`"),
                "Use the name of a procedure that a file in recipes/ achieves, or write that recipe.",
            ));
        }
    }
    chosen
}

/// The values: those the guide hands over in its order, then those a recipe always keeps.
fn values(job: &mut Job<'_>, library: &Library, options: Options<'_>) -> Vec<Value> {
    let mut values = Vec::new();
    let guide = job.guide;
    for (n, part) in guide.file.values.iter().enumerate() {
        let removed = options.mode == Mode::Remove;
        if removed || of_another_credential(job, library, &part.id) {
            continue;
        }
        let found = job.recipes.iter().find_map(|chosen| {
            chosen.loaded.file.values.iter().position(|value| value.id == part.id).map(|at| (*chosen, at))
        });
        match found {
            Some((chosen, at)) => values.extend(value(job, chosen, at, Some(part))),
            None => {
                let n = n.to_string();
                let known = job
                    .recipes
                    .iter()
                    .flat_map(|c| c.loaded.file.values.iter().map(|v| v.id.clone()))
                    .collect::<Vec<_>>()
                    .join(", ");
                job.complain(
                    &guide.source,
                    &["value", &n, "id"],
                    (
                        "unknown-value",
                        format!("no recipe of this guide collects `{}`", part.id),
                        format!("It collects: {known}."),
                    ),
                );
            }
        }
    }
    let all = job
        .recipes
        .iter()
        .flat_map(|c| (0..c.loaded.file.values.len()).map(|at| (*c, at)))
        .collect::<Vec<_>>();
    for (chosen, at) in all {
        let wanted =
            chosen.loaded.file.values.get(at).filter(|v| {
                (v.always || v.handed_over) && !values.iter().any(|have: &Value| have.id == v.id)
            });
        if wanted.is_some() {
            values.extend(value(job, chosen, at, None));
        }
    }
    values
}

/// Whether only a credential that was not chosen collects this value.
fn of_another_credential(job: &Job<'_>, library: &Library, value: &str) -> bool {
    let collects = |recipe: &RecipeFile| recipe.values.iter().any(|v| v.id == value);
    let chosen = job.recipes.iter().any(|chosen| collects(&chosen.loaded.file));
    let accepted = |recipe: &RecipeFile| {
        let kind = recipe.achieves.strip_prefix("credential.");
        kind.is_some_and(|kind| job.guide.file.credential.as_ref().is_some_and(|c| c.accepts(kind)))
    };
    !chosen && library.recipes.values().any(|loaded| accepted(&loaded.file) && collects(&loaded.file))
}

fn value(
    job: &mut Job<'_>,
    chosen: Chosen<'_>,
    at: usize,
    part: Option<&super::model::ValuePart>,
) -> Option<Value> {
    let source = &chosen.loaded.source;
    let index = at.to_string();
    let recipe = chosen.loaded.file.values.get(at)?;
    let control = match &recipe.control {
        Some(id) => {
            match filled(id, &job.scope).and_then(|id| job.pages.need_control(&id).map(|part| (id, part))) {
                Ok(found) => Some(found),
                Err(complaint) => {
                    job.complain(source, &["value", &index, "control"], complaint);
                    None
                }
            }
        }
        None => None,
    };
    let own = control.as_ref().and_then(|(_, part)| label(part));
    let mut look_alikes = Vec::new();
    for id in &recipe.look_alikes {
        match filled(id, &job.scope).and_then(|id| job.pages.need_control(&id).map(|_| id)) {
            Ok(id) => look_alikes.push(id),
            Err(complaint) => job.complain(source, &["value", &index, "look-alikes"], complaint),
        }
    }
    let hint = match part.and_then(|part| part.hint.as_ref()) {
        Some(own) => format!("{own} {}", recipe.hint),
        None => recipe.hint.clone(),
    };
    Some(Value {
        id: recipe.id.clone(),
        kind: recipe.kind,
        label: recipe.label.clone().or(own).unwrap_or_else(|| recipe.id.clone()),
        vendor_label: part.and_then(|part| part.vendor_label.clone()),
        hint: steps::words(job, source, &["value", &index, "hint"], &hint),
        control: control.map(|(id, _)| id),
        look_alikes,
        parser: recipe.parser.clone(),
        handed_over: part.is_some() || recipe.handed_over,
    })
}

fn requirements(
    job: &mut Job<'_>,
    permissions: &[KnownPermission<'_>],
    values: &[Value],
    steps: &[plan::Step],
) -> Requirements {
    let mut tokens: Vec<TokenNeed> = Vec::new();
    let mut probes = BTreeSet::new();
    let own = permissions.iter().filter(|_| job.guide.file.app.is_some());
    for known in own.filter(|known| known.part.kind == PermissionKind::Application) {
        probes.extend(known.resource.probes.iter().cloned());
        match tokens.iter_mut().find(|token| token.resource == known.part.resource) {
            Some(token) => token.roles.push(known.part.name.clone()),
            None => tokens.push(TokenNeed {
                resource: known.part.resource.clone(),
                name: known.resource.name.clone(),
                app_id: known.resource.app_id.clone(),
                roles: vec![known.part.name.clone()],
            }),
        }
    }
    let not_checked = sheet::not_checked(job);
    let mut mend = BTreeMap::new();
    for chosen in job.recipes.clone() {
        for (topic, step) in &chosen.loaded.file.mends {
            match steps::resolve(steps.iter().map(|s| s.id.as_str()), chosen.id, "", step) {
                Some(id) => drop(mend.insert(topic.clone(), id)),
                None if chosen.loaded.file.steps.iter().any(|s| s.id == *step) => {}
                None => job.complain(&chosen.loaded.source, &["mends", topic], steps::no_step(step)),
            }
        }
    }
    Requirements {
        values: values.iter().filter(|v| v.handed_over).map(|v| (v.id.clone(), v.kind)).collect(),
        tokens,
        probes: probes.into_iter().collect(),
        not_checked,
        mend: mend.into_iter().collect(),
    }
}

/// SHA-256 over everything that any way through the guide is made of, each file with its name and length: the guide, the
/// recipes it calls for, the permissions it names. What a vendor signs is one for the guide, whatever way a customer takes.
/// Where things are in the portal is no part of it: labels change with the portal, and what is asked does not.
fn digest(library: &Library, id: &str, guide: &Loaded<GuideFile>, root: &Json) -> String {
    let mut hash = Sha256::new();
    let mut add = |source: &Source| {
        hash.update(source.file.as_bytes());
        hash.update([0]);
        hash.update((source.text.len() as u64).to_be_bytes());
        hash.update(source.text.as_bytes());
    };
    add(&guide.source);
    let mut recipes = BTreeMap::new();
    for way in variants(library, id).into_iter().chain(linked(library, id)) {
        let scope = Scope::new(one_credential(root.clone(), way.options()));
        let chosen = choose(library, guide, &scope, way.mode, &mut Vec::new());
        recipes.extend(chosen.into_iter().map(|one| (one.id, &one.loaded.source)));
    }
    recipes.into_values().for_each(&mut add);
    let resources = guide.file.permissions.iter().map(|p| p.resource.as_str()).collect::<BTreeSet<_>>();
    for resource in resources.into_iter().filter_map(|key| library.resources.get(key)) {
        add(&resource.source);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        hex.push_str(&format!("{byte:02x}"));
        hex
    })
}

/// Whether anything may still wait after this phase: after a value that is shown once nothing may.
pub(crate) const fn must_not_wait(phase: Phase) -> bool {
    matches!(phase, Phase::Once | Phase::Check)
}
