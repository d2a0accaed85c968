//! Links, vendors' documents, bundles and what is sealed.

use std::sync::LazyLock;

use handrail_handover::jose::{self, Signing};
use handrail_handover::{
    Bundle, Code, Envelope, Known, LINK_TYPE, LinkClaims, Terms, VendorDocument, VendorKey, admit, find,
    open_bundle, refusal, verify_request, voucher,
};
use handrail_seal::{Identity, Recipient, open, recipients_of, seal};

use super::{all, text};

const NOW: i64 = 1_900_000_000;

struct World {
    document: VendorDocument,
    link: String,
    /// A link of whoever took the domain over.
    stolen: String,
    /// What a customer remembers of the vendor.
    known: Known,
    code: Code,
    identity: Identity,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let signing = Signing::from_seed([7; 32]);
    let identity = Identity::from_random([9; 32]);
    let code = Code::from_random([3; 17]);
    let document = serde_json::json!({
        "handrail": 1, "domain": "vendor.example", "name": "V", "keys": [{"jwk": signing.public().jwk()}],
        "recipients": [{"age": identity.recipient().to_string()}],
        "workers": [{"origin": "https://check.example", "keys": [signing.public().jwk()]}],
    });
    let document: VendorDocument =
        serde_json::from_value(document).unwrap_or_else(|why| panic!("the document: {why}"));
    let claims = LinkClaims {
        iss: "vendor.example".into(),
        aud: "https://check.example".into(),
        jti: code.as_str().into(),
        iat: NOW - 10,
        exp: NOW + 1_000,
        guide: "securus360".into(),
        mode: "run".into(),
        ..LinkClaims::default()
    };
    let link = signing.token(LINK_TYPE, &claims).unwrap_or_default();
    let stolen = Signing::from_seed([8; 32]).token(LINK_TYPE, &claims).unwrap_or_default();
    let known = Known { keys: vec![signing.public().jwk()], since: NOW };
    World { document, link, stolen, known, code, identity }
});

pub(super) fn link_seeds() -> Vec<Vec<u8>> {
    let mut seeds = all(&[
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcheck.example%2Fl%2FABCD-EFGH-JKMN%252523x",
        "eyJhbGciOiJub25lIn0.e30.",
    ]);
    seeds.push(format!("Hello, https://check.example/l/{}", WORLD.code.as_str()).into_bytes());
    seeds.push(WORLD.link.clone().into_bytes());
    seeds
}

/// A mail with a link, and a link's token: nobody but the vendor makes one.
pub(super) fn link_any(bytes: &[u8]) {
    let text = text(bytes);
    drop(find(&text));
    drop(Code::parse(&text));
    let admitted = admit(&text, &WORLD.code, "https://check.example", &WORLD.document, None, NOW);
    assert!(admitted.is_err() || signed_part(&text) == signed_part(&WORLD.link), "admitted: {text}");
    let keys = WORLD.document.all_keys();
    drop(verify_request(&text, &keys, ("https://check.example", "GET", "/x", &text), NOW));
    drop(jose::dangerous_claims::<LinkClaims>(&text));
    drop(jose::dangerous_key_id(&text));
}

fn signed_part(token: &str) -> &str {
    token.rsplit_once('.').map_or("", |(signed, _)| signed)
}

pub(super) fn vendor_seeds() -> Vec<Vec<u8>> {
    let claims: Option<LinkClaims> = jose::dangerous_claims(&WORLD.link);
    vec![
        serde_json::to_vec(&WORLD.document).unwrap_or_default(),
        serde_json::to_vec(&claims).unwrap_or_default(),
        WORLD.known.to_text().into_bytes(),
        serde_json::to_vec(&rotated()).unwrap_or_default(),
    ]
}

/// The document with a newer key, for which the first one vouches.
fn rotated() -> VendorDocument {
    let (first, second) = (Signing::from_seed([7; 32]), Signing::from_seed([6; 32]).public());
    let voucher = voucher(&first, "vendor.example", &second, NOW).ok();
    let mut document = WORLD.document.clone();
    document.keys.insert(0, VendorKey { jwk: second.jwk(), until: None, voucher });
    document
}

/// A vendor's document as a server gives it. What is read of it, and of what a token claims, serde reads as well and the same.
pub(super) fn vendor_any(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(read) = handrail_json::from_str::<VendorDocument>(&text) {
        assert_eq!(serde_json::from_str(&text).ok(), Some(read), "{text}");
    }
    if let Ok(read) = handrail_json::from_str::<LinkClaims>(&text) {
        assert_eq!(serde_json::from_str(&text).ok(), Some(read), "{text}");
    }
    if let Some(read) = Known::parse(&text) {
        assert_eq!(Known::parse(&read.to_text()), Some(read), "{text}");
    }
    let Ok(document) = VendorDocument::parse(&text, "vendor.example") else { return };
    assert_eq!(document.domain, "vendor.example");
    drop(document.recipients_at(NOW));
    drop(document.keys_at(NOW));
    // Whatever a domain publishes, nobody but the vendor makes it the same vendor.
    let met = Known::meet(Some(&WORLD.known), &WORLD.stolen, &document, None, NOW);
    assert_eq!(met, Err(refusal::KEYS_CHANGED), "{text}");
}

pub(super) fn bundle_seeds() -> Vec<Vec<u8>> {
    let plain = r#"{"handrail-bundle":1,"link":"x","vendor":"vendor.example","guide":"securus360","values":{"tenant-id":"a"},"salt":"AAAA"}"#;
    let envelope = serde_json::json!({"handrail-envelope": 1, "link": WORLD.link, "version": 1, "report": "", "receipt": "", "sealed": "AQID"});
    all(&[plain, &envelope.to_string(), &format!("{envelope}\u{1e}{plain}")])
}

/// An envelope and what was sealed in it.
pub(super) fn bundle_any(bytes: &[u8]) {
    let text = text(bytes);
    drop(Bundle::parse(bytes));
    let (envelope, plain) = text.split_once('\u{1e}').unwrap_or((&text, ""));
    let Ok(envelope) = serde_json::from_str::<Envelope>(envelope) else { return };
    drop(envelope.sealed_bytes());
    let terms = Terms { document: &WORLD.document, without_receipt: true, unchecked: true };
    drop(open_bundle(&envelope, plain.as_bytes(), terms));
}

pub(super) fn sealed_seeds() -> Vec<Vec<u8>> {
    let recipients = [WORLD.identity.recipient()];
    let mut n = 0_u8;
    let mut random = |bytes: &mut [u8]| {
        for b in bytes {
            n = n.wrapping_add(37);
            *b = n;
        }
    };
    let sealed = seal(&recipients, b"what was handed over", &mut random).unwrap_or_default();
    // EXPOSE: a made-up key.
    vec![sealed, WORLD.identity.to_text().as_bytes().to_vec(), recipients[0].to_string().into_bytes()]
}

/// An age file and age keys.
pub(super) fn sealed_any(bytes: &[u8]) {
    let plain = open(std::slice::from_ref(&WORLD.identity), bytes);
    assert!(plain.is_err() || plain.is_ok_and(|p| p.as_slice() == b"what was handed over"));
    let _ = recipients_of(bytes);
    let text = text(bytes);
    let _ = text.parse::<Recipient>();
    let _ = text.parse::<Identity>();
}
