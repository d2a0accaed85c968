//! Readers for the pasted output of commands: what an admin ran elsewhere and brings back as text.
//!
//! Each reader answers what the output says, or that it cannot tell; it never guesses from the absence of a line.

/// What a pasted output says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is as the guide needs it.
    Yes,
    /// It is not.
    No,
    /// The text does not say.
    Unclear,
}

/// Reads `text` with the parser of this name; [`Answer::Unclear`] for a parser that does not exist.
#[must_use]
pub fn read(parser: &str, text: &str) -> Answer {
    match parser {
        "audit-logging" => switch(text, "UnifiedAuditLogIngestionEnabled"),
        "host" => host(text),
        _ => Answer::Unclear,
    }
}

/// Reads the name of a server: labels of letters, digits and hyphens, perhaps a port. An address with a scheme or a path is
/// none, because it goes into addresses; nor is an example's name.
fn host(text: &str) -> Answer {
    let (name, port) = text.trim().split_once(':').unwrap_or((text.trim(), "443"));
    let label = |l: &str| {
        let plain = l.chars().all(|c| c.is_alphanumeric() || c == '-');
        !l.is_empty() && l.len() < 64 && plain && !l.starts_with('-') && !l.ends_with('-')
    };
    let example = name.split('.').any(|l| l.eq_ignore_ascii_case("example"));
    let known = name.contains('.') || name.eq_ignore_ascii_case("localhost");
    if known && name.split('.').all(label) && port.parse::<u16>().is_ok() && !example {
        Answer::Yes
    } else {
        Answer::No
    }
}

/// Reads `Name : True`, `Name=True`, a table with the name as its heading, or a lone `True` or `False`.
fn switch(text: &str, property: &str) -> Answer {
    let mut answers = text.lines().enumerate().filter_map(|(at, line)| {
        let rest = after_ignoring_case(line, property)?;
        let rest = rest.trim_start_matches([' ', '\t', ':', '=', '"', ',']);
        if rest.is_empty() { text.lines().skip(at + 1).find_map(word) } else { word(rest) }
    });
    match answers.next() {
        Some(first) if answers.all(|a| a == first) => first,
        Some(_) => Answer::Unclear,
        None if text.split_whitespace().count() == 1 => word(text).unwrap_or(Answer::Unclear),
        None => Answer::Unclear,
    }
}

/// The rest of the line behind `needle`, letter case ignored.
fn after_ignoring_case<'a>(line: &'a str, needle: &str) -> Option<&'a str> {
    let at = line.to_ascii_lowercase().find(&needle.to_ascii_lowercase())?;
    line.get(at + needle.len()..)
}

/// `True` or `False` as the only word of a line.
fn word(line: &str) -> Option<Answer> {
    let trimmed = line.trim().trim_matches(['"', '$', ',']);
    if trimmed.eq_ignore_ascii_case("true") {
        Some(Answer::Yes)
    } else if trimmed.eq_ignore_ascii_case("false") {
        Some(Answer::No)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, answer: Answer) {
        assert_eq!(read("audit-logging", text), answer, "{text:?}");
    }

    #[test]
    fn audit_output_is_read_in_every_usual_layout() {
        check("UnifiedAuditLogIngestionEnabled : True", Answer::Yes);
        check("\r\nUnifiedAuditLogIngestionEnabled : False\r\n\r\n", Answer::No);
        check(
            "PS C:\\> Get-AdminAuditLogConfig | FL U*\n\nunifiedauditlogingestionenabled: true",
            Answer::Yes,
        );
        check(
            "UnifiedAuditLogIngestionEnabled\n-------------------------------\n                          True",
            Answer::Yes,
        );
        check("{\"UnifiedAuditLogIngestionEnabled\": true,}", Answer::Unclear);
        check("  True ", Answer::Yes);
    }

    #[test]
    fn a_servers_name_is_a_name_and_no_address() {
        for good in ["itsm.contoso.com", "itsm.contoso.com:8443", " localhost ", "bücher.contoso.de"] {
            assert_eq!(read("host", good), Answer::Yes, "{good}");
        }
        for bad in [
            "https://itsm.contoso.com",
            "itsm.contoso.com/pandora",
            "itsm",
            "",
            "pandora.example.com",
            "a b.c",
            "-a.b",
        ] {
            assert_eq!(read("host", bad), Answer::No, "{bad}");
        }
    }

    #[test]
    fn what_does_not_say_stays_unclear() {
        check("", Answer::Unclear);
        check("AdminAuditLogEnabled : True", Answer::Unclear);
        check("yes it is on", Answer::Unclear);
        check("UnifiedAuditLogIngestionEnabled : ", Answer::Unclear);
        check(
            "UnifiedAuditLogIngestionEnabled : True\nUnifiedAuditLogIngestionEnabled : False",
            Answer::Unclear,
        );
        assert_eq!(read("no-such-parser", "True"), Answer::Unclear);
    }
}
