//! The short form of `cargo xtask bench fuzz`: some seconds for each parser, the same inputs every time, kept seeds first.

use handrail_bench::Chance;
use handrail_bench::inputs::changed;
use handrail_bench::targets::TARGETS;

/// Inputs for each target: some seconds without optimisation.
const INPUTS: usize = 4_000;

#[test]
fn every_parser_survives_chance() {
    let kept = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap();
    let kept: Vec<_> = kept.flatten().filter(|f| f.file_type().is_ok_and(|t| t.is_file())).collect();
    for target in TARGETS {
        let mut seeds: Vec<Vec<u8>> = target.seeds.iter().map(|s| s.to_vec()).collect();
        let own = kept.iter().filter(|f| f.file_name().to_string_lossy().starts_with(target.name));
        seeds.extend(own.map(|f| std::fs::read(f.path()).unwrap()));
        for seed in &seeds {
            (target.run)(seed);
        }
        let mut chance = Chance::new(7);
        for _ in 0..INPUTS {
            (target.run)(&changed(&seeds, &mut chance));
        }
    }
}
