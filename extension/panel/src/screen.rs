//! The panel's page as a tree.

use handrail_guide::health::Look;
use handrail_messages::panel::{Screen, SheetView, Standing, View};
use handrail_messages::report::Refusal;
use handrail_ui::{Node, button, el, sheet};
use handrail_words::say;

use crate::state::State;
use crate::{labels, link, own, records, steps, vendors, ways};

/// The whole page.
pub(crate) fn page(state: &State) -> Vec<Node> {
    let Some(view) = &state.view else {
        return vec![el("p").class("quiet").attr("data-part", "loading").say(say!("opening"))];
    };
    let mut parts = vec![header(state, view), settings(state, view), notice(view)];
    parts.extend(link::sender(state, view));
    parts.push(match &view.screen {
        Screen::Home => home(view),
        Screen::Sheet(_) if link::blocks(state, view) => {
            el("main").child(el("div").class("bar").child(button("home", say!("sheet-not-now"))))
        }
        Screen::Sheet(sheet) => approval(state, sheet),
        Screen::Run(run) => steps::run(state, run),
    });
    parts.push(announcement(view));
    parts
}

/// What the page is about, for styling and for tests: view, current step, standing, how the step is pointed at.
pub(crate) fn body(state: &State) -> [(&'static str, String); 4] {
    let view = state.view.as_ref();
    let (name, step, standing, pointing) = match view.map(|v| &v.screen) {
        None => ("loading", String::new(), "", ""),
        Some(Screen::Home) => ("home", String::new(), "", ""),
        Some(Screen::Sheet(_)) => ("sheet", String::new(), "", ""),
        Some(Screen::Run(run)) => {
            let name = match run.standing {
                Standing::OtherDirectory => "stopped",
                Standing::Finished => "finished",
                Standing::Running | Standing::Paused => "steps",
            };
            let card = run.card.as_ref();
            let pointing = card.map(|c| c.pointing.name()).unwrap_or_default();
            (name, card.map(|c| c.step.clone()).unwrap_or_default(), run.standing.name(), pointing)
        }
    };
    [
        ("data-view", name.to_owned()),
        ("data-step", step),
        ("data-standing", standing.to_owned()),
        ("data-pointing", pointing.to_owned()),
    ]
}

fn header(state: &State, view: &View) -> Node {
    let title = match &view.screen {
        Screen::Run(run) => run.title.clone(),
        Screen::Sheet(_) => say!("sheet-title"),
        Screen::Home => "Handrail".into(),
    };
    el("header").class("top").child(el("h1").attr("tabindex", "-1").say(title)).child(
        button("settings", if state.settings { say!("settings-close") } else { say!("settings") })
            .class("link-button")
            .attr("aria-controls", "settings")
            .attr("aria-expanded", if state.settings { "true" } else { "false" }),
    )
}

fn notice(view: &View) -> Node {
    el("div").attr("data-part", "notice").attr("role", "alert").children(view.notice.as_ref().map(refusal))
}

/// Something that went wrong: what, and what to do.
pub(crate) fn refusal(refusal: &Refusal) -> Node {
    el("div")
        .class("box bad")
        .attr("data-code", refusal.code.as_str())
        .child(el("p").class("what").mark(&refusal.what))
        .child(el("p").class("next").mark(&refusal.next))
}

fn home(view: &View) -> Node {
    el("main")
        .child(el("p").class("lead").say(say!("home-lead")))
        .maybe((!view.runs.is_empty()).then(|| {
            el("section").child(el("h2").say(say!("home-runs"))).child(el("ul").class("cards").children(
                view.runs.iter().map(|r| {
                    let label =
                        if r.tab.is_some() { say!("run-continue-here") } else { say!("run-continue") };
                    let place =
                        if r.directory.is_empty() { String::new() } else { format!(" · {}", r.directory) };
                    el("li")
                        .class("tile")
                        .child(el("strong").say(r.title.as_str()))
                        .child(
                            el("p").class("small").say(format!(
                                "{}{place}",
                                say!("run-progress", done = r.done, total = r.total)
                            )),
                        )
                        .child(button("adopt", label).attr("data-run", r.id.as_str()).class("primary"))
                }),
            ))
        }))
        .maybe(records::due(view))
        .child(el("section").child(el("h2").say(say!("home-guides"))).child(
            el("ul").class("cards").children(view.guides.iter().map(|g| {
                el("li")
                    .class("tile")
                    .child(el("strong").say(g.title.as_str()))
                    .child(el("p").class("small").say(match g.ways.first() {
                        Some(way) => say!("guide-steps", vendor = &g.vendor, steps = way.steps),
                        None => g.vendor.clone(),
                    }))
                    .child(button("offer", say!("guide-see")).attr("data-guide", g.id.as_str()))
                    .maybe(ways::links(g))
            })),
        ))
        .child(ways::take_over())
        .maybe(records::list(view))
}

fn approval(state: &State, view: &SheetView) -> Node {
    let portal = state.portal.clone().or_else(|| view.portal.clone()).unwrap_or_else(|| "azure".into());
    let choice = |id: &str, label: String| {
        el("label")
            .child(
                el("input")
                    .attr("type", "radio")
                    .attr("name", "portal")
                    .attr("data-portal", id)
                    .flag("checked", portal == id),
            )
            .say(label)
    };
    let begin = if view.handed.is_some() { say!("go-on") } else { say!("sheet-begin") };
    let walks = view.mode != "check";
    el("main")
        .maybe(ways::choice(view))
        .maybe(view.handed.as_ref().map(|(step, directory)| ways::handed(step, directory)))
        .maybe(own::head(state, view))
        .child(sheet(view))
        .child(
            el("fieldset")
                .class("portal")
                .flag("hidden", !walks)
                .child(el("legend").say(say!("sheet-portal")))
                .child(choice("azure", say!("portal-azure")))
                .child(choice("entra", say!("portal-entra"))),
        )
        .child(
            el("div")
                .class("bar")
                .child(button("home", say!("sheet-not-now")))
                .child(button("approve-print", say!("sheet-print")))
                .child(
                    button("start", begin)
                        .attr("data-guide", view.plan.as_str())
                        .attr("data-portal", portal)
                        .flag("disabled", own::is_unticked(state, view))
                        .class("primary"),
                ),
        )
}

/// What a control was like, as it goes into the file.
fn look(look: &Look) -> String {
    let mut words = String::new();
    if !look.role.is_empty() {
        words = format!(" · {} “{}”", look.role, look.name);
    }
    for (name, value) in &look.attributes {
        words = format!("{words} · {name}=“{value}”");
    }
    words
}

fn settings(state: &State, view: &View) -> Node {
    let origins = view.origins.iter().map(|o| {
        let name = if o.name.is_empty() { String::new() } else { format!(" · {}", o.name) };
        let act = if let Some(why) = &o.barred {
            el("span").class("small").say(format!(" · {}", why.what))
        } else if o.policy {
            el("span").class("small").say(format!(" · {}", say!("origin-by-policy")))
        } else if o.approved {
            button("forget-origin", say!("origin-take-back"))
                .attr("data-origin", o.origin.as_str())
                .class("small-button")
        } else {
            el("span").class("small").say(format!(" · {}", say!("origin-not-approved")))
        };
        el("li")
            .child(el("code").say(o.origin.as_str()))
            .child(el("span").class("small").say(name))
            .child(act)
    });
    let health = view.health.iter().map(|h| {
        let how = match (h.locator, h.fault.as_str()) {
            (Some(n), _) => say!("health-found", n = n.saturating_add(1)),
            (None, "hidden") => say!("health-hidden"),
            (None, "several") => say!("health-several"),
            (None, "page") => say!("health-page"),
            (None, _) => say!("health-none"),
        };
        el("li").child(el("code").say(h.control.as_str())).child(el("span").class("small").say(format!(
            " {} · {} · {how} · {}× · {}{}",
            h.lang,
            h.build,
            h.times,
            h.last,
            look(&h.look)
        )))
    });
    el("section")
        .attr("id", "settings")
        .class("settings")
        .attr("aria-label", say!("settings"))
        .flag("hidden", !state.settings)
        .child(el("h2").say(say!("settings")))
        .maybe(language(state))
        .child(el("h3").say(say!("settings-origins")))
        .child(el("ul").children(origins))
        .maybe(vendors::part(&state.vendors))
        .maybe(labels::part(&state.labels))
        .child(el("h3").say(say!("settings-health")))
        .child(el("p").class("small").say(say!("settings-health-lead")))
        .child(
            el("details")
                .child(el("summary").say(say!("health-records", n = view.health.len())))
                .child(el("ul").children(health)),
        )
        .child(
            el("div")
                .class("choices")
                .child(
                    button(
                        "keep-health",
                        if view.keeps_health { say!("health-stop") } else { say!("health-keep") },
                    )
                    .attr("data-on", if view.keeps_health { "false" } else { "true" })
                    .class("small-button"),
                )
                .child(button("export-health", say!("health-save")).class("small-button"))
                .child(button("clear-health", say!("health-forget")).class("small-button")),
        )
}

/// In which language Handrail speaks; the portal's own does not matter.
fn language(state: &State) -> Option<Node> {
    let choice = |tag: &str, name: String| {
        el("option").attr("value", tag).flag("selected", state.language == tag).say(name)
    };
    (!state.languages.is_empty()).then(|| {
        el("p").child(el("label").attr("for", "language").say(say!("settings-language"))).child(
            el("select")
                .attr("id", "language")
                .attr("data-field", "language")
                .child(choice("", say!("settings-language-browser")))
                .children(
                    state
                        .languages
                        .iter()
                        .map(|(tag, name)| choice(tag, name.clone()).attr("lang", tag.as_str())),
                ),
        )
    })
}

/// Said aloud when it changes.
fn announcement(view: &View) -> Node {
    let words = match &view.screen {
        Screen::Run(run) => match (run.standing, &run.card) {
            (Standing::OtherDirectory, _) => say!("aloud-other-directory"),
            (Standing::Finished, _) => say!("all-done"),
            (Standing::Paused, _) => say!("aloud-paused"),
            (_, Some(card)) => match &card.wrong {
                Some((_, words, _)) => words.replace("**", ""),
                None => say!("aloud-step", n = card.n, title = &card.title.replace("**", "")),
            },
            _ => String::new(),
        },
        _ => String::new(),
    };
    el("p").class("visually-hidden").attr("aria-live", "polite").attr("data-part", "announcement").say(words)
}
