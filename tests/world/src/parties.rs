//! A practice vendor and a practice customer, on the same crates as the command line and the page: for tests of what
//! happens between them.

use handrail_credential::Secret;
use handrail_handover::{
    Bundle, Code, Envelope, LINK_TYPE, LinkClaims, Reader, RequestClaims, Salt, Signing, VendorDocument,
    VendorKey, WorkerEntry, body_hash, fingerprint_of, jose, request_token,
};
use handrail_seal::{Identity, seal};
use rand::RngCore as _;
use serde_json::{Value, json};

/// Random bytes.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rngs::OsRng.fill_bytes(&mut bytes);
    bytes
}

/// The Worker's Durable Objects: binding and class.
#[must_use]
pub fn objects() -> Vec<(String, String)> {
    [("LINKS", "LinkObject"), ("VENDOR_INDEX", "VendorObject")]
        .map(|(n, c)| (n.to_owned(), c.to_owned()))
        .to_vec()
}

/// Seconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}

/// A vendor with its keys.
pub struct Vendor {
    /// Its domain.
    pub domain: String,
    /// Its signing key.
    pub key: Signing,
    /// What opens bundles.
    pub identity: Identity,
}

impl Vendor {
    /// A vendor with new keys.
    #[must_use]
    pub fn new(domain: &str) -> Self {
        Self {
            domain: domain.to_owned(),
            key: Signing::from_seed(bytes()),
            identity: Identity::from_random(bytes()),
        }
    }

    /// What it publishes; the Worker's keys are pinned.
    #[must_use]
    pub fn document(&self, origin: &str, keys: Vec<jose::Jwk>) -> VendorDocument {
        let age = self.identity.recipient().to_string();
        VendorDocument {
            handrail: 1,
            domain: self.domain.clone(),
            name: "Practice vendor".to_owned(),
            keys: vec![VendorKey { jwk: self.key.public().jwk(), until: None, voucher: None }],
            recipients: vec![Reader { age, name: String::new(), until: None }],
            workers: vec![WorkerEntry { origin: origin.to_owned(), keys }],
            support: None,
            logo: None,
        }
    }

    /// The claims of a new link.
    #[must_use]
    pub fn link(&self, origin: &str, guide: &str) -> LinkClaims {
        LinkClaims {
            iss: self.domain.clone(),
            aud: origin.to_owned(),
            jti: Code::from_random(bytes()).to_string(),
            iat: now(),
            exp: now() + 86_400,
            guide: guide.to_owned(),
            mode: "run".to_owned(),
            customer: "Practice customer".to_owned(),
            recipients: vec![fingerprint_of(&self.identity.recipient().to_string())],
            ..LinkClaims::default()
        }
    }

    /// The token of a link.
    #[must_use]
    pub fn sign_link(&self, claims: &LinkClaims) -> String {
        self.key.token(LINK_TYPE, claims).unwrap_or_default()
    }

    /// The signature of a request.
    #[must_use]
    pub fn sign(&self, origin: &str, method: &str, target: &str, body: &str) -> String {
        self.sign_bytes(origin, method, target, body.as_bytes())
    }

    /// The signature of a request whose body need not be text.
    #[must_use]
    pub fn sign_bytes(&self, origin: &str, method: &str, target: &str, body: &[u8]) -> String {
        let claims = RequestClaims {
            iss: self.domain.clone(),
            aud: origin.to_owned(),
            iat: now(),
            jti: Code::from_random(bytes()).to_string(),
            htm: method.to_owned(),
            htu: target.to_owned(),
            bh: body_hash(body),
        };
        request_token(&self.key, &claims).unwrap_or_default()
    }
}

/// A customer's side of one link.
pub struct Customer {
    /// The link.
    pub claims: LinkClaims,
    /// The values, by id.
    pub values: Value,
    /// Salt of the commitment.
    pub salt: Salt,
    /// What permits to replace what is handed over next.
    pub replace: String,
}

impl Customer {
    /// A customer with values.
    #[must_use]
    pub fn new(claims: LinkClaims, values: Value) -> Self {
        Self { claims, values, salt: Salt::from_random(bytes()), replace: random_text() }
    }

    /// The body of a check.
    #[must_use]
    pub fn check(&self) -> Value {
        json!({
            "guide": self.claims.guide, "values": self.values, "link": self.claims.jti,
            "salt": self.salt.to_text(),
        })
    }

    /// The sealed bundle.
    #[must_use]
    pub fn sealed(&self, vendor: &Vendor, report: &str) -> Vec<u8> {
        let values = self.values.as_object().into_iter().flatten();
        let bundle = Bundle {
            link: self.claims.jti.clone(),
            vendor: self.claims.iss.clone(),
            guide: self.claims.guide.clone(),
            values: values.map(|(id, v)| (id.clone(), Secret::new(v.as_str().unwrap_or_default()))).collect(),
            salt: self.salt.clone(),
            ends: None,
            report: report.to_owned(),
            made: now(),
        };
        let mut fill = |to: &mut [u8]| rand::rngs::OsRng.fill_bytes(to);
        seal(&[vendor.identity.recipient()], bundle.to_json().as_bytes(), &mut fill).unwrap_or_default()
    }

    /// The body of a hand-over of a report.
    #[must_use]
    pub fn hand_over(&self, vendor: &Vendor, report: &str, after: u32) -> Value {
        let sealed = Envelope::default().with_sealed(&self.sealed(vendor, report)).sealed;
        json!({
            "after": after, "key": random_text(), "report": report, "sealed": sealed,
            "next-replace": jose::digest(self.replace.as_bytes()), "ends": "2027-05-20",
        })
    }
}

/// What the Worker is told to keep links for every vendor: a key of its own, and whom it serves.
#[must_use]
pub fn vars() -> Vec<(String, String)> {
    let key = Signing::from_seed(bytes()).to_text().to_string();
    vec![("SIGNING_KEY".to_owned(), key), ("VENDORS".to_owned(), "*".to_owned())]
}

/// A random text.
#[must_use]
pub fn random_text() -> String {
    jose::digest(&bytes::<32>())
}
