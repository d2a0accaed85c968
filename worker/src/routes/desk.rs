//! `/vendor`: where a vendor's links stand, for people. A plain page without a script and without a cookie: the code that
//! the vendor's command line made opens it, and the session lies in the page's own forms, which no other site can read.
//!
//! It shows states. Nothing that was handed over can be opened here, or by anything in this service.

use handrail_credential::{Secret, domain, utc};
use handrail_handover::{Code, jose, refusal};
use serde_json::Value;
use worker::{Env, Request, Response, Result};

use super::links::serves;
use super::pages::{document, escape};
use super::{check, quick};
use crate::answer::{self, Refusal, form_page, refuse};
use crate::objects::{VendorAsk, ask_vendor};
use crate::{limit, microsoft};

mod words;

/// Links of one group that are shown; the command line lists the rest.
const MAX_SHOWN: usize = 500;

/// The page as it is for everybody. A domain in the address is written into the form and looked at no further.
pub(super) fn form(request: &Request) -> Result<Response> {
    let target = super::address(request).1;
    let named = target.split_once("?domain=").and_then(|(_, name)| domain(name)).unwrap_or_default();
    form_page(200, document(words::TITLE, &sign_in(&named, None)))
}

/// What was pressed on the page.
pub(super) async fn pressed(mut request: Request, env: &Env) -> Result<Response> {
    if let Err(refusal) = check::acceptable(&request, "application/x-www-form-urlencoded") {
        return refuse(refusal);
    }
    // A browser says where a form came from: `cross-site`, `same-site`. Without a cookie a strange form gets nowhere; this
    // says so at once.
    if request.headers().get("sec-fetch-site")?.is_some_and(|site| site.ends_with("-site")) {
        return refuse(answer::FROM_ELSEWHERE);
    }
    let bytes = request.bytes().await?;
    if bytes.len() > check::MAX_REQUEST {
        return refuse(answer::TOO_LARGE);
    }
    let sent = Sent::of(&String::from_utf8_lossy(&bytes));
    let address = request.headers().get("cf-connecting-ip")?.unwrap_or_default();
    let now = microsoft::now().as_second();
    let done = if limit::is_suspect(&address, now) {
        Err(Refusal::from(refusal::TOO_MANY).later(limit::WINDOW))
    } else {
        answered(env, &sent).await
    };
    match done {
        Ok(body) => form_page(200, document(words::TITLE, &body)),
        Err(why) => {
            if why.status() < 500 {
                limit::suspect(env, &address, now).await;
                form_page(why.status(), document(words::TITLE, &sign_in(&sent.domain, Some(why))))
            } else {
                form_page(why.status(), document(words::TITLE, &failed(&sent, why)))
            }
        }
    }
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

async fn answered(env: &Env, sent: &Sent) -> std::result::Result<String, Refusal> {
    let vendor = domain(&sent.domain).ok_or(refusal::CODE_SPENT)?;
    if !serves(env, &vendor) {
        return Err(refusal::VENDOR_UNKNOWN.into());
    }
    let told = ask_vendor(env, &vendor, &sent.ask()?).await.map_err(|_| answer::INTERNAL)??;
    if sent.act == "sign-out" {
        return Ok(said(words::SIGNED_OUT) + &sign_in(&vendor, None));
    }
    let opened = told.get("session").and_then(Value::as_str).map(Secret::new);
    Ok(shown(&vendor, opened.as_ref().unwrap_or(&sent.session), &told))
}

fn said(words: &str) -> String {
    ["<p class=\"card\" role=\"status\">", &escape(words), "</p>"].concat()
}

fn alert(why: Refusal) -> String {
    let (what, next) = why.words();
    // Commands stand between backticks in the catalogue.
    let next = escape(next).replacen('`', "<code>", 1).replacen('`', "</code>", 1);
    ["<p class=\"card\" role=\"alert\"><b>", &escape(what), "</b> ", &next, "</p>"].concat()
}

fn sign_in(domain: &str, why: Option<Refusal>) -> String {
    let trouble = why.map(alert).unwrap_or_default();
    [
        "<h1>",
        words::TITLE,
        "</h1>",
        &trouble,
        "<p>",
        words::SIGN_IN_LEAD,
        " <code>handrail vendor code</code></p><form method=\"post\" action=\"/vendor\" autocomplete=\"off\">\
<p><label for=\"domain\">",
        words::DOMAIN,
        "</label><br><input id=\"domain\" name=\"domain\" required spellcheck=\"false\" autocapitalize=\"none\" \
maxlength=\"253\" value=\"",
        &escape(domain),
        "\"></p><p><label for=\"code\">",
        words::CODE,
        "</label><br><input id=\"code\" name=\"code\" required autocomplete=\"off\" spellcheck=\"false\" \
autocapitalize=\"characters\" maxlength=\"40\"></p><p><button name=\"act\" value=\"sign-in\">",
        words::SIGN_IN,
        "</button></p></form><p>",
        words::PRIVACY,
        "</p>",
    ]
    .concat()
}

/// Something of ours does not answer: the session stays, and the same is asked once more with a press.
fn failed(sent: &Sent, why: Refusal) -> String {
    if sent.act == "sign-in" {
        return sign_in(&sent.domain, Some(why));
    }
    ["<h1>", words::TITLE, "</h1>", &alert(why), &buttons(&sent.domain, &sent.session)].concat()
}

/// The session is in a field of a secret's kind: browsers write what was in a form into the file from which they restore
/// tabs, but not when it held such a field.
fn buttons(domain: &str, session: &Secret) -> String {
    [
        "<form method=\"post\" action=\"/vendor\" autocomplete=\"off\"><input type=\"hidden\" name=\"domain\" value=\"",
        &escape(domain),
        "\"><input type=\"password\" hidden name=\"session\" value=\"",
        // EXPOSE: into the form of the page that it belongs to; it is in no address and no cookie.
        &escape(session.expose()),
        "\"><p><button name=\"act\" value=\"show\">",
        words::REFRESH,
        "</button> <button name=\"act\" value=\"sign-out\">",
        words::SIGN_OUT,
        "</button></p></form>",
    ]
    .concat()
}

fn shown(vendor: &str, session: &Secret, told: &Value) -> String {
    let rows = told.get("links").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let until = utc(told.get("until").and_then(Value::as_i64).unwrap_or_default());
    let groups: String = words::GROUPS.iter().map(|(group, title)| section(*group, title, rows)).collect();
    let empty = ["<p class=\"card\">", words::EMPTY, " <code>handrail link new</code></p>"].concat();
    [
        "<h1>",
        words::TITLE,
        "</h1><p><b>",
        &escape(vendor),
        "</b>. ",
        words::UNTIL,
        " ",
        until.get(11..16).unwrap_or_default(),
        " UTC.</p>",
        &buttons(vendor, session),
        if rows.is_empty() { &empty } else { &groups },
        "<p>",
        words::PRIVACY,
        "</p>",
    ]
    .concat()
}

/// The links of one group, where it has some.
fn section(group: words::Group, title: &str, rows: &[Value]) -> String {
    let own = || rows.iter().filter(|row| words::standing(text(row, "standing")).0 == group);
    let count = own().count();
    if count == 0 {
        return String::new();
    }
    let lines: String = own().take(MAX_SHOWN).map(line).collect();
    let more = if count > MAX_SHOWN { words::MORE } else { "" };
    let count = count.to_string();
    ["<h2>", title, " (", &count, ")</h2><ul class=\"plain\">", &lines, "</ul><p>", more, "</p>"].concat()
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
fn line(row: &Value) -> String {
    let expires = day(row, "expires");
    let kept = day(row, "kept-until");
    let customer = Some(text(row, "customer")).filter(|named| !named.is_empty()).unwrap_or(words::NOBODY);
    let facts = [
        (words::STEP, text(row, "step")),
        (words::VERDICT, words::verdict(text(row, "verdict"))),
        (words::EXPIRES, expires.as_str()),
        (words::ENDS, text(row, "ends")),
        (words::KEPT, kept.as_str()),
    ];
    let facts = facts.iter().filter(|(_, value)| !value.is_empty());
    let facts: String = facts.map(|(label, value)| [label, " ", &escape(value), ". "].concat()).collect();
    [
        "<li class=\"card\"><b>",
        &escape(customer),
        "</b>: ",
        &escape(words::standing(text(row, "standing")).1),
        "<br>",
        &escape(text(row, "guide")),
        " (",
        &escape(text(row, "mode")),
        "), <code>",
        &escape(text(row, "code")),
        "</code><br>",
        &facts,
        "</li>",
    ]
    .concat()
}
