//! Placeholders in recipes: `${path}` from the guide, and the tests of `when`.

use serde_json::Value;

/// What placeholders are looked up in: the guide, and the items of the lists being walked.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    root: Value,
    locals: Vec<(&'static str, Value)>,
}

impl Scope {
    pub(crate) fn new(root: Value) -> Self {
        Self { root, locals: Vec::new() }
    }

    /// The same scope with one more local name.
    pub(crate) fn with(&self, name: &'static str, value: Value) -> Self {
        let mut scope = self.clone();
        scope.locals.push((name, value));
        scope
    }

    /// What stands at a dotted path; local names go before the guide's.
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let local = self.locals.iter().rev().find(|(name, _)| *name == first);
        let mut value = match local {
            Some((_, value)) => value,
            None => self.root.get(first)?,
        };
        for key in rest.split('.').filter(|key| !key.is_empty()) {
            value = match key.parse::<usize>() {
                Ok(index) => value.get(index)?,
                Err(_) => value.get(key)?,
            };
        }
        Some(value)
    }

    /// The items of a list; none when it is not there.
    pub(crate) fn list(&self, path: &str) -> Vec<Value> {
        match self.at(path) {
            Some(Value::Array(items)) => items.clone(),
            Some(Value::Null) | None => Vec::new(),
            Some(one) => vec![one.clone()],
        }
    }

    /// Whether a `when` holds: `path`, `!path`, or `path=text`.
    pub(crate) fn holds(&self, when: Option<&str>) -> bool {
        let Some(when) = when else { return true };
        if let Some(path) = when.strip_prefix('!') {
            return !self.holds(Some(path));
        }
        match when.split_once('=') {
            Some((path, text)) => self.at(path).and_then(word).as_deref() == Some(text),
            None => match self.at(when) {
                None | Some(Value::Null | Value::Bool(false)) => false,
                Some(Value::Array(items)) => !items.is_empty(),
                Some(_) => true,
            },
        }
    }

    /// The text with every `${path}` filled; the path that is not there otherwise.
    pub(crate) fn fill(&self, text: &str) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (path, behind) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            filled.push_str(before);
            filled.push_str(&self.at(path).and_then(word).ok_or_else(|| path.to_owned())?);
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// A value as text: scalars, and lists of scalars as an enumeration.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        Value::Array(items) => {
            items.iter().map(word).collect::<Option<Vec<_>>>().map(|words| words.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn placeholders_and_tests_are_read_from_guide_and_items() {
        let scope = Scope::new(json!({"app": {"name": "Collector", "uris": ["a", "b"], "none": []}}))
            .with("item", json!({"kind": "application"}));
        assert_eq!(
            scope.fill("Name: ${app.name} (${item.kind}) {tenant}").unwrap(),
            "Name: Collector (application) {tenant}"
        );
        assert_eq!(scope.fill("${app.uris}").unwrap(), "a, b");
        assert_eq!(scope.fill("${app.missing}"), Err("app.missing".to_owned()));
        assert!(
            scope.holds(Some("app.uris")) && !scope.holds(Some("app.none")) && scope.holds(Some("!app.gone"))
        );
        assert!(scope.holds(Some("item.kind=application")) && !scope.holds(Some("item.kind=delegated")));
        assert_eq!(scope.list("app.uris").len(), 2);
    }
}
