//! One seeded portal: what Microsoft may change any day, diced from a number, so that it can be had again.

use serde_json::{Value, json};

/// Languages, English as often as all others together. For Arabic the portal has no words here: it stands for a
/// language nobody wrote labels for, drawn from right to left.
const LANGUAGES: [&str; 16] =
    ["en", "en", "en", "en", "en", "en", "en", "en", "de", "fr", "es", "it", "pt-br", "ja", "zh-hans", "ar"];

/// A seeded portal.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Its number.
    pub number: u32,
    /// Switches of the practice tenant.
    pub scenario: Value,
    /// The Entra admin center instead of the Azure portal.
    pub entra: bool,
    /// Seen at 200 %.
    pub zoomed: bool,
    /// Seen in forced colours.
    pub forced_colours: bool,
    /// Looked at while it loads too.
    pub slow: bool,
    /// Page of the portal that the guide does not use, looked at in passing.
    pub elsewhere: &'static str,
}

/// Pages of the portal that the guide does not use.
const ELSEWHERE: [&str; 9] = [
    "#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
    "#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers/menuId/AllUsers",
    "#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies",
    "#view/Microsoft_AAD_ConditionalAccess/PolicyBlade",
    "#view/Microsoft_AAD_IAM/MultifactorAuthenticationConfig.ReactView/tabId/users",
    "#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/Properties",
    "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Authentication/appId/{app}/isMSAApp~/false",
    "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/ProtectAnAPI/appId/{app}/isMSAApp~/false",
    "#settings/directory",
];

/// Numbers that follow from a number.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap_or_default();
        list[at]
    }
}

impl Seed {
    /// The portal with this number.
    #[must_use]
    pub fn new(number: u32) -> Self {
        let mut dice = Dice::new(number);
        let lang = dice.pick(&LANGUAGES);
        let slow = dice.chance(15);
        let wait = |dice: &mut Dice| if slow { 40 + dice.below(80) } else { 0 };
        let scenario = json!({
            "labels": if dice.chance(30) { "old" } else { "new" },
            "frame": if dice.chance(25) { "react" } else { "top" },
            "facts": if dice.chance(25) { "input" } else { "text" },
            "lang": lang,
            "theme": if dice.chance(20) { "dark" } else { "light" },
            "survey": dice.chance(25),
            // Hidden copies of frames are walked past in the journeys and in the tests of frames.
            "prewarm": false,
            "randomClasses": dice.chance(40),
            "collapsedMenus": dice.chance(60),
            "renames": renames(&mut dice),
            "delays": {"blade": wait(&mut dice), "rows": wait(&mut dice), "save": 0},
            "drift": {
                "seed": number,
                "order": dice.chance(50),
                "telemetry": dice.pick(&["kept", "none", "other"]),
                "ids": dice.chance(60),
                "titles": dice.chance(70),
                "native": dice.chance(30),
                "menu": dice.pick(&["menuitem", "menuitem", "link", "button"]),
                "rtl": lang == "ar" || dice.chance(8),
                "rows": if dice.chance(40) { 60 + dice.below(200) } else { 0 },
                "decoys": dice.below(9),
            },
        });
        Self {
            number,
            scenario,
            entra: dice.chance(35),
            zoomed: dice.chance(20),
            forced_colours: dice.chance(10),
            slow,
            elsewhere: dice.pick(&ELSEWHERE),
        }
    }
}

/// Now and then a control gets a name that nobody has heard of.
fn renames(dice: &mut Dice) -> Value {
    let mut renamed = serde_json::Map::new();
    if dice.chance(12) {
        let control = dice.pick(&RENAMED);
        renamed.insert(control.to_owned(), json!(format!("Renamed {}", control.len())));
    }
    Value::Object(renamed)
}

const RENAMED: [&str; 12] = [
    "app-registrations.new-registration",
    "register-application.name",
    "register-application.register",
    "app-menu.api-permissions",
    "app-menu.certificates-secrets",
    "api-permissions.add-permission",
    "api-permissions.grant-admin-consent",
    "request-api-permissions.application-permissions",
    "request-api-permissions.add-permissions",
    "certificates-secrets.new-client-secret",
    "add-client-secret.add",
    "app-overview.client-id",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_portal() {
        assert_eq!(Seed::new(7).scenario, Seed::new(7).scenario);
        assert_ne!(Seed::new(7).scenario, Seed::new(8).scenario);
    }

    #[test]
    fn every_switch_comes_up_in_every_position() {
        let seeds: Vec<Seed> = (0..400).map(Seed::new).collect();
        for key in ["labels", "frame", "facts", "lang", "theme", "survey", "randomClasses", "collapsedMenus"]
        {
            let first = &seeds[0].scenario[key];
            assert!(seeds.iter().any(|s| &s.scenario[key] != first), "{key} never changes");
        }
        for key in ["order", "telemetry", "ids", "titles", "native", "menu", "rtl", "rows", "decoys"] {
            let first = &seeds[0].scenario["drift"][key];
            assert!(seeds.iter().any(|s| &s.scenario["drift"][key] != first), "{key} never changes");
        }
        assert!(seeds.iter().any(|s| s.zoomed) && seeds.iter().any(|s| s.forced_colours));
    }
}
