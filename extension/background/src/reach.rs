//! Whether the browser lets Handrail onto the portal's pages, and what is said where it does not. The guide goes on in
//! words then.

use handrail_json::{FromJson, ToJson};
use handrail_messages::panel::KeptOff;
use handrail_messages::report::Refusal;

use crate::portals::{PORTALS, portal_of};
use crate::words;

/// What came of a try to bring the agent's loader into a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tried {
    /// Access to all pages of the portals is given (`permissions.contains`). A policy does not show there.
    pub(crate) granted: bool,
    /// The tab's address, as far as the browser tells it: not where access is missing.
    pub(crate) place: String,
    /// What `scripting.executeScript` failed with; empty when it did not, or was not asked.
    pub(crate) error: String,
}

/// How the browser keeps Handrail off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Bar {
    /// Chromium says that a policy does it.
    Policy,
    /// Access was taken away, or is given on a press of the button alone.
    Withheld,
    /// It does not say why. Firefox has one sentence for a policy, a protected host and a page that did not load.
    Closed,
}

/// Parts of what browsers say, and what they mean; without a meaning it is no news. The first one that fits counts.
const SAID: &[(&str, Option<Bar>)] = &[
    // Chromium, extensions/common/extension_urls.h: `runtime_blocked_hosts` in ExtensionSettings.
    ("ExtensionsSettings policy", Some(Bar::Policy)),
    // Both: the tab or its document went away meanwhile.
    ("No tab with id", None),
    ("Invalid tab ID", None),
    ("was removed", None),
    ("was closed", None),
    // Chromium: the page did not load; the browser shows its own.
    ("showing error page", None),
    ("chrome-error:", None),
];

impl Tried {
    /// What keeps it off, if anything does. An error at an address that is no portal's, such as Microsoft's sign-in, is none.
    pub(crate) fn bar(&self) -> Option<Bar> {
        let meant = SAID.iter().find(|(part, _)| self.error.contains(part)).map(|(_, bar)| *bar);
        match meant {
            Some(Some(bar)) => Some(bar),
            _ if !self.granted => Some(Bar::Withheld),
            Some(None) => None,
            None => (!self.error.is_empty() && portal_of(&self.place).is_some()).then_some(Bar::Closed),
        }
    }
}

impl Bar {
    /// What is said, and whether a press here can mend it.
    fn row(self) -> (fn(&str) -> Refusal, bool) {
        match self {
            Self::Policy => (words::host_blocked, false),
            Self::Withheld => (words::host_withheld, true),
            Self::Closed => (words::host_closed, false),
        }
    }

    /// What the panel says of it, for the portal of this name.
    pub(crate) fn told(self, portal: &str) -> KeptOff {
        let host = PORTALS.iter().find(|(name, _)| *name == portal).map_or(portal, |(_, host)| host);
        let (say, can_ask) = self.row();
        KeptOff { why: say(host), can_ask }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: &str = "https://portal.azure.com/#home";
    const SIGN_IN: &str = "https://login.microsoftonline.com/x";

    #[test]
    fn what_browsers_say_is_told_apart() {
        let table = [
            (true, PORTAL, "", None),
            (true, "", "", None),
            (
                true,
                "",
                "This page cannot be scripted due to an ExtensionsSettings policy.",
                Some(Bar::Policy),
            ),
            (
                false,
                "",
                "This page cannot be scripted due to an ExtensionsSettings policy.",
                Some(Bar::Policy),
            ),
            (false, "", "", Some(Bar::Withheld)),
            // The press on the toolbar button lends the tab until it goes elsewhere.
            (false, PORTAL, "", Some(Bar::Withheld)),
            (
                false,
                "",
                "Cannot access contents of the page. Extension manifest must request permission to access the respective host.",
                Some(Bar::Withheld),
            ),
            (false, PORTAL, "Missing host permission for the tab", Some(Bar::Withheld)),
            (true, PORTAL, "Missing host permission for the tab", Some(Bar::Closed)),
            (true, PORTAL, "Something nobody has heard of", Some(Bar::Closed)),
            // Somebody signs in: the way to the portal.
            (true, SIGN_IN, "Missing host permission for the tab", None),
            (
                true,
                "",
                "Cannot access contents of the page. Extension manifest must request permission to access the respective host.",
                None,
            ),
            (true, PORTAL, "No tab with id: 7.", None),
            (true, PORTAL, "Frame with ID 0 is showing error page", None),
            (true, PORTAL, "Cannot access contents of url \"chrome-error://chromewebdata/\".", None),
        ];
        for (granted, place, error, bar) in table {
            let tried = Tried { granted, place: place.into(), error: error.into() };
            assert_eq!(tried.bar(), bar, "{tried:?}");
        }
    }

    #[test]
    fn each_names_the_host_and_only_what_a_press_can_mend_has_a_button() {
        for bar in [Bar::Policy, Bar::Withheld, Bar::Closed] {
            let told = bar.told("entra");
            assert!(told.why.what.contains("entra.microsoft.com"), "{told:?}");
            assert!(told.why.next.len() > 40, "{told:?}");
            assert_eq!(told.can_ask, bar == Bar::Withheld);
        }
    }
}
