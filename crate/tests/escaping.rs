//! A table of wrong escaping: JSON inside strings with too few backslashes, too many, or in the wrong places.
//!
//! Each gives one error with a fix, and the fixed text is checked like the correct one.

mod support;

use jitp::{Diagnostic, Severity, ValidationReport, validate};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::{apply, root};

const ARN: &str = "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}";
const ROLE: &str = "arn:aws:iam::123456789012:role/JITPRole";

/// A way to put a text into a string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Way {
    /// As JSON requires it.
    Right,
    /// Not at all.
    Raw,
    /// Quotes alone: `${T//\"/\\\"}` in a shell, `replace('"', '\\"')` anywhere.
    QuotesAlone,
    /// Twice.
    Twice,
    /// Quotes alone, twice.
    QuotesAloneTwice,
    /// As a JSON string with its own quotes, as `jq '@json'` and `JSON.stringify` write it, between others.
    Doubled,
    /// As a JSON string that is made a string again.
    StringOfString,
    /// Correct, except for unescaped line breaks.
    RawLines,
}

impl Way {
    const ALL: [Way; 8] = [
        Way::Right,
        Way::Raw,
        Way::QuotesAlone,
        Way::Twice,
        Way::QuotesAloneTwice,
        Way::Doubled,
        Way::StringOfString,
        Way::RawLines,
    ];

    /// The text between the quotes.
    fn inside(self, text: &str) -> String {
        let quote = |text: &str| serde_json::to_string(text).expect("JSON");
        let inside = |quoted: String| quoted[1..quoted.len() - 1].to_owned();
        let alone = |text: &str| text.replace('"', "\\\"");
        match self {
            Way::Right => inside(quote(text)),
            Way::Raw => text.to_owned(),
            Way::QuotesAlone => alone(text),
            Way::Twice => inside(quote(&inside(quote(text)))),
            Way::QuotesAloneTwice => alone(&alone(text)),
            Way::Doubled => quote(text),
            Way::StringOfString => inside(quote(&quote(text))),
            Way::RawLines => text.split('\n').map(|line| inside(quote(line))).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// A template body and the policy documents in it, each replaced by a different word.
struct Subject {
    name: String,
    body: String,
    policies: Vec<String>,
}

/// The fixtures without any error whose policies are strings.
fn subjects() -> Vec<Subject> {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let fixtures = paths.iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(path).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let value = match value.get("templateBody") {
            Some(body) => serde_json::from_str(body.as_str()?).ok()?,
            None => value,
        };
        let report = validate(&text);
        // A text with a private key in it gets no fix.
        let has_key = report.diagnostics.iter().any(|found| found.code == "JITP155");
        let sound = report.ok && !has_key && !name.contains('+') && value.get("Resources").is_some();
        sound.then(|| Subject::new(name, value))
    });
    fixtures.chain([Subject::with_backslashes()]).collect()
}

impl Subject {
    fn new(name: String, mut value: Value) -> Self {
        let mut policies = Vec::new();
        let resources = value.get_mut("Resources").and_then(Value::as_object_mut);
        for resource in resources.into_iter().flat_map(serde_json::Map::values_mut) {
            let document = resource.pointer_mut("/Properties/PolicyDocument");
            if let Some(document) = document.filter(|document| document.as_str().is_some_and(|text| text.contains('"')))
            {
                let text = std::mem::replace(document, Value::String(format!("POLICY{}", policies.len())));
                policies.push(text.as_str().expect("a string").to_owned());
            }
        }
        Self { name, body: serde_json::to_string_pretty(&value).expect("JSON"), policies }
    }

    /// Policies with every kind of backslash that a correct text may have.
    fn with_backslashes() -> Self {
        let policy = |sid: &str| {
            let statement = json!({"Sid": sid, "Effect": "Allow", "Action": "iot:Connect", "Resource": ARN});
            json!({"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument":
                json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()}})
        };
        let reference = |name: &str| json!({"Ref": format!("AWS::IoT::Certificate::{name}")});
        let body = json!({
            "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
            "Resources": {
                "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": reference("CommonName")}},
                "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": reference("Id")}},
                "path": policy("C:\\devices\\"),
                "pattern": policy("^\\d+\\.\\w$"),
                "words": policy("the \"lamps\" and the \"pumps\""),
                "json": policy("{\"a\": [\"b\"]}"),
                "lines": policy("one\ntwo\ttabs"),
            }
        });
        Self::new("with backslashes".to_owned(), body)
    }

    /// The body with its policies written in a way.
    fn body(&self, way: Way) -> String {
        let write =
            |body: String, (at, policy): (usize, &String)| body.replace(&format!("POLICY{at}"), &way.inside(policy));
        self.policies.iter().enumerate().fold(self.body.clone(), write)
    }

    fn config(&self, outer: Way, inner: Way) -> String {
        format!("{{\n  \"templateBody\": \"{}\",\n  \"roleArn\": \"{ROLE}\"\n}}\n", outer.inside(&self.body(inner)))
    }
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// A value with the JSON inside its strings, so that white space in them does not count.
fn unfolded(value: Value) -> Value {
    match value {
        Value::String(text) => match parsed(&text).filter(|inner| inner.is_object() || inner.is_array()) {
            Some(inner) => unfolded(inner),
            None => Value::String(text),
        },
        Value::Array(elements) => elements.into_iter().map(unfolded).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, unfolded(value))).collect(),
        other => other,
    }
}

/// The findings without the length, which another way of writing may change.
fn said(report: &ValidationReport) -> Vec<(&'static str, String)> {
    let mut said: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|found| found.code != "JITP020")
        .map(|found| (found.code, found.message.clone()))
        .collect();
    said.sort();
    said
}

fn errors(report: &ValidationReport) -> Vec<&Diagnostic> {
    report.diagnostics.iter().map(|found| &**found).filter(|found| found.severity == Severity::Error).collect()
}

/// The broken text has `count` errors more than the correct one, each with a fix. All fixes together give the correct
/// text.
fn assert_restored(name: &str, right: &str, broken: &str, count: usize) {
    let (expected, report) = (validate(right), validate(broken));
    let found: Vec<_> = errors(&report).into_iter().filter(|found| found.code != "JITP020").collect();
    assert_eq!(found.len(), count, "{name}: {found:#?}\n{broken}");
    let mut text = broken.to_owned();
    for _ in 0..count {
        let report = validate(&text);
        let next = errors(&report).into_iter().find(|found| found.code != "JITP020").cloned().expect("one more");
        let fix = next.fix.as_ref().unwrap_or_else(|| panic!("{name}: no fix for {}\n{text}", next.message));
        let (first, last) = (fix.edits.first().expect("an edit"), fix.edits.last().expect("an edit"));
        let span = next.span.expect("a place");
        assert!(span.start <= last.span.end && span.end >= first.span.start, "{name}");
        text = apply(&text, fix);
    }
    assert_eq!(parsed(&text).map(unfolded), parsed(right).map(unfolded), "{name}\n{broken}\n{text}");
    let fixed = validate(&text);
    assert_eq!(said(&fixed), said(&expected), "{name}\n{text}");
    // All other findings are in the broken text as well.
    let others = |report: &ValidationReport| {
        let mut said = said(report);
        said.retain(|(code, message)| !found.iter().any(|found| found.code == *code && found.message == *message));
        said
    };
    assert_eq!(others(&report), others(&expected), "{name}\n{broken}");
    assert_eq!(report.resources.len(), expected.resources.len(), "{name}\n{broken}");
}

#[test]
fn every_wrong_number_of_backslashes_is_one_finding_with_a_fix() {
    let mut tried: BTreeMap<(Option<Way>, Way), usize> = BTreeMap::new();
    for subject in subjects() {
        let name = &subject.name;
        let outer_ways = Way::ALL.into_iter().map(Some).chain([None]);
        for (outer, inner) in outer_ways.flat_map(|outer| Way::ALL.map(|inner| (outer, inner))) {
            let right_inner = subject.body(Way::Right);
            let (right, broken) = match outer {
                None => (right_inner.clone(), subject.body(inner)),
                Some(outer) => (subject.config(Way::Right, Way::Right), subject.config(outer, inner)),
            };
            // Some wrong ways equal the right one, if there is nothing to escape.
            if right == broken || parsed(&broken).map(unfolded) == parsed(&right).map(unfolded) {
                continue;
            }
            // A body that is made a string again is one fault. In a body that is JSON, each policy is one.
            let is_json = parsed(&subject.body(inner)).is_some();
            // If a backslash of the policy itself is not escaped, the text is another one.
            if inner == Way::QuotesAlone && subject.body(inner) != right_inner {
                continue;
            }
            let policies = if subject.body(inner) == right_inner { 0 } else { subject.policies.len() };
            let count = match outer {
                None | Some(Way::Right) if is_json => policies,
                Some(Way::StringOfString) if is_json => 1 + policies,
                Some(Way::Twice | Way::RawLines) if matches!(inner, Way::StringOfString | Way::Twice) => 1 + policies,
                _ => 1,
            };
            assert_restored(&format!("{name}, {outer:?}, {inner:?}"), &right, &broken, count);
            *tried.entry((outer, inner)).or_default() += 1;
        }
    }
    for (ways, count) in &tried {
        println!("{count:5} {ways:?}");
    }
    assert!(tried.len() >= 60, "{} ways", tried.len());
}

/// The whole config escaped as well, as in a program's source.
#[test]
fn a_config_that_is_the_inside_of_a_string_is_one_finding_with_a_fix() {
    let mut tried = 0;
    for subject in subjects() {
        let right = subject.config(Way::Right, Way::Right);
        let inner = [
            (Way::Right, Way::Right),
            (Way::QuotesAlone, Way::Right),
            (Way::Raw, Way::Raw),
            (Way::Doubled, Way::Right),
        ];
        for (whole, (outer, inner)) in
            [Way::Right, Way::QuotesAlone, Way::Twice].into_iter().flat_map(|whole| inner.map(|ways| (whole, ways)))
        {
            let broken = whole.inside(&subject.config(outer, inner));
            assert_restored(&format!("{}, {whole:?} {outer:?} {inner:?}", subject.name), &right, &broken, 1);
            tried += 1;
        }
    }
    println!("{tried} texts");
}

/// A correct text is not changed, however odd: backslashes that belong there, strings that only begin like JSON.
#[test]
fn correct_escaping_gives_no_finding() {
    let subject = Subject::with_backslashes();
    let body = subject.body(Way::Right);
    let config = subject.config(Way::Right, Way::Right);
    for text in [&body, &config, &serde_json::to_string(&body).expect("JSON"), &config.replace('/', "\\/")] {
        let report = validate(text);
        let codes: Vec<_> =
            report.diagnostics.iter().map(|found| found.code).filter(|code| *code != "JITP011").collect();
        assert_eq!(codes, [""; 0], "{text}");
    }
    for default in ["{", "[\\\"", "{\\\"a\\\": ", "\\\"\\\"{", "[\\\\]", "{{\\\"}}"] {
        let text =
            body.replacen("\"Type\": \"String\"", &format!("\"Type\": \"String\", \"Default\": \"{default}\""), 1);
        let report = validate(&text);
        assert!(parsed(&text).is_some() && report.diagnostics.iter().all(|found| found.code != "JITP001"), "{text}");
    }
}
