//! `/check`: "is this secret still valid?" as a page, for operators who switch it on. A plain form without a script: what
//! is typed goes into one request and is forgotten with its answer.

use std::collections::BTreeMap;

use handrail_credential::Secret;
use handrail_entra::{Case, Report, Verdict, Verifier};
use handrail_guide::plan::{Requirements, ValueKind};
use worker::{Env, Request, Response, Result};

use super::pages::{document, escape, not_found};
use super::{anonymous, check};
use crate::answer::{self, form_page, refuse};
use crate::microsoft;

/// The fields: id, label, and whether what is typed is hidden.
const FIELDS: [(&str, &str, bool); 3] = [
    ("tenant-id", "Tenant ID, or a domain of the directory", false),
    ("client-id", "Client ID of the app", false),
    ("client-secret", "Client secret: its value, not its ID", true),
];

/// Off unless the operator allows checks without a link and sets `QUICK_CHECK` to `on` as well.
fn is_on(request: &Request, env: &Env) -> bool {
    let told = env.var("QUICK_CHECK").is_ok_and(|v| v.to_string() == "on");
    told && anonymous(request, env).is_some()
}

pub(super) fn form(request: &Request, env: &Env) -> Result<Response> {
    if is_on(request, env) {
        form_page(200, document("Check a client secret", &inputs("")))
    } else {
        not_found()
    }
}

pub(super) async fn answer(mut request: Request, env: &Env) -> Result<Response> {
    if !is_on(&request, env) {
        return not_found();
    }
    if let Err(refusal) = check::acceptable(&request, "application/x-www-form-urlencoded") {
        return refuse(refusal);
    }
    if !check::within_limits(&request, env, anonymous(&request, env)).await {
        return answer::refuse_later(answer::TOO_OFTEN, crate::limit::WINDOW);
    }
    let bytes = request.bytes().await?;
    if bytes.len() > check::MAX_REQUEST {
        return refuse(answer::TOO_LARGE);
    }
    let text = Secret::new(String::from_utf8_lossy(&bytes));
    // EXPOSE: taken apart into secrets.
    let values = fields(text.expose());
    let report = microsoft::run(Verifier::new(case(values), microsoft::now())).await;
    form_page(200, document("Check a client secret", &(shown(&report) + &inputs("<h2>Check another</h2>"))))
}

fn case(values: BTreeMap<String, Secret>) -> Case {
    let kinds = [ValueKind::TenantId, ValueKind::ClientId, ValueKind::ClientSecret];
    let wanted = FIELDS.iter().zip(kinds).map(|((id, _, _), kind)| ((*id).to_owned(), kind));
    Case {
        requirements: Requirements { values: wanted.collect(), ..Requirements::default() },
        values,
        no_surplus: true,
        ..Case::default()
    }
}

/// The known fields of a form.
pub(crate) fn fields(text: &str) -> BTreeMap<String, Secret> {
    let known = |name: &str| FIELDS.iter().any(|(id, _, _)| *id == name);
    pairs(text).filter(|(name, _)| known(name)).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Every field of a form, by its name.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (&str, Secret)> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name, Secret::new(decoded(value))))
}

/// `+` and `%XX` of a form.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        match b {
            b'+' => out.push(b' '),
            b'%' => {
                let mut rest = bytes.clone();
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                match (digit(rest.next()), digit(rest.next())) {
                    (Some(high), Some(low)) => {
                        out.push((high * 16 + low) as u8);
                        bytes = rest;
                    }
                    _ => out.push(b),
                }
            }
            b => out.push(b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn inputs(title: &str) -> String {
    let rows: String = FIELDS
        .iter()
        .map(|(id, label, hidden)| {
            let kind = if *hidden { "password" } else { "text" };
            format!(
                "<p><label for=\"{id}\">{label}</label><br><input id=\"{id}\" name=\"{id}\" type=\"{kind}\" required \
autocomplete=\"off\" spellcheck=\"false\" size=\"48\" maxlength=\"256\"></p>"
            )
        })
        .collect();
    let heading = if title.is_empty() { "<h1>Is this client secret still valid?</h1>" } else { title };
    format!(
        "{heading}<form method=\"post\" action=\"/check\" autocomplete=\"off\">{rows}<p><button>Ask Microsoft</button></p></form>\
<p>The values go to this service, which asks Microsoft once and keeps nothing. \
On your own machine, <code>handrail check</code> does the same without a service.</p>"
    )
}

fn shown(report: &Report) -> String {
    let word = |verdict| match verdict {
        Verdict::Passed => "Active",
        Verdict::Failed => "Rejected",
        Verdict::Pending => "Not yet",
        Verdict::CouldNotTell => "Could not tell",
    };
    let lines: String = report
        .checks
        .iter()
        .map(|c| {
            let ids: Vec<String> = [c.aadsts.map(|n| format!("AADSTS{n}")), c.correlation_id.clone()]
                .into_iter()
                .flatten()
                .collect();
            let ids = if c.verdict == Verdict::Passed {
                String::new()
            } else {
                format!(" <small>{}</small>", escape(&ids.join(", ")))
            };
            format!("<li>{} {}{ids}</li>", emphasis(&c.what), emphasis(&c.next))
        })
        .collect();
    format!(
        "<h1 role=\"status\">{}</h1><p>{}</p><ul>{lines}</ul>",
        word(report.verdict),
        escape(&report.time)
    )
}

/// `**x**` of the catalogue as emphasis; everything else is escaped.
fn emphasis(text: &str) -> String {
    let parts = escape(text);
    parts
        .split("**")
        .enumerate()
        .map(|(at, part)| if at % 2 == 1 { format!("<b>{part}</b>") } else { part.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{decoded, emphasis, fields};

    #[test]
    fn forms_are_read() {
        assert_eq!(decoded("a+b%2Bc%7e%zz%"), "a b+c~%zz%");
        let read = fields("tenant-id=x&client-secret=a%26b&other=1&client-id");
        assert_eq!(read.keys().collect::<Vec<_>>(), ["client-secret", "tenant-id"]);
        assert_eq!(emphasis("**A** <b>"), "<b>A</b> &lt;b&gt;");
    }
}
