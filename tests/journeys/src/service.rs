//! The service's own pages in a browser, each in every state but a vendor's, which needs a vendor: for pictures, for axe, and
//! in languages that nobody speaks.

use anyhow::Result;
use handrail_world::browser::{Browser, Options, Page};
use handrail_world::tenant::Tenant;
use handrail_world::workerd::{Workerd, WorkerdOptions};
use handrail_world::{dist, parties};
use serde_json::{Value, json};

use crate::GUIDE;

/// What is shown when a page has come.
pub type Show<'a> = &'a mut dyn FnMut(&str, &Page) -> Result<()>;

/// A browser, the service and the practice tenant.
pub struct Service {
    /// Before the others: the browser goes first.
    pub browser: Browser,
    worker: Workerd,
    /// A service that lets nobody ask twice in a minute.
    strict: Workerd,
    tenant: Tenant,
}

impl Service {
    /// Starts them.
    ///
    /// # Errors
    /// When something was not built or does not start.
    pub fn start() -> Result<Self> {
        let tenant = Tenant::start(None, 0, 0)?;
        let start = |more: &[(&str, &str)]| {
            let mut options = WorkerdOptions::new(dist::part("worker")?, tenant.http());
            options.vars = parties::vars();
            let told = [("QUICK_CHECK", "on"), ("ANONYMOUS_CHECKS", "practice")];
            options
                .vars
                .extend(told.iter().chain(more).map(|(name, value)| ((*name).into(), (*value).into())));
            options.objects = parties::objects();
            Workerd::start(options)
        };
        let (worker, strict) = (start(&[])?, start(&[("CHECKS_PER_MINUTE", "1")])?);
        let browser = Browser::launch(Options::default())?;
        Ok(Self { browser, worker, strict, tenant })
    }

    /// Goes from page to page and shows each, in the first of these languages that there is.
    ///
    /// # Errors
    /// When one does not come, or the visitor objects.
    pub fn visit(&self, languages: &str, show: Show<'_>) -> Result<()> {
        let origin = self.worker.origin();
        let page = self.browser.open(&origin)?;
        page.prefer(languages)?;
        for (name, path) in [
            ("home", "/"),
            ("guide", &format!("/g/{GUIDE}")),
            ("missing", "/x"),
            ("code", "/l/none"),
            ("vendor", "/vendor"),
        ] {
            page.navigate(&format!("{origin}{path}"))?;
            show(name, &page)?;
        }
        page.navigate(&format!("{origin}/check"))?;
        show("check", &page)?;
        let planted = self.tenant.seed(&json!({"name": "Quick", "permissions": [], "consent": true}))?;
        let secret = planted["secret"]["value"].as_str().unwrap_or_default();
        ask(&page, &planted, secret)?;
        show("check-passed", &page)?;
        ask(&page, &planted, planted["secret"]["keyId"].as_str().unwrap_or_default())?;
        show("check-failed", &page)?;
        self.tenant.scenario(&json!({"tokenFault": {"kind": "html", "times": 9}}))?;
        ask(&page, &planted, secret)?;
        show("check-could-not-tell", &page)?;
        self.tenant.scenario(&json!({"tokenFault": null}))?;
        page.navigate(&format!("{}/check", self.strict.origin()))?;
        // A new minute may begin in between; then the count begins anew, once.
        for _ in 0..4 {
            if page.evaluate("document.querySelector('#tenant-id') === null")? == json!(true) {
                break;
            }
            ask(&page, &planted, secret)?;
        }
        show("check-too-often", &page)?;
        page.close()
    }
}

/// Fills in the form of the quick check and sends it, as a person does; waits for the answer.
fn ask(page: &Page, app: &Value, secret: &str) -> Result<()> {
    page.evaluate("globalThis.__before = true")?;
    for (id, text) in [
        ("tenant-id", app["tenantId"].as_str().unwrap_or_default()),
        ("client-id", app["clientId"].as_str().unwrap_or_default()),
        ("client-secret", secret),
    ] {
        page.press_top(&format!("#{id}"))?;
        page.type_text(text)?;
    }
    page.press_top("button.primary")?;
    page.wait_for(
        "the answer",
        "!globalThis.__before && document.querySelector('[role=status], [role=alert]') !== null",
    )
}
