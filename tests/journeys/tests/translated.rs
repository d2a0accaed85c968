//! Every screen of the panel, and the card, in a language nobody speaks: what has no accents was left untranslated. What
//! runs from right to left is looked at in pictures.

use std::path::Path;

use handrail_guide::load::{Library, Options, compile_with, variants};
use handrail_journeys::gallery::{links, visit_in};
use handrail_journeys::service::Service;
use handrail_journeys::translated::Guides;
use handrail_journeys::{AZURE, Journey};
use handrail_words::pseudo::Pseudo;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{WorldOptions, plans};
use serde_json::json;

#[test]
fn no_word_of_panel_and_card_is_left_untranslated() {
    let guides = Guides::new(&plans().unwrap()).unwrap();
    let (mut found, mut screens) = (Vec::new(), 0);
    visit_in(Some(Pseudo::Accented), &mut |name, person| {
        screens += 1;
        found.extend(guides.untranslated(person)?.into_iter().map(|words| format!("{name}: {words}")));
        Ok(())
    })
    .unwrap();
    assert!(screens > 10, "only {screens} screens");
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_word_of_the_service_s_own_pages_is_left_untranslated() {
    let guides = Guides::new(&plans().unwrap()).unwrap();
    let service = Service::start().unwrap();
    for (pseudo, direction) in [(Pseudo::Accented, "ltr"), (Pseudo::Mirrored, "rtl")] {
        let (mut found, mut pages) = (Vec::new(), 0);
        service
            .visit(pseudo.tag(), &mut |name, page| {
                pages += 1;
                let root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")?;
                assert_eq!(root, json!([pseudo.tag(), direction]), "{name}");
                found.extend(
                    guides.untranslated_on(page, "")?.into_iter().map(|words| format!("{name}: {words}")),
                );
                Ok(())
            })
            .unwrap();
        assert!(pages > 8, "only {pages} pages");
        assert!(
            pseudo == Pseudo::Mirrored || found.is_empty(),
            "{} texts:\n{}",
            found.len(),
            found.join("\n")
        );
    }
}

#[test]
fn no_word_of_a_link_s_page_and_panel_and_of_the_vendor_s_list_is_left_untranslated() {
    let guides = Guides::new(&plans().unwrap()).unwrap();
    let (mut found, mut screens) = (Vec::new(), 0);
    links::visit(Some(Pseudo::Accented), &mut |name, page| {
        screens += 1;
        // What a vendor wrote into its own guide stays in its own words; what is said around them is looked at in German (`links own`).
        let words = if name.contains("own-guide") { Vec::new() } else { guides.untranslated_on(page, "")? };
        found.extend(words.into_iter().map(|words| format!("{name}: {words}")));
        Ok(())
    })
    .unwrap();
    assert!(screens > 20, "only {screens} screens");
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
}

#[test]
fn what_ships_says_in_english_exactly_what_the_guides_say() {
    let library = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    let shipped = plans().unwrap();
    for (id, variant) in
        library.guides.keys().flat_map(|id| variants(&library, id).into_iter().map(move |v| (id, v)))
    {
        let options = Options { credential: variant.credential, mode: variant.mode };
        let plan = compile_with(&library, id, options).unwrap();
        assert!(
            shipped.get(&variant.key) == Some(&plan),
            "{} ships otherwise than it is compiled",
            variant.key
        );
    }
}

#[test]
fn a_language_chosen_in_mid_run_is_spoken_at_once_and_nothing_is_lost() {
    let mut journey = Journey::sit_down(AZURE, &WorldOptions::default()).unwrap();
    journey.start().unwrap();
    // A step that waits for a person: those before it are over by themselves.
    journey.walk_to("start.directory").unwrap();
    let step = journey.step().unwrap().map(|step| step.id);
    journey.panel.press("settings").unwrap();
    journey.panel.speak("de").unwrap();
    journey.panel.press("settings").unwrap();
    let says = |text: &str| {
        let said = journey.panel.page.evaluate("document.body.textContent")?;
        Ok(said.as_str().is_some_and(|said| said.contains(text)).then_some(()))
    };
    until("the steps in German", LONG, || says("App-Registrierungen öffnen")).unwrap();
    until("the guide's own words in German", LONG, || says("Microsoft-365-Überwachungsprotokolle sammeln"))
        .unwrap();
    assert_eq!(journey.step().unwrap().map(|step| step.id), step);
    assert!(!journey.panel.shows("[data-code='own-fault']").unwrap(), "it is no fault");
}
