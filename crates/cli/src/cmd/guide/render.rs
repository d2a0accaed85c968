//! `handrail guide render GUIDE --as FORMAT`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::model::Mode;
use handrail_guide::load::{Options, compile_all};
use handrail_guide::render::{OUTPUTS, output};

/// `handrail guide render`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id, or a guide file anywhere; left away with `--all`.
    guide: Option<String>,
    /// What to write: approval, markdown, html, manifest, az, powershell, consent-url, links or json.
    #[arg(long = "as", value_name = "FORMAT", default_value = "json")]
    format: String,
    /// All guides: one JSON object by id, or with any other format a file each into the folder of `--out`.
    #[arg(long, conflicts_with = "guide")]
    all: bool,
    /// Credential, where the vendor accepts several: secret, certificate or federated.
    #[arg(long)]
    credential: Option<String>,
    /// What the plan is for: run, adopt, renew or remove.
    #[arg(long, default_value = "run")]
    mode: String,
    /// File (or folder, with `--all`) to write to; standard output when not given.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

/// Writes the output.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let known = OUTPUTS.iter().map(|output| output.name).collect::<Vec<_>>().join(", ");
    let output = output(&arguments.format)
        .with_context(|| format!("`{}` is no output; there are: {known}", arguments.format))?;
    if arguments.all {
        let plans = compile_all(root).map_err(|findings| super::failed(&findings))?;
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
    let mode = Mode::named(&arguments.mode).context("--mode is run, adopt, renew or remove")?;
    let id = arguments.guide.as_deref().context("name a guide, or use --all")?;
    let plan = super::plan_with(root, id, Options { credential: arguments.credential.as_deref(), mode })?;
    let text = (output.render)(&plan).with_context(|| {
        let why = if plan.app.is_none() { "it registers no app" } else { "the script only sets up" };
        format!("there is nothing to render as {} for `{id}` and --mode {}: {why}", output.name, plan.mode)
    })?;
    write(arguments.out.as_deref(), &text)?;
    Ok(ExitCode::SUCCESS)
}

fn write(out: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match out {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
        }
        None => Ok(std::io::stdout().write_all(text.as_bytes())?),
    }
}
