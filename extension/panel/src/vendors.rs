//! Vendors whose keys are remembered (`js/vendors.js`): a link is held against them, the settings list them and let them be
//! forgotten.

use handrail_customer::day;
use handrail_handover::Known;
use handrail_ui::{Node, button, el};
use handrail_words::say;
#[cfg(target_arch = "wasm32")]
use js_sys::Promise;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_futures::JsFuture;

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    /// Each domain and what is remembered of it in turn.
    #[wasm_bindgen(js_name = handrailVendors)]
    pub(crate) fn list() -> Vec<String>;
    #[wasm_bindgen(js_name = handrailKnownVendor)]
    fn kept(domain: &str) -> Promise;
    #[wasm_bindgen(js_name = handrailRememberVendor)]
    fn keep(domain: &str, keys: &str);
    #[wasm_bindgen(js_name = handrailForgetVendor)]
    pub(crate) fn forget(domain: &str);
}

/// What is remembered of a domain's keys.
#[cfg(target_arch = "wasm32")]
pub(crate) async fn known(domain: &str) -> Option<Known> {
    Known::parse(&JsFuture::from(kept(domain)).await.ok()?.as_string()?)
}

/// Remembers a domain's keys in place of what was remembered of it.
#[cfg(target_arch = "wasm32")]
pub(crate) fn remember(domain: &str, known: &Known) {
    keep(domain, &known.to_text());
}

/// The list in the settings: each domain and what is remembered of it in turn. Nothing where no vendor was met.
pub(crate) fn part(vendors: &[String]) -> Option<Node> {
    let lines = vendors.chunks_exact(2).filter_map(|pair| {
        let [domain, known] = pair else { return None };
        let since = Known::parse(known).map(|known| say!("vendors-since", day = &day(known.since)));
        let forget = button("forget-vendor", say!("vendors-forget", vendor = domain));
        let line = el("li")
            .attr("data-key", domain.as_str())
            .child(el("code").say(domain.as_str()))
            .child(el("span").class("small").say(format!(" {} ", since.unwrap_or_default())))
            .child(forget.attr("data-vendor", domain.as_str()).class("small-button"));
        Some(line)
    });
    let lines: Vec<Node> = lines.collect();
    (!lines.is_empty()).then(|| {
        el("div")
            .attr("data-part", "vendors")
            .child(el("h3").say(say!("vendors")))
            .child(el("p").class("small").say(say!("vendors-lead")))
            .child(el("ul").children(lines))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendor_that_is_remembered_can_be_forgotten_even_one_that_cannot_be_read() {
        let list = ["v.example", "86400 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "w.example", "?"]
            .map(str::to_owned);
        let html = part(&list).unwrap().to_html();
        assert!(html.contains("1970-01-02"), "{html}");
        for domain in ["v.example", "w.example"] {
            assert!(html.contains(&format!(r#"data-vendor="{domain}""#)), "{html}");
        }
        assert_eq!(part(&[]), None);
    }
}
