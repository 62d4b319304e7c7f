//! Policy documents that are built to take long: twice as much of each takes about twice as long.

mod support;

use jitp::Template;
use support::doubling::{Case, assert_linear};
use support::{certificate, options};

/// A piece with its number, again and again, up to so many bytes.
fn many(bytes: usize, between: &str, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut at = 0;
    while text.len() < bytes {
        text.push_str(if at == 0 { "" } else { between });
        text.push_str(&piece(at));
        at += 1;
    }
    text
}

/// A template that carries this policy document.
fn template(document: &str) -> Vec<u8> {
    let document = serde_json::to_string(document).expect("a string");
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::CommonName": {{"Type": "String"}}}}, "Resources": {{
        "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::CommonName"}}, "AttributePayload": {{"site": "a"}}}}}},
        "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}}}}},
        "policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": {document}}}}}}}}}"#
    )
    .into_bytes()
}

/// A template whose policy has one statement with these members.
fn statement(members: &str) -> Vec<u8> {
    template(&format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#))
}

/// A statement that allows publishing on a topic.
fn resource(topic: &str) -> Vec<u8> {
    statement(&format!(
        r#""Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/{topic}""#
    ))
}

/// A statement with these resources.
fn resources(effect: &str, action: &str, list: &str) -> Vec<u8> {
    statement(&format!(r#""Effect": "{effect}", "Action": "{action}", "Resource": [{list}]"#))
}

fn condition(inside: &str) -> Vec<u8> {
    statement(&format!(r#""Effect": "Allow", "Action": "iot:Connect", "Resource": "*", "Condition": {{{inside}}}"#))
}

fn context(text: &[u8]) {
    let template = Template::new(std::str::from_utf8(text).expect("UTF-8"));
    assert_eq!(template.dry_run(&certificate("full"), &options()).steps.len(), 6);
}

macro_rules! cases {
    ($($name:literal, $build:expr;)*) => {
        &[$(Case { name: $name, input: |bytes| { let build: fn(usize) -> Vec<u8> = $build; build(bytes) }, work: context }),*]
    };
}

#[test]
fn variables_and_leftovers() {
    assert_linear(cases! {
        "one variable", |n| resource(&"${iot:X}".repeat(n / 8));
        "a variable that is known", |n| resource(&"${iot:ClientId}/".repeat(n / 16));
        "many variables", |n| resource(&many(n, "", |at| format!("${{v{at}}}")));
        "many near variables", |n| resource(&many(n, "/", |at| format!("${{iot:Certificate.Subject.CommonNam.{}}}", at % 1000)));
        "attributes of the thing", |n| resource(&many(n, "/", |at| format!("${{iot:Connection.Thing.Attributes[site{at}]}}")));
        "variables of the certificate", |n| resource(&many(n, "/", |at| format!("${{iot:Certificate.Subject.Title.{}}}", at % 1000)));
        "default values", |n| resource(&"${iot:ClientId, 'a'}/".repeat(n / 21));
        "open variables", |n| resource(&"${".repeat(n / 2));
        "open variables before the resource", |n| resources("Allow", "iot:Publish", &format!("\"arn:{}\"", "${a".repeat(n / 3)));
        "escapes of Fn::Sub", |n| resource(&"${!iot:ClientId}/".repeat(n / 17));
        "placeholders", |n| resource(&"{{a}}/%s/$(b)/$C/".repeat(n / 17));
        "open placeholders", |n| resource(&"{{a$(b#{%{%(<%".repeat(n / 14));
        "open {{", |n| resource(&"{{".repeat(n / 2));
        "open $(", |n| resource(&"$(".repeat(n / 2));
        "open <%", |n| resource(&"<%".repeat(n / 2));
        "open #{", |n| resource(&"#{".repeat(n / 2));
        "open %{", |n| resource(&"%{".repeat(n / 2));
        "open %(", |n| resource(&"%(".repeat(n / 2));
        "open $${", |n| resource(&"$${".repeat(n / 3));
        "open {", |n| resource(&"{a".repeat(n / 2));
        "levels that are wildcards", |n| resource(&"+/".repeat(n / 2));
        "escapes between variables", |n| resource(&"\\u0041${iot:X}".repeat(n / 14));
        "a variable in an action", |n| statement(&format!(r#""Effect": "Allow", "Resource": "*", "Action": "{}""#, "${a}".repeat(n / 4)));
    });
}

/// A template whose policy document is composed.
fn composed(function: &str) -> Vec<u8> {
    let text = String::from_utf8(template("@")).expect("UTF-8");
    text.replace("\"@\"", function).into_bytes()
}

#[test]
fn documents_that_functions_make() {
    assert_linear(cases! {
        "pieces of Fn::Join", |n| composed(&format!(
            r#"{{"Fn::Join": ["", ["{{\"Version\": \"2012-10-17\", \"Statement\": [", {}, "]}}"]]}}"#,
            many(n, ",", |at| format!(r#""{}{{\"Effect\": \"Allow\", \"Action\": \"iot:Pubish\", \"Resource\": \"*\"}}""#, if at == 0 { "" } else { "," }))
        ));
        "variables of Fn::Sub", |n| composed(&format!(r#"{{"Fn::Sub": "{}"}}"#, "${AWS::IoT::Certificate::CommonName}${!iot:X}".repeat(n / 50)));
        "parts of Fn::Split", |n| composed(&format!(r#"{{"Fn::Join": ["", {{"Fn::Split": ["a", {{"Fn::Join": ["a", [{}]]}}]}}]}}"#, many(n, ",", |_| "\"a\"".to_owned())));
        "functions of an object", |n| composed(&format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "iot:Publish", "Resource": [{}]}}]}}"#,
            many(n, ",", |_| r#"{"Ref": "AWS::IoT::Certificate::CommonName"}"#.to_owned())
        ));
    });
}

#[test]
fn actions_and_resources() {
    assert_linear(cases! {
        "misspelled actions", |n| statement(&format!(r#""Effect": "Allow", "Resource": "*", "Action": [{}]"#, many(n, ",", |at| format!("\"iot:Pub{at}ish\""))));
        "actions with the old prefix", |n| statement(&format!(r#""Effect": "Allow", "Resource": "*", "Action": [{}]"#, many(n, ",", |_| "\"iot:UpdateJobExecution\"".to_owned())));
        "wildcards in an action", |n| statement(&format!(r#""Effect": "Allow", "Resource": "*", "Action": "iot:{}""#, "*a".repeat(n / 2)));
        "question marks in an action", |n| statement(&format!(r#""Effect": "Allow", "Resource": "*", "Action": "{}""#, "*?".repeat(n / 2)));
        "wildcards in a resource", |n| resource(&"*a".repeat(n / 2));
        "resources without actions", |n| resources("Allow", "iot:Connect", &many(n, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topic/{at}\"")));
        "resources of many accounts", |n| resources("Allow", "iot:Connect", &many(n, ",", |at| format!("\"arn:aws:iot:eu-west-1:{at:012}:client/a\"")));
        "denied in many accounts", |n| resources("Deny", "iot:Connect", &many(n, ",", |at| format!("\"arn:aws:iot:eu-west-1:{at:012}:client/a\"")));
        "no ARNs", |n| resources("Allow", "iot:Connect", &many(n, ",", |at| format!("\"client/{at}\"")));
        "empty names", |n| resources("Allow", "iot:Connect", &many(n, ",", |_| "\"arn:aws:iot:eu-west-1:123456789012:client/\"".to_owned()));
        "wildcards that are denied", |n| resources("Deny", "iot:Subscribe", &many(n, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topicfilter/{at}/#\"")));
        "levels of a filter that is denied", |n| template(&format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "iot:*", "Resource": "*"}},
            {{"Effect": "Deny", "Action": "iot:Subscribe", "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/{}"}}]}}"#,
            "a/".repeat(n / 2)
        ));
        "subscriptions without iot:Receive", |n| statement(&format!(
            r#""Effect": "Allow", "Action": [{}], "Resource": ["arn:aws:iot:eu-west-1:123456789012:topicfilter/a"]"#,
            many(n, ",", |_| "\"iot:Subscribe\"".to_owned())
        ));
        "filters without iot:Receive", |n| resources("Allow", "iot:Subscribe", &many(n, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topicfilter/{at}/+\"")));
        "statements without iot:Receive", |n| template(&format!(
            r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
            many(n, ",", |at| format!(r#"{{"Effect": "Allow", "Action": "iot:Subscribe", "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/{at}"}}"#))
        ));
        "exceptions", |n| statement(&format!(
            r#""Effect": "Deny", "Action": "iot:Publish", "NotResource": [{}], "Condition": {{"Null": {{{}}}}}"#,
            many(n / 2, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topic/${{iot:Connection.Thing.Attributes[a{at}]}}\"")),
            many(n / 2, ",", |at| format!("\"iot:Connection.Thing.Attributes[a{at}]\": \"false\""))
        ));
        "client IDs", |n| resources("Allow", "iot:Connect", &format!("\"arn:aws:iot:eu-west-1:123456789012:client/{}\"", "*a".repeat(n / 2)));
        "colons", |n| resources("Allow", "iot:Connect", &format!("\"{}\"", ":".repeat(n)));
        "slashes", |n| resource(&"/".repeat(n));
    });
}

/// Statements with so many actions on so many resources each, up to so many bytes.
fn statements(
    bytes: usize,
    effect: &str,
    (actions, resources): (usize, usize),
    action: fn(usize) -> String,
) -> Vec<u8> {
    let list = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<Vec<_>>().join(",");
    let statement = |at: usize| {
        format!(
            r#"{{"Effect": "{effect}", "Action": [{}], "Resource": [{}]}}"#,
            list(actions, &|one| action(at + one)),
            list(resources, &|one| format!(
                "\"arn:aws:iot:eu-west-1:123456789012:topic/{at}/{one}/${{iot:ClientId}}\""
            ))
        )
    };
    template(&format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, many(bytes, ",", statement)))
}

#[test]
fn statements_by_actions_by_resources() {
    assert_linear(cases! {
        "statements of one action and one resource", |n| statements(n, "Allow", (1, 1), |_| "\"iot:Publish\"".to_owned());
        "statements of ten actions and ten resources", |n| statements(n, "Allow", (10, 10), |_| "\"iot:Publish\"".to_owned());
        "statements of thirty actions that do not fit", |n| statements(n, "Allow", (30, 30), |_| "\"iot:Connect\"".to_owned());
        "statements that deny", |n| statements(n, "Deny", (5, 20), |_| "\"iot:Subscribe\"".to_owned());
        "statements of patterns", |n| statements(n, "Allow", (10, 10), |at| format!("\"iot:*{}*\"", char::from(b'a' + (at % 26) as u8)));
        "statements in another letter case", |n| statements(n, "Allow", (10, 10), |_| "\"IOT:publish\"".to_owned());
        "one statement of actions and resources", |n| statement(&format!(
            r#""Effect": "Allow", "Action": [{}], "Resource": [{}]"#,
            many(n / 2, ",", |_| "\"iot:Publish\"".to_owned()),
            many(n / 2, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topic/{at}\""))
        ));
        "one statement of actions and resources that do not fit", |n| statement(&format!(
            r#""Effect": "Allow", "Action": [{}], "Resource": [{}]"#,
            many(n / 2, ",", |_| "\"iot:Connect\"".to_owned()),
            many(n / 2, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:topic/{at}\""))
        ));
        "one statement of HTTPS actions on things", |n| statement(&format!(
            r#""Effect": "Allow", "Action": [{}], "Resource": [{}]"#,
            many(n / 2, ",", |_| "\"iot:GetThingShadow\"".to_owned()),
            many(n / 2, ",", |at| format!("\"arn:aws:iot:eu-west-1:123456789012:thing/{at}\""))
        ));
        "wildcards over colons", |n| resources("Allow", "iot:Publish", &many(n, ",", |at| format!("\"arn:aws:iot:*topic/{at}\"")));
    });
}

#[test]
fn statements_and_conditions() {
    assert_linear(cases! {
        "keys in lower case", |n| template(&format!(r#"{{"version": "2012-10-17", "statement": [{}]}}"#, many(n, ",", |_| r#"{"effect": "Allow"}"#.to_owned())));
        "one misspelled key among many", |n| statement(&format!(r#""Efect": "Allow", {}"#, many(n, ",", |at| format!("\"k{at}\": 1"))));
        "misspelled keys", |n| statement(&many(n, ",", |at| format!("\"Actio{}\": 1", at % 7)));
        "misspelled operators", |n| condition(&many(n, ",", |at| format!("\"StringEqual{at}\": {{}}")));
        "operators and keys", |n| condition(&many(n, ",", |at| format!("\"StringEquals\": {{\"iot:ClientI{at}\": \"a\"}}")));
        "operators of all values", |n| condition(&many(n, ",", |at| format!("\"ForAllValues:StringEquals\": {{\"iot:Connection.Thing.Attributes[a{at}]\": \"a\"}}")));
        "keys of all values and of Null", |n| condition(&format!(
            "\"ForAllValues:StringEquals\": {{{}}}, \"Null\": {{{}}}",
            many(n / 2, ",", |at| format!("\"iot:Connection.Thing.Attributes[a{at}]\": \"a\"")),
            many(n / 2, ",", |at| format!("\"iot:Connection.Thing.Attributes[b{at}]\": \"false\""))
        ));
        "values of a condition", |n| condition(&format!(r#""IpAddress": {{"aws:SourceIp": [{}]}}"#, many(n, ",", |at| format!("\"host{at}\""))));
        "both of a pair", |n| template(&format!(r#"{{"Statement": [{}]}}"#, many(n, ",", |_| r#"{"Action": "*", "NotAction": "*"}"#.to_owned())));
        "principals", |n| template(&format!(r#"{{"Statement": [{}]}}"#, many(n, ",", |_| r#"{"Principal": "*"}"#.to_owned())));
    });
}
