//! The collected values, and what goes to the vendor.

use handrail_messages::panel::{FindingView, ValueState, ValueView};
use handrail_words::say;

use crate::node::{Node, button, el};

/// One value: what it is, what it is now, what was found, and a field to paste it into. `revealed` is its text in
/// clear while the admin wants to see it.
#[must_use]
pub fn value_row(value: &ValueView, revealed: Option<&str>) -> Node {
    let there = value.state != ValueState::Missing || !value.shown.is_empty();
    let field = format!("value-{}", value.id);
    el("li")
        .class("value")
        .attr("data-key", value.id.as_str())
        .attr("data-value-row", value.id.as_str())
        .attr("data-value-state", value.state.name())
        .child(head(value, &field))
        .maybe(
            (!value.hint.is_empty() && value.wanted && !there)
                .then(|| el("p").class("hint").mark(&value.hint)),
        )
        .maybe(there.then(|| shown(value, revealed)))
        .maybe(value.wiped.then(|| el("p").class("next").say(say!("value-wiped"))))
        .children(value.findings.iter().filter(|f| f.severity != "note").map(|f| finding(f, &value.id)))
        .maybe(choices(value))
        .child(paste(value, &field, there))
}

fn head(value: &ValueView, field: &str) -> Node {
    let mark = match value.state {
        ValueState::Missing => "○",
        ValueState::Good | ValueState::Remark => "✓",
        ValueState::Overruled => "!",
        ValueState::Bad => "✕",
    };
    let word = match value.state {
        ValueState::Missing => say!("value-missing"),
        ValueState::Good | ValueState::Remark => say!("value-good"),
        ValueState::Overruled => say!("value-overruled"),
        ValueState::Bad => say!("value-bad"),
    };
    el("p")
        .class("value-head")
        .child(el("span").class("mark").attr("aria-hidden", "true").say(mark))
        .child(el("label").attr("for", field).say(value.label.as_str()))
        .maybe(
            value
                .vendor_label
                .as_ref()
                .map(|l| el("span").class("small").say(say!("value-vendor-label", label = l))),
        )
        .child(el("span").class("visually-hidden").say(word))
}

fn shown(value: &ValueView, revealed: Option<&str>) -> Node {
    let from = match value.source.as_str() {
        "page" => say!("value-from-page"),
        "pasted" => say!("value-pasted"),
        _ => String::new(),
    };
    el("div")
        .class("shown")
        .child(el("code").say(revealed.unwrap_or(&value.shown)))
        .child(el("span").class("small").say(from))
        .maybe(value.secret.then(|| {
            let label = if revealed.is_some() { say!("value-hide") } else { say!("value-show") };
            button(if revealed.is_some() { "hide" } else { "reveal" }, label)
                .attr("data-for", value.id.as_str())
                .class("link-button")
        }))
        .child(
            button("forget", say!("value-remove"))
                .attr("data-for", value.id.as_str())
                .attr("aria-label", say!("value-remove-this", label = &value.label))
                .class("link-button"),
        )
}

fn finding(found: &FindingView, value: &str) -> Node {
    el("div")
        .class("finding")
        .attr("role", "status")
        .attr("data-verdict-for", value)
        .attr("data-code", found.code.as_str())
        .attr("data-severity", found.severity.as_str())
        .child(el("p").class("what").mark(&found.what))
        .maybe((!found.next.is_empty()).then(|| el("p").class("next").mark(&found.next)))
}

fn choices(value: &ValueView) -> Option<Node> {
    let suggestions = value.suggestions.iter().enumerate().map(|(n, words)| {
        el("p").class("suggestion").mark(&say!("did-you-mean", words = words)).child(
            button("use-suggestion", say!("use-it"))
                .attr("data-for", value.id.as_str())
                .attr("data-n", n.to_string())
                .class("small-button"),
        )
    });
    let keep = value.may_keep.then(|| {
        button("use-anyway", say!("use-anyway"))
            .attr("data-for", value.id.as_str())
            .class("small-button quiet")
    });
    let is_any = !value.suggestions.is_empty() || keep.is_some();
    is_any.then(|| el("div").class("choices").children(suggestions).maybe(keep))
}

fn paste(value: &ValueView, field: &str, there: bool) -> Node {
    el("input")
        .class(if value.secret { "paste secret" } else { "paste" })
        .attr("id", field)
        .attr("type", "text")
        .attr("data-value", value.id.as_str())
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("data-lpignore", "true")
        .attr("data-1p-ignore", "true")
        .attr("placeholder", if there { say!("paste-another") } else { say!("paste-here") })
}

/// What goes to the vendor, in the vendor's order. `clear` is the text with secrets, while the admin wants to see it.
#[must_use]
pub fn hand_over(
    lines: &[(String, String)],
    clear: Option<&[(String, String)]>,
    support: Option<&str>,
) -> Node {
    let shown = clear.unwrap_or(lines);
    el("div")
        .attr("data-part", "hand-over")
        .child(el("p").class("small").mark(&say!("hand-over-lead")))
        .child(el("dl").class("lines").children(shown.iter().flat_map(|(label, text)| {
            [el("dt").say(label.as_str()), el("dd").child(el("code").say(text.as_str()))]
        })))
        .maybe(support.map(|s| el("p").class("small").say(say!("questions", support = s))))
        .child(
            el("div")
                .class("choices")
                .child(if clear.is_some() {
                    button("hide-hand-over", say!("hand-over-hide")).class("small-button")
                } else {
                    button("reveal-hand-over", say!("hand-over-show")).class("small-button")
                })
                .child(button("copy-hand-over", say!("hand-over-copy")).class("small-button")),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> ValueView {
        ValueView {
            id: "client-secret".into(),
            label: "Client secret".into(),
            secret: true,
            state: ValueState::Bad,
            shown: "abc••••••••".into(),
            findings: vec![FindingView {
                code: "secret-is-id".into(),
                severity: "warning".into(),
                what: "This is the **Secret ID**.".into(),
                next: "Copy the Value.".into(),
            }],
            suggestions: vec!["it with `X` as character 3".into(), "it with `Y` as character 9".into()],
            may_keep: true,
            ..ValueView::default()
        }
    }

    #[test]
    fn every_field_for_a_value_keeps_the_browser_from_remembering_it() {
        let html = value_row(&secret(), None).to_html();
        assert!(html.contains(r#"autocomplete="off""#) && html.contains(r#"spellcheck="false""#), "{html}");
    }

    #[test]
    fn a_finding_says_what_and_next_and_can_be_overruled() {
        let html = value_row(&secret(), None).to_html();
        assert!(html.contains(r#"data-code="secret-is-id""#));
        assert!(html.contains("Copy the Value."));
        assert!(
            html.contains(r#"data-act="use-anyway" data-for="client-secret""#)
                || html.contains(r#"data-act="use-anyway""#)
        );
        assert!(html.contains("Did you mean it with <code>X</code> as character 3?"), "{html}");
        assert!(html.contains(r#"data-n="1""#), "every one of them can be taken");
    }

    #[test]
    fn clear_text_is_shown_only_when_it_was_asked_for() {
        let lines = [("Secret".to_owned(), "abc••••".to_owned())];
        assert!(!hand_over(&lines, None, None).to_html().contains("canary"));
        let clear = [("Secret".to_owned(), "canary".to_owned())];
        assert!(hand_over(&lines, Some(&clear), None).to_html().contains("canary"));
    }
}
