//! Policy documents.

use super::sources::{ACTION_RESOURCES, PERMISSIVE, POLICIES, POLICY_ACTIONS, THING_VARIABLES};

rules! {
    POLICY_NO_CONNECT: "JITP090" "policy-no-connect" Warning Connect Documented POLICY_ACTIONS { is_absence: true },
        "Nothing in the template allows iot:Connect, so the device is provisioned and then cannot connect over MQTT.",
        "The permission is checked at every CONNECT, and publishing and subscribing require it. AWS's own JITP sample allows \
         only `iot:Publish`: devices that are provisioned with it get their thing, their ACTIVE certificate and their policy, \
         and are disconnected at each further attempt. The provisioning metrics show nothing, because provisioning has \
         succeeded. A device that only makes HTTPS requests, for credentials or for shadows, does not need the permission; the \
         finding then says so and can be ignored. jitp looks at the policies that the template carries; a policy that is only \
         named, or one of a thing group, may allow it too.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Publish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/sensor-0001"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Publish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/sensor-0001"
  }]
}"#;
    POLICY_VERSION: "JITP091" "policy-without-version" Warning Connect Documented POLICIES,
        "The policy document has no Version \"2012-10-17\", so variables are not substituted.",
        "`Version` is the version of the policy language, a fixed date and not the date of your document. If it is missing, the \
         language of 2008 applies, which has no variables: `${iot:ClientId}` is then plain text, and no client has it as its \
         ID. A date that is neither is JITP145. Every policy on AWS IoT's pages has `2012-10-17`.",
        Document r#"{
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_STRUCTURE: "JITP092" "policy-structure" Error Connect Documented POLICIES { step: 3 },
        "The policy document lacks a Statement, or a statement lacks Effect, Action or Resource.",
        "`Statement` is an object or a list of objects. `Effect` is exactly `Allow` or `Deny`; `Action` and `Resource` are a \
         string or a list of strings. `CreatePolicy` refuses a document without them. In JITP that happens at step 3 of each \
         device's provisioning, because the template itself was accepted with the document as a string.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_UNKNOWN_KEY: "JITP093" "policy-unknown-key" Warning Connect Assumed POLICIES,
        "The key is not part of the policy language.",
        "A document has `Version`, `Id` and `Statement`; a statement has `Sid`, `Effect`, `Action`, `Resource`, `Condition`, \
         and the two that negate. Comments and descriptions are not allowed. Whether AWS refuses or ignores an unknown key is \
         not known. If the key is a misspelled condition, ignoring it grants more than intended. A misspelling that costs the \
         policy a required key is JITP140, `Principal` is JITP144.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Comment": "Connect",
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_ACTION: "JITP094" "policy-unknown-action" Warning Connect Documented POLICY_ACTIONS,
        "The action is not a known action of devices.",
        "An AWS IoT policy decides about a short list of actions: connecting, publishing, subscribing, receiving, retained \
         messages, other clients' connections and direct messages, shadows, job executions, Greengrass, and assuming a role by \
         certificate. A misspelled action allows nothing, and no error says so; the device is refused when it needs the \
         permission. Actions of the control plane (`iot:CreateThing`) and of other services (`s3:PutObject`) belong in the IAM \
         role that a device assumes through the credentials provider. AWS adds actions, so one that jitp does not know may be \
         right. Letter case is JITP139.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": ["iot:Connect", "iot:Pubish"],
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
      "arn:aws:iot:eu-west-1:123456789012:topic/sensors/${iot:Connection.Thing.ThingName}"
    ]
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": ["iot:Connect", "iot:Publish"],
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
      "arn:aws:iot:eu-west-1:123456789012:topic/sensors/${iot:Connection.Thing.ThingName}"
    ]
  }]
}"#;
    POLICY_RESOURCE_TYPE: "JITP095" "policy-wrong-resource-type" Warning Connect Documented ACTION_RESOURCES,
        "The resource type is not the one that the action is checked on, so the statement never applies.",
        "Each action is checked on one type of resource: `iot:Connect` on `client/…`, `iot:Publish` and `iot:Receive` on \
         `topic/…`, `iot:Subscribe` on `topicfilter/…`, shadows and jobs on `thing/…`. Subscribing on a topic is the usual \
         case: the statement looks right, matches nothing, and each SUBSCRIBE is refused. To read `commands/a`, a device needs \
         `iot:Subscribe` on `topicfilter/commands/a` and `iot:Receive` on `topic/commands/a`. One statement may name several \
         actions and several resources, as long as each action has a matching resource.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Subscribe",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/commands/${iot:Connection.Thing.ThingName}"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Subscribe",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/commands/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_ARN: "JITP096" "policy-invalid-arn" Warning Connect Documented ACTION_RESOURCES,
        "The Resource is not an ARN of AWS IoT in its documented form.",
        "The form is `arn:PARTITION:iot:REGION:ACCOUNT:TYPE/NAME`, with a slash between type and name and none before the type. \
         A colon in place of the slash, or an ARN of another service, matches no request, and the statement has no effect. A \
         text that is not an ARN at all is JITP146, an empty part JITP116. IAM's pages say that a wildcard matches text within \
         one part of an ARN, that only a `*` at the very end matches colons, and that the service part allows none. Whether AWS \
         IoT matches any other is not documented. Topics do not begin with a slash either, unless the device's do.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client:sensor-0001"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/sensor-0001"
  }]
}"#;
    POLICY_ACCOUNT: "JITP097" "policy-other-account" Warning Connect Documented POLICIES,
        "The policy names another account, Region or partition than the device connects to.",
        "The ARN of a request carries the account and the Region of the endpoint that the device connects to, and a statement \
         for another one never matches it. It happens if a policy was copied from a test account, or from a page with AWS's \
         `123456789012` and `us-east-1`. jitp compares the ARNs with the account of the provisioning role, and with the Region \
         and account of the options if they are given. Write `*` for both, or create a template for each Region.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::210987654321:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    POLICY_PERMISSIVE: "JITP098" "policy-too-permissive" Warning Connect Documented PERMISSIVE,
        "The policy allows a device access to what belongs to other devices.",
        "Device Defender's audit reports such policies as critical (`IOT_POLICY_OVERLY_PERMISSIVE_CHECK`): whoever extracts the \
         key of one device can read, write and disconnect all the others. Its page names `client/*` and the shadows of every \
         thing (`$aws/things/*`), and treats `client/${iot:ClientId}` the same, because a client chooses its ID; `iot:*` on `*` \
         is all of it at once. `${iot:Connection.Thing.ThingName}` restricts a device to its own name if its certificate is \
         attached to that thing, which step 5 of JITP does. A condition that `iot:Connection.Thing.IsAttached` is true limits \
         connecting only. Other conditions limit when and from where a device may act, not to what is its own.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "iot:*", "Resource": "*"}]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_CLIENT_ID: "JITP099" "policy-client-id" Warning Connect Documented THING_VARIABLES,
        "The policy uses the device's thing, and the template creates none or names it by something that is unlikely to be the \
         client ID.",
        "AWS IoT finds the thing of a connection by the client ID: `${iot:Connection.Thing.ThingName}` has a value only if the \
         two are exactly equal. A certificate that is attached exclusively (`EXCLUSIVE_THING`) has its thing whatever the \
         client ID is, but `client/${iot:Connection.Thing.ThingName}` still requires the thing's name as client ID. Firmware \
         knows its serial number or its common name and connects with that. It does not know the certificate ID, unless it \
         computes a SHA-256 over its own certificate, and so is refused after it was provisioned successfully. Name the thing \
         by the client ID that the device uses, or allow the client ID in another way. Without a thing in the template such a \
         variable has no value at all.",
        Thing r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
}
