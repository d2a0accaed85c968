//! Values that were made up, and what is found in a text of them. Secrets are made at run time.

#![allow(dead_code, reason = "each program of tests takes what it needs")]

use handrail_credential::{Found, identify, test_secret};

pub(crate) const TENANT: &str = "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b";
pub(crate) const CLIENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
pub(crate) const OBJECT: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

pub(crate) fn secret(seed: u64) -> String {
    // EXPOSE: a made-up secret of a test.
    test_secret(seed).expose().to_owned()
}

pub(crate) fn value(found: &Found) -> &str {
    // EXPOSE: a made-up secret of a test.
    found.value.expose()
}

#[track_caller]
pub(crate) fn holds(text: &str, wanted: &[(&str, &str)]) {
    let all = identify(text);
    let got: Vec<(&str, &str)> = all.iter().map(|f| (f.kind, value(f))).collect();
    assert_eq!(got, wanted, "{text}");
}
