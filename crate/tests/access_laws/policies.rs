//! Random policies, contexts and requests for the laws of access.

use crate::support::dice::Dice;
use jitp::access::{DeviceRequest, RequestContext, Verb};
use serde_json::{Value, json};

/// The Region and account that requests are made in. Policies name others, too.
pub const REGION: &str = "eu-west-1";
pub const ACCOUNT: &str = "444455556666";

fn one<'l>(dice: &mut Dice, list: &[&'l str]) -> &'l str {
    list[dice.roll(list.len())]
}

fn chance(dice: &mut Dice, percent: usize) -> bool {
    dice.roll(100) < percent
}

fn list(dice: &mut Dice, mut make: impl FnMut(&mut Dice) -> String) -> Value {
    match dice.roll(3) {
        0 => Value::from(make(dice)),
        _ => (0..=dice.roll(3)).map(|_| make(dice)).collect(),
    }
}

/// A name in a topic, a client ID or a topic filter. Variables among them have a value, or none, or one that nobody gives.
fn name(dice: &mut Dice) -> String {
    let parts = [
        "lamps",
        "lamp-7",
        "lamp-8",
        "state",
        "+",
        "#",
        "*",
        "l*",
        "lamp-?",
        "?",
        "${*}",
        "$aws",
        "${iot:ClientId}",
        "${iot:Connection.Thing.ThingName}",
        "${iot:Connection.Thing.Attributes[site]}",
        "${iot:Connection.Thing.Attributes[absent]}",
        "${iot:Certificate.Subject.CommonName}",
        "${iot:Certificate.Subject.Country.1}",
        "${iot:Certificate.Issuer.CommonName}",
        "${iot:CertificateId}",
        "${iot:DomainName}",
        "${aws:SourceIp}",
        "${iot:clientId}",
        "$(*)",
        "${",
    ];
    (0..=dice.roll(3)).map(|_| one(dice, &parts)).collect::<Vec<_>>().join("/")
}

fn resource(dice: &mut Dice) -> String {
    let kind = one(dice, &["client", "topic", "topicfilter", "thing", "rolealias", "*"]);
    let [region, account] = [("eu-west-2", REGION), ("111122223333", ACCOUNT)].map(|(other, own)| match dice.roll(8) {
        0 => "*",
        1 => other,
        _ => own,
    });
    match dice.roll(12) {
        0 => "*".to_owned(),
        1 => one(
            dice,
            &[
                "topic/a",
                "arn:aws:iot:*",
                "arn:aws:iot:*:topic/lamps",
                "arn:aws:s3:::bucket",
                "arn:aws:iot:eu-west-1:*",
                "",
            ],
        )
        .to_owned(),
        _ => format!("arn:aws:iot:{region}:{account}:{kind}/{}", name(dice)),
    }
}

fn action(dice: &mut Dice) -> String {
    one(
        dice,
        &[
            "iot:Connect",
            "iot:Publish",
            "iot:Subscribe",
            "iot:Receive",
            "iot:*",
            "*",
            "iot:Pub*",
            "iot:publish",
            "iot:?eceive",
            "iot:GetThingShadow",
            "iot:RetainPublish",
            "Connect",
        ],
    )
    .to_owned()
}

fn condition(dice: &mut Dice) -> (String, String, Value) {
    let quantifier = one(dice, &["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let exists = one(dice, &["", "", "IfExists"]);
    let (operator, keys, values): (&str, &[&str], &[&str]) = match dice.roll(8) {
        0 => ("IpAddress", &["aws:SourceIp"], &["10.0.0.0/8", "192.0.2.0/24", "no address"]),
        1 => ("NotIpAddress", &["aws:SourceIp"], &["10.0.0.0/8"]),
        2 => ("DateLessThan", &["aws:CurrentTime"], &["2027-01-01T00:00:00Z", "never"]),
        3 => ("Bool", &["iot:Connection.Thing.IsAttached", "aws:SecureTransport"], &["true", "false"]),
        4 => ("NumericGreaterThan", &["example:Load"], &["7", "many"]),
        5 => (
            "Null",
            &["iot:DomainName", "iot:Certificate.Subject.Country", "iot:ConnectAttributes"],
            &["true", "false"],
        ),
        6 => (
            "ArnLike",
            &["iot:LastWillTopic"],
            &["arn:aws:iot:*:*:topic/lamps/*", "arn:aws:iot:eu-west-1:444455556666:topic/lamps/gone", "lamps"],
        ),
        _ => (
            one(
                dice,
                &[
                    "StringEquals",
                    "StringNotEquals",
                    "StringLike",
                    "StringNotLike",
                    "StringEqualsIgnoreCase",
                    "Strange",
                ],
            ),
            &[
                "iot:DomainName",
                "iot:Certificate.Subject.CommonName",
                "iot:Certificate.Subject.Country.List",
                "iot:ConnectAttributes",
                "iot:Connection.Thing.ThingTypeName",
            ],
            &["lamp-7", "l*", "DE", "LastWill", "PersistentConnect", "${iot:ClientId}", "${iot:DomainName}", "lamp"],
        ),
    };
    let values = list(dice, |dice| one(dice, values).to_owned());
    (format!("{quantifier}{operator}{exists}"), one(dice, keys).to_owned(), values)
}

/// A statement with this effect.
pub fn statement(dice: &mut Dice, effect: &str) -> Value {
    let mut statement = json!({ "Effect": effect });
    let key = |dice: &mut Dice, plain: &str| if chance(dice, 12) { format!("Not{plain}") } else { plain.to_owned() };
    let actions = key(dice, "Action");
    statement[actions] = list(dice, action);
    let resources = key(dice, "Resource");
    statement[resources] = list(dice, resource);
    if chance(dice, 40) {
        let mut conditions = json!({});
        for _ in 0..=dice.roll(2) {
            let (operator, key, values) = condition(dice);
            conditions[operator][key] = values;
        }
        statement["Condition"] = conditions;
    }
    statement
}

/// The statements of a policy, one to four.
pub fn statements(dice: &mut Dice) -> Vec<Value> {
    (0..=dice.roll(4))
        .map(|_| {
            let effect = if chance(dice, 70) { "Allow" } else { "Deny" };
            statement(dice, effect)
        })
        .collect()
}

/// A document with these statements.
pub fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// Something that a device asks for.
pub fn request(dice: &mut Dice) -> DeviceRequest {
    let parts = ["lamps", "lamp-7", "lamp-8", "state", "$aws", "*", "+", "#"];
    let name = (0..=dice.roll(3)).map(|_| one(dice, &parts)).collect::<Vec<_>>().join("/");
    match dice.roll(6) {
        0 | 1 => DeviceRequest::new(Verb::Connect, ""),
        2 => DeviceRequest::new(Verb::Subscribe, name),
        3 => DeviceRequest::new(Verb::Receive, name),
        4 => DeviceRequest::call(action(dice), format!("thing/{name}")),
        _ => DeviceRequest { retain: chance(dice, 20), ..DeviceRequest::new(Verb::Publish, name) },
    }
}

/// How it asks: some of the values that conditions ask for are missing.
pub fn context(dice: &mut Dice) -> RequestContext {
    let mut context = RequestContext { clean_session: chance(dice, 70), ..RequestContext::default() };
    if chance(dice, 30) {
        context.client_id = Some(one(dice, &["lamp-8", "gateway"]).to_owned());
    }
    if chance(dice, 30) {
        context.will_topic = Some("lamps/gone".to_owned());
    }
    for key in KEYS {
        if chance(dice, 50) {
            context.values.push((key.to_owned(), vec![value(dice, key)]));
        }
    }
    context
}

const KEYS: [&str; 5] = ["aws:SourceIp", "aws:CurrentTime", "aws:SecureTransport", "example:Load", "iot:DomainName"];

/// A value for a key that a condition or a variable asks for.
pub fn value(dice: &mut Dice, key: &str) -> String {
    match key {
        "aws:SourceIp" => one(dice, &["10.1.2.3", "192.0.2.44"]),
        "aws:CurrentTime" => one(dice, &["2026-11-23T12:00:00Z", "2028-01-01T00:00:00Z"]),
        "aws:SecureTransport" => one(dice, &["true", "false"]),
        "example:Load" => one(dice, &["3", "12.5"]),
        _ => one(dice, &["lamp-7", "mqtt.example.com"]),
    }
    .to_owned()
}
