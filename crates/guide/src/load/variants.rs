//! The ways one guide can be walked: what for, and with which credential.

use super::compile::Options;
use super::library::Library;
use super::model::{GuideFile, Mode};

/// Credentials in the order they are offered where the vendor accepts several.
pub const CREDENTIALS: [&str; 3] = ["secret", "certificate", "federated"];

/// In place of a credential's name: the federated credential that a vendor's link asks for.
pub const LINKED: &str = "link";

/// In place of a credential's name: the consent to the vendor's own app that a vendor's link asks for.
pub const CONSENTED: &str = "consent";

/// One way to walk a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What the plan is for.
    pub mode: Mode,
    /// The credential, where the plan has one.
    pub credential: Option<&'static str>,
    /// Stable name of the plan: the guide's id for the usual one, `<guide>.<mode>[.<credential>]` for the others.
    pub key: String,
}

impl Variant {
    /// What the compiler is told for it.
    #[must_use]
    pub const fn options(&self) -> Options<'static> {
        Options { credential: self.credential, mode: self.mode }
    }
}

/// Every way this guide can be walked; the usual one first.
#[must_use]
pub fn variants(library: &Library, id: &str) -> Vec<Variant> {
    let Some(guide) = library.guides.get(id) else { return Vec::new() };
    let kinds = accepted(&guide.file);
    let mut list = Vec::new();
    for mode in Mode::ALL {
        let with: Vec<Option<&'static str>> = match mode {
            Mode::Run => or_none(&kinds),
            Mode::Adopt if guide.file.app.is_some() => or_none(&kinds),
            Mode::Renew => kinds.iter().copied().filter(|kind| renews(library, kind)).map(Some).collect(),
            Mode::Remove if guide.file.app.is_some() || guide.file.consent.is_some() => vec![None],
            Mode::Adopt | Mode::Remove => Vec::new(),
        };
        for (n, credential) in with.into_iter().enumerate() {
            let kind = credential.filter(|_| n > 0).map(|kind| format!(".{kind}")).unwrap_or_default();
            let key = match (mode, n) {
                (Mode::Run, 0) => id.to_owned(),
                _ => format!("{id}.{}{kind}", mode.word()),
            };
            list.push(Variant { mode, credential, key });
        }
    }
    list
}

/// The ways for whoever opened a link that asks for no secret: for a federated credential, setting up and going on with the
/// app that is there, named `<guide>.<mode>.link`; for a consent to the vendor's own app, `<guide>.run.consent`.
#[must_use]
pub fn linked(library: &Library, id: &str) -> Vec<Variant> {
    let Some(guide) = library.guides.get(id) else { return Vec::new() };
    let way = |mode: Mode, asked: &'static str| Variant {
        mode,
        credential: Some(asked),
        key: format!("{id}.{}.{asked}", mode.word()),
    };
    let makes_one = guide.file.credential.as_ref();
    let federated = makes_one.map(|_| [Mode::Run, Mode::Adopt].map(|mode| way(mode, LINKED)));
    let consent = guide.file.consent.as_ref().map(|_| way(Mode::Run, CONSENTED));
    federated.into_iter().flatten().chain(consent).collect()
}

fn accepted(guide: &GuideFile) -> Vec<&'static str> {
    let accepts = |kind: &&str| guide.credential.as_ref().is_some_and(|c| c.accepts(kind));
    CREDENTIALS.into_iter().filter(accepts).collect()
}

fn or_none(kinds: &[&'static str]) -> Vec<Option<&'static str>> {
    if kinds.is_empty() { vec![None] } else { kinds.iter().copied().map(Some).collect() }
}

/// Whether there is a recipe for putting a new credential of this kind in the place of one that ends.
fn renews(library: &Library, kind: &str) -> bool {
    let part = format!("credential.{kind}");
    library.recipes.values().any(|r| r.file.achieves == part && r.file.modes.contains(&Mode::Renew))
}
