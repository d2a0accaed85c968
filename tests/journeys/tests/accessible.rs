//! Every screen of the panel, looked at by axe in light, dark and at 320 pixels, and measured at every width: nothing is cut
//! off, nothing too small to be pressed; so are the service's own pages and the guides as sheets to print. The card in an open
//! root, because axe does not see into a closed one; the closed one as the browser tells a screen reader of it.

use std::path::Path;

use handrail_guide::load::{Library, Options as CompileOptions, compile_with, variants};
use handrail_guide::render::output;
use handrail_journeys::gallery::{LOOKS, axe, direction, links, look, misfits, overflows, visit};
use handrail_journeys::service::Service;
use handrail_journeys::{AZURE, Journey};
use handrail_words::pseudo::Pseudo;
use handrail_world::browser::{Browser, Options, Overlay, Page, Spoken};
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::WorldOptions;
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
fn axe_finds_nothing_on_a_link_s_page_in_its_panel_and_on_the_vendor_s_list() {
    let (mut found, mut screens) = (Vec::new(), 0);
    links::visit(None, &mut |name, page| {
        screens += 1;
        pictured(page, name)?;
        found.extend(objections(page)?.into_iter().map(|line| format!("{name}, {line}")));
        Ok(())
    })
    .unwrap();
    assert!(screens > 20, "only {screens} screens");
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn axe_finds_nothing_on_any_sheet_or_printed_guide() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    let browser = Browser::launch(Options::default()).unwrap();
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

/// The card stands in a closed root, which no script of a page sees into. What a screen reader is given of it is read from
/// the browser's own tree, and held against what is seen.
#[test]
fn a_screen_reader_is_given_the_card_as_it_is_seen_and_nothing_after_the_run() {
    let copied: usize = ["top", "react"].into_iter().map(cards_told).sum();
    assert!(copied > 0, "no card with a value to copy");
}

/// Walks with the portal's pages in this kind of frame; how many cards had a value to copy.
fn cards_told(kind: &str) -> usize {
    let scenario = json!({"frame": kind});
    let options = WorldOptions { scenario, ..WorldOptions::default() };
    let mut journey = Journey::sit_down(AZURE, &options).unwrap();
    journey.start().unwrap();
    journey.walk_to("register-app.new").unwrap();
    let (mut cards, mut copied) = (0, 0);
    while cards < 3 || cards < 8 && copied == 0 {
        let step = journey.step().unwrap().unwrap();
        // Some cards point at nothing.
        let ringed = step.target.as_ref().and_then(|_| journey.ring(&step).unwrap());
        if let Some(overlay) = ringed {
            let frame = overlay.frame.clone().unwrap();
            assert_eq!(frame.parent.is_some(), kind == "react", "{frame:?}");
            let told = journey.page.accessibility(&frame).unwrap();
            // The step may be over before it is looked at.
            if journey.step().unwrap().is_some_and(|now| now.id == step.id) {
                held_against(&step.id, &told, &overlay);
                if cards == 0 {
                    reached_by_keyboard(&journey.page, &overlay);
                }
                cards += 1;
                copied += usize::from(overlay.button("copy").is_some());
            }
        }
        journey.follow(&step).unwrap();
    }
    // What was said aloud where a page has no voice of its own is a live region of the panel.
    let panel = journey.panel.page.accessibility(&journey.panel.page.top().unwrap()).unwrap();
    assert!(panel.iter().any(|node| node.more.get("live").is_some_and(|live| live == "polite")), "{panel:?}");
    // The card of the step that came last may be on its way.
    let before = until("one card to be told", LONG, || {
        let cards = cards_of(&journey);
        Ok((cards.len() == 1).then_some(cards))
    })
    .unwrap();
    journey.close().unwrap();
    until("nothing of the card to be told", LONG, || Ok(cards_of(&journey).is_empty().then_some(())))
        .unwrap();
    for frame in journey.page.frames().unwrap() {
        let told = journey.page.accessibility(&frame).unwrap();
        let left: Vec<_> = told.iter().filter(|node| node.name.contains(&before[0])).collect();
        assert!(left.is_empty(), "{left:?}");
    }
    copied
}

/// The names of the cards that any frame of the page tells of.
fn cards_of(journey: &Journey) -> Vec<String> {
    let frames = journey.page.frames().unwrap().into_iter();
    // A frame that goes away tells nothing.
    let told = frames.filter_map(|frame| journey.page.accessibility(&frame).ok()).flatten();
    told.filter(|node| node.role == "dialog" && !node.name.is_empty()).map(|node| node.name).collect()
}

/// A card as it is told, and as it is seen.
fn held_against(step: &str, told: &[Spoken], seen: &Overlay) {
    let cards: Vec<usize> =
        (0..told.len()).filter(|at| told[*at].role == "dialog" && told[*at].name == seen.title).collect();
    assert_eq!(cards.len(), 1, "{step}: {told:?}");
    let card = &told[cards[0]];
    assert_eq!(
        card.more.get("modal").map_or("false", String::as_str),
        "false",
        "{step}: the page stays usable"
    );
    assert_eq!(squeezed(&card.description), squeezed(&seen.text), "{step}: what describes the card");
    let inside: Vec<&Spoken> = told.iter().filter(|node| node.within.contains(&cards[0])).collect();
    let headings: Vec<_> = inside.iter().filter(|node| node.role == "heading").collect();
    assert_eq!(headings.len(), 1, "{step}: {inside:?}");
    assert_eq!(squeezed(&headings[0].name), squeezed(&seen.title), "{step}");
    assert_eq!(headings[0].more.get("level").map(String::as_str), Some("2"), "{step}");
    // What can be pressed: the handle that folds the card, then its buttons, as they are seen.
    let pressed: Vec<&&Spoken> = inside.iter().filter(|node| node.is("focusable")).collect();
    assert!(pressed.iter().all(|node| !node.name.is_empty()), "{step}: {pressed:?}");
    assert_eq!(pressed[0].role, "DisclosureTriangle", "{step}: {pressed:?}");
    assert!(pressed[0].is("expanded") && pressed[0].name.contains(&seen.count), "{step}: {:?}", pressed[0]);
    let names: Vec<&str> = pressed[1..].iter().map(|node| node.name.as_str()).collect();
    let buttons: Vec<&str> = seen.buttons.iter().map(|button| button.text.as_str()).collect();
    assert_eq!(names, buttons, "{step}");
    assert!(pressed[1..].iter().all(|node| node.role == "button"), "{step}: {pressed:?}");
    // In the order in which it is read: where this is, what to do, what is noted.
    let words: String =
        inside.iter().filter(|node| node.role == "StaticText").map(|node| node.name.as_str()).collect();
    let words = squeezed(&words);
    let mut from = 0;
    for part in [&seen.count, &seen.title, &seen.text, &seen.note] {
        let part = squeezed(part);
        let at = words[from..].find(&part);
        assert!(at.is_some(), "{step}: {part} is not behind what comes before it in {words}");
        from += at.unwrap() + part.len();
    }
    assert!(
        !told.iter().any(|node| node.is("focused") && node.within.contains(&cards[0])),
        "{step}: it took the focus"
    );
    // The ring and the drawings say nothing.
    let drawn = ["image", "img", "SvgRoot", "graphics-document"];
    assert!(!inside.iter().any(|node| drawn.contains(&node.role.as_str())), "{step}: {inside:?}");
}

/// More stops than any page of the portal has.
const STOPS: usize = 200;

/// Behind the page's own controls come the card's, in the order in which they are read. Enter folds the card and unfolds it.
fn reached_by_keyboard(page: &Page, seen: &Overlay) {
    let frame = seen.frame.as_ref().unwrap();
    let is_folded = || page.overlay().unwrap().is_none_or(|now| now.title.is_empty());
    let mut stops = Vec::new();
    for _ in 0..STOPS {
        page.key("Tab").unwrap();
        let inside = page.evaluate_in(frame, "document.activeElement?.localName === 'hand-rail'").unwrap();
        if inside != json!(true) {
            if stops.is_empty() { continue } else { break }
        }
        let told = page.accessibility(frame).unwrap();
        let focused = told.iter().rfind(|node| node.is("focused")).unwrap();
        if stops.is_empty() {
            assert!(focused.name.contains(&seen.count), "the handle is first: {focused:?}");
            for folded in [true, false] {
                page.key("Enter").unwrap();
                until("the card to be folded, or not", LONG, || Ok((is_folded() == folded).then_some(())))
                    .unwrap();
            }
        }
        stops.push(focused.name.clone());
    }
    let buttons: Vec<&str> = seen.buttons.iter().map(|button| button.text.as_str()).collect();
    assert_eq!(stops.get(1..).unwrap_or_default(), buttons, "{stops:?}");
}

/// A text without its blanks: where lines and marks break, they differ.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
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
