//! Which statement of which document met which fate in which guide.

use std::collections::BTreeMap;

use super::library::Library;
use super::model::GuideFile;

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A step, value, check or card carries it out.
    Done,
    /// It only gives context.
    Context,
    /// It is no longer true; the guide says what is.
    Superseded,
    /// It would weaken the tenant; a decision card that defaults to no.
    Unsafe,
}

impl Fate {
    /// The word printed in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Context => "context",
            Self::Superseded => "superseded",
            Self::Unsafe => "unsafe",
        }
    }
}

/// One statement with its fates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Number, e.g. `S001-28`.
    pub statement: String,
    /// What it is about, in our words.
    pub about: String,
    /// Fate, guide and part of the guide; empty when no guide accounts for it.
    pub fates: Vec<(Fate, String, String)>,
}

/// All statements, in the documents' order.
#[must_use]
pub fn coverage(library: &Library) -> Vec<Row> {
    let mut fates: BTreeMap<String, Vec<(Fate, String, String)>> = BTreeMap::new();
    for (id, loaded) in &library.guides {
        for (statement, fate, part) in fates_of(&loaded.file) {
            let list = fates.entry(statement).or_default();
            let entry = (fate, id.clone(), part);
            if !list.contains(&entry) {
                list.push(entry);
            }
        }
    }
    let mut rows = library
        .seeds
        .values()
        .flat_map(|seed| &seed.file.statements)
        .map(|(statement, about)| Row {
            statement: statement.clone(),
            about: about.clone(),
            fates: fates.get(statement).cloned().unwrap_or_default(),
        })
        .collect::<Vec<_>>();
    rows.sort_by_key(|row| order(&row.statement));
    rows
}

/// Every statement a guide names, with its fate and the part that names it.
pub(crate) fn fates_of(guide: &GuideFile) -> Vec<(String, Fate, String)> {
    let mut fates = Vec::new();
    let mut add = |statements: &[String], fate: Fate, part: String| {
        fates.extend(statements.iter().map(|statement| (statement.clone(), fate, part.clone())));
    };
    add(&guide.vendor.statements, Fate::Done, "vendor".to_owned());
    if let Some(app) = &guide.app {
        add(&app.statements, Fate::Done, "app".to_owned());
    }
    for part in &guide.permissions {
        add(&part.statements, Fate::Done, format!("permission {}", part.name));
    }
    if let Some(secret) = guide.credential.as_ref().and_then(|c| c.secret.as_ref()) {
        add(&secret.statements, Fate::Done, "credential.secret".to_owned());
    }
    for part in &guide.values {
        add(&part.statements, Fate::Done, format!("value {}", part.id));
    }
    for part in &guide.vendor_steps {
        add(&part.statements, Fate::Done, format!("vendor step “{}”", part.title));
    }
    for part in &guide.optionals {
        add(&part.statements, Fate::Done, format!("optional {}", part.id));
    }
    for part in &guide.questions {
        add(&part.statements, Fate::Done, "question".to_owned());
    }
    for (id, part) in &guide.steps {
        add(&part.statements, Fate::Done, format!("step {id}"));
    }
    for part in &guide.context {
        add(&part.statements, Fate::Context, "context".to_owned());
    }
    for part in &guide.superseded {
        add(&part.statements, Fate::Superseded, "superseded".to_owned());
    }
    for part in &guide.unsafes {
        add(&part.statements, Fate::Unsafe, format!("unsafe {}", part.id));
    }
    fates
}

/// Document, number, and the letter of one that was put in later.
fn order(statement: &str) -> (String, u32, String) {
    let (seed, rest) = statement.split_once('-').unwrap_or((statement, ""));
    let digits = rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    let letter = rest.chars().skip_while(char::is_ascii_digit).collect();
    (seed.to_owned(), digits.parse().unwrap_or(0), letter)
}
