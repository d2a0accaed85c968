//! Writes each target's seeds into a folder of its own and prints the names: what the guided runs begin with.

use std::path::PathBuf;

use handrail_fuzz::seeds_of;
use handrail_fuzz::targets::TARGETS;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map(PathBuf::from).unwrap_or_default();
    for target in TARGETS {
        let own = folder.join(target.name);
        std::fs::create_dir_all(&own)?;
        for (n, seed) in seeds_of(target).into_iter().enumerate() {
            std::fs::write(own.join(format!("seed-{n}")), seed)?;
        }
        println!("{}", target.name);
    }
    Ok(())
}
