//! Every PowerShell script of every guide, read by a PowerShell grammar. PowerShell itself is in none of the registries a
//! fresh machine reaches, so this is the nearest thing to its own parser: it knows the language's syntax, not its commands.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

use std::path::Path;

use handrail_guide::load::{Library, compile_library};
use handrail_guide::render::output;
use tree_sitter::{Node, Parser, Tree};

fn read(script: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    parser.parse(script, None).unwrap()
}

/// Every node of a tree.
fn nodes(tree: &Tree) -> Vec<Node<'_>> {
    let mut all = vec![tree.root_node()];
    let mut at = 0;
    while let Some(node) = all.get(at).copied() {
        all.extend((0..u32::try_from(node.child_count()).unwrap()).filter_map(|n| node.child(n)));
        at += 1;
    }
    all
}

/// The first line that is no PowerShell.
fn fault(script: &str) -> Option<String> {
    let tree = read(script);
    let wrong = nodes(&tree).into_iter().filter(|node| node.is_error() || node.is_missing());
    wrong.min_by_key(Node::start_byte).map(|node| {
        let line = node.start_position().row;
        format!("line {}: {}", line + 1, script.lines().nth(line).unwrap_or_default())
    })
}

/// The script of every guide that has one.
fn scripts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let render = output("powershell").unwrap().render;
    let plans = compile_library(&Library::load(&root).unwrap()).unwrap().into_iter();
    let scripts: Vec<_> = plans.filter_map(|(id, plan)| render(&plan).map(|script| (id, script))).collect();
    assert!(scripts.len() >= 6, "only {} scripts", scripts.len());
    scripts
}

#[test]
fn every_powershell_script_is_powershell() {
    for (id, script) in scripts() {
        assert_eq!(fault(&script), None, "{id}");
        assert!(!script.contains("##"), "{id}: something was not filled in");
    }
}

/// Commands that change a directory or Exchange and stand where a dry run would reach them: neither in what `Invoke-Change`
/// is given, nor behind the line with which a function leaves a dry run.
fn unguarded(script: &str) -> Vec<String> {
    let tree = read(script);
    let text = |node: Node<'_>| node.utf8_text(script.as_bytes()).unwrap().to_owned();
    let changes = |command: &str| {
        let verb = ["New-Mg", "Update-Mg", "Add-Mg", "Set-Mg", "Remove-Mg", "Set-Admin", "Enable-"];
        verb.iter().any(|verb| command.starts_with(verb))
    };
    let guarded = |node: Node<'_>| {
        let mut above = std::iter::successors(node.parent(), Node::parent);
        above.any(|outer| match outer.kind() {
            "command" => text(outer).starts_with("Invoke-Change "),
            "function_statement" => {
                let before = script.get(outer.start_byte()..node.start_byte()).unwrap_or_default();
                before.lines().any(|line| line.trim().starts_with("if ($DryRun)") && line.contains("return"))
            }
            _ => false,
        })
    };
    let commands = nodes(&tree).into_iter().filter(|node| node.kind() == "command");
    commands.filter(|node| changes(&text(*node)) && !guarded(*node)).map(text).collect()
}

#[test]
fn a_dry_run_reaches_no_command_that_changes_something() {
    for (id, script) in scripts() {
        assert_eq!(unguarded(&script), Vec::<String>::new(), "{id}");
    }
    let open = "function Set-App { $app = New-MgApplication -DisplayName 'a' }";
    assert_eq!(unguarded(open).len(), 1);
    assert_eq!(unguarded("if ($x) { Invoke-Change 'b' { New-MgApplication } }").len(), 0);
}

#[test]
fn a_secret_goes_nowhere_but_into_a_pipe_to_what_seals_or_checks_it() {
    for (id, script) in scripts() {
        for line in script.lines().filter(|line| line.contains("SecretText")) {
            let piped = line.trim().strip_prefix("$made.SecretText | & ").unwrap_or_default();
            assert!(piped.starts_with("$Age ") || piped.starts_with("$Handrail check "), "{id}: {line}");
        }
        assert!(!script.contains("Write-Host $made") && !script.contains("ConvertFrom-SecureString"), "{id}");
    }
}

#[test]
fn what_is_no_powershell_is_noticed() {
    for broken in ["if ($x) { Write-Host 'a'", "$x = @{ a = }", "function { param( }"] {
        assert!(fault(broken).is_some(), "{broken}");
    }
    assert_eq!(fault("param([string] $Name)\nif ($Name) { Write-Host \"Hello $Name\" }\n"), None);
}
