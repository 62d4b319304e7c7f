//! Findings in policy documents that functions make: the same as in a document that is written out, each at the place
//! where the text comes from.

mod support;

use jitp::{Diagnostic, DryRunOptions, Flow, Plan, Template, TemplateOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use support::{apply, certificate, cut, options, root};

/// A template with these policies, by logical name.
fn template(policies: Value) -> String {
    let mut resources = json!({
        "thing": {"Type": "AWS::IoT::Thing", "Properties": {
            "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}, "AttributePayload": {"plant": "north"}}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {
            "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
    });
    for (name, properties) in policies.as_object().expect("policies") {
        resources[name] = json!({"Type": "AWS::IoT::Policy", "Properties": properties});
    }
    let body = json!({
        "Parameters": {
            "AWS::IoT::Certificate::CommonName": {"Type": "String"},
            "AWS::IoT::Certificate::Id": {"Type": "String"}
        },
        "Mappings": {"Plants": {"north": {"Topic": "plants/+/north"}}},
        "Resources": resources
    });
    serde_json::to_string_pretty(&body).expect("JSON")
}

fn with_document(document: Value) -> String {
    template(json!({"policy": {"PolicyDocument": document}}))
}

fn run(source: &str) -> Plan {
    Template::new(source).dry_run(&certificate("full"), &options())
}

/// What a template's findings have of these rules: the text at the place, and the diagnostic.
fn found(source: &str, code: &str) -> Vec<(String, Arc<Diagnostic>)> {
    let plan = run(source);
    let of_rule = plan.diagnostics.iter().filter(|found| found.code == code);
    of_rule.map(|found| (cut(source, found.span.expect("a place")), found.clone())).collect()
}

fn one(source: &str, code: &str) -> (String, Arc<Diagnostic>) {
    let mut all = found(source, code);
    assert_eq!(all.len(), 1, "{code} in {source}: {all:#?}");
    all.remove(0)
}

/// A policy with these statements, as text.
fn policy(statements: &str) -> String {
    let connect = r#"{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"}"#;
    format!(r#"{{"Version":"2012-10-17","Statement":[{connect},{statements}]}}"#)
}

/// The same, as the text of Fn::Sub.
fn substituted(statements: &str) -> String {
    policy("@").replace("${", "${!").replace('@', statements)
}

fn publish(topic: &str) -> String {
    format!(
        r#"{{"Effect":"Allow","Action":"iot:Publish","Resource":"arn:aws:iot:eu-west-1:123456789012:topic/{topic}"}}"#
    )
}

#[test]
fn literal_text_of_sub_is_the_place_and_takes_the_fix() {
    let statement = r#"{"Effect":"Allow","Action":"iot:Pubish","Resource":"arn:aws:iot:eu-west-1:123456789012:topic/${AWS::IoT::Certificate::CommonName}"}"#;
    let source = with_document(json!({"Fn::Sub": substituted(statement)}));
    let (text, finding) = one(&source, "JITP094");
    assert_eq!(text, r#"\"iot:Pubish\""#);
    assert!(finding.message.starts_with("In the evaluated policy document: "), "{}", finding.message);
    let fixed = apply(&source, finding.fix.as_ref().expect("a fix"));
    assert!(fixed.contains(r#"\"Action\":\"iot:Publish\""#) && found(&fixed, "JITP094").is_empty(), "{fixed}");
}

#[test]
fn a_policy_variable_in_sub_keeps_its_exclamation_mark() {
    let topic = publish("${!iot:clientid}/${AWS::IoT::Certificate::CommonName}");
    let source = with_document(json!({"Fn::Sub": substituted(&topic)}));
    let (text, finding) = one(&source, "JITP115");
    assert_eq!(text, "${!iot:clientid}");
    let fixed = apply(&source, finding.fix.as_ref().expect("a fix"));
    assert!(fixed.contains("topic/${!iot:ClientId}/") && found(&fixed, "JITP115").is_empty(), "{fixed}");
}

#[test]
fn a_value_is_found_where_it_is_referred_to_and_has_no_fix() {
    let by_sub = with_document(json!({"Fn::Sub": substituted(&publish("a/${AWS::IoT::Certificate::CommonName}/b"))}));
    let near = by_sub.replace("a/${AWS", "a/+/${AWS");
    assert_eq!(found(&by_sub, "JITP112").len(), 0);
    let (text, finding) = one(&near, "JITP112");
    assert_eq!((text.as_str(), finding.choices.len()), ("+", 2));

    let statements = publish("@");
    let document = policy(&statements);
    let (before, after) = document.split_once('@').expect("a place");
    let mapped = json!({"Fn::FindInMap": ["Plants", "north", "Topic"]});
    let source = with_document(json!({"Fn::Join": ["", [before, mapped, after]]}));
    let (text, finding) = one(&source, "JITP112");
    assert_eq!(text, "+");
    let at = finding.span.expect("a place").start.offset as usize;
    assert!(source[..at].ends_with("\"Topic\": \"plants/"), "in Mappings");
    // Other uses of the map would change with it.
    assert!(finding.fix.is_none() && finding.choices.is_empty() && finding.help.is_some());
}

#[test]
fn a_value_that_breaks_the_json_is_named() {
    for (name, is_broken) in [("sensor-\"1\"", true), ("sensor-1", false)] {
        let source = with_document(json!({"Fn::Sub": substituted(&publish("${Name}"))})).replacen(
            "\"Parameters\": {",
            "\"Parameters\": {\"Name\": {\"Type\": \"String\", \"Default\": \"x\"},",
            1,
        );
        let template =
            Template::with_options(&source, &TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() });
        let given = |name: &str, value: &str| (name.into(), value.into());
        let parameters = vec![given("Name", name), given("AWS::IoT::Certificate::CommonName", "a")];
        let plan = template.dry_run(b"", &DryRunOptions { parameters, ..options() });
        let found: Vec<String> = (plan.diagnostics.iter().filter(|found| found.code == "JITP065"))
            .map(|found| cut(&source, found.span.expect("a place")))
            .collect();
        assert_eq!(found, if is_broken { vec!["${Name}"] } else { vec![] }, "{name}: {:?}", plan.diagnostics);
    }
}

#[test]
fn an_object_with_functions_is_evaluated() {
    let resource = |tail: &str| json!({"Fn::Join": ["/", ["arn:aws:iot:eu-west-1:123456789012:topic", {"Ref": "AWS::IoT::Certificate::CommonName"}, tail]]});
    let document = |tail: &str| {
        let mut document: Value = serde_json::from_str(&policy(&publish("x"))).expect("JSON");
        document["Statement"][1]["Resource"] = resource(tail);
        document
    };
    let source = with_document(document("#"));
    let (text, finding) = one(&source, "JITP112");
    assert_eq!((text.as_str(), finding.choices.len()), ("#", 2));
    let made = run(&source).policies[0].document.clone().expect("a document");
    let made: Value = serde_json::from_str(&made).expect("JSON");
    assert_eq!(made["Statement"][1]["Resource"], "arn:aws:iot:eu-west-1:123456789012:topic/sensor-0001/#");
    assert!(found(&with_document(document("state")), "JITP112").is_empty());
}

#[test]
fn what_the_template_reports_is_not_reported_again() {
    // The action is written out, the resource is not.
    let mut document: Value = serde_json::from_str(&policy(&publish("x").replace("Publish", "Pubish"))).expect("JSON");
    document["Statement"][1]["Resource"] = json!({"Fn::Sub": "arn:aws:iot:eu-west-1:123456789012:topic/a"});
    let source = with_document(document);
    assert_eq!(found(&source, "JITP094").len(), 1);
}

#[test]
fn policies_are_checked_together_wherever_they_come_from() {
    let subscribe = r#"{"Effect":"Allow","Action":"iot:Subscribe","Resource":"arn:aws:iot:eu-west-1:123456789012:topicfilter/${AWS::IoT::Certificate::CommonName}/cmd"}"#;
    let receive = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:Receive","Resource":"arn:aws:iot:eu-west-1:123456789012:topic/*"}}"#;
    let made = json!({"PolicyDocument": {"Fn::Sub": substituted(subscribe)}});
    let source = template(json!({"made": made}));
    let (text, _) = one(&source, "JITP113");
    assert_eq!(text, r#"\"iot:Subscribe\""#);
    // What another policy allows counts, and what is only named is unknown.
    for other in [json!({"PolicyDocument": receive}), json!({"PolicyName": "more"})] {
        let source = template(json!({"made": made, "other": other}));
        assert!(found(&source, "JITP113").is_empty(), "{source}");
    }
    // No connection, an attribute that the thing lacks, client IDs that are not the thing's name.
    let attribute = publish("${!iot:Connection.Thing.Attributes[Plant]}/${AWS::IoT::Certificate::CommonName}");
    let source = with_document(json!({"Fn::Sub": substituted(&attribute)}));
    let (text, finding) = one(&source, "JITP117");
    assert_eq!(text, "${!iot:Connection.Thing.Attributes[Plant]}");
    assert!(
        apply(&source, finding.fix.as_ref().expect("a fix")).contains("${!iot:Connection.Thing.Attributes[plant]}")
    );
    let only = format!(r#"{{"Version":"2012-10-17","Statement":{}}}"#, publish("${AWS::IoT::Certificate::CommonName}"));
    assert_eq!(one(&with_document(json!({"Fn::Sub": only})), "JITP090").0, r#"\"iot:Publish\""#);
    let client = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:eu-west-1:123456789012:client/basic-${AWS::IoT::Certificate::CommonName}"}}"#;
    let (text, _) = one(&with_document(json!({"Fn::Sub": client})), "JITP119");
    assert_eq!(text, "basic-${AWS::IoT::Certificate::CommonName}");
}

#[test]
fn documents_are_checked_in_every_flow() {
    let client = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:us-east-1:123456789012:client/basic-${Name}"}}"#;
    let source = with_document(json!({"Fn::Sub": client})).replacen(
        "\"Parameters\": {",
        "\"Parameters\": {\"Name\": {\"Type\": \"String\", \"Default\": \"x\"},",
        1,
    );
    for flow in [Flow::Fleet, Flow::RegisterThing] {
        let template = Template::with_options(&source, &TemplateOptions { flow, ..TemplateOptions::default() });
        let given = |name: &str, value: &str| (name.into(), value.into());
        let parameters = vec![
            given("AWS::IoT::Certificate::CommonName", "lamp-1"),
            given("AWS::IoT::Certificate::Id", "ab"),
            given("Name", "lamp-1"),
        ];
        let region = Some("eu-west-1".to_owned());
        let plan = template.dry_run(b"", &DryRunOptions { parameters, region, ..options() });
        for (code, text) in [("JITP119", "basic-${Name}"), ("JITP097", "us-east-1")] {
            let place = plan.diagnostics.iter().find(|found| found.code == code).and_then(|found| found.span);
            let place = place.unwrap_or_else(|| panic!("{flow:?} {code}: {:#?}", plan.diagnostics));
            assert_eq!(cut(&source, place), text, "{flow:?}");
        }
    }
}

/// What the fixes and choices of a document's findings write.
fn edits(source: &str) -> Vec<(&'static str, String)> {
    let plan = run(source);
    let fixes =
        plan.diagnostics.iter().flat_map(|found| found.fix.iter().chain(&found.choices).map(|fix| (found.code, fix)));
    let mut all: Vec<_> =
        fixes.flat_map(|(code, fix)| fix.edits.iter().map(move |edit| (code, edit.text.clone()))).collect();
    all.sort();
    all
}

/// What stands for an ID that is not known yet is no leftover, and no client ID to compare.
#[test]
fn an_unknown_value_is_not_judged_as_if_it_were_the_value() {
    let client = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:eu-west-1:123456789012:client/${AWS::IoT::Certificate::Id}"}}"#;
    let source = with_document(json!({"Fn::Sub": client}));
    let plan = Template::new(&source).dry_run_subject("/CN=lamp-1", &options());
    let codes: Vec<&str> = plan.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["JITP039", "JITP038"], "{:#?}", plan.diagnostics);
    assert!(plan.policies[0].document.as_ref().is_some_and(|document| document.contains("client/<certificate ID>")));
    // The certificate tells what the ID is, and with it that it is not the thing's name.
    assert_eq!(one(&source, "JITP119").0, "${AWS::IoT::Certificate::Id}");
}

/// The code and the message of a finding.
type Said = (&'static str, String);

/// What is said of a policy document, and the text at each place.
fn said(source: &str) -> (Vec<Said>, BTreeMap<Said, Vec<String>>) {
    const OF_FUNCTIONS: [&str; 1] = ["JITP038"];
    let plan = run(source);
    let (mut all, mut places) = (Vec::new(), BTreeMap::<_, Vec<String>>::new());
    for found in plan.diagnostics.iter().filter(|found| !OF_FUNCTIONS.contains(&found.code)) {
        let message = found.message.trim_start_matches("In the evaluated policy document: ").to_owned();
        let key = (found.code, message);
        if let Some(span) = found.span {
            places.entry(key.clone()).or_default().push(cut(source, span));
        }
        all.push(key);
    }
    all.sort();
    (all, places)
}

/// A text of JSON strings in a row as one string. A quote after a backslash belongs to the text.
fn without_seams(text: &str) -> String {
    let (mut joined, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '"' if rest.starts_with("\",\"") => {
                rest = &rest[3..];
                continue;
            }
            other => other.len_utf8(),
        };
        joined.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    joined
}

/// Every policy of the fixtures, cut into pieces that Fn::Join puts together, has the findings that it has in one piece,
/// and each at the text of its pieces.
#[test]
fn a_composed_document_is_judged_as_the_same_text_in_one_piece() {
    let folder = root().join("tests/fixtures/templates");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("one").path()).collect();
    files.sort();
    let (mut documents, mut findings) = (0, 0);
    for file in files {
        let Ok(source) = std::fs::read_to_string(&file) else { continue };
        let Ok(body) = serde_json::from_str::<Value>(&source) else { continue };
        for resource in body["Resources"].as_object().into_iter().flatten().map(|(_, resource)| resource) {
            let Some(text) = resource["Properties"]["PolicyDocument"].as_str() else { continue };
            // What is no policy has findings of its own, which are about the template.
            if !serde_json::from_str::<Value>(text).is_ok_and(|policy| policy["Statement"] != Value::Null) {
                continue;
            }
            documents += 1;
            let whole = said(&with_document(json!(text)));
            let by_sub = with_document(json!({"Fn::Sub": text.replace("${", "${!")}));
            assert_eq!(said(&by_sub).0, whole.0, "{} by Fn::Sub", file.display());
            let in_sub =
                edits(&with_document(json!(text))).into_iter().map(|(code, text)| (code, text.replace("${", "${!")));
            assert_eq!(edits(&by_sub), in_sub.collect::<Vec<_>>(), "{} by Fn::Sub", file.display());
            for size in [7, 40, 10_000] {
                let characters: Vec<char> = text.chars().collect();
                let pieces: Vec<String> = characters.chunks(size).map(|chunk| chunk.iter().collect()).collect();
                // Without indentation between the pieces, they and their places can be compared.
                let composed = with_document(json!({"Fn::Join": ["", pieces]}));
                let compact =
                    serde_json::to_string(&serde_json::from_str::<Value>(&composed).expect("JSON")).expect("JSON");
                let made = said(&compact);
                assert_eq!(made.0, whole.0, "{} in pieces of {size}", file.display());
                // A finding about the whole property has its place: its length, a document that allows nothing.
                let is_inside = |key: &Said| !whole.1[key][0].starts_with("\"{");
                for (key, texts) in made.1.iter().filter(|(key, _)| is_inside(key)) {
                    let plain: Vec<String> = texts.iter().map(|text| without_seams(text)).collect();
                    assert_eq!(plain, whole.1[key], "{} in pieces of {size}: {key:?}", file.display());
                    findings += texts.len();
                }
            }
        }
    }
    assert!(documents > 100 && findings > 300, "{documents} documents with {findings} findings");
}

#[test]
fn the_statement_that_decides_is_at_its_own_text() {
    let allowed = with_document(json!({"Fn::Sub": substituted(&publish("${AWS::IoT::Certificate::CommonName}"))}));
    let client = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:eu-west-1:123456789012:client/a-${AWS::IoT::Certificate::CommonName}"}}"#;
    let denied = with_document(json!({"Fn::Sub": client}));
    for (source, word) in [(allowed, "allowed"), (denied, "denied")] {
        let access = run(&source).access.expect("access");
        assert_eq!(support::json_word(&access.connects), word);
        let statement = access.connect.statement.expect("a statement");
        let text = cut(&source, statement.span.expect("a place"));
        assert!(text.contains("client/") && text.len() < 300, "{word}: {text}");
        let fleet = Template::new(&source).dry_run_fleet(&certificate("full"), &options());
        assert_eq!(fleet.rows[0].connects, Some(access.connects));
    }
}
