//! Each remedy in a plan gives a text of the same kind in which its finding is gone.
//!
//! `fixes.rs` says what else a fix of a report may not do, and `choices.rs` how choices change a verdict. This file tries every fixture
//! for what its name says: with its flow, its certificate or its subject.

mod support;

use jitp::{Diagnostic, Flow, InputKind, Plan, Template, TemplateOptions};
use std::collections::BTreeSet;
use std::path::Path;
use support::{apply, certificate, options, root, subject};

fn texts() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let stem = |path: &Path| path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
    let mut texts: Vec<_> = folder
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter_map(|path| Some((stem(&path)?, std::fs::read_to_string(&path).ok()?)))
        .collect();
    texts.sort();
    texts
}

fn flow(name: &str) -> Flow {
    match name.split_once('+') {
        Some((_, "fleet")) => Flow::Fleet,
        Some((_, "register-thing")) => Flow::RegisterThing,
        _ => Flow::Jitp,
    }
}

/// What a text is, and its plan.
fn read(name: &str, text: &str) -> (InputKind, Plan) {
    let template = Template::with_options(text, &TemplateOptions { flow: flow(name), ..TemplateOptions::default() });
    let plan = match name.split_once('=') {
        Some((_, values)) => template.dry_run_subject(&subject(values), &options()),
        None if flow(name) != Flow::Jitp => template.dry_run(b"", &options()),
        None => template.dry_run(&certificate(name.split_once('@').map_or("full", |(_, name)| name)), &options()),
    };
    (template.report().kind, plan)
}

/// How often a plan has this finding: its code at its path, in its words.
fn count(plan: &Plan, one: &Diagnostic) -> usize {
    let same = |other: &&std::sync::Arc<Diagnostic>| {
        (other.code, &other.path, &other.message) == (one.code, &one.path, &one.message)
    };
    plan.diagnostics.iter().filter(same).count()
}

#[test]
fn each_remedy_removes_its_finding_and_keeps_the_kind() {
    let (mut tried, mut codes) = (0, BTreeSet::new());
    let mut wrong = Vec::new();
    for (name, text) in texts() {
        let (kind, plan) = read(&name, &text);
        for found in &plan.diagnostics {
            for remedy in found.fix.iter().chain(&found.choices) {
                let fixed = apply(&text, remedy);
                let (now, after) = read(&name, &fixed);
                let why = || format!("{name}: {} {} → {}: {now:?}", found.code, found.message, remedy.title);
                if fixed == text {
                    wrong.push(format!("nothing changed: {}", why()));
                }
                // Findings that were left out for their number take its place.
                let all = plan.diagnostics.iter().all(|found| found.code != "JITP025");
                if all && count(&after, found) >= count(&plan, found) {
                    wrong.push(format!("still there: {}", why()));
                }
                // These ask for another kind.
                let asked = match now {
                    InputKind::TemplateName => remedy.title == "Keep templateName alone",
                    InputKind::CreateTemplateInput => remedy.title == "Make it an input for CreateProvisioningTemplate",
                    InputKind::RegistrationConfig => {
                        remedy.title.starts_with("Make it an input for UpdateCACertificate")
                    }
                    _ => false,
                };
                if now != kind && !asked {
                    wrong.push(format!("was {kind:?}: {}", why()));
                }
                tried += 1;
                codes.insert(found.code);
            }
        }
    }
    println!("{tried} remedies of {} rules", codes.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!codes.is_empty(), "no fixture has a remedy");
}
