//! The project's own templates, each against a certificate: reports and plans as snapshots.
//!
//! A file is named `CODE-what.json`, or `CODE-what@CERTIFICATE.json` if it needs another certificate than `full`, or
//! `CODE-what+FLOW.json` if it is checked for another flow than JITP, without a certificate, or `CODE-what=SUBJECT.json`
//! for a subject instead of a certificate. The code is the rule that
//! the file breaks; `ok` breaks none. `CODE-not-what.json` is a near miss: it comes close and does not break the rule.
//!
//! Files about the certificates of CAs are in another folder, as `CODE-what.pem`: the device's certificate and those of
//! CAs, the last of them the one to register. For the rule about verification certificates they hold the CA's and
//! the verification certificate.

mod support;

use jitp::{Flow, Plan, Template, TemplateOptions, Verdict};
use std::path::Path;
use support::{
    NOW, authorities, certificate, json_word, options, render_diagnostics, render_plan, render_report, root, verify,
};

fn files() -> Vec<(String, String)> {
    texts("templates")
}

fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = root().join("tests/fixtures").join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("the fixtures are there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter_map(|path| Some((stem(&path)?, std::fs::read_to_string(&path).ok()?)))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> Option<String> {
    path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned)
}

fn certificate_of(name: &str) -> Vec<u8> {
    if flow_of(name) != Flow::Jitp {
        return Vec::new();
    }
    certificate(name.split_once('@').map_or("full", |(_, certificate)| certificate))
}

/// The plan of a fixture for what its name says.
fn plan_of(name: &str, template: &Template) -> Plan {
    match name.split_once('=') {
        Some((_, subject)) => template.dry_run_subject(&support::subject(subject), &options()),
        None => template.dry_run(&certificate_of(name), &options()),
    }
}

fn flow_of(name: &str) -> Flow {
    match name.split_once('+') {
        Some((_, "fleet")) => Flow::Fleet,
        Some((_, "register-thing")) => Flow::RegisterThing,
        Some((_, other)) => panic!("there is no flow {other}"),
        None => Flow::Jitp,
    }
}

fn template_of(name: &str, source: &str) -> Template {
    Template::with_options(source, &TemplateOptions { flow: flow_of(name), ..TemplateOptions::default() })
}

#[test]
fn reports_and_plans_are_as_reviewed() {
    insta::glob!("../../tests/fixtures/templates", "*.json", |path| {
        let source = std::fs::read_to_string(path).expect("a fixture");
        let name = stem(path).expect("a name");
        let template = template_of(&name, &source);
        let plan = plan_of(&name, &template);
        let text =
            format!("{}---\n{}", render_report(&source, template.report()), render_plan(&source, &template, &plan));
        insta::assert_snapshot!(text);
    });
}

#[test]
fn what_is_said_of_authorities_is_as_reviewed() {
    let template = Template::new(
        r#"{"Resources": {"certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}}}"#,
    );
    insta::glob!("../../tests/fixtures/authorities", "*.pem", |path| {
        let given = std::fs::read(path).expect("a fixture");
        let mut text = String::new();
        if is_registration(&stem(path).expect("a name")) {
            text.push_str(&render_diagnostics(&authorities::of_registration(&given)));
        } else {
            let (own, bundle) = authorities::with_text(&given);
            let chains = jitp::authority::chains(&bundle, &verify::verdicts(&bundle, &[]), Some(NOW));
            for link in chains.links {
                text.push_str(&format!(
                    "{} by {}: {} {}\n",
                    link.certificate,
                    link.issuer,
                    json_word(&link.signature),
                    link.reason
                ));
            }
            for device in chains.devices {
                text.push_str(&format!(
                    "device {}: path {:?}, complete {}\n",
                    device.index, device.path, device.complete
                ));
            }
            let own = own.map(|own| Template::new(&own));
            let plan = authorities::plan(own.as_ref().unwrap_or(&template), &bundle);
            text.push_str(&format!("{}\n  1 {}\n", plan.summary, plan.steps[0].detail));
            text.push_str(&render_diagnostics(&authorities::of_chain(&given)));
        }
        insta::assert_snapshot!(text);
    });
}

/// Rules about the verification certificate of a CA are about two certificates of another kind.
fn is_registration(name: &str) -> bool {
    name.starts_with("JITP135")
}

#[test]
fn each_bundle_breaks_the_rule_that_it_is_named_for() {
    for (name, bundle) in texts("authorities") {
        let (code, what) = name.split_once('-').expect("a code and what the file is");
        let found = match is_registration(&name) {
            true => authorities::of_registration(bundle.as_bytes()),
            false => authorities::of_chain(bundle.as_bytes()),
        };
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes.contains(&code), !is_near_miss(what), "{name}: {codes:?}");
    }
}

#[test]
fn each_account_breaks_the_rule_that_it_is_named_for() {
    let template = Template::new(support::existing::example());
    for (name, account) in texts("existing") {
        let (code, what) = name.split_once('-').expect("a code and what the file is");
        let plan = template.dry_run(&certificate("full"), &support::existing::options(&account));
        let codes: Vec<&str> = plan.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes.contains(&code), !is_near_miss(what), "{name}: {codes:?}");
    }
}

#[test]
fn plans_in_accounts_are_as_reviewed() {
    let template = Template::new(support::existing::example());
    insta::glob!("../../tests/fixtures/existing", "*.json", |path| {
        let account = std::fs::read_to_string(path).expect("a fixture");
        let plan = template.dry_run(&certificate("full"), &support::existing::options(&account));
        let told = plan.account.as_ref().expect("an account was given");
        let mut text = render_plan(&support::existing::example(), &template, &plan);
        for change in &told.changes {
            let (kind, word) = (json_word(&change.kind), json_word(&change.change));
            text.push_str(&format!("{} {kind} {word}: {}\n", change.step, change.sentence));
            for entry in &change.entries {
                text.push_str(&format!("    {} {:?} -> {:?}\n", entry.name, entry.before, entry.after));
            }
        }
        for taken in &told.taken {
            text.push_str(&format!("taken: {taken}\n"));
        }
        text.push_str(&serde_json::to_string_pretty(&told.after).expect("it serializes"));
        insta::assert_snapshot!(text.replace(support::existing::ID, "<ID>"));
    });
}

#[test]
fn each_fixture_breaks_the_rule_that_it_is_named_for() {
    let mut wrong = Vec::new();
    for (name, source) in files() {
        let template = template_of(&name, &source);
        let plan = plan_of(&name, &template);
        let (code, what) = name.split_once('-').expect("a code and what the file is");
        let codes: Vec<&str> = plan.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        if code == "ok" {
            let loud: Vec<&str> = template.report().diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
            assert!(loud.is_empty(), "{name}: {loud:?}");
            let verdict = if name == "ok-template-name" { Verdict::Unknown } else { Verdict::Provisions };
            assert_eq!(plan.verdict, verdict, "{name}: {}", plan.summary);
        } else {
            assert!(jitp::rules::by_code(code).is_some(), "{name}: there is no such rule");
            if codes.contains(&code) == is_near_miss(what) {
                wrong.push(format!("{name}: {codes:?}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

fn is_near_miss(what: &str) -> bool {
    what.starts_with("not-")
}

#[test]
fn every_rule_is_broken_by_a_fixture_and_nearly_broken_by_another() {
    let names: Vec<String> = files()
        .into_iter()
        .chain(["authorities", "account", "existing"].into_iter().flat_map(texts))
        .map(|(name, _)| name)
        .collect();
    let without = |near_miss: bool| -> Vec<&str> {
        let is_there = |code: &str| {
            let mut whats = names.iter().filter_map(|name| name.strip_prefix(code)?.strip_prefix('-'));
            whats.any(|what| is_near_miss(what) == near_miss)
        };
        jitp::rules::all().map(|rule| rule.code).filter(|code| !is_there(code)).collect()
    };
    assert_eq!(without(false), [""; 0], "rules that no fixture breaks");
    assert_eq!(without(true), [""; 0], "rules without a near miss");
}
