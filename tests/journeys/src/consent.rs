//! Microsoft's consent page, to which the vendor's product sends the person in another tab.

use anyhow::{Context as _, Result, ensure};
use handrail_guide::plan::{PermissionKind, Step};
use handrail_world::person::Person;
use handrail_world::world::World;
use serde_json::json;

/// The portal's list of enterprise apps, and what a step calls the vendor's app in it.
const LISTED: &str = "enterprise-apps.app[";

/// What the vendor's app asks for, and what the person gives it.
pub struct Consent<'a> {
    /// Display name of the vendor's app.
    pub app: &'a str,
    /// What it asks for, each as `<resource's app ID>/<name>` or as a name alone.
    pub permissions: &'a [&'a str],
    /// Whether the box for the whole organisation is ticked.
    pub whole: bool,
}

impl Consent<'_> {
    /// Consents, and loads the portal's list anew where one is open. Handrail draws nothing on a sign-in page.
    ///
    /// # Errors
    /// When the page does not come, or something of ours is on it.
    pub fn give(&self, person: &Person, world: &World) -> Result<()> {
        let client = self.ask(world)?;
        let page = person.browser.open(&format!(
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id={client}&response_type=code"
        ))?;
        page.wait_for(
            "the consent page",
            "document.title === 'Sign in to your account' && !!document.forms[0]",
        )?;
        let clean = page.evaluate("document.querySelector('hand-rail') === null")? == json!(true);
        ensure!(clean, "something of ours is on a sign-in page");
        if self.whole {
            page.press_top("input[name=organisation]")?;
        }
        page.press_top("button[value=accept]")?;
        page.wait_for("the page after the consent", "document.title === 'Done'")?;
        page.close()?;
        let open = person.page.url()?;
        for (blade, refresh) in [
            ("StartboardApplicationsMenuBlade", "enterprise-apps.refresh"),
            ("~/Permissions/", "enterprise-app-permissions.refresh"),
        ] {
            if open.contains(blade) {
                person.hand().press_control(refresh)?;
            }
        }
        Ok(())
    }

    /// Lets the vendor's app ask for this; its client ID, which it keeps when it asks again.
    fn ask(&self, world: &World) -> Result<String> {
        let state = world.tenant.state()?;
        let directories = state["directories"].as_array().into_iter().flatten();
        let known = directories
            .filter(|directory| directory["name"] == "Contoso")
            .flat_map(|directory| directory["servicePrincipals"].as_array().into_iter().flatten())
            .find(|principal| principal["displayName"] == self.app);
        let mut app = json!({"name": self.app, "publisher": self.app, "permissions": self.permissions});
        if let Some(known) = known {
            app["clientId"] = known["appId"].clone();
        }
        world.tenant.vendor_app(&app)
    }
}

/// Gives the vendor's app what the guide expects it to ask for, where a step sends the person to the vendor's product
/// and the app's own page comes later.
///
/// # Errors
/// As [`Consent::give`].
pub fn as_the_guide_expects(step: &Step, person: &Person, world: &World) -> Result<()> {
    if step.id != "consent-app.start" {
        return Ok(());
    }
    let plan = &person.plan;
    let app = plan.steps.iter().filter_map(|step| step.target.as_deref()?.strip_prefix(LISTED)).next();
    let app =
        app.and_then(|names| names.split(['|', ']']).next()).context("no step opens the vendor's app")?;
    let permissions = plan.sheet.permissions.iter();
    let scope = |kind| if kind == PermissionKind::Delegated { ":Scope" } else { "" };
    let permissions = permissions.map(|p| format!("{}/{}{}", p.resource_app_id, p.name, scope(p.kind)));
    let permissions = permissions.collect::<Vec<_>>();
    // Every app asks for something.
    let least = ["00000003-0000-0000-c000-000000000000/User.Read.All"];
    let asked = permissions.iter().map(String::as_str).collect::<Vec<_>>();
    let asked = if asked.is_empty() { least.as_slice() } else { asked.as_slice() };
    Consent { app, permissions: asked, whole: true }.give(person, world)
}
