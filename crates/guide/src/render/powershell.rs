//! A script for the Microsoft Graph PowerShell SDK: the same end state, for those who prefer scripts.

use std::fmt::Write as _;

use super::text::{comment, powershell};
use super::wants_server;
use crate::plan::{PermissionKind, Plan};

/// What every script does, whatever the guide.
const BODY: &str = include_str!("powershell.ps1");

/// Days a secret lives when the guide says nothing: what Microsoft marks as recommended.
const USUAL_DAYS: u32 = 180;

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let app = super::set_up(plan)?;
    let secret = plan.credential.as_ref().filter(|credential| credential.kind == "secret");
    let days = secret.and_then(|secret| secret.days).unwrap_or(USUAL_DAYS);
    let mut head = String::from(
        "#Requires -Version 7\n#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns\n",
    );
    let _ = writeln!(head, "# {}", comment(&plan.title));
    let _ = writeln!(
        head,
        "# Made from guide {}, digest {}. Change the guide, not this file.",
        plan.guide, plan.digest
    );
    let audit = plan.value("audit-logging").is_some();
    let mut facts = String::new();
    let _ = writeln!(facts, "$Guide = {}", powershell(&plan.guide));
    let _ = writeln!(facts, "$AppName = {}", powershell(&app.name));
    let uris = app.redirect_uris.iter().map(|uri| powershell(uri)).collect::<Vec<_>>();
    let _ = writeln!(facts, "$RedirectUris = @({})", uris.join(", "));
    let _ = writeln!(facts, "$NeedsServer = ${}", wants_server(plan));
    let _ = writeln!(facts, "$SecretName = {}", powershell(secret.map_or("", |secret| &secret.name)));
    let _ = writeln!(facts, "$NeedsAuditing = ${audit}");
    facts.push_str("$Permissions = @(\n");
    for permission in &plan.sheet.permissions {
        let kind = match permission.kind {
            PermissionKind::Application => "Role",
            PermissionKind::Delegated => "Scope",
        };
        let _ = writeln!(
            facts,
            "    @{{ Resource = {}; Id = {}; Type = '{kind}'; Name = {} }}",
            powershell(&permission.resource_app_id),
            powershell(&permission.id),
            powershell(&permission.name)
        );
    }
    facts.push_str(")\n");
    Some(head + &BODY.replace("##DAYS##", &days.to_string()).replace("##FACTS##\n", &facts))
}
