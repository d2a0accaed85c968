//! Drafts from made-up documents of the kinds vendors write.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::Path;

use handrail_guide::draft::{Draft, draft};
use handrail_guide::load::{Library, lint_guide};

fn library() -> Library {
    Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}

fn kinds(draft: &Draft) -> Vec<(usize, &str, &str)> {
    draft.notes.iter().map(|note| (note.line, note.kind.as_str(), note.id.as_str())).collect()
}

const REGISTERS: &str = "\
# Watchdog set-up
As Global Administrator open **Azure Active Directory** and press New registration.
Name: Watchdog Reader Supported account types: single tenant
Add a permission > Office 365 Management APIs > Application permissions: tick *ActivityFeed.Read* and ActivityFeed\\.ReadDlp
Microsoft Graph > Delegated permissions: User.Read, offline_access
Grant admin consent.
New client secret; Description: Watchdog Expires: select **Never**
The tenantId (client application identifier) and the secret value go to help@watchdog.example, see https://www.watchdog.example/office
Redirect URI: https://app.watchdog.example/back
Run Get-AdminAuditLogConfig -Identity ”x” and quote 594c1fb6-4f81-4f1d-ab49-e4b9e6e7e7c0
";

#[test]
fn a_registration_document_gives_app_permissions_values_and_traps() {
    let draft = draft(&library(), REGISTERS);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    assert_eq!(guide["app"]["name"].as_str(), Some("Watchdog Reader"));
    assert_eq!(guide["app"]["redirect-uris"][0].as_str(), Some("https://app.watchdog.example/back"));
    assert_eq!(guide["credential"]["secret"]["description"].as_str(), Some("Watchdog"));
    assert_eq!(guide["vendor"]["domains"][0].as_str(), Some("watchdog.example"));
    let permissions = guide["permission"].as_array().unwrap();
    let named = permissions
        .iter()
        .map(|p| (p["resource"].as_str().unwrap(), p["name"].as_str().unwrap(), p["kind"].as_str().unwrap()));
    assert_eq!(
        named.collect::<Vec<_>>(),
        [
            ("office-365-management", "ActivityFeed.Read", "application"),
            ("office-365-management", "ActivityFeed.ReadDlp", "application"),
            ("microsoft-graph", "User.Read", "delegated"),
            ("microsoft-graph", "offline_access", "delegated"),
        ]
    );
    let found = kinds(&draft);
    for wanted in [
        (0, "missing", "register-button"),
        (2, "renamed", "azure-active-directory"),
        (7, "dead", "secret-never"),
        (8, "swapped", "swapped-ids"),
        (10, "quotes", "typographic-quotes"),
        (10, "unknown-guid", "594c1fb6-4f81-4f1d-ab49-e4b9e6e7e7c0"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
}

#[test]
fn a_draft_reads_as_a_guide_whose_open_ends_the_linter_names() {
    let mut library = library();
    let draft = draft(&library, REGISTERS);
    library.add_guide("drafted", "drafted.toml", draft.guide).unwrap();
    let codes = lint_guide(&library, "drafted").into_iter().map(|f| f.code).collect::<Vec<_>>();
    assert!(codes.contains(&"missing-why"), "{codes:?}");
}

#[test]
fn a_consent_document_gives_the_names_of_the_app_and_the_lost_list() {
    let text = "<html><body>\n<p>Before you begin you need to do the following:</p>\n<h2>Connect</h2>\n\
        <p>A consent screen opens; click Accept.</p>\n<li>Search for the “Lookout Connector.”</li>\n\
        <li>Click Lookout Connection to open the application page.</li>\n</body></html>";
    let draft = draft(&library(), text);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    let names =
        guide["consent"]["names"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(names, ["Lookout Connector", "Lookout Connection"]);
    assert!(kinds(&draft).contains(&(2, "lost", "list-lost")), "{:?}", draft.notes);
}

#[test]
fn any_bytes_give_a_draft_that_reads_as_toml() {
    for text in [
        "",
        "\u{0}\u{feff}\"\"\"",
        "Name: \"quoted\\\" and so on\nNew registration\nclient secret",
        "<<<<>>>> ** ``` \\",
    ] {
        let draft = draft(&library(), text);
        toml::from_str::<toml::Table>(&draft.guide).unwrap();
    }
}

#[test]
fn a_table_gives_each_permission_its_own_kind() {
    let table = "<html><body><table><tr><td>AuditLog.Read.All</td><td>Application</td></tr><tr><td>User.Read.All</td>\
                 <td>Delegated</td></tr></table></body></html>";
    let markdown = "| AuditLog.Read.All | Application |\n| User.Read.All | Delegated |\n";
    for document in [table, markdown] {
        let draft = draft(&library(), document);
        let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
        let row = |n: usize| {
            let permission = &guide["permission"][n];
            (permission["name"].as_str().unwrap().to_owned(), permission["kind"].as_str().unwrap().to_owned())
        };
        assert_eq!(row(0), ("AuditLog.Read.All".to_owned(), "application".to_owned()), "{document}");
        assert_eq!(row(1), ("User.Read.All".to_owned(), "delegated".to_owned()), "{document}");
    }
}
