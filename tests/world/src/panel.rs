//! The side panel, used the way a person uses it: looked at, pressed, pasted into.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;

use crate::browser::Page;
use crate::wait::{LONG, SHORT, until};

/// The extension's side panel.
#[derive(Clone)]
pub struct Panel {
    /// The page it is.
    pub page: Page,
}

/// What the panel says about itself, in one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Stand {
    /// Which screen: `home`, `sheet`, `steps`, `stopped`, `finished`.
    pub view: String,
    /// The current step.
    pub step: String,
    /// `running`, `paused`, `other-directory`, `finished`.
    pub standing: String,
    /// `looking`, `ring`, `words`, `several`, `here`.
    pub pointing: String,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CheckLine {
    /// Stable id.
    pub id: String,
    /// Code of what was found.
    pub code: String,
    /// `passed`, `failed`, `pending`, `could-not-tell`.
    pub verdict: String,
    /// Its words.
    pub text: String,
}

/// The report as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReportShown {
    /// Verdict over everything.
    pub verdict: String,
    /// Its lines.
    pub checks: Vec<CheckLine>,
    /// All its words.
    pub text: String,
}

impl ReportShown {
    /// The lines with a verdict.
    #[must_use]
    pub fn with(&self, verdict: &str) -> Vec<&CheckLine> {
        self.checks.iter().filter(|c| c.verdict == verdict).collect()
    }
}

impl Panel {
    /// How it stands.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn stand(&self) -> Result<Stand> {
        let script = "(({ view, step, standing, pointing }) => ({ view, step, standing, pointing }))(document.body.dataset)";
        let mut stand = self.page.evaluate(script)?;
        if let Some(fields) = stand.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        Ok(serde_json::from_value(stand)?)
    }

    /// Waits until it stands as wanted.
    ///
    /// # Errors
    /// When it does not in time; says how it stands instead.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&Stand) -> bool) -> Result<Stand> {
        let mut last = Stand::default();
        let found = until(what, LONG, || {
            last = self.stand()?;
            Ok(wanted(&last).then(|| last.clone()))
        });
        found.with_context(|| {
            format!("the panel stands at {last:?} and says: {}", self.words().unwrap_or_default())
        })
    }

    /// All its words.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn words(&self) -> Result<String> {
        self.text_of("body")
    }

    /// The words of one of its parts; empty when it is not there.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn part(&self, name: &str) -> Result<String> {
        self.text_of(&format!("[data-part='{name}']"))
    }

    /// The words of the first element with a selector.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn text_of(&self, selector: &str) -> Result<String> {
        let script = format!("document.querySelector({})?.innerText.trim() ?? ''", json!(selector));
        Ok(self.page.evaluate(&script)?.as_str().unwrap_or_default().to_owned())
    }

    /// Whether an element with this selector is shown.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn shows(&self, selector: &str) -> Result<bool> {
        let script = format!(
            "[...document.querySelectorAll({})].some(e => e.getClientRects().length > 0 && !e.disabled)",
            json!(selector)
        );
        Ok(self.page.evaluate(&script)? == json!(true))
    }

    /// Presses a button by what it does.
    ///
    /// # Errors
    /// When it does not show in time.
    pub fn press(&self, act: &str) -> Result<()> {
        self.press_selector(&format!("[data-act='{act}']:not(:disabled)"))
    }

    /// Presses an element by selector.
    ///
    /// # Errors
    /// When it does not show in time.
    pub fn press_selector(&self, selector: &str) -> Result<()> {
        self.page.press_top(selector).with_context(|| {
            format!(
                "in the panel ({:?}), which says: {}",
                self.stand().ok(),
                self.words().unwrap_or_default()
            )
        })
    }

    /// Chooses Handrail's language in the settings, and waits until it is spoken.
    ///
    /// # Errors
    /// When the settings do not offer it.
    pub fn speak(&self, tag: &str) -> Result<()> {
        let choose = format!(
            "const list = document.getElementById('language'); list.value = {}; list.dispatchEvent(new Event('change', {{ bubbles: true }}))",
            json!(tag)
        );
        self.page.evaluate(&format!("{{ {choose} }}"))?;
        self.page.wait_for(
            &format!("words in {tag}"),
            &format!("document.documentElement.lang === {}", json!(tag)),
        )
    }

    /// Goes to a step by the list.
    ///
    /// # Errors
    /// When the list has no such step.
    pub fn go_to(&self, step: &str) -> Result<()> {
        self.press_selector(&format!("[data-act='go-to'][data-step='{step}']"))?;
        self.wait_for(&format!("step {step}"), |s| s.step == step)?;
        Ok(())
    }

    /// Pastes a value into its field and leaves the field; a value that is there already is removed first.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn paste(&self, value: &str, text: &str) -> Result<()> {
        let remove = format!("[data-act='forget'][data-for='{value}']");
        if self.shows(&remove)? {
            self.press_selector(&remove)?;
        }
        self.press_selector(&format!("input[data-value='{value}'], textarea[data-value='{value}']"))?;
        self.page.edit("selectAll")?;
        self.page.type_text(text)?;
        self.page.key("Enter")
    }

    /// Unfolds what is folded, by the selector of what folds.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn unfold(&self, selector: &str) -> Result<()> {
        let script =
            format!("document.querySelectorAll({}).forEach(one => one.open = true)", json!(selector));
        self.page.evaluate(&script).map(drop)
    }

    /// Approves the origin printed on the button if that was not done, and presses the check.
    ///
    /// # Errors
    /// When neither is offered in time.
    pub fn press_check(&self) -> Result<()> {
        let approve = "[data-act='approve-origin']";
        until("the check to be offered", SHORT, || {
            Ok((self.shows(approve)? || self.shows("[data-act='check']")?).then_some(()))
        })
        .with_context(|| self.words().unwrap_or_default())?;
        if self.shows(approve)? {
            self.press_selector(approve)?;
        }
        self.press("check")
    }

    /// How a value stands: `missing`, `good`, `remark`, `bad`, `overruled`.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn value_state(&self, value: &str) -> Result<String> {
        let script =
            format!("document.querySelector('[data-value-row={}]')?.dataset.valueState ?? ''", json!(value));
        Ok(self.page.evaluate(&script)?.as_str().unwrap_or_default().to_owned())
    }

    /// What was found about a value: code and words.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn findings(&self, value: &str) -> Result<Vec<(String, String)>> {
        let script = format!(
            "[...document.querySelectorAll('[data-verdict-for={}]')].map(e => [e.dataset.code ?? '', e.innerText.trim()])",
            json!(value)
        );
        Ok(serde_json::from_value(self.page.evaluate(&script)?)?)
    }

    /// The report, when one is shown.
    ///
    /// # Errors
    /// When the panel is gone.
    pub fn report(&self) -> Result<Option<ReportShown>> {
        let script = "(() => { const r = document.querySelector('[data-part=report][data-verdict], [data-part=report] [data-verdict]:not([data-check])');
            return r && { verdict: r.dataset.verdict, text: r.innerText.trim(),
                checks: [...r.querySelectorAll('[data-check]')].map(c => ({ id: c.dataset.check, code: c.dataset.code, verdict: c.dataset.verdict,
                    text: c.innerText.trim() })) }; })()";
        Ok(serde_json::from_value(self.page.evaluate(script)?)?)
    }

    /// Waits for a report with this verdict.
    ///
    /// # Errors
    /// When none comes in time; says what came instead.
    pub fn wait_for_verdict(&self, verdict: &str) -> Result<ReportShown> {
        let mut last = None;
        // A fresh secret is tried again for a minute before it counts as wrong.
        let found = until(&format!("the verdict {verdict}"), LONG * 3, || {
            last = self.report()?;
            Ok(last.clone().filter(|report| report.verdict == verdict))
        });
        found.with_context(|| match &last {
            Some(report) => format!("the report says: {} {}", report.verdict, report.text),
            None => format!("there is no report; the panel says: {}", self.words().unwrap_or_default()),
        })
    }
}
