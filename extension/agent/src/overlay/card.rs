//! The card: which step this is, what to do, what to type, and the buttons.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement};

use super::dom::{add, drawing, make, mark, px, show, style, write};
use super::place::Spot;
use crate::order::Show;

/// A hand rail going up.
const RAIL: &str = "M4 15.5 L9 9 L12.5 12 L16 5.5";

/// The card's nodes.
pub(crate) struct Card {
    document: Document,
    pub(super) frame: HtmlElement,
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
    pub(super) fn new(document: &Document) -> Result<Self, JsValue> {
        let frame = make(document, "div", "card")?;
        frame.set_hidden(true);
        for (name, value) in [("role", "dialog"), ("aria-labelledby", "title"), ("aria-describedby", "text")]
        {
            frame.set_attribute(name, value)?;
        }
        let body = add(document, &frame, "div", "body")?;
        let rail = add(document, &body, "div", "rail")?;
        let head = add(document, &body, "div", "head")?;
        drawing(document, &add(document, &head, "span", "mark")?, RAIL, "18")?;
        let (count, directory) =
            (add(document, &head, "span", "count")?, add(document, &head, "span", "dir")?);
        let title = add(document, &body, "div", "title")?;
        let text = add(document, &body, "div", "text")?;
        title.set_id("title");
        text.set_id("text");
        for (name, value) in [("role", "heading"), ("aria-level", "2")] {
            title.set_attribute(name, value)?;
        }
        let note = add(document, &body, "div", "note")?;
        let copy = add(document, &body, "div", "copy")?;
        let card = Self {
            document: document.clone(),
            done: add(document, &rail, "i", "")?,
            count,
            directory,
            title,
            text,
            note,
            value: add(document, &copy, "code", "value")?,
            copier: add(document, &copy, "button", "")?,
            copy,
            acts: add(document, &body, "div", "acts")?,
            frame,
            copied: String::new(),
        };
        for part in [&card.directory, &card.title, &card.text, &card.note, &card.value] {
            part.set_attribute("dir", "auto")?;
        }
        add(document, &card.frame, "i", "tip")?;
        Ok(card)
    }

    /// Puts this step's words on the card.
    pub(super) fn fill(&mut self, step: &Show) {
        let document = &self.document;
        mark(&self.frame, "data-tone", &step.tone);
        mark(&self.frame, "dir", if step.rtl { "rtl" } else { "ltr" });
        mark(&self.frame, "lang", &step.lang);
        let share = if step.steps > 0.0 { (step.step / step.steps * 348.0).clamp(0.0, 348.0) } else { 0.0 };
        style(&self.done, "width", &px(share));
        write(document, &self.count, &step.count);
        write(document, &self.directory, &step.directory);
        mark(&self.directory, "title", &step.directory);
        write(document, &self.title, &step.title);
        write(document, &self.text, &step.text);
        write(document, &self.note, &step.note);
        self.value.set_text_content(Some(&step.copy));
        show(&self.copy, !step.copy.is_empty());
        self.copied.clone_from(&step.copied);
        self.set_buttons(step);
    }

    fn set_buttons(&self, step: &Show) {
        self.acts.set_text_content(None);
        let main = step.buttons.iter().rposition(|(act, _)| matches!(act.as_str(), "next" | "done"));
        for (at, (act, word)) in step.buttons.iter().enumerate() {
            if act == "copy" {
                self.word_copier("copy", word, "");
                continue;
            }
            let class = if Some(at) == main { "main" } else { "" };
            if let Ok(button) = add(&self.document, &self.acts, "button", class) {
                mark(&button, "type", "button");
                mark(&button, "data-act", act);
                button.set_text_content(Some(word));
            }
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
        style(&self.frame, "transform", &["translate(", &px(spot.x), ",", &px(spot.y), ")"].concat());
        style(&self.frame, "--tip", &px(spot.tip));
        mark(&self.frame, "data-side", spot.side.name());
    }

    /// What a node of the card does when pressed.
    pub(super) fn act(node: &web_sys::Element) -> Option<String> {
        let button = node.closest("button[data-act]").ok()??;
        button.unchecked_ref::<HtmlElement>().get_attribute("data-act")
    }
}
