//! The message that goes with a link: what is asked, by whom, until when, and how to tell that it is genuine.

use handrail_handover::LinkClaims;

use crate::vendor::day;

/// Plain text, ready to be pasted into a mail.
pub(super) fn message(claims: &LinkClaims, name: &str, url: &str) -> String {
    let what = match claims.mode.as_str() {
        "renew" => "renew the credential that our integration with your Microsoft 365 uses",
        "remove" => "remove our integration from your Microsoft 365",
        _ => "connect our service to your Microsoft 365",
    };
    let code = &claims.jti;
    let (until, domain) = (day(claims.exp), &claims.iss);
    format!(
        "Hello,\n\nplease open this link to {what}. It shows every step, checks the result against Microsoft and hands it \
over to us encrypted. Nothing has to be sent by mail.\n\n    {url}\n\nIt is good until {until}. If your mail program broke \
the link, go to the address before /l/ and type the code {code}.\n\nBefore you enter anything the page names the sender it \
has verified: it must be {domain}. If it names another one, or none, stop and tell us.\n\n{name}\n"
    )
}
