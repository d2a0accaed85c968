//! The demo: with a display, a browser on the practice portal that stays; without one, the whole guide walked to
//! its verdict, with a picture of every step.

mod walkthrough;

use std::cell::RefCell;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use handrail_guide::plan::{Action, Plan, Step};
use handrail_world::browser::{Browser, Page};
use handrail_world::dist;
use handrail_world::panel::{Panel, ReportShown};
use handrail_world::person::Person;
use handrail_world::wait::is_interrupted;
use handrail_world::world::{World, WorldOptions};

use self::walkthrough::{Entry, Picture, walkthrough};
use crate::{AZURE, consent};

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

/// How long a step stays to be looked at when the demo walks in a window.
const LOOK: Duration = Duration::from_millis(900);

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

/// A browser with a window, the portal in its one tab, and the panel open beside it.
fn open_window(world: &World, guide: &str) -> Result<Person> {
    let mut options = world.browser_options();
    options.window = true;
    let browser = Browser::launch(options)?;
    let person = Person::sit_down_at(browser, world, guide, AZURE)?;
    person.browser.close_empty_tabs()?;
    Ok(person)
}

/// Opens a window on the practice portal and stays until it is closed or Ctrl-C is pressed.
///
/// # Errors
/// When something does not start.
pub fn with_window(guide: &str, ports: Ports, begun: Instant, say: Say<'_>) -> Result<()> {
    let world = start_world(ports, say)?;
    say("opening the browser …");
    let mut person = open_window(&world, guide)?;
    offer(&person.panel, guide)?;
    say("  portal           https://portal.azure.com/ (practice, in this browser only)");
    say("  portal           https://entra.microsoft.com/ (practice, in this browser only)");
    say(&format!("ready after {:.1} s", begun.elapsed().as_secs_f64()));
    say("The Handrail panel is open beside the portal: read the sheet, press Start, follow the ring.");
    say("Close the browser or press Ctrl-C to end everything.");
    stay(&mut person, say)
}

/// Shows a guide's sheet in the panel.
fn offer(panel: &Panel, guide: &str) -> Result<()> {
    panel.press_selector(&format!("[data-act='offer'][data-guide='{guide}']"))?;
    panel.wait_for("the sheet", |stand| stand.view == "sheet")?;
    Ok(())
}

fn stay(person: &mut Person, say: Say<'_>) -> Result<()> {
    while person.browser.is_running() {
        if is_interrupted() {
            bail!("interrupted");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    say("the browser was closed; nothing is left running");
    Ok(())
}

/// Walks the guide in a window, slowly enough to be watched, and stays.
///
/// # Errors
/// When the guide cannot be walked to the green verdict.
pub fn watched(guide: &str, ports: Ports, say: Say<'_>) -> Result<()> {
    let world = start_world(ports, say)?;
    say("opening the browser …");
    let mut person = open_window(&world, guide)?;
    let album = walk(&mut person, &world, None, say)?;
    tell(&album.report, say);
    say("Close the browser or press Ctrl-C to end everything.");
    stay(&mut person, say)
}

/// Walks the whole guide without a window, a picture per step, and says the verdict.
///
/// # Errors
/// When the guide cannot be walked to the green verdict.
pub fn headless(guide: &str, ports: Ports, folder: &Path, begun: Instant, say: Say<'_>) -> Result<()> {
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder)?;
    let world = start_world(ports, say)?;
    say("starting the browser without a window …");
    let mut person = Person::sit_down(&world, guide, AZURE)?;
    say(&format!("ready after {:.1} s", begun.elapsed().as_secs_f64()));
    let mut album = walk(&mut person, &world, Some(folder), say)?;
    let number = person.plan.steps.len() + 1;
    album.entries.push(Entry::Shown(Picture {
        number,
        title: "The verdict".to_owned(),
        words: String::new(),
        page: shot(&person.page, folder, &format!("{number:02}-verdict"))?,
        panel: shot(&person.panel.page, folder, &format!("{number:02}-verdict-panel"))?,
    }));
    let file = folder.join("index.html");
    fs::write(&file, walkthrough(&person.plan.title, &album.report, &album.entries))?;
    if let Some(app) = &person.plan.app {
        let made = world.tenant.apps("Contoso", &app.name)?;
        if made.len() != 1 {
            bail!("the practice tenant has {} apps named {}", made.len(), app.name);
        }
    }
    tell(&album.report, say);
    say(&format!("verdict: {}, after {} s", album.report.verdict, begun.elapsed().as_secs()));
    say(&format!("walkthrough: {}", file.display()));
    Ok(())
}

/// What came of a walk.
struct Album {
    entries: Vec<Entry>,
    report: ReportShown,
}

/// What the onlooker of a walk saw: lines to say, entries of the walkthrough.
#[derive(Default)]
struct Seen {
    lines: Vec<String>,
    entries: Vec<Entry>,
}

/// Walks the guide to its end; with a folder, a picture of each step goes there, without one it goes slowly.
fn walk(person: &mut Person, world: &World, folder: Option<&Path>, say: Say<'_>) -> Result<Album> {
    let total = person.plan.steps.len();
    say(&format!("walking {} ({total} steps):", person.plan.title));
    person.start()?;
    let seen: Rc<RefCell<Seen>> = Rc::default();
    let (own, into) = (Rc::clone(&seen), folder.map(Path::to_owned));
    person.looked_on_by(Box::new(move |person, step, _| {
        let mut seen = own.borrow_mut();
        let number = person.plan.position(&step.id).map_or(0, |n| n + 1);
        let mut line = format!("  {number:>2}/{total}  {}", step.title);
        match &into {
            Some(folder) => match picture(person, step, number, folder)? {
                Some(picture) => seen.entries.push(Entry::Shown(picture)),
                None => line.push_str(" (the page showed it at once)"),
            },
            None => std::thread::sleep(LOOK),
        }
        seen.lines.push(line);
        Ok(())
    }));
    let mut report = None;
    while let Some(step) = person.step()? {
        consent::as_the_guide_expects(&step, person, world)?;
        let outcome = person.act(&step);
        for line in seen.borrow_mut().lines.drain(..) {
            say(&line);
        }
        outcome?;
        if step.action == Action::Check {
            report = Some(person.panel.wait_for_verdict("passed")?);
        }
        person.moved_on(&step)?;
    }
    person.panel.wait_for("the end of the guide", |stand| stand.standing == "finished")?;
    let report = match report {
        Some(report) => report,
        None => unproved(&person.plan)?,
    };
    let entries = with_steps_passed_over(person, std::mem::take(&mut seen.borrow_mut().entries));
    Ok(Album { entries, report })
}

/// The end of a guide whose credential is proved elsewhere: the plan says what is not checked here, and where it is.
fn unproved(plan: &Plan) -> Result<ReportShown> {
    ensure!(!plan.steps.iter().any(|step| step.action == Action::Check), "the guide ended without a verdict");
    let verdict = "nothing is proved from here".to_owned();
    Ok(ReportShown { verdict, checks: Vec::new(), text: plan.requirements.not_checked.join("\n") })
}

/// Adds the steps that were not stopped at, because the page showed them done.
fn with_steps_passed_over(person: &Person, shown: Vec<Entry>) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut shown = shown.into_iter().peekable();
    for (at, step) in person.plan.steps.iter().enumerate() {
        match shown.next_if(|entry| entry.number() == at + 1) {
            Some(entry) => all.push(entry),
            None => all.push(Entry::Passed { number: at + 1, title: step.title.clone() }),
        }
    }
    all
}

/// Panel and portal as they show a step; nothing when the guide has moved on by itself meanwhile.
fn picture(person: &Person, step: &Step, number: usize, folder: &Path) -> Result<Option<Picture>> {
    let is_over = || person.panel.stand().map(|stand| stand.step != step.id);
    person.settled(step)?;
    let overlay = person.page.overlays()?.pop();
    let name = format!("{number:02}-{}", step.id.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    person.page.finish_overlay_motion()?;
    let (page, panel) = (format!("{name}.png"), format!("{name}-panel.png"));
    person.page.screenshot_to(&folder.join(&page))?;
    person.panel.page.screenshot_to(&folder.join(&panel))?;
    if is_over()? {
        fs::remove_file(folder.join(&page))?;
        fs::remove_file(folder.join(&panel))?;
        return Ok(None);
    }
    let words = overlay.map_or_else(|| step.text.clone(), |overlay| overlay.text);
    Ok(Some(Picture { number, title: step.title.clone(), words, page, panel }))
}

fn shot(page: &Page, folder: &Path, name: &str) -> Result<String> {
    let file = format!("{name}.png");
    page.screenshot_to(&folder.join(&file)).with_context(|| format!("the picture {file}"))?;
    Ok(file)
}

fn tell(report: &ReportShown, say: Say<'_>) {
    say("");
    for check in &report.checks {
        say(&format!("  {}", check.text.replace('\n', " ")));
    }
    for line in report.text.lines().filter(|_| report.checks.is_empty()) {
        say(&format!("  {line}"));
    }
}

/// Where the walkthrough goes.
#[must_use]
pub fn folder() -> PathBuf {
    dist::root().join("target/handrail/demo")
}
