//! Moments in UTC as text: the one spelling that reports and requests use, `2026-11-21T12:00:00Z`.
//!
//! A library of time brings its time zones and the words of its errors into whatever is small because it must be; here
//! are two formulas of the calendar (Howard Hinnant's `civil_from_days` and `days_from_civil`).

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A moment, from seconds since 1970.
#[must_use]
pub fn utc(seconds: i64) -> String {
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * march + 2) / 5 + 1)
}

/// Reads a moment in this spelling, with or without a fraction of a second, which is dropped.
#[must_use]
pub fn moment(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z')?;
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00T00:00:00" || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut numbers = text.split(['-', 'T', ':']).filter_map(|part| part.parse::<i64>().ok());
    let mut next = || numbers.next();
    let (year, month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?, next()?);
    if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_era = y.rem_euclid(400);
    let days =
        y.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day
            - 719_469;
    // A day that the month does not have comes back as another one.
    (date(days) == (year, month, day)).then_some(days * DAY + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_as_the_calendar_has_them() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("2026-11-22T00:00:00Z", 1_795_305_600),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] {
            assert_eq!((utc(seconds).as_str(), moment(text)), (text, Some(seconds)));
        }
        assert_eq!(moment("2026-11-22T00:00:00.75Z"), Some(1_795_305_600));
    }

    #[test]
    fn what_is_no_moment_is_not_read() {
        for text in [
            "",
            "now",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-21T12:00:00",
            "2026-11-21 12:00:00Z",
            "é",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
