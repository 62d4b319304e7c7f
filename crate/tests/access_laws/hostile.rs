//! Any text as a policy or a request gives a report, and none takes long.

use super::support::dice::{Dice, cases};
use super::support::doubling::{Case, assert_linear};
use jitp::TemplateOptions;
use jitp::access::{
    Answer, CertificateValues, Device, DeviceFacts, DeviceLocation, DeviceRequest, DeviceThing, ReadPolicy,
    RequestContext, Verb, read_policy,
};
use proptest::prelude::*;
use std::sync::Arc;

fn read(text: &[u8]) -> ReadPolicy {
    read_policy("given".into(), text, &TemplateOptions::default())
}

/// A device with this policy, whose certificate has a name of special characters.
fn device(policy: &[u8]) -> Device {
    let facts = DeviceFacts {
        thing: Some(DeviceThing { name: "lamp-7".into(), attached: true, ..DeviceThing::default() }),
        certificate: Some(CertificateValues {
            subject: vec![(3, "lamp, 7".into()), (3, "*".into())],
            ..CertificateValues::default()
        }),
        location: DeviceLocation {
            partition: Some("aws".into()),
            region: Some("eu-west-1".into()),
            account: Some("444455556666".into()),
        },
    };
    Device { facts, policies: vec![Arc::new(read(policy).policy)], ..Device::default() }
}

/// Asks for everything on a name.
fn ask_all(device: &Device, name: &str) {
    let context = RequestContext {
        client_id: Some(name.to_owned()),
        will_topic: Some(name.to_owned()),
        thing_name_header: Some(name.to_owned()),
        values: vec![(name.to_owned(), vec![name.to_owned()])],
        ..RequestContext::default()
    };
    for (verb, _) in Verb::ALL {
        for context in [&context, &RequestContext::default()] {
            let decision =
                device.can(&DeviceRequest { action: name.to_owned(), ..DeviceRequest::new(verb, name) }, context);
            assert!(!decision.reason.is_empty());
            assert_eq!(decision.denial.is_some(), decision.answer == Answer::Denied);
        }
    }
}

const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iot:*","Resource":"*"}}"#;

/// A policy with one resource.
fn on(resource: &str) -> String {
    let resource = serde_json::Value::from(resource);
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":["iot:*","greengrass:*"],"Resource":{resource}}}}}"#
    )
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_bytes_as_a_policy_give_a_report(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let report = read(&bytes);
        prop_assert!(report.policy.is_readable || !report.diagnostics.is_empty());
        ask_all(&device(&bytes), "lamps/lamp-7");
    }

    #[test]
    fn any_text_as_a_request_gives_an_answer(name in any::<String>(), resource in any::<String>()) {
        ask_all(&device(ALLOW.as_bytes()), &name);
        ask_all(&device(on(&resource).as_bytes()), &name);
        ask_all(&device(on(&format!("arn:aws:iot:eu-west-1:444455556666:topic/{resource}")).as_bytes()), &name);
    }

    #[test]
    fn a_torn_policy_gives_a_report(seed in any::<u64>()) {
        let mut dice = Dice::seeded(seed);
        let whole = super::policies::document(&super::policies::statements(&mut dice)).to_string();
        let mut bytes = whole.into_bytes();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(bytes.len());
            match dice.roll(3) {
                0 => bytes.truncate(at.max(1)),
                1 => { bytes.remove(at); }
                _ => bytes[at] = b"{}[]\",:\\$*"[dice.roll(10)],
            }
            if bytes.is_empty() { break; }
        }
        let report = read(&bytes);
        prop_assert!(report.policy.is_readable || !report.diagnostics.is_empty());
        ask_all(&device(&bytes), "lamps/lamp-7");
    }
}

#[test]
fn a_value_of_any_kind_at_any_place_of_a_policy_gives_a_report() {
    let values =
        ["null", "true", "7", "1e999", "\"\"", "\"a\"", "[]", "{}", "[[]]", "[null, 7, {}]", r#"{"a": {"b": []}}"#];
    let places =
        ["Version", "Statement", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Sid"];
    for value in values {
        for place in places {
            let statement = r#""Effect": "Deny", "Action": "iot:*", "Resource": "*""#;
            let statements = format!(r#""Version": "2012-10-17", "Statement": [{{{statement}, "{place}": {value}}}]"#);
            let inside = format!("{{{statements}}}");
            let outside = format!(r#"{{"{place}": {value}, {statements}}}"#);
            let condition = inside.replace(
                &format!("\"{place}\": {value}"),
                &format!(r#""Condition": {{"StringEquals": {{"iot:DomainName": {value}}}, "Bool": {value}}}"#),
            );
            for text in [value, &inside, &outside, &condition] {
                let report = read(text.as_bytes());
                assert!(report.policy.is_readable || !report.diagnostics.is_empty(), "{text}");
                ask_all(&device(text.as_bytes()), "lamp-7");
            }
        }
    }
}

#[test]
fn deep_and_long_policies_give_a_report() {
    const MEGABYTE: usize = 1_000_000;
    let texts = [
        "[".repeat(MEGABYTE),
        "{\"Statement\":".repeat(MEGABYTE / 13),
        on(&"*a".repeat(MEGABYTE / 2)),
        on(&format!("arn:aws:iot:eu-west-1:444455556666:topic/{}", "*a".repeat(1_000))),
        on(&format!("arn:aws:iot:eu-west-1:444455556666:topic/{}", "${iot:Certificate.Subject.CommonName}".repeat(40))),
        on(&format!(
            "arn:aws:iot:eu-west-1:444455556666:topic/{}",
            "${iot:Certificate.Subject.CommonName}*".repeat(40)
        )),
        format!("\"{}", "\\\\".repeat(MEGABYTE / 2)),
    ];
    let names = ["a".repeat(MEGABYTE), "a".repeat(2_000), "lamp, 7".repeat(40), "/".repeat(300)];
    for text in &texts {
        let device = device(text.as_bytes());
        names.iter().for_each(|name| ask_all(&device, name));
    }
}

/// Asks a policy, given as a text, for everything.
fn everything(policy: &[u8]) {
    ask_all(&device(policy), "lamps/lamp-7/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}

/// A device that may do anything asks for something on a name of this length.
fn long_name(name: &[u8]) {
    let policy = on("arn:aws:iot:eu-west-1:444455556666:topic/*a*a*b");
    ask_all(&device(policy.as_bytes()), std::str::from_utf8(name).expect("UTF-8"));
}

#[test]
fn twice_the_policy_takes_twice_the_time() {
    assert_linear(&[
        Case {
            name: "statements",
            input: |bytes| {
                let one = r#"{"Effect":"Deny","Action":"iot:Publish","Resource":"arn:aws:iot:eu-west-1:444455556666:topic/*a*b"}"#;
                let list = vec![one; bytes.div_ceil(one.len())].join(",");
                format!(r#"{{"Version":"2012-10-17","Statement":[{list}]}}"#).into_bytes()
            },
            work: everything,
        },
        Case {
            name: "resources",
            input: |bytes| {
                let one = "\"arn:aws:iot:eu-west-1:444455556666:topic/${iot:Certificate.Subject.CommonName}/*\"";
                let list = vec![one; bytes.div_ceil(one.len())].join(",");
                format!(
                    r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","NotResource":[{list}]}}}}"#
                )
                .into_bytes()
            },
            work: everything,
        },
        Case {
            name: "wildcards of one resource",
            input: |bytes| {
                on(&format!("arn:aws:iot:eu-west-1:444455556666:topic/{}", "*a".repeat(bytes / 2))).into_bytes()
            },
            work: everything,
        },
        Case {
            name: "variables of one resource",
            input: |bytes| {
                let variables = "${iot:Certificate.Subject.CommonName}".repeat(bytes / 37);
                on(&format!("arn:aws:iot:eu-west-1:444455556666:topic/{variables}")).into_bytes()
            },
            work: everything,
        },
        Case {
            name: "conditions",
            input: |bytes| {
                let one = |index| format!(r#""example:{index}":"a*b""#);
                let mut list = one(0);
                for index in 1.. {
                    if list.len() >= bytes {
                        break;
                    }
                    list += ",";
                    list += &one(index);
                }
                format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"StringLike":{{{list}}}}}}}}}"#)
                    .into_bytes()
            },
            work: everything,
        },
        Case { name: "a long name", input: |bytes| vec![b'a'; bytes], work: long_name },
    ]);
}
