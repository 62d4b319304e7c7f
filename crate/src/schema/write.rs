//! Writes the schema with its keys in the order in which a person reads them.

use serde_json::Value;

/// The keys that come first, in schemas and in the templates of snippets. Others follow in alphabetical order.
const FIRST: [&str; 20] = [
    "$schema",
    "title",
    "label",
    "Type",
    "Parameters",
    "Resources",
    "thing",
    "certificate",
    "policy",
    "templateName",
    "templateBody",
    "roleArn",
    "provisioningRoleArn",
    "type",
    "enabled",
    "description",
    "if",
    "then",
    "else",
    "properties",
];

/// A tree as text: compact, or indented by two spaces a level.
pub fn write(value: &Value, level: Option<usize>) -> String {
    let mut entries: Vec<(Option<&str>, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (Some(key.as_str()), value)).collect(),
        Value::Array(elements) => elements.iter().map(|value| (None, value)).collect(),
        _ => return value.to_string(),
    };
    // The sort is stable: elements of an array stay as they are.
    entries.sort_by_key(|(key, _)| key.map(|key| (rank(key), key)));
    let inner = level.map(|level| level + 1);
    let line = |level: Option<usize>| level.map_or_else(String::new, |level| format!("\n{}", "  ".repeat(level)));
    let written: Vec<String> = entries
        .into_iter()
        .map(|(key, value)| {
            let key = key.map_or_else(String::new, |key| {
                format!("{}{}", Value::from(key), if level.is_some() { ": " } else { ":" })
            });
            format!("{}{key}{}", line(inner), write(value, inner))
        })
        .collect();
    let end = if written.is_empty() { String::new() } else { line(level) };
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    format!("{open}{}{end}{close}", written.join(","))
}

fn rank(key: &str) -> usize {
    // The definitions are long: they come last.
    let last = FIRST.len() + usize::from(key == "$defs");
    FIRST.iter().position(|first| *first == key).unwrap_or(last)
}
