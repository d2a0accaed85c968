//! A Worker, a vendor who sits at the command line, and a customer at a browser.

use std::path::PathBuf;
use std::process::{Command, Output};

use handrail_world::browser::{Browser, Kind, Options, Page};
use handrail_world::tenant::Tenant;
use handrail_world::wait::{LONG, until};
use handrail_world::workerd::{Workerd, WorkerdOptions};
use handrail_world::{dist, parties};
use serde_json::{Value, json};

/// The guide that is followed, and a domain that it names.
pub(crate) const GUIDE: &str = "securus360";

/// Everything of one journey.
pub(crate) struct Practice {
    pub(crate) tenant: Tenant,
    pub(crate) worker: Workerd,
    pub(crate) desk: Desk,
    pub(crate) browser: Browser,
}

/// A vendor's desk: a folder in which the command is run.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) domain: String,
}

impl Desk {
    pub(crate) fn new(domain: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), domain: domain.to_owned() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the command; what it printed.
    #[track_caller]
    pub(crate) fn handrail(&self, arguments: &[&str]) -> String {
        let done = self.tried(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// The command. It lies beside the demo, and the tests' own programs in a folder below.
    pub(crate) fn program() -> PathBuf {
        let own = std::env::current_exe().unwrap();
        let program =
            own.ancestors().skip(1).take(2).map(|folder| folder.join("handrail")).find(|p| p.is_file());
        program.unwrap_or_else(|| panic!("no handrail near {}: build `handrail-cli`", own.display()))
    }

    pub(crate) fn tried(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(Self::program());
        command.current_dir(self.folder.path()).args(arguments).env_remove("HANDRAIL_VENDOR_KEYS");
        command.output().unwrap()
    }

    /// Makes keys and publishes them at the domain.
    pub(crate) fn set_up(&self, tenant: &Tenant, origin: &str) {
        let domain = self.domain.as_str();
        self.handrail(&["vendor", "init", "--domain", domain, "--name", "Practice vendor", "--at", origin]);
        tenant.publish(domain, &self.document()).unwrap();
    }

    pub(crate) fn document(&self) -> Value {
        let text = std::fs::read_to_string(self.path(".well-known/handrail.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Makes a link; its address.
    pub(crate) fn link(&self, more: &[&str]) -> String {
        let printed = self.handrail(&[&["link", "new"], more].concat());
        let url = printed.lines().next().unwrap_or_default().to_owned();
        assert!(printed.matches(&url).count() > 1, "the message holds the link: {printed}");
        url
    }

    /// Collects the one hand-over that waits; its file.
    pub(crate) fn collect(&self, code: &str) -> PathBuf {
        let printed = self.handrail(&["inbox", "collect", code, "--into", "inbox"]);
        self.path(printed.trim())
    }

    /// The identity with which `age` opens what is sealed to this vendor.
    pub(crate) fn identity(&self) -> PathBuf {
        let keys = std::fs::read_to_string(self.path("handrail-vendor.keys.json")).unwrap();
        let keys: Value = serde_json::from_str(&keys).unwrap();
        let file = self.path("identity");
        std::fs::write(&file, keys["identities"][0]["key"].as_str().unwrap()).unwrap();
        file
    }
}

impl Practice {
    /// The vendor's domain is the one that the guide names, when no other is given.
    pub(crate) fn start(domain: Option<&str>) -> Self {
        let tenant = Tenant::start(None, 0, 0).unwrap();
        let worker = worker(&tenant, &[]);
        let named = asked(&format!("{}/api/guides", worker.origin()));
        let own = named["guides"][GUIDE]["domains"][0].as_str().unwrap().to_owned();
        let desk = Desk::new(domain.unwrap_or(&own));
        desk.set_up(&tenant, &worker.origin());
        let browser = browser(&tenant);
        Self { tenant, worker, desk, browser }
    }

    /// An app that works; its values as a check wants them.
    pub(crate) fn app(&self) -> Value {
        app(&self.tenant)
    }

    pub(crate) fn standing(&self, url: &str) -> String {
        let look = asked(&format!("{}/api/links/{}", self.worker.origin(), code(url)));
        look["standing"].as_str().unwrap_or_default().to_owned()
    }
}

/// An app that works, in a tenant; its values as a check wants them.
pub(crate) fn app(tenant: &Tenant) -> Value {
    let good = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let made = tenant.seed(&good).unwrap();
    json!({
        "tenant-id": made["tenantId"], "client-id": made["clientId"], "tenant-domain": made["domain"],
        "client-secret": made["secret"]["value"], "key": made["secret"]["keyId"], "object": made["objectId"],
    })
}

/// A Worker that keeps links; `more` is what its operator sets besides.
pub(crate) fn worker(tenant: &Tenant, more: &[(&str, &str)]) -> Workerd {
    let mut options = WorkerdOptions::new(dist::part("worker").unwrap(), tenant.http());
    options.vars = parties::vars();
    options.vars.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    options.objects = parties::objects();
    Workerd::start(options).unwrap()
}

/// Rules by which every name ending in `.com`, `.example` or `.test` leads to the practice tenant.
pub(crate) fn rules(tenant: &Tenant) -> Vec<String> {
    let mut rules = tenant.host_rules();
    rules.extend(["*.example", "*.com", "*.test"].map(|family| format!("MAP {family}:443 {}", tenant.tls())));
    rules
}

/// A browser with these rules.
pub(crate) fn browser(tenant: &Tenant) -> Browser {
    let rules = rules(tenant);
    let trusted_spki = vec![tenant.spki().to_owned()];
    Browser::launch(Options { kind: Kind::Chromium, rules, trusted_spki, ..Options::default() }).unwrap()
}

pub(crate) fn asked(url: &str) -> Value {
    let text = ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The code at the end of a link.
pub(crate) fn code(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

/// Waits until the page shows what a selector names; its words.
#[track_caller]
pub(crate) fn shown(page: &Page, selector: &str) -> String {
    let words = until(selector, LONG, || {
        let words = page.evaluate(&format!("document.querySelector(`{selector}`)?.textContent ?? null"))?;
        Ok(words.as_str().map(str::to_owned))
    });
    words.unwrap_or_else(|error| panic!("{error:#}: the page shows {}", words_of(page)))
}

pub(crate) fn words_of(page: &Page) -> String {
    page.evaluate("document.body.innerText").unwrap().as_str().unwrap_or_default().to_owned()
}

/// What the vendor asks for as customers keep it: a lettered list in a mail.
pub(crate) fn as_a_list(values: &Value) -> String {
    let text = |id: &str| values[id].as_str().unwrap().to_owned();
    format!(
        "a) Tenant ID: {}\nb) Client ID: {}\nc) Client secret: {}\nd) Domain: {}\n",
        text("tenant-id"),
        text("client-id"),
        text("client-secret"),
        text("tenant-domain")
    )
}

/// A customer on the page: pastes, checks, hands over.
pub(crate) fn hand_over(page: &Page, values: &Value) {
    fill_in(page, values);
    check_and_hand_over(page);
}

/// The same when everything is entered.
pub(crate) fn check_and_hand_over(page: &Page) {
    page.press_top("[data-act=check]").unwrap();
    shown(page, "[data-act=hand-over]");
    page.press_top("[data-act=hand-over]").unwrap();
    shown(page, "[data-part=receipt]");
}

/// Begins, pastes everything into the one box and waits until it is sorted.
pub(crate) fn fill_in(page: &Page, values: &Value) {
    shown(page, "[data-part=sender]");
    page.press_top("[data-act=begin]").unwrap();
    shown(page, "label[for=anything]");
    page.press_top("#anything").unwrap();
    page.type_text(&as_a_list(values)).unwrap();
    page.wait_for("everything to be recognised", "!document.querySelector('[data-act=check]').disabled")
        .unwrap();
}
