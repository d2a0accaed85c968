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

/// A reader and the name that recipes have for it.
type Parser = (&'static str, fn(&str) -> Answer);

/// Every reader.
pub const PARSERS: [Parser; 3] =
    [("audit-logging", audit_logging), ("mailbox-protocols", mailbox_protocols), ("host", host)];

/// Reads `text` with the parser of this name; [`Answer::Unclear`] for a parser that does not exist.
#[must_use]
pub fn read(parser: &str, text: &str) -> Answer {
    PARSERS.iter().find(|(name, _)| *name == parser).map_or(Answer::Unclear, |(_, read)| read(text))
}

/// Reads whether Exchange Online takes events into the audit log.
fn audit_logging(text: &str) -> Answer {
    switch(text, "UnifiedAuditLogIngestionEnabled")
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

/// Reads whether a mailbox may use IMAP and SMTP. The mailbox's line about SMTP may be empty; it comes first and counts
/// before the organisation's.
fn mailbox_protocols(text: &str) -> Answer {
    let disabled = answers(text, "SmtpClientAuthenticationDisabled").first().copied();
    match (switch(text, "ImapEnabled"), disabled) {
        (Answer::No, _) | (_, Some(Answer::Yes)) => Answer::No,
        (Answer::Yes, Some(Answer::No)) => Answer::Yes,
        _ => Answer::Unclear,
    }
}

/// Reads `Name : True`, `Name=True`, a table with the name as its heading, or a lone `True` or `False`.
fn switch(text: &str, property: &str) -> Answer {
    match answers(text, property).as_slice() {
        [first, rest @ ..] if rest.iter().all(|a| a == first) => *first,
        [] if text.split_whitespace().count() == 1 => word(text.trim()).unwrap_or(Answer::Unclear),
        _ => Answer::Unclear,
    }
}

/// What stands right behind each `property`. A field of one line turns the ends of lines into spaces, so lines mean nothing;
/// what is passed to a command (`-Name $true`) is no answer of one.
fn answers(text: &str, property: &str) -> Vec<Answer> {
    let mark = |c: char| c.is_whitespace() || ":=,;|\"{}".contains(c);
    let words: Vec<&str> = text.split(mark).filter(|w| w.chars().any(|c| c != '-')).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs
        .filter(|(name, _)| name.eq_ignore_ascii_case(property))
        .filter_map(|(_, value)| word(value))
        .collect()
}

/// `True` or `False`.
fn word(text: &str) -> Option<Answer> {
    if text.eq_ignore_ascii_case("true") {
        Some(Answer::Yes)
    } else if text.eq_ignore_ascii_case("false") {
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
        check("{\"UnifiedAuditLogIngestionEnabled\": true,}", Answer::Yes);
        check("  True ", Answer::Yes);
        // As a field of one line holds it.
        check("UnifiedAuditLogIngestionEnabled -------------- False  PS C:\\> ", Answer::No);
        check(
            "PS C:\\> Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled  UnifiedAuditLogIngestionEnabled : True   PS C:\\>",
            Answer::Yes,
        );
    }

    #[test]
    fn a_mailboxs_own_setting_counts_before_the_organisations() {
        let output = |imap: &str, own: &str, all: &str| {
            let smtp = "SmtpClientAuthenticationDisabled";
            format!("\r\nImapEnabled : {imap}\r\n{smtp} : {own}\r\n\r\n\r\n{smtp} : {all}\r\n")
        };
        for (imap, own, all, answer) in [
            ("True", "False", "True", Answer::Yes),
            ("True", "", "False", Answer::Yes),
            ("True", "", "True", Answer::No),
            ("True", "True", "False", Answer::No),
            ("False", "False", "False", Answer::No),
            ("True", "", "", Answer::Unclear),
            ("", "", "False", Answer::Unclear),
        ] {
            let lines = output(imap, own, all);
            assert_eq!(read("mailbox-protocols", &lines), answer, "{imap} {own} {all}");
            assert_eq!(read("mailbox-protocols", &lines.replace("\r\n", " ")), answer, "in one line");
        }
        assert_eq!(read("mailbox-protocols", "ImapEnabled : True"), Answer::Unclear, "half of it");
        assert_eq!(read("mailbox-protocols", "True"), Answer::Unclear);
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
        check("Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true", Answer::Unclear);
        check("yes it is on", Answer::Unclear);
        check("UnifiedAuditLogIngestionEnabled : ", Answer::Unclear);
        check(
            "UnifiedAuditLogIngestionEnabled : True\nUnifiedAuditLogIngestionEnabled : False",
            Answer::Unclear,
        );
        assert_eq!(read("no-such-parser", "True"), Answer::Unclear);
    }
}
