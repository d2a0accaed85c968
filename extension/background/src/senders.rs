//! Who sent a message. Commands are taken from the extension's own panel page alone.

/// What the browser says about a sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sender {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) tab: Option<i32>,
    /// 0 for the tab's own document.
    pub(crate) frame: i64,
    pub(crate) document: String,
}

/// Who that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// The extension's panel.
    Panel,
    /// Our content script in a frame of this tab.
    Frame { tab: i32 },
    /// Nobody we listen to.
    Stranger,
}

/// Tells senders apart. `own` is the extension's id, `base` the address its pages begin with.
pub(crate) fn who(sender: &Sender, own: &str, base: &str) -> Who {
    if sender.id != own || base.is_empty() {
        return Who::Stranger;
    }
    if let Some(path) = sender.url.strip_prefix(base) {
        let page = path.split(['?', '#']).next().unwrap_or_default();
        return if page == "panel.html" { Who::Panel } else { Who::Stranger };
    }
    match sender.tab {
        Some(tab)
            if !sender.url.starts_with("chrome-extension:") && !sender.url.starts_with("moz-extension:") =>
        {
            Who::Frame { tab }
        }
        _ => Who::Stranger,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "chrome-extension://abc/";

    fn sender(id: &str, url: &str, tab: Option<i32>) -> Who {
        who(&Sender { id: id.into(), url: url.into(), tab, ..Sender::default() }, "abc", BASE)
    }

    #[test]
    fn only_the_own_panel_page_is_the_panel() {
        assert_eq!(sender("abc", "chrome-extension://abc/panel.html?tab=3", None), Who::Panel);
        assert_eq!(sender("abc", "chrome-extension://abc/panel.html", Some(7)), Who::Panel);
        assert_eq!(sender("abc", "chrome-extension://abc/other.html", None), Who::Stranger);
        assert_eq!(sender("xyz", "chrome-extension://abc/panel.html", None), Who::Stranger);
        assert_eq!(sender("abc", "chrome-extension://xyz/panel.html", Some(1)), Who::Stranger);
    }

    #[test]
    fn a_page_cannot_pass_for_the_panel() {
        assert_eq!(sender("abc", "https://portal.azure.com/panel.html", Some(1)), Who::Frame { tab: 1 });
        assert_eq!(
            sender("abc", "https://evil.example/?chrome-extension://abc/panel.html", Some(1)),
            Who::Frame { tab: 1 }
        );
        assert_eq!(sender("abc", "https://portal.azure.com/", None), Who::Stranger);
        assert_eq!(sender("", "chrome-extension://abc/panel.html", None), Who::Stranger);
    }
}
