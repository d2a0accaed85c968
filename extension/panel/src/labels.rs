//! Newer labels of the portal's controls: who signed them, and what the settings say of them. They are looked for, checked and
//! kept by `js/labels.js`.

#![allow(unreachable_pub, reason = "what JavaScript calls has to be pub")]

use handrail_handover::{PublicKey, jose};
use handrail_ui::{Node, button, el};
use handrail_words::say;
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    /// Address, number of those in use, and what is said; nothing where no address is set.
    #[wasm_bindgen(js_name = handrailLabels)]
    pub(crate) fn line() -> Vec<String>;
    #[wasm_bindgen(js_name = handrailPressedLabels)]
    pub(crate) fn pressed(act: &str);
}

/// What the token's header calls itself.
const TYP: &str = "handrail-labels+jwt";

/// The claims as JSON, when one of these keys (a blank between each) signed them.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn proved(token: &str, keys: &str) -> Option<String> {
    let keys: Vec<PublicKey> = keys.split(' ').filter_map(PublicKey::parse).collect();
    Some(jose::verify::<Value>(token.trim_end(), TYP, &keys).ok()?.to_string())
}

/// Which labels are in use, the button that looks for newer ones, and what came of it: address, number, and what is said.
/// Nothing where no address is set.
pub(crate) fn part(labels: &[String]) -> Option<Node> {
    let [origin, number, said] = labels else { return None };
    let is_packaged = number == "0";
    let words = if is_packaged { say!("labels-packaged") } else { say!("labels-number", n = number) };
    let said = match said.as_str() {
        "" => String::new(),
        "looking" => say!("labels-looking"),
        "taken" => say!("labels-taken"),
        "unreachable" => say!("labels-unreachable"),
        "not-newer" => say!("labels-not-newer"),
        "other-version" => say!("labels-other-version"),
        _ => say!("labels-refused"),
    };
    let press = |act: &'static str, words: String| button(act, words).class("small-button");
    let part = el("div")
        .attr("data-part", "labels")
        .child(el("h3").say(say!("labels")))
        .child(el("p").class("small").say(words))
        .child(press("look-for-labels", say!("labels-look", origin = origin)))
        .maybe((!is_packaged).then(|| press("forget-labels", say!("labels-back"))))
        .child(el("p").class("small").attr("role", "status").say(said));
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use handrail_handover::Signing;

    #[test]
    fn only_what_a_known_key_signed_for_this_is_proved() {
        let (key, other) = (Signing::from_seed([7; 32]), Signing::from_seed([8; 32]));
        let claims = serde_json::json!({"version": 1});
        let keys = format!("no-key {}", key.public().x());
        let token = key.token(TYP, &claims).unwrap();
        assert_eq!(proved(&format!("{token}\n"), &keys), Some(claims.to_string()));
        assert_eq!(proved(&token, &other.public().x()), None);
        assert_eq!(proved(&token, ""), None);
        assert_eq!(proved(&other.token(TYP, &claims).unwrap(), &keys), None);
        assert_eq!(proved(&key.token("handrail-link+jwt", &claims).unwrap(), &keys), None);
        let second = key.token(TYP, &serde_json::json!({"version": 2})).unwrap();
        let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
        let mixed = [&parts(&token)[0], &parts(&second)[1], &parts(&token)[2]].map(String::as_str).join(".");
        assert_eq!(proved(&mixed, &keys), None);
        assert_eq!(proved(&format!("{token}{}", "x".repeat(70_000)), &keys), None);
    }

    #[test]
    fn the_button_names_the_address_and_only_what_came_later_can_be_taken_away() {
        let html = |number: &str, said: &str| {
            let labels = ["https://labels.example", number, said].map(str::to_owned);
            part(&labels).unwrap().to_html()
        };
        let newer = html("3", "taken");
        assert!(
            newer.contains("https://labels.example</button>") && newer.contains("forget-labels"),
            "{newer}"
        );
        assert!(!html("0", "").contains("forget-labels"));
        assert_eq!(part(&[]), None);
    }
}
