//! The forms in which values are written: JSON, `.env`, or the vendor's own lettered list.

use handrail_credential::Secret;
use handrail_handover::Bundle;
use zeroize::Zeroizing;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// An object of the values by id.
    Json,
    /// `NAME=value` lines.
    Env,
    /// `a) Label: value` lines.
    List,
}

/// Writes values in a form. `labels` gives order and words, where the guide is known.
pub(super) fn write(form: Form, bundle: &Bundle, labels: &[(String, String)]) -> Zeroizing<String> {
    let mut rows: Vec<(&str, &str, &Secret)> = Vec::new();
    for (id, label) in labels {
        rows.extend(bundle.values.get_key_value(id).map(|(id, value)| (id.as_str(), label.as_str(), value)));
    }
    for (id, value) in &bundle.values {
        if !labels.iter().any(|(known, _)| known == id) {
            rows.push((id, id, value));
        }
    }
    let mut out = Zeroizing::new(String::with_capacity(16 * 1024));
    if form == Form::Json {
        out.push('{');
    }
    for (at, (id, label, value)) in rows.into_iter().enumerate() {
        // EXPOSE: into the form that the vendor asked for.
        let text = value.expose();
        match form {
            Form::Json => {
                out.push_str(if at == 0 { "\n  " } else { ",\n  " });
                out.push_str(&json(id));
                out.push_str(": ");
                out.push_str(&Zeroizing::new(json(text)));
            }
            Form::Env => {
                out.push_str(&id.to_ascii_uppercase().replace(['-', '.'], "_"));
                out.push('=');
                // Within single quotes a shell changes nothing; a quote itself is closed, escaped and opened again.
                out.push_str(&Zeroizing::new(format!("'{}'\n", text.replace('\'', "'\\''"))));
            }
            Form::List => {
                let letter = u8::try_from(at % 26).map_or('a', |n| char::from(b'a'.saturating_add(n)));
                out.push_str(&format!("{letter}) {label}: "));
                out.push_str(text);
                out.push('\n');
            }
        }
    }
    if form == Form::Json {
        out.push_str("\n}\n");
    }
    out
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
