//! The forms in which values are written: JSON, `.env`, or the vendor's own lettered list.

use handrail_credential::Secret;
use handrail_handover::Bundle;
use zeroize::Zeroizing;

use crate::vendor::for_terminal;

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
                // Ids come from the customer: a name of a variable and nothing else, or a line could be smuggled in.
                out.extend(
                    id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }),
                );
                out.push('=');
                // Within single quotes a shell changes nothing; a quote itself is closed, escaped and opened again.
                out.push_str(&Zeroizing::new(format!("'{}'\n", text.replace('\'', "'\\''"))));
            }
            Form::List => {
                let letter = u8::try_from(at % 26).map_or('a', |n| char::from(b'a'.saturating_add(n)));
                out.push_str(&format!("{letter}) {}: ", for_terminal(label)));
                // A further line is set in, so that it is never taken for another value.
                for (n, line) in text.lines().enumerate() {
                    out.push_str(if n > 0 { "\n   " } else { "" });
                    out.extend(line.chars().filter(|c| !c.is_control()));
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use handrail_handover::Salt;

    #[test]
    fn nothing_a_customer_chose_becomes_a_line_of_its_own() {
        let values =
            [("client-id", "x"), ("a\nLD_PRELOAD=evil\n#", "y"), ("z", "one\na) Tenant ID: other\u{1b}[2J")];
        let bundle = Bundle {
            link: String::new(),
            vendor: String::new(),
            guide: String::new(),
            values: values.iter().map(|(id, v)| ((*id).to_owned(), Secret::new(*v))).collect(),
            salt: Salt::from_random([0; 32]),
            ends: None,
            report: String::new(),
            made: 0,
        };
        let env = write(Form::Env, &bundle, &[]);
        assert!(
            env.contains("A_LD_PRELOAD_EVIL__='y'\n") && env.contains("CLIENT_ID='x'\n"),
            "{}",
            env.as_str()
        );
        assert!(env.lines().all(|line| !line.starts_with("LD_PRELOAD")));
        let list = write(Form::List, &bundle, &[]);
        let lettered = list.lines().filter(|line| line.get(1..2) == Some(")")).count();
        assert_eq!((lettered, list.contains('\u{1b}')), (3, false), "{}", list.as_str());
        let json: serde_json::Value = serde_json::from_str(&write(Form::Json, &bundle, &[])).unwrap();
        assert_eq!(json.as_object().unwrap().len(), 3);
    }
}
