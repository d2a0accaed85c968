//! The guide in words: every step with the menu path and the deep links, for those without the extension.

use handrail_ui::{Node, button, el};
use handrail_words::say;

use crate::model::{Model, Step};

/// The steps, folded up; they are fetched when they are first asked for.
pub(crate) fn steps(model: &Model) -> Node {
    let part = el("details")
        .attr("data-part", "steps")
        .child(el("summary").attr("data-act", "steps").say(say!("page-steps")));
    let Some(steps) = &model.steps else {
        return part.child(el("p").attr("role", "status").say(say!("page-steps-loading")));
    };
    if steps.is_empty() {
        return part.child(el("p").say(say!("page-steps-none")));
    }
    let groups = steps.chunk_by(|one, next| one.group == next.group);
    let mut before = 0_usize;
    part.children(groups.flat_map(|group| {
        let start = before.saturating_add(1);
        before = before.saturating_add(group.len());
        let title = group.first().map_or("", |step| step.group.as_str());
        let list = el("ol").attr("start", start.to_string());
        [el("h2").say(title), list.children(group.iter().map(|one| step(model, one)))]
    }))
}

fn step(model: &Model, step: &Step) -> Node {
    let words = |text: &str| model.filled(text);
    let some = |text: &str| (!text.is_empty()).then(|| words(text));
    let links: Vec<Node> =
        step.links.iter().filter_map(|(name, address)| link(name, &words(address))).collect();
    let way = some(&step.menu)
        .map(|menu| el("p").class("small").mark(&say!("way-there", menu = &menu)).children(links));
    el("li")
        .child(el("strong").mark(&words(&step.title)))
        .maybe(way)
        .children(words(&step.text).split("\n\n").map(|text| el("p").mark(text)))
        .maybe(some(&step.copy).map(|text| {
            el("p")
                .child(el("code").say(text.as_str()))
                .child(button("copy", say!("copy")).attr("data-copy", text))
        }))
        .maybe(some(&step.caution).map(|text| el("p").class("card warn").mark(&text)))
}

/// A deep link. One that still waits for a value leads nowhere, so the words stand alone until the value is entered.
fn link(name: &str, address: &str) -> Option<Node> {
    let whole = address.starts_with("https://") && !address.contains('{');
    whole.then(|| {
        let link = el("a").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer");
        el("span").say(" ").child(link.say(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Guide;

    fn model() -> Model {
        let step = |group: &str, title: &str, address: &str| Step {
            group: group.to_owned(),
            title: title.to_owned(),
            menu: "Entra > App registrations".to_owned(),
            links: vec![("Entra admin center".to_owned(), address.to_owned())],
            ..Step::default()
        };
        let steps = vec![
            step("App", "Open it", "https://entra.microsoft.com/#a"),
            step("Secret", "Open {client-id}", "https://entra.microsoft.com/#b/{client-id}"),
            step("Secret", "Never", "javascript:alert(1)"),
        ];
        let fields = ["client-id", "client-secret"];
        let guide =
            Guide { fields: fields.map(|id| (id.to_owned(), id.to_owned())).to_vec(), ..Guide::default() };
        let mut model = Model { steps: Some(steps), ..Model::default() };
        model.fields_of(&guide);
        model
    }

    #[test]
    fn a_link_waits_for_the_value_in_it_and_the_count_goes_on() {
        let mut model = model();
        let drawn = format!("{:?}", steps(&model));
        assert!(drawn.contains("#a") && !drawn.contains("#b"), "{drawn}");
        assert!(!drawn.contains("javascript"), "{drawn}");
        assert!(drawn.contains("(\"start\", \"1\")") && drawn.contains("(\"start\", \"2\")"), "{drawn}");
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        model.entered("client-id", id);
        let drawn = format!("{:?}", steps(&model));
        assert!(drawn.contains(&format!("#b/{id}")) && drawn.contains(&format!("Open {id}")), "{drawn}");
    }

    #[test]
    fn a_secret_is_put_into_no_words() {
        let mut model = model();
        let secret = handrail_credential::test_secret(7);
        // EXPOSE: a made-up secret of a test.
        model.entered("client-secret", secret.expose());
        assert_eq!(model.filled("{client-secret}"), "{client-secret}");
    }
}
