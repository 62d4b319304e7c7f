//! Templates that other people wrote, if the corpus exists: no panic, the right kind, sensible verdicts.

mod support;

use jitp::{Template, Verdict, dry_run, validate};
use std::fmt::Write;
use std::path::Path;
use support::{certificate, corpus, json_word, options};

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn errors(source: &str) -> Vec<&'static str> {
    let report = validate(source);
    report.diagnostics.iter().filter(|found| found.severity == jitp::Severity::Error).map(|found| found.code).collect()
}

#[test]
fn every_template_is_of_its_kind_and_never_panics() {
    let Some(corpus) = corpus() else { return };
    let index = read(&corpus.join("templates/INDEX.tsv"));
    let mut seen = 0;
    for line in index.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (file, kind, features) = (columns[0], columns[4], columns[6]);
        let source = read(&corpus.join("templates").join(file));
        let report = validate(&source);
        let found = serde_json::to_string(&report.kind).expect("a word");
        let expected = match kind {
            "jitp-registration-config" => "registration-config",
            // A request of CreateProvisioningTemplate among the fleet templates.
            "fleet" if features.contains("templateBody") => "create-template-input",
            _ => "template-body",
        };
        assert_eq!(found.trim_matches('"'), expected, "{file}");
        assert_eq!(report.ok, errors(&source).is_empty(), "{file}");
        if kind != "jitp-registration-config" && kind != "jitp-body" {
            assert!(!report.ok, "{file} is written for another flow, and cannot work in this one");
        }
        for device in ["full", "common-name", "no-name"] {
            let plan = dry_run(&source, &certificate(device), &options());
            assert_eq!(plan.steps.len(), 6, "{file}");
            assert!(report.ok || plan.verdict != Verdict::Provisions, "{file}");
        }
        seen += 1;
    }
    println!("{seen} templates checked");
    assert!(seen >= 60);
}

#[test]
fn reported_problems_are_found() {
    let Some(corpus) = corpus() else { return };
    let source = |name: &str| read(&corpus.join("reported").join(name));

    // The certificate had no C; the template asked for it.
    let plan = dry_run(source("01-country-ref-cert-without-country.json"), &certificate("common-name"), &options());
    assert_eq!((plan.verdict, plan.stopped_at), (Verdict::Fails, Some(2)));
    assert!(plan.summary.contains("country (C)"), "{}", plan.summary);

    assert!(errors(&source("03-registerthing-undeclared-serialnumber.json")).contains(&"JITP034"));
    assert!(errors(&source("05-templatebody-empty-string-twice-encoded.json")).contains(&"JITP012"));
    let fleet = validate(source("07-cfn-sub-variables-in-body.json"));
    assert!(fleet.diagnostics.iter().any(|found| found.code == "JITP041"));

    // The thing type must exist. The text cannot show it, so it is a precondition.
    let plan = dry_run(source("09-bulk-thing-type-not-found.json"), &certificate("full"), &options());
    assert!(plan.preconditions.iter().any(|needed| needed.kind == "thing-type" && &*needed.name == "dustbin"));

    let named = validate(source("10-thing-name-is-certificate-id.json"));
    assert!(named.diagnostics.iter().any(|found| found.code == "JITP103"));

    let plan = dry_run(source("11-inline-policy-lacks-subscribe.json"), &certificate("full"), &options());
    assert!(plan.policies[0].document.as_deref().is_some_and(|document| document.contains("iot:Publish")));
}

/// The findings in each file that other people wrote: the rules and their places, for a reviewer to agree with.
#[test]
fn verdicts_are_as_reviewed() {
    let Some(corpus) = corpus() else { return };
    let mut files = Vec::new();
    for folder in ["templates", "reported"] {
        for entry in std::fs::read_dir(corpus.join(folder)).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut verdicts = String::new();
    for path in &files {
        let report = validate(read(path));
        let name = path.strip_prefix(&corpus).expect("inside of the corpus").display();
        let written_for = report.written_for.map_or(String::new(), |flow| format!(", written for {}", flow.word()));
        let verdict = if report.ok { "ok" } else { "not ok" };
        let _ = writeln!(verdicts, "{name}: {}, {verdict}{written_for}", json_word(&report.kind));
        // Findings of one rule at one place are counted.
        let mut lines: Vec<(String, usize)> = Vec::new();
        for found in &report.diagnostics {
            let at = found.path.as_ref().map_or("outside of the body".to_owned(), |path| format!("at {path:?}"));
            let line = format!("{} {}", found.code, at);
            match lines.iter_mut().find(|(known, _)| *known == line) {
                Some((_, count)) => *count += 1,
                None => lines.push((line, 1)),
            }
        }
        for (line, count) in lines {
            let times = if count > 1 { format!(" ×{count}") } else { String::new() };
            let _ = writeln!(verdicts, "    {line}{times}");
        }
    }
    insta::assert_snapshot!(verdicts);
}

/// The two registration configs of AWS's page, as the document in the reference folder has them.
#[test]
fn the_document_that_it_all_began_with() {
    let Some(corpus) = corpus() else { return };
    let text = read(&corpus.join("../reference/seed-jit-provisioning.txt"));
    let configs: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("{ \"templateBody\"")).collect();
    assert_eq!(configs.len(), 2);
    for config in configs {
        let template = Template::new(config);
        let codes: Vec<&str> = template.report().diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["JITP090"], "clean, but for the policy that allows only iot:Publish");
        let span = template.report().diagnostics[0].span.expect("a place");
        assert_eq!(support::cut(config, span), r#"[\\\"iot:Publish\\\"]"#);
        let plan = template.dry_run(&certificate("full"), &options());
        assert_eq!(plan.verdict, Verdict::Provisions);
        let actions: Vec<&str> = plan.steps.iter().map(|step| step.action).collect();
        assert_eq!(
            actions,
            [
                "RegisterCertificate",
                "CreateThing",
                "CreatePolicy",
                "AttachPolicy",
                "AttachThingPrincipal",
                "UpdateCertificate"
            ]
        );
        assert!(plan.steps.iter().all(|step| step.outcome == jitp::plan::StepOutcome::Done));
    }
}
