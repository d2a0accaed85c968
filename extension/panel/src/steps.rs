//! The view of a run: directory, current step, list of steps, values, check, hand-over.

use handrail_guide::plan::Action;
use handrail_messages::panel::{CardView, CheckView, Pointing, RunView, Standing, StepLine, StepState};
use handrail_messages::report::Verdict;
use handrail_ui::{Node, button, el, hand_over, report, value_row};
use handrail_words::say;

use crate::screen::refusal;
use crate::state::State;
use crate::{link, records, ways};

/// The whole run.
pub(crate) fn run(state: &State, view: &RunView) -> Node {
    let checking =
        view.standing == Standing::Finished || view.card.as_ref().is_some_and(|c| c.action == Action::Check);
    el("main")
        .child(directory(view))
        .child(stopped(view))
        .child(kept_off(view))
        .child(
            el("div")
                .attr("data-part", "card")
                .attr("data-key", "card")
                .maybe(view.card.as_ref().map(|c| card(state, view, c))),
        )
        .maybe(proof(view))
        .maybe(ways::refused(view))
        .child(finished(view))
        .maybe(ways::colleague(state, view))
        .children(if checking {
            [check(state, view), values(state, view)]
        } else {
            [values(state, view), check(state, view)]
        })
        .maybe(link::hand_over(state, view))
        .child(list(view))
        .child(handing_over(state, view))
        .child(undo(view))
        .maybe(records::of_run(view))
        .child(ending(state, view))
}

/// Where an old secret is tried, to see it rejected.
fn proof(view: &RunView) -> Option<Node> {
    view.card.as_ref().filter(|c| c.action == Action::Prove)?;
    let origin = view.check.origin.as_ref()?;
    let part = el("section").attr("data-part", "proof").child(el("h2").say(say!("prove")));
    let part = if let Some(why) = &view.check.barred {
        return Some(part.child(refusal(why)));
    } else if origin.approved {
        part.child(el("label").attr("for", "prove").say(say!("prove-paste", origin = &origin.origin))).child(
            el("input")
                .class("paste secret")
                .attr("id", "prove")
                .attr("type", "text")
                .attr("data-value", "prove")
                .attr("data-prove", "")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "off")
                .attr("spellcheck", "false")
                .attr("data-lpignore", "true")
                .attr("data-1p-ignore", "true")
                .flag("disabled", view.check.busy),
        )
    } else {
        part.child(approve(&origin.origin, origin.practice))
    };
    Some(part.maybe(view.check.refusal.as_ref().map(refusal)))
}

fn directory(view: &RunView) -> Node {
    let name = view.directory.clone().unwrap_or_else(|| say!("directory-unknown"));
    el("p")
        .class("directory")
        .attr("data-part", "directory")
        .flag("hidden", view.mode == "check")
        .child(el("span").class("small").say(format!("{} ", say!("directory"))))
        .child(el("strong").say(name))
}

fn stopped(view: &RunView) -> Node {
    let part = el("div").attr("data-part", "stopped").attr("role", "alert");
    match view.standing {
        Standing::OtherDirectory => {
            let was = view.directory.clone().unwrap_or_default();
            let (words, back) = match &view.directory_now {
                Some(now) => (say!("stopped", was = &was, now = now), false),
                None => (say!("stopped-back", was = &was), true),
            };
            part.child(
                el("div")
                    .class("box bad")
                    .attr("data-code", "other-directory")
                    .child(el("p").class("what").mark(&words))
                    .child(button("resume", say!("go-on")).class("primary").flag("disabled", !back)),
            )
        }
        Standing::Paused => part.child(
            el("div")
                .class("box")
                .child(el("p").class("what").say(say!("paused")))
                .child(button("resume", say!("go-on")).class("primary")),
        ),
        Standing::Running | Standing::Finished => part,
    }
}

/// Why there is no ring on the page, and a button where a press can mend it.
fn kept_off(view: &RunView) -> Node {
    let part = el("div").attr("data-part", "kept-off").attr("role", "alert");
    part.maybe(view.kept_off.as_ref().map(|kept| {
        refusal(&kept.why).maybe(
            kept.can_ask
                .then(|| button("ask-for-access", say!("ask-for-access")).class("primary small-button")),
        )
    }))
}

fn card(state: &State, view: &RunView, card: &CardView) -> Node {
    let total = view.steps.len();
    el("section")
        .class(if card.wrong.is_some() { "card wrong" } else { "card" })
        .attr("data-step", card.step.as_str())
        .child(el("p").class("small").say(say!("step-of", n = card.n, total = total)))
        .child(el("h2").attr("tabindex", "-1").mark(&card.title))
        .maybe((!card.remark.is_empty()).then(|| el("p").class("note").say(card.remark.as_str())))
        .maybe(card.wrong.as_ref().map(|(id, words, back)| wrong(id, words, *back)))
        .child(el("p").class("do").mark(&card.text))
        .maybe(card.caution.as_ref().map(|c| el("p").class("caution").attr("role", "note").mark(c)))
        .maybe(card.copy.as_ref().map(|c| copy(state, c)))
        .maybe(pointing(card))
        .maybe(
            card.why.as_ref().map(|w| {
                el("details").class("why").child(el("summary").say(say!("why"))).child(el("p").mark(w))
            }),
        )
        .maybe(
            card.file.as_ref().map(|f| button("save-file", say!("save-as", name = f)).class("small-button")),
        )
        .child(buttons(card))
}

fn wrong(id: &str, words: &str, back: bool) -> Node {
    el("div")
        .class("box bad")
        .attr("data-part", "wrong")
        .attr("data-wrong", id)
        .child(el("p").class("what").mark(words))
        .maybe(back.then(|| button("back", say!("back-to-step")).class("primary small-button")))
}

fn copy(state: &State, words: &str) -> Node {
    let done = state.copied == words;
    el("div").class("copy").child(el("code").say(words)).child(
        button("copy", if done { say!("copied") } else { say!("copy") })
            .attr("data-copy", words)
            .class("primary small-button"),
    )
}

/// Where to look, when there is no ring.
fn pointing(card: &CardView) -> Option<Node> {
    let part = |words: Node| Some(el("div").class("fallback").attr("data-part", "fallback").child(words));
    let menu = card.menu.as_deref().unwrap_or_default().trim_end_matches('.');
    let with_way = |words: String| match menu {
        "" => words,
        menu => format!("{words} {}", say!("way-there", menu = menu)),
    };
    match card.pointing {
        Pointing::Looking => Some(el("p").class("small looking").say(say!("looking"))),
        Pointing::Words => {
            let called = card.called.as_ref().map(|called| say!("not-found", called = called));
            part(el("p").mark(&with_way(called.unwrap_or_else(|| say!("not-found-it")))))
        }
        Pointing::Several => {
            let called = card.called.as_ref().map(|called| say!("several", called = called));
            part(el("p").mark(&with_way(called.unwrap_or_else(|| say!("several-it")))))
        }
        Pointing::Here if !menu.is_empty() => part(el("p").mark(&say!("way-there", menu = menu))),
        Pointing::Ring | Pointing::Here => None,
    }
}

fn buttons(card: &CardView) -> Node {
    let said = card.confirm.as_deref();
    let offer_link = card.link && !matches!(card.pointing, Pointing::Ring);
    el("div")
        .class("bar")
        .maybe(
            (card.n > 1 && card.wrong.as_ref().is_none_or(|(_, _, back)| !back))
                .then(|| button("back", say!("back"))),
        )
        .maybe(offer_link.then(|| button("open-page", say!("open-page"))))
        .maybe(skippable(card).then(|| button("next", say!("skip"))))
        .maybe(card.choice.as_ref().map(|label| button("choose", label.as_str()).class("danger")))
        .maybe(said.map(|label| button("confirm", label).class("primary")))
}

/// Whether the admin may go on without the step's end: where nobody but the page ends it, and at a wrong turn, which may
/// be a false alarm; never where something chosen has to be taken back.
fn skippable(card: &CardView) -> bool {
    (card.confirm.is_none() || card.wrong.is_some()) && card.action != Action::Check && !card.owed
}

fn finished(view: &RunView) -> Node {
    let part = el("div").attr("data-part", "finished");
    if view.standing != Standing::Finished {
        return part;
    }
    let part =
        part.maybe(view.renew_by.as_ref().map(|day| {
            el("p").class("note").attr("data-part", "renew-by").mark(&say!("renew-by", day = day))
        }));
    part.child(
        el("div")
            .class("box good")
            .child(el("p").class("what").say(say!("all-done")))
            .child(el("p").class("next").say(say!("all-done-next"))),
    )
}

fn values(state: &State, view: &RunView) -> Node {
    let rows = view.values.iter().map(|v| value_row(v, state.revealed.get(&v.id).map(String::as_str)));
    el("section")
        .attr("data-part", "values")
        .attr("data-key", "values")
        .flag("hidden", view.values.is_empty())
        .child(el("h2").say(say!("values")))
        .child(reading(view))
        .child(el("ul").class("values").children(rows))
}

/// Whether values are taken from the page as it shows them, or only on a press.
fn reading(view: &RunView) -> Node {
    let wanted = view.values.iter().any(|v| v.wanted);
    let (words, label) = if view.reads {
        (say!("reads-itself"), say!("reads-itself-not"))
    } else {
        (say!("reads-on-press"), say!("reads-on-press-not"))
    };
    el("p")
        .class("small")
        .say(format!("{words} "))
        .child(button("read-page", label).attr("data-on", (!view.reads).to_string()).class("link-button"))
        .maybe((!view.reads && wanted).then(|| button("read", say!("read-now")).class("small-button")))
}

fn check(state: &State, view: &RunView) -> Node {
    let check = &view.check;
    let part = el("section").attr("data-part", "report").attr("data-key", "report");
    let Some(origin) = check.origin.as_ref().filter(|_| view.mode != "remove") else {
        return part.flag("hidden", true);
    };
    if let Some(why) = &check.barred {
        return part
            .child(el("h2").say(say!("check")))
            .child(refusal(why))
            .maybe(check.report.as_ref().map(|r| report(r, &check.titles, None)));
    }
    let ready = check.missing.is_empty();
    let passed = check.report.as_ref().is_some_and(|r| r.verdict == Verdict::Passed);
    part.child(el("h2").say(say!("check")))
        .maybe(
            (!ready).then(|| {
                el("p").class("small").say(say!("values-missing", values = &check.missing.join(", ")))
            }),
        )
        .maybe((ready && !origin.approved).then(|| approve(&origin.origin, origin.practice)))
        .maybe((ready && origin.approved).then(|| {
            let label =
                if check.busy { say!("checking") } else { say!("check-with", origin = &origin.origin) };
            button("check", label)
                .class(if passed { "wide" } else { "primary wide" })
                .flag("disabled", check.busy)
        }))
        .maybe(check.refusal.as_ref().map(refusal))
        .maybe(check.report.as_ref().map(|r| report(r, &check.titles, state.wait())))
        .child(el("p").class("visually-hidden").attr("aria-live", "polite").say(verdict_words(check)))
}

fn verdict_words(check: &CheckView) -> String {
    match check.report.as_ref().map(|r| r.verdict) {
        Some(Verdict::Passed) => say!("aloud-passed"),
        Some(Verdict::Failed) => say!("aloud-failed"),
        Some(Verdict::Pending) => say!("aloud-pending"),
        Some(Verdict::CouldNotTell) => say!("aloud-could-not-tell"),
        None => String::new(),
    }
}

fn approve(origin: &str, practice: bool) -> Node {
    let lead = match practice {
        true => say!("approve-lead-practice", origin = origin),
        false => say!("approve-lead", origin = origin),
    };
    el("div").class("box").child(el("p").class("what").mark(&lead)).child(
        button("approve-origin", say!("approve", origin = origin))
            .attr("data-origin", origin)
            .class("primary"),
    )
}

fn list(view: &RunView) -> Node {
    let over = view.steps.iter().filter(|s| !matches!(s.state, StepState::Todo | StepState::Current)).count();
    let total = view.steps.len();
    let mut groups: Vec<(&str, Vec<&StepLine>)> = Vec::new();
    for step in &view.steps {
        match groups.last_mut() {
            Some((name, list)) if *name == step.group => list.push(step),
            _ => groups.push((&step.group, vec![step])),
        }
    }
    el("section")
        .attr("data-part", "steps")
        .child(el("h2").say(say!("steps-done", over = over, total = total)))
        .child(
            el("progress")
                .attr("max", total.to_string())
                .attr("value", over.to_string())
                .attr("aria-hidden", "true"),
        )
        .children(groups.into_iter().map(|(name, steps)| {
            el("section")
                .class("group")
                .child(el("h3").say(name))
                .child(el("ol").children(steps.into_iter().map(line)))
        }))
}

fn line(step: &StepLine) -> Node {
    let (mark, word) = match step.state {
        StepState::Todo => ("○", say!("step-todo")),
        StepState::Current => ("➜", say!("step-current")),
        StepState::Done => ("✓", say!("step-done")),
        StepState::Already => ("✓", say!("step-already")),
        StepState::Skipped => ("–", say!("step-skipped")),
    };
    el("li")
        .attr("data-step", step.id.as_str())
        .attr("data-state", step.state.name())
        .flag("aria-current", false)
        .maybe_attr("aria-current", (step.state == StepState::Current).then_some("step"))
        .child(el("span").class("mark").attr("aria-hidden", "true").say(mark))
        .child(
            button("go-to", step.title.replace("**", ""))
                .attr("data-step", step.id.as_str())
                .attr("title", say!("go-to-step"))
                .class("step-button"),
        )
        .child(el("span").class("visually-hidden").say(word))
        .maybe((!step.why.is_empty()).then(|| el("span").class("small").say(step.why.as_str())))
}

fn handing_over(state: &State, view: &RunView) -> Node {
    el("details")
        .class("hand-over")
        .flag("hidden", view.hand_over.is_empty())
        .child(el("summary").say(say!("hand-over-to", vendor = &view.vendor)))
        .child(hand_over(&view.hand_over, state.clear.as_deref(), view.support.as_deref()))
}

fn undo(view: &RunView) -> Node {
    el("details")
        .flag("hidden", view.undo.is_empty())
        .child(el("summary").say(say!("undo-how")))
        .child(el("ul").attr("data-part", "undo").children(view.undo.iter().map(|u| el("li").mark(u))))
}

fn ending(state: &State, view: &RunView) -> Node {
    let finished = view.standing == Standing::Finished;
    let bar = el("div").class("bar ending");
    if state.cancelling {
        return bar
            .child(el("p").class("small").say(say!("cancel-lead")))
            .child(button("cancel-no", say!("cancel-no")))
            .child(button("restart", say!("restart")))
            .child(button("cancel-yes", say!("cancel-yes")).class("danger"));
    }
    bar.maybe((view.standing == Standing::Running).then(|| button("pause", say!("pause"))))
        .child(button("cancel", if finished { say!("close") } else { say!("cancel") }))
}
