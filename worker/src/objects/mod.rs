//! The Durable Objects: one per link and one per vendor, and how the routes talk to them.
//!
//! An object takes one kind of message and answers with JSON or a refusal. Everything that belongs together is
//! written without an `await` in between, so that the platform stores all of it or nothing.

mod link;
mod notice;
mod store;
mod vendor;

use handrail_handover::json::{from_tree, tree_of};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use worker::{Env, Response, ResponseBuilder, Result};

use crate::answer::Refusal;
use crate::outgoing;

pub(crate) use link::{Incoming, LinkAsk, VendorEvent};
pub(crate) use vendor::{Signed, VendorAsk};

/// Binding of the links' namespace.
const LINKS: &str = "LINKS";

/// Binding of the vendors' namespace.
const VENDORS: &str = "VENDOR_INDEX";

/// Status of an object's refusal; everything else that is not 200 is a failure of ours.
const REFUSED: u16 = 409;

/// Asks the object of a link.
pub(crate) async fn ask_link(
    env: &Env,
    code: &str,
    ask: &LinkAsk,
) -> Result<std::result::Result<Value, Refusal>> {
    send(env, LINKS, code, serde_json::to_string(ask)?).await
}

/// Asks the object of a vendor.
pub(crate) async fn ask_vendor(
    env: &Env,
    domain: &str,
    ask: &VendorAsk,
) -> Result<std::result::Result<Value, Refusal>> {
    send(env, VENDORS, domain, serde_json::to_string(ask)?).await
}

async fn send(
    env: &Env,
    binding: &str,
    name: &str,
    ask: String,
) -> Result<std::result::Result<Value, Refusal>> {
    let stub = env.durable_object(binding)?.id_from_name(name)?.get_stub()?;
    let request = outgoing::request("POST", "https://object/", &[], Some(&ask))?;
    let mut answer = stub.fetch_with_request(request).await?;
    let told = read_tree(&answer.bytes().await?)?;
    match answer.status_code() {
        200 => Ok(Ok(told)),
        REFUSED => {
            let code = told.get("code").and_then(Value::as_str).unwrap_or_default();
            Ok(Err(Refusal::of(code, told.get("retry-after").and_then(Value::as_i64))))
        }
        _ => Err("an object failed".into()),
    }
}

/// What was written by ourselves as JSON.
fn read_tree(bytes: &[u8]) -> Result<Value> {
    tree_of(bytes).map_err(|_| "not what was written".into())
}

/// What was written by ourselves as JSON of this form.
fn read_own<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    from_tree(read_tree(bytes)?).map_err(|_| "not what was written".into())
}

/// Answers a message.
fn tell(result: std::result::Result<Value, handrail_handover::state::Refused>) -> Result<Response> {
    let (status, told) = match result {
        Ok(value) => (200, value),
        Err(refused) => (REFUSED, json!({"code": refused.why.code, "retry-after": refused.retry_after})),
    };
    Ok(ResponseBuilder::new().with_status(status).fixed(told.to_string().into_bytes()))
}
