//! The resident index: which text stands where.
//!
//! It holds the raw texts a name can be made of: text nodes and a few attributes, by hash. No style can change
//! those, so nothing is missed when a style sheet changes; what is visible is asked live. What leaves the
//! document stays in the index until the next rebuild; whoever asks checks that it is still connected.

use js_sys::{Array, Date, Set};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, MutationRecord, Node, Text, TreeWalker};

use crate::dom::{self, attr};
use crate::table::Table;
use crate::text;
use crate::watch::Watch;

/// The attributes a name or a locator can come from. `aria-labelledby`, `aria-owns` and `for` hold ids.
pub(crate) const ATTRIBUTES: &[&str] = &[
    "aria-label",
    "title",
    "alt",
    "placeholder",
    "value",
    "label",
    "aria-labelledby",
    "aria-owns",
    "for",
    "type",
    "aria-placeholder",
    "aria-valuetext",
    "aria-valuenow",
    "summary",
];

/// Those of [`ATTRIBUTES`] that any element may have.
const GLOBAL: &[&str] = &[
    "aria-label",
    "title",
    "xlink:title",
    "aria-labelledby",
    "aria-owns",
    "aria-valuenow",
    "aria-valuetext",
    "aria-placeholder",
];

/// Those that count on this tag.
fn own_attributes(tag: &str) -> &'static [&'static str] {
    match tag {
        "label" => &["for"],
        "input" => &["alt", "placeholder", "value", "type"],
        "textarea" => &["placeholder"],
        "img" | "area" => &["alt"],
        "option" | "optgroup" => &["label"],
        "table" => &["summary"],
        _ => &[],
    }
}

/// Those of [`ATTRIBUTES`] that hold ids.
const IDS: &[&str] = &["aria-labelledby", "aria-owns", "for"];

/// Selector for elements that have any of them.
const WITH_TEXT: &str = "[aria-label],[*|title],[aria-labelledby],[aria-owns],[aria-valuenow],[aria-valuetext],\
[aria-placeholder],label,input,textarea,img,area,option[label],optgroup,table[summary]";

/// The first part of it, for large documents: each attribute costs about half a millisecond at 40,000 elements. The
/// rest is asked by tag, for which browsers are faster.
const WITH_ARIA: &str = "[aria-label],[*|title],[aria-labelledby],[aria-owns],[aria-valuenow],[aria-valuetext],[aria-placeholder]";
const TAGS: &[&str] = &["label", "input", "textarea", "img", "area", "option", "optgroup", "table"];

/// Salts, so that ids and texts do not meet.
const REFERS: u32 = 0x9e37_79b9;
const LABELS: u32 = 0x85eb_ca6b;

/// Nodes read between two looks at the clock.
const BETWEEN_LOOKS: u32 = 200;

/// Elements looked at for a late shadow root with every query: costs a few microseconds.
const SWEEP_PER_QUERY: u32 = 16;

/// A subtree being read.
struct Job {
    /// Elements that may have a shadow root; gone when all were seen.
    hosts: Option<TreeWalker>,
    texts: Option<TreeWalker>,
    /// All text below, copied at once, and how far it was read. It fits the nodes only until the first pause.
    bulk: Option<(String, usize)>,
}

/// The index of one document.
pub(crate) struct Index {
    document: Document,
    watch: Watch,
    nodes: Array,
    table: Table,
    /// The document and every open shadow root, in the order they were found.
    roots: Vec<Node>,
    todo: Vec<Node>,
    job: Option<Job>,
    /// Size of the table after the last full reading.
    full: usize,
    started: bool,
    /// Place of the sweep for late shadow roots: number of the root, elements in it.
    sweep: Option<(usize, TreeWalker)>,
    known: Set,
}

impl Index {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            document: document.clone(),
            watch: Watch::new(),
            nodes: Array::new(),
            table: Table::default(),
            roots: Vec::new(),
            todo: Vec::new(),
            job: None,
            full: 0,
            started: false,
            sweep: None,
            known: Set::new(&wasm_bindgen::JsValue::UNDEFINED),
        }
    }

    pub(crate) fn on_change(&self, tell: Box<dyn FnMut()>) {
        self.watch.on_change(tell);
    }

    /// The document and the open shadow roots known so far.
    pub(crate) fn roots(&self) -> &[Node] {
        &self.roots
    }

    /// Brings the index up to date within `budget` milliseconds; answers whether it is.
    pub(crate) fn work(&mut self, budget: f64) -> bool {
        let end = if budget.is_finite() { Date::now() + budget } else { budget };
        if !self.started || self.table.len() > self.full * 3 + 50_000 {
            self.restart();
        }
        match self.watch.take() {
            Some(batches) => {
                for batch in batches {
                    self.note(&batch);
                }
            }
            None => self.restart(),
        }
        if let Some(job) = &mut self.job {
            job.bulk = None;
        }
        while self.job.is_some() || !self.todo.is_empty() {
            if !self.step() && end.is_finite() && Date::now() >= end {
                return false;
            }
        }
        if self.full == 0 {
            self.full = self.table.len();
        }
        true
    }

    /// Everything at once, for a query that cannot wait.
    pub(crate) fn settle(&mut self) {
        self.work(f64::INFINITY);
        self.sweep(SWEEP_PER_QUERY);
        if !self.todo.is_empty() {
            self.work(f64::INFINITY);
        }
    }

    fn restart(&mut self) {
        self.started = true;
        self.nodes = Array::new();
        self.table = Table::default();
        self.full = 0;
        self.roots.clear();
        self.known.clear();
        self.job = None;
        self.sweep = None;
        self.todo.clear();
        let top: Node = self.document.clone().into();
        self.add_root(&top);
    }

    fn add_root(&mut self, root: &Node) {
        if self.known.has(root) {
            return;
        }
        self.known.add(root);
        self.watch.root(root);
        self.roots.push(root.clone());
        self.todo.push(root.clone());
    }

    /// One piece of work. Answers true when it was so small that the clock need not be looked at.
    fn step(&mut self) -> bool {
        let Some(mut job) = self.job.take() else {
            if let Some(root) = self.todo.pop() {
                self.open(&root);
            }
            return true;
        };
        if let Some(walker) = &job.hosts {
            for _ in 0..BETWEEN_LOOKS {
                match walker.next_node() {
                    Ok(Some(node)) => self.host(node.unchecked_ref()),
                    _ => {
                        job.hosts = None;
                        break;
                    }
                }
            }
            self.job = Some(job);
            return false;
        }
        if let Some(walker) = &job.texts {
            for _ in 0..BETWEEN_LOOKS {
                let Ok(Some(node)) = walker.next_node() else { return true };
                match &mut job.bulk {
                    Some((all, at)) => {
                        let hash = text::hash_next(all, at, node.unchecked_ref::<Text>().length());
                        self.hashed(&node, hash);
                    }
                    None => self.text(&node),
                }
            }
            self.job = Some(job);
        }
        false
    }

    /// Begins to read a subtree: attributes at once, by selector; hosts and texts piece by piece.
    fn open(&mut self, root: &Node) {
        if root.node_type() == Node::DOCUMENT_NODE {
            for el in dom::select_own(root, WITH_ARIA) {
                self.attributes(&el, GLOBAL);
            }
            let document = self.document.clone();
            for tag in TAGS {
                let elements = document.get_elements_by_tag_name(tag);
                for at in 0..elements.length() {
                    if let Some(el) = elements.item(at) {
                        self.attributes(&el, own_attributes(tag));
                    }
                }
            }
        } else {
            for el in dom::select_own(root, WITH_TEXT) {
                self.all_attributes(&el);
            }
        }
        if root.node_type() == dom::ELEMENT {
            let el: &Element = root.unchecked_ref();
            if dom::fits(el, WITH_TEXT) {
                self.all_attributes(el);
            }
            self.host(el);
        }
        // The document itself has no text content; its root element has.
        let top = self.document.document_element().filter(|_| root.node_type() == Node::DOCUMENT_NODE);
        let top = top.map_or_else(|| root.clone(), Node::from);
        self.job = Some(Job {
            hosts: self.walker(root, dom::SHOW_ELEMENT),
            texts: self.walker(&top, dom::SHOW_TEXT),
            bulk: top.text_content().map(|all| (all, 0)),
        });
    }

    /// An element with nothing but text in it.
    fn leaf(&mut self, el: &Element) {
        if dom::fits(el, WITH_TEXT) {
            self.all_attributes(el);
        }
        self.host(el);
        for node in dom::child_nodes(el) {
            if node.node_type() == dom::TEXT {
                self.text(&node);
            }
        }
    }

    fn walker(&self, root: &Node, show: u32) -> Option<TreeWalker> {
        dom::walker(&self.document, root, show)
    }

    fn host(&mut self, el: &Element) {
        if let Some(shadow) = el.shadow_root() {
            let shadow: Node = shadow.into();
            self.add_root(&shadow);
        }
    }

    fn slot(&mut self, node: &Node) -> u32 {
        self.nodes.push(node).wrapping_sub(1)
    }

    fn text(&mut self, node: &Node) {
        self.hashed(node, node.node_value().as_deref().and_then(text::hash));
    }

    fn hashed(&mut self, node: &Node, hash: Option<u32>) {
        if let Some(hash) = hash {
            let slot = self.slot(node);
            self.table.insert(hash, slot);
        }
    }

    fn attributes(&mut self, el: &Element, names: &[&'static str]) {
        let mut slot = None;
        for name in names {
            if let Some(value) = attr(el, name) {
                let slot = *slot.get_or_insert_with(|| self.slot(el));
                self.attribute(slot, name, &value);
            }
        }
    }

    fn all_attributes(&mut self, el: &Element) {
        self.attributes(el, GLOBAL);
        self.attributes(el, own_attributes(dom::tag(el)));
    }

    fn attribute(&mut self, slot: u32, name: &str, value: &str) {
        if IDS.contains(&name) {
            let salt = if name == "for" { LABELS } else { REFERS };
            if text::is_blank(value) {
                self.table.insert(salt, slot);
            }
            for id in text::tokens(value) {
                if let Some(hash) = text::hash(id) {
                    self.table.insert(hash ^ salt, slot);
                }
            }
            return;
        }
        let value = match (name, value) {
            ("type", "submit" | "image") => "Submit",
            ("type", "reset") => "Reset",
            ("type", "file") => "Choose File",
            ("type", _) => return,
            (_, value) => value,
        };
        if let Some(hash) = text::hash(value) {
            self.table.insert(hash, slot);
        }
    }

    fn note(&mut self, batch: &Array) {
        for record in batch.iter() {
            let record: &MutationRecord = record.unchecked_ref();
            let Some(target) = record.target() else { continue };
            match record.attribute_name() {
                Some(name) => {
                    let el: &Element = target.unchecked_ref();
                    if let Some(value) = el.get_attribute(&name) {
                        let slot = self.slot(el);
                        self.attribute(slot, &name, &value);
                    }
                }
                None if target.node_type() == dom::TEXT => self.text(&target),
                None => {
                    let added = record.added_nodes();
                    for at in 0..added.length() {
                        if let Some(node) = added.get(at) {
                            self.added(&node);
                        }
                    }
                }
            }
        }
    }

    fn added(&mut self, node: &Node) {
        if !node.is_connected() {
            return;
        }
        match node.node_type() {
            dom::TEXT => self.text(node),
            dom::ELEMENT if node.unchecked_ref::<Element>().child_element_count() > 0 => {
                self.todo.push(node.clone());
            }
            dom::ELEMENT => self.leaf(node.unchecked_ref()),
            _ => {}
        }
    }

    /// Looks at the next few elements for a shadow root that came late: no event tells of one.
    pub(crate) fn sweep(&mut self, count: u32) {
        let (mut number, mut walker) = match self.sweep.take() {
            Some(sweep) => sweep,
            None => match self.roots.first().and_then(|r| self.walker(r, dom::SHOW_ELEMENT)) {
                Some(walker) => (0, walker),
                None => return,
            },
        };
        for _ in 0..count {
            if let Ok(Some(node)) = walker.next_node() {
                self.host(node.unchecked_ref());
                continue;
            }
            number += 1;
            match self.roots.get(number).and_then(|r| self.walker(r, dom::SHOW_ELEMENT)) {
                Some(next) => walker = next,
                None => return,
            }
        }
        self.sweep = Some((number, walker));
    }

    /// The nodes that hold any of these texts.
    fn nodes_with(&self, hashes: &[u32]) -> Vec<Node> {
        let mut found = Vec::new();
        for hash in hashes {
            for slot in self.table.slots(*hash) {
                let node: Node = self.nodes.get(slot).unchecked_into();
                if node.is_connected() {
                    found.push(node);
                }
            }
        }
        found
    }

    fn count(&self, hashes: &[u32]) -> usize {
        hashes.iter().map(|h| self.table.slots(*h).count()).sum()
    }

    /// Nodes of which at least one takes part in every name that is this text: those that hold a beginning of it, or
    /// those that hold an end of it, whichever are fewer.
    pub(crate) fn parts_of(&self, wanted: &str) -> Vec<Node> {
        let (first, last) = (text::prefix_hashes(wanted), text::suffix_hashes(wanted));
        if self.count(&first) <= self.count(&last) { self.nodes_with(&first) } else { self.nodes_with(&last) }
    }

    /// The elements with an attribute that is this text, and the text nodes.
    pub(crate) fn holding(&self, wanted: &str) -> Vec<Node> {
        text::hash(wanted).map(|hash| self.nodes_with(&[hash])).unwrap_or_default()
    }

    /// Elements whose `aria-labelledby` or `aria-owns` names this id; with an empty id, those set by property.
    pub(crate) fn referring_to(&self, id: &str) -> Vec<Node> {
        self.nodes_with(&[text::hash(id).unwrap_or(0) ^ REFERS])
    }

    /// Labels whose `for` names this id.
    pub(crate) fn labels_for(&self, id: &str) -> Vec<Node> {
        text::hash(id).map(|hash| self.nodes_with(&[hash ^ LABELS])).unwrap_or_default()
    }
}
