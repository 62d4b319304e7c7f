//! The catalogue: its examples do what it says about them, and the files derived from it are up to date.

mod frame;
#[path = "../support/mod.rs"]
mod support;
mod works;

use support::authorities;

use frame::Case;
use jitp::account::Account;
use jitp::rules::{self, CatalogueEntry, ExampleScope};
use jitp::{Diagnostic, Flow, Severity, Template};
use std::sync::Arc;
use support::root;

/// The file that the page opens the examples from has what the rows give: `JITP_WRITE_EXAMPLES=1` writes it.
#[test]
fn the_examples_of_the_page_are_up_to_date() {
    let (path, text) = (root().join(works::FILE), works::text());
    if std::env::var_os("JITP_WRITE_EXAMPLES").is_some() {
        std::fs::write(&path, &text).expect("the file is written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let fix = "JITP_WRITE_EXAMPLES=1 cargo test -p jitp --test catalogue";
    assert!(kept == text, "{} is not what the rows give: run `{fix}`", works::FILE);
}

/// The findings in an example, of the template or of the dry run.
fn findings(entry: &CatalogueEntry, example: &str) -> Vec<Arc<Diagnostic>> {
    if entry.scope == ExampleScope::Account {
        let report = Account::read(&[("account.json", if example == frame::PLAIN { "{}" } else { example })]);
        return report.diagnostics().cloned().map(Arc::new).collect();
    }
    let Case { source, certificate, subject, template, run } = frame::case(entry, example);
    let mut found = match entry.scope {
        ExampleScope::Registration if example != frame::PLAIN => return authorities::of_registration(&certificate),
        // A template's text is before the chain.
        ExampleScope::Chain if example.contains('{') => return authorities::of_chain(&certificate),
        ExampleScope::Chain if example != frame::PLAIN => authorities::of_chain(&certificate),
        _ => Vec::new(),
    };
    let template = Template::with_options(&source, &template);
    found.extend(match subject {
        Some(subject) => template.dry_run_subject(&subject, &run).diagnostics,
        None => template.dry_run(&certificate, &run).diagnostics,
    });
    found
}

fn list(findings: &[Arc<Diagnostic>]) -> String {
    findings.iter().map(|found| format!("\n    {} {}", found.code, found.message)).collect()
}

#[test]
fn the_frames_of_the_examples_are_correct() {
    for entry in rules::catalogue().filter(|entry| entry.rule.flow == Flow::Jitp) {
        let found = findings(entry, frame::PLAIN);
        assert!(found.is_empty(), "{}", list(&found));
    }
}

#[test]
fn every_wrong_example_breaks_its_rule() {
    let mut wrong = Vec::new();
    for entry in rules::catalogue() {
        let code = entry.rule.code;
        let found = findings(entry, entry.wrong);
        if !found.iter().any(|found| found.code == code) {
            wrong.push(format!("{code} is not found:{}", list(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_right_example_keeps_its_rule_and_breaks_no_other() {
    let mut wrong = Vec::new();
    for entry in rules::catalogue() {
        let mut found = findings(entry, entry.right);
        found.retain(|found| found.code == entry.rule.code || found.severity == Severity::Error);
        if !found.is_empty() {
            wrong.push(format!("{}:{}", entry.rule.code, list(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_is_filled() {
    for entry in rules::catalogue() {
        let code = entry.rule.code;
        assert!(entry.summary.ends_with('.'), "{code}: the summary is a sentence");
        let sentences = entry.explanation.matches(['.', '?', ':']).count();
        assert!(
            entry.explanation.ends_with('.') && sentences >= 2,
            "{code}: the explanation has two sentences or more"
        );
        // Markdown in which nothing but code is marked.
        let marked: Vec<&str> =
            entry.explanation.split('`').step_by(2).filter(|text| text.contains(['*', '<', '['])).collect();
        assert!(marked.is_empty() && entry.explanation.matches('`').count() % 2 == 0, "{code}: {marked:?}");
        assert!(!entry.wrong.is_empty() && entry.wrong != entry.right, "{code}: the examples differ");
        assert_eq!(entry.rule.url, format!("docs/rules.md#{code}"));
    }
}

/// Every finding's address leads to an anchor, and the files derived from the rows are up to date.
#[test]
fn the_files_derived_from_the_rows_are_up_to_date() {
    for (path, text) in jitp::catalogue::files() {
        let kept = std::fs::read_to_string(root().join(path)).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == text, "{path} is not what the rows give: run `cargo xtask docs`");
        for rule in rules::all() {
            let (page, anchor) = rule.url.split_once('#').expect("an anchor");
            assert!(page != path || text.contains(&format!("<a id=\"{anchor}\"></a>")), "{anchor}");
        }
    }
}

/// A row of the tables names its rules by links, and the basis of each.
#[test]
fn the_page_about_fidelity_has_every_rule_with_its_basis() {
    let page = std::fs::read_to_string(root().join("docs/fidelity.md")).expect("the page is there");
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let link = format!("(rules.md#{})", rule.code);
        let basis = format!("{:?}", rule.basis).to_lowercase();
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| R") && line.contains(&link)).collect();
        if !rows.iter().any(|row| row.contains(&basis)) {
            wrong.push(format!("{} {basis}, in {} rows", rule.code, rows.len()));
        }
    }
    assert!(wrong.is_empty(), "docs/fidelity.md does not have {wrong:#?}");
    for link in page.split("(rules.md#").skip(1) {
        assert!(rules::by_code(&link[..7]).is_some(), "{}", &link[..7]);
    }
}
