//! What is around a template body.

use super::keywords::{offer, properties, say, summary, to, with};
use super::values;
use crate::input::api_input::CREATE;
use crate::limits;
use crate::rules;
use crate::vocabulary::{CONFIG_KEYS, CREATE_ONLY};
use serde_json::{Value, json};

/// A registration config: a body with a role, or the name of a template.
pub fn config() -> Value {
    json!({
        "title": "Registration config",
        "description": "The config that a CA certificate is registered with: a template body and the role that provisions, or the name of a provisioning template.",
        "type": "object",
        "properties": properties(&CONFIG_KEYS, member),
        "anyOf": [{ "required": ["templateBody"] }, { "required": ["templateName"] }],
        "if": { "required": ["templateBody"], "not": { "required": ["templateName"] } },
        "then": { "required": ["roleArn"] },
    })
}

/// An input for `CreateProvisioningTemplate`.
pub fn create_input() -> Value {
    json!({
        "title": "Input for CreateProvisioningTemplate",
        "description": "Creates a provisioning template that registration configs can name.",
        "type": "object",
        "properties": properties(CREATE.keys, member),
        "required": ["templateName"],
        "allOf": [
            // Without any of these it is an input for a new version of a template, which has a role already.
            {
                "if": {
                    "required": ["templateBody"],
                    "anyOf": CREATE_ONLY.map(|key| json!({ "required": [key] })),
                    "doNotSuggest": true,
                },
                "then": { "required": ["provisioningRoleArn"] },
            },
            // An update has no body, and no type.
            {
                "if": { "required": ["type"], "doNotSuggest": true },
                "then": { "required": ["templateBody", "provisioningRoleArn"] },
            },
        ],
    })
}

/// A member of one of the two.
pub fn member(key: &str) -> Value {
    match key {
        "templateBody" => say(
            values::body_text(),
            "The template body as an escaped string of at most 10,240 characters. Editors do not look into it: write the body in a separate file and let stringify write this.",
        ),
        "templateName" => say(to("templateName"), "The name of a provisioning template: letters, digits, - and _."),
        "roleArn" | "provisioningRoleArn" => say(
            to("roleArn"),
            "The role that AWS IoT assumes to provision. It needs the managed policy AWSIoTThingsRegistration, and \
             iot.amazonaws.com must be allowed to assume it.",
        ),
        // Values that the checks do not refuse are only offered.
        "type" => json!({
            "description": summary(&rules::TEMPLATE_TYPE),
            "anyOf": [
                {
                    "enum": ["JITP", "FLEET_PROVISIONING"],
                    "enumDescriptions": [
                        "The device's first connection fills the template from its certificate.",
                        "The device, or an app, calls RegisterThing with parameters. This is the default.",
                    ],
                },
                {},
            ],
            "default": "JITP",
        }),
        "enabled" => json!({
            "description": summary(&rules::TEMPLATE_DISABLED),
            "anyOf": [{ "type": "boolean" }, {}],
            "default": true,
        }),
        "description" => {
            // Not every input that has one is checked against its type.
            let text = json!({ "not": { "type": "string", "minLength": limits::TEMPLATE_DESCRIPTION + 1 } });
            let text = with(text, "errorMessage", json!(summary(&rules::DESCRIPTION)));
            offer(text, "The purpose of the template, in your words.", "a text", json!("${1:text}"))
        }
        "preProvisioningHook" => with(
            say(json!({}), "A Lambda function that decides whether a device may be provisioned."),
            "deprecationMessage",
            json!(summary(&rules::PRE_PROVISIONING_HOOK)),
        ),
        "tags" => {
            offer(json!({}), "Tags of the template.", "a tag", json!([{ "Key": "${1:key}", "Value": "${2:value}" }]))
        }
        _ => json!({}),
    }
}
