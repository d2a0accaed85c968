//! The short form of `cargo xtask bench fuzz`: the same inputs every time, without guidance; kept seeds first.

use handrail_fuzz::inputs::changed;
use handrail_fuzz::targets::TARGETS;
use handrail_fuzz::{Chance, seeds_of};

/// Inputs for each target: a second or two without optimisation.
const INPUTS: usize = 600;

#[test]
fn every_parser_survives_chance() {
    for target in TARGETS {
        let seeds = seeds_of(target);
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        for seed in &seeds {
            (target.run)(seed);
        }
        let mut chance = Chance::new(7);
        for _ in 0..INPUTS {
            (target.run)(&changed(&seeds, &mut chance));
        }
    }
}
