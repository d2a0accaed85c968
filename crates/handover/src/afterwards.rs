//! What the vendor proves after the hand-over, because nothing secret exists that anybody could try before: a federated
//! credential, or a consent to the vendor's own app. The subject of the one and the `state` of the other are random, one
//! per link, and tell links apart that hold nothing but IDs.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::bundle::Opened;
use crate::jose;
use crate::link::LinkClaims;
use crate::refusal::{self, Refusal};

/// Seconds a statement is good for: it is used at once, and Microsoft allows for clocks that differ by minutes.
const LIFE: i64 = 300;

/// Letters in front of the random part, so that an administrator sees in the portal what a subject is.
const PREFIX: &str = "handrail-";

/// Where an issuer's configuration is, below the issuer (OpenID Connect Discovery 1.0, section 4).
pub const CONFIGURATION_PATH: &str = "/.well-known/openid-configuration";

/// What the vendor's issuer says about a customer's app: claims of a client assertion (RFC 7523), to be signed with the
/// issuer's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The issuer, to the letter as the customer entered it.
    pub iss: String,
    /// The link's subject.
    pub sub: String,
    /// What Microsoft's cloud calls itself.
    pub aud: String,
    /// One-time id.
    pub jti: String,
    /// When it was made.
    pub iat: i64,
    /// From when it counts.
    pub nbf: i64,
    /// When it ends.
    pub exp: i64,
}

impl Statement {
    /// The statement for one hand-over. There is no other way to make one: a subject alone is not enough, the
    /// receipt has to show that the customer handed over under this very link.
    ///
    /// # Errors
    /// When the link asks for no federated credential, or nothing shows that anything was handed over.
    pub fn of(opened: &Opened, audience: &str, id: &str, now: i64) -> Result<Self, Refusal> {
        let (Some(issuer), Some(subject)) = (&opened.link.issuer, &opened.link.subject) else {
            return Err(refusal::NOT_THIS_LINK);
        };
        if opened.receipt.is_none() {
            return Err(refusal::NOT_HANDED_OVER);
        }
        Ok(Self {
            iss: issuer.clone(),
            sub: subject.clone(),
            aud: audience.to_owned(),
            jti: id.to_owned(),
            iat: now,
            nbf: now,
            exp: now.saturating_add(LIFE),
        })
    }
}

/// A subject, or a `state`: 192 random bits. From the platform's secure source.
#[must_use]
pub fn make_subject(random: [u8; 24]) -> String {
    let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{PREFIX}{hex}")
}

/// Whether a text is one that [`make_subject`] makes: nothing shorter is unguessable.
#[must_use]
pub fn is_subject(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|hex| {
        hex.len() == 48 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// Whether an issuer is at the vendor's own domain, in the one spelling that everybody compares letter by letter.
#[must_use]
pub fn is_issuer_of(issuer: &str, domain: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    issuer.strip_prefix("https://").and_then(|rest| rest.strip_prefix(domain)).is_some_and(|path| {
        path.is_empty()
            || (path.starts_with('/')
                && !path.ends_with('/')
                && !path.contains("//")
                && path.len() < 100
                && path.chars().all(plain))
    })
}

impl LinkClaims {
    /// Whether the vendor proves afterwards what is handed over.
    #[must_use]
    pub const fn is_proved_afterwards(&self) -> bool {
        self.subject.is_some() || self.consent.is_some()
    }

    /// Whether the vendor takes this kind of credential: `secret` or `certificate`. One who names no kinds takes any; what is
    /// proved afterwards needs none at all.
    #[must_use]
    pub fn takes(&self, kind: &str) -> bool {
        !self.is_proved_afterwards()
            && (self.kinds.is_empty() || self.kinds.iter().any(|taken| taken == kind))
    }

    /// What must be this link's alone: its subject, or the `state` of its consent.
    #[must_use]
    pub fn own(&self) -> Option<&str> {
        self.subject.as_deref().or_else(|| one_of(self.consent.as_deref()?, "state"))
    }

    /// Whether what the vendor would prove afterwards is said in full, and by nobody else's issuer.
    #[must_use]
    pub fn says_what_is_proved(&self) -> bool {
        let issued = match (&self.issuer, &self.subject) {
            (None, None) => true,
            (Some(issuer), Some(subject)) => is_issuer_of(issuer, &self.iss) && is_subject(subject),
            _ => false,
        };
        let consent = self.consent.as_deref().is_none_or(|address| {
            let returns =
                one_of(address, "redirect_uri").map(|to| to.replace("%3A", ":").replace("%2F", "/"));
            one_of(address, "state").is_some_and(is_subject)
                && returns.is_some_and(|to| to.starts_with("https://"))
        });
        issued && consent && !(self.subject.is_some() && self.consent.is_some())
    }
}

/// Holds the address to which Microsoft's consent page led back against the link that it was opened from, and against
/// the directory that was handed over.
///
/// # Errors
/// When it is another link's, another directory's, or no consent.
pub fn returned(opened: &Opened, address: &str) -> Result<(), Refusal> {
    let asked = opened.link.consent.as_deref().ok_or(refusal::NOT_THIS_LINK)?;
    if opened.receipt.is_none() {
        return Err(refusal::NOT_HANDED_OVER);
    }
    let same = |one: &str, other: &str| bool::from(one.as_bytes().ct_eq(other.as_bytes()));
    let (wanted, got) = (one_of(asked, "state"), one_of(address, "state"));
    if !matches!((wanted, got), (Some(wanted), Some(got)) if same(wanted, got)) {
        return Err(refusal::CONSENT_ELSEWHERE);
    }
    let agreed = one_of(address, "admin_consent").is_some_and(|told| told.eq_ignore_ascii_case("true"));
    if !agreed || has(address, "error") {
        return Err(refusal::CONSENT_REFUSED);
    }
    let handed = opened.report.as_ref().and_then(|report| report.tenant.as_deref());
    match (handed, one_of(address, "tenant")) {
        (Some(handed), Some(there)) if handed.eq_ignore_ascii_case(there) => Ok(()),
        _ => Err(refusal::CONSENT_OTHER_TENANT),
    }
}

fn all<'a>(address: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, v)| v)
}

/// The value that an address's query has once; said twice, nobody knows which is meant.
fn one_of<'a>(address: &'a str, name: &'a str) -> Option<&'a str> {
    let mut found = all(address, name);
    found.next().filter(|_| found.next().is_none())
}

fn has(address: &str, name: &str) -> bool {
    all(address, name).next().is_some()
}

/// Names a key of an issuer by what is published of it.
#[must_use]
pub fn issuer_key_id(modulus: &str, exponent: &str) -> String {
    // The JWK thumbprint of RFC 7638 for RSA.
    jose::digest(format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#).as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bundle::Bundle;
    use crate::commitment::Salt;
    use crate::proof::{By, ReceiptClaims, ReportClaims};

    const TENANT: &str = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
    const BACK: &str = "https://vendor.example/back";

    fn consent(state: &str) -> String {
        format!(
            "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=x&redirect_uri={BACK}&state={state}"
        )
    }

    fn opened(change: impl Fn(&mut Opened)) -> Opened {
        let text = String::new;
        let link = LinkClaims {
            iss: "vendor.example".into(),
            subject: Some(make_subject([1; 24])),
            issuer: Some("https://vendor.example/handrail".into()),
            ..LinkClaims::default()
        };
        let bundle = Bundle {
            link: text(),
            vendor: text(),
            guide: text(),
            values: BTreeMap::new(),
            salt: Salt::from_random([0; 32]),
            ends: None,
            report: text(),
            made: 0,
        };
        let receipt = ReceiptClaims {
            iss: text(),
            aud: text(),
            sub: text(),
            iat: 0,
            version: 1,
            by: By::Service,
            report: text(),
            verdict: text(),
            sha256: text(),
            bytes: 0,
        };
        let report = ReportClaims {
            iss: text(),
            aud: text(),
            sub: text(),
            iat: 0,
            guide: text(),
            digest: text(),
            followed: None,
            tenant: Some(TENANT.into()),
            verdict: "pending".into(),
            commitment: text(),
            report: serde_json::Value::Null,
        };
        let mut opened = Opened { bundle, link, report: Some(report), receipt: Some(receipt) };
        change(&mut opened);
        opened
    }

    #[test]
    fn a_statement_is_made_for_what_was_handed_over_and_for_nothing_else() {
        let made = Statement::of(&opened(|_| {}), "api://audience", "one", 1_000).unwrap();
        assert_eq!(
            (made.iss.as_str(), made.sub.len(), made.exp),
            ("https://vendor.example/handrail", 57, 1_300)
        );
        let before = opened(|o| o.receipt = None);
        assert_eq!(Statement::of(&before, "a", "b", 0), Err(refusal::NOT_HANDED_OVER));
        let other = opened(|o| o.link.subject = None);
        assert_eq!(Statement::of(&other, "a", "b", 0), Err(refusal::NOT_THIS_LINK));
    }

    #[test]
    fn a_subject_is_random_and_an_issuer_is_the_vendor_s_own() {
        assert!(is_subject(&make_subject([255; 24])) && make_subject([1; 24]) != make_subject([2; 24]));
        for poor in ["", "handrail-", "handrail-1", "link-5c1f0f6e", &make_subject([171; 24]).to_uppercase()]
        {
            assert!(!is_subject(poor), "{poor}");
        }
        for (issuer, right) in [
            ("https://vendor.example", true),
            ("https://vendor.example/handrail", true),
            ("https://vendor.example/", false),
            ("https://vendor.example.evil.test", false),
            ("https://vendor.example@evil.test", false),
            ("https://vendor.example/a?b", false),
            ("https://vendor.example/../x", false),
            ("http://vendor.example", false),
            ("https://evil.test/vendor.example", false),
        ] {
            assert_eq!(is_issuer_of(issuer, "vendor.example"), right, "{issuer}");
        }
    }

    #[test]
    fn a_link_says_all_of_what_is_proved_or_nothing() {
        let says = |change: &dyn Fn(&mut LinkClaims)| {
            let mut claims = opened(|_| {}).link;
            change(&mut claims);
            claims.says_what_is_proved()
        };
        assert!(says(&|_| {}) && says(&|c| (c.issuer, c.subject) = (None, None)));
        assert!(!says(&|c| c.issuer = None) && !says(&|c| c.subject = None));
        assert!(!says(&|c| c.subject = Some("link-1".into())));
        assert!(!says(&|c| c.issuer = Some("https://other.example".into())));
        let only = |address: String| {
            says(&move |c| {
                (c.issuer, c.subject, c.consent) = (None, None, Some(address.clone()));
            })
        };
        assert!(only(consent(&make_subject([3; 24]))));
        assert!(!only(consent("1")) && !only(consent("")) && !only("https://x.example".into()));
        assert!(!only(consent(&make_subject([3; 24])).replace("https://vendor", "http://vendor")));
        assert!(!says(&|c| c.consent = Some(consent(&make_subject([3; 24])))), "one of the two");
    }

    #[test]
    fn a_consent_counts_for_its_own_link_and_directory() {
        let state = make_subject([3; 24]);
        let mine = |receipt: bool| {
            opened(|o| {
                (o.link.issuer, o.link.subject) = (None, None);
                o.link.consent = Some(consent(&state));
                o.receipt = o.receipt.take().filter(|_| receipt);
            })
        };
        let back = |query: &str| returned(&mine(true), &format!("{BACK}?{query}"));
        assert_eq!(back(&format!("admin_consent=True&tenant={TENANT}&state={state}")), Ok(()));
        let other = make_subject([4; 24]);
        for forged in [
            format!("admin_consent=True&tenant={TENANT}"),
            format!("admin_consent=True&tenant={TENANT}&state={other}"),
            format!("admin_consent=True&tenant={TENANT}&state={other}&state={state}"),
            format!("admin_consent=True&tenant={TENANT}#state={state}"),
        ] {
            assert_eq!(back(&forged), Err(refusal::CONSENT_ELSEWHERE), "{forged}");
        }
        assert_eq!(back(&format!("error=access_denied&state={state}")), Err(refusal::CONSENT_REFUSED));
        let both = format!("admin_consent=True&error=x&tenant={TENANT}&state={state}");
        assert_eq!(back(&both), Err(refusal::CONSENT_REFUSED));
        for tenant in ["", "tenant=0f8fad5b-d9cb-469f-a165-70867728950e&"] {
            let elsewhere = format!("admin_consent=True&{tenant}state={state}");
            assert_eq!(back(&elsewhere), Err(refusal::CONSENT_OTHER_TENANT));
        }
        let good = format!("{BACK}?admin_consent=True&tenant={TENANT}&state={state}");
        assert_eq!(returned(&mine(false), &good), Err(refusal::NOT_HANDED_OVER));
        assert_eq!(returned(&opened(|_| {}), &good), Err(refusal::NOT_THIS_LINK));
    }
}
