//! What the panel may ask of the background: a closed list.

use handrail_json::{FromJson, ToJson};

/// What the admin does in the panel.
#[derive(Clone, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// The panel is open for this tab (none: the active one).
    Hello {
        /// The tab.
        tab: Option<i32>,
    },
    /// Show the approval sheet of a guide.
    Offer {
        /// Guide id.
        guide: String,
    },
    /// Back to the list of guides.
    Home,
    /// The sheet was approved: begin.
    Start {
        /// Guide id.
        guide: String,
        /// `azure` or `entra`.
        portal: String,
    },
    /// Take a run up again in this tab.
    Adopt {
        /// Run id.
        run: String,
    },
    /// One step back.
    Back,
    /// Go on without waiting for the page.
    Next,
    /// The admin says it is so.
    Confirm,
    /// The other answer of the current decision.
    Choose,
    /// Go to this step.
    GoTo {
        /// Step id.
        step: String,
    },
    /// Go to this step to mend what the check found.
    Mend {
        /// Step id.
        step: String,
    },
    /// Pause.
    Pause,
    /// Go on after a pause or a stop.
    Resume,
    /// End the run and wipe what was collected.
    Cancel,
    /// Begin again from the first step.
    Restart,
    /// Open the step's page in the tab.
    OpenPage,
    /// A value was pasted.
    Paste {
        /// Value id.
        value: String,
        /// What was pasted.
        text: String,
    },
    /// Take the correction that was offered.
    UseSuggestion {
        /// Value id.
        value: String,
        /// Which of those offered, from 0.
        n: usize,
    },
    /// Keep the value in spite of what was found.
    UseAnyway {
        /// Value id.
        value: String,
    },
    /// Drop a value.
    Forget {
        /// Value id.
        value: String,
    },
    /// Send the value in clear to this panel.
    Reveal {
        /// Value id.
        value: String,
    },
    /// Send the hand-over lines in clear to this panel.
    RevealHandOver,
    /// Send the current step's file, filled, to this panel.
    SaveFile,
    /// Values may be sent to this origin.
    ApproveOrigin {
        /// The origin, as printed.
        origin: String,
    },
    /// Take an approval back.
    ForgetOrigin {
        /// The origin.
        origin: String,
    },
    /// Use this origin for the run's checks.
    ChooseOrigin {
        /// The origin.
        origin: String,
    },
    /// Whether values are read from the page by themselves.
    ReadPage {
        /// On or off.
        on: bool,
    },
    /// Read the current step's values from the page now.
    Read,
    /// Run the check.
    Check,
    /// The vendor's link that the tab shows was proved: offer its guide.
    LinkProved {
        /// Guide id.
        guide: String,
        /// `run`, `renew` or `remove`.
        mode: String,
        /// The proved domain.
        vendor: String,
        /// What the link has in place of a secret, by name: issuer and subject of a federated credential, or
        /// the address of a consent.
        own: Vec<(String, String)>,
    },
    /// Run the check under a link, so that its report can be handed over.
    CheckLink {
        /// The link's code.
        code: String,
        /// Salt of the report's commitment to the values.
        salt: String,
    },
    /// Send this panel what it seals: the values that were checked.
    Seal,
    /// What was sealed was handed over.
    HandedOver {
        /// The domain that can open it.
        vendor: String,
        /// The run it is from: where one panel is for all tabs, another may be shown by now.
        run: String,
    },
    /// Keep which locator found what, on this machine, or no longer.
    KeepHealth {
        /// From now on.
        on: bool,
    },
    /// Forget the guide-health records.
    ClearHealth,
    /// Have an old secret tried, to prove that it is rejected.
    Prove {
        /// The old secret.
        text: String,
        /// The vendor's link it is tried under, where there is one: its code, and a salt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<(String, String)>,
    },
    /// Go on with another credential.
    Switch {
        /// Name of the plan.
        plan: String,
    },
    /// Something was undone, or was not after all.
    Undone {
        /// Run id.
        run: String,
        /// Which item.
        item: String,
        /// Undone or not.
        on: bool,
    },
    /// Send the record of a run to this panel.
    SaveRecord {
        /// Run id.
        run: String,
        /// `markdown`, `json`, or `copy` for Markdown on the clipboard.
        form: String,
    },
    /// Forget a record.
    ForgetRecord {
        /// Run id.
        run: String,
    },
    /// Send this panel what a colleague needs to go on with the run.
    HandRun,
    /// Go on with a run that a colleague handed over.
    TakeOver {
        /// What the colleague sent.
        text: String,
    },
}

impl std::fmt::Debug for Command {
    /// Without what it carries, which may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Command(…)")
    }
}
