//! `handrail guide show GUIDE`

use std::path::Path;
use std::process::ExitCode;

/// `handrail guide show`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Guide id: its file name without `.toml`.
    guide: String,
}

/// Prints the plan in words.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let plan = super::plan(root, &arguments.guide)?;
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
    for probe in &plan.requirements.probes {
        println!("  probe {probe}");
    }
    for text in &plan.requirements.not_checked {
        println!("  not checked: {text}");
    }
    Ok(ExitCode::SUCCESS)
}
