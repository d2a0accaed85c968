//! `handrail guide show GUIDE`

use std::path::Path;
use std::process::ExitCode;

use handrail_guide::load::Options;
use handrail_guide::load::model::Mode;

/// `handrail guide show`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id (its file name without `.toml`), or a guide file anywhere.
    guide: String,
    /// What the plan is for: run, adopt, renew or remove.
    #[arg(long, default_value = "run", value_parser = super::mode)]
    mode: Mode,
}

/// Prints the plan in words.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let options = Options { mode: arguments.mode, ..Options::default() };
    let plan = super::plan_with(root, &arguments.guide, options)?;
    println!("{}\n{}\n", plan.title, plan.sheet.purpose);
    let mut group = "";
    for (n, step) in plan.steps.iter().enumerate() {
        if step.group != group {
            group = &step.group;
            println!("{group}");
        }
        println!("  {:>2}. {:<44} {}", n + 1, step.title, step.id);
    }
    println!("\nValues");
    for value in &plan.values {
        let mark = if value.handed_over { "handed over" } else { "kept" };
        println!("  {:<18} {:<28} {mark}", value.id, value.label);
    }
    println!("\nRequirements");
    for token in &plan.requirements.tokens {
        println!("  a token for {} with {}", token.name, token.roles.join(", "));
    }
    if plan.requirements.tokens.is_empty() && plan.requirements.values.contains_key("client-secret") {
        println!("  a token, which proves that Microsoft takes app and secret");
    }
    for probe in &plan.requirements.probes {
        println!("  probe {probe}");
    }
    for text in &plan.requirements.not_checked {
        println!("  not checked: {text}");
    }
    Ok(ExitCode::SUCCESS)
}
