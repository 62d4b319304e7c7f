//! Short texts that need much work.

use super::support::certificate;
use super::{assert_doubles, exercise, thing_named};
use jitp::{StringifyOptions, stringify};

/// `levels` functions, one inside the other.
fn nested(levels: usize, innermost: &str, around: impl Fn(&str) -> String) -> String {
    (0..levels).fold(innermost.to_owned(), |inner, _| around(&inner))
}

#[test]
fn functions_that_double_their_argument_stay_small() {
    for leaf in ["x", ""] {
        let name = |levels| {
            let around = |inner: &str| format!(r#"{{"Fn::Sub": ["${{a}}${{a}}", {{"a": {inner}}}]}}"#);
            thing_named(&nested(levels, &format!("\"{leaf}\""), around))
        };
        assert_doubles("Fn::Sub in Fn::Sub", name, 19);
    }
}

/// The stack of a wasm instance has a megabyte.
#[test]
fn a_circle_of_references_fits_the_stack() {
    let name = nested(38, r#"{"Ref": "thing"}"#, |inner| format!(r#"{{"Fn::Join": ["", [{inner}]]}}"#));
    let work = move || exercise(&thing_named(&name), &certificate("full")).verdict;
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).expect("a thread");
    assert_eq!(thread.join().expect("no panic"), jitp::Verdict::Fails);
}

#[test]
fn one_long_default_is_not_copied_without_end() {
    let attributes: Vec<String> = (0..4_000).map(|at| format!(r#""a{at}": {{"Ref": "P"}}"#)).collect();
    let source = thing_named(&format!("\"x\", \"AttributePayload\": {{{}}}", attributes.join(","))).replacen(
        "\"Parameters\": {",
        &format!("\"Parameters\": {{\"P\": {{\"Type\": \"String\", \"Default\": \"{}\"}},", "a".repeat(100_000)),
        1,
    );
    let plan = exercise(&source, &certificate("full"));
    assert!(serde_json::to_string(&plan).expect("JSON").len() < 20 * source.len());
}

#[test]
fn a_text_wrapped_hundreds_of_times_is_refused_early() {
    let wrap = |text: &str| format!("\"{}\"", text.replace('\\', "\\u005c").replace('"', "\\u0022"));
    assert_doubles("a string in a string in a string", |levels| nested(levels, "{\"Resources\": {}}", wrap), 300);
}

#[test]
fn long_names_are_compared_quickly() {
    let source = |count: usize| {
        let parameters: Vec<String> =
            (0..count * 100).map(|at| format!(r#""p{at}": {{"Type": "String", "Default": ""}}"#)).collect();
        let name = "z".repeat(5_000);
        let refs: Vec<String> = (0..count).map(|at| format!(r#""a{at}": {{"Ref": "{name}{at}"}}"#)).collect();
        thing_named(&format!("\"x\", \"AttributePayload\": {{{}}}", refs.join(","))).replacen(
            "\"Parameters\": {",
            &format!("\"Parameters\": {{{},", parameters.join(",")),
            1,
        )
    };
    assert_doubles("names that are not declared", source, 40);
}

#[test]
fn a_text_without_a_template_is_stringified_to_nothing() {
    for source in ["templateName", "{\"templateName\": 5}", "{\"templateName\""] {
        assert_eq!(stringify(source, &StringifyOptions::default()).text, "", "{source}");
    }
}
