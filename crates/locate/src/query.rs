//! The engine's face: queries, answers and the resident [`Engine`].

use js_sys::Function;
use web_sys::{Document, Element};

use crate::page::Page;
use crate::{checked, dom, find, name, order, read, role, text};

/// Ways to find an element; the same as the plan's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `data-telemetryname`, equal.
    Telemetry,
    /// `data-formelement`, equal to or beginning with the text.
    FormElement,
    /// Another attribute, named by `of`.
    Attribute,
    /// ARIA role and accessible name.
    Role,
    /// Form control with this label.
    Label,
    /// The element that shows the value beside this label.
    Field,
    /// Smallest element with this text.
    Text,
    /// The cell under the column headed `of`, in the row given as scope or in the row with this text.
    Cell,
    /// A CSS selector.
    Css,
}

impl By {
    /// From the plan's spelling, e.g. `form-element`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "telemetry" => Self::Telemetry,
            "form-element" => Self::FormElement,
            "attribute" => Self::Attribute,
            "role" => Self::Role,
            "label" => Self::Label,
            "field" => Self::Field,
            "text" => Self::Text,
            "cell" => Self::Cell,
            "css" => Self::Css,
            _ => return None,
        })
    }
}

/// How two texts are compared, white space normalised.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum How {
    /// Equal, letter case included.
    #[default]
    Exact,
    /// Starts with, letter case aside. Where the text has a `…`, it starts with what is before and ends with what is behind.
    Prefix,
    /// Contains, letter case aside.
    Contains,
}

impl How {
    /// From the plan's spelling.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "exact" => Self::Exact,
            "prefix" => Self::Prefix,
            "contains" => Self::Contains,
            _ => return None,
        })
    }

    /// Whether `actual` fits `wanted`; both normalised already.
    pub(crate) fn fits(self, actual: &str, wanted: &str) -> bool {
        match self {
            Self::Exact => actual == wanted,
            Self::Prefix => {
                let (actual, wanted) = (text::lower(actual), text::lower(wanted));
                let (start, end) = wanted.split_once('…').unwrap_or((&wanted, ""));
                actual.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
            }
            Self::Contains => text::contains_ignoring_case(actual, wanted),
        }
    }
}

/// A state with three values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// On.
    True,
    /// Off.
    False,
    /// In between.
    Mixed,
}

/// States a query may ask for; `None` asks nothing.
#[cfg(feature = "states")]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct States {
    /// `aria-checked` or a check box's state.
    pub checked: Option<Checked>,
    /// `aria-pressed`.
    pub pressed: Option<Checked>,
    /// `aria-selected` or an option's state.
    pub selected: Option<bool>,
    /// `aria-expanded` or an open `details`.
    pub expanded: Option<bool>,
    /// `aria-level` or the heading's rank.
    pub level: Option<u32>,
    /// Disabled by HTML or ARIA.
    pub disabled: Option<bool>,
}

/// One way to find an element.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    /// How.
    pub by: By,
    /// How texts are compared.
    pub how: How,
    /// Roles it may have, for [`By::Role`], separated by spaces; else empty.
    pub role: String,
    /// Attribute for [`By::Attribute`], column header for [`By::Cell`], selector of what it is inside of for [`By::Role`];
    /// else empty.
    pub of: String,
    /// Any of these texts. None at all: any text will do.
    pub texts: Vec<String>,
    /// States it must be in.
    #[cfg(feature = "states")]
    pub states: States,
}

impl Query {
    /// A query without role, column, place or states.
    #[must_use]
    pub fn new(by: By, how: How, texts: Vec<String>) -> Self {
        Self {
            by,
            how,
            role: String::new(),
            of: String::new(),
            texts,
            #[cfg(feature = "states")]
            states: States::default(),
        }
    }

    /// Whether a text, not yet normalised, is one of those wanted.
    pub(crate) fn fits(&self, actual: &str) -> bool {
        let actual = text::normalise(actual);
        self.texts.is_empty() || self.texts.iter().any(|t| self.how.fits(&actual, &text::normalise(t)))
    }
}

/// The honest answer to a query.
pub enum Found {
    /// Exactly one visible element.
    One(Element),
    /// None, visible or not.
    None,
    /// None visible; this one is there but hidden.
    Hidden(Element),
    /// More than one visible element: how many.
    Ambiguous(u32),
}

/// Finds elements in one document, and stays with it.
pub struct Engine {
    page: Page,
}

impl Engine {
    /// An engine for this document. A document without a window has no styles to ask: nothing in it is visible.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self { page: Page::new(document) }
    }

    /// Brings the index up to date in at most about `budget` milliseconds; answers whether it is. A caller that
    /// must not hold the page up calls this in slices until it is, and asks then.
    pub fn work(&mut self, budget: f64) -> bool {
        self.page.index.work(budget)
    }

    /// Tells at the first change after the engine was brought up to date, in the document or in an open shadow root. The
    /// engine must not be asked from inside.
    pub fn on_change(&mut self, tell: &Function) {
        self.page.index.on_change(tell);
    }

    /// The one visible match inside `scope` (or the document), or an honest answer.
    pub fn find(&mut self, query: &Query, scope: Option<&Element>) -> Found {
        self.page.settle();
        let mut shown = None;
        let mut hidden = None;
        let mut count = 0;
        for found in find::matches(&self.page, query, scope, true) {
            if !found.hidden && self.has_area(&found.element) {
                count += 1;
                shown.get_or_insert(found.element);
            } else {
                hidden.get_or_insert(found.element);
            }
        }
        match (count, shown, hidden) {
            (1, Some(el), _) => Found::One(el),
            (0, _, Some(el)) => Found::Hidden(el),
            (0, ..) => Found::None,
            (n, ..) => Found::Ambiguous(n),
        }
    }

    /// All matches inside `scope` (or the document): tree order, each shadow root after the tree it hangs in.
    pub fn find_all(&mut self, query: &Query, scope: Option<&Element>, include_hidden: bool) -> Vec<Element> {
        self.page.settle();
        let found = find::matches(&self.page, query, scope, include_hidden);
        let mut all = Vec::new();
        for found in found {
            if include_hidden || !found.hidden {
                all.push(found.element);
            }
        }
        order::sort(&mut all);
        all
    }

    /// The ARIA role: `generic` for what has none, `none` for what is presentational.
    pub fn role(&mut self, el: &Element) -> String {
        role::role_of(el).to_owned()
    }

    /// The accessible name; empty for what is hidden.
    pub fn name(&mut self, el: &Element) -> String {
        self.page.settle();
        name::name_of(&self.page, el)
    }

    /// Whether a person can see it: rendered, visible, with an area.
    pub fn visible(&mut self, el: &Element) -> bool {
        !self.page.eyes.unseen(el) && self.has_area(el)
    }

    fn has_area(&self, el: &Element) -> bool {
        takes_room(el)
            || matches!(dom::tag(el), "option" | "optgroup" | "area")
            || self.page.eyes.display(el) == "contents"
            // The wrapper of a dialog may have no room of its own: what is in it is fixed to the window.
            || (matches!(role::explicit(el), Some("dialog" | "alertdialog"))
                && dom::children(el).any(|inner| takes_room(&inner)))
    }

    /// The text a person would copy.
    pub fn read_text(&mut self, el: &Element) -> String {
        read::text_of(&self.page.eyes, el)
    }

    /// The value of a form control, or the text of what is chosen.
    pub fn read_value(&mut self, el: &Element) -> String {
        read::value_of(&self.page.eyes, el)
    }

    /// `true`, `false` or `mixed`; empty for what cannot be checked.
    pub fn read_checked(&mut self, el: &Element) -> String {
        checked::checked_word(el).to_owned()
    }
}

/// Whether it takes room on the page. Far to the left of it is where things are put that only screen readers are to find.
#[inline(never)]
fn takes_room(el: &Element) -> bool {
    let rect = el.get_bounding_client_rect();
    rect.width() * rect.height() > 0.0 && rect.x() > -5000.0
}

#[cfg(test)]
mod tests {
    use super::How;

    #[test]
    fn a_prefix_may_have_an_end_too() {
        let fits = |actual, wanted| How::Prefix.fits(actual, wanted);
        assert!(fits("Grant admin consent for Contoso", "grant admin consent for"));
        assert!(!fits("About Grant admin consent for Contoso", "Grant admin consent for"));
        assert!(fits("Contoso に管理者の同意を与えます", "…に管理者の同意を与えます"));
        assert!(!fits("Contoso に管理者の同意を与えます (プレビュー)", "…に管理者の同意を与えます"));
        assert!(fits("Consent for Contoso given", "Consent for … given"));
        assert!(!fits("Consent for Contoso", "Consent for … given"));
        assert!(!fits("aba", "ab…ba"), "what begins it is not what ends it");
    }
}
