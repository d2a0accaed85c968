//! The card: which step this is, what to do, what to type, and the buttons.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use super::dom::{add, drawing, make, mark, put, px, show, style, write};
use super::place::Spot;
use crate::order::Show;

/// A hand rail going up.
const RAIL: &str = "M3.6 12 16.4 5.6M6.4 10.6V16M13.6 7V16";

/// The card's widest, in CSS pixels; the style sheet's number.
const WIDTH: f64 = 348.0;

/// The card's nodes.
pub(crate) struct Card {
    document: Document,
    pub(super) frame: HtmlElement,
    /// What folds the card when pressed, and moves it when pulled.
    pub(super) handle: HtmlElement,
    body: HtmlElement,
    done: HtmlElement,
    count: HtmlElement,
    directory: HtmlElement,
    title: HtmlElement,
    text: HtmlElement,
    note: HtmlElement,
    copy: HtmlElement,
    value: HtmlElement,
    copier: HtmlElement,
    acts: HtmlElement,
    copied: String,
}

impl Card {
    /// An empty, hidden card.
    pub(super) fn new(document: &Document) -> Self {
        let frame = make(document, "div", "card");
        show(&frame, false);
        for (name, value) in [("role", "dialog"), ("aria-labelledby", "title"), ("aria-describedby", "text")]
        {
            mark(&frame, name, value);
        }
        // Folding is the browser's own; a page cannot tell it from our other presses.
        let body = add(document, &frame, "details", "body");
        mark(&body, "open", "");
        let head = add(document, &body, "summary", "head");
        let rail = add(document, &head, "div", "rail");
        drawing(document, &add(document, &head, "span", "mark"), RAIL, "18");
        let (count, directory) = (add(document, &head, "span", "count"), add(document, &head, "span", "dir"));
        let title = add(document, &body, "div", "title");
        let text = add(document, &body, "div", "text");
        for (part, name, value) in [
            (&title, "id", "title"),
            (&text, "id", "text"),
            (&title, "role", "heading"),
            (&title, "aria-level", "2"),
        ] {
            mark(part, name, value);
        }
        let note = add(document, &body, "div", "note");
        let copy = add(document, &body, "div", "copy");
        let value = add(document, &copy, "code", "value");
        // The words run as the card does; names and values as they are written.
        for part in [&directory, &value] {
            mark(part, "dir", "auto");
        }
        let copier = add(document, &copy, "button", "");
        let acts = add(document, &body, "div", "acts");
        add(document, &frame, "i", "tip");
        let (document, done) = (document.clone(), add(document, &rail, "i", ""));
        let copied = String::new();
        let handle = head;
        Self {
            document,
            frame,
            handle,
            body,
            done,
            count,
            directory,
            title,
            text,
            note,
            copy,
            value,
            copier,
            acts,
            copied,
        }
    }

    /// Puts this step's words on the card.
    pub(super) fn fill(&mut self, step: &Show) {
        let document = &self.document;
        let tone = step.words("tone");
        mark(&self.frame, "data-tone", &tone);
        if tone == "wrong" {
            // What went wrong must be seen.
            mark(&self.body, "open", "");
        }
        mark(&self.handle, "title", &step.words("handle"));
        mark(&self.frame, "dir", if step.rtl() { "rtl" } else { "ltr" });
        mark(&self.frame, "lang", &step.words("lang"));
        let (at, of) = step.progress();
        style(&self.done, "width", &px((at / of.max(1.0) * WIDTH).clamp(0.0, WIDTH)));
        write(document, &self.count, &step.count());
        let words =
            [("dir", &self.directory), ("title", &self.title), ("text", &self.text), ("note", &self.note)];
        for (key, part) in words {
            write(document, part, &step.words(key));
        }
        mark(&self.directory, "title", &step.words("dir"));
        let copy = step.words("copy");
        self.value.set_text_content(Some(&copy));
        show(&self.copy, !copy.is_empty());
        self.copied = step.words("copied");
        self.set_buttons(step);
    }

    fn set_buttons(&self, step: &Show) {
        self.acts.set_text_content(None);
        let mut main: Option<HtmlElement> = None;
        for (act, word) in step.buttons() {
            if act == "copy" {
                self.word_copier(&act, &word, "");
            } else {
                let button = add(&self.document, &self.acts, "button", "");
                mark(&button, "type", "button");
                mark(&button, "data-act", &act);
                button.set_text_content(Some(&word));
                if act == "next" || act == "done" {
                    main = Some(button);
                }
            }
        }
        if let Some(main) = main {
            main.set_class_name("main");
        }
    }

    fn word_copier(&self, act: &str, word: &str, class: &str) {
        mark(&self.copier, "type", "button");
        mark(&self.copier, "data-act", act);
        self.copier.set_class_name(class);
        self.copier.set_text_content(Some(word));
    }

    /// The text is on the clipboard.
    pub(super) fn was_copied(&self) {
        let word = self.copier.text_content().unwrap_or_default();
        self.word_copier("copy", if self.copied.is_empty() { &word } else { &self.copied }, "did");
    }

    /// Width and height as laid out.
    pub(super) fn size(&self) -> (f64, f64) {
        (f64::from(self.frame.offset_width()), f64::from(self.frame.offset_height()))
    }

    /// Puts the card there.
    pub(super) fn put(&self, spot: Spot) {
        put(&self.frame, spot.x, spot.y, "");
        style(&self.frame, "--tip", &px(spot.tip));
        mark(&self.frame, "data-side", spot.side.name());
    }

    /// What a node of the card does when pressed.
    pub(super) fn act(node: &web_sys::Element) -> Option<String> {
        let button = node.closest("button[data-act]").ok()??;
        button.unchecked_ref::<HtmlElement>().get_attribute("data-act")
    }
}
