//! What is sealed, and the envelope it travels in. Opening refuses whatever does not agree with everything else.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handrail_credential::Secret;
use handrail_json::{FromJson, from_str};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::commitment::{Salt, commitment};
use crate::jose::{self, PublicKey};
use crate::link::{LINK_TYPE, LinkClaims};
use crate::proof::{By, RECEIPT_TYPE, REPORT_TYPE, ReceiptClaims, ReportClaims};
use crate::refusal::{self, Refusal};
use crate::vendor::VendorDocument;

/// Version of the bundle; a reader refuses what it does not know.
const FORMAT: u32 = 1;

/// When the credential ends, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "kebab-case")]
pub struct EndDate {
    /// The day, `2027-05-20`.
    pub date: String,
    /// `read` from the portal, `typed`, or `computed` from the length that was chosen.
    pub how: String,
}

/// What is sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The link's code.
    pub link: String,
    /// The vendor's domain.
    pub vendor: String,
    /// The guide.
    pub guide: String,
    /// The values, by id.
    pub values: BTreeMap<String, Secret>,
    /// Salt of the commitment.
    pub salt: Salt,
    /// When the credential ends.
    pub ends: Option<EndDate>,
    /// The report's token, or nothing where the customer checked alone.
    pub report: String,
    /// When it was sealed.
    pub made: i64,
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bundle(link {}, {} values)", self.link, self.values.len())
    }
}

/// Everything of a bundle that is no secret, as JSON.
#[derive(Serialize, FromJson)]
#[serde(rename_all = "kebab-case")]
struct Frame {
    handrail_bundle: u32,
    link: String,
    vendor: String,
    guide: String,
    salt: String,
    ends: Option<EndDate>,
    report: String,
    made: i64,
}

#[derive(FromJson)]
struct Values {
    values: BTreeMap<String, String>,
}

impl Bundle {
    /// The text that is sealed.
    #[must_use]
    pub fn to_json(&self) -> Zeroizing<String> {
        let frame = Frame {
            handrail_bundle: FORMAT,
            link: self.link.clone(),
            vendor: self.vendor.clone(),
            guide: self.guide.clone(),
            salt: self.salt.to_text(),
            ends: self.ends.clone(),
            report: self.report.clone(),
            made: self.made,
        };
        let quoted = |text: &str| Zeroizing::new(serde_json::to_string(text).unwrap_or_default());
        let frame = serde_json::to_string(&frame).unwrap_or_default();
        let longest =
            self.values.iter().map(|(n, v)| n.len().saturating_add(v.expose().len()).saturating_mul(6)); // EXPOSE: its length alone.
        let room =
            longest.fold(frame.len().saturating_add(64), |sum, n| sum.saturating_add(n).saturating_add(8));
        // Room for all of it at once: a text that grows leaves copies behind.
        let mut out = Zeroizing::new(String::with_capacity(room));
        out.push_str("{\"values\":{");
        for (at, (name, value)) in self.values.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&quoted(name));
            out.push(':');
            // EXPOSE: into the text that is sealed next.
            out.push_str(&quoted(value.expose()));
        }
        out.push_str("},");
        out.push_str(frame.strip_prefix('{').unwrap_or(&frame));
        out
    }

    /// Reads what was opened.
    ///
    /// # Errors
    /// When it is no bundle, or of another version.
    pub fn parse(opened: &[u8]) -> Result<Self, Refusal> {
        let opened = str::from_utf8(opened).map_err(|_| refusal::BUNDLE_UNREADABLE)?;
        let unreadable = |_| refusal::BUNDLE_UNREADABLE;
        let frame: Frame = from_str(opened).map_err(unreadable)?;
        let values: Values = from_str(opened).map_err(unreadable)?;
        let salt = Salt::parse(&frame.salt).ok_or(refusal::BUNDLE_UNREADABLE)?;
        if frame.handrail_bundle != FORMAT {
            return Err(refusal::BUNDLE_UNREADABLE);
        }
        Ok(Self {
            link: frame.link,
            vendor: frame.vendor,
            guide: frame.guide,
            values: values.values.into_iter().map(|(id, text)| (id, Secret::new(text))).collect(),
            salt,
            ends: frame.ends,
            report: frame.report,
            made: frame.made,
        })
    }

    /// The commitment to its values.
    #[must_use]
    pub fn commitment(&self) -> String {
        commitment(&self.salt, self.values.iter().map(|(id, value)| (id.as_str(), value)))
    }
}

/// What the vendor collects, and what a customer downloads where sending is not allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Envelope {
    /// Version of this format.
    pub handrail_envelope: u32,
    /// The link's token.
    pub link: String,
    /// Which hand-over under this link; 0 when it was downloaded.
    pub version: u32,
    /// The report's token; empty when the customer checked alone.
    pub report: String,
    /// The receipt's token; empty when it was downloaded.
    pub receipt: String,
    /// The sealed bundle, base64.
    pub sealed: String,
}

impl Envelope {
    /// The sealed bytes.
    ///
    /// # Errors
    /// When they are not base64.
    pub fn sealed_bytes(&self) -> Result<Vec<u8>, Refusal> {
        STANDARD.decode(&self.sealed).map_err(|_| refusal::NOT_SEALED)
    }

    /// Puts sealed bytes in.
    #[must_use]
    pub fn with_sealed(mut self, sealed: &[u8]) -> Self {
        self.handrail_envelope = FORMAT;
        self.sealed = STANDARD.encode(sealed);
        self
    }
}

/// What the vendor holds an envelope against.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The vendor's own document.
    pub document: &'a VendorDocument,
    /// Whether a bundle without a receipt is taken: one that came by another way than the Worker.
    pub without_receipt: bool,
    /// Whether a bundle is taken that only the customer checked.
    pub unchecked: bool,
}

/// A bundle that agrees with everything.
#[derive(Debug)]
pub struct Opened {
    /// The bundle.
    pub bundle: Bundle,
    /// The link.
    pub link: LinkClaims,
    /// The report, where the Worker checked.
    pub report: Option<ReportClaims>,
    /// The receipt, where it came through the Worker.
    pub receipt: Option<ReceiptClaims>,
}

/// Holds an opened bundle against its envelope: link, report, receipt, commitment, guide and directory must agree.
///
/// # Errors
/// The first disagreement.
pub fn open_bundle(envelope: &Envelope, plain: &[u8], terms: Terms<'_>) -> Result<Opened, Refusal> {
    let link: LinkClaims = jose::verify(&envelope.link, LINK_TYPE, &terms.document.all_keys())
        .map_err(|_| refusal::LINK_FORGED)?;
    let worker = terms.document.worker(&link.aud).ok_or(refusal::WORKER_UNKNOWN)?.public_keys();
    let bundle = Bundle::parse(plain)?;
    if bundle.link != link.jti || bundle.vendor != link.iss || bundle.guide != link.guide {
        return Err(refusal::BUNDLE_ELSEWHERE);
    }
    let report = the_report(envelope, &bundle, &link, &worker, terms)?;
    let receipt = the_receipt(envelope, &link, report.as_ref(), &worker, terms)?;
    Ok(Opened { bundle, link, report, receipt })
}

fn the_report(
    envelope: &Envelope,
    bundle: &Bundle,
    link: &LinkClaims,
    keys: &[PublicKey],
    terms: Terms<'_>,
) -> Result<Option<ReportClaims>, Refusal> {
    if bundle.report != envelope.report {
        return Err(refusal::REPORT_ELSEWHERE);
    }
    if envelope.report.is_empty() {
        return if terms.unchecked { Ok(None) } else { Err(refusal::REPORT_FORGED) };
    }
    let report: ReportClaims =
        jose::verify(&envelope.report, REPORT_TYPE, keys).map_err(|_| refusal::REPORT_FORGED)?;
    if report.sub != link.jti
        || report.aud != link.iss
        || report.iss != link.aud
        || report.guide != link.guide
    {
        return Err(refusal::REPORT_ELSEWHERE);
    }
    if report.commitment != bundle.commitment() {
        return Err(refusal::BUNDLE_OTHER_VALUES);
    }
    if report.verdict == "failed" {
        return Err(refusal::REPORT_FAILED);
    }
    let tenant = bundle.values.get("tenant-id");
    // EXPOSE: a directory's ID is no secret; it is compared.
    let elsewhere = |known: &String| tenant.is_some_and(|t| !t.expose().eq_ignore_ascii_case(known));
    if link.tenant.as_ref().is_some_and(elsewhere) || report.tenant.as_ref().is_some_and(elsewhere) {
        return Err(refusal::OTHER_TENANT);
    }
    Ok(Some(report))
}

fn the_receipt(
    envelope: &Envelope,
    link: &LinkClaims,
    report: Option<&ReportClaims>,
    keys: &[PublicKey],
    terms: Terms<'_>,
) -> Result<Option<ReceiptClaims>, Refusal> {
    if envelope.receipt.is_empty() {
        return if terms.without_receipt { Ok(None) } else { Err(refusal::RECEIPT_WRONG) };
    }
    let receipt: ReceiptClaims =
        jose::verify(&envelope.receipt, RECEIPT_TYPE, keys).map_err(|_| refusal::RECEIPT_WRONG)?;
    let sealed = envelope.sealed_bytes()?;
    let right = receipt.iss == link.aud
        && receipt.aud == link.iss
        && receipt.sub == link.jti
        && receipt.version == envelope.version
        && receipt.report == jose::digest(envelope.report.as_bytes())
        && report.is_none_or(|r| r.verdict == receipt.verdict)
        && (receipt.by == By::Customer) == envelope.report.is_empty()
        && receipt.sha256 == jose::digest(&sealed)
        && usize::try_from(receipt.bytes) == Ok(sealed.len());
    if right { Ok(Some(receipt)) } else { Err(refusal::RECEIPT_WRONG) }
}
