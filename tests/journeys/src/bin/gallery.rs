//! Makes a picture of every screen in every look: `target/handrail/gallery/index.html`.

use anyhow::Result;
use handrail_journeys::gallery;
use handrail_world::dist;

fn main() -> Result<()> {
    let folder = dist::root().join("target/handrail/gallery");
    let index = gallery::pictures(&folder, &|line| println!("{line}"))?;
    println!("gallery: {}", index.display());
    Ok(())
}
