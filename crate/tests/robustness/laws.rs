//! Laws that hold between one answer and another, whatever the template is.

use super::support::dice::cases;
use super::support::escape::quote_somehow;
use super::support::{certificate, cut, options};
use super::{Dice, assert_places, fixtures, is_json, positions};
use jitp::{Diagnostic, InputKind, Span, StringifyOptions, Template, Verdict};
use jitp::{dry_run, stringify, unstringify, validate};
use proptest::prelude::*;
use std::sync::Arc;

const ROLE: &str = "arn:aws:iam::123456789012:role/JITPRole";

/// The template bodies of the fixtures, without the text around them.
fn bodies() -> Vec<(String, String)> {
    let body_of = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        Some(value.get("templateBody")?.as_str()?.to_owned())
    };
    let bodies = fixtures().into_iter().map(|(name, text)| (name, body_of(&text).unwrap_or(text)));
    // JITP008 is about the bytes of the text, not about its meaning. If findings are left out, the text around a body
    // decides which.
    let is_whole = |body: &str| {
        let report = validate(body);
        report.kind == InputKind::TemplateBody
            && report.diagnostics.iter().all(|found| !matches!(found.code, "JITP008" | "JITP025"))
    };
    bodies.filter(|(_, body)| body.starts_with('{') && is_whole(body)).collect()
}

/// A text before it was escaped several times.
fn unescape(written: &str, times: usize) -> String {
    let mut text = written.to_owned();
    for _ in 0..times {
        text = serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|error| panic!("{error}: {written:?}"));
    }
    text
}

/// A template body has the same findings at the same characters, whatever it is wrapped in.
fn assert_same_through_escapes(name: &str, body: &str, seed: u64) {
    let mut dice = Dice::seeded(seed);
    let bare = validate(body);
    let is_masked = bare.diagnostics.iter().any(|found| found.code == "JITP155");
    let mut config = |keys: [&str; 2], more: &str| {
        format!("{{\"{}\":\r\n {}, \"{}\": \"{ROLE}\"{more}}}", keys[0], quote_somehow(body, &mut dice), keys[1])
    };
    let wrapped = [
        (config(["templateBody", "roleArn"], ""), 1),
        (
            config(
                ["templateBody", "provisioningRoleArn"],
                r#", "templateName": "t", "type": "JITP", "enabled": true"#,
            ),
            1,
        ),
    ];
    let string = quote_somehow(body, &mut dice);
    let twice = quote_somehow(&string, &mut dice);
    let config_as_string = quote_somehow(&wrapped[0].0, &mut dice);
    let all = wrapped.into_iter().chain([(string, 1), (twice, 2), (config_as_string, 2)]);
    for (source, times) in all {
        let report = validate(&source);
        assert_places(&source, &positions(&source), report.diagnostics.iter().map(|found| &**found));
        let read = |found: &Diagnostic, text: &str, times: usize| {
            let cut = |span: Span| unescape(&cut(text, span), times);
            let related: Vec<_> = found.related.iter().map(|place| (place.message.clone(), cut(place.span))).collect();
            let edits: Vec<_> = found.fix.iter().flat_map(|fix| &fix.edits).collect();
            let edits: Vec<_> = edits.iter().map(|edit| (cut(edit.span), unescape(&edit.text, times))).collect();
            // A text that is not JSON is named: the text, the templateBody, the text inside the string.
            let after = |clause| found.message.split_once(clause).map(|(_, why)| why);
            let why = after(" is not well-formed JSON").or_else(|| after(" is nested too deep"));
            let message = why.unwrap_or(&found.message);
            // The mask keeps a slash that is escaped by a backslash.
            let message = if is_masked { message.replace('/', "x") } else { message.to_owned() };
            (found.code, message, found.path.clone(), found.span.map(cut), related, edits)
        };
        // Findings about a policy's account depend on the role, which a bare body does not have.
        let rests_on_body = |found: &&Arc<Diagnostic>| {
            !matches!(found.code, "JITP011" | "JITP097") && !found.message.contains("${AWS::AccountId}")
        };
        let expected: Vec<_> =
            bare.diagnostics.iter().filter(rests_on_body).map(|found| read(found, body, 0)).collect();
        let others = report.diagnostics.iter().filter(rests_on_body);
        let found: Vec<_> = others.map(|found| read(found, &source, times)).collect();
        assert_eq!(found, expected, "{name}, seed {seed}\n{source}");
        let unread = bare.diagnostics.iter().any(|found| matches!(found.code, "JITP001" | "JITP003"));
        assert!(unread || report.size.template_body == bare.size.template_body, "{name}");
        assert_eq!(report.parameters, bare.parameters, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..cases(24) })]

    #[test]
    fn findings_lead_through_any_escapes(seed in any::<u64>()) {
        for (name, body) in bodies() {
            assert_same_through_escapes(&name, &body, seed);
        }
    }
}

#[test]
fn stringify_keeps_its_laws() {
    for (name, text) in fixtures() {
        let pretty = unstringify(&text);
        assert_eq!(unstringify(&pretty.text).text, pretty.text, "{name}");
        for indent in [None, Some(0), Some(1), Some(4), Some(8), Some(200)] {
            let options = StringifyOptions { indent, ..StringifyOptions::default() };
            let written = stringify(&text, &options);
            assert_eq!(stringify(&written.text, &options).text, written.text, "{name}, indent {indent:?}");
            if pretty.text.is_empty() {
                continue;
            }
            assert_eq!(unstringify(&written.text).text, pretty.text, "{name}, indent {indent:?}");
            let config: serde_json::Value = serde_json::from_str(&written.text).expect("JSON");
            let body = config["templateBody"].as_str().expect("a string");
            assert_eq!(body.chars().count(), written.size, "{name}");
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
            assert_eq!(value(body), value(&pretty.text), "{name}, indent {indent:?}");
            if indent.is_none()
                && is_json(&text)
                && validate(&text).kind == InputKind::TemplateBody
                && !text.trim_start().starts_with('"')
            {
                assert_eq!(body, text, "{name}");
            }
        }
    }
}

#[test]
fn a_fleet_says_what_each_dry_run_says() {
    let certificates =
        ["full", "common-name", "two-units", "blank-in-name", "expired", "no-name", "ca"].map(certificate);
    let bundle = certificates.join(&b"some text between\n"[..]);
    for (name, text) in fixtures() {
        let template = Template::new(&text);
        let fleet = template.dry_run_fleet(&bundle, &options());
        assert_eq!(fleet.rows.len(), certificates.len());
        for (pem, row) in certificates.iter().zip(&fleet.rows) {
            let plan = template.dry_run(pem, &options());
            assert_eq!(plan, dry_run(&text, pem, &options()), "{name}");
            assert_eq!(row.verdict, plan.verdict, "{name}");
            assert_eq!(row.certificate_id, plan.certificate.certificate_id, "{name}");
            assert_eq!(row.thing_name, plan.thing.as_ref().map(|thing| thing.name.clone()), "{name}");
            assert_eq!(row.stopped_at, plan.stopped_at, "{name}");
            let codes = plan.steps.iter().flat_map(|step| &step.diagnostics);
            assert!(codes.clone().all(|code| row.codes.contains(code)), "{name}");
            assert!(row.codes.iter().all(|code| plan.diagnostics.iter().any(|found| found.code == *code)), "{name}");
            assert!(row.cause.as_ref().is_none_or(|cause| plan.summary.ends_with(cause.as_str())), "{name}");
            assert_eq!(row.cause.is_some(), plan.verdict != Verdict::Provisions, "{name}");
        }
    }
}
