//! Webhooks after the Standard Webhooks specification, signed with the Worker's Ed25519 key (`v1a`), so that the
//! receiver needs the published key and nobody keeps a shared secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::jose::Signing;

/// The three headers of a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookHeaders {
    /// `webhook-id`: the same for every try, so that the receiver can tell repetitions.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
}

/// Signs a webhook.
#[must_use]
pub fn webhook_headers(key: &Signing, id: &str, now: i64, body: &str) -> WebhookHeaders {
    let signature = key.sign(format!("{id}.{now}.{body}").as_bytes());
    WebhookHeaders {
        id: id.to_owned(),
        timestamp: now.to_string(),
        signature: format!("v1a,{}", STANDARD.encode(signature)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_over_id_time_and_body() {
        let key = Signing::from_seed([4; 32]);
        let headers = webhook_headers(&key, "msg_1", 7, "{}");
        let signature = STANDARD.decode(headers.signature.strip_prefix("v1a,").unwrap()).unwrap();
        let signature: [u8; 64] = signature.try_into().unwrap();
        assert!(key.public().verifies(b"msg_1.7.{}", &signature));
        assert!(!key.public().verifies(b"msg_1.8.{}", &signature));
    }
}
