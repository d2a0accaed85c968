//! Walks a seeded portal by its own names, and looks at every face of it that the guide meets.

use anyhow::{Context as _, Result, bail};
use handrail_world::browser::{Browser, Frame, Options, Page};
use handrail_world::tenant::Tenant;
use handrail_world::wait::{LONG, SHORT, until};
use serde_json::{Value, json};

use super::judge::Look;
use super::seed::Seed;
use crate::{APP, AZURE, ENTRA};

const ASK: &str = include_str!("ask.js");
const HAND: &str = include_str!("hand.js");
/// The portal's own names of what a frame holds.
const NAMES: &str = "[...document.querySelectorAll('*')].map((e) => e.__truth).filter(Boolean).join(' ')";

/// What an app registration's page is called in addresses.
const MENU: &str = "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~";
const LIST: &str = "#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";

/// What is done with the looks at one face of the portal.
pub(crate) type OnLook<'a> = dyn FnMut(&str, &[Look]) + 'a;

/// A browser at a practice portal, with the location engine brought along and no extension.
pub(crate) struct Visitor {
    page: Page,
    tenant: Tenant,
    boot: String,
    _browser: Browser,
}

impl Visitor {
    /// Starts the tenant and the browser.
    pub(crate) fn start(boot: String) -> Result<Self> {
        let portal = handrail_world::dist::part("portal")?;
        let tenant = Tenant::start(Some(portal), 0, 0)?;
        let options = Options {
            rules: tenant.host_rules(),
            trusted_spki: vec![tenant.spki().to_owned()],
            ..Options::default()
        };
        let browser = Browser::launch(options)?;
        let page = browser.open(AZURE)?;
        Ok(Self { page, tenant, boot, _browser: browser })
    }

    /// Sets this seed's portal up and goes to its first page.
    fn enter(&self, seed: &Seed) -> Result<()> {
        self.tenant.reset()?;
        self.tenant.scenario(&seed.scenario)?;
        self.screen(seed.zoomed)?;
        let colours = if seed.forced_colours { "active" } else { "none" };
        self.page.media(&[("forced-colors", colours)])?;
        // A hash alone would not load the document anew.
        self.page.navigate("about:blank#").or_else(|_| self.page.navigate(AZURE))?;
        self.page.navigate(if seed.entra { ENTRA } else { AZURE })
    }

    /// The same screen, at 100 % or at 200 %.
    fn screen(&self, zoomed: bool) -> Result<()> {
        self.page.size(1600, 1000, if zoomed { 2 } else { 1 })
    }

    /// Every face of this seed's portal, in the order in which a person following the guide meets them.
    pub(crate) fn visit(&self, seed: &Seed, probes: &str, look: &mut OnLook<'_>) -> Result<()> {
        self.enter(seed)?;
        let mut tour = Tour { visitor: self, seed, probes, look };
        tour.walk().with_context(|| format!("seed {}: {}", seed.number, self.scene()))
    }

    /// Where the portal is and what its frames say that they show, for messages.
    fn scene(&self) -> String {
        let frames = self.frames().unwrap_or_default();
        let names = frames.iter().map(|f| {
            let names = self.page.evaluate_in(f, NAMES).unwrap_or_default();
            format!("{}: {}", f.url, names.as_str().unwrap_or_default())
        });
        names.collect::<Vec<_>>().join("; ")
    }

    /// The frames a person sees: the top document and the active React frame.
    fn frames(&self) -> Result<Vec<Frame>> {
        let frames = self.page.frames()?;
        Ok(frames.into_iter().filter(|f| f.parent.is_none() || f.url.contains("//sandbox-1.")).collect())
    }
}

struct Tour<'a, 'l> {
    visitor: &'a Visitor,
    seed: &'a Seed,
    probes: &'a str,
    look: &'a mut OnLook<'l>,
}

impl Tour<'_, '_> {
    fn walk(&mut self) -> Result<()> {
        self.reach("home", "shell.directory")?;
        self.go("#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/Overview")?;
        self.reach("directory", "entra-overview.primary-domain")?;
        self.go(LIST)?;
        self.reach("list", "app-registrations.new-registration")?;
        self.register()?;
        self.permissions()?;
        self.consent()?;
        self.secret()?;
        self.go(LIST)?;
        self.reach("list with the app", "app-registrations.new-registration")?;
        self.elsewhere()
    }

    fn register(&mut self) -> Result<()> {
        self.press("app-registrations.new-registration")?;
        self.reach("form", "register-application.name")?;
        if self.seed.scenario["labels"] != "old" {
            self.press("register-application.account-types")?;
            self.reach("form, kinds of accounts", "register-application.multi")?;
            self.press("register-application.single-tenant")?;
        }
        self.press("register-application.redirect-platform")?;
        self.reach("form, platforms", "register-application.web")?;
        self.press("register-application.web")?;
        self.type_into("register-application.name", APP)?;
        self.reach("form, filled in", "register-application.register")?;
        self.press("register-application.register")?;
        self.reach("overview", "app-overview.client-id")?;
        if !self.is_there("app-menu.api-permissions")? {
            self.press("app-menu.manage")?;
            self.reach("overview, menu open", "app-menu.api-permissions")?;
        }
        Ok(())
    }

    fn permissions(&mut self) -> Result<()> {
        const ASKED: &str = "request-api-permissions";
        self.press("app-menu.api-permissions")?;
        self.reach("permissions, none", "api-permissions.add-permission")?;
        // The button waits for nothing, the pane for the rows.
        self.wait_gone("the rows to load", "[role=progressbar],.ms-Spinner")?;
        self.press("api-permissions.add-permission")?;
        self.reach("pane, APIs", &format!("{ASKED}.microsoft-apis"))?;
        self.press(&format!("{ASKED}.my-organization-apis"))?;
        let api = format!("{ASKED}.api[Office 365 Management APIs]");
        self.reach("pane, APIs of the organisation", &api)?;
        self.press(&api)?;
        self.reach("pane, kinds", &format!("{ASKED}.application-permissions"))?;
        self.press(&format!("{ASKED}.application-permissions"))?;
        let group = format!("{ASKED}.group[ActivityFeed]");
        self.reach("pane, groups", &group)?;
        self.press(&group)?;
        self.reach("pane, permissions", &format!("{ASKED}.permission[ActivityFeed.Read]"))?;
        self.press(&format!("{ASKED}.permission[ActivityFeed.Read]"))?;
        self.press(&format!("{ASKED}.permission[ActivityFeed.ReadDlp]"))?;
        self.reach("pane, ticked", &format!("{ASKED}.add-permissions"))?;
        self.press(&format!("{ASKED}.add-permissions"))?;
        self.reach("permissions, wanted", "api-permissions.status[ActivityFeed.ReadDlp]")
    }

    fn consent(&mut self) -> Result<()> {
        self.press("api-permissions.grant-admin-consent")?;
        self.reach("question", "api-permissions.consent-yes")?;
        self.press("api-permissions.consent-yes")?;
        until("the question to go", LONG, || {
            Ok((!self.is_there("api-permissions.consent-yes")?).then_some(()))
        })?;
        self.reach("permissions, granted", "api-permissions.status[ActivityFeed.ReadDlp]")
    }

    fn secret(&mut self) -> Result<()> {
        self.press("app-menu.certificates-secrets")?;
        self.reach("secrets, none", "certificates-secrets.new-client-secret")?;
        self.press("certificates-secrets.new-client-secret")?;
        self.reach("pane, secret", "add-client-secret.description")?;
        self.press("add-client-secret.expires")?;
        self.reach("pane, secret, lives", "add-client-secret.d365")?;
        self.press("add-client-secret.d180")?;
        self.type_into("add-client-secret.description", APP)?;
        self.press("add-client-secret.add")?;
        self.reach("secrets, one", &format!("certificates-secrets.secret-value[{APP}]"))
    }

    fn elsewhere(&mut self) -> Result<()> {
        let apps = self.visitor.tenant.apps("Contoso", APP)?;
        let app = apps.first().and_then(|a| a["appId"].as_str()).context("the app was not registered")?;
        self.go(&self.seed.elsewhere.replace("{app}", app))?;
        until("a page the guide does not use", LONG, || {
            Ok((!self.is_there("app-registrations.new-registration")?).then_some(()))
        })?;
        self.look("elsewhere")?;
        self.go(&format!("{MENU}/Overview/appId/{app}/isMSAApp~/false"))?;
        self.reach("overview again", "app-overview.client-id")
    }

    /// Goes to an address inside the portal.
    fn go(&mut self, hash: &str) -> Result<()> {
        let script = format!(
            "history.pushState(null, '', {}); dispatchEvent(new PopStateEvent('popstate'))",
            json!(hash)
        );
        self.visitor.page.evaluate(&script)?;
        if self.seed.slow {
            self.look("loading")?;
        }
        Ok(())
    }

    /// Waits until the portal shows this control, and looks.
    fn reach(&mut self, face: &str, control: &str) -> Result<()> {
        until(&format!("{control} of {face}"), LONG, || Ok(self.is_there(control)?.then_some(())))?;
        self.look(face)
    }

    fn is_there(&self, control: &str) -> Result<bool> {
        self.hand(control, "look", "")
    }

    fn press(&mut self, control: &str) -> Result<()> {
        let press = |patience| {
            until(&format!("{control} to be pressed"), patience, || {
                Ok(self.hand(control, "press", "")?.then_some(()))
            })
        };
        if !self.seed.zoomed {
            return press(LONG);
        }
        if press(SHORT).is_ok() {
            return Ok(());
        }
        // A command that has no room is in a menu of its own there; who cannot find it looks at 100 %.
        self.visitor.screen(false)?;
        press(LONG)?;
        self.visitor.screen(true)
    }

    fn type_into(&mut self, control: &str, text: &str) -> Result<()> {
        if !self.hand(control, "type", text)? {
            bail!("{control} is not there");
        }
        Ok(())
    }

    fn wait_gone(&mut self, what: &str, selector: &str) -> Result<()> {
        let script = format!("!document.querySelector({})", json!(selector));
        until(what, LONG, || {
            for frame in self.visitor.frames()? {
                if self.visitor.page.evaluate_in(&frame, &script)? != Value::Bool(true) {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
    }

    fn hand(&self, control: &str, what: &str, text: &str) -> Result<bool> {
        let script = format!("({HAND})({}, {}, {})", json!(control), json!(what), json!(text));
        let mut unsaid = None;
        for frame in self.visitor.frames()? {
            match self.visitor.page.evaluate_in(&frame, &script) {
                Ok(Value::Bool(true)) => return Ok(true),
                Ok(_) => {}
                // Only told when it is nowhere else either.
                Err(error) => unsaid = Some(error),
            }
        }
        unsaid.map_or(Ok(false), Err)
    }

    fn look(&mut self, face: &str) -> Result<()> {
        let mut looks = Vec::new();
        for frame in self.visitor.frames()? {
            let page = &self.visitor.page;
            let top = frame.parent.is_none();
            let lang = match page.evaluate_in(&frame, "typeof Probe + ' ' + document.documentElement.lang") {
                Ok(known) => known.as_str().unwrap_or_default().to_owned(),
                // A frame may go away while it is looked at; the top document may not.
                Err(error) if top => return Err(error),
                Err(_) => continue,
            };
            let (kind, lang) = lang.split_once(' ').unwrap_or_default();
            if kind == "undefined" {
                page.evaluate_in(&frame, &self.visitor.boot)?;
            }
            let answer = page.evaluate_in(&frame, &format!("({ASK})({})", self.probes));
            match answer {
                Ok(answer) => looks.push(Look::read(&frame.url, lang, &answer)),
                Err(error) if top => return Err(error),
                Err(_) => {}
            }
        }
        (self.look)(face, &looks);
        Ok(())
    }
}
