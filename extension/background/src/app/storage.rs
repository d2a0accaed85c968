//! What outlives the service worker: runs, approvals and health on the disk, secrets in memory-only storage.

use vecmap::VecMap;

use handrail_credential::Secret;
use handrail_json::{FromJson, from_str, to_string};
use handrail_messages::panel::Standing;

use super::{App, Config};
use crate::effect::Effect;
use crate::library::Library;
use crate::policy::Policy;
use crate::run::Run;
use crate::values::Secrets;
use crate::walk::Walk;

/// Key of the offers in the memory-only storage.
const OFFERS: &str = "offers";

/// What was found in storage when the service worker started.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// The list of guides.
    pub(crate) index: String,
    /// Plans of the runs under way, each with its name.
    pub(crate) plans: Vec<(String, String)>,
    pub(crate) config: String,
    /// What the organisation's policy sets, as one JSON object.
    pub(crate) managed: String,
    /// The storage that survives the browser, as one JSON object.
    pub(crate) local: String,
    /// The memory-only storage, as one JSON object.
    pub(crate) session: Secret,
    /// It begins anew after a fault of its own.
    pub(crate) fell: bool,
}

impl App {
    /// The state as it was when the service worker last stopped.
    pub(crate) fn load(own: &str, base: &str, stored: &Stored, now: f64) -> (Self, Vec<Effect>) {
        let config: Config = from_str(&stored.config).unwrap_or_default();
        let local: VecMap<String, String> = from_str(&stored.local).unwrap_or_default();
        // EXPOSE: read back from the extension's own memory-only storage.
        let session: VecMap<String, String> = from_str(stored.session.expose()).unwrap_or_default();
        let mut app = Self {
            own: own.to_owned(),
            base: base.to_owned(),
            plans: Library::new(&stored.index),
            services: config.check,
            fell: stored.fell,
            now,
            ..Self::default()
        };
        for (name, json) in &stored.plans {
            app.plans.add(name, json);
        }
        app.approved = read(&local, "approved");
        app.keeps_health = read(&local, "keeps-health");
        app.health = read(&local, "health");
        app.records = read(&local, "records");
        app.policy = Policy::read(&stored.managed);
        let same_browser = session.contains_key("alive");
        app.out.push(Effect::Keep { key: "alive".into(), json: Secret::new("1") });
        for (key, json) in local.iter().filter(|(k, _)| k.starts_with("run.")) {
            let Ok(mut run) = from_str::<Run>(json) else {
                continue;
            };
            let Some(plan) = app.plans.plan(run.plan()) else {
                continue;
            };
            if !same_browser {
                run.tab = None;
                run.retry_at = None;
                run.kept_off = None;
            }
            let kept: VecMap<String, String> =
                session.get(&secrets_key(&run.id)).and_then(|s| from_str(s).ok()).unwrap_or_default();
            let secrets: Secrets = kept.into_iter().map(|(k, s)| (k, Secret::new(s))).collect();
            if let Some(tab) = run.tab.filter(|_| run.standing != Standing::Finished) {
                app.out.push(Effect::WakeTab { tab });
            }
            app.saved.insert(key.clone(), json.clone());
            app.walks.insert(run.id.clone(), Walk::new(plan, run, secrets, now));
        }
        app.offers = session.get(OFFERS).and_then(|json| from_str(json).ok()).unwrap_or_default();
        app.offered = session.get(OFFERS).cloned().unwrap_or_default();
        app.fetch_offered();
        app.out.push(Effect::WakePanels);
        let out = std::mem::take(&mut app.out);
        (app, out)
    }

    /// Writes what changed: runs, approvals and health to disk, secrets to memory-only storage.
    pub(super) fn store(&mut self) {
        let mut now: VecMap<String, String> = VecMap::new();
        for walk in self.walks.values() {
            now.insert(run_key(&walk.run.id), to_string(&walk.run));
        }
        now.insert("approved".to_owned(), to_string(&self.approved));
        now.insert("keeps-health".to_owned(), self.keeps_health.to_string());
        now.insert("health".to_owned(), to_string(&self.health));
        now.insert("records".to_owned(), to_string(&self.records));
        for (key, json) in &now {
            if self.saved.get(key) != Some(json) {
                self.out.push(Effect::Save { key: key.clone(), json: json.clone() });
            }
        }
        for key in self.saved.keys().filter(|k| !now.contains_key(*k)) {
            self.out.push(Effect::Remove { key: key.clone() });
            if let Some(run) = key.strip_prefix("run.") {
                self.out.push(Effect::Drop { key: secrets_key(run) });
            }
        }
        self.saved = now;
        let offers = if self.offers.is_empty() { String::new() } else { to_string(&self.offers) };
        if offers != self.offered {
            let json = Secret::new(if offers.is_empty() { "{}" } else { &offers });
            self.out.push(Effect::Keep { key: OFFERS.into(), json });
            self.offered = offers;
        }
        self.store_secrets();
    }

    fn store_secrets(&mut self) {
        for walk in self.walks.values_mut() {
            if !walk.secrets_changed() {
                continue;
            }
            // EXPOSE: into the memory-only storage, which only the extension's own pages can read.
            let plain: VecMap<&String, &str> = walk.secrets.iter().map(|(k, s)| (k, s.expose())).collect();
            let key = secrets_key(&walk.run.id);
            self.out.push(if plain.is_empty() {
                Effect::Drop { key }
            } else {
                Effect::Keep { key, json: Secret::new(to_string(&plain)) }
            });
        }
        let alarm = self.walks.values().any(|w| !w.secrets.is_empty());
        if alarm != self.alarm {
            self.alarm = alarm;
            self.out.push(Effect::Alarm { on: alarm });
        }
    }
}

fn run_key(run: &str) -> String {
    format!("run.{run}")
}

pub(crate) fn secrets_key(run: &str) -> String {
    format!("secrets.{run}")
}

fn read<T: Default + FromJson>(stored: &VecMap<String, String>, key: &str) -> T {
    stored.get(key).and_then(|json| from_str(json).ok()).unwrap_or_default()
}
