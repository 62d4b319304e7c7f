//! A device and the lines of its rights.

use jitp::TemplateOptions;
use jitp::access::{
    Answer, CertificateValues, Device, DeviceFacts, DeviceLocation, DeviceThing, RequestContext, Verb, read_policy,
};
use serde_json::{Value, json};
use std::sync::Arc;

pub const ARN: &str = "arn:aws:iot:eu-west-1:123456789012:";

pub fn device(statements: &[Value]) -> Device {
    let facts = DeviceFacts {
        thing: Some(DeviceThing {
            name: "lamp-1".into(),
            type_name: None,
            attributes: vec![("hall".into(), "4".into()), ("star".into(), "a*".into())],
            exclusive: false,
            attached: true,
        }),
        certificate: Some(CertificateValues {
            certificate_id: Some("0f".repeat(32).into()),
            subject: vec![(3, "lamp-1".into())],
            issuer: None,
            others: None,
        }),
        location: DeviceLocation {
            partition: Some("aws".into()),
            region: Some("eu-west-1".into()),
            account: Some("123456789012".into()),
        },
    };
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    let read = read_policy("lamps".into(), policy.as_bytes(), &TemplateOptions::default());
    Device { facts, policies: vec![Arc::new(read.policy)], ..Device::default() }
}

pub fn allow(action: &str, resource: &str) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": arn(resource) })
}

pub fn deny(action: &str, resource: &str) -> Value {
    json!({ "Effect": "Deny", "Action": action, "Resource": arn(resource) })
}

pub fn arn(resource: &str) -> String {
    if resource == "*" || resource.starts_with("arn:") { resource.to_owned() } else { format!("{ARN}{resource}") }
}

/// Each right on a line: `allowed publish lamps/lamp-1/+`, with the reason behind a colon.
pub fn lines(device: &Device, context: &RequestContext) -> Vec<String> {
    let rights = device.rights(context);
    assert!(!rights.more);
    let line = |right: &jitp::access::AccessRight| {
        let answer = word(right.answer);
        let is_named = right.verb == Verb::Call || right.action == "iot:RetainPublish";
        let action = if is_named { format!(" {}", right.action) } else { String::new() };
        let reason = right.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        format!("{answer} {}{action} {}{reason}", right.verb.word(), right.resource)
    };
    rights.may.iter().map(line).collect()
}

pub fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Allowed => "allowed",
        Answer::Denied => "denied",
        Answer::Unknown => "unknown",
    }
}

pub fn of(statements: &[Value]) -> Vec<String> {
    lines(&device(statements), &RequestContext::default())
}
