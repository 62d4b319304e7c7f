//! The promises of a dry run, beyond the snapshots.

mod support;

use jitp::authority::{RegistrationOptions, Signature, check_issuer, check_registration};
use jitp::plan::Request;
use jitp::plan::StepOutcome;
use jitp::{DryRunOptions, FleetCounts, IssuerCheck, Phase, SerialNumberReading, Severity, Template, Verdict, dry_run};
use std::collections::BTreeSet;
use support::{NOW, certificate, options, root};

fn fixture(name: &str) -> String {
    let path = root().join("tests/fixtures/templates").join(format!("{name}.json"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn template_for(parameter: &str) -> String {
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::{parameter}": {{"Type": "String"}}, "AWS::IoT::Certificate::Id": {{"Type": "String"}}}},
            "Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": "t",
              "AttributePayload": {{"value": {{"Ref": "AWS::IoT::Certificate::{parameter}"}}}}}}}},
             "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}},
             "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyName": "p"}}}}}}}}"#
    )
}

/// The value and the origin of a parameter for one certificate.
fn bound(parameter: &str, device: &[u8], reading: SerialNumberReading) -> (Option<String>, String) {
    let options = DryRunOptions { serial_number: reading, ..options() };
    let plan = dry_run(template_for(parameter), device, &options);
    let origin = serde_json::to_string(&plan.parameters[0].origin).expect("a word");
    (plan.parameters[0].value.as_deref().map(str::to_owned), origin.trim_matches('"').to_owned())
}

#[test]
fn the_eight_parameters_come_from_the_documented_attributes() {
    let device = certificate("full");
    for (parameter, value) in [
        ("Country", "DE"),
        ("Organization", "Example GmbH"),
        ("OrganizationalUnit", "Sensors"),
        ("DistinguishedNameQualifier", "q7"),
        ("StateName", "Hessen"),
        ("CommonName", "sensor-0001"),
        ("SerialNumber", "A1B2C3"),
    ] {
        let found = bound(parameter, &device, SerialNumberReading::Auto);
        assert_eq!(found, (Some(value.to_owned()), "subject".to_owned()), "{parameter}");
    }
    // `openssl x509 -in full.pem -outform DER | sha256sum`
    let id = bound("Id", &device, SerialNumberReading::Auto);
    assert_eq!(id.0.as_deref(), jitp::read_certificates(&device, None)[0].certificate_id.as_deref());
    assert_eq!(id.1, "certificate");
}

#[test]
fn serial_number_has_three_readings() {
    use SerialNumberReading::{Auto, Certificate, Subject};
    let (both, own_only) = (certificate("full"), certificate("common-name"));
    let told = |value: &str, origin: &str| (Some(value.to_owned()), origin.to_owned());
    assert_eq!(bound("SerialNumber", &both, Auto), told("A1B2C3", "subject"));
    assert_eq!(bound("SerialNumber", &both, Subject), told("A1B2C3", "subject"));
    assert_eq!(bound("SerialNumber", &both, Certificate), told("4661", "certificate"));
    assert_eq!(bound("SerialNumber", &own_only, Auto), told("4662", "certificate"));
    assert_eq!(bound("SerialNumber", &own_only, Certificate), told("4662", "certificate"));
    assert_eq!(bound("SerialNumber", &own_only, Subject), (None, "missing".to_owned()));
}

#[test]
fn an_empty_value_counts_as_missing() {
    // ST=Hessen without its letters: ST=<nothing>.
    let der = std::fs::read(root().join("tests/fixtures/certificates/full.der")).expect("a certificate");
    let emptied = replace(&der, b"\x0c\x06Hessen", &[0x0c, 0x00]).expect("the state is there");
    assert_eq!(bound("StateName", &emptied, SerialNumberReading::Auto), (None, "missing".to_owned()));
    let plan = dry_run(template_for("StateName"), &emptied, &options());
    assert_eq!((plan.verdict, plan.stopped_at), (Verdict::Fails, Some(2)));
}

/// DER with the first element that equals `old` replaced, and the lengths around it repaired.
fn replace(der: &[u8], old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    if der.starts_with(old) {
        return Some([new, &der[old.len()..]].concat());
    }
    let (header, length) = match *der.get(1)? {
        short @ ..0x80 => (2, usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            (2 + count, der.get(2..2 + count)?.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
        }
    };
    let (element, rest) = der.split_at_checked(header + length)?;
    let inner = (der[0] & 0x20 != 0).then(|| replace(&element[header..], old, new)).flatten();
    match inner {
        Some(inner) => {
            let length = u16::try_from(inner.len()).ok()?.to_be_bytes();
            let header: &[u8] = match inner.len() {
                0..0x80 => &[der[0], length[1]],
                0x80..0x100 => &[der[0], 0x81, length[1]],
                _ => &[der[0], 0x82, length[0], length[1]],
            };
            Some([header, &inner, rest].concat())
        }
        None => Some([element, &replace(rest, old, new)?].concat()),
    }
}

#[test]
fn a_value_beyond_4096_characters_fails() {
    let long = "x".repeat(4_097);
    let source = template_for("CommonName").replace(
        "\"Parameters\": {",
        &format!("\"Parameters\": {{\"Long\": {{\"Type\": \"String\", \"Default\": \"{long}\"}},"),
    );
    let plan = dry_run(&source, &certificate("full"), &options());
    assert!(plan.diagnostics.iter().any(|found| found.code == "JITP087"), "{}", plan.summary);
    assert_eq!(plan.stopped_at, Some(2));
}

#[test]
fn without_a_certificate_the_plan_stops_at_step_1() {
    let source = fixture("ok-everything");
    for input in [
        &b""[..],
        b"no certificate",
        &[0x30, 0x82, 0x01],
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        let plan = dry_run(&source, input, &options());
        assert_eq!((plan.verdict, plan.stopped_at), (Verdict::Fails, Some(1)), "{}", plan.summary);
        assert!(plan.certificate.error.is_some());
        assert_eq!(plan.steps.len(), 6);
        assert!(plan.certificate_status.is_none());
        // No request has values that do not exist.
        assert!(
            plan.steps[1..]
                .iter()
                .filter(|step| step.number != 3 && step.number != 4)
                .all(|step| step.request == Request::Unknown {})
        );
    }
}

#[test]
fn pem_and_der_give_the_same_plan() {
    let der = std::fs::read(root().join("tests/fixtures/certificates/full.der")).expect("a certificate");
    let source = fixture("ok-everything");
    assert_eq!(dry_run(&source, &certificate("full"), &options()), dry_run(&source, &der, &options()));
}

#[test]
fn a_row_says_what_the_plan_says() {
    let devices = ["full", "common-name", "two-units", "blank-in-name", "expired", "no-name"];
    let bundle: Vec<u8> =
        devices.iter().flat_map(|name| certificate(name)).chain(*b"-----BEGIN X-----\n-----END X-----\n").collect();
    let mut verdicts = Vec::new();
    for name in [
        "ok-everything",
        "ok-config",
        "JITP062-policy-neither",
        "JITP038-functions",
        "JITP030-unknown-parameter",
        "ok-template-name",
        "JITP010-unrecognised",
    ] {
        let template = Template::new(fixture(name));
        let fleet = template.dry_run_fleet(&bundle, &options());
        assert_eq!(fleet.rows.len(), devices.len() + 1);
        let FleetCounts { provisions, fails, rejected, unknown, not_a_template, .. } = fleet.counts;
        assert_eq!(provisions + fails + rejected + unknown + not_a_template, fleet.rows.len());
        for (device, row) in devices.iter().zip(&fleet.rows) {
            let plan = template.dry_run(&certificate(device), &options());
            assert_eq!((row.verdict, row.stopped_at), (plan.verdict, plan.stopped_at), "{name} {device}");
            assert_eq!(row.certificate_id, plan.certificate.certificate_id);
            assert_eq!(row.thing_name, plan.thing.as_ref().map(|thing| thing.name.clone()));
            let phase = match plan.verdict {
                Verdict::Rejected | Verdict::NotATemplate => Phase::Attach,
                Verdict::Provisions | Verdict::Registered | Verdict::Fails | Verdict::Unknown => Phase::Connect,
            };
            let errors =
                plan.diagnostics.iter().filter(|found| found.severity == Severity::Error && found.phase == phase);
            let codes: BTreeSet<&str> = errors.map(|found| found.code).collect();
            assert_eq!(row.codes.iter().copied().collect::<BTreeSet<_>>(), codes, "{name} {device}");
            assert_eq!(row.codes.len(), codes.len(), "each code once");
            assert!(row.cause.as_ref().is_none_or(|cause| plan.summary.ends_with(cause)));
            verdicts.push(row.verdict);
        }
    }
    // The comparison proves something only if the cases are of every kind.
    let all = [Verdict::Provisions, Verdict::Fails, Verdict::Rejected, Verdict::Unknown, Verdict::NotATemplate];
    assert!(all.iter().all(|verdict| verdicts.contains(verdict)));
}

#[test]
fn arns_have_the_given_partition_account_and_region() {
    let source = fixture("ok-config");
    let arn = |options: &DryRunOptions| dry_run(&source, &certificate("full"), options).thing.expect("a thing").arn;
    assert_eq!(arn(&DryRunOptions::default()), "arn:aws:iot:<region>:123456789012:thing/sensor-0001");
    let given = |region: &str, account: Option<&str>| DryRunOptions {
        region: Some(region.to_owned()),
        account_id: account.map(str::to_owned),
        ..DryRunOptions::default()
    };
    assert_eq!(arn(&given("cn-north-1", None)), "arn:aws-cn:iot:cn-north-1:123456789012:thing/sensor-0001");
    assert_eq!(
        arn(&given("us-gov-west-1", Some("210987654321"))),
        "arn:aws-us-gov:iot:us-gov-west-1:210987654321:thing/sensor-0001"
    );
}

#[test]
fn validity_is_checked_at_the_given_time() {
    let source = fixture("ok-body");
    let at = |now: Option<i64>| {
        dry_run(&source, &certificate("expired"), &DryRunOptions { now, ..DryRunOptions::default() }).verdict
    };
    assert_eq!(at(Some(NOW)), Verdict::Fails);
    assert_eq!(at(Some(1_590_000_000)), Verdict::Provisions);
    assert_eq!(at(Some(1_500_000_000)), Verdict::Fails);
    assert_eq!(at(None), Verdict::Provisions);
}

#[test]
fn a_circle_of_references_ends() {
    let source = fixture("ok-body").replace(
        r#""ThingName": {
          "Ref": "AWS::IoT::Certificate::CommonName"
        }"#,
        r#""ThingName": {"Fn::Join": ["", [{"Ref": "thing"}, {"Ref": "thing"}, {"Ref": "thing"}]]}"#,
    );
    assert!(source.contains("Fn::Join"));
    let plan = dry_run(&source, &certificate("full"), &options());
    assert_eq!(plan.verdict, Verdict::Fails);
    assert!(plan.summary.contains("circle"), "{}", plan.summary);
}

#[test]
fn values_that_grow_too_large_are_refused() {
    let doubled = |inner: String, _| format!(r#"{{"Fn::Sub": ["${{a}}${{a}}", {{"a": {inner}}}]}}"#);
    let name = (0..20).fold("\"sensor\"".to_owned(), doubled);
    let source = fixture("ok-body").replace(
        r#""ThingName": {
          "Ref": "AWS::IoT::Certificate::CommonName"
        }"#,
        &format!(r#""ThingName": {name}"#),
    );
    assert!(source.contains("Fn::Sub"));
    let plan = dry_run(&source, &certificate("full"), &options());
    assert!(plan.diagnostics.iter().any(|found| found.code == "JITP040"), "{}", plan.summary);
    assert_eq!((plan.verdict, plan.stopped_at), (Verdict::Fails, Some(2)));
}

/// A thing, a certificate and nothing else, so that only its certificate can stop a device.
const PLAIN: &str = r#"{"Resources": {
    "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
    "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}}}"#;

fn check(device: &[u8], ca: &[u8]) -> IssuerCheck {
    check_issuer(device, ca, &support::verify::verdicts(device, ca), Some(NOW))
}

#[test]
fn a_row_says_what_the_plan_says_of_its_ca() {
    let devices = ["chained", "not-its-ca", "full", "pss-two-hashes", "no-such-date", "expired", "ca", "request"];
    let pems = devices.map(certificate);
    let template = Template::new(PLAIN);
    let mut seen = Vec::new();
    for authority in ["signing-ca", "twin-ca", "root-ca", "pss-ca", "full", "request"] {
        let ca = certificate(authority);
        let issuers: Vec<IssuerCheck> = pems.iter().map(|pem| check(pem, &ca)).collect();
        let fleet = DryRunOptions { issuers: Some(issuers.clone()), ..options() };
        let rows = template.dry_run_fleet(&pems.concat(), &fleet).rows;
        for ((name, pem), (row, issuer)) in devices.iter().zip(&pems).zip(rows.iter().zip(issuers)) {
            let plan = template.dry_run(pem, &DryRunOptions { issuer: Some(issuer), ..options() });
            let what = format!("{name} under {authority}");
            assert_eq!((row.verdict, row.stopped_at, row.basis), (plan.verdict, plan.stopped_at, plan.basis), "{what}");
            assert!(row.cause.as_ref().is_none_or(|cause| plan.summary.ends_with(cause)), "{what}: {}", plan.summary);
            seen.push(row.verdict);
        }
    }
    for verdict in [Verdict::Provisions, Verdict::Fails, Verdict::Unknown] {
        assert!(seen.contains(&verdict), "{verdict:?}");
    }
}

#[test]
fn a_check_that_is_missing_or_of_another_certificate_leaves_the_verdict_open() {
    let template = Template::new(PLAIN);
    let (device, ca) = (certificate("chained"), certificate("signing-ca"));
    let verdict = |options: &DryRunOptions| template.dry_run_fleet(&device, options).rows[0].verdict;
    assert_eq!(verdict(&options()), Verdict::Provisions, "nobody asked");
    let with = |issuers: Vec<IssuerCheck>| DryRunOptions { issuers: Some(issuers), ..options() };
    assert_eq!(verdict(&with(vec![check(&device, &ca)])), Verdict::Provisions);
    assert_eq!(verdict(&with(Vec::new())), Verdict::Unknown);
    assert_eq!(verdict(&with(vec![check(&certificate("full"), &ca)])), Verdict::Unknown);
    let open = template.dry_run(&device, &DryRunOptions { issuer: Some(check(&device, b"junk")), ..options() });
    assert_eq!((open.verdict, open.certificate_status.as_deref()), (Verdict::Unknown, None));
    assert!(open.steps.iter().all(|step| matches!(step.outcome, StepOutcome::Unknown | StepOutcome::Skipped)));
    // A certain failure is a failure, even if the steps before it are unknown.
    let source = fixture("JITP034-undeclared-ref");
    let plan =
        Template::new(&source).dry_run(&device, &DryRunOptions { issuer: Some(check(&device, b"")), ..options() });
    assert_eq!((plan.verdict, plan.stopped_at, plan.certificate_status.as_deref()), (Verdict::Fails, Some(2), None));
    assert_eq!(plan.steps[0].outcome, StepOutcome::Unknown);
}

#[test]
fn equal_certificates_and_equal_things_are_marked() {
    let names = ["full", "common-name", "full", "two-units", "request", "common-name"];
    let bundle = names.map(certificate).concat();
    let marks = |source: &str| {
        let fleet = Template::new(source).dry_run_fleet(&bundle, &options());
        let marks: Vec<_> = fleet.rows.iter().map(|row| (row.duplicate_of, row.same_thing_as)).collect();
        assert_eq!(fleet.counts.duplicates, marks.iter().filter(|(duplicate, _)| duplicate.is_some()).count());
        assert_eq!(fleet.counts.same_thing, marks.iter().filter(|(_, same)| same.is_some()).count());
        marks
    };
    let (none, first, second) = ((None, None), (Some(0), None), (Some(1), None));
    assert_eq!(marks(PLAIN), [none, none, first, none, none, second]);
    let one_thing = PLAIN.replace(r#"{"Ref": "AWS::IoT::Certificate::CommonName"}"#, "\"the-sensor\"");
    let same = (None, Some(0));
    assert_eq!(marks(&one_thing), [none, same, first, same, none, second]);
}

#[test]
fn a_verification_certificate_that_was_not_checked_is_not_a_yes() {
    let (ca, verification) = (certificate("signing-ca"), certificate("verification"));
    let options = RegistrationOptions { now: Some(NOW), ..RegistrationOptions::default() };
    let checked = support::verify::verdicts(&verification, &ca);
    let found = check_registration(&ca, &verification, &checked, &options);
    assert!(found.ok, "{:?}", found.diagnostics);
    let open = check_registration(&ca, &verification, &vec![Signature::NotChecked; checked.len()], &options);
    let codes: Vec<&str> = open.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!((open.ok, codes), (false, vec!["JITP138"]));
}
