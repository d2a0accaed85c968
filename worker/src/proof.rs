//! What a customer is told of the vendor's own try of what was handed over: in words of ours, never in the vendor's.

use handrail_entra::{REASONS, Verdict};
use handrail_handover::refusal;
use handrail_handover::state::Proved;
use serde_json::{Value, json};

/// What happened and what to do, for a reason why a try can fail.
pub(crate) fn words(code: &str) -> Option<(&'static str, &'static str)> {
    // Texts with gaps are filled from a check's answers, which the vendor alone has seen.
    let plain = |text: &str| !text.contains('{');
    let failed = REASONS.iter().find(|r| r.code == code && r.verdict == Verdict::Failed);
    let said = failed
        .map(|r| (r.what, r.next))
        .map(|(what, next)| if plain(what) && plain(next) { (what, next) } else { (NOT_ACCEPTED, next) });
    let consent = [refusal::CONSENT_REFUSED, refusal::CONSENT_OTHER_TENANT];
    said.filter(|(_, next)| plain(next))
        .or_else(|| consent.into_iter().find(|why| why.code == code).map(|why| (why.what, why.next)))
}

const NOT_ACCEPTED: &str = "Microsoft did not accept what was handed over.";

/// The proof as everyone who has the link's code sees it.
pub(crate) fn told(proved: Option<&Proved>) -> Value {
    let (state, at, what, next) = match proved {
        None => (
            "pending",
            None,
            "The vendor has not tried it yet.",
            "Nothing is left to do here; look again later.",
        ),
        Some(proved) if proved.ok => (
            "passed",
            Some(proved.at),
            "The vendor has tried it: Microsoft accepts it.",
            "Nothing is left to do.",
        ),
        Some(proved) => {
            let (what, next) = words(&proved.code).unwrap_or((NOT_ACCEPTED, "Ask the vendor."));
            ("failed", Some(proved.at), what, next)
        }
    };
    let code = proved.map(|proved| proved.code.as_str()).filter(|code| !code.is_empty());
    // Marked up for reports; here they are one sentence.
    let (what, next) = (what.replace("**", ""), next.replace("**", ""));
    json!({"state": state, "at": at, "code": code, "what": what, "next": next})
}

#[cfg(test)]
mod tests {
    use handrail_handover::state::Proved;
    use serde_json::json;

    use super::{told, words};

    #[test]
    fn a_vendor_chooses_a_reason_and_never_the_words() {
        assert!(words("federated-mismatch").is_some_and(|(what, next)| !what.is_empty() && !next.is_empty()));
        assert!(words("consent-refused").is_some());
        for other in ["", "token-issued", "secret-pending", "link-unknown", "<b>pay here</b>"] {
            assert_eq!(words(other), None, "{other}");
        }
        for reason in handrail_entra::REASONS {
            if let Some((what, next)) = words(reason.code) {
                assert!(!what.contains('{') && !next.contains('{'), "{}", reason.code);
            }
        }
    }

    #[test]
    fn a_proof_is_told_with_its_time() {
        assert_eq!(told(None)["state"], "pending");
        let proved = |ok, code: &str| told(Some(&Proved { ok, at: 7, code: code.into() }));
        assert_eq!((&proved(true, "")["state"], &proved(true, "")["at"]), (&json!("passed"), &json!(7)));
        let failed = proved(false, "federated-mismatch");
        assert_eq!((&failed["state"], &failed["code"]), (&json!("failed"), &json!("federated-mismatch")));
        assert!(!failed["next"].to_string().contains("**"), "{failed}");
        assert_eq!(proved(false, "")["next"], "Ask the vendor.");
    }
}
