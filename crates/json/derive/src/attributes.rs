//! What `#[serde(…)]` says, as far as it is known here.

use syn::{Attribute, LitStr, Path, Result};

/// How names are spelled.
#[derive(Clone, Copy, Default)]
pub(crate) enum Case {
    /// As in the code.
    #[default]
    Same,
    Kebab,
    Camel,
}

/// What is said of a type, a variant or a field.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) case: Case,
    /// It may be left out.
    pub(crate) default: bool,
    /// The function that makes what was left out.
    pub(crate) default_by: Option<Path>,
    /// It is left out when it is nothing.
    pub(crate) terse: bool,
    /// It is neither read nor written.
    pub(crate) skip: bool,
    /// It stands for every name that is not known.
    pub(crate) other: bool,
    /// What it does not know is refused.
    pub(crate) closed: bool,
    /// The field that holds a variant's name.
    pub(crate) tag: Option<LitStr>,
}

impl Said {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut said = Self::default();
        for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let text = || meta.value()?.parse::<LitStr>();
                let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                match name.as_str() {
                    "rename_all" => match text()?.value().as_str() {
                        "kebab-case" => said.case = Case::Kebab,
                        "camelCase" => said.case = Case::Camel,
                        _ => return Err(meta.error("kebab-case or camelCase")),
                    },
                    "default" => {
                        said.default = true;
                        if meta.input.peek(syn::Token![=]) {
                            said.default_by = Some(text()?.parse()?);
                        }
                    }
                    "skip_serializing_if" => {
                        let by = text()?.value();
                        if !(by.ends_with("::is_none") || by.ends_with("::is_empty")) {
                            return Err(meta.error("only what is none or empty is left out"));
                        }
                        said.terse = true;
                    }
                    "skip" => said.skip = true,
                    "deny_unknown_fields" => said.closed = true,
                    "other" => said.other = true,
                    "tag" => said.tag = Some(text()?),
                    _ => return Err(meta.error("handrail-json does not know this")),
                }
                Ok(())
            })?;
        }
        Ok(said)
    }
}

/// A field's name as it is spelled in JSON.
pub(crate) fn field_name(name: &syn::Ident, case: Case) -> String {
    let name = name.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    match case {
        Case::Same => name.to_owned(),
        Case::Kebab => name.replace('_', "-"),
        Case::Camel => {
            let mut words = name.split('_');
            let first = words.next().unwrap_or_default().to_owned();
            words.fold(first, |all, word| all + &capital(word))
        }
    }
}

/// A variant's name as it is spelled in JSON.
pub(crate) fn variant_name(name: &syn::Ident, case: Case) -> String {
    let name = name.to_string();
    match case {
        Case::Same => name,
        Case::Kebab => {
            let mut spelled = String::new();
            for c in name.chars() {
                if c.is_ascii_uppercase() && !spelled.is_empty() {
                    spelled.push('-');
                }
                spelled.push(c.to_ascii_lowercase());
            }
            spelled
        }
        Case::Camel => {
            name.chars().take(1).map(|c| c.to_ascii_lowercase()).chain(name.chars().skip(1)).collect()
        }
    }
}

fn capital(word: &str) -> String {
    word.chars().take(1).map(|c| c.to_ascii_uppercase()).chain(word.chars().skip(1)).collect()
}
