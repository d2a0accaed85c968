//! `handrail guide render GUIDE --as FORMAT`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::builder::PossibleValuesParser;
use handrail_guide::load::model::Mode;
use handrail_guide::load::{
    CONSENTED, CREDENTIALS, LINKED, Options, Variant, compile_with, linked, variants,
};
use handrail_guide::plan::Plan;
use handrail_guide::render::{OUTPUTS, output};

/// `handrail guide render`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id, or a guide file anywhere; left away with `--all`.
    guide: Option<String>,
    /// What to write: approval, markdown, html, manifest, az, powershell, consent-url, links, steps or json.
    #[arg(long = "as", value_name = "FORMAT", default_value = "json")]
    format: String,
    /// All guides that have this `--mode`, or with `--credential link` this way for links: one JSON object by id, or with any other format a file each into the folder of
    /// `--out`, named `<guide>.<format>` or `<guide>.<mode>.<format>`.
    #[arg(long, conflicts_with = "guide")]
    all: bool,
    /// Credential, where the vendor accepts several: secret, certificate or federated; `link` for the federated credential that
    /// a vendor's link asks for, `consent` for the consent that one asks for.
    #[arg(long, value_parser = credentials())]
    credential: Option<String>,
    /// What the plan is for: run, adopt, renew or remove.
    #[arg(long, default_value = "run", value_parser = super::mode)]
    mode: Mode,
    /// File (or folder, with `--all`) to write to; standard output when not given.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

fn credentials() -> PossibleValuesParser {
    CREDENTIALS.into_iter().chain([LINKED, CONSENTED]).collect::<Vec<_>>().into()
}

/// Writes the output.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let known = OUTPUTS.iter().map(|output| output.name).collect::<Vec<_>>().join(", ");
    let output = output(&arguments.format)
        .with_context(|| format!("`{}` is no output; there are: {known}", arguments.format))?;
    let mode = arguments.mode;
    if arguments.all {
        let plans = all(root, mode, arguments.credential.as_deref())?;
        if output.name == "json" {
            write(arguments.out.as_deref(), &(serde_json::to_string_pretty(&plans)? + "\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        let folder = arguments.out.as_deref().context("--all needs a folder: --out FOLDER")?;
        std::fs::create_dir_all(folder)?;
        for (id, plan) in plans {
            if let Some(text) = (output.render)(&plan) {
                std::fs::write(folder.join(format!("{id}.{}.{}", output.name, output.extension)), text)?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let id = arguments.guide.as_deref().context("name a guide, or use --all")?;
    let credential = arguments.credential.as_deref();
    let plan = super::plan_with(root, id, Options { credential, mode })?;
    if let Some(asked) = credential.filter(|asked| CREDENTIALS.contains(asked)) {
        let made = plan.credential.as_ref().map(|made| made.kind.as_str());
        ensure!(made.is_none_or(|made| made == asked), "`{id}` takes no {asked}");
    }
    let text = (output.render)(&plan).with_context(|| {
        let why = if plan.app.is_none() { "it registers no app" } else { "the script only sets up" };
        format!("there is nothing to render as {} for `{id}` and --mode {}: {why}", output.name, plan.mode)
    })?;
    write(arguments.out.as_deref(), &text)?;
    Ok(ExitCode::SUCCESS)
}

/// The usual plan of every guide that has this mode, or the one for links, by the plan's name.
fn all(root: &Path, mode: Mode, credential: Option<&str>) -> anyhow::Result<BTreeMap<String, Plan>> {
    let asked = credential.filter(|asked| [LINKED, CONSENTED].contains(asked));
    let ways = if asked.is_some() { linked } else { variants };
    let is_meant = |way: &Variant| way.mode == mode && (asked.is_none() || way.credential == asked);
    let library = super::library(root)?;
    let mut plans = BTreeMap::new();
    for id in library.guides.keys() {
        let Some(way) = ways(&library, id).into_iter().find(is_meant) else { continue };
        let plan = compile_with(&library, id, way.options()).map_err(|findings| super::failed(&findings))?;
        plans.insert(way.key, plan);
    }
    Ok(plans)
}

fn write(out: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match out {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
        }
        None => Ok(std::io::stdout().write_all(text.as_bytes())?),
    }
}
