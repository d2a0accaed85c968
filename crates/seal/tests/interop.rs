//! Held against Debian's `age`: it opens what is sealed here, and here is opened what it seals.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "helpers of tests")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use handrail_seal::{Identity, open, recipients_of, seal};

/// Bytes that differ from run to run; good enough for keys that live as long as this test.
fn bytes<const N: usize>(salt: u8) -> [u8; N] {
    let mut state = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() ^ u128::from(salt) << 64;
    std::array::from_fn(|_| {
        state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(1);
        (state >> 96) as u8
    })
}

fn age(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("age")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`age` is installed by `cargo xtask tools`");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

#[test]
fn age_opens_what_is_sealed_here_and_the_other_way_round() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, other) = (Identity::from_random(bytes(1)), Identity::from_random(bytes(2)));
    let file = folder.path().join("identity");
    std::fs::write(&file, ours.to_text().as_bytes()).unwrap();
    let recipients = [other.recipient(), ours.recipient()];
    let texts = recipients.map(|r| r.to_string());
    for length in [0usize, 1, 4_000, 65_536, 70_000] {
        let plain: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let mut salt = 2;
        let mut random = |to: &mut [u8]| {
            salt += 1;
            to.copy_from_slice(&bytes::<32>(salt)[..to.len()]);
        };
        let sealed = seal(&recipients, &plain, &mut random).unwrap();
        assert_eq!(age(&["-d", "-i", file.to_str().unwrap()], &sealed), plain, "{length}");
        let theirs = age(&["-r", &texts[0], "-r", &texts[1]], &plain);
        assert_eq!(recipients_of(&theirs), Ok(2));
        let again: Identity = ours.to_text().parse().unwrap();
        assert_eq!(*open(&[Identity::from_random(bytes(9)), again], &theirs).unwrap(), plain);
    }
}
