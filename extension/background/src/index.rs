//! The plan as the frames see it: numbered probes, and which of them matter at a step.
//!
//! Numbers are positions in the plan, so they are the same for the whole run and after the service worker was
//! started anew.

use handrail_guide::plan::{Condition, Control, Locator, Match, Page, Plan, Read, Step};
use handrail_json::to_string;
use handrail_messages::agent::{Probe, Way};
use vecmap::VecSet;

use crate::health;
use crate::vouch;

/// The control that names the directory on every page.
pub(crate) const DIRECTORY: &str = "shell.directory";
/// The control that names the account on every page.
pub(crate) const ACCOUNT: &str = "shell.account";
/// Numbers from here on are second probes of controls, of which it is asked what they are like and not what they say.
const LOOKS: u32 = 1 << 20;
/// Added to the number of the enclosing probe where everything is looked at when that is not there. More than any plan
/// has controls.
const REGION: i32 = 0x1_0000;
/// Steps ahead that are watched already, so that the next ring needs no question to the page.
const AHEAD: usize = 4;

/// Numbers of probes of a plan.
#[derive(Clone, Copy)]
pub(crate) struct Index<'p> {
    plan: &'p Plan,
}

impl<'p> Index<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self { plan }
    }

    fn controls(&self) -> impl Iterator<Item = &'p Control> + use<'p> {
        self.plan.pages.iter().flat_map(|p| &p.controls)
    }

    fn as_number(position: Option<usize>) -> Option<u32> {
        position.and_then(|n| u32::try_from(n).ok())
    }

    /// Number of a control.
    pub(crate) fn control(&self, id: &str) -> Option<u32> {
        Self::as_number(self.controls().position(|c| c.id == id))
    }

    /// Number of "this page is shown".
    pub(crate) fn page(&self, id: &str) -> Option<u32> {
        let before = self.controls().count();
        Self::as_number(self.plan.pages.iter().position(|p| p.id == id).map(|n| n.saturating_add(before)))
    }

    /// Control with this number.
    pub(crate) fn control_at(&self, number: u32) -> Option<&'p Control> {
        self.controls().nth(usize::try_from(number).ok()?)
    }

    fn page_at(&self, number: u32) -> Option<&'p Page> {
        let before = self.controls().count();
        self.plan.pages.get(usize::try_from(number).ok()?.checked_sub(before)?)
    }

    /// Numbers of all pages.
    pub(crate) fn pages(&self) -> impl Iterator<Item = u32> + use<'p> {
        let index = *self;
        self.plan.pages.iter().filter(|p| !p.recognise.is_empty()).filter_map(move |p| index.page(&p.id))
    }

    /// What is watched while this step is the current one: all pages, the directory, the controls of this step and
    /// of the next few, what the step before collected, and the ones that lead to the step's page.
    pub(crate) fn watched(&self, at: usize) -> VecSet<u32> {
        let mut ids: VecSet<&str> = VecSet::from([DIRECTORY, ACCOUNT]);
        for step in self.plan.steps.iter().skip(at).take(AHEAD) {
            self.controls_of(step, &mut ids);
        }
        let before = at.checked_sub(1).and_then(|n| self.plan.steps.get(n));
        for value in before.into_iter().flat_map(|s| &s.collects).filter_map(|v| self.plan.value(v)) {
            ids.extend(value.control.as_deref().filter(|_| !value.kind.is_secret()));
        }
        if let Some(step) = self.plan.steps.get(at) {
            ids.extend(openers(self.plan, step, at).filter_map(|(_, s)| s.target.as_deref()));
        }
        let target = self.plan.steps.get(at).and_then(|s| self.plan.control(s.target.as_deref()?));
        ids.extend(target.into_iter().flat_map(|t| self.rivals(t, None)).map(|c| c.id.as_str()));
        let mut numbers: VecSet<u32> = ids.iter().filter_map(|id| self.control(id)).collect();
        let pages: VecSet<&str> = ids.iter().map(|id| page_of(id)).collect();
        let headings = pages.into_iter().filter_map(|id| vouch::heading(self.plan.page(id)?));
        numbers.extend(headings.filter_map(|h| self.control(&h.id)));
        self.close(&mut numbers);
        numbers.extend(self.pages());
        numbers
    }

    /// Controls of a narrower place that are called the same, in this language or in any: what is found by these words
    /// everywhere may be one of them.
    pub(crate) fn rivals(
        &self,
        control: &'p Control,
        lang: Option<&'p str>,
    ) -> impl Iterator<Item = &'p Control> + use<'p> {
        let is_anywhere = control.within.is_none() && control.region.is_none();
        let all = self.plan.pages.iter().flat_map(|page| &page.controls).filter(move |_| is_anywhere);
        all.filter(move |other| {
            let pairs = control.locators.iter().flat_map(|a| other.locators.iter().map(move |b| (a, b)));
            other.region.is_some() && pairs.into_iter().any(|(a, b)| say_the_same(a, b, lang))
        })
    }

    fn controls_of(&self, step: &'p Step, ids: &mut VecSet<&'p str>) {
        ids.extend(step.target.as_deref());
        for value in step.collects.iter().filter_map(|v| self.plan.value(v)) {
            ids.extend(value.control.as_deref());
            ids.extend(value.look_alikes.iter().map(String::as_str));
        }
        let turns = step.wrong.iter().map(|w| &w.when);
        for condition in std::iter::once(&step.done).chain(&step.already).chain(turns) {
            each_control(condition, &mut |id| {
                ids.insert(id);
            });
        }
    }

    /// Adds what the probes must be inside of or beside.
    fn close(&self, numbers: &mut VecSet<u32>) {
        let mut open: Vec<u32> = numbers.iter().copied().collect();
        while let Some(number) = open.pop() {
            let control = self.control_at(number);
            let others = control.into_iter().flat_map(|c| {
                [c.within.as_deref(), c.region.as_deref(), c.beside.as_deref(), c.folded_in.as_deref()]
            });
            for other in others.flatten().filter_map(|id| self.control(id)) {
                if numbers.insert(other) {
                    open.push(other);
                }
            }
        }
    }

    /// The probe with this number, its texts chosen for a language; `fill` fills placeholders and answers nothing
    /// where a value is not known yet.
    pub(crate) fn probe(
        &self,
        number: u32,
        lang: &str,
        fill: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Probe> {
        if let Some(control) = self.control_at(number) {
            let place = |id: &Option<String>| {
                id.as_deref().and_then(|id| self.control(id)).and_then(|n| i32::try_from(n).ok())
            };
            let region = place(&control.region).map(|n| n.saturating_add(REGION));
            let within = place(&control.within).or(region).unwrap_or(-1);
            return Some(Probe(
                number,
                read_name(control.read).into(),
                within,
                ways(&control.locators, lang, fill),
            ));
        }
        let page = self.page_at(number)?;
        Some(Probe(number, read_name(Read::Nothing).into(), -1, ways(&page.recognise, lang, fill)))
    }

    /// The second probe of a control. There is none for what shows a value, nor for a row or cell of the customer's.
    pub(crate) fn look(
        &self,
        number: u32,
        lang: &str,
        fill: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Probe> {
        let control = self.control_at(number).filter(|c| c.read != Read::Text && !c.id.contains('['))?;
        let Probe(_, _, within, mut ways) = self.probe(number, lang, fill)?;
        for (way, locator) in ways.iter_mut().zip(&control.locators) {
            if let (Some(of), Some(attribute)) = (way.get_mut(3), health::attribute(locator)) {
                attribute.clone_into(of);
            }
        }
        Some(Probe(look_number(number), "look".into(), within, ways))
    }
}

/// Number of the second probe of a control.
pub(crate) const fn look_number(number: u32) -> u32 {
    number.saturating_add(LOOKS)
}

/// Earlier steps that open the page of this one by a press, last first. A step on a page with a form is none: pressing
/// its button again would make a second thing of the kind.
pub(crate) fn openers<'p>(
    plan: &'p Plan,
    step: &'p Step,
    at: usize,
) -> impl Iterator<Item = (usize, &'p Step)> {
    use handrail_guide::plan::Action::{Choose, Open, Press, Tick, Type};
    let page = step.page.as_deref();
    let is_form = move |p: Option<&str>| {
        plan.steps.iter().any(|s| s.page.as_deref() == p && matches!(s.action, Type | Choose | Tick))
    };
    plan.steps.iter().enumerate().take(at).rev().filter(move |(_, s)| {
        page.is_some()
            && s.target.is_some()
            && s.page.as_deref() != page
            && matches!(s.action, Press | Open)
            && !is_form(s.page.as_deref())
            && page.is_some_and(|p| leads_to(&s.done, p))
    })
}

fn leads_to(condition: &Condition, page: &str) -> bool {
    match condition {
        Condition::Page(p) => p == page,
        Condition::Visible(c) => page_of(c) == page,
        Condition::All(list) | Condition::Any(list) => list.iter().any(|c| leads_to(c, page)),
        _ => false,
    }
}

/// The page a control is on.
pub(crate) fn page_of(control: &str) -> &str {
    control.split_once('.').map_or(control, |(page, _)| page)
}

/// Calls `f` with every control a condition speaks of.
pub(crate) fn each_control<'c>(condition: &'c Condition, f: &mut dyn FnMut(&'c str)) {
    match condition {
        Condition::Visible(c)
        | Condition::Gone(c)
        | Condition::Is { control: c, .. }
        | Condition::Checked(c)
        | Condition::Unchecked(c)
        | Condition::Used(c) => f(c),
        Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| each_control(c, f)),
        Condition::Not(inner) => each_control(inner, f),
        Condition::Page(_)
        | Condition::Collected(_)
        | Condition::Confirmed
        | Condition::Verified
        | Condition::HandedOver => {}
    }
}

fn ways(locators: &[Locator], lang: &str, fill: &dyn Fn(&str) -> Option<String>) -> Vec<Way> {
    locators.iter().map(|l| way(l, lang, fill)).collect()
}

/// Finds nothing: a selector without one. It keeps a locator's place, so that the number of the one that matched means
/// the same everywhere.
const NOTHING: [&str; 4] = ["css", "exact", "", ""];

/// One locator as a flat list. One that has texts, but none for this language or none that is known yet, finds nothing:
/// without a text it would find anything.
fn way(locator: &Locator, lang: &str, fill: &dyn Fn(&str) -> Option<String>) -> Way {
    let mut way = vec![
        to_string(&locator.by).trim_matches('"').to_owned(),
        match_name(locator.how).to_owned(),
        locator.roles.join(" "),
        locator.of.clone().and_then(|of| fill(&of)).unwrap_or_default(),
    ];
    let fixed = way.len();
    way.extend(texts(locator, lang).filter_map(fill));
    if way.len() == fixed && !locator.text.is_empty() {
        return NOTHING.map(str::to_owned).to_vec();
    }
    way
}

/// Texts in the page's language first, then English, then those of any language.
fn texts<'l>(locator: &'l Locator, lang: &'l str) -> impl Iterator<Item = &'l str> {
    let short = lang.split(['-', '_', '.']).next().unwrap_or_default();
    let mut keys = vec![lang, short, "en", "*"];
    let mut met = VecSet::new();
    keys.retain(|k| met.insert(*k));
    let mut seen = VecSet::new();
    keys.into_iter()
        .filter_map(|k| locator.text.get(k))
        .flatten()
        .map(String::as_str)
        .filter(move |t| seen.insert(*t))
}

/// Whether two locators look for the same words on the same kind of thing.
fn say_the_same(one: &Locator, other: &Locator, lang: Option<&str>) -> bool {
    let is_shared = |key: &str| texts(one, key).any(|t| texts(other, key).any(|o| o == t));
    let same_role = one.roles == other.roles || one.roles.iter().any(|role| other.roles.contains(role));
    let same_kind = one.by == other.by && same_role && one.of == other.of;
    same_kind && lang.map_or_else(|| one.text.keys().any(|key| is_shared(key)), is_shared)
}

const fn match_name(how: Match) -> &'static str {
    match how {
        Match::Exact => "exact",
        Match::Prefix => "prefix",
        Match::Contains => "contains",
    }
}

const fn read_name(read: Read) -> &'static str {
    match read {
        Read::Nothing => "nothing",
        Read::Text => "text",
        Read::Value => "value",
        Read::Checked => "checked",
    }
}

/// A number that is another one for another list (FNV-1a).
pub(crate) fn fingerprint(list: &[Probe]) -> u64 {
    let json = handrail_json::to_string(&list);
    json.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use handrail_json::from_str;

    use super::*;

    fn status() -> Vec<Locator> {
        from_str(
            r#"[{"by": "cell", "of": "Status", "text": {"de": ["{permission}"]}},
                {"by": "cell", "of": "Status", "text": {"*": ["{permission}"]}}]"#,
        )
        .unwrap()
    }

    #[test]
    fn a_locator_for_another_language_finds_nothing_and_keeps_its_place() {
        let known = |text: &str| Some(text.replace("{permission}", "Mail.Read"));
        let sent = ways(&status(), "en", &known);
        assert_eq!(sent[0], NOTHING);
        assert_eq!(sent[1], ["cell", "exact", "", "Status", "Mail.Read"]);
        assert_eq!(ways(&status(), "de", &known)[0][4], "Mail.Read");
    }

    #[test]
    fn a_text_that_is_not_known_yet_is_not_any_text() {
        let first = |text: &str| (text == "Status").then(|| text.to_owned());
        assert_eq!(ways(&status(), "de", &first), [NOTHING, NOTHING]);
    }

    #[test]
    fn a_locator_that_never_had_a_text_still_goes_by_its_role() {
        let bare: Vec<Locator> = from_str(r#"[{"by": "role", "roles": ["main"], "text": {}}]"#).unwrap();
        assert_eq!(ways(&bare, "en", &|_: &str| None), [["role", "exact", "main", ""]]);
    }
}
