//! A vendor who has nothing but the command line, and customers who have a file and what a mail left of a link.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use handrail_credential::utc;
use handrail_world::parties::now;
use handrail_world::wait::{LONG, until};
use serde_json::Value;

use crate::hostile::by_command;
use crate::practice::{Desk, GUIDE, Practice, code};

/// The lines of a list that are about a link.
fn about(listed: &str, url: &str) -> Vec<String> {
    listed.lines().filter(|line| line.starts_with(code(url))).map(str::to_owned).collect()
}

fn day(seconds: i64) -> String {
    utc(seconds).chars().take(10).collect()
}

/// One link for every row of a file: customer and address, as they are printed.
fn links_of_a_file(practice: &Practice, own: &str) -> Vec<(String, String)> {
    let rows =
        format!("customer;tenant\n\"Contoso, Ltd\";{own}\nFabrikam;0f8fad5b-d9cb-469f-a165-70867728950e\n");
    fs::write(practice.desk.path("customers.csv"), rows).unwrap();
    let made = ["link", "new", "--guide", GUIDE, "--from", "customers.csv", "--csv"];
    let printed = practice.desk.handrail(&made);
    let mut lines = printed.lines();
    assert_eq!(lines.next(), Some("customer,link"));
    lines.map(|line| line.rsplit_once(',').unwrap()).map(|(who, url)| (who.into(), url.into())).collect()
}

/// What a gateway and a mail program made of a link.
fn mangled(url: &str) -> String {
    let wrapped = url.replace(':', "%3A").replace('/', "%2F");
    let whole =
        format!("https://eur01.safelinks.protection.outlook.com/?url={wrapped}&data=05%7C01&reserved=0");
    let (half, rest) = whole.split_at(whole.find("&data").unwrap() - 7);
    format!("{half}=\r\n{rest}")
}

#[test]
fn a_vendor_does_everything_by_command_from_a_file_of_customers_to_what_is_due() {
    let practice = Practice::start(None);
    let (desk, customer) = (&practice.desk, Desk::new("customer.example"));
    let values = practice.app();
    let links = links_of_a_file(&practice, values["tenant-id"].as_str().unwrap());
    let [(contoso, url), (fabrikam, other)] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!(
        (contoso.as_str(), fabrikam.as_str()),
        ("\"Contoso, Ltd\"", "Fabrikam"),
        "as a spreadsheet reads it"
    );

    let ends = day(now() + 45 * 86_400);
    let hand_over = |url: &str, more: &[&str]| {
        let more = [&["--ends", ends.as_str()], more].concat();
        let done = by_command(&practice, &customer, (url, &desk.domain), &values, &more);
        (done.status.success(), String::from_utf8(done.stderr).unwrap())
    };
    let (done, told) = hand_over(other, &[]);
    assert!(!done && told.contains("other-tenant"), "the link is for one directory alone: {told}");
    assert_eq!(practice.standing(other), "checked");
    let (done, told) = hand_over(&mangled(url), &[]);
    assert!(done, "{told}");
    // It stands until who handed it over replaces it, by the receipt.
    let (done, told) = hand_over(url, &["--receipt", "second.json"]);
    assert!(!done && told.contains("(handed-over)"), "{told}");
    let (done, told) = hand_over(url, &["--receipt", "second.json", "--replace", "handrail-receipt.json"]);
    assert!(done, "{told}");
    let (done, told) = hand_over(url, &["--receipt", "third.json", "--replace", "handrail-receipt.json"]);
    assert!(!done && told.contains("(handed-over)"), "a receipt that was replaced permits nothing: {told}");

    let due = |within: &str| about(&desk.handrail(&["inbox", "due", "--within", within]), url);
    let kept = format!("deleted there after {}", day(now() + 30 * 86_400));
    until("the index to know", LONG, || Ok((!due("31d").is_empty()).then_some(()))).unwrap();
    let near = due("31d");
    assert!(near.len() == 1 && near[0].contains("handed-over") && near[0].contains(&kept), "{near:?}");
    assert!(near[0].contains(&format!("credential ends {ends}")), "{near:?}");
    assert_eq!(due("60d"), near, "a link that is due for both is named once");
    assert_eq!(desk.handrail(&["inbox", "due", "--within", "29d"]), "none\n");
    let rows: Value = serde_json::from_str(&desk.handrail(&["inbox", "due", "--json"])).unwrap();
    assert_eq!((&rows[0]["code"], rows.as_array().unwrap().len()), (&Value::from(code(url)), 1));
    assert!(!about(&desk.handrail(&["inbox", "list"]), url).is_empty(), "it waits for the vendor");

    let file = desk.collect(&mangled(url));
    written_where_nobody_else_reads(desk, &file.to_string_lossy(), &values);
    desk.handrail(&["inbox", "ack", &file.to_string_lossy()]);
    until("the confirmation to be known", LONG, || Ok(due("31d").is_empty().then_some(()))).unwrap();
    let renewal = due("60d");
    assert!(renewal[0].contains("acknowledged") && !renewal[0].contains("deleted there"), "{renewal:?}");
    assert_eq!(desk.handrail(&["inbox", "list"]), "none\n");

    let next = desk.link(&["--renew", url]);
    assert!(about(&desk.handrail(&["link", "list"]), &next)[0].contains(&format!("{GUIDE}/renew")));
    desk.handrail(&["link", "reopen", url]);
    let (done, told) = hand_over(url, &["--receipt", "fourth.json"]);
    assert!(done, "what the vendor reopened takes no token: {told}");
    assert_eq!(practice.standing(url), "handed-over");
    desk.handrail(&["link", "revoke", &mangled(url)]);
    assert_eq!(practice.standing(url), "revoked");
    until("what is withdrawn not to be due", LONG, || Ok(due("60d").is_empty().then_some(()))).unwrap();
}

/// Values go to a file that only its owner reads, also in place of one that others could read, or to another command, and
/// then nowhere else.
fn written_where_nobody_else_reads(desk: &Desk, file: &str, values: &Value) {
    let secret = values["client-secret"].as_str().unwrap();
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    fs::write(desk.path("contoso.env"), "old").unwrap();
    fs::set_permissions(desk.path("contoso.env"), fs::Permissions::from_mode(0o644)).unwrap();
    let open = |more: &[&str]| {
        let done = desk.tried(&[&["inbox", "open", file], more].concat());
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success() && done.stdout.is_empty() && !told.contains(secret), "{told}");
    };
    open(&["--as", "env", "--out", "contoso.env"]);
    let written = fs::read_to_string(desk.path("contoso.env")).unwrap();
    assert!(written.lines().any(|line| line == format!("CLIENT_SECRET='{secret}'")));
    assert_eq!(mode("contoso.env"), 0o600);
    let others = fs::read_dir(desk.path(".")).unwrap().flatten();
    let left = others.map(|entry| entry.file_name().to_string_lossy().into_owned());
    assert_eq!(left.filter(|name| name.contains("contoso.env")).count(), 1, "nothing beside it");
    open(&["--as", "json", "--to", "umask 077 && cat > taken"]);
    let taken: Value = serde_json::from_str(&fs::read_to_string(desk.path("taken")).unwrap()).unwrap();
    assert_eq!(taken["client-secret"], secret);
    let refused = desk.tried(&["inbox", "open", file, "--to", "exit 3"]);
    assert!(!refused.status.success(), "a command that fails is told of");
}
