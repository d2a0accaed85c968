//! The directory a run belongs to: locked at the first look, and the run stops when the tab shows another.

use handrail_messages::panel::Standing;

use crate::conditions::normal;
use crate::frames::Sighting;
use crate::index::DIRECTORY;
use crate::portals;
use crate::values;
use crate::walk::Walk;

impl Walk {
    /// The tab's address names a tenant: another one than at the beginning stops the run, unless the page's header
    /// says better.
    pub(crate) fn tenant_of_tab(&mut self, url: &str) {
        let Some(tenant) = portals::tenant_in(url) else {
            return;
        };
        let header = self.sighting(DIRECTORY);
        match &self.run.url_tenant {
            None => self.run.url_tenant = Some(tenant),
            Some(was) if *was != tenant && !matches!(header, Sighting::Once { .. }) => {
                if self.run.directory.is_some() {
                    self.run.directory_now = Some(tenant);
                    self.run.standing = Standing::OtherDirectory;
                }
            }
            Some(_) => {}
        }
    }

    /// Locks the directory at the first look, and stops the run when the tab shows another.
    pub(crate) fn watch_directory(&mut self) {
        let Sighting::Once { text, .. } = self.sighting(DIRECTORY) else {
            return;
        };
        let text = normal(&text);
        if text.is_empty() {
            return;
        }
        match &self.run.directory {
            None => self.run.directory = Some(text),
            Some(was) if same_directory(was, &text) => {
                if text.len() > was.len() {
                    self.run.directory = Some(text);
                }
                self.run.directory_now = None;
            }
            Some(_) => {
                self.run.directory_now = Some(text);
                if self.run.standing == Standing::Running {
                    self.run.standing = Standing::OtherDirectory;
                }
            }
        }
    }
}

/// Whether two readings of the header name one directory: the same domain, or the same words.
fn same_directory(a: &str, b: &str) -> bool {
    match (values::domain_in(a), values::domain_in(b)) {
        (Some(a), Some(b)) => a == b,
        _ => {
            let (a, b) = (a.to_lowercase(), b.to_lowercase());
            a == b || a.contains(&b) || b.contains(&a)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::same_directory;

    #[test]
    fn letter_case_and_a_header_still_loading_make_no_other_directory() {
        assert!(same_directory("Contoso (contoso.onmicrosoft.com)", "CONTOSO (CONTOSO.ONMICROSOFT.COM)"));
        assert!(same_directory("Contoso", "CONTOSO (CONTOSO.ONMICROSOFT.COM)"));
        assert!(!same_directory("Contoso (contoso.onmicrosoft.com)", "Contoso (contoso2.onmicrosoft.com)"));
        assert!(!same_directory("Contoso", "Fabrikam"));
    }
}
