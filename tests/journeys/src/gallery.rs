//! Every screen, brought about in the running product: for pictures, and for axe to look at.

pub mod links;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use handrail_words::pseudo::Pseudo;
use handrail_world::browser::Page;
use handrail_world::dist;
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
use serde_json::{Value, json};

use crate::service::Service;
use crate::{APP, AZURE, Journey};

/// How a screen is looked at: its name, the colours, whether the system forces its own, the width in CSS pixels
/// (0: as it is), and the direction of writing.
pub type Look = (&'static str, &'static str, bool, u32, &'static str);

/// All ways of looking.
pub const LOOKS: [Look; 7] = [
    ("light", "light", false, 0, "ltr"),
    ("dark", "dark", false, 0, "ltr"),
    ("forced", "dark", true, 0, "ltr"),
    ("narrow", "light", false, 320, "ltr"),
    // The usual panel at 200 %.
    ("zoomed", "light", false, 180, "ltr"),
    ("wide", "light", false, 900, "ltr"),
    ("rtl", "light", false, 0, "rtl"),
];

/// What is shown when a screen has come about.
pub type Visit<'a> = &'a mut dyn FnMut(&str, &Person) -> Result<()>;

/// Goes from screen to screen and shows each.
///
/// # Errors
/// When one does not come about, or the visitor objects.
pub fn visit(show: Visit<'_>) -> Result<()> {
    visit_in(None, show)
}

/// The same in a language nobody speaks, chosen in the panel's settings.
///
/// # Errors
/// As [`visit`].
pub fn visit_in(pseudo: Option<Pseudo>, show: Visit<'_>) -> Result<()> {
    let options = WorldOptions { pseudo, ..WorldOptions::default() };
    let mut journey = seated(&options)?;
    show("home", &journey)?;
    journey.panel.press("settings")?;
    show("settings", &journey)?;
    journey.panel.press("settings")?;
    let guide = journey.plan.guide.clone();
    journey.panel.press_selector(&format!("[data-act='offer'][data-guide='{guide}']"))?;
    journey.panel.wait_for("the sheet", |s| s.view == "sheet")?;
    show("sheet", &journey)?;
    journey.start()?;
    until("the card", LONG, || Ok(journey.page.overlay()?.filter(|o| o.card.is_some())))?;
    show("first-step", &journey)?;
    journey.walk_to("register-app.new")?;
    let step = journey.step()?.context("no step")?;
    journey.ring(&step)?;
    show("ring", &journey)?;
    journey.panel.press("cancel")?;
    show("cancel-question", &journey)?;
    journey.panel.press("cancel-no")?;
    let seed =
        json!({"name": APP, "permissions": ["ActivityFeed.Read", "ActivityFeed.ReadDlp"], "consent": true});
    let planted = journey.world.tenant.seed(&seed)?;
    let text = |key: &str| planted[key].as_str().unwrap_or_default().to_owned();
    journey.panel.go_to("check.run")?;
    show("check-nothing-yet", &journey)?;
    journey.panel.paste("tenant-domain", &text("domain"))?;
    journey.panel.paste("client-secret", planted["secret"]["keyId"].as_str().unwrap_or_default())?;
    until("the Secret ID to be named", LONG, || {
        Ok(journey.panel.findings("client-secret")?.iter().any(|(c, _)| c == "secret-is-id").then_some(()))
    })?;
    show("values-bad", &journey)?;
    journey.panel.paste("client-secret", planted["secret"]["value"].as_str().unwrap_or_default())?;
    journey.panel.paste("tenant-id", &text("clientId"))?;
    journey.panel.paste("client-id", &text("tenantId"))?;
    show("values-good", &journey)?;
    journey.press_check()?;
    journey.panel.wait_for_verdict("failed")?;
    show("report-failed", &journey)?;
    journey.panel.paste("tenant-id", &text("tenantId"))?;
    journey.panel.paste("client-id", &text("clientId"))?;
    journey.world.worker.kill();
    journey.press_check()?;
    until("the panel to say that nobody answers", LONG, || {
        let codes = ["check-unreachable", "check-no-answer"].map(|code| format!("[data-code='{code}']"));
        Ok(journey.panel.shows(&codes.join(", "))?.then_some(()))
    })?;
    show("service-offline", &journey)?;
    journey.world.worker.restart()?;
    journey.panel.press("check")?;
    journey.panel.wait_for_verdict("passed")?;
    show("report-passed", &journey)?;
    journey.world.tenant.scenario(&json!({"directory": "fabrikam.onmicrosoft.com"}))?;
    journey.page.reload()?;
    journey.panel.wait_for("the run to stop", |s| s.standing == "other-directory")?;
    show("other-directory", &journey)?;
    drop(journey);
    let journey = seated(&options)?;
    journey.browser.give_access(false)?;
    journey.page.reload()?;
    journey.start()?;
    until("the panel to say that it is kept off", LONG, || {
        Ok(journey.panel.shows("[data-part='kept-off'] [data-act='ask-for-access']")?.then_some(()))
    })?;
    show("host-withheld", &journey)
}

/// Somebody at the portal, with the panel in the language nobody speaks where there is one.
fn seated(options: &WorldOptions) -> Result<Journey> {
    let journey = Journey::sit_down(AZURE, options)?;
    if let Some(pseudo) = options.pseudo {
        journey.panel.press("settings")?;
        journey.panel.speak(pseudo.tag())?;
        journey.panel.press("settings")?;
    }
    Ok(journey)
}

/// Makes a page look one way.
///
/// # Errors
/// When the page is gone.
pub fn look(page: &Page, (_, colours, forced, width, direction): Look) -> Result<()> {
    let forced = if forced { "active" } else { "none" };
    page.media(&[
        ("prefers-color-scheme", colours),
        ("forced-colors", forced),
        ("prefers-reduced-motion", "reduce"),
    ])?;
    page.size(width, if width > 0 { 900 } else { 0 }, 1)?;
    // Set, and drawn once.
    let drawn = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))";
    page.evaluate(&format!("document.documentElement.dir = '{direction}'; {drawn}"))?;
    Ok(())
}

/// The direction of a page's own writing.
///
/// # Errors
/// When the page is gone.
pub fn direction(page: &Page) -> Result<&'static str> {
    let own = page.evaluate("document.documentElement.dir")?;
    Ok(if own == json!("rtl") { "rtl" } else { "ltr" })
}

/// Everything axe finds in a page, one line each.
///
/// # Errors
/// When axe is not installed or the page is gone.
pub fn axe(page: &Page) -> Result<Vec<String>> {
    let file = dist::root().join("node_modules/axe-core/axe.min.js");
    let script = fs::read_to_string(&file).context("axe-core is not installed: run `cargo xtask tools`")?;
    page.evaluate(&format!("if (!globalThis.axe) {{ {script} }} typeof axe"))?;
    let found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(r => ({ passes: r.passes.length,
            found: r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`)) }))",
    )?;
    if found["passes"].as_u64().unwrap_or_default() == 0 {
        bail!("axe looked at nothing");
    }
    let lines = found["found"].as_array().cloned().unwrap_or_default();
    Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Scrolls sideways?
///
/// # Errors
/// When the page is gone.
pub fn overflows(page: &Page) -> Result<bool> {
    Ok(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")? == json!(true))
}

/// What does not fit or is too small to be pressed, one line each: what is beyond the edge or cut off, and targets of less than 24 by 24 CSS pixels (WCAG 2.2, 2.5.8). A label that belongs to a small control counts as it.
///
/// # Errors
/// When the page is gone.
pub fn misfits(page: &Page) -> Result<Vec<String>> {
    Ok(serde_json::from_value(page.evaluate(MISFITS)?)?)
}

const MISFITS: &str = "(() => {
    const found = [];
    const shown = e => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && !e.closest('.visually-hidden');
    const name = e => `${e.localName} ${e.dataset.act ?? e.id} ${(e.innerText ?? '').slice(0, 40)}`;
    for (const e of document.querySelectorAll('body *')) {
        if (!shown(e)) continue;
        const r = e.getBoundingClientRect(), hides = ['hidden', 'clip'].includes(getComputedStyle(e).overflowX);
        if (r.width && (r.right > innerWidth + 1 || r.left < -1)) found.push(`beyond the edge: ${name(e)}`);
        // What stands in a field moves with the caret.
        if ((hides && e.localName !== 'input' || e.localName === 'button') && e.scrollWidth > e.clientWidth + 1) found.push(`cut off: ${name(e)}`);
        if (!e.matches('button, input, textarea, select, summary, a[href]')) continue;
        const target = e.matches('[type=radio], [type=checkbox]') && e.labels?.length ? e.labels[0].getBoundingClientRect() : r;
        if (target.width < 24 || target.height < 24) found.push(`${Math.round(target.width)} by ${Math.round(target.height)}: ${name(e)}`);
    }
    return found;
})()";

/// Pictures of every screen in every look, and a page that shows them.
///
/// # Errors
/// When a screen does not come about or a picture cannot be written.
pub fn pictures(folder: &Path, say: &dyn Fn(&str)) -> Result<PathBuf> {
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder)?;
    let mut rows = String::new();
    visit(&mut |name, person| {
        say(&format!("  {name}"));
        rows.push_str(&format!("<h2>{name}</h2>\n<p>"));
        for one in LOOKS {
            let file = format!("{name}-{}.png", one.0);
            look(&person.panel.page, one)?;
            person.panel.page.screenshot_to(&folder.join(&file))?;
            rows.push_str(&format!("<img src=\"{file}\" alt=\"{name}, {}\" title=\"{}\">\n", one.0, one.0));
        }
        look(&person.panel.page, LOOKS[0])?;
        let file = format!("{name}-page.png");
        person.page.screenshot_to(&folder.join(&file))?;
        rows.push_str(&format!("<br><img class=\"page\" src=\"{file}\" alt=\"{name}, the portal\"></p>\n"));
        Ok(())
    })?;
    pages(folder, say, &mut rows)?;
    let index = folder.join("index.html");
    let head = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Handrail: every screen</title>\n\
        <style>body { font: 16px/1.5 system-ui; margin: 2rem } img { max-width: 24rem; border: 1px solid #999; \
        vertical-align: top; margin: 4px } img.page { max-width: 60rem }</style>\n<h1>Every screen</h1>\n";
    fs::write(&index, format!("{head}{rows}</html>\n"))?;
    Ok(index)
}

/// The languages in which the service's pages are pictured: the longest words, other letters, and from right to left.
const PICTURED: [&str; 4] = ["en", "de", "ja", "ar-XB"];

/// Pictures of the service's own pages, and of links on their page and in the panel.
fn pages(folder: &Path, say: &dyn Fn(&str), rows: &mut String) -> Result<()> {
    let service = Service::start()?;
    let mut seen = |title: &str, page: &Page| {
        say(&format!("  {title}"));
        rows.push_str(&format!("<h2>{title}</h2>\n<p>"));
        // A page that is there in a mirrored language has its own direction.
        let own = direction(page)?;
        let looks = LOOKS.into_iter().filter(|one| one.0 != "rtl" || !title.contains('('));
        for (look_name, colours, forced, width, way) in looks {
            let way = if look_name == "rtl" { way } else { own };
            look(page, (look_name, colours, forced, width, way))?;
            let file = format!("page-{}-{look_name}.png", title.replace(' ', "-").replace(['(', ')'], ""));
            page.screenshot_to(&folder.join(&file))?;
            rows.push_str(&format!(
                "<img src=\"{file}\" alt=\"{title}, {look_name}\" title=\"{look_name}\">\n"
            ));
        }
        look(page, (LOOKS[0].0, LOOKS[0].1, false, 0, own))?;
        rows.push_str("</p>\n");
        Ok(())
    };
    for language in PICTURED {
        service.visit(language, &mut |name, page| seen(&format!("{name} ({language})"), page))?;
    }
    links::visit(None, &mut seen)
}
