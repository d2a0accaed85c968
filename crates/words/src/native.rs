//! The words in English, for tests and tools.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{Arg, locale};

thread_local! {
    static ENGLISH: Words = {
        // What is said of values is written down where they are checked.
        let findings = handrail_credential::messages();
        let files: Vec<&str> = locale::ENGLISH.into_iter().chain([findings.as_str()]).collect();
        Words::new(&files)
    };
}

/// The messages of some files.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// The words of these files, without marks around what is put in: for what runs from left to right.
    #[must_use]
    pub fn new(files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new(vec![LanguageIdentifier::default()]);
        bundle.set_use_isolating(false);
        for source in files {
            // A file with a mistake still says the rest; the tests say which mistake.
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(rest, _)| rest);
            bundle.add_resource_overriding(resource);
        }
        // The only fault is a function of that name, and there is none.
        let _ = bundle.add_function("MOMENT", |given, _| given.first().cloned().unwrap_or(FluentValue::None));
        Self(bundle)
    }

    /// As [`crate::with`].
    #[must_use]
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(name, rest)| (name, Some(rest)));
        let given: FluentArgs<'_> =
            args.iter().map(|(name, value)| (Cow::Borrowed(*name), fluent(*value))).collect();
        let message = self.0.get_message(name);
        let pattern = message.and_then(|found| match attribute {
            Some(attribute) => found.get_attribute(attribute).map(|a| a.value()),
            None => found.value(),
        });
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| self.0.format_pattern(pattern, Some(&given), &mut Vec::new()).into_owned(),
        )
    }
}

pub(crate) fn say(id: &str, args: &[(&str, Arg<'_>)]) -> String {
    ENGLISH.with(|words| words.say(id, args))
}

fn fluent(value: Arg<'_>) -> FluentValue<'_> {
    match value {
        Arg::Text(text) => FluentValue::from(text),
        Arg::Number(number) => FluentValue::from(f64::from(number)),
    }
}
