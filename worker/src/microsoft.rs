//! Sends the verifier's requests. No redirect is followed and no host outside its table is asked.

use handrail_credential::Secret;
use handrail_entra::{Answer, Next, Report, Request, Verifier, WANTED_HEADERS};
use jiff::Timestamp;
use worker::js_sys;

use crate::outgoing::{self, Question, Reply};

/// Bytes of an answer that are read; tokens with many roles stay under 20 KB.
const MAX_ANSWER: usize = 256 * 1024;

/// Drives a verification to its report. What need not wait for one another is asked at the same time.
pub(crate) async fn run(mut verifier: Verifier) -> Report {
    // The runtime's clock stands still between answers.
    let mut time = now();
    loop {
        let first = match verifier.next(time) {
            Next::Done(report) => return *report,
            Next::Send(request) => send(&request),
        };
        let mut asked = vec![first];
        while let Some(request) = verifier.also(time) {
            asked.push(send(&request));
        }
        for answer in asked {
            let answer = answer.await;
            time = now();
            verifier.answer(&answer, time);
        }
    }
}

/// The time, of the runtime's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Sends a request at once; what it returns waits for the answer.
fn send(request: &Request) -> impl Future<Output = Answer> + use<> {
    let asked = request.is_to_microsoft().then(|| {
        // EXPOSE: into the request to Microsoft.
        let headers: Vec<_> = request.headers.iter().map(|h| (h.name, h.value.expose())).collect();
        outgoing::ask(&Question {
            method: request.method.name(),
            url: &request.url,
            headers: &headers,
            // EXPOSE: into the body of the request to Microsoft.
            body: request.body.as_ref().map(|body| body.expose()),
            wanted: &WANTED_HEADERS.join("\n"),
            most: MAX_ANSWER,
        })
    });
    async move {
        match asked {
            None => Answer::Unreachable,
            // Errors of the platform may quote what was sent, so their words are dropped.
            Some(reply) => reply.await.map_or(Answer::Unreachable, |reply| read(&reply)),
        }
    }
}

fn read(reply: &Reply) -> Answer {
    let told = reply.told();
    let headers = WANTED_HEADERS.iter().zip(told.split('\n')).filter(|(_, value)| !value.is_empty());
    Answer::Response {
        status: reply.status(),
        headers: headers.map(|(name, value)| ((*name).to_owned(), value.to_owned())).collect(),
        body: Secret::new(text_of(reply.body())),
    }
}

/// What is no UTF-8 is replaced.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|not| String::from_utf8_lossy(not.as_bytes()).into_owned())
}
