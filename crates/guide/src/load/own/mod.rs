//! A vendor's own guide, as it travels with a link: data that says which of the packaged recipes are carried out, and with
//! which names and reasons. Every step, control, condition and address comes from the recipes and pages of whoever reads it;
//! what travels has no place for one. `extension/background/js/own.js` reads it by the same table (`shape.json`) and makes the
//! same plans: a test holds both against each other.

mod pack;

use serde_json::{Value, json};

pub use self::pack::pack;

use super::compile::{Options, compile_with};
use super::finding::Finding;
use super::library::{Library, Loaded};
use super::lint::lint_guide;
use super::model::{GuideFile, RecipeFile};
use super::source::Source;
use super::variants::{LINKED, Variant, linked, variants};
use crate::plan::Plan;

/// Version of the travelling form; a reader refuses what it does not know.
pub const FORMAT: u32 = 1;

/// What may stand where in a travelling guide: an object, a list of one form, or a rule with the longest text or the
/// highest number.
const SHAPE: &str = include_str!("shape.json");

/// Entries of one list.
const MAX_LIST: usize = 40;

/// What the recipes achieve that a travelling guide may call for. None of them weakens a tenant.
const ACHIEVES: [&str; 6] =
    ["*", "app", "apis", "link.federated", "setting.audit-logging", "wants.tenant-domain"];

/// The same for every kind of credential.
const CREDENTIAL: &str = "credential.";

/// The table, for whoever reads it in another language.
#[must_use]
pub fn shape() -> Value {
    serde_json::from_str(SHAPE).unwrap_or_default()
}

/// Whether a travelling guide may call for this recipe.
#[must_use]
pub fn is_known(recipe: &RecipeFile) -> bool {
    ACHIEVES.contains(&recipe.achieves.as_str()) || recipe.achieves.starts_with(CREDENTIAL)
}

/// The text that travels with a vendor's link for one guide of a library: the guide, and what the verifier must see.
///
/// # Errors
/// What the linter says against it, and whatever in it has no place in a guide that travels.
pub fn travelling(library: &Library, id: &str, domain: &str) -> Result<String, Vec<Finding>> {
    let errors: Vec<Finding> = lint_guide(library, id).into_iter().filter(Finding::is_error).collect();
    let Some(guide) = library.guides.get(id).filter(|_| errors.is_empty()) else { return Err(errors) };
    let tree = serde_json::to_value(&guide.file).unwrap_or_default();
    if let Some(at) = odd(&tree, &shape(), domain) {
        let path: Vec<&str> = at.split('.').collect();
        let what = format!("`{at}` has no place in a guide that travels with a link, or not in this form");
        let next = "See docs/VENDORS.md for what such a guide may say; everything else has to be packaged.";
        return Err(vec![guide.source.error(&path, "own-guide", what, next)]);
    }
    let plan = compile_with(library, id, Options::default())?;
    let check = serde_json::to_value(&plan.requirements).unwrap_or_default();
    Ok(json!({"check": check, "format": FORMAT, "guide": tree}).to_string())
}

/// Every plan of a guide that came with a link of this domain, each with its name; the usual one first. `id` and `digest` are
/// the link's.
///
/// # Errors
/// What is not as it should be, in a word or two; then nothing of it may be used.
pub fn plans(
    library: &Library,
    text: &str,
    (id, digest, domain): (&str, &str, &str),
) -> Result<Vec<(Variant, Plan)>, String> {
    let whole: Value = serde_json::from_str(text).map_err(|_| "no JSON")?;
    let (Some(tree), Some(check)) = (whole.get("guide"), whole.get("check")) else {
        return Err("format".to_owned());
    };
    let known = json!({"check": check, "format": FORMAT, "guide": tree});
    if known != whole {
        return Err("format".to_owned());
    }
    if let Some(at) = odd(tree, &shape(), domain) {
        return Err(at);
    }
    let mut file: GuideFile = serde_json::from_value(tree.clone()).map_err(|error| error.to_string())?;
    mark(&mut file, domain);
    let mut library = Library {
        recipes: library.recipes.clone(),
        pages: library.pages.clone(),
        resources: library.resources.clone(),
        ..Library::default()
    };
    library.recipes.retain(|_, recipe| is_known(&recipe.file));
    let source = Source { file: id.to_owned(), text: text.to_owned() };
    library.guides.insert(id.to_owned(), Loaded { file, source });
    let mut made = Vec::new();
    for variant in variants(&library, id).into_iter().chain(linked(&library, id)) {
        let compiled = compile_with(&library, id, variant.options());
        let mut plan =
            compiled.map_err(|all| all.first().map_or_else(String::new, |one| one.what.clone()))?;
        digest.clone_into(&mut plan.digest);
        made.push((variant, plan));
    }
    let same = |name: &str, plan: &Plan| {
        serde_json::to_value(&plan.requirements).is_ok_and(|own| own.get(name) == check.get(name))
    };
    let usual = made.iter().find(|(variant, _)| variant.credential != Some(LINKED)).map(|(_, plan)| plan);
    match usual {
        Some(plan) if ["values", "tokens", "probes"].iter().all(|name| same(name, plan)) => Ok(made),
        _ => Err("check".to_owned()),
    }
}

/// The path of the first thing that has no place in a travelling guide of this domain, or not in this form.
#[must_use]
pub fn odd(tree: &Value, shape: &Value, domain: &str) -> Option<String> {
    let below = |name: &str, found: String| {
        if found.is_empty() { name.to_owned() } else { format!("{name}.{found}") }
    };
    match (tree, shape) {
        (Value::Object(parts), Value::Object(known)) => parts.iter().find_map(|(name, part)| {
            let found = match known.get(name) {
                Some(shape) => odd(part, shape, domain)?,
                None => String::new(),
            };
            Some(below(name, found))
        }),
        (Value::Array(list), Value::Array(form)) if form.len() == 1 => {
            if list.len() > MAX_LIST {
                return Some(String::new());
            }
            let each = list.iter().enumerate();
            each.filter_map(|(n, part)| Some(below(&n.to_string(), odd(part, form.first()?, domain)?))).next()
        }
        (leaf, Value::Array(rule)) => (!follows(leaf, rule, domain)).then(String::new),
        _ => Some(String::new()),
    }
}

fn follows(leaf: &Value, rule: &[Value], domain: &str) -> bool {
    let [Value::String(rule), Value::Number(most)] = rule else { return false };
    let most = most.as_u64().unwrap_or_default();
    if rule == "number" {
        return leaf.as_u64().is_some_and(|n| n <= most);
    }
    let Some(text) = leaf.as_str().filter(|text| text.chars().count() as u64 <= most) else { return false };
    match rule.as_str() {
        "key" => is_key(text),
        "name" | "words" => is_said(text),
        "domain" => is_below(domain, text),
        "contact" => is_contact(text, domain),
        _ => false,
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// Something for people to read: nothing hidden, no markup, no place for a value, no address.
fn is_said(text: &str) -> bool {
    text == text.trim() && !text.is_empty() && !text.chars().any(is_odd) && !text.contains("://")
}

/// Characters that turn a text around, hide something in it, or mean something to a plan.
fn is_odd(c: char) -> bool {
    c.is_control()
        || "{}<>[]|*`$@\\".contains(c)
        || matches!(u32::from(c), 0xAD | 0x61C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
        || matches!(u32::from(c), 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

/// Whether a name is this domain, or one that it is below of.
fn is_below(domain: &str, name: &str) -> bool {
    domain == name || domain.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
}

/// An address at the vendor's own domain: of a mailbox, or of a page.
fn is_contact(text: &str, domain: &str) -> bool {
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/+".contains(&b));
    let (host, rest) = match (text.strip_prefix("https://"), text.split_once('@')) {
        (Some(address), _) => address.split_once('/').unwrap_or((address, "")),
        (None, Some((mailbox, host))) => (host, mailbox),
        (None, None) => return false,
    };
    plain(rest) && plain(host) && is_below(host, domain)
}

/// Puts the vendor's domain before every sentence that is the vendor's own, so that nobody takes it for Handrail's.
fn mark(file: &mut GuideFile, domain: &str) {
    let said = |text: &mut String| *text = format!("{domain}: “{text}”");
    said(&mut file.purpose);
    file.permissions.iter_mut().for_each(|part| said(&mut part.why));
    file.settings.values_mut().for_each(|part| said(&mut part.why));
    file.values.iter_mut().filter_map(|part| part.hint.as_mut()).for_each(said);
    let certificate = file.credential.as_mut().and_then(|part| part.certificate.as_mut());
    certificate.into_iter().for_each(|part| said(&mut part.from));
}
