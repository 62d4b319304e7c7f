//! The output of stringify for its options, and its findings about them.

mod support;

use jitp::{Flow, StringifyOptions, stringify, unstringify};
use serde_json::Value;
use support::root;

const ROLE: &str = "arn:aws:iam::123456789012:role/provisioning";

fn fixture(name: &str) -> String {
    let path = root().join("tests/fixtures/templates").join(format!("{name}.json"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn codes(source: &str, options: &StringifyOptions) -> Vec<&'static str> {
    stringify(source, options).diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn a_template_for_a_fleet_gets_its_own_type() {
    let fleet = r#"{"Parameters": {"SerialNumber": {"Type": "String"}}, "Resources": {"certificate": {
        "Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}}}"#;
    let named = StringifyOptions { template_name: Some("lamps".to_owned()), ..StringifyOptions::default() };
    // Whether the options name the flow, or the template's keys show it.
    for flow in [Flow::Jitp, Flow::Fleet] {
        let written = stringify(fleet, &StringifyOptions { flow, ..named.clone() });
        assert!(written.text.contains(r#""type": "FLEET_PROVISIONING""#), "{}", written.text);
        let codes: Vec<&str> = written.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes.contains(&"JITP041"), flow == Flow::Jitp, "{codes:?}");
    }
}

#[test]
fn a_body_becomes_the_config_that_carries_it_to_the_letter() {
    let body = fixture("ok-body");
    let options = StringifyOptions { role_arn: Some(ROLE.to_owned()), ..StringifyOptions::default() };
    let made = stringify(&body, &options);
    let config: Value = serde_json::from_str(&made.text).expect("JSON");
    assert_eq!((config["templateBody"].as_str(), config["roleArn"].as_str()), (Some(body.as_str()), Some(ROLE)));
    assert_eq!(made.size, body.chars().count());
    assert!(made.diagnostics.is_empty());
    assert_eq!(unstringify(&made.text).text, unstringify(&body).text);
}

#[test]
fn a_value_in_the_options_is_not_missing_and_a_replaced_one_does_not_count() {
    let none = StringifyOptions::default();
    let role = |arn: &str| StringifyOptions { role_arn: Some(arn.to_owned()), ..StringifyOptions::default() };
    assert_eq!(codes(&fixture("ok-body"), &none), ["JITP014"]);
    assert_eq!(codes(&fixture("JITP014-missing-role"), &none), ["JITP014"]);
    assert!(codes(&fixture("JITP014-missing-role"), &role(ROLE)).is_empty());
    assert_eq!(codes(&fixture("JITP015-role-arn"), &none), ["JITP015"]);
    assert!(codes(&fixture("JITP015-role-arn"), &role(ROLE)).is_empty());
    assert_eq!(codes(&fixture("ok-body"), &role("arn:aws:iam::1:role/x")), ["JITP015"]);
}

#[test]
fn with_a_name_it_is_an_input_for_create_provisioning_template() {
    let named = |name: &str| StringifyOptions {
        role_arn: Some(ROLE.to_owned()),
        template_name: Some(name.to_owned()),
        indent: Some(0),
        ..StringifyOptions::default()
    };
    let made = stringify(fixture("ok-body"), &named("sensors"));
    let input: Value = serde_json::from_str(&made.text).expect("JSON");
    assert_eq!(
        (&input["templateName"], &input["type"], &input["provisioningRoleArn"]),
        (&"sensors".into(), &"JITP".into(), &ROLE.into())
    );
    assert!(made.diagnostics.is_empty());
    assert_eq!(codes(&fixture("ok-body"), &named("my sensors")), ["JITP016"]);
}

#[test]
fn white_space_alone_does_not_break_the_limit_of_the_result() {
    let long = fixture("JITP020-too-long");
    assert_eq!(codes(&long, &StringifyOptions::default()), ["JITP014", "JITP020"]);
    let small = StringifyOptions { indent: Some(0), role_arn: Some(ROLE.to_owned()), ..StringifyOptions::default() };
    assert!(codes(&long, &small).is_empty());
}
