//! Inputs that are built to take long: twice as much of each takes about twice as long.
//!
//! A case is a line: a name, the piece to repeat (or how to build the input), and the function to call.

mod support;

use jitp::account::Account;
use jitp::{StringifyOptions, Template};
use support::doubling::{Case, assert_linear};
use support::{certificate, options};

/// So many bytes of a piece, again and again.
fn of(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// So many bytes of numbered elements with commas between them.
fn list(bytes: usize, element: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut at = 0;
    while text.len() < bytes {
        text.push_str(if at == 0 { "" } else { "," });
        text.push_str(&element(at));
        at += 1;
    }
    text
}

/// Reads a template, runs it for a device and for a fleet of two, and writes it in both ways.
fn everything(text: &[u8]) {
    let source = std::str::from_utf8(text).expect("UTF-8");
    let template = Template::new(source);
    let pem = certificate("full");
    assert_eq!(template.dry_run(&pem, &options()).steps.len(), 6);
    let _ = jitp::stringify(source, &StringifyOptions::default());
    let _ = jitp::unstringify(source);
}

/// Reads a text about an account, and writes it.
fn account(text: &[u8]) {
    let source = std::str::from_utf8(text).expect("UTF-8");
    let report = Account::read(&[("account.json", source)]);
    assert!(report.account.to_json().len() > 1);
}

macro_rules! cases {
    ($($name:literal, $work:ident, $build:expr;)*) => {
        &[$(Case { name: $name, input: |bytes| { let build: fn(usize) -> String = $build; build(bytes).into_bytes() }, work: $work }),*]
    };
}

#[test]
fn texts() {
    assert_linear(cases! {
        "quotes", everything, |n| of("\"", n);
        "quotes in a string", everything, |n| format!("{{\"templateBody\": \"{}", of("\"a", n));
        "escaped quotes", everything, |n| format!("{{\"templateBody\": \"{}\"}}", of("\\\"", n));
        "quotes escaped, backslashes not", everything, |n| format!("{{\"templateBody\": \"{{\\\"a\\\": [{}]}}\"}}", list(n, |_| "\\\"{\\\\\"b\\\\\": 1}\\\"".to_owned()));
        "backslashes", everything, |n| of("\\", n);
        "backslashes in a string", everything, |n| format!("{{\"templateBody\": \"{}\"}}", of("\\", n));
        "backslashes and quotes", everything, |n| of("\\\\\\\"", n);
        "documents in one another", everything, |n| format!("[{}", list(n, |_| "\"{\\\"a\\\": \\\"{\\\\\"b\\\\\": 1}\\\"}\"".to_owned()));
        "texts that begin as JSON in strings", everything, |n| format!("{{\"templateBody\": \"{}", of("{\\\"a\\\": \\\"[\\\\\"b, ", n));
        "strings that begin as JSON side by side", everything, |n| format!("[{}", of("\"{\\\"a\", ", n));
        "spaces before quotes that are doubled", everything, |n| format!("[\"{}{{", of("\" ", n));
        "escaped line breaks", everything, |n| format!("{{\"templateBody\": \"{{{}", of("\\\\n \"a\": ", n));
        "commas in strings that do not end", everything, |n| format!("[{}", of("\\\"a, \\\"", n));
        "slashes", everything, |n| format!("{{\"templateBody\": \"{{\\\"a\\\": \\\"{}", of("\\/", n));
        "open brackets", everything, |n| of("[", n);
        "open objects", everything, |n| of("{\"a\":", n);
        "closing brackets", everything, |n| of("}", n);
        "brackets that do not fit", everything, |n| of("[}", n);
        "lists side by side", everything, |n| format!("[{}]", list(n, |_| "[[]]".to_owned()));
        "commas", everything, |n| of(",", n);
        "commas in an object", everything, |n| format!("{{{}", of("\"a\": 1,,", n));
        "missing commas", everything, |n| format!("{{{}}}", of("\"a\": 1 ", n));
        "missing colons", everything, |n| format!("{{{}}}", of("\"a\" 1, ", n));
        "byte order marks", everything, |n| of("\u{feff}", n);
        "no-break spaces", everything, |n| of("\u{a0}", n);
        "replacement characters", everything, |n| format!("{{\"a\": \"{}\"}}", of("\u{fffd}", n));
        "replacement characters between tokens", everything, |n| of("\u{fffd} ", n);
        "nulls", everything, |n| of("{\0", n);
        "unclosed strings, a line each", everything, |n| of("\"a\n", n);
        "unclosed strings in other quotes", everything, |n| of("'a\n", n);
        "curly quotes", everything, |n| of("\u{201c}a", n);
        "a string of many lines", everything, |n| format!("{{\"a\": \"{}", of("a\n", n));
        "comments", everything, |n| of("/*", n);
        "placeholders", everything, |n| of("${a", n);
        "entities", everything, |n| of("&quot;{", n);
        "entities in strings", everything, |n| format!("[{}", of("\"{&quot;a\", ", n));
        "strings with doubled quotes", everything, |n| format!("[{}", of("\"{\"\"a\"\": ", n));
        "strings with doubled quotes side by side", everything, |n| format!("[{}]", list(n, |_| "\"{\"\"a\"\": 1}\"".to_owned()));
        "entities in one another", everything, |n| format!("{{&quot;a&quot;: &quot;{}", of("{&amp;quot;a&amp;quot;:", n));
        "percent signs", everything, |n| format!("%7B%22a%22%3A{}", of("%ff%25", n));
        "percent signs in strings", everything, |n| format!("[{}", of("\"%7B%22a%22:1%7D\" ", n));
        "a body of numbers of quotes", everything, |n| format!("{{\"templateBody\": \"{{{}\"}}", of("\\u0022a\\u0022:[\"", n));
        "plus signs", everything, |n| format!("[{}", of("\"a\" + ", n));
        "one key many times", everything, |n| format!("{{{}}}", list(n, |_| "\"a\":1".to_owned()));
        "many keys twice", everything, |n| format!("{{{}}}", list(n, |at| format!("\"k{}\":1", at / 2)));
        "many objects with a key twice", everything, |n| format!("[{}]", list(n, |_| "{\"a\":1,\"a\":2}".to_owned()));
        "a long line with many findings", everything, |n| format!("{{\"Parameters\": {{{}}}}}", list(n, |at| format!("\"\u{e9}{at}\": 1")));
        "a string in a string in a string", everything, |n| (0..5).fold(format!("[{}]", of("1,", n / 40)), |text, _| serde_json::to_string(&text).expect("a string"));
        "unicode escapes in a body", everything, |n| format!("{{\"templateBody\": \"{}\"}}", of("\\u0020\\t\\/", n));
        "line ends", everything, |n| of("\r\n\r", n);
    });
}

/// A body whose thing has a name and attributes.
fn body(parameters: &str, name: &str, attributes: &str, more: &str) -> String {
    format!(
        r#"{{"Parameters": {{{parameters}}}, "Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {name}, "AttributePayload": {{{attributes}}}}}}},
        "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}}}}{more}}}"#
    )
}

/// A body with one thing's name.
fn named(name: &str) -> String {
    body("", name, "", "")
}

#[test]
fn templates() {
    assert_linear(cases! {
        "Fn::Sub with a large map", everything, |n| named(&format!(r#"{{"Fn::Sub": ["a", {{{}}}]}}"#, list(n, |at| format!("\"v{at}\": \"x\""))));
        "Fn::Sub with many variables of a large map", everything, |n| named(&format!(r#"{{"Fn::Sub": ["{}", {{{}}}]}}"#, list(n / 2, |at| format!("${{v{at}}}")), list(n, |at| format!("\"v{at}\": \"x\""))));
        "Fn::Sub with many variables of nobody", everything, |n| named(&format!(r#"{{"Fn::Sub": "{}"}}"#, list(n, |at| format!("${{v{at}}}"))));
        "Fn::Sub with one variable many times", everything, |n| named(&format!(r#"{{"Fn::Sub": ["{}", {{"v": "x"}}]}}"#, of("${v}", n)));
        "Fn::Join with a long list", everything, |n| named(&format!(r#"{{"Fn::Join": ["-", [{}]]}}"#, list(n, |_| r#"{"Ref": "AWS::IoT::Certificate::CommonName"}"#.to_owned())));
        "Fn::Select from a long list", everything, |n| named(&format!(r#"{{"Fn::Select": ["1", [{}]]}}"#, list(n, |at| format!("\"{at}\""))));
        "Fn::Join in one another", everything, |n| named(&format!("{}\"a\"{}", of(r#"{"Fn::Join": ["-", ["b", "#, n.min(2_000)), "]]}".repeat(n.min(2_000).div_ceil(25))));
        "many parameters", everything, |n| body(&list(n, |at| format!("\"p{at}\": {{\"Type\": \"String\", \"Default\": \"x\"}}")), "\"a\"", "", "");
        "many parameters that nothing fills", everything, |n| body(&list(n, |at| format!("\"p{at}\": {{\"Type\": \"String\"}}")), "\"a\"", "", "");
        "many attributes by parameters", everything, |n| body(&list(n / 3, |at| format!("\"p{at}\": {{\"Type\": \"String\", \"Default\": \"x\"}}")), "\"a\"", &list(n / 3, |at| format!("\"a{at}\": {{\"Ref\": \"p{at}\"}}")), "");
        "many Refs to nothing", everything, |n| body("", "\"a\"", &list(n, |at| format!("\"a{at}\": {{\"Ref\": \"p{at}\"}}")), "");
        "many mappings and lookups", everything, |n| body("", "\"a\"", &list(n / 2, |at| format!("\"a{at}\": {{\"Fn::FindInMap\": [\"m{at}\", \"k\", \"v\"]}}")), &format!(", \"Mappings\": {{{}}}", list(n / 2, |at| format!("\"m{at}\": {{\"k\": {{\"v\": \"x\"}}}}"))));
        "lookups by lookups", everything, |n| body("", "\"a\"", &list(n / 2, |at| format!("\"a{at}\": {{\"Fn::FindInMap\": [\"m\", {{\"Fn::FindInMap\": [\"m\", \"k{at}\", \"v\"]}}, \"v\"]}}")), &format!(", \"Mappings\": {{\"m\": {{{}}}}}", list(n / 2, |at| format!("\"k{at}\": {{\"v\": \"k0\"}}"))));
        "many unknown keys", everything, |n| format!("{{\"Resources\": {{}}, {}}}", list(n, |at| format!("\"x{at}\": 1")));
        "many unknown properties", everything, |n| format!(r#"{{"Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{{}}}}}}}}}"#, list(n, |at| format!("\"x{at}\": 1")));
        "many resources outside of Resources", everything, |n| format!("{{\"Resources\": {{}}, {}}}", list(n, |at| format!("\"r{at}\": {{\"Type\": \"AWS::IoT::Thing\"}}")));
        "many resources of an unknown type", everything, |n| format!("{{\"Resources\": {{{}}}}}", list(n, |at| format!("\"r{at}\": {{\"Type\": \"AWS::IoT::Thin\"}}")));
        "a long list of groups", everything, |n| format!(r#"{{"Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": "a", "ThingGroups": [{}]}}}}}}}}"#, list(n, |at| format!("\"g{at}\"")));
    });
}

#[test]
fn accounts() {
    assert_linear(cases! {
        "many things", account, |n| format!("{{\"things\": {{{}}}}}", list(n, |at| format!("\"t{at}\": {{\"attributes\": {{\"a\": \"b\"}}, \"thingGroups\": [\"g{at}\"]}}")));
        "many groups of one thing", account, |n| format!("{{\"things\": {{\"t\": {{\"thingGroups\": [{}]}}}}, \"thingGroups\": {{}}}}", list(n, |at| format!("\"g{at}\"")));
        "many records of one thing", account, |n| list(n, |at| format!("{{\"action\": \"ListPrincipalThings\", \"request\": {{\"principal\": \"arn:aws:iot:x:1:cert/{at}\"}}, \"response\": {{\"things\": [\"t\"]}}}}")).replace("}},{", "}}\n{");
        "many complete lists", account, |n| of("{\"things\": [\"t\"]}", n);
        "many outputs without a subject", account, |n| of("{\"thingGroups\": [{\"groupName\": \"g\"}]}", n);
        "many unknown keys of an account", account, |n| format!("{{{}}}", list(n, |at| format!("\"x{at}\": 1")));
    });
}
