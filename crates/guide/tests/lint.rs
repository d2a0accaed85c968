//! What the linter says to a bad guide, one of each kind: the code, the line, and what to do. And nothing, however
//! broken, makes it panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::{Path, PathBuf};

use handrail_guide::load::model::{PageFile, RecipeFile, Trap};
use handrail_guide::load::{Finding, Level, Library, Loaded, compile_with, lint_all, lint_guide, variants};
use handrail_guide::render::OUTPUTS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A vendor nobody has seen; every mistake below is made in a copy of this.
const GOOD: &str = r#"title = "Tailspin Watch: sign-ins"
purpose = "Tailspin reads the sign-ins of your organisation and warns of unusual ones."

[vendor]
name = "Tailspin"
domains = ["tailspin.example"]

[app]
name = "Tailspin Watch"
accounts = "single-tenant"
redirect-uris = ["https://tailspin.example/back"]

[[permission]]
resource = "microsoft-graph"
name = "AuditLog.Read.All"
kind = "application"
why = "to read the sign-ins it watches"

[credential.secret]
description = "Tailspin Watch"
days = 180

[setting.audit-logging]
why = "Tailspin also reads the audit log"

[[value]]
id = "client-id"

[[value]]
id = "tenant-id"

[[value]]
id = "client-secret"

[hand-over]
by = "file"
to = "the folder Tailspin gave you"
file = "tailspin.txt"
text = "{client-id} {tenant-id} {client-secret}"
notice = "The file is there."

[[vendor-step]]
at = "after"
title = "See that it works"
text = "Open Tailspin and look at the first sign-ins."

[[question]]
ask = "How long may the secret live?"
default = "180 days."
why = "The document does not say."
"#;

/// What the linter says to a text.
fn lint(text: &str) -> Vec<Finding> {
    let mut library = Library::load(&root()).unwrap();
    match library.add_guide("tailspin", "guides/tailspin.toml", text.to_owned()) {
        Ok(()) => lint_guide(&library, "tailspin"),
        Err(finding) => vec![finding],
    }
}

/// A mistake: what is replaced by what, the code, and the text on whose line it is found.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const MISTAKES: &[Mistake] = &[
    // Unknown permission, in its kinds.
    ("\"AuditLog.Read.All\"", "\"AuditLogs.Read.All\"", "unknown-permission", "AuditLogs.Read.All"),
    ("\"AuditLog.Read.All\"", "\"AuditLog.Read\"", "unknown-permission", "\"AuditLog.Read\""),
    ("\"microsoft-graph\"", "\"graph\"", "unknown-resource", "\"graph\""),
    (
        "AuditLog.Read.All\"\nkind = \"application\"",
        "IMAP.AccessAsUser.All\"\nkind = \"application\"",
        "permission-kind",
        "kind =",
    ),
    ("kind = \"application\"", "kind = \"daemon\"", "format", "daemon"),
    ("AuditLog.Read.All", "RoleManagement.ReadWrite.Directory", "tier-0", "RoleManagement"),
    // A resource that takes no secret, asked for by an app that has one.
    (
        "\"microsoft-graph\"\nname = \"AuditLog.Read.All\"",
        "\"sharepoint-online\"\nname = \"Sites.Selected\"",
        "secret-refused",
        "sharepoint",
    ),
    // Invented GUIDs.
    ("warns of unusual", "594c1fb6-4f81-4f1d-ab49-e4b9e6e7e7c0 warns of unusual", "unknown-guid", "594c1fb6"),
    (
        "[app]\nname = \"Tailspin Watch\"\naccounts = \"single-tenant\"\nredirect-uris = [\"https://tailspin.example/back\"]\n",
        "[consent]\nnames = [\"Tailspin\"]\nstart = \"press Connect in Tailspin\"\napp-id = \"not-one\"\n",
        "guid",
        "app-id",
    ),
    // Dead control, unreachable step: a step named that no recipe of the guide has.
    (
        "[hand-over]",
        "[step.\"client-secret.nmae\"]\nwhy = \"because\"\n\n[hand-over]",
        "unknown-step",
        "nmae",
    ),
    (
        "[hand-over]",
        "[step.\"service-user.open\"]\nwhy = \"because\"\n\n[hand-over]",
        "unknown-step",
        "service-user",
    ),
    // Missing why.
    ("why = \"to read the sign-ins it watches\"", "why = \"logs\"", "missing-why", "why = \"logs\""),
    ("why = \"to read the sign-ins it watches\"", "why = \" \"", "missing-why", "why = \" \""),
    (
        "why = \"to read the sign-ins it watches\"",
        "why = \"AuditLog.Read.All\"",
        "missing-why",
        "why = \"AuditLog",
    ),
    ("why = \"Tailspin also reads the audit log\"", "why = \"\"", "missing-why", "why = \"\""),
    ("why = \"to read the sign-ins it watches\"\n", "", "format", "[[permission]]"),
    // Unsafe advice, wherever the admin would follow it.
    ("Open Tailspin and", "Disable security defaults, open Tailspin and", "unsafe-advice", "Disable"),
    ("Open Tailspin and", "Set **Enable security defaults** to **No**, then", "unsafe-advice", "Set **"),
    ("See that it works", "Turn off MFA for the administrator", "unsafe-advice", "Turn off"),
    ("\"180 days.\"", "\"MFA is disabled for the account.\"", "unsafe-advice", "MFA is"),
    ("the folder Tailspin gave you", "the form; disable MFA before it", "unsafe-advice", "disable MFA"),
    (
        "Open Tailspin and",
        "Assign the Global Administrator role to the service account and",
        "unsafe-advice",
        "Assign",
    ),
    // What is no longer so.
    ("\"180 days.\"", "\"The secret never expires.\"", "dead-advice", "never expires"),
    ("Open Tailspin and", "Run Connect-MsolService and", "dead-advice", "Msol"),
    ("Open Tailspin and", "Make an app password and", "dead-advice", "app password"),
    ("days = 180", "days = 3650", "secret-life", "3650"),
    ("days = 180", "days = 700", "secret-life", "700"),
    // Outdated labels.
    ("Open Tailspin and", "Open Azure Active Directory and", "outdated-label", "Azure Active"),
    ("Open Tailspin and", "Open the Security & Compliance Center and", "outdated-label", "Compliance"),
    ("See that it works", "Look under Enterprise Applications", "outdated-label", "Enterprise"),
    // Values and the hand-over.
    ("id = \"client-id\"", "id = \"client\"", "unknown-value", "id = \"client\""),
    ("{client-id} {tenant-id}", "{client} {tenant-id}", "unknown-value", "{client} "),
    (
        "{client-id} {tenant-id} {client-secret}",
        "{client-id} {client-secret}",
        "not-in-file",
        "id = \"tenant-id\"",
    ),
    ("The file is there.", "It is {client-secret}.", "secret-in-notice", "It is {"),
    ("by = \"file\"", "by = \"pigeon\"", "no-recipe", "pigeon"),
    ("file = \"tailspin.txt\"\n", "", "hand-over-file", "by ="),
    ("[[value]]\nid = \"client-secret\"\n", "", "secret-unused", "credential"),
    ("[[value]]\nid = \"client-id\"\n", "", "withheld-value", "[[value]]"),
    ("[[value]]\nid = \"tenant-id\"\n", "", "withheld-value", "[[value]]"),
    // The app.
    ("https://tailspin.example/back", "http://tailspin.example/back", "redirect-uri", "http://"),
    ("https://tailspin.example/back", "https://{server}/back", "no-server", "{server}"),
    ("single-tenant", "multi-tenant", "format", "multi-tenant"),
    ("[\"tailspin.example\"]", "[]", "no-domain", "domains"),
    ("[\"tailspin.example\"]", "[\"https://tailspin.example\"]", "no-domain", "domains"),
    // Things that do not fit together.
    (
        "[hand-over]",
        "[consent]\nnames = [\"T\"]\nstart = \"press Connect\"\n\n[hand-over]",
        "two-families",
        "[consent]",
    ),
    ("[[value]]\nid = \"tenant-id\"", "[[value]]\nid = \"client-id\"", "twice", "SECOND [[value]]"),
    ("[setting.audit-logging]", "[setting.audit-loging]", "no-recipe", "audit-loging"),
    ("by = \"file\"", "by = \"file\"\nvia = \"mail\"", "format", "via"),
    ("purpose = \"Tailspin", "purpose = \"TODO Tailspin", "todo", "TODO"),
    ("title = \"Tailspin", "seed = \"S999\"\ntitle = \"Tailspin", "unknown-seed", "S999"),
    ("[app]", "[app", "format", "[app"),
];

#[test]
fn every_kind_of_mistake_is_told_with_its_line_and_what_to_do() {
    assert_eq!(lint(GOOD), vec![], "nothing is wrong with it as it is");
    for (from, to, code, on) in MISTAKES {
        assert!(GOOD.contains(from), "{from}");
        let text = GOOD.replacen(from, to, 1);
        let wanted = match on.strip_prefix("SECOND ") {
            Some(on) => text.lines().enumerate().filter(|(_, line)| line.contains(on)).nth(1),
            None => text.lines().enumerate().find(|(_, line)| line.contains(on)),
        };
        let line = wanted.map(|(n, _)| u32::try_from(n + 1).unwrap()).expect(on);
        let findings = lint(&text);
        let found = findings.iter().find(|f| f.code == *code && f.line == line);
        let all = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let found = found.unwrap_or_else(|| panic!("{from} → {to}: no `{code}` on line {line}, but:\n{all}"));
        assert!(found.next.len() > 10 && found.what.len() > 8, "{found}");
        assert_eq!(found.file, "guides/tailspin.toml");
    }
}

/// Mistakes in recipes and portal pages, which every guide stands on.
#[test]
fn a_bad_recipe_or_page_is_told_where_it_stands() {
    let recipe = |name: &str, from: &str, to: &str| {
        let mut library = Library::load(&root()).unwrap();
        let loaded = library.recipes.get_mut(name).unwrap();
        assert!(loaded.source.text.contains(from), "{from}");
        loaded.source.text = loaded.source.text.replacen(from, to, 1);
        loaded.file = toml::from_str::<RecipeFile>(&loaded.source.text).unwrap();
        told(&library)
    };
    let page = |name: &str, from: &str, to: &str| {
        let mut library = Library::load(&root()).unwrap();
        let loaded = library.pages.get_mut(name).unwrap();
        assert!(loaded.source.text.contains(from), "{from}");
        loaded.source.text = loaded.source.text.replacen(from, to, 1);
        loaded.file = toml::from_str::<PageFile>(&loaded.source.text).unwrap();
        told(&library)
    };
    let has = |findings: Vec<(String, &'static str, u32)>, file: &str, code: &str| {
        let at = findings.iter().find(|(f, c, line)| f == file && *c == code && *line > 0);
        assert!(at.is_some(), "no `{code}` in {file}: {findings:?}");
    };
    // A waiting step after a value that is shown once.
    has(
        recipe("client-secret", "action = \"read\"", "action = \"wait\""),
        "recipes/client-secret.toml",
        "wait-after-once",
    );
    // A control, a page, a step that is not there.
    has(
        recipe(
            "client-secret",
            "target = \"add-client-secret.add\"",
            "target = \"add-client-secret.adding\"",
        ),
        "recipes/client-secret.toml",
        "unknown-control",
    );
    has(
        recipe("start", "page = \"shell\"\naction", "page = \"shel\"\naction"),
        "recipes/start.toml",
        "unknown-page",
    );
    has(
        recipe("client-secret", "back = \"description\"", "back = \"descripton\""),
        "recipes/client-secret.toml",
        "unknown-step",
    );
    has(
        recipe("service-user", "id = \"open\"\n", "id = \"open\"\nwhen = \"credential.nothing\"\n"),
        "recipes/service-user.toml",
        "unreachable-step",
    );
    has(
        page("certificates-secrets", "among = \"shell.commands\"", "among = \"shell.search\""),
        "recipes/client-secret.toml",
        "among",
    );
    // The output of a command that nothing would read.
    has(
        recipe("audit-logging", "parser = \"audit-logging\"", "parser = \"audit-loging\""),
        "recipes/audit-logging.toml",
        "unknown-parser",
    );
    // Portal pages: a control nobody uses, one that cannot be found, a label nobody has printed.
    has(
        page(
            "users",
            "[controls.new-user]",
            "[controls.old-user]\ncalled = \"x\"\nlocators = [{ by = \"text\", text = \"x\" }]\nsource = \"M2\"\nstrength = \"doc\"\n\n[controls.new-user]",
        ),
        "portal/users.toml",
        "dead-control",
    );
    has(
        page(
            "users",
            "label.en = \"New user\"",
            "label.en = \"New user\"\nlabel.fr = \"Nouvel utilisateur à moi\"",
        ),
        "portal/users.toml",
        "label-source",
    );
    has(
        page("users", "confirmed-live = \"never\"", "confirmed-live = \"yesterday\""),
        "portal/users.toml",
        "confirmed-live",
    );
}

#[test]
fn a_trap_that_catches_nothing_or_leads_nowhere_is_told() {
    let with = |change: &dyn Fn(&mut Trap)| {
        let mut library = Library::load(&root()).unwrap();
        let traps = &mut library.traps.get_mut("microsoft").unwrap().file.traps;
        change(traps.iter_mut().find(|trap| trap.id == "service-user").unwrap());
        told(&library)
            .into_iter()
            .map(|(_, code, _)| code)
            .filter(|code| *code != "tier-0")
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&|_| ()), Vec::<&str>::new());
    assert_eq!(with(&|trap| trap.id = "mfa-off".to_owned()), ["twice"]);
    assert!(with(&|trap| trap.unless.clone_from(&trap.any)).contains(&"dead-trap"));
    assert_eq!(
        with(&|trap| trap.decision.as_mut().unwrap().procedure = Some("service-robot".to_owned())),
        ["no-recipe"]
    );
}

fn told(library: &Library) -> Vec<(String, &'static str, u32)> {
    lint_all(library).into_iter().map(|f| (f.file, f.code, f.line)).collect()
}

#[test]
fn our_own_files_lint_without_a_word() {
    let findings = lint_all(&Library::load(&root()).unwrap());
    let said = findings.iter().filter(|f| f.code != "tier-0" || f.level == Level::Error);
    assert_eq!(said.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

/// What is thrown into a file: half a table, a placeholder of its own, a number, too much of everything.
const GRIT: &[&str] = &[
    "\"",
    "[",
    "]]",
    "= ",
    "\n[app]\n",
    "${app.name}",
    "@{shell.directory",
    "{client-id",
    "}",
    "-1",
    "99999999999999999999",
    "\u{0}",
    "ß→𝄞",
    "'''",
    "a.b[c",
    "|",
    "[[unsafe]]\n",
    "true",
    "..",
    "[setting.audit-logging]\nwhy = \"\"\n",
];

fn broken(text: &str, dice: &mut Dice) -> String {
    let mut lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(lines.len());
        match dice.roll(5) {
            0 => drop(lines.remove(at)),
            1 => {
                let other = dice.roll(lines.len());
                lines.swap(at, other);
            }
            2 => lines.insert(at, lines[dice.roll(lines.len())].clone()),
            3 => {
                let line = lines[at].chars().collect::<Vec<_>>();
                let cut = dice.roll(line.len() + 1);
                let grit = GRIT[dice.roll(GRIT.len())];
                lines[at] =
                    line[..cut].iter().collect::<String>() + grit + &line[cut..].iter().collect::<String>();
            }
            _ => {
                let line = lines[at].chars().collect::<Vec<_>>();
                let keep = dice.roll(line.len() + 1);
                lines[at] = line[..keep].iter().collect();
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

#[test]
fn no_broken_guide_makes_the_linter_or_an_output_panic() {
    let mut library = Library::load(&root()).unwrap();
    let own =
        library.guides.values().map(|g| g.source.text.clone()).chain([GOOD.to_owned()]).collect::<Vec<_>>();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut parsed, mut compiled, mut refused) = (0, 0, 0);
    for _ in 0..250 {
        let text = broken(&own[dice.roll(own.len())], &mut dice);
        match library.add_guide("broken", "guides/broken.toml", text) {
            Err(finding) => {
                refused += 1;
                assert!(finding.line > 0 && !finding.next.is_empty(), "{finding}");
            }
            Ok(()) => {
                parsed += 1;
                for finding in lint_guide(&library, "broken") {
                    assert!(!finding.what.is_empty() && !finding.next.is_empty(), "{finding:?}");
                }
                for variant in variants(&library, "broken") {
                    if let Ok(plan) = compile_with(&library, "broken", variant.options()) {
                        compiled += 1;
                        let outputs = OUTPUTS.iter().filter_map(|output| (output.render)(&plan));
                        assert!(outputs.count() > 2);
                    }
                }
            }
        }
    }
    assert!(
        parsed > 15 && compiled > 15 && refused > 25,
        "{parsed} parsed, {compiled} compiled, {refused} refused"
    );
}

#[test]
fn no_broken_recipe_or_page_makes_the_linter_panic() {
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let whole = Library::load(&root()).unwrap();
    let (recipes, pages) =
        (whole.recipes.keys().cloned().collect::<Vec<_>>(), whole.pages.keys().cloned().collect::<Vec<_>>());
    let mut parsed = 0;
    for _ in 0..120 {
        let mut library = whole.clone();
        let recipe = dice.roll(2) == 0;
        let changed = if recipe {
            let id = &recipes[dice.roll(recipes.len())];
            swap_in::<RecipeFile>(library.recipes.get_mut(id).unwrap(), &mut dice)
        } else {
            let id = &pages[dice.roll(pages.len())];
            swap_in::<PageFile>(library.pages.get_mut(id).unwrap(), &mut dice)
        };
        if changed {
            parsed += 1;
            drop(lint_guide(&library, "securus360"));
            drop(lint_guide(&library, "delegate365"));
        }
    }
    assert!(parsed > 8, "{parsed}");
}

fn swap_in<T: serde::de::DeserializeOwned>(loaded: &mut Loaded<T>, dice: &mut Dice) -> bool {
    let text = broken(&loaded.source.text, dice);
    match toml::from_str::<T>(&text) {
        Ok(file) => {
            loaded.file = file;
            loaded.source.text = text;
            true
        }
        Err(_) => false,
    }
}
