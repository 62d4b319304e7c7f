//! Templates that the lane knows, and others.

use serde_json::{Value, json};

fn reference(name: &str) -> Value {
    json!({"Ref": format!("AWS::IoT::Certificate::{name}")})
}

const CONNECT: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "iot:Connect", "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"},
    {"Effect": "Allow", "Action": ["iot:Publish"], "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/${iot:Certificate.Subject.CommonName}/*"}]}"#;

/// A body: parameters by their short names, with defaults of some, the properties of the thing and the policies.
fn body(parameters: &[(&str, Option<&str>)], thing: Value, policies: &[Value]) -> Value {
    let declared = parameters.iter().map(|(name, default)| {
        let mut declaration = json!({"Type": "String"});
        if let Some(default) = default {
            declaration["Default"] = json!(default);
        }
        (format!("AWS::IoT::Certificate::{name}"), declaration)
    });
    let mut resources = json!({
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": reference("Id"), "Status": "ACTIVE"}}
    });
    if !thing.is_null() {
        resources["thing"] = json!({"Type": "AWS::IoT::Thing", "Properties": thing});
    }
    for (at, policy) in policies.iter().enumerate() {
        resources[format!("policy{at}")] = json!({"Type": "AWS::IoT::Policy", "Properties": policy});
    }
    json!({"Parameters": declared.collect::<serde_json::Map<_, _>>(), "Resources": resources})
}

fn text(body: &Value) -> String {
    json!({"templateBody": body.to_string(), "roleArn": "arn:aws:iam::123456789012:role/JITPRole"}).to_string()
}

const ID: (&str, Option<&str>) = ("Id", None);

/// Templates with which ordinary certificates take the lane.
pub fn simple() -> Vec<(&'static str, String)> {
    let some = Some("unknown");
    let document = |text: &str| json!({"PolicyDocument": text.split_whitespace().collect::<Vec<_>>().join(" ")});
    let connect = document(&CONNECT.replace("${iot:Certificate.Subject.CommonName}", "x"));
    let attached = document(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iot:Connect", "iot:Publish"], "Resource": "*",
            "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": ["true"]}}}]}"#,
    );
    let sub = |text: &str| json!({"Fn::Sub": text});
    let names = ["Country", "Organization", "OrganizationalUnit", "StateName", "CommonName", "SerialNumber"];
    let mut all: Vec<(&str, Option<&str>)> = names.map(|name| (name, some)).into();
    all.push(("DistinguishedNameQualifier", some));
    all.push(ID);
    let everything = json!({
        "ThingName": reference("Id"),
        "ThingTypeName": "lamp",
        "ThingGroups": ["lamps", "field"],
        "AttributePayload": {
            "serial": reference("SerialNumber"), "id": reference("Id"), "fixed": "value",
            "both": {"Fn::Join": ["-", [reference("Country"), "x"]]}
        }
    });
    let bodies = [
        ("the ID", body(&[ID], json!({"ThingName": reference("Id")}), &[])),
        ("an allowed connection", body(&[ID], json!({"ThingName": reference("Id")}), std::slice::from_ref(&connect))),
        ("everything, with defaults", body(&all, everything, std::slice::from_ref(&connect))),
        (
            "the serial number",
            body(&[("SerialNumber", None), ID], json!({"ThingName": reference("SerialNumber")}), &[attached]),
        ),
        (
            "a function",
            body(
                &[("CommonName", some), ID],
                json!({"ThingName": sub("d-${AWS::IoT::Certificate::Id}")}),
                std::slice::from_ref(&connect),
            ),
        ),
        ("a named policy", body(&[ID], json!({"ThingName": reference("Id")}), &[json!({"PolicyName": "base"})])),
        (
            "groups",
            body(&[ID], json!({"ThingName": reference("Id"), "ThingGroups": ["a"]}), std::slice::from_ref(&connect)),
        ),
        ("no thing", body(&[ID], Value::Null, std::slice::from_ref(&connect))),
        (
            "no thing, all clients",
            body(
                &[ID],
                Value::Null,
                &[document(
                    r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:*", "Resource": "*"}]}"#,
                )],
            ),
        ),
        ("one name for all", body(&[ID], json!({"ThingName": "lamp"}), std::slice::from_ref(&connect))),
        (
            "a chosen element",
            body(&[ID], json!({"ThingName": {"Fn::Select": ["1", ["a", reference("Id")]]}}), &[connect]),
        ),
    ];
    bodies.into_iter().map(|(name, body)| (name, text(&body))).collect()
}

/// Templates that need more than the lane knows, or have errors.
pub fn other() -> Vec<(&'static str, String)> {
    let thing = || json!({"ThingName": reference("Id")});
    let policy = |resource: &str, action: &str, effect: &str| {
        json!({"PolicyDocument": json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"},
            {"Effect": effect, "Action": action, "Resource": format!("arn:aws:iot:eu-west-1:123456789012:{resource}")}
        ]}).to_string()})
    };
    let only = |resource: &str| {
        json!({"PolicyDocument": json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "iot:Connect", "Resource": format!("arn:aws:iot:eu-west-1:123456789012:{resource}")}
        ]}).to_string()})
    };
    let bodies = [
        ("a Deny of some clients", body(&[ID], thing(), &[policy("client/a*", "iot:Connect", "Deny")])),
        ("some clients", body(&[ID], thing(), &[only("client/f*")])),
        ("no client", body(&[ID], thing(), &[only("client/lamp")])),
        ("a value of the certificate", body(&[ID], thing(), &[only("client/${iot:Certificate.Subject.CommonName}")])),
        ("an attribute of the thing", body(&[ID], thing(), &[only("client/${iot:Connection.Thing.Attributes[a]}")])),
        (
            "a split",
            body(
                &[("CommonName", None), ID],
                json!({"ThingName": {"Fn::Select": ["0", {"Fn::Split": ["-", reference("CommonName")]}]}}),
                &[],
            ),
        ),
        ("a document of functions", body(&[ID], thing(), &[json!({"PolicyDocument": {"Fn::Sub": CONNECT}})])),
        ("a group for each", body(&[ID], json!({"ThingName": reference("Id"), "ThingGroups": [reference("Id")]}), &[])),
        ("a name that no thing can have", body(&[ID], json!({"ThingName": "a b"}), &[])),
        (
            "a character that no name has",
            body(&[ID], json!({"ThingName": {"Fn::Join": [" ", [reference("Id"), "a"]]}}), &[]),
        ),
    ];
    let mut all: Vec<_> = bodies.into_iter().map(|(name, body)| (name, text(&body))).collect();
    all.push(("not a template", "{}".to_owned()));
    all
}
