//! `/vendor`: where a vendor's links stand, for people. A plain page without a script and without a cookie: the code that
//! the vendor's command line made opens it, and the session lies in the page's own forms, which no other site can read.
//!
//! It shows states. Nothing that was handed over can be opened here, or by anything in this service.

use handrail_credential::{Secret, domain, utc};
use handrail_handover::{Code, jose, refusal};
use serde_json::Value;
use worker::{Env, Request, Response, Result};

use super::links::serves;
use super::{check, quick};
use crate::answer::{self, Refusal};
use crate::asked::Asked;
use crate::objects::{VendorAsk, ask_vendor};
use crate::spoken::{Parts, escape};
use crate::{limit, microsoft};

/// The page's parts beside the Worker.
const PAGE: &str = "vendor";

/// Links of one group that are shown; the command line lists the rest.
const MAX_SHOWN: usize = 500;

/// The page as it is for everybody. A domain in the address is written into the form and looked at no further.
pub(super) async fn form(request: &Request, env: &Env) -> Result<Response> {
    let page = Parts::of(env, request, PAGE).await?;
    let target = super::address(request).1;
    let named = target.split_once("?domain=").and_then(|(_, name)| domain(name)).unwrap_or_default();
    page.answer(200, &sign_in(&page, &named, None))
}

/// What was pressed on the page.
pub(super) async fn pressed(mut request: Request, env: &Env) -> Result<Response> {
    let page = Parts::of(env, &request, PAGE).await?;
    let bytes = match sent(&mut request).await? {
        Ok(bytes) => bytes,
        Err(why) => return page.refuse(why, &sign_in(&page, "", Some(why))),
    };
    let sent = Sent::of(&String::from_utf8_lossy(&bytes));
    let address = request.headers().get("cf-connecting-ip")?.unwrap_or_default();
    let now = microsoft::now().as_second();
    let done = if limit::is_suspect(&address, now) {
        Err(Refusal::from(refusal::TOO_MANY).later(limit::WINDOW))
    } else {
        answered(env, &page, &sent).await
    };
    match done {
        Ok(body) => page.answer(200, &body),
        Err(why) => {
            if why.status() < 500 {
                limit::suspect(env, &address, now).await;
                page.refuse(why, &sign_in(&page, &sent.domain, Some(why)))
            } else {
                page.refuse(why, &failed(&page, &sent, why))
            }
        }
    }
}

/// The form that came, unless another site sent it or it is none.
async fn sent(request: &mut Request) -> Result<std::result::Result<Vec<u8>, Refusal>> {
    if let Err(why) = check::acceptable_form(&Asked::of(request.inner())) {
        return Ok(Err(why));
    }
    // A browser says where a form came from: `cross-site`, `same-site`. Without a cookie a strange form gets nowhere; this
    // says so at once.
    if request.headers().get("sec-fetch-site")?.is_some_and(|site| site.ends_with("-site")) {
        return Ok(Err(answer::FROM_ELSEWHERE));
    }
    let bytes = request.bytes().await?;
    Ok(if bytes.len() > check::MAX_REQUEST { Err(answer::TOO_LARGE) } else { Ok(bytes) })
}

/// What the forms of the page send.
struct Sent {
    act: String,
    domain: String,
    code: Secret,
    session: Secret,
}

impl Sent {
    fn of(text: &str) -> Self {
        let take = |name: &str| {
            let mut pairs = quick::pairs(text);
            pairs.find(|(own, _)| *own == name).map_or_else(|| Secret::new(""), |(_, value)| value)
        };
        // EXPOSE: neither what was pressed nor the domain is a secret.
        let (act, named) = (take("act").expose().to_owned(), take("domain").expose().trim().to_owned());
        Self { act, domain: domain(&named).unwrap_or(named), code: take("code"), session: take("session") }
    }

    /// What the vendor's object is asked. It knows codes and sessions by their digests.
    fn ask(&self) -> std::result::Result<VendorAsk, Refusal> {
        // EXPOSE: made into its digest.
        let session = || jose::digest(self.session.expose().as_bytes());
        match self.act.as_str() {
            "sign-in" => {
                // EXPOSE: read as a code, and made into its digest.
                let code = Code::parse(self.code.expose()).map_err(|_| refusal::CODE_SPENT)?;
                Ok(VendorAsk::SignIn(jose::digest(code.as_str().as_bytes())))
            }
            "show" => Ok(VendorAsk::Show(session())),
            "sign-out" => Ok(VendorAsk::SignOut(session())),
            _ => Err(answer::BAD_REQUEST),
        }
    }
}

async fn answered(env: &Env, page: &Parts, sent: &Sent) -> std::result::Result<String, Refusal> {
    let vendor = domain(&sent.domain).ok_or(refusal::CODE_SPENT)?;
    if !serves(env, &vendor) {
        return Err(refusal::VENDOR_UNKNOWN.into());
    }
    let told = ask_vendor(env, &vendor, &sent.ask()?).await.map_err(|_| answer::INTERNAL)??;
    if sent.act == "sign-out" {
        return Ok(page.fill("signed-out", &[]) + &sign_in(page, &vendor, None));
    }
    let opened = told.get("session").and_then(Value::as_str).map(Secret::new);
    Ok(shown(page, &vendor, opened.as_ref().unwrap_or(&sent.session), &told))
}

fn alert(page: &Parts, why: Refusal) -> String {
    page.refused("trouble", why)
}

fn sign_in(page: &Parts, domain: &str, why: Option<Refusal>) -> String {
    let trouble = why.map(|why| alert(page, why)).unwrap_or_default();
    page.fill("sign-in", &[("trouble", &trouble), ("domain", domain)])
}

/// Something of ours does not answer: the session stays, and the same is asked once more with a press.
fn failed(page: &Parts, sent: &Sent, why: Refusal) -> String {
    if sent.act == "sign-in" {
        return sign_in(page, &sent.domain, Some(why));
    }
    let put = [("trouble", alert(page, why)), ("buttons", buttons(page, &sent.domain, &sent.session))];
    page.fill("failed", &put.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// The session is in a field of a secret's kind: browsers write what was in a form into the file from which they restore
/// tabs, but not when it held such a field.
fn buttons(page: &Parts, domain: &str, session: &Secret) -> String {
    // EXPOSE: into the form of the page that it belongs to; it is in no address and no cookie.
    page.fill("buttons", &[("domain", domain), ("session", session.expose())])
}

fn shown(page: &Parts, vendor: &str, session: &Secret, told: &Value) -> String {
    let rows = told.get("links").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let until = utc(told.get("until").and_then(Value::as_i64).unwrap_or_default());
    let groups: String = GROUPS.iter().map(|group| section(page, group, rows)).collect();
    let put = [
        ("vendor", vendor),
        ("time", until.get(11..16).unwrap_or_default()),
        ("buttons", &buttons(page, vendor, session)),
        ("groups", if rows.is_empty() { page.part("empty").unwrap_or_default() } else { &groups }),
    ];
    page.fill("shown", &put)
}

/// The links of one group, where it has some.
fn section(page: &Parts, group: &str, rows: &[Value]) -> String {
    let own = || rows.iter().filter(|row| whose(text(row, "standing")) == group);
    let count = own().count();
    if count == 0 {
        return String::new();
    }
    let lines: String = own().take(MAX_SHOWN).map(|row| line(page, row)).collect();
    let put = [
        ("title", &*page.fill(group, &[("count", &count.to_string())])),
        ("rows", &lines),
        ("more", page.part("more").filter(|_| count > MAX_SHOWN).unwrap_or_default()),
    ];
    page.fill("group", &put)
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The day of a moment, where there is one.
fn day(row: &Value, name: &str) -> String {
    let moment = row.get(name).and_then(Value::as_i64);
    moment.map(|at| utc(at).chars().take(10).collect()).unwrap_or_default()
}

/// One link: for whom, where it stands, and what is known besides.
fn line(page: &Parts, row: &Value) -> String {
    let (expires, kept) = (day(row, "expires"), day(row, "kept-until"));
    let (standing, verdict) = (text(row, "standing"), text(row, "verdict"));
    let facts = [
        ("step", "step", text(row, "step")),
        (&["last-", verdict].concat(), "", verdict),
        ("expires", "day", expires.as_str()),
        ("ends", "day", text(row, "ends")),
        ("kept", "day", kept.as_str()),
    ];
    let facts = facts.iter().filter(|(_, _, value)| !value.is_empty());
    let facts: String = facts.map(|(part, name, value)| page.fill(part, &[(name, value)]) + " ").collect();
    let customer = Some(text(row, "customer")).filter(|named| !named.is_empty());
    let strange = escape(standing);
    let put = [
        ("customer", customer.or(page.part("nobody")).unwrap_or_default()),
        ("standing", page.part(&["is-", standing].concat()).unwrap_or(&strange)),
        ("guide", text(row, "guide")),
        ("mode", page.part(&["for-", text(row, "mode")].concat()).unwrap_or_default()),
        ("code", text(row, "code")),
        ("facts", &facts),
    ];
    page.fill("row", &put)
}

/// Whose move it is, or nobody's where all is well or over: the groups, in the order in which they are shown.
const GROUPS: [&str; 4] = ["yours", "theirs", "well", "over"];

/// The group of a link by its standing; one that this page does not know yet is the customer's to move.
fn whose(standing: &str) -> &'static str {
    match standing {
        "handed-over" | "collected" | "not-proved" | "deleted" => "yours",
        "acknowledged" | "proved" | "first-data" => "well",
        "expired" | "revoked" | "" => "over",
        _ => "theirs",
    }
}
