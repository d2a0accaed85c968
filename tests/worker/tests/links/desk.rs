//! The vendor's page: a one-time code opens it once, no other site gets anywhere, looking changes nothing, and there is
//! nothing on it that could open what was handed over.

use handrail_handover::{Code, jose};
use handrail_worker_tests::Got;
use handrail_world::parties::{Vendor, bytes};
use handrail_world::wait::{LONG, until};
use serde_json::{Value, json};

use super::{DOMAIN, Practice, published};

const FORM: &str = "application/x-www-form-urlencoded";

impl Practice {
    /// A code for the page, as the command line makes one.
    fn page_code(&self, vendor: &Vendor) -> String {
        let code = Code::from_random(bytes()).to_string();
        let body = json!({"digest": jose::digest(code.as_bytes())});
        let got = self.ask(vendor, "PUT", "/api/vendor/code", &body);
        assert_eq!(got.status, 200, "{}", got.text);
        code
    }

    fn press(&self, act: &str, domain: &str, more: &str) -> Got {
        self.bench.post("/vendor", FORM, &format!("act={act}&domain={domain}&{more}")).unwrap()
    }

    fn sign_in(&self, code: &str) -> Got {
        self.press("sign-in", DOMAIN, &format!("code={code}"))
    }
}

/// The session that the page's own form holds.
fn session(got: &Got) -> String {
    let (_, rest) = got.text.split_once("name=\"session\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn a_one_time_code_opens_the_page_once() {
    let practice = Practice::start();
    let code = practice.page_code(&practice.vendor);
    let got = practice.sign_in(&code);
    assert_eq!(got.status, 200, "{}", got.text);
    assert!(got.text.contains("There is no link yet"), "{}", got.text);
    for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer")] {
        assert_eq!(got.header(name), Some(value));
    }
    assert_eq!((got.header("set-cookie"), got.header("access-control-allow-origin")), (None, None));
    let policy = got.header("content-security-policy").unwrap();
    for part in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!got.text.contains("<script") && !got.text.contains("://"), "nothing of anybody else's");
    let own = format!("session={}", session(&got));
    assert_eq!(practice.press("show", DOMAIN, &own).status, 200);
    let again = practice.sign_in(&code);
    assert_eq!(again.status, 401);
    assert!(again.text.contains("role=\"alert\"") && again.text.contains("used before"), "{}", again.text);
    // What is stored is the code's digest and the session's, neither of which opens anything.
    for other in [jose::digest(code.as_bytes()), jose::digest(session(&got).as_bytes()), code] {
        assert_eq!(practice.press("show", DOMAIN, &format!("session={other}")).status, 401);
    }
    assert_eq!(practice.press("sign-out", DOMAIN, &own).status, 200);
    assert_eq!(practice.press("show", DOMAIN, &own).status, 401);
}

#[test]
fn a_code_is_for_its_own_vendor_and_a_session_too() {
    let practice = Practice::start();
    let other = Vendor::new("eu.securus360.com");
    published(&practice.bench, &other);
    let theirs = practice.page_code(&other);
    assert_eq!(practice.sign_in(&theirs).status, 401);
    let got = practice.press("sign-in", &other.domain, &format!("code={theirs}"));
    assert_eq!(got.status, 200);
    let own = format!("session={}", session(&got));
    assert_eq!(practice.press("show", DOMAIN, &own).status, 401);
    assert_eq!(practice.press("show", &other.domain, &own).status, 200);
    // Codes are not tried out: an address that errs again and again is not listened to.
    let wrong = Code::from_random(bytes()).to_string();
    // A new minute may begin in between; then the count begins anew, once.
    let told: Vec<u16> = (0..70).map(|_| practice.sign_in(&wrong).status).collect();
    assert!(told[0] == 401 && told.contains(&429), "{told:?}");
}

#[test]
fn looking_at_the_page_changes_nothing_and_other_sites_get_nowhere() {
    let practice = Practice::start();
    let code = practice.page_code(&practice.vendor);
    for method in ["GET", "HEAD"] {
        for path in [
            "/vendor".to_owned(),
            format!("/vendor?domain={DOMAIN}"),
            format!("/vendor?act=sign-in&domain={DOMAIN}&code={code}"),
        ] {
            assert_eq!(practice.bench.send(method, &path, None, "").unwrap().status, 200, "{method} {path}");
        }
    }
    let shown = practice.bench.get(&format!("/vendor?domain={DOMAIN}")).unwrap().text;
    assert!(shown.contains(&format!("value=\"{DOMAIN}\"")), "{shown}");
    let strange = practice.bench.get("/vendor?domain=%22%3E%3Cb%3E").unwrap().text;
    assert!(strange.contains("value=\"\""), "{strange}");
    let form = format!("act=sign-in&domain={DOMAIN}&code={code}");
    for site in ["cross-site", "same-site"] {
        let url = format!("{}/vendor", practice.origin());
        let sent = ureq::post(url).header("sec-fetch-site", site).header("content-type", FORM);
        let status = sent.config().http_status_as_error(false).build().send(&form).unwrap().status();
        assert_eq!(status, 403, "{site}");
    }
    let json = practice.bench.post("/vendor", "application/json", "{}").unwrap();
    assert_eq!((json.status, practice.bench.post("/vendor", FORM, "x").unwrap().status), (415, 401));
    assert_eq!(practice.sign_in(&code).status, 200, "the code was not spent by any of that");
}

#[test]
fn the_page_shows_where_links_stand_and_no_secret() {
    let practice = Practice::start();
    let mut claims = practice.vendor.link(&practice.origin(), "securus360");
    claims.customer = "<b>Contoso & \"sons\"".to_owned();
    assert_eq!(practice.register(&claims).status, 200);
    let (waiting, handed) = (practice.customer_of(claims), practice.customer());
    let step = json!({"step": "app.secret", "number": 3, "of": 9});
    assert_eq!(practice.post(&waiting, "progress", &step).status, 200);
    let report = practice.check(&handed);
    let body = handed.hand_over(&practice.vendor, &report, 0);
    assert_eq!(practice.post(&handed, "hand-over", &body).status, 200);
    let first = practice.sign_in(&practice.page_code(&practice.vendor));
    let own = format!("session={}", session(&first));
    let got = until("the page to know", LONG, || {
        let got = practice.press("show", DOMAIN, &own);
        Ok((got.text.contains("inbox collect") && got.text.contains("app.secret")).then_some(got))
    })
    .unwrap();
    for words in [
        "Your move (1)",
        "The customer&#39;s move (1)",
        "&lt;b&gt;Contoso &amp; &quot;sons&quot;",
        "app.secret (3/9)",
        "Last check: passed.",
        "Credential ends 2027-05-20",
    ] {
        assert!(got.text.contains(words), "{words}: {}", got.text);
    }
    let secret = handed.values["client-secret"].as_str().unwrap();
    assert!(!got.text.contains(secret) && !got.text.contains(body["sealed"].as_str().unwrap()));
    super::no_trace(&practice, secret);
    super::no_trace(&practice, &session(&got));
    assert_eq!(practice.standing(&handed), "handed-over");
    // The list that is signed for says how far the customer is, too.
    let listed = practice.ask(&practice.vendor, "GET", "/api/vendor/links", &Value::Null).json();
    let steps: Vec<&Value> = listed["links"].as_array().unwrap().iter().map(|row| &row["step"]).collect();
    assert!(steps.contains(&&json!("app.secret (3/9)")), "{listed}");
}
