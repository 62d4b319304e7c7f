//! Policy variables and wildcards.

use super::sources::{ACTION_RESOURCES, CERTIFICATE_VARIABLES, POLICY_ACTIONS, THING_VARIABLES, VARIABLES};

rules! {
    POLICY_VARIABLE: "JITP110" "policy-variable" Warning Connect Documented VARIABLES,
        "The policy variable is none that AWS IoT Core substitutes.",
        "AWS IoT has a closed list: `iot:ClientId`, `iot:DomainName`, `aws:SourceIp`, the `iot:Connection.Thing.…` and the \
         `iot:Certificate.…` variables, in `Resource` and `Condition`. Anything else stays in the policy as it is \
         written, and a resource called `${iot:ThingName}` is never asked for. CloudFormation's `${AWS::Region}` and \
         `${AWS::AccountId}` are filled by CloudFormation or not at all: a provisioning template does not know them. \
         What other languages leave in a policy is JITP114, a name in the wrong letter case JITP115; `*`, `?` and `$` \
         have the fixed forms `${*}`, `${?}` and `${$}`.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:ThingName}"
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
    POLICY_VARIABLE_VALUE: "JITP111" "policy-variable-value" Warning Connect Documented CERTIFICATE_VARIABLES,
        "AWS IoT Core cannot substitute the policy variable with the value of this certificate.",
        "A certificate variable is left standing as text where the certificate has no such attribute, where the value \
         holds one of `* $ + ? #`, or where it has more than 1,024 characters; the page says of it that it might cause \
         authorization failure. `.1` is the second value of an attribute, since the name without a number means the \
         first, and a value that is not there makes the authorization fail. Of a list the first five values count. The \
         template provisions all devices alike, and only some of them can then do what the policy means to allow.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Certificate.Subject.Title}"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Certificate.Subject.CommonName}"
  }]
}"#;
    POLICY_WILDCARD: "JITP112" "policy-wildcard" Warning Connect Documented VARIABLES,
        "The MQTT wildcards + and # are plain characters in a policy; * is the wildcard.",
        "\"The characters `+` and `#` are treated as literal strings in a policy.\" A device publishes to topics, \
         which contain neither, so `topic/sensors/+/data` matches no message that can be sent. With `iot:Subscribe` it \
         is the other way about: a device that subscribes to `sensors/#` asks for just that text, and \
         `topicfilter/sensors/#` is right. The policy's own wildcard is `*`, and it does not stop at a slash.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Publish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/+/data"
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
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/${iot:Connection.Thing.ThingName}/data"
  }]
}"#;
    POLICY_DEPENDS: "JITP113" "policy-depends" Warning Connect Documented POLICY_ACTIONS,
        "An action is allowed without another one that it needs.",
        "\"To grant `iot:RetainPublish` permission, you must also grant `iot:Publish` permission.\" The flag RETAIN \
         makes the broker check both, on the same topic, and one of them alone does not let a retained message \
         through. In a policy that was put together from two it is easily missed, since retained messages are rare in \
         tests. Likewise `iot:Receive` is checked at every delivery: a device that may subscribe and may not receive \
         is sent nothing.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:RetainPublish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/${iot:Connection.Thing.ThingName}"
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
    "Action": ["iot:Publish", "iot:RetainPublish"],
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/sensors/${iot:Connection.Thing.ThingName}"
  }]
}"#;
    POLICY_LEFTOVER: "JITP114" "policy-leftover" Warning Connect Documented VARIABLES,
        "The policy holds a placeholder or an escape of another language, which AWS IoT does not fill in.",
        "A policy passes through other tools on its way to AWS: CloudFormation writes `${!iot:ClientId}` where \
         `Fn::Sub` must leave a variable alone, Terraform `$${iot:ClientId}`, template engines have `{{ name }}`, \
         shells `$(command)` and `$NAME`. What such a tool did not remove stays in the policy as plain text, and \
         the resource is never asked for. AWS's page prints the forms for `*`, `?` and `$` as `$(*)`; they have \
         braces. The fix writes the variable where nothing else can be meant; a placeholder must be filled in before.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${!iot:ClientId}"
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
    POLICY_VARIABLE_CASE: "JITP115" "policy-variable-case" Error Connect Observed VARIABLES { step: 3 },
        "The policy variable is written in another letter case than AWS IoT has it.",
        "The names of policy variables are case-sensitive. `CreatePolicy` has been seen to refuse `${iot:clientId}`, \
         the spelling that the MQTT libraries use; it is assumed that the other variables are treated alike. In JITP \
         the policy is created when a device connects, so each device stops at step 3. Keys of conditions are \
         compared without regard to their case.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:connection.thing.thingName}"
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
    POLICY_EMPTY_PART: "JITP116" "policy-empty-part" Warning Connect Assumed ACTION_RESOURCES,
        "A part of the ARN is empty where a name, a Region or an account must stand.",
        "bash reads `${iot:ClientId}` and `$aws` as its own variables and puts nothing in their place, without a \
         word: `client/${iot:ClientId}` becomes `client/`, and `topic/$aws/things/…` becomes `topic//things/…`. Make \
         turns `$aws` into `ws`. An ARN whose Region or account is empty comes about in the same way. Quote the \
         delimiter of the here-document (`<<'EOF'`) or use single quotes. An empty level within a topic is reported \
         only where the document has no variable at all, since topics that begin with a slash exist.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Publish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic//things/sensor-0001/shadow/update"
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
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/$aws/things/sensor-0001/shadow/update"
  }]
}"#;
    POLICY_THING_VALUE: "JITP117" "policy-thing-value" Warning Connect Documented THING_VARIABLES,
        "The policy asks for an attribute or the type of the thing, and the template gives the thing none.",
        "`${iot:Connection.Thing.Attributes[NAME]}` and `${iot:Connection.Thing.ThingTypeName}` have a value only if \
         the thing has such an attribute or a type, and the names of attributes are compared with their letter case. \
         A variable without a value matches no resource: an Allow allows nothing, and a Deny denies nothing. A thing \
         that exists already may have them from elsewhere; a thing that the template creates has what the template \
         gives it.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:Publish",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/${iot:Connection.Thing.Attributes[site]}/data"
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
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/${iot:Connection.Thing.ThingName}/data"
  }]
}"#;
    POLICY_HTTPS_VARIABLE: "JITP118" "policy-https-variable" Warning Connect Documented THING_VARIABLES,
        "A variable of the thing stands where only HTTPS requests are checked, which have no thing.",
        "The variables of the thing are available only when a device connects over MQTT, or MQTT over WebSocket. \
         Device shadows by HTTPS, jobs by HTTPS and Greengrass discovery are single requests without a client ID: the \
         variable has no value, and the request is refused with 403. The name of the thing is often in the \
         certificate, whose variables work for every protocol. The call for credentials is an exception, since it can \
         name its thing in a header. Over MQTT shadows and jobs need iot:Publish, iot:Subscribe and iot:Receive on \
         their topics instead.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:GetThingShadow",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:thing/${iot:Connection.Thing.ThingName}"
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
    "Action": "iot:GetThingShadow",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:thing/${iot:Certificate.Subject.CommonName}"
  }]
}"#;
    POLICY_CLIENT_IDS: "JITP119" "policy-client-ids" Warning Connect Assumed THING_VARIABLES,
        "The policy lets only client IDs connect that are not the thing's name.",
        "The policy that the console's quick start makes allows the client IDs of AWS's samples: `sdk-java`, `basicPubSub`, \
         `sdk-nodejs-*`. Copied into a template, it provisions devices that are then refused at CONNECT, since they use their \
         own names. Which client ID a device uses stands nowhere in a template; the name of its thing is the usual one, and \
         the one that the variables of the thing ask for.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": [
      "arn:aws:iot:eu-west-1:123456789012:client/sdk-java",
      "arn:aws:iot:eu-west-1:123456789012:client/sdk-nodejs-*"
    ]
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
}
