//! Frames around the examples of the catalogue: correct texts for everything that the examples leave out.

use crate::support;
use jitp::rules::{CatalogueEntry, ExampleScope};
use jitp::{DryRunOptions, Flow, TemplateOptions, read_certificates};

/// An example that leaves out everything.
pub const PLAIN: &str = "";

const PARAMETERS: [(&str, &str); 2] = [
    ("AWS::IoT::Certificate::CommonName", r#"{"Type": "String"}"#),
    ("AWS::IoT::Certificate::Id", r#"{"Type": "String"}"#),
];
const THING: &str =
    r#"{"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}}"#;
const CERTIFICATE: &str = r#"{"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}"#;
const DOCUMENT: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"}]}"#;

/// A text to check, and the inputs of the check.
pub struct Case {
    pub source: String,
    pub certificate: Vec<u8>,
    /// Instead of the certificate.
    pub subject: Option<String>,
    pub template: TemplateOptions,
    pub run: DryRunOptions,
}

/// An example of a rule in its frame.
pub fn case(entry: &CatalogueEntry, example: &str) -> Case {
    let text = if entry.scope == ExampleScope::Existing { String::new() } else { expand(example) };
    let mut subject = None;
    // In fleet provisioning AWS issues the certificate, so that none exists before.
    let mut certificate = if entry.rule.flow == Flow::Fleet { Vec::new() } else { support::certificate("full") };
    let source = match entry.scope {
        _ if example == PLAIN => template(),
        ExampleScope::Existing => support::existing::example(),
        ExampleScope::Text | ExampleScope::Account => text,
        ExampleScope::Body => body(&text),
        ExampleScope::Parameters => body(&format!("\"Parameters\": {{{}}}", parameters(&text))),
        ExampleScope::Resources => resources(&text),
        ExampleScope::Thing => {
            let thing = format!(r#"{{"Type": "AWS::IoT::Thing", {text}}}"#);
            resources(&format!(r#""thing": {thing}, "certificate": {CERTIFICATE}, "policy": {}"#, policy()))
        }
        ExampleScope::Certificate => {
            let certificate = format!(r#"{{"Type": "AWS::IoT::Certificate", {text}}}"#);
            resources(&format!(r#""thing": {THING}, "certificate": {certificate}, "policy": {}"#, policy()))
        }
        ExampleScope::Policy => {
            let policy = format!(r#"{{"Type": "AWS::IoT::Policy", {text}}}"#);
            resources(&format!(r#""thing": {THING}, "certificate": {CERTIFICATE}, "policy": {policy}"#))
        }
        ExampleScope::Document => {
            resources(&format!(r#""thing": {THING}, "certificate": {CERTIFICATE}, "policy": {}"#, policy_with(&text)))
        }
        ExampleScope::Subject => {
            certificate = with_subject(&text);
            let declared = ["AWS::IoT::Certificate::Country", "AWS::IoT::Certificate::OrganizationalUnit"];
            let declared = declared.map(|name| format!(r#""{name}": {{"Type": "String"}}"#)).join(", ");
            body(&format!("\"Parameters\": {{{}}}", parameters(&declared)))
        }
        ExampleScope::GivenSubject => {
            subject = Some(text);
            template()
        }
        ExampleScope::Pem | ExampleScope::Chain | ExampleScope::Registration => {
            certificate = text.into_bytes();
            template()
        }
    };
    let template = TemplateOptions { flow: entry.rule.flow, ..TemplateOptions::default() };
    let mut run = support::options();
    if entry.rule.flow == Flow::RegisterThing {
        let given = [("ThingName", "sensor-0001"), ("CSR", "MIHQMHgC…"), ("CertificateId", "a1b2c3")];
        run.parameters = given.map(|(name, value)| (name.into(), value.into())).to_vec();
    }
    if entry.scope == ExampleScope::Existing && example != PLAIN {
        run = support::existing::options(example);
    }
    Case { source, certificate, subject, template, run }
}

fn template() -> String {
    body("")
}

fn policy_with(document: &str) -> String {
    format!(r#"{{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": "{}"}}}}"#, escape(document))
}

fn policy() -> String {
    policy_with(DOCUMENT)
}

fn resources(members: &str) -> String {
    body(&format!("\"Resources\": {{{members}}}"))
}

/// A template body with these members, and with defaults for the members that they leave out.
fn body(members: &str) -> String {
    let mut text = members.to_owned();
    let mut add = |key: &str, value: String| {
        if !members.contains(&format!("\"{key}\":")) {
            let comma = if text.trim().is_empty() { "" } else { ", " };
            text.push_str(&format!("{comma}\"{key}\": {value}"));
        }
    };
    add("Parameters", format!("{{{}}}", parameters("")));
    let all = format!(r#"{{"thing": {THING}, "certificate": {CERTIFICATE}, "policy": {}}}"#, policy());
    add("Resources", all);
    format!("{{{text}}}")
}

/// These parameters, and those that the resources of the frame refer to.
fn parameters(members: &str) -> String {
    let missing = PARAMETERS.iter().filter(|(name, _)| !members.contains(&format!("\"{name}\"")));
    let missing = missing.map(|(name, declaration)| format!("\"{name}\": {declaration}"));
    let given = (!members.trim().is_empty()).then(|| members.to_owned());
    given.into_iter().chain(missing).collect::<Vec<_>>().join(", ")
}

fn escape(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a string");
    quoted[1..quoted.len() - 1].to_owned()
}

/// The example with `⟨…⟩` replaced, escaped as deeply as its place requires.
fn expand(example: &str) -> String {
    let mut text = String::new();
    let mut rest = example;
    while let Some((before, after)) = rest.split_once('⟨') {
        text.push_str(before);
        let (name, behind) = after.split_once('⟩').expect("a closing bracket");
        let depth = depth(&example[..example.len() - after.len() - '⟨'.len_utf8()]);
        let value = match name {
            "template" => template(),
            "thing" => THING.to_owned(),
            "certificate" => CERTIFICATE.to_owned(),
            "policy" => policy(),
            "document" => DOCUMENT.to_owned(),
            file if file.ends_with(".pem") => base64_of(file),
            _ => {
                let (piece, times) = name.rsplit_once(" × ").unwrap_or_else(|| panic!("what is ⟨{name}⟩?"));
                text.push_str(&piece.repeat(times.replace(',', "").parse().expect("a number")));
                String::new()
            }
        };
        text.push_str(&(0..depth).fold(value, |value, _| escape(&value)));
        rest = behind;
    }
    text + rest
}

/// The number of strings, one inside the other, around the end of this text.
fn depth(text: &str) -> usize {
    let (mut outer, mut inner) = (false, false);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => inner ^= characters.next() == Some('"'),
            '"' => (outer, inner) = (!outer, false),
            _ => {}
        }
    }
    usize::from(outer) + usize::from(inner)
}

/// The base64 between the armor lines of a fixture.
fn base64_of(file: &str) -> String {
    let pem = String::from_utf8(support::certificate(&file[..file.len() - ".pem".len()])).expect("a text");
    pem.lines().filter(|line| !line.starts_with("-----")).collect::<Vec<_>>().join("\n")
}

/// The fixture whose certificate has this subject.
fn with_subject(subject: &str) -> Vec<u8> {
    let folder = support::root().join("tests/fixtures/certificates");
    let pems = std::fs::read_dir(folder).expect("the fixtures are there").filter_map(|entry| entry.ok());
    let found =
        pems.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "pem")).find_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            let [certificate] = &read_certificates(&bytes, None)[..] else { return None };
            let attributes = certificate.subject.iter().flatten();
            let written: Vec<String> = attributes.map(|found| format!("{}={}", found.name, found.value)).collect();
            (written.join(", ") == subject).then_some(bytes)
        });
    found.unwrap_or_else(|| panic!("no certificate of tests/fixtures/certificates has the subject {subject}"))
}
