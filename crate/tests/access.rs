//! Requests to policies from public reports and AWS's pages, if the corpus exists: the evaluator's answer to each.

mod support;

use jitp::TemplateOptions;
use jitp::access::{
    Answer, CertificateValues, Device, DeviceFacts, DeviceLocation, DeviceRequest, DeviceThing, RequestContext, Verb,
    read_policy,
};
use serde_json::Value;
use std::sync::Arc;
use support::corpus;

fn text(case: &Value, key: &str) -> Option<String> {
    case[key].as_str().map(str::to_owned)
}

fn device(case: &Value) -> Device {
    let facts = DeviceFacts {
        thing: Some(DeviceThing {
            name: "dev-1".into(),
            type_name: text(case, "type").map(Arc::from),
            attributes: case["attributes"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.as_str().into(), value.as_str().unwrap_or_default().into()))
                .collect(),
            exclusive: case["exclusive"] == true,
            attached: true,
        }),
        certificate: Some(CertificateValues {
            certificate_id: Some("0f".repeat(32).into()),
            subject: vec![(3, "dev-1".into())],
            issuer: Some(Vec::new()),
            others: Some(Vec::new()),
        }),
        location: DeviceLocation {
            partition: None,
            region: text(case, "region").map(Arc::from),
            account: Some("123456789012".into()),
        },
    };
    let mut device = Device { facts, ..Device::default() };
    for (index, policy) in case["policies"].as_array().into_iter().flatten().enumerate() {
        match policy.as_str() {
            Some(name) => device.unseen.push(name.into()),
            None => {
                let name = format!("policy {}", index + 1).into();
                let read = read_policy(name, policy.to_string().as_bytes(), &TemplateOptions::default());
                device.policies.push(Arc::new(read.policy));
            }
        }
    }
    device.assume_location();
    device
}

fn request(case: &Value) -> DeviceRequest {
    let on = text(case, "arg").unwrap_or_default();
    match case["verb"].as_str().unwrap_or_default() {
        "call" => {
            let (action, resource) = on.split_once(' ').unwrap_or((&on, "*"));
            DeviceRequest::call(action, resource)
        }
        word => {
            let verb = Verb::ALL.into_iter().find(|(_, known)| *known == word).map(|(verb, _)| verb);
            DeviceRequest::new(verb.unwrap_or_else(|| panic!("{word}")), on)
        }
    }
}

#[test]
fn reported_and_documented_cases_are_answered_as_aws_answers_them() {
    let Some(file) = corpus().map(|corpus| corpus.join("access/cases.json")).filter(|file| file.is_file()) else {
        return eprintln!("no corpus: nothing to compare");
    };
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(file).expect("read")).expect("JSON");
    assert!(cases.len() > 50);
    let mut wrong = Vec::new();
    for case in &cases {
        let context = RequestContext { client_id: text(case, "client"), ..RequestContext::default() };
        let decision = device(case).can(&request(case), &context);
        let word = match decision.answer {
            Answer::Allowed => "allowed",
            Answer::Denied => "denied",
            Answer::Unknown => "unknown",
        };
        let line = format!("{} {} {}\n   {}", case["confidence"], case["name"], word, decision.reason);
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{line}");
        }
        if word != case["expect"] {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
