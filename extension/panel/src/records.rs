//! Records of changes: of the run on the screen, and of those that were put away; and what is still to be undone.

use handrail_messages::panel::{RunView, View};
use handrail_messages::record::{Made, Record, Undo};
use handrail_ui::{Node, button, el};
use handrail_words::say;

/// The record of the run on the screen, once something was changed.
pub(crate) fn of_run(view: &RunView) -> Option<Node> {
    let record = &view.record;
    (!record.undo.is_empty() || !record.ended.is_empty()).then(|| {
        el("details")
            .attr("data-part", "record")
            .flag("open", record.is_due() || !record.ended.is_empty())
            .child(el("summary").say(say!("record")))
            .children(body(record))
    })
}

/// What has to be undone in runs that were put away: first of all on the list of guides.
pub(crate) fn due(view: &View) -> Option<Node> {
    let due: Vec<&Record> = view.records.iter().filter(|r| r.is_due()).collect();
    (!due.is_empty()).then(|| {
        el("section")
            .attr("data-part", "due")
            .attr("role", "alert")
            .child(el("h2").say(say!("records-due")))
            .children(due.into_iter().map(|r| el("div").class("box bad").child(head(r)).child(undo(r))))
    })
}

/// Records of runs that were put away.
pub(crate) fn list(view: &View) -> Option<Node> {
    (!view.records.is_empty()).then(|| {
        el("details")
            .attr("data-part", "records")
            .child(el("summary").say(say!("records", n = view.records.len())))
            .children(view.records.iter().map(|r| {
                el("section").class("tile").child(head(r)).children(body(r)).maybe((!r.is_due()).then(|| {
                    button("forget-record", say!("record-forget"))
                        .attr("data-run", r.run.as_str())
                        .class("link-button")
                }))
            }))
    })
}

/// A time in UTC, as the language writes it.
fn moment(when: &str) -> String {
    say!("record-when", when = when)
}

fn made(made: Made) -> String {
    match made {
        Made::Done => say!("made-done"),
        Made::WasSo => say!("made-was-so"),
        Made::NotDone => say!("made-not-done"),
    }
}

fn head(record: &Record) -> Node {
    el("p").child(el("strong").say(record.title.as_str())).child(el("span").class("small").say(format!(
        " {} · {}",
        record.directory,
        moment(&record.begun)
    )))
}

fn body(record: &Record) -> Vec<Node> {
    let who = record.accounts.join(", ");
    let changes = record.changes.iter().map(|c| {
        let at = if c.at.is_empty() { String::new() } else { format!(" · {}", moment(&c.at)) };
        el("li")
            .attr("data-made", c.made.words())
            .say(c.what.as_str())
            .child(el("span").class("small").say(format!(" {}{at}", made(c.made))))
    });
    let objects = record.objects.iter().map(|o| {
        el("li").child(el("span").say(format!("{}: ", o.label))).child(el("code").say(o.id.as_str()))
    });
    let save = |form: &str, label: String| {
        button("save-record", label)
            .attr("data-run", record.run.as_str())
            .attr("data-form", form)
            .class("small-button")
    };
    vec![
        el("p").class("small").say(if who.is_empty() {
            String::new()
        } else {
            say!("record-by", who = &who)
        }),
        el("p").class("note").attr("data-part", "proved").say(record.proof.clone().unwrap_or_default()),
        el("ul").attr("data-part", "changes").children(changes),
        el("ul").attr("data-part", "objects").children(objects),
        undo(record),
        el("div")
            .class("choices")
            .child(save("markdown", say!("record-save-text")))
            .child(save("json", say!("record-save-json")))
            .child(save("copy", say!("copy"))),
    ]
}

/// What is to be taken back. An item stays open until the admin says that it is undone.
fn undo(record: &Record) -> Node {
    el("ul").attr("data-part", "undo-items").children(record.undo.iter().map(|item| line(record, item)))
}

fn line(record: &Record, item: &Undo) -> Node {
    let (state, act, on) = match &item.undone {
        Some(when) => (say!("undone-when", when = when), say!("undone-not"), "false"),
        None if item.urgent => (say!("undo-due"), say!("undone-it-is"), "true"),
        None => (say!("undo-in-place"), say!("undone-it-is"), "true"),
    };
    el("li")
        .attr("data-undo", item.id.as_str())
        .attr("data-open", item.undone.is_none().to_string())
        .mark(&item.text)
        .child(el("span").class("small").say(format!(" {state} ")))
        .child(
            button("undone", act)
                .attr("data-run", record.run.as_str())
                .attr("data-item", item.id.as_str())
                .attr("data-on", on)
                .class("link-button"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_undone_stands_on_the_first_screen_until_it_is() {
        let item = Undo { id: "a#0".into(), text: "Switch it on.".into(), urgent: true, undone: None };
        let record = Record { run: "r".into(), undo: vec![item], ..Record::default() };
        let mut view = View { records: vec![record], ..View::default() };
        let html = due(&view).unwrap().to_html();
        assert!(html.contains("Switch it on.") && html.contains(r#"data-open="true""#), "{html}");
        assert!(!list(&view).unwrap().to_html().contains("forget-record"));
        view.records[0].undo[0].undone = Some("2026-01-01T00:00:00Z".into());
        assert!(due(&view).is_none());
        assert!(list(&view).unwrap().to_html().contains("forget-record"));
    }
}
