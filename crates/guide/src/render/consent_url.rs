//! The address of the admin consent, where the app has a redirect URI to come back to.

use crate::plan::Plan;

pub(crate) fn render(plan: &Plan) -> Option<String> {
    let app = super::set_up(plan)?;
    let mut text = String::new();
    match app.redirect_uris.first() {
        Some(uri) => {
            text.push_str(
                "# Asks for everything in the app's manifest. Put the tenant ID and the client ID in.\n",
            );
            text.push_str("https://login.microsoftonline.com/{tenant-id}/adminconsent?client_id={client-id}&redirect_uri=");
            // The server's name is put in like the IDs.
            text.push_str(&percent(uri).replace("%7Bserver%7D", "{server}"));
            text.push('\n');
        }
        None => {
            text.push_str("# This app has no redirect URI, so after the consent Microsoft's page may show AADSTS900971;\n");
            text.push_str("# the consent is given all the same. The button Grant admin consent in the portal is the better way.\n");
            text.push_str(
                "https://login.microsoftonline.com/{tenant-id}/adminconsent?client_id={client-id}\n",
            );
        }
    }
    Some(text)
}

/// Percent-encodes everything but unreserved characters.
fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
