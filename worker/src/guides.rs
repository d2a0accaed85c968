//! The guides this Worker knows, compiled in by the build script.

use std::sync::OnceLock;

use handrail_credential::guid;
use handrail_guide::plan::Requirements;
use handrail_handover::json::{from_tree, tree_of};
use handrail_handover::{LinkClaims, refusal};
use serde::Deserialize;
use serde_json::Value;

/// What the Worker needs of a plan.
#[derive(Debug, Deserialize)]
pub(crate) struct Guide {
    pub(crate) digest: String,
    pub(crate) domains: Vec<String>,
    pub(crate) requirements: Requirements,
}

/// Id and text of every guide, written by the build script from the same types.
const TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/guides.rs"));

/// Each is read when it is first asked for, once in the life of an instance: reading takes longer than a check.
static READ: [OnceLock<Option<Guide>>; TEXTS.len()] = [const { OnceLock::new() }; TEXTS.len()];

/// One guide.
pub(crate) fn one(id: &str) -> Option<&'static Guide> {
    let ((_, text), read) = TEXTS.iter().zip(&READ).find(|((known, _), _)| *known == id)?;
    read.get_or_init(|| handrail_handover::jose::read_json(text.as_bytes()).ok()).as_ref()
}

/// What the verifier must see of a guide that travels with a link, and the domains that may use it. The text is held against
/// the digest that the vendor signed; what it may make a customer do, the customer's own side judges.
pub(crate) fn own(
    claims: &LinkClaims,
    text: &str,
) -> Result<(Requirements, Vec<String>), handrail_handover::Refusal> {
    claims.binds(Some(text))?;
    let mut tree: Value = tree_of(text.as_bytes()).map_err(|_| refusal::GUIDE_UNFIT)?;
    let mut part = |path: &str| tree.pointer_mut(path).map(Value::take).unwrap_or_default();
    let check: Requirements = from_tree(part("/check")).map_err(|_| refusal::GUIDE_UNFIT)?;
    let domains = from_tree(part("/guide/vendor/domains")).map_err(|_| refusal::GUIDE_UNFIT)?;
    let is_known = check.tokens.iter().all(|need| guid(&need.app_id).as_ref() == Some(&need.app_id));
    if is_known { Ok((check, domains)) } else { Err(refusal::GUIDE_UNFIT) }
}

#[cfg(test)]
mod tests {
    use handrail_handover::{LinkClaims, jose, own_id, refusal};

    #[test]
    fn an_own_guide_is_read_once_it_is_the_signed_one() {
        let read = |text: &str, change: &dyn Fn(&mut LinkClaims)| {
            let digest = jose::digest(text.as_bytes());
            let mut claims = LinkClaims { guide: own_id(&digest), digest, ..LinkClaims::default() };
            change(&mut claims);
            super::own(&claims, text).map(|(check, domains)| (check.values.len(), domains))
        };
        let kept = include_str!("../../tests/vectors/guides/lucerne.json");
        assert_eq!(read(kept, &|_| {}), Ok((3, vec!["vendor.example".to_owned()])));
        assert_eq!(read(kept, &|c| c.digest.push('x')), Err(refusal::GUIDE_CHANGED));
        assert_eq!(read(kept, &|c| c.guide = "securus360".into()), Err(refusal::GUIDE_CHANGED));
        for odd in
            ["{}", "", &kept.replace("c5393580-f805-4401-95e8-94b7a6ef2fc2", "https://elsewhere.example/")]
        {
            assert_eq!(read(odd, &|_| {}), Err(refusal::GUIDE_UNFIT), "{odd}");
        }
    }
}
