//! Texts that an editor offers: a whole template, a section, a resource.

use super::write::write;
use crate::limits::ID_PARAMETER;
use crate::source::quote;
use serde_json::{Value, json};

const COMMON_NAME: &str = "AWS::IoT::Certificate::CommonName";
const ROLE: &str = "arn:aws:iam::${1:123456789012}:role/${2:JITPRole}";

/// A thing may connect under its own name; `$` is escaped as snippets want it.
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:*:*:client/\${iot:Connection.Thing.ThingName}"}]}"#;

fn snippet(label: &str, description: &str, body: Value) -> Value {
    json!({ "label": label, "description": description, "body": body })
}

/// Whole texts.
pub fn whole() -> Value {
    json!([
        snippet(
            "Template body",
            "The thing named by the certificate's common name, with an existing policy.",
            template()
        ),
        snippet(
            "Registration config",
            "A template body as a string, with the role that provisions.",
            json!({ "templateBody": text_of(&plain()), "roleArn": ROLE }),
        ),
        snippet(
            "Registration config by name",
            "Names a provisioning template of type JITP.",
            json!({ "templateName": "${1:my-template}" }),
        ),
        snippet(
            "Input for CreateProvisioningTemplate",
            "Creates a template that registration configs can name.",
            json!({
                "templateName": "${3:my-template}",
                "templateBody": text_of(&plain()),
                "provisioningRoleArn": ROLE,
                "type": "JITP",
                "enabled": true,
            }),
        ),
    ])
}

/// The Parameters section that most templates have.
pub fn parameters() -> Value {
    let section = declared();
    json!([snippet("CommonName and Id", "The two parameters that most templates need.", section)])
}

/// The Resources section that most templates have.
pub fn resources() -> Value {
    let section = template()["Resources"].take();
    json!([snippet("thing, certificate and policy", "One of each.", section)])
}

/// One resource of each type.
pub fn each_resource() -> Value {
    json!([
        snippet("thing", "The device's entry in the registry.", thing()),
        snippet("certificate", "The certificate that the device connects with.", certificate()),
        snippet("policy by name", "An existing policy.", policy("${1:PolicyName}")),
        json!({
            "label": "policy from a document",
            "description": "A policy that AWS creates; the device may connect under its thing's name.",
            "bodyText": format!(
                "{{\n\t\"Type\": \"AWS::IoT::Policy\",\n\t\"Properties\": {{\n\t\t\"PolicyDocument\": {}\n\t}}\n}}",
                document()
            ),
        }),
    ])
}

/// A policy document.
pub fn policy_document() -> Value {
    json!([{
        "label": "Allow iot:Connect",
        "description": "The device may connect under its thing's name; add what it may publish and subscribe to.",
        "bodyText": document(),
    }])
}

/// The document as a JSON string. The backslash before `$` belongs to the snippet, not to the string.
fn document() -> String {
    quote(POLICY).replace(r"\\$", r"\$")
}

fn template() -> Value {
    body("${1:PolicyName}")
}

/// Without anything to fill in.
fn plain() -> Value {
    body("PolicyName")
}

fn text_of(body: &Value) -> String {
    write(body, None)
}

fn body(policy_name: &str) -> Value {
    json!({
        "Parameters": declared(),
        "Resources": { "thing": thing(), "certificate": certificate(), "policy": policy(policy_name) },
    })
}

fn declared() -> Value {
    json!({ COMMON_NAME: { "Type": "String" }, ID_PARAMETER: { "Type": "String" } })
}

fn thing() -> Value {
    json!({ "Type": "AWS::IoT::Thing", "Properties": { "ThingName": { "Ref": COMMON_NAME } } })
}

fn certificate() -> Value {
    json!({
        "Type": "AWS::IoT::Certificate",
        "Properties": { "CertificateId": { "Ref": ID_PARAMETER }, "Status": "ACTIVE" },
    })
}

fn policy(name: &str) -> Value {
    json!({ "Type": "AWS::IoT::Policy", "Properties": { "PolicyName": name } })
}
