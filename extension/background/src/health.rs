//! Guide health: which way of finding a control worked on which page in which language. No personal data, kept on
//! this machine, shown to the admin, exported by hand.

use handrail_messages::panel::HealthLine;

/// More lines than this are not kept: three hundred is every control of a few guides in a few languages.
const MAX_LINES: usize = 300;

/// Records that a control was found by this locator, or was not found.
pub(crate) fn record(
    lines: &mut Vec<HealthLine>,
    control: &str,
    lang: &str,
    locator: Option<u32>,
    day: &str,
) {
    let same = |l: &&mut HealthLine| l.control == control && l.lang == lang && l.locator == locator;
    if let Some(line) = lines.iter_mut().find(same) {
        line.times = line.times.saturating_add(1);
        day.clone_into(&mut line.last);
        return;
    }
    if lines.len() < MAX_LINES {
        lines.push(HealthLine {
            control: control.to_owned(),
            lang: lang.to_owned(),
            locator,
            times: 1,
            last: day.to_owned(),
        });
        lines.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_finding_is_counted() {
        let mut lines = Vec::new();
        record(&mut lines, "a.b", "en", Some(0), "2026-01-01");
        record(&mut lines, "a.b", "en", Some(0), "2026-01-02");
        record(&mut lines, "a.b", "en", None, "2026-01-02");
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines.iter().find(|l| l.locator == Some(0)).map(|l| (l.times, l.last.as_str())),
            Some((2, "2026-01-02"))
        );
    }
}
