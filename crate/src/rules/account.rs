//! Texts about the account.

use super::sources::{ATTACH_PRINCIPAL, CLI_OUTPUT, DESCRIBE_THING, LIST_GROUPS_FOR_THING, LIST_THINGS};

rules! {
    ACCOUNT_UNREADABLE: "JITP160" "account-unreadable" Error Connect Documented CLI_OUTPUT,
        "The text about the account is not JSON.",
        "jitp reads what the AWS CLI prints as JSON, which is its default, and its own form of the same. A table, YAML or plain text is not \
         read: run the command again with `--output json`. Values that are written one after another are read up to the first that is not \
         JSON. What is after it stays unknown, and unknown never counts as absent.",
        Account "------------------\n|  DescribeThing |\n------------------"
        => r#"{"things": {"lamp-1": {"attributes": {}}}}"#;
    ACCOUNT_UNKNOWN_KEY: "JITP161" "account-unknown-key" Warning Connect Assumed DESCRIBE_THING,
        "The text about the account has an unknown key.",
        "In jitp's own form each kind of resource and each member has one name, which is the one that AWS's outputs use. A key in another \
         spelling tells nothing: the member stays unknown. Outputs of AWS are not concerned: they can have more members than jitp uses.",
        Account r#"{"things": {"lamp-1": {"thingType": "bulb"}}}"#
        => r#"{"things": {"lamp-1": {"thingTypeName": "bulb"}}}"#;
    ACCOUNT_WRONG_VALUE: "JITP162" "account-wrong-value" Error Connect Documented DESCRIBE_THING,
        "A value in the text about the account has the wrong type, or is not one of AWS's words.",
        "A status is one of the words of the API, in its spelling. A list is a list, also with one element. The value was not read, so that \
         the member stays unknown. Correct it, or give the output of AWS as it was printed.",
        Account r#"{"certificates": {"7f3a": {"status": "active"}}}"#
        => r#"{"certificates": {"7f3a": {"status": "ACTIVE"}}}"#;
    ACCOUNT_CONTRADICTION: "JITP163" "account-contradiction" Warning Connect Assumed DESCRIBE_THING,
        "Two places say different things of one resource.",
        "A member has two values, a resource exists in one place and is absent from another, or a thing is in a group that a complete list \
         of groups does not have. The outputs may be of different times. jitp uses the later one. Print the outputs again, close to each other.",
        Account r#"{"things": {"lamp-1": {"thingGroups": ["lamps"]}}, "thingGroups": {"pumps": {}}}"#
        => r#"{"things": {"lamp-1": {"thingGroups": ["lamps"]}}, "thingGroups": {"lamps": {}, "pumps": {}}}"#;
    ACCOUNT_WITHOUT_SUBJECT: "JITP164" "account-without-subject" Warning Connect Documented LIST_GROUPS_FOR_THING,
        "An output does not say what it is about.",
        "`list-thing-groups-for-thing`, `list-thing-principals` and `list-attached-policies` print lists that name neither the thing nor the \
         target. If the texts tell of exactly one thing, or one certificate, it is about that one. Otherwise nothing is concluded from it. A \
         record says it: `action`, `request` and `response`. The script of `jitp account --script` writes records.",
        Account r#"{"principals": ["arn:aws:iot:eu-west-1:123456789012:cert/7f3a"]}"#
        => r#"{
  "action": "ListThingPrincipals",
  "request": {"thingName": "lamp-1"},
  "response": {"principals": ["arn:aws:iot:eu-west-1:123456789012:cert/7f3a"]}
}"#;
    ACCOUNT_ASSUMED_SUBJECT: "JITP165" "account-assumed-subject" Hint Connect Assumed LIST_GROUPS_FOR_THING,
        "An output does not say what it is about, and jitp assumed it.",
        "The groups of a thing are printed like all groups, and the policies of a target like all policies. If the texts tell of exactly one \
         thing or certificate, the list is read as what that one has. If they tell of none, it is read as the list of all. If that is wrong, \
         write the output as a record, with `action`, `request` and `response`.",
        Account r#"{"policies": [{"policyName": "devices", "policyArn": "arn:aws:iot:eu-west-1:123456789012:policy/devices"}]}"#
        => r#"{
  "action": "ListPolicies",
  "request": {},
  "response": {"policies": [{"policyName": "devices", "policyArn": "arn:aws:iot:eu-west-1:123456789012:policy/devices"}]}
}"#;
    ACCOUNT_ELSEWHERE: "JITP166" "account-elsewhere" Warning Connect Documented ATTACH_PRINCIPAL,
        "The texts are about several accounts or Regions.",
        "A device is provisioned in one account and one Region, and finds only the resources that are there. Outputs of another one say \
         nothing about it. jitp uses them all, and keeps the Region and account that it read first. Leave out the others.",
        Account r#"{"region": "eu-west-1", "things": [{"thingName": "lamp-1", "thingArn": "arn:aws:iot:us-east-1:123456789012:thing/lamp-1"}]}"#
        => r#"{"region": "eu-west-1", "things": [{"thingName": "lamp-1", "thingArn": "arn:aws:iot:eu-west-1:123456789012:thing/lamp-1"}]}"#;
    ACCOUNT_PARTIAL_LIST: "JITP167" "account-partial-list" Hint Connect Documented LIST_THINGS,
        "A list about the account is one of several pages.",
        "An output with `nextToken` or `nextMarker` is followed by others. What it does not name can be on them, so that nothing is absent \
         because of it. The AWS CLI joins the pages by itself, unless it is told otherwise.",
        Account r#"{"things": [{"thingName": "lamp-1", "attributes": {}}], "nextToken": "AAEC"}"#
        => r#"{"things": [{"thingName": "lamp-1", "attributes": {}}]}"#;
    ACCOUNT_NOT_ANSWERED: "JITP168" "account-not-answered" Warning Connect Documented DESCRIBE_THING,
        "A request about the account failed, so that what it asks is not known.",
        "`ResourceNotFoundException` says that a resource does not exist. Any other error says nothing of it: the caller may lack a permission, \
         or the service was busy. What the request asks stays unknown. Allow the action, and run the request again.",
        Account r#"{
  "action": "DescribeThing",
  "request": {"thingName": "lamp-1"},
  "error": "An error occurred (UnauthorizedException) when calling the DescribeThing operation"
}"#
        => r#"{
  "action": "DescribeThing",
  "request": {"thingName": "lamp-1"},
  "error": "An error occurred (ResourceNotFoundException) when calling the DescribeThing operation"
}"#;
}
