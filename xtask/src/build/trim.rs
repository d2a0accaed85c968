//! Panics without words. A panic in the agent traps and takes the agent down, and nobody reads its text; what
//! makes that text is a tenth of the agent, so it goes. The agent itself must format nothing.

use anyhow::Result;
use walrus::{FunctionBuilder, FunctionKind, Module};

/// Parts of the (mangled) names of functions that only panics need.
const WORDS: [&str; 20] = [
    "4core3fmt",
    "9panicking",
    "alloc_error_hook",
    "begin_panic",
    "capacity_overflow",
    "do_count_chars",
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
];

/// Replaces every such function by a trap.
pub(crate) fn panics(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm)?;
    let wordy: Vec<_> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| {
            module.funcs.get(*id).name.as_ref().is_some_and(|name| WORDS.iter().any(|w| name.contains(w)))
        })
        .collect();
    for id in wordy {
        let shape = module.types.get(module.funcs.get(id).ty());
        let (takes, gives) = (shape.params().to_vec(), shape.results().to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &takes, &gives);
        trap.func_body().unreachable();
        let arguments = takes.iter().map(|kind| module.locals.add(*kind)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
    Ok(module.emit_wasm())
}
