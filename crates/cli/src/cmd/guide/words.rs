//! `handrail guide words`

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use handrail_guide::load::{Library, guide_messages, message_file, messages};
use handrail_handover::refusal;
use handrail_words::locale;

/// `handrail guide words`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// `recipes`, a guide's id, `reasons` (what checks say) or `refusals`; recipes and guides when not given.
    of: Option<String>,
    /// Name what the languages in `locales/` do not say instead.
    #[arg(long)]
    missing: bool,
}

/// Prints the messages, or those that are missing.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let library = super::library(root)?;
    let said_elsewhere = checks().into_iter().filter(|_| arguments.missing || arguments.of.is_some());
    let files = files(&library).into_iter().chain(said_elsewhere).filter(|(file, _)| match &arguments.of {
        Some(of) => file.trim_start_matches("guides/") == format!("{of}.ftl"),
        None => true,
    });
    let files: Vec<_> = files.collect();
    if files.is_empty() {
        let of = arguments.of.as_deref().unwrap_or_default();
        return Err(anyhow!("there is no guide `{of}`; `handrail guide list` prints all"));
    }
    if arguments.missing {
        return missing(root, &files);
    }
    files.iter().for_each(|(_, text)| print!("{text}"));
    Ok(ExitCode::SUCCESS)
}

/// The files of a language's folder that follow recipes and guides, as they are in English.
fn files(library: &Library) -> Vec<(String, String)> {
    let recipes = ("recipes.ftl".to_owned(), message_file(&messages(library)));
    let guides = library
        .guides
        .iter()
        .map(|(id, guide)| (format!("guides/{id}.ftl"), message_file(&guide_messages(id, &guide.file))));
    std::iter::once(recipes).chain(guides).collect()
}

/// Those that follow the catalogues of checks and of refusals.
fn checks() -> [(String, String); 2] {
    let reasons = handrail_credential::messages() + &handrail_entra::messages();
    [("reasons.ftl".to_owned(), reasons), ("refusals.ftl".to_owned(), refusal::messages())]
}

/// A line for each message that a language lacks, which is said in English then.
fn missing(root: &Path, files: &[(String, String)]) -> anyhow::Result<ExitCode> {
    let folder = root.join("locales");
    let languages =
        std::fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut languages: Vec<_> =
        languages.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<_>>()?;
    languages.sort();
    let mut lacking = 0;
    for language in languages.iter().filter(|tag| *tag != "en") {
        for (file, english) in files {
            let own = std::fs::read_to_string(folder.join(language).join(file)).unwrap_or_default();
            let own = read(&own)?;
            for id in read(english)?.into_keys().filter(|id| !own.contains_key(id)) {
                println!("{}/{file}: {id}", language.to_string_lossy());
                lacking += 1;
            }
        }
    }
    println!("{lacking} missing");
    Ok(ExitCode::SUCCESS)
}

fn read(text: &str) -> anyhow::Result<BTreeMap<String, std::collections::BTreeSet<String>>> {
    locale::messages(text).map_err(|errors| anyhow!("{errors:?}"))
}
