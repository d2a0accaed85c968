//! Every screen of the panel, looked at by axe in light, dark and at 320 pixels, and measured at every width: nothing is cut
//! off, nothing too small to be pressed; so are the service's own pages and the guides as sheets to print. The card in an open
//! root, because axe does not see into a closed one.

use std::path::Path;

use handrail_guide::load::{Library, Options as CompileOptions, compile_with, variants};
use handrail_guide::render::output;
use handrail_journeys::gallery::{LOOKS, axe, direction, look, misfits, overflows, visit};
use handrail_journeys::service::Service;
use handrail_words::pseudo::Pseudo;
use handrail_world::browser::{Browser, Kind, Options, Page};
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

#[test]
fn axe_finds_nothing_on_the_service_s_own_pages() {
    let service = Service::start().unwrap();
    let (mut found, mut pages) = (Vec::new(), 0);
    for language in ["en", "de", "ja", Pseudo::Mirrored.tag()] {
        service
            .visit(language, &mut |name, page| {
                pages += 1;
                pictured(page, &format!("{name}-{language}"))?;
                found.extend(
                    objections(page)?.into_iter().map(|line| format!("{name} in {language}, {line}")),
                );
                Ok(())
            })
            .unwrap();
    }
    assert!(pages > 25, "only {pages} pages");
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn axe_finds_nothing_on_any_sheet_or_printed_guide() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    let browser = Browser::launch(Options { kind: Kind::Chromium, ..Options::default() }).unwrap();
    let mut page: Option<Page> = None;
    let (mut found, mut sheets) = (Vec::new(), 0);
    for (id, variant) in
        library.guides.keys().flat_map(|id| variants(&library, id).into_iter().map(move |v| (id, v)))
    {
        let options = CompileOptions { credential: variant.credential, mode: variant.mode };
        let plan = compile_with(&library, id, options).unwrap();
        for name in ["approval", "html"] {
            let text = (output(name).unwrap().render)(&plan).unwrap();
            let file = folder.path().join(format!("{}.{name}.html", variant.key));
            std::fs::write(&file, text).unwrap();
            let address = format!("file://{}", file.display());
            match &page {
                Some(page) => page.navigate(&address).unwrap(),
                None => page = Some(browser.open(&address).unwrap()),
            }
            sheets += 1;
            let lines = objections(page.as_ref().unwrap()).unwrap();
            found.extend(lines.into_iter().map(|line| format!("{} as {name}, {line}", variant.key)));
        }
    }
    assert!(sheets > 20, "only {sheets} sheets");
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// Pictures for whoever names a folder for them.
fn pictured(page: &Page, name: &str) -> anyhow::Result<()> {
    let Some(folder) = std::env::var_os("HANDRAIL_PICTURES") else { return Ok(()) };
    let own = direction(page)?;
    for (look_name, colours, forced, width, _) in LOOKS.into_iter().filter(|one| one.0 != "rtl") {
        look(page, (look_name, colours, forced, width, own))?;
        page.screenshot_to(&Path::new(&folder).join(format!("{name}-{look_name}.png")))?;
    }
    Ok(())
}

/// What axe finds on a page, what is cut off and what is too small, in every look that matters to it; its direction stays.
fn objections(page: &Page) -> anyhow::Result<Vec<String>> {
    let own = direction(page)?;
    let mut found = Vec::new();
    for (name, colours, forced, width, _) in LOOKS {
        if name == "rtl" {
            continue;
        }
        look(page, (name, colours, forced, width, own))?;
        let mut lines = misfits(page)?;
        if overflows(page)? {
            lines.push("scrolls sideways".to_owned());
        }
        if ["light", "dark"].contains(&name) {
            lines.extend(axe(page)?);
        }
        found.extend(lines.into_iter().map(|line| format!("{name}: {line}")));
    }
    look(page, (LOOKS[0].0, LOOKS[0].1, false, 0, own))?;
    Ok(found)
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
