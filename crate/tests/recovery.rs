//! Texts that are not JSON: one error says so, and the rest is read as the author meant it.

mod support;

use jitp::{Diagnostic, Flow, TemplateOptions, ValidationReport, validate, validate_with};
use serde_json::Value;
use std::fmt::Write;
use support::dice::Dice;
use support::{apply, corpus, root};

fn fixtures() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut files: Vec<(String, String)> = folder
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), std::fs::read_to_string(&path).ok()?)))
        .collect();
    // A text that is not UTF-8 is not read at all, and a text with too many findings hides some.
    files.retain(|(name, text)| !text.contains('\u{fffd}') && !name.starts_with("JITP025"));
    files.sort();
    files
}

/// The texts of the fixtures and of the corpus that are JSON.
fn valid() -> Vec<(String, String)> {
    let mut texts = fixtures();
    if let Some(corpus) = corpus() {
        let files = std::fs::read_dir(corpus.join("templates")).expect("the corpus is there");
        let files = files.filter_map(|entry| Some(entry.ok()?.path()));
        texts.extend(files.filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(&path).ok()?))));
    }
    texts.retain(|(name, text)| !name.contains('+') && parsed(text).is_some_and(|value| value.is_object()));
    texts
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn malformed(report: &ValidationReport) -> Vec<&Diagnostic> {
    report.diagnostics.iter().map(|found| &**found).filter(|found| found.code == "JITP001").collect()
}

/// The other findings, without the length, which a way of writing may change.
fn others(report: &ValidationReport) -> Vec<(&'static str, &str)> {
    let others = report.diagnostics.iter().filter(|found| !matches!(found.code, "JITP001" | "JITP020"));
    let mut others: Vec<_> = others.map(|found| (found.code, found.message.as_str())).collect();
    others.sort_unstable();
    others
}

fn names(report: &ValidationReport) -> (Vec<&str>, Vec<&str>) {
    let resources = report.resources.iter().map(|resource| resource.logical_name.as_str()).collect();
    (report.parameters.iter().map(String::as_str).collect(), resources)
}

#[test]
fn each_kind_gives_one_finding_and_is_read_on() {
    // The only finding about these is that they are not JSON.
    const HOPELESS: [&str; 5] = ["empty", "file-name", "page", "pem", "yaml"];
    let mut seen = 0;
    for (name, text) in fixtures() {
        let Some(kind) = name.strip_prefix("JITP001-").filter(|kind| !kind.starts_with("not-")) else { continue };
        let report = validate(&text);
        let codes: Vec<&str> = report.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["JITP001"], "{name}");
        assert_eq!(report.parameters.is_empty(), HOPELESS.contains(&kind), "{name}");
        if !HOPELESS.contains(&kind) {
            assert_eq!(report.parameters.len(), 2, "{name}");
            assert_eq!(report.resources.len(), if kind == "cut-short" { 2 } else { 3 }, "{name}");
        }
        seen += 1;
    }
    assert!(seen >= 35, "{seen} kinds");
}

/// A way to write a value that is not JSON's.
struct Style {
    name: &'static str,
    quotes: (&'static str, &'static str),
    /// Whether keys that are words are without quotes.
    bare: bool,
    colon: &'static str,
    comma: &'static str,
    /// Before a closing bracket.
    last: &'static str,
    around: (&'static str, &'static str),
    /// Whether that has a safe fix.
    sure: bool,
}

const JSON: Style = Style {
    name: "JSON",
    quotes: ("\"", "\""),
    bare: false,
    colon: ": ",
    comma: ",\n",
    last: "\n",
    around: ("", "\n"),
    sure: true,
};

const STYLES: [Style; 20] = [
    Style { name: "single quotes", quotes: ("'", "'"), ..JSON },
    Style { name: "triple quotes", quotes: ("'''", "'''"), ..JSON },
    Style { name: "unicode strings of Python", quotes: ("u'", "'"), ..JSON },
    Style { name: "curly quotes", quotes: ("\u{201c}", "\u{201d}"), ..JSON },
    Style { name: "backticks", quotes: ("`", "`"), bare: true, ..JSON },
    Style { name: "a JavaScript object", quotes: ("'", "'"), bare: true, last: ",\n", ..JSON },
    Style { name: "a JavaScript module", bare: true, around: ("export default ", ";\n"), sure: false, ..JSON },
    Style { name: "a variable", around: ("const template = ", ";\n"), sure: false, ..JSON },
    Style { name: "HCL", bare: true, colon: " = ", comma: "\n", ..JSON },
    Style { name: "a hash of Ruby", colon: " => ", ..JSON },
    Style { name: "no commas", comma: "\n", ..JSON },
    Style { name: "trailing commas", last: ",", ..JSON },
    Style { name: "two commas", comma: ", ,", ..JSON },
    Style { name: "comments", comma: ", // so\n", last: " /* and\nso */ ", ..JSON },
    Style { name: "semicolons", comma: "; ", sure: false, ..JSON },
    Style { name: "no colons", colon: " ", ..JSON },
    Style { name: "no-break spaces", colon: ":\u{a0}", ..JSON },
    Style { name: "a byte order mark", around: ("\u{feff}", ""), ..JSON },
    Style { name: "a code block", around: ("```json\n", "\n```\n"), ..JSON },
    Style { name: "an argument in a shell", around: ("aws iot update --config '", "' --quiet\n"), sure: false, ..JSON },
];

impl Style {
    fn write(&self, value: &Value, is_key: bool, out: &mut String) {
        let string = |text: &str, out: &mut String| {
            let json = serde_json::to_string(text).expect("JSON");
            let (open, close) = self.quotes;
            let inside = &json[1..json.len() - 1];
            // In a text with other quotes, those are escaped, and JSON's are not.
            let inside = match close.chars().next() {
                Some('\'') => inside.replace("\\\"", "\"").replace('\'', "\\'"),
                Some('`') => inside.replace("\\\"", "\""),
                _ => inside.to_owned(),
            };
            let _ = write!(out, "{open}{inside}{close}");
        };
        let mut list = |brackets: [&str; 2], elements: Vec<(Option<&String>, &Value)>| {
            out.push_str(brackets[0]);
            for (index, (key, value)) in elements.iter().enumerate() {
                out.push_str(if index > 0 { self.comma } else { "" });
                if let Some(key) = key {
                    self.write(&Value::String((*key).clone()), true, out);
                    out.push_str(self.colon);
                }
                self.write(value, false, out);
            }
            out.push_str(if elements.is_empty() { "" } else { self.last });
            out.push_str(brackets[1]);
        };
        match value {
            Value::Object(members) => list(["{", "}"], members.iter().map(|(key, value)| (Some(key), value)).collect()),
            Value::Array(elements) => list(["[", "]"], elements.iter().map(|value| (None, value)).collect()),
            Value::String(text)
                if is_key && self.bare && !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric()) =>
            {
                out.push_str(text);
            }
            Value::String(text) => string(text, out),
            other => out.push_str(&other.to_string()),
        }
    }
}

/// Ways to break a whole text, and whether each has a safe fix.
type Break = (&'static str, bool, fn(&str) -> String);

const BREAKS: [Break; 9] = [
    ("escaped", true, |text| {
        let quoted = serde_json::to_string(text).expect("JSON");
        quoted[1..quoted.len() - 1].to_owned()
    }),
    ("escaped twice", true, |text| {
        let quote = |text: &str| serde_json::to_string(text).expect("JSON");
        let (once, inside) = (quote(text), |quoted: &str| quoted[1..quoted.len() - 1].to_owned());
        inside(&quote(&inside(&once)))
    }),
    ("entities", true, |text| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")),
    ("nulls", true, |text| text.chars().flat_map(|character| [character, '\0']).collect()),
    ("quotes of a shell", true, |text| format!("'{text}'\n")),
    ("a here-document", false, |text| format!("cat > config.json <<EOF\n{text}\nEOF\n")),
    ("in words", false, |text| format!("My template:\n\n{text}\n\nIs it right?\n")),
    ("a brace too many", true, |text| format!("{text} }}")),
    ("no braces", true, |text| {
        let inside = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        inside.map_or_else(|| format!("{text},"), |inside| inside.trim().to_owned())
    }),
];

/// The broken text gives one error more than the sound one, and nothing else changes. Applying its repair gives the
/// same value.
fn assert_read_on(name: &str, sound: &str, broken: &str, sure: bool) {
    let (mut expected, report) = (validate(sound), validate(broken));
    let mut sound = sound.to_owned();
    // Quotes of another format and one slip inside them are one finding: its fix repairs both.
    let has = |report: &ValidationReport| report.diagnostics.iter().any(|found| found.code == "JITP065");
    let deep =
        expected.diagnostics.iter().find(|found| found.code == "JITP065" && found.message.contains("well-formed"));
    if let Some(fix) = deep.and_then(|deep| deep.fix.clone()).filter(|_| !has(&report)) {
        sound = apply(&sound, &fix);
        expected = validate(&sound);
    }
    let sound = &*sound;
    assert!(parsed(broken).is_none(), "{name}");
    let found = malformed(&report);
    assert_eq!(found.len(), 1, "{name}: {found:#?}\n{broken}");
    assert_eq!(report.kind, expected.kind, "{name}\n{broken}");
    assert_eq!(names(&report), names(&expected), "{name}\n{broken}");
    assert_eq!(others(&report), others(&expected), "{name}\n{broken}");
    // A text with a private key has no edits.
    let sure = sure && expected.diagnostics.iter().all(|found| found.code != "JITP155");
    assert_eq!(found[0].fix.is_some(), sure, "{name}: {}\n{broken}", found[0].message);
    if let Some(fix) = &found[0].fix {
        assert_eq!(parsed(&apply(broken, fix)), parsed(sound), "{name}\n{broken}");
    }
}

#[test]
fn templates_written_otherwise_are_read_as_they_were_meant() {
    let mut tried = 0;
    for (name, text) in valid() {
        let value = parsed(&text).expect("JSON");
        // Without strings and lists there is nothing to write otherwise, and duplicate keys do not survive.
        if !malformed(&validate(&text)).is_empty() || !text.contains("Resources") || text.len() > 40_000 {
            continue;
        }
        let (mut sound, compact) = (String::new(), value.to_string());
        JSON.write(&value, false, &mut sound);
        for style in &STYLES {
            let mut broken = String::from(style.around.0);
            style.write(&value, false, &mut broken);
            broken += style.around.1;
            if parsed(&broken).is_none() {
                assert_read_on(&format!("{name}, {}", style.name), &sound, &broken, style.sure);
                tried += 1;
            }
        }
        for (what, sure, change) in BREAKS {
            // Null characters next to non-ASCII characters are not UTF-16 that could be written back: JITP008 reports
            // them.
            if what == "nulls" && !compact.is_ascii() {
                let report = validate(change(&compact));
                assert_eq!(
                    report.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(),
                    ["JITP008"],
                    "{name}"
                );
                continue;
            }
            assert_read_on(&format!("{name}, {what}"), &compact, &change(&compact), sure);
            tried += 1;
        }
    }
    println!("{tried} broken texts");
    assert!(tried > 2_000, "{tried} broken texts");
}

/// After any change a text that is not JSON has one error for it, and repairing that leaves the others unchanged.
#[test]
fn a_repair_changes_nothing_else() {
    const INSTEAD: [&str; 16] =
        ["", "", "", "'", "\"", ",", "}", "]", "{", "\n", "\\", "x", "= ", "\u{201c}", "// ", "\\_"];
    let (mut broken, mut repaired) = (0, 0);
    for (name, text) in fixtures().iter().filter(|(_, text)| text.len() < 6_000) {
        let flow = match name.split_once('+') {
            Some((_, "fleet")) => Flow::Fleet,
            Some((_, "register-thing")) => Flow::RegisterThing,
            _ => Flow::Jitp,
        };
        let context = |text: &str| validate_with(text, &TemplateOptions { flow, ..TemplateOptions::default() });
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut dice = Dice::of(name);
        for _ in 0..60 {
            let mut changed = text.clone();
            for _ in 0..=dice.roll(2) {
                let at = boundaries.get(dice.roll(boundaries.len())).copied().unwrap_or_default();
                if changed.is_char_boundary(at) && at < changed.len() {
                    let end = at + changed[at..].chars().next().map_or(0, char::len_utf8);
                    changed.replace_range(at..end, INSTEAD[dice.roll(INSTEAD.len())]);
                }
            }
            let report = context(&changed);
            let first = |report: &ValidationReport| malformed(report).first().map(|found| (*found).clone());
            if parsed(&changed).is_some() {
                continue;
            }
            broken += 1;
            let found = report.diagnostics.iter().filter(|found| {
                // Non-ASCII characters in UTF-16 cannot be recognised by their bytes.
                matches!(found.code, "JITP001" | "JITP003" | "JITP008") && found.message.starts_with("The text is")
                    || found.message.starts_with("The text nests")
            });
            assert_eq!(found.count(), 1, "{name}\n{changed}");
            let Some(fix) = first(&report)
                .filter(|found| found.message.starts_with("The text is") || found.message.starts_with("The text nests"))
                .and_then(|found| found.fix)
            else {
                continue;
            };
            let text = apply(&changed, &fix);
            assert!(parsed(&text).is_some(), "{name}\n{changed}\n{text}");
            let after = context(&text);
            assert_eq!(malformed(&after).len() + 1, malformed(&report).len(), "{name}\n{changed}\n{text}");
            assert_eq!(others(&after), others(&report), "{name}\n{changed}\n{text}");
            assert_eq!(names(&after), names(&report), "{name}\n{changed}\n{text}");
            repaired += 1;
        }
    }
    println!("{broken} broken texts, {repaired} repaired");
    assert!(broken > 2_000 && repaired > 1_000, "{broken} broken texts, {repaired} repaired");
}
