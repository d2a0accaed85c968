//! Whether a control that was found by its words is the one that is meant: words alone are not enough.
//!
//! Portals say "Add" and "Name" in many places, call-outs borrow the words of what they praise, and a page that is still
//! loading has none of its own controls yet. So something else has to say that the control's page is shown: the tab's
//! address, or the page's heading. A question in a page is vouched for by its own words.

use handrail_guide::plan::{Control, Locator, Page};
use handrail_messages::panel::Pointing;

use crate::frames::Sighting;
use crate::index::{Index, page_of};
use crate::walk::Walk;
use crate::{portals, values};

/// The control of a page that is its heading.
pub(crate) const HEADING: &str = "heading";
/// The page around every page: always there.
const SHELL: &str = "shell";

impl Walk {
    /// How a control stands, taken for found only where something vouches for it.
    pub(crate) fn sure(&self, control: &str) -> Sighting {
        match self.at_home(control) {
            Sighting::Once { port, ref text, locator }
                if !self.may_show(control, text)
                    || !self.is_at_home(control, port)
                    || !self.is_in_place(control, port, locator) =>
            {
                Sighting::Nowhere
            }
            found @ (Sighting::Once { .. } | Sighting::Several) if self.is_vouched(control) => found,
            Sighting::Once { .. } | Sighting::Several => Sighting::Nowhere,
            other => other,
        }
    }

    /// The same; when it is late, one out of its place is taken for it too.
    pub(crate) fn sure_by_now(&mut self, control: &str, late: bool) -> Sighting {
        self.resigned = false;
        let found = self.sure(control);
        if found != Sighting::Nowhere || !late {
            return found;
        }
        self.resigned = true;
        self.sure(control)
    }

    /// How a control stands; where several frames have it, in the only one that is its own.
    fn at_home(&self, control: &str) -> Sighting {
        let number = Index::new(&self.plan).control(control);
        let own = |number| self.frames.look_in(number, &|port| self.is_at_home(control, port));
        match (self.sighting(control), number.map(own)) {
            (Sighting::Several, Some(once @ Sighting::Once { .. })) => once,
            (found, _) => found,
        }
    }

    /// What opens the menu the current step's control is folded into, and its frame: where the control itself is nowhere
    /// on its page, and that is.
    pub(crate) fn folded(&self) -> Option<(&str, u32)> {
        let target = self.step().and_then(|(_, step)| step.target.as_deref())?;
        let opener = self.plan.control(target)?.folded_in.as_deref()?;
        if !matches!(self.sure(target), Sighting::Nowhere | Sighting::Hidden) || !self.is_vouched(target) {
            return None;
        }
        match self.sure(opener) {
            Sighting::Once { port, .. } if self.is_at_home(target, port) => Some((opener, port)),
            _ => None,
        }
    }

    /// Whether the ring is on what opens that menu.
    pub(crate) fn is_folded(&self) -> bool {
        self.pointing == Pointing::Ring && self.folded().is_some()
    }

    /// What shows no ID is not the control that shows an ID.
    fn may_show(&self, control: &str, text: &str) -> bool {
        let mut values = self.plan.values.iter().filter(|v| v.control.as_deref() == Some(control));
        values.all(|value| value.kind.is_secret() || values::may_show(value.kind, text))
    }

    /// Found in its place, such as among the commands above a page, or by words that no narrower place has too. What has a
    /// place is taken outside of it only after a wait, as that may look different by now, and never where it may be folded
    /// away.
    fn is_in_place(&self, control: &str, port: u32, locator: Option<u32>) -> bool {
        let Some(part) = self.plan.control(control) else {
            return false;
        };
        let way = locator.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
        if part.locators.get(way).is_some_and(Locator::has_place) {
            return true;
        }
        let index = Index::new(&self.plan);
        let opener = part.folded_in.as_deref().and_then(|id| index.control(id));
        let may_be_folded = opener.is_some_and(|opener| self.frames.has(port, opener));
        let is_outside = part.locators.iter().take(way).any(Locator::has_place);
        !self.is_rival(control, port) && (!is_outside || (self.resigned && !may_be_folded))
    }

    /// A page's controls are in one frame, so one that is far from all others is a look-alike, and so is one around the
    /// frame that shows the page. A question may be in another frame than its page, and a heading is.
    fn is_at_home(&self, control: &str, port: u32) -> bool {
        let Some(part) = self.plan.control(control).filter(|c| c.beside.is_none()) else {
            return true;
        };
        let Some(page) = self.plan.page(page_of(control)).filter(|p| p.id != SHELL) else {
            return true;
        };
        let heading = heading(page).map(|h| &h.id);
        if heading == Some(&part.id) {
            return true;
        }
        let index = Index::new(&self.plan);
        let region = part.region.as_deref().and_then(|id| index.control(id));
        // What is called like it in another frame than its pane is a look-alike too.
        if region.is_some_and(|region| self.frames.is_only_elsewhere(port, region)) {
            return false;
        }
        // Menus and panes are places of their own, around the frame or in it.
        let is_around = part.region.is_none() && self.frames.top().is_some_and(|(top, _)| top == port);
        let controls = page.controls.iter().filter(|c| Some(&c.id) != heading && c.beside.is_none());
        let numbers: Vec<u32> = controls.filter_map(|c| index.control(&c.id)).collect();
        self.frames.has_most(port, &numbers) && !(is_around && self.frames.is_framed())
    }

    /// Found everywhere by words that say the same as those of a control found in its own place: it is that one.
    fn is_rival(&self, control: &str, port: u32) -> bool {
        let Some(control) = self.plan.control(control) else {
            return false;
        };
        let lang = self.frames.all().find(|(p, _)| *p == port).map(|(_, frame)| frame.lang.as_str());
        let mut rivals = Index::new(&self.plan).rivals(control, lang);
        rivals.any(|rival| matches!(self.sure(&rival.id), Sighting::Once { port: at, .. } if at == port))
    }

    fn is_vouched(&self, control: &str) -> bool {
        let beside = self.plan.control(control).and_then(|c| c.beside.as_deref());
        beside.is_none_or(|other| self.is_seen(other)) && self.is_on_its_page(control)
    }

    fn is_seen(&self, control: &str) -> bool {
        matches!(self.sighting(control), Sighting::Once { .. } | Sighting::Several)
    }

    fn is_on_its_page(&self, control: &str) -> bool {
        let Some(page) = self.plan.page(page_of(control)).filter(|p| p.id != SHELL) else {
            return true;
        };
        let heading = heading(page);
        let views: Vec<_> = page.routes.iter().filter_map(|r| portals::view_of(&r.path)).collect();
        // A page about which nothing is known but its controls is taken at their word.
        if heading.is_none() && views.is_empty() {
            return true;
        }
        let here = portals::view_of(&self.address);
        here.is_some_and(|here| views.iter().any(|view| view.shows(&here)))
            || heading.is_some_and(|h| h.id != control && self.is_seen(&h.id))
    }
}

/// The heading of a page, if the page has one.
pub(crate) fn heading(page: &Page) -> Option<&Control> {
    page.controls
        .iter()
        .find(|c| c.id.strip_prefix(&page.id).is_some_and(|rest| rest.strip_prefix('.') == Some(HEADING)))
}
