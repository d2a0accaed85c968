//! The engine's face: queries, answers and the resident [`Engine`].

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

use crate::hidden::Eyes;
use crate::{dom, find, name, read, role, states, text};

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
    /// Starts with, letter case aside.
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
            Self::Prefix => text::lower(actual).starts_with(&text::lower(wanted)),
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
    /// Role, for [`By::Role`]; else empty.
    pub role: String,
    /// Attribute for [`By::Attribute`], column header for [`By::Cell`]; else empty.
    pub of: String,
    /// Any of these texts. None at all: any text will do.
    pub texts: Vec<String>,
    /// States it must be in.
    pub states: States,
}

impl Query {
    /// A query without role, column or states.
    #[must_use]
    pub fn new(by: By, how: How, texts: Vec<String>) -> Self {
        Self { by, how, role: String::new(), of: String::new(), texts, states: States::default() }
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
    pub(crate) document: Document,
    pub(crate) eyes: Eyes,
}

impl Engine {
    /// An engine for this document. A document without a window has no styles to ask: nothing in it is visible.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self { document: document.clone(), eyes: Eyes::new(document.default_view()) }
    }

    /// The one visible match inside `scope` (or the document), or an honest answer.
    pub fn find(&mut self, query: &Query, scope: Option<&Element>) -> Found {
        let all = find::candidates(self, query, scope, true);
        let mut shown = None;
        let mut count = 0;
        for el in &all {
            if self.visible(el) && (query.by != By::Role || !self.eyes.hidden(el)) {
                count += 1;
                shown.get_or_insert_with(|| el.clone());
            }
        }
        match (count, shown, all.into_iter().next()) {
            (1, Some(el), _) => Found::One(el),
            (0, _, Some(el)) => Found::Hidden(el),
            (0, _, None) => Found::None,
            (n, ..) => Found::Ambiguous(n),
        }
    }

    /// All matches inside `scope` (or the document): tree order, each shadow root after the tree it hangs in.
    pub fn find_all(&mut self, query: &Query, scope: Option<&Element>, include_hidden: bool) -> Vec<Element> {
        let mut all = find::candidates(self, query, scope, include_hidden);
        if !include_hidden {
            all.retain(|el| !self.eyes.hidden(el));
        }
        all
    }

    /// The ARIA role: `generic` for what has none, `none` for what is presentational.
    pub fn role(&mut self, el: &Element) -> String {
        role::role_of(el).to_owned()
    }

    /// The accessible name; empty for what is hidden.
    pub fn name(&mut self, el: &Element) -> String {
        name::name_of(&self.eyes, el, false)
    }

    /// Whether a person can see it: rendered, visible, with an area.
    pub fn visible(&mut self, el: &Element) -> bool {
        if self.eyes.unseen(el) {
            return false;
        }
        let rect = el.get_bounding_client_rect();
        rect.width() > 0.0 && rect.height() > 0.0
            || matches!(dom::tag(el).as_str(), "option" | "optgroup" | "area")
            || self.eyes.computed(el, "display") == "contents"
    }

    /// The text a person would copy.
    pub fn read_text(&mut self, el: &Element) -> String {
        read::text_of(&self.eyes, el)
    }

    /// The value of a form control, or the text of what is chosen.
    pub fn read_value(&mut self, el: &Element) -> String {
        read::value_of(&self.eyes, el)
    }

    /// `true`, `false` or `mixed`; empty for what cannot be checked.
    pub fn read_checked(&mut self, el: &Element) -> String {
        states::checked_word(el).to_owned()
    }

    /// Takes note of what changed. The records are those of a `MutationObserver` on the document.
    pub fn on_mutations(&mut self, _records: &Array) {}

    /// The document and every open shadow root in it, or the scope and those below it.
    pub(crate) fn roots(&self, scope: Option<&Element>) -> Vec<Node> {
        let top: Node = scope.map_or_else(|| self.document.clone().unchecked_into(), |s| s.clone().into());
        let mut roots = Vec::new();
        if let Some(own) = scope.and_then(Element::shadow_root) {
            push_roots(&own.into(), &mut roots);
        }
        push_roots(&top, &mut roots);
        roots
    }
}

fn push_roots(root: &Node, roots: &mut Vec<Node>) {
    roots.push(root.clone());
    for el in dom::select(root, "*") {
        if let Some(shadow) = el.shadow_root() {
            push_roots(&shadow.into(), roots);
        }
    }
}
