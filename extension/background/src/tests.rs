//! The machine driven as the browser would: frames report, the panel commands, effects are looked at.

use vecmap::VecMap;

use handrail_credential::Secret;
use handrail_guide::plan::{
    Action, Condition, Control, Page, Plan, Read, Requirements, Sheet, Step, Value, ValueKind, Vendor,
    WrongTurn,
};
use handrail_json::{from_str, to_string};
use handrail_messages::agent::{Act, Seen, Show, ToAgent};
use handrail_messages::panel::{Pointing, RunView, Screen, Standing, StepState, ToPanel, ValueState};

use crate::app::{App, Event, Stored};
use crate::effect::Effect;
use crate::frames::{Frame, Frames};
use crate::library::Library;
use crate::senders::Sender;

mod pointing;
mod policy;
mod restart;
mod sending;
mod values;
mod walk;

const BASE: &str = "chrome-extension://me/";
const SERVICE: &str = "https://check.example";

fn control(id: &str, read: Read) -> Control {
    Control {
        id: id.into(),
        called: format!("the {id}"),
        locators: Vec::new(),
        within: None,
        region: None,
        beside: None,
        folded_in: None,
        read,
    }
}

fn page(id: &str, controls: Vec<Control>) -> Page {
    let any = from_str(r#"{"by":"css","text":{"*":["x"]}}"#).unwrap();
    Page {
        id: id.into(),
        title: id.into(),
        routes: from_str(r##"[{"portal":"azure","path":"/#view/List"}]"##).unwrap(),
        menu: format!("Menu > {id}"),
        recognise: vec![any],
        controls,
        confirmed_live: None,
    }
}

fn step(id: &str, page: &str, target: &str, action: Action, done: Condition) -> Step {
    Step {
        id: id.into(),
        group: id.split('.').next().unwrap_or_default().into(),
        title: format!("Do {id}"),
        text: "Do it for {client-id}".into(),
        why: None,
        caution: None,
        page: (!page.is_empty()).then(|| page.into()),
        target: (!target.is_empty()).then(|| target.into()),
        action,
        copy: None,
        file: None,
        collects: Vec::new(),
        done,
        already: None,
        wrong: Vec::new(),
        patience: 1000,
        statements: Vec::new(),
        choice: None,
        if_chosen: None,
        undoes: None,
    }
}

fn value(id: &str, kind: ValueKind, control: &str) -> Value {
    Value {
        id: id.into(),
        kind,
        label: id.into(),
        vendor_label: None,
        hint: String::new(),
        control: Some(control.into()),
        look_alikes: Vec::new(),
        parser: None,
        handed_over: true,
    }
}

/// List → form (name, register) → overview (client id) → secret → check.
fn plan() -> Plan {
    let mut name = step(
        "app.name",
        "form",
        "form.name",
        Action::Type,
        Condition::Is { control: "form.name".into(), text: "App".into(), how: Default::default() },
    );
    name.copy = Some("App".into());
    name.wrong = vec![WrongTurn {
        id: "multi".into(),
        when: Condition::Checked("form.multi".into()),
        text: "Not this one".into(),
        back: None,
        seen: VecMap::from([("kind".to_owned(), "multi".to_owned())]),
    }];
    let mut read =
        step("app.read", "over", "over.client", Action::Read, Condition::Collected("client-id".into()));
    read.collects = vec!["client-id".into()];
    let mut secret =
        step("key.read", "keys", "keys.value", Action::Read, Condition::Collected("client-secret".into()));
    secret.collects = vec!["client-secret".into()];
    Plan {
        format: 1,
        guide: "demo".into(),
        mode: "run".into(),
        digest: String::new(),
        title: "Demo".into(),
        vendor: Vendor { name: "Vendor".into(), domains: Vec::new(), support: None },
        app: None,
        credential: None,
        sheet: Sheet::default(),
        steps: vec![
            step("app.new", "list", "list.new", Action::Press, Condition::Page("form".into())),
            name,
            step("app.register", "form", "form.register", Action::Press, Condition::Page("over".into())),
            read,
            secret,
            step("end.check", "", "", Action::Check, Condition::Verified),
        ],
        values: vec![
            value("client-id", ValueKind::ClientId, "over.client"),
            value("client-secret", ValueKind::ClientSecret, "keys.value"),
        ],
        requirements: Requirements {
            values: VecMap::from([
                ("client-id".into(), ValueKind::ClientId),
                ("client-secret".into(), ValueKind::ClientSecret),
            ]),
            ..Requirements::default()
        },
        parts: Vec::new(),
        pages: vec![
            page("shell", vec![control("shell.directory", Read::Text)]),
            page("list", vec![control("list.new", Read::Nothing)]),
            page(
                "form",
                vec![
                    control("form.name", Read::Value),
                    control("form.multi", Read::Checked),
                    control("form.register", Read::Nothing),
                ],
            ),
            page("over", vec![control("over.client", Read::Text)]),
            page("keys", vec![control("keys.value", Read::Text)]),
        ],
    }
}

/// Stands in for browser and page.
struct Bench {
    app: App,
    now: f64,
    /// Numbers of probes by control id, or by page id.
    numbers: VecMap<String, u32>,
    /// What was written to disk and to memory-only storage.
    disk: VecMap<String, String>,
    memory: VecMap<String, String>,
    generation: u32,
    effects: Vec<Effect>,
    last: Option<Show>,
}

const TAB: i32 = 7;
/// What `background.js` makes of what an agent says.
fn named(json: &str) -> String {
    let Ok(serde_json::Value::Object(mut fields)) = from_str(json) else {
        return json.to_owned();
    };
    match fields.remove("k") {
        Some(serde_json::Value::String(name)) => serde_json::json!({name: fields}).to_string(),
        _ => json.to_owned(),
    }
}

const PANEL: u32 = 100;
const TOP: u32 = 1;

impl Bench {
    fn stored(disk: &VecMap<String, String>, memory: &VecMap<String, String>) -> Stored {
        Stored {
            index: r#"[{"id":"demo","title":"Demo","vendor":"Vendor","ways":[
                {"plan":"demo","mode":"run","credential":"secret","steps":6,"checks":true}]}]"#
                .into(),
            plans: vec![("demo".into(), to_string(&plan()))],
            config: format!(r#"{{"check":[{{"origin":"{SERVICE}","name":"Ours"}}]}}"#),
            managed: String::new(),
            local: to_string(disk),
            session: Secret::new(to_string(memory)),
            fell: false,
        }
    }

    fn new() -> Self {
        Self::of(&Self::stored(&VecMap::new(), &VecMap::new()))
    }

    fn of(stored: &Stored) -> Self {
        let (app, effects) = App::load("me", BASE, stored, 0.0);
        let plan = plan();
        let controls = plan.pages.iter().flat_map(|p| &p.controls).map(|c| c.id.clone());
        let ids: Vec<String> = controls.chain(plan.pages.iter().map(|p| p.id.clone())).collect();
        let numbers = ids.into_iter().zip(0..).collect();
        let mut bench = Self {
            app,
            now: 0.0,
            numbers,
            disk: VecMap::new(),
            memory: VecMap::new(),
            generation: 0,
            effects: Vec::new(),
            last: None,
        };
        bench.took(effects);
        bench
    }

    fn took(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            match effect {
                Effect::Save { key, json } => drop(self.disk.insert(key.clone(), json.clone())),
                Effect::Remove { key } => drop(self.disk.remove(key)),
                Effect::Keep { key, json } => drop(self.memory.insert(key.clone(), json.expose().to_owned())),
                Effect::Drop { key } => drop(self.memory.remove(key)),
                Effect::Agent { message: ToAgent::Watch { r#gen, .. }, .. } => self.generation = *r#gen,
                Effect::Agent { message: ToAgent::Show(show), .. } => self.last = Some((**show).clone()),
                _ => {}
            }
        }
        self.effects = effects;
    }

    fn event(&mut self, event: Event) {
        self.now += 1.0;
        let effects = self.app.handle(event, self.now);
        self.took(effects);
    }

    fn open_panel(&mut self) {
        let sender = Sender { id: "me".into(), url: format!("{BASE}panel.html?tab=7"), ..Sender::default() };
        self.event(Event::Connected { port: PANEL, name: "panel".into(), sender });
        self.say(r#"{"hello":{"tab":7}}"#);
    }

    fn say(&mut self, json: &str) {
        self.event(Event::Said { port: PANEL, json: Secret::new(json) });
    }

    fn open_frame(&mut self) {
        self.open_frame_holding(0);
    }

    /// A frame says hello; it holds the watch list of this generation.
    fn open_frame_holding(&mut self, generation: u32) {
        let sender = Sender {
            id: "me".into(),
            url: "https://portal.azure.com/".into(),
            tab: Some(TAB),
            ..Sender::default()
        };
        self.event(Event::Connected { port: TOP, name: "agent".into(), sender });
        self.report(&format!(
            r#"{{"k":"hello","build":"wasm","top":true,"url":"https://portal.azure.com/","lang":"en","gen":{generation}}}"#
        ));
    }

    fn report(&mut self, json: &str) {
        self.event(Event::Said { port: TOP, json: Secret::new(named(json)) });
    }

    /// The page now shows exactly these, each with what is read from it.
    fn shows(&mut self, list: &[(&str, &str)]) {
        self.shows_by(0, list);
    }

    /// The same, each found by the locator with this number.
    fn shows_by(&mut self, way: u32, list: &[(&str, &str)]) {
        self.shows_in(TOP, way, list);
    }

    /// The same, in the frame with this connection.
    fn shows_in(&mut self, port: u32, way: u32, list: &[(&str, &str)]) {
        // A frame answers each new watch list completely; do so until no new one comes.
        for _ in 0..4 {
            let generation = self.generation;
            let known: Vec<(u32, &str)> = list.iter().map(|(id, text)| (self.numbers[*id], *text)).collect();
            let all = self.numbers.values().map(|n| {
                let text = known.iter().find(|(m, _)| m == n).map(|(_, t)| *t);
                format!(r#"[{n},{},"{}","{way}"]"#, u8::from(text.is_some()), text.unwrap_or_default())
            });
            let r: Vec<String> = all.collect();
            let json = format!(r#"{{"k":"seen","gen":{generation},"r":[{}]}}"#, r.join(","));
            self.event(Event::Said { port, json: Secret::new(named(&json)) });
            if self.generation == generation {
                return;
            }
        }
    }

    fn start(&mut self) {
        self.open_panel();
        self.event(Event::Clicked { tab: TAB, url: "https://portal.azure.com/#home".into() });
        self.say(r#"{"start":{"guide":"demo","portal":"azure"}}"#);
        assert!(self.effects.iter().any(|e| matches!(e, Effect::Enter { tab: TAB, .. })));
        self.open_frame();
    }

    fn run(&self) -> RunView {
        match self.app.view(Some(TAB), None).screen {
            Screen::Run(run) => *run,
            other => panic!("no run on the screen: {other:?}"),
        }
    }

    fn current(&self) -> String {
        self.run().card.map(|c| c.step).unwrap_or_default()
    }

    fn state(&self, step: &str) -> StepState {
        self.run().steps.iter().find(|s| s.id == step).map(|s| s.state).unwrap()
    }

    fn pointing(&self) -> Pointing {
        self.run().card.map(|card| card.pointing).unwrap()
    }

    fn shown(&self) -> Option<Show> {
        self.last.clone()
    }

    /// As if the service worker had been stopped and started.
    fn restart_worker(&mut self) {
        let (app, effects) = App::load("me", BASE, &Self::stored(&self.disk, &self.memory), self.now);
        self.app = app;
        self.took(effects);
    }
}

const DIR: (&str, &str) = ("shell.directory", "CONTOSO (CONTOSO.ONMICROSOFT.COM)");
const CLIENT: &str = "6f1d6c0e-9d0b-4d0e-8f5e-2f2f7c1f9a11";

fn at_secret() -> Bench {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    b.shows(&[DIR, ("over", ""), ("over.client", CLIENT)]);
    assert_eq!(b.current(), "key.read");
    b
}
