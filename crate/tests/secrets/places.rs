//! The places in which people leave keys, and the conditions for a text after the search.

use crate::forms::json;
use crate::made::leak;
use jitp::redact_private_keys;
use std::collections::HashSet;
use std::fmt::Write;

/// A text with each byte escaped as in an address, except letters and digits.
pub fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ =
            if byte.is_ascii_alphanumeric() { write!(out, "{}", char::from(byte)) } else { write!(out, "%{byte:02X}") };
        out
    })
}

/// Texts with a place for a form.
pub fn places(form: &str) -> Vec<(&'static str, String)> {
    let in_json = json(form, 1);
    let one_line = form.replace(['\r', '\n'], "");
    let mut places = vec![
        ("alone", form.to_owned()),
        (
            "a value",
            format!(
                "{{\"Parameters\": {{\"a\": {{\"Type\": \"String\", \"Default\": {in_json}}}}}, \"Resources\": {{}}}}"
            ),
        ),
        ("a key", format!("{{\"Resources\": {{{in_json}: {{\"Type\": \"AWS::IoT::Thing\"}}}}}}")),
        ("a value in a config", json(&format!("{{\"Resources\": {{\"a\": {in_json}}}}}"), 1)),
        ("a key in a document in a config", json(&format!("{{\"a\": {}}}", json(&format!("{{{in_json}: 1}}"), 1)), 1)),
        ("a comment", format!("{{\n  \"a\": 1, // {}\n  \"b\": 2\n}}", form.replace('\n', "\n  // "))),
        ("a comment of more lines", format!("{{\n  /* {form} */\n  \"b\": 2\n}}")),
        ("CSV", format!("name,key\r\nlamp,\"{}\"\r\nsiren,none\r\n", form.replace('"', "\"\""))),
        ("YAML", format!("apiVersion: v1\ndata:\n  tls.key: {form}\nkind: Secret\n")),
        ("a block of YAML", format!("key: |\n  {}\nnext: 1\n", form.replace('\n', "\n  "))),
        ("an environment file", format!("A=1\nKEY={form}\nB=2\n")),
        ("an environment file, one line", format!("A=1\nKEY=\"{}\"\nB=2\n", form.replace('\n', "\\n"))),
        ("prose", format!("This is it:\n\n{form}\n\nPlease tell nobody.")),
        ("an address", format!("https://example.com/?a=1#key={}&b=2", percent(form))),
        (
            "an address in an address",
            format!("https://example.com/?to={}", percent(&format!("https://a/#{}", percent(form)))),
        ),
    ];
    if one_line == form {
        places.push(("the name of a file", format!("keys/{form}.json")));
        places.push(("a label", format!("-----BEGIN {form}-----\nMAA=\n-----END {form}-----\n")));
    }
    places
}

/// Checks that no piece of a key is left in a text, that the text keeps its length, and that a second search finds nothing.
pub fn assert_gone(at: &str, whole: &str, pieces: &HashSet<String>) -> String {
    let redacted = redact_private_keys(whole);
    assert_eq!(leak(&redacted.text, pieces), None, "{at}: {whole}\n{}", redacted.text);
    assert!(!redacted.found.is_empty(), "{at}: {whole}");
    assert_eq!(redacted.text.len(), whole.len(), "{at}");
    for found in &redacted.found {
        assert!(found.span.start < found.span.end, "{at}");
    }
    let again = redact_private_keys(&redacted.text);
    assert_eq!(again.text, redacted.text, "{at}: once is enough");
    redacted.text
}
