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

mod policy;

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

#[test]
fn the_page_moves_the_run_on() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.current(), "app.new");
    let show = b.shown().unwrap();
    assert_eq!((show.probe, show.n, show.total), (1, 1, 6));
    assert_eq!(show.dir, "In CONTOSO (CONTOSO.ONMICROSOFT.COM)");
    b.shows(&[DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    assert_eq!(b.state("app.new"), StepState::Done);
    assert_eq!(b.shown().unwrap().copy, "App");
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    b.shows(&[DIR, ("over", ""), ("over.client", CLIENT)]);
    assert_eq!(b.current(), "key.read");
    let id = b.run().values.into_iter().find(|v| v.id == "client-id").unwrap();
    assert_eq!((id.state, id.shown.as_str(), id.source.as_str()), (ValueState::Good, CLIENT, "page"));
}

#[test]
fn a_step_that_was_so_before_is_passed_over_and_says_so() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    assert_eq!(b.state("app.name"), StepState::Already);
    assert!(b.run().steps.iter().any(|s| s.id == "app.name" && !s.why.is_empty()));
}

#[test]
fn a_wrong_turn_stops_the_run_with_its_own_words() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "true"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    assert!(b.run().card.unwrap().wrong.is_none());
    b.now += 1000.0;
    b.event(Event::Tick);
    let show = b.shown().unwrap();
    assert_eq!((show.tone.as_str(), show.text.as_str()), ("wrong", "Not this one"));
    let seen = |b: &Bench| b.app.walks.values().next().unwrap().run.seen.clone();
    assert_eq!(seen(&b).get("kind").map(String::as_str), Some("multi"), "the check is told");
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.register");
    assert!(seen(&b).is_empty(), "what was mended is not told");
}

#[test]
fn a_control_that_is_not_found_becomes_words_and_is_still_watched() {
    let mut b = Bench::new();
    b.app.keeps_health = true;
    b.start();
    b.shows(&[DIR, ("list", "")]);
    assert_eq!(b.run().card.unwrap().pointing, Pointing::Looking);
    b.now += 2000.0;
    b.event(Event::Tick);
    let card = b.run().card.unwrap();
    assert_eq!((card.pointing, card.menu.as_deref()), (Pointing::Words, Some("Menu > list")));
    assert_eq!(b.shown().unwrap().probe, -1);
    assert!(
        b.app.health.iter().any(|l| l.control == "list.new" && l.locator.is_none() && l.fault == "absent")
    );
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
}

#[test]
fn another_directory_stops_the_run_until_it_is_back() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[
        ("shell.directory", "FABRIKAM (FABRIKAM.ONMICROSOFT.COM)"),
        ("form", ""),
        ("form.name", "App"),
    ]);
    let run = b.run();
    assert_eq!(run.standing, Standing::OtherDirectory);
    assert!(run.directory_now.unwrap().contains("FABRIKAM"));
    assert_eq!(b.shown().unwrap().tone, "warn");
    b.say(r#""resume""#);
    assert_eq!(b.run().standing, Standing::OtherDirectory);
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.run().standing, Standing::OtherDirectory);
    b.say(r#""resume""#);
    assert_eq!(b.run().standing, Standing::Running);
    assert_eq!(b.current(), "app.new");
}

#[test]
fn the_run_survives_the_service_worker() {
    let mut b = at_secret();
    b.restart_worker();
    assert!(b.effects.iter().any(|e| matches!(e, Effect::WakeTab { tab: TAB })));
    b.open_panel();
    assert_eq!(b.current(), "key.read");
    b.open_frame();
    let secret = handrail_credential::test_secret(1);
    let text = secret.expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    assert_eq!(b.current(), "end.check");
    b.restart_worker();
    b.open_panel();
    assert_eq!(b.current(), "end.check");
}

#[test]
fn a_secret_is_in_no_view_no_message_to_a_frame_and_not_on_disk() {
    let mut b = at_secret();
    let secret = handrail_credential::test_secret(2);
    let text = secret.expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    let view = to_string(&b.app.view(Some(TAB), None));
    assert!(!view.contains(&text));
    assert!(b.disk.values().all(|v| !v.contains(&text)));
    assert!(b.memory.values().any(|v| v.contains(&text)));
    for e in &b.effects {
        if let Effect::Agent { message, .. } = e {
            assert!(!to_string(message).contains(&text));
        }
    }
    assert!(!format!("{:?}", b.effects).contains(&text));
    b.say(r#""cancel""#);
    assert!(b.memory.values().all(|v| !v.contains(&text)));
    assert!(!b.disk.keys().any(|k| k.starts_with("run.")));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
}

#[test]
fn an_idle_secret_is_wiped() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(3).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.now += 2.0 * 60.0 * 60.0 * 1000.0;
    b.event(Event::Tick);
    assert!(b.memory.values().all(|v| !v.contains(&text)));
    assert!(b.run().values.iter().any(|v| v.wiped));
}

#[test]
fn a_frame_cannot_command() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(4).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    for forged in [r#"{"reveal":{"value":"client-secret"}}"#, r#""check""#, r#""cancel""#] {
        b.report(forged);
        assert!(
            b.effects
                .iter()
                .all(|e| !matches!(e, Effect::Panel { .. } | Effect::Check { .. } | Effect::Drop { .. }))
        );
    }
    // A content script that says it is the panel is refused.
    let sender = Sender {
        id: "me".into(),
        url: "https://portal.azure.com/panel.html".into(),
        tab: Some(TAB),
        ..Sender::default()
    };
    b.event(Event::Connected { port: 55, name: "panel".into(), sender });
    assert!(matches!(b.effects.first(), Some(Effect::Close { port: 55 })));
    b.event(Event::Said { port: 55, json: Secret::new(r#"{"reveal":{"value":"client-secret"}}"#) });
    assert!(b.effects.is_empty());
}

#[test]
fn reveal_answers_the_panel_alone() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(5).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.say(r#"{"reveal":{"value":"client-secret"}}"#);
    let sent: Vec<ToPanel> = b
        .effects
        .iter()
        .filter_map(|e| match e {
            Effect::Panel { port: PANEL, json } => from_str(json.expose()).ok(),
            _ => None,
        })
        .collect();
    assert!(sent.contains(&ToPanel::Revealed { value: "client-secret".into(), text }));
}

#[test]
fn nothing_is_sent_before_the_origin_is_approved() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(6).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    b.say(r#""check""#);
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Check { .. })));
    assert_eq!(b.run().check.refusal.unwrap().code, "origin-not-approved");
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(r#""check""#);
    let sent = b.effects.iter().find_map(|e| match e {
        Effect::Check { origin, body, run, edition, .. } => {
            Some((origin.clone(), body.expose().to_owned(), run.clone(), *edition))
        }
        _ => None,
    });
    let (origin, body, run, edition) = sent.unwrap();
    assert_eq!(origin, SERVICE);
    assert!(body.contains(&text) && body.contains(CLIENT) && body.contains("changed"));
    b.event(Event::Answered {
        run: run.clone(),
        origin: origin.clone(),
        edition,
        status: 0,
        body: String::new(),
    });
    assert_eq!(b.run().check.refusal.unwrap().code, "check-unreachable");
    assert_eq!(b.current(), "end.check");
    let pending = r#"{"format":1,"verdict":"pending","retry-after":30}"#;
    b.event(Event::Answered {
        run: run.clone(),
        origin: origin.clone(),
        edition,
        status: 200,
        body: pending.into(),
    });
    assert!(b.run().check.retry_at.is_some_and(|t| t > b.now + 29_000.0));
    let passed = r#"{"format":1,"verdict":"passed"}"#;
    b.event(Event::Answered { run, origin, edition, status: 200, body: passed.into() });
    assert_eq!(b.run().standing, Standing::Finished);
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Leave { .. })));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
}

#[test]
fn a_link_without_a_secret_has_a_way_of_its_own_and_its_check_is_not_repeated() {
    let mut stored = Bench::stored(&VecMap::new(), &VecMap::new());
    stored.index = r#"[{"id":"demo","title":"Demo","vendor":"Vendor","ways":[
        {"plan":"demo","mode":"run","credential":"secret","steps":6,"checks":true},
        {"plan":"demo.run.link","mode":"run","credential":"federated","checks":true,"linked":true},
        {"plan":"demo.run.consent","mode":"run","checks":true,"linked":true}]}]"#
        .into();
    let mut own = plan();
    own.steps.retain(|step| step.id != "key.read");
    own.requirements.values.remove("client-secret");
    own.steps[0].copy = Some("{subject}".into());
    stored.plans.push(("demo.run.link".into(), to_string(&own)));
    let mut b = Bench::of(&stored);
    b.open_panel();
    b.event(Event::Clicked { tab: TAB, url: format!("{SERVICE}/l/7K3M-9QXR-2T4V-W8YZ") });
    let Screen::Home = b.app.view(Some(TAB), None).screen else { panic!("nothing is proved yet") };
    let ways = |b: &Bench| b.app.view(Some(TAB), None).guides[0].ways.iter().any(|way| way.linked);
    assert!(!ways(&b), "it is walked for a link alone");
    b.say(r#"{"link-proved":{"guide":"demo","mode":"run","vendor":"v.example","own":[["subject","handrail-1"]]}}"#);
    let Screen::Sheet(sheet) = b.app.view(Some(TAB), None).screen else { panic!("no sheet") };
    assert_eq!((sheet.plan.as_str(), sheet.ways.len()), ("demo.run.link", 2));
    b.say(r#"{"start":{"guide":"demo.run.link","portal":"azure"}}"#);
    assert_eq!(b.run().card.unwrap().copy.as_deref(), Some("handrail-1"));

    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(&format!(r#"{{"paste":{{"value":"client-id","text":"{CLIENT}"}}}}"#));
    b.say(r#"{"go-to":{"step":"end.check"}}"#);
    b.say(r#"{"check-link":{"code":"7K3M-9QXR-2T4V-W8YZ","salt":"s"}}"#);
    let sent = b.effects.iter().find_map(|effect| match effect {
        Effect::Check { run, origin, edition, .. } => Some((run.clone(), origin.clone(), *edition)),
        _ => None,
    });
    let (run, origin, edition) = sent.unwrap();
    let body = r#"{"format":1,"verdict":"pending","signed":"x"}"#.into();
    b.event(Event::Answered { run, origin, edition, status: 200, body });
    assert_eq!(b.run().check.retry_at, None, "it stays pending until the vendor has proved it");
}

#[test]
fn each_kind_of_link_has_its_way_and_a_guide_without_it_the_usual_one() {
    let own = |names: &[&str]| names.iter().map(|n| ((*n).to_owned(), "x".to_owned())).collect::<Vec<_>>();
    let (none, federated, consent) = (own(&[]), own(&["issuer", "subject"]), own(&["consent"]));
    let way = |plan: &str, mode: &str, credential: &str, linked: bool| {
        format!(r#"{{"plan":"{plan}","mode":"{mode}","credential":{credential},"linked":{linked}}}"#)
    };
    let secret = r#""secret""#;
    let ways = [
        way("g", "run", secret, false),
        way("g.renew", "renew", secret, false),
        way("g.remove", "remove", "null", false),
        way("g.run.link", "run", r#""federated""#, true),
        way("g.adopt.link", "adopt", r#""federated""#, true),
        way("g.run.consent", "run", "null", true),
    ];
    let guide = |id: &str, ways: &[String]| {
        format!(r#"{{"id":"{id}","title":"T","vendor":"V","ways":[{}]}}"#, ways.join(","))
    };
    let library = Library::new(&format!("[{},{}]", guide("g", &ways), guide("usual", &ways[..3])));
    let found = |guide: &str, mode: &str, own: &[(String, String)]| {
        library.way_of_link(guide, mode, own).map(|way| way.plan.clone()).unwrap_or_default()
    };
    assert_eq!(["run", "renew", "remove"].map(|mode| found("g", mode, &none)), ["g", "g.renew", "g.remove"]);
    let modes = |own: &[(String, String)]| ["run", "renew", "remove"].map(|mode| found("g", mode, own));
    assert_eq!(modes(&federated), ["g.run.link", "g.adopt.link", "g.remove"]);
    assert_eq!(modes(&consent), ["g.run.consent", "g.run.consent", "g.remove"]);
    assert_eq!(
        (found("usual", "run", &consent), found("other", "run", &consent)),
        ("g".into(), String::new())
    );
}

#[test]
fn what_was_sealed_and_handed_over_goes_no_other_way() {
    let mut stored = Bench::stored(&VecMap::new(), &VecMap::new());
    let mut own = plan();
    let mut file = step("file.save", "", "", Action::HandOver, Condition::Confirmed);
    file.already = Some(Condition::HandedOver);
    own.steps.extend([file, step("after.ask", "", "", Action::Confirm, Condition::Confirmed)]);
    stored.plans = vec![("demo".into(), to_string(&own))];
    let mut b = Bench::of(&stored);
    b.start();
    b.say(r#"{"go-to":{"step":"file.save"}}"#);
    assert_eq!(b.current(), "file.save");
    b.say(r#"{"handed-over":{"vendor":"v.example"}}"#);
    assert_eq!((b.current(), b.state("file.save")), ("after.ask".into(), StepState::Already));
}

#[test]
fn what_policy_approves_is_approved_for_everybody_and_what_is_no_origin_is_nothing() {
    let with = |managed: &str| {
        let stored = Stored { managed: managed.into(), ..Bench::stored(&VecMap::new(), &VecMap::new()) };
        App::load("me", BASE, &stored, 0.0).0
    };
    let origins = |app: &App| {
        let all = app.view(Some(TAB), None).origins;
        all.into_iter().map(|o| (o.origin, o.approved, o.policy)).collect::<Vec<_>>()
    };
    assert_eq!(origins(&with("")), [(SERVICE.to_owned(), false, false)], "nothing is approved by itself");
    let own = with(&format!(r#"{{"approvedOrigins":["{SERVICE}/"]}}"#));
    assert_eq!(origins(&own), [(SERVICE.to_owned(), true, true)]);
    assert!(own.is_approved(SERVICE));
    let other =
        with(r#"{"approvedOrigins":["https://check.own.example", "no origin", "http://plain.example"]}"#);
    assert!(other.is_approved("https://check.own.example") && !other.is_approved(SERVICE));
    assert!(!other.is_approved("http://plain.example") && !other.is_approved("no origin"));
    assert_eq!(origins(&other).iter().filter(|(_, _, policy)| *policy).count(), 1);
    for broken in ["not json", r#"{"approvedOrigins":7}"#, "[]"] {
        assert_eq!(origins(&with(broken)), [(SERVICE.to_owned(), false, false)], "{broken}");
    }
}

#[test]
fn a_link_that_names_another_service_is_refused() {
    let mut b = Bench::new();
    b.open_panel();
    b.event(Event::Clicked {
        tab: TAB,
        url: "https://check.example/g/demo#check=https://evil.example".into(),
    });
    let view = b.app.view(Some(TAB), None);
    assert_eq!(view.notice.unwrap().code, "link-other-origin");
    assert_eq!(view.screen, Screen::Home);
    b.event(Event::Clicked { tab: TAB, url: "https://check.example/g/demo".into() });
    assert!(matches!(b.app.view(Some(TAB), None).screen, Screen::Sheet(_)));
}

#[test]
fn going_to_a_step_does_its_group_again_and_comes_back() {
    let mut b = at_secret();
    let text = handrail_credential::test_secret(7).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &text)]);
    assert_eq!(b.current(), "end.check");
    b.say(r#"{"go-to":{"step":"key.read"}}"#);
    assert_eq!(b.current(), "key.read");
    assert_eq!(b.run().values.iter().find(|v| v.id == "client-secret").unwrap().state, ValueState::Missing);
    let fresh = handrail_credential::test_secret(8).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &fresh)]);
    assert_eq!(b.current(), "end.check");
}

#[test]
fn back_stays_though_the_page_shows_the_step_done() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let filled = [DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")];
    b.shows(&filled);
    assert_eq!(b.current(), "app.register");
    b.say(r#""back""#);
    b.shows(&filled);
    assert_eq!(b.current(), "app.name");
    // The page has nothing left to press here: the card leads on, and the step counts as done.
    b.say(r#""next""#);
    assert_eq!((b.current(), b.state("app.name")), ("app.register".into(), StepState::Already));
    b.say(r#""back""#);
    b.shows(&filled);
    assert_eq!(b.current(), "app.name");
    b.shows(&[DIR, ("form", ""), ("form.name", "Ap"), ("form.multi", "false"), ("form.register", "")]);
    b.shows(&filled);
    assert_eq!(b.current(), "app.register");
}

#[test]
fn leaving_the_form_leads_back_to_the_step_that_opens_it() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")]);
    assert_eq!(b.current(), "app.name");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new");
    assert!(!b.run().card.unwrap().remark.is_empty());
}

/// A frame's loader in this tab.
fn loader(tab: i32) -> Sender {
    let url = "https://portal.azure.com/".into();
    Sender { id: "me".into(), url, tab: Some(tab), ..Sender::default() }
}

#[test]
fn a_loader_is_wanted_in_the_tab_of_a_run_alone_and_only_while_it_lasts() {
    let mut b = Bench::new();
    assert!(!b.app.is_wanted(&loader(TAB)), "there is no run yet");
    b.start();
    assert!(b.app.is_wanted(&loader(TAB)));
    assert!(!b.app.is_wanted(&loader(TAB + 1)), "a tab of its own");
    assert!(!b.app.is_wanted(&Sender { id: "other".into(), ..loader(TAB) }), "another extension");
    b.say(r#""cancel""#);
    assert!(!b.app.is_wanted(&loader(TAB)), "the run is over");
}

#[test]
fn a_page_that_changes_its_language_is_watched_in_it() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let languages = |b: &Bench| -> Vec<String> {
        let watch = |e: &Effect| match e {
            Effect::Agent { message: ToAgent::Watch { lang, .. }, .. } => Some(lang.clone()),
            _ => None,
        };
        b.effects.iter().filter_map(watch).collect()
    };
    b.report(r#"{"k":"page","url":"https://portal.azure.com/","lang":"de"}"#);
    assert_eq!(languages(&b), ["de"]);
    b.report(r#"{"k":"page","url":"https://portal.azure.com/#x","lang":"de"}"#);
    assert_eq!(languages(&b), [""; 0], "nothing is sent twice");
}

#[test]
fn only_the_tabs_own_document_says_which_tenant_it_is_in() {
    const OTHER: &str = "https://portal.azure.com/11111111-2222-4333-8444-555555555555";
    let tenant = |b: &Bench| b.app.walks.values().next().unwrap().run.url_tenant.clone();
    let mut b = Bench::new();
    b.start();
    let inner = Sender { frame: 5, ..loader(TAB) };
    b.event(Event::Connected { port: TOP + 1, name: "agent".into(), sender: inner });
    let say = |b: &mut Bench, port: u32, json: String| {
        b.event(Event::Said { port, json: Secret::new(named(&json)) });
    };
    // It claims to be the top, and is not.
    say(&mut b, TOP + 1, format!(r#"{{"k":"hello","build":"wasm","top":true,"url":"{OTHER}","lang":"en"}}"#));
    say(&mut b, TOP + 1, format!(r#"{{"k":"page","url":"{OTHER}","lang":"en"}}"#));
    assert_eq!((tenant(&b), b.run().standing), (None, Standing::Running));
    say(&mut b, TOP, format!(r#"{{"k":"page","url":"{OTHER}","lang":"en"}}"#));
    assert_eq!(tenant(&b).as_deref(), Some("11111111-2222-4333-8444-555555555555"));
}

#[test]
fn closing_the_last_tab_of_a_run_takes_the_scripts_back() {
    let mut b = Bench::new();
    b.start();
    b.event(Event::Closed { tab: TAB + 1 });
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Unregister)), "another tab");
    b.event(Event::Closed { tab: TAB });
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Unregister)));
    assert_eq!(b.app.walks.values().next().unwrap().run.tab, None, "the run is kept");
}

#[test]
fn a_press_on_an_old_card_does_nothing() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    let press = |g: u32| format!(r#"{{"k":"card","gen":{g},"act":"{}"}}"#, "next");
    b.report(&press(old));
    assert_eq!(b.current(), "app.name");
    b.report(&press(old));
    assert_eq!(b.current(), "app.name");
    assert_eq!(to_string(&Act::Next), "\"next\"");
}

#[test]
fn a_press_counts_though_the_card_was_drawn_anew_for_the_same_step() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    b.open_frame();
    b.shows(&[DIR, ("list", "")]);
    b.now += 60_000.0;
    b.event(Event::Tick);
    assert!(b.shown().unwrap().r#gen > old && b.current() == "app.new", "drawn anew: now in words");
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    assert_eq!(b.current(), "app.name");
}

#[test]
fn a_page_that_was_loaded_again_is_no_longer_said_to_be_without_handrail() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let remark = |b: &Bench| b.run().card.unwrap().remark;
    b.report(r#"{"k":"fell"}"#);
    assert!(remark(&b).contains("load the page again"), "{}", remark(&b));
    b.open_frame();
    assert_eq!(remark(&b), "");
}

#[test]
fn a_pasted_look_alike_is_named_and_can_be_kept() {
    let mut b = at_secret();
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{CLIENT}"}}}}"#));
    let secret = |b: &Bench| b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap();
    assert_eq!(secret(&b).state, ValueState::Bad);
    assert_eq!(b.current(), "key.read");
    assert!(secret(&b).may_keep);
    b.say(r#"{"use-anyway":{"value":"client-secret"}}"#);
    assert_eq!(secret(&b).state, ValueState::Overruled);
    assert_eq!(b.current(), "end.check");
}

#[test]
fn every_cure_of_a_damaged_secret_is_offered_by_its_place_and_can_be_taken() {
    // EXPOSE: a made-up secret of a test.
    let right = handrail_credential::test_secret(3).expose().to_owned();
    let damaged = handrail_credential::damaged_secret(3);
    // EXPOSE: a made-up secret of a test.
    let json = format!(r#"{{"paste":{{"value":"client-secret","text":"{}"}}}}"#, damaged.expose());
    let mut b = at_secret();
    b.say(&json);
    let offered = b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap().suggestions;
    let meant = format!("it with `{}` as character 10", right.chars().nth(9).unwrap());
    let n = offered.iter().position(|words| *words == meant).expect("the slip that was made");
    assert!(offered.iter().all(|words| !words.contains(&right)), "{offered:?}");
    b.say(r#"{"use-suggestion":{"value":"client-secret","n":99}}"#);
    assert_eq!(b.current(), "key.read", "what was not offered is not taken");
    b.say(&format!(r#"{{"use-suggestion":{{"value":"client-secret","n":{n}}}}}"#));
    let standing = b.run().values.into_iter().find(|v| v.id == "client-secret").unwrap();
    assert_eq!((standing.state, standing.suggestions.len()), (ValueState::Good, 0));
}

#[test]
fn a_new_browser_session_keeps_the_run_without_its_tab() {
    let mut b = at_secret();
    b.memory.clear();
    b.restart_worker();
    assert!(b.effects.iter().all(|e| !matches!(e, Effect::WakeTab { .. })));
    b.open_panel();
    let runs = b.app.view(Some(TAB), None).runs;
    assert_eq!((runs.len(), runs[0].tab, runs[0].done), (1, None, 4));
    let id = runs[0].id.clone();
    b.say(&format!(r#"{{"adopt":{{"run":"{id}"}}}}"#));
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Enter { tab: TAB, .. })));
    assert_eq!(b.current(), "key.read");
}

#[test]
fn a_panel_that_connects_anew_is_shown_nothing_before_it_says_for_which_tab() {
    let mut b = at_secret();
    b.restart_worker();
    let sender = Sender { id: "me".into(), url: format!("{BASE}panel.html"), ..Sender::default() };
    b.event(Event::Connected { port: PANEL, name: "panel".into(), sender });
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Panel { .. })));
    b.say(r#"{"hello":{"tab":7}}"#);
    assert!(b.effects.iter().any(|e| matches!(e, Effect::Panel { .. })));
}

#[test]
fn a_press_on_the_card_counts_though_the_service_worker_had_stopped() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.shown().unwrap().r#gen;
    b.restart_worker();
    b.open_frame();
    b.report(r#"{"k":"seen","gen":3,"r":[[0,1,"CONTOSO (CONTOSO.ONMICROSOFT.COM)","0"],[1,1,"","0"]]}"#);
    assert_eq!(b.shown().unwrap().probe, 1);
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    b.open_panel();
    assert_eq!(b.current(), "app.name");
    b.report(&format!(r#"{{"k":"card","gen":{old},"act":"next"}}"#));
    assert_eq!(b.current(), "app.name");
}

#[test]
fn a_press_counts_though_the_service_worker_stopped_before_the_step_was_written_down() {
    let form = [DIR, ("form", ""), ("form.name", ""), ("form.multi", "false"), ("form.register", "")];
    let begin = || {
        let mut b = Bench::new();
        b.start();
        b.shows(&[DIR, ("list", ""), ("list.new", "")]);
        let written = b.disk.clone();
        b.shows(&form);
        assert_eq!(b.current(), "app.name");
        let show = b.shown().unwrap();
        b.disk = written;
        b.restart_worker();
        assert_eq!(b.app.walks.values().next().unwrap().run.at, "app.new");
        b.open_frame();
        (b, show)
    };
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n));
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.register");
    assert_eq!(b.state("app.name"), StepState::Skipped);

    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"used","gen":{},"n":{},"probe":{}}}"#, show.r#gen, show.n, show.probe));
    b.shows(&form);
    assert!(b.app.walks.values().next().unwrap().run.used.contains("form.name"));

    // It counts for its own step alone, and not when that comes much later.
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n + 1));
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.name");
    let (mut b, show) = begin();
    b.report(&format!(r#"{{"k":"card","gen":{},"n":{},"act":"next"}}"#, show.r#gen, show.n));
    b.now += 60_000.0;
    b.shows(&form);
    b.open_panel();
    assert_eq!(b.current(), "app.name");
}

#[test]
fn values_are_read_on_a_press_alone_when_the_admin_wants_it_so() {
    let mut b = Bench::new();
    b.start();
    b.say(r#"{"read-page":{"on":false}}"#);
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[DIR, ("form", ""), ("form.name", "App"), ("form.multi", "false"), ("form.register", "")]);
    b.shows(&[DIR, ("over", ""), ("over.client", CLIENT)]);
    assert_eq!(b.current(), "app.read");
    b.say(r#""read""#);
    assert_eq!(b.current(), "key.read");
}

#[test]
fn a_value_that_does_not_stand_is_not_sent() {
    let mut b = at_secret();
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{CLIENT}"}}}}"#));
    b.say(r#""check""#);
    assert!(!b.effects.iter().any(|e| matches!(e, Effect::Check { .. })));
    assert_eq!(b.run().check.refusal.unwrap().code, "values-missing");
}

#[test]
fn a_secret_pasted_into_another_field_is_kept_nowhere() {
    let mut b = at_secret();
    let canary = handrail_credential::test_secret(9).expose().to_owned();
    for value in ["client-id", "client-secret"] {
        b.say(&format!(r#"{{"paste":{{"value":"{value}","text":"{canary}"}}}}"#));
    }
    b.say(r#"{"forget":{"value":"client-secret"}}"#);
    assert!(b.disk.values().chain(b.memory.values()).all(|v| !v.contains(&canary)));
    let view = to_string(&b.app.view(Some(TAB), None));
    assert!(!view.contains(&canary));
    let id = b.run().values.into_iter().find(|v| v.id == "client-id").unwrap();
    assert_eq!((id.state, id.shown.as_str()), (ValueState::Bad, CLIENT));
    assert!(!id.findings.is_empty());
}

#[test]
fn a_verdict_holds_for_the_values_it_was_asked_for_alone() {
    let mut b = at_secret();
    let first = handrail_credential::test_secret(10).expose().to_owned();
    b.shows(&[DIR, ("keys", ""), ("keys.value", &first)]);
    b.say(&format!(r#"{{"approve-origin":{{"origin":"{SERVICE}"}}}}"#));
    b.say(r#""check""#);
    let asked = b.effects.iter().find_map(|e| match e {
        Effect::Check { run, edition, .. } => Some((run.clone(), *edition)),
        _ => None,
    });
    let (run, edition) = asked.unwrap();
    let second = handrail_credential::test_secret(11).expose().to_owned();
    b.say(&format!(r#"{{"paste":{{"value":"client-secret","text":"{second}"}}}}"#));
    let passed = r#"{"format":1,"verdict":"passed"}"#.to_owned();
    b.event(Event::Answered { run, origin: SERVICE.into(), edition, status: 200, body: passed });
    assert_eq!(b.current(), "end.check");
    assert!(b.run().check.report.is_none() && !b.run().check.busy);
}

#[test]
fn nothing_is_handed_over_while_a_value_is_missing() {
    let mut b = at_secret();
    b.say(r#""reveal-hand-over""#);
    let sent = b.effects.iter().filter_map(|e| match e {
        Effect::Panel { json, .. } => from_str::<ToPanel>(json.expose()).ok(),
        _ => None,
    });
    let notices: Vec<String> = sent
        .map(|m| match m {
            ToPanel::View(view) => view.notice.map(|n| n.code).unwrap_or_default(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(notices, ["hand-over-blocked"]);
}

#[test]
fn a_press_reported_by_a_frame_without_the_card_does_nothing() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let shown = b.shown().unwrap().r#gen;
    let url = "https://sandbox-1.reactblade.portal.azure.net/".to_owned();
    let sender = Sender { id: "me".into(), url, tab: Some(TAB), frame: 5, ..Sender::default() };
    b.event(Event::Connected { port: 2, name: "agent".into(), sender });
    for json in [
        r#"{"k":"hello","build":"wasm","top":true,"url":"https://portal.azure.com/#@evil.example/","lang":"en"}"#.to_owned(),
        format!(r#"{{"k":"card","gen":{shown},"act":"next"}}"#),
    ] {
        b.event(Event::Said { port: 2, json: Secret::new(named(&json)) });
    }
    assert_eq!((b.current().as_str(), b.run().standing), ("app.new", Standing::Running));
}

#[test]
fn a_pause_does_not_lead_around_the_directory_lock() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.shows(&[("shell.directory", "FABRIKAM (FABRIKAM.ONMICROSOFT.COM)"), ("list", "")]);
    for json in [r#""pause""#, r#""resume""#, r#""restart""#, r#""resume""#] {
        b.say(json);
    }
    assert_eq!(b.run().standing, Standing::OtherDirectory);
}

#[test]
fn what_is_absent_ends_a_step_only_when_it_stays_absent() {
    let mut b = Bench::new();
    b.start();
    let id = b.app.run_in(TAB).unwrap();
    let walk = b.app.walks.get_mut(&id).unwrap();
    let mut plan = (*walk.plan).clone();
    plan.steps[0].already = Some(Condition::Gone("list.new".into()));
    walk.plan = std::rc::Rc::new(plan);
    b.shows(&[DIR, ("list", "")]);
    assert_eq!(b.current(), "app.new");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new");
    b.shows(&[DIR, ("list", "")]);
    b.now += 2000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.name");
}

#[test]
fn an_answer_to_a_list_of_the_stopped_service_worker_proves_no_absence() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.generation;
    b.now += 1000.0;
    b.restart_worker();
    // The frame never got the last list of the service worker that stopped.
    let old = old - 1;
    b.open_frame_holding(old);
    assert!(b.generation > old);
    b.report(&format!(r#"{{"k":"seen","gen":{old},"r":[[0,1,"CONTOSO (CONTOSO.ONMICROSOFT.COM)","0"]]}}"#));
    b.open_panel();
    b.now += 5000.0;
    b.event(Event::Tick);
    let walk = &b.app.walks[&b.app.run_in(TAB).unwrap()];
    assert_eq!(walk.sighting("list.new"), crate::frames::Sighting::Unknown);
}

#[test]
fn a_frame_that_holds_the_list_is_believed_at_once_and_is_sent_none() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    let old = b.generation;
    b.now += 1000.0;
    b.restart_worker();
    b.generation = 0;
    b.open_frame_holding(old);
    assert_eq!(b.generation, 0, "no list is sent");
    let form = b.numbers["form"];
    let name = b.numbers["form.name"];
    let dir = format!(r#"[0,1,"{}","0"]"#, DIR.1);
    b.report(&format!(r#"{{"k":"seen","gen":{old},"r":[{dir},[{form},1,"","0"],[{name},1,"","0"]]}}"#));
    b.open_panel();
    assert_eq!(b.current(), "app.name");
}

#[test]
fn guide_health_is_kept_only_when_asked_for_and_no_longer_when_asked_not_to() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
    assert!(b.app.health.is_empty());
    assert!(!b.disk.values().any(|v| v.contains("list.new\",\"lang")));
    for kept in [true, false] {
        b.app.health.clear();
        b.say(&format!(r#"{{"keep-health":{{"on":{kept}}}}}"#));
        b.shows(&[DIR, ("list", ""), ("list.new", "")]);
        b.shows(&[DIR, ("list", "")]);
        b.now += 2000.0;
        b.event(Event::Tick);
        assert_eq!(b.app.health.iter().any(|l| l.control == "list.new"), kept);
        assert_eq!(b.disk.get("keeps-health").map(String::as_str), Some(if kept { "true" } else { "false" }));
    }
}

#[test]
fn a_control_is_not_ringed_while_nothing_says_that_its_page_is_shown() {
    let mut b = Bench::new();
    let mut guarded = plan();
    for page in &mut guarded.pages {
        page.routes =
            from_str(&format!(r##"[{{"portal":"azure","path":"/#view/X/{}Blade"}}]"##, page.id)).unwrap();
    }
    b.app.plans.add("demo", &to_string(&guarded));
    b.app.keeps_health = true;
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the words alone are not enough");
    b.now += 2000.0;
    b.event(Event::Tick);
    assert!(b.app.health.iter().any(|l| l.control == "list.new" && l.fault == "page"));
    b.event(Event::Moved { tab: TAB, url: "https://portal.azure.com/#view/X/otherBlade".into() });
    assert_eq!(b.shown().unwrap().probe, -1);
    b.event(Event::Moved { tab: TAB, url: "https://portal.azure.com/#view/X/listBlade/some/thing".into() });
    assert_eq!(b.shown().unwrap().probe, 1, "the address vouches for it");
}

#[test]
fn words_where_an_id_should_be_are_not_ringed() {
    let mut b = Bench::new();
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    b.say(r#"{"go-to":{"step":"app.read"}}"#);
    b.shows(&[DIR, ("over", ""), ("over.client", "Application (client) ID (preview)")]);
    let ringed = b.shown().map(|s| s.probe);
    assert_ne!(ringed, i32::try_from(b.numbers["over.client"]).ok(), "words beside a look-alike");
}

#[test]
fn what_is_called_like_a_control_of_an_open_pane_is_that_control() {
    let mut b = Bench::new();
    let mut plan = plan();
    let called = |id: &str, region: Option<&str>| Control {
        locators: from_str(r#"[{"by":"role","roles":["button"],"text":{"en":["Add"]}}]"#).unwrap(),
        region: region.map(Into::into),
        ..control(id, Read::Nothing)
    };
    plan.pages[1].controls[0] = called("list.new", None);
    plan.pages[2].controls[2] = called("form.register", Some("form.multi"));
    b.app.plans.add("demo", &to_string(&plan));
    b.start();
    b.shows(&[DIR, ("list", ""), ("list.new", ""), ("form.register", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the one in the pane is not the one on the page");
    b.shows(&[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
}

#[test]
fn a_command_without_room_is_pointed_at_through_its_menu() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].folded_in = Some("form.multi".into());
    b.app.plans.add("demo", &to_string(&plan));
    b.start();
    let opener = i32::try_from(b.numbers["form.multi"]).unwrap();
    b.shows(&[DIR, ("list", ""), ("form.multi", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the command may still be loading");
    b.now += 900.0;
    b.event(Event::Tick);
    let shown = b.shown().unwrap();
    assert_eq!(shown.probe, opener);
    assert!(shown.note.contains("in the menu"), "{}", shown.note);
    b.now += 60_000.0;
    b.event(Event::Tick);
    assert_eq!(b.current(), "app.new", "nobody is sent back for it");
    b.shows(&[DIR, ("list", ""), ("form.multi", ""), ("list.new", "")]);
    let shown = b.shown().unwrap();
    assert_eq!((shown.probe, shown.note.as_str()), (1, ""));
}

#[test]
fn a_look_alike_in_a_frame_without_the_rest_of_its_page_is_not_ringed() {
    let frame = |there: &[u32]| {
        let mut frame = Frame::hello(false, "en".into(), 0);
        frame.report(1, there.iter().map(|n| Seen(*n, 1, String::new(), String::new())).collect());
        frame
    };
    let mut frames = Frames::default();
    frames.insert(1, frame(&[3]));
    frames.insert(2, frame(&[4, 5]));
    assert!(!frames.is_framed(), "neither has said that it is on the screen");
    assert!(!frames.has_most(1, &[3, 4, 5]), "the page is in the other frame");
    assert!(frames.has_most(2, &[3, 4, 5]));
    assert!(frames.has_most(1, &[3, 4]), "as many here as there");
}

/// Two ways to a command: among the commands, and anywhere.
fn command_ways() -> Vec<handrail_guide::plan::Locator> {
    let text = r#"{"en": ["New"]}"#;
    let placed = format!(r#"{{"by": "role", "roles": ["button"], "of": "[role=toolbar]", "text": {text}}}"#);
    let anywhere = format!(r#"{{"by": "role", "roles": ["button"], "text": {text}}}"#);
    serde_json::from_str(&format!("[{placed},{anywhere}]")).unwrap()
}

#[test]
fn a_button_of_a_commands_words_elsewhere_is_taken_for_it_only_after_a_wait() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].locators = command_ways();
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    b.shows_by(1, &[DIR, ("list", ""), ("list.new", "")]);
    assert!(b.shown().is_none_or(|s| s.probe == -1), "the commands may still be loading");
    b.now += 1100.0;
    b.event(Event::Tick);
    assert_eq!(b.shown().unwrap().probe, 1, "they may look different by now");
    b.shows_by(1, &[DIR, ("list", "")]);
    b.shows_by(0, &[DIR, ("list", ""), ("list.new", "")]);
    assert_eq!(b.shown().unwrap().probe, 1);
    b.shows_by(1, &[DIR, ("list", ""), ("list.new", "")]);
    b.event(Event::Tick);
    assert_ne!(b.pointing(), Pointing::Ring, "the wait begins again when it was in its place");
}

#[test]
fn a_button_of_a_commands_words_is_not_ringed_while_the_command_is_folded_away() {
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].locators = command_ways();
    plan.pages[1].controls[0].folded_in = Some("form.multi".into());
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    let opener = i32::try_from(b.numbers["form.multi"]).unwrap();
    b.shows_by(1, &[DIR, ("list", ""), ("form.multi", ""), ("list.new", "")]);
    for wait in [900.0, 60_000.0] {
        b.now += wait;
        b.event(Event::Tick);
        assert_eq!(b.shown().unwrap().probe, opener);
    }
}

#[test]
fn what_is_called_like_a_control_of_a_pane_in_another_frame_is_not_ringed() {
    const FRAME: u32 = 2;
    let mut b = Bench::new();
    let mut plan = plan();
    plan.pages[1].controls[0].region = Some("form.multi".into());
    b.app.plans.add("demo", &serde_json::to_string(&plan).unwrap());
    b.start();
    let sender = Sender {
        id: "me".into(),
        url: "https://sandbox-1.reactblade.portal.azure.net/".into(),
        tab: Some(TAB),
        frame: 1,
        document: "frame".into(),
    };
    b.event(Event::Connected { port: FRAME, name: "agent".into(), sender });
    let said = [
        r#"{"k":"hello","build":"wasm","top":false,"url":"https://sandbox-1.reactblade.portal.azure.net/","lang":"en"}"#,
        r#"{"k":"shown","on":true,"part":true}"#,
    ];
    for json in said {
        b.event(Event::Said { port: FRAME, json: Secret::new(named(json)) });
    }
    let pane = [("list", ""), ("form.multi", "")];
    b.shows_in(FRAME, 0, &pane);
    b.shows(&[DIR, ("list.new", "")]);
    assert_ne!(b.pointing(), Pointing::Ring, "the pane is in the frame, and has no such control yet");
    b.shows_in(FRAME, 0, &[pane[0], pane[1], ("list.new", "")]);
    assert_eq!(b.pointing(), Pointing::Ring);
    let is_in_frame = |e: &Effect| matches!(e, Effect::Agent { port: FRAME, message: ToAgent::Show(show) } if show.probe == 1);
    assert!(b.effects.iter().any(is_in_frame), "two of them, and one in the pane");
}
