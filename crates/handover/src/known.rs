//! What a customer remembers of a vendor's keys, so that a domain in other hands is noticed.
//!
//! A key that merely stands in a document proves nothing: whoever holds the domain can copy it. A link is the same vendor's
//! if a remembered key signed it, or one that such a key vouches for, in a chain.

use handrail_json::FromJson;
use serde::{Deserialize, Serialize};

use crate::jose::{self, JoseError, Jwk, PublicKey, Signing};
use crate::link::{LINK_TYPE, LinkClaims};
use crate::refusal::{self, Refusal};
use crate::vendor::{MAX_ENTRIES, VendorDocument, VendorKey};

/// Type of a voucher's token.
pub const VOUCHER_TYPE: &str = "handrail-key+jwt";

/// What an older key signs when a newer one comes. It has no end: a customer may come back after years.
#[derive(Serialize, FromJson)]
struct VoucherClaims {
    /// The vendor's domain.
    iss: String,
    /// The new key's thumbprint.
    key: String,
    /// When it was signed.
    iat: i64,
}

/// The word of `older` for a key that comes after it.
///
/// # Errors
/// When the claims cannot be written as JSON.
pub fn voucher(older: &Signing, domain: &str, key: &PublicKey, now: i64) -> Result<String, JoseError> {
    older.token(VOUCHER_TYPE, &VoucherClaims { iss: domain.to_owned(), key: key.id(), iat: now })
}

impl VendorKey {
    /// Whether one of these keys of the same domain vouches for it.
    #[must_use]
    pub fn is_vouched_for(&self, domain: &str, by: &[PublicKey]) -> bool {
        let voucher = self.voucher.as_deref().unwrap_or_default();
        let claims = jose::verify::<VoucherClaims>(voucher, VOUCHER_TYPE, by);
        claims.is_ok_and(|said| said.iss == domain && self.jwk.key().is_some_and(|key| key.id() == said.key))
    }
}

/// How the keys behind a link stand to those that are remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Nothing was remembered of this domain.
    First,
    /// They are the same, or their successors.
    Same {
        /// Since when they are known: seconds since 1970.
        since: i64,
    },
    /// They are others, and the vendor told the fingerprint by another way.
    Told,
}

/// The signing keys that are remembered of one domain: each surface keeps one for every vendor it met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Known {
    /// The keys: those that are published first, in their order.
    pub keys: Vec<Jwk>,
    /// When the first of them was met, or the vendor's word was taken for one: seconds since 1970.
    pub since: i64,
}

impl Known {
    /// Holds the key that signed a link against what is remembered of the document's domain. `told` is the fingerprint that
    /// the vendor told by another way: white space in it means nothing. Answers what is to be remembered from now on, once
    /// everything else is right too.
    ///
    /// # Errors
    /// When nothing that is remembered leads to the key.
    pub fn meet(
        known: Option<&Self>,
        token: &str,
        document: &VendorDocument,
        told: Option<&str>,
        now: i64,
    ) -> Result<(Self, Met), Refusal> {
        let signed_by = |keys: &[PublicKey]| jose::verify::<LinkClaims>(token, LINK_TYPE, keys).is_ok();
        let published = document.all_keys();
        if let Some(Self { keys, since }) = known {
            let trusted = trusted(keys.iter().filter_map(Jwk::key).collect(), document);
            if signed_by(&trusted) {
                return Ok((Self::of(&trusted, *since), Met::Same { since: *since }));
            }
        }
        let told: String = told.unwrap_or_default().split_whitespace().collect();
        if known.is_none() && told.is_empty() {
            return Ok((Self::of(&published, now), Met::First));
        }
        let named: Vec<PublicKey> = published.into_iter().filter(|key| key.id() == told).collect();
        if signed_by(&named) {
            return Ok((Self::of(&trusted(named, document), now), Met::Told));
        }
        Err(refusal::KEYS_CHANGED)
    }

    /// A line for what keeps texts, in less program than JSON: the time, then `x` of each key.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = self.since.to_string();
        for key in &self.keys {
            text.push(' ');
            text.push_str(&key.x);
        }
        text
    }

    /// Reads such a line; nothing where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let since = parts.next()?.parse().ok()?;
        let keys = parts.map(PublicKey::parse).collect::<Option<Vec<_>>>()?;
        (!keys.is_empty()).then(|| Self::of(&keys, since))
    }

    fn of(keys: &[PublicKey], since: i64) -> Self {
        Self { keys: keys.iter().take(MAX_ENTRIES).map(PublicKey::jwk).collect(), since }
    }
}

/// These keys and what they vouch for in the document, in its order; then those that it no longer has.
fn trusted(mut keys: Vec<PublicKey>, document: &VendorDocument) -> Vec<PublicKey> {
    loop {
        let mut next = document.keys.iter().filter(|key| key.is_vouched_for(&document.domain, &keys));
        match next.find_map(|key| key.jwk.key().filter(|key| !keys.contains(key))) {
            Some(key) => keys.push(key),
            None => break,
        }
    }
    let published = document.all_keys().into_iter().filter(|key| keys.contains(key));
    let mut ordered: Vec<PublicKey> = published.collect();
    // A sort would be 3 KB of program in the link's page.
    keys.retain(|key| !ordered.contains(key));
    ordered.extend(keys);
    ordered
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vendor::tests::document;

    const DOMAIN: &str = "vendor.example";
    const NOW: i64 = 5_000;

    fn key(n: u8) -> Signing {
        Signing::from_seed([n; 32])
    }

    /// A key as a document lists it, vouched for by another.
    fn listed(n: u8, by: Option<u8>) -> VendorKey {
        let public = key(n).public();
        let voucher = by.map(|by| voucher(&key(by), DOMAIN, &public, 100).unwrap());
        VendorKey { jwk: public.jwk(), until: None, voucher }
    }

    fn published(keys: Vec<VendorKey>) -> VendorDocument {
        VendorDocument { keys, ..document() }
    }

    fn link(by: u8) -> String {
        key(by).token(LINK_TYPE, &LinkClaims { iss: DOMAIN.into(), ..LinkClaims::default() }).unwrap()
    }

    fn known(keys: &[u8]) -> Known {
        Known { keys: keys.iter().map(|n| key(*n).public().jwk()).collect(), since: 10 }
    }

    fn told(
        known: Option<&Known>,
        by: u8,
        document: &VendorDocument,
        told: &str,
    ) -> Result<(Known, Met), Refusal> {
        Known::meet(known, &link(by), document, Some(told), NOW)
    }

    fn meet(known: Option<&Known>, by: u8, document: &VendorDocument) -> Result<(Known, Met), Refusal> {
        Known::meet(known, &link(by), document, None, NOW)
    }

    const SAME: Met = Met::Same { since: 10 };

    #[test]
    fn the_first_link_is_taken_and_the_next_is_the_same_vendor_s() {
        let document = published(vec![listed(2, Some(1)), listed(1, None)]);
        let (first, met) = meet(None, 1, &document).unwrap();
        assert_eq!((met, &first), (Met::First, &Known { since: NOW, ..known(&[2, 1]) }));
        let again = meet(Some(&first), 2, &document).unwrap();
        assert_eq!(again, (first, Met::Same { since: NOW }));
    }

    #[test]
    fn who_was_away_for_years_follows_the_chain() {
        // Whichever order they stand in, and though the key that was known has gone.
        let (newest, middle, oldest) = (listed(4, Some(3)), listed(3, Some(2)), listed(2, Some(1)));
        let chain = published(vec![newest.clone(), middle.clone(), oldest.clone()]);
        assert_eq!(meet(Some(&known(&[1])), 4, &chain), Ok((known(&[4, 3, 2, 1]), SAME)));
        let mixed = published(vec![oldest, newest.clone(), middle]);
        assert_eq!(meet(Some(&known(&[1])), 4, &mixed), Ok((known(&[2, 4, 3, 1]), SAME)));
        // A link that is missing in the chain is the end of it.
        let broken = published(vec![newest, listed(2, Some(1))]);
        assert_eq!(meet(Some(&known(&[1])), 4, &broken), Err(refusal::KEYS_CHANGED));
        assert_eq!(meet(Some(&known(&[1])), 2, &broken), Ok((known(&[2, 1]), SAME)));
    }

    #[test]
    fn a_domain_in_other_hands_is_noticed() {
        let thief = listed(66, None);
        let (mine, other) = (key(66).public(), key(67).public());
        let word = |by: u8, domain: &str, of: &PublicKey| voucher(&key(by), domain, of, 100).unwrap();
        let as_link = key(1).token(LINK_TYPE, &json!({"iss": DOMAIN, "key": mine.id(), "iat": 1})).unwrap();
        for (case, words) in [
            ("none", None),
            ("by itself", Some(word(66, DOMAIN, &mine))),
            ("by another of the thief's", Some(word(67, DOMAIN, &mine))),
            ("for another domain", Some(word(1, "other.example", &mine))),
            ("for another key", Some(word(1, DOMAIN, &other))),
            ("another kind of token", Some(as_link)),
            ("no token", Some("x".to_owned())),
        ] {
            // Two keys of the thief's vouch for each other, and the vendor's own public key is copied.
            let forged = VendorKey { voucher: words, ..thief.clone() };
            let second = VendorKey { voucher: Some(word(66, DOMAIN, &other)), ..listed(67, None) };
            let document = published(vec![forged, second, listed(1, None)]);
            for by in [66, 67] {
                assert_eq!(meet(Some(&known(&[1])), by, &document), Err(refusal::KEYS_CHANGED), "{case}");
            }
        }
    }

    #[test]
    fn a_key_that_only_stands_there_is_not_remembered() {
        let document = published(vec![listed(66, None), listed(1, None)]);
        let (after, met) = meet(Some(&known(&[1])), 1, &document).unwrap();
        assert_eq!((met, &after), (SAME, &known(&[1])));
        assert_eq!(meet(Some(&after), 66, &document), Err(refusal::KEYS_CHANGED));
    }

    #[test]
    fn the_vendor_s_word_counts_for_the_key_that_signed() {
        let document = published(vec![listed(9, Some(8)), listed(8, None), listed(66, None)]);
        let id = |n: u8| key(n).public().id();
        let spaced: String = id(8).chars().flat_map(|c| [c, ' ']).collect();
        for words in [id(8), format!("\n {} ", id(8)), spaced] {
            let told = told(Some(&known(&[1])), 8, &document, &words);
            assert_eq!(told, Ok((Known { since: NOW, ..known(&[9, 8]) }, Met::Told)), "{words}");
        }
        // The word is of the vendor's new key, which the thief published too, and the link is the thief's.
        for words in [id(8), id(1), id(66).to_lowercase(), format!("{}x", id(66)), String::new()] {
            let refused = told(Some(&known(&[1])), 66, &document, &words);
            assert_eq!(refused, Err(refusal::KEYS_CHANGED), "{words}");
        }
    }

    #[test]
    fn a_word_that_is_given_counts_at_the_first_link_too() {
        let document = published(vec![listed(1, None)]);
        let right = told(None, 1, &document, &key(1).public().id());
        assert_eq!(right, Ok((Known { since: NOW, ..known(&[1]) }, Met::Told)));
        assert_eq!(told(None, 1, &document, "another"), Err(refusal::KEYS_CHANGED));
        assert_eq!(told(None, 1, &document, " ").unwrap().1, Met::First);
    }

    #[test]
    fn what_is_published_and_new_has_room_before_what_is_old_and_gone() {
        let old: Vec<u8> = (1..=16).rev().collect();
        let document = published(vec![listed(18, Some(17)), listed(17, Some(16)), listed(16, None)]);
        let (after, _) = meet(Some(&known(&old)), 18, &document).unwrap();
        assert_eq!(after, known(&[18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3]));
    }

    #[test]
    fn it_is_kept_as_a_line() {
        let kept = known(&[1, 2]);
        assert_eq!(Known::parse(&kept.to_text()), Some(kept.clone()));
        let x = key(1).public().x();
        for wrong in
            [String::new(), "10".into(), x.clone(), format!("ten {x}"), format!("10  {x}"), "10 x".into()]
        {
            assert_eq!(Known::parse(&wrong), None, "{wrong}");
        }
    }
}
