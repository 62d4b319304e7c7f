//! A string that is broken at one place: one error says so, and there is no finding that only follows from it.

mod support;

use jitp::{Severity, ValidationReport, validate};
use serde_json::Value;
use std::collections::BTreeSet;
use support::dice::Dice;
use support::{apply, corpus, root};

const ROLE: &str = "arn:aws:iam::123456789012:role/JITPRole";

/// Sound templates as registration configs, with their names.
fn configs() -> Vec<(String, String)> {
    let mut folders = vec![root().join("tests/fixtures/templates")];
    folders.extend(corpus().map(|corpus| corpus.join("templates")));
    let mut configs = Vec::new();
    for folder in folders {
        let mut paths: Vec<_> = std::fs::read_dir(&folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        for path in paths {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let Some(value) = serde_json::from_str::<Value>(&text).ok() else { continue };
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !validate(&text).ok || name.contains('+') || text.len() > 40_000 {
                continue;
            }
            if value.get("Resources").is_some() {
                let quoted = serde_json::to_string(&text).expect("JSON");
                configs.push((name, format!("{{\"templateBody\": {quoted}, \"roleArn\": \"{ROLE}\"}}")));
            } else if value.get("templateBody").is_some() {
                configs.push((name, text));
            }
        }
    }
    configs
}

/// Whether a config and the body in it are JSON.
fn is_whole(config: &str) -> bool {
    let body = serde_json::from_str::<Value>(config)
        .ok()
        .and_then(|config| Some(config.get("templateBody")?.as_str()?.to_owned()));
    body.is_some_and(|body| serde_json::from_str::<Value>(&body).is_ok())
}

/// How many findings the sound text does not have, and how many of them are errors.
fn more(sound: &ValidationReport, broken: &ValidationReport) -> (usize, usize) {
    let known: BTreeSet<_> = sound.diagnostics.iter().map(|found| (found.code, &found.message)).collect();
    let new: Vec<_> =
        broken.diagnostics.iter().filter(|found| !known.contains(&(found.code, &found.message))).collect();
    (new.len(), new.iter().filter(|found| found.severity == Severity::Error).count())
}

type Break = (&'static str, &'static str, fn(&str, usize) -> String);

/// The changes at a place with a needle.
const BREAKS: [Break; 5] = [
    ("a backslash removed", "\\", |text, at| format!("{}{}", &text[..at], &text[at + 1..])),
    ("a backslash added", "\\", |text, at| format!("{}\\{}", &text[..at], &text[at..])),
    ("a quote removed", "\"", |text, at| format!("{}{}", &text[..at], &text[at + 1..])),
    ("a quote added", "\"", |text, at| format!("{}\"{}", &text[..at], &text[at..])),
    ("a backslash and its quote removed", "\\\"", |text, at| format!("{}{}", &text[..at], &text[at + 2..])),
];

/// The outcome of one kind of break.
#[derive(Default)]
struct Tally {
    broken: usize,
    /// How many places gave one new finding.
    single: usize,
    fixed: usize,
    /// How many of the fixed texts have the value of the sound text.
    restored: usize,
}

/// A value with the JSON inside its strings, so that white space in them does not count.
fn unfolded(text: &str) -> Option<Value> {
    fn unfold(value: Value) -> Value {
        match value {
            Value::String(text) => unfolded(&text).filter(|inner| !inner.is_string()).unwrap_or(Value::String(text)),
            Value::Array(elements) => elements.into_iter().map(unfold).collect(),
            Value::Object(members) => members.into_iter().map(|(key, value)| (key, unfold(value))).collect(),
            other => other,
        }
    }
    serde_json::from_str(text).ok().map(unfold)
}

#[test]
fn a_broken_string_gives_no_flood() {
    /// The most findings that any single slip may give.
    const MOST: usize = 10;
    for (what, needle, change) in BREAKS {
        let mut tally = Tally::default();
        for (name, text) in configs() {
            let sound = validate(&text);
            let places: Vec<usize> = text.match_indices(needle).map(|(at, _)| at).collect();
            let mut dice = Dice::of(&name);
            for _ in 0..20 {
                let Some(at) = places.get(dice.roll(places.len())).copied() else { break };
                let broken = change(&text, at);
                if is_whole(&broken) {
                    continue;
                }
                let report = validate(&broken);
                let (findings, errors) = more(&sound, &report);
                assert!(findings <= MOST, "{what}: {name} at {at}: {findings} findings\n{broken}");
                assert!(errors > 0, "{what}: {name} at {at}\n{broken}");
                tally.broken += 1;
                tally.single += usize::from(findings == 1);
                let malformed = report.diagnostics.iter().find(|found| matches!(found.code, "JITP001" | "JITP065"));
                if let Some(fix) = malformed.and_then(|found| found.fix.as_ref()) {
                    tally.fixed += 1;
                    let is_restored = unfolded(&apply(&broken, fix)) == unfolded(&text);
                    tally.restored += usize::from(is_restored);
                    if !is_restored && std::env::var("JITP_TORN").is_ok() {
                        println!(
                            "{what}: {name} at {at} …{}…",
                            text.get(at.saturating_sub(40)..at + 40).unwrap_or_default()
                        );
                    }
                }
            }
        }
        let Tally { broken, single, fixed, restored } = tally;
        println!("{what}: {broken} broken, {single} with one finding, {fixed} with a fix, {restored} of them restored");
        assert!(single * 100 >= broken * 97, "{what}: {single} of {broken} have one finding");
        assert!(restored * 100 >= fixed * 97, "{what}: {restored} of {fixed} fixes restore the text");
    }
}
