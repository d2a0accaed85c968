//! A world for one journey: practice tenant, Worker, the built extension pointed at that Worker, and browsers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use handrail_guide::plan::Plan;
use handrail_handover::refusal;
use handrail_words::pseudo::Pseudo;
use handrail_words::{Arg, Words, locale};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::{Browser, Kind, Options};
use crate::tenant::Tenant;
use crate::workerd::{Workerd, WorkerdOptions};
use crate::{dist, parties};

/// How a world is started.
#[derive(Clone, Debug)]
pub struct WorldOptions {
    /// Which browser its people sit at.
    pub browser: Kind,
    /// Switches of the practice tenant.
    pub scenario: Value,
    /// What the Worker is told about anonymous checks; nothing refuses them.
    pub anonymous_checks: Option<String>,
    /// Whether the Worker keeps vendors' links.
    pub links: bool,
    /// Port of the practice tenant's TLS listener; 0 picks one.
    pub tls_port: u16,
    /// Port of the Worker; 0 picks one.
    pub worker_port: u16,
    /// A language nobody speaks, which the panel's settings offer besides the others.
    pub pseudo: Option<Pseudo>,
    /// Whether Worker and extension know the stranger's guide of `tests/journeys/strangers` besides ours.
    pub stranger: bool,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self {
            browser: Kind::chosen(),
            scenario: json!({}),
            anonymous_checks: Some("practice".to_owned()),
            links: false,
            tls_port: 0,
            worker_port: 0,
            pseudo: None,
            stranger: false,
        }
    }
}

/// Everything around the product. Dropped, it stops and leaves nothing behind.
pub struct World {
    /// The practice tenant.
    pub tenant: Tenant,
    /// The Worker.
    pub worker: Workerd,
    /// The compiled guides by the name of their plan: the usual one has the guide's id.
    pub plans: BTreeMap<String, Plan>,
    browser: Kind,
    extension: TempDir,
}

impl World {
    /// Starts the practice tenant and the Worker, and points a copy of the built extension at it.
    ///
    /// # Errors
    /// When something was not built or does not start.
    pub fn start(options: &WorldOptions) -> Result<Self> {
        let tenant = Tenant::start(Some(dist::part("portal")?), 0, options.tls_port)?;
        tenant.scenario(&options.scenario)?;
        let worker = if options.stranger { "worker-fault" } else { "worker" };
        let mut runtime = WorkerdOptions::new(dist::part(worker)?, tenant.http());
        runtime.port = options.worker_port;
        if let Some(value) = &options.anonymous_checks {
            runtime.vars.push(("ANONYMOUS_CHECKS".to_owned(), value.clone()));
        }
        if options.links {
            runtime.vars.extend(parties::vars());
            runtime.objects = parties::objects();
        }
        let worker = Workerd::start(runtime)?;
        let folder = if options.stranger { "worker-fault/plans" } else { "extension-chromium/plans" };
        let folder = dist::part(folder)?;
        let plans = plans_in(&folder)?;
        for permission in plans.values().flat_map(|plan| &plan.sheet.permissions) {
            tenant.offer(permission, has_tile(&permission.resource)?)?;
        }
        let extension = tempfile::Builder::new().prefix("handrail-extension-").tempdir()?;
        copy_folder(&dist::part(options.browser.extension())?, extension.path())?;
        copy_folder(&folder, &extension.path().join("plans"))?;
        if let Some(pseudo) = options.pseudo {
            offer(pseudo, &extension.path().join("words"))?;
        }
        let world = Self { tenant, worker, plans, browser: options.browser, extension };
        world.point_extension_at(&world.worker.origin())?;
        Ok(world)
    }

    /// Makes the copy of the extension know this origin as its one checking service.
    fn point_extension_at(&self, origin: &str) -> Result<()> {
        let file = self.extension.path().join("config.json");
        let mut config: Value = serde_json::from_str(&fs::read_to_string(&file)?).context("config.json")?;
        config["check"] = json!([{"origin": origin, "name": "Practice Worker", "practice": true}]);
        fs::write(&file, config.to_string())?;
        Ok(())
    }

    /// The unpacked extension of this world.
    #[must_use]
    pub fn extension(&self) -> &Path {
        self.extension.path()
    }

    /// Options of a browser that lives in this world, with the extension.
    #[must_use]
    pub fn browser_options(&self) -> Options {
        Options {
            kind: self.browser,
            rules: self.tenant.host_rules(),
            trusted_spki: vec![self.tenant.spki().to_owned()],
            extension: Some(self.extension.path().to_owned()),
            ..Options::default()
        }
    }

    /// A browser that lives in this world, with the extension.
    ///
    /// # Errors
    /// When it does not start.
    pub fn browser(&self) -> Result<Browser> {
        Browser::launch(self.browser_options())
    }
}

/// Makes a language nobody speaks out of the English one, beside those that the extension has.
fn offer(pseudo: Pseudo, folder: &Path) -> Result<()> {
    let english =
        fs::read_to_string(folder.join("en.words")).context("the extension has no English words")?;
    // The reasons of a check come in English with its report, and those of a refused link with the link: the extension's own
    // words lack them.
    let english = locale::named(&english) + &handrail_entra::messages() + &refusal::messages();
    let words = pseudo.file(&english).map_err(|errors| anyhow!("the English words: {errors:?}"))?;
    fs::write(folder.join(format!("{}.words", pseudo.tag())), words)?;
    let file = folder.join("index.json");
    let mut index: Value = serde_json::from_str(&fs::read_to_string(&file)?).context("words/index.json")?;
    index[pseudo.tag()] = json!({"name": pseudo.words("Pseudo"), "direction": pseudo.direction()});
    fs::write(&file, index.to_string())?;
    Ok(())
}

/// Whether the portal shows a tile for this resource of the permission catalogue.
fn has_tile(resource: &str) -> Result<bool> {
    let file = dist::root().join(format!("portal/permissions/{resource}.toml"));
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text.contains("\ntab = \"microsoft-apis\"\n"))
}

/// All plans of the extension, by name.
///
/// # Errors
/// When the extension is not built.
pub fn plans() -> Result<BTreeMap<String, Plan>> {
    plans_in(&dist::part("extension-chromium/plans")?)
}

fn plans_in(folder: &Path) -> Result<BTreeMap<String, Plan>> {
    let read = |name: &str| -> Result<Value> {
        let file = folder.join(format!("{name}.json"));
        serde_json::from_str(&fs::read_to_string(file)?).with_context(|| format!("the plan {name}"))
    };
    let shared = read("shared")?;
    let english = fs::read_to_string(dist::part("extension-chromium/words/en.words")?)?;
    let words = Words::new(&[&locale::named(&english)]);
    let read = |name: &str| read(name).map(|file| whole(file, &shared, &words));
    let pages = read("pages")?;
    let mut plans = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let file = read(&name)?;
        let own = match name.strip_suffix(".more") {
            Some(guide) => {
                let usual = read(guide)?;
                let mut own = file.as_object().cloned().unwrap_or_default();
                for plan in own.values_mut() {
                    ["steps", "values", "parts"].iter().for_each(|list| fill_in(plan, list, &usual[list]));
                }
                own
            }
            None if ["index", "own", "pages", "shared"].contains(&name.as_str()) => continue,
            None => std::iter::once((name, file)).collect(),
        };
        for (name, mut plan) in own {
            fill_in(&mut plan, "pages", &pages);
            let plan = serde_json::from_value(plan).with_context(|| format!("the plan {name}"))?;
            plans.insert(name, plan);
        }
    }
    Ok(plans)
}

/// A file with everything in the places where it names what several files say, or what a recipe says.
fn whole(value: Value, shared: &Value, words: &Words) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(|part| whole(part, shared, words)).collect(),
        Value::Object(map) => match (map.get("$").and_then(Value::as_u64), map.get("$t")) {
            (Some(at), _) => whole(shared[usize::try_from(at).unwrap_or(usize::MAX)].clone(), shared, words),
            (None, Some(told)) => said(&whole(told.clone(), shared, words), words).into(),
            (None, None) => Value::Object(
                map.into_iter().map(|(name, part)| (name, whole(part, shared, words))).collect(),
            ),
        },
        other => other,
    }
}

/// A message that is named with what is put into it.
fn said(told: &Value, words: &Words) -> String {
    let mut texts = told.as_array().into_iter().flatten().filter_map(Value::as_str);
    let name = texts.next().unwrap_or_default();
    let names: Vec<String> = ('a'..='z').map(String::from).collect();
    let args: Vec<_> = names.iter().map(String::as_str).zip(texts.map(Arg::from)).collect();
    words.say(name, &args)
}

/// Puts entries in the place of the numbers that stand for them in one of a plan's lists.
fn fill_in(plan: &mut Value, list: &str, from: &Value) {
    for entry in plan.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(at) = entry.as_u64().and_then(|at| usize::try_from(at).ok()) {
            *entry = from[at].clone();
        }
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
