//! What is done about the vendor's link while the panel is open: its sender is proved and remembered, the vendor is told of
//! the steps, and what was checked is sealed and sent.

use std::cell::RefCell;

use handrail_credential::Secret;
use handrail_customer::Values;
use handrail_handover::EndDate;
use handrail_messages::panel::Command;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use crate::page::{STATE, document, draw, send};
use crate::state::{State, is_day};
use crate::{desk, vendors};

thread_local! {
    /// The link that is being looked at.
    static PROVING: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does what a new view asks for.
pub(crate) fn heard() {
    prove();
    again();
    remember();
    tell();
}

/// Tells the vendor which step this is at, where the admin agreed.
pub(crate) fn tell() {
    let told = STATE.with_borrow_mut(|state| state.link.as_mut()?.next_to_tell(state.view.as_ref()?));
    if let Some((address, body)) = told {
        spawn_local(async move { desk::tell(&address, &body).await });
    }
}

/// Finds out who made the link that came with the view.
fn prove() {
    if let Some(address) = STATE.with_borrow(State::unproved) {
        find_out(address, None);
    }
}

/// Offers the guide of a link that comes back into view, and asks how far the vendor is by now.
fn again() {
    let offered = STATE.with_borrow_mut(|state| {
        let link = state.link.as_mut()?;
        std::mem::take(&mut link.is_back).then(|| link.proved())?
    });
    if let Some(offered) = offered {
        send(&offered);
        look();
    }
}

/// The same once more, by the fingerprint that was entered.
pub(crate) fn compare(state: &State) {
    let field = document().and_then(|d| d.get_element_by_id("fingerprint"));
    let told = field.and_then(|f| f.dyn_into::<HtmlInputElement>().ok()).map(|field| field.value());
    if let (Some(link), Some(told)) = (&state.link, told) {
        find_out(link.address.clone(), Some(told));
    }
}

fn find_out(address: String, told: Option<String>) {
    if PROVING.with_borrow(|proving| *proving == address) {
        return;
    }
    PROVING.with_borrow_mut(|proving| proving.clone_from(&address));
    spawn_local(async move {
        let proved = desk::prove(&address, told.as_deref()).await;
        PROVING.with_borrow_mut(String::clear);
        let offered = STATE.with_borrow_mut(|state| {
            let link = state.link.as_mut().filter(|link| link.address == address)?;
            match proved {
                Ok(asked) => (link.asked, link.trouble) = (Some(asked), None),
                Err(why) => link.refuse(why, told.is_some()),
            }
            link.proved()
        });
        if let Some(offered) = offered {
            send(&offered);
        }
        draw();
    });
}

/// Remembers the sender's keys, once it is seen that the link is right in everything else.
fn remember() {
    let known = STATE.with_borrow_mut(|state| state.link.as_mut()?.next_to_remember(state.view.as_ref()?));
    if let Some((domain, known)) = known {
        vendors::remember(&domain, &known);
    }
}

/// Asks the service how far the vendor is with what was handed over.
pub(crate) fn look() {
    spawn_local(async {
        let shown = STATE.with_borrow(|state| {
            let link = state.link.as_ref()?;
            Some((link.address.clone(), link.asked.clone()?))
        });
        let Some((address, asked)) = shown else { return };
        let found = desk::look(&asked).await;
        STATE.with_borrow_mut(|state| {
            let known = state.link_at(&address).and_then(|link| link.asked.as_mut());
            if let (Some(known), Some(found)) = (known, found) {
                known.looked(found);
            }
        });
        draw();
    });
}

/// Seals what was checked and sends it. The values are gone with this call.
pub(crate) fn seal(
    state: &mut State,
    values: Vec<(String, String)>,
    salt: &str,
    report: &str,
    ends: Option<String>,
) {
    let run = state.run_id().unwrap_or_default().to_owned();
    let Some(link) = state.link.as_mut().filter(|link| !link.sending) else { return };
    let Some(asked) = link.asked.as_mut() else { return };
    asked.reported_with(report, salt);
    let mut sealed = Values::new();
    for (id, text) in values {
        sealed.insert(id, Secret::new(text));
    }
    let ends = ends.filter(|day| is_day(day)).map(|date| EndDate { date, how: "read".to_owned() });
    let Some(body) = asked.body(sealed, ends, desk::now(), &mut desk::fill) else { return };
    let (asked, address) = (asked.clone(), link.address.clone());
    link.sending = true;
    link.trouble = None;
    spawn_local(async move {
        let (status, text) = desk::hand_over(&asked, &body).await;
        let done = STATE.with_borrow_mut(|state| {
            // Another tab may be in front by now.
            let link = state.link_at(&address)?;
            link.sending = false;
            let asked = link.asked.as_mut()?;
            match asked.handed_over(status, &text) {
                Ok(()) => Some(Command::HandedOver { vendor: asked.domain().to_owned(), run }),
                Err(why) => {
                    link.trouble = Some(why);
                    None
                }
            }
        });
        if let Some(done) = done {
            send(&done);
            look();
        }
        draw();
    });
}

/// Code and salt of a check under the link. A new salt: what was found before counts no more.
pub(crate) fn under_link() -> Option<(String, String)> {
    STATE.with_borrow_mut(|state| {
        let asked = state.link.as_mut()?.asked.as_mut()?;
        let mut random = [0; 32];
        desk::fill(&mut random);
        let salt = asked.checking(random);
        Some((asked.link.claims.jti.clone(), salt))
    })
}
