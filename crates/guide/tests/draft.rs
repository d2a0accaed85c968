//! Drafts from made-up documents of the kinds vendors write.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::collections::BTreeSet;
use std::path::Path;

use handrail_guide::draft::{Draft, draft};
use handrail_guide::load::{Level, Library, lint_guide};

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

/// A German page of a help center, written without line breaks.
const GERMAN: &str = "<div><h1>Wachhund mit Microsoft 365 verbinden</h1><p>Öffnen Sie Azure Active Directory, App-Registrierungen, \
    und klicken Sie auf Neue Registrierung.</p><p>Geben Sie einen Namen ein, etwa &bdquo;Wachhund Leser&ldquo;.</p>\
    <p>Umleitungs-URI: https://app.wachhund.example/zur%C3%BCck</p><table><tr><th>API</th><th>Berechtigung</th><th>Typ</th></tr>\
    <tr><td>Microsoft Graph</td><td>AuditLog.Read.All</td><td>Anwendung</td></tr>\
    <tr><td>Microsoft Graph</td><td>User.Read.All</td><td>Delegiert</td></tr>\
    <tr><td>Microsoft Graph</td><td>AuditLogs.Read.All</td><td>Anwendung</td></tr></table>\
    <p>Neuer geheimer Clientschlüssel, Gültig bis: 12 Monate.</p><p>Senden Sie das geheime Kennwort per E-Mail an uns.</p>\
    <ul><li>Verzeichnis-ID (Mandant)</li><li>Anwendungs-ID (Client)</li><li>Wert des geheimen Clientschlüssels</li></ul>\
    <p>MFA deaktivieren Sie für das Dienstkonto.</p></div>";

#[test]
fn a_german_page_without_line_breaks_is_read_like_any_other() {
    let draft = draft(&library(), GERMAN);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    assert_eq!(guide["title"].as_str(), Some("Wachhund mit Microsoft 365 verbinden"));
    assert_eq!(guide["app"]["name"].as_str(), Some("Wachhund Leser"));
    assert_eq!(guide["vendor"]["domains"][0].as_str(), Some("wachhund.example"));
    let permissions = guide["permission"].as_array().unwrap();
    let named = permissions.iter().map(|p| (p["name"].as_str().unwrap(), p["kind"].as_str().unwrap()));
    assert_eq!(
        named.collect::<Vec<_>>(),
        [("AuditLog.Read.All", "application"), ("User.Read.All", "delegated")]
    );
    assert_eq!(guide["credential"]["secret"]["days"].as_integer(), Some(360));
    let values = guide["value"].as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap());
    assert_eq!(values.collect::<BTreeSet<_>>(), ["client-id", "client-secret", "tenant-id"].into());
    let found = kinds(&draft).into_iter().map(|(_, kind, id)| (kind, id)).collect::<Vec<_>>();
    for wanted in [
        ("renamed", "azure-active-directory"),
        ("dangerous", "mfa-off"),
        ("unknown-permission", "AuditLogs.Read.All"),
        ("missing", "register-button"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
}

/// Numbered text whose lines were broken by a mail program; a service account, a policy, lost pictures, a sample.
const NUMBERED: &str = "\
Night Owl - prepare your tenant

1. Create a service user such as owl@yourcompany.com and note the username and the password.
2. Assign the Global Administrator role to it. Temporarily disable
   multi-factor authentication for the account.
3. Set the policy: New policy. Enter a name, for example Owl Pilot. Choose the group
   with the name Owl-Test, and under Enable policy select On and press Create.
4. Allow users to create app passwords and enter the app password, as here:
image
5. Grant the following permissions:
×
6. winrm set winrm/config/client/auth @{Basic=\u{201d}true\u{201d}}
7. Run Get-AdminAuditLogConfig -Identity x
8. The secret value looks like aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z and is entered in Night Owl.
";

#[test]
fn a_service_account_becomes_decisions_and_what_is_lost_becomes_questions() {
    let mut library = library();
    let draft = draft(&library, NUMBERED);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    let decisions = guide["unsafe"].as_array().unwrap();
    let ids = decisions.iter().map(|u| u["id"].as_str().unwrap()).collect::<BTreeSet<_>>();
    for id in
        ["service-user", "permanent-global-admin", "mfa-off", "app-passwords-tenant", "policy-on-at-once"]
    {
        assert!(ids.contains(id), "{id} is no decision: {ids:?}");
    }
    let user = decisions.iter().find(|u| u["id"].as_str() == Some("service-user")).unwrap();
    assert_eq!(user["with"]["sign-in"].as_str(), Some("owl"));
    let policy = &guide["optional"][0];
    assert_eq!(
        (policy["with"]["name"].as_str(), policy["with"]["group"].as_str()),
        (Some("Owl Pilot"), Some("Owl-Test"))
    );
    let found = kinds(&draft);
    for wanted in [
        (4, "dangerous", "mfa-off"),
        (8, "lost", "list-lost"),
        (9, "lost", "picture-lost"),
        (10, "lost", "list-lost"),
        (12, "quotes", "typographic-quotes"),
        (12, "dead", "basic-authentication"),
        (13, "command", "command"),
        (14, "sample", "sample-secret"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
    assert!(!draft.guide.contains("aB3dE5fG"), "a sample of a secret is never repeated");
    assert!(draft.guide.contains("What belongs to line 10"), "{}", draft.guide);
    // With the open ends written it compiles: every decision's procedure is one there is.
    let written =
        draft.guide.replace("TODO", "written").replace("domains = []", "domains = [\"owl.example\"]");
    library.add_guide("owl", "owl.toml", written).unwrap();
    let errors =
        lint_guide(&library, "owl").into_iter().filter(|f| f.level == Level::Error).collect::<Vec<_>>();
    assert_eq!(errors, vec![]);
}

#[test]
fn what_is_listed_at_the_end_is_handed_over_in_that_order_and_by_those_names() {
    let text = "Lantern for Microsoft 365\nClick New registration, then Register. Name: Lantern\nNote the Application (client) ID.\n\
        Select Never for expiration of the client secret.\nGrant admin consent. Microsoft Graph, Application permissions: Mail.Read\n\
        Put these in a text file which holds:\n\n- a) Secret Value\n- b) App ID (Ex. 1)\n- c) Directory ID\n- d) Tenant Name (Ex. lantern.onmicrosoft.com)\n";
    let draft = draft(&library(), text);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    let values = guide["value"].as_array().unwrap();
    let handed = values.iter().map(|v| (v["id"].as_str().unwrap(), v["vendor-label"].as_str().unwrap()));
    assert_eq!(
        handed.collect::<Vec<_>>(),
        [
            ("client-secret", "Secret Value"),
            ("client-id", "App ID"),
            ("tenant-id", "Directory ID"),
            ("tenant-domain", "Tenant Name")
        ]
    );
    assert_eq!(guide["hand-over"]["by"].as_str(), Some("file"));
    assert!(
        kinds(&draft).iter().any(|(line, _, id)| *line == 4 && *id == "secret-never"),
        "{:?}",
        draft.notes
    );
    assert!(!kinds(&draft).iter().any(|(_, _, id)| *id == "register-button"), "it is named");
}

/// Markdown as it was written for the portal of years ago: a table whose reasons name products, values told by wrong names.
const OLD_PORTAL: &str = "\
# Connect Evergreen Vault to Microsoft 365
Open **Azure AD**, App registrations (Legacy) and enter `Evergreen Reader` as name. Required permissions > Add > *Microsoft Graph*:

| Sites.Read.All | Application | read the files of all SharePoint sites |
| User.Read.All | Application | list people |

Click **Grant permissions**. Open Keys and copy the key value.
Set-ExecutionPolicy Unrestricted
Set-AdminAuditLogConfig \u{2013}UnifiedAuditLogIngestionEnabled $true
The account vault@yourtenant.onmicrosoft.com is excluded from Conditional Access.

- **Application ID** \u{2013} the Application (client) ID
- **Directory ID** \u{2013} Object ID of the app
- **Key** \u{2013} the Secret ID

Send the key to help@evergreen-vault.example by mail.
";

#[test]
fn an_old_document_gives_todays_api_the_vendors_words_and_every_swap() {
    let draft = draft(&library(), OLD_PORTAL);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    assert_eq!(guide["vendor"]["name"].as_str(), Some("Evergreen Vault"));
    assert_eq!(guide["app"]["name"].as_str(), Some("Evergreen Reader"));
    let permissions = guide["permission"].as_array().unwrap();
    let apis = permissions.iter().map(|p| p["resource"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(apis, ["microsoft-graph", "microsoft-graph"], "a reason that names a product is no API");
    let values = guide["value"].as_array().unwrap();
    let handed = values.iter().map(|v| (v["id"].as_str().unwrap(), v["vendor-label"].as_str().unwrap()));
    assert_eq!(
        handed.collect::<Vec<_>>(),
        [("client-id", "Application ID"), ("tenant-id", "Directory ID"), ("client-secret", "Key")],
        "an account's address is no domain that is handed over"
    );
    let found = kinds(&draft);
    for wanted in [
        (2, "renamed", "azure-active-directory"),
        (2, "renamed", "old-registration-pages"),
        (7, "renamed", "grant-permissions"),
        (8, "dangerous", "execution-policy"),
        (9, "quotes", "typographic-quotes"),
        (10, "dangerous", "outside-conditional-access"),
        (13, "swapped", "object-id"),
        (14, "swapped", "secret-id"),
        (16, "dangerous", "secret-by-mail"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
    let command = draft.notes.iter().find(|note| note.id == "typographic-quotes").unwrap();
    assert!(command.today.contains("Set-AdminAuditLogConfig -Unified"), "{}", command.today);
}

/// A page of a help center: sign-in permissions in a list, the vendor's words in a table.
const SIGNS_IN: &str = "<html><body><h1>Clover directory sync</h1><p>App registrations, New registration, Register.</p>\
    <p>Under Authentication tick Access tokens (implicit grant).</p><p>Microsoft Graph, Delegated permissions:</p>\
    <ul><li>openid</li><li>profile</li><li>email</li><li>Group.Read.All</li></ul><p>Your profile stays yours.</p>\
    <p>Grant admin consent. New client secret, it expires after 12 months.</p>\
    <table><tr><th>Clover</th><th>Azure</th></tr><tr><td>Client identifier</td><td>Application (client) ID</td></tr>\
    <tr><td>Directory</td><td>Directory (tenant) ID</td></tr></table>\
    <p>Tenant ID: the Application ID. Tokens come from https://login.windows.net/common.</p></body></html>";

#[test]
fn a_list_of_sign_in_permissions_and_a_table_of_names_are_read() {
    let draft = draft(&library(), SIGNS_IN);
    let guide: toml::Table = toml::from_str(&draft.guide).unwrap();
    let permissions = guide["permission"].as_array().unwrap();
    let named = permissions.iter().map(|p| (p["name"].as_str().unwrap(), p["kind"].as_str().unwrap()));
    assert_eq!(
        named.collect::<Vec<_>>(),
        ["openid", "profile", "email", "Group.Read.All"].map(|name| (name, "delegated"))
    );
    let called = |id: &str| {
        let values = guide["value"].as_array().unwrap();
        let value = values.iter().find(|v| v["id"].as_str() == Some(id)).unwrap();
        value["vendor-label"].as_str().unwrap().to_owned()
    };
    assert_eq!((called("client-id"), called("tenant-id")), ("Client identifier".into(), "Directory".into()));
    let found = kinds(&draft).into_iter().map(|(_, kind, id)| (kind, id)).collect::<Vec<_>>();
    for wanted in [("weak", "implicit-grant"), ("swapped", "swapped-ids"), ("renamed", "old-sign-in-host")] {
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
}
