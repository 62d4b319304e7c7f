//! Policy variables and wildcards.

use super::sources::{CERTIFICATE_VARIABLES, POLICY_ACTIONS, VARIABLES};

rules! {
    POLICY_VARIABLE: "JITP110" "policy-variable" Warning Connect Documented VARIABLES,
        "The policy variable is none that AWS IoT Core substitutes.",
        "AWS IoT has a closed list: `iot:ClientId`, `aws:SourceIp`, the `iot:Connection.Thing.…` and the \
         `iot:Certificate.…` variables, in `Resource` and `Condition`. Anything else stays in the policy as it is \
         written, and a resource called `${iot:ThingName}` is never asked for. CloudFormation's `${AWS::Region}` and \
         `${AWS::AccountId}` are filled by CloudFormation or not at all: a provisioning template does not know them, \
         and inside of a `Fn::Sub` of a stack the IoT variables have to be written `${!iot:…}`. Names are \
         case-sensitive; `*`, `?` and `$` have the fixed forms `${*}`, `${?}` and `${$}`.",
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
}
