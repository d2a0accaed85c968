//! Guide health: which way of finding a control worked on which page, in which language and build. Kept only when the
//! admin asked for it, on this machine, without personal data; shown to the admin, exported by hand.

use handrail_messages::panel::HealthLine;

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
        });
        lines.sort();
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
}
