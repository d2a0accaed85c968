//! The files of messages: what is in them, and how they are packed for the browser.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, Identifier, InlineExpression, Message, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser::{ParserError, parse};
use fluent_syntax::serializer::serialize;

/// The English files, which every other language follows.
pub(crate) const ENGLISH: [&str; 7] = [
    include_str!("../../../locales/en/handrail.ftl"),
    include_str!("../../../locales/en/panel.ftl"),
    include_str!("../../../locales/en/handed.ftl"),
    include_str!("../../../locales/en/link.ftl"),
    include_str!("../../../locales/en/page.ftl"),
    include_str!("../../../locales/en/report.ftl"),
    include_str!("../../../locales/en/run.ftl"),
];

/// Each message of a file, `name` or `name.attribute`, with the names it puts in: arguments, messages and functions.
///
/// # Errors
/// What cannot be read, and where.
pub fn messages(source: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Vec<ParserError>> {
    let resource = parse(source).map_err(|(_, errors)| errors)?;
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        if let Some(value) = &message.value {
            found.insert(message.id.name.to_owned(), names(value));
        }
        for attribute in &message.attributes {
            let id = format!("{}.{}", message.id.name, attribute.id.name);
            found.insert(id, names(&attribute.value));
        }
    }
    Ok(found)
}

fn names(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, &mut found);
        }
    }
    found
}

fn of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            for variant in variants {
                found.extend(names(&variant.value));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(found.insert(format!("${}", id.name))),
        InlineExpression::MessageReference { id, .. } => drop(found.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { id, arguments } => {
            found.insert(format!("{}()", id.name));
            arguments.positional.iter().for_each(|one| of_inline(one, found));
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        _ => {}
    }
}

/// The text of a message into which nothing is put; `None` where there is no such message.
///
/// # Errors
/// What cannot be read, and where.
pub fn plain(source: &str, id: &str) -> Result<Option<String>, Vec<ParserError>> {
    let resource = parse(source).map_err(|(_, errors)| errors)?;
    let value = resource.body.iter().find_map(|entry| match entry {
        Entry::Message(message) if message.id.name == id => message.value.as_ref(),
        _ => None,
    });
    Ok(value.map(|value| value.elements.iter().filter_map(text).collect()))
}

fn text<'a>(element: &'a PatternElement<&str>) -> Option<&'a str> {
    match element {
        PatternElement::TextElement { value } => Some(value),
        PatternElement::Placeable { .. } => None,
    }
}

/// A file as it ships: without its comments.
///
/// # Errors
/// What cannot be read, and where.
pub fn packed(source: &str) -> Result<String, Vec<ParserError>> {
    let Resource { body } = parse(source).map_err(|(_, errors)| errors)?;
    let kept = body.into_iter().filter_map(|entry| match entry {
        Entry::Message(mut message) => {
            message.comment = None;
            Some(Entry::Message(message))
        }
        Entry::Term(mut term) => {
            term.comment = None;
            Some(Entry::Term(term))
        }
        _ => None,
    });
    Ok(serialize(&Resource { body: kept.collect() }))
}

/// What recipes and guides say as it ships: in the order of the English names, each with nothing but `=` in front, for
/// that order is all that a plan needs to know. What `own` does not say is said in English.
///
/// # Errors
/// What cannot be read, and where.
pub fn listed(own: &str, english: &str) -> Result<String, Vec<ParserError>> {
    let english = parse(english).map_err(|(_, errors)| errors)?;
    let own = parse(own).map_err(|(_, errors)| errors)?;
    let mut patterns = patterns(&english);
    let known = self::patterns(&own).into_iter().filter(|(name, _)| patterns.contains_key(name));
    let known: Vec<_> = known.collect();
    patterns.extend(known);
    Ok(patterns.into_values().map(alone).collect())
}

/// The text of each message and attribute.
fn patterns<'a>(resource: &Resource<&'a str>) -> BTreeMap<String, Pattern<&'a str>> {
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let name = message.id.name;
        found.extend(message.value.clone().map(|value| (name.to_owned(), value)));
        let attributes = message.attributes.iter();
        found.extend(attributes.map(|one| (format!("{name}.{}", one.id.name), one.value.clone())));
    }
    found
}

/// A text as the file has it behind a name.
fn alone(value: Pattern<&str>) -> String {
    let message =
        Message { id: Identifier { name: "m" }, value: Some(value), attributes: Vec::new(), comment: None };
    let text = serialize(&Resource { body: vec![Entry::Message(message)] });
    text.trim_start_matches("m ").to_owned()
}

/// A file that ships, with the names that `m0`, `m1`… stand for in plans; as `js/words.js` does it.
#[must_use]
pub fn named(packed: &str) -> String {
    let mut places = 0..;
    let name = |line: &str| match line.strip_prefix('=') {
        Some(rest) => format!("m{} ={rest}", places.next().unwrap_or(0)),
        None => line.to_owned(),
    };
    packed.split_inclusive('\n').map(name).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::ENGLISH;

    /// A file that is not named here has no words natively. The service's own pages are filled by the service.
    #[test]
    fn every_english_file_is_named() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<_> = files.filter(|file| !file.ends_with("worker.ftl")).collect();
        assert_eq!(files.len(), ENGLISH.len());
        for file in files {
            assert!(ENGLISH.contains(&fs::read_to_string(&file).unwrap().as_str()), "{}", file.display());
        }
    }
}
