//! Texts and bytes that were never meant as templates or certificates, and laws that hold for any text.
//!
//! Bad input is a value: nothing here may panic, take time out of proportion, or point outside the text.

#[path = "robustness/bundles.rs"]
mod bundles;
#[path = "robustness/laws.rs"]
mod laws;
#[path = "robustness/scraps.rs"]
mod scraps;
#[path = "robustness/short.rs"]
mod short;
mod support;

use jitp::{Diagnostic, InputKind, Plan, Position, Span, StringifyOptions, Template, Verdict};
use jitp::{stringify, validate};
use proptest::prelude::*;
use support::dice::{Dice, cases};
use support::doubling::check;
use support::{certificate, options, root};

/// Every template of the fixtures' folder with its name.
fn fixtures() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let mut files: Vec<(String, String)> = folder
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).expect("a text")))
        .collect();
    files.sort();
    files
}

/// The line and column of every UTF-16 offset, counted character by character; `None` inside a surrogate pair.
fn positions(source: &str) -> Vec<Option<(u32, u32)>> {
    let (mut line, mut column) = (1, 1);
    let mut table = Vec::with_capacity(source.len() + 1);
    let mut characters = source.chars().peekable();
    while let Some(character) = characters.next() {
        table.push(Some((line, column)));
        column += 1;
        if character.len_utf16() == 2 {
            table.push(None);
            column += 1;
        }
        if character == '\n' || (character == '\r' && characters.peek() != Some(&'\n')) {
            (line, column) = (line + 1, 1);
        }
    }
    table.push(Some((line, column)));
    table
}

/// Every place of every finding is in the text, between characters, with the right line and column.
fn assert_places<'d>(source: &str, table: &[Option<(u32, u32)>], found: impl IntoIterator<Item = &'d Diagnostic>) {
    let position = |at: Position, why: &str| {
        let expected = table.get(at.offset as usize).copied().flatten();
        assert_eq!(expected, Some((at.line, at.column)), "{why} at {} of {source:?}", at.offset);
    };
    let span = |span: Span, why: &str| {
        assert!(span.start.offset <= span.end.offset, "{why} ends before it starts in {source:?}");
        position(span.start, why);
        position(span.end, why);
    };
    for diagnostic in found {
        diagnostic.span.iter().for_each(|place| span(*place, &diagnostic.message));
        diagnostic.related.iter().for_each(|related| span(related.span, &related.message));
        let Some(fix) = &diagnostic.fix else { continue };
        let mut edits: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
        edits.iter().for_each(|edit| span(*edit, &fix.title));
        edits.sort();
        assert!(!edits.is_empty() && edits.windows(2).all(|pair| pair[0].end <= pair[1].start), "{}", fix.title);
    }
}

/// Calls every function with a text, and checks every place in the answers.
fn exercise(source: &str, pem: &[u8]) -> Plan {
    let table = positions(source);
    let template = Template::new(source);
    let report = template.report();
    assert_places(source, &table, report.diagnostics.iter().map(|found| &**found));
    let plan = template.dry_run(pem, &options());
    assert_places(source, &table, plan.diagnostics.iter().map(|found| &**found));
    let is_refused = matches!(plan.verdict, Verdict::Rejected | Verdict::NotATemplate);
    assert_eq!(is_refused, is_rejected(&plan), "{source}");
    assert_eq!(plan.verdict == Verdict::NotATemplate, report.kind == InputKind::Unknown, "{source}");
    assert_eq!(plan.steps.len(), 6);
    let written = stringify(source, &StringifyOptions::default());
    assert_places(source, &table, written.diagnostics.iter().map(|found| &**found));
    if written.size > 0 {
        assert!(is_json(&written.text), "{source}");
        // Escaping can make a text longer than any that is read.
        if written.text.len() <= jitp::limits::TEXT {
            assert_eq!(stringify(&written.text, &StringifyOptions::default()).text, written.text, "{source}");
        }
    }
    plan
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn is_rejected(plan: &Plan) -> bool {
    // JITP132 is about the CA that a text carries, which no template can be refused for.
    let refuses = |found: &Diagnostic| {
        found.severity == jitp::Severity::Error && found.phase == jitp::Phase::Attach && found.code != "JITP132"
    };
    plan.diagnostics.iter().any(|found| refuses(found))
}

/// One half of the short fixtures, so that two cores share what takes longest here.
fn half(number: usize) -> impl Iterator<Item = (String, String)> {
    let short = fixtures().into_iter().filter(|(_, text)| text.len() < 6_000);
    short.enumerate().filter(move |(i, _)| i % 2 == number).map(|(_, fixture)| fixture)
}

#[test]
fn templates_cut_off_at_every_character() {
    cut_off(half(0));
}

#[test]
fn other_templates_cut_off_at_every_character() {
    cut_off(half(1));
}

fn cut_off(fixtures: impl Iterator<Item = (String, String)>) {
    let pem = certificate("full");
    for (name, text) in fixtures {
        for (at, _) in text.char_indices() {
            let table = positions(&text[..at]);
            let report = validate(&text[..at]);
            assert!(!report.ok || is_json(&text[..at]), "{name} up to {at}");
            assert_places(&text[..at], &table, report.diagnostics.iter().map(|found| &**found));
        }
        exercise(&text[..text.len() / 2], &pem);
    }
}

#[test]
fn templates_with_a_character_replaced() {
    replaced(half(0));
}

#[test]
fn other_templates_with_a_character_replaced() {
    replaced(half(1));
}

/// Every fourth character, by dice: `JITP_DICE` rolls others.
fn replaced(fixtures: impl Iterator<Item = (String, String)>) {
    const INSTEAD: [&str; 20] = [
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\u",
        "\\ud800",
        "\\ud834\\udd1e",
        "0",
        "\n",
        "\u{0}",
        "\u{1d11e}",
        "é",
        "",
        " ",
        "null",
        "\r",
    ];
    let pem = certificate("full");
    for (name, text) in fixtures {
        let mut dice = Dice::of(&name);
        for (at, character) in text.char_indices() {
            if dice.roll(4) == 0 {
                let instead = INSTEAD[dice.roll(INSTEAD.len())];
                exercise(&format!("{}{instead}{}", &text[..at], &text[at + character.len_utf8()..]), &pem);
            }
        }
    }
}

fn json() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Parameters",
        "Resources",
        "Type",
        "Properties",
        "Default",
        "String",
        "Ref",
        "Fn::Join",
        "Fn::Sub",
        "Fn::Select",
        "Fn::Split",
        "Fn::FindInMap",
        "Mappings",
        "AWS::IoT::Thing",
        "AWS::IoT::Certificate",
        "x",
        "AWS::IoT::Policy",
        "AWS::IoT::Certificate::Id",
        "AWS::IoT::Certificate::CommonName",
        "ThingName",
        "thing",
        "PolicyDocument",
        "PolicyName",
        "CertificateId",
        "Status",
        "ACTIVE",
        "templateBody",
        "roleArn",
        "${a}${thing}",
        "templateName",
        "OverrideSettings",
        "AttributePayload",
        "ThingGroups",
        "registrationConfig",
        "7",
        "\u{1d11e}é",
        "{\\\"Statement\\\": []}",
        "type",
        "DeviceConfiguration",
        "[",
        "{\\\"Resources\\\":{\\\"a\\\":1}}",
    ]);
    let leaf = prop_oneof![
        word.clone().prop_map(|word| format!("\"{word}\"")),
        prop::sample::select(vec!["null", "true", "1e5", "-0", "[]", "{}", "\"\""]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(7, 60, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|elements| format!("[{}]", elements.join(", "))),
            prop::collection::vec((word.clone(), inner), 0..5).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(key, value)| format!("\"{key}\":\n{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn any_text_is_checked(text in ".{0,200}") {
        exercise(&text, text.as_bytes());
    }

    #[test]
    fn any_json_is_checked(text in json(), properties in json(), expression in json()) {
        let pem = certificate("full");
        exercise(&text, &pem);
        exercise(&format!(r#"{{"Resources": {{"thing": {text}, "b": {{"Type": "AWS::IoT::Thing", "Properties": {properties}}}}}}}"#), &pem);
        exercise(&thing_named(&expression), &pem);
    }
}

fn thing_named(expression: &str) -> String {
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::Id": {{"Type": "String"}}}}, "Resources": {{
        "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {expression}}}}},
        "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}}}}}}"#
    )
}

#[test]
fn valid_json_is_not_called_malformed() {
    for text in [
        "\"\\u0000\\/\\b\\f\"",
        "-0",
        "1E+5",
        "[1.0e-300, 123456789012345678901234567890]",
        "\"\u{2028}\u{feff}\u{7f}\"",
        " \t\r\n{}",
    ] {
        assert!(validate(text).diagnostics.iter().all(|found| found.code != "JITP001"), "{text:?}");
    }
}

/// Twice the text takes about twice the time, for every function.
fn assert_doubles(what: &str, text: impl Fn(usize) -> String, size: usize) {
    let pem = certificate("full");
    let work = |text: &[u8]| {
        exercise(std::str::from_utf8(text).expect("UTF-8"), &pem);
    };
    assert_eq!(check(what, text(size).as_bytes(), text(size * 2).as_bytes(), &work), None);
}

fn list(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(of).collect::<Vec<_>>().join(",")
}

#[test]
fn texts_that_are_built_to_take_long_need_time_in_proportion() {
    let attributes = |count, of: &dyn Fn(usize) -> String| {
        thing_named(&format!("\"x\", \"AttributePayload\": {{{}}}", list(count, |at| format!("\"a{at}\": {}", of(at)))))
    };
    let policy = |document: &str| {
        let resource = format!(
            r#""Resources": {{"p": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": {document}}}}},"#
        );
        thing_named("\"x\"").replace("\"Resources\": {", &resource)
    };
    /// A description, how to build the text from many pieces, and how many there are at first.
    type Case<'a> = (&'a str, &'a dyn Fn(usize) -> String, usize);
    let cases: [Case<'_>; 13] = [
        ("one key many times", &|count| format!("{{{}}}", list(count, |_| "\"a\":1".to_owned())), 60_000),
        ("many keys twice", &|count| format!("{{{}}}", list(count, |at| format!("\"k{}\":1", at / 2))), 40_000),
        ("many refs", &|count| attributes(count, &|_| r#"{"Ref": "AWS::IoT::Certificate::Id"}"#.to_owned()), 8_000),
        (
            "many undeclared refs",
            &|count| attributes(count, &|at| format!(r#"{{"Ref": "NoSuchParameter{at}"}}"#)),
            10_000,
        ),
        ("many numbers", &|count| attributes(count, &|at| at.to_string()), 25_000),
        ("one long line", &|count| attributes(count, &|_| format!("\"{}\"", "é\u{1d11e}€".repeat(6))), 6_000),
        ("many escapes", &|count| format!("{{\"templateBody\": \"{}\"}}", "\\u0020\\t\\/".repeat(count)), 40_000),
        (
            "a policy with wildcards in its actions",
            &|count| {
                let statements = list(count, |_| r#"{"Effect": "Allow", "Action": "iot:*o*n*n*e*c*t*x"}"#.to_owned());
                policy(&serde_json::to_string(&format!("{{\"Statement\": [{statements}]}}")).expect("a string"))
            },
            6_000,
        ),
        (
            "a policy of many variables, accounts and resources",
            &|count| {
                let actions = list(count, |_| "\"iot:Receive\"".to_owned());
                let resources = list(count, |at| format!("\"arn:aws:iot:a-{at}:{at:012}:topic/*${{v{at}}}\""));
                policy(&format!(
                    r#"{{"Statement": {{"Effect": "Allow", "Action": [{actions}], "Resource": [{resources}]}}}}"#
                ))
            },
            5_000,
        ),
        ("open brackets", &|count| "[".repeat(count), 400_000),
        ("quotes", &|count| "\"\\\"".repeat(count), 120_000),
        ("lines", &|count| "\r\n\r".repeat(count), 150_000),
        (
            "quotes in strings in strings",
            &|count| {
                let quoted = "\"".repeat(count);
                (0..8).fold(quoted, |text, _| serde_json::to_string(&text).expect("a string"))
            },
            800,
        ),
    ];
    for (what, text, count) in cases {
        assert_doubles(what, text, count);
    }
}
