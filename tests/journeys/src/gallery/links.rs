//! A vendor's link as its customer sees it, on the page behind it and in the panel; the vendor's own list of links; and what an
//! organisation's policy refuses.

use std::fs;

use anyhow::{Context as _, Result};
use handrail_handover::refusal;
use handrail_words::pseudo::Pseudo;
use handrail_world::browser::{Kind, Page};
use handrail_world::dist;
use handrail_world::panel::Panel;
use handrail_world::wait::{LONG, until};
use serde_json::{Map, Value, json};

use crate::GUIDE;
use crate::practice::{Desk, Seat, app, changed_copy, domain, fill_in, shown};
use crate::service::Show;

/// A link that somebody was sent.
struct Sent {
    /// What it is called in the gallery.
    name: &'static str,
    /// The guide: a packaged one, or the vendor's own below the root.
    guide: &'static str,
    /// What else the vendor says of it. `{app}` is the vendor's own app, `{back}` where its consent leads back to.
    more: &'static [&'static str],
    /// What page and panel show of it.
    shows: &'static str,
}

const SENT: [Sent; 5] = [
    Sent { name: "link", guide: GUIDE, more: &["--customer", "Contoso"], shows: "[data-part=sender] img" },
    Sent {
        name: "link-federated",
        guide: GUIDE,
        more: &["--kinds", "federated"],
        shows: "[data-own=subject]",
    },
    Sent {
        name: "link-consent",
        guide: "delegate365",
        more: &["--consent-app", "{app}", "--consent-return", "{back}"],
        shows: "[data-own=consent]",
    },
    Sent {
        name: "link-own-guide",
        guide: "tests/vectors/guides/lucerne-mail.toml",
        more: &[],
        shows: "[data-tick]",
    },
    // The last: from here on the vendor's own copy of the guide is another one.
    Sent { name: "link-other-version", guide: GUIDE, more: &[], shows: "[data-part=another-guide]" },
];

/// What an organisation sets, and the notice that follows: when the first link is opened, or when its check is begun.
const POLICIES: [(&str, &str, bool); 3] = [
    ("policy-worker", r#"{"allowedWorkers":["https://check.example"]}"#, false),
    ("policy-vendor", r#"{"allowedVendors":["other-vendor.example"]}"#, false),
    ("policy-sending", r#"{"sending":false}"#, true),
];

/// Goes from screen to screen and shows each: `…-page` is the page behind the link, `…-panel` the panel.
///
/// # Errors
/// When one does not come about, or the visitor objects.
pub fn visit(pseudo: Option<Pseudo>, show: Show<'_>) -> Result<()> {
    let mut tour = Tour { seat: Seat::take_in(GUIDE, pseudo), pseudo, open: None };
    let logo = dist::root().join("extension/static/icons/128.png").to_string_lossy().into_owned();
    tour.seat.desk.handrail(&["vendor", "issuer", "init"]);
    tour.seat.desk.handrail(&["vendor", "rotate", "--logo", &logo]);
    tour.seat.world.tenant.publish(&tour.seat.desk.domain, &tour.seat.desk.document())?;
    let [walked, revoked] =
        ["Fabrikam", "Practice"].map(|whom| tour.seat.desk.link(&["--guide", GUIDE, "--customer", whom]));
    tour.seat.desk.handrail(&["link", "revoke", &revoked]);
    let links = SENT.iter().map(|sent| Ok((sent, tour.made(sent)?))).collect::<Result<Vec<_>>>()?;
    for (sent, url) in &links {
        let (page, panel) = tour.open(url, sent.shows)?;
        show(&format!("{}-page", sent.name), &page)?;
        if !page.evaluate("document.querySelector('[data-part=steps] summary')")?.is_null() {
            page.press_top("[data-part=steps] summary")?;
            shown(&page, "[data-part=steps] ol");
            show(&format!("{}-steps-page", sent.name), &page)?;
        }
        shown(&panel.page, sent.shows);
        show(&format!("{}-panel", sent.name), &panel.page)?;
    }
    let federated = links.iter().find(|(sent, _)| sent.shows.contains("subject"));
    tour.check_what_is_proved_later(&federated.context("no federated link")?.1, show)?;
    tour.hand_over_on_the_page(&walked, show)?;
    tour.hand_over_in_the_panel(&links[0].1, show)?;
    let (page, panel) = tour.open(&revoked, "[role=alert]")?;
    show("link-withdrawn-page", &page)?;
    shown(&panel.page, "[data-part=link-trouble]");
    show("link-withdrawn-panel", &panel.page)?;
    tour.keys_changed(show)?;
    tour.vendor(show)?;
    for (name, set, begun) in POLICIES.into_iter().filter(|_| Kind::chosen().tells_policies_anew()) {
        tour.set(set)?;
        let (_, panel) = tour.open(&links[0].1, "[data-part=sender]")?;
        if begun {
            begin_check(&panel)?;
        }
        shown(&panel.page, &format!("[data-code={name}]"));
        show(&format!("{name}-panel"), &panel.page)?;
    }
    Ok(())
}

/// Everything of one visit.
struct Tour {
    seat: Seat,
    pseudo: Option<Pseudo>,
    /// The tab that is open, and its panel.
    open: Option<(Page, Panel)>,
}

impl Tour {
    /// Makes a link; its address.
    fn made(&self, sent: &Sent) -> Result<String> {
        let (world, own) = (&self.seat.world, &self.seat.desk);
        let root = dist::root();
        let file = root.join(sent.guide).to_string_lossy().into_owned();
        let travels = sent.guide.ends_with(".toml");
        let named = if travels { Some("vendor.example".to_owned()) } else { domain(world, sent.guide) };
        let named = named.context("a guide that names no domain")?;
        let other = (named != own.domain).then(|| Desk::new(&named));
        let desk = other.as_ref().unwrap_or(own);
        if other.is_some() {
            desk.set_up(&world.tenant, &world.worker.origin());
        }
        if sent.shows.contains("another-guide") {
            changed_copy(desk);
        }
        let asks = json!({"name": "Practice", "permissions": ["00000003-0000-0000-c000-000000000000/User.Read.All"]});
        let client = world.tenant.vendor_app(&asks)?;
        let more = sent
            .more
            .iter()
            .map(|word| word.replace("{app}", &client).replace("{back}", &format!("https://{named}/back")));
        let mut words = vec!["--guide".to_owned(), if travels { file } else { sent.guide.to_owned() }];
        if travels {
            words.extend(["--root".to_owned(), root.to_string_lossy().into_owned()]);
        }
        words.extend(more);
        Ok(desk.link(&words.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// Opens a link in a tab of its own and the panel beside it, in place of what was open.
    fn open(&mut self, url: &str, shows: &str) -> Result<(Page, Panel)> {
        let browser = &self.seat.browser;
        let known = self.open.take().map(|(page, panel)| -> Result<_> {
            let known = panel.page.target().to_owned();
            page.close()?;
            Ok(known)
        });
        let known = known.transpose()?.unwrap_or_default();
        let page = browser.open(&format!("{}/x", self.seat.world.worker.origin()))?;
        if let Some(pseudo) = self.pseudo {
            speak(&page, pseudo)?;
        }
        page.navigate(url)?;
        shown(&page, shows);
        browser.press_toolbar_button(&page)?;
        let panel = Panel { page: browser.panel_besides(&known)? };
        panel.wait_for("the panel to show something", |s| !s.view.is_empty())?;
        if let (Some(pseudo), true) = (self.pseudo, known.is_empty()) {
            panel.press("settings")?;
            panel.speak(pseudo.tag())?;
            panel.press("settings")?;
        }
        self.open = Some((page.clone(), panel.clone()));
        Ok((page, panel))
    }

    fn check_what_is_proved_later(&mut self, url: &str, show: Show<'_>) -> Result<()> {
        let values = app(&self.seat.world.tenant);
        let (page, _) = self.open(url, "[data-part=sender]")?;
        page.press_top("[data-act=begin]")?;
        for id in ["tenant-id", "client-id", "tenant-domain"] {
            page.press_top(&format!("#value-{id}"))?;
            page.type_text(values[id].as_str().unwrap_or_default())?;
        }
        page.wait_for("the check to be offered", "!document.querySelector('[data-act=check]').disabled")?;
        page.press_top("[data-act=check]")?;
        shown(&page, "[data-verdict=pending]");
        show("link-pending-page", &page)
    }

    fn hand_over_on_the_page(&mut self, url: &str, show: Show<'_>) -> Result<()> {
        let values = app(&self.seat.world.tenant);
        let (page, _) = self.open(url, "[data-part=sender]")?;
        fill_in(&page, &values);
        show("link-values-page", &page)?;
        page.press_top("[data-act=check]")?;
        shown(&page, "[data-act=hand-over]");
        show("link-report-page", &page)?;
        page.press_top("[data-act=hand-over]")?;
        shown(&page, "[data-kept]");
        show("link-receipt-page", &page)?;
        let (page, panel) = self.open(url, "[data-part=progress]")?;
        show("link-again-page", &page)?;
        shown(&panel.page, "[data-part=progress]");
        show("link-again-panel", &panel.page)
    }

    fn hand_over_in_the_panel(&mut self, url: &str, show: Show<'_>) -> Result<()> {
        let values = app(&self.seat.world.tenant);
        let (_, panel) = self.open(url, "[data-part=sender]")?;
        begin_check(&panel)?;
        for id in ["tenant-id", "client-id", "client-secret", "tenant-domain"] {
            panel.paste(id, values[id].as_str().unwrap_or_default())?;
        }
        panel.press_check()?;
        panel.wait_for_verdict("passed")?;
        shown(&panel.page, "[data-act=seal]");
        show("link-report-panel", &panel.page)?;
        panel.press("seal")?;
        shown(&panel.page, "[data-part=receipt] [data-part=progress]");
        show("link-receipt-panel", &panel.page)?;
        panel.press("cancel")?;
        panel.press("cancel-yes")?;
        panel.wait_for("the list of guides", |s| s.view == "home").map(drop)
    }

    /// What is remembered of vendors; then the domain has other keys, and what is entered is another's fingerprint.
    fn keys_changed(&mut self, show: Show<'_>) -> Result<()> {
        let (_, panel) = self.open.clone().context("nothing is open")?;
        panel.press("settings")?;
        shown(&panel.page, "[data-part=vendors]");
        show("link-vendors-panel", &panel.page)?;
        panel.press("settings")?;
        let (world, own) = (&self.seat.world, &self.seat.desk);
        let other = Desk::new(&own.domain);
        other.set_up(&world.tenant, &world.worker.origin());
        // Beside the vendor's own, so that its links go on.
        let (mut document, added) = (own.document(), other.document());
        for list in ["keys", "recipients"] {
            let added = added[list].as_array().cloned().unwrap_or_default();
            document[list].as_array_mut().context("no list")?.extend(added);
        }
        world.tenant.publish(&own.domain, &document)?;
        let url = other.link_by_new_keys(&["--guide", GUIDE]);
        let (page, panel) = self.open(&url, "#fingerprint")?;
        shown(&panel.page, "#fingerprint");
        show("link-changed-page", &page)?;
        show("link-changed-panel", &panel.page)?;
        for page in [&page, &panel.page] {
            page.press_top("#fingerprint")?;
            page.type_text("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")?;
            page.press_top("[data-act=compare]")?;
            shown(page, "#mistold");
        }
        show("link-mistold-page", &page)?;
        show("link-mistold-panel", &panel.page)
    }

    /// The vendor's own page, signed in.
    fn vendor(&self, show: Show<'_>) -> Result<()> {
        let (origin, desk) = (self.seat.world.worker.origin(), &self.seat.desk);
        let page = self.seat.browser.open(&format!("{origin}/x"))?;
        if let Some(pseudo) = self.pseudo {
            page.prefer(pseudo.tag())?;
        }
        page.navigate(&format!("{origin}/vendor?domain={}", desk.domain))?;
        shown(&page, "#code");
        page.press_top("#code")?;
        page.type_text("not a code")?;
        page.press_top("button[value=sign-in]")?;
        shown(&page, "[role=alert]");
        show("vendor-refused", &page)?;
        page.press_top("#code")?;
        page.type_text(desk.handrail(&["vendor", "code"]).trim())?;
        page.press_top("button[value=sign-in]")?;
        shown(&page, "ul.checks");
        show("vendor-list", &page)?;
        page.press_top("button[value=sign-out]")?;
        shown(&page, "[role=status]");
        show("vendor-signed-out", &page)?;
        page.close()
    }

    /// Lets the browser say that the organisation sets this. Chromium reads policies from folders of the system, which no
    /// test may write to; that a managed browser is read is shown in Firefox (`tests/managed.rs`).
    fn set(&self, policy: &str) -> Result<()> {
        let set = format!(
            "chrome.storage.managed.get = async () => ({policy}); chrome.storage.onChanged.dispatch({{}}, 'managed'); true"
        );
        until("the policy to be read", LONG, || self.seat.browser.evaluate_in_worker(&set).map(Some))
            .map(drop)
    }
}

/// Begins the way of the guide that checks alone.
fn begin_check(panel: &Panel) -> Result<()> {
    panel.press_selector("[data-part='modes'] [data-mode='check']")?;
    panel.press_selector(&format!("[data-act='start'][data-guide='{GUIDE}.check']"))
}

/// Lets the page behind a link be read in a language nobody speaks, by answering its own files of words with others.
fn speak(page: &Page, pseudo: Pseudo) -> Result<()> {
    let mut words = Map::new();
    // What checks and refusals say comes in English from where it is found; other languages know it by its code.
    let coded = [
        ("en.ftl", refusal::messages()),
        ("en.checks.ftl", handrail_entra::messages() + &handrail_credential::messages()),
    ];
    for (name, coded) in coded {
        let text = fs::read_to_string(dist::part("page")?.join(name))? + &coded;
        let text = pseudo.file(&text).map_err(|errors| anyhow::anyhow!("{name}: {errors:?}"))?;
        words.insert(name.to_owned(), Value::String(text));
    }
    let answer = format!(
        "const words = {}, real = globalThis.fetch; globalThis.fetch = async (ask, ...rest) => {{
            const [, name] = String(ask?.url ?? ask).split('/assets/');
            return Object.hasOwn(words, name) ? new Response(words[name]) : real(ask, ...rest);
        }};",
        Value::Object(words)
    );
    page.prefer(pseudo.tag())?;
    page.before_documents(&answer)
}
