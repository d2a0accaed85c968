//! What the Worker signs: a report about values it checked, and a receipt for a bundle it took.

use handrail_json::FromJson;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::jose::{self, PublicKey};
use crate::refusal::{self, Refusal};

/// Type of a report's token.
pub const REPORT_TYPE: &str = "handrail-report+jwt";

/// Type of a receipt's token.
pub const RECEIPT_TYPE: &str = "handrail-receipt+jwt";

/// Seconds during which a report may be handed over: longer than reading it takes, shorter than a secret's life.
const REPORT_LIFE: i64 = 600;

/// Seconds that two clocks may differ.
const LEEWAY: i64 = 60;

/// Who checked the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The Worker, which signed the report.
    #[default]
    Service,
    /// The customer's own command line; nobody signed.
    Customer,
}

/// The claims of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct ReportClaims {
    /// Origin of the Worker.
    pub iss: String,
    /// The vendor's domain.
    pub aud: String,
    /// The link's code.
    pub sub: String,
    /// When it was made.
    pub iat: i64,
    /// The guide.
    pub guide: String,
    /// Digest of the guide that was checked against: as the Worker has it.
    pub digest: String,
    /// Digest of the guide that was followed, where that is the customer's own copy: the extension carries its guides. The
    /// link's page has no other than the Worker's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed: Option<String>,
    /// The directory that was found.
    pub tenant: Option<String>,
    /// `passed`, `failed`, `pending` or `could-not-tell`.
    pub verdict: String,
    /// Commitment to the values.
    pub commitment: String,
    /// The report, as it was answered.
    pub report: Value,
}

/// The claims of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct ReceiptClaims {
    /// Origin of the Worker.
    pub iss: String,
    /// The vendor's domain.
    pub aud: String,
    /// The link's code.
    pub sub: String,
    /// When it was taken.
    pub iat: i64,
    /// Which hand-over under this link it is.
    pub version: u32,
    /// Who checked the values.
    pub by: By,
    /// Digest of the report's token.
    pub report: String,
    /// The report's verdict.
    pub verdict: String,
    /// SHA-256 of the ciphertext, base64url.
    pub sha256: String,
    /// Bytes of the ciphertext.
    pub bytes: u64,
}

impl ReportClaims {
    /// Whether the report permits a hand-over under this link now.
    ///
    /// # Errors
    /// When it is somebody else's, another link's, too old, or says *failed*.
    pub fn admits(
        token: &str,
        keys: &[PublicKey],
        origin: &str,
        link: &str,
        now: i64,
    ) -> Result<Self, Refusal> {
        let claims: Self = jose::verify(token, REPORT_TYPE, keys).map_err(|_| refusal::REPORT_FORGED)?;
        if claims.iss != origin || claims.sub != link {
            return Err(refusal::REPORT_ELSEWHERE);
        }
        if now > claims.iat.saturating_add(REPORT_LIFE) || claims.iat > now.saturating_add(LEEWAY) {
            return Err(refusal::REPORT_OLD);
        }
        match claims.verdict.as_str() {
            "passed" | "pending" | "could-not-tell" => Ok(claims),
            _ => Err(refusal::REPORT_FAILED),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::Signing;

    fn report(verdict: &str) -> ReportClaims {
        ReportClaims {
            iss: "https://worker.example".into(),
            aud: "vendor.example".into(),
            sub: "L".into(),
            iat: 1_000,
            guide: "g".into(),
            digest: "d".into(),
            followed: None,
            tenant: None,
            verdict: verdict.into(),
            commitment: "c".into(),
            report: json!({}),
        }
    }

    fn admits(claims: &ReportClaims, link: &str, now: i64, key: u8) -> Result<ReportClaims, Refusal> {
        let token = Signing::from_seed([key; 32]).token(REPORT_TYPE, claims).unwrap();
        let keys = [Signing::from_seed([2; 32]).public()];
        ReportClaims::admits(&token, &keys, "https://worker.example", link, now)
    }

    #[test]
    fn a_report_admits_its_own_link_for_ten_minutes() {
        for verdict in ["passed", "pending", "could-not-tell"] {
            assert_eq!(admits(&report(verdict), "L", 1_600, 2), Ok(report(verdict)));
        }
        assert_eq!(admits(&report("passed"), "L", 1_601, 2), Err(refusal::REPORT_OLD));
        assert_eq!(admits(&report("passed"), "L", 900, 2), Err(refusal::REPORT_OLD));
        assert_eq!(admits(&report("passed"), "M", 1_000, 2), Err(refusal::REPORT_ELSEWHERE));
        assert_eq!(admits(&report("passed"), "L", 1_000, 3), Err(refusal::REPORT_FORGED));
        assert_eq!(admits(&report("failed"), "L", 1_000, 2), Err(refusal::REPORT_FAILED));
        assert_eq!(admits(&report("splendid"), "L", 1_000, 2), Err(refusal::REPORT_FAILED));
    }
}
