//! A survey of a live page becomes a change of the portal files that git can apply.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use handrail_guide::health::{HealthLine, Look};
use handrail_guide::load::{Library, survey};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn seen(control: &str, locator: Option<u32>) -> HealthLine {
    HealthLine {
        control: control.to_owned(),
        lang: "en".to_owned(),
        locator,
        times: 3,
        last: "2026-12-01".to_owned(),
        ..HealthLine::default()
    }
}

#[test]
fn a_page_is_confirmed_only_live_and_only_when_nothing_was_missed() {
    let library = Library::load(&root()).unwrap();
    let good =
        [seen("register-application.heading", Some(0)), seen("register-application.register", Some(2))];
    assert_eq!(survey(&library, &good, false).diff, "", "the practice portal confirms nothing");
    let diff = survey(&library, &good, true).diff;
    assert!(diff.contains("+confirmed-live = \"2026-12-01 en\""), "{diff}");
    let missed = [good[0].clone(), seen("register-application.name", None)];
    let answer = survey(&library, &missed, true);
    assert_eq!(answer.diff, "");
    assert!(
        answer.lines.iter().any(|line| line.contains("register-application.name [en] not found 3 times"))
    );
    let gone =
        survey(&library, &[seen("register-application.no-such", Some(0)), seen("nonsense", None)], true);
    assert_eq!(gone.lines, ["register-application.no-such is in no portal file any more"]);
}

/// The same with what it was like.
fn like(control: &str, lang: &str, role: &str, name: &str) -> HealthLine {
    let look = Look { role: role.to_owned(), name: name.to_owned(), ..Look::default() };
    HealthLine { lang: lang.to_owned(), look, ..seen(control, Some(0)) }
}

#[test]
fn what_is_called_otherwise_or_is_something_else_is_told() {
    let library = Library::load(&root()).unwrap();
    let same = like("register-application.register", "en", "button", "Register");
    assert_eq!(survey(&library, &[same], true).lines.len(), 1, "nothing but that it was found");
    let said = |seen: HealthLine| survey(&library, &[seen], false).lines[1].clone();
    let other = said(like("register-application.register", "en", "link", "Register"));
    assert_eq!(other, "register-application.register [en] has the role link; the catalogue says button");
    let renamed = said(like("register-application.register", "en-us", "button", "Create app"));
    assert_eq!(
        renamed,
        "register-application.register [en-us] is called “Create app”; the catalogue does not know that label"
    );
    let mut moved = seen("app-menu.overview", Some(0));
    moved.look.attributes.insert("data-telemetryname".to_owned(), "Menu-Home".to_owned());
    assert_eq!(
        said(moved),
        "app-menu.overview [en] has data-telemetryname=\"Menu-Home\"; the catalogue says Menu-Overview"
    );
}

#[test]
fn the_diff_applies() {
    let folder = std::env::temp_dir().join(format!("handrail-survey-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("portal")).unwrap();
    for page in ["app-overview", "register-application"] {
        let file = format!("portal/{page}.toml");
        std::fs::copy(root().join(&file), folder.join(&file)).unwrap();
    }
    let library = Library::load(&root()).unwrap();
    let all = [
        seen("app-overview.client-id", Some(0)),
        like("register-application.heading", "de", "heading", "Neue \"App\""),
        like("register-application.name", "de", "textbox", "Name der App"),
        like("register-application.register", "en", "button", "Create app"),
    ];
    let diff = survey(&library, &all, true).diff;
    std::fs::write(folder.join("change.diff"), &diff).unwrap();
    let applied = Command::new("git")
        .args(["apply", "--unsafe-paths", "change.diff"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(applied.status.success(), "{} of {diff}", String::from_utf8_lossy(&applied.stderr));
    let text = |page: &str| std::fs::read_to_string(folder.join(format!("portal/{page}.toml"))).unwrap();
    assert!(text("app-overview").contains("confirmed-live = \"2026-12-01 en\""));
    let changed = text("register-application");
    let mut library = library;
    let old = library.pages.remove("register-application").unwrap();
    let page: handrail_guide::load::model::PageFile = toml::from_str(&changed).unwrap();
    let labels = |control: &str, lang: &str| page.controls[control].label[lang].list();
    assert_eq!(labels("heading", "de"), ["Neue \"App\"", "Anwendung registrieren"]);
    assert_eq!(labels("name", "de"), ["Name der App"], "there was none");
    assert_eq!(page.controls["name"].label_source["de"], "survey of the live page, 2026-12-01");
    assert_eq!(labels("register", "en")[0], "Create app");
    assert_eq!(labels("register", "en")[1..], old.file.controls["register"].label["en"].list());
    std::fs::remove_dir_all(&folder).unwrap();
}
