//! `cargo xtask bench checksum`: 10,000 made-up secrets; every single substitution, deletion, doubling and swap of
//! neighbours must be seen, but for what chance allows, and the secret must be among what is offered.

use std::time::Instant;

use handrail_credential::{Shape, classify, nearest, test_secret};
use handrail_fuzz::Chance;

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000_u64);
    let (mut slips, mut unseen) = (0_u64, 0_u64);
    let (mut offered, mut tried) = (0_u64, 0_u64);
    let mut chance = Chance::new(1);
    let start = Instant::now();
    for seed in 0..count {
        // EXPOSE: a made-up secret.
        let secret = test_secret(seed).expose().to_owned();
        let bytes = secret.as_bytes();
        assert_eq!(classify(&secret), Shape::Secret);
        for wrong in all_slips(bytes) {
            slips += 1;
            unseen += u64::from(classify(&wrong) == Shape::Secret);
        }
        for _ in 0..8 {
            let mut wrong = bytes.to_vec();
            let at = chance.below(40);
            wrong[at] = ALPHABET[chance.below(ALPHABET.len())];
            let wrong = text(&wrong);
            if wrong != secret {
                tried += 1;
                // EXPOSE: a made-up secret.
                offered += u64::from(nearest(&wrong).iter().any(|s| s.expose() == secret));
            }
        }
    }
    println!(
        "{count} secrets, {slips} slips, {unseen} unseen: 1 in {:.0} (bar: about 1 in 15,000)",
        slips as f64 / unseen.max(1) as f64
    );
    println!(
        "{offered} of {tried} substitutions offer the secret: {:.2} % (bar: 99)",
        100.0 * offered as f64 / tried as f64
    );
    println!("all in {:.1} s", start.elapsed().as_secs_f64());
    let (check, search) = times();
    println!("one check {check:.0} ns (bar: 150), one search {:.3} ms", search / 1e6);
    let good = unseen * 10_000 <= slips && offered * 100 >= tried * 99 && check < 150.0;
    std::process::exit(i32::from(!good));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn all_slips(bytes: &[u8]) -> Vec<String> {
    let mut out = Vec::with_capacity(2_800);
    for at in 0..bytes.len() {
        for new in ALPHABET.iter().filter(|n| **n != bytes[at]) {
            let mut wrong = bytes.to_vec();
            wrong[at] = *new;
            out.push(text(&wrong));
        }
        let mut lost = bytes.to_vec();
        lost.remove(at);
        out.push(text(&lost));
        let mut doubled = bytes.to_vec();
        doubled.insert(at, bytes[at]);
        out.push(text(&doubled));
        if at > 0 && bytes[at] != bytes[at - 1] {
            let mut swapped = bytes.to_vec();
            swapped.swap(at, at - 1);
            out.push(text(&swapped));
        }
    }
    out
}

/// Nanoseconds of one check of the checksum and of one search, insertions included.
fn times() -> (f64, f64) {
    // EXPOSE: made-up secrets.
    let secrets: Vec<String> = (0..1_000).map(|n| test_secret(n).expose().to_owned()).collect();
    let start = Instant::now();
    let mut right = 0;
    for _ in 0..200 {
        right += secrets.iter().filter(|s| handrail_credential::has_right_checksum(s)).count();
    }
    let check = start.elapsed().as_nanos() as f64 / 200_000.0;
    assert_eq!(right, 200_000);
    let start = Instant::now();
    let found: usize = secrets.iter().map(|s| nearest(&s[1..]).len()).sum();
    assert!(found >= 1_000);
    (check, start.elapsed().as_nanos() as f64 / 1_000.0)
}
