//! What is made from a plan beside the overlay: documents, scripts, links. One file per output, one line here.

mod approval;
mod az;
mod consent_url;
mod html;
mod json;
mod links;
mod manifest;
mod markdown;
mod powershell;
mod steps;
mod text;

pub use text::{ON_PAPER, escape, inline};

use crate::plan::{App, Credential, Plan};

/// One kind of output.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Its name after `--as`.
    pub name: &'static str,
    /// Extension of a file with it.
    pub extension: &'static str,
    /// What it is, in half a line.
    pub about: &'static str,
    /// Makes it; `None` when the guide has nothing of the kind.
    pub render: fn(&Plan) -> Option<String>,
}

/// Every output.
pub const OUTPUTS: &[Output] = &[
    Output {
        name: "approval",
        extension: "html",
        about: "one printable sheet for whoever approves",
        render: approval::render,
    },
    Output {
        name: "markdown",
        extension: "md",
        about: "the whole guide as a page of text",
        render: markdown::render,
    },
    Output {
        name: "html",
        extension: "html",
        about: "the whole guide as a page to print",
        render: html::render,
    },
    Output {
        name: "manifest",
        extension: "json",
        about: "the app as a manifest fragment",
        render: manifest::render,
    },
    Output { name: "az", extension: "sh", about: "a bash script for the Azure CLI", render: az::render },
    Output {
        name: "powershell",
        extension: "ps1",
        about: "a PowerShell script: Microsoft Graph SDK, Exchange Online",
        render: powershell::render,
    },
    Output {
        name: "consent-url",
        extension: "txt",
        about: "the address of the admin consent",
        render: consent_url::render,
    },
    Output { name: "links", extension: "md", about: "the deep link of every step", render: links::render },
    Output {
        name: "steps",
        extension: "json",
        about: "every step as words, with the ways there",
        render: steps::render,
    },
    Output { name: "json", extension: "json", about: "the compiled plan", render: json::render },
];

/// Whether the redirect URIs carry the name of the customer's own server.
fn wants_server(plan: &Plan) -> bool {
    plan.app.as_ref().is_some_and(|app| app.redirect_uris.iter().any(|uri| uri.contains("{server}")))
}

/// The client secret that the plan makes, if it makes one.
fn secret(plan: &Plan) -> Option<&Credential> {
    plan.credential.as_ref().filter(|credential| credential.kind == "secret")
}

/// Days it lives; what Microsoft recommends where the guide says nothing.
fn days(plan: &Plan) -> u32 {
    secret(plan).and_then(|secret| secret.days).unwrap_or(Credential::RECOMMENDED_DAYS)
}

/// The output of this name.
#[must_use]
pub fn output(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}

/// The app of a plan that sets one up. Scripts and addresses do nothing else: what renews or removes has to be seen by a
/// person, step by step.
pub(crate) fn set_up(plan: &Plan) -> Option<&App> {
    plan.app.as_ref().filter(|_| sets_up(plan))
}

/// Whether the plan sets something up.
fn sets_up(plan: &Plan) -> bool {
    plan.mode == "run" || plan.mode == "adopt"
}
