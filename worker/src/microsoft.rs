//! Sends the verifier's requests. No redirect is followed and no host outside its table is asked.

use std::pin::pin;

use futures_util::TryStreamExt;
use handrail_credential::Secret;
use handrail_entra::{Answer, Method, Next, Report, Request, Verifier, WANTED_HEADERS};
use jiff::Timestamp;
use worker::js_sys;
use worker::{Response, Result};

use crate::outgoing;

/// Bytes of an answer that are read; tokens with many roles stay under 20 KB.
const MAX_ANSWER: usize = 256 * 1024;

/// Drives a verification to its report.
pub(crate) async fn run(mut verifier: Verifier) -> Report {
    loop {
        match verifier.next(now()) {
            Next::Done(report) => return *report,
            Next::Send(request) => {
                let answer = send(&request).await;
                verifier.answer(&answer, now());
            }
        }
    }
}

/// The time, of the runtime's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default()
}

async fn send(request: &Request) -> Answer {
    if !handrail_entra::hosts().contains(&request.host) {
        return Answer::Unreachable;
    }
    // Errors of the platform may quote what was sent, so their words are dropped.
    match exchange(request).await {
        Ok(answer) => answer,
        Err(_) => Answer::Unreachable,
    }
}

async fn exchange(request: &Request) -> Result<Answer> {
    // EXPOSE: into the request to Microsoft.
    let headers: Vec<_> = request.headers.iter().map(|h| (h.name, h.value.expose())).collect();
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    // EXPOSE: into the body of the request to Microsoft.
    let body = request.body.as_ref().map(|body| body.expose());
    let mut response = outgoing::send(outgoing::request(method, &request.url, &headers, body)?).await?;
    read(&mut response).await
}

async fn read(response: &mut Response) -> Result<Answer> {
    let mut headers = Vec::new();
    for name in WANTED_HEADERS {
        if let Some(value) = response.headers().get(name)? {
            headers.push((name.to_owned(), value));
        }
    }
    let status = response.status_code();
    let bytes = beginning(response, MAX_ANSWER).await?;
    let body = Secret::new(String::from_utf8_lossy(&bytes));
    Ok(Answer::Response { status, headers, body })
}

/// The body up to a length; what comes after it is never taken in.
pub(crate) async fn beginning(response: &mut Response, most: usize) -> Result<Vec<u8>> {
    // Whoever says how long the answer is can be taken at its word, in one piece: the platform holds it to that.
    let told = response.headers().get("content-length")?.and_then(|n| n.parse::<usize>().ok());
    // Packed, it says nothing of what comes out.
    let plain = response.headers().get("content-encoding")?.is_none();
    if plain && told.is_some_and(|length| length <= most) {
        return response.bytes().await;
    }
    let mut bytes = Vec::new();
    // An answer without a body has no stream.
    let Ok(stream) = response.stream() else { return Ok(bytes) };
    let mut stream = pin!(stream);
    while let Some(chunk) = stream.try_next().await? {
        let room = most.saturating_sub(bytes.len());
        bytes.extend(chunk.into_iter().take(room));
        if bytes.len() >= most {
            break;
        }
    }
    Ok(bytes)
}
