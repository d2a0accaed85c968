//! The demo: with a display, a browser on the practice portal that stays; without one, the whole guide walked to
//! its verdict, with a picture of every step.

use std::cell::RefCell;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use handrail_guide::plan::{Action, Step};
use handrail_world::browser::{Browser, Overlay};
use handrail_world::dist;
use handrail_world::person::Person;
use handrail_world::wait::is_interrupted;
use handrail_world::world::{World, WorldOptions};

use crate::{APP, AZURE, GUIDE};

/// Port the Worker gets if it is free.
pub const WORKER_PORT: u16 = 8787;
/// Port the practice tenant's TLS listener gets if it is free.
pub const TENANT_PORT: u16 = 8443;

/// Which ports are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// The Worker's.
    pub worker: u16,
    /// The practice tenant's.
    pub tenant: u16,
}

/// Says something as it happens.
pub type Say<'a> = &'a dyn Fn(&str);

/// A port if it is free, else 0: any free one.
fn free_or_any(port: u16, what: &str, say: Say<'_>) -> u16 {
    if TcpListener::bind(("127.0.0.1", port)).is_ok() {
        return port;
    }
    say(&format!("port {port} is taken by another program; {what} takes a free one"));
    0
}

fn start_world(ports: Ports, say: Say<'_>) -> Result<World> {
    say("starting the practice tenant and the Worker …");
    let world = World::start(&WorldOptions {
        tls_port: free_or_any(ports.tenant, "the practice tenant", say),
        worker_port: free_or_any(ports.worker, "the Worker", say),
        ..WorldOptions::default()
    })?;
    say(&format!("  practice tenant  https://{} (and http://{})", world.tenant.tls(), world.tenant.http()));
    say(&format!("  Worker           {}", world.worker.origin()));
    Ok(world)
}

/// Opens a window on the practice portal and stays until it is closed or Ctrl-C is pressed.
///
/// # Errors
/// When something does not start.
pub fn with_window(ports: Ports, say: Say<'_>) -> Result<()> {
    let world = start_world(ports, say)?;
    say("opening the browser …");
    let mut options = world.browser_options();
    options.window = true;
    let mut browser = Browser::launch(options)?;
    let page = browser.open(AZURE)?;
    browser.press_toolbar_button(&page)?;
    say("  portal           https://portal.azure.com/ (practice, in this browser only)");
    say("  portal           https://entra.microsoft.com/ (practice, in this browser only)");
    say("The Handrail panel is open beside the portal: choose the guide, read the sheet, start.");
    say("Close the browser or press Ctrl-C to end everything.");
    while browser.is_running() && !is_interrupted() {
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// One picture of the walkthrough.
struct Picture {
    title: String,
    words: String,
    page: String,
    panel: String,
}

/// Walks the whole guide without a window, a picture per step, and says the verdict.
///
/// # Errors
/// When the guide cannot be walked to the green verdict.
pub fn headless(ports: Ports, folder: &Path, say: Say<'_>) -> Result<()> {
    let begun = Instant::now();
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder)?;
    let world = start_world(ports, say)?;
    say("starting the browser without a window …");
    let mut person = Person::sit_down(&world, GUIDE, AZURE)?;
    let total = person.plan.steps.len();
    let album = Rc::new(RefCell::new(Vec::new()));
    let shelf = album.clone();
    let into = folder.to_owned();
    say(&format!("walking {} ({total} steps):", person.plan.title));
    person.start()?;
    let told: Rc<RefCell<Vec<String>>> = Rc::default();
    let lines = told.clone();
    person.looked_on_by(Box::new(move |person, step, overlay| {
        let number = person.plan.position(&step.id).map_or(0, |n| n + 1);
        lines.borrow_mut().push(format!("  {number:>2}/{total}  {}", step.title));
        shelf.borrow_mut().push(picture(person, step, overlay, number, &into)?);
        Ok(())
    }));
    let mut report = None;
    while let Some(step) = person.step()? {
        let outcome = person.act(&step);
        for line in told.borrow_mut().drain(..) {
            say(&line);
        }
        outcome?;
        if step.action == Action::Check {
            report = Some(person.panel.wait_for_verdict("passed")?);
        }
        person.moved_on(&step)?;
    }
    let report = report.context("the guide ended without a verdict")?;
    let last = person.plan.steps.len() + 1;
    let verdict = Picture {
        title: "The verdict".to_owned(),
        words: report.text.clone(),
        page: shot(&person.page, folder, &format!("{last:02}-verdict"))?,
        panel: shot(&person.panel.page, folder, &format!("{last:02}-verdict-panel"))?,
    };
    album.borrow_mut().push(verdict);
    let file = folder.join("index.html");
    fs::write(&file, walkthrough(&person.plan.title, &album.borrow()))?;
    let app = world.tenant.apps("Contoso", APP)?;
    if app.len() != 1 {
        bail!("the practice tenant has {} apps named {APP}", app.len());
    }
    say("");
    for check in &report.checks {
        say(&format!("  {:<14} {}", check.verdict, check.text.replace('\n', " ")));
    }
    say(&format!("verdict: {}, after {} s", report.verdict, begun.elapsed().as_secs()));
    say(&format!("walkthrough: {}", file.display()));
    Ok(())
}

fn picture(
    person: &Person,
    step: &Step,
    overlay: Option<&Overlay>,
    number: usize,
    folder: &Path,
) -> Result<Picture> {
    let name = format!("{number:02}-{}", step.id.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    Ok(Picture {
        title: format!("{number}. {}", step.title),
        words: overlay.map_or_else(|| step.text.clone(), |o| o.text.clone()),
        page: shot(&person.page, folder, &name)?,
        panel: shot(&person.panel.page, folder, &format!("{name}-panel"))?,
    })
}

fn shot(page: &handrail_world::browser::Page, folder: &Path, name: &str) -> Result<String> {
    let file = format!("{name}.png");
    page.screenshot_to(&folder.join(&file)).with_context(|| format!("the picture {file}"))?;
    Ok(file)
}

fn walkthrough(title: &str, pictures: &[Picture]) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title>\n<style>\n\
         body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; padding: 0 1rem; }}\n\
         figure {{ margin: 2rem 0; display: grid; grid-template-columns: 3fr 1fr; gap: 1rem; align-items: start; }}\n\
         figcaption {{ grid-column: 1 / -1; white-space: pre-line; }}\n\
         img {{ width: 100%; border: 1px solid #ccc; }}\n</style>\n<h1>{0}</h1>\n\
         <p>Recorded in the practice portal: not Microsoft's, and no control has been confirmed on the live one.</p>\n",
        escape(title)
    );
    for p in pictures {
        html.push_str(&format!(
            "<figure><figcaption><strong>{}</strong>\n{}</figcaption><img src=\"{}\" alt=\"The portal with the \
             overlay\"><img src=\"{}\" alt=\"The side panel\"></figure>\n",
            escape(&p.title),
            escape(&p.words),
            p.page,
            p.panel
        ));
    }
    html + "</html>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Where the walkthrough goes.
#[must_use]
pub fn folder() -> PathBuf {
    dist::root().join("target/handrail/demo")
}
