//! Keywords that all parts of the schema write.

use crate::rules::{self, Rule};
use crate::vocabulary::OTHER_FLOW_KEYS;
use serde_json::{Value, json};

/// A reference to one of the definitions.
pub fn to(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

/// A schema with the words that an editor shows for it.
pub fn say(schema: Value, description: &str) -> Value {
    with(schema, "description", json!(description))
}

/// The same with something to put there.
pub fn offer(schema: Value, description: &str, label: &str, body: Value) -> Value {
    with(say(schema, description), "defaultSnippets", json!([{ "label": label, "body": body }]))
}

/// A schema with one more keyword.
pub fn with(schema: Value, keyword: &str, value: Value) -> Value {
    let mut schema = schema;
    schema[keyword] = value;
    schema
}

/// A schema for each of the keys.
pub fn properties(keys: &[&str], of: impl Fn(&str) -> Value) -> Value {
    Value::Object(keys.iter().map(|key| ((*key).to_owned(), of(key))).collect())
}

/// The rule in one sentence, as the catalogue has it.
pub fn summary(rule: &Rule) -> &'static str {
    rules::catalogue().find(|entry| entry.rule == rule).map_or("", |entry| entry.summary)
}

/// A key that must not be written, and that no editor should offer.
pub fn refused(rule: &Rule) -> Value {
    json!({ "not": {}, "errorMessage": summary(rule), "doNotSuggest": true })
}

/// Keys of the certificate in other flows.
pub fn is_of_other_flow(key: &str) -> bool {
    OTHER_FLOW_KEYS.contains(&key)
}
