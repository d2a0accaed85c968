//! The directory a run belongs to: locked at the first look, and the run stops when the tab shows another.

use handrail_messages::panel::Standing;

use crate::conditions::normal;
use crate::index::{DIRECTORY, Index};
use crate::portals;
use crate::values;
use crate::walk::Walk;

impl Walk {
    /// What the tab's own header says; a frame cannot speak for it.
    fn header(&self) -> Option<String> {
        let number = Index::new(&self.plan).control(DIRECTORY)?;
        let text = normal(&self.frames.top_text(number)?);
        (!text.is_empty()).then_some(text)
    }

    /// The tab is at this address. If it names a tenant, another one than at the beginning stops the run, unless the page's header
    /// says better.
    pub(crate) fn tenant_of_tab(&mut self, url: &str) {
        url.clone_into(&mut self.address);
        let Some(tenant) = portals::tenant_in(url) else {
            return;
        };
        let header = self.header();
        match &self.run.url_tenant {
            None => self.run.url_tenant = Some(tenant),
            Some(was) if *was != tenant && header.as_deref().and_then(values::domain_in).is_none() => {
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
        let Some(text) = self.header() else {
            return;
        };
        match &self.run.directory {
            None => self.run.directory = Some(text),
            Some(was) if same_directory(was, &text) => {
                if values::domain_in(was).is_none() && values::domain_in(&text).is_some() {
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

/// Whether two readings of the header name one directory: the same domain; the same words where neither has one; the
/// same name before the domain where only one has it.
fn same_directory(a: &str, b: &str) -> bool {
    let name = |d: &str| d.rsplit_once('(').map_or(d, |(name, _)| name).trim().to_lowercase();
    match (values::domain_in(a), values::domain_in(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.to_lowercase() == b.to_lowercase(),
        (Some(_), None) => name(a) == b.trim().to_lowercase(),
        (None, Some(_)) => a.trim().to_lowercase() == name(b),
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
        assert!(!same_directory("Contoso", "Contoso Test"));
        assert!(!same_directory("Contoso", "Contoso Test (contoso.onmicrosoft.com)"));
        assert!(!same_directory("St.Gallen AG (a.onmicrosoft.com)", "St.Gallen AG (b.onmicrosoft.com)"));
    }
}
