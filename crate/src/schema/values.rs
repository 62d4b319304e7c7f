//! Values of properties: the strings that AWS accepts in each place, and the values that may replace a string.

use super::keywords::{properties, say, summary, to, with};
use crate::limits::{self, Charset, PREDEFINED};
use crate::plan::bind::attribute_name;
use crate::rules;
use crate::template::expression::FUNCTIONS;
use serde_json::{Value, json};

/// A text that is a JSON object, as far as a pattern can see.
const OBJECT_TEXT: &str = r"^[ \t\r\n]*\{[\s\S]*\}[ \t\r\n]*$";

/// A string, a `Ref` or a function.
pub fn any() -> Value {
    let text = json!({ "type": "string", "errorMessage": summary(&rules::NOT_A_STRING) });
    with(value(text), "defaultSnippets", references())
}

/// A string of this shape, or what is only known once the parameters are.
pub fn value(text: Value) -> Value {
    json!({ "if": { "type": "object" }, "then": to("function"), "else": text })
}

/// A literal string of a limited length and a limited set of characters.
pub fn text(chars: Charset, fewest: usize, most: usize, words: &str) -> Value {
    let class = chars.class;
    json!({
        "type": "string",
        "minLength": fewest,
        "maxLength": most,
        "pattern": format!("^{class}*$"),
        "patternErrorMessage": words,
        "errorMessage": summary(&rules::NOT_A_STRING),
    })
}

/// The name of a thing, a thing type, a thing group or a billing group.
pub fn resource_name() -> Value {
    value(text(limits::NAME_CHARS, 1, limits::RESOURCE_NAME, summary(&rules::RESOURCE_NAME)))
}

/// The name of a policy. An empty one counts as absent, which is no error if there is a document.
pub fn policy_name() -> Value {
    value(text(limits::POLICY_NAME_CHARS, 0, limits::POLICY_NAME, summary(&rules::POLICY_NAME)))
}

/// The name of a provisioning template.
pub fn template_name() -> Value {
    text(limits::TEMPLATE_NAME_CHARS, 1, limits::TEMPLATE_NAME, summary(&rules::TEMPLATE_NAME))
}

/// The name of a thing's attribute.
pub fn attribute_key() -> Value {
    text(limits::ATTRIBUTE_NAME_CHARS, 1, limits::ATTRIBUTE_NAME, summary(&rules::ATTRIBUTE))
}

/// The value of a thing's attribute.
pub fn attribute_value() -> Value {
    let text = text(limits::ATTRIBUTE_VALUE_CHARS, 0, limits::ATTRIBUTE_VALUE, summary(&rules::ATTRIBUTE));
    with(value(text), "defaultSnippets", references())
}

/// The ARN of a provisioning role.
pub fn role_arn() -> Value {
    let (fewest, most) = limits::ROLE_ARN;
    json!({
        "type": "string",
        "minLength": fewest,
        "maxLength": most,
        "pattern": format!("{}{}+$", limits::ROLE_ARN_START, limits::ROLE_NAME_CHARS.class),
        "patternErrorMessage": "An IAM role's ARN has the form arn:aws:iam::123456789012:role/NAME, with the account in twelve digits.",
        "examples": ["arn:aws:iam::123456789012:role/JITPRole"],
    })
}

/// A template body as a string.
pub fn body_text() -> Value {
    json!({
        "type": "string",
        "minLength": 2,
        "maxLength": limits::TEMPLATE_BODY,
        "pattern": OBJECT_TEXT,
        "patternErrorMessage": "The string holds no JSON object: the template body is one, encoded as a string once.",
        "errorMessage": summary(&rules::BODY_IS_OBJECT),
        "contentMediaType": "application/json",
        "contentSchema": to("body"),
    })
}

/// A policy document as a string. White space does not count for its length.
pub fn policy_text() -> Value {
    // JavaScript and Unicode disagree on one character of white space: it is left uncounted, as the checks do.
    let most = limits::POLICY_DOCUMENT;
    let counted = format!(r"^(?:[\s\u0085]*[^\s\u0085]){{0,{most}}}[\s\u0085]*$");
    json!({
        "type": "string",
        "errorMessage": summary(&rules::NOT_A_STRING),
        "contentMediaType": "application/json",
        "allOf": [
            { "pattern": OBJECT_TEXT, "patternErrorMessage": summary(&rules::POLICY_NOT_JSON) },
            { "pattern": counted, "patternErrorMessage": summary(&rules::POLICY_TOO_LONG) },
        ],
    })
}

/// A written list, or a function that returns one.
pub fn list() -> Value {
    json!({ "if": { "type": "object" }, "then": to("function"), "else": { "type": "array", "items": to("value") } })
}

/// `Ref`, or one function of fleet templates.
pub fn function() -> Value {
    json!({
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": properties(&FUNCTIONS, argument),
        "additionalProperties": { "not": {}, "errorMessage": summary(&rules::BAD_EXPRESSION) },
    })
}

fn references() -> Value {
    json!(PREDEFINED.map(|(name, _)| reference(name)))
}

/// A snippet that refers to a predefined parameter.
pub fn reference(name: &str) -> Value {
    let tail = name.strip_prefix(limits::PREDEFINED_PREFIX).unwrap_or(name);
    json!({ "label": format!("Ref {tail}"), "description": predefined(name), "body": { "Ref": name } })
}

/// The source of a predefined parameter.
pub fn predefined(name: &str) -> String {
    let arc = PREDEFINED.iter().find(|(known, _)| *known == name).and_then(|(_, arc)| *arc);
    let Some(arc) = arc else {
        return "The certificate ID: the SHA-256 of the certificate's DER in lower-case hexadecimal digits.".to_owned();
    };
    let what = attribute_name(arc);
    let own =
        if name == limits::SERIAL_PARAMETER { ", or else the certificate's own serial number in decimal" } else { "" };
    format!(
        "The {what} of the certificate's subject, 2.5.4.{arc}{own}. A device whose certificate lacks it is not \
         provisioned, unless there is a Default."
    )
}

fn argument(function: &str) -> Value {
    let schema = match function {
        "Ref" => return say(reference_name(), "The value of the parameter with this name."),
        "Fn::Join" => say(
            tuple(&[json!({ "type": "string" }), to("list")]),
            "[delimiter, [value, …]]: the values, with the delimiter between them.",
        ),
        "Fn::Split" => say(
            tuple(&[json!({ "type": "string", "minLength": 1 }), to("value")]),
            "[delimiter, text]: the pieces of the text, as a list.",
        ),
        "Fn::Select" => say(
            tuple(&[json!({ "if": { "type": "number" }, "else": to("value") }), to("list")]),
            "[index, [value, …]]: the value at the index, counted from 0.",
        ),
        "Fn::FindInMap" => say(
            tuple(&[to("value"), to("value"), to("value")]),
            "[map, top-level key, second-level key]: a value of the Mappings section.",
        ),
        "Fn::Sub" => {
            let text = json!({ "type": "string" });
            let variables = json!({ "type": "object", "additionalProperties": to("value") });
            let shapes = [text.clone(), tuple(std::slice::from_ref(&text)), tuple(&[text, variables])];
            say(
                json!({ "anyOf": shapes }),
                "A text, or [text, {name: value, …}]: the text with each ${name} filled in.",
            )
        }
        _ => json!({}),
    };
    with(schema, "deprecationMessage", json!(summary(&rules::FUNCTION_FLEET_ONLY)))
}

/// The names that AWS defines are offered. Any other name may be declared.
fn reference_name() -> Value {
    let names = PREDEFINED.map(|(name, _)| name);
    let words = names.map(predefined);
    json!({ "type": "string", "anyOf": [{ "enum": names, "enumDescriptions": words }, {}] })
}

fn tuple(elements: &[Value]) -> Value {
    let count = elements.len();
    json!({ "type": "array", "prefixItems": elements, "minItems": count, "maxItems": count })
}
