//! What the Worker says to people: files beside it, one for each language, which `handrail guide service` wrote. The
//! language is chosen by `Accept-Language`; where none of its languages is there, English is spoken.

use handrail_handover::json::tree_of;
use serde_json::Value;
use worker::{Env, Request, Response, Result};

use crate::answer::{self, Refusal, page};
use crate::outgoing;

/// Languages of a request that are looked for; browsers name two to five.
const MAX_TAGS: usize = 8;
/// Letters of a language's tag; those of languages with a script and a region have eleven.
const MAX_TAG: usize = 16;

/// A file in a language.
pub(crate) struct Spoken {
    /// The language's tag.
    pub(crate) tag: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// The file of this name in the first language of the request that it is there in; `None` where it is in none.
pub(crate) async fn spoken(env: &Env, request: &Request, name: &str, kind: &str) -> Result<Option<Spoken>> {
    for tag in wanted(&request.headers().get("accept-language")?.unwrap_or_default()) {
        if let Some(bytes) = file(env, &[name, ".", &tag, ".", kind].concat()).await? {
            return Ok(Some(Spoken { tag, bytes }));
        }
    }
    Ok(None)
}

/// The tags of a header in the order of their weights, each with its region and without; English last.
fn wanted(header: &str) -> Vec<String> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for item in header.split(',').take(MAX_TAGS) {
        let (tag, weight) = item.split_once(";q=").unwrap_or((item, "1"));
        let (tag, weight) = (tag.trim().to_ascii_lowercase(), weight.trim());
        let is_tag = tag.len() <= MAX_TAG && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if is_tag && !weight.trim_matches(['0', '.']).is_empty() {
            // Weights are figures from 0 to 1, so their texts have the order of their numbers.
            let at = found.iter().position(|(other, _)| *other < weight).unwrap_or(found.len());
            found.insert(at, (weight, tag));
        }
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in found.into_iter().map(|(_, tag)| tag).chain(["en".to_owned()]) {
        let plain = tag.split('-').next().unwrap_or_default().to_owned();
        for one in [tag, plain] {
            if !one.is_empty() && !tags.contains(&one) {
                tags.push(one);
            }
        }
    }
    tags
}

/// A file that lies beside the Worker.
pub(crate) async fn file(env: &Env, name: &str) -> Result<Option<Vec<u8>>> {
    let ask = outgoing::request("GET", &["http://assets/", name].concat(), &[], None)?;
    let mut file = env.service("ASSETS")?.fetch_request(ask).await?;
    if file.status_code() == 200 { file.bytes().await.map(Some) } else { Ok(None) }
}

/// The parts of a page in one language: markup with places, `{name}` for a text and `{*name}` for markup.
pub(crate) struct Parts {
    tag: String,
    parts: Value,
}

impl Parts {
    /// Those of this page.
    ///
    /// # Errors
    /// When the files are not beside the Worker.
    pub(crate) async fn of(env: &Env, request: &Request, name: &str) -> Result<Self> {
        let found = spoken(env, request, name, "json").await?.ok_or("no words")?;
        Ok(Self { tag: found.tag, parts: tree_of(&found.bytes).unwrap_or_default() })
    }

    /// A part as it is; nothing where there is none of this name.
    pub(crate) fn part(&self, name: &str) -> Option<&str> {
        self.parts.get(name).and_then(Value::as_str)
    }

    /// A part with these put in.
    pub(crate) fn fill(&self, name: &str, put: &[(&str, &str)]) -> String {
        fill(self.part(name).unwrap_or_default(), put)
    }

    /// A part that tells why something is refused.
    pub(crate) fn refused(&self, name: &str, why: Refusal) -> String {
        let (code, what, next) = why.words();
        let id = ["no-", code].concat();
        let next_id = [&id, ".next"].concat();
        self.fill(
            name,
            &[("what", self.part(&id).unwrap_or(what)), ("next", self.part(&next_id).unwrap_or(next))],
        )
    }

    /// The whole page around a body that says why something is refused.
    pub(crate) fn refuse(&self, why: Refusal, body: &str) -> Result<Response> {
        let answer = self.answer(why.status(), body)?;
        if let Some(seconds) = why.wait() {
            answer.headers().set("retry-after", &seconds.to_string())?;
        }
        Ok(answer)
    }

    /// The whole page around this body.
    pub(crate) fn answer(&self, status: u16, body: &str) -> Result<Response> {
        page(status, &self.tag, self.fill("document", &[("body", body)]).into_bytes())
    }
}

fn fill(part: &str, put: &[(&str, &str)]) -> String {
    let mut pieces = part.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let plain = name.trim_start_matches('*');
        let found = put.iter().find(|(known, _)| *known == plain).map_or("", |(_, text)| *text);
        if plain == name {
            escape_into(&mut out, found)
        } else {
            out.push_str(found)
        }
        out.push_str(rest);
    }
    out
}

/// A text between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// A whole page that is the same for everybody, in the request's language.
pub(crate) async fn whole(env: &Env, request: &Request, status: u16, name: &str) -> Result<Option<Response>> {
    match spoken(env, request, name, "page").await? {
        Some(found) => page(status, &found.tag, found.bytes).map(Some),
        None => Ok(None),
    }
}

/// The page that says that there is nothing.
pub(crate) async fn missing(env: &Env, request: &Request) -> Result<Response> {
    match whole(env, request, 404, "missing").await? {
        Some(page) => Ok(page),
        None => answer::refuse(answer::NOT_FOUND),
    }
}

#[cfg(test)]
mod tests {
    use super::{fill, wanted};

    #[test]
    fn languages_are_tried_by_their_weight_and_english_last() {
        for (header, tags) in [
            ("", &["en"][..]),
            ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", &["de-de", "de", "en-us", "en"]),
            ("en;q=0.5, fr;q=0.85,ja", &["ja", "fr", "en"]),
            ("es;q=0,*,../x,fr;q=0.0", &["en"]),
            ("en-XA", &["en-xa", "en"]),
        ] {
            assert_eq!(wanted(header), tags, "{header}");
        }
        assert!(wanted(&"aa,".repeat(100)).len() <= 2 && wanted(&"a".repeat(99)) == ["en"]);
    }

    #[test]
    fn a_text_is_escaped_and_markup_is_not() {
        assert_eq!(fill("<p>{a} {*a}{b}</p>", &[("a", "<b>\"&")]), "<p>&lt;b&gt;&quot;&amp; <b>\"&</p>");
    }
}
