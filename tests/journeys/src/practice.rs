//! A Worker, a vendor who sits at the command line, and a customer at a browser, with the extension or without: for journeys,
//! the gallery and the demo. What goes wrong here is nobody's to mend: it panics.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use anyhow::bail;
use handrail_words::pseudo::Pseudo;
use handrail_world::browser::{Browser, Kind, Options, Page};
use handrail_world::panel::Panel;
use handrail_world::tenant::Tenant;
use handrail_world::wait::{LONG, until};
use handrail_world::workerd::{Workerd, WorkerdOptions};
use handrail_world::world::{World, WorldOptions};
use handrail_world::{dist, parties};
use serde_json::{Value, json};

pub use crate::GUIDE;

/// Everything of one journey.
pub struct Practice {
    pub tenant: Tenant,
    pub worker: Workerd,
    pub desk: Desk,
    pub browser: Browser,
}

/// A vendor's desk: a folder in which the command is run.
pub struct Desk {
    folder: tempfile::TempDir,
    pub domain: String,
}

impl Desk {
    pub fn new(domain: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), domain: domain.to_owned() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the command; what it printed.
    #[track_caller]
    pub fn handrail(&self, arguments: &[&str]) -> String {
        let done = self.tried(arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// The command. It lies beside the demo, and the tests' own programs in a folder below.
    pub fn program() -> PathBuf {
        let own = std::env::current_exe().unwrap();
        let program =
            own.ancestors().skip(1).take(2).map(|folder| folder.join("handrail")).find(|p| p.is_file());
        program.unwrap_or_else(|| panic!("no handrail near {}: build `handrail-cli`", own.display()))
    }

    pub fn tried(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(Self::program());
        command.current_dir(self.folder.path()).args(arguments).env_remove("HANDRAIL_VENDOR_KEYS");
        command.output().unwrap()
    }

    /// Makes keys and publishes them at the domain.
    pub fn set_up(&self, tenant: &Tenant, origin: &str) {
        let domain = self.domain.as_str();
        self.handrail(&["vendor", "init", "--domain", domain, "--name", "Practice vendor", "--at", origin]);
        tenant.publish(domain, &self.document()).unwrap();
    }

    pub fn document(&self) -> Value {
        let text = fs::read_to_string(self.path(".well-known/handrail.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Makes a link; its address.
    pub fn link(&self, more: &[&str]) -> String {
        let printed = self.handrail(&[&["link", "new"], more].concat());
        let url = printed.lines().next().unwrap_or_default().to_owned();
        assert!(printed.matches(&url).count() > 1, "the message holds the link: {printed}");
        url
    }

    /// The same with keys that the service does not know yet: it looks for them at the domain again, but not at once.
    pub fn link_by_new_keys(&self, more: &[&str]) -> String {
        let printed = until("the service to look at the domain again", LONG, || {
            let made = self.tried(&[&["link", "new"], more].concat());
            if made.status.success() {
                return Ok(Some(String::from_utf8(made.stdout)?));
            }
            // What it refuses counts as nobody's, and it hears thirty of those in a minute.
            thread::sleep(Duration::from_secs(2));
            bail!("{}", String::from_utf8_lossy(&made.stderr))
        });
        printed.unwrap().lines().next().unwrap_or_default().to_owned()
    }

    /// Collects the one hand-over that waits; its file.
    pub fn collect(&self, code: &str) -> PathBuf {
        let printed = self.handrail(&["inbox", "collect", code, "--into", "inbox"]);
        self.path(printed.trim())
    }

    /// The identity with which `age` opens what is sealed to this vendor.
    pub fn identity(&self) -> PathBuf {
        let keys = fs::read_to_string(self.path("handrail-vendor.keys.json")).unwrap();
        let keys: Value = serde_json::from_str(&keys).unwrap();
        let file = self.path("identity");
        fs::write(&file, keys["identities"][0]["key"].as_str().unwrap()).unwrap();
        file
    }
}

impl Practice {
    /// The vendor's domain is the one that the guide names, when no other is given.
    pub fn start(domain: Option<&str>) -> Self {
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
    pub fn app(&self) -> Value {
        app(&self.tenant)
    }

    pub fn standing(&self, url: &str) -> String {
        let look = asked(&format!("{}/api/links/{}", self.worker.origin(), code(url)));
        look["standing"].as_str().unwrap_or_default().to_owned()
    }
}

/// A vendor at the command line, and a customer at a browser with the extension.
pub struct Seat {
    pub world: World,
    pub desk: Desk,
    pub browser: Browser,
}

impl Seat {
    pub fn take() -> Self {
        Self::take_for(GUIDE)
    }

    /// The vendor is the one whom this guide names.
    pub fn take_for(guide: &str) -> Self {
        Self::take_at(Kind::chosen(), guide)
    }

    /// At one of the browsers.
    pub fn take_at(browser: Kind, guide: &str) -> Self {
        Self::of(guide, WorldOptions { browser, ..WorldOptions::default() })
    }

    /// Where the panel can be read in a language nobody speaks.
    pub fn take_in(guide: &str, pseudo: Option<Pseudo>) -> Self {
        Self::of(guide, WorldOptions { pseudo, ..WorldOptions::default() })
    }

    fn of(guide: &str, options: WorldOptions) -> Self {
        let options = WorldOptions { anonymous_checks: None, links: true, ..options };
        let world = World::start(&options).unwrap();
        let desk = Desk::new(&domain(&world, guide).unwrap());
        desk.set_up(&world.tenant, &world.worker.origin());
        let options = Options { rules: rules(&world.tenant), ..world.browser_options() };
        let browser = Browser::launch(options).unwrap();
        Self { world, desk, browser }
    }

    /// Opens a link and presses the toolbar button on its page.
    pub fn opened(&self, url: &str, besides: Option<&Panel>) -> Panel {
        let page = self.browser.open(url).unwrap();
        shown(&page, "[data-part=sender]");
        self.browser.press_toolbar_button(&page).unwrap();
        let known = besides.map(|panel| panel.page.target().to_owned()).unwrap_or_default();
        Panel { page: self.browser.panel_besides(&known).unwrap() }
    }
}

/// A copy of all guides on the vendor's desk.
pub fn copied(desk: &Desk) {
    for folder in ["guides", "recipes", "portal"] {
        copy(&dist::root().join(folder), &desk.path(folder));
    }
}

/// The same, in which this one asks for something else.
pub fn changed_copy(desk: &Desk) {
    copied(desk);
    let file = desk.path(&format!("guides/{GUIDE}.toml"));
    let text = fs::read_to_string(&file).unwrap();
    let other = text.replacen("purpose = \"", "purpose = \"In another version: ", 1);
    assert_ne!(other, text);
    fs::write(file, other).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The first domain that a packaged guide names.
pub fn domain(world: &World, guide: &str) -> Option<String> {
    let named = asked(&format!("{}/api/guides", world.worker.origin()));
    named["guides"][guide]["domains"][0].as_str().map(str::to_owned)
}

/// An app that works, in a tenant; its values as a check wants them.
pub fn app(tenant: &Tenant) -> Value {
    let good = json!({"permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let made = tenant.seed(&good).unwrap();
    json!({
        "tenant-id": made["tenantId"], "client-id": made["clientId"], "tenant-domain": made["domain"],
        "client-secret": made["secret"]["value"], "key": made["secret"]["keyId"], "object": made["objectId"],
    })
}

/// A Worker that keeps links; `more` is what its operator sets besides.
pub fn worker(tenant: &Tenant, more: &[(&str, &str)]) -> Workerd {
    let mut options = WorkerdOptions::new(dist::part("worker").unwrap(), tenant.http());
    options.vars = parties::vars();
    options.vars.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    options.objects = parties::objects();
    Workerd::start(options).unwrap()
}

/// Rules by which every name ending in `.com`, `.example` or `.test` leads to the practice tenant.
pub fn rules(tenant: &Tenant) -> Vec<String> {
    let mut rules = tenant.host_rules();
    rules.extend(["*.example", "*.com", "*.test"].map(|family| format!("MAP {family}:443 {}", tenant.tls())));
    rules
}

/// A browser with these rules.
pub fn browser(tenant: &Tenant) -> Browser {
    let rules = rules(tenant);
    let trusted_spki = vec![tenant.spki().to_owned()];
    Browser::launch(Options { rules, trusted_spki, ..Options::default() }).unwrap()
}

pub fn asked(url: &str) -> Value {
    let text = ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The code at the end of a link.
pub fn code(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

/// Waits until the page shows what a selector names; its words.
#[track_caller]
pub fn shown(page: &Page, selector: &str) -> String {
    let words = until(selector, LONG, || {
        let words = page.evaluate(&format!("document.querySelector(`{selector}`)?.textContent ?? null"))?;
        Ok(words.as_str().map(str::to_owned))
    });
    words.unwrap_or_else(|error| panic!("{error:#}: the page shows {}", words_of(page)))
}

pub fn words_of(page: &Page) -> String {
    page.evaluate("document.body.innerText").unwrap().as_str().unwrap_or_default().to_owned()
}

/// What the vendor asks for as customers keep it: a lettered list in a mail.
pub fn as_a_list(values: &Value) -> String {
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
pub fn hand_over(page: &Page, values: &Value) {
    fill_in(page, values);
    check_and_hand_over(page);
}

/// The same when everything is entered.
pub fn check_and_hand_over(page: &Page) {
    page.press_top("[data-act=check]").unwrap();
    shown(page, "[data-act=hand-over]");
    page.press_top("[data-act=hand-over]").unwrap();
    shown(page, "[data-part=receipt]");
}

/// Begins, pastes everything into the one box and waits until it is sorted.
pub fn fill_in(page: &Page, values: &Value) {
    shown(page, "[data-part=sender]");
    page.press_top("[data-act=begin]").unwrap();
    shown(page, "label[for=anything]");
    page.press_top("#anything").unwrap();
    page.type_text(&as_a_list(values)).unwrap();
    page.wait_for("everything to be recognised", "!document.querySelector('[data-act=check]').disabled")
        .unwrap();
}
