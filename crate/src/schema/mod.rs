//! The JSON Schema (draft 2020-12) of what jitp reads, for editors: made from the tables of the checks.
//!
//! It refuses nothing that the checks accept, and `tests/schema/` holds both together. It sees less: not the inside of
//! a string, not what a name refers to, not how many resources there are of a type. Not part of the wasm.

mod body;
mod envelope;
mod keywords;
mod snippets;
mod values;
mod write;

use crate::vocabulary::CREATE_ONLY;
use keywords::{properties, say, to};
use serde_json::{Value, json};

/// The file of the schema: a path from the root of this repository.
pub const FILE: &str = "pkg/jitp.schema.json";

/// The schema as the file has it.
pub fn text() -> String {
    write::write(&schema(), Some(0)) + "\n"
}

fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "AWS IoT just-in-time provisioning",
        "description": "A provisioning template's body, a registration config with one, or an input for \
            CreateProvisioningTemplate.",
        "defaultSnippets": snippets::whole(),
        "if": { "type": "string" },
        // A text that was turned into a string is read, but not by a schema.
        "then": { "contentMediaType": "application/json", "contentSchema": { "$ref": "#" } },
        "else": { "type": "object", "allOf": [by_kind()] },
        "$defs": {
            "registrationConfig": envelope::config(),
            "createTemplateInput": envelope::create_input(),
            "body": body::body(),
            "parameters": body::parameters(),
            "parameter": body::parameter(),
            "resources": body::resources(),
            "resource": body::resource(),
            "thing": body::thing(),
            "certificate": body::certificate(),
            "policy": body::policy(),
            "value": values::any(),
            "list": values::list(),
            "function": values::function(),
            "resourceName": values::resource_name(),
            "roleArn": values::role_arn(),
            "templateName": values::template_name(),
        },
    })
}

/// Sorts the kinds of input as the checks do: by the keys that are there.
fn by_kind() -> Value {
    let one = |key: &str| json!({ "required": [key] });
    // An editor would also offer the keys of a condition.
    let only = |kind: &str| json!({ "type": kind, "doNotSuggest": true });
    let mut marks: Vec<Value> = CREATE_ONLY.into_iter().map(one).collect();
    marks.push(json!({ "required": ["templateName", "templateBody"], "not": one("roleArn") }));
    // Output of AWS, updates, and the properties of a CloudFormation resource are left to the checks.
    let others = [
        "templateArn",
        "versionId",
        "creationDate",
        "lastModifiedDate",
        "defaultVersionId",
        "isDefaultVersion",
        "certificateDescription",
        "TemplateBody",
        "RegistrationConfig",
        "CACertificatePem",
        "Properties",
        "setAsDefault",
        "parameters",
        "removePreProvisioningHook",
    ];
    choose(
        json!({ "anyOf": others.map(one) }),
        json!({}),
        choose(
            json!({ "required": ["registrationConfig"], "properties": { "registrationConfig": only("object") } }),
            json!({ "properties": { "registrationConfig": { "$ref": "#/$defs/registrationConfig" } } }),
            choose(
                json!({ "required": ["registrationConfig"], "properties": { "registrationConfig": only("string") } }),
                json!({}),
                choose(
                    json!({ "anyOf": [one("templateBody"), one("templateName")] }),
                    choose(json!({ "anyOf": marks }), to("createTemplateInput"), to("registrationConfig")),
                    choose(json!({ "anyOf": [one("Parameters"), one("Resources")] }), to("body"), neither()),
                ),
            ),
        ),
    )
}

/// An object with none of the keys yet: all of them are offered, one of them must come.
fn neither() -> Value {
    let keys = ["Parameters", "Resources", "templateBody", "templateName", "registrationConfig"];
    let offered = |key: &str| match key {
        "Parameters" | "Resources" => body::member(key),
        "registrationConfig" => {
            say(to("registrationConfig"), "The registration config of an input for RegisterCACertificate.")
        }
        _ => envelope::member(key),
    };
    let some: Vec<Value> = keys.into_iter().map(|key| json!({ "required": [key] })).collect();
    json!({
        "properties": properties(&keys, offered),
        "anyOf": some,
    })
}

fn choose(condition: Value, yes: Value, no: Value) -> Value {
    let mut condition = condition;
    condition["type"] = json!("object");
    json!({ "if": condition, "then": yes, "else": no })
}
