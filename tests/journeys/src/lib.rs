//! `handrail-journeys`: whole journeys through a guide, in a real browser, with the extension as it is packaged,
//! against the Worker in its production runtime.
//!
//! The tests are in `tests/`, one file per kind of journey. [`Journey`] is what they share: a fresh world and a
//! person sitting in it. The binaries `demo`, `step-latency` and `panel-opening` take the same road.

pub mod bars;
pub mod consent;
pub mod demo;
pub mod drift;
pub mod gallery;
pub mod latency;
pub mod opening;
pub mod practice;
pub mod service;
pub mod storm;
pub mod translated;

use std::ops::{Deref, DerefMut};

use anyhow::{Context as _, Result};
pub use handrail_world::profile;

use handrail_world::browser::Overlay;
use handrail_world::person::Person;
use handrail_world::wait::{LONG, until};
use handrail_world::world::{World, WorldOptions};
use serde_json::{Value, json};

/// The guide the journeys walk.
pub const GUIDE: &str = "securus360";
/// Name of the app that guide makes.
pub const APP: &str = "Securus360 Collection Service";
/// The Azure portal.
pub const AZURE: &str = "https://portal.azure.com/";
/// The Entra admin center.
pub const ENTRA: &str = "https://entra.microsoft.com/";

/// Words without marks and line ends.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A fresh world and a person in it. What the person can do, a journey can do.
pub struct Journey {
    /// The person. Before the world: the browser goes first.
    pub person: Person,
    /// The world.
    pub world: World,
}

impl Journey {
    /// A person at the portal with the panel open and the guide just started.
    ///
    /// # Errors
    /// When the world does not come up or the guide does not start.
    pub fn begin(scenario: Value) -> Result<Self> {
        Self::begin_at(AZURE, scenario)
    }

    /// The same at another portal.
    ///
    /// # Errors
    /// As [`Journey::begin`].
    pub fn begin_at(portal: &str, scenario: Value) -> Result<Self> {
        let journey = Self::sit_down(portal, &WorldOptions { scenario, ..WorldOptions::default() })?;
        journey.person.start()?;
        Ok(journey)
    }

    /// A person at the portal with the panel open and nothing started.
    ///
    /// # Errors
    /// When the world does not come up.
    pub fn sit_down(portal: &str, options: &WorldOptions) -> Result<Self> {
        let world = World::start(options)?;
        let person = Person::sit_down(&world, GUIDE, portal)?;
        Ok(Self { person, world })
    }

    /// Waits until the portal is drawn.
    ///
    /// # Errors
    /// When it is not in time.
    pub fn drawn(&self) -> Result<()> {
        self.page.wait_for("the portal to be drawn", "!!document.querySelector('.fxs-avatarmenu-tenant')")
    }

    /// From the beginning of the guide to its check, past everything between. The first steps are over by themselves, and
    /// each brings its card into view: a press before that goes astray.
    ///
    /// # Errors
    /// When the guide does not come to the step that waits for a person.
    pub fn go_to_check(&self) -> Result<()> {
        self.panel.wait_for("the step that waits", |s| s.step == "start.directory")?;
        self.panel.go_to("check.run")
    }

    /// Waits until card or panel says this.
    ///
    /// # Errors
    /// When neither does; tells what they say instead.
    pub fn told(&self, words: &str) -> Result<()> {
        let heard = until(&format!("somebody to say: {words}"), LONG, || {
            let cards = self.page.overlays()?.iter().map(Overlay::words).collect::<Vec<_>>().join("\n");
            Ok(plain(&format!("{cards}\n{}", self.panel.words()?)).contains(words).then_some(()))
        });
        heard.with_context(|| format!("{}\npanel: {}", self.scene(), self.panel.words().unwrap_or_default()))
    }

    /// Waits for the end of the guide, which leaves nothing on the page.
    ///
    /// # Errors
    /// When it does not come, or something stays.
    pub fn ends(&self) -> Result<()> {
        self.panel.wait_for("the end of the guide", |s| s.standing == "finished")?;
        until("the overlay to go", LONG, || Ok(self.page.overlays()?.is_empty().then_some(())))
    }

    /// Closes the guide, which wipes its values.
    ///
    /// # Errors
    /// When the panel does not come back to the list of guides.
    pub fn close(&self) -> Result<()> {
        self.panel.press("cancel")?;
        self.panel.press("cancel-yes")?;
        self.panel.wait_for("the list of guides", |s| s.view == "home").map(drop)
    }

    /// Stops the service worker and opens the panel anew on the list of guides.
    ///
    /// # Errors
    /// When the panel does not come back to it.
    pub fn begin_anew(&self) -> Result<()> {
        self.browser.stop_service_worker()?;
        self.panel.page.reload()?;
        self.panel.wait_for("the list of guides", |s| s.view == "home").map(drop)
    }

    /// The app that the journey made or found in Contoso, as the practice tenant knows it.
    ///
    /// # Errors
    /// When there is none.
    pub fn app(&self) -> Result<Value> {
        let apps = self.world.tenant.apps("Contoso", APP)?;
        apps.into_iter().next().context("the app was not registered")
    }

    /// Requests that nothing of the practice tenant answers: there must be none.
    ///
    /// # Errors
    /// When the practice tenant does not answer.
    pub fn unanswered(&self) -> Result<Value> {
        Ok(self.world.tenant.state()?.get("unmatched").cloned().unwrap_or(json!([])))
    }
}

impl Deref for Journey {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.person
    }
}

impl DerefMut for Journey {
    fn deref_mut(&mut self) -> &mut Person {
        &mut self.person
    }
}
