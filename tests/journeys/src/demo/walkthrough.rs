//! The walkthrough: one page that tells the whole journey in pictures, readable on a phone and on a wall.

use handrail_world::panel::ReportShown;

/// A step of the walkthrough.
pub(super) enum Entry {
    /// It was stopped at.
    Shown(Picture),
    /// The page showed it done, so the guide went past it.
    Passed {
        /// Its number.
        number: usize,
        /// Its title.
        title: String,
    },
}

/// One step with its pictures.
pub(super) struct Picture {
    /// Number of the step.
    pub(super) number: usize,
    /// Title of the step.
    pub(super) title: String,
    /// What the card says.
    pub(super) words: String,
    /// File with the portal's picture.
    pub(super) page: String,
    /// File with the panel's picture.
    pub(super) panel: String,
}

impl Entry {
    /// Number of the step.
    pub(super) fn number(&self) -> usize {
        match self {
            Self::Shown(picture) => picture.number,
            Self::Passed { number, .. } => *number,
        }
    }
}

/// The page.
pub(super) fn walkthrough(title: &str, report: &ReportShown, entries: &[Entry]) -> String {
    let shown = entries.iter().filter(|entry| matches!(entry, Entry::Shown(_))).count();
    let title = escape(title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Handrail, a recorded walkthrough</p>\n\
         <h1>{title}</h1>\n<p>{shown} pictures, from the first page to the proof. They were made in the <strong>practice \
         portal</strong>: it is not Microsoft's, and no control has been confirmed on the live one yet.</p>\n\
         <p class=\"verdict\">The verdict at the end: <strong>{}</strong>, {} checks. <a href=\"#verdict\">See it</a></p>\n\
         </header>\n<main>\n",
        escape(&report.verdict),
        report.checks.len()
    );
    for entry in entries {
        html.push_str(&match entry {
            Entry::Passed { number, title } => format!(
                "<p class=\"passed\"><b>{number}</b> {}<span>The page showed it done; nothing to do.</span></p>\n",
                escape(title)
            ),
            Entry::Shown(picture) => figure(picture, report),
        });
    }
    html + "</main>\n</body>\n</html>\n"
}

fn figure(picture: &Picture, report: &ReportShown) -> String {
    let last = picture.words.is_empty();
    let words = if last {
        report.checks.iter().map(|check| check.text.replace('\n', " ")).collect::<Vec<_>>().join("\n")
    } else {
        picture.words.clone()
    };
    let mark = if last { "✓".to_owned() } else { picture.number.to_string() };
    let image = |file: &str, class: &str, alt: &str| {
        format!(
            "<a href=\"{file}\" class=\"{class}\"><img src=\"{file}\" alt=\"{alt}\" loading=\"lazy\"></a>"
        )
    };
    let title = escape(&picture.title);
    format!(
        "<section{}>\n<h2><b>{mark}</b> {title}</h2>\n<p class=\"words\">{}</p>\n<div class=\"pictures\">{}{}</div>\n\
         </section>\n",
        if last { " id=\"verdict\"" } else { "" },
        escape(&words),
        image(&picture.page, "portal", &format!("The portal: {title}")),
        image(&picture.panel, "panel", &format!("The side panel: {title}")),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1c1b29; --quiet: #5b5a6b; --back: #f6f5fa; --card: #fff; --line: #1c1b2924; --accent: #4a2fd6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f4f3fa; --quiet: #b4b2c4; --back: #16151c; --card: #24232e; --line: #ffffff2b; --accent: #c3b7ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--back); color: var(--ink);
  font: 16px/1.5 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif; }
header { max-width: 44rem; }
h1 { margin: 0 0 1rem; font-size: clamp(1.5rem, 4vw, 2.2rem); line-height: 1.2; text-wrap: balance; }
.kind { margin: 0; color: var(--quiet); }
a { color: var(--accent); }
section { margin: 1.5rem 0; padding: clamp(1rem, 2vw, 1.5rem); background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h2 { margin: 0; font-size: 1.15rem; }
b { display: inline-grid; place-items: center; min-width: 2rem; height: 1.6rem; margin-inline-end: .4rem; padding: 0 .5rem;
  border-radius: .8rem; border: 1px solid var(--accent); color: var(--accent); font-size: .9rem; }
.words { margin: .5rem 0 1rem; max-width: 60rem; white-space: pre-line; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: minmax(0, 3.37fr) minmax(0, 1fr); gap: 1rem; align-items: start; }
img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
.passed { margin: 1rem 0; padding: 0 clamp(1rem, 2vw, 1.5rem); color: var(--quiet); }
.passed b { border-color: var(--line); color: inherit; }
.passed span { display: block; margin-inline-start: 2.6rem; font-size: .9rem; }
@media (max-width: 46rem) { .pictures { grid-template-columns: minmax(0, 1fr); } .panel { max-width: 22rem; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_step_its_pictures_and_the_verdict_and_no_markup_of_others() {
        let picture = |number, words: &str| Picture {
            number,
            title: "Press <b>".to_owned(),
            words: words.to_owned(),
            page: format!("{number}.png"),
            panel: format!("{number}-panel.png"),
        };
        let entries = [
            Entry::Shown(picture(1, "\"Now\" & then")),
            Entry::Passed { number: 2, title: "Unfold".to_owned() },
            Entry::Shown(picture(3, "")),
        ];
        let checks = vec![handrail_world::panel::CheckLine {
            id: "format".to_owned(),
            code: "format-right".to_owned(),
            verdict: "passed".to_owned(),
            text: "✓ The form is right.".to_owned(),
        }];
        let report = ReportShown { verdict: "passed".to_owned(), checks, text: String::new() };
        let html = walkthrough("Guide", &report, &entries);
        for part in [
            "1.png",
            "1-panel.png",
            "Press &lt;b&gt;",
            "&quot;Now&quot; &amp; then",
            "Unfold",
            "✓ The form is right.",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("Press <b>"));
    }
}
