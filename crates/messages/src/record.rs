//! The record of a run: what was created, when, by whom, and how to take it back. Holds no secret.

use handrail_json::{FromJson, ToJson};
use serde::{Deserialize, Serialize};

/// What became of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Made {
    /// Made in this run.
    Done,
    /// It was so before.
    WasSo,
    /// Not made.
    #[default]
    NotDone,
}

impl Made {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::WasSo => "was so before",
            Self::NotDone => "not done",
        }
    }
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Change {
    /// What.
    pub what: String,
    /// What became of it.
    pub made: Made,
    /// When, in UTC; empty when it was not made in this run.
    pub at: String,
}

/// Something with an id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Object {
    /// What it is, as the portal calls it.
    pub label: String,
    /// Its id.
    pub id: String,
}

/// Something to take back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Undo {
    /// Stable id in this record.
    pub id: String,
    /// How it is taken back.
    pub text: String,
    /// It was advised against: it stays open until it is undone.
    pub urgent: bool,
    /// When the admin said that it is undone, in UTC.
    pub undone: Option<String>,
}

impl Undo {
    /// Whether it must still be undone.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.urgent && self.undone.is_none()
    }
}

/// The record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson, ToJson)]
#[serde(rename_all = "kebab-case", default)]
pub struct Record {
    /// Format number; 1 today.
    pub format: u32,
    /// Id of the run.
    pub run: String,
    /// Guide id.
    pub guide: String,
    /// Title of the guide.
    pub title: String,
    /// The vendor's name.
    pub vendor: String,
    /// What the run was for.
    pub mode: String,
    /// SHA-256 over the guide's sources.
    pub digest: String,
    /// The directory, as the portal names it.
    pub directory: String,
    /// The accounts the portal named.
    pub accounts: Vec<String>,
    /// When it was begun, in UTC.
    pub begun: String,
    /// When the last step was done, in UTC; empty while it is under way.
    pub ended: String,
    /// What was changed.
    pub changes: Vec<Change>,
    /// Objects and their ids.
    pub objects: Vec<Object>,
    /// The last verdict of the checking service.
    pub verdict: Option<String>,
    /// When it was given.
    pub checked: String,
    /// What proves that an old credential is rejected.
    pub proof: Option<String>,
    /// How everything is taken back.
    pub undo: Vec<Undo>,
}

impl Record {
    /// Whether something that was advised against is still in place.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.undo.iter().any(Undo::is_due)
    }

    /// The record as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# Record of changes: {}\n\n", self.title);
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                out.push_str(&format!("- {label}: {text}\n"));
            }
        };
        line("Vendor", &self.vendor);
        line("What for", &self.mode);
        line("Directory", &self.directory);
        line("By", &self.accounts.join(", "));
        line("Begun (UTC)", &self.begun);
        line("Ended (UTC)", &self.ended);
        if let Some(verdict) = &self.verdict {
            line("Last check", &format!("{verdict}, {}", self.checked));
        }
        line("Proof", self.proof.as_deref().unwrap_or_default());
        line("Guide", &format!("{} ({})", self.guide, self.digest));
        let mut part = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                out.push_str(&format!("\n## {title}\n\n"));
                lines.iter().for_each(|l| out.push_str(&format!("- {l}\n")));
            }
        };
        let at = |at: &str| if at.is_empty() { String::new() } else { format!(" ({at})") };
        part(
            "What was changed",
            self.changes.iter().map(|c| format!("{}: {}{}", c.made.words(), c.what, at(&c.at))).collect(),
        );
        part("Objects", self.objects.iter().map(|o| format!("{}: `{}`", o.label, o.id)).collect());
        part(
            "How to take it back",
            self.undo
                .iter()
                .map(|u| match (&u.undone, u.urgent) {
                    (Some(when), _) => format!("undone ({when}): {}", u.text),
                    (None, true) => format!("**to be undone**: {}", u.text),
                    (None, false) => u.text.clone(),
                })
                .collect(),
        );
        out.push_str("\nNo secret is in this record.\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_says_what_when_who_and_how_back() {
        let record = Record {
            title: "Demo".into(),
            accounts: vec!["a@b.example".into()],
            begun: "2026-01-01T00:00:00Z".into(),
            changes: vec![Change {
                what: "An app".into(),
                made: Made::Done,
                at: "2026-01-01T00:01:00Z".into(),
            }],
            objects: vec![Object { label: "Object ID".into(), id: "42".into() }],
            undo: vec![
                Undo { id: "x".into(), text: "Switch it back on.".into(), urgent: true, undone: None },
                Undo {
                    id: "y".into(),
                    text: "Delete it.".into(),
                    urgent: false,
                    undone: Some("later".into()),
                },
            ],
            ..Record::default()
        };
        let text = record.to_markdown();
        for part in [
            "- By: a@b.example",
            "- done: An app (2026-01-01T00:01:00Z)",
            "- Object ID: `42`",
            "- **to be undone**: Switch it back on.",
            "- undone (later): Delete it.",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(record.is_due());
    }
}
