//! What the recipes say, as messages for other languages: each text once, named by recipe and step.
//!
//! The recipes are the English source. What a placeholder stands for is put into the message: `{ $a }` for the first
//! placeholder of a text, `{ $b }` for the second. A plan's text is known by the message it was made from.

use std::collections::{BTreeMap, BTreeSet};

use super::library::Library;
use super::model::{KnownBy, RecipeFile};

/// One text of a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `step-<recipe>-<step>` or `recipe-<recipe>`.
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
        let is_plain = !text.contains('\n') && text == text.trim();
        (is_clear && is_plain).then(|| Self { id: id.to_owned(), attribute, pieces })
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

fn letters(pieces: &[String]) -> usize {
    pieces.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphabetic()).count()
}

/// Whether this is what a control is called, a label with a word or two around it; or a name, each word of which begins
/// with a capital letter or a digit.
fn is_control(text: &str) -> bool {
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    text.matches("**").count() == 2 && !text.contains(". ") || text.split(' ').all(is_name)
}

/// A text cut at its placeholders: `${…}` and `@{…}`, which may hold others, and `{…}`. `None` where a brace is lost.
fn pieces(text: &str) -> Option<Vec<String>> {
    let mut pieces = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match (c, depth) {
            ('{', 0) => {
                let piece = pieces.last_mut()?;
                if piece.ends_with(['$', '@']) {
                    piece.pop();
                }
                pieces.push(String::new());
                depth = 1;
            }
            ('{', _) => depth += 1,
            ('}', 0) => return None,
            ('}', _) => depth -= 1,
            (c, 0) => pieces.last_mut()?.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some(pieces)
}

/// Everything the recipes say, each text under its first name; those that say more of themselves come first.
#[must_use]
pub fn messages(library: &Library) -> Vec<Message> {
    let mut all = Vec::new();
    for (id, loaded) in &library.recipes {
        of_recipe(id, &loaded.file, &mut all);
    }
    let mut said = BTreeSet::new();
    all.retain(|message| said.insert(message.text()));
    all.sort_by_key(|message| std::cmp::Reverse(message.literal()));
    all
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
            texts.get(&None).map_or_else(String::new, |title| format!(" {title}"))
        ));
        for (attribute, text) in texts.iter().filter_map(|(name, text)| Some((name.as_ref()?, text))) {
            out.push_str(&format!("    .{attribute} = {text}\n"));
        }
    }
    out
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
    fn what_is_no_sentence_of_its_own_is_left_out() {
        assert_eq!(Message::new("a", None, "${step.text}"), None);
        assert_eq!(Message::new("a", None, "${a}${b} are both said here"), None);
        assert_eq!(Message::new("a", None, "two\nlines"), None);
    }

    #[test]
    fn messages_stand_below_their_names() {
        let title = Message::new("step-a-b", None, "Do it").unwrap();
        assert_eq!(
            message_file(&[message("Press {it} at once."), title]),
            "step-a-b = Do it\n    .text = Press { $a } at once.\n"
        );
    }
}
