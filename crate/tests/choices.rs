//! Each choice does what it says: it removes the finding and adds no other error.
//!
//! `fixes.rs` also tries the choices of the template's report. This file tries those of the dry run, and the verdicts
//! after them.

mod support;

use jitp::{Plan, Severity, Template, Verdict};
use std::collections::BTreeSet;
use support::{apply, certificate, options, root};

fn plan(source: &str, device: &[u8]) -> Plan {
    Template::new(source).dry_run(device, &options())
}

fn errors(plan: &Plan) -> BTreeSet<String> {
    let errors = plan.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| format!("{} {}", found.code, found.message)).collect()
}

fn rank(plan: &Plan) -> u8 {
    match plan.verdict {
        Verdict::Provisions => 0,
        Verdict::Fails => 1,
        Verdict::Rejected => 2,
        #[allow(unreachable_patterns, reason = "another verdict is no worse than one that fails")]
        _ => 1,
    }
}

/// Every choice of these rules in every fixture, as a bare body and inside a config.
#[test]
fn choices_remove_the_finding() {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut tried = BTreeSet::new();
    let mut count = 0;
    for entry in folder {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if stem.contains('+')
            || !["JITP100", "JITP062", "JITP065", "JITP072", "JITP056", "JITP032", "JITP030"]
                .contains(&&stem[..7.min(stem.len())])
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let device = certificate(stem.split_once('@').map_or("full", |(_, name)| name));
        let quoted = serde_json::to_string(&text).expect("JSON");
        let config =
            format!("{{\"templateBody\": {quoted}, \"roleArn\": \"arn:aws:iam::123456789012:role/provisioning\"}}");
        let is_body =
            serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|body| body.get("Resources").is_some());
        for source in [Some(&text), Some(&config).filter(|_| is_body)].into_iter().flatten() {
            let before = plan(source, &device);
            for found in &before.diagnostics {
                for choice in &found.choices {
                    let after = plan(&apply(source, choice), &device);
                    let why = || {
                        format!("{stem}: {} {}: {}\n{}", found.code, found.message, choice.title, apply(source, choice))
                    };
                    let still = after
                        .diagnostics
                        .iter()
                        .any(|other| other.code == found.code && other.message == found.message);
                    assert!(!still, "still there: {}", why());
                    assert!(errors(&after).is_subset(&errors(&before)), "{:?}\n{}", errors(&after), why());
                    assert!(rank(&after) <= rank(&before), "{}", why());
                    tried.insert(found.code);
                    count += 1;
                }
            }
        }
    }
    println!("{count} choices of {tried:?}");
    for code in ["JITP100", "JITP062", "JITP065", "JITP072", "JITP056", "JITP032", "JITP030"] {
        assert!(tried.contains(code), "{code}: {tried:?}");
    }
}

/// The policy that a choice writes lets the device connect.
#[test]
fn a_written_policy_lets_the_device_connect() {
    let source =
        std::fs::read_to_string(root().join("tests/fixtures/templates/JITP062-empty-name.json")).expect("a fixture");
    let before = plan(&source, &certificate("full"));
    let found = before.diagnostics.iter().find(|found| found.code == "JITP062").expect("a finding");
    let after = plan(&apply(&source, &found.choices[1]), &certificate("full"));
    assert_eq!(after.verdict, Verdict::Provisions);
    assert!(after.diagnostics.is_empty(), "{:?}", after.diagnostics);
    assert!(
        after.policies[0].document.as_deref().unwrap_or_default().contains("client/${iot:Connection.Thing.ThingName}")
    );
}
