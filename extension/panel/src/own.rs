//! A vendor's own guide on the approval sheet: who wrote it, and what is dangerous in it, to be ticked one by one.

use handrail_guide::OWN;
use handrail_guide::plan::{Permission, PermissionKind};
use handrail_messages::panel::SheetView;
use handrail_ui::{Node, el};
use handrail_words::say;

use crate::state::State;

/// Whether this guide came with a link and is not a packaged one.
pub(crate) fn is_own(sheet: &SheetView) -> bool {
    sheet.guide.starts_with(OWN)
}

/// Names of the dangers that are ticked, the worst first.
const DANGERS: [&str; 2] = ["tier-0", "high"];

/// The dangerous permissions, the worst first.
fn dangerous(sheet: &SheetView) -> impl Iterator<Item = &Permission> {
    let all = &sheet.sheet.permissions;
    DANGERS.iter().flat_map(move |danger| all.iter().filter(move |one| one.danger == *danger))
}

/// What a permission is ticked by: the same name may stand for two of them.
fn key(one: &Permission) -> String {
    let kind = if one.kind == PermissionKind::Application { "application" } else { "delegated" };
    format!("{}/{}/{kind}", one.resource, one.name)
}

/// Whether something dangerous is not ticked yet.
pub(crate) fn is_unticked(state: &State, sheet: &SheetView) -> bool {
    let ticked = |one: &Permission| state.link.as_ref().is_some_and(|link| link.ticked.contains(&key(one)));
    is_own(sheet) && sheet.mode != "remove" && !dangerous(sheet).all(ticked)
}

/// A dangerous permission was ticked, or not after all.
pub(crate) fn tick(state: &mut State, key: String, on: bool) {
    let Some(link) = &mut state.link else { return };
    if on {
        link.ticked.insert(key);
    } else {
        link.ticked.remove(&key);
    }
}

/// What stands above the sheet of such a guide.
pub(crate) fn head(state: &State, sheet: &SheetView) -> Option<Node> {
    let link = state.link.as_ref().filter(|_| is_own(sheet))?;
    let vendor = link.asked.as_ref()?.domain();
    let tick = |one: &Permission| {
        let words = match one.danger.as_str() {
            "tier-0" => say!("own-tier-0", vendor = vendor),
            _ => say!("own-high", vendor = vendor),
        };
        let key = key(one);
        let ticked = link.ticked.contains(&key);
        el("label")
            .attr("data-danger", one.danger.as_str())
            .child(el("input").attr("type", "checkbox").attr("data-tick", key).flag("checked", ticked))
            .child(el("code").say(one.name.as_str()))
            .child(el("span").say(format!(" · {} · ", one.resource_name)))
            .child(el("strong").say(words))
    };
    let ticks: Vec<Node> =
        dangerous(sheet).filter(|_| sheet.mode != "remove").map(|one| el("li").child(tick(one))).collect();
    Some(
        el("section")
            .class("card warn")
            .attr("data-part", "own")
            .child(el("p").child(el("strong").say(say!("own-written", vendor = vendor))))
            .child(el("p").class("small").say(say!("own-known")))
            .maybe((!ticks.is_empty()).then(|| {
                el("fieldset")
                    .child(el("legend").say(say!("own-dangerous", vendor = vendor)))
                    .child(el("ul").class("plain").children(ticks))
            })),
    )
}

#[cfg(test)]
mod tests {
    use handrail_guide::plan::Sheet;
    use handrail_messages::panel::{Screen, View};

    use super::*;
    use crate::link::{Link, blocks};

    fn permission(name: &str, danger: &str) -> Permission {
        Permission {
            resource: "r".into(),
            resource_name: "R".into(),
            resource_app_id: String::new(),
            name: name.into(),
            id: String::new(),
            kind: PermissionKind::Application,
            why: String::new(),
            danger: danger.into(),
        }
    }

    fn sheet(guide: &str) -> SheetView {
        let permissions = vec![permission("A", "low"), permission("B", "high"), permission("C", "tier-0")];
        SheetView {
            guide: guide.into(),
            plan: guide.into(),
            sheet: Sheet { permissions, ..Sheet::default() },
            ..crate::ways::tests::sheet()
        }
    }

    #[test]
    fn what_is_dangerous_is_ticked_one_by_one_the_worst_first() {
        let own = sheet("own-x");
        let worst: Vec<&str> = dangerous(&own).map(|one| one.name.as_str()).collect();
        assert_eq!(worst, ["C", "B"]);
        let mut state = State { link: Some(Link::default()), ..State::default() };
        for key in ["r/C/application", "r/B/application"] {
            assert!(is_unticked(&state, &own), "{key}");
            tick(&mut state, key.to_owned(), true);
        }
        assert!(!is_unticked(&state, &own));
        tick(&mut state, "r/B/application".to_owned(), false);
        assert!(is_unticked(&state, &own));
        assert!(!is_unticked(&State::default(), &sheet("packaged")), "what is packaged was read before");
    }

    #[test]
    fn such_a_guide_is_begun_under_its_link_alone() {
        let view = |guide: &str| View { screen: Screen::Sheet(Box::new(sheet(guide))), ..View::default() };
        assert!(blocks(&State::default(), &view("own-x")));
        assert!(!blocks(&State::default(), &view("packaged")));
    }
}
