//! Rights and requests are judged as one.

use super::common::*;
use jitp::access::{Answer, DeviceRequest, RequestContext, Verb};
use proptest::prelude::*;
use serde_json::{Value, json};

fn request(right: &jitp::access::AccessRight) -> (DeviceRequest, RequestContext) {
    let mut context = RequestContext::default();
    let request = match right.verb {
        Verb::Connect => {
            context.client_id = Some(right.resource.clone());
            DeviceRequest::new(Verb::Connect, "")
        }
        Verb::Call => DeviceRequest::call(right.action, &*right.resource),
        verb => {
            DeviceRequest { retain: right.action == "iot:RetainPublish", ..DeviceRequest::new(verb, &*right.resource) }
        }
    };
    (request, context)
}

fn statement() -> impl Strategy<Value = Value> {
    const ACTIONS: [&str; 9] = [
        "iot:Connect",
        "iot:Publish",
        "iot:Subscribe",
        "iot:Receive",
        "iot:*",
        "iot:RetainPublish",
        "iot:GetThingShadow",
        "iot:*Publish",
        "iot:ListNamedShadowsForThing",
    ];
    const KINDS: [&str; 5] = ["topic/", "topicfilter/", "client/", "thing/", "topic"];
    const PIECES: [&str; 10] = [
        "a",
        "b/",
        "*",
        "?",
        "+",
        "lamp-1",
        "${iot:Connection.Thing.ThingName}",
        "${iot:ClientId}",
        "${iot:Connection.Thing.Attributes[star]}",
        "${iot:Connection.Thing.Attributes[none]}",
    ];
    let resource = (prop::sample::select(&KINDS[..]), prop::collection::vec(prop::sample::select(&PIECES[..]), 1..4))
        .prop_map(|(kind, pieces)| arn(&[kind, &pieces.concat()].concat()));
    let resource = prop_oneof![9 => resource, 1 => Just("*".to_owned())];
    let condition = prop_oneof![
        6 => Just(json!({})),
        1 => Just(json!({ "StringEquals": { "iot:ClientId": "lamp-1" } })),
        1 => Just(json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } })),
    ];
    let texts = prop::collection::vec(resource, 1..3);
    (any::<bool>(), prop::sample::select(&ACTIONS[..]), texts, condition, 0..9).prop_map(
        |(allows, action, resources, condition, not)| {
            let key = if not == 0 { "NotResource" } else { "Resource" };
            let effect = if allows { "Allow" } else { "Deny" };
            json!({ "Effect": effect, "Action": action, key: resources, "Condition": condition })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// One judgement: a right without wildcards is what the evaluator says of that request. One with wildcards that is allowed without an
    /// exception is allowed for each request that it stands for, and one that is denied is denied for each unless another right allows it.
    #[test]
    fn rights_and_requests_agree(statements in prop::collection::vec(statement(), 1..5), fill in "[ab/]{0,2}") {
        let device = device(&statements);
        for right in device.rights(&RequestContext::default()).may {
            let text = &right.resource;
            // `topic*a` is also topics of which the wildcard takes the slash of the type only.
            if text.starts_with("everything but") || text.contains("${iot:") || text.starts_with("topic*") {
                continue;
            }
            let literal = text.replace("${*}", "\u{1}").replace("${?}", "\u{2}");
            let is_plain = !literal.contains(['*', '?']);
            if right.verb == Verb::Call && text == "*" {
                continue;
            }
            let concrete = literal.replace('*', &fill).replace('?', "a").replace('\u{1}', "*").replace('\u{2}', "?");
            let (request, context) = request(&jitp::access::AccessRight { resource: concrete, ..right.clone() });
            if !is_plain && (right.answer != Answer::Allowed || right.reason.is_some()) {
                continue;
            }
            let decision = device.can(&request, &context);
            prop_assert_eq!(decision.answer, right.answer, "{:?} {:?}", right, request);
            if is_plain && right.answer != Answer::Allowed {
                prop_assert_eq!(Some(decision.reason), right.reason);
            }
        }
    }
}
