//! Files: rows of a batch, guides, vendors' documents to draft from.

use std::path::Path;
use std::sync::LazyLock;

use handrail_guide::draft::{decode, draft};
use handrail_guide::load::{Library, lint_guide};

use super::{all, text};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Library::load(&root).unwrap_or_else(|findings| panic!("{} files do not load", findings.len()))
});

pub(super) fn rows_seeds() -> Vec<Vec<u8>> {
    let mut seeds = all(&[
        "tenant,client,secret\r\na,b,\"c\"\"d\"\r\n",
        "{\"tenant\":\"a\",\"client\":\"b\",\"secret\":\"env:C\"}\n",
        "tenant;client;secret;expires\na;b;file:c;2027-01-01\n",
    ]);
    let wide: Vec<u8> = "\u{feff}tenant,client,secret\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    seeds.push(wide);
    seeds
}

pub(super) fn rows_any(bytes: &[u8]) {
    let lines = text(bytes).lines().count().max(bytes.len());
    assert!(handrail_cli::outside::rows(bytes).is_none_or(|rows| rows <= lines));
}

pub(super) fn guide_seeds() -> Vec<Vec<u8>> {
    LIBRARY.guides.values().take(3).map(|guide| guide.source.text.clone().into_bytes()).collect()
}

/// A guide that somebody wrote: refused with findings, or read and looked at by the linter.
pub(super) fn guide_any(bytes: &[u8]) {
    let text = text(bytes);
    let mut library = LIBRARY.clone();
    if library.add_guide("fuzzed", "guides/fuzzed.toml", text).is_ok() {
        drop(lint_guide(&library, "fuzzed"));
    }
}

pub(super) fn document_seeds() -> Vec<Vec<u8>> {
    let mut seeds = all(&[
        "1. Go to Azure AD > App registrations > New registration\n2. API permissions: Microsoft Graph, User.Read.All (Application)\n",
        "<h1>Set-up</h1><table><tr><td>Directory.Read.All</td><td>Application</td></tr></table>",
    ]);
    seeds.push(b"\xff\xfe<\x00p\x00>\x00".to_vec());
    seeds
}

/// A vendor's document that a guide is drafted from.
pub(super) fn document_any(bytes: &[u8]) {
    if let Some(text) = decode(bytes) {
        let drafted = draft(&LIBRARY, &text);
        assert!(!drafted.guide.is_empty());
    }
}
