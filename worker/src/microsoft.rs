//! Sends the verifier's requests. No redirect is followed and no host outside its table is asked.

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
        let mut requests = match verifier.next(time) {
            Next::Done(report) => return *report,
            Next::Send(request) => vec![request],
        };
        requests.extend(std::iter::from_fn(|| verifier.also(time)));
        let mut replies = send(&requests).await.into_iter();
        time = now();
        for _ in requests {
            let answer = replies.next().flatten().map_or(Answer::Unreachable, read);
            verifier.answer(&answer, time);
        }
    }
}

/// The time, of the runtime's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Sends requests at the same time.
async fn send(requests: &[Request]) -> Vec<Option<Reply>> {
    // EXPOSE: into the requests to Microsoft, headers and bodies.
    let headers: Vec<Vec<_>> =
        requests.iter().map(|r| r.headers.iter().map(|h| (h.name, h.value.expose())).collect()).collect();
    let questions = requests.iter().zip(&headers).map(|(request, headers)| Question {
        method: request.method.name(),
        url: &request.url,
        headers,
        body: request.body.as_ref().map(|body| body.expose()),
    });
    match outgoing::wave(questions) {
        Some(wave) if requests.iter().all(Request::is_to_microsoft) => {
            outgoing::ask_all(&wave, &WANTED_HEADERS, MAX_ANSWER).await
        }
        _ => Vec::new(),
    }
}

fn read(reply: Reply) -> Answer {
    let headers = WANTED_HEADERS.iter().zip(reply.told).filter(|(_, value)| !value.is_empty());
    Answer::Response {
        status: reply.status,
        headers: headers.map(|(name, value)| ((*name).to_owned(), value)).collect(),
        body: reply.body,
    }
}
