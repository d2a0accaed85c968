//! The ways to walk a guide: what for, with which credential, by whom.

use handrail_messages::panel::{GuideLine, RunView, SheetView, Standing, Way};
use handrail_ui::{Node, button, el};
use handrail_words::say;

use crate::state::State;

/// What a mode is called on a button.
fn mode(name: &str) -> String {
    match name {
        "check" => say!("mode-check"),
        "adopt" => say!("mode-adopt"),
        "renew" => say!("mode-renew"),
        "remove" => say!("mode-remove"),
        _ => say!("mode-run"),
    }
}

/// What a credential is called.
fn credential(name: &str) -> String {
    match name {
        "certificate" => say!("credential-certificate"),
        "federated" => say!("credential-federated"),
        _ => say!("credential-secret"),
    }
}

/// The first way of each mode.
fn modes(ways: &[Way]) -> Vec<&Way> {
    let mut first: Vec<&Way> = Vec::new();
    for way in ways {
        if !first.iter().any(|w| w.mode == way.mode) {
            first.push(way);
        }
    }
    first
}

/// Links beside a guide in the list, for all but setting it up.
pub(crate) fn links(line: &GuideLine) -> Option<Node> {
    let others: Vec<&Way> = modes(&line.ways).into_iter().filter(|w| w.mode != "run").collect();
    (!others.is_empty())
        .then(|| el("p").class("ways").children(others.into_iter().map(|w| offer(w, mode(&w.mode)))))
}

fn offer(way: &Way, label: String) -> Node {
    button("offer", label)
        .attr("data-guide", way.plan.as_str())
        .attr("data-mode", way.mode.as_str())
        .class("link-button")
}

/// On the approval sheet: what it is for, and with which credential.
pub(crate) fn choice(view: &SheetView) -> Option<Node> {
    let pressed = |node: Node, on: bool| node.attr("aria-pressed", on.to_string());
    let for_what = modes(&view.ways);
    let same: Vec<&Way> = view.ways.iter().filter(|w| w.mode == view.mode).collect();
    let what = (for_what.len() > 1).then(|| {
        el("p")
            .class("ways")
            .attr("data-part", "modes")
            .children(for_what.into_iter().map(|w| pressed(offer(w, mode(&w.mode)), w.mode == view.mode)))
    });
    let with = (same.len() > 1).then(|| {
        el("p")
            .class("ways")
            .attr("data-part", "credentials")
            .say(format!("{} ", say!("credential-with")))
            .children(same.into_iter().map(|w| {
                let name = w.credential.as_deref().unwrap_or_default();
                pressed(offer(w, credential(name)), w.plan == view.plan).attr("data-credential", name)
            }))
    });
    (what.is_some() || with.is_some()).then(|| el("div").maybe(what).maybe(with))
}

/// On the approval sheet of a colleague's run.
pub(crate) fn handed(step: &str, directory: &str) -> Node {
    let mut words = say!("handed-at", step = step);
    if !directory.is_empty() {
        words = format!("{words} {}", say!("handed-in", directory = directory));
    }
    el("div").class("box").attr("data-part", "handed").child(el("p").mark(&words))
}

/// On the list of guides: a run that a colleague handed over.
pub(crate) fn take_over() -> Node {
    el("details")
        .attr("data-part", "take-over")
        .child(el("summary").say(say!("take-over")))
        .child(el("label").attr("for", "take-over").say(say!("take-over-paste")))
        .child(
            el("textarea")
                .attr("id", "take-over")
                .attr("data-field", "take-over")
                .attr("rows", "3")
                .attr("autocomplete", "off")
                .attr("spellcheck", "false"),
        )
}

/// During a run: somebody else has the role that is missing here.
pub(crate) fn colleague(state: &State, view: &RunView) -> Option<Node> {
    if view.standing == Standing::Finished || view.mode == "check" {
        return None;
    }
    let roles = view.roles.iter().map(|r| {
        el("li")
            .child(el("strong").say(r.role.as_str()))
            .child(el("span").mark(&format!(": {}", r.needed_for)))
    });
    let part = el("details")
        .attr("data-part", "colleague")
        .child(el("summary").say(say!("colleague")))
        .child(el("ul").children(roles))
        .child(el("p").class("small").mark(&say!("colleague-lead")))
        .child(button("hand-run", say!("colleague-hand")).class("small-button"));
    let Some((text, link)) = &state.handed else {
        return Some(part);
    };
    let copy = |label: String, words: &str| {
        let done = state.copied == words;
        button("copy", if done { say!("copied") } else { label })
            .attr("data-copy", words)
            .class("small-button")
    };
    Some(
        part.child(
            el("div")
                .class("box")
                .attr("data-part", "handed-run")
                .child(el("pre").class("small").attr("data-part", "handed-text").say(text.as_str()))
                .child(
                    el("div")
                        .class("choices")
                        .child(copy(say!("copy-text"), text))
                        .maybe(link.as_ref().map(|l| copy(say!("copy-link"), l))),
                ),
        ),
    )
}

/// While the credential is made: what works where the directory refuses it.
pub(crate) fn refused(view: &RunView) -> Option<Node> {
    if !view.at_credential || view.standing != Standing::Running {
        return None;
    }
    let others = view.others.iter().filter(|w| w.credential.is_some()).map(|w| {
        let name = w.credential.as_deref().unwrap_or_default();
        let label = match name {
            "certificate" => say!("refused-certificate"),
            "federated" => say!("refused-federated"),
            _ => say!("refused-secret"),
        };
        button("switch", label)
            .attr("data-guide", w.plan.as_str())
            .attr("data-credential", name)
            .class("small-button")
    });
    let others: Vec<Node> = others.collect();
    let words = if others.is_empty() {
        say!("refused-ask", vendor = &view.vendor)
    } else {
        say!("refused-other", vendor = &view.vendor)
    };
    Some(
        el("details")
            .attr("data-part", "refused")
            .child(el("summary").say(say!("refused")))
            .child(el("p").mark(&words))
            .child(el("div").class("choices").children(others)),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn way(plan: &str, mode: &str, credential: Option<&str>) -> Way {
        Way {
            plan: plan.into(),
            mode: mode.into(),
            credential: credential.map(str::to_owned),
            ..Way::default()
        }
    }

    #[test]
    fn the_sheet_offers_modes_and_the_credentials_of_this_mode() {
        let ways = vec![
            way("g", "run", Some("secret")),
            way("g.run.certificate", "run", Some("certificate")),
            way("g.remove", "remove", None),
        ];
        let view = |mode: &str, plan: &str| (mode.to_owned(), plan.to_owned());
        let (mode, plan) = view("run", "g");
        let sheet = SheetView { mode, plan, ways, ..sheet() };
        let html = choice(&sheet).unwrap().to_html();
        assert!(
            html.contains(r#"data-guide="g.remove""#) && html.contains(r#"data-credential="certificate""#)
        );
        assert!(html.contains(r#"data-guide="g" data-mode="run" class="link-button" aria-pressed="true""#));
    }

    pub(crate) fn sheet() -> SheetView {
        SheetView {
            guide: "g".into(),
            plan: "g".into(),
            mode: "run".into(),
            ways: Vec::new(),
            handed: None,
            title: String::new(),
            vendor: String::new(),
            domains: Vec::new(),
            support: None,
            digest: String::new(),
            sheet: handrail_guide::plan::Sheet::default(),
            not_checked: Vec::new(),
            steps: Vec::new(),
            portal: None,
            link: None,
            origin: None,
            confirmed: (0, 0),
        }
    }

    #[test]
    fn a_refused_secret_leads_to_what_the_vendor_accepts_or_to_the_vendor() {
        let mut run = RunView { at_credential: true, vendor: "Vendor".into(), ..RunView::default() };
        assert!(refused(&run).unwrap().to_html().contains("ask Vendor for a certificate"));
        run.others = vec![way("g.run.certificate", "run", Some("certificate"))];
        assert!(refused(&run).unwrap().to_html().contains(r#"data-guide="g.run.certificate""#));
        run.at_credential = false;
        assert!(refused(&run).is_none());
    }
}
