//! Microsoft's error numbers as data: number → our reason, with the source. A number not listed here is *could not
//! tell*; Microsoft says numbers may change, so nothing but the reason's code is promised to anyone.
//!
//! Sources: REF is Microsoft's reference of AADSTS codes; others are named by document or issue.

/// One error number.
#[derive(Clone, Copy, Debug)]
pub struct Code<N> {
    /// Microsoft's number.
    pub code: N,
    /// Code of the row in [`crate::REASONS`].
    pub reason: &'static str,
    /// Where the meaning was found.
    pub source: &'static str,
}

const fn row<N: Copy>(code: N, reason: &'static str, source: &'static str) -> Code<N> {
    Code { code, reason, source }
}

/// Numbers of the token and discovery endpoints.
pub const AADSTS: &[Code<u32>] = &[
    // The secret.
    row(7_000_215, "secret-wrong", "REF; formbricks#2879"),
    row(7_000_222, "secret-expired", "REF; aztokenwatch"),
    row(70_002, "secret-wrong", "older form of 7000215"),
    row(50_012, "secret-wrong", "older form of 7000215"),
    row(7_000_216, "secret-not-sent", "azure-docs; parameter missing"),
    row(7_000_218, "secret-not-sent", "REF"),
    row(90_013, "secret-odd-characters", "REF; azure-activedirectory-library-for-java#268"),
    row(7_000_113, "unknown", "no body was found for it"),
    // The app.
    row(700_016, "app-not-found", "REF"),
    row(70_001, "app-not-found", "older form of 700016; ruby-connect-rest-sample#9"),
    row(7_000_112, "app-disabled", "REF; SupportArticles error-code-aadsts7000112"),
    row(7_000_229, "service-principal-missing", "openclaw-teams-setup PR#3"),
    row(7_000_110, "app-ambiguous", "REF"),
    row(90_011, "app-ambiguous", "REF"),
    row(700_025, "app-is-public", "REF"),
    row(50_194, "tenant-not-usable", "REF"),
    // The directory.
    row(90_002, "tenant-unknown", "REF; cli-microsoft365 id-get.spec.ts"),
    row(900_023, "tenant-not-usable", "caddy-dns/azure#3"),
    row(50_059, "tenant-not-usable", "REF"),
    row(90_010, "tenant-not-usable", "REF"),
    row(9_001_023, "tenant-not-usable", "REF; azure-docs#24064"),
    row(90_019, "tenant-not-usable", "REF"),
    row(50_128, "tenant-not-usable", "REF"),
    row(90_124, "tenant-not-usable", "REF"),
    row(90_130, "tenant-not-usable", "REF"),
    row(5_000_224, "tenant-gone", "msal-dotnet#5251"),
    row(900_382, "cloud-mismatch", "REF"),
    row(900_432, "cloud-mismatch", "REF"),
    row(900_439, "cloud-mismatch", "SupportArticles error-aadsts900439"),
    row(90_038, "cloud-mismatch", "REF"),
    row(1_000_104, "cloud-mismatch", "REF"),
    // The API and its permissions.
    row(500_011, "resource-missing", "REF; SupportArticles error-code-aadsts500011"),
    row(650_052, "resource-missing", "blogs.aaddevsup.xyz"),
    row(500_014, "resource-disabled", "msal-dotnet#4905"),
    row(50_001, "resource-disabled", "REF"),
    row(650_051, "permission-retired", "office-365-management-api#189"),
    row(65_001, "consent-missing", "REF; nais docs"),
    row(65_005, "consent-missing", "REF"),
    row(650_057, "consent-missing", "REF"),
    row(90_094, "consent-missing", "REF"),
    row(90_095, "consent-missing", "REF"),
    row(50_105, "assignment-required", "active-directory-dotnet-daemon#10"),
    row(501_051, "assignment-required", "nais docs"),
    // Policies.
    row(53_003, "blocked-by-policy", "REF; botbuilder-dotnet#6759"),
    row(530_034, "blocked-by-policy", "REF"),
    row(530_035, "blocked-by-policy", "REF"),
    row(500_021, "blocked-on-the-way", "REF: tenant restrictions of a proxy"),
    row(500_022, "blocked-on-the-way", "REF: tenant restrictions of a proxy"),
    // Microsoft's side.
    row(90_033, "service-failure", "azure-sdk-for-python#14241"),
    row(90_041, "service-failure", "msal-js#4329"),
    row(50_033, "service-failure", "REF"),
    row(90_024, "service-failure", "REF"),
    row(90_006, "service-failure", "REF"),
    row(90_012, "service-failure", "REF"),
    row(90_090, "service-failure", "REF"),
    row(90_036, "service-failure", "adal-python#18"),
    row(90_092, "service-failure", "REF"),
    row(50_000, "service-failure", "REF"),
    row(100_007, "service-failure", "REF"),
    row(700_027, "service-failure", "CIPP: transient after a certificate was rotated"),
    row(90_055, "throttled", "REF"),
    row(50_196, "throttled", "REF"),
    // What our own request would have to be wrong for.
    row(70_011, "our-request", "azure-docs#43749"),
    row(1_002_012, "our-request", "azure-docs"),
    row(9_002_313, "our-request", "REF"),
    row(900_144, "our-request", "REF"),
    row(90_014, "our-request", "REF"),
    row(901_002, "our-request", "azure-docs"),
    row(90_100, "our-request", "REF"),
    row(900_561, "our-request", "REF"),
    row(28_000, "our-request", "REF"),
    row(700_022, "our-request", "REF"),
];

/// Codes of the Office 365 Management Activity API.
pub const AF: &[Code<&str>] = &[
    row("AF10001", "probe-permission", "Management Activity API reference; coe-starter-kit#3192"),
    row("AF20001", "our-request", "Management Activity API reference"),
    row("AF20002", "our-request", "Management Activity API reference"),
    row("AF20003", "our-request", "Management Activity API reference"),
    row("AF20010", "probe-tenant", "Management Activity API reference"),
    row("AF20011", "probe-tenant", "Management Activity API reference"),
    row("AF20012", "probe-tenant", "Management Activity API reference"),
    row("AF20013", "our-request", "Management Activity API reference"),
    row("AF20020", "our-request", "Management Activity API reference"),
    row("AF20022", "subscriptions-listed", "no subscription yet: the call itself was accepted"),
    row("AF20023", "subscription-disabled", "coe-starter-kit#9110"),
    row("AF20024", "unknown", "coe-starter-kit#2807: answers a start, never a list"),
    row("AF50000", "service-failure", "Management Activity API reference"),
    row("AF429", "throttled", "troubleshooting document: sent with status 403"),
];

/// Sentences by which an answer without a number is known, in lower case. A third line only, after both numbers.
pub(crate) const PHRASES: &[(&str, u32)] = &[
    ("not the client secret id", 7_000_215),
    ("invalid client secret", 7_000_215),
    ("client secret keys are expired", 7_000_222),
    ("client secret keys for app", 7_000_222),
    ("was not found in the directory", 700_016),
    ("neither a valid dns name, nor a valid external domain", 900_023),
    ("blocked by conditional access", 53_003),
    ("is missing service principal in the tenant", 7_000_229),
    ("transient error has occurred", 90_041),
    ("too many incoming requests", 90_055),
];

/// The reason for a number.
pub(crate) fn aadsts(number: u32) -> Option<&'static str> {
    AADSTS.iter().find(|c| c.code == number).map(|c| c.reason)
}

#[cfg(test)]
mod tests {
    use super::{AADSTS, AF, PHRASES, aadsts};
    use crate::reasons::REASONS;

    #[test]
    fn every_row_is_unique_and_leads_to_a_reason() {
        let mut seen = Vec::new();
        for c in AADSTS {
            assert!(REASONS.iter().any(|r| r.code == c.reason), "{} → {}", c.code, c.reason);
            assert!(!seen.contains(&c.code), "{} twice", c.code);
            assert!(!c.source.is_empty());
            seen.push(c.code);
        }
        for c in AF {
            assert!(REASONS.iter().any(|r| r.code == c.reason), "{} → {}", c.code, c.reason);
        }
        for (_, number) in PHRASES {
            assert!(aadsts(*number).is_some());
        }
    }
}
