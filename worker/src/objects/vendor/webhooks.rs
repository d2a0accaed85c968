//! The webhooks of one vendor: sent by the object's alarm until they are taken, in the order in which things happened.

use handrail_handover::webhook_headers;
use worker::{Result, SqlStorageValue};

use super::VendorObject;
use crate::objects::store::{number, text};
use crate::outgoing::{self, Question};
use crate::{microsoft, signing};

/// Seconds between tries of a webhook, as the Standard Webhooks specification proposes; after the last it is given up.
const TRIES: [i64; 8] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000];

/// The receiver wants no webhook any more: 410, after which the Standard Webhooks specification has nothing more sent there.
const GONE: u16 = 410;

impl VendorObject {
    /// Sends what is due; what was not taken waits for its next try.
    pub(super) async fn send_webhooks(&self) -> Result<()> {
        let now = microsoft::now().as_second();
        let due = self.store.rows(
            "SELECT id, text, tries FROM outbox WHERE at <= ? ORDER BY at LIMIT 20",
            vec![now.into()],
        )?;
        let url = self.store.text("webhook")?.unwrap_or_default();
        for row in &due {
            let [id, body, tries] = row.as_slice() else { continue };
            let status = if url.is_empty() {
                GONE
            } else {
                self.send_webhook(&url, &text(id), &text(body), now).await
            };
            if status == GONE {
                self.end_webhook(&url)?;
                break;
            }
            let taken = (200..300).contains(&status);
            let wait = usize::try_from(number(tries)).ok().and_then(|n| TRIES.get(n));
            match wait {
                Some(wait) if !taken => self.store.run(
                    "UPDATE outbox SET tries = tries + 1, at = ? WHERE id = ?",
                    vec![now.saturating_add(*wait).into(), id.clone()],
                )?,
                _ => self.store.run("DELETE FROM outbox WHERE id = ?", vec![id.clone()])?,
            }
        }
        let next = self.store.rows("SELECT MIN(at) FROM outbox", Vec::new())?;
        if let Some(SqlStorageValue::Integer(_) | SqlStorageValue::Float(_)) =
            next.first().and_then(|row| row.first())
        {
            let at = next.first().and_then(|row| row.first()).map_or(now, number);
            self.state.storage().set_alarm(at.saturating_sub(now).max(0).saturating_mul(1_000)).await?;
        }
        Ok(())
    }

    /// Nothing more is sent to an address that is gone, unless another one was set meanwhile.
    fn end_webhook(&self, url: &str) -> Result<()> {
        if self.store.text("webhook")?.unwrap_or_default() == url {
            self.store.keep("webhook", String::new())?;
            self.store.run("DELETE FROM outbox", Vec::new())?;
        }
        Ok(())
    }

    /// The status of the answer; 0 where there is none.
    async fn send_webhook(&self, url: &str, id: &str, body: &str, now: i64) -> u16 {
        let Some(key) = signing::key(&self.env) else { return 0 };
        let signed = webhook_headers(&key, id, now, body);
        let send = async {
            let headers = [
                ("content-type", "application/json"),
                ("webhook-id", signed.id.as_str()),
                ("webhook-timestamp", signed.timestamp.as_str()),
                ("webhook-signature", signed.signature.as_str()),
            ];
            let question = Question { method: "POST", url, headers: &headers, body: Some(body) };
            outgoing::ask(question, 0).await.map(|answer| answer.status)
        };
        send.await.unwrap_or_default()
    }
}
