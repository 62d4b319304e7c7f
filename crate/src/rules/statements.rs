//! Policy documents that `CreatePolicy` refuses, and statements without effect.

use super::sources::{
    ACTION_RESOURCES, IAM_ACTION, IAM_CONDITIONS, IAM_ELEMENTS, IAM_SEVERAL_VALUES, IAM_VARIABLES, JOBS, MISCONFIGURED,
    POLICIES,
};

rules! {
    POLICY_ACTION_CASE: "JITP139" "policy-action-case" Hint Connect Assumed IAM_ACTION,
        "The action is not in the letter case that AWS documents.",
        "IAM compares the prefix and the name of an action without regard to letter case. AWS IoT's pages say that its policies \
         follow the conventions of IAM, and not whether this is one of them; public templates with `iot:connect` are in use. \
         jitp reads `iot:connect` as `iot:Connect` in every check. If AWS IoT did not, the statement would allow nothing, so \
         write the documented form.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:connect",
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
    POLICY_KEY_SPELLING: "JITP140" "policy-misspelled-key" Error Connect Assumed IAM_ELEMENTS { step: 3 },
        "A key of the policy language is misspelled, so the policy lacks it.",
        "The keys are `Version`, `Statement`, `Effect`, `Action`, `Resource` and `Condition`, with a capital; `statement` and \
         `effect` come from tools that write every key in lower case. AWS's pages say only that policies follow the conventions \
         of IAM, and that `CreatePolicy` answers `MalformedPolicyException` to a document that is not valid. It is assumed that \
         a document without its keys is refused, at step 3 of each device's provisioning. jitp reads the key as it was meant, \
         so that the rest is judged too.",
        Document r#"{
  "Version": "2012-10-17",
  "statement": [{
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
    POLICY_OPPOSITES: "JITP141" "policy-opposites" Error Connect Assumed IAM_ELEMENTS { step: 3 },
        "The statement has an element and its opposite.",
        "A statement names its actions by `Action` or by `NotAction`, and its resources by `Resource` or by `NotResource`. \
         IAM's grammar has one of each pair, and a statement with both is contradictory. It is assumed that `CreatePolicy` \
         refuses it, at step 3 of each device's provisioning. Keep the one that is meant, or write two statements.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "NotAction": "iot:Publish",
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
    POLICY_OPERATOR: "JITP142" "policy-unknown-operator" Error Connect Assumed IAM_CONDITIONS { step: 3 },
        "The Condition has an operator that the policy language does not have.",
        "IAM lists the operators: `StringEquals`, `StringLike`, `NumericLessThan`, `DateGreaterThan`, `Bool`, `IpAddress`, \
         `ArnLike`, `Null` and their relatives. All but `Null` can end in `IfExists`, and `ForAllValues:` or `ForAnyValue:` can \
         precede them. The operator comes first and the key inside it. It is assumed that `CreatePolicy` refuses any other, at \
         step 3 of each device's provisioning.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"Boolean": {"iot:Connection.Thing.IsAttached": "true"}}
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}
  }]
}"#;
    POLICY_CONDITION: "JITP143" "policy-malformed-condition" Error Connect Assumed IAM_CONDITIONS { step: 3 },
        "A part of the Condition has the wrong JSON type.",
        "A `Condition` holds operators, an operator holds keys, and a key holds one value or a list of values, each a string, a \
         number or a boolean: `{\"StringEquals\": {\"iot:ClientId\": \"sensor-0001\"}}`. A key without an operator around it is \
         the usual slip. It is assumed that `CreatePolicy` refuses anything else, at step 3 of each device's provisioning.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"Bool": "iot:Connection.Thing.IsAttached"}
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}
  }]
}"#;
    POLICY_PRINCIPAL: "JITP144" "policy-principal" Error Connect Assumed IAM_ELEMENTS { step: 3 },
        "The statement names a Principal, which only resource policies have.",
        "`Principal` and `NotPrincipal` come from trust policies and from policies of queues and buckets. A policy of AWS IoT \
         is attached to its principal, the certificate, and names none; IAM refuses the key in every policy that is attached to \
         an identity. AWS IoT's policies follow IAM's conventions, so it is assumed that `CreatePolicy` refuses it too, at step \
         3 of each device's provisioning.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": "*",
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
    POLICY_VERSION_UNKNOWN: "JITP145" "policy-unknown-version" Error Connect Assumed IAM_ELEMENTS { step: 3 },
        "The Version of the policy is not a version of the policy language.",
        "There are two, `2012-10-17` and the older `2008-10-17`, and both are fixed dates. Any other date, a number, or a \
         trailing space is refused by IAM; AWS's own JITP page prints the date with white space after it in one place. It is \
         assumed that `CreatePolicy` refuses other versions too, at step 3 of each device's provisioning.",
        Document r#"{
  "Version": "2024-01-01",
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
    POLICY_NOT_ARN: "JITP146" "policy-resource-not-arn" Error Connect Observed ACTION_RESOURCES { step: 3 },
        "The Resource is neither an ARN nor *.",
        "`CreatePolicy` has been seen to refuse such a policy with `Policy document is Malformed: The following resources are \
         invalid`. In JITP that happens at step 3 of each device's provisioning. A bare topic or client ID belongs at the end \
         of an ARN: `arn:aws:iot:REGION:ACCOUNT:topic/NAME`.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "client/${iot:Connection.Thing.ThingName}"
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
    POLICY_NO_EFFECT: "JITP147" "policy-no-effect" Warning Connect Documented POLICIES,
        "The statement has no effect: it matches no request that the policy otherwise allows.",
        "A Deny for another Region or account than every Allow denies nothing, and nobody notices until somebody relies on it. \
         A condition that compares an address with a name, or `Bool` with `yes`, matches no request, so an Allow allows nothing \
         and a Deny denies nothing. Write the Region of the other statements, or a value of the kind that the operator \
         compares.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:us-east-1:123456789012:client/admin"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/admin"
  }]
}"#;
    POLICY_DENY_WILDCARD: "JITP148" "policy-ineffective-deny" Warning Connect Documented MISCONFIGURED,
        "A Deny on topic filters does not stop the messages that it is meant to stop.",
        "Device Defender's audit reports two kinds of such policies (`IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK`). MQTT \
         wildcards are plain characters in a policy: a Deny of iot:Subscribe on `topicfilter/building/#` stops the subscription \
         to exactly that text, and a device can still subscribe to `building/door`. The wildcard of policies is `*`. But a \
         device can also subscribe to a wider filter that is allowed, `building/#`, and get the messages of `building/vault` \
         that way, so the Deny needs iot:Receive on the topics as well. To forbid only subscribing to the text `#`, a policy \
         with `#` is right.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Subscribe",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/building/#"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Subscribe",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:topicfilter/building/*"
  }]
}"#;
    POLICY_JOBS_PREFIX: "JITP149" "policy-jobs-prefix" Warning Connect Assumed JOBS,
        "A jobs action has the prefix iot: instead of iotjobsdata:.",
        "Devices that use AWS IoT Jobs by HTTPS need `iotjobsdata:DescribeJobExecution` and its three relatives: \"The data \
         plane policy actions must use the `iotjobsdata:` prefix.\" AWS's page of policy actions had the same names with `iot:` \
         in 2023, and many policies still do. It is assumed that those allow a device nothing; AWS does not say so. Over MQTT \
         jobs are topics, which need iot:Publish, iot:Subscribe and iot:Receive.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Allow",
    "Action": "iot:UpdateJobExecution",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:thing/sensor-0001"
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
    "Action": "iotjobsdata:UpdateJobExecution",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:thing/sensor-0001"
  }]
}"#;
    POLICY_VARIABLE_DEFAULT: "JITP150" "policy-variable-default" Warning Connect Assumed IAM_VARIABLES,
        "The policy variable has a default value, which AWS IoT does not document.",
        "In policies of IAM a variable can have a default: `${aws:PrincipalTag/team, 'none'}`. AWS IoT's pages have its variables \
         without one. It is assumed that AWS IoT does not know the form: the variable then stays in the policy as text, which no \
         request matches. Write the variable alone. If devices without the value need access too, give them a separate \
         statement.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName, 'none'}"
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
    POLICY_FOR_ALL_VALUES: "JITP151" "policy-for-all-values" Hint Connect Documented IAM_SEVERAL_VALUES,
        "The condition of an Allow uses ForAllValues, which an absent key satisfies too.",
        "`ForAllValues` asks whether every value of a key in the request is among those of the policy. A request without the key \
         has no value that is not, so the condition is true, and the statement allows it; IAM's page warns of it. A thing \
         without the attribute, or a connection without a thing, then gets what only some things are meant to get. Ask with \
         `Null` that the key exists, or compare without `ForAllValues`, which is for keys with several values. With \
         `iot:ConnectAttributes` the absent key is meant: it is a connection without a last will and a persistent session.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"ForAllValues:StringEquals": {"iot:Connection.Thing.ThingTypeName": ["lamp", "switch"]}}
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}",
    "Condition": {"StringEquals": {"iot:Connection.Thing.ThingTypeName": ["lamp", "switch"]}}
  }]
}"#;
    POLICY_EXCEPTION: "JITP152" "policy-exception-without-value" Hint Connect Assumed IAM_VARIABLES,
        "NotResource names a variable that may have no value, and then excepts nothing.",
        "`NotResource` is every resource but those that it names. A variable without a value matches no resource, so nothing is \
         left out: a Deny denies everything, an Allow allows everything. IAM's page says besides that a statement whose \
         NotResource has such a variable may be invalid. Which of both AWS IoT does is not documented. The variables of the \
         thing have a value only over MQTT, for a client whose ID is the name of an attached thing; those of the certificate's \
         names only if the certificate has the attribute. A condition with `Null` limits the statement to requests with the \
         value.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Publish",
    "NotResource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/${iot:Connection.Thing.ThingName}/*"
  }]
}"#
        => r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"
  }, {
    "Effect": "Deny",
    "Action": "iot:Publish",
    "NotResource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/${iot:Connection.Thing.ThingName}/*",
    "Condition": {"Null": {"iot:Connection.Thing.ThingName": "false"}}
  }]
}"#;
}
