//! The background without a browser: a test says what frames and panel say, and is told what the frames are told.
//!
//! Not in the product. It lets a test put the real decisions before thousands of pages that no journey could walk.

use handrail_credential::Secret;
use handrail_json::to_string;
use handrail_messages::agent::{FromAgent, ToAgent};
use handrail_messages::panel::Command;
use serde_json::json;

use crate::app::{App, Event, Stored};
use crate::effect::Effect;
use crate::senders::Sender;

const OWN: &str = "outside";
const BASE: &str = "chrome-extension://outside/";
/// The one tab there is.
const TAB: i32 = 1;
/// The panel's connection; frames have others.
const PANEL: u32 = u32::MAX;

/// A background with one panel and one tab.
pub struct Outside {
    app: App,
    now: f64,
}

impl Outside {
    /// A background that knows this plan (its file's text) by this name.
    #[must_use]
    pub fn new(name: &str, plan: &str) -> Self {
        let way = json!({"plan": name, "mode": "run", "credential": "secret", "steps": 1, "checks": true});
        let index = json!([{"id": name, "title": name, "vendor": name, "ways": [way]}]);
        let stored = Stored {
            index: index.to_string(),
            plans: vec![(name.to_owned(), plan.to_owned())],
            ..Stored::default()
        };
        let (app, _) = App::load(OWN, BASE, &stored, 0.0);
        let mut outside = Self { app, now: 0.0 };
        let url = format!("{BASE}panel.html");
        let sender = Sender { id: OWN.into(), url, ..Sender::default() };
        outside.happen(Event::Connected { port: PANEL, name: "panel".into(), sender });
        outside.press(&Command::Hello { tab: Some(TAB) });
        outside
    }

    /// A frame of the tab connects; the first one is its top document.
    pub fn connect(&mut self, port: u32, url: &str) {
        let sender = Sender {
            id: OWN.into(),
            url: url.to_owned(),
            tab: Some(TAB),
            frame: i64::from(port),
            document: port.to_string(),
        };
        self.happen(Event::Connected { port, name: "agent".into(), sender });
    }

    /// A frame goes away.
    pub fn gone(&mut self, port: u32) {
        self.happen(Event::Disconnected { port });
    }

    /// A frame reports something; answers what frames are told for it.
    pub fn say(&mut self, port: u32, report: &FromAgent) -> Vec<(u32, ToAgent)> {
        let json = to_string(report);
        self.happen(Event::Said { port, json: Secret::new(json) })
    }

    /// The admin presses something in the panel; answers what frames are told for it.
    pub fn press(&mut self, command: &Command) -> Vec<(u32, ToAgent)> {
        let json = to_string(command);
        self.happen(Event::Said { port: PANEL, json: Secret::new(json) })
    }

    /// The step the run is at.
    #[must_use]
    pub fn at(&self) -> Option<String> {
        let run = self.app.run_in(TAB)?;
        Some(self.app.walks.get(&run)?.run.at.clone())
    }

    /// Some milliseconds pass; answers what frames are told for it.
    pub fn pass(&mut self, ms: f64) -> Vec<(u32, ToAgent)> {
        self.now += ms;
        self.happen(Event::Tick)
    }

    fn happen(&mut self, event: Event) -> Vec<(u32, ToAgent)> {
        let effects = self.app.handle(event, self.now);
        let told = effects.into_iter().filter_map(|effect| match effect {
            Effect::Agent { port, message } => Some((port, message)),
            _ => None,
        });
        told.collect()
    }
}
