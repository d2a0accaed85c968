//! Reads the rows of a batch: CSV with a header, or one JSON object a line.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use handrail_credential::Secret;
use handrail_seal::Identity;
use zeroize::Zeroizing;

use crate::csv;

/// A row: its place in the file, counted from 1 without the header, and its values by value id.
pub(crate) struct Row {
    pub(crate) number: usize,
    pub(crate) values: BTreeMap<String, Secret>,
    /// The end date that the row gives, as it stands there.
    pub(crate) expires: Option<String>,
    /// Why the row cannot be checked: a code of `source`.
    pub(crate) problem: Option<&'static str>,
}

impl Row {
    /// What stands in the secret's column.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.values.get("client-secret").map(|s| s.expose()) // EXPOSE: to see whether it is a reference.
    }

    fn of(number: usize, found: impl Iterator<Item = (String, String)>) -> Self {
        let mut values: BTreeMap<String, Secret> = found.map(|(id, text)| (id, Secret::new(text))).collect();
        // EXPOSE: a date.
        let expires =
            values.remove("expires").map(|d| d.expose().trim().to_owned()).filter(|d| !d.is_empty());
        values.retain(|_, value| !value.is_empty());
        Self { number, values, expires, problem: None }
    }

    fn bad(number: usize) -> Self {
        Self { number, values: BTreeMap::new(), expires: None, problem: Some("row-unreadable") }
    }
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
    ("expires", &["expires", "end", "end date", "enddate", "expiry", "expires on"]),
];

/// Bytes of an input: a million rows of references are shorter.
const MAX_INPUT: u64 = 256 * 1024 * 1024;

/// Reads a file of rows; one that is encrypted with age is opened with the key in `identity`.
pub(crate) fn read(file: &Path, identity: Option<&Path>) -> anyhow::Result<Vec<Row>> {
    let shown = file.display();
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {shown}"))?.len();
    ensure!(size <= MAX_INPUT, "{shown} is larger than 256 MB");
    let bytes = Zeroizing::new(std::fs::read(file).with_context(|| format!("cannot read {shown}"))?);
    let bytes = match identity {
        Some(identity) => opened(&bytes, identity).with_context(|| format!("cannot open {shown}"))?,
        None => {
            ensure!(
                !bytes.starts_with(b"age-encryption.org/"),
                "{shown} is encrypted; name the file with your age key: --identity FILE"
            );
            bytes
        }
    };
    ensure!(
        !bytes.starts_with(b"PK"),
        "{shown} is a workbook or an archive; save it as CSV and give that file"
    );
    ensure!(!bytes.iter().all(u8::is_ascii_whitespace), "{shown} is empty");
    rows(&bytes)
}

/// Reads rows from the bytes of a file.
pub(crate) fn rows(bytes: &[u8]) -> anyhow::Result<Vec<Row>> {
    let text = Zeroizing::new(crate::input::decoded(bytes));
    if text.trim_start().starts_with('{') { Ok(json_lines(&text)) } else { csv_rows(&text) }
}

/// Opens an age file with the keys in a key file, one a line.
fn opened(sealed: &[u8], identity: &Path) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let text = Zeroizing::new(
        std::fs::read_to_string(identity).with_context(|| format!("cannot read {}", identity.display()))?,
    );
    let keys: Vec<Identity> = text.lines().filter_map(|line| line.trim().parse().ok()).collect();
    ensure!(!keys.is_empty(), "{} holds no age key", identity.display());
    handrail_seal::open(&keys, sealed).map_err(|error| anyhow::anyhow!("{error}"))
}

fn column(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let known = COLUMNS.iter().find(|(_, names)| names.contains(&lower.as_str()));
    known.map_or(lower, |(id, _)| (*id).to_owned())
}

fn json_lines(text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        // The parser's own words could quote a secret, so a bad line is only counted.
        .map(|(at, line)| match serde_json::from_str::<BTreeMap<String, String>>(line) {
            Ok(found) => Row::of(at + 1, found.into_iter().map(|(name, value)| (column(&name), value))),
            Err(_) => Row::bad(at + 1),
        })
        .collect()
}

fn csv_rows(text: &str) -> anyhow::Result<Vec<Row>> {
    let mut records = csv::records(text).into_iter();
    let header: Vec<String> = records.next().unwrap_or_default().iter().map(|name| column(name)).collect();
    ensure!(
        header.iter().any(|h| h == "client-secret"),
        "the first line must name the columns: tenant, client, secret and, if there is one, domain"
    );
    let row = |(at, record): (usize, Vec<String>)| {
        if record.len() == header.len() {
            Row::of(at + 1, header.iter().cloned().zip(record))
        } else {
            Row::bad(at + 1)
        }
    };
    Ok(records.enumerate().map(row).collect())
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
    fn a_bad_row_is_a_row_of_its_own() {
        assert!(csv_rows("a,b\n1,2").err().is_some_and(|e| e.to_string().contains("must name the columns")));
        let problems = |rows: Vec<super::Row>| rows.iter().map(|r| r.problem.is_some()).collect::<Vec<_>>();
        assert_eq!(problems(csv_rows("tenant,client,secret\n1,canary\n1,2,3").unwrap()), [true, false]);
        assert_eq!(problems(json_lines("{\"secret\":\"a\"}\n{\"secret\":canary}")), [false, true]);
    }

    #[test]
    fn an_encrypted_table_is_opened() {
        use handrail_seal::Identity;
        let folder = tempfile::tempdir().unwrap();
        let (file, key) = (folder.path().join("rows.csv.age"), folder.path().join("key.txt"));
        let identity = Identity::from_random([7; 32]);
        let plain = b"tenant,client,secret,expires\na,b,c,2027-01-01\n";
        let sealed =
            handrail_seal::seal(&[identity.recipient()], plain, &mut |to: &mut [u8]| to.fill(3)).unwrap();
        std::fs::write(&file, sealed).unwrap();
        std::fs::write(&key, format!("# a key\n{}\n", &*identity.to_text())).unwrap();
        let rows = super::read(&file, Some(&key)).unwrap();
        assert_eq!(rows[0].expires.as_deref(), Some("2027-01-01"));
        assert_eq!(rows[0].secret(), Some("c"));
        assert!(super::read(&file, None).err().is_some_and(|e| e.to_string().contains("--identity")));
    }
}
