//! The account and partition of the role compared with the options, for every partition, in the report and in plans.

mod support;

use jitp::{DryRunOptions, Severity, Template, TemplateOptions, Verdict};
use support::certificate;

/// Partitions with a Region of each.
const REGIONS: [(&str, &str); 8] = [
    ("aws", "ap-southeast-7"),
    ("aws-cn", "cn-north-1"),
    ("aws-us-gov", "us-gov-east-1"),
    ("aws-iso", "us-iso-west-1"),
    ("aws-iso-b", "us-isob-east-1"),
    ("aws-iso-e", "eu-isoe-west-1"),
    ("aws-iso-f", "us-isof-south-1"),
    ("aws-eusc", "eusc-de-east-1"),
];

fn config(partition: &str, region: &str) -> String {
    let policy = serde_json::json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect",
        "Resource": format!("arn:{partition}:iot:{region}:123456789012:client/${{iot:Connection.Thing.ThingName}}")}]});
    let body = serde_json::json!({
        "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
        "Resources": {
            "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
            "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}},
            "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": policy.to_string()}},
        },
    });
    serde_json::json!({
        "templateBody": body.to_string(),
        "roleArn": format!("arn:{partition}:iam::123456789012:role/provisioning"),
    })
    .to_string()
}

fn options(region: &str, account: Option<&str>) -> TemplateOptions {
    let account_id = account.map(str::to_owned);
    TemplateOptions { region: Some(region.to_owned()), account_id, ..TemplateOptions::default() }
}

fn run(region: &str, account: Option<&str>) -> DryRunOptions {
    let account_id = account.map(str::to_owned);
    DryRunOptions { region: Some(region.to_owned()), account_id, ..support::options() }
}

#[test]
fn a_role_serves_the_regions_of_its_own_partition() {
    for (partition, region) in REGIONS {
        let source = config(partition, region);
        for (other, elsewhere) in REGIONS {
            let report = jitp::validate_with(&source, &options(elsewhere, None));
            let found = report.diagnostics.iter().filter(|found| found.code == "JITP026").count();
            assert_eq!(found, usize::from(partition != other), "{partition} {elsewhere}: {:?}", report.diagnostics);
            assert_eq!(report.ok, partition == other, "{partition} {elsewhere}: {:?}", report.diagnostics);
        }
    }
}

#[test]
fn arns_of_a_plan_have_the_partition_of_the_region() {
    for (partition, region) in REGIONS {
        let template = Template::new(config(partition, region));
        let plan = template.dry_run(&certificate("full"), &run(region, None));
        let arn = plan.thing.map(|thing| thing.arn).unwrap_or_default();
        assert_eq!(arn, format!("arn:{partition}:iot:{region}:123456789012:thing/sensor-0001"));
        assert_eq!(plan.verdict, Verdict::Provisions);
        let role = plan.role.as_ref().map(|role| role.managed_policy_arn.clone()).unwrap_or_default();
        assert_eq!(role, format!("arn:{partition}:iam::aws:policy/service-role/AWSIoTThingsRegistration"));
    }
}

/// The verdict is the same whether the account is an option of the template or of the dry run alone, for one device and
/// in a fleet.
#[test]
fn a_role_of_another_account_is_refused() {
    let source = config("aws", "*");
    let device = certificate("full");
    for (account, refused) in
        [(Some("123456789012"), false), (Some("210987654321"), true), (Some(""), false), (None, false)]
    {
        let told = Template::with_options(&source, &options("eu-west-1", account));
        let untold = Template::new(&source);
        for (template, run) in
            [(&told, run("eu-west-1", account)), (&told, support::options()), (&untold, run("eu-west-1", account))]
        {
            let plan = template.dry_run(&device, &run);
            let codes: Vec<&str> = plan
                .diagnostics
                .iter()
                .filter(|found| found.severity == Severity::Error)
                .map(|found| found.code)
                .collect();
            assert_eq!(codes, if refused { vec!["JITP026"] } else { Vec::new() }, "{account:?}");
            assert_eq!(plan.verdict == Verdict::Rejected, refused, "{account:?}");
            let fleet = template.dry_run_fleet(&device, &run);
            assert_eq!(fleet.rows[0].verdict, plan.verdict, "{account:?}");
        }
    }
}

/// A Region that is in no partition says nothing about the partition of the role.
#[test]
fn an_unknown_region_gives_no_finding_about_the_role() {
    let report = jitp::validate_with(config("aws-cn", "cn-north-1"), &options("moon-east-1", None));
    assert!(report.diagnostics.iter().all(|found| found.code != "JITP026"), "{:?}", report.diagnostics);
}
