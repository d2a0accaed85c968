//! `handrail guide …`: one file per sub-command.

mod coverage;
mod draft;
pub(crate) mod health;
mod lint;
mod list;
mod new;
mod plans;
mod preview;
mod render;
mod service;
mod show;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, ensure};
use clap::Subcommand;
use handrail_guide::load::model::Mode;
use handrail_guide::load::{Finding, Library, Options, compile_with, own};
use handrail_guide::plan::Plan;
use handrail_handover::LinkClaims;

pub(crate) use plans::pages;

/// `handrail guide …`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    root: Root,
    #[command(subcommand)]
    command: Command,
}

/// Where the guides are, for commands with commands of their own.
#[derive(clap::Args)]
pub(crate) struct Root {
    /// Folder that holds guides/, recipes/ and portal/; found upwards from here when not given.
    #[arg(long, global = true)]
    root: Option<PathBuf>,
}

impl Root {
    /// The folder: as given, or the nearest one upwards.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        root(self.root.as_deref())
    }

    /// All its files, or prints what is wrong with them.
    pub(crate) fn library(&self) -> anyhow::Result<Library> {
        library(&self.folder()?)
    }
}

#[derive(Subcommand)]
enum Command {
    /// List all guides.
    List,
    /// Print a guide's steps, values and requirements.
    Show(show::Arguments),
    /// Check guides, recipes and portal pages; says file, line and what to do.
    Lint(lint::Arguments),
    /// Write a new guide from a few answers.
    New(new::Arguments),
    /// Open a guide on the practice portal, in a real browser.
    Preview(preview::Arguments),
    /// Draft a guide from a vendor's set-up document, with every outdated or dangerous line marked.
    Draft(draft::Arguments),
    /// Merge saved guide-health files into advice for the portal catalogue.
    Health(health::Arguments),
    /// Print what became of every statement of the vendors' documents.
    Coverage,
    /// Write a guide's documents and scripts.
    Render(render::Arguments),
    /// Write the plan of every guide in every mode and with every credential, a file each, and an index of them.
    Plans(plans::Arguments),
    /// Write what a Worker shows to people, in every language: its pages, the guides' steps as words, the list of guides.
    Service(service::Arguments),
    /// Print what recipes and guides say as messages, in English: what a translation follows.
    Words(words::Arguments),
}

/// Runs the sub-command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let root = arguments.root.folder()?;
    match &arguments.command {
        Command::List => list::run(&root),
        Command::Show(own) => show::run(&root, own),
        Command::Lint(own) => lint::run(&root, own),
        Command::New(own) => new::run(&root, own),
        Command::Preview(own) => preview::run(&root, own),
        Command::Draft(own) => draft::run(&root, own),
        Command::Health(own) => health::run(&root, own),
        Command::Coverage => coverage::run(&root),
        Command::Render(own) => render::run(&root, own),
        Command::Plans(own) => plans::run(&root, own),
        Command::Service(own) => service::run(&root, own),
        Command::Words(own) => words::run(&root, own),
    }
}

/// The mode of this name, for arguments.
fn mode(name: &str) -> Result<Mode, String> {
    let known = || Mode::ALL.map(Mode::word).join(", ");
    Mode::named(name).ok_or_else(|| format!("there are: {}", known()))
}

/// The folder with the guides: as given, or the nearest one upwards.
pub(crate) fn root(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("guides").is_dir() && folder.join("recipes").is_dir())
        .map(Path::to_owned)
        .context("no folder with guides/ and recipes/ found from here upwards; name it with --root")
}

/// Loads all files, or prints what is wrong with them.
pub(crate) fn library(root: &Path) -> anyhow::Result<Library> {
    Library::load(root).map_err(|findings| failed(&findings))
}

/// One guide's plan, for the other commands.
pub(crate) fn plan_for(id: &str, given: Option<&Path>) -> anyhow::Result<Plan> {
    plan(&root(given)?, id)
}

/// The text with which a guide in a file travels with a link of this domain, or prints what is wrong with it.
pub(crate) fn travelling(file: &Path, given: Option<&Path>, domain: &str) -> anyhow::Result<String> {
    let mut library = library(&root(given)?)?;
    let id = library.add_guide_file(file).map_err(|finding| failed(&[finding]))?;
    own::travelling(&library, &id, domain).map_err(|findings| failed(&findings))
}

/// The plan of a link's guide: a packaged one, or the vendor's own, from its file.
pub(crate) fn plan_of_link(
    link: &LinkClaims,
    file: Option<&Path>,
    given: Option<&Path>,
) -> anyhow::Result<Plan> {
    if !link.is_own() {
        return plan_for(&link.guide, given);
    }
    let file = file.context("the link's guide is your own: name its file with --guide")?;
    let text = travelling(file, given, &link.iss)?;
    ensure!(
        link.binds(Some(&text)).is_ok(),
        "{} is not the guide that this link was made with",
        file.display()
    );
    let plans = own::plans(&library(&root(given)?)?, &text, (&link.guide, &link.digest, &link.iss));
    let first = plans.map_err(|what| anyhow!("{}: {what}", file.display()))?.into_iter().next();
    first.map(|(_, plan)| plan).context("the guide has no plan")
}

/// Compiles one guide, or prints what is wrong with it.
fn plan(root: &Path, id: &str) -> anyhow::Result<Plan> {
    plan_with(root, id, Options::default())
}

/// The same with options. A guide is named by its id, or by a file anywhere.
fn plan_with(root: &Path, name: &str, options: Options<'_>) -> anyhow::Result<Plan> {
    let mut library = library(root)?;
    let id = match take(&mut library, name)? {
        Ok(id) => id,
        Err(finding) => return Err(failed(&[finding])),
    };
    compile_with(&library, &id, options).map_err(|findings| failed(&findings))
}

/// The id under which a guide is in the library: one that is there, or a file's, which is read for it.
fn take(library: &mut Library, name: &str) -> anyhow::Result<Result<String, Finding>> {
    if library.guides.contains_key(name) {
        return Ok(Ok(name.to_owned()));
    }
    let path = Path::new(name);
    if let Err(error) = std::fs::File::open(path) {
        let known = library.guides.keys().cloned().collect::<Vec<_>>().join(", ");
        anyhow::bail!("`{name}` is neither a guide ({known}) nor a file that can be read: {error}");
    }
    Ok(library.add_guide_file(path))
}

/// Prints every finding and ends with their number.
fn failed(findings: &[Finding]) -> anyhow::Error {
    for finding in findings {
        eprintln!("{finding}");
    }
    anyhow::anyhow!("{} to correct", findings.len())
}
