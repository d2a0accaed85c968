//! The vendor's link in the panel: who asks, proved here and not by the service; the sealed hand-over; the receipt.

use std::collections::BTreeSet;

use handrail_customer::{Asked, Trouble};
use handrail_handover::{Known, refusal};
use handrail_messages::panel::{Command, RunView, Screen, View, Way};
use handrail_messages::report::Verdict;
use handrail_ui::{Node, button, el, fingerprint, how_far, kept, keys_known, own_label, picture};
use handrail_words::{checks, say};
use serde_json::{Value, json};

use crate::own;
use crate::state::State;

/// What the panel knows of a link. Plain values pass through on their way into the seal and are not kept.
#[derive(Clone, Default)]
pub(crate) struct Link {
    /// Where it was opened.
    pub(crate) address: String,
    /// The proved link.
    pub(crate) asked: Option<Asked>,
    /// The vendor's keys are not those that were seen before: its fingerprint is asked for. True where the one that was
    /// entered last is another.
    pub(crate) fingerprint: Option<bool>,
    /// The vendor's keys are remembered as they are now.
    pub(crate) is_remembered: bool,
    /// Why it may not be used, or why the hand-over did not go through.
    pub(crate) trouble: Option<Trouble>,
    /// A hand-over is on its way.
    pub(crate) sending: bool,
    /// It comes back into view: another tab was in front.
    pub(crate) is_back: bool,
    /// The admin agreed that the vendor is told which step this is at.
    pub(crate) shares: bool,
    /// The step that was told last.
    pub(crate) told: String,
    /// Dangerous permissions of the vendor's own guide that were ticked.
    pub(crate) ticked: BTreeSet<String>,
}

impl Link {
    /// Where the vendor is told of the step the run is at, and the words: once each, and only where the admin agreed.
    pub(crate) fn next_to_tell(&mut self, view: &View) -> Option<(String, Value)> {
        let (Some(asked), Screen::Run(run), true) = (&self.asked, &view.screen, self.shares) else {
            return None;
        };
        if run.check.barred.is_some() {
            return None;
        }
        let card = run.card.as_ref().filter(|card| card.step != self.told)?;
        self.told.clone_from(&card.step);
        let claims = &asked.link.claims;
        let body = json!({"step": card.step, "number": card.n, "of": run.steps.len()});
        Some((format!("{}/api/links/{}/progress", claims.aud, claims.jti), body))
    }

    /// What the background is told of a proved link: what for, whose, and what it has in place of a secret.
    pub(crate) fn proved(&self) -> Option<Command> {
        let claims = &self.asked.as_ref()?.link.claims;
        let own = [("issuer", &claims.issuer), ("subject", &claims.subject), ("consent", &claims.consent)];
        let own = own.into_iter().filter_map(|(id, text)| Some((id.to_owned(), text.clone()?)));
        let (guide, mode) = (claims.guide.clone(), claims.mode.clone());
        Some(Command::LinkProved { guide, mode, vendor: claims.iss.clone(), own: own.collect() })
    }

    /// The link may not be used; `is_told`: a fingerprint was entered. Once it is asked for it is, whatever else is in the way.
    pub(crate) fn refuse(&mut self, why: Trouble, is_told: bool) {
        let is_changed = why.code == refusal::KEYS_CHANGED.code;
        self.fingerprint = if is_changed { Some(is_told) } else { self.fingerprint.map(|_| false) };
        self.trouble = Some(why);
    }

    /// Whose keys are to be remembered, and which: once, and only when the sheet shows that everything else is right too.
    pub(crate) fn next_to_remember(&mut self, view: &View) -> Option<(String, Known)> {
        let (Some(asked), Screen::Sheet(sheet), false) = (&self.asked, &view.screen, self.is_remembered)
        else {
            return None;
        };
        self.is_remembered = asked.link.claims.guide == sheet.guide && asked.may_use(&sheet.domains).is_ok();
        self.is_remembered.then(|| (asked.domain().to_owned(), asked.known.clone()))
    }

    /// Whether something was handed over under it from here.
    pub(crate) fn has_receipt(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| !asked.receipt().is_empty())
    }

    /// Whether the way that is shown makes a secret, and the link asks for none.
    fn makes_too_much(&self, view: &View) -> bool {
        let (Some(asked), Screen::Sheet(sheet)) = (&self.asked, &view.screen) else { return false };
        let federated = !asked.own().is_empty();
        let is_meant = |way: &Way| way.plan == sheet.plan && way.credential.is_some() == federated;
        asked.is_proved_afterwards()
            && sheet.mode != "remove"
            && !sheet.ways.iter().any(|way| way.linked && is_meant(way))
    }

    /// Whether the guide that is shown is another version of it than the link was made for.
    fn is_for_another(&self, view: &View) -> bool {
        let digest = match &view.screen {
            Screen::Sheet(sheet) => &sheet.digest,
            Screen::Run(run) => &run.record.digest,
            Screen::Home => return false,
        };
        self.asked.as_ref().is_some_and(|asked| asked.link.claims.is_for_another(digest))
    }

    /// Whether the guide that is shown is another vendor's. Known as soon as the sheet is.
    fn is_stranger(&self, view: &View) -> bool {
        match (&self.asked, &view.screen) {
            (Some(asked), Screen::Sheet(sheet)) => asked.may_use(&sheet.domains).is_err(),
            _ => false,
        }
    }
}

/// Whether nothing may be begun: there is a link, and its sender is not proved or is a stranger to the guide. A guide that came
/// with a link is begun under that link alone.
pub(crate) fn blocks(state: &State, view: &View) -> bool {
    if let Screen::Sheet(sheet) = &view.screen
        && own::is_own(sheet)
    {
        let asked = state.link.as_ref().and_then(|link| link.asked.as_ref());
        if asked.is_none_or(|asked| asked.link.claims.guide != sheet.guide) {
            return true;
        }
    }
    state
        .link
        .as_ref()
        .is_some_and(|link| link.asked.is_none() || link.is_stranger(view) || link.makes_too_much(view))
}

/// Who asks, above everything else.
pub(crate) fn sender(state: &State, view: &View) -> Option<Node> {
    let link = state.link.as_ref()?;
    let part = el("section")
        .attr("data-part", "sender")
        .attr("data-key", "sender")
        .attr("aria-label", say!("link-made-by"));
    let Some(asked) = &link.asked else {
        return Some(match &link.trouble {
            Some(why) => part.child(trouble(why)).maybe(link.fingerprint.map(fingerprint)),
            None => part.child(el("p").class("small").attr("role", "status").say(say!("link-loading"))),
        });
    };
    Some(
        part.child(el("p").class("small").say(say!("link-made-by")))
            .child(
                el("p")
                    .class("asker")
                    .maybe(asked.link.logo.as_deref().map(picture))
                    .child(el("strong").attr("data-domain", asked.domain()).say(asked.domain())),
            )
            .child(el("p").class("small").say(say!("link-proved")))
            .child(
                el("p")
                    .class("small")
                    .attr("data-part", "keys")
                    .say(keys_known(asked.known_since().as_deref(), asked.is_told())),
            )
            .maybe(matches!(&view.screen, Screen::Run(run) if run.check.barred.is_none()).then(|| {
                let vendor = asked.domain();
                let label = if link.shares {
                    say!("link-share-not", vendor = vendor)
                } else {
                    say!("link-share", vendor = vendor)
                };
                button("share", label).class("link-button").attr("aria-pressed", link.shares.to_string())
            }))
            .maybe((asked.taken || link.has_receipt() && !matches!(view.screen, Screen::Run(_))).then(|| {
                let note = el("p").class("note").attr("data-part", "progress");
                let kept = asked.kept_until().map(|day| kept(&day)).unwrap_or_default();
                let far = how_far(&asked.standing, asked.proof.parts());
                let told = if asked.taken {
                    say!("link-taken")
                } else {
                    say!("link-handed-over", vendor = asked.domain())
                };
                note.say(format!("{told} {far} {kept}").trim_end())
            }))
            .maybe(link.is_stranger(view).then(|| trouble(&refusal::STRANGER.into())))
            .maybe(link.is_for_another(view).then(|| {
                let note = el("p").class("note").attr("role", "alert").attr("data-part", "another-guide");
                note.say(say!("link-another-guide"))
            }))
            .children(asked.own().into_iter().map(own))
            .children(asked.consent().map(consent))
            .maybe(link.makes_too_much(view).then(|| trouble(&no_secret()))),
    )
}

/// A value of the vendor's issuer, to be entered in the portal.
fn own((id, value): (&str, &str)) -> Node {
    el("p")
        .class("small")
        .say(format!("{}: ", own_label(id)))
        .child(el("code").attr("data-own", id).say(value))
}

/// The page at Microsoft where the vendor's own app is agreed to, by the address that is this link's alone.
fn consent(address: &str) -> Node {
    let link = el("a").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer");
    el("p")
        .class("small")
        .say(format!("{} ", say!("link-consent")))
        .child(link.attr("data-own", "consent").say(say!("consent-link")))
}

fn no_secret() -> Trouble {
    Trouble { what: say!("link-no-secret"), next: say!("link-no-secret.next"), ..Trouble::default() }
}

fn trouble(why: &Trouble) -> Node {
    let (what, next) = if *why == Trouble::default() {
        (say!("link-no-answer"), say!("link-no-answer.next"))
    } else {
        checks::refusal(&why.code, &why.what, &why.next)
    };
    el("div")
        .class("box bad")
        .attr("role", "alert")
        .attr("data-part", "link-trouble")
        .child(el("p").class("what").mark(&what))
        .child(el("p").class("next").mark(&next))
}

/// The hand-over in one press, once the report permits it; then the receipt.
pub(crate) fn hand_over(state: &State, run: &RunView) -> Option<Node> {
    let link = state.link.as_ref()?;
    let part = el("section").attr("data-part", "seal").attr("data-key", "seal");
    if let Some(vendor) = &run.handed_over {
        return Some(part.child(done(link, vendor)));
    }
    let asked = link.asked.as_ref()?;
    let permits =
        run.check.report.as_ref().is_some_and(|r| r.signed.is_some() && r.verdict != Verdict::Failed);
    if !permits || asked.taken || run.check.barred.is_some() {
        return None;
    }
    let domain = asked.domain();
    let label = if link.sending { say!("handing-over") } else { say!("hand-over-to", vendor = domain) };
    Some(
        part.child(el("h2").say(say!("hand-over")))
            .child(el("p").say(say!("link-sealed", vendor = domain, origin = &asked.link.claims.aud)))
            .child(
                button("seal", label).class("primary wide").flag("disabled", link.sending || run.check.busy),
            )
            .maybe(link.trouble.as_ref().map(trouble)),
    )
}

fn done(link: &Link, vendor: &str) -> Node {
    let asked = link.asked.as_ref().filter(|_| link.has_receipt());
    let keep = |asked: &Asked| {
        let progress = el("p").attr("data-part", "progress").attr("role", "status");
        el("div")
            .child(el("p").class("next").say(say!("receipt-keep")))
            .child(button("save-receipt", say!("receipt-save")).class("primary"))
            .child(progress.say(how_far(&asked.standing, asked.proof.parts())))
            .maybe(asked.kept_until().map(|day| el("p").class("small").say(kept(&day))))
            .child(button("look", say!("link-look")).class("small-button"))
    };
    el("div")
        .class("box good")
        .attr("data-part", "receipt")
        .maybe_attr("data-receipt", asked.map(Asked::receipt))
        .child(el("p").class("what").say(say!("link-handed-over", vendor = vendor)))
        .maybe(asked.map(keep))
}

#[cfg(test)]
mod tests {
    use handrail_customer::Look;
    use handrail_handover::{
        Code, LINK_TYPE, LinkClaims, Reader, Signing, VendorDocument, VendorKey, WorkerEntry, fingerprint_of,
    };
    use handrail_json::{from_str, to_string};
    use handrail_messages::panel::{SheetView, ToPanel};
    use handrail_messages::report::Report;

    use super::*;
    use crate::ways::tests::sheet;

    const ORIGIN: &str = "https://w.example";

    /// A link of v.example, proved.
    fn proved(claims: LinkClaims) -> Asked {
        let (key, code, reader) = (Signing::from_seed([1; 32]), Code::from_random([3; 17]), "age1first");
        let document = VendorDocument {
            handrail: 1,
            domain: "v.example".into(),
            name: "V".into(),
            keys: vec![VendorKey { jwk: key.public().jwk(), until: None, voucher: None }],
            recipients: vec![Reader { age: reader.into(), name: String::new(), until: None }],
            workers: vec![WorkerEntry { origin: ORIGIN.into(), keys: Vec::new() }],
            support: None,
            logo: None,
        };
        let claims = LinkClaims {
            iss: document.domain.clone(),
            aud: ORIGIN.into(),
            jti: code.to_string(),
            exp: 10,
            recipients: vec![fingerprint_of(reader)],
            ..claims
        };
        let token = key.token(LINK_TYPE, &claims).unwrap();
        let look = Look::read(200, &json!({"token": token, "version": 0}).to_string()).unwrap();
        look.prove(&json!(document).to_string(), &code, ORIGIN, 5, None, None).unwrap()
    }

    #[test]
    fn nothing_is_begun_or_told_before_the_sender_is_proved() {
        let view = View { screen: Screen::Run(Box::default()), link: Some("x".into()), ..View::default() };
        let mut state = State::default();
        assert!(!blocks(&state, &view), "without a link there is nobody to prove");
        state.take(view.clone());
        assert!(blocks(&state, &view));
        assert_eq!(state.unproved().as_deref(), Some("x"));
        let link = state.link.as_mut().unwrap();
        link.shares = true;
        assert_eq!(link.next_to_tell(&view), None);
        link.trouble = Some(Trouble { code: "x".into(), what: "Forged.".into(), next: "Stop.".into() });
        assert_eq!(state.unproved(), None, "a refusal stands until the link is opened again");
        assert!(format!("{:?}", sender(&state, &view)).contains("Forged."));
        assert_eq!(hand_over(&state, &RunView::default()), None);
    }

    #[test]
    fn what_the_background_says_is_read() {
        let mut run = RunView { edition: 7, ..RunView::default() };
        run.check.retry_at = Some(1.5);
        run.check.report =
            Some(Report { signed: Some("x".into()), retry_after: Some(30.0), ..Report::default() });
        let view = View { screen: Screen::Run(Box::new(run)), link: Some("x".into()), ..View::default() };
        let values = vec![("client-id".to_owned(), "x".to_owned())];
        let seal = ToPanel::ToSeal { values, salt: "s".into(), report: "r".into(), ends: None };
        for message in [ToPanel::View(Box::new(view)), seal, ToPanel::Fell, ToPanel::Wake] {
            let json = to_string(&message);
            assert!(from_str::<ToPanel>(&json) == Ok(message), "{json}");
        }
    }

    #[test]
    fn a_link_without_a_secret_is_begun_by_its_own_way_alone() {
        let asked = |change: fn(&mut LinkClaims)| {
            let mut link = LinkClaims::default();
            change(&mut link);
            proved(link)
        };
        let way = |plan: &str, credential: Option<&str>, linked: bool| Way {
            plan: plan.into(),
            credential: credential.map(str::to_owned),
            linked,
            ..Way::default()
        };
        let ways = [
            way("g", Some("secret"), false),
            way("g.run.link", Some("federated"), true),
            way("g.run.consent", None, true),
        ];
        let begun = |asked: &Asked| {
            let link = Link { asked: Some(asked.clone()), ..Link::default() };
            ways.clone().map(|way| {
                let sheet = SheetView { plan: way.plan.clone(), ways: vec![way], ..sheet() };
                !link.makes_too_much(&View { screen: Screen::Sheet(Box::new(sheet)), ..View::default() })
            })
        };
        assert_eq!(begun(&asked(|_| {})), [true; 3]);
        let federated = asked(|link| {
            (link.issuer, link.subject) = (Some("https://v.example/i".into()), Some("s".into()));
        });
        assert_eq!(begun(&federated), [false, true, false]);
        let consent = asked(|link| link.consent = Some("https://login.microsoftonline.com/x".into()));
        assert_eq!(begun(&consent), [false, false, true]);
    }

    #[test]
    fn keys_are_remembered_once_the_sheet_of_the_link_s_guide_shows_that_the_vendor_may_use_it() {
        let asked = proved(LinkClaims { guide: "g".into(), ..LinkClaims::default() });
        let mut link = Link { asked: Some(asked.clone()), ..Link::default() };
        let mut remembered = |guide: &str, domain: &str| {
            let sheet = SheetView { guide: guide.into(), domains: vec![domain.into()], ..sheet() };
            link.next_to_remember(&View { screen: Screen::Sheet(Box::new(sheet)), ..View::default() })
        };
        assert_eq!(remembered("g", "stranger.example"), None);
        assert_eq!(remembered("another", "v.example"), None);
        assert_eq!(remembered("g", "v.example"), Some(("v.example".to_owned(), asked.known)));
        assert_eq!(remembered("g", "v.example"), None, "once");
    }

    #[test]
    fn a_fingerprint_is_asked_for_where_the_keys_are_others_and_then_whatever_else_is_in_the_way() {
        let mut link = Link::default();
        let mut refused = |why: Trouble, is_told: bool| {
            link.refuse(why, is_told);
            let state = State { link: Some(link.clone()), ..State::default() };
            sender(&state, &View::default()).unwrap().to_html()
        };
        assert!(!refused(refusal::LINK_FORGED.into(), false).contains("fingerprint"));
        let html = refused(refusal::KEYS_CHANGED.into(), false);
        assert!(html.contains(r#"id="fingerprint""#) && !html.contains("mistold"), "{html}");
        assert!(refused(refusal::KEYS_CHANGED.into(), true).contains(r#"aria-describedby="mistold""#));
        let html = refused(Trouble::default(), true);
        assert!(html.contains(r#"id="fingerprint""#) && !html.contains("mistold"), "{html}");
    }

    #[test]
    fn another_link_begins_anew() {
        let mut state = State::default();
        let shown = |address: &str| View { link: Some(address.to_owned()), ..View::default() };
        state.take(shown("one"));
        state.link.as_mut().unwrap().sending = true;
        state.take(shown("one"));
        assert!(state.link.as_ref().unwrap().sending);
        state.take(shown("two"));
        assert!(!state.link.as_ref().unwrap().sending);
        state.take(View::default());
        assert!(state.link.is_none());
        // What is on its way under the first is not lost with it.
        state.link_at("one").unwrap().trouble = Some(Trouble::default());
        assert!(state.link_at("two").is_none());
        state.take(shown("one"));
        assert!(
            state.link.as_ref().is_some_and(|link| link.sending && link.trouble.is_some() && link.is_back)
        );
    }
}
