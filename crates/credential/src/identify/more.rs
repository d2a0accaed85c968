//! What the command finds and the link's page, which has no room for it, does without. `less` has the same names there.

use super::labelled::{FOR_ANYTHING, Labelled, MAX_LABELLED, of_value, tail};
use super::running::running;
use super::table::Column;
use super::{Found, is_issued, named, unnamed, value_of};
use crate::catalogue::finding;
use crate::check::{Kind, check};
use crate::labels::{kind_before, kind_named, squeeze};
use crate::marvin::has_right_checksum;
use crate::shape::{Shape, classify};
use crate::text::{from_base64, guid, guids_in, has_mark, is_mixed, is_secret_byte};

/// Whether other secrets are looked for beside a known one, and tables read of whose columns one alone has a known name.
pub(super) const READS_ON: bool = true;

/// Whether brackets around it are none of its own.
pub(super) fn is_in_brackets(inner: &str) -> bool {
    is_issued(inner)
}

/// Of the values behind labels those that count: where there are several, or another secret is known, only those that a
/// machine could have made up.
pub(super) fn kept(all: Vec<Labelled>, is_other_known: bool) -> Vec<Labelled> {
    if is_other_known || all.iter().any(is_made) {
        return all.into_iter().filter(is_made).collect();
    }
    all.into_iter().take(1).collect()
}

fn is_made(one: &Labelled) -> bool {
    let value = one.found.value.expose(); // EXPOSE: looked at, not passed on.
    let mixed = is_mixed(value) && value.len() >= 16 && !value.contains(['(', '$', ' ']);
    let is_made = (mixed && one.is_named) || is_issued(value);
    let has_form = has_mark(value) || classify(value) == Shape::SecretInBase64;
    one.found.kind == Kind::ClientSecret.name() && !has_form && is_made
}

/// A line that is another service's key as a whole.
pub(super) fn key(line: &str) -> Option<Found> {
    (classify(line) == Shape::OtherService).then(|| unnamed(line))
}

/// Whether an ID behind a secret may be that of the secret though no date tells a row of the portal: beside other IDs it may not.
pub(super) fn is_row(text: &str) -> bool {
    guids_in(text).len() < 2
}

/// Whether it is longer than the three characters that the portal shows of a secret, in any script.
pub(super) fn is_longer(piece: &str) -> bool {
    piece.chars().count() > 3
}

/// Another service's key among other words.
pub(super) fn key_among(piece: &str) -> Option<Found> {
    Some(unnamed(piece))
}

/// The label before "is", in a sentence that tells a secret.
pub(super) fn said(before: &str) -> Option<&str> {
    [" is", " ist", " est", " es"].iter().find_map(|word| before.strip_suffix(word))
}

/// The value in such a sentence; nothing when its first word is none.
pub(super) fn said_value(text: &str) -> &str {
    text.split_whitespace().next().filter(|word| is_issued(sentence(word))).unwrap_or_default()
}

/// Without the end of a sentence, where only that is of a length that is handed out.
fn sentence(text: &str) -> &str {
    match text.strip_suffix('.') {
        Some(inner) if is_issued(inner) && !is_issued(text) => inner,
        _ => text,
    }
}

/// In a row of a table: the value stands in some cell behind the one that names it.
pub(super) fn in_cells(line: &str) -> Option<Labelled> {
    let sign = ['|', '\t'].into_iter().find(|sign| line.matches(*sign).count() >= 2)?;
    let mut cells = line.split(sign).map(|cell| cell.trim().trim_matches(['`', '*', '"']));
    let label = cells.find(|cell| kind_named(cell) == Some(Kind::ClientSecret))?;
    let value = cells.find(|cell| is_issued(cell))?;
    Some(of_value(label, value))
}

/// What a machine made up stands among a line's words, behind a name for a secret: in a call's brackets, an option, an
/// element. Where nothing stands before it, the line above may name it.
pub(super) fn among_words(all: &mut Vec<Labelled>, line: &str, above: &str) {
    for (before, word) in words(line) {
        if all.len() >= MAX_LABELLED {
            return;
        }
        let before = if before.contains(char::is_alphanumeric) { before } else { above };
        if !names_secret(tail(before)) {
            continue;
        }
        // EXPOSE: compared, not passed on.
        all.retain(|one| one.found.value.expose() == word || !one.found.value.expose().contains(word));
        if !all.iter().any(|one| one.found.value.expose() == word) {
            all.push(of_value("", word));
        }
    }
}

/// Whether a secret is what is named last, or what a call of Microsoft's libraries or a login's `-p` takes.
fn names_secret(before: &str) -> bool {
    kind_before(before) == Some(Kind::ClientSecret)
        || before.contains("ClientSecretCredential")
        || before.trim_end().ends_with(" -p")
}

/// Words that Entra could have handed out, each with what stands before it: cut at blanks, quotes and brackets, and where
/// that gives none, at the signs between a setting's name and its value.
fn words(line: &str) -> Vec<(&str, &str)> {
    const WIDE: &[char] = &['"', '\'', '`', '<', '>', '(', ')', '[', ']', '“', '”', '|'];
    const NARROW: &[char] = &['=', ':', ';', ',', '&'];
    let mut all = Vec::new();
    let place = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    for wide in line.split(|c: char| c.is_whitespace() || WIDE.contains(&c)) {
        let narrow = wide.split(NARROW);
        let found = std::iter::once(wide).chain(narrow).map(bare).find(|word| is_issued(word));
        all.extend(found.map(|word| (line.get(..place(word)).unwrap_or_default(), word)));
    }
    all
}

/// Without what ends a call or a sentence.
fn bare(word: &str) -> &str {
    sentence(word.trim_matches('\\').trim_end_matches([',', ';']))
}

/// Points of lists that are looked at; a text with more is no question with its answer.
const MAX_POINTS: usize = 64;

/// A line under a number or a letter.
struct Point<'a> {
    number: &'a str,
    text: &'a str,
    is_quoted: bool,
}

impl<'a> Point<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (number, text) = line.trim_start_matches(['>', ' ', '(']).split_once(['.', ')'])?;
        let is_number = matches!(number.len(), 1 | 2) && number.bytes().all(|b| b.is_ascii_digit());
        let is_letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic());
        (is_number || is_letter).then(|| Self {
            number,
            text: text.trim(),
            is_quoted: line.trim_start().starts_with('>'),
        })
    }
}

/// Whether it is a value by its form alone.
fn is_value(text: &str) -> bool {
    guid(text).is_some() || has_mark(text) || is_issued(text)
}

/// What is asked under a number or a letter, put before what is answered under the same one. That a list answers the other
/// is told by its secret, or where one of the two is a mail's quote; a list of other IDs has the same numbers.
fn answered(text: &str) -> Option<String> {
    let points: Vec<Point> = text.lines().filter_map(Point::of).take(MAX_POINTS + 1).collect();
    let (answers, asked): (Vec<Point>, Vec<Point>) = points.into_iter().partition(|one| is_value(one.text));
    let is_asked =
        |one: &Point| !one.text.split_whitespace().any(is_value) && kind_before(one.text).is_some();
    let asked: Vec<Point> = asked.into_iter().filter(is_asked).collect();
    let is_once = |all: &[Point]| {
        all.iter().all(|one| all.iter().all(|other| one.number != other.number || one.text == other.text))
    };
    let pairs: Vec<(&Point, &Point)> = answers
        .iter()
        .filter_map(|answer| Some((asked.iter().find(|one| one.number == answer.number)?, answer)))
        .collect();
    let is_secret = |one: &Point| kind_before(one.text) == Some(Kind::ClientSecret);
    let is_told = pairs.iter().any(|(one, answer)| is_secret(one) && guid(answer.text).is_none())
        || pairs.iter().all(|(one, answer)| one.is_quoted != answer.is_quoted);
    if pairs.is_empty()
        || !is_told
        || answers.len() + asked.len() > MAX_POINTS
        || !is_once(&answers)
        || !is_once(&asked)
    {
        return None;
    }
    let line = |line: &str| {
        let found = Point::of(line).and_then(|point| {
            pairs.iter().find(|(_, one)| (one.number, one.text) == (point.number, point.text))
        });
        found.map_or_else(|| line.to_owned(), |(one, answer)| format!("{}: {}", one.text, answer.text)) + "\n"
    };
    Some(text.lines().map(line).collect())
}

/// What calls of Microsoft's libraries take, in this order, where they do not name it.
const CALLS: [(&str, &[&str]); 5] = [
    ("ClientSecretCredential", &["tenant_id", "client_id", "client_secret"]),
    ("ClientCertificateCredential", &["tenant_id", "client_id"]),
    ("ClientAssertionCredential", &["tenant_id", "client_id"]),
    ("ConfidentialClientApplication", &["client_id", "client_secret"]),
    ("PSCredential", &["client_id"]),
];

/// Such calls with their values named.
fn called(text: String) -> String {
    CALLS.iter().fold(text, |text, (call, names)| {
        let mut parts = text.split(call);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(call);
            let begins = part.strip_prefix("::new").unwrap_or(part);
            match begins.strip_prefix('(') {
                Some(inner) => {
                    out.push('(');
                    with_names(&mut out, inner, names);
                }
                None => out.push_str(part),
            }
        }
        out
    })
}

/// A call's values, with its name before each that is written out.
fn with_names(out: &mut String, inner: &str, names: &[&str]) {
    let mut names = names.iter();
    let mut depth = 1;
    for value in inner.split_inclusive(',') {
        let bare = value.trim_start();
        out.extend(value.chars().take_while(|c| c.is_whitespace()));
        let written = bare.strip_prefix(['"', '\'']).and_then(|rest| rest.split(['"', '\'']).next());
        if let Some(name) = names.next().filter(|_| depth == 1 && written.is_some_and(is_value)) {
            out.push_str(name);
            out.push('=');
        }
        out.push_str(bare);
        depth = (depth + bare.matches('(').count()).saturating_sub(bare.matches(')').count());
        if depth == 0 {
            names = [].iter();
        }
    }
}

/// What the fields of one object in a program's output tell of the IDs among them.
#[derive(Default)]
struct Fields {
    ids: Vec<String>,
    keys: Vec<String>,
    apps: usize,
    is_of_directory: bool,
    is_of_certificate: bool,
}

/// Fields that an app or its enterprise application has and a record of a sign-in, which has `id` and `appId` too, has not.
const OF_DIRECTORY: [&str; 4] =
    ["displayname", "signinaudience", "publisherdomain", "appownerorganizationid"];

impl Fields {
    fn read(&mut self, field: &str) {
        let Some((name, value)) = field.split_once([':', '=']) else { return };
        let value = value.trim_matches(['"', '\'', ' ', '\r', '\t']);
        let name = squeeze(name);
        match (name.as_str(), guid(value)) {
            ("id", Some(id)) => self.ids.push(id),
            ("keyid", Some(id)) => self.keys.push(id),
            ("appid", Some(_)) => self.apps += 1,
            ("type", None) => self.is_of_certificate |= value == "AsymmetricX509Cert",
            (name, _) => self.is_of_directory |= OF_DIRECTORY.contains(&name),
        }
    }
}

/// The objects in a text: in braces, or lines up to an empty one.
fn objects(text: &str) -> Vec<Fields> {
    const ENDS: [char; 5] = ['\n', ',', ';', '{', '}'];
    let (mut open, mut closed) = (vec![Fields::default()], Vec::new());
    let mut before = '\n';
    for part in text.split_inclusive(ENDS) {
        let end = part.chars().next_back().unwrap_or_default();
        let field = part.trim_end_matches(ENDS);
        if let Some(one) = open.last_mut() {
            one.read(field);
        }
        let is_gap = end == '\n' && before == '\n' && field.trim().is_empty() && open.len() == 1;
        if end == '}' || is_gap {
            closed.extend(open.pop());
        }
        if end == '{' || open.is_empty() {
            open.push(Fields::default());
        }
        before = end;
    }
    closed.extend(open);
    closed
}

/// Names IDs by the fields beside them: `id` beside `appId` is the object's, and a certificate has a `keyId` as a secret has.
pub(super) fn named_by_fields(text: &str, found: &mut [Found]) {
    let all = objects(text);
    for one in found {
        let Some(id) = guid(one.value.expose()) else { continue }; // EXPOSE: an ID.
        let is_object = |of: &Fields| of.is_of_directory && of.apps == 1 && of.ids == [id.as_str()];
        let is_key = |of: &Fields| of.is_of_certificate && of.keys.contains(&id);
        if one.kind == "id" && all.iter().any(is_object) {
            *one = named(Kind::ObjectId, &id);
        } else if one.kind == Kind::SecretId.name() && all.iter().any(is_key) {
            *one = unnamed(&id);
        }
    }
}

/// What a table's columns hold: beside an app's ID, `Id` alone is its object's.
pub(super) fn columns(names: &[String]) -> Vec<Column> {
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&squeeze(name).as_str()));
    let is_of_app = has(&["appid"]) && has(&OF_DIRECTORY);
    let column = |name: &String| match squeeze(name).as_str() {
        "id" if is_of_app => Column::Of(Kind::ObjectId),
        _ => Column::named(name),
    };
    names.iter().map(column).collect()
}

/// Forgets the name of a value that was found. The tenant's domain says what the ID in brackets behind it is.
pub(super) fn carry(context: &mut String, one: &Found, pieces: &[(String, bool)], at: usize) {
    let in_brackets = |(piece, _): &(String, bool)| {
        piece.strip_prefix('(').and_then(|inner| guid(inner.trim_end_matches(['.', ')']))).is_some()
    };
    let is_domain = one.kind == Kind::TenantDomain.name() && pieces.get(at + 1).is_some_and(in_brackets);
    let is_tenant = is_domain && matches!(kind_before(context), Some(Kind::TenantId | Kind::TenantDomain));
    context.clear();
    context.push_str(if is_tenant { "tenant" } else { "" });
}

/// Forgets a name that does not reach further: a list's next point has its own, and what an address holds it names itself, the
/// tenant that is named before it is not its host.
pub(super) fn begins(context: &mut String, pieces: &[(String, bool)], at: usize) {
    let Some((piece, _)) = pieces.get(at) else { return };
    let is_first = at.checked_sub(1).and_then(|at| pieces.get(at)).is_none_or(|(_, line_end)| *line_end);
    let is_point = is_first && Point::of(piece).is_some_and(|point| point.text.is_empty());
    let is_address = matches!(piece.trim_start_matches('('), "https" | "http")
        && kind_before(context) == Some(Kind::TenantId);
    if is_point || is_address {
        context.clear();
    }
}

/// Letters that the last word of a sentence has at least, or it is `ID`: `Id.` is short for a name.
const WORD: usize = 4;

/// What stands before a value in its own sentence; all of it where that is nothing.
pub(super) fn in_sentence(context: &str) -> &str {
    let is_word = |(at, _): &(usize, &str)| {
        let before = context.get(..*at).unwrap_or_default().trim_end_matches(')');
        before.ends_with("ID") || before.chars().rev().take_while(|c| c.is_alphabetic()).count() >= WORD
    };
    let end = context.rmatch_indices(". ").find(is_word);
    let own = end.and_then(|(at, sign)| context.get(at + sign.len()..));
    own.filter(|own| own.contains(char::is_alphanumeric)).unwrap_or(context)
}

/// An ID without a sentence's brackets around it.
pub(super) fn id<'a>(piece: &'a str, around: &[char]) -> &'a str {
    if piece.starts_with('{') { piece } else { piece.trim_matches(around) }
}

/// A line that has the name behind its value, `… (client ID)`, the other way round.
pub(super) fn turned(text: String) -> String {
    let text = called(answered(&text).unwrap_or(text).replace('：', ": "));
    let turn = |line: &str| {
        let (value, name) = line.trim().split_once(char::is_whitespace)?;
        let is_apart = name.trim_start().starts_with(|c: char| !c.is_alphanumeric());
        (is_value(value) && is_apart && kind_named(name).is_some())
            .then(|| format!("{}: {value}", bare_name(name)))
    };
    if !text.lines().any(|line| turn(line).is_some()) {
        return text;
    }
    text.lines().map(|line| turn(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

fn bare_name(name: &str) -> &str {
    name.trim_matches(|c: char| !c.is_alphanumeric())
}

/// How digests begin that programs write down.
const DIGESTS: [&str; 9] = ["sha256-", "sha384-", "sha512-", "$1$", "$2a$", "$2b$", "$2y$", "$6$", "$argon2"];

/// Whether it is a digest, a place in a program (`this.app.value`), or another setting's name with its value
/// (`SOME_API_KEY=…`).
pub(super) fn is_no_secret(text: &str) -> bool {
    let is_place = text.contains('.')
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'));
    let is_setting = text.split_once('=').is_some_and(|(name, value)| {
        let is_name = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
        !value.is_empty() && name.contains('_') && name.bytes().all(is_name)
    });
    let mut parts = text.split(['"', '=', ' ']);
    is_place || is_setting || parts.any(|part| DIGESTS.iter().any(|start| part.starts_with(start)))
}

/// A value without what a form's encoding and a sentence put into it; None when there is nothing of that.
pub(super) fn plain(value: &str) -> Option<Found> {
    let without = sentence(value);
    let decoded = || unescaped(value).filter(|decoded| is_issued(decoded) && !is_issued(value));
    let (mut found, code) = if without.len() != value.len() {
        (value_of(Kind::ClientSecret, without), "cleaned-wrapping")
    } else {
        (value_of(Kind::ClientSecret, &decoded()?), "cleaned-escape")
    };
    found.repairs.push(finding(code, ""));
    Some(found)
}

/// Without a form's encoding (`%40`), if there is any.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let byte = u8::from_str_radix(part.get(..2)?, 16).ok().filter(u8::is_ascii_graphic)?;
        out.push(char::from(byte));
        out.push_str(part.get(2..)?);
    }
    (out.len() != text.len()).then_some(out)
}

/// Letters that the name of a next field has at least: `scope`. An older secret may have any sign, `&Hff=` too.
const FIELD: usize = 5;

/// A value up to the next field, or up to the quote that was opened before its label: `-d "client_secret=…"`.
pub(super) fn field<'a>(before: &str, rest: &'a str) -> &'a str {
    let mut rest = up_to_next(rest);
    for quote in ['"', '\''] {
        if before.matches(quote).count() % 2 == 1
            && let Some((value, _)) = rest.split_once(quote)
            && is_issued(sentence(value))
        {
            rest = value;
        }
    }
    rest
}

/// Up to the next field of a form or of a connection string.
fn up_to_next(rest: &str) -> &str {
    if classify(rest) == Shape::SecretLegacy {
        return rest;
    }
    let is_end = |(at, _): &(usize, &str)| {
        let next = rest.get(at + 1..).unwrap_or_default().trim_start();
        let behind = next.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ' '));
        next.len() - behind.len() >= FIELD && behind.starts_with('=')
    };
    rest.match_indices([';', '&', '\t'])
        .find(|end| end.1 == "\t" || is_end(end))
        .map_or(rest, |(at, _)| rest.get(..at).unwrap_or_default())
}

/// Puts together what a narrow column, a PDF or a blank has cut: an ID, and a secret whose checksum tells that it is whole.
pub(super) fn joined(pieces: &mut Vec<(String, bool)>) {
    let is_part = |text: &str| text.len() < 40 && text.bytes().all(is_secret_byte);
    let is_whole = |text: &str| guid(text).is_some() || has_right_checksum(text);
    let mut at = 1;
    while let Some((second, line_end)) = pieces.get(at).cloned() {
        let Some((first, _)) = pieces.get_mut(at - 1) else { break };
        let whole = format!("{first}{second}");
        if matches!(whole.len(), 36 | 40) && is_part(first) && is_part(&second) && is_whole(&whole) {
            // The blank tells that it was cut, and is cleaned away like others.
            *first = format!("{first} {second}");
            pieces.get_mut(at - 1).into_iter().for_each(|piece| piece.1 = line_end);
            pieces.remove(at);
        }
        at += 1;
    }
}

/// A value in another form than its own: cut, with dashes of a word processor, in base64 as Kubernetes keeps it, or a
/// thumbprint as tokens and Graph write it.
pub(super) fn kept_otherwise(piece: &str, context: &str) -> Option<Found> {
    let id = |text: &str| guid(text).map(|_| kind_before(context).filter(|kind| kind.is_id()));
    if piece.contains(' ') {
        let whole = piece.replace(' ', "");
        let kind = if has_mark(&whole) { Some(Kind::ClientSecret) } else { id(&whole)? };
        return Some(changed(kind, &whole, "cleaned-inner-space"));
    }
    if !piece.is_ascii() && piece.chars().count() >= 36 {
        let cleaned = check(Kind::ClientId, piece).value;
        let whole = cleaned.expose(); // EXPOSE: an ID.
        return id(whole).map(|kind| changed(kind, whole, "cleaned-look-alike"));
    }
    let bytes = from_base64(piece).filter(|_| matches!(piece.len(), 27..=56))?;
    if matches!(bytes.len(), 20 | 32) && kind_before(context) == Some(Kind::Thumbprint) {
        let digits: String = bytes.iter().map(|b| format!("{b:02X}")).collect();
        return Some(changed(Some(Kind::Thumbprint), &digits, "cleaned-escape"));
    }
    let text = String::from_utf8(bytes).ok()?;
    let inner = text.trim();
    let kind = if has_mark(inner) && !inner.contains(' ') { Some(Kind::ClientSecret) } else { id(inner)? };
    Some(changed(kind, inner, "cleaned-escape"))
}

/// A value that was kept in another form, and what is said of that.
fn changed(kind: Option<Kind>, text: &str, code: &'static str) -> Found {
    let mut found = kind.map_or_else(|| unnamed(text), |kind| named(kind, text));
    found.repairs.push(finding(code, ""));
    found
}

/// Whether the words before a value call it a token or a key: then its digits are no thumbprint.
pub(super) fn is_key_named(context: &str) -> bool {
    let name = squeeze(context);
    ["token", "key", "login", "secret", "password"].iter().any(|word| name.ends_with(word))
}

/// A table as PowerShell and `az -o table` print it: a line of dashes under the names tells where each column begins.
/// None when there is none whose names are known. What stands around it is read as well.
pub(super) fn printed(text: &str) -> Option<Vec<Found>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &&str| {
        line.split_whitespace().count() > 1
            && line.split_whitespace().all(|word| word.len() > 1 && word.bytes().all(|b| b == b'-'))
    };
    let rule = lines.iter().position(is_rule)?;
    let head = rule.checked_sub(1)?;
    let starts: Vec<usize> = starts(lines.get(rule)?);
    let names = cut(lines.get(head)?, &starts);
    let columns = columns(&names);
    // A column for anything names nothing: `Key` and `Value` stand above settings.
    let names_one = |(name, column): (&String, &Column)| {
        *column != Column::Other && !FOR_ANYTHING.contains(&squeeze(name).as_str())
    };
    if !names.iter().zip(&columns).any(names_one) {
        return None;
    }
    let body = lines.get(rule + 1..).unwrap_or_default();
    let rows = body.iter().position(|line| line.trim().is_empty()).unwrap_or(body.len());
    let mut found = running(&lines.get(..head).unwrap_or_default().join("\n"));
    for line in body.get(..rows).unwrap_or_default() {
        let row = columns.iter().zip(cut(line, &starts)).filter(|(_, cell)| !cell.is_empty());
        found.extend(row.flat_map(|(column, cell)| column.read(&cell, true)));
    }
    found.extend(running(&body.get(rows..).unwrap_or_default().join("\n")));
    Some(found)
}

/// The places at which the words of a line begin.
fn starts(line: &str) -> Vec<usize> {
    let mut before = ' ';
    let begins = line.chars().enumerate().filter(move |(_, c)| {
        let begins = before == ' ' && *c != ' ';
        before = *c;
        begins
    });
    begins.map(|(at, _)| at).collect()
}

/// The cells that begin at these places. The first one has what stands before it, too.
fn cut(line: &str, starts: &[usize]) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new(); starts.len()];
    for (at, c) in line.chars().enumerate() {
        let column = starts.partition_point(|start| *start <= at).saturating_sub(1);
        out.get_mut(column).into_iter().for_each(|cell| cell.push(c));
    }
    out.iter().map(|cell| cell.trim().to_owned()).collect()
}
