//! Tables as spreadsheets write and read them (RFC 4180).

/// The records of a text, the header among them, with the separator that the header uses: comma, semicolon or tab.
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            c if quoted => field.push(c),
            c if c == separator => record.push(std::mem::take(&mut field)),
            '\r' => {}
            '\n' => {
                record.push(std::mem::take(&mut field));
                let full = std::mem::take(&mut record);
                if full.iter().any(|f| !f.trim().is_empty()) {
                    records.push(full);
                }
            }
            c => field.push(c),
        }
    }
    record.push(field);
    if record.iter().any(|f| !f.trim().is_empty()) {
        records.push(record);
    }
    records
}

/// A cell: quoted where it holds what would end it.
pub(crate) fn cell(text: &str) -> String {
    if text.contains([',', ';', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, records};

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["Acme", "Smith, Jones", "the \"A\" team", "two\nlines", ""] {
            assert_eq!(records(&format!("a,{}\n", cell(text))), [["a", text]], "{text}");
        }
        assert_eq!((cell("Acme").as_str(), cell("a;b").as_str()), ("Acme", "\"a;b\""));
    }
}
