//! `handrail guide render GUIDE --as FORMAT`

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use handrail_guide::load::compile_all;

/// `handrail guide render`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id; left away with `--all`.
    guide: Option<String>,
    /// What to write.
    #[arg(long = "as", value_name = "FORMAT", default_value = "json")]
    format: Format,
    /// All guides in one JSON object, by id.
    #[arg(long, conflicts_with = "guide")]
    all: bool,
    /// File to write to; standard output when not given.
    #[arg(long, short)]
    out: Option<std::path::PathBuf>,
}

/// The outputs.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The compiled plan.
    Json,
}

/// Writes the output.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let text = if arguments.all {
        anyhow::ensure!(arguments.format == Format::Json, "--all is for JSON only; name one guide");
        let plans = compile_all(root).map_err(|findings| super::failed(&findings))?;
        serde_json::to_string_pretty(&plans)? + "\n"
    } else {
        let id = arguments.guide.as_deref().ok_or_else(|| anyhow::anyhow!("name a guide, or use --all"))?;
        let plan = super::plan(root, id)?;
        match arguments.format {
            Format::Json => serde_json::to_string_pretty(&plan)? + "\n",
        }
    };
    match &arguments.out {
        Some(path) => std::fs::write(path, text)?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}
