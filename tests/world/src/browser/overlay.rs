//! What Handrail's overlay shows, read through its closed shadow root as a person would see it.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::page::{Frame, Page};
use crate::wait::{LONG, SHORT, until};

/// The overlay's host element.
const HOST: &str = "hand-rail";

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The point in the middle.
    #[must_use]
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// A button on the card.
#[derive(Clone, Debug, Deserialize)]
pub struct Button {
    /// What it does: `copy`, `next`, `done`, …
    pub act: String,
    /// Its words.
    pub text: String,
    /// Where it is, in its frame's viewport.
    pub rect: Rect,
}

/// What the overlay of one frame shows.
#[derive(Clone, Debug, Deserialize)]
pub struct Overlay {
    /// The frame's ring, in its viewport.
    pub ring: Option<Rect>,
    /// The card, in its frame's viewport.
    pub card: Option<Rect>,
    /// `normal`, `wrong`, `warn` or `done`.
    pub tone: String,
    /// Where in the list, e.g. `3 / 24`.
    pub count: String,
    /// Title of the step.
    pub title: String,
    /// Words of the step.
    pub text: String,
    /// The note below.
    pub note: String,
    /// Buttons that are shown.
    pub buttons: Vec<Button>,
    /// The frame it is in.
    #[serde(skip)]
    pub frame: Option<Frame>,
}

impl Overlay {
    /// The button that does this.
    #[must_use]
    pub fn button(&self, act: &str) -> Option<&Button> {
        self.buttons.iter().find(|b| b.act == act)
    }

    /// All words on the card.
    #[must_use]
    pub fn words(&self) -> String {
        [&self.title, &self.text, &self.note].map(String::as_str).join("\n")
    }
}

impl Page {
    /// What every frame's overlay shows; frames without a ring and without a card are left out.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn overlays(&self) -> Result<Vec<Overlay>> {
        let mut shown = Vec::new();
        for frame in self.frames()? {
            // A frame that navigates away between the listing and the look shows nothing.
            let Ok(Some(mut overlay)) = self.overlay_of(&frame) else { continue };
            if overlay.ring.is_some() || overlay.card.is_some() {
                overlay.frame = Some(frame);
                shown.push(overlay);
            }
        }
        Ok(shown)
    }

    /// The one overlay that shows something, or none.
    ///
    /// # Errors
    /// When several frames show one at the same time.
    pub fn overlay(&self) -> Result<Option<Overlay>> {
        let mut all = self.overlays()?;
        anyhow::ensure!(all.len() < 2, "two frames show an overlay at the same time: {all:?}");
        Ok(all.pop())
    }

    /// Waits for an overlay that satisfies `wanted`.
    ///
    /// # Errors
    /// When none does in time; says what is shown instead.
    pub fn wait_for_overlay(&self, what: &str, wanted: impl Fn(&Overlay) -> bool) -> Result<Overlay> {
        let mut last = None;
        let found = until(what, LONG, || {
            let now = self.overlay()?;
            last.clone_from(&now);
            Ok(now.filter(|overlay| wanted(overlay)))
        });
        found.with_context(|| match &last {
            Some(o) => format!("the card says: {} [{}] {} {}", o.count, o.tone, o.title, o.text),
            None => "no overlay is shown".to_owned(),
        })
    }

    /// Reads one frame's overlay through its closed root.
    fn overlay_of(&self, frame: &Frame) -> Result<Option<Overlay>> {
        let Some(read) = self.tab.in_closed_root(frame, HOST, READ)? else { return Ok(None) };
        Ok(Some(serde_json::from_value(read).context("the overlay's parts")?))
    }

    /// The overlay's markup and style sheet, to be looked at where its root is open.
    ///
    /// # Errors
    /// When there is none.
    pub fn card_markup(&self) -> Result<(String, String)> {
        let markup = "function () { return [this.innerHTML,
            this.adoptedStyleSheets.flatMap(s => [...s.cssRules]).map(r => r.cssText).join('\\n')]; }";
        for frame in self.frames()? {
            if let Some(found) = self.tab.in_closed_root(&frame, HOST, markup)? {
                return Ok(serde_json::from_value(found)?);
            }
        }
        anyhow::bail!("no overlay is shown")
    }

    /// Calls a function on the closed root of the first frame that has an overlay; `this` is the root.
    ///
    /// # Errors
    /// When there is no overlay.
    pub fn in_overlay(&self, function: &str) -> Result<serde_json::Value> {
        for frame in self.frames()? {
            if let Some(answer) = self.tab.in_closed_root(&frame, HOST, function)? {
                return Ok(answer);
            }
        }
        anyhow::bail!("no overlay is there")
    }

    /// Brings what moves on the overlay to its end, so that a picture shows it as it stays.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn finish_overlay_motion(&self) -> Result<()> {
        for frame in self.frames()? {
            // A frame without an overlay, or one that goes away, has nothing that moves.
            drop(self.tab.in_closed_root(&frame, HOST, FINISH));
        }
        Ok(())
    }

    /// Presses a button of the card with the real mouse. The card gives way to what the page draws; a person presses when
    /// it stands still.
    ///
    /// # Errors
    /// When the card has no such button, or does not come to rest.
    pub fn press_card(&self, overlay: &Overlay, act: &str) -> Result<()> {
        overlay.button(act).with_context(|| format!("the card has no {act} button: {overlay:?}"))?;
        let frame = overlay.frame.as_ref().context("an overlay without a frame")?;
        let (mut last, mut same) = (None, 0);
        let place = until(&format!("the card's {act} button to stand still"), SHORT, || {
            let place = self.overlay_of(frame)?.and_then(|o| o.button(act).map(|b| b.rect));
            same = if place == last { same + 1 } else { 0 };
            last = place;
            Ok(place.filter(|_| same >= 2))
        })?;
        let (x, y) = place.middle();
        self.press_in(frame, x, y)
    }

    /// What is under the middle of the ring: the control's name in the practice portal's own world, and whether
    /// it is on the way of a press.
    ///
    /// # Errors
    /// When there is no ring.
    pub fn truth_under_ring(&self, overlay: &Overlay) -> Result<Option<String>> {
        let ring = overlay.ring.context("there is no ring")?;
        let frame = overlay.frame.as_ref().context("an overlay without a frame")?;
        let (x, y) = ring.middle();
        let found = self.evaluate_in(frame, &format!("({TRUTH})({x}, {y})"))?;
        Ok(found.as_str().map(str::to_owned))
    }

    /// Starts noting, in every frame with an overlay, when its ring is put where.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn record_rings(&self) -> Result<()> {
        for frame in self.frames()? {
            // A frame without an overlay, or one that goes away, has no ring to note.
            drop(self.tab.in_closed_root(&frame, HOST, RECORD));
        }
        Ok(())
    }

    /// When the ring of this overlay was first put where it is now: milliseconds since 1970, if it was noted.
    ///
    /// # Errors
    /// When the frame is gone.
    pub fn ring_drawn(&self, overlay: &Overlay) -> Result<Option<f64>> {
        let frame = overlay.frame.as_ref().context("an overlay without a frame")?;
        Ok(self.tab.in_closed_root(frame, HOST, DRAWN)?.and_then(|at| at.as_f64()))
    }

    /// Presses where the ring is.
    ///
    /// # Errors
    /// When there is no ring.
    pub fn press_ring(&self, overlay: &Overlay) -> Result<()> {
        let ring = overlay.ring.context("there is no ring")?;
        let frame = overlay.frame.as_ref().context("an overlay without a frame")?;
        let (x, y) = ring.middle();
        self.press_in(frame, x, y)
    }
}

/// Reads the overlay's parts; `this` is the closed root.
const READ: &str = "function () {
    // What is folded away has its rectangles, but is not visible.
    const shown = e => e && e.checkVisibility() && e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible'
        && getComputedStyle(e).opacity !== '0';
    const rect = e => { const r = e.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height }; };
    const part = s => { const e = this.querySelector(s); return shown(e) ? e : null; };
    const words = s => { const e = part(s); return e ? e.innerText.trim() : ''; };
    const ring = part('.ring'), card = part('.card');
    return {
        ring: ring ? rect(ring) : null,
        card: card ? rect(card) : null,
        tone: card ? card.dataset.tone || 'normal' : '',
        count: words('.count'), title: words('.title'), text: words('.text'), note: words('.note'),
        buttons: [...this.querySelectorAll('button[data-act]')].filter(shown)
            .map(b => ({ act: b.dataset.act, text: b.innerText.trim(), rect: rect(b) })),
    };
}";

/// Ends every animation, and waits until that is drawn; `this` is the closed root.
const FINISH: &str = "function () {
    for (const motion of this.getAnimations()) motion.finish();
    return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))));
}";

/// Notes every change of the ring; `this` is the closed root.
const RECORD: &str = "function () {
    const ring = this.querySelector('.ring');
    if (!ring || this.__rings) return;
    const now = () => performance.timeOrigin + performance.now();
    const place = () => { const r = ring.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].map(Math.round).join(); };
    const rings = this.__rings = [[now(), place()]];
    new MutationObserver(() => rings.push([now(), place()])).observe(ring, { attributes: true });
}";

/// When the ring first came to where it is; `this` is the closed root.
const DRAWN: &str = "function () {
    const ring = this.querySelector('.ring'), rings = this.__rings;
    if (!ring || !rings) return null;
    const r = ring.getBoundingClientRect(), place = [r.x, r.y, r.width, r.height].map(Math.round).join();
    let first = null;
    for (const [time, at] of rings) {
        if (at !== place) first = null; else first ??= time;
    }
    return first;
}";

/// The practice portal's own name of the control at a point, open shadow roots included.
const TRUTH: &str = "(x, y) => {
    let element = document.elementFromPoint(x, y);
    while (element && element.shadowRoot) {
        const inner = element.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === element) break;
        element = inner;
    }
    for (let e = element; e; e = e.parentElement || e.getRootNode().host) {
        // A press on a label is a press on its control.
        const named = e.__truth || (e.localName === 'label' && e.control && e.control.__truth);
        if (named) return named;
    }
    return null;
}";
