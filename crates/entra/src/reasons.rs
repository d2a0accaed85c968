//! Every outcome a check can have: code, verdict, topic, what happened, what to do, whose move it is.
//!
//! The one place for the verifier's words. `{…}` in a text is filled from what is known: `{tenant}`, `{resource}`,
//! `{roles}` and so on; never from Microsoft's answer, and never with a secret. Other languages: `locales/*/reasons.ftl`.

use handrail_credential::message;

use crate::cloud::Cloud;
use crate::codes::PROBES;
use crate::log::{OTHER_CLOUD, OTHER_CLOUD_WORDS};
use crate::report::{Verdict, Who};

/// What an outcome is about: the key into the guide's map of steps that mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The directory's ID.
    TenantId,
    /// The app's client ID.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The directory's domain.
    TenantDomain,
    /// The app itself, or its enterprise application.
    App,
    /// The permissions added to the app.
    Permission,
    /// Application or delegated.
    PermissionKind,
    /// Admin consent.
    Consent,
    /// Audit logging.
    Audit,
    /// Microsoft's service or the way to it.
    Service,
}

impl Topic {
    /// Its name, as guides and reports spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TenantId => "tenant-id",
            Self::ClientId => "client-id",
            Self::ClientSecret => "client-secret",
            Self::TenantDomain => "tenant-domain",
            Self::App => "app",
            Self::Permission => "permission",
            Self::PermissionKind => "permission-kind",
            Self::Consent => "consent",
            Self::Audit => "audit",
            Self::Service => "service",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    /// Stable code.
    pub code: &'static str,
    /// What it means for the verdict.
    pub verdict: Verdict,
    /// What it is about.
    pub topic: Topic,
    /// What happened.
    pub what: &'static str,
    /// What to do now.
    pub next: &'static str,
    /// Whose move it is.
    pub who: Who,
}

const fn ok(code: &'static str, topic: Topic, what: &'static str) -> Reason {
    Reason { code, verdict: Verdict::Passed, topic, what, next: "", who: Who::Nobody }
}

const fn no(code: &'static str, topic: Topic, what: &'static str, next: &'static str) -> Reason {
    Reason { code, verdict: Verdict::Failed, topic, what, next, who: Who::Admin }
}

const fn wait(code: &'static str, topic: Topic, what: &'static str, next: &'static str) -> Reason {
    Reason { code, verdict: Verdict::Pending, topic, what, next, who: Who::Nobody }
}

const fn unsure(
    code: &'static str,
    topic: Topic,
    who: Who,
    what: &'static str,
    next: &'static str,
) -> Reason {
    Reason { code, verdict: Verdict::CouldNotTell, topic, what, next, who }
}

use Topic::{
    App, Audit, ClientId, ClientSecret, Consent, Permission, PermissionKind, Service, TenantDomain, TenantId,
};

const NEW_SECRET: &str = "Make a new client secret and copy its **Value** with the copy button beside it.";
const AGAIN: &str = "Check again in a few minutes.";
const GRANT: &str =
    "On the app's **API permissions** page, press **Grant admin consent** and answer **Yes**.";

/// Every outcome.
pub const REASONS: &[Reason] = &[
    // Seen to be right.
    ok("format-right", Service, "{label}: the form is right."),
    ok("format-proved", Service, "{label}: its form is unusual, and Microsoft accepted it."),
    ok("tenant-found", TenantId, "The directory exists ({tenant}), in {cloud}."),
    ok("domain-belongs", TenantDomain, "The domain {domain} belongs to this directory."),
    ok("token-issued", ClientSecret, "Microsoft accepted app and secret and issued a token for {resource}."),
    ok(
        "claims-right",
        App,
        "The token for {resource} is for this directory and this app, and it is valid now.",
    ),
    ok("roles-granted", Permission, "{resource}: every permission asked for is granted ({roles})."),
    ok("no-roles-asked", Permission, "{resource}: the guide asks for no application permission here."),
    ok("subscriptions-listed", Permission, "The Management API accepts the app for this directory."),
    ok("probe-read", Permission, "{resource} let the app read {reads}."),
    ok(
        "surplus-none",
        Permission,
        "The app has no more permissions than asked for, as far as was looked at.",
    ),
    Reason {
        code: "surplus-roles",
        verdict: Verdict::Passed,
        topic: Permission,
        what: "The app has permissions that nobody asked for: {roles}.",
        next: "Remove them on the app's **API permissions** page, unless something else uses this app.",
        who: Who::Admin,
    },
    Reason {
        code: "directory-roles",
        verdict: Verdict::Passed,
        topic: Permission,
        what: "Apart from permissions, the app holds directory roles: {roles}.",
        next: "Such a role can give more than any permission. Take it away under **Roles and administrators**, unless the vendor says why it is needed.",
        who: Who::Admin,
    },
    // Values.
    no("value-missing", Service, "{label} is missing.", "Collect it first."),
    no(
        "ids-same",
        ClientId,
        "Tenant ID and client ID are the same ID.",
        "Copy each from the line with its own name on the app's **Overview** page.",
    ),
    no(
        "ids-swapped",
        TenantId,
        "Tenant ID and client ID are swapped: the ID in the client field is the directory's.",
        "Exchange the two.",
    ),
    // Directory.
    no(
        "tenant-unknown",
        TenantId,
        "Microsoft knows no directory {tenant}.",
        "Copy the **Directory (tenant) ID** again from the app's **Overview** page.",
    ),
    no(
        "tenant-unknown-domain-known",
        TenantId,
        "Microsoft knows no directory {tenant}. The domain {domain} belongs to directory {other}.",
        "Copy the **Directory (tenant) ID** again from the app's **Overview** page.",
    ),
    no(
        "tenant-not-usable",
        TenantId,
        "This does not name one directory.",
        "Copy the **Directory (tenant) ID** from the app's **Overview** page.",
    ),
    no(
        "tenant-gone",
        TenantId,
        "Microsoft has closed this directory: it seems to have been deleted, or was not used for a long time.",
        "Compare the **Directory (tenant) ID** with the app's **Overview** page.",
    ),
    no(
        "cloud-mismatch",
        TenantId,
        "This directory is in {cloud}, not in the cloud that was asked.",
        "Choose {cloud} and check again.",
    ),
    no(
        "domain-unknown",
        TenantDomain,
        "Microsoft knows no domain {domain}.",
        "Copy the domain again from the directory's overview.",
    ),
    no(
        "domain-of-other-tenant",
        TenantDomain,
        "The domain {domain} belongs to another directory than the tenant ID.",
        "Make sure that both come from the same directory, then copy the wrong one again.",
    ),
    // App.
    no(
        "app-not-found",
        ClientId,
        "There is no app with this client ID in directory {tenant}.",
        "Compare both IDs with the app's **Overview** page: it may be another directory, the **Object ID** instead of the client ID, or a deleted app.",
    ),
    no(
        "client-is-tenant",
        ClientId,
        "The client ID is the ID of a directory, not of an app.",
        "Copy the **Application (client) ID** from the app's **Overview** page.",
    ),
    no(
        "app-disabled",
        App,
        "The app is switched off in this directory.",
        "Under **Enterprise applications**, open the app, **Properties**, and set **Enabled for users to sign-in** to **Yes**.",
    ),
    no(
        "service-principal-missing",
        App,
        "The app is registered, but its enterprise application is missing in this directory, so it has no rights here.",
        GRANT,
    ),
    no(
        "app-ambiguous",
        ClientId,
        "Microsoft finds several apps for this ID.",
        "Copy the **Application (client) ID** again from the app's **Overview** page.",
    ),
    no(
        "app-is-public",
        App,
        "This app is set up as a public client and may not use a secret.",
        "On the app's **Authentication** page, set **Allow public client flows** to **No**.",
    ),
    wait(
        "app-pending",
        App,
        "The app is so new that Microsoft does not know it everywhere yet.",
        "Wait a moment; it is checked again.",
    ),
    // Secret.
    no("secret-wrong", ClientSecret, "Microsoft knows directory and app, but not this secret.", NEW_SECRET),
    no(
        "secret-id-instead",
        ClientSecret,
        "This is not the secret: the **Secret ID** was copied instead of the **Value**.",
        "In the same row, copy what stands under **Value**. If it is no longer shown, make a new client secret.",
    ),
    no(
        "secret-damaged",
        ClientSecret,
        "A character of the secret is wrong: its checksum does not fit, and Microsoft rejects it.",
        NEW_SECRET,
    ),
    no("secret-other-thing", ClientSecret, "This is no client secret, and Microsoft rejects it.", NEW_SECRET),
    no(
        "secret-expired",
        ClientSecret,
        "The secret has expired.",
        "Make a new client secret and note its end date.",
    ),
    no("secret-not-sent", ClientSecret, "There was no secret in the request.", "Paste the secret again."),
    no(
        "secret-odd-characters",
        ClientSecret,
        "Microsoft does not accept characters in the secret.",
        NEW_SECRET,
    ),
    wait(
        "secret-pending",
        ClientSecret,
        "The secret is so new that Microsoft does not accept it everywhere yet.",
        "Wait a moment; it is checked again.",
    ),
    // Certificate and federated credential.
    no(
        "certificate-wrong",
        ClientSecret,
        "Microsoft knows directory and app, but not the certificate or key that signed the request.",
        "On the app's **Certificates & secrets** page, compare the thumbprint; upload the certificate that the program signs with.",
    ),
    no(
        "certificate-expired",
        ClientSecret,
        "The certificate that signed the request has expired.",
        "Upload a new certificate on the app's **Certificates & secrets** page and let the program sign with it.",
    ),
    no(
        "assertion-time",
        ClientSecret,
        "The signed request was outside its time window: the clock of the machine that made it is wrong, or it was used too late.",
        "Set the clock, then try again.",
    ),
    no(
        "assertion-wrong",
        ClientSecret,
        "The signed request does not fit: audience, issuer or subject is another one than Microsoft expects.",
        "Compare client ID, tenant ID and audience in the settings of the program that signs.",
    ),
    no(
        "federated-mismatch",
        ClientSecret,
        "None of the app's federated credentials fits the token that was presented.",
        "On the app's **Certificates & secrets** page, under **Federated credentials**, compare issuer, subject and audience letter by letter.",
    ),
    Reason {
        code: "vendor-proves",
        verdict: Verdict::Pending,
        topic: ClientSecret,
        what: "Nothing secret exists, so nothing can be tried from here: the vendor tries it with its own key after the hand-over.",
        next: "Hand over. The link's page then says whether it worked.",
        who: Who::Vendor,
    },
    // Permissions and consent.
    no(
        "permission-missing",
        Permission,
        "{resource}: the app lacks {roles}.",
        "On the app's **API permissions** page, add it as **Application permission** and grant admin consent again.",
    ),
    no(
        "no-roles",
        Consent,
        "{resource}: the app has no permission at all here; missing is {roles}.",
        "On the app's **API permissions** page, look at both columns: **Type** must say **Application**, and **Status** must say **Granted**.",
    ),
    no(
        "delegated-instead",
        PermissionKind,
        "{resource}: consent was given, but not to **Application** permissions; missing is {roles}.",
        "Remove the rows whose **Type** is **Delegated**, add the same names as **Application permissions** and grant admin consent again.",
    ),
    no(
        "delegated-token",
        PermissionKind,
        "{resource}: this token acts for a user. The guide needs **Application** permissions: {roles}.",
        "Add the permissions as **Application permissions** and grant admin consent again.",
    ),
    no("consent-missing", Consent, "{resource}: admin consent is missing.", GRANT),
    no(
        "permission-retired",
        Permission,
        "{resource}: the app asks for a permission that no longer exists.",
        "On the app's **API permissions** page, remove what is marked as retired and grant admin consent again.",
    ),
    no(
        "resource-missing",
        Permission,
        "{resource} does not exist in this directory yet.",
        "Add its permissions to the app and grant admin consent. If that fails, the directory has no Microsoft 365 subscription for it.",
    ),
    no(
        "resource-disabled",
        App,
        "{resource} is switched off in this directory.",
        "Under **Enterprise applications**, show Microsoft's applications, open it, **Properties**, and enable it; or renew the subscription that brings it.",
    ),
    no(
        "assignment-required",
        App,
        "{resource} lets only assigned apps in, and this one is not assigned.",
        "Under **Enterprise applications**, open it and assign the app, or set **Assignment required** to **No**.",
    ),
    wait(
        "consent-pending",
        Consent,
        "{resource}: consent was given a moment ago and is not in Microsoft's token yet; missing is {roles}.",
        "Wait; it is checked again for up to ten minutes. Meanwhile see that **Type** says **Application** and **Status** says **Granted**.",
    ),
    // Management API and audit.
    no(
        "audit-off",
        Audit,
        "Audit logging is off in this directory, so there is nothing to collect.",
        "Turn auditing on in the Microsoft Purview portal. It can take an hour to take effect.",
    ),
    unsure(
        "probe-permission",
        Permission,
        Who::Nobody,
        "{resource} does not see the permission yet, though it is in the token.",
        AGAIN,
    ),
    unsure(
        "probe-tenant",
        TenantId,
        Who::Nobody,
        "The Management API does not know this directory.",
        "See that auditing is on, then check again.",
    ),
    unsure("probe-refused", Service, Who::Nobody, "{resource} did not accept the token.", AGAIN),
    unsure(
        "probe-licence",
        Service,
        Who::Admin,
        "{resource} refused for want of a licence or a service in this directory. App, secret and permission are right.",
        "See whether the plan that this API needs is there.",
    ),
    unsure(
        "subscription-disabled",
        Audit,
        Who::Admin,
        "A subscription of the Management API was disabled.",
        "Look whether an admin or the vendor disabled it.",
    ),
    // No evidence either way.
    unsure(
        "nothing-proved",
        Service,
        Who::Nobody,
        "Microsoft was not asked for a token, so nothing shows that app and secret are right.",
        "This guide's values cannot be checked from here. Compare them with the portal.",
    ),
    unsure(
        "tenant-id-wanted",
        TenantId,
        Who::Admin,
        "A domain was given as tenant ID. It belongs to the directory {tenant}.",
        "Use **{tenant}** as tenant ID.",
    ),
    unsure("format-doubtful", Service, Who::Admin, "{label}: {finding}", "{finding-next}"),
    unsure(
        "blocked-by-policy",
        Service,
        Who::Admin,
        "A Conditional Access policy blocked the sign-in from here. That says nothing about the secret.",
        "Run the check from the machine that will use the secret, or look at the policy under **Service principal sign-ins**.",
    ),
    unsure(
        "blocked-on-the-way",
        Service,
        Who::Admin,
        "A proxy on the way restricts which directories may be reached.",
        "Run the check from another network.",
    ),
    unsure(
        "throttled",
        Service,
        Who::Nobody,
        "Microsoft asked to wait: too many requests.",
        "Wait, then check again.",
    ),
    unsure(
        "service-failure",
        Service,
        Who::Microsoft,
        "Microsoft's service had a failure of its own.",
        AGAIN,
    ),
    unsure("unreachable", Service, Who::Nobody, "Microsoft's server could not be reached.", AGAIN),
    unsure(
        "not-microsoft",
        Service,
        Who::Nobody,
        "Something else than Microsoft's service answered: a proxy or a web filter.",
        "Run the check from another network.",
    ),
    unsure(
        "redirected",
        Service,
        Who::Nobody,
        "The request was redirected, which is not followed.",
        "Run the check from another network.",
    ),
    unsure(
        "unknown",
        Service,
        Who::Nobody,
        "Microsoft answered with something that is not known here.",
        "Look up the number with the correlation id in Microsoft's documents, then check again.",
    ),
    unsure(
        "our-request",
        Service,
        Who::Nobody,
        "Microsoft did not understand the request. That is a fault of this check, not yours.",
        "Please report it with the correlation id.",
    ),
    unsure(
        "token-unreadable",
        Service,
        Who::Nobody,
        "Microsoft issued a token for {resource} that cannot be read.",
        AGAIN,
    ),
    unsure(
        "token-malformed",
        Service,
        Who::Nobody,
        "The token for {resource} holds a claim of an unknown form.",
        AGAIN,
    ),
    unsure(
        "token-elsewhere",
        Service,
        Who::Nobody,
        "The token for {resource} is not for this directory and this app.",
        AGAIN,
    ),
    unsure(
        "token-not-now",
        Service,
        Who::Nobody,
        "The token for {resource} is not valid at this time.",
        "See that the clock of this machine is right, then check again.",
    ),
    unsure(
        "not-documented",
        Service,
        Who::Nobody,
        "{resource} has no documented address in {cloud}.",
        "This cannot be checked there.",
    ),
    unsure(
        "too-many-requests",
        Service,
        Who::Nobody,
        "The check needed more requests than it may make.",
        AGAIN,
    ),
];

/// What nobody looked at, by code: the verifier's own rows of a report's `not-checked`.
pub(crate) const UNSEEN: [(&str, &str); 4] = [
    ("surplus-unwanted", "Permissions beyond those asked for: this check was told not to look."),
    ("surplus-unreached", "Permissions beyond those asked for: the check did not get that far."),
    ("probe-unmade", "The probe {probe} was not made: there was no token with the permissions for it."),
    ("resource-unseen", "Permissions for {resource}: Microsoft issued no token to look at."),
];

/// The row with this code; `unknown` for a code without one.
pub(crate) fn reason(code: &str) -> Option<&'static Reason> {
    REASONS.iter().find(|r| r.code == code).or_else(|| REASONS.iter().find(|r| r.code == "unknown"))
}

/// Everything a check says as messages, for those who say it in another language: `reason-<code>`, `unseen-<code>`,
/// `cloud-<name>` and `reads-<probe>`.
#[must_use]
pub fn messages() -> String {
    let reasons = REASONS.iter().map(|r| message(&format!("reason-{}", r.code), r.what, r.next));
    let clouds =
        Cloud::ALL.iter().map(|cloud| message(&format!("cloud-{}", cloud.name()), cloud.label(), ""));
    let other = std::iter::once(message(&format!("cloud-{OTHER_CLOUD}"), OTHER_CLOUD_WORDS, ""));
    let reads = PROBES.iter().map(|probe| message(&format!("reads-{}", probe.name), probe.reads, ""));
    let unseen = UNSEEN.iter().map(|(code, words)| message(&format!("unseen-{code}"), words, ""));
    reasons.chain(unseen).chain(clouds).chain(other).chain(reads).collect()
}

/// The names of the places in a text.
pub(crate) fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|after| after.split_once('}')).map(|(name, _)| name)
}

/// Fills `{name}` places; a place without a value becomes empty.
pub(crate) fn fill(text: &str, with: &[(&str, impl AsRef<str>)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { return out };
        out.push_str(with.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v.as_ref()));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{REASONS, fill};
    use crate::report::Verdict;

    #[test]
    fn every_outcome_has_its_words() {
        let mut codes: Vec<&str> = REASONS.iter().map(|r| r.code).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
        for r in REASONS {
            assert!(r.what.ends_with(['.', '}']), "{}", r.code);
            assert!(r.verdict == Verdict::Passed || r.next.ends_with(['.', '}']), "{}", r.code);
        }
    }

    #[test]
    fn places_are_filled() {
        assert_eq!(fill("{a} and {b}{c}.", &[("a", "x"), ("b", "{a}")]), "x and {a}.");
        assert_eq!(fill("open {", &[("a", "x")]), "open ");
    }
}
