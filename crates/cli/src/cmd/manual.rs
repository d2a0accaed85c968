//! `handrail completions` and `handrail man`: made from the definition of the command line, so that they cannot differ.

use std::io::Write;
use std::process::ExitCode;

use clap_complete::Shell;

/// `handrail completions`
#[derive(clap::Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints completions.
pub(crate) fn completions(arguments: &Completions, command: &mut clap::Command) -> anyhow::Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, command, "handrail", &mut text);
    std::io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the page, with a section for every command.
pub(crate) fn page(command: clap::Command) -> anyhow::Result<ExitCode> {
    let mut text = Vec::new();
    let subcommands: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    clap_mangen::Man::new(command).render(&mut text)?;
    for sub in subcommands.into_iter().filter(|c| c.get_name() != "help") {
        let name = sub.get_name().to_uppercase();
        writeln!(text, ".SH \"HANDRAIL {name}\"")?;
        let man = clap_mangen::Man::new(sub);
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
    }
    std::io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}
