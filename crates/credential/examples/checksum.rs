//! The checksum in WebAssembly, for `cargo xtask bench checksum`: numbers in, numbers out, no glue.

#![allow(
    unsafe_code,
    clippy::indexing_slicing,
    missing_docs,
    reason = "three numbers over the border; `no_mangle` counts as unsafe"
)]

use handrail_credential::{has_right_checksum, nearest, test_secret};

/// How often the check says yes; `times` checks.
#[unsafe(no_mangle)]
pub extern "C" fn check(seed: u32, times: u32) -> u32 {
    let secret = test_secret(u64::from(seed));
    // EXPOSE: a made-up secret.
    (0..times).map(|_| u32::from(has_right_checksum(std::hint::black_box(secret.expose())))).sum()
}

/// How often the secret is among what is offered; `times` searches. `slip`: 0 a character changed, 1 one lost (so that
/// insertions are searched), 2 one doubled, 3 two neighbours exchanged.
#[unsafe(no_mangle)]
pub extern "C" fn search(seed: u32, slip: u32, times: u32) -> u32 {
    let secret = test_secret(u64::from(seed));
    // EXPOSE: a made-up secret.
    let mut text: Vec<u8> = secret.expose().bytes().collect();
    let at = 7 + seed as usize % 30;
    match slip {
        0 => text[at] = if text[at] == b'x' { b'y' } else { b'x' },
        1 => drop(text.remove(at)),
        2 => text.insert(at, text[at]),
        _ => text.swap(at, at + 1),
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    // A slip that changes nothing has nothing to search for.
    let found = |offers: Vec<handrail_credential::Secret>| {
        // EXPOSE: a made-up secret.
        u32::from(offers.iter().any(|o| o.expose() == secret.expose()) || text == secret.expose())
    };
    (0..times).map(|_| found(nearest(std::hint::black_box(&text)))).sum()
}
