//! The draft as a guide file.

use std::fmt::Write as _;

use super::notes::Note;
use super::reading::Reading;
use crate::load::Library;
use crate::load::model::{Trap, TrapKind};
use crate::plan::Credential;

pub(crate) fn guide(library: &Library, reading: &Reading, notes: &[Note]) -> String {
    let mut out = String::from(
        "# A draft. Every TODO is for a person; `handrail guide lint` says what is still missing.\n",
    );
    remarks(&mut out, notes);
    let _ = write!(
        out,
        "\ntitle = {}\npurpose = \"TODO: what it is for and which data leave the tenant\"\n\n",
        quoted(&reading.title)
    );
    let label = reading.domains.first().and_then(|domain| domain.split('.').next());
    let name = reading.vendor.as_deref().or(label).or(reading.app_name.as_deref()).unwrap_or("TODO");
    let domains = reading.domains.iter().map(|domain| quoted(domain)).collect::<Vec<_>>().join(", ");
    let _ = write!(out, "[vendor]\nname = {}\ndomains = [{domains}]\n", quoted(name));
    if let Some(support) = &reading.support {
        let _ = writeln!(out, "support = {}", quoted(support));
    }
    app(&mut out, reading);
    consent(&mut out, reading);
    permissions(&mut out, reading);
    credential(&mut out, reading);
    if let Some(line) = reading.audit {
        let _ = write!(
            out,
            "\n# From line {line}.\n[setting.audit-logging]\nwhy = \"TODO: what the vendor reads from the audit log\"\n"
        );
    }
    values(&mut out, reading);
    hand_over(&mut out, reading);
    questions(&mut out, reading, notes);
    optionals(&mut out, reading);
    decisions(&mut out, library, reading, notes);
    superseded(&mut out, library, notes);
    out
}

/// Every note once, with all its lines.
fn remarks(out: &mut String, notes: &[Note]) {
    let mut said: Vec<&Note> = Vec::new();
    for note in notes {
        let same =
            |other: &&Note| (&other.kind, &other.id, &other.today) == (&note.kind, &note.id, &note.today);
        if said.iter().any(same) {
            continue;
        }
        said.push(note);
        let place =
            if note.line == 0 { "whole document".to_owned() } else { lines(notes.iter().filter(same)) };
        let source = if note.source.is_empty() { String::new() } else { format!(" ({})", note.source) };
        let text = format!("# {place}: {}, {}: {}{source}", note.kind, note.id, note.today);
        let text = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let _ = writeln!(out, "{text}");
    }
}

/// `line 3` or `lines 3, 5`.
fn lines<'a>(notes: impl Iterator<Item = &'a Note>) -> String {
    let mut numbers = notes.map(|note| note.line).collect::<Vec<_>>();
    numbers.dedup();
    let all = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    format!("{} {all}", if numbers.len() > 1 { "lines" } else { "line" })
}

fn app(out: &mut String, reading: &Reading) {
    if !reading.registers {
        return;
    }
    let name = reading.app_name.as_deref().or(reading.vendor.as_deref()).unwrap_or("TODO");
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
}

fn credential(out: &mut String, reading: &Reading) {
    if !reading.registers {
        return;
    }
    let name = reading.secret_name.as_deref().or(reading.app_name.as_deref()).or(reading.vendor.as_deref());
    let name = quoted(name.unwrap_or("TODO"));
    if reading.secret {
        let days = reading.secret_days.unwrap_or(Credential::RECOMMENDED_DAYS);
        let _ = write!(out, "\n[credential.secret]\ndescription = {name}\ndays = {days}\n");
    }
    if reading.certificate {
        let _ = write!(
            out,
            "\n[credential.certificate]\ndescription = {name}\nfrom = \"TODO: where the .cer file comes from\"\n"
        );
    }
}

fn values(out: &mut String, reading: &Reading) {
    for value in reading.values.iter().filter(|_| reading.registers) {
        let _ = write!(out, "\n# From line {}.\n[[value]]\nid = \"{}\"\n", value.line, value.id);
        if let Some(called) = &value.called {
            let _ = writeln!(out, "vendor-label = {}", quoted(called));
        }
    }
}

fn hand_over(out: &mut String, reading: &Reading) {
    match reading.file.filter(|_| reading.registers && !reading.values.is_empty()) {
        Some(line) => {
            let text = reading.values.iter().fold(String::new(), |mut text, value| {
                let called = value.called.as_deref().unwrap_or(value.id);
                let _ = writeln!(text, "{}: {{{}}}", called.replace(['\\', '"'], ""), value.id);
                text
            });
            let _ = write!(
                out,
                "\n# From line {line}.\n[hand-over]\nby = \"file\"\nto = \"TODO: where the file goes\"\nfile = \"values.txt\"\ntext = \"\"\"\n{text}\"\"\"\n"
            );
        }
        None if reading.registers => {
            out.push_str("\n[hand-over]\nby = \"form\"\nto = \"TODO: where the values go\"\n");
        }
        None => out.push_str("\n[hand-over]\nby = \"none\"\nto = \"Nothing is handed over.\"\n"),
    }
}

fn question(out: &mut String, ask: &str, default: &str, why: &str) {
    let _ = write!(
        out,
        "\n[[question]]\nask = {}\ndefault = {}\nwhy = {}\n",
        quoted(ask),
        quoted(default),
        quoted(why)
    );
}

/// What a document leaves open is asked, never guessed.
fn questions(out: &mut String, reading: &Reading, notes: &[Note]) {
    if reading.permissions.is_empty() && (reading.registers || reading.consents) {
        question(
            out,
            "Which permissions does it need, of which API, application or delegated, and what is each for?",
            "None is added until there is an answer.",
            "The document names no permission.",
        );
    }
    for note in notes.iter().filter(|note| note.id == "list-lost") {
        question(
            out,
            &format!(
                "What belongs to line {} of your document, where a list or a picture is announced?",
                note.line
            ),
            "Nothing is done there until there is an answer.",
            "What is announced there is lost in the text.",
        );
    }
    for name in &reading.unknown_permissions {
        question(
            out,
            &format!("Of which API is the permission {}, and is it spelt so?", name.name),
            "It is not added until there is an answer.",
            &format!("Line {} names it, and no catalogue knows it.", name.line),
        );
    }
    if let Some(line) = reading.service_account.filter(|_| !reading.registers) {
        question(
            out,
            "Can we connect with an app and a certificate instead of a user account?",
            "The user account is not made.",
            &format!("Line {line} asks for a user account."),
        );
    }
}

/// What is offered and not needed: each a decision that defaults to leaving it out.
fn optionals(out: &mut String, reading: &Reading) {
    if let Some(line) = reading.exposes.filter(|_| reading.registers) {
        let _ = write!(
            out,
            "\n[[optional]]\nid = \"expose-an-api\"\ntitle = \"Expose an API: not needed\"\nsaid = \"Line {line} asks for a scope of the app's own.\"\n\
             skip = \"An app that only calls Microsoft's interfaces needs none of its own.\"\n\
             chosen = \"an Application ID URI and one scope to which only admins can consent\"\n\
             procedure = \"expose-api\"\nwith = {{ scope = \"access_as_user\" }}\n"
        );
    }
    if let Some((line, name, group)) = &reading.policy {
        let _ = write!(
            out,
            "\n[[optional]]\nid = \"conditional-access\"\ntitle = \"A Conditional Access policy: not needed here\"\nsaid = \"Line {line} asks for a policy.\"\n\
             skip = \"Microsoft requires MFA in its portals of everybody already; the policy changes nothing there.\"\n\
             chosen = \"a policy for a test group alone, with an emergency account left out, report-only first\"\n\
             procedure = \"conditional-access-mfa\"\nwith = {{ name = {}, group = {} }}\n",
            quoted(name),
            quoted(group)
        );
    }
}

/// The traps of a kind that were met, each with its lines.
fn met<'a>(library: &'a Library, notes: &[Note], wanted: &[TrapKind]) -> Vec<(&'a Trap, String)> {
    let traps = library.traps.values().flat_map(|loaded| &loaded.file.traps);
    let there = |trap: &'a Trap| {
        let mut own =
            notes.iter().filter(|note| note.id == trap.id && note.kind == trap.kind.word()).peekable();
        own.peek()?;
        Some((trap, lines(own)))
    };
    traps.filter(|trap| wanted.contains(&trap.kind)).filter_map(there).collect()
}

/// What would weaken the tenant: each a decision that defaults to no.
fn decisions(out: &mut String, library: &Library, reading: &Reading, notes: &[Note]) {
    for (trap, lines) in met(library, notes, &[TrapKind::Dangerous]) {
        let Some(decision) = &trap.decision else { continue };
        let _ = write!(
            out,
            "\n[[unsafe]]\nid = {}\ntitle = {}\nstatements = []\nsaid = {}\ndanger = {}\ninstead = {}\nundo = {}\nsource = {}\n",
            quoted(&trap.id),
            quoted(&decision.title),
            quoted(&format!("The document asks for it ({lines}).")),
            quoted(&trap.today),
            quoted(&decision.instead),
            quoted(&decision.undo),
            quoted(&trap.source)
        );
        if let Some(procedure) = &decision.procedure {
            let _ = writeln!(out, "procedure = {}", quoted(procedure));
        }
        let with =
            decision.with.iter().map(|(name, text)| format!("{name} = {}", quoted(&placed(text, reading))));
        let with = with.collect::<Vec<_>>().join(", ");
        if !with.is_empty() {
            let _ = writeln!(out, "with = {{ {with} }}");
        }
    }
}

/// What a trap's decision needs to know, with what the document says of it in its places.
fn placed(text: &str, reading: &Reading) -> String {
    let called = reading.vendor.as_deref().map(|vendor| format!("{vendor} Service"));
    text.replace("{account}", reading.sign_in.as_deref().unwrap_or("TODO"))
        .replace("{service-user}", called.as_deref().unwrap_or("Service user"))
}

/// What is no longer so, so that the sheet says it.
fn superseded(out: &mut String, library: &Library, notes: &[Note]) {
    for (trap, lines) in met(library, notes, &[TrapKind::Dead, TrapKind::Renamed, TrapKind::Swapped]) {
        let _ = write!(
            out,
            "\n[[superseded]]\nstatements = []\nsaid = {}\ntoday = {}\nsource = {}\n",
            quoted(&format!("Document, {lines}: {}.", trap.id.replace('-', " "))),
            quoted(&trap.today),
            quoted(&trap.source)
        );
    }
}

fn consent(out: &mut String, reading: &Reading) {
    if !reading.consents {
        return;
    }
    let names = if reading.consent_names.is_empty() {
        vec![reading.vendor.clone().unwrap_or_else(|| "TODO".to_owned())]
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
