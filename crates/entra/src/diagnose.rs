//! What a pasted error means: any text in which an answer of Microsoft's may stand, whole, cut, or wrapped by a program.
//!
//! Works offline. It reads numbers first, then codes of the other services, then known sentences, then OAuth's `error`;
//! a text in which nothing is known is *could not tell*. Nothing of the text goes into the diagnosis but numbers, codes
//! that stand in the tables, IDs and a time.

mod catalogue;
mod numbers;
mod text;

use handrail_credential::guid;
use serde_json::Value;

pub use self::catalogue::{Entry, catalogue};
use self::numbers::{af_codes, numbers_in_text};
use self::text::{
    around, between, end_of, folded, holds, labelled_codes, leading_codes, plain, stands_first, stands_last,
    talks_on, unescaped, word_at,
};
use crate::answer::numbers_in;
use crate::codes::{
    AADSTS, AF, AF_DIAGNOSIS, ASKED, CAUSES, Code, DENIED, DIAGNOSIS, ELSEWHERE, FAILED, FOLLOWS, GENERAL,
    LAST, LATE, LOOSE, MENTIONED, NEAR, OAUTH, OTHERS, OURS, OUTER, PAGES, PARTS, PHRASES, REFINE, REFUSED,
    SERVICE, SETTINGS, STATUS, TOKEN_ENDPOINT, WANTED, WEAK, WISHED, WORDS,
};
use crate::reasons::{REASONS, Reason, Topic, fill};
use crate::report::{Verdict, Who};

/// Bytes of a text that are looked at: stack traces and web pages around an answer may be long, its answer is not.
const MAX_TEXT: usize = 256 * 1024;

/// What a text comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Stable code of the cause.
    pub code: &'static str,
    /// Microsoft's numbers in the text, the telling one first; also one that only its sentence stood for.
    pub aadsts: Vec<u32>,
    /// Codes of the Management API or of another service.
    pub codes: Vec<String>,
    /// OAuth's `error`, when it is one of the known ones.
    pub error: Option<&'static str>,
    /// What it says about the set-up.
    pub verdict: Verdict,
    /// What it is about: the value or step to go back to.
    pub topic: Topic,
    /// Whose move it is.
    pub who: Who,
    /// What happened.
    pub what: String,
    /// What to do now.
    pub next: String,
    /// Microsoft's page about it.
    pub page: Option<String>,
    /// Microsoft's correlation id.
    pub correlation_id: Option<String>,
    /// Microsoft's trace id.
    pub trace_id: Option<String>,
}

/// A text, prepared.
struct Reading {
    /// Lower case, straight quotes, single blanks.
    plain: String,
    raw: String,
    json: Option<Value>,
    numbers: Vec<u32>,
    codes: Vec<String>,
    error: Option<&'static str>,
}

/// Says what a text means.
#[must_use]
pub fn diagnose(text: &str) -> Diagnosis {
    let reading = Reading::of(text);
    let (cause, number) = reading.cause();
    let mut aadsts = reading.numbers.clone();
    if let Some(number) = number {
        aadsts.retain(|n| *n != number);
        aadsts.insert(0, number);
    }
    let row = row(cause);
    let tenant = reading.after("tenant '");
    // With the directory's name only where the text has it; nothing else is known to be filled in.
    let named = tenant.as_ref().filter(|_| row.what.contains("{tenant}"));
    let what = match WORDS.iter().find(|(code, _)| *code == row.code) {
        Some((_, words)) if named.is_none() => words,
        _ => row.what,
    };
    let with = [
        ("tenant", tenant.as_deref().unwrap_or_default()),
        ("resource", "The API"),
        ("roles", "what it needs"),
        ("cloud", "another of Microsoft's clouds"),
        ("domain", "that was asked for"),
    ];
    Diagnosis {
        code: row.code,
        verdict: row.verdict,
        topic: row.topic,
        who: row.who,
        what: fill(what, &with),
        next: fill(row.next, &with),
        page: page(aadsts.first().copied(), &reading.codes),
        aadsts,
        error: reading.error,
        correlation_id: reading.label(&[
            "correlation id:",
            "correlation_id\":",
            "correlation_id':",
            "correlationid:",
        ]),
        trace_id: reading.label(&["trace id:", "trace_id\":", "trace_id':", "request id:", "traceid:"]),
        codes: reading.codes,
    }
}

fn row(cause: &str) -> &'static Reason {
    const UNKNOWN: Reason = Reason {
        code: "unknown",
        verdict: Verdict::CouldNotTell,
        topic: Topic::Service,
        what: "There is nothing in this text that is known here.",
        next: "Paste the whole answer, with its number and its correlation id.",
        who: Who::Nobody,
    };
    let find = |all: &'static [Reason]| all.iter().find(|r| r.code == cause && cause != "unknown");
    find(CAUSES).or_else(|| find(REASONS)).unwrap_or(&UNKNOWN)
}

fn is_good(cause: &str) -> bool {
    row(cause).verdict == Verdict::Passed
}

/// What is left of a cause where nothing shows that the text is about an app: nothing is said to be wrong.
fn elsewhere(cause: &'static str) -> &'static str {
    match ELSEWHERE.iter().find(|(told, _)| *told == cause) {
        Some((_, left)) => left,
        None if row(cause).verdict == Verdict::Failed => "unknown",
        None => cause,
    }
}

fn page(number: Option<u32>, codes: &[String]) -> Option<String> {
    const FEED: &str = "https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference#errors";
    const GRAPH: &str = "https://learn.microsoft.com/graph/errors";
    match (number, codes.first()) {
        (Some(number), _) => Some(PAGES.iter().find(|(n, _)| *n == number).map_or_else(
            || format!("https://login.microsoftonline.com/error?code={number}"),
            |(_, page)| (*page).to_owned(),
        )),
        (None, Some(code)) if code.starts_with("AF") => Some(FEED.to_owned()),
        (None, Some(_)) => Some(GRAPH.to_owned()),
        (None, None) => None,
    }
}

/// Characters before good news in which it may be wished for: a sentence, and what JSON writes around the news.
const SENTENCE: usize = 120;

/// Characters before a number in which it may be asked about.
const MENTION: usize = 40;

/// Names, what is said of one of them, and the cause.
type Words = (&'static [&'static str], &'static [&'static str], &'static str);

/// Letters of a name that may also stand inside of another word.
const SHORT: usize = 5;

/// Characters before `token` in which a program says that it wanted one: `Error getting MS Graph Token`.
const WANTED_BEFORE: usize = 24;

/// Whether what comes next is expected, asked for or looked at, but not told.
fn is_wished(before: &str) -> bool {
    let sentence = format!(" {}", end_of(before, SENTENCE));
    WISHED.iter().any(|word| sentence.contains(word))
}

fn is_oauth(word: &str) -> bool {
    OAUTH.iter().any(|(name, _)| word == *name)
}

/// Codes that also are plain words: believed only where a code stands.
fn is_word(code: &str) -> bool {
    code.len() < 20 && !code.contains('_')
}

/// Three words run together and written with their capitals are no plain word, however short.
fn stands_written(code: &str, raw: &str) -> bool {
    code.chars().filter(char::is_ascii_uppercase).count() > 2 && word_at(raw, code).is_some()
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut end = text.len().min(MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let raw = text.get(..end).unwrap_or_default().trim_start_matches('\u{feff}').trim();
        // Markdown writes a code's `_` so, and JSON that once more.
        let raw = raw.replace("\\\\_", "_").replace("\\_", "_");
        let json: Option<Value> = serde_json::from_str(&raw).ok();
        let plain = if raw.contains("error_description=") { plain(&unescaped(&raw)) } else { plain(&raw) };
        let mut numbers =
            json.as_ref().and_then(|j| j.get("error_codes")).map(numbers_in).unwrap_or_default();
        // Microsoft writes its own sentence behind a number; one that is only mentioned has none, and gives way.
        let (said, named): (Vec<u32>, Vec<u32>) =
            numbers_in_text(&raw).into_iter().partition(|n| plain.contains(&format!("aadsts{n}:")));
        numbers.extend(said);
        numbers.extend(named);
        let mut seen = Vec::new();
        numbers.retain(|n| {
            !seen.contains(n) && {
                seen.push(*n);
                true
            }
        });
        let error = OAUTH
            .iter()
            .map(|(name, _)| *name)
            .filter_map(|name| Some((word_at(&plain, name)?, name)))
            .min_by_key(|(at, name)| (*at, std::cmp::Reverse(name.len())))
            .map(|(_, name)| name);
        let mut reading = Self { codes: af_codes(&raw), plain, raw, json, numbers, error };
        reading.codes.extend(reading.service_codes());
        reading
    }

    /// The cause, and Microsoft's number for it where there is one. What another service refuses says nothing about an app.
    fn cause(&self) -> (&'static str, Option<u32>) {
        let (cause, number) = self.told();
        let marked = !self.numbers.is_empty() || self.codes.iter().any(|code| code.starts_with("AF"));
        if marked || self.names(OURS) || !self.names(OTHERS) {
            (cause, number)
        } else {
            (elsewhere(cause), None)
        }
    }

    /// Whether one of these names stands in the text: a short one as a word of its own.
    fn names(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            if name.len() > SHORT { self.plain.contains(name) } else { word_at(&self.plain, name).is_some() }
        })
    }

    /// Whether the text is about an app: by a name, or by an error of OAuth's.
    fn is_ours(&self) -> bool {
        self.error.is_some() || self.names(OURS)
    }

    /// What the text tells, whoever said it.
    fn told(&self) -> (&'static str, Option<u32>) {
        if self.raw.is_empty() {
            return ("empty", None);
        }
        let told: Vec<u32> = self.numbers.iter().copied().filter(|n| !self.is_mentioned(*n)).collect();
        if let Some(found) = self.refined(&told) {
            return found;
        }
        let telling = |general: bool| {
            let mut all = told.iter().filter(|n| GENERAL.contains(n) == general);
            all.find_map(|n| Some((meaning(*n)?, Some(*n))))
        };
        // Beside a number that is not known here, a general one may not blame the secret.
        let all_known = self.numbers.iter().all(|n| meaning(*n).is_some());
        telling(false)
            .or_else(|| self.by_phrase(PHRASES))
            .or_else(|| self.by_code(|code| code.starts_with("AF")))
            .or_else(|| telling(true).filter(|(cause, _)| all_known || *cause != "secret-wrong"))
            .or_else(|| self.by_code(|code| !OUTER.contains(&code)))
            .or_else(|| self.by_code(|_| true))
            .or_else(|| self.credential_refused().then_some(("by-invalid-client", None)))
            .or_else(|| self.by_status())
            .or_else(|| self.token())
            .or_else(|| self.follows(FOLLOWS))
            .or_else(|| self.near(NEAR))
            .or_else(|| self.by_phrase(WEAK))
            .or_else(|| self.html())
            .or_else(|| self.by_error())
            .or_else(|| self.by_parts())
            .or_else(|| self.late().filter(|_| all_known))
            .or_else(|| self.good())
            .or_else(|| self.last().filter(|_| all_known))
            .unwrap_or(("unknown", self.numbers.first().copied()))
    }

    /// Whether somebody asks about this number, says what to do should it come or that it does not, and nobody has it.
    fn is_mentioned(&self, number: u32) -> bool {
        let mark = format!("aadsts{number}");
        let mut places = self.plain.match_indices(&mark).peekable();
        places.peek().is_some()
            && places.all(|(at, _)| {
                let (before, behind) = self.plain.split_at(at);
                let before = end_of(before, MENTION).rsplit(". ").next().unwrap_or_default();
                let behind = behind.get(mark.len()..).unwrap_or_default();
                let last = before.rsplit([' ', '(', '\'']).nth(1).unwrap_or_default();
                (before.ends_with(' ') && DENIED.contains(&last))
                    || MENTIONED.iter().any(|word| before.contains(word))
                    || ASKED.iter().any(|word| behind.starts_with(word))
            })
    }

    /// What a sentence tells beside one of these numbers.
    fn refined(&self, found: &[u32]) -> Option<(&'static str, Option<u32>)> {
        let (numbers, _, cause) = REFINE
            .iter()
            .find(|(numbers, text, _)| found.iter().any(|n| numbers.contains(n)) && self.says(text))?;
        Some((cause, found.iter().find(|n| numbers.contains(n)).copied()))
    }

    /// Whether the sentence stands in the text only behind a word that denies it: `No admin consent is required`.
    fn is_denied(&self, sentence: &str) -> bool {
        self.plain.contains(sentence)
            && self.plain.match_indices(sentence).all(|(at, _)| {
                let before = self.plain.get(..at).unwrap_or_default();
                before.ends_with(' ')
                    && before.split_whitespace().next_back().is_some_and(|w| DENIED.contains(&w))
            })
    }

    fn says(&self, sentence: &str) -> bool {
        holds(&self.plain, sentence)
    }

    fn by_phrase(&self, all: &[(&str, u32, &'static str)]) -> Option<(&'static str, Option<u32>)> {
        let is_told = |text: &&str| self.says(text) && (!LOOSE.contains(text) || self.is_ours());
        // Before a program's own words `NO` may be IMAP's.
        let is_denied = |text: &str, number: u32| number != 0 && self.is_denied(text);
        let (_, number, cause) = all
            .iter()
            .find(|(text, number, cause)| !is_good(cause) && is_told(text) && !is_denied(text, *number))?;
        if *number == 0 {
            return Some((cause, None));
        }
        self.refined(&[*number]).or_else(|| Some((meaning(*number)?, Some(*number))))
    }

    fn by_code(&self, which: impl Fn(&str) -> bool) -> Option<(&'static str, Option<u32>)> {
        let tables: [&[Code<&str>]; 3] = [AF_DIAGNOSIS, AF, SERVICE];
        let known = |code: &String| {
            tables.iter().find_map(|table| table.iter().find(|c| c.code == code)).map(|c| c.reason)
        };
        let mut causes = self.codes.iter().filter(|c| which(c)).filter_map(known);
        causes.find(|cause| !is_good(cause)).map(|cause| (cause, None))
    }

    /// A code that stands in no table, by its words. Node's own codes begin with `ERR_`, Exchange's with `Error`.
    fn by_parts(&self) -> Option<(&'static str, Option<u32>)> {
        let told = labelled_codes(&self.plain, &["code", "azure error"]);
        let is_node = |code: &str| code.starts_with("err") && !code.starts_with("error");
        let fits = |words: &str| told.iter().any(|code| !is_node(code) && holds(code, words));
        PARTS.iter().find(|(words, _)| fits(words)).map(|(_, cause)| (*cause, None))
    }

    /// Good news, asked for last: beside anything that was refused, before anything that failed, or where it is only wished
    /// for, it is none. A failure before it may be how a program announces that very answer.
    fn good(&self) -> Option<(&'static str, Option<u32>)> {
        if REFUSED.iter().any(|word| self.plain.contains(word)) {
            return None;
        }
        let said = PHRASES.iter().filter(|(_, _, cause)| is_good(cause)).find(|(text, _, _)| self.says(text));
        let coded = || {
            let good = AF_DIAGNOSIS.iter().filter(|c| is_good(c.reason));
            good.map(|c| (c.code, c.reason)).find(|(code, _)| self.codes.iter().any(|told| told == code))
        };
        let (news, cause) = said
            .map(|(text, _, cause)| (*text, *cause))
            .or_else(coded)
            .or_else(|| self.listed().map(|cause| ("", cause)))?;
        let news = news.to_lowercase();
        let (before, behind) = self.plain.split_at(self.plain.rfind(&news)?);
        let behind = behind.get(news.len()..).unwrap_or_default();
        // A list is nothing but itself.
        let stands = news.is_empty()
            || (!FAILED.iter().any(|word| behind.contains(word))
                && !is_wished(before)
                && !behind.starts_with(|c: char| c.is_alphanumeric() || "/|?".contains(c))
                && !self.is_talked_about(&news));
        stands.then_some((cause, None))
    }

    /// Whether somebody talks about the news, in whatever language, and no program wrote it: what stands with it in its line.
    /// A setting that is on stands alone there, or among others.
    fn is_talked_about(&self, news: &str) -> bool {
        let raw = self.raw.to_lowercase();
        let mut words = news.split(' ');
        let first = words.next().unwrap_or_default();
        let place = raw.rmatch_indices(first).find_map(|(start, _)| {
            let to_end = |at, word: &str| Some(at + raw.get(at..)?.find(word)? + word.len());
            Some((start, words.clone().try_fold(start + first.len(), to_end)?))
        });
        let Some((start, end)) = place else { return true };
        let before = raw.get(..start).and_then(|t| t.rsplit('\n').next()).unwrap_or_default();
        let behind = raw.get(end..).and_then(|t| t.lines().next()).unwrap_or_default();
        let is_setting = SETTINGS.contains(&news);
        let name = first.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        talks_on(behind, is_setting) || (is_setting && !(stands_first(before, name) && stands_last(behind)))
    }

    /// The Management API's list of subscriptions or content. An empty list could be any API's, and so could a list of
    /// other kinds of content.
    fn listed(&self) -> Option<&'static str> {
        let all = self.json.as_ref()?.as_array()?;
        let is_kind = |kind: &str| kind.starts_with("Audit.") || kind == "DLP.All";
        let is_item = |item: &Value| {
            item.get("contentType").and_then(Value::as_str).is_some_and(is_kind)
                && item.get("error").is_none()
                && (item.get("status").is_some() || item.get("contentUri").is_some())
        };
        if all.is_empty() || !all.iter().all(is_item) {
            return None;
        }
        let is_off = |item: &Value| item.get("status").is_some_and(|status| status != "enabled");
        let hook = |item: &Value| item.get("webhook").is_some_and(|hook| hook.is_object() && is_off(hook));
        Some(if all.iter().any(is_off) {
            "feed-not-subscribed"
        } else if all.iter().any(hook) {
            "feed-webhook"
        } else {
            "subscriptions-listed"
        })
    }

    /// Codes of Graph and the others: after a label, or anywhere when they are no plain word. Programs write them with
    /// and without `_`, in capitals of their own.
    fn service_codes(&self) -> Vec<String> {
        let mut told = labelled_codes(
            &self.plain,
            &["code", "codes", "error", "exception", "fullyqualifiederrorid", "["],
        );
        told.extend(leading_codes(&self.raw));
        SERVICE
            .iter()
            .map(|c| c.code)
            .filter(|code| {
                told.contains(&folded(code))
                    || (!is_word(code) && word_at(&self.plain, &code.to_lowercase()).is_some())
                    || stands_written(code, &self.raw)
            })
            .map(str::to_owned)
            .collect()
    }

    /// What is said of a setting, a token, a permission: neither sentence nor code, but the words stand close together.
    fn near(&self, all: &[Words]) -> Option<(&'static str, Option<u32>)> {
        self.said_of(all, |start, end, words| around(&self.plain, start, end).contains(words))
    }

    /// The same, where the words stand right behind the name and nobody only asks for them to be looked at.
    fn follows(&self, all: &[Words]) -> Option<(&'static str, Option<u32>)> {
        self.said_of(all, |start, end, words| {
            let between = self.plain.get(end..).and_then(|rest| between(rest, words));
            between.is_some_and(|between| !is_wished(between))
                && !self.plain.get(..start).is_some_and(is_wished)
        })
    }

    fn said_of(
        &self,
        all: &[Words],
        is_said: impl Fn(usize, usize, &str) -> bool,
    ) -> Option<(&'static str, Option<u32>)> {
        let fits = |names: &[&str], said: &[&str]| {
            let mut places = names.iter().flat_map(|name| self.plain.match_indices(name));
            places.any(|(at, name)| said.iter().any(|words| is_said(at, at + name.len(), words)))
        };
        let (_, _, cause) = all.iter().find(|(names, said, _)| fits(names, said))?;
        Some((if self.is_ours() { cause } else { elsewhere(cause) }, None))
    }

    /// A status that stands in the text, where nothing better does.
    fn by_status(&self) -> Option<(&'static str, Option<u32>)> {
        if self.status("429") {
            Some(("throttled", None))
        } else if ["500", "502", "503", "504"].iter().any(|n| self.status(n)) {
            Some(("service-failure", None))
        } else {
            self.status("407").then_some(("proxy-login", None))
        }
    }

    /// The token endpoint answers 401 to a credential alone. Programs name it by its path, or say what they wanted of it.
    fn credential_refused(&self) -> bool {
        let wanted = |at: usize| {
            let before = self.plain.get(..at).unwrap_or_default();
            !before.ends_with(|c: char| c.is_alphanumeric())
                && WANTED.iter().any(|verb| end_of(before, WANTED_BEFORE).contains(verb))
        };
        self.has_status("401", "unauthorized")
            && (TOKEN_ENDPOINT.iter().any(|name| self.plain.contains(name))
                || self.plain.match_indices("token").any(|(at, _)| wanted(at)))
    }

    /// What is left when nothing is known. An API answers 403 to what a token lacks; what it means by 401 is anyone's
    /// guess.
    fn late(&self) -> Option<(&'static str, Option<u32>)> {
        let is = |number: &str, word: &str| {
            (self.has_status(number, word) || word_at(&self.plain, word).is_some())
                && !self.plain.contains("proxy")
        };
        self.near(LATE)
            .or_else(|| is("403", "forbidden").then_some((self.forbidden(), None)))
            .or_else(|| is("401", "unauthorized").then_some(("unauthorized", None)))
    }

    fn forbidden(&self) -> &'static str {
        if self.is_ours() { "api-permission" } else { elsewhere("api-permission") }
    }

    /// A bare 400, and what failed in a text that says no more.
    fn last(&self) -> Option<(&'static str, Option<u32>)> {
        let bad = self.has_status("400", "bad request");
        bad.then_some(("by-invalid-request", None)).or_else(|| self.near(LAST))
    }

    fn has_status(&self, number: &str, word: &str) -> bool {
        self.status(number)
            || [" ", " - ", ": ", " / ", " client error: "]
                .iter()
                .any(|sign| self.plain.contains(&format!("{number}{sign}{word}")))
    }

    /// Whether an HTTP status stands in the text as one.
    fn status(&self, number: &str) -> bool {
        self.plain.match_indices(number).any(|(at, _)| {
            let (before, rest) = self.plain.split_at(at);
            let after = rest.get(number.len()..).unwrap_or_default();
            let label = before.trim_end_matches([' ', '"', '\'', ':', '=', '\\']);
            let labelled = label.len() < before.len() && STATUS.iter().any(|l| label.ends_with(l));
            !after.starts_with(|c: char| c.is_ascii_digit())
                && (labelled
                    || before.ends_with(['(', '['])
                    || before.ends_with("returned: ")
                    || after.starts_with(" code")
                    || after.starts_with(" from"))
        })
    }

    /// An answer that holds a token instead of an error.
    fn token(&self) -> Option<(&'static str, Option<u32>)> {
        if let Some(token) = self.json.as_ref().and_then(|j| j.get("access_token"))
            && !token.as_str().is_some_and(|token| !token.is_empty() && self.error.is_none())
        {
            return self.error.is_none().then_some(("token-missing", None));
        }
        let held = self.json.as_ref().is_some_and(|j| j.get("access_token").is_some());
        let names = |all: &[&str]| all.iter().all(|name| self.plain.contains(name));
        let cut = names(&["\"access_token\":\"ey"]) || names(&["\"access_token\": \"ey"]);
        (held || cut || names(&["\"access_token\"", "\"token_type\"", "\"expires_in\""]))
            .then_some(("token-pasted", None))
    }

    fn html(&self) -> Option<(&'static str, Option<u32>)> {
        ["<html", "<!doctype html", "<head>", "<body"]
            .iter()
            .any(|tag| self.plain.contains(tag))
            .then_some(("not-microsoft", None))
    }

    fn by_error(&self) -> Option<(&'static str, Option<u32>)> {
        let name = self.error?;
        let cause = OAUTH.iter().find(|(n, _)| *n == name)?.1;
        Some((cause, self.numbers.first().copied()))
    }

    /// The GUID or domain after a mark.
    fn after(&self, mark: &str) -> Option<String> {
        let (_, rest) = self.plain.split_once(mark)?;
        let name: String = rest.chars().take_while(|c| !matches!(c, '\'' | '"' | ' ')).take(80).collect();
        guid(&name).or_else(|| handrail_credential::domain(&name))
    }

    /// The GUID after one of these labels.
    fn label(&self, labels: &[&str]) -> Option<String> {
        labels.iter().find_map(|label| {
            let (_, rest) = self.plain.split_once(label)?;
            let word: String = rest.trim_start_matches([' ', '"', '\'', '[', '{']).chars().take(36).collect();
            guid(&word)
        })
    }
}

/// What a number means in an error of any program.
fn meaning(number: u32) -> Option<&'static str> {
    let find = |all: &[Code<u32>]| all.iter().find(|c| c.code == number).map(|c| c.reason);
    find(DIAGNOSIS).or_else(|| find(AADSTS)).filter(|reason| *reason != "unknown")
}
