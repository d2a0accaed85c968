//! Reads the rows of a batch: CSV with a header, or one JSON object a line.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use handrail_credential::Secret;

/// A row: its place in the file, counted from 1 without the header, and its values by value id.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) values: BTreeMap<String, Secret>,
}

/// Other names people give to the columns.
const COLUMNS: &[(&str, &[&str])] = &[
    ("tenant-id", &["tenant-id", "tenant", "tenant_id", "tenantid", "directory", "directory (tenant) id"]),
    (
        "client-id",
        &[
            "client-id",
            "client",
            "client_id",
            "clientid",
            "app",
            "app-id",
            "appid",
            "application (client) id",
        ],
    ),
    ("client-secret", &["client-secret", "secret", "client_secret", "clientsecret", "value", "secret value"]),
    ("tenant-domain", &["tenant-domain", "domain", "tenant_domain", "tenant name"]),
];

/// Reads a file of rows.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') { json_lines(text) } else { csv_rows(text) }
}

fn column(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let known = COLUMNS.iter().find(|(_, names)| names.contains(&lower.as_str()));
    known.map_or(lower, |(id, _)| (*id).to_owned())
}

fn json_lines(text: &str) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        // The parser's own words could quote a secret.
        let Ok(found) = serde_json::from_str::<BTreeMap<String, String>>(line) else {
            bail!("line {} is not a JSON object of texts", at + 1);
        };
        let values = found.into_iter().map(|(name, value)| (column(&name), Secret::new(value))).collect();
        rows.push(Row { number: at + 1, values });
    }
    Ok(rows)
}

fn csv_rows(text: &str) -> anyhow::Result<Vec<Row>> {
    let mut records = csv(text).into_iter();
    let header: Vec<String> = records.next().unwrap_or_default().iter().map(|name| column(name)).collect();
    ensure!(
        header.iter().any(|h| h == "client-secret"),
        "the first line must name the columns: tenant, client, secret and, if there is one, domain"
    );
    let mut rows = Vec::new();
    for (at, record) in records.enumerate() {
        ensure!(
            record.len() == header.len(),
            "row {} has {} fields, not {}",
            at + 1,
            record.len(),
            header.len()
        );
        let values = header.iter().cloned().zip(record.into_iter().map(Secret::new)).collect();
        rows.push(Row { number: at + 1, values });
    }
    Ok(rows)
}

/// RFC 4180, with the separator that the header uses: comma, semicolon or tab.
fn csv(text: &str) -> Vec<Vec<String>> {
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

#[cfg(test)]
mod tests {
    use super::{csv_rows, json_lines};

    #[test]
    fn csv_with_quotes_and_other_separators() {
        for text in [
            "Tenant,Client,Secret\na,b,\"c,\"\"d\"\n\n",
            "tenant_id;client_id;client_secret\r\na;b;\"c,\"\"d\"\r\n",
            "tenant\tclient\tvalue\na\tb\tc,\"d",
        ] {
            let rows = csv_rows(text).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            // EXPOSE: no secret, a letter.
            let got = rows[0].values.iter().map(|(k, v)| (k.as_str(), v.expose())).collect::<Vec<_>>();
            assert_eq!(got, [("client-id", "b"), ("client-secret", "c,\"d"), ("tenant-id", "a")], "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_named_without_its_content() {
        let words = |r: anyhow::Result<Vec<super::Row>>| r.err().map(|e| e.to_string()).unwrap_or_default();
        assert!(words(csv_rows("a,b\n1,2")).contains("must name the columns"));
        assert!(words(csv_rows("tenant,client,secret\n1,canary")).contains("row 1 has 2 fields"));
        let said = words(json_lines("{\"secret\":\"a\"}\n{\"secret\":canary}"));
        assert!(said.contains("line 2") && !said.contains("canary"), "{said}");
    }
}
