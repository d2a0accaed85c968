//! A person who follows the overlay: reads the card, presses where the ring is, pastes what the copy button gave,
//! and can do it wrong on purpose.
//!
//! Before every press the practice portal is asked, in the page's own world that the extension cannot see, which
//! control is under the ring. A ring on another control than the step's is a failure.

use anyhow::{Context as _, Result, bail, ensure};
use handrail_guide::plan::{Action, Condition, Plan, Step};
use serde_json::{Value, json};

use crate::browser::{Browser, Frame, Overlay, Page};
use crate::panel::Panel;
use crate::wait::{LONG, SHORT, until};
use crate::world::World;

/// Looks on at every step before it is done: the demo takes its pictures here.
pub type Onlooker = Box<dyn FnMut(&Person, &Step, Option<&Overlay>) -> Result<()>>;

/// Somebody at a browser, with the practice portal in a tab and the panel beside it.
pub struct Person {
    /// The browser they sit at.
    pub browser: Browser,
    /// The portal's tab.
    pub page: Page,
    /// The side panel.
    pub panel: Panel,
    /// The guide they follow.
    pub plan: Plan,
    /// Name of its plan: the guide's id, or with mode and credential behind it.
    pub way: String,
    onlooker: Option<Onlooker>,
}

impl Person {
    /// Opens the portal in a fresh browser and the panel beside it; nothing is started yet.
    ///
    /// # Errors
    /// When the browser, the portal or the panel does not come up.
    pub fn sit_down(world: &World, guide: &str, url: &str) -> Result<Self> {
        Self::sit_down_at(world.browser()?, world, guide, url)
    }

    /// The same at a browser that is there already.
    ///
    /// # Errors
    /// As [`Person::sit_down`].
    pub fn sit_down_at(browser: Browser, world: &World, guide: &str, url: &str) -> Result<Self> {
        let plan = world.plans.get(guide).with_context(|| format!("no guide {guide}"))?.clone();
        let page = browser.open(url)?;
        browser.press_toolbar_button(&page)?;
        let panel = Panel { page: browser.panel()? };
        let person = Self { browser, page, panel, plan, way: guide.to_owned(), onlooker: None };
        person.panel.wait_for("the panel to show something", |s| !s.view.is_empty())?;
        Ok(person)
    }

    /// Lets somebody look on.
    pub fn looked_on_by(&mut self, onlooker: Onlooker) {
        self.onlooker = Some(onlooker);
    }

    /// Picks the guide, reads the sheet and starts.
    ///
    /// # Errors
    /// When the panel does not lead there.
    pub fn start(&self) -> Result<()> {
        let stand = self
            .panel
            .wait_for("the list of guides or a sheet", |s| s.view == "home" || s.view == "sheet")?;
        if stand.view == "home" {
            self.panel.press_selector(&format!("[data-act='offer'][data-guide='{}']", self.plan.guide))?;
        }
        self.panel.wait_for("the approval sheet", |s| s.view == "sheet")?;
        self.pick_way()?;
        self.panel.press("start")?;
        self.panel.wait_for("the first step", |s| s.view == "steps" && !s.step.is_empty())?;
        Ok(())
    }

    /// On the approval sheet: picks what the guide is to be walked for, and the credential.
    fn pick_way(&self) -> Result<()> {
        let chosen = format!("[data-act='start'][data-guide='{}']", self.way);
        if self.panel.shows(&chosen)? {
            return Ok(());
        }
        let mode = &self.plan.mode;
        self.panel.press_selector(&format!("[data-part='modes'] [data-mode='{mode}']"))?;
        let kind = self.plan.credential.as_ref().map(|c| c.kind.clone()).unwrap_or_default();
        until("the way to be picked", LONG, || {
            if self.panel.shows(&chosen)? {
                return Ok(Some(()));
            }
            let credential = format!("[data-part='credentials'] [data-credential='{kind}']");
            if self.panel.shows(&credential)? {
                self.panel.press_selector(&credential)?;
            }
            Ok(None)
        })
    }

    /// The step that is current now; none when the guide is finished.
    ///
    /// # Errors
    /// When the panel names a step the guide does not have.
    pub fn step(&self) -> Result<Option<Step>> {
        let stand = self.panel.stand()?;
        if stand.step.is_empty() || stand.standing == "finished" {
            return Ok(None);
        }
        Ok(Some(self.plan.step(&stand.step).with_context(|| format!("no step {}", stand.step))?.clone()))
    }

    /// Does step after step as told until this one is current.
    ///
    /// # Errors
    /// When a step cannot be done as told, or the guide ends before.
    pub fn walk_to(&mut self, id: &str) -> Result<()> {
        ensure!(self.plan.step(id).is_some(), "the guide has no step {id}: {:?}", self.step_ids());
        for _ in 0..self.plan.steps.len() * 2 {
            match self.step()? {
                Some(step) if step.id == id => return Ok(()),
                Some(step) => self.follow(&step)?,
                None => bail!("the guide ended before {id}"),
            }
        }
        bail!("going round in circles before {id}, at {:?}", self.panel.stand()?)
    }

    /// Does step after step as told until the step that runs the check.
    ///
    /// # Errors
    /// As [`Person::walk_to`].
    pub fn walk_to_check(&mut self) -> Result<()> {
        let check = self.plan.steps.iter().find(|s| s.action == Action::Check).context("no step checks")?;
        let id = check.id.clone();
        self.walk_to(&id)
    }

    /// Ids of all steps, for messages.
    #[must_use]
    pub fn step_ids(&self) -> Vec<&str> {
        self.plan.steps.iter().map(|s| s.id.as_str()).collect()
    }

    /// Does one step as the card says, and waits until the guide moves on.
    ///
    /// # Errors
    /// When the ring is on a wrong control, or the guide does not move on.
    pub fn follow(&mut self, step: &Step) -> Result<()> {
        self.act(step)?;
        self.moved_on(step)
    }

    /// Does one step as the card says.
    ///
    /// # Errors
    /// When the ring is on a wrong control, or what the step needs is not there.
    pub fn act(&mut self, step: &Step) -> Result<()> {
        self.act_on(step).with_context(|| format!("step {} ({})", step.id, step.title))
    }

    /// Waits until a step is no longer the current one.
    ///
    /// # Errors
    /// When it stays; says what card and panel show.
    pub fn moved_on(&self, step: &Step) -> Result<()> {
        let gone = until(&format!("step {} to be over", step.id), LONG, || {
            let stand = self.panel.stand()?;
            Ok((stand.step != step.id || stand.standing == "finished").then_some(()))
        });
        gone.with_context(|| self.scene())
    }

    /// What card and panel show, for messages.
    #[must_use]
    pub fn scene(&self) -> String {
        let card = match self.page.overlays() {
            Ok(all) => all
                .iter()
                .map(|o| format!("[{} {}] {}", o.count, o.tone, o.words()))
                .collect::<Vec<_>>()
                .join(" | "),
            Err(error) => error.to_string(),
        };
        let panel = self.panel.part("card").unwrap_or_default();
        format!("card: {card}\npanel: {:?} {panel}", self.panel.stand().ok())
    }

    /// The hand that looks at no card.
    #[must_use]
    pub fn hand(&self) -> Hand<'_> {
        Hand { page: &self.page }
    }

    fn act_on(&mut self, step: &Step) -> Result<()> {
        match step.action {
            Action::Open => self.open(step),
            Action::Press | Action::Tick => {
                let _file = self.bring_file(step)?;
                self.press_ring(step)
            }
            Action::Choose => self.choose(step),
            Action::Type if step.copy.is_none() => self.type_own(step),
            Action::Type => self.paste_into_ring(step),
            Action::Read => self.read(step),
            Action::Check => self.check(step),
            Action::Confirm
            | Action::Decide
            | Action::Wait
            | Action::Outside
            | Action::Prove
            | Action::HandOver => {
                self.look(step, None)?;
                self.say_so(step)
            }
        }
    }

    pub(crate) fn look(&mut self, step: &Step, overlay: Option<&Overlay>) -> Result<()> {
        let Some(mut onlooker) = self.onlooker.take() else { return Ok(()) };
        let seen = onlooker(self, step, overlay);
        self.onlooker = Some(onlooker);
        seen
    }

    /// Waits until a step is on the screen: ring or card in the page, or in the panel alone.
    ///
    /// # Errors
    /// When it does not come.
    pub fn settled(&self, step: &Step) -> Result<()> {
        let number = self.plan.position(&step.id).map_or(0, |n| n + 1);
        until(&format!("{} to be shown", step.id), LONG, || {
            let stand = self.panel.stand()?;
            let shown = stand.step != step.id
                || stand.pointing == "here"
                || self.page.overlay()?.is_some_and(|o| leads(&o.count, number));
            Ok(shown.then_some(()))
        })
    }

    /// The ring of a step, on the control the step means; none when the guide moved on meanwhile.
    ///
    /// # Errors
    /// When no ring comes, or it is on a wrong control.
    pub fn ring(&self, step: &Step) -> Result<Option<Overlay>> {
        let number = self.plan.position(&step.id).map_or(0, |n| n + 1);
        let mut opened = false;
        let found = until(&format!("the ring of {}", step.id), LONG, || {
            let stand = self.panel.stand()?;
            if stand.step != step.id {
                return Ok(Some(None));
            }
            if stand.pointing == "words" && self.panel.shows("[data-act='open-page']")? && !opened {
                // The panel says where the control is and offers to go there.
                opened = true;
                self.panel.press("open-page")?;
            }
            let Some(overlay) = self.page.overlay()?.filter(|o| leads(&o.count, number)) else {
                return Ok(None);
            };
            if overlay.ring.is_none() && overlay.tone == "wrong" && overlay.button("back").is_some() {
                // The card says that this went wrong and offers the way back; a person takes it.
                self.page.press_card(&overlay, "back")?;
                return Ok(Some(None));
            }
            Ok(overlay.ring.is_some().then_some(Some(overlay)))
        });
        let Some(overlay) = found.with_context(|| self.scene())? else { return Ok(None) };
        let target = step.target.as_deref().unwrap_or_default();
        let truth = until("the portal's own name of the ringed control", SHORT, || {
            let now = self.page.overlay()?.filter(|o| o.ring.is_some());
            let truth = self.page.truth_under_ring(&now.unwrap_or_else(|| overlay.clone()))?;
            // The guide may move on by itself while it is looked at; then this ring is no longer the step's.
            let over = || self.panel.stand().map(|stand| stand.step != step.id);
            Ok(if truth.is_some_and(|t| same_control(&t, target)) || over()? { Some(()) } else { None })
        });
        if truth.is_ok() && self.panel.stand()?.step != step.id {
            return Ok(None);
        }
        if truth.is_err() {
            let truth = self.page.truth_under_ring(&overlay)?;
            bail!("the ring is on {truth:?}, but the step means {target}; {}", self.scene());
        }
        let still = self.still(step)?;
        if still.is_none() && self.panel.stand()?.step != step.id {
            return Ok(None);
        }
        Ok(Some(still.unwrap_or(overlay)))
    }

    /// The ring once it has stopped moving: what is ringed is scrolled into view, and a person presses after that. `None`
    /// where there is none any more, or the run has gone on by itself: what the step asks for was there already.
    fn still(&self, step: &Step) -> Result<Option<Overlay>> {
        let (mut last, mut same) = (None, 0);
        until(&format!("the ring of {} to stand still", step.id), SHORT, || {
            let now = self.page.overlay()?.filter(|o| o.ring.is_some());
            let place = now.as_ref().and_then(|o| o.ring);
            // A list that is scrolled under it carries the control away before the ring follows.
            let on_it = match (&now, &step.target) {
                (Some(o), Some(target)) => {
                    self.page.truth_under_ring(o)?.is_some_and(|t| same_control(&t, target))
                }
                _ => true,
            };
            if !on_it && self.panel.stand()?.step != step.id {
                return Ok(Some(None));
            }
            same = if place == last && on_it { same + 1 } else { 0 };
            last = place;
            Ok((same >= 2).then_some(now))
        })
    }

    fn press_ring(&mut self, step: &Step) -> Result<()> {
        let Some(overlay) = self.ring(step)? else { return Ok(()) };
        self.look(step, Some(&overlay))?;
        self.page.press_ring(&overlay)
    }

    fn open(&mut self, step: &Step) -> Result<()> {
        if step.target.is_some() && self.panel.stand()?.pointing == "ring" {
            return self.press_ring(step);
        }
        self.look(step, None)?;
        // The page may be recognised at the very moment the button is reached for.
        match self.panel.press("open-page") {
            Err(_) if self.panel.stand()?.step != step.id => Ok(()),
            pressed => pressed,
        }
    }

    fn choose(&mut self, step: &Step) -> Result<()> {
        if confirms(&step.done) {
            // What is chosen already will do; the person says so.
            let overlay = self.ring(step)?;
            self.look(step, overlay.as_ref())?;
            return self.say_so(step);
        }
        self.press_ring(step)?;
        let Some(option) = step.copy.as_deref() else { return Ok(()) };
        if self.panel.stand()?.step != step.id {
            return Ok(());
        }
        self.pick_option(option)
    }

    /// Picks an option by its words from a list that is open, or from a native one that has the focus.
    ///
    /// # Errors
    /// When there is no such option.
    pub fn pick_option(&self, option: &str) -> Result<()> {
        let mut last = None;
        let (frame, place) = until(&format!("the option {option}, where nothing covers it"), SHORT, || {
            let before = last.take();
            for frame in self.page.frames()? {
                let place = self.page.evaluate_in(&frame, &format!("({OPTION})({})", json!(option)));
                let Ok(place) = place else { continue };
                if place["native"] == true {
                    return Ok(Some((frame, place)));
                }
                if point(&place).is_ok() {
                    // The card gives way to a list that opens, and the list comes into its place: a person waits for both.
                    let same = before.as_ref() == Some(&place);
                    last = Some(place.clone());
                    return Ok(same.then_some((frame, place)));
                }
            }
            Ok(None)
        })?;
        if place["native"] == true {
            return Ok(());
        }
        let (x, y) = point(&place)?;
        self.page.press_in(&frame, x, y)
    }

    /// Presses the card's copy button, presses the ringed field and pastes over what is in it.
    fn paste_into_ring(&mut self, step: &Step) -> Result<()> {
        let Some(overlay) = self.ring(step)? else { return Ok(()) };
        self.look(step, Some(&overlay))?;
        self.page.press_card(&overlay, "copy")?;
        let Some(overlay) = self.ring(step)? else { return Ok(()) };
        self.page.press_ring(&overlay)?;
        self.page.edit("selectAll")?;
        self.page.edit("paste")
    }

    /// A value to be read: the extension reads it from the page by itself, or the person presses the ringed copy
    /// button and pastes.
    fn read(&mut self, step: &Step) -> Result<()> {
        let overlay = if step.target.is_some() { self.ring(step)? } else { None };
        self.look(step, overlay.as_ref())?;
        let read = until("the value to be read from the page", SHORT, || {
            Ok((self.panel.stand()?.step != step.id).then_some(()))
        });
        if read.is_ok() {
            return Ok(());
        }
        let value = step.collects.first().context("a step that reads nothing")?;
        bail!("{value} was not read from the page; {}", self.scene())
    }

    pub(crate) fn say_so(&self, step: &Step) -> Result<()> {
        let number = self.plan.position(&step.id).map_or(0, |n| n + 1);
        let said = until("a button to say so", SHORT, || {
            if self.panel.stand()?.step != step.id {
                return Ok(Some(None));
            }
            let card = self.page.overlay()?.filter(|o| leads(&o.count, number) && o.button("done").is_some());
            if card.is_some() {
                return Ok(Some(card));
            }
            if self.panel.shows("[data-act='confirm']")? {
                return Ok(Some(None));
            }
            Ok(None)
        });
        let overlay = said.with_context(|| self.scene())?;
        if self.panel.stand()?.step != step.id {
            return Ok(());
        }
        match overlay {
            Some(overlay) => match self.page.press_card(&overlay, "done") {
                // The guide may go on by itself while the hand is on its way.
                Err(_) if self.panel.stand()?.step != step.id => Ok(()),
                pressed => pressed,
            },
            None => self.panel.press("confirm"),
        }
    }

    fn check(&mut self, step: &Step) -> Result<()> {
        self.look(step, None)?;
        self.press_check()
    }

    /// As [`Panel::press_check`].
    ///
    /// # Errors
    /// When the panel offers no check.
    pub fn press_check(&self) -> Result<()> {
        self.panel.press_check()
    }
}

/// A hand at the portal that looks at no card: for wrong turns, and for looks at what the portal says.
pub struct Hand<'a> {
    /// The portal's tab.
    pub page: &'a Page,
}

impl Hand<'_> {
    /// Where a control of the portal is, by the portal's own name of it.
    ///
    /// # Errors
    /// When it is not shown in time.
    pub fn find(&self, control: &str) -> Result<(Frame, Value)> {
        until(&format!("the portal's {control}"), LONG, || self.look_for(control))
    }

    /// Whether a control of the portal is shown now.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn sees(&self, control: &str) -> Result<bool> {
        Ok(self.look_for(control)?.is_some())
    }

    fn look_for(&self, control: &str) -> Result<Option<(Frame, Value)>> {
        for frame in self.page.frames()? {
            let place = self.page.evaluate_in(&frame, &format!("({CONTROL})({})", json!(control)));
            // The portal keeps hidden copies of its frames.
            if let Ok(place) = place
                && let Ok((x, y)) = point(&place)
                && self.page.is_in_front(&frame, x, y)?
            {
                return Ok(Some((frame, place)));
            }
        }
        Ok(None)
    }

    /// Presses a control of the portal whatever the card says.
    ///
    /// # Errors
    /// When it is not there, or our own card lies over it.
    pub fn press_control(&self, control: &str) -> Result<()> {
        self.find(control)?;
        // Once more: what has just appeared may still be moving, and the card gives way to it.
        let (frame, place) = until(&format!("the card to leave {control} free"), SHORT, || {
            Ok(Some(self.find(control)?).filter(|(_, place)| place["behind"] != true))
        })?;
        let (x, y) = point(&place)?;
        self.page.press_in(&frame, x, y)
    }

    /// Types over what a control of the portal holds.
    ///
    /// # Errors
    /// When it is not there.
    pub fn type_into(&self, control: &str, text: &str) -> Result<()> {
        self.press_control(control)?;
        self.page.edit("selectAll")?;
        self.page.type_text(text)
    }

    /// What a control of the portal says.
    ///
    /// # Errors
    /// When it is not there.
    pub fn text_of(&self, control: &str) -> Result<String> {
        Ok(self.find(control)?.1["text"].as_str().unwrap_or_default().to_owned())
    }
}

/// Whether a step is over when the admin says so.
pub(crate) fn confirms(done: &Condition) -> bool {
    match done {
        Condition::Confirmed => true,
        Condition::Any(any) => any.iter().any(confirms),
        _ => false,
    }
}

/// Whether a count such as `3 / 24` begins with this number.
fn leads(count: &str, number: usize) -> bool {
    count.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())
        == Some(number.to_string().as_str())
}

/// Whether the portal's name of a control is the one the step means; a placeholder stands for anything.
fn same_control(truth: &str, target: &str) -> bool {
    let same = |target: &str| match target.split_once('{') {
        Some((before, _)) => truth.starts_with(before),
        None => truth == target,
    };
    // A target may name several, any of which is meant: `app[one|other]`.
    match target.split_once('[').and_then(|(control, names)| Some((control, names.strip_suffix(']')?))) {
        Some((control, names)) => names.split('|').any(|name| same(&format!("{control}[{name}]"))),
        None => same(target),
    }
}

fn point(place: &Value) -> Result<(f64, f64)> {
    Ok((place["x"].as_f64().context("no place")?, place["y"].as_f64().context("no place")?))
}

/// Finds a shown control by the practice portal's own name.
const CONTROL: &str = "control => {
    const roots = [document];
    for (let n = 0; n < roots.length; n++) {
        for (const e of roots[n].querySelectorAll('*')) {
            if (e.shadowRoot) roots.push(e.shadowRoot);
            if (e.__truth !== control || !e.getClientRects().length || getComputedStyle(e).visibility !== 'visible') continue;
            const seen = r => r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth;
            if (!seen(e.getBoundingClientRect())) e.scrollIntoView({ block: 'center', behavior: 'instant' });
            const r = e.getBoundingClientRect();
            const x = r.x + r.width / 2, y = r.y + r.height / 2;
            return { x, y, behind: document.elementFromPoint(x, y)?.tagName === 'HAND-RAIL', text: e.value ?? (e.title || e.innerText.trim()) };
        }
    }
    return null;
}";

/// Finds a shown option by its words; chooses it at once where the list is the browser's own.
const OPTION: &str = "text => {
    const field = document.activeElement;
    if (field && field.tagName === 'SELECT') {
        const option = [...field.options].find(o => o.text.trim() === text);
        if (!option) return null;
        field.value = option.value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        return { native: true };
    }
    for (const e of document.querySelectorAll('[role=option], [role=treeitem], [role=menuitemradio], [role=menuitem]')) {
        if (e.innerText.trim() !== text || !e.getClientRects().length) continue;
        e.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const r = e.getBoundingClientRect();
        const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
        if (e.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    return null;
}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_leads_with_its_number() {
        assert!(leads("3 / 24", 3) && leads("Step 12 of 24", 12));
        assert!(!leads("13 / 24", 3) && !leads("", 1));
    }

    #[test]
    fn a_placeholder_stands_for_anything() {
        assert!(same_control("a.row[x]", "a.row[x]") && same_control("a.row[x]", "a.row[{name}]"));
        assert!(same_control("a.row[y]", "a.row[x|y]") && !same_control("a.row[z]", "a.row[x|y]"));
        assert!(!same_control("a.row[y]", "a.row[x]"));
    }
}
