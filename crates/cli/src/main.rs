//! The `handrail` command; what it does is in the library beside it.

use std::panic;
use std::process::{ExitCode, exit};

/// What a shell sees of a program that ended because nobody read on (128 and the number of SIGPIPE).
const NOBODY_READS: i32 = 141;

fn main() -> anyhow::Result<ExitCode> {
    end_quietly_when_nobody_reads();
    handrail_cli::main()
}

/// Who reads the output may stop at any time, as `head` does. That is no fault to be told about, but the standard
/// library's printing knows no other way.
fn end_quietly_when_nobody_reads() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let words = info.payload().downcast_ref::<String>();
        if words.is_some_and(|words| words.starts_with("failed printing to stdout")) {
            exit(NOBODY_READS);
        }
        usual(info);
    }));
}
