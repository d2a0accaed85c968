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
pub mod profile;
pub mod service;
pub mod storm;
pub mod translated;

use std::ops::{Deref, DerefMut};

use anyhow::{Context as _, Result};
use handrail_world::person::Person;
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
