//! Policy documents.

use super::sources::{ACTION_RESOURCES, PERMISSIVE, POLICIES, POLICY_ACTIONS, THING_VARIABLES};

rules! {
    POLICY_NO_CONNECT: "JITP090" "policy-no-connect" Warning Connect Documented POLICY_ACTIONS { is_absence: true },
        "Nothing in the template allows iot:Connect, so the device is provisioned and then cannot connect over MQTT.",
        "The permission is checked at every CONNECT, and publishing and subscribing presuppose it. AWS's own JITP \
         sample allows `iot:Publish` alone: devices that are provisioned with it get their thing, their ACTIVE \
         certificate and their policy, and are disconnected at each further attempt, with nothing in the provisioning \
         metrics, since provisioning has succeeded. A device that only makes HTTPS requests, for credentials or for \
         shadows, does not need it: then the finding says so and can be passed over. jitp looks at the policies that \
         the template carries; a policy that is only named, or one of a thing group, may allow it too.",
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
    POLICY_VERSION: "JITP091" "policy-version" Warning Connect Documented POLICIES,
        "A policy document has the Version \"2012-10-17\"; without it variables are not substituted.",
        "`Version` is the version of the policy language, a fixed date and not that of your document. Where it is \
         missing the language counts as the one of 2008, which has no variables: `${iot:ClientId}` is then a plain \
         text, which no client has for its ID. A date that is neither is JITP145. Every policy of AWS IoT's pages has \
         `2012-10-17`.",
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
        "A policy document has statements, each with Effect, Action and Resource.",
        "`Statement` is an object or a list of them. `Effect` is `Allow` or `Deny`, written exactly so; `Action` and \
         `Resource` are a string or a list of strings. `CreatePolicy` refuses a document without them, which in JITP \
         happens at step 3 of each device's provisioning: the template itself was accepted with the string that the \
         document was then.",
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
        "The key is not one of the policy language.",
        "A document has `Version`, `Id` and `Statement`, a statement `Sid`, `Effect`, `Action`, `Resource`, \
         `Condition`, and the two that negate. Comments and descriptions have no place. Whether AWS refuses an unknown \
         key or passes over it is not known; if a condition is what is misspelled, passing over it gives away more \
         than was meant. A misspelling that costs the policy a key it needs is JITP140, `Principal` JITP144.",
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
    POLICY_ACTION: "JITP094" "policy-action" Warning Connect Documented POLICY_ACTIONS,
        "The action is not one that we know for a device.",
        "An AWS IoT policy decides about a short list of actions: connecting, publishing, subscribing, receiving, \
         retained messages, other clients' connections and direct messages, shadows, job executions, Greengrass, and \
         assuming a role by certificate. A misspelled one allows nothing, and nobody says so; the device is refused \
         where it counted on it. Actions of the control plane (`iot:CreateThing`) and of other services \
         (`s3:PutObject`) belong in the IAM role that a device assumes through the credentials provider. AWS adds \
         actions, so that one that jitp does not know may be right. Letter case is JITP139.",
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
    POLICY_RESOURCE_TYPE: "JITP095" "policy-resource-type" Warning Connect Documented ACTION_RESOURCES,
        "The resource is of another type than the action is checked on, so that the statement never applies.",
        "Each action is checked on one type of resource: `iot:Connect` on `client/…`, `iot:Publish` and `iot:Receive` \
         on `topic/…`, `iot:Subscribe` on `topicfilter/…`, shadows and jobs on `thing/…`. Subscribing on a topic is \
         the classic: the statement looks right, matches nothing, and each SUBSCRIBE is refused. A device that is to \
         read `commands/a` needs `iot:Subscribe` on `topicfilter/commands/a` and `iot:Receive` on `topic/commands/a`. \
         One statement may name several actions and several resources, as long as each finds its own.",
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
    POLICY_ARN: "JITP096" "policy-arn" Warning Connect Documented ACTION_RESOURCES,
        "A Resource is an ARN of AWS IoT, or *.",
        "It reads `arn:PARTITION:iot:REGION:ACCOUNT:TYPE/NAME`, with a slash between type and name and none before the \
         type. A colon in the slash's place, or an ARN of another service, matches no request, and the statement has no \
         effect. A text that is not an ARN at all is JITP146, an empty part JITP116. IAM's pages say that a wildcard stands \
         for text within one part of an ARN, that only a `*` at the very end reaches over colons, and that the service \
         takes none. Whether AWS IoT matches any other is not documented. Topics do not begin with a slash either, \
         unless the device's do.",
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
    POLICY_ACCOUNT: "JITP097" "policy-account" Warning Connect Documented POLICIES,
        "The policy names another account, Region or partition than the device connects to.",
        "The ARN of a request carries the account and the Region of the endpoint that the device connects to, and a \
         statement for another one never matches it. It is what happens to a policy that was copied from a test \
         account, or from a page with AWS's `123456789012` and `us-east-1`. jitp compares the ARNs with the account of \
         the provisioning role, and with the Region and account of the options where they are given. `*` in both \
         places, or a template made for each Region, avoids it.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::210987654321:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    POLICY_PERMISSIVE: "JITP098" "policy-permissive" Warning Connect Documented PERMISSIVE,
        "The policy allows a device what belongs to all devices.",
        "Device Defender's audit reports such policies as critical (`IOT_POLICY_OVERLY_PERMISSIVE_CHECK`): whoever \
         takes the key out of one device can read, write and throw off all the others. Its page names `client/*` and \
         the shadows of every thing (`$aws/things/*`), and counts `client/${iot:ClientId}` as no better, since a \
         client chooses its ID; `iot:*` on `*` is all of it at once. `${iot:Connection.Thing.ThingName}` restricts a \
         device to its own name, provided that its certificate is attached to that thing, which step 5 of JITP does. A \
         condition that `iot:Connection.Thing.IsAttached` is true limits connecting, and nothing else; other conditions \
         limit when and from where a device may do so, and not to what is its own.",
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
        "The policy goes by the device's thing, and the template makes none, or one whose name the device is unlikely to use as client ID.",
        "AWS IoT finds the thing of a connection by the client ID: `${iot:Connection.Thing.ThingName}` has a value \
         only where the two are equal to the letter. A certificate that is attached exclusively (`EXCLUSIVE_THING`) \
         has its thing whatever the client ID is; `client/${iot:Connection.Thing.ThingName}` asks for the thing's name \
         as client ID all the same. Firmware knows its serial number or its common name and connects \
         with that. It does not know the certificate ID, unless it computes a SHA-256 over its own certificate, and so \
         is refused after it has been provisioned without a fault. Name the thing by what the device uses as client \
         ID, or allow the client ID in another way. Without a thing in the template such a variable has no value at \
         all.",
        Thing r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
}
