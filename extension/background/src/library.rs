//! The guides' plans. The list of them is small and always there; a plan is a file of its own and is fetched when it is
//! chosen, or at the start of the service worker for a run that is under way.

use std::rc::Rc;
use vecmap::VecMap;

use handrail_guide::OWN;
use handrail_guide::plan::{Action, Plan};
use handrail_json::from_str;
use handrail_messages::panel::{GuideLine, Way};

/// The format of plans this version understands.
const FORMAT: u32 = 1;

/// What is named after a guide's id for a run that only checks.
const CHECK: &str = ".check";

/// What is named after the id of a vendor's own guide for its line in the list.
const LINE: &str = ".line";

/// The plans by name.
#[derive(Debug, Default)]
pub(crate) struct Library {
    lines: Vec<GuideLine>,
    /// The same guides with the ways that are walked for a link alone.
    linked: Vec<GuideLine>,
    read: VecMap<String, Rc<Plan>>,
}

impl Library {
    /// The guides in `plans/index.json`.
    pub(crate) fn new(index: &str) -> Self {
        let mut library = Self::default();
        library.take(from_str(index).unwrap_or_default());
        library
    }

    fn take(&mut self, mut lines: Vec<GuideLine>) {
        let mut linked = lines.clone();
        for (line, linked) in lines.iter_mut().zip(&mut linked) {
            line.ways.retain(|way| !way.linked);
            linked.ways.retain(|way| way.linked);
            let check = line.ways.iter().find(|w| w.mode == "run" && w.checks).map(|w| Way {
                plan: format!("{}{CHECK}", w.plan),
                mode: "check".into(),
                steps: 1,
                ..w.clone()
            });
            line.ways.extend(check);
        }
        self.lines.extend(lines);
        self.linked.extend(linked);
    }

    /// Whether there is such a plan.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.way(name).is_some()
    }

    /// The way with this plan.
    pub(crate) fn way(&self, name: &str) -> Option<&Way> {
        self.all().flat_map(|l| &l.ways).find(|w| w.plan == name)
    }

    /// The guide this plan is one of.
    pub(crate) fn guide_of(&self, name: &str) -> Option<&GuideLine> {
        self.all().find(|l| l.ways.iter().any(|w| w.plan == name))
    }

    fn all(&self) -> impl Iterator<Item = &GuideLine> {
        self.lines.iter().chain(&self.linked)
    }

    /// The way that a link is for; `own` is what it has in place of a secret. Where nothing secret is made, nothing is renewed
    /// either: another credential is added to the app, or the same consent is given again.
    pub(crate) fn way_of_link(&self, guide: &str, mode: &str, own: &[(String, String)]) -> Option<&Way> {
        let ways = |lines| of(lines, guide).map(|line| line.ways.as_slice()).unwrap_or_default().iter();
        if !own.is_empty() && mode != "remove" {
            let federated = own.iter().any(|(id, _)| id == "subject");
            let mut fit = ways(&self.linked).filter(|way| way.credential.is_some() == federated);
            let mode = if mode == "renew" { "adopt" } else { mode };
            if let Some(way) = fit.clone().find(|way| way.mode == mode).or_else(|| fit.next()) {
                return Some(way);
            }
        }
        ways(&self.lines).find(|way| way.mode == mode)
    }

    /// The file that has to be fetched before this plan can be had.
    pub(crate) fn needs(&self, name: &str) -> Option<String> {
        (self.has(name) && !self.read.contains_key(name)).then(|| file_of(name).to_owned())
    }

    /// The file of the line of a vendor's own guide that has to be fetched before the guide can be named.
    pub(crate) fn needs_line(&self, guide: &str) -> Option<String> {
        (guide.starts_with(OWN) && !self.has(guide)).then(|| format!("{guide}{LINE}"))
    }

    /// Takes a plan's file, or the line of a vendor's own guide. Answers whether it is one.
    pub(crate) fn add(&mut self, name: &str, json: &str) -> bool {
        if let Some(id) = name.strip_suffix(LINE) {
            let line = from_str::<GuideLine>(json).ok().filter(|line| line.id == id && id.starts_with(OWN));
            let line = line.filter(|_| !self.has(id));
            let is_one = line.is_some();
            self.take(line.into_iter().collect());
            return is_one;
        }
        let Some(plan) = from_str::<Plan>(json).ok().filter(|p| p.format == FORMAT) else {
            return false;
        };
        let check = format!("{name}{CHECK}");
        if self.has(&check) {
            self.read.insert(check, Rc::new(only_check(plan.clone())));
        }
        self.read.insert(name.to_owned(), Rc::new(plan));
        true
    }

    /// The plan, once its file was added.
    pub(crate) fn plan(&self, name: &str) -> Option<Rc<Plan>> {
        self.read.get(name).map(Rc::clone)
    }

    /// Has every plan fetched again when it is needed next. Runs go on with what they have.
    pub(crate) fn forget(&mut self) {
        self.read.clear();
    }

    /// One line per packaged guide, for the list: one that came with a link is followed under that link alone.
    pub(crate) fn lines(&self) -> Vec<GuideLine> {
        self.lines.iter().filter(|line| !line.id.starts_with(OWN)).cloned().collect()
    }
}

fn of<'a>(lines: &'a [GuideLine], guide: &str) -> Option<&'a GuideLine> {
    lines.iter().find(|line| line.id == guide)
}

/// The file a plan is in.
pub(crate) fn file_of(name: &str) -> &str {
    name.strip_suffix(CHECK).unwrap_or(name)
}

/// What is left of a plan when values are only checked: nothing is looked for on any page.
fn only_check(mut plan: Plan) -> Plan {
    plan.mode = "check".into();
    plan.steps.retain(|s| s.action == Action::Check);
    plan.pages.clear();
    plan.parts.clear();
    plan.values.retain(|v| plan.requirements.values.contains_key(&v.id));
    for value in &mut plan.values {
        value.control = None;
        value.look_alikes.clear();
    }
    plan.sheet.changes.clear();
    plan.sheet.undo.clear();
    plan.sheet.roles.clear();
    plan.sheet.prerequisites.clear();
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_s_own_guide_is_known_by_its_line_and_listed_nowhere() {
        let mut library = Library::default();
        let line = r#"{"id":"own-x","title":"T","vendor":"V","ways":[{"plan":"own-x","mode":"run","steps":3,"checks":true}]}"#;
        assert_eq!(library.needs_line("own-x").as_deref(), Some("own-x.line"));
        assert_eq!(library.needs_line("packaged"), None);
        for (name, text) in [("own-y.line", line), ("packaged.line", line), ("own-x.line", "{}")] {
            assert!(!library.add(name, text), "{name}");
        }
        assert!(library.add("own-x.line", line) && library.has("own-x") && library.has("own-x.check"));
        assert!(!library.add("own-x.line", line), "once");
        assert_eq!(library.needs_line("own-x"), None);
        assert_eq!(library.way_of_link("own-x", "run", &[]).map(|way| way.steps), Some(3));
        assert!(library.lines().is_empty());
    }
}
