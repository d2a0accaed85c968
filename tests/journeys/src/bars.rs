//! How a bench ends.

use std::process::ExitCode;

/// Says what is wrong with a measurement, if anything is: `Ok(false)` is a bar that was missed.
pub fn ended(bench: &str, measured: anyhow::Result<bool>) -> ExitCode {
    match measured {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("{bench}: a bar was missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{bench}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
