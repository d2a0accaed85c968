//! Real input: the browser routes these events as it routes a person's, through hit testing and focus.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::page::{Frame, Page};
use super::tab::Mouse;
use crate::wait::{SHORT, until};

/// How many moves a drag is made of.
const STEPS: u32 = 8;

impl Page {
    /// Moves the mouse to a point of a frame, and presses and lets go once it has arrived there.
    ///
    /// Until a frame of another site was drawn once, the browser's hit testing does not know it; a person presses
    /// what they see, so the press waits until the pointer is felt in the frame.
    ///
    /// # Errors
    /// When the frame is gone or something else is in front of it there.
    pub fn press_in(&self, frame: &Frame, x: f64, y: f64) -> Result<()> {
        let (x, y) = self.point_at(frame, x, y)?;
        self.press_here(x, y)
    }

    /// Moves the mouse to a point of a frame and waits until it is felt there; answers the same point in the top
    /// viewport.
    ///
    /// # Errors
    /// As [`Page::press_in`].
    pub fn point_at(&self, frame: &Frame, x: f64, y: f64) -> Result<(f64, f64)> {
        let (left, top) = self.offset(frame)?;
        let (x, y) = (left + x, top + y);
        let mut nudge = 1.0;
        until("the mouse to be felt in the frame", SHORT, || {
            nudge = 1.0 - nudge;
            self.tab.mouse(Mouse::Move, x + nudge, y)?;
            let felt = self.evaluate_in(frame, "document.querySelector(':hover') !== null")?;
            Ok((felt == Value::Bool(true) && nudge == 0.0).then_some(()))
        })?;
        Ok((x, y))
    }

    /// Presses and lets go at a point of the top viewport, where the mouse already is.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn press_here(&self, x: f64, y: f64) -> Result<()> {
        self.tab.mouse(Mouse::Press, x, y)?;
        self.tab.mouse(Mouse::Release, x, y)
    }

    /// Presses at a point of a frame, moves the mouse by so much in small steps, and lets go.
    ///
    /// # Errors
    /// As [`Page::press_in`].
    pub fn drag(&self, frame: &Frame, (x, y): (f64, f64), (right, down): (f64, f64)) -> Result<()> {
        let (x, y) = self.point_at(frame, x, y)?;
        self.tab.mouse(Mouse::Press, x, y)?;
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            self.tab.mouse(Mouse::Drag, x + right * part, y + down * part)?;
        }
        self.tab.mouse(Mouse::Release, x + right, y + down)
    }

    /// Presses the middle of the first shown element with this selector in a frame, as soon as it is there, still
    /// and in front.
    ///
    /// # Errors
    /// When it is not in time; says why.
    pub fn press(&self, frame: &Frame, selector: &str) -> Result<()> {
        let look = format!("({MIDDLE})({})", json!(selector));
        let notice = format!("({NOTICE})({})", json!(selector));
        let mut last = (f64::NAN, f64::NAN);
        until(&format!("{selector} to be pressed"), SHORT, || {
            let at = self.evaluate_in(frame, &look)?;
            let x = at["x"].as_f64().with_context(|| format!("it is {}", at["why"]))?;
            let now = (x, at["y"].as_f64().context("no place")?);
            let still = std::mem::replace(&mut last, now) == now;
            if !still {
                return Ok(None);
            }
            self.evaluate_in(frame, &notice)?;
            self.press_in(frame, now.0, now.1)?;
            // A page that is gone was left by this press. One that moved under it was not pressed there; a person sees
            // that and presses again.
            let missed = self.evaluate_in(frame, "globalThis.__missed === true").is_ok_and(|v| v == true);
            Ok((!missed).then_some(()))
        })
    }

    /// Presses the middle of the first shown element with this selector in the top frame.
    ///
    /// # Errors
    /// As [`Page::press`].
    pub fn press_top(&self, selector: &str) -> Result<()> {
        self.press(&self.top()?, selector)
    }

    /// Types a text into what has the focus, as if from a keyboard's input method.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.tab.type_text(text)
    }

    /// Presses a named key, e.g. `Enter`, `Tab`, `Escape`, `Backspace`.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn key(&self, key: &str) -> Result<()> {
        self.tab.key(key)
    }

    /// An editing command of the browser, as its keyboard shortcut gives it: `selectAll`, `paste`, `copy`, `cut`.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn edit(&self, command: &str) -> Result<()> {
        self.tab.edit(command)
    }
}

/// Notices where the next press goes: `__missed` becomes true when it is beside the element, on nothing that acts.
const NOTICE: &str = "selector => {
    globalThis.__missed = false;
    addEventListener('pointerdown', event => {
        const [target] = event.composedPath();
        const on = what => target instanceof Element && target.closest(what);
        globalThis.__missed = !on(selector) && !on('button, a, input, select, textarea, summary, label, [role]');
    }, { capture: true, once: true });
}";

/// The middle of the first shown element with a selector, brought into view first as a person would scroll to it.
const MIDDLE: &str = "selector => {
    const all = [...document.querySelectorAll(selector)];
    const element = all.find(e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible');
    if (!element) return { why: all.length ? 'there, but not shown' : 'not there' };
    const seen = r => r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth;
    if (!seen(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const r = element.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
    const front = document.elementFromPoint(x, y);
    if (!front || !(element.contains(front) || front.contains(element) || front.shadowRoot)) {
        return { why: 'behind ' + (front ? front.tagName + '.' + front.className : 'the edge') };
    }
    return { x, y };
}";
