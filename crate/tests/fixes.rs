//! Every fix does what its title says: it removes the finding, adds no error, and changes nothing else.
//!
//! The fixes are tried on the fixtures, on the corpus and on random damage of them, as bodies and inside one and two
//! strings.

mod support;

use jitp::{Diagnostic, Fix, Flow, Severity, Span, TemplateOptions, ValidationReport, validate_with};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::dice::Dice;
use support::{apply, corpus, cut, root};

const ROLE: &str = "arn:aws:iam::123456789012:role/JITPRole";

fn read(folder: std::path::PathBuf) -> Vec<(String, String)> {
    let files = std::fs::read_dir(&folder).expect("the folder is there").filter_map(|entry| Some(entry.ok()?.path()));
    let json = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut texts: Vec<(String, String)> = json
        .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read_to_string(&path).ok()?)))
        .collect();
    // If findings are left out, a fix makes room for another of the same rule.
    texts.retain(|(name, _)| !name.starts_with("JITP025"));
    texts.sort();
    texts
}

/// Rules with a fix that a person decides on, because it may be right to leave the text as it is.
const PROPOSALS: [&str; 8] = ["JITP019", "JITP023", "JITP028", "JITP029", "JITP046", "JITP047", "JITP070", "JITP144"];

/// The fixtures and the corpus.
fn texts() -> Vec<(String, String)> {
    let mut texts = read(root().join("tests/fixtures/templates"));
    if let Some(corpus) = corpus() {
        texts.extend(read(corpus.join("templates")));
        texts.extend(read(corpus.join("reported")));
    }
    texts
}

/// Whether a text is a fixture. A fixture has one slip at most.
fn is_ours(name: &str) -> bool {
    name.starts_with("JITP") || name.starts_with("ok")
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

/// A text unchanged, inside one string, and inside two.
fn wrapped(name: &str, text: &str) -> Vec<String> {
    let mut texts = vec![text.to_owned()];
    if serde_json::from_str::<Value>(text).is_ok_and(|value| value.get("Resources").is_some()) {
        // A registration config is for JITP only.
        let config = match name.contains('+') {
            true => quote(text),
            false => format!("{{\"templateBody\": {}, \"roleArn\": \"{ROLE}\"}}", quote(text)),
        };
        texts.push(quote(&config));
        texts.push(config);
    }
    texts
}

/// Checks a text for the flow in its name.
fn validate(name: &str, source: &str) -> ValidationReport {
    let flow = match name.split_once('+').map(|(_, rest)| rest) {
        Some("fleet.json") => Flow::Fleet,
        Some("register-thing.json") => Flow::RegisterThing,
        _ => Flow::Jitp,
    };
    validate_with(source, &TemplateOptions { flow, ..TemplateOptions::default() })
}

/// The scalars below a value by their pointers, those of JSON inside strings too.
fn leaves(value: &Value, pointer: String, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(key, value)| leaves(value, format!("{pointer}\n{key}"), found));
        }
        Value::Array(elements) if !elements.is_empty() => {
            elements.iter().enumerate().for_each(|(at, value)| leaves(value, format!("{pointer}\n{at}"), found));
        }
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => leaves(&inner, pointer, found),
            _ => drop(found.insert(pointer, text.clone())),
        },
        Value::Object(_) | Value::Array(_) => {}
        other => drop(found.insert(pointer, other.to_string())),
    }
}

fn leaves_of(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if let Ok(value) = serde_json::from_str(text) {
        leaves(&value, String::new(), &mut found);
    }
    found
}

/// Each scalar with a new value or place is named in the edits: by its value, or by a key on the way to it.
fn assert_only_touched(name: &str, source: &str, fix: &Fix, fixed: &str) {
    let plain = |text: &str| text.replace('\\', "");
    let pieces: Vec<String> = fix
        .edits
        .iter()
        .flat_map(|edit| [cut(source, edit.span), edit.text.clone()])
        .map(|text| plain(&text))
        .collect();
    let mut touched = pieces.join(" ");
    // An edit that puts brackets around a text names it.
    if let [first, last] = &fix.edits[..]
        && [first, last].iter().all(|edit| edit.span.start == edit.span.end)
    {
        let (start, end) = (first.span.start.min(last.span.start), first.span.end.max(last.span.end));
        touched += &plain(&cut(source, Span { start, end }));
    }
    let (before, after) = (leaves_of(source), leaves_of(fixed));
    for (pointer, value) in before.iter().chain(&after) {
        let same = before.get(pointer) == after.get(pointer);
        let spoken_of = touched.contains(&plain(value))
            || pieces.iter().any(|piece| !piece.is_empty() && plain(value).contains(piece))
            || pointer
                .split('\n')
                .map(plain)
                .any(|step| step.len() > 1 && touched.contains(&step) || touched.contains(&format!("\"{step}\"")));
        assert!(same || spoken_of, "{name}: {} changed {pointer:?}: {value:?}\n{source}", fix.title);
    }
}

fn codes(report: &ValidationReport, wanted: impl Fn(&Diagnostic) -> bool) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for found in report.diagnostics.iter().filter(|found| wanted(found)) {
        *counts.entry(found.code).or_default() += 1;
    }
    counts
}

/// Applies every fix of a text's findings. Damage can hide findings that `original` had: they may come back.
///
/// If there is `more` than one slip, a misspelled name can hide a text with another one.
fn assert_fixes(
    (name, source): (&str, &str),
    original: &ValidationReport,
    more: bool,
    used: &mut BTreeSet<&'static str>,
) -> usize {
    let report = validate(name, source);
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let (before, first) = (codes(&report, is_error), codes(original, is_error));
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let mut applied = 0;
    for found in &report.diagnostics {
        let titles: BTreeSet<&str> = found.choices.iter().map(|choice| choice.title.as_str()).collect();
        let is_real = found.choices.len() != 1 || PROPOSALS.contains(&found.code);
        assert!(is_real && titles.len() == found.choices.len(), "{name}: choices of {}", found.code);
        assert!(found.fix.is_none() || found.choices.is_empty(), "{name}: {} has a fix and choices", found.code);
        for (fix, is_choice) in
            found.fix.iter().map(|fix| (fix, false)).chain(found.choices.iter().map(|fix| (fix, true)))
        {
            let text = apply(source, fix);
            let why = || format!("{name}: {} {}: {}\n{source}\n→\n{text}", found.code, found.message, fix.title);
            assert!(is_json(&text) || !is_json(source), "{}", why());
            let fixed = validate(name, &text);
            let same = |other: &Diagnostic| other.code == found.code && other.message == found.message;
            let count = |report: &ValidationReport| report.diagnostics.iter().filter(|found| same(found)).count();
            // A choice can reveal a third finding of the same rule, which had no effect next to the two.
            assert!(count(&fixed) < count(&report) || more && is_choice, "still there: {}", why());
            // The value of a key that is kept, or moved to where it counts, is checked now.
            let reveals = match found.code {
                "JITP002" | "JITP005" | "JITP069" => is_choice,
                "JITP004" | "JITP031" | "JITP036" | "JITP050" | "JITP051" | "JITP052" | "JITP056" | "JITP057"
                | "JITP062" => more,
                _ => more && is_choice,
            };
            for (code, count) in codes(&fixed, is_error) {
                // A fix can add or remove the last trace of JITP, which changes the recognised flow.
                if reveals || more && fixed.written_for != report.written_for {
                    continue;
                }
                let most = before.get(code).max(first.get(code)).copied().unwrap_or_default();
                let which: Vec<_> = fixed.diagnostics.iter().filter(|other| other.code == code).collect();
                assert!(count <= most, "{count} of {code} came: {}\n{which:#?}", why());
            }
            // The test cannot read the values of a text that is not JSON.
            let was_json = !found.message.contains(" is not well-formed JSON");
            if was_json && found.code != "JITP002" && found.code != "JITP069" {
                assert_only_touched(name, source, fix, &text);
            }
            used.insert(found.code);
            applied += 1;
        }
    }
    applied
}

#[test]
fn fixes_do_what_they_say() {
    let mut used = BTreeSet::new();
    let mut applied = 0;
    for (name, text) in texts() {
        let bare = validate(&name, &text);
        // Findings about a policy depend on the account, which the role of a config names.
        let fixes = |report: &ValidationReport| -> Vec<_> {
            let of = |found: &Diagnostic| (found.code, found.fix.is_some(), found.choices.len());
            report
                .diagnostics
                .iter()
                .map(|found| of(found))
                .filter(|(code, ..)| *code != "JITP011" && *code < "JITP090")
                .collect()
        };
        for source in wrapped(&name, &text) {
            let report = validate(&name, &source);
            assert_eq!(fixes(&report), fixes(&bare), "{name}\n{source}");
            applied += assert_fixes((&name, &source), &report, !is_ours(&name), &mut used);
        }
    }
    println!("{applied} fixes applied, of {used:?}");
    assert!(applied > 80, "{applied} fixes");
}

/// A text with one slip that leaves it JSON: a letter in a word, a value, or a member; and whether that member itself has slips.
fn damaged(text: &str, dice: &mut Dice) -> (String, bool) {
    let mut more = false;
    let replaced = |at: usize, length: usize, new: &str| format!("{}{new}{}", &text[..at], &text[at + length..]);
    let letters: Vec<usize> = text.match_indices(|c: char| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let strings: Vec<(usize, usize)> = {
        let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
        quotes.windows(2).map(|pair| (pair[0], pair[1] + 1 - pair[0])).collect()
    };
    let (at, length) = strings.get(dice.roll(strings.len())).copied().unwrap_or((0, 0));
    let changed = match dice.roll(10) {
        0..=3 => {
            let Some(at) = letters.get(dice.roll(letters.len())) else { return (text.to_owned(), false) };
            replaced(*at, 1, ["x", "", "_", "T"][dice.roll(4)])
        }
        4 => replaced(at, length, ["7", "true", "{}", "[]", "null", "\"\""][dice.roll(6)]),
        5 => replaced(at, length, &text[at..at + length].to_ascii_lowercase()),
        6 => replaced(at, length, &text[at..at + length].to_ascii_uppercase()),
        7 => {
            // A member that is known in other places.
            let opens: Vec<usize> = text.match_indices('{').map(|(at, _)| at + 1).collect();
            let member = [
                "\"OverrideSettings\": {\"Status\": \"FAIL\"}",
                "\"ThingName\": {\"Ref\": \"CommonName\"}",
                "\"CertificateId\": {\"ref\": \"CertificateId\"}",
                "\"thing_groups\": \"one\"",
                "\"Type\": \"AWS::IoT::Thing\"",
                "\"extra\": {\"Type\": \"AWS::IoT::Policy\", \"Properties\": {\"PolicyName\": \"p\"}}",
                "\"PolicyName\": \"p\"",
                "\"CertificatePem\": \"p\"",
                "\"Default\": 7",
            ][dice.roll(9)];
            let Some(at) = opens.get(dice.roll(opens.len())).copied() else { return (text.to_owned(), false) };
            // The place, the key or the reference: each may be wrong.
            more = true;
            let comma = if text[at..].trim_start().starts_with('}') { "" } else { "," };
            replaced(at, 0, &format!("{member}{comma}"))
        }
        8 => replaced(at, length, "{\"Ref\": \"CN\"}"),
        _ => {
            let whole = ["Parameters", "Properties", "Type", "CertificateId", "ThingName", "Default", "Resources"];
            text.replacen(&format!("\"{}\"", whole[dice.roll(whole.len())]), "\"Gone\"", 1)
        }
    };
    if serde_json::from_str::<Value>(&changed).is_ok() { (changed, more) } else { (text.to_owned(), false) }
}

/// Tries random damage of one text; returns how many fixes were applied.
fn assert_fixes_of_damage(name: &str, text: &str, used: &mut BTreeSet<&'static str>) -> usize {
    let mut dice = Dice::of(name);
    let original = validate(name, text);
    let mut applied = 0;
    for _ in 0..100 {
        let (mut changed, mut more) = damaged(text, &mut dice);
        more |= !name.starts_with("ok");
        if dice.roll(3) == 0 {
            more = true;
            changed = damaged(&changed, &mut dice).0;
        }
        let sources = wrapped(name, &changed);
        let source = &sources[dice.roll(sources.len())];
        applied += assert_fixes((name, source), &original, more, used);
    }
    applied
}

#[test]
fn fixes_do_what_they_say_of_random_damage() {
    let mut used = BTreeSet::new();
    let (mut applied, mut failed) = (0, Vec::new());
    let texts = texts();
    for (name, text) in texts.iter().filter(|(_, text)| text.len() < 6_000) {
        // All texts are tried, because one that fails says nothing about the others.
        let tried = std::panic::AssertUnwindSafe(|| assert_fixes_of_damage(name, text, &mut used));
        match std::panic::catch_unwind(tried) {
            Ok(count) => applied += count,
            Err(_) => failed.push(name.as_str()),
        }
    }
    println!("{applied} fixes applied, of {used:?}");
    assert!(failed.is_empty(), "{}", failed.join(", "));
    assert!(applied > 1_000, "{applied} fixes");
}
