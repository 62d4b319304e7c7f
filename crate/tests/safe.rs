//! A law of safe fixes. Applied all together, until none is left, they never make the exit class or the verdict worse, and never
//! change the kind of the text or the flow that it is written for.

mod support;

use jitp::{Diagnostic, Edit, Fix, Template, Verdict};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use support::{apply, certificate, options, root};

/// The fixes that can be applied together: none touches another's edits. The first in the text goes first.
fn together(found: &[Arc<Diagnostic>]) -> Fix {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in found.iter().filter_map(|found| found.fix.as_ref()) {
        let touches = |edit: &Edit| {
            edits.iter().any(|other| {
                edit.span.start.offset <= other.span.end.offset && other.span.start.offset <= edit.span.end.offset
            })
        };
        if !fix.edits.iter().any(touches) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    Fix { title: "all".to_owned(), edits }
}

/// The permissions of a text's policies: the actions, and how many wildcards are in actions and resources. A safe fix
/// may rewrite any of them, but adds neither an action nor a wildcard.
#[derive(Debug, Default, PartialEq, Eq)]
struct Reach {
    actions: usize,
    wildcards: usize,
}

impl Reach {
    fn of(text: &str) -> Option<Self> {
        let mut reach = Self::default();
        reach.read(&serde_json::from_str(text).ok()?);
        Some(reach)
    }

    fn read(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                if let Ok(inner @ (Value::Object(_) | Value::String(_))) = serde_json::from_str(text) {
                    self.read(&inner);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.read(element)),
            Value::Object(members) => {
                let find =
                    |key: &str| members.iter().find(|(own, _)| own.eq_ignore_ascii_case(key)).map(|(_, value)| value);
                let allows =
                    find("Effect").and_then(Value::as_str).is_some_and(|effect| effect.eq_ignore_ascii_case("Allow"));
                if allows {
                    let texts = |key: &str| match find(key) {
                        Some(Value::String(text)) => vec![text.as_str()],
                        Some(Value::Array(elements)) => elements.iter().filter_map(Value::as_str).collect(),
                        _ => Vec::new(),
                    };
                    let (actions, resources) = (texts("Action"), texts("Resource"));
                    self.actions += actions.len();
                    self.wildcards +=
                        actions.iter().chain(&resources).map(|text| text.matches('*').count()).sum::<usize>();
                }
                members.values().for_each(|value| self.read(value));
            }
            _ => {}
        }
    }
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Provisions => 0,
        Verdict::Rejected | Verdict::NotATemplate => 2,
        _ => 1,
    }
}

/// The subject of the law: whether there is an error, the verdict, the kind, the flow.
fn state(source: &str, device: &[u8]) -> (bool, u8, String, String, Vec<Arc<Diagnostic>>) {
    let template = Template::new(source);
    let report = template.report();
    let plan = template.dry_run(device, &options());
    let kind = format!("{:?}", report.kind);
    (!report.ok, rank(plan.verdict), kind, format!("{:?}", report.written_for), report.diagnostics.clone())
}

/// `whole` is the text before it was damaged: a fix may bring back what the damage hid.
fn assert_law(name: &str, source: &str, whole: &str, device: &[u8]) -> usize {
    let (before, hidden) = (state(source, device), state(whole, device));
    // A text that cannot be read has no flow.
    let readable = !before.4.iter().any(|found| found.message.contains("well-formed"));
    let (mut text, mut applied) = (source.to_owned(), 0);
    for _ in 0..4 {
        let now = state(&text, device);
        let fix = together(&now.4);
        if fix.edits.is_empty() {
            break;
        }
        applied += 1;
        let fixed = apply(&text, &fix);
        // A fix reveals permissions of a policy that could not be read, or whose keys are misspelled.
        let is_hidden = now
            .4
            .iter()
            .any(|found| ["JITP001", "JITP011", "JITP012", "JITP013", "JITP065", "JITP140"].contains(&found.code));
        if let (Some(one), Some(two), false) = (Reach::of(&text), Reach::of(&fixed), is_hidden) {
            let grows = two.actions > one.actions || two.wildcards > one.wildcards;
            assert!(!grows, "{name}: the policies allow more: {one:?} {two:?}\n{text}\n→\n{fixed}");
        }
        text = fixed;
        let after = state(&text, device);
        let why = || format!("{name}\n{source}\n→\n{text}\n{:#?}", after.4);
        assert!(after.0 <= before.0.max(hidden.0), "an error has come: {}", why());
        assert!(after.1 <= before.1.max(hidden.1), "the verdict is worse: {}", why());
        if readable {
            assert_eq!(after.2, before.2, "the kind: {}", why());
            assert!(after.3 == before.3 || after.3 == hidden.3, "the flow: {} {}", after.3, why());
        }
    }
    applied
}

fn texts() -> Vec<(String, String)> {
    let folder = |path: &Path| {
        let entries =
            std::fs::read_dir(path).expect("the folder is there").map(|entry| entry.expect("an entry").path());
        let json = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        let read = |path: std::path::PathBuf| {
            let name = path.file_stem()?.to_string_lossy().into_owned();
            Some((name, std::fs::read_to_string(&path).ok()?))
        };
        json.filter_map(read).collect::<Vec<_>>()
    };
    let mut texts = folder(&root().join("tests/fixtures/templates"));
    if let Some(corpus) = support::corpus() {
        texts.extend(folder(&corpus.join("templates")));
        texts.extend(folder(&corpus.join("field")));
    }
    texts.sort();
    texts
}

#[test]
fn safe_fixes_make_nothing_worse() {
    let device = certificate("full");
    let applied: usize = texts().iter().map(|(name, text)| assert_law(name, text, text, &device)).sum();
    println!("{applied} texts fixed");
    assert!(applied > 100, "{applied} texts fixed");
}

/// The same for clean texts with an additional section of fleet templates, and for those that lost one key or have it
/// in upper case.
#[test]
fn safe_fixes_make_nothing_worse_of_damaged_texts() {
    let device = certificate("full");
    let mut applied = 0;
    // A fixture already has a slip, which may hide the damage.
    let is_clean = |name: &str| !name.starts_with("JITP") || name.contains("-not-");
    for (name, text) in texts().iter().filter(|(name, text)| text.len() < 6_000 && is_clean(name)) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { continue };
        let Some(body) = value.as_object().filter(|body| body.contains_key("Resources")) else { continue };
        let mut with_mappings = body.clone();
        with_mappings.insert("Mappings".to_owned(), serde_json::json!({"Halls": {"DE": {"group": "hall-4"}}}));
        let with_mappings = serde_json::to_string_pretty(&with_mappings).expect("JSON");
        let keys = [
            "ThingName",
            "CertificateId",
            "PolicyName",
            "PolicyDocument",
            "Properties",
            "Type",
            "Status",
            "CommonName",
            "Id",
        ];
        for source in [text, &with_mappings] {
            applied += assert_law(name, source, source, &device);
            for key in keys {
                for other in
                    [key.to_ascii_uppercase(), key.to_ascii_lowercase(), key[1..].to_owned(), format!("{key}s")]
                {
                    let damaged = source.replacen(&format!("{key}\":"), &format!("{other}\":"), 1);
                    applied += if damaged == *source { 0 } else { assert_law(name, &damaged, source, &device) };
                }
            }
        }
    }
    println!("{applied} texts fixed");
    assert!(applied > 1_000, "{applied} texts fixed");
}
