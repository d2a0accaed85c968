//! Panel, ring and card are one product: where both have a colour for the same thing, it is the same.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "helpers of tests")]

const PANEL: &str = include_str!("../../static/panel.css");
const OVERLAY: &str = include_str!("../../agent/src/overlay/overlay.css");

/// A colour of the panel, where the overlay has it, and what it is called there.
const SAME: [(&str, &str, &str); 8] = [
    ("accent", ":host{", "accent"),
    ("accent-words", ":host{", "accent-ink"),
    ("accent-ink", ":host{", "on-accent"),
    ("surface", ":host{", "card"),
    ("ink", ":host{", "ink"),
    ("soft", ":host{", "quiet"),
    ("bad", r#":host([data-tone="wrong"]){"#, "accent-ink"),
    ("warn", r#":host([data-tone="warn"]){"#, "accent-ink"),
];

/// The value of a variable in the rule that begins so: the first such rule is the light one, the next the dark one.
fn colour(css: &str, rule: &str, nth: usize, name: &str) -> String {
    let body = css.split(rule).nth(nth + 1).unwrap_or_else(|| panic!("{rule} number {nth}"));
    let body = body.split('}').next().unwrap();
    let said = body.split(&format!("--{name}:")).nth(1).unwrap_or_else(|| panic!("{name} in {rule}"));
    let hex = said.split(';').next().unwrap().trim().trim_start_matches('#').to_owned();
    if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex }
}

#[test]
fn panel_and_card_have_the_same_colours() {
    for (nth, theme) in ["light", "dark"].iter().enumerate() {
        for (panel, rule, overlay) in SAME {
            let (here, there) = (colour(PANEL, ":root {", nth, panel), colour(OVERLAY, rule, nth, overlay));
            assert_eq!(here, there, "{theme}: --{panel} of the panel, --{overlay} of the card in {rule}");
        }
    }
}
