//! The Worker's pages as they are written: parts, each below a comment with its name. `{{word}}` stands for words of the
//! language, `{name}` for a text that is put in later, `{*name}` for markup.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use handrail_guide::render::{escape, inline};

use super::language::Language;

/// The parts of a page, by name.
pub(super) type Parts = BTreeMap<String, String>;

/// A file's parts in a language.
///
/// # Errors
/// When the file does not begin with a part, or the language lacks a word.
pub(super) fn parts(text: &str, language: &Language) -> anyhow::Result<Parts> {
    let mut found = Parts::new();
    for part in text.split("<!-- ").skip(1) {
        let (name, body) = part.split_once(" -->").context("a part has no name")?;
        // Lines are broken for whoever writes the page; browsers see what stands in one line.
        let body = body.trim().lines().collect::<String>();
        if found.insert(name.to_owned(), worded(&body, language)?).is_some() {
            bail!("the part `{name}` is there twice");
        }
    }
    Ok(found)
}

/// A part with its words.
fn worded(body: &str, language: &Language) -> anyhow::Result<String> {
    let mut pieces = body.split("{{");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (id, rest) = piece.split_once("}}").context("a word has no end")?;
        out.push_str(&inline(&language.say(id, "")?));
        out.push_str(rest);
    }
    Ok(out)
}

/// A part with everything put in.
///
/// # Errors
/// When a place stays empty.
pub(super) fn fill(part: &str, put: &[(&str, &str)]) -> anyhow::Result<String> {
    let mut pieces = part.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').context("a place has no end")?;
        let plain = name.trim_start_matches('*');
        let found = put.iter().find(|(known, _)| *known == plain).map(|(_, text)| *text);
        let found = found.with_context(|| format!("nothing is put into {{{name}}}"))?;
        out.push_str(&if plain == name { escape(found) } else { found.to_owned() });
        out.push_str(rest);
    }
    Ok(out)
}

/// Every place of a file of parts, in order of the names.
#[cfg(test)]
pub(super) fn places(text: &str) -> Vec<String> {
    let parts: Parts = serde_json::from_str(text).unwrap();
    let of = |(name, part): (&String, &String)| {
        let mut found: Vec<&str> =
            part.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
        found.sort_unstable();
        found.dedup();
        format!("{name}: {}", found.join(" "))
    };
    parts.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_text_is_escaped_and_markup_is_not() {
        assert_eq!(fill("<p>{a} {*a}</p>", &[("a", "<b>")]).unwrap(), "<p>&lt;b&gt; <b></p>");
        assert!(fill("{b}", &[("a", "")]).is_err());
    }
}
