//! Every screen of the panel, and the card, in a language nobody speaks: what has no accents was left untranslated. What
//! runs from right to left is looked at in pictures.

use handrail_journeys::gallery::visit_in;
use handrail_journeys::translated::Guides;
use handrail_words::pseudo::Pseudo;
use handrail_world::world::plans;

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
