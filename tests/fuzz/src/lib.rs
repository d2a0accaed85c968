//! Every parser of outside bytes, with what must hold for any input: for the guided runs (`cargo xtask bench fuzz`) and
//! for the short ones among the unit tests.

pub mod inputs;
pub mod targets;

use std::path::PathBuf;

use targets::Target;

/// Chance that can be repeated: the same seed gives the same row.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Begins with a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub const fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        if n == 0 { 0 } else { (self.0 >> 11) as usize % n }
    }
}

/// Inputs a target begins with: those written beside it, and those that once broke it.
#[must_use]
pub fn seeds_of(target: &Target) -> Vec<Vec<u8>> {
    let mut seeds = (target.seeds)();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let kept = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mark = format!("{}-", target.name);
    let own = kept.filter(|f| f.file_name().to_string_lossy().starts_with(&mark));
    seeds.extend(own.filter_map(|f| std::fs::read(f.path()).ok()));
    seeds
}
