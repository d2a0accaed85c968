//! Read-only calls with a token that was issued. The list is data (`data/probes.toml`); each row says what it proves.

use crate::api::Api;
use crate::codes::PROBES;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Its name, as guides and the command line spell it.
    pub name: &'static str,
    /// Whose token is used and whose host is asked.
    pub(crate) api: Api,
    pub(crate) path: &'static str,
    /// Permissions of which one is enough.
    pub roles: &'static [&'static str],
    /// What is read.
    pub reads: &'static str,
    /// What an answer shows.
    pub proves: &'static str,
    /// What an answer does not show.
    pub not: &'static str,
}

impl Probe {
    /// The probe with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PROBES.iter().find(|probe| probe.name == name)
    }

    /// The API's name, as the portal shows it.
    #[must_use]
    pub const fn api(&self) -> &'static str {
        self.api.label()
    }

    /// The API's application ID.
    #[must_use]
    pub const fn app_id(&self) -> &'static str {
        self.api.app_id()
    }
}

#[cfg(test)]
mod tests {
    use super::Probe;
    use crate::codes::PROBES;

    #[test]
    fn every_probe_is_a_read_that_says_what_it_shows() {
        assert!(PROBES.len() >= 15 && Probe::named("management-subscriptions").is_some());
        for probe in PROBES {
            assert!(
                probe.path.starts_with("/v1.0/") || probe.path.starts_with("/api/v1.0/{tenant}/"),
                "{}",
                probe.name
            );
            assert!(!probe.roles.is_empty() && !probe.reads.is_empty(), "{}", probe.name);
            assert!(
                probe.proves.ends_with('.') && probe.not.starts_with("That ") && probe.not.ends_with('.')
            );
            // At most one entry is read.
            let lists = probe.path.contains("$top=1");
            let one = ["subscriptions/list", "/organization?", "/sites/root?"]
                .iter()
                .any(|p| probe.path.contains(p));
            assert!(lists || one, "{}", probe.name);
        }
    }
}
