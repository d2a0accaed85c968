//! What a vendor signs when it makes a link, and the one function by which every customer surface decides whether
//! a link may be used and to whom is sealed.

use handrail_json::FromJson;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::jose;
use crate::logo::Logo;
use crate::refusal::{self, Refusal};
use crate::vendor::{VendorDocument, fingerprint_of};

/// Type of a link's token.
pub const LINK_TYPE: &str = "handrail-link+jwt";

/// The claims of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct LinkClaims {
    /// The vendor's domain.
    pub iss: String,
    /// Origin of the Worker that keeps the link.
    pub aud: String,
    /// The link's code.
    pub jti: String,
    /// When it was made.
    pub iat: i64,
    /// When it ends.
    pub exp: i64,
    /// Guide to be followed.
    pub guide: String,
    /// The guide's digest when the link was made: of the vendor's own copy, or else as the Worker told it. Of a guide of the
    /// vendor's own it is that of the text that travels with the link (SHA-256, base64url), and gives the guide its id.
    #[serde(default)]
    pub digest: String,
    /// `run`, `renew` or `remove`.
    pub mode: String,
    /// The vendor's own reference for the customer.
    #[serde(default)]
    pub customer: String,
    /// The only directory it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Kinds of credential the vendor takes: `secret`, `certificate`, `federated`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Fingerprints of the recipients.
    pub recipients: Vec<String>,
    /// Subject of the federated credential: random, this link's own, never used again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Issuer of the federated credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Address of Microsoft's consent page for the vendor's own app; its `state` is random and this link's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// The link this one renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<String>,
}

/// What the ids of guides begin with that travel with a link; no packaged guide is called so.
pub const OWN: &str = "own-";

/// Characters of the digest in such an id.
const OWN_DIGITS: usize = 16;

/// Bytes of a guide that travels with a link.
pub const MAX_GUIDE: usize = 32 * 1024;

/// The id of the vendor's own guide with this digest.
#[must_use]
pub fn own_id(digest: &str) -> String {
    format!("{OWN}{}", digest.get(..OWN_DIGITS).unwrap_or_default())
}

impl LinkClaims {
    /// Whether this is another version of the guide than the one the link was made for. A link that names none is for any.
    #[must_use]
    pub fn is_for_another(&self, digest: &str) -> bool {
        !self.digest.is_empty() && self.digest != digest
    }

    /// Whether the guide is the vendor's own, and not a packaged one.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.guide.starts_with(OWN)
    }

    /// Whether this is the text that was signed: a guide of the vendor's own has one, and a packaged one has none.
    ///
    /// # Errors
    /// When it is another, or one where none belongs.
    pub fn binds(&self, own: Option<&str>) -> Result<(), Refusal> {
        let is_signed = match own {
            None => !self.is_own(),
            Some(text) => {
                text.len() <= MAX_GUIDE
                    && self.digest == jose::digest(text.as_bytes())
                    && self.guide == own_id(&self.digest)
            }
        };
        if is_signed { Ok(()) } else { Err(refusal::GUIDE_CHANGED) }
    }
}

/// A link whose vendor is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// What the vendor signed.
    pub claims: LinkClaims,
    /// To whom is sealed: named by the link and still published by the vendor's own domain.
    pub recipients: Vec<String>,
    /// The vendor's logo as the address of a picture, where its domain publishes one.
    pub logo: Option<String>,
}

/// Decides whether a link may be used at this origin. `document` came from the domain that the link names, and was
/// fetched by the customer's own browser or command line; `own` is the vendor's own guide, where one came with the link.
///
/// # Errors
/// When anything does not fit; then nothing may be entered or sealed.
pub fn admit(
    token: &str,
    code: &Code,
    origin: &str,
    document: &VendorDocument,
    own: Option<&str>,
    now: i64,
) -> Result<Admitted, Refusal> {
    // A key that has ended since still proves who made the link; what may be sealed to is judged below.
    let claims: LinkClaims =
        jose::verify(token, LINK_TYPE, &document.all_keys()).map_err(|_| refusal::LINK_FORGED)?;
    if claims.iss != document.domain {
        return Err(refusal::LINK_FORGED);
    }
    if claims.aud != origin || claims.jti != code.as_str() {
        return Err(refusal::LINK_ELSEWHERE);
    }
    if document.worker(origin).is_none() {
        return Err(refusal::WORKER_UNKNOWN);
    }
    if now >= claims.exp {
        return Err(refusal::LINK_EXPIRED);
    }
    claims.binds(own)?;
    let mut recipients = document.recipients_at(now);
    recipients.retain(|recipient| claims.recipients.contains(&fingerprint_of(recipient)));
    if recipients.is_empty() {
        return Err(refusal::RECIPIENTS_GONE);
    }
    let logo = document.logo.as_ref().map(Logo::address).transpose()?;
    Ok(Admitted { claims, recipients, logo })
}

/// Whether a vendor may use a guide: the guide names the domains that may, and what is below them may too.
///
/// # Errors
/// When it names others: a stranger's link to a known vendor's guide.
pub fn may_use(vendor: &str, guide_domains: &[String]) -> Result<(), Refusal> {
    let own = |known: &String| {
        vendor == known || vendor.strip_suffix(known.as_str()).is_some_and(|rest| rest.ends_with('.'))
    };
    if guide_domains.iter().any(own) { Ok(()) } else { Err(refusal::STRANGER) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::Signing;
    use crate::vendor::tests::document;

    fn code() -> Code {
        Code::from_random([3; 17])
    }

    fn claims() -> LinkClaims {
        LinkClaims {
            iss: "vendor.example".into(),
            aud: "https://worker.example".into(),
            jti: code().to_string(),
            iat: 100,
            exp: 3_000,
            guide: "some-guide".into(),
            mode: "run".into(),
            recipients: vec![fingerprint_of("age1first"), fingerprint_of("age1second")],
            ..LinkClaims::default()
        }
    }

    fn decide(change: impl Fn(&mut LinkClaims, &mut VendorDocument), now: i64) -> Result<Admitted, Refusal> {
        let (mut claims, mut document) = (claims(), document());
        change(&mut claims, &mut document);
        let token = Signing::from_seed([1; 32]).token(LINK_TYPE, &claims).unwrap();
        admit(&token, &code(), "https://worker.example", &document, None, now)
    }

    #[test]
    fn a_right_link_says_to_whom_is_sealed() {
        assert_eq!(decide(|_, _| {}, 200).unwrap().recipients, ["age1first", "age1second"]);
        assert_eq!(decide(|_, _| {}, 2_500).unwrap().recipients, ["age1first"], "one reader has ended");
    }

    #[test]
    fn whatever_does_not_fit_is_refused() {
        assert_eq!(decide(|c, _| c.iss = "other.example".into(), 200), Err(refusal::LINK_FORGED));
        assert_eq!(decide(|c, _| c.aud = "https://other.example".into(), 200), Err(refusal::LINK_ELSEWHERE));
        assert_eq!(decide(|c, _| c.jti = "X".into(), 200), Err(refusal::LINK_ELSEWHERE));
        assert_eq!(decide(|_, d| d.workers.clear(), 200), Err(refusal::WORKER_UNKNOWN));
        assert_eq!(decide(|_, _| {}, 3_000), Err(refusal::LINK_EXPIRED));
        assert_eq!(decide(|c, _| c.recipients = vec!["x".into()], 200), Err(refusal::RECIPIENTS_GONE));
        let swapped = |_: &mut LinkClaims, d: &mut VendorDocument| {
            d.recipients.iter_mut().for_each(|r| r.age = "age1attacker".into());
        };
        assert_eq!(decide(swapped, 200), Err(refusal::RECIPIENTS_GONE));
        let other_key = |_: &mut LinkClaims, d: &mut VendorDocument| {
            d.keys[0].jwk = Signing::from_seed([9; 32]).public().jwk();
        };
        assert_eq!(decide(other_key, 200), Err(refusal::LINK_FORGED));
    }

    #[test]
    fn a_link_is_for_the_version_of_the_guide_it_names_or_for_any() {
        let link = |digest: &str| LinkClaims { digest: digest.into(), ..claims() };
        assert!(!link("one").is_for_another("one") && link("one").is_for_another("two"));
        assert!(link("one").is_for_another(""), "what shows no guide shows not this one");
        assert!(!link("").is_for_another("two"));
    }

    #[test]
    fn a_logo_is_shown_only_if_it_is_the_one_that_is_named() {
        let logo = Logo::of(&crate::logo::tests::picture()).unwrap();
        let shown = decide(|_, d| d.logo = Some(logo.clone()), 200).unwrap().logo;
        assert_eq!(shown, logo.address().ok());
        let other = Logo { sha256: jose::digest(b"another"), ..logo };
        assert_eq!(decide(|_, d| d.logo = Some(other.clone()), 200), Err(refusal::LOGO_WRONG));
    }

    #[test]
    fn another_kind_of_token_is_no_link() {
        let token = Signing::from_seed([1; 32]).token("handrail-request+jwt", &claims()).unwrap();
        let refused = admit(&token, &code(), "https://worker.example", &document(), None, 200);
        assert_eq!(refused, Err(refusal::LINK_FORGED));
    }

    #[test]
    fn the_vendor_s_own_guide_is_the_text_that_was_signed() {
        let text = r#"{"format":1}"#;
        let digest = jose::digest(text.as_bytes());
        let own = LinkClaims { guide: own_id(&digest), digest, ..claims() };
        assert_eq!(own.binds(Some(text)), Ok(()));
        let long = "x".repeat(MAX_GUIDE + 1);
        let too_long = jose::digest(long.as_bytes());
        let too_long = LinkClaims { guide: own_id(&too_long), digest: too_long, ..claims() };
        let refused = Err(refusal::GUIDE_CHANGED);
        for (claims, text) in [
            (&own, Some(r#"{"format":2}"#)),
            (&own, None),
            (&LinkClaims { guide: "some-guide".into(), ..own.clone() }, Some(text)),
            (&LinkClaims { guide: OWN.into(), ..own.clone() }, Some(text)),
            (&LinkClaims { guide: OWN.into(), digest: String::new(), ..own.clone() }, None),
            (&claims(), Some(text)),
            (&too_long, Some(long.as_str())),
        ] {
            assert_eq!(claims.binds(text), refused, "{} {text:?}", claims.guide);
        }
        assert_eq!(claims().binds(None), Ok(()));
        assert_eq!(decide(|c, _| c.guide = own_id("0123456789abcdef"), 200), Err(refusal::GUIDE_CHANGED));
    }

    #[test]
    fn a_guide_is_for_the_domains_it_names_and_what_is_below_them() {
        let known = ["vendor.example".to_owned()];
        for own in ["vendor.example", "eu.vendor.example"] {
            assert_eq!(may_use(own, &known), Ok(()));
        }
        for stranger in ["evilvendor.example", "vendor.example.evil.test", "example", ""] {
            assert_eq!(may_use(stranger, &known), Err(refusal::STRANGER), "{stranger}");
        }
        assert_eq!(may_use("vendor.example", &[]), Err(refusal::STRANGER));
    }
}
