//! A survey of a live page becomes a change of the portal files that git can apply.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use handrail_guide::load::{Library, Seen, survey};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn seen(control: &str, locator: Option<usize>) -> Seen {
    Seen {
        control: control.to_owned(),
        lang: "en".to_owned(),
        locator,
        times: 3,
        last: "2026-12-01".to_owned(),
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

#[test]
fn the_diff_applies() {
    let folder = std::env::temp_dir().join(format!("handrail-survey-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("portal")).unwrap();
    std::fs::copy(root().join("portal/app-overview.toml"), folder.join("portal/app-overview.toml")).unwrap();
    let library = Library::load(&root()).unwrap();
    let diff = survey(&library, &[seen("app-overview.client-id", Some(0))], true).diff;
    std::fs::write(folder.join("change.diff"), diff).unwrap();
    let applied = Command::new("git")
        .args(["apply", "--unsafe-paths", "change.diff"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let text = std::fs::read_to_string(folder.join("portal/app-overview.toml")).unwrap();
    assert!(text.contains("confirmed-live = \"2026-12-01 en\""));
    std::fs::remove_dir_all(&folder).unwrap();
}
