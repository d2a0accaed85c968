//! Every screen of the panel, looked at by axe in light, dark and at 320 pixels, and measured at every width: nothing is cut
//! off, nothing too small to be pressed. The card in an open root, because axe does not see into a closed one.

use handrail_journeys::gallery::{LOOKS, axe, look, misfits, overflows, visit};
use handrail_world::person::Person;
use serde_json::json;

#[test]
fn axe_finds_nothing_on_any_screen_and_nothing_is_cut_off_or_too_small() {
    let mut found = Vec::new();
    let mut screens = 0;
    visit(&mut |name, person| {
        screens += 1;
        for one in LOOKS {
            look(&person.panel.page, one)?;
            let mut lines = misfits(&person.panel.page)?;
            if overflows(&person.panel.page)? {
                lines.push("scrolls sideways".to_owned());
            }
            if ["light", "dark", "narrow"].contains(&one.0) {
                lines.extend(axe(&person.panel.page)?);
            }
            found.extend(lines.into_iter().map(|line| format!("{name}, {}: {line}", one.0)));
        }
        look(&person.panel.page, LOOKS[0])?;
        if name == "ring" {
            found.extend(card(person)?.into_iter().map(|line| format!("card: {line}")));
        }
        Ok(())
    })
    .unwrap();
    assert!(screens > 10, "only {screens} screens");
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// The card's markup and style in an open root on a page of its own, once it has faded in.
fn card(person: &Person) -> anyhow::Result<Vec<String>> {
    let (html, css) = person.page.card_markup()?;
    let page = person.browser.open("https://portal.azure.com/_practice/nothing")?;
    let build = format!(
        "document.documentElement.lang = 'en'; document.title = 'card'; document.body.innerHTML = '<main><h1>Card</h1></main>';
         const host = document.body.firstChild.appendChild(document.createElement('hand-rail'));
         const root = host.attachShadow({{ mode: 'open' }}); root.innerHTML = {};
         const sheet = new CSSStyleSheet(); sheet.replaceSync({}); root.adoptedStyleSheets = [sheet];
         root.querySelectorAll('[popover]').forEach(e => e.showPopover?.());
         Promise.allSettled(root.getAnimations().map(a => a.finished)).then(() => root.textContent.trim().length)",
        json!(html),
        json!(css)
    );
    let length = page.evaluate(&build)?;
    assert!(length.as_u64().unwrap_or(0) > 10, "an empty card");
    let found = axe(&page)?;
    page.close()?;
    Ok(found)
}
