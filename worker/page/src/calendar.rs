//! The reminder of a credential's end as an iCalendar file (RFC 5545), made as a text.

/// What stands in it.
pub struct Reminder<'a> {
    /// Names it: the same link makes the same event, so that a second file moves the first one's.
    pub code: &'a str,
    /// The day the credential ends: `2027-05-20`.
    pub day: &'a str,
    /// What ends.
    pub title: &'a str,
    /// What is to be done in time.
    pub task: &'a str,
}

/// Octets of a line, its end apart (RFC 5545, 3.1).
const LINE: usize = 75;

/// Days before the end on which the calendar reminds: first long enough for a renewal to be asked for, then once more.
const ALARMS: [u8; 2] = [30, 7];

/// The file. `now` is when it is made, in seconds since 1970; nothing where `day` is no day.
#[must_use]
pub fn calendar(reminder: &Reminder<'_>, now: i64) -> Option<String> {
    let begin = compact(reminder.day)?;
    let end = compact(&next_day(reminder.day)?)?;
    let made: String = handrail_credential::utc(now).chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (title, task) = (escaped(reminder.title), escaped(reminder.task));
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Handrail//Handrail//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@handrail", reminder.code.to_ascii_lowercase()),
        format!("DTSTAMP:{made}"),
        format!("DTSTART;VALUE=DATE:{begin}"),
        // A day ends where the next one begins (3.6.1).
        format!("DTEND;VALUE=DATE:{end}"),
        format!("SUMMARY:{title}"),
        format!("DESCRIPTION:{task}"),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    for days in ALARMS {
        lines.extend([
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{task}"),
            format!("TRIGGER:-P{days}D"),
            "END:VALARM".to_owned(),
        ]);
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    let mut text = String::new();
    for line in &lines {
        fold(line, &mut text);
    }
    Some(text)
}

/// A day without its dashes.
fn compact(day: &str) -> Option<String> {
    let compact: String = day.split('-').collect();
    (day.len() == 10 && compact.len() == 8 && compact.bytes().all(|b| b.is_ascii_digit())).then_some(compact)
}

/// The day after, where there is such a day.
fn next_day(day: &str) -> Option<String> {
    let mut parts = day.splitn(3, '-').map(str::parse::<u16>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(date))) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let (year, month, date) = match (month, date) {
        (_, 1..) if date < last => (year, month, date.saturating_add(1)),
        (12, _) if date == last => (year.saturating_add(1), 1, 1),
        (_, _) if date == last => (year, month.saturating_add(1), 1),
        _ => return None,
    };
    Some(format!("{year:04}-{month:02}-{date:02}"))
}

/// A text as a value (3.3.11). Other control characters stand in no text.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, broken before it is too long and never within a character.
fn fold(line: &str, out: &mut String) {
    let mut length = 0_usize;
    for c in line.chars() {
        if length.saturating_add(c.len_utf8()) > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length = length.saturating_add(c.len_utf8());
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A strict reader of what RFC 5545 permits: the properties by name in their order, `begin`/`end` among them.
    fn read(text: &str) -> Vec<(String, String)> {
        assert!(text.ends_with("\r\n"), "every line ends so");
        let lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
        let mut whole: Vec<String> = Vec::new();
        for line in lines {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.is_empty() && !line.chars().any(char::is_control), "{line:?}");
            match line.strip_prefix(' ') {
                Some(more) => whole.last_mut().unwrap().push_str(more),
                None => whole.push(line.to_owned()),
            }
        }
        let mut open: Vec<String> = Vec::new();
        let mut read = Vec::new();
        for line in whole {
            let (name, value) = line.split_once(':').unwrap();
            assert!(name.bytes().all(|b| b.is_ascii_uppercase() || b";=-".contains(&b)), "{name}");
            match name {
                "BEGIN" => open.push(value.to_owned()),
                "END" => assert_eq!(open.pop().as_deref(), Some(value)),
                _ => assert!(!open.is_empty(), "outside of everything: {line}"),
            }
            let value =
                if matches!(name, "SUMMARY" | "DESCRIPTION") { text_of(value) } else { value.to_owned() };
            read.push((name.to_owned(), value));
        }
        assert!(open.is_empty(), "not ended: {open:?}");
        read
    }

    /// A value of type TEXT; what is not escaped as it has to be ends the test.
    fn text_of(value: &str) -> String {
        let (mut out, mut rest) = (String::new(), value.chars());
        while let Some(c) = rest.next() {
            assert!(!matches!(c, ';' | ','), "not escaped: {value}");
            out.push(match c {
                '\\' => match rest.next().unwrap() {
                    'n' | 'N' => '\n',
                    c @ ('\\' | ';' | ',') => c,
                    other => panic!("\\{other} is nothing: {value}"),
                },
                c => c,
            });
        }
        out
    }

    fn made(title: &str, day: &str) -> Option<String> {
        let task = "Ask for a renewal; in time, please\\";
        calendar(&Reminder { code: "ABCDEF-GHJKMN-PQRSTV", day, title, task }, 1_795_406_400)
    }

    fn all<'a>(read: &'a [(String, String)], name: &str) -> Vec<&'a str> {
        read.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }

    #[test]
    fn the_file_says_what_ends_when_and_reminds_before() {
        let read = read(&made("Client secret ends: Securus360", "2027-05-20").unwrap());
        let one = |name: &str, value: &str| assert_eq!(all(&read, name), [value], "{name}");
        one("VERSION", "2.0");
        one("UID", "abcdef-ghjkmn-pqrstv@handrail");
        one("DTSTAMP", "20261123T040000Z");
        one("DTSTART;VALUE=DATE", "20270520");
        one("DTEND;VALUE=DATE", "20270521");
        one("SUMMARY", "Client secret ends: Securus360");
        assert_eq!(all(&read, "DESCRIPTION"), ["Ask for a renewal; in time, please\\"; 3]);
        assert_eq!(all(&read, "TRIGGER"), ["-P30D", "-P7D"]);
        assert_eq!(all(&read, "BEGIN"), ["VCALENDAR", "VEVENT", "VALARM", "VALARM"]);
    }

    #[test]
    fn no_text_breaks_out_of_its_line() {
        let long = "シークレットの終了日、".repeat(20);
        for title in [
            "a, b; c\\d\nBEGIN:VEVENT\r\nX:1",
            "\u{7}tab\tand bell",
            long.as_str(),
            &"x".repeat(75),
            &"ü".repeat(34),
            "",
        ] {
            let read = read(&made(title, "2027-05-20").unwrap());
            let plain: String =
                title.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            assert_eq!(all(&read, "SUMMARY"), [plain.as_str()]);
            assert_eq!(all(&read, "BEGIN").len(), 4);
        }
    }

    #[test]
    fn the_end_is_the_next_day_wherever_that_lies() {
        for (day, next) in [
            ("2027-05-31", "20270601"),
            ("2027-12-31", "20280101"),
            ("2028-02-28", "20280229"),
            ("2028-02-29", "20280301"),
            ("2027-02-28", "20270301"),
            ("2100-02-28", "21000301"),
        ] {
            assert_eq!(all(&read(&made("x", day).unwrap()), "DTEND;VALUE=DATE"), [next]);
        }
        for none in [
            "2027-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-05-00",
            "2027-04-31",
            "20.05.2027",
            "2027-5-2",
            "",
            "2027-05-2x",
        ] {
            assert_eq!(made("x", none), None, "{none}");
        }
    }
}
