//! Where the values of a plan come from.

mod support;

use jitp::plan::{PieceFrom, PlannedValue, ValuePiece};
use jitp::{DryRunOptions, Flow, Plan, SerialNumberReading, Template, TemplateOptions, Verdict};
use serde_json::{Value, json};
use std::sync::Arc;
use support::{certificate, cut, options, root};

fn asked() -> DryRunOptions {
    DryRunOptions { values: true, ..options() }
}

/// A template with this thing and this policy document.
fn template(thing: &Value, document: &Value) -> String {
    let body = json!({
        "Parameters": {"Plant": {"Type": "String", "Default": "north"}, "Empty": {"Type": "String", "Default": ""}},
        "Mappings": {"Plants": {"north": {"Type": "pump \"N\""}, "south": {"Type": "fan"}}},
        "Resources": {
            "thing": {"Type": "AWS::IoT::Thing", "Properties": thing},
            "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {
                "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}},
            "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": document}}
        }
    });
    serde_json::to_string_pretty(&body).expect("JSON")
}

fn plan(source: &str) -> Plan {
    Template::new(source).dry_run(&certificate("full"), &asked())
}

/// The value at a place of the plan.
fn at(plan: &Plan, at: &str) -> PlannedValue {
    let values = plan.values.as_ref().expect("values");
    let found = values.iter().find(|value| value.at == at);
    found.unwrap_or_else(|| panic!("no {at} in {values:#?}")).clone()
}

/// The pieces of a thing's name: the text, what it is, its parameter, what its span covers, and the functions around it.
fn pieces(name: &Value) -> Vec<String> {
    let source = template(&json!({"ThingName": name}), &json!("{}"));
    let value = at(&plan(&source), "thing.name");
    assert_joined(&source, &value);
    value.pieces.iter().map(|piece| told(&source, piece)).collect()
}

fn told(source: &str, piece: &ValuePiece) -> String {
    let parameter = piece.parameter.as_deref().map_or(String::new(), |name| format!(" {}", name.replace(PREFIX, "")));
    let written = piece.span.map_or(String::new(), |span| format!(" {}", cut(source, span).replace(PREFIX, "")));
    let through: String = piece.through.iter().map(|call| format!(" < {}", call.name)).collect();
    format!("{} = {:?}{parameter}{written}{through}", piece.text, piece.from)
}

const PREFIX: &str = "AWS::IoT::Certificate::";

/// The pieces joined are the value, and each literal piece is what is written at its span, in some depth of escapes.
fn assert_joined(source: &str, value: &PlannedValue) {
    let joined: String = value.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(value.value.as_deref().unwrap_or_default(), joined, "{value:#?}");
    for piece in &value.pieces {
        let Some(span) = piece.span else {
            assert_eq!(piece.from, PieceFrom::Rule);
            continue;
        };
        if !matches!(piece.from, PieceFrom::Literal | PieceFrom::Delimiter | PieceFrom::Map) {
            continue;
        }
        let written = cut(source, span);
        let mut levels = vec![written.clone()];
        while let Ok(inner) = serde_json::from_str::<String>(&format!("\"{}\"", levels[levels.len() - 1])) {
            let is_last = inner == levels[levels.len() - 1] || levels.len() > 4;
            levels.push(inner);
            if is_last {
                break;
            }
        }
        // In a policy that is an object, a value is escaped once, and an object is a text without its white space.
        let escaped = levels.iter().map(|level| serde_json::to_string(level).expect("JSON"));
        let is_escaped = escaped.into_iter().any(|level| level == format!("\"{}\"", piece.text));
        let parsed = |text: &str| serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
        let is_object = levels.iter().any(|level| parsed(level).is_some() && parsed(level) == parsed(&piece.text));
        assert!(levels.contains(&piece.text) || is_escaped || is_object, "{piece:#?} is written {written:?}");
    }
}

#[test]
fn a_reference_leads_to_the_attribute() {
    let source = template(&json!({"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}), &json!("{}"));
    let plan = plan(&source);
    let value = at(&plan, "thing.name");
    assert_eq!(value.value.as_deref(), Some("sensor-0001"));
    assert_eq!(value.path.as_deref(), Some("/Resources/thing/Properties/ThingName"));
    assert!(cut(&source, value.span.expect("a span")).starts_with("{\n"));
    let [piece] = &value.pieces[..] else { panic!("{value:#?}") };
    assert_eq!(told(&source, piece), "sensor-0001 = Parameter CommonName \"CommonName\"");
    let parameter = plan.parameters.iter().find(|parameter| Some(&parameter.name) == piece.parameter.as_ref());
    let attribute = parameter.and_then(|parameter| parameter.attribute.clone()).expect("an attribute");
    assert_eq!((attribute.oid, attribute.index), ("2.5.4.3", 5));
    assert_eq!(value.uses.len(), 1);
}

#[test]
fn each_function_is_named() {
    let name = json!({"Ref": "AWS::IoT::Certificate::CommonName"});
    assert_eq!(pieces(&json!("lamp")), ["lamp = Literal lamp"]);
    assert_eq!(
        pieces(&json!({"Fn::Join": ["-", ["a", name, "b"]]})),
        [
            "a = Literal a < Fn::Join",
            "- = Delimiter - < Fn::Join",
            "sensor-0001 = Parameter CommonName \"CommonName\" < Fn::Join",
            "- = Delimiter - < Fn::Join",
            "b = Literal b < Fn::Join"
        ]
    );
    assert_eq!(
        pieces(&json!({"Fn::Sub": "x-${AWS::IoT::Certificate::CommonName}-${!y}"})),
        [
            "x- = Literal x- < Fn::Sub",
            "sensor-0001 = Parameter CommonName CommonName < Fn::Sub",
            "-${ = Literal -${ < Fn::Sub",
            "y} = Literal y} < Fn::Sub"
        ]
    );
    assert_eq!(
        pieces(&json!({"Fn::Sub": ["x${v}", {"v": {"Fn::Join": [":", ["q", name]]}}]})),
        [
            "x = Literal x < Fn::Sub",
            "q = Literal q < Fn::Sub < Fn::Sub < Fn::Join",
            ": = Delimiter : < Fn::Sub < Fn::Sub < Fn::Join",
            "sensor-0001 = Parameter CommonName \"CommonName\" < Fn::Sub < Fn::Sub < Fn::Join"
        ]
    );
    // A part of a value, and of a text, cut where the delimiter is.
    assert_eq!(
        pieces(&json!({"Fn::Select": ["1", {"Fn::Split": ["-", {"Fn::Join": ["", ["ab-c", name]]}]}]})),
        [
            "c = Literal c < Fn::Select < Fn::Split < Fn::Join",
            "sensor = Parameter CommonName \"CommonName\" < Fn::Select < Fn::Split < Fn::Join"
        ]
    );
    assert_eq!(
        pieces(&json!({"Fn::FindInMap": ["Plants", {"Ref": "Plant"}, "Type"]})),
        ["pump \"N\" = Map pump \\\"N\\\" < Fn::FindInMap"]
    );
    assert_eq!(pieces(&json!({"Ref": "Plant"})), ["north = Parameter Plant \"Plant\""]);
    // A piece without a character is a piece, if a parameter gives it.
    assert_eq!(
        pieces(&json!({"Fn::Join": ["", ["a", {"Ref": "Empty"}]]})),
        ["a = Literal a < Fn::Join", " = Parameter Empty \"Empty\" < Fn::Join"]
    );
}

#[test]
fn what_only_chooses_is_a_use() {
    let source = template(&json!({"ThingName": {"Fn::FindInMap": ["Plants", {"Ref": "Plant"}, "Type"]}}), &json!("{}"));
    let value = at(&plan(&source), "thing.name");
    let uses: Vec<String> = value.uses.iter().map(|one| format!("{} {}", one.name, cut(&source, one.span))).collect();
    assert_eq!(uses, ["Plant \"Plant\""]);
    assert!(value.pieces.iter().all(|piece| piece.parameter.is_none()));
}

#[test]
fn a_value_that_there_is_not_has_its_uses() {
    let source = template(
        &json!({"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}, "ThingTypeName": "lamp"}),
        &json!("{}"),
    );
    let template = Template::new(&source);
    let of = |plan: &Plan, what: &str| {
        let value = at(plan, what);
        (value.value, value.pieces.len(), value.uses.len())
    };
    let nameless = template.dry_run(&certificate("no-name"), &asked());
    assert_eq!(of(&nameless, "thing.name"), (None, 0, 1));
    assert_eq!(of(&nameless, "thing.typeName"), (Some(Arc::from("lamp")), 1, 0));
    // Without a certificate nothing is provisioned, so that no value is known.
    let none = template.dry_run(b"nothing", &asked());
    assert_eq!(of(&none, "thing.name"), (None, 0, 1));
    assert_eq!(of(&none, "thing.typeName"), (None, 0, 0));
}

#[test]
fn the_first_of_two_units_and_each_serial_number() {
    let unit = |name: &str| json!({"Ref": format!("{PREFIX}{name}")});
    let thing = json!({"ThingName": unit("OrganizationalUnit"), "AttributePayload": {"serial": unit("SerialNumber")}});
    let source = template(&thing, &json!("{}"));
    let run = |name: &str, serial_number| {
        let plan = Template::new(&source).dry_run(&certificate(name), &DryRunOptions { serial_number, ..asked() });
        let of = |what: &str| {
            let value = at(&plan, what);
            let name = value.pieces[0].parameter.clone().expect("a parameter");
            let parameter = plan.parameters.iter().find(|parameter| parameter.name == name).expect("the parameter");
            let attribute = parameter.attribute.as_ref().map(|one| (one.oid, one.index, one.others.len()));
            (value.value.as_deref().unwrap_or_default().to_owned(), attribute)
        };
        (of("thing.name"), of("thing.attributes.serial"))
    };
    let (unit, serial) = run("two-units", SerialNumberReading::Auto);
    assert_eq!(unit, ("Sensors".to_owned(), Some(("2.5.4.11", 0, 1))));
    assert_eq!(serial, ("4663".to_owned(), None), "0x1237");
    let own = run("full", SerialNumberReading::Certificate).1;
    assert_eq!(own, ("4661".to_owned(), None), "0x1235");
    let subject = run("full", SerialNumberReading::Subject).1;
    assert_eq!(subject, ("A1B2C3".to_owned(), Some(("2.5.4.5", 6, 0))));
}

#[test]
fn groups_of_a_list_count_as_the_plan_does() {
    let groups = json!({"Fn::Split": [",", {"Fn::Join": [",", ["g", {"Ref": "Plant"}]]}]});
    let source = template(&json!({"ThingName": "a", "ThingGroups": groups}), &json!("{}"));
    let plan = plan(&source);
    for (index, (text, pieces)) in [("g", 1), ("north", 1)].into_iter().enumerate() {
        let value = at(&plan, &format!("thing.groups.{index}"));
        assert_eq!((value.value.as_deref(), value.pieces.len()), (Some(text), pieces));
        assert_eq!(value.path.as_deref(), Some("/Resources/thing/Properties/ThingGroups"));
    }
}

#[test]
fn what_the_template_does_not_say_is_told_apart() {
    let source = template(&json!({"ThingName": {"Ref": "certificate"}}), &json!("{}"));
    let plan = plan(&source);
    let status = at(&plan, "certificate.status");
    assert_eq!((status.value.as_deref(), status.pieces[0].from, status.span), (Some("ACTIVE"), PieceFrom::Rule, None));
    assert_eq!(
        told(&source, &at(&plan, "thing.name").pieces[0]).split(" = ").nth(1),
        Some("Certificate \"certificate\" < Ref")
    );
    assert_eq!(at(&plan, "certificate.certificateId").pieces[0].from, PieceFrom::Parameter);
}

#[test]
fn a_resource_is_its_names_pieces() {
    let document = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect",
        "Resource": {"Fn::Join": ["/", ["arn:aws:iot:eu-west-1:123456789012:client", {"Ref": "thing"}]]}}]});
    let source = template(&json!({"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}), &document);
    let plan = plan(&source);
    let value = at(&plan, "policies.0.document");
    assert_joined(&source, &value);
    let told: Vec<String> = value.pieces.iter().map(|piece| told(&source, piece)).collect();
    let name = told.iter().find(|piece| piece.starts_with("sensor-0001")).expect("the name");
    assert_eq!(name, "sensor-0001 = Parameter CommonName \"CommonName\" < Fn::Join < Ref");
    assert!(told.iter().any(|piece| piece.starts_with("\" = Quote")), "{told:#?}");
    // A decision of access has the resource of a statement, whose text is in the document.
    let resource = "client/sensor-0001";
    assert!(value.value.as_deref().is_some_and(|text| text.contains(resource)));
}

#[test]
fn a_value_with_escapes_in_an_object_keeps_its_pieces() {
    let document = json!({"Version": "2012-10-17", "Statement": [{"Sid":
        {"Fn::Join": ["\\", ["a\"b", {"Fn::FindInMap": ["Plants", "north", "Type"]}, {"Ref": "Plant"}]]}}]});
    let source = template(&json!({"ThingName": "a"}), &document);
    let value = at(&plan(&source), "policies.0.document");
    assert_joined(&source, &value);
    let document: Value = serde_json::from_str(value.value.as_deref().expect("a document")).expect("JSON");
    assert_eq!(document["Statement"][0]["Sid"], json!("a\"b\\pump \"N\"\\north"));
    let texts: Vec<&str> = value.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let first = texts.iter().position(|text| *text == "\"").expect("a quote");
    assert_eq!(texts[first..first + 7], ["\"", "a\\\"b", "\\\\", "pump \\\"N\\\"", "\\\\", "north", "\""]);
}

#[test]
fn places_go_through_the_escapes_of_a_config() {
    let thing = json!({"ThingName": {"Fn::Sub": "ä/\"${AWS::IoT::Certificate::CommonName}\u{1f600}!"}});
    let body = template(&thing, &json!({"Fn::Sub": "{\"a\":\"${Plant}\"}"}));
    let config = json!({"roleArn": "arn:aws:iam::123456789012:role/jitp", "templateBody": body});
    for source in
        [config.to_string(), json!({ "registrationConfig": config }).to_string(), json!(config.to_string()).to_string()]
    {
        let plan = Template::new(&source).dry_run(&certificate("full"), &asked());
        let value = at(&plan, "thing.name");
        assert_eq!(value.value.as_deref(), Some("ä/\"sensor-0001\u{1f600}!"));
        assert_joined(&source, &value);
        assert_eq!(cut(&source, value.pieces[1].span.expect("a span")), "AWS::IoT::Certificate::CommonName");
        assert_eq!(value.path.as_deref(), Some("/Resources/thing/Properties/ThingName"));
        assert_joined(&source, &at(&plan, "policies.0.document"));
    }
}

#[test]
fn the_values_are_those_of_the_plan_and_change_nothing_else() {
    let mut compared = 0;
    let folder = root().join("tests/fixtures/templates");
    for entry in std::fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let source = std::fs::read(&path).expect("a file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let flow = [("+fleet", Flow::Fleet), ("+register-thing", Flow::RegisterThing)];
        let flow = flow.into_iter().find(|(mark, _)| name.contains(mark)).map_or(Flow::Jitp, |(_, flow)| flow);
        let template = Template::with_options(&source, &TemplateOptions { flow, ..TemplateOptions::default() });
        for device in ["full", "no-name", "two-units"] {
            let parameters = vec![("SerialNumber".into(), "4711".into())];
            let given = DryRunOptions { parameters, ..asked() };
            let plan = template.dry_run(&certificate(device), &given);
            let values = plan.values.clone().expect("values");
            let plain = template.dry_run(&certificate(device), &DryRunOptions { values: false, ..given });
            assert_eq!(plain, Plan { values: None, ..plan.clone() }, "{name}");
            let whole = serde_json::to_value(&plan).expect("JSON");
            // Private keys are masked before anything is read.
            let source = jitp::redact_private_keys(&String::from_utf8_lossy(&source)).text;
            for value in &values {
                // A text that is not JSON is shown as it was written.
                if template
                    .report()
                    .diagnostics
                    .iter()
                    .all(|found| !matches!(found.code, "JITP001" | "JITP003" | "JITP011"))
                    && value.value.is_some()
                {
                    assert_joined(&source, value);
                }
                let Some(found) = member(&whole, &value.at).filter(|found| !found.is_array()) else { continue };
                if value.at == "certificate.certificateId" && plan.verdict != Verdict::Provisions {
                    // The template may ask for another one.
                    continue;
                }
                assert_eq!(found, json!(value.value), "{name}: {}", value.at);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared} values");
}

/// What a plan has at a place in its own words; none for what it has elsewhere.
fn member(plan: &Value, at: &str) -> Option<Value> {
    if let Some(name) = at.strip_prefix("thing.attributes.") {
        return plan["thing"]["attributes"].get(name).cloned();
    }
    at.split('.').try_fold(plan, |node, step| node.get(step).or_else(|| node.get(step.parse::<usize>().ok()?))).cloned()
}

#[test]
fn rows_have_none() {
    let source = template(&json!({"ThingName": "a"}), &json!("{}"));
    let template = Template::new(&source);
    let rows = |values| template.dry_run_fleet(&certificate("full"), &DryRunOptions { values, ..options() });
    assert_eq!(rows(true), rows(false));
}
