//! One target, guided by coverage (libFuzzer): `HANDRAIL_FUZZ=<target>`, arguments are libFuzzer's.

#![no_main]

use std::sync::LazyLock;

use handrail_fuzz::targets::{TARGETS, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("HANDRAIL_FUZZ").unwrap_or_default();
    TARGETS.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("there is no target `{name}`"))
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| (TARGET.run)(input));
