//! The peers' engines as scripts, taken from what npm installed. Nothing of them is kept in the project.

use std::fs;

use anyhow::{Context as _, Result};
use handrail_world::dist;

/// A script that defines `PW`, the engine Playwright injects into pages.
///
/// It is a string constant in Playwright's bundle; the page itself reads the literal.
///
/// # Errors
/// When the package is missing or its bundle looks different.
pub fn playwright() -> Result<String> {
    let bundle = module("playwright-core/lib/coreBundle.js")?;
    let from = bundle
        .split_once("// packages/playwright-core/src/generated/injectedScriptSource.ts")
        .context("playwright-core's bundle has no injected script")?
        .1;
    let literal = from
        .lines()
        .find_map(|line| line.trim().split_once(" = '").filter(|(name, _)| name.starts_with("source")))
        .context("playwright-core's injected script is no string")?
        .1;
    let literal = literal.trim_end().trim_end_matches(';');
    Ok(format!(
        "globalThis.PW = (() => {{ const module = {{}}; (0, eval)('(function(module){{' + '{literal} + '\\n}})')(module); \
         return new (module.exports.InjectedScript())(globalThis, {{isUnderTest: false, sdkLanguage: 'javascript', \
         frameSeq: 0, testIdAttributeName: 'data-testid', stableRafCount: 1, browserName: 'chromium', \
         customEngines: []}}); }})(); 0"
    ))
}

/// A script that defines `TestingLibraryDom`.
///
/// # Errors
/// When the package is missing.
pub fn testing_library() -> Result<String> {
    Ok(module("@testing-library/dom/dist/@testing-library/dom.umd.min.js")? + ";0")
}

fn module(path: &str) -> Result<String> {
    let file = dist::root().join("node_modules").join(path);
    fs::read_to_string(&file)
        .with_context(|| format!("{} is missing: run `cargo xtask tools`", file.display()))
}
