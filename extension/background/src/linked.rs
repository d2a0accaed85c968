//! A run that began with a vendor's link. Who made the link is proved in the panel, which seals too; here are the values,
//! the check under the link's code, and what becomes of them after the hand-over.

use handrail_credential::Secret;
use handrail_messages::panel::{Command, ToPanel};
use handrail_messages::report::Refusal;

use crate::app::{App, Offer};
use crate::effect::Effect;
use crate::values;
use crate::walk::Walk;
use crate::words;

/// Where the salt of the last check lies among the secrets, in memory alone and wiped with them. No value has this id.
const SALT: &str = "/salt";

impl App {
    /// The panel proved the link that a tab shows: its guide is offered, for what the link is for. `own` is what it has in
    /// place of a secret.
    pub(crate) fn link_proved(
        &mut self,
        tab: Option<i32>,
        (guide, mode): (&str, &str),
        vendor: String,
        own: Vec<(String, String)>,
    ) {
        let Some(tab) = tab.filter(|tab| self.run_in(*tab).is_none()) else {
            return;
        };
        if let Err(refusal) = self.policy.vendor(&vendor) {
            // The link is out of the panel with this, and what it asks for is not offered.
            self.offers.insert(tab, Offer { notice: Some(refusal), ..Offer::default() });
            return;
        }
        let way = self.plans.way_of_link(guide, mode, &own);
        let plan = way.map(|way| way.plan.clone());
        if let Some(plan) = &plan {
            self.fetch(plan);
        }
        let Some(offer) = self.offers.get_mut(&tab).filter(|offer| offer.address.is_some()) else {
            return;
        };
        offer.link = Some(vendor);
        offer.own = own.into_iter().collect();
        offer.notice = plan.is_none().then(|| words::link_unknown_guide(guide));
        offer.guide = plan;
    }

    /// Puts a command off until the line of a vendor's own guide is there, which came with the link; true when it has to wait.
    pub(crate) fn waits_for_line(&mut self, guide: &str, port: u32, command: &Command) -> bool {
        let needed = self.plans.needs_line(guide);
        if let Some(name) = &needed {
            self.waiting.push((name.clone(), port, command.clone()));
            self.out.push(Effect::Plan { name: name.clone() });
        }
        needed.is_some()
    }

    /// Sends the values under the link's code, or says why not.
    pub(crate) fn check_link(&mut self, id: &str, code: &str, salt: String) -> Option<Refusal> {
        if self.walks.get(id)?.busy {
            return None;
        }
        let refusal = self.check_under(id, Some((code, &salt)));
        let walk = self.walks.get_mut(id)?;
        if refusal.is_none() {
            walk.secrets.insert(SALT.to_owned(), Secret::new(salt));
        }
        refusal
    }

    /// Gives the panel what was checked, to seal it.
    pub(crate) fn give_to_seal(&mut self, port: u32, id: &str) {
        let Some(walk) = self.walks.get(id) else {
            return;
        };
        if let Some(refusal) = self.barred(&walk.run) {
            return self.notice(port, Some(refusal));
        }
        match walk.to_seal() {
            Some(message) => self.answer(port, &message),
            None => self.notice(port, Some(words::check_again())),
        }
    }
}

impl Walk {
    /// Nothing while a check runs, and where the last one was not under the link.
    fn to_seal(&self) -> Option<ToPanel> {
        let report = self.run.report.as_ref().filter(|_| !self.busy)?.signed.clone()?;
        // EXPOSE: to a panel page of the extension, which seals it.
        let salt = self.secret(SALT)?.expose().to_owned();
        let wanted = self.plan.requirements.values.keys();
        let value = |id: &String| {
            let text = values::text_of(&self.run, &self.secrets, self.plan.value(id)?)?;
            Some((id.clone(), text.to_owned()))
        };
        let values = wanted.map(value).collect::<Option<Vec<_>>>()?;
        Some(ToPanel::ToSeal { values, salt, report, ends: self.renew_by() })
    }

    /// It was handed over: what is secret is wiped, and what was found out about it stays.
    pub(crate) fn handed_over_to(&mut self, vendor: String) {
        self.run.handed_over = Some(vendor);
        self.run.retry_at = None;
        self.secrets.clear();
        self.restand();
    }
}
