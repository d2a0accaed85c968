//! Every reason why a link, a request or a bundle is refused: stable code, what is wrong, what to do. One table, used by the
//! Worker, the page, the panel and the command line.

use handrail_credential::message;

/// A reason. Each is a constant of this module, so a code is written once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Status of an HTTP answer that says so.
    pub status: u16,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub what: &'static str,
    /// What to do.
    pub next: &'static str,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal $code:literal, $what:literal, $next:literal;)*) => {
        $($(#[$doc])* pub const $name: Refusal = Refusal { status: $status, code: $code, what: $what, next: $next };)*
        /// All of them, in this order.
        pub const ALL: &[Refusal] = &[$($name),*];
    };
}

refusals! {
    /// The code in the address has a typing mistake.
    CODE_WRONG = 404 "code-wrong", "A letter or digit of the link's code is wrong or missing.",
        "Copy the whole link again, or type the code's 18 characters with care.";
    /// No such link, or one that a stranger may not know of.
    LINK_UNKNOWN = 404 "link-unknown", "There is no such link.", "Ask the vendor who sent it for a new one.";
    /// Over.
    LINK_EXPIRED = 410 "link-expired", "This link has expired.", "Ask the vendor who sent it for a new one.";
    /// Taken back by the vendor.
    LINK_REVOKED = 410 "link-revoked", "The vendor has withdrawn this link.", "Ask the vendor who sent it.";
    /// The link's signature is not the vendor's.
    LINK_FORGED = 422 "link-forged", "This link was not made by the vendor it names.",
        "Do not enter anything. Ask the vendor by a way you already know.";
    /// The link is for another service or address.
    LINK_ELSEWHERE = 422 "link-elsewhere", "This link belongs to another address than the one it was opened at.",
        "Do not enter anything. Ask the vendor by a way you already know.";
    /// The vendor's document cannot be had.
    DOCUMENT_MISSING = 422 "document-missing", "The vendor's domain does not publish its keys, so nobody can tell who asks.",
        "Do not enter anything. Ask the vendor to publish /.well-known/handrail.json, or try again later.";
    /// The vendor's document is no such document.
    DOCUMENT_WRONG = 422 "document-wrong", "What the vendor's domain publishes cannot be read, or is another domain's.",
        "Do not enter anything. Tell the vendor to run `handrail vendor verify`.";
    /// The domain's keys are not those that are remembered of it.
    KEYS_CHANGED = 422 "keys-changed", "The vendor's keys are not those seen here before, and none of those vouches for the new one.",
        "Do not enter anything. Ask the vendor, by a way you already know, for the fingerprint that `handrail vendor verify` shows.";
    /// The logo is not the one that the document names.
    LOGO_WRONG = 422 "logo-wrong", "The logo that the vendor's domain publishes is not the one it names.",
        "Do not enter anything. Tell the vendor to run `handrail vendor verify`.";
    /// The vendor does not use this Worker.
    WORKER_UNKNOWN = 422 "worker-unknown", "The vendor's domain does not name this service as one it uses.",
        "Do not enter anything here. Ask the vendor by a way you already know.";
    /// The guide names other domains than the link's.
    STRANGER = 403 "stranger", "The guide of this link belongs to another vendor than the one who made the link.",
        "Do not enter anything. Ask the vendor by a way you already know.";
    /// The text of the vendor's own guide is not the one whose digest was signed.
    GUIDE_CHANGED = 422 "guide-changed", "The guide that came with this link is not the one that its vendor signed.",
        "Do not enter anything. Ask the vendor by a way you already know.";
    /// It says what a guide that travels with a link may not say.
    GUIDE_UNFIT = 422 "guide-unfit", "The vendor's own guide asks for something that Handrail does not know, or does not let such a guide ask for.",
        "Do not follow it by hand. Update Handrail, or ask the vendor for another link.";
    /// The keys the link names are gone from the document.
    RECIPIENTS_GONE = 422 "recipients-gone", "The vendor has replaced its keys since this link was made.",
        "Ask the vendor for a new link.";
    /// The directory is not the one the link is for.
    OTHER_TENANT = 422 "other-tenant", "This link is for another directory.",
        "Sign in to the directory the link was made for, or ask the vendor for a link for this one.";
    /// A secret where the vendor wants none, or another kind of credential than it takes.
    KIND_NOT_TAKEN = 422 "kind-not-taken", "The vendor does not take this kind of credential under this link.",
        "Leave it out and give what the link asks for. It was not tried.";
    /// Too many checks in a short time.
    COOL_DOWN = 429 "cool-down", "This link was used for many checks in a short time.",
        "Wait until the time shown is over, then go on. Nothing is lost.";
    /// Too many checks at once.
    BUSY = 429 "busy", "Other checks of this link are still running.", "Wait a few seconds and try again.";
    /// A report that is not this service's.
    REPORT_FORGED = 422 "report-forged", "The report was not made by this service.", "Check again, then hand over.";
    /// A report for another link.
    REPORT_ELSEWHERE = 422 "report-elsewhere", "The report belongs to another link.", "Check again under this link, then hand over.";
    /// Older than ten minutes.
    REPORT_OLD = 422 "report-old", "The report is older than ten minutes.", "Check again, then hand over.";
    /// A report that says *failed*.
    REPORT_FAILED = 422 "report-failed", "The check failed, so there is nothing worth handing over yet.",
        "Mend what the report names, check again, then hand over.";
    /// No age file, too large, or sealed to a wrong number of recipients.
    NOT_SEALED = 422 "not-sealed", "What was sent is not a sealed bundle.", "Seal it to the vendor's keys and send it again.";
    /// Something was handed over already.
    HANDED_OVER = 409 "handed-over", "Something was already handed over under this link.",
        "Nothing more is needed. To replace it, use the browser it was handed over with, or ask the vendor to reopen the link.";
    /// Somebody else was faster.
    VERSION_CONFLICT = 409 "version-conflict", "Something else was handed over in the meantime.", "Look at the link's state and decide again.";
    /// The same key for something else.
    KEY_REUSED = 409 "key-reused", "This idempotency key was already used for another bundle.", "Use a new key for every hand-over.";
    /// There is nothing.
    NOTHING_THERE = 404 "nothing-there", "Nothing has been handed over yet.", "Wait for the customer.";
    /// Collected and confirmed, so deleted here.
    ACKNOWLEDGED = 410 "acknowledged", "It was collected and confirmed, and has been deleted here.", "Use the copy that was collected.";
    /// Not confirmed in time, so deleted here.
    DELETED = 410 "deleted", "It was not confirmed in time, and has been deleted here.",
        "Reopen the link with `handrail link reopen` or make a new one, and ask the customer to hand over again.";
    /// Another version than the one there is.
    OTHER_VERSION = 409 "other-version", "The version named is not the one that is there.", "Collect again, then confirm that version.";
    /// Something this link does not do.
    NOT_THIS_LINK = 409 "not-this-link", "This link does not provide for that.", "See what the link is for.";
    /// No request token, or one that cannot be read.
    UNSIGNED = 401 "unsigned", "This request needs the vendor's signature.", "Use the `handrail` command, or sign as the API's description shows.";
    /// Signed by nobody known.
    WRONG_SIGNATURE = 401 "wrong-signature", "The signature is not by a key that the vendor's domain publishes.",
        "Publish the key, or use one that is published.";
    /// A signature for something else.
    OTHER_REQUEST = 401 "other-request", "The signature belongs to another request.", "Sign method, address and body of this very request.";
    /// Outside its minute.
    STALE = 401 "stale", "The signature is too old, or from the future.", "Set the clock, and sign again.";
    /// Used before.
    REPLAYED = 401 "replayed", "This signature was used before.", "Sign every request anew.";
    /// A vendor that this Worker does not serve.
    VENDOR_UNKNOWN = 403 "vendor-unknown", "This service does not serve that vendor.", "Ask its operator to add the domain.";
    /// A one-time code that does not count.
    CODE_SPENT = 401 "code-spent", "This code is wrong, was used before, or is older than five minutes.",
        "Make a new one with `handrail vendor code`.";
    /// Not signed in, or no longer.
    SESSION_OVER = 401 "session-over", "You are no longer signed in.", "Make a code with `handrail vendor code` and sign in again.";
    /// A link that cannot be made.
    BAD_LINK = 422 "bad-link", "The link is not one that this service can keep.", "See its description: signature, audience, guide and dates.";
    /// The subject, or the state of a consent, is another link's.
    SUBJECT_USED = 409 "subject-used", "Another link already has this subject or state.", "Make the link again: each has one of its own.";
    /// A statement is asked for before there was a hand-over.
    NOT_HANDED_OVER = 409 "not-handed-over", "No receipt shows that the customer handed this over, so nothing is signed.",
        "Collect the hand-over, then try again.";
    /// Microsoft's answer to a consent is another link's, or no answer at all.
    CONSENT_ELSEWHERE = 422 "consent-elsewhere", "The address that the browser came back to does not belong to this link.",
        "Do not count it as consent. Ask the customer to start from the link's page.";
    /// The consent was given in another directory than the one handed over.
    CONSENT_OTHER_TENANT = 422 "consent-other-tenant", "The consent was given in another directory than the one handed over.",
        "Do not count it as consent. Ask the customer in which directory the app is to be.";
    /// The administrator did not agree.
    CONSENT_REFUSED = 422 "consent-refused", "Microsoft reports that the consent was not given.",
        "Ask the customer to open the link's page once more and accept as an administrator.";
    /// The code exists.
    CODE_TAKEN = 409 "code-taken", "There is another link with this code.", "Make the link again.";
    /// Too many requests.
    TOO_MANY = 429 "too-many", "Too many requests from this address.", "Wait a minute.";
    /// The bundle is not what the envelope says.
    BUNDLE_ELSEWHERE = 422 "bundle-elsewhere", "The bundle belongs to another link than the one it came under.",
        "Do not use it. Ask the customer to hand over again.";
    /// The values are not those that were checked.
    BUNDLE_OTHER_VALUES = 422 "bundle-other-values", "The values in the bundle are not those the report is about.",
        "Do not use them. Ask the customer to check and hand over again.";
    /// The receipt is not about this bundle.
    RECEIPT_WRONG = 422 "receipt-wrong", "The receipt is not for this bundle, or not by a service of yours.",
        "Do not use it. Collect again, and compare the service's keys with your document.";
    /// What a customer got for a receipt is none.
    RECEIPT_FOREIGN = 422 "receipt-foreign", "The service took it, but its receipt is not signed by a service that the vendor names.",
        "Ask the vendor by a way you already know whether it arrived, before you hand anything over again.";
    /// The bundle cannot be read.
    BUNDLE_UNREADABLE = 422 "bundle-unreadable", "The bundle cannot be opened with these keys, or is of an unknown form.",
        "Use the identity whose recipient was published when the link was made.";
    /// A check without a link where the operator did not allow it.
    LINK_REQUIRED = 403 "link-required", "This service checks only for holders of a link from a vendor.",
        "Open the link that the vendor sent you, or check on your own machine with `handrail check`.";
    /// No such address.
    NOT_FOUND = 404 "not-found", "There is nothing at this address.", "Check the address.";
    /// The address exists for another method.
    WRONG_METHOD = 405 "wrong-method", "This address is not used with this method.", "See the API's description.";
    /// Something else than JSON was sent.
    NOT_JSON = 415 "json-required", "Only JSON is understood here.", "Send the request with `Content-Type: application/json`.";
    /// Something else than the page's own form was sent.
    FORM_REQUIRED = 415 "form-required", "Only this page's own form is understood here.", "Open the page itself and use the form there.";
    /// The length is not said in advance.
    LENGTH_REQUIRED = 411 "length-required", "The length of the request is missing.", "Send a `Content-Length`.";
    /// Too long.
    TOO_LARGE = 413 "too-large", "The request is larger than any check needs.", "Send only the values asked for.";
    /// It is JSON, but not a check.
    BAD_REQUEST = 400 "bad-request", "The request is not a check.", "Send `guide` and `values`, as the API's description shows.";
    /// A moment of change that is no time.
    BAD_TIME = 400 "bad-time", "A moment in `changed` is no time.", "Write times like 2026-11-21T12:00:00Z.";
    /// A cloud outside the table.
    UNKNOWN_CLOUD = 400 "unknown-cloud", "There is no cloud of this name.",
        "Use worldwide, gcc, gcc-high, dod or china, or leave it out.";
    /// A guide that the service was built without.
    UNKNOWN_GUIDE = 404 "unknown-guide", "This service does not know the guide.",
        "See the list at /api/guides; the service may be older than the guide.";
    /// More checks than one address or link may ask for.
    TOO_OFTEN = 429 "too-often", "More checks were asked for than one person needs.", "Wait a minute, then try again.";
    /// The operator gave the service no key to sign with.
    NOT_SET_UP = 503 "not-set-up", "This service is not set up for links.",
        "Its operator has to give it a signing key: see the deployment's description.";
    /// A form that another site sent.
    FROM_ELSEWHERE = 403 "from-elsewhere", "This form was sent by another site.", "Open the page itself and use the form there.";
    /// Something failed that is nobody's fault but the service's.
    INTERNAL = 500 "internal", "Something went wrong on our side.", "Try again.";
}

/// Those that a person may meet: a customer on the page behind a link and in the panel, anybody on the service's own pages.
pub const FOR_PEOPLE: &[Refusal] = &[
    CODE_WRONG,
    LINK_UNKNOWN,
    LINK_EXPIRED,
    LINK_REVOKED,
    LINK_FORGED,
    LINK_ELSEWHERE,
    DOCUMENT_MISSING,
    DOCUMENT_WRONG,
    KEYS_CHANGED,
    LOGO_WRONG,
    WORKER_UNKNOWN,
    STRANGER,
    GUIDE_CHANGED,
    GUIDE_UNFIT,
    RECIPIENTS_GONE,
    OTHER_TENANT,
    KIND_NOT_TAKEN,
    COOL_DOWN,
    BUSY,
    REPORT_FORGED,
    REPORT_ELSEWHERE,
    REPORT_OLD,
    REPORT_FAILED,
    NOT_SEALED,
    HANDED_OVER,
    VERSION_CONFLICT,
    NOT_THIS_LINK,
    TOO_MANY,
    RECEIPT_FOREIGN,
    CONSENT_OTHER_TENANT,
    CONSENT_REFUSED,
    CODE_SPENT,
    SESSION_OVER,
    VENDOR_UNKNOWN,
    LINK_REQUIRED,
    TOO_LARGE,
    BAD_REQUEST,
    UNKNOWN_GUIDE,
    TOO_OFTEN,
    NOT_SET_UP,
    FORM_REQUIRED,
    FROM_ELSEWHERE,
    INTERNAL,
];

/// These as messages, for those who say them in another language: `no-<code>`.
#[must_use]
pub fn messages() -> String {
    FOR_PEOPLE.iter().map(|why| message(&format!("no-{}", why.code), why.what, why.next)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own_and_says_what_and_next() {
        let codes: BTreeSet<_> = ALL.iter().map(|r| r.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for reason in ALL {
            assert!(reason.what.ends_with('.') && reason.next.ends_with('.'), "{}", reason.code);
            assert!((400..600).contains(&reason.status), "{}", reason.code);
        }
    }
}
