//! Correct templates, in every kind of input.

use crate::tree::{Node, Value};
use jitp::Flow;

/// A correct template.
pub struct Base {
    pub name: String,
    pub text: String,
    pub flow: Flow,
}

const DOCUMENT: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iot:Connect"], "Resource": ["arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"]}]}"#;
const ROLE: &str = "arn:aws:iam::123456789012:role/provisioning";

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

fn small() -> String {
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::CommonName": {{"Type": "String"}}, "AWS::IoT::Certificate::Id": {{"Type": "String"}}}},
        "Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::CommonName"}}}}}},
        "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}, "Status": "ACTIVE"}}}},
        "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": {}}}}}}}}}"#,
        quote(DOCUMENT)
    )
}

fn rich() -> String {
    r#"{"Resources": {"wall-policy": {"Properties": {"PolicyName": "kiln"}, "Type": "AWS::IoT::Policy"},
        "wall-certificate": {"Properties": {"Status": "ACTIVE", "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}, "OverrideSettings": {"Status": "REPLACE"}, "Type": "AWS::IoT::Certificate"},
        "wall-thing": {"OverrideSettings": {"AttributePayload": "MERGE", "ThingTypeName": "REPLACE", "ThingGroups": "DO_NOTHING"}, "Properties": {"AttributePayload": {"site": {"Ref": "Site"}, "serial": {"Ref": "AWS::IoT::Certificate::SerialNumber"}},
            "ThingTypeName": "kiln", "ThingGroups": ["kilns"], "BillingGroup": "plant-7", "ThingName": {"Ref": "AWS::IoT::Certificate::SerialNumber"}}, "Type": "AWS::IoT::Thing"}},
        "Parameters": {"Site": {"Default": "north", "Type": "String"}, "AWS::IoT::Certificate::SerialNumber": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}}}"#
        .to_owned()
}

fn fleet() -> String {
    r#"{"Parameters": {"SerialNumber": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
        "Mappings": {"Halls": {"north": {"group": "hall-4"}}},
        "Resources": {"thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Fn::Join": ["-", ["kiln", {"Ref": "SerialNumber"}]]}, "ThingGroups": [{"Fn::FindInMap": ["Halls", "north", "group"]}]}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "Active"}},
        "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "kiln"}}},
        "DeviceConfiguration": {"hall": "north"}}"#
        .to_owned()
}

fn single() -> String {
    r#"{"Parameters": {"SerialNumber": {"Type": "String"}, "CSR": {"Type": "String"}},
        "Resources": {"thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "SerialNumber"}}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}, "Status": "ACTIVE"}},
        "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "kiln"}}}}"#
        .to_owned()
}

pub fn all() -> Vec<Base> {
    let mut all = Vec::new();
    for (name, body) in [("small", small()), ("rich", rich())] {
        let text = quote(&body);
        let config = format!(r#"{{"templateBody": {text}, "roleArn": "{ROLE}"}}"#);
        let pem = "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n";
        let kinds = [
            ("body", body.clone()),
            ("config", config.clone()),
            (
                "create",
                format!(
                    r#"{{"templateName": "kilns", "templateBody": {text}, "provisioningRoleArn": "{ROLE}", "type": "JITP", "enabled": true, "description": "Kilns."}}"#
                ),
            ),
            ("version", format!(r#"{{"templateName": "kilns", "templateBody": {text}, "setAsDefault": true}}"#)),
            (
                "described",
                format!(
                    r#"{{"templateArn": "arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/kilns", "templateName": "kilns", "templateBody": {text}, "creationDate": 1700000000, "defaultVersionId": 1, "provisioningRoleArn": "{ROLE}", "type": "JITP", "enabled": true}}"#
                ),
            ),
            (
                "described-version",
                format!(
                    r#"{{"versionId": 2, "creationDate": 1700000000, "templateBody": {text}, "isDefaultVersion": true}}"#
                ),
            ),
            (
                "register-ca",
                format!(
                    r#"{{"caCertificate": "{pem}", "setAsActive": true, "allowAutoRegistration": true, "certificateMode": "SNI_ONLY", "registrationConfig": {config}}}"#
                ),
            ),
            (
                "register-ca-string",
                format!(
                    r#"{{"registrationConfig": {}, "allowAutoRegistration": true, "setAsActive": true}}"#,
                    quote(&config)
                ),
            ),
            (
                "update-ca",
                format!(
                    r#"{{"certificateId": "{}", "newStatus": "ACTIVE", "newAutoRegistrationStatus": "ENABLE", "registrationConfig": {config}}}"#,
                    "ab".repeat(32)
                ),
            ),
            (
                "described-ca",
                format!(
                    r#"{{"certificateDescription": {{"certificateArn": "arn:aws:iot:eu-west-1:123456789012:cacert/ab", "status": "ACTIVE", "autoRegistrationStatus": "ENABLE", "certificatePem": "{pem}"}}, "registrationConfig": {config}}}"#
                ),
            ),
            ("bare-ca", format!(r#"{{"registrationConfig": {config}}}"#)),
            (
                "cloudformation",
                format!(
                    r#"{{"TemplateName": "kilns", "TemplateBody": {text}, "ProvisioningRoleArn": "{ROLE}", "TemplateType": "JITP", "Enabled": true}}"#
                ),
            ),
            (
                "cloudformation-ca",
                format!(
                    r#"{{"CACertificatePem": "{pem}", "Status": "ACTIVE", "AutoRegistrationStatus": "ENABLE", "CertificateMode": "SNI_ONLY", "RegistrationConfig": {{"TemplateBody": {text}, "RoleArn": "{ROLE}"}}}}"#
                ),
            ),
        ];
        all.extend(kinds.into_iter().map(|(kind, text)| Base {
            name: format!("{kind} {name}"),
            text,
            flow: Flow::Jitp,
        }));
    }
    let fleet = fleet();
    let create = format!(
        r#"{{"templateName": "kilns", "templateBody": {}, "provisioningRoleArn": "{ROLE}", "type": "FLEET_PROVISIONING", "enabled": true}}"#,
        quote(&fleet)
    );
    let given = r#"{"SerialNumber": "kiln-7", "CSR": "MIH"}"#;
    let others = [
        ("fleet body", fleet, Flow::Fleet),
        ("fleet create", create, Flow::Fleet),
        ("register-thing body", single(), Flow::RegisterThing),
        (
            "register-thing input",
            format!(r#"{{"templateBody": {}, "parameters": {given}}}"#, quote(&single())),
            Flow::RegisterThing,
        ),
    ];
    all.extend(others.into_iter().map(|(name, text, flow)| Base { name: name.to_owned(), text, flow }));
    all
}

/// The tree of a text, with strings that hold objects opened.
pub fn open(text: &str) -> Node {
    let mut root = Node::parse(text);
    open_below(&mut root);
    root
}

fn open_below(node: &mut Node) {
    node.unwrap();
    match &mut node.value {
        Value::Object(members) => members.iter_mut().for_each(|member| open_below(&mut member.value)),
        Value::Array(elements) => elements.iter_mut().for_each(open_below),
        Value::Inner(inner) => open_below(inner),
        _ => {}
    }
}
