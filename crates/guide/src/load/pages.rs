//! The portal pages a plan uses: controls instantiated with their parameters, locators with their texts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fill::Scope;
use super::library::{Library, Loaded};
use super::model::{ControlPart, LocatorPart, OneOrMany, PageFile};
use crate::plan::{By, Control, Locator, Match, Page, Read, Route};

/// What is wrong with a reference to a page or a control: a code, what, and what to do.
pub(crate) type Complaint = (&'static str, String, String);

/// A control id taken apart: `page.control[param]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    pub(crate) page: &'a str,
    pub(crate) control: &'a str,
    pub(crate) param: Option<&'a str>,
}

impl<'a> Reference<'a> {
    pub(crate) fn parse(id: &'a str) -> Option<Self> {
        let (page, rest) = id.split_once('.')?;
        match rest.split_once('[') {
            Some((control, param)) => Some(Self { page, control, param: Some(param.strip_suffix(']')?) }),
            None => Some(Self { page, control: rest, param: None }),
        }
    }
}

/// The pages and controls asked for so far.
pub(crate) struct Pages<'a> {
    library: &'a Library,
    used: BTreeMap<String, BTreeMap<String, Control>>,
}

impl<'a> Pages<'a> {
    pub(crate) fn new(library: &'a Library) -> Self {
        Self { library, used: BTreeMap::new() }
    }

    /// Takes the page in; its recognising controls come with it.
    pub(crate) fn need_page(&mut self, id: &str) -> Result<&'a PageFile, Complaint> {
        let loaded = self.page(id)?;
        if !self.used.contains_key(id) {
            self.used.insert(id.to_owned(), BTreeMap::new());
            for (name, control) in &loaded.file.controls {
                if control.param.is_none() {
                    self.need_control(&format!("{id}.{name}"))?;
                }
            }
        }
        Ok(&loaded.file)
    }

    /// Takes the control in, with everything it must be inside of.
    pub(crate) fn need_control(&mut self, id: &str) -> Result<&'a ControlPart, Complaint> {
        let (reference, part) = self.look_up(id)?;
        self.need_page(reference.page)?;
        if self.used.get(reference.page).is_some_and(|page| page.contains_key(id)) {
            return Ok(part);
        }
        let places = part.locators.iter().map(|locator| self.place(id, locator)).collect::<Result<_, _>>()?;
        let control = instantiate(id, reference, part, places)?;
        let others =
            [&control.within, &control.region, &control.beside, &control.folded_in].map(Clone::clone);
        self.used.entry(reference.page.to_owned()).or_default().insert(id.to_owned(), control);
        for other in others.into_iter().flatten() {
            self.need_control(&other)?;
        }
        Ok(part)
    }

    /// The control as written, checked for its parameter.
    pub(crate) fn look_up<'r>(&self, id: &'r str) -> Result<(Reference<'r>, &'a ControlPart), Complaint> {
        let reference = Reference::parse(id).ok_or_else(|| {
            (
                "control-id",
                format!("`{id}` is no control id"),
                "Write `page.control` or `page.control[parameter]`.".to_owned(),
            )
        })?;
        let page = self.page(reference.page)?;
        let part = page.file.controls.get(reference.control).ok_or_else(|| unknown_control(id, page))?;
        match (&part.param, reference.param) {
            (Some(what), None) => Err((
                "control-parameter",
                format!("`{id}` needs a parameter: the {what}"),
                format!("Write `{id}[…]` with the {what} in the brackets."),
            )),
            (None, Some(_)) => Err((
                "control-parameter",
                format!("`{id}` takes no parameter"),
                "Leave the brackets away.".to_owned(),
            )),
            _ => Ok((reference, part)),
        }
    }

    /// The selector of the places a locator's `among` names.
    fn place(&self, id: &str, locator: &LocatorPart) -> Result<Option<String>, Complaint> {
        let Some(among) = &locator.among else { return Ok(None) };
        let (_, part) = self.look_up(among)?;
        if locator.by != By::Role || part.locators.iter().any(|l| l.by != By::Css) {
            return Err((
                "among",
                format!("`{id}` is looked for among `{among}`"),
                "Only `by = \"role\"` knows `among`, and only controls found by `css` alone can be named."
                    .to_owned(),
            ));
        }
        let selectors = part.locators.iter().filter_map(|l| l.text.as_ref()).flat_map(OneOrMany::list);
        Ok(Some(selectors.collect::<Vec<_>>().join(",")))
    }

    fn page(&self, id: &str) -> Result<&'a Loaded<PageFile>, Complaint> {
        self.library.pages.get(id).ok_or_else(|| {
            (
                "unknown-page",
                format!("there is no page `{id}` in portal/"),
                format!("Name one of portal/*.toml, or add portal/{id}.toml."),
            )
        })
    }

    /// The compiled pages, and their ids.
    pub(crate) fn finish(self) -> Result<Vec<Page>, Complaint> {
        let mut pages = Vec::new();
        for (id, controls) in self.used {
            let Some(loaded) = self.library.pages.get(&id) else { continue };
            pages.push(page(&id, &loaded.file, controls)?);
        }
        Ok(pages)
    }
}

fn unknown_control(id: &str, page: &Loaded<PageFile>) -> Complaint {
    let known = page.file.controls.keys().cloned().collect::<Vec<_>>().join(", ");
    ("unknown-control", format!("there is no control `{id}`"), format!("{} has: {known}.", page.source.file))
}

fn page(id: &str, file: &PageFile, controls: BTreeMap<String, Control>) -> Result<Page, Complaint> {
    let mut recognise = Vec::new();
    for name in &file.recognise {
        let control = controls.get(&format!("{id}.{name}")).ok_or_else(|| {
            (
                "recognise",
                format!(
                    "page `{id}` is recognised by `{name}`, which is no control of it without a parameter"
                ),
                "Name controls of the same page that have no parameter.".to_owned(),
            )
        })?;
        recognise.extend(control.locators.iter().cloned());
    }
    Ok(Page {
        id: id.to_owned(),
        title: file.title.clone(),
        routes: file
            .routes
            .iter()
            .map(|r| Route { portal: r.portal.clone(), path: r.path.clone() })
            .collect(),
        menu: file.menu.clone(),
        recognise,
        controls: controls.into_values().collect(),
        confirmed_live: (file.confirmed_live != "never").then(|| file.confirmed_live.clone()),
    })
}

/// The control with its parameter filled in; `places` has the selector of what each locator looks in, if it has one.
fn instantiate(
    id: &str,
    reference: Reference<'_>,
    part: &ControlPart,
    places: Vec<Option<String>>,
) -> Result<Control, Complaint> {
    let scope = parameter_scope(reference.param);
    let fill = |text: &str| fill_parameter(&scope, id, text);
    let mut locators = Vec::new();
    for (locator, place) in part.locators.iter().zip(places) {
        let of = place.or_else(|| locator.of.clone());
        locators.extend(instantiate_locator(id, part, locator, of, &scope)?);
    }
    let other = |name: &Option<String>| -> Result<Option<String>, Complaint> {
        name.as_ref().map(|name| Ok(format!("{}.{}", reference.page, fill(name)?))).transpose()
    };
    let called = fill(&part.called)?.replace('|', " or ");
    Ok(Control {
        id: id.to_owned(),
        called,
        locators,
        within: other(&part.within)?,
        region: other(&part.region)?,
        beside: other(&part.beside)?,
        folded_in: part.folded_in.clone(),
        read: part.read,
    })
}

fn parameter_scope(param: Option<&str>) -> Scope {
    let root = match param {
        Some(param) => Value::String(param.to_owned()),
        None => Value::Null,
    };
    Scope::new(Value::Null).with("param", root)
}

fn fill_parameter(scope: &Scope, id: &str, text: &str) -> Result<String, Complaint> {
    scope.fill(text).map_err(|path| {
        (
            "control-parameter",
            format!("`{id}` uses `${{{path}}}`"),
            "Only `${param}` can be used in a portal file, and only by a control with a parameter."
                .to_owned(),
        )
    })
}

type Texts = BTreeMap<String, Vec<String>>;

/// One locator; several for a table cell, one per known heading of its column.
fn instantiate_locator(
    id: &str,
    part: &ControlPart,
    locator: &LocatorPart,
    of: Option<String>,
    scope: &Scope,
) -> Result<Vec<Locator>, Complaint> {
    let fill_all = |labels: &OneOrMany| -> Result<Vec<String>, Complaint> {
        let fill = |text: &String| fill_parameter(scope, id, text).map(|text| alternatives(&text));
        Ok(labels.list().iter().map(fill).collect::<Result<Vec<_>, _>>()?.concat())
    };
    let mut labels = Texts::new();
    for (language, texts) in &part.label {
        labels.insert(language.clone(), fill_all(texts)?);
    }
    let own = locator.text.as_ref().map(fill_all).transpose()?;
    let make = |text: Texts, of: Option<String>| Locator {
        by: locator.by,
        roles: locator.role.as_ref().map(OneOrMany::list).unwrap_or_default(),
        text: text.into_iter().collect(),
        how: locator.how.unwrap_or(if own.is_some() { Match::Exact } else { part.how }),
        of,
    };
    if locator.by == By::Cell {
        let row = own.clone().unwrap_or_default();
        return Ok(labels
            .into_iter()
            .flat_map(|(language, headings)| {
                headings.into_iter().map(move |heading| (language.clone(), heading))
            })
            .map(|(language, heading)| {
                let language = if language == "en" { "*".to_owned() } else { language };
                make(Texts::from([(language, row.clone())]), Some(heading))
            })
            .collect());
    }
    let text = match &own {
        Some(texts) => Texts::from([("*".to_owned(), texts.clone())]),
        None => labels,
    };
    if text.is_empty() {
        return Err((
            "locator-text",
            format!("a locator of `{id}` has no text, and the control has no label"),
            "Give the control a `label`, or the locator a `text`.".to_owned(),
        ));
    }
    Ok(vec![make(text, of)])
}

/// A parameter may name several, any of which is meant: `one|other`.
fn alternatives(text: &str) -> Vec<String> {
    // An empty one would be part of everything.
    text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The label by which people know the control: its first English one.
pub(crate) fn label(part: &ControlPart) -> Option<String> {
    part.label.get("en").and_then(|labels| labels.list().into_iter().next())
}

/// The texts of a control's state with how each is compared, in every language.
pub(crate) fn state_texts(
    id: &str,
    part: &ControlPart,
    reference: Reference<'_>,
    state: &str,
) -> Result<Vec<(String, Match)>, Complaint> {
    let parts = part.states.get(state).ok_or_else(|| {
        let known = part.states.keys().cloned().collect::<Vec<_>>().join(", ");
        ("unknown-state", format!("`{id}` has no state `{state}`"), format!("Its states are: {known}."))
    })?;
    let scope = parameter_scope(reference.param);
    let mut texts = Vec::new();
    for part in parts {
        for label in part.text.values().flat_map(OneOrMany::list) {
            let text = fill_parameter(&scope, id, &label)?;
            if !texts.contains(&(text.clone(), part.how)) {
                texts.push((text, part.how));
            }
        }
    }
    Ok(texts)
}

/// Whether a control is read in a way that a text can be compared with.
pub(crate) const fn reads_text(read: Read) -> bool {
    matches!(read, Read::Text | Read::Value)
}
