//! The draft as a guide file.

use std::fmt::Write as _;

use super::notes::Note;
use super::reading::Reading;

pub(crate) fn guide(reading: &Reading, notes: &[Note]) -> String {
    let mut out = String::from(
        "# A draft. Every TODO is for a person; `handrail guide lint` says what is still missing.\n",
    );
    let mut said: Vec<&Note> = Vec::new();
    for note in notes {
        let same =
            |other: &&Note| (&other.kind, &other.id, &other.today) == (&note.kind, &note.id, &note.today);
        if said.iter().any(same) {
            continue;
        }
        said.push(note);
        let lines =
            notes.iter().filter(same).map(|other| other.line.to_string()).collect::<Vec<_>>().join(", ");
        let place = if note.line == 0 { "whole document".to_owned() } else { format!("line {lines}") };
        let source = if note.source.is_empty() { String::new() } else { format!(" ({})", note.source) };
        let _ =
            writeln!(out, "# {place}: {}, {}: {}{source}", note.kind, note.id, note.today.replace('\n', " "));
    }
    let _ = write!(
        out,
        "\ntitle = {}\npurpose = \"TODO: what it is for and which data leave the tenant\"\n\n",
        quoted(&reading.title)
    );
    let name = reading.domains.first().and_then(|domain| domain.split('.').next()).unwrap_or("TODO");
    let domains = reading.domains.iter().map(|domain| quoted(domain)).collect::<Vec<_>>().join(", ");
    let _ = write!(out, "[vendor]\nname = {}\ndomains = [{domains}]\n", quoted(name));
    if let Some(support) = &reading.support {
        let _ = writeln!(out, "support = {}", quoted(support));
    }
    app(&mut out, reading);
    consent(&mut out, reading);
    permissions(&mut out, reading);
    if reading.audit.is_some() {
        out.push_str("\n[setting.audit-logging]\nwhy = \"TODO: what the vendor reads from the audit log\"\n");
    }
    for (id, line) in reading.values.iter().filter(|_| reading.registers) {
        let _ = write!(out, "\n# From line {line}.\n[[value]]\nid = \"{id}\"\n");
    }
    let by = if reading.registers { "form" } else { "none" };
    let _ = write!(out, "\n[hand-over]\nby = \"{by}\"\nto = \"TODO: where the values go\"\n");
    if let Some(line) = reading.service_account.filter(|_| !reading.registers) {
        let _ = write!(
            out,
            "\n[[question]]\nask = \"Can we connect with an app and a certificate instead of a user account?\"\n\
             default = \"The user account is not made.\"\nwhy = \"Line {line} asks for a user account.\"\n"
        );
    }
    out
}

fn app(out: &mut String, reading: &Reading) {
    if !reading.registers {
        return;
    }
    let name = reading.app_name.as_deref().unwrap_or("TODO");
    let _ = write!(out, "\n[app]\nname = {}\naccounts = \"single-tenant\"\n", quoted(name));
    if !reading.redirect_uris.is_empty() {
        let uris = reading.redirect_uris.iter().map(|uri| quoted(uri)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "redirect-uris = [{uris}]");
    }
}

/// What the app is given: added by the customer, or expected of the vendor's own app.
fn permissions(out: &mut String, reading: &Reading) {
    for found in &reading.permissions {
        let kind = if found.delegated { "delegated" } else { "application" };
        let mark = if found.name == "User.Read" && found.delegated {
            "# The portal adds this row on its own; leave it out unless it is needed. "
        } else {
            "# "
        };
        let _ = write!(
            out,
            "\n{mark}From line {}.\n[[permission]]\nresource = {}\nname = {}\nkind = \"{kind}\"\nwhy = \"TODO\"\n",
            found.line,
            quoted(&found.resource),
            quoted(&found.name)
        );
    }
    if reading.secret {
        let name = reading.secret_name.as_deref().or(reading.app_name.as_deref()).unwrap_or("TODO");
        let _ = write!(out, "\n[credential.secret]\ndescription = {}\ndays = 180\n", quoted(name));
    }
}

fn consent(out: &mut String, reading: &Reading) {
    if !reading.consents {
        return;
    }
    let names = if reading.consent_names.is_empty() {
        vec!["TODO".to_owned()]
    } else {
        reading.consent_names.clone()
    };
    let names = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let _ = write!(
        out,
        "\n[consent]\nnames = [{names}]\nstart = \"TODO: where in the product the consent is started\"\n"
    );
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
