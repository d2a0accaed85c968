//! Panics without words. What a panic says in a browser goes nowhere: it traps, and the page hears of an error without
//! text. What makes that text is a tenth of a program, so it goes.

use anyhow::Result;
use walrus::{FunctionBuilder, FunctionKind, Module};

/// Parts of the (mangled) names of functions that only panics need.
///
/// Not the ways to show a value for debugging: where they are the same as the ways to show it to people, the compiler
/// makes one function of both, and which name that has is chance.
const OF_PANICS: [&str; 20] = [
    "4core3fmt8builders",
    "9panicking",
    "alloc_error_hook",
    "begin_panic",
    "capacity_overflow",
    "expect_failed",
    "handle_alloc_error",
    "index_fail",
    "len_mismatch_fail",
    "panic_already",
    "panic_hook",
    "raw_vec12handle_error",
    "rust_begin_unwind",
    "rust_foreign",
    "rust_oom",
    "rust_panic",
    "slice_error_fail",
    "slice_index_fail",
    "unwrap_failed",
    "7unicode9printable",
];

/// As well, where the program itself formats nothing.
const OF_FORMATS: [&str; 2] = ["4core3fmt", "do_count_chars"];

/// Replaces every such function by a trap; those of formats only where the program `formats` nothing itself.
pub(crate) fn panics(wasm: &[u8], formats: bool) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm)?;
    let more: &[&str] = if formats { &[] } else { &OF_FORMATS };
    let needless = |name: &str| OF_PANICS.iter().chain(more).any(|word| name.contains(word));
    let wordy: Vec<_> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(needless))
        .collect();
    for id in wordy {
        let shape = module.types.get(module.funcs.get(id).ty());
        let (takes, gives) = (shape.params().to_vec(), shape.results().to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &takes, &gives);
        trap.func_body().unreachable();
        let arguments = takes.iter().map(|kind| module.locals.add(*kind)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in segments {
        forget_places(&mut module.data.get_mut(id).value);
    }
    Ok(module.emit_wasm())
}

/// Classes that the crate `worker` offers to scripts and no script of ours makes: their methods are the only way to
/// their code.
const UNUSED: [&str; 5] = [
    "containerstartupoptions",
    "intounderlyingbytesource",
    "intounderlyingsink",
    "intounderlyingsource",
    "minifyconfig",
];

/// Takes the exports of classes away that nobody makes.
pub(crate) fn classes(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm)?;
    let exports =
        module.exports.iter().filter(|export| UNUSED.iter().any(|class| export.name.contains(class)));
    let gone: Vec<_> = exports.map(walrus::Export::id).collect();
    for id in gone {
        module.exports.delete(id);
    }
    Ok(module.emit_wasm())
}

/// Blanks the paths of sources, `…/src/….rs`, which only panics would have read.
fn forget_places(data: &mut [u8]) {
    let of_a_path = |b: &u8| b.is_ascii_alphanumeric() || b"/._-".contains(b);
    let mut at = 0;
    while at < data.len() {
        let length = data[at..].iter().take_while(|b| of_a_path(b)).count();
        let run = &mut data[at..at + length];
        // Texts lie side by side: what follows the last path in a run is not part of it.
        if let Some(end) = run.windows(3).rposition(|w| w == b".rs")
            && run.windows(5).any(|w| w == b"/src/")
        {
            let start = run.windows(7).position(|w| w == b"/rustc/" || w == b"crates/" || w == b"extensi");
            if let Some(start) = start {
                run[start..end + 3].fill(0);
            }
        }
        at += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::forget_places;

    #[test]
    fn places_go_and_words_stay() {
        let mut data =
            *b"ring\0/rustc/5980/library/core/src/cell.rs\0crates/locate/src/find.rsbutton [data-act]";
        forget_places(&mut data);
        let left: Vec<_> = data.split(|b| *b == 0).filter(|part| !part.is_empty()).collect();
        assert_eq!(left, [&b"ring"[..], b"button [data-act]"]);
    }
}
