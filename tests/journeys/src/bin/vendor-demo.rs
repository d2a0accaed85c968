//! `vendor-demo`: a vendor's link, from the keys to the values in the vendor's hands. Each command is printed before it is
//! run, with what it prints; the link's page is walked in a real browser, with pictures.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use handrail_journeys::practice::{GUIDE, Practice, code, fill_in, shown};
use handrail_world::browser::Page;
use handrail_world::dist;

fn main() -> Result<()> {
    let folder = dist::root().join("target/handrail/demo-vendor");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    println!(
        "A vendor's link on a practice Worker; the vendor's domain and the customer's directory are made up too.\n"
    );
    let practice = Practice::start(None);
    let told = |words: &[&str]| {
        println!("$ handrail {}", words.join(" "));
        let printed = practice.desk.handrail(words);
        println!("{printed}");
        printed
    };
    println!("The vendor {} has made keys and published its document. Now a link:", practice.desk.domain);
    let printed = told(&["link", "new", "--guide", GUIDE, "--customer", "Contoso"]);
    let url = printed.lines().next().context("no link")?.to_owned();

    println!(
        "The customer opens it, sees who asks, pastes the values, has them checked and hands them over."
    );
    let page = practice.browser.open(&url)?;
    shown(&page, "[data-part=sender]");
    picture(&page, &folder, "1-who-asks")?;
    fill_in(&page, &practice.app());
    picture(&page, &folder, "2-values")?;
    page.press_top("[data-act=check]")?;
    shown(&page, "[data-act=hand-over]");
    picture(&page, &folder, "3-checked")?;
    page.press_top("[data-act=hand-over]")?;
    shown(&page, "[data-part=receipt]");
    picture(&page, &folder, "4-receipt")?;

    println!("\nThe vendor collects, opens and confirms:");
    told(&["link", "list"]);
    let file = told(&["inbox", "collect", code(&url), "--into", "inbox"]).trim().to_owned();
    told(&["inbox", "open", &file, "--as", "env", "--out", "contoso.env"]);
    fs::copy(practice.desk.path(&file), folder.join("bundle.handrail.json"))?;
    fs::copy(practice.desk.path("contoso.env"), folder.join("contoso.env"))?;
    told(&["inbox", "ack", &file]);
    println!("The bundle, the opened values and the pictures: {}", folder.display());
    Ok(())
}

fn picture(page: &Page, folder: &Path, name: &str) -> Result<()> {
    page.screenshot_to(&folder.join(format!("{name}.png")))
}
