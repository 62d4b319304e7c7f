//! The JSON Schema in the npm package is derived from the tables, and has words for an editor about every key.

mod support;

use serde_json::Value;

#[test]
fn the_file_agrees_with_the_tables() {
    let path = support::root().join(jitp::schema::FILE);
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(
        kept.replace("\r\n", "\n") == jitp::schema::text(),
        "{} is out of date: cargo run -p jitp --example schema",
        jitp::schema::FILE
    );
}

/// A key that is added to one of the checks' tables comes into the schema by itself, but without words.
#[test]
fn every_key_has_words() {
    let schema: Value = serde_json::from_str(&jitp::schema::text()).expect("JSON");
    let mut seen = 0;
    for definition in ["registrationConfig", "createTemplateInput", "body", "parameters", "parameter", "resource"] {
        seen += all_have_words(definition, &schema["$defs"][definition]["properties"]);
    }
    for kind in ["thing", "certificate", "policy"] {
        let properties = &schema["$defs"][kind]["properties"];
        seen += all_have_words(kind, &properties["Properties"]["properties"]);
        seen += all_have_words(kind, &properties["OverrideSettings"]["properties"]);
    }
    seen += all_have_words("function", &schema["$defs"]["function"]["properties"]);
    assert!(seen > 50, "{seen} keys");
}

fn all_have_words(place: &str, properties: &Value) -> usize {
    let Some(members) = properties.as_object() else { return 0 };
    for (key, schema) in members {
        let words = ["description", "errorMessage", "deprecationMessage"];
        let words = words.iter().find_map(|keyword| schema[keyword].as_str());
        assert!(words.is_some_and(|words| words.ends_with('.')), "{key} of {place} has no sentence: {schema}");
    }
    members.len()
}

/// The catalogue's sentences are an editor's messages, so that none may be empty.
#[test]
fn no_message_is_empty() {
    let schema: Value = serde_json::from_str(&jitp::schema::text()).expect("JSON");
    let mut open = vec![&schema];
    let mut messages = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    if key.ends_with("Message") {
                        assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{key} is empty");
                        messages += 1;
                    }
                    open.push(value);
                }
            }
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    assert!(messages > 20, "{messages} messages");
}
