//! A PowerShell script: the same end state, for those who prefer scripts. Apps are made with the Microsoft Graph SDK, audit
//! logging is switched in Exchange Online.

use std::fmt::Write as _;

use super::text::{comment, powershell};
use super::{days, secret, wants_server};
use crate::plan::{App, Plan};

/// What every script that makes an app does, whatever the guide.
const APP: &str = include_str!("powershell.ps1");

/// What is left to a script where the app is the vendor's.
const EXCHANGE: &str = include_str!("exchange.ps1");

/// Parts of both: which tenants, and what changes something.
const TENANTS: &str = include_str!("tenants.ps1");

/// Part of both: the switch in Exchange Online.
const AUDITING: &str = include_str!("auditing.ps1");

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let audit = plan.value("audit-logging").is_some();
    let (modules, body) = match super::set_up(plan) {
        Some(app) => (
            "Microsoft.Graph.Authentication, Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns",
            APP.replace("##DAYS##", &days(plan).to_string()).replace("##FACTS##\n", &facts(plan, app, audit)),
        ),
        None if audit && super::sets_up(plan) => ("ExchangeOnlineManagement", EXCHANGE.to_owned()),
        None => return None,
    };
    let mut script =
        format!("#Requires -Version 7\n#Requires -Modules {modules}\n# {}\n", comment(&plan.title));
    let _ = writeln!(
        script,
        "# Made from guide {}, digest {}. Change the guide, not this file.",
        plan.guide, plan.digest
    );
    script.push_str(&body.replace("##TENANTS##\n", TENANTS).replace("##AUDITING##\n", AUDITING));
    Some(script)
}

/// What differs from guide to guide.
fn facts(plan: &Plan, app: &App, audit: bool) -> String {
    let mut facts = String::new();
    let _ = writeln!(facts, "$Guide = {}", powershell(&plan.guide));
    let _ = writeln!(facts, "$AppName = {}", powershell(&app.name));
    let uris = app.redirect_uris.iter().map(|uri| powershell(uri)).collect::<Vec<_>>();
    let _ = writeln!(facts, "$RedirectUris = @({})", uris.join(", "));
    let _ = writeln!(facts, "$NeedsServer = ${}", wants_server(plan));
    let _ = writeln!(facts, "$SecretName = {}", powershell(secret(plan).map_or("", |secret| &secret.name)));
    let _ = writeln!(facts, "$NeedsAuditing = ${audit}");
    facts.push_str("$Permissions = @(\n");
    for permission in &plan.sheet.permissions {
        let kind = permission.kind.access_type();
        let _ = writeln!(
            facts,
            "    @{{ Resource = {}; Id = {}; Type = '{kind}'; Name = {} }}",
            powershell(&permission.resource_app_id),
            powershell(&permission.id),
            powershell(&permission.name)
        );
    }
    facts.push_str(")\n");
    facts
}
