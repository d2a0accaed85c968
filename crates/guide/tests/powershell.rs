//! Every PowerShell script of every guide, read by a PowerShell grammar. PowerShell itself is in none of the registries a
//! fresh machine reaches, so this is the nearest thing to its own parser: it knows the language's syntax, not its commands.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

use std::path::Path;

use handrail_guide::load::compile_all;
use handrail_guide::render::output;
use tree_sitter::{Node, Parser};

/// The first line that is no PowerShell.
fn fault(script: &str) -> Option<String> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(script, None).unwrap();
    let mut open: Vec<Node<'_>> = vec![tree.root_node()];
    let mut first: Option<Node<'_>> = None;
    while let Some(node) = open.pop() {
        if (node.is_error() || node.is_missing()) && first.is_none_or(|f| node.start_byte() < f.start_byte())
        {
            first = Some(node);
        }
        open.extend((0..u32::try_from(node.child_count()).unwrap()).filter_map(|n| node.child(n)));
    }
    first.map(|node| {
        let line = node.start_position().row;
        format!("line {}: {}", line + 1, script.lines().nth(line).unwrap_or_default())
    })
}

#[test]
fn every_powershell_script_is_powershell() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seen = 0;
    for (id, plan) in compile_all(&root).unwrap() {
        let Some(script) = (output("powershell").unwrap().render)(&plan) else { continue };
        assert_eq!(fault(&script), None, "{id}");
        seen += 1;
    }
    assert!(seen >= 4, "only {seen} scripts");
}

#[test]
fn what_is_no_powershell_is_noticed() {
    for broken in ["if ($x) { Write-Host 'a'", "$x = @{ a = }", "function { param( }"] {
        assert!(fault(broken).is_some(), "{broken}");
    }
    assert_eq!(fault("param([string] $Name)\nif ($Name) { Write-Host \"Hello $Name\" }\n"), None);
}
