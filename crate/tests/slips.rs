//! One slip, one finding. Each key of a correct template is moved one level up, one level down or into a neighbour, put
//! into a separate object or under another name, replaced by its value, and written in another case. jitp names each
//! slip once, and its fix restores the template.

#[path = "slips/bases.rs"]
mod bases;
#[path = "slips/changes.rs"]
mod changes;
mod support;
#[allow(dead_code, reason = "the mutations use the rest")]
#[path = "mutation/tree.rs"]
mod tree;

use jitp::{Diagnostic, Severity, TemplateOptions, validate_with};
use serde_json::Value;
use std::fmt::Write;
use std::sync::Arc;
use support::apply;

/// Slips that leave a correct template.
fn is_right(slip: &str) -> bool {
    // A registration config with nothing around it.
    slip.starts_with("bare-ca ") && slip.ends_with("without its key: registrationConfig")
}

/// Slips with several possible meanings: they have one finding and no fix, or choices.
fn has_several_senses(slip: &str) -> bool {
    // A name that the author chose fits in many places, and a Ref can be the value of several properties.
    let (change, keys) = slip.rsplit_once(": ").unwrap_or_default();
    let is_own = keys.contains("DeviceConfiguration/") || keys.starts_with("parameters/");
    is_own && change.contains(" up")
        || change.ends_with("inside another object") && keys.ends_with("DeviceConfiguration")
        || change.ends_with("without its key")
            && (keys.ends_with("DeviceConfiguration") || keys.ends_with("CertificateSigningRequest"))
}

/// The findings for a text that were not there before.
fn news(before: &[Arc<Diagnostic>], mut found: Vec<Arc<Diagnostic>>) -> Vec<Arc<Diagnostic>> {
    for old in before {
        let same = found.iter().position(|other| {
            // That names keys.
            other.code == old.code && (other.message == old.message || other.code == "JITP046")
        });
        if let Some(at) = same {
            found.remove(at);
        }
    }
    found
}

/// A text as data, in which the order of keys and the escaping of what strings hold do not count.
fn data(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    open(&mut value);
    value
}

fn open(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with('{') => *value = data(&text.clone()),
        Value::Array(elements) => elements.iter_mut().for_each(open),
        Value::Object(members) => members.values_mut().for_each(open),
        _ => {}
    }
}

fn line(found: &Diagnostic) -> String {
    let fix = found.fix.as_ref().map_or("-", |fix| fix.title.as_str());
    format!("    {} {:?} {} [{fix}]", found.code, found.severity, found.message)
}

#[test]
fn one_slip_gives_one_finding() {
    let only = std::env::var("JITP_SLIPS").ok();
    let (mut tried, mut wrong) = (0, String::new());
    for base in bases::all() {
        let options = TemplateOptions { flow: base.flow, ..TemplateOptions::default() };
        let validate = |text: &str| validate_with(text, &options);
        let root = bases::open(&base.text);
        let before = validate(&root.write().0);
        assert!(before.ok, "{}: {:#?}", base.name, before.diagnostics);
        for change in changes::all(&root) {
            let text = change.root.write().0;
            let slip = format!("{} {}", base.name, change.name);
            if is_right(&slip) || only.as_deref().is_some_and(|only| !slip.contains(only)) {
                continue;
            }
            tried += 1;
            let found = news(&before.diagnostics, validate(&text).diagnostics);
            let lines: Vec<String> = found.iter().map(|found| line(found)).collect();
            if only.is_some() {
                println!("{slip}\n{text}\n{}", lines.join("\n"));
            }
            let mut complain = |what: &str| {
                let _ = writeln!(wrong, "{slip}: {what}\n{}", lines.join("\n"));
            };
            let [found] = &found[..] else {
                complain(&format!("{} findings", found.len()));
                continue;
            };
            let Some(fix) = &found.fix else {
                if !has_several_senses(&slip) {
                    complain("no fix");
                }
                continue;
            };
            let fixed = apply(&text, fix);
            let after = validate(&fixed);
            if after.diagnostics.iter().any(|found| found.severity == Severity::Error) {
                complain(&format!("the fix does not suffice: {fixed}"));
            // The name of a resource without its name is lost.
            } else if data(&fixed) != data(&base.text) && !change.loses_name {
                complain(&format!("the fix makes something else: {fixed}"));
            }
        }
    }
    println!("{tried} slips");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 5_000 || only.is_some(), "{tried} slips");
}
