//! Findings about policies if options say more than the text, and about policies that functions build.

mod support;

use jitp::{Diagnostic, DryRunOptions, Flow, Template, TemplateOptions};
use std::sync::Arc;
use support::{apply, certificate, cut};

const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect",
    "Resource": "arn:aws:iot:us-east-1:210987654321:client/${iot:Connection.Thing.ThingName}"}]}"#;

/// A template whose PolicyDocument is this JSON.
fn body(document: &str) -> String {
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::CommonName": {{"Type": "String"}}, "AWS::IoT::Certificate::Id": {{"Type": "String"}}}},
        "Resources": {{
            "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::CommonName"}}}}}},
            "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}},
            "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": {document}}}}}}}}}"#
    )
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

fn options(region: &str, account: &str) -> TemplateOptions {
    TemplateOptions {
        region: Some(region.to_owned()),
        account_id: Some(account.to_owned()),
        ..TemplateOptions::default()
    }
}

/// The places of the findings of a rule.
fn places<'d>(source: &str, found: impl IntoIterator<Item = &'d Arc<Diagnostic>>, code: &str) -> Vec<String> {
    let found = found.into_iter().filter(|found| found.code == code);
    found.map(|found| cut(source, found.span.expect("a place"))).collect()
}

#[test]
fn region_and_account_of_the_options_are_compared_and_fixed() {
    let mut source = body(&quoted(POLICY));
    let told = options("eu-west-1", "123456789012");
    let report = |source: &str| Template::with_options(source, &told).report().clone();
    assert_eq!(places(&source, &report(&source).diagnostics, "JITP097"), ["us-east-1", "210987654321"]);
    for _ in 0..2 {
        let fix = report(&source).diagnostics.iter().find_map(|found| found.fix.clone()).expect("a fix");
        source = apply(&source, &fix);
    }
    assert!(report(&source).diagnostics.is_empty());
    assert!(source.contains("arn:aws:iot:eu-west-1:123456789012:client/"));
}

#[test]
fn a_dry_run_adds_only_findings_that_the_report_lacks() {
    let source = body(&quoted(POLICY));
    let run = |checked: &TemplateOptions, region: &str| {
        let template = Template::with_options(&source, checked);
        let options = DryRunOptions { region: Some(region.to_owned()), ..DryRunOptions::default() };
        let own = template.report().diagnostics.len();
        places(&source, &template.dry_run(&certificate("full"), &options).diagnostics[own..], "JITP097")
    };
    assert_eq!(run(&TemplateOptions::default(), "eu-west-1"), ["us-east-1"]);
    assert_eq!(run(&options("eu-west-1", "210987654321"), "eu-west-1"), [""; 0]);
    assert_eq!(run(&TemplateOptions::default(), "us-east-1"), [""; 0]);
}

#[test]
fn pseudo_parameters_are_written_out_if_they_are_known() {
    let policy = POLICY
        .replace("arn:aws:iot:us-east-1:210987654321", "arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}");
    let mut source = body(&quoted(&policy));
    let told = options("cn-north-1", "123456789012");
    for _ in 0..3 {
        let template = Template::with_options(&source, &told);
        let found = template.report().diagnostics.iter().find(|found| found.code == "JITP110").expect("a finding");
        source = apply(&source, found.fix.as_ref().expect("a fix"));
    }
    assert!(source.contains("arn:aws-cn:iot:cn-north-1:123456789012:client/"), "{source}");
    assert!(Template::with_options(&source, &told).report().diagnostics.is_empty());
}

#[test]
fn values_of_functions_are_not_objected_to() {
    let fleet = TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() };
    let codes = |document: &str| -> Vec<&str> {
        let source = body(document);
        let template = Template::with_options(&source, &fleet);
        let ours = |code: &&str| ("JITP090".."JITP100").contains(code) || ("JITP110".."JITP120").contains(code);
        template.report().diagnostics.iter().map(|found| found.code).filter(ours).collect()
    };
    let value = r#"{"Fn::Join": ["", ["iot:", "Connect"]]}"#;
    for changed in [
        POLICY.replace(r#""iot:Connect""#, value),
        POLICY.replace(r#""iot:Connect""#, &format!("[{value}]")),
        POLICY.replace(r#""Allow""#, value),
        POLICY.replace(r#""2012-10-17""#, value),
        POLICY
            .replace(r#""Resource": "arn"#, &format!(r#""Resource": [{value}, "arn"#))
            .replace("Name}\"}", "Name}\"]}"),
        format!(r#"{{"Version": "2012-10-17", "Statement": [{value}]}}"#),
    ] {
        assert_eq!(codes(&changed), [""; 0], "{changed}");
    }
    // In a string nothing evaluates them.
    assert_eq!(codes(&quoted(&POLICY.replace(r#""Allow""#, value))), ["JITP092"]);
}

#[test]
fn a_document_that_functions_build_is_checked_after_evaluation() {
    let fleet = TemplateOptions { flow: Flow::Fleet, ..TemplateOptions::default() };
    let codes = |text: &str| -> Vec<&str> {
        let source = body(&format!(r#"{{"Fn::Join": ["", [{}]]}}"#, quoted(text)));
        let template = Template::with_options(&source, &fleet);
        let own = template.report().diagnostics.len();
        let plan = template.dry_run(&certificate("full"), &DryRunOptions::default());
        let codes = plan.diagnostics[own..].iter().map(|found| found.code);
        codes.filter(|code| ["JITP065", "JITP090", "JITP092"].contains(code)).collect()
    };
    assert_eq!(codes(POLICY), [""; 0]);
    assert_eq!(codes(&POLICY.replace("Connect\"", "Publish\"")), ["JITP090"]);
    assert_eq!(codes(&POLICY.replace("Effect", "Sid")), ["JITP092"]);
    assert_eq!(codes("7"), ["JITP065"]);
    assert_eq!(codes("no policy"), ["JITP065"]);
}
