//! Guide health: which way of finding a control worked on which page, in which language and build. Kept only when the
//! admin asked for it, on this machine, without personal data; shown to the admin, exported by hand.

use handrail_guide::health::Look;
use handrail_guide::plan::{By, Control, Locator};
use handrail_messages::panel::HealthLine;

use crate::frames::Sighting;
use crate::index::{Index, look_number};
use crate::time;
use crate::walk::Walk;

/// No label of a portal is longer; a text that is holds something else.
const LONGEST_LABEL: usize = 120;

/// More lines than this are not kept: three hundred is every control of a few guides in a few languages.
const MAX_LINES: usize = 300;

/// How a look for a control ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Found by the locator with this number.
    Found(Option<u32>),
    /// Not on the page.
    Absent,
    /// There, but hidden.
    Hidden,
    /// On the page more than once.
    Several,
    /// Found, but nothing says that its page is shown.
    Page,
}

impl Outcome {
    fn fault(self) -> &'static str {
        match self {
            Self::Found(_) => "",
            Self::Absent => "absent",
            Self::Hidden => "hidden",
            Self::Several => "several",
            Self::Page => "page",
        }
    }
}

/// Where it was looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) lang: &'a str,
    pub(crate) build: &'a str,
    pub(crate) day: &'a str,
}

/// Records how a look for a control ended. Its parameter is left out: it may name what is the customer's.
pub(crate) fn record(lines: &mut Vec<HealthLine>, control: &str, outcome: Outcome, place: Place<'_>) {
    let control = control.split('[').next().unwrap_or_default();
    let locator = match outcome {
        Outcome::Found(locator) => locator,
        _ => None,
    };
    let fault = outcome.fault();
    let same = |l: &&mut HealthLine| {
        l.control == control
            && l.lang == place.lang
            && l.build == place.build
            && l.locator == locator
            && l.fault == fault
    };
    if let Some(line) = lines.iter_mut().find(same) {
        line.times = line.times.saturating_add(1);
        place.day.clone_into(&mut line.last);
        return;
    }
    if lines.len() < MAX_LINES {
        lines.push(HealthLine {
            control: control.to_owned(),
            lang: place.lang.to_owned(),
            build: place.build.to_owned(),
            locator,
            fault: fault.to_owned(),
            times: 1,
            last: place.day.to_owned(),
            look: Look::default(),
        });
        lines.sort();
    }
}

/// Adds what a control that was recorded is like.
pub(crate) fn add_look(
    lines: &mut [HealthLine],
    control: &str,
    found: Option<u32>,
    place: Place<'_>,
    look: Look,
) {
    let same = |l: &&mut HealthLine| {
        l.control == control && l.lang == place.lang && l.build == place.build && l.locator == found
    };
    if let Some(line) = lines.iter_mut().find(same) {
        line.look = look;
    }
}

/// What may be kept of what an agent said of a control: its label only where the catalogue has one, and only the
/// attributes it is found by. A text the plan fills in is the customer's: what is found by one is left out.
pub(crate) fn look_of(control: &Control, said: &str) -> Look {
    let mut lines = said.split('\n');
    let role = lines.next().unwrap_or_default().to_owned();
    let name = lines.next().unwrap_or_default().trim();
    let fixed = |by: &[By]| {
        let mut ways = control.locators.iter().filter(|l| by.contains(&l.by));
        ways.any(|l| !l.text.is_empty() && l.text.values().flatten().all(|text| !text.contains('{')))
    };
    let labelled = fixed(&[By::Role, By::Label, By::Text, By::Attribute]);
    let name =
        if labelled && name.chars().count() <= LONGEST_LABEL { name.to_owned() } else { String::new() };
    let found_by = fixed(&[By::Attribute, By::Telemetry, By::FormElement]);
    let attributes = control
        .locators
        .iter()
        .zip(lines)
        .filter_map(|(locator, value)| Some((attribute(locator)?, value)))
        .filter(|(_, value)| found_by && !value.is_empty() && value.chars().count() <= LONGEST_LABEL)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Look { role, name, attributes }
}

impl Walk {
    /// Records how the look for a step's control ended, once.
    pub(crate) fn note_health(
        &mut self,
        step: &str,
        control: &str,
        outcome: Outcome,
        lines: &mut Vec<HealthLine>,
        now: f64,
    ) {
        let this = (step.to_owned(), outcome);
        if self.recorded.as_ref() == Some(&this) || self.frames.top().is_none() {
            return;
        }
        self.recorded = Some(this);
        let shown = match self.sighting(control) {
            Sighting::Once { port, .. } => self.frames.all().find(|(p, _)| *p == port),
            _ => None,
        };
        let Some((_, frame)) = shown.or_else(|| self.frames.top()) else {
            return;
        };
        let place = Place { lang: &frame.lang, build: &frame.build, day: &time::day(now) };
        record(lines, control, outcome, place);
    }

    /// Records what that control is like.
    pub(crate) fn note_look(&self, control: &str, lines: &mut [HealthLine], now: f64) {
        let index = Index::new(&self.plan);
        let Some(number) = index.control(control).filter(|_| self.looks) else { return };
        let (Some(known), Sighting::Once { port, text, locator }) =
            (index.control_at(number), self.frames.look(look_number(number)))
        else {
            return;
        };
        if let Some((_, frame)) = self.frames.all().find(|(p, _)| *p == port) {
            let place = Place { lang: &frame.lang, build: &frame.build, day: &time::day(now) };
            add_look(lines, control, locator, place, look_of(known, &text));
        }
    }
}

/// The attribute that a locator looks at.
pub(crate) fn attribute(locator: &Locator) -> Option<&str> {
    match locator.by {
        By::Telemetry => Some("data-telemetryname"),
        By::FormElement => Some("data-formelement"),
        By::Attribute => locator.of.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_finding_is_counted_and_no_parameter_is_kept() {
        let mut lines = Vec::new();
        let on = |day| Place { lang: "en", build: "wasm", day };
        record(&mut lines, "a.b[Customer Ltd]", Outcome::Found(Some(0)), on("2026-01-01"));
        record(&mut lines, "a.b[Customer Inc]", Outcome::Found(Some(0)), on("2026-01-02"));
        record(&mut lines, "a.b", Outcome::Several, on("2026-01-02"));
        assert_eq!(lines.len(), 2);
        let found = lines.iter().find(|l| l.locator == Some(0)).map(|l| (l.times, l.last.as_str()));
        assert_eq!(found, Some((2, "2026-01-02")));
        assert!(lines.iter().all(|l| l.control == "a.b"));
        assert!(lines.iter().any(|l| l.fault == "several"));
    }

    fn control(text: &str) -> Control {
        let locators = serde_json::json!([
            {"by": "role", "roles": ["button"], "text": {"en": [text]}},
            {"by": "attribute", "of": "title", "text": {"en": [text]}},
        ]);
        serde_json::from_value(serde_json::json!({"id": "a.b", "called": "it", "locators": locators}))
            .unwrap()
    }

    #[test]
    fn only_what_no_value_can_be_in_is_kept_of_a_look() {
        let said = "button\nSave\n\nSave it";
        let look = look_of(&control("Save"), said);
        assert_eq!((look.role.as_str(), look.name.as_str()), ("button", "Save"));
        assert_eq!(look.attributes.get("title").map(String::as_str), Some("Save it"));
        // Found by the customer's own text: its name and title are the customer's.
        let own = look_of(&control("{app-name}"), said);
        assert_eq!(own, Look { role: "button".into(), ..Look::default() });
        let long = look_of(&control("Save"), &format!("button\n{0}\n\n{0}", "x".repeat(121)));
        assert_eq!(long, Look { role: "button".into(), ..Look::default() });
    }

    #[test]
    fn a_look_belongs_to_the_way_the_control_was_found_by() {
        let mut lines = Vec::new();
        let on = Place { lang: "en", build: "wasm", day: "2026-01-01" };
        record(&mut lines, "a.b", Outcome::Found(Some(0)), on);
        record(&mut lines, "a.b", Outcome::Found(Some(1)), on);
        let look = Look { role: "button".into(), ..Look::default() };
        add_look(&mut lines, "a.b", Some(1), on, look.clone());
        let looks: Vec<_> = lines.iter().map(|l| (l.locator, l.look == look)).collect();
        assert_eq!(looks, [(Some(0), false), (Some(1), true)]);
    }
}
