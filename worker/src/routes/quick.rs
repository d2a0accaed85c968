//! `/check`: "is this secret still valid?" as a page, for operators who switch it on. A plain form without a script: what
//! is typed goes into one request and is forgotten with its answer.

use std::collections::BTreeMap;

use handrail_credential::Secret;
use handrail_entra::{Case, Check, Report, Verdict, Verifier};
use handrail_guide::plan::{Requirements, ValueKind};
use worker::{Env, Request, Response, Result};

use super::{address, anonymous, check};
use crate::answer::{self, Refusal};
use crate::asked::Asked;
use crate::spoken::{Parts, escape, missing};
use crate::{limit, microsoft};

/// The page's parts beside the Worker.
const PAGE: &str = "check";

/// The fields, by id.
const FIELDS: [(&str, ValueKind); 3] = [
    ("tenant-id", ValueKind::TenantId),
    ("client-id", ValueKind::ClientId),
    ("client-secret", ValueKind::ClientSecret),
];

/// Off unless the operator allows checks without a link and sets `QUICK_CHECK` to `on` as well.
fn is_on(request: &Request, env: &Env) -> bool {
    let told = env.var("QUICK_CHECK").is_ok_and(|v| v.to_string() == "on");
    told && anonymous(&address(request).0, env).is_some()
}

pub(super) async fn form(request: &Request, env: &Env) -> Result<Response> {
    if !is_on(request, env) {
        return missing(env, request).await;
    }
    let page = Parts::of(env, request, PAGE).await?;
    page.answer(200, &inputs(&page, "first"))
}

pub(super) async fn answer(mut request: Request, env: &Env) -> Result<Response> {
    if !is_on(&request, env) {
        return missing(env, &request).await;
    }
    let page = Parts::of(env, &request, PAGE).await?;
    match asked(&mut request, env).await? {
        Ok(values) => {
            let report = microsoft::run(Verifier::new(case(values), microsoft::now())).await;
            page.answer(200, &(shown(&page, &report) + &inputs(&page, "again")))
        }
        Err(why) => page.refuse(why, &page.refused("refused", why)),
    }
}

/// The values that came, where they may be checked.
async fn asked(
    request: &mut Request,
    env: &Env,
) -> Result<std::result::Result<BTreeMap<String, Secret>, Refusal>> {
    let asked = Asked::of(request.inner());
    if let Err(why) = check::acceptable_form(&asked) {
        return Ok(Err(why));
    }
    if !check::within_limits(&asked, env, anonymous(asked.address().0, env)).await {
        return Ok(Err(answer::TOO_OFTEN.later(limit::WINDOW)));
    }
    let bytes = request.bytes().await?;
    if bytes.len() > check::MAX_REQUEST {
        return Ok(Err(answer::TOO_LARGE));
    }
    let text = Secret::new(String::from_utf8_lossy(&bytes));
    // EXPOSE: taken apart into secrets.
    Ok(Ok(fields(text.expose())))
}

fn case(values: BTreeMap<String, Secret>) -> Case {
    let wanted = FIELDS.iter().map(|(id, kind)| ((*id).to_owned(), *kind));
    Case {
        requirements: Requirements { values: wanted.collect(), ..Requirements::default() },
        values,
        no_surplus: true,
        ..Case::default()
    }
}

/// The known fields of a form.
pub(crate) fn fields(text: &str) -> BTreeMap<String, Secret> {
    let known = |name: &str| FIELDS.iter().any(|(id, _)| *id == name);
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

fn inputs(page: &Parts, heading: &str) -> String {
    page.fill("form", &[("heading", page.part(heading).unwrap_or_default())])
}

fn shown(page: &Parts, report: &Report) -> String {
    let verdict = match report.verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "failed",
        Verdict::Pending => "pending",
        Verdict::CouldNotTell => "could-not-tell",
    };
    let lines: String = report.checks.iter().map(|check| line(page, check)).collect();
    let put = [
        ("verdict", page.part(verdict).unwrap_or_default()),
        ("day", report.time.get(..10).unwrap_or_default()),
        ("time", report.time.get(11..16).unwrap_or_default()),
        ("lines", &lines),
    ];
    page.fill("answer", &put)
}

fn line(page: &Parts, check: &Check) -> String {
    let (what, next) = said(page, check);
    let ids = [check.aadsts.map(|n| format!("AADSTS{n}")), check.correlation_id.clone()];
    let ids: Vec<String> = ids.into_iter().flatten().filter(|_| check.verdict != Verdict::Passed).collect();
    let ids = if ids.is_empty() { String::new() } else { page.fill("ids", &[("ids", &ids.join(", "))]) };
    page.fill("line", &[("what", &what), ("next", &next), ("ids", &ids)])
}

/// What happened and what to do, as markup: by the reason's code, or that of what was found in a value.
fn said(page: &Parts, check: &Check) -> (String, String) {
    let mut put: Vec<(&str, String)> = Vec::new();
    for (name, value) in &check.with {
        match name.as_str() {
            sort @ ("label" | "cloud" | "reads") => put.push((sort, named(page, sort, value))),
            "finding" => {
                let n = check.with.get("n").map(String::as_str).unwrap_or_default();
                let n: Vec<String> = n.split(' ').map(|part| named(page, "label", part)).collect();
                let put_in = [("n", n.join(", "))];
                put.push(("finding", of(page, "finding", value, &put_in)));
                put.push(("finding-next", of(page, "finding", &[value, ".next"].concat(), &put_in)));
            }
            other => put.push((other, escape(value))),
        }
    }
    let has_finding = check.with.get("finding").is_some();
    let code = if has_finding { "format-doubtful" } else { &check.code };
    let mut what = of(page, "reason", code, &put);
    for note in check.with.get("notes").iter().flat_map(|codes| codes.split(' ')) {
        what = [&what, " ", &of(page, "finding", note, &[])].concat();
    }
    let next = if check.next.is_empty() {
        String::new()
    } else {
        of(page, "reason", &[code, ".next"].concat(), &put)
    };
    (what, next)
}

/// A message of this sort with markup put in.
fn of(page: &Parts, sort: &str, code: &str, put: &[(&str, String)]) -> String {
    let put: Vec<(&str, &str)> = put.iter().map(|(name, text)| (*name, text.as_str())).collect();
    page.fill(&[sort, "-", code].concat(), &put)
}

/// What something of this sort is called; its name where it has no words.
fn named(page: &Parts, sort: &str, name: &str) -> String {
    page.part(&[sort, "-", name].concat()).map_or_else(|| escape(name), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{decoded, fields};

    #[test]
    fn forms_are_read() {
        assert_eq!(decoded("a+b%2Bc%7e%zz%"), "a b+c~%zz%");
        let read = fields("tenant-id=x&client-secret=a%26b&other=1&client-id");
        assert_eq!(read.keys().collect::<Vec<_>>(), ["client-secret", "tenant-id"]);
    }
}
