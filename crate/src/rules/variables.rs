//! Policy variables and wildcards.

use super::sources::{ACTION_RESOURCES, CERTIFICATE_VARIABLES, POLICY_ACTIONS, THING_VARIABLES, VARIABLES};

rules! {
    POLICY_VARIABLE: "JITP110" "policy-unknown-variable" Warning Connect Documented VARIABLES,
        "AWS IoT Core does not substitute this policy variable.",
        "AWS IoT has a closed list: `iot:ClientId`, `iot:DomainName`, `aws:SourceIp`, the `iot:Connection.Thing.…` and the \
         `iot:Certificate.…` variables, in `Resource` and `Condition`. Any other stays in the policy as text, and no request \
         asks for a resource called `${iot:ThingName}`. CloudFormation's `${AWS::Region}` and `${AWS::AccountId}` are filled by \
         CloudFormation or not at all: a provisioning template does not know them. Placeholders of other languages are JITP114, \
         a name in the wrong letter case JITP115; `*`, `?` and `$` have the fixed forms `${*}`, `${?}` and `${$}`.",
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
    POLICY_VARIABLE_VALUE: "JITP111" "policy-variable-without-value" Warning Connect Documented CERTIFICATE_VARIABLES,
        "AWS IoT Core cannot substitute the policy variable with the value of this certificate.",
        "A certificate variable stays in the policy as text if the certificate has no such attribute, if the value holds one of \
         `* $ + ? #`, or if it has more than 1,024 characters; AWS's page says that this might cause authorization failure. \
         `.1` is the second value of an attribute, because the name without a number means the first, and authorization fails \
         if there is no such value. Only the first five values of a list count. The template provisions all devices alike, and \
         only some of them can then do what the policy is meant to allow.",
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
    POLICY_WILDCARD: "JITP112" "policy-mqtt-wildcard" Warning Connect Documented VARIABLES,
        "The policy uses an MQTT wildcard, + or #, which is a plain character in a policy.",
        "\"The characters `+` and `#` are treated as literal strings in a policy.\" A device publishes to topics, which contain \
         neither, so `topic/sensors/+/data` matches no message that can be sent. `iot:Subscribe` is different: a device that \
         subscribes to `sensors/#` asks for exactly that text, and `topicfilter/sensors/#` is right. The policy's own wildcard \
         is `*`, which also matches slashes.",
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
    POLICY_DEPENDS: "JITP113" "policy-missing-dependency" Warning Connect Documented POLICY_ACTIONS,
        "An action is allowed without another one that it needs.",
        "\"To grant `iot:RetainPublish` permission, you must also grant `iot:Publish` permission.\" With the flag RETAIN the \
         broker checks both, on the same topic, and one of them alone does not let a retained message through. It is easily \
         missed in tests, in which retained messages are rare. Likewise `iot:Receive` is checked at every delivery: a device \
         that may subscribe and may not receive gets nothing.",
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
        "A policy passes through other tools on its way to AWS: CloudFormation writes `${!iot:ClientId}` for a variable that \
         `Fn::Sub` must keep, Terraform `$${iot:ClientId}`, template engines have `{{ name }}`, shells `$(command)` and \
         `$NAME`. If such a tool does not process it, the placeholder stays in the policy as plain text, and no request asks \
         for that resource. AWS's page prints the forms for `*`, `?` and `$` as `$(*)`; they have braces. The fix writes the \
         variable if nothing else can be meant; fill in a placeholder before you attach the template.",
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
        "The policy variable is not in the letter case that AWS IoT documents.",
        "The names of policy variables are case-sensitive. `CreatePolicy` has been seen to refuse `${iot:clientId}`, the \
         spelling that the MQTT libraries use; it is assumed that it refuses the other variables too. In JITP the policy is \
         created when a device connects, so each device stops at step 3. Keys of conditions are not case-sensitive.",
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
        "The ARN has an empty name, Region or account.",
        "bash reads `${iot:ClientId}` and `$aws` as its own variables and silently replaces them by nothing: \
         `client/${iot:ClientId}` becomes `client/`, and `topic/$aws/things/…` becomes `topic//things/…`. Make turns `$aws` \
         into `ws`. An empty Region or account comes from the same cause. Quote the delimiter of the here-document (`<<'EOF'`) \
         or use single quotes. An empty level within a topic is reported only if the document has no variable at all, because \
         topics that begin with a slash exist.",
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
    POLICY_THING_VALUE: "JITP117" "policy-thing-value-missing" Warning Connect Documented THING_VARIABLES,
        "The policy uses an attribute or the type of the thing, and the template gives the thing none.",
        "`${iot:Connection.Thing.Attributes[NAME]}` and `${iot:Connection.Thing.ThingTypeName}` have a value only if the thing \
         has such an attribute or a type, and the names of attributes are case-sensitive. A variable without a value matches no \
         resource: an Allow allows nothing, and a Deny denies nothing. An existing thing may have them from elsewhere; a thing \
         that the template creates has only what the template gives it.",
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
        "A variable of the thing is used for an action of HTTPS requests only, which have no thing.",
        "The variables of the thing are available only when a device connects over MQTT, or MQTT over WebSocket. Device shadows \
         by HTTPS, jobs by HTTPS and Greengrass discovery are single requests without a client ID: the variable has no value, \
         and the request is refused with 403. The name of the thing is often in the certificate, whose variables work for every \
         protocol. The call for credentials is an exception, because it can name its thing in a header. Over MQTT shadows and \
         jobs need iot:Publish, iot:Subscribe and iot:Receive on their topics instead.",
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
    POLICY_CLIENT_IDS: "JITP119" "policy-other-client-ids" Warning Connect Assumed THING_VARIABLES,
        "The policy allows only client IDs that are not the thing's name.",
        "The policy that the console's quick start creates allows the client IDs of AWS's samples: `sdk-java`, `basicPubSub`, \
         `sdk-nodejs-*`. Copied into a template, it provisions devices that are then refused at CONNECT, because they use their \
         own names. A template does not say which client ID a device uses; the name of its thing is the usual one, and the one \
         that the variables of the thing require.",
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
