//! The template body: parameters and resources.

use super::keywords::{is_of_other_flow, offer, properties, refused, say, summary, to, with};
use super::{snippets, values};
use crate::limits::{self, ID_PARAMETER, PREDEFINED};
use crate::rules;
use crate::template::overrides::{self, OverrideSetting};
use crate::vocabulary::{
    BODY_KEYS, CERTIFICATE_KEYS, PARAMETER_KEYS, POLICY_KEYS, PRINCIPAL_TYPES, RESOURCE_KEYS, STATUSES, THING_KEYS,
    TYPES,
};
use serde_json::{Value, json};

/// A template body.
pub fn body() -> Value {
    // Sections of CloudFormation are left to the checks, which look at what else is there before it refuses them.
    json!({
        "title": "Template body",
        "description": "The parameters that AWS fills from a device's certificate, and the resources that it creates from them.",
        "type": "object",
        "properties": properties(&BODY_KEYS, member),
        "required": ["Resources"],
    })
}

/// A section of a template body.
pub fn member(key: &str) -> Value {
    match key {
        "Parameters" => say(
            to("parameters"),
            "The parameters that the template uses. A device whose certificate lacks one that is declared here is not \
             provisioned, unless the parameter has a Default.",
        ),
        "Resources" => say(
            to("resources"),
            "The resources that AWS creates for a device: exactly one certificate, at most one thing, any number of policies, each under a name that you choose.",
        ),
        "Mappings" => fleet_only("Maps of maps of texts, for Fn::FindInMap."),
        "DeviceConfiguration" => fleet_only("Names and values that the device gets in the response to RegisterThing."),
        _ => json!({}),
    }
}

fn fleet_only(description: &str) -> Value {
    let warning = summary(&rules::SECTION_FLEET_ONLY);
    json!({ "description": description, "type": "object", "deprecationMessage": warning })
}

/// The Parameters section: only the eight have a source, so that any other needs a default.
pub fn parameters() -> Value {
    json!({
        "type": "object",
        "properties": properties(&PREDEFINED.map(|(name, _)| name), |name| say(to("parameter"), &values::predefined(name))),
        "additionalProperties": {
            "description": summary(&rules::UNKNOWN_PARAMETER),
            "allOf": [to("parameter"), { "type": "object", "required": ["Default"] }],
        },
        "defaultSnippets": snippets::parameters(),
    })
}

/// The declaration of a parameter.
pub fn parameter() -> Value {
    let key = |key: &str| match key {
        "Type" => json!({
            "description": summary(&rules::PARAMETER_TYPE),
            "enum": ["String"],
            "errorMessage": summary(&rules::PARAMETER_TYPE),
        }),
        "Default" => json!({
            "description": "The value for devices whose certificates give none.",
            "type": "string",
            "errorMessage": summary(&rules::NOT_A_STRING),
        }),
        "Description" => offer(json!({}), "The purpose of the parameter, in your words.", "a text", json!("${1:text}")),
        _ => json!({}),
    };
    json!({
        "type": "object",
        "properties": properties(&PARAMETER_KEYS, key),
        "required": ["Type"],
        "defaultSnippets": [{ "label": "a string", "body": { "Type": "String" } }],
    })
}

/// The Resources section. A schema can see that a certificate is missing, but not that there are two.
pub fn resources() -> Value {
    let certificate =
        json!({ "type": "object", "properties": { "Type": { "const": TYPES[1] } }, "required": ["Type"] });
    json!({
        "type": "object",
        "additionalProperties": to("resource"),
        "allOf": [{
            "not": { "additionalProperties": { "not": certificate } },
            "errorMessage": summary(&rules::CERTIFICATE_COUNT),
        }],
        "defaultSnippets": snippets::resources(),
    })
}

/// A resource, sorted by its type.
pub fn resource() -> Value {
    let key = |key: &str| match key {
        "Type" => json!({
            "description": "The type of the resource.",
            "enum": TYPES,
            "enumDescriptions": [
                "The device's entry in the registry; at most one.",
                "The certificate that the device connects with; exactly one.",
                "A policy attached to the certificate: an existing one, or one created from a document.",
            ],
            "errorMessage": summary(&rules::RESOURCE_TYPE),
        }),
        "Properties" => json!({ "description": "The properties of the resource.", "type": "object" }),
        "OverrideSettings" => offer(
            json!({}),
            "What happens to each property if the resource exists already. AWS documents no default.",
            "settings",
            json!({}),
        ),
        _ => json!({}),
    };
    let kinds = TYPES.map(|kind| {
        let name = kind.rsplit(':').next().unwrap_or(kind).to_ascii_lowercase();
        json!({
            "if": { "properties": { "Type": { "const": kind } }, "required": ["Type"] },
            "then": to(&name),
        })
    });
    json!({
        "type": "object",
        "properties": properties(&RESOURCE_KEYS, key),
        "required": ["Type", "Properties"],
        "allOf": kinds,
        "defaultSnippets": snippets::each_resource(),
    })
}

fn resource_of(properties: Value, settings: &[OverrideSetting]) -> Value {
    json!({ "type": "object", "properties": { "Properties": properties, "OverrideSettings": overrides_of(settings) } })
}

/// The thing.
pub fn thing() -> Value {
    let name = |description: &str| offer(to("resourceName"), description, "a name", json!("${1:name}"));
    let key = |key: &str| match key {
        "ThingName" => with(
            name("The thing's name, most often {\"Ref\": \"AWS::IoT::Certificate::CommonName\"}."),
            "defaultSnippets",
            json!([
                values::reference("AWS::IoT::Certificate::CommonName"),
                values::reference(limits::SERIAL_PARAMETER)
            ]),
        ),
        "ThingTypeName" => name("The name of a thing type, which must exist."),
        "BillingGroup" => name("The name of a billing group, which must exist."),
        "AttributePayload" => json!({
            "description": format!("Attributes of the thing: names and values, at most {} without a thing type, {} with one.",
                limits::ATTRIBUTES_WITHOUT_TYPE, limits::ATTRIBUTES_WITH_TYPE),
            "type": "object",
            "propertyNames": values::attribute_key(),
            "additionalProperties": values::attribute_value(),
        }),
        "PackageVersions" => say(json!({}), "Software packages with their versions. AWS does not document the form."),
        "ThingGroups" => json!({
            "description": format!("The names of thing groups, which must exist; at most {}.", limits::GROUPS_PER_THING),
            "if": { "type": "object" },
            "then": to("function"),
            "else": { "type": "array", "maxItems": limits::GROUPS_PER_THING, "items": to("resourceName") },
            "defaultSnippets": [{ "label": "a list", "body": ["${1:name}"] }],
        }),
        _ => json!({}),
    };
    let most = |count: usize| {
        let attributes = json!({ "type": "object", "maxProperties": count });
        json!({ "properties": { "AttributePayload": attributes } })
    };
    let properties = json!({
        "type": "object",
        "properties": properties(&THING_KEYS, key),
        "required": ["ThingName"],
        "if": { "required": ["ThingTypeName"] },
        "then": most(limits::ATTRIBUTES_WITH_TYPE),
        "else": most(limits::ATTRIBUTES_WITHOUT_TYPE),
    });
    resource_of(properties, &overrides::THING)
}

/// The certificate.
pub fn certificate() -> Value {
    let others: Vec<&str> = PREDEFINED.iter().map(|(name, _)| *name).filter(|name| *name != ID_PARAMETER).collect();
    let key = |key: &str| match key {
        "CertificateId" => json!({
            "description": "The device's own certificate: {\"Ref\": \"AWS::IoT::Certificate::Id\"}.",
            "type": "object",
            "errorMessage": summary(&rules::LITERAL_CERTIFICATE_ID),
            "properties": { "Ref": { "not": { "enum": others }, "errorMessage": summary(&rules::LITERAL_CERTIFICATE_ID) } },
            "if": { "type": "object" },
            "then": to("function"),
            "defaultSnippets": [values::reference(ID_PARAMETER)],
        }),
        "Status" => {
            let text = json!({
                "type": "string",
                "pattern": format!("^({})$", STATUSES.map(in_any_case).join("|")),
                "patternErrorMessage": summary(&rules::STATUS),
            });
            let schema = with(values::value(text), "examples", json!(STATUSES));
            say(schema, "The certificate's status at the end: ACTIVE (also without this key) or INACTIVE.")
        }
        "ThingPrincipalType" => {
            let text = json!({ "enum": PRINCIPAL_TYPES, "errorMessage": summary(&rules::PRINCIPAL_TYPE) });
            say(
                values::value(text),
                "Whether the certificate belongs to this thing alone: EXCLUSIVE_THING or NON_EXCLUSIVE_THING.",
            )
        }
        _ if is_of_other_flow(key) => refused(&rules::OTHER_FLOW_CERTIFICATE),
        _ => json!({}),
    };
    let properties = json!({
        "type": "object",
        "properties": properties(&CERTIFICATE_KEYS, key),
        "required": ["CertificateId"],
    });
    resource_of(properties, &overrides::CERTIFICATE)
}

/// AWS accepts a status in any case.
fn in_any_case(word: &str) -> String {
    word.chars().map(|letter| format!("[{letter}{}]", letter.to_ascii_lowercase())).collect()
}

/// A policy: one that exists, or one to be made.
pub fn policy() -> Value {
    let key = |key: &str| match key {
        "PolicyName" => {
            offer(values::policy_name(), "The name of a policy, which must exist.", "a name", json!("${1:PolicyName}"))
        }
        "PolicyDocument" => json!({
            "description": "A policy as an escaped string of JSON; AWS creates a policy from it and names it by a hash.",
            "if": { "type": "object", "anyOf": [{ "required": ["Version"] }, { "required": ["Statement"] }] },
            "then": { "deprecationMessage": summary(&rules::POLICY_IS_OBJECT) },
            "else": values::value(values::policy_text()),
            "defaultSnippets": snippets::policy_document(),
        }),
        _ => json!({}),
    };
    let one = POLICY_KEYS.map(|key| json!({ "required": [key] }));
    json!({
        "type": "object",
        "properties": {
            "Properties": {
                "type": "object",
                "properties": properties(&POLICY_KEYS, key),
                "allOf": [
                    { "anyOf": one },
                    // An empty one counts as absent.
                    {
                        "not": {
                            "required": POLICY_KEYS,
                            "properties": properties(&POLICY_KEYS, |_| json!({ "not": { "const": "" } })),
                        },
                        "errorMessage": summary(&rules::POLICY_BOTH),
                    },
                ],
            },
            "OverrideSettings": { "deprecationMessage": summary(&rules::OVERRIDE_ON_POLICY) },
        },
    })
}

/// The settings by property name. The names in the page's prose are accepted too, and not offered.
fn overrides_of(settings: &[OverrideSetting]) -> Value {
    let mut members = json!({});
    for (name, upper, values) in settings {
        let words: Vec<&str> = values.iter().map(|value| override_words(value)).collect();
        let setting =
            json!({ "enum": values, "enumDescriptions": words, "errorMessage": summary(&rules::OVERRIDE_VALUE) });
        if upper != name {
            let hidden = with(setting.clone(), "deprecationMessage", json!(summary(&rules::OVERRIDE_KEY)));
            members[*upper] = with(hidden, "doNotSuggest", json!(true));
        }
        members[*name] = say(setting, &format!("What happens if {name} is set already."));
    }
    json!({ "type": "object", "properties": members })
}

fn override_words(value: &str) -> &'static str {
    match value {
        "DO_NOTHING" => "The existing value is kept.",
        "REPLACE" => "The template's value replaces the existing one.",
        "MERGE" => "The template's entries are added to the existing ones.",
        "FAIL" => "The provisioning fails with ResourceConflictsException.",
        _ => "",
    }
}
