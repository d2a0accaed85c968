//! The Durable Objects: one per link and one per vendor, and how the routes talk to them.
//!
//! An object takes one kind of message and answers with JSON or a refusal. Everything that belongs together is
//! written without an `await` in between, so that the platform stores all of it or nothing.

mod link;
mod store;
mod vendor;

use handrail_handover::jose::read_json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use worker::{Env, Headers, Method, Request, RequestInit, Response, ResponseBuilder, Result};

use crate::answer::Refusal;

pub(crate) use link::{Incoming, LinkAsk, Look, VendorEvent};
pub(crate) use vendor::{Row, Signed, VendorAsk};

/// Binding of the links' namespace.
const LINKS: &str = "LINKS";

/// Binding of the vendors' namespace.
const VENDORS: &str = "VENDOR_INDEX";

/// Why an object refuses: its code, and the seconds to wait where that helps.
#[derive(Serialize, Deserialize)]
struct No(String, Option<i64>);

/// Status of an object's refusal; everything else that is not 200 is a failure of ours.
const REFUSED: u16 = 409;

/// Asks the object of a link.
pub(crate) async fn ask_link<T: DeserializeOwned>(
    env: &Env,
    code: &str,
    ask: &LinkAsk,
) -> Result<std::result::Result<T, Refusal>> {
    read(send(env, LINKS, code, serde_json::to_string(ask)?).await?)
}

/// Asks the object of a vendor.
pub(crate) async fn ask_vendor<T: DeserializeOwned>(
    env: &Env,
    domain: &str,
    ask: &VendorAsk,
) -> Result<std::result::Result<T, Refusal>> {
    read(send(env, VENDORS, domain, serde_json::to_string(ask)?).await?)
}

fn read<T: DeserializeOwned>(
    told: std::result::Result<Value, Refusal>,
) -> Result<std::result::Result<T, Refusal>> {
    Ok(match told {
        Ok(value) => Ok(serde_json::from_value(value)?),
        Err(refusal) => Err(refusal),
    })
}

async fn send(
    env: &Env,
    binding: &str,
    name: &str,
    ask: String,
) -> Result<std::result::Result<Value, Refusal>> {
    let stub = env.durable_object(binding)?.id_from_name(name)?.get_stub()?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post);
    init.with_headers(Headers::new());
    init.with_body(Some(ask.into()));
    let mut answer = stub.fetch_with_request(Request::new_with_init("https://object/", &init)?).await?;
    let told = answer.bytes().await?;
    match answer.status_code() {
        200 => Ok(Ok(serde_json::from_slice(&told)?)),
        REFUSED => {
            let No(code, retry_after) = read_json(&told)?;
            Ok(Err(Refusal::of(&code, retry_after)))
        }
        _ => Err("an object failed".into()),
    }
}

/// Answers a message.
fn tell(result: std::result::Result<Value, handrail_handover::state::Refused>) -> Result<Response> {
    let (status, told) = match result {
        Ok(value) => (200, serde_json::to_vec(&value)?),
        Err(refused) => (REFUSED, serde_json::to_vec(&No(refused.why.code.to_owned(), refused.retry_after))?),
    };
    Ok(ResponseBuilder::new().with_status(status).fixed(told))
}
