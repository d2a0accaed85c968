//! What the run machine wants done outside: messages, storage, the browser, one network call.

use handrail_credential::Secret;
use handrail_messages::agent::ToAgent;

/// Something for the browser bindings to carry out, in order.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// A message to a frame.
    Agent { port: u32, message: ToAgent },
    /// A message to a panel, as JSON; it may hold a value that was asked for.
    Panel { port: u32, json: Secret },
    /// Refuse a connection.
    Close { port: u32 },
    /// Write to the storage that survives the browser.
    Save { key: String, json: String },
    /// Remove from it.
    Remove { key: String },
    /// Write to the memory-only storage.
    Keep { key: String, json: Secret },
    /// Remove from it.
    Drop { key: String },
    /// Register the content scripts and bring them into the tab; where the tab is not in this address's portal, open it.
    Enter { tab: i32, url: String },
    /// See whether the browser lets the agent into the tab, and bring it in where it is at a portal.
    Reach { tab: i32 },
    /// Bring the agent into one document.
    Boot { tab: i32, document: String, wasm: bool },
    /// Tell all frames of a tab to leave, also those not connected.
    Leave { tab: i32 },
    /// Tell all frames of a tab to connect again, and bring the agent where the background that stopped was still bringing it.
    WakeTab { tab: i32 },
    /// Tell all panels to connect again.
    WakePanels,
    /// Take the content scripts back.
    Unregister,
    /// Open an address in a tab.
    Navigate { tab: i32, url: String },
    /// Fetch the file of a plan.
    Plan { name: String },
    /// Ask the checking service.
    Check { run: String, origin: String, edition: u64, proof: bool, body: Secret },
    /// Call again after this many milliseconds.
    Later { ms: u32 },
    /// Have the browser call every few minutes, or no longer.
    Alarm { on: bool },
}
