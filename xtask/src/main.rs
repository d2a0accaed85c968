//! Build, demo, test, bench, package: one command list, for people and for CI alike.
fn main() {}
