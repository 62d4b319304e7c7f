//! Templates whose quotes are spelled as in another format: the source of a page, a URL, a string of C# or SQL, a word
//! processor. Each is one error with a fix, whether there is one more slip inside or not.

mod support;

use jitp::{Diagnostic, Severity, ValidationReport, validate};
use serde_json::{Value, json};
use support::apply;

const ROLE: &str = "arn:aws:iam::123456789012:role/meters";
const CLIENT: &str = "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}";

/// A way to write JSON.
type Write = fn(&Value) -> String;

/// How a host spells the quotes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// HTML and XML, quotes alone.
    Entity,
    /// HTML and XML, every character that has an entity.
    Page,
    /// XML, by numbers.
    Number,
    /// A URL, quotes alone.
    Percent,
    /// A URL, every character that must be encoded.
    Url,
    /// A word processor.
    Curly,
    /// C#, Visual Basic, SQL, CSV.
    Doubled,
    /// JSON and Java by numbers.
    Unicode,
}

impl Spelling {
    const ALL: [Spelling; 8] = [
        Spelling::Entity,
        Spelling::Page,
        Spelling::Number,
        Spelling::Percent,
        Spelling::Url,
        Spelling::Curly,
        Spelling::Doubled,
        Spelling::Unicode,
    ];

    fn of(self, text: &str) -> String {
        match self {
            Spelling::Entity => text.replace('"', "&quot;"),
            Spelling::Page => {
                text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
            }
            Spelling::Number => text.replace('"', "&#34;"),
            Spelling::Percent => text.replace('"', "%22"),
            Spelling::Url => {
                let encode = |byte: u8| match byte {
                    b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
                    _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                    _ => format!("%{byte:02X}"),
                };
                text.bytes().map(encode).collect()
            }
            Spelling::Curly => {
                let mut closes = false;
                let quote = |c: char| {
                    if c != '"' {
                        return c;
                    }
                    closes = !closes;
                    if closes { '\u{201c}' } else { '\u{201d}' }
                };
                text.chars().map(quote).collect()
            }
            Spelling::Doubled => text.replace('"', "\"\""),
            Spelling::Unicode => inside(text).replace("\\\"", "\\u0022"),
        }
    }
}

/// A slip in a text that is otherwise correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    None,
    /// The comma before the first resource's neighbour, or before the first statement.
    Comma,
    /// A comma after the last member.
    Trailing,
}

impl Slip {
    const ALL: [Slip; 3] = [Slip::None, Slip::Comma, Slip::Trailing];

    fn of(self, text: &str) -> String {
        match self {
            Slip::None => text.to_owned(),
            Slip::Comma => {
                let before = ["\"Resources\"", "\"Version\""].iter().find_map(|key| text.find(key)).expect("a key");
                let comma = text[..before].rfind(',').expect("a comma");
                format!("{}{}", &text[..comma], &text[comma + 1..])
            }
            Slip::Trailing => {
                let end = text.rfind('}').expect("a brace");
                format!("{},{}", text[..end].trim_end(), &text[end..])
            }
        }
    }
}

fn inside(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("JSON");
    quoted[1..quoted.len() - 1].to_owned()
}

fn policy() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iot:Connect"], "Resource": CLIENT}]})
}

fn body(policy: &str) -> Value {
    let name = |name: &str| format!("AWS::IoT::Certificate::{name}");
    json!({
        "Parameters": {name("CommonName"): {"Type": "String"}, name("Id"): {"Type": "String"}},
        "Resources": {
            "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": name("CommonName")},
                "AttributePayload": {"line": "7"}}},
            "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": name("Id")}, "Status": "ACTIVE"}},
            "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": policy}}
        }
    })
}

/// The part of a text that the host spells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Body,
    Config,
    PolicyInBody,
    PolicyInConfig,
    BodyInConfig,
}

impl Part {
    const ALL: [Part; 5] = [Part::Body, Part::Config, Part::PolicyInBody, Part::PolicyInConfig, Part::BodyInConfig];

    /// The correct text, and the text in the host's spelling.
    fn texts(self, write: Write, spelling: Spelling, slip: Slip) -> (String, String) {
        let right_policy = write(&policy());
        let put = |text: String, content: &str| text.replace("\"HERE\"", &format!("\"{content}\""));
        let config = |content: &str| put(write(&json!({"templateBody": "HERE", "roleArn": ROLE})), content);
        let in_body = |content: &str| put(write(&body("HERE")), content);
        let right_body = in_body(&inside(&right_policy));
        let right_config = config(&inside(&right_body));
        match self {
            Part::Body => (right_body.clone(), spelling.of(&slip.of(&right_body))),
            Part::Config => {
                let slipped = config(&inside(&slip.of(&right_body)));
                (right_config, spelling.of(&slipped))
            }
            Part::PolicyInBody => (right_body, in_body(&spelling.of(&slip.of(&right_policy)))),
            Part::PolicyInConfig => {
                let slipped = in_body(&spelling.of(&slip.of(&right_policy)));
                (right_config, config(&inside(&slipped)))
            }
            Part::BodyInConfig => (right_config, config(&spelling.of(&slip.of(&right_body)))),
        }
    }
}

fn unfolded(value: Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(&text) {
            Ok(inner) if inner.is_object() => unfolded(inner),
            _ => Value::String(text),
        },
        Value::Array(elements) => elements.into_iter().map(unfolded).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, unfolded(value))).collect(),
        other => other,
    }
}

fn meaning(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(unfolded)
}

fn errors(report: &ValidationReport) -> Vec<&Diagnostic> {
    report.diagnostics.iter().map(|found| &**found).filter(|found| found.severity == Severity::Error).collect()
}

#[test]
fn every_spelling_with_every_slip_is_one_error_with_a_fix() {
    let writers: [(&str, Write); 2] = [
        ("compact", |value| value.to_string()),
        ("pretty", |value| serde_json::to_string_pretty(value).expect("JSON")),
    ];
    let (mut tried, mut failed) = (0, Vec::new());
    for (spelling, part) in Spelling::ALL.into_iter().flat_map(|spelling| Part::ALL.map(|part| (spelling, part))) {
        for ((how, write), slip) in writers.iter().flat_map(|writer| Slip::ALL.map(|slip| (writer, slip))) {
            let (right, broken) = part.texts(*write, spelling, slip);
            let report = validate(&broken);
            let errors = errors(&report);
            // To JSON, a quote by its number is a quote.
            if slip == Slip::None && meaning(&broken) == meaning(&right) {
                assert!(errors.is_empty(), "{errors:#?}\n{broken}");
                continue;
            }
            tried += 1;
            let mut why = String::new();
            match &errors[..] {
                [one] => match &one.fix {
                    Some(fix) => {
                        let fixed = apply(&broken, fix);
                        if meaning(&fixed) != meaning(&right) {
                            why = format!("another meaning: {fixed}");
                        } else if validate(&fixed).diagnostics.iter().any(|found| found.severity == Severity::Error) {
                            why = "errors are left".to_owned();
                        }
                    }
                    None => why = format!("no fix for {}", one.message),
                },
                several => {
                    let said: Vec<_> =
                        several.iter().map(|found| format!("{} {}", found.code, found.message)).collect();
                    why = format!("{} errors: {}", several.len(), said.join("; "));
                }
            }
            if !why.is_empty() {
                failed.push(format!(
                    "{spelling:?} {part:?} {how} {slip:?}: {}",
                    why.chars().take(300).collect::<String>()
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {tried}\n{}", failed.len(), failed.join("\n"));
    assert!(tried >= 200, "{tried}");
}

/// One quote that was not escaped among those written by their number.
#[test]
fn a_plain_quote_among_numbered_ones_is_one_error_with_a_fix() {
    let (right, text) = Part::BodyInConfig.texts(|value| value.to_string(), Spelling::Unicode, Slip::None);
    let mut tried = 0;
    for key in ["Parameters", "Resources", "thing", "Status", "AWS::IoT::Policy"] {
        for numbered in [format!("\\u0022{key}"), format!("{key}\\u0022")] {
            let broken = text.replacen(&numbered, &numbered.replace("\\u0022", "\""), 1);
            assert_ne!(broken, text, "{key}");
            let report = validate(&broken);
            let [one] = errors(&report)[..] else { panic!("{key}: {:#?}\n{broken}", errors(&report)) };
            let fix = one.fix.as_ref().unwrap_or_else(|| panic!("{key}: {}\n{broken}", one.message));
            assert_eq!(meaning(&apply(&broken, fix)), meaning(&right), "{key}");
            tried += 1;
        }
    }
    assert_eq!(tried, 10);
}
