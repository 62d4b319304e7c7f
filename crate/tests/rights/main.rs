//! What a device may do, as patterns: each right is what the evaluator says of the requests that it stands for.

mod agree;
mod common;

use common::*;
use jitp::TemplateOptions;
use jitp::access::{Answer, Device, DeviceRequest, RequestContext, Verb, read_policy};
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn variables_are_filled_in_and_types_are_those_of_the_action() {
    let statements = [
        allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}"),
        json!({
            "Effect": "Allow",
            "Action": ["iot:Publish", "iot:Subscribe", "iot:Receive"],
            "Resource": [
                arn("topic/lamps/${iot:Certificate.Subject.CommonName}/*"),
                arn("topicfilter/lamps/${iot:ClientId}/+"),
            ],
        }),
        allow("iot:GetThingShadow", "thing/${iot:Certificate.Subject.CommonName}"),
        allow("iot:AssumeRoleWithCertificate", "rolealias/lamps"),
        allow("iot:ListRetainedMessages", "*"),
        // Nothing that a device asks for.
        allow("iot:CreateThing", "*"),
        allow("iot:Subscribe", "topic/lamps"),
    ];
    assert_eq!(
        of(&statements),
        [
            "allowed connect lamp-1",
            "allowed publish lamps/lamp-1/*",
            "allowed receive lamps/lamp-1/*",
            "allowed subscribe lamps/lamp-1/+",
            "allowed call iot:GetThingShadow thing/lamp-1",
            "allowed call iot:AssumeRoleWithCertificate rolealias/lamps",
            "allowed call iot:ListRetainedMessages *",
        ]
    );
}

#[test]
fn patterns_of_actions_give_the_documented_ones_once_each() {
    let found = of(&[allow("iot:*", "*"), allow("IOT:publish", "topic*")]);
    assert_eq!(found[..2], ["allowed connect *", "allowed publish *"]);
    assert!(found.contains(&"allowed call iot:GetThingShadow *".to_owned()), "{found:#?}");
    assert!(!found.iter().any(|line| line.contains("greengrass") || line.contains("iot:UpdateJobExecution")));
    assert_eq!(found.iter().collect::<std::collections::BTreeSet<_>>().len(), found.len());
}

#[test]
fn a_client_id_in_the_resource_of_connect_is_any() {
    let found = of(&[allow("iot:Connect", "client/${iot:ClientId}"), deny("iot:Connect", "client/gateway")]);
    assert_eq!(found, ["allowed connect *: except \"gateway\", which statement 2 of \"lamps\" denies"]);
}

#[test]
fn denies_take_all_or_a_part() {
    let found = of(&[
        allow("iot:Publish", "topic/lamps/*"),
        deny("iot:Publish", "topic/*/secret"),
        allow("iot:Publish", "topic/doors/front/*"),
        deny("iot:Pub*", "topic/doors/*"),
        // Near misses: other topics, and another action.
        allow("iot:Publish", "topic/halls/*"),
        deny("iot:Subscribe", "topicfilter/halls/*"),
        deny("iot:Publish", "topic/hall"),
        deny("iot:Publish", "topic/halls/${*}x/${iot:Connection.Thing.Attributes[star]}"),
    ]);
    assert_eq!(found[0], "allowed publish lamps/*: except \"*/secret\", which statement 2 of \"lamps\" denies");
    assert!(found[1].starts_with("denied publish doors/front/*: "), "{}", found[1]);
    assert!(found[1].contains("statement 4"), "{}", found[1]);
    let [secret, star] = [("*/secret", 2), ("halls/${*}x/a${*}", 8)]
        .map(|(what, number)| format!("\"{what}\", which statement {number} of \"lamps\" denies"));
    assert_eq!(found[2], format!("allowed publish halls/*: except {secret}; {star}"));
}

#[test]
fn a_deny_of_all_but_some_is_an_exception_in_words() {
    let deny = json!({ "Effect": "Deny", "Action": "iot:Publish", "NotResource": arn("topic/lamps/lamp-1/*") });
    let found = of(&[allow("iot:Publish", "topic/lamps/*"), allow("iot:Publish", "topic/lamps/lamp-1/up/*"), deny]);
    assert_eq!(
        found,
        [
            "allowed publish lamps/*: except everything but \"lamps/lamp-1/*\", which statement 3 of \"lamps\" denies",
            "allowed publish lamps/lamp-1/up/*",
        ]
    );
}

#[test]
fn what_is_allowed_but_for_some_is_said_in_words() {
    let statement =
        |key: &str, action: &str, resources: Value| json!({ "Effect": "Allow", key: action, "NotResource": resources });
    let found = of(&[statement("Action", "iot:Publish", json!([arn("topic/secret/*"), arn("client/x")]))]);
    assert_eq!(found, ["allowed publish everything but \"topic/secret/*\""]);
    let found = of(&[json!({ "Effect": "Allow", "NotAction": "iot:P*", "Resource": "*" })]);
    assert_eq!(found[..3], ["allowed connect *", "allowed receive *", "allowed subscribe *"]);
}

#[test]
fn a_right_without_effect_says_why() {
    let condition = json!({
        "Effect": "Allow", "Action": "iot:Publish", "Resource": arn("topic/a/*"),
        "Condition": { "StringEquals": { "iot:ClientId": "other" } },
    });
    let open = json!({
        "Effect": "Allow", "Action": "iot:Publish", "Resource": arn("topic/b/*"),
        "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } },
    });
    let found = of(&[
        condition,
        open,
        allow("iot:Publish", "topic/${iot:Connection.Thing.Attributes[room]}/x"),
        allow("iot:Publish", "arn:aws:iot:us-east-1:123456789012:topic/c/*"),
        allow("iot:GetThingShadow", "thing/${iot:Connection.Thing.ThingName}"),
    ]);
    for (line, (begin, word)) in found.iter().zip([
        ("denied publish a/*: ", "StringEquals iot:ClientId"),
        ("unknown publish b/*: ", "aws:SourceIp"),
        ("denied publish ${iot:Connection.Thing.Attributes[room]}/x: ", "The thing has no attribute \"room\""),
        ("denied publish c/*: ", "Region us-east-1"),
        ("denied call iot:GetThingShadow thing/${iot:Connection.Thing.ThingName}: ", "over HTTPS"),
    ]) {
        assert!(line.starts_with(begin) && line.contains(word), "{line}");
    }
    assert_eq!(found.len(), 5);
    // With the attribute, it is allowed.
    assert_eq!(
        of(&[allow("iot:Publish", "topic/${iot:Connection.Thing.Attributes[hall]}/x")]),
        ["allowed publish 4/x"]
    );
}

#[test]
fn another_client_id_changes_what_the_thing_gives() {
    let device = device(&[
        allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}"),
        allow("iot:Publish", "topic/${iot:Connection.Thing.ThingName}/*"),
        allow("iot:Publish", "topic/${iot:ClientId}/*"),
    ]);
    let context = RequestContext { client_id: Some("gateway".to_owned()), ..RequestContext::default() };
    let found = lines(&device, &context);
    assert_eq!(found[0], "allowed connect lamp-1");
    assert!(found[1].starts_with("denied publish ${iot:Connection.Thing.ThingName}/*: "), "{}", found[1]);
    assert_eq!(found[2], "allowed publish gateway/*");
}

#[test]
fn a_value_of_the_thing_allows_its_own_client_id_only() {
    let found = of(&[
        allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}*"),
        allow("iot:Connect", "client/core-?-${iot:Connection.Thing.ThingName}"),
    ]);
    assert_eq!(found[0], "allowed connect lamp-1");
    assert!(
        found[1].starts_with("denied connect core-?-lamp-1: ") && found[1].contains("thing's name"),
        "{}",
        found[1]
    );
    let mut device = device(&[allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}*")]);
    device.facts.thing.as_mut().expect("a thing").exclusive = true;
    assert_eq!(lines(&device, &RequestContext::default()), ["allowed connect lamp-1*"]);
}

#[test]
fn a_condition_on_the_client_id_is_named_for_a_wildcard() {
    let found = of(&[json!({
        "Effect": "Allow", "Action": "iot:Connect", "Resource": arn("client/*"),
        "Condition": { "Bool": { "iot:Connection.Thing.IsAttached": "true" } },
    })]);
    assert_eq!(found, ["allowed connect *: as \"lamp-1\": statement 1 of \"lamps\" depends on the client ID"]);
}

#[test]
fn unseen_policies_keep_rights_open() {
    let mut device = device(&[allow("iot:Publish", "topic/lamps/*"), allow("iot:Publish", "topic/a")]);
    device.unseen.push("shared".into());
    for line in lines(&device, &RequestContext::default()) {
        assert!(line.starts_with("unknown publish") && line.contains("\"shared\""), "{line}");
    }
}

#[test]
fn retaining_needs_publish_too() {
    let found = of(&[allow("iot:RetainPublish", "topic/a/*"), allow("iot:RetainPublish", "topic/b")]);
    for line in &found {
        assert!(line.starts_with("denied publish") && line.contains("iot:Publish"), "{line}");
    }
    let both =
        json!({ "Effect": "Allow", "Action": ["iot:RetainPublish", "iot:Publish"], "Resource": arn("topic/a/*") });
    let kept = deny("iot:RetainPublish", "topic/a/kept");
    let found = of(&[both.clone(), kept]);
    assert_eq!(
        found[1],
        "allowed publish iot:RetainPublish a/*: except \"a/kept\", which statement 2 of \"lamps\" denies"
    );
    assert_eq!(of(&[both]), ["allowed publish a/*", "allowed publish iot:RetainPublish a/*"]);
}

#[test]
fn at_most_64_rights_are_listed() {
    let many: Vec<Value> = (0..200).map(|number| allow("iot:Publish", &format!("topic/{number}"))).collect();
    let rights = device(&many).rights(&RequestContext::default());
    assert!(rights.may.len() == 64 && rights.more);
    let few = device(&many[..64]).rights(&RequestContext::default());
    assert!(few.may.len() == 64 && !few.more);
}

/// The request that a right without wildcards stands for.
/// A Deny of all that is allowed leaves nothing, however its wildcards are ordered.
#[test]
fn a_deny_with_question_marks_covers_what_it_covers() {
    let with = |denied: &str| {
        of(&[allow("iot:Publish", "topic/lamps/?*"), deny("iot:Publish", &format!("topic/lamps/{denied}"))])
    };
    for denied in ["?*", "*?"] {
        let lines = with(denied);
        assert!(lines[0].starts_with("denied publish lamps/?*: "), "{denied}: {lines:?}");
    }
    let lines = with("??*");
    assert!(lines[0].starts_with("allowed publish lamps/?*: except "), "{lines:?}");
}

fn connect(device: &Device) -> jitp::access::Decision {
    device.can(&DeviceRequest::new(Verb::Connect, ""), &RequestContext::default())
}

/// A policy that was given is not called one that is not.
#[test]
fn a_policy_that_cannot_be_read_is_told_from_one_that_is_not_given() {
    let mut device = device(&[allow("iot:Connect", "client/lamp-1")]);
    let torn = read_policy("torn".into(), b"{", &TemplateOptions::default());
    device.policies.push(Arc::new(torn.policy));
    let reason = connect(&device).reason;
    assert!(reason.ends_with(r#", unless the policy "torn", which cannot be read, denies it."#), "{reason}");
    device.unseen.push("named".into());
    let decision = connect(&device);
    let both =
        r#", unless the policy "torn", which cannot be read, or the policy "named", which is not given, denies it."#;
    assert!(decision.reason.ends_with(both), "{}", decision.reason);
    assert_eq!((decision.answer, decision.missing.len()), (Answer::Unknown, 2));
    device.policies.pop();
    let reason = connect(&device).reason;
    assert!(reason.ends_with(r#", unless the policy "named", which is not given, denies it."#), "{reason}");
}

/// A pattern that is longer than a document may be is not compared: a Deny by it is open, and so is an Allow.
#[test]
fn patterns_beyond_the_length_of_a_document_are_not_compared() {
    let long = format!("client/{}", "*a".repeat(1_100));
    for (statements, expected) in [
        (vec![allow("iot:Connect", &long)], Answer::Unknown),
        (vec![allow("iot:Connect", "client/lamp-1"), deny("iot:Connect", &long)], Answer::Unknown),
        (vec![allow("iot:Connect", "client/*"), deny("iot:Connect", &"client/a".repeat(300))], Answer::Allowed),
        (vec![allow("iot:Connect", "client/lamp-1"), allow("iot:Connect", &long)], Answer::Allowed),
    ] {
        let decision = connect(&device(&statements));
        assert_eq!(decision.answer, expected, "{}", decision.reason);
        assert_eq!(decision.reason.contains("2,048 bytes"), expected == Answer::Unknown, "{}", decision.reason);
    }
}
