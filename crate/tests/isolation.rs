//! What a plan says of the device after its steps: whether it may act as another device, and its first minute.

mod support;

use jitp::access::{Answer, Decision, DeviceRequest, GivenCertificate, RequestContext, Verb};
use jitp::plan::{PolicyChanges, StepOutcome};
use jitp::{DryRunOptions, Flow, Plan, Template, TemplateOptions, Verdict};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:iot:eu-west-1:123456789012:";
const OWN: &str = "client/${iot:Connection.Thing.ThingName}";

fn allow(actions: &[&str], resources: &[&str]) -> Value {
    let resources: Vec<String> = resources.iter().map(|resource| [ARN, resource].concat()).collect();
    json!({ "Effect": "Allow", "Action": actions, "Resource": resources })
}

fn template_with(document: Value, thing: Value, status: &str) -> String {
    let parameter = json!({ "Type": "String" });
    json!({
        "Parameters": {
            "AWS::IoT::Certificate::CommonName": parameter,
            "AWS::IoT::Certificate::SerialNumber": parameter,
            "AWS::IoT::Certificate::Id": parameter,
        },
        "Resources": {
            "thing": { "Type": "AWS::IoT::Thing", "Properties": { "ThingName": thing } },
            "certificate": {
                "Type": "AWS::IoT::Certificate",
                "Properties": { "CertificateId": { "Ref": "AWS::IoT::Certificate::Id" }, "Status": status },
            },
            "policy": { "Type": "AWS::IoT::Policy", "Properties": { "PolicyDocument": document } },
        },
    })
    .to_string()
}

fn template(statements: &[Value]) -> String {
    let document = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    template_with(json!(document), json!({ "Ref": "AWS::IoT::Certificate::CommonName" }), "ACTIVE")
}

fn run(source: &str) -> Plan {
    let options = DryRunOptions { serial_number: jitp::SerialNumberReading::Subject, ..support::options() };
    Template::new(source).dry_run_subject("/O=Example GmbH/serialNumber=7/CN=lamp-1", &options)
}

fn plan(statements: &[Value]) -> Plan {
    run(&template(statements))
}

/// The first counterexample, `-` if the device is isolated, `?` if that is open; and the messages of the finding.
fn seen(plan: &Plan) -> (String, Vec<String>) {
    assert_eq!(plan.verdict, Verdict::Provisions, "{}", plan.summary);
    let isolation = plan.access.as_ref().and_then(|access| access.isolation.as_ref()).expect("two devices");
    assert_eq!(&*isolation.other, "lamp-2");
    let word = match (isolation.may, &isolation.counterexample) {
        (Answer::Allowed, Some(example)) => example.sentence.clone(),
        (Answer::Denied, None) => "-".to_owned(),
        (Answer::Unknown, None) => "?".to_owned(),
        other => panic!("{other:?}"),
    };
    let found = plan.diagnostics.iter().filter(|found| found.code == "JITP108");
    (word, found.map(|found| found.message.clone()).collect())
}

#[test]
fn a_wildcard_over_the_neighbour_is_found() {
    for (statements, sentence) in [
        (
            vec![
                allow(&["iot:Connect"], &[OWN]),
                allow(&["iot:Publish"], &["topic/lamps/${iot:Connection.Thing.ThingName}/state"]),
                allow(&["iot:Publish"], &["topic/lamps/*"]),
            ],
            "lamp-1 may publish to lamps/lamp-2/state, by statement 3 of \"policy\".",
        ),
        (
            vec![
                allow(&["iot:Connect"], &[OWN]),
                allow(&["iot:Publish"], &["topic/lamps/${iot:Certificate.Subject.CommonName}/state"]),
                allow(&["iot:Subscribe"], &["topicfilter/lamps/*"]),
                allow(&["iot:Receive"], &["topic/lamps/*"]),
            ],
            "lamp-1 may subscribe to lamps/lamp-2/state, by statement 3 of \"policy\".",
        ),
        // MQTT's wildcard is a plain character of the policy, and one of the subscription.
        (
            vec![
                allow(&["iot:Connect"], &[OWN]),
                allow(&["iot:Publish"], &["topic/lamps/${iot:ClientId}/state"]),
                allow(&["iot:Subscribe"], &["topicfilter/lamps/+/state"]),
                allow(&["iot:Receive"], &["topic/lamps/*"]),
            ],
            "lamp-1 may receive from lamps/lamp-2/state by subscribing to lamps/+/state, by statement 3 of \"policy\".",
        ),
        (
            vec![allow(&["iot:Connect"], &["client/lamp-*"])],
            "lamp-1 may connect as lamp-2, by statement 1 of \"policy\".",
        ),
        // The certificate's own serial number and other values differ, too.
        (
            vec![
                allow(&["iot:Connect"], &[OWN]),
                allow(&["iot:Publish"], &["topic/n/${iot:Certificate.Subject.SerialNumber}", "topic/n/?"]),
            ],
            "lamp-1 may publish to n/8, by statement 2 of \"policy\".",
        ),
    ] {
        let plan = plan(&statements);
        let (word, messages) = seen(&plan);
        assert_eq!(word, sentence);
        assert_eq!(messages, [format!("This device may act as another one: {sentence}")]);
        let found = plan.diagnostics.iter().find(|found| found.code == "JITP108").expect("a finding");
        let place = plan.access.as_ref().expect("access").isolation.clone().and_then(|found| found.counterexample);
        assert_eq!(found.span, place.and_then(|example| example.statement).and_then(|place| place.span));
        assert!(found.span.is_some());
    }
}

#[test]
fn what_is_a_devices_own_or_shared_is_no_fault() {
    for statements in [
        // By the thing's name, by the common name, and by the client ID if connecting is limited to the thing's name.
        vec![
            allow(&["iot:Connect"], &[OWN]),
            allow(&["iot:Publish", "iot:Receive"], &["topic/lamps/${iot:Connection.Thing.ThingName}/*"]),
            allow(&["iot:Subscribe"], &["topicfilter/lamps/${iot:Connection.Thing.ThingName}/*"]),
        ],
        vec![
            allow(&["iot:Connect"], &["client/${iot:Certificate.Subject.CommonName}"]),
            allow(&["iot:Publish"], &["topic/lamps/${iot:Certificate.Subject.CommonName}/*"]),
        ],
        vec![allow(&["iot:Connect"], &[OWN]), allow(&["iot:Publish"], &["topic/lamps/${iot:ClientId}/*"])],
        // Topics that all share, beside the device's own.
        vec![
            allow(&["iot:Connect"], &[OWN]),
            allow(&["iot:Publish"], &["topic/lamps/${iot:ClientId}/state"]),
            allow(&["iot:Subscribe"], &["topicfilter/lamps/all/*"]),
            allow(&["iot:Receive"], &["topic/lamps/all/*"]),
        ],
        // A subscription without delivery.
        vec![
            allow(&["iot:Connect"], &[OWN]),
            allow(&["iot:Publish"], &["topic/lamps/${iot:ClientId}/state"]),
            allow(&["iot:Subscribe"], &["topicfilter/lamps/*"]),
        ],
        // A Deny of all but the own.
        vec![
            allow(&["iot:Connect"], &[OWN]),
            allow(&["iot:Publish"], &["topic/lamps/*"]),
            json!({
                "Effect": "Deny", "Action": "iot:Publish",
                "NotResource": (&[ARN, "topic/lamps/${iot:Connection.Thing.ThingName}/*"].concat()),
            }),
        ],
    ] {
        let plan = plan(&statements);
        assert_eq!(seen(&plan), ("-".to_owned(), Vec::new()), "{}", json!(statements));
    }
}

#[test]
fn what_the_audit_reports_is_reported_once() {
    // The client ID of anybody: the audit's own example.
    let audited = plan(&[
        allow(&["iot:Connect"], &["client/${iot:ClientId}"]),
        allow(&["iot:Publish"], &["topic/lamps/${iot:ClientId}/*"]),
    ]);
    let (word, messages) = seen(&audited);
    assert_eq!(word, "lamp-1 may connect as lamp-2, by statement 1 of \"policy\".");
    assert_eq!(messages, Vec::<String>::new());
    assert!(audited.diagnostics.iter().any(|found| found.code == "JITP098"));
    // Another statement has a fault of its own.
    let both = plan(&[
        allow(&["iot:Connect"], &["client/*"]),
        allow(&["iot:Publish"], &["topic/lamps/${iot:Connection.Thing.ThingName}/x"]),
        allow(&["iot:Publish"], &["topic/lamps/*"]),
    ]);
    let (word, messages) = seen(&both);
    assert!(word.contains("statement 1") && messages.len() == 1 && messages[0].contains("statement 3"), "{messages:?}");
}

#[test]
fn commands_to_the_neighbour_are_found() {
    let commands = |topic: &str| {
        seen(&plan(&[
            allow(&["iot:Connect"], &[OWN]),
            allow(&["iot:Publish"], &[topic]),
            allow(&["iot:Subscribe"], &["topicfilter/lamps/${iot:Connection.Thing.ThingName}/cmd"]),
            allow(&["iot:Receive"], &["topic/lamps/${iot:Connection.Thing.ThingName}/cmd"]),
        ]))
        .0
    };
    assert_eq!(commands("topic/lamps/*"), "lamp-1 may publish to lamps/lamp-2/cmd, by statement 2 of \"policy\".");
    assert_eq!(commands("topic/lamps/${iot:Connection.Thing.ThingName}/*"), "-");
}

#[test]
fn an_open_condition_leaves_isolation_open() {
    let mut wide = allow(&["iot:Connect"], &["client/lamp-*"]);
    wide["Condition"] = json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } });
    assert_eq!(seen(&plan(&[wide])), ("?".to_owned(), Vec::new()));
}

#[test]
fn a_document_that_cannot_be_read_leaves_isolation_open() {
    let source = template(&[]);
    let mut named: Value = serde_json::from_str(&source).expect("a template");
    named["Resources"]["policy"]["Properties"] = json!({ "PolicyName": "fence" });
    let may = |document: &str| {
        let policies = vec![("fence".into(), document.into())];
        let options = DryRunOptions { policies, ..support::options() };
        let plan = Template::new(named.to_string()).dry_run_subject("/serialNumber=7/CN=lamp-1", &options);
        plan.access.expect("access").isolation.map(|isolation| isolation.may)
    };
    assert_eq!(may("{\"Version\": \"2012-10-17\", \"Statement\": ["), Some(Answer::Unknown));
    let deny = json!({ "Effect": "Deny", "Action": "iot:*", "Resource": "*" });
    assert_eq!(may(&json!({ "Version": "2012-10-17", "Statement": [deny] }).to_string()), Some(Answer::Denied));
}

#[test]
fn devices_without_different_things_are_not_compared() {
    let document =
        json!({ "Version": "2012-10-17", "Statement": [allow(&["iot:Connect"], &["client/*"])] }).to_string();
    let plan = run(&template_with(json!(document), json!("all-lamps"), "ACTIVE"));
    assert_eq!(plan.access.expect("access").isolation, None);
}

#[test]
fn a_document_that_a_function_makes_is_evaluated_for_the_neighbour() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:Connect",
        "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${AWS::IoT::Certificate::CommonName}"}]}"#;
    let named = json!({ "Ref": "AWS::IoT::Certificate::CommonName" });
    let own = run(&template_with(json!({ "Fn::Sub": text }), named.clone(), "ACTIVE"));
    assert_eq!(seen(&own), ("-".to_owned(), Vec::new()));
    let wide = text.replace("client/${AWS::IoT::Certificate::CommonName}", "client/lamp-*");
    let wide = run(&template_with(json!({ "Fn::Sub": wide }), named, "ACTIVE"));
    let (word, messages) = seen(&wide);
    assert!(word.starts_with("lamp-1 may connect as lamp-2") && messages.len() == 1, "{word} {messages:?}");
}

/// Each moment: its title, and a letter for its outcome.
fn moments(plan: &Plan) -> Vec<String> {
    let access = plan.access.as_ref().expect("access");
    let letter = |outcome| match outcome {
        StepOutcome::Done => "done",
        StepOutcome::Failed => "failed",
        StepOutcome::Skipped => "skipped",
        StepOutcome::Unknown => "unknown",
    };
    assert!(access.first_minute.len() <= 6);
    access.first_minute.iter().map(|moment| format!("{} {}", letter(moment.outcome), moment.title)).collect()
}

#[test]
fn the_first_minute_goes_by_the_rights() {
    let plan = plan(&[
        allow(&["iot:Connect"], &[OWN]),
        allow(&["iot:Publish"], &["topic/lamps/${iot:Connection.Thing.ThingName}/*"]),
        allow(&["iot:Subscribe"], &["topicfilter/lamps/${iot:Connection.Thing.Attributes[hall]}/cmd"]),
    ]);
    assert_eq!(
        moments(&plan),
        [
            "done The first connection is dropped",
            "done The device connects again",
            "done CONNECT",
            "failed SUBSCRIBE",
            "done PUBLISH",
            "skipped A message arrives",
        ]
    );
    let access = plan.access.expect("access");
    let failed = &access.first_minute[3];
    assert!(failed.detail.contains("no attribute \"hall\""), "{}", failed.detail);
    for word in ["SUBACK", "Subscribe.AuthError", "set-v2-logging-options", "CloudTrail"] {
        assert!(failed.seen.iter().any(|line| line.contains(word)), "{word}");
    }
    assert_eq!(access.first_minute[4].detail, "Allowed: lamps/lamp-1/*.");
    assert!(access.may.iter().any(|right| right.verb == Verb::Publish && right.resource == "lamps/lamp-1/*"));
}

#[test]
fn the_first_minute_ends_at_the_connection_that_is_refused() {
    let refused = plan(&[allow(&["iot:Connect"], &["client/door-1"]), allow(&["iot:Publish"], &["topic/a"])]);
    assert_eq!(
        moments(&refused)[2..],
        ["failed CONNECT", "skipped SUBSCRIBE", "skipped PUBLISH", "skipped A message arrives"]
    );
    let connect = &refused.access.as_ref().expect("access").first_minute[2];
    assert!(connect.seen.iter().any(|line| line.contains("Connect.AuthError")));
    let document = json!({ "Version": "2012-10-17", "Statement": [allow(&["iot:Connect"], &[OWN])] }).to_string();
    let named = json!({ "Ref": "AWS::IoT::Certificate::CommonName" });
    let inactive = run(&template_with(json!(document), named, "INACTIVE"));
    assert_eq!(moments(&inactive)[1], "failed The device connects again");
}

#[test]
fn calls_and_other_flows_have_moments_of_their_own() {
    let calls = plan(&[allow(&["iot:AssumeRoleWithCertificate"], &["rolealias/lamps"])]);
    assert_eq!(moments(&calls)[2..], ["done HTTPS calls"]);
    let source =
        template(&[allow(&["iot:Connect"], &["client/lamp-1"])]).replace("AWS::IoT::Certificate::CommonName", "Name");
    let source =
        source.replace("AWS::IoT::Certificate::SerialNumber", "Serial").replace("AWS::IoT::Certificate::Id", "Number");
    let options = TemplateOptions { flow: Flow::RegisterThing, ..TemplateOptions::default() };
    let given = ["Name", "Serial", "Number"].map(|name| (name.into(), "lamp-1".into())).to_vec();
    let run = DryRunOptions { parameters: given, ..support::options() };
    let plan = Template::with_options(&source, &options).dry_run(b"", &run);
    assert_eq!(moments(&plan)[0], "done CONNECT", "{}", plan.summary);
}

/// A client ID with a value that only the certificate tells can be the one that a Deny names.
#[test]
fn a_deny_of_a_client_id_that_is_known_in_part_stays_open() {
    let own = allow(&["iot:Connect"], &[OWN]);
    let deny = |key: &str, names: &[&str], condition: Value| {
        let names: Vec<String> = names.iter().map(|name| [ARN, name].concat()).collect();
        json!({ "Effect": "Deny", "Action": "iot:Connect", key: names, "Condition": condition })
    };
    let answer = |deny: Value| {
        let document = json!({ "Version": "2012-10-17", "Statement": [own, deny] }).to_string();
        let thing = json!({ "Fn::Join": ["-", ["lamp", { "Ref": "AWS::IoT::Certificate::Id" }]] });
        let source = template_with(json!(document), thing, "ACTIVE");
        let access = run(&source).access.expect("access");
        assert_eq!(access.connect, asked(&source, &DeviceRequest::new(Verb::Connect, "")));
        let seen = (access.connects, access.connect.statement.as_ref().map(|place| place.statement));
        assert_eq!(access.connect.reason.contains("unless statement 2 of"), seen.0 == Answer::Unknown);
        assert_eq!(access.connect.missing.len(), usize::from(seen.0 == Answer::Unknown), "{:?}", access.connect);
        seen
    };
    let (open, allowed) = ((Answer::Unknown, Some(2)), (Answer::Allowed, Some(1)));
    assert_eq!(answer(deny("Resource", &["client/lamp-0f"], json!({}))), open);
    assert_eq!(answer(deny("Resource", &["client/desk-0f"], json!({}))), allowed);
    assert_eq!(answer(deny("Resource", &["client/${iot:Connection.Thing.ThingName}-2"], json!({}))), allowed);
    assert_eq!(answer(deny("NotResource", &[OWN], json!({}))), allowed);
    assert_eq!(answer(deny("NotResource", &["client/lamp-*"], json!({}))), allowed);
    let equals = |operator: &str, value: &str| json!({ operator: { "iot:ClientId": value } });
    assert_eq!(answer(deny("Resource", &["client/*"], equals("StringEquals", "lamp-0f"))), open);
    let itself = equals("StringNotEquals", "${iot:Connection.Thing.ThingName}");
    assert_eq!(answer(deny("Resource", &["client/*"], itself)), allowed);
}

/// The answer to a device by its subject alone.
fn asked(source: &str, request: &DeviceRequest) -> Decision {
    let options = DryRunOptions { serial_number: jitp::SerialNumberReading::Subject, ..support::options() };
    let subject = GivenCertificate::Subject("/O=Example GmbH/serialNumber=7/CN=lamp-1".to_owned());
    let device = Template::new(source).provisioned(&subject, &options, &PolicyChanges::default());
    device.can(request, &RequestContext::default())
}

#[test]
fn what_rests_on_a_value_that_is_not_known_stays_open() {
    let template = |statements: &[Value]| {
        let document = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        template_with(
            json!(document),
            json!({ "Fn::Join": ["-", ["lamp", { "Ref": "AWS::IoT::Certificate::Id" }]] }),
            "ACTIVE",
        )
    };
    let connect = |deny: Value| {
        asked(&template(&[allow(&["iot:Connect"], &[OWN]), deny]), &DeviceRequest::new(Verb::Connect, "")).answer
    };
    let deny = |key: &str, name: &str, condition: Value| {
        let name = [ARN, name].concat();
        json!({ "Effect": "Deny", "Action": "iot:Connect", key: name, "Condition": condition })
    };
    assert_eq!(connect(deny("NotResource", "client/lamp-0f", json!({}))), Answer::Unknown);
    let not = json!({ "StringNotEquals": { "iot:ClientId": "lamp-0f" } });
    assert_eq!(connect(deny("Resource", "client/*", not)), Answer::Unknown);
    assert_eq!(connect(deny("Resource", "client/lamp-*", json!({}))), Answer::Denied);
    assert_eq!(connect(deny("Resource", OWN, json!({}))), Answer::Denied);
    // A topic with the name in it, and one without.
    let own = [
        allow(&["iot:Publish"], &["topic/lamps/${iot:Connection.Thing.ThingName}"]),
        allow(&["iot:Receive"], &["topic/all"]),
    ];
    let publish = |verb, topic: &str| asked(&template(&own), &DeviceRequest::new(verb, topic)).answer;
    assert_eq!(publish(Verb::Publish, "lamps/lamp-0f"), Answer::Unknown);
    assert_eq!(publish(Verb::Publish, "lamps/lamp-<certificate ID>"), Answer::Allowed);
    assert_eq!(publish(Verb::Receive, "lamps/lamp-0f"), Answer::Denied);
}
