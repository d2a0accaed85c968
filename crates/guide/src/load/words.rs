//! What recipes and guides say, as messages for other languages: each text of a recipe once, named by recipe and step,
//! and what a guide says of its vendor, named by the guide.
//!
//! Recipes and guides are the English source. What a placeholder stands for is put into the message: `{ $a }` for the
//! first placeholder of a text, `{ $b }` for the second. A plan's text is known by the message it was made from.

use std::collections::{BTreeMap, BTreeSet};

use super::library::Library;
use super::model::{GuideFile, KnownBy, RecipeFile, VendorMoment};

/// One text of a recipe or a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `step-<recipe>-<step>`, `recipe-<recipe>`, `guide-<guide>` or `plan-<what>`.
    pub id: String,
    /// What of it; nothing for its title.
    pub attribute: Option<String>,
    /// The text around its placeholders: one piece more than there are placeholders.
    pieces: Vec<String>,
}

/// Fewer letters than this and a text with placeholders says nothing of its own.
const ENOUGH: usize = 4;
/// Fewer letters than this and it fits what has nothing to do with it, unless controls alone are put in.
const CLEAR: usize = 8;

impl Message {
    /// `None` for what is no sentence of the recipe's own.
    fn new(id: &str, attribute: Option<String>, text: &str) -> Option<Self> {
        let pieces = pieces(text)?;
        let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
        let is_clear =
            pieces.len() == 1 || letters(&pieces) >= ENOUGH && inner.iter().all(|piece| !piece.is_empty());
        (is_clear && is_plain(text)).then(|| Self { id: id.to_owned(), attribute, pieces })
    }

    /// Its name, as it is asked for: `step-register-app-list.text`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.attribute {
            Some(attribute) => format!("{}.{attribute}", self.id),
            None => self.id.clone(),
        }
    }

    /// Its text as the files of messages have it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut names = 'a'..='z';
        let mut text = String::new();
        for (n, piece) in self.pieces.iter().enumerate() {
            if n > 0 {
                text.push_str(&format!("{{ ${} }}", names.next().unwrap_or('z')));
            }
            text.push_str(piece);
        }
        text
    }

    /// What was put in, where a plan's text was made from this one.
    #[must_use]
    pub fn fits<'a>(&self, said: &'a str) -> Option<Vec<&'a str>> {
        if letters(&self.pieces) == 0 {
            return None;
        }
        let (first, rest) = self.pieces.split_first()?;
        let mut left = said.strip_prefix(first.as_str())?;
        let Some((last, inner)) = rest.split_last() else {
            return left.is_empty().then(Vec::new);
        };
        let mut found = Vec::new();
        for piece in inner {
            let (before, behind) = left.split_once(piece.as_str())?;
            found.push(before);
            left = behind;
        }
        found.push(left.strip_suffix(last.as_str())?);
        let is_clear = letters(&self.pieces) >= CLEAR || found.iter().all(|put_in| is_control(put_in));
        is_clear.then_some(found)
    }

    fn literal(&self) -> usize {
        self.pieces.iter().map(String::len).sum()
    }
}

/// Whether a file of messages can hold this text as it stands: no line but the first begins with what means something there.
fn is_plain(text: &str) -> bool {
    let mut further = text.lines().skip(1);
    text == text.trim() && further.all(|line| line == line.trim() && !line.starts_with(['*', '[', '.', '}']))
}

fn letters(pieces: &[String]) -> usize {
    pieces.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphabetic()).count()
}

/// Whether this is what a control is called, a label with a word or two around it; or a name, each word of which begins
/// with a capital letter or a digit.
fn is_control(text: &str) -> bool {
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    text.matches("**").count() == 2 && !text.contains(". ") || text.split(' ').all(is_name)
}

/// The pieces of a text between its placeholders. `None` where a brace is lost.
fn pieces(text: &str) -> Option<Vec<String>> {
    cut(text).map(|(pieces, _)| pieces)
}

/// A text cut at its placeholders, and these: `${…}` and `@{…}`, which may hold others, and `{…}`. `None` where a brace is lost.
fn cut(text: &str) -> Option<(Vec<String>, Vec<String>)> {
    let mut pieces = vec![String::new()];
    let mut places: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match (c, depth) {
            ('{', 0) => {
                let piece = pieces.last_mut()?;
                let mark = if piece.ends_with(['$', '@']) { piece.pop() } else { None };
                pieces.push(String::new());
                places.push(mark.into_iter().chain([c]).collect());
                depth = 1;
                continue;
            }
            ('{', _) => depth += 1,
            ('}', 0) => return None,
            ('}', _) => depth -= 1,
            (c, 0) => {
                pieces.last_mut()?.push(c);
                continue;
            }
            _ => {}
        }
        places.last_mut()?.push(c);
    }
    (depth == 0).then_some((pieces, places))
}

/// The message that a recipe's text is, and what the text has in its places, as the recipe writes it.
#[must_use]
pub fn template<'a>(said: &'a [Message], text: &str) -> Option<(&'a Message, Vec<String>)> {
    let own = Message::new("", None, text)?;
    let message = said.iter().find(|message| message.pieces == own.pieces)?;
    Some((message, cut(text)?.1))
}

/// What stands between two texts that are said one after the other, and how that is called.
pub const JOINTS: [(&str, &str); 3] = [("plan-then", " "), ("plan-list", "; "), ("plan-of", ": ")];

/// A sentence that a plan puts around what guides say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    id: &'static str,
    text: &'static str,
}

impl Phrase {
    /// With these texts put in.
    pub(crate) fn with(self, put_in: &[&str]) -> String {
        let places = ["${a}", "${b}"].into_iter().zip(put_in);
        places.fold(self.text.to_owned(), |text, (place, put_in)| text.replacen(place, put_in, 1))
    }
}

/// Who is asked what nothing shows: the vendor's name, and why.
pub(crate) const ASK: Phrase = Phrase { id: "plan-ask", text: "Only ${a} can tell. ${b}" };
/// Where a sign-in may return to: the app's name, and addresses.
pub(crate) const RETURNS: Phrase =
    Phrase { id: "plan-returns", text: "Sign-ins through “${a}” may come back to ${b}." };
/// What is true today, and since when.
pub(crate) const SINCE: Phrase = Phrase { id: "plan-since", text: "${a} (true since ${b})" };
/// Why something is left out, and what is done instead.
pub(crate) const NOT_DONE: Phrase =
    Phrase { id: "plan-not-done", text: "Not done unless you decide to: ${a}" };

const PHRASES: [Phrase; 4] = [ASK, RETURNS, SINCE, NOT_DONE];

/// Everything the recipes say and what plans put around it, each text under its first name; those that say more of
/// themselves come first.
#[must_use]
pub fn messages(library: &Library) -> Vec<Message> {
    let joint = |(id, between): (&str, &str)| Message {
        id: id.to_owned(),
        attribute: None,
        pieces: vec![String::new(), between.to_owned(), String::new()],
    };
    let mut all: Vec<Message> = JOINTS.into_iter().map(joint).collect();
    all.extend(PHRASES.iter().filter_map(|phrase| Message::new(phrase.id, None, phrase.text)));
    for (id, loaded) in &library.recipes {
        of_recipe(id, &loaded.file, &mut all);
    }
    once(all)
}

/// Everything a guide says of its vendor, in the same way.
#[must_use]
pub fn guide_messages(id: &str, guide: &GuideFile) -> Vec<Message> {
    let mut all = Vec::new();
    of_guide(id, guide, &mut all);
    once(all)
}

fn once(mut all: Vec<Message>) -> Vec<Message> {
    let mut said = BTreeSet::new();
    all.retain(|message| said.insert(message.text()));
    all.sort_by_key(|message| std::cmp::Reverse(message.literal()));
    all
}

/// What an attribute may be called: permission names and steps have dots.
fn attribute(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn of_guide(guide: &str, file: &GuideFile, all: &mut Vec<Message>) {
    let id = format!("guide-{guide}");
    all.extend(Message::new(&id, None, &file.title));
    let mut add = |name: &str, text: &str| all.extend(Message::new(&id, Some(attribute(name)), text));
    add("purpose", &file.purpose);
    for (n, text) in file.not_checked.iter().enumerate() {
        add(&format!("not-checked-{n}"), text);
    }
    if let Some(server) = file.app.as_ref().and_then(|app| app.server.as_ref()) {
        add("server", server);
    }
    if let Some(consent) = &file.consent {
        add("consent-start", &consent.start);
    }
    for part in &file.permissions {
        add(&format!("{}-{}-{}", part.kind.word(), part.resource, part.name), &part.why);
    }
    if let Some(credential) = &file.credential {
        credential.certificate.iter().for_each(|part| add("certificate-from", &part.from));
        credential.federated.iter().for_each(|part| add("federated-from", &part.from));
    }
    for (name, part) in &file.settings {
        add(&format!("setting-{name}"), &part.why);
    }
    for part in &file.values {
        part.hint.iter().for_each(|hint| add(&format!("value-{}", part.id), hint));
    }
    file.hand_over.iter().for_each(|part| add("to", &part.to));
    for (n, part) in file.vendor_steps.iter().enumerate() {
        let at = match part.at {
            VendorMoment::Before => "before",
            VendorMoment::After => "after",
        };
        add(&format!("{at}-{n}"), &part.title);
        add(&format!("{at}-{n}-text"), &part.text);
    }
    for part in &file.optionals {
        for (name, text) in
            [("title", &part.title), ("said", &part.said), ("skip", &part.skip), ("chosen", &part.chosen)]
        {
            add(&format!("optional-{}-{name}", part.id), text);
        }
    }
    for (n, part) in file.questions.iter().enumerate() {
        for (name, text) in [("ask", &part.ask), ("default", &part.default), ("why", &part.why)] {
            add(&format!("question-{n}-{name}"), text);
        }
    }
    for (step, part) in &file.steps {
        for (name, text) in [("why", &part.why), ("caution", &part.caution), ("text", &part.text)] {
            text.iter().for_each(|text| add(&format!("step-{step}-{name}"), text));
        }
    }
    for (n, part) in file.superseded.iter().enumerate() {
        add(&format!("superseded-{n}-said"), &part.said);
        add(&format!("superseded-{n}-today"), &part.today);
    }
    for part in &file.unsafes {
        let name = |of: &str| format!("unsafe-{}-{of}", part.id);
        part.title.iter().for_each(|title| add(&name("title"), title));
        for (of, text) in
            [("said", &part.said), ("danger", &part.danger), ("instead", &part.instead), ("undo", &part.undo)]
        {
            add(&name(of), text);
        }
    }
}

fn of_recipe(recipe: &str, file: &RecipeFile, all: &mut Vec<Message>) {
    let id = format!("recipe-{recipe}");
    let mut add =
        |id: &str, attribute: Option<String>, text: &str| all.extend(Message::new(id, attribute, text));
    add(&id, None, &file.title);
    for (name, list) in [("changes", &file.changes), ("undo", &file.undo), ("not-checked", &file.not_checked)]
    {
        for (n, text) in list.iter().enumerate() {
            add(&id, Some(format!("{name}-{n}")), text);
        }
    }
    for (n, role) in file.roles.iter().enumerate() {
        add(&id, Some(format!("role-{n}")), &role.needed_for);
    }
    for one in &file.prerequisites {
        let name = format!("prerequisite-{}", one.id);
        add(&id, Some(name.clone()), &one.text);
        add(&id, Some(format!("{name}-consequence")), &one.consequence);
        if one.known_by != KnownBy::Command {
            // The sheet puts this before a full stop of its own.
            one.how.iter().for_each(|how| add(&id, Some(format!("{name}-how")), how));
        }
    }
    for value in &file.values {
        add(&id, Some(format!("value-{}", value.id)), &value.hint);
    }
    for step in &file.steps {
        let id = format!("step-{recipe}-{}", step.id);
        add(&id, None, &step.title);
        add(&id, Some("text".to_owned()), &step.text);
        for (name, text) in [("why", &step.why), ("caution", &step.caution)] {
            text.iter().for_each(|text| add(&id, Some(name.to_owned()), text));
        }
        for wrong in &step.wrong {
            add(&id, Some(format!("wrong-{}", wrong.id)), &wrong.text);
        }
        step.choice.iter().for_each(|choice| add(&id, Some("choice".to_owned()), &choice.label));
    }
}

/// The messages as a file, in the order of their names.
#[must_use]
pub fn message_file(messages: &[Message]) -> String {
    let mut by_id: BTreeMap<&str, BTreeMap<Option<&str>, String>> = BTreeMap::new();
    for message in messages {
        by_id.entry(&message.id).or_default().insert(message.attribute.as_deref(), message.text());
    }
    let mut out = String::new();
    for (id, texts) in by_id {
        out.push_str(&format!(
            "{id} ={}\n",
            texts.get(&None).map_or_else(String::new, |title| format!(" {}", indented(title, 4)))
        ));
        for (attribute, text) in texts.iter().filter_map(|(name, text)| Some((name.as_ref()?, text))) {
            out.push_str(&format!("    .{attribute} = {}\n", indented(text, 8)));
        }
    }
    out
}

/// A text whose further lines stand this far in; empty ones stay empty.
fn indented(text: &str, by: usize) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| match line {
        "" => text + "\n",
        line => format!("{text}\n{:by$}{line}", ""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        Message::new("step-a-b", Some("text".to_owned()), text).unwrap()
    }

    #[test]
    fn a_plan_s_text_is_known_by_the_recipe_s() {
        let one = message("Press @{page.row[${app.name}]} in {tenant}, not **Other**.");
        assert_eq!(one.text(), "Press { $a } in { $b }, not **Other**.");
        assert_eq!(one.fits("Press **X** in {tenant}, not **Other**."), Some(vec!["**X**", "{tenant}"]));
        assert_eq!(one.fits("Press **X**."), None);
        assert_eq!(message("Save it.").fits("Save it."), Some(Vec::new()));
        assert_eq!(message("Open @{a}.").fits("Open the tab **A**."), Some(vec!["the tab **A**"]));
        assert_eq!(message("Open @{a}.").fits("Open your product."), None);
        assert_eq!(message("Save it.").fits("Save it. Now."), None);
    }

    #[test]
    fn what_a_recipe_puts_in_stands_as_it_is_written() {
        let text = "Press @{page.row[${app.name}]} in {tenant}, not **Other**: ${a}";
        let all = [message("Save it."), message(text)];
        let (found, places) = template(&all, text).unwrap();
        assert_eq!(found, &all[1]);
        assert_eq!(places, ["@{page.row[${app.name}]}", "{tenant}", "${a}"]);
        assert_eq!(template(&all, "Save it.").unwrap().1, Vec::<String>::new());
        assert_eq!(template(&all, "Nobody says this."), None);
    }

    #[test]
    fn what_is_no_sentence_of_its_own_is_left_out() {
        assert_eq!(Message::new("a", None, "${step.text}"), None);
        assert_eq!(Message::new("a", None, "${a}${b} are both said here"), None);
        assert_eq!(Message::new("a", None, "two lines\n* and a mark"), None);
    }

    #[test]
    fn a_phrase_is_known_again_with_what_was_put_in() {
        for phrase in PHRASES {
            let said = Message::new(phrase.id, None, phrase.text).unwrap();
            let put_in = &["Fabrikam", "It was lost."][..phrase.text.matches("${").count()];
            assert_eq!(said.fits(&phrase.with(put_in)), Some(put_in.to_vec()));
        }
    }

    #[test]
    fn messages_stand_below_their_names() {
        let title = Message::new("step-a-b", None, "Do it").unwrap();
        assert_eq!(
            message_file(&[message("Press {it} at once.\n\nThen wait."), title]),
            "step-a-b = Do it\n    .text = Press { $a } at once.\n\n        Then wait.\n"
        );
    }
}
