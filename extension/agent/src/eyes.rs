//! What of the watched controls is on the page: looked for in slices, reported when it changed.

use handrail_locate::{Engine, Found};
use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use crate::order::{Reading, Spec, Watch};

/// Longest stretch of looking in one task, in milliseconds. A task of ours stays under 8.
const SLICE: f64 = 4.0;

/// Added to the number of an enclosing control that need not be there.
const REGION: i32 = 0x1_0000;

/// How much of a control is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Not there.
    None = 0,
    /// Exactly one, visible.
    One = 1,
    /// Several fit; none is guessed.
    Ambiguous = 2,
    /// There, but hidden.
    Hidden = 3,
}

/// What was seen of a control.
#[derive(Clone, PartialEq)]
struct Sight {
    status: Status,
    text: String,
    way: Option<u32>,
}

impl Sight {
    const NOTHING: Self = Self { status: Status::None, text: String::new(), way: None };

    fn row(&self, id: i32) -> JsValue {
        let way = self.way.map(|way| Array::of1(&way.into()).join("")).unwrap_or_default();
        Array::of4(&id.into(), &(self.status as u8).into(), &JsValue::from_str(&self.text), &way.into())
            .into()
    }
}

/// A watched control.
struct Probe {
    spec: Spec,
    sight: Sight,
    /// What was last reported; nothing before the first report.
    told: Sight,
    element: Option<Element>,
}

/// How a look ended.
pub(crate) enum Look {
    /// Time is up; go on in another task.
    Unfinished,
    /// All controls were looked for.
    Finished,
}

/// The eyes of one document.
pub(crate) struct Eyes {
    engine: Engine,
    probes: Vec<Probe>,
    /// Number of the present list.
    pub(crate) turn: f64,
    /// Whether everything is to be told, changed or not.
    pub(crate) fresh: bool,
    /// How many probes of the present look are done.
    at: usize,
    /// Something happened while a look was under way: look again.
    again: bool,
}

impl Eyes {
    /// Eyes on this document.
    pub(crate) fn new(document: &Document) -> Self {
        let engine = Engine::new(document);
        Self { engine, probes: Vec::new(), turn: 0.0, fresh: false, at: 0, again: false }
    }

    /// Takes a new list. What is known of controls that stay is kept.
    pub(crate) fn watch(&mut self, watch: Watch) {
        let mut old = core::mem::take(&mut self.probes);
        for spec in watch.probes {
            // A number means the same control all through the run.
            let kept = old.iter().position(|p| p.spec.id == spec.id).map(|at| old.swap_remove(at));
            let (sight, element) = kept.map_or((Sight::NOTHING, None), |old| (old.sight, old.element));
            self.probes.push(Probe { spec, told: sight.clone(), sight, element });
        }
        self.turn = watch.turn;
        self.fresh = true;
        self.at = 0;
        self.again = false;
    }

    /// Whether there is anything to look for.
    pub(crate) fn any(&self) -> bool {
        !self.probes.is_empty() || self.fresh
    }

    /// Calls `tell` when the page changed.
    pub(crate) fn on_change(&mut self, tell: &Function) {
        self.engine.on_change(tell);
    }

    /// Something happened: the page changed, a value was typed, a style moved.
    pub(crate) fn stir(&mut self) {
        self.again = true;
    }

    /// Looks for the controls until done or `now()` is a slice later.
    pub(crate) fn look(&mut self, now: impl Fn() -> f64) -> Look {
        let end = now() + SLICE;
        if self.at == 0 {
            self.again = false;
        }
        if !self.engine.work(SLICE) || now() > end {
            return Look::Unfinished;
        }
        while self.at < self.probes.len() {
            self.see(self.at, 0);
            self.at += 1;
            if self.at < self.probes.len() && now() > end {
                return Look::Unfinished;
            }
        }
        self.at = 0;
        Look::Finished
    }

    /// Whether the page changed since the look began.
    pub(crate) fn stale(&self) -> bool {
        self.again
    }

    fn see(&mut self, at: usize, depth: u8) {
        let Some(probe) = self.probes.get(at) else { return };
        let (sight, element) = match probe.spec.within {
            None => self.find(at, None),
            // A list that goes round in a circle ends here.
            Some(_) if depth > 8 => (Sight::NOTHING, None),
            Some(outer) => match self.outer(outer & (REGION - 1), at, depth) {
                (Status::One, scope) => self.find(at, scope.as_ref()),
                (Status::None, _) if outer >= REGION => self.find(at, None),
                _ => (Sight::NOTHING, None),
            },
        };
        if let Some(probe) = self.probes.get_mut(at) {
            (probe.sight, probe.element) = (sight, element);
        }
    }

    /// The element of the control that another one must be inside of. One later in the list is looked for first.
    fn outer(&mut self, id: i32, inner: usize, depth: u8) -> (Status, Option<Element>) {
        let place = self.probes.iter().position(|p| p.spec.id == id);
        if let Some(at) = place.filter(|at| *at > inner) {
            self.see(at, depth + 1);
        }
        let outer = place.and_then(|at| self.probes.get(at));
        outer.map_or((Status::None, None), |outer| (outer.sight.status, outer.element.clone()))
    }

    fn find(&mut self, at: usize, scope: Option<&Element>) -> (Sight, Option<Element>) {
        let mut rest = Sight::NOTHING;
        let Some(probe) = self.probes.get(at) else { return (rest, None) };
        for (way, query) in (0_u32..).zip(&probe.spec.ways) {
            match self.engine.find(query, scope) {
                Found::One(element) => {
                    let text = read(&mut self.engine, &element, &probe.spec);
                    return (Sight { status: Status::One, text, way: Some(way) }, Some(element));
                }
                Found::None => continue,
                Found::Ambiguous(_) => rest.status = Status::Ambiguous,
                Found::Hidden(_) => rest.status = Status::Hidden,
            }
            // What a better way says is not overruled by what a worse one finds: that would be guessing.
            break;
        }
        (rest, None)
    }

    /// The element of a control that is there.
    pub(crate) fn element(&self, id: i32) -> Option<&Element> {
        self.probes
            .iter()
            .find(|p| p.spec.id == id)?
            .element
            .as_ref()
            .filter(|element| element.is_connected())
    }

    /// The elements that were found, at most `most`.
    pub(crate) fn found(&self, most: usize) -> impl Iterator<Item = &Element> {
        self.probes.iter().filter_map(|p| p.element.as_ref()).take(most)
    }

    /// Whether there is anything to report.
    pub(crate) fn has_news(&self) -> bool {
        self.fresh || self.probes.iter().any(|probe| probe.told != probe.sight)
    }

    /// Rows for what changed since the last report; `None` when there is nothing to say.
    pub(crate) fn news(&mut self) -> Option<Array> {
        let rows = Array::new();
        for probe in &mut self.probes {
            if probe.told != probe.sight {
                probe.told = probe.sight.clone();
                rows.push(&probe.sight.row(probe.spec.id));
            } else if self.fresh && probe.sight != Sight::NOTHING {
                rows.push(&probe.sight.row(probe.spec.id));
            }
        }
        let worth = self.fresh || rows.length() > 0;
        self.fresh = false;
        worth.then_some(rows)
    }
}

fn read(engine: &mut Engine, element: &Element, spec: &Spec) -> String {
    match spec.read {
        Reading::Nothing => String::new(),
        Reading::Text => engine.read_text(element),
        Reading::Value => engine.read_value(element),
        Reading::Checked => engine.read_checked(element),
        Reading::Look => look(engine, element, spec),
    }
}

/// A line each: role, name, and for every way the attribute it names, which most have none of.
fn look(engine: &mut Engine, element: &Element, spec: &Spec) -> String {
    let mut text = engine.role(element);
    let mut line = engine.name(element);
    let mut ways = spec.ways.iter();
    loop {
        text.push('\n');
        text.push_str(&line);
        let Some(way) = ways.next() else { return text };
        line = element.get_attribute(&way.of).unwrap_or_default();
    }
}
