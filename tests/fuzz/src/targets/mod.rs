//! The targets. Each panics when something does not hold that must hold for any input.

mod answers;
mod handover;
mod pasted;
mod written;

/// A name, what it does with an input, and inputs to begin with.
pub struct Target {
    /// Name on the command line.
    pub name: &'static str,
    /// Runs one input.
    pub run: fn(&[u8]),
    /// Where the changes begin.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    // What people paste.
    Target { name: "diagnose", run: pasted::diagnose_any, seeds: pasted::diagnose_seeds },
    Target { name: "identify", run: pasted::identify_any, seeds: pasted::identify_seeds },
    Target { name: "value", run: pasted::value_any, seeds: pasted::value_seeds },
    Target { name: "output", run: pasted::output_any, seeds: pasted::output_seeds },
    Target { name: "token", run: pasted::token_any, seeds: pasted::token_seeds },
    // What servers answer, and what is sent to ours.
    Target { name: "login", run: answers::login_any, seeds: answers::login_seeds },
    Target { name: "claims", run: answers::claims_any, seeds: answers::claims_seeds },
    Target { name: "probe", run: answers::probe_any, seeds: answers::probe_seeds },
    Target { name: "request", run: answers::request_any, seeds: answers::request_seeds },
    Target { name: "message", run: answers::message_any, seeds: answers::message_seeds },
    // The hand-over.
    Target { name: "link", run: handover::link_any, seeds: handover::link_seeds },
    Target { name: "vendor", run: handover::vendor_any, seeds: handover::vendor_seeds },
    Target { name: "bundle", run: handover::bundle_any, seeds: handover::bundle_seeds },
    Target { name: "sealed", run: handover::sealed_any, seeds: handover::sealed_seeds },
    // Files.
    Target { name: "rows", run: written::rows_any, seeds: written::rows_seeds },
    Target { name: "guide", run: written::guide_any, seeds: written::guide_seeds },
    Target { name: "document", run: written::document_any, seeds: written::document_seeds },
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn all(seeds: &[&str]) -> Vec<Vec<u8>> {
    seeds.iter().map(|s| s.as_bytes().to_vec()).collect()
}
