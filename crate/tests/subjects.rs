//! A dry run of a subject, without a certificate: how subjects are written, and what a plan says that knows nothing else.

mod support;

use jitp::plan::StepOutcome;
use jitp::{DryRunOptions, Plan, SerialNumberReading, Signature, Template, Verdict, read_certificates};
use std::fmt::Write;
use support::doubling::{Case, assert_linear};
use support::{certificate, json_word, options, root};

const NAMES: [&str; 6] =
    ["CommonName", "Country", "Organization", "OrganizationalUnit", "StateName", "DistinguishedNameQualifier"];

/// A template that needs the ID and these attributes, whose thing is named by the first of them.
fn template(names: &[&str]) -> Template {
    let mut parameters = r#""AWS::IoT::Certificate::Id": {"Type": "String"}"#.to_owned();
    let mut attributes = String::new();
    for (at, name) in names.iter().enumerate() {
        let _ = write!(parameters, r#", "AWS::IoT::Certificate::{name}": {{"Type": "String"}}"#);
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(attributes, r#"{comma}"{name}": {{"Ref": "AWS::IoT::Certificate::{name}"}}"#);
    }
    let first = names[0];
    Template::new(format!(
        r#"{{"Parameters": {{{parameters}}}, "Resources": {{
          "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::{first}"}}, "AttributePayload": {{{attributes}}}}}}},
          "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}},
          "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyName": "p"}}}}}}}}"#
    ))
}

fn plan(subject: &str) -> Plan {
    template(&["CommonName"]).dry_run_subject(subject, &options())
}

/// The subject that was read, as RFC 4514 writes it; or the first finding.
fn read(subject: &str) -> Result<String, String> {
    let plan = plan(subject);
    match plan.certificate.subject_text {
        Some(text) => Ok(text.rfc4514),
        None => {
            assert_eq!((plan.verdict, plan.stopped_at), (Verdict::Fails, Some(1)), "{subject:?}");
            assert_eq!(plan.certificate.kind, "subject");
            assert_eq!(plan.diagnostics[0].code, "JITP106");
            assert_eq!(plan.certificate.error.as_ref(), Some(&plan.diagnostics[0].message));
            Err(plan.diagnostics[0].message.clone())
        }
    }
}

#[test]
fn the_usual_spellings_give_the_same_subject() {
    for text in [
        "/C=DE/O=Example/CN=lamp-1",
        "/C=DE/O=Example/CN=lamp-1/",
        "  /C=DE/O=Example/CN=lamp-1\r\n",
        "/countryName=DE/organizationName=Example/commonName=lamp-1",
        "/2.5.4.6=DE/OID.2.5.4.10=Example/oid.2.5.4.3=lamp-1",
        "/c=DE/o=Example/cn=lamp-1",
        "C = DE, O = Example, CN = lamp-1",
        "C=DE, O=Example, CN=lamp-1",
        "CN=lamp-1,O=Example,C=DE",
        "CN = lamp-1,O=Example,  C=DE",
        "subject=C = DE, O = Example, CN = lamp-1\n",
        "subject=CN=lamp-1,O=Example,C=DE",
        "subject= /C=DE/O=Example/CN=lamp-1\n",
        "        Subject: C = DE, O = Example, CN = lamp-1",
        "issuer=CN = Example CA\nsubject=C = DE, O = Example, CN = lamp-1\nserial=4711\n",
        "C = DE, O = \"Example\", CN = lamp-1",
        "CN=#0c066c616d702d31,O=\\45xample,C=DE",
        "/C=DE/O=Ex\\ample/CN=\\lamp\\x2D1",
    ] {
        assert_eq!(read(text), Ok("CN=lamp-1,O=Example,C=DE".to_owned()), "{text:?}");
    }
}

#[test]
fn escapes_and_edges_are_read() {
    for (text, expected) in [
        (r"/O=A\/B/CN=lamp-1", "CN=lamp-1,O=A/B"),
        (r"/O=A\+B/CN=a\\b", r"CN=a\\b,O=A\+B"),
        (r"/O=A, B/CN=a=b", r"CN=a=b,O=A\, B"),
        ("/CN= a ", r"CN=\ a\ "),
        (r"/CN=M\xC3\xBCller", "CN=Müller"),
        (r"CN=M\C3\BCller", "CN=Müller"),
        ("/CN=Müller", "CN=Müller"),
        ("/CN=ランプ", "CN=ランプ"),
        (r"CN=a\,b\+c\ ,O=x", r"CN=a\,b\+c\ ,O=x"),
        (r#"O = "A, B + C", CN = "say \"x\"""#, r#"CN=say \"x\",O=A\, B \+ C"#),
        ("/OU=b+OU=a/CN=x", "CN=x,OU=b+OU=a"),
        ("CN=x,OU=a + OU=b", "CN=x,OU=b+OU=a"),
        ("/1.2.840.113549.1.9.1=a@example.org/CN=x", "CN=x,emailAddress=a@example.org"),
        ("/1.3.6.1.4.1.99999.1=a/CN=x", "CN=x,1.3.6.1.4.1.99999.1=#0C0161"),
        ("/CN=", "CN="),
        ("/", ""),
        ("CN=", "CN="),
    ] {
        assert_eq!(read(text), Ok(expected.to_owned()), "{text:?}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_character() {
    for (text, at, words) in [
        ("", 1, "The subject is empty."),
        (" \n", 3, "The subject is empty."),
        ("/CN", 2, "\"CN\" has no equals sign"),
        ("lamp-1", 1, "\"lamp-1\" has no equals sign"),
        ("/C=DE/O=Exämple/Berlin/CN=x", 17, "\"Berlin\" has no equals sign"),
        ("CN=a,b,C=DE", 6, "\"b\" has no equals sign"),
        ("/CN=a+b", 7, "\"b\" has no equals sign"),
        ("/CN=a+", 7, "An attribute is missing."),
        ("CN=a,", 6, "An attribute is missing."),
        ("//CN=a", 2, "An attribute is missing."),
        ("/=a", 2, "An attribute has no type before its equals sign."),
        ("/CN=a/FOO=b", 7, "\"FOO\" is not a known attribute type."),
        ("/CN=a/organisationName=b", 7, "Did you mean"),
        ("/CN=a/2.5.=b", 7, "\"2.5.\" is not a known attribute type."),
        ("subject=CN=a,FOO=b", 14, "\"FOO\" is not a known attribute type."),
        ("/CN=a\\", 6, "The backslash at the end escapes nothing."),
        ("CN=a;O=b", 5, "\";\" must have a backslash before it in a value."),
        ("CN=\"a", 4, "The quotation mark has no end."),
        ("CN=\"a\"b", 7, "Text follows the quotation mark"),
        ("CN=#zz", 4, "is not the hex of an encoded value"),
        ("CN=#0c02", 4, "is not the hex of an encoded value"),
        ("CN=#", 4, "is not the hex of an encoded value"),
        ("CN=\\ff", 4, "are not UTF-8"),
        ("/CN=\\xff", 5, "are not UTF-8"),
    ] {
        let message = read(text).expect_err(text);
        let start = format!("The subject cannot be read at character {at}: ");
        assert!(message.starts_with(&start) && message.contains(words), "{text:?}: {message}");
    }
}

/// Each own certificate, and the same subject in each of the spellings in which tools print it.
#[test]
fn a_subject_gives_the_values_of_its_certificate() {
    let mut compared = 0;
    for entry in std::fs::read_dir(root().join("tests/fixtures/certificates")).expect("the fixtures are there") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        for found in read_certificates(&bytes, None) {
            let (Some(text), Some(attributes)) = (&found.subject_text, &found.subject) else { continue };
            if found.error.is_some() || attributes.is_empty() {
                continue;
            }
            let whole = template(&NAMES).dry_run(found.pem.as_deref().unwrap_or_default().as_bytes(), &options());
            let slashes: String = attributes
                .iter()
                .map(|found| {
                    let value: String = found
                        .value
                        .chars()
                        .map(|c| if "/+\\".contains(c) { format!("\\{c}") } else { c.to_string() })
                        .collect();
                    format!("/{}={value}", found.name)
                })
                .collect();
            for spelling in [&text.rfc4514, &text.openssl, &slashes] {
                let alone = template(&NAMES).dry_run_subject(spelling, &options());
                let values = |plan: &Plan| -> Vec<_> {
                    let skipped = |name: &str| name.ends_with("::Id");
                    plan.parameters
                        .iter()
                        .filter(|found| !skipped(&found.name))
                        .map(|found| (found.value.clone(), found.origin))
                        .collect()
                };
                assert_eq!(values(&alone), values(&whole), "{spelling}");
                assert_eq!(
                    alone.thing.map(|thing| thing.attributes),
                    whole.thing.as_ref().map(|thing| thing.attributes.clone())
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "only {compared} subjects were compared");
}

#[test]
fn a_repeated_attribute_is_used_in_the_order_of_the_encoding() {
    for (text, first) in [
        ("/OU=one/OU=two/CN=x", "one"),
        ("OU = one, OU = two, CN = x", "one"),
        ("OU=one, OU=two, CN=x", "one"),
        ("CN=x,OU=two,OU=one", "one"),
        ("/CN=x/OU=longer+OU=b", "b"),
    ] {
        let plan = template(&["CommonName", "OrganizationalUnit"]).dry_run_subject(text, &options());
        assert_eq!(plan.parameters[2].value.as_deref(), Some(first), "{text}");
        assert!(plan.diagnostics.iter().any(|found| found.code == "JITP101"), "{text}");
    }
}

#[test]
fn nothing_about_the_certificate_is_invented_or_said_to_be_checked() {
    let plan = plan("/C=DE/CN=lamp-1");
    assert_eq!(plan.verdict, Verdict::Provisions);
    let (start, end) = (
        "The device is provisioned as the thing lamp-1, its certificate becomes ACTIVE.",
        " Only the subject was checked, not the certificate.",
    );
    assert!(plan.summary.starts_with(start) && plan.summary.ends_with(end), "{}", plan.summary);
    let found = &plan.certificate;
    assert_eq!(
        (found.kind, &found.error, &found.certificate_id, &found.serial_number),
        ("subject", &None, &None, &None)
    );
    assert!(found.key.is_none() && found.not_before.is_none() && found.pem.is_none() && found.issuer.is_none());
    assert!(found.subject.iter().flatten().all(|attribute| attribute.encoding == "not known"));
    let issuer = plan.issuer.expect("a line about the CA");
    assert_eq!((issuer.signature, issuer.ca), (Signature::NotChecked, None));
    assert!(issuer.reason.contains("only a subject"), "{}", issuer.reason);
    assert!(
        plan.steps[0].detail.contains("Not checked, because only the subject is known"),
        "{}",
        plan.steps[0].detail
    );
    assert!(plan.steps[5].arn.as_deref().is_some_and(|arn| arn.ends_with("cert/<certificate ID>")));
    let attribute = plan.parameters[1].attribute.as_ref().expect("the attribute");
    assert_eq!((attribute.index, &*attribute.encoding), (1, "not known"));
}

#[test]
fn a_check_of_the_ca_that_was_asked_for_leaves_the_verdict_open() {
    let ca = certificate("ca");
    let issuer = Some(jitp::authority::check_issuer(&certificate("full"), &ca, &[], None));
    let options = DryRunOptions { issuer, ..options() };
    let plan = template(&["CommonName"]).dry_run_subject("/CN=lamp-1", &options);
    assert_eq!(plan.verdict, Verdict::Unknown, "{}", plan.summary);
    assert!(plan.diagnostics.iter().any(|found| found.code == "JITP138"));
}

#[test]
fn the_own_serial_number_is_not_known() {
    let template = template(&["CommonName", "SerialNumber"]);
    let run = |subject: &str, serial_number| {
        let plan = template.dry_run_subject(subject, &DryRunOptions { serial_number, ..options() });
        let codes: Vec<&str> = plan.diagnostics.iter().map(|found| found.code).collect();
        (plan.parameters[2].value.as_deref().map(str::to_owned), plan.verdict, codes.contains(&"JITP102"))
    };
    use SerialNumberReading::{Auto, Certificate, Subject};
    let unknown = Some("<serial number>".to_owned());
    assert_eq!(run("/CN=lamp-1", Auto), (unknown.clone(), Verdict::Provisions, true));
    assert_eq!(run("/CN=lamp-1", Certificate), (unknown.clone(), Verdict::Provisions, false));
    assert_eq!(run("/CN=lamp-1", Subject), (None, Verdict::Fails, false));
    assert_eq!(run("/CN=lamp-1/serialNumber=A7", Auto), (Some("A7".to_owned()), Verdict::Provisions, true));
    assert_eq!(run("/CN=lamp-1/serialNumber=A7", Certificate), (unknown, Verdict::Provisions, false));
}

/// A device that calls itself as jitp calls what it does not know is judged by that name, which is not a name that AWS accepts.
#[test]
fn a_value_that_looks_unknown_is_a_value() {
    for text in ["/CN=<certificate ID>", "/CN=lamp-<serial number>"] {
        assert_eq!(plan(text).verdict, Verdict::Fails, "{text}");
    }
}

#[test]
fn the_other_flows_accept_a_subject() {
    let text = r#"{"Parameters": {"AWS::IoT::Certificate::Id": {"Type": "String"}, "Serial": {"Type": "String"}}, "Resources": {
        "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "Serial"}}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}}}"#;
    let fleet = jitp::TemplateOptions { flow: jitp::Flow::Fleet, ..Default::default() };
    let parameters = vec![("Serial".into(), "4711".into())];
    let plan =
        Template::with_options(text, &fleet).dry_run_subject("/CN=x", &DryRunOptions { parameters, ..options() });
    assert_eq!((plan.verdict, plan.issuer.is_none()), (Verdict::Provisions, true), "{}", plan.summary);
    assert_eq!(plan.parameters[0].value.as_deref(), Some("<certificate ID>"));
}

/// The own serial number can be any that a policy names. A serial number in the subject is one.
#[test]
fn a_client_id_that_is_not_known_in_full_leaves_the_connection_open() {
    let template = |resource: &str| {
        let statement = format!(
            r#"{{\"Effect\": \"Allow\", \"Action\": \"iot:Connect\", \"Resource\": \"arn:aws:iot:eu-west-1:123456789012:client/{resource}\"}}"#
        );
        Template::new(format!(
            r#"{{"Parameters": {{"AWS::IoT::Certificate::SerialNumber": {{"Type": "String"}}, "AWS::IoT::Certificate::Id": {{"Type": "String"}}}}, "Resources": {{
              "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::SerialNumber"}}}}}},
              "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}},
              "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": "{{\"Version\": \"2012-10-17\", \"Statement\": [{statement}]}}"}}}}}}}}"#
        ))
    };
    let connects = |resource: &str, subject: &str| {
        let access = template(resource).dry_run_subject(subject, &options()).access.expect("it is provisioned");
        json_word(&access.connects)
    };
    for (resource, open, known) in [
        ("4711", "unknown", "denied"),
        ("*", "allowed", "allowed"),
        ("${iot:Connection.Thing.ThingName}", "allowed", "allowed"),
    ] {
        assert_eq!(connects(resource, "/CN=x"), open, "{resource}");
        assert_eq!(connects(resource, "/CN=x/serialNumber=7"), known, "{resource}");
    }
    assert_eq!(connects("4711", "/CN=x/serialNumber=4711"), "allowed");
}

/// AWS IoT's IDs are always names that things may have. What stands for one is not judged in its place.
#[test]
fn an_id_that_does_not_exist_yet_is_a_sound_name() {
    let text = r#"{"Parameters": {"AWS::IoT::Certificate::Id": {"Type": "String"}}, "Resources": {
        "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Fn::Join": ["", [{"Ref": "AWS::IoT::Certificate::Id"}]]}}}}}"#;
    let fleet = jitp::TemplateOptions { flow: jitp::Flow::Fleet, ..Default::default() };
    let plan = Template::with_options(text, &fleet).dry_run(b"", &options());
    assert_eq!(plan.verdict, Verdict::Provisions, "{}", plan.summary);
    assert_eq!(plan.steps[1].outcome, StepOutcome::Done);
}

/// The pieces are not a key: they only look like one.
#[test]
fn a_private_key_is_not_repeated() {
    let body = "MHcCAQEEIBNotAKeyNotAKeyNotAKeyNotAKeyNotAKeyNotAKeyoAoGCCqGSM49AwEHoUQDQgAE";
    let pem = format!("-----BEGIN EC PRIVATE KEY-----\n{body}\n-----END EC PRIVATE KEY-----\n");
    for text in [pem.clone(), format!("/CN={pem}"), format!("CN={body},O=x"), pem.replace('\n', "")] {
        let plan = plan(&text);
        let shown = serde_json::to_string(&plan).expect("JSON");
        assert!(!shown.contains("NotAKeyNotAKey"), "{text:?}");
        assert_eq!(plan.diagnostics[0].code, "JITP106");
        assert!(plan.diagnostics[0].message.contains("private key"), "{}", plan.diagnostics[0].message);
    }
    let message = read(&String::from_utf8(certificate("full")).expect("PEM")).expect_err("a certificate");
    assert!(message.contains("A PEM block is not a subject."), "{message}");
}

fn of(piece: &str, bytes: usize) -> Vec<u8> {
    piece.repeat(bytes.div_ceil(piece.len())).into_bytes()
}

fn run(text: &[u8]) {
    let plan = plan(std::str::from_utf8(text).expect("UTF-8"));
    assert_eq!(plan.steps.len(), 6);
}

#[test]
fn a_long_subject_takes_linear_time() {
    assert_linear(&[
        Case { name: "one value", input: |n| [b"/CN=".to_vec(), of("a", n)].concat(), work: run },
        Case { name: "slashes", input: |n| of("/", n), work: run },
        Case { name: "plus signs", input: |n| [b"/CN=a".to_vec(), of("+", n)].concat(), work: run },
        Case { name: "many attributes", input: |n| of("/OU=a", n), work: run },
        Case { name: "a set of many", input: |n| [b"/CN=x".to_vec(), of("+OU=a", n)].concat(), work: run },
        Case { name: "commas", input: |n| [b"CN=x".to_vec(), of(",OU=a", n)].concat(), work: run },
        Case { name: "escapes", input: |n| [b"CN=".to_vec(), of("\\,", n)].concat(), work: run },
        Case { name: "spaces", input: |n| [b"CN=x".to_vec(), of(" ", n)].concat(), work: run },
        Case { name: "quotes", input: |n| [b"CN=\"".to_vec(), of("\\\"", n)].concat(), work: run },
        Case { name: "hex", input: |n| [b"CN=#".to_vec(), of("0c", n)].concat(), work: run },
        Case { name: "lines", input: |n| of("subject\n", n), work: run },
    ]);
}

#[test]
fn a_megabyte_is_read() {
    let plan = plan(&format!("/CN={}", "a".repeat(1 << 20)));
    assert_eq!(plan.verdict, Verdict::Fails);
    assert!(
        plan.diagnostics.iter().any(|found| found.code == "JITP061" || found.message.contains("1048576 characters"))
    );
    assert!(plan.diagnostics.iter().all(|found| found.message.len() < 1_000));
}
