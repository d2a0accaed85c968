//! A bash script for the Azure CLI: the same end state, for those who prefer scripts.
//!
//! The script can be run again, has a dry run, takes a list of tenants with one result each, and never prints a secret:
//! it goes by pipe to `handrail check`, to `age`, or to both.

use std::fmt::Write as _;

use super::text::{comment, shell};
use super::{days, secret, wants_server};
use crate::plan::Plan;

/// What every script does, whatever the guide.
const BODY: &str = include_str!("az.sh");

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let app = super::set_up(plan)?;
    let mut head = String::from("#!/usr/bin/env bash\n");
    let _ = writeln!(head, "# {}", comment(&plan.title));
    let _ = writeln!(
        head,
        "# Made from guide {}, digest {}. Change the guide, not this file.",
        plan.guide, plan.digest
    );
    let _ = writeln!(head, "guide={}", shell(&plan.guide));
    let _ = writeln!(head, "app_name={}", shell(&app.name));
    let uris = app.redirect_uris.iter().map(|uri| shell(uri)).collect::<Vec<_>>();
    let _ = writeln!(head, "redirect_uris=({})", uris.join(" "));
    let _ = writeln!(head, "needs_server={}", if wants_server(plan) { "yes" } else { "no" });
    let _ = writeln!(head, "secret_name={}", shell(secret(plan).map_or("", |secret| &secret.name)));
    let _ = writeln!(head, "days={}", days(plan));
    head.push_str("# Resource, permission id, type, name.\npermissions=(\n");
    for permission in &plan.sheet.permissions {
        let kind = permission.kind.access_type();
        let line = format!("{} {} {kind} {}", permission.resource_app_id, permission.id, permission.name);
        let _ = writeln!(head, "  {}", shell(&line));
    }
    head.push_str(")\n");
    Some(head + BODY)
}
