//! Cases of the two kinds, and what the engine says to them.
//!
//! Names and roles: `{id, html, selector, expected_name, expected_role}` (either may be null: not asked).
//! Queries: `{id, html, query: {role, name?, exact?, checked?, pressed?, selected?, expanded?, level?, disabled?,
//! include_hidden?}, expected: [data-q ids in order]}`.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::stage::Stage;

/// What came out of a file.
#[derive(Default)]
pub struct Score {
    /// Names right, names asked.
    pub names: (usize, usize),
    /// Roles right, roles asked.
    pub roles: (usize, usize),
    /// Queries right, queries asked.
    pub queries: (usize, usize),
}

impl Score {
    /// Whether everything asked was right.
    #[must_use]
    pub fn is_full(&self) -> bool {
        [self.names, self.roles, self.queries].iter().all(|(right, all)| right == all)
    }

    /// `N of M names, N of M roles`, and queries where there were any.
    #[must_use]
    pub fn line(&self) -> String {
        let mut parts = Vec::new();
        if self.queries.1 == 0 || self.names.1 + self.roles.1 > 0 {
            parts.push(format!("{} of {} names", self.names.0, self.names.1));
            parts.push(format!("{} of {} roles", self.roles.0, self.roles.1));
        }
        if self.queries.1 > 0 {
            parts.push(format!("{} of {} queries", self.queries.0, self.queries.1));
        }
        parts.join(", ")
    }
}

/// Functions the cases need in the page.
const HELPERS: &str = r#"
globalThis.__load = async (html) => {
  document.open();
  document.write(html);
  document.close();
  await new Promise((done) => {
    if (document.readyState === "complete") return done();
    addEventListener("load", done, { once: true });
    setTimeout(done, 3000);
  });
};
globalThis.__pick = (selector, root = document) => {
  const own = root.querySelector(selector);
  if (own) return own;
  for (const el of root.querySelectorAll("*")) {
    const inside = el.shadowRoot && __pick(selector, el.shadowRoot);
    if (inside) return inside;
  }
  return null;
};
globalThis.__ask = (q) => {
  const probe = new Probe(document);
  const word = (v) => (v === undefined || v === null ? "" : String(v));
  probe.ask("role", q.exact ? "exact" : "contains", q.role, "", q.name === undefined || q.name === null ? [] : [q.name]);
  probe.states(word(q.checked), word(q.pressed), word(q.selected), word(q.expanded), q.level ?? 0, word(q.disabled));
  return probe.all(undefined, !!q.include_hidden).map((el) => el.getAttribute("data-q") ?? "?");
};
"#;

/// Runs all cases of a file's content.
///
/// # Errors
/// When the file is no array of cases or the browser is gone. Wrong answers are no errors: they are reported.
pub fn run(stage: &Stage, cases: &Value, report: &mut dyn FnMut(&str)) -> Result<Score> {
    let cases = cases.as_array().context("the file is no JSON array")?;
    let mut score = Score::default();
    for (number, case) in cases.iter().enumerate() {
        let id = case["id"].as_str().map_or_else(|| format!("#{number}"), str::to_owned);
        let html = case["html"].as_str().with_context(|| format!("{id}: no html"))?;
        stage.fresh()?;
        stage
            .run(&format!("{HELPERS}__load({}).then(() => 0)", json!(html)))
            .with_context(|| format!("{id}: cannot load"))?;
        if case.get("query").is_some() {
            query(stage, case, &id, &mut score, report)?;
        } else if case.get("selector").is_some() {
            name_and_role(stage, case, &id, &mut score, report)?;
        } else {
            bail!("{id}: neither `selector` nor `query`");
        }
    }
    Ok(score)
}

fn name_and_role(
    stage: &Stage,
    case: &Value,
    id: &str,
    score: &mut Score,
    report: &mut dyn FnMut(&str),
) -> Result<()> {
    let script = format!(
        "(() => {{ const el = __pick({}); if (!el) return null; const p = new Probe(document); \
         return [p.name(el), p.role(el)]; }})()",
        case["selector"]
    );
    let answer = stage.run(&script).unwrap_or_else(|error| json!([format!("(threw: {error:#})"), "(threw)"]));
    let said = |at: usize| answer[at].as_str().unwrap_or("(no such element)").to_owned();
    if let Some(expected) = case["expected_name"].as_str() {
        let right = said(0) == expected;
        score.names.1 += 1;
        score.names.0 += usize::from(right);
        if !right {
            report(&format!("{id}: name {:?}, expected {expected:?}", said(0)));
        }
    }
    if let Some(expected) = case["expected_role"].as_str() {
        let right = canonical(&said(1)) == canonical(expected);
        score.roles.1 += 1;
        score.roles.0 += usize::from(right);
        if !right {
            report(&format!("{id}: role {:?}, expected {expected:?}", said(1)));
        }
    }
    Ok(())
}

fn query(
    stage: &Stage,
    case: &Value,
    id: &str,
    score: &mut Score,
    report: &mut dyn FnMut(&str),
) -> Result<()> {
    let answer =
        stage.run(&format!("__ask({})", case["query"])).unwrap_or_else(|e| json!(format!("threw: {e:#}")));
    let right = answer == case["expected"];
    score.queries.1 += 1;
    score.queries.0 += usize::from(right);
    if !right {
        report(&format!("{id}: found {answer}, expected {}", case["expected"]));
    }
    Ok(())
}

/// Roles with two spellings: WAI-ARIA calls `none` and `presentation`, `img` and `image` synonyms. No role at all
/// is `generic`.
fn canonical(role: &str) -> &str {
    match role {
        "presentation" => "none",
        "image" => "img",
        "" => "generic",
        other => other,
    }
}
