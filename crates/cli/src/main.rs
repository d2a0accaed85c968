//! The `handrail` command; what it does is in the library beside it.

fn main() -> anyhow::Result<std::process::ExitCode> {
    handrail_cli::main()
}
