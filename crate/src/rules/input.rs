//! What the text is, and what stands around the template body.

use super::sources::{ARNS, CONFIG, CREATE_TEMPLATE, JITP, PASS_ROLE, REGISTER_CA, RFC8259, TEMPLATES};

rules! {
    UNRECOGNISED: "JITP010" "unrecognised-input" Error Attach Assumed JITP { is_absence: true },
        "The text is neither a template body nor a registration config nor an input for CreateProvisioningTemplate.",
        "jitp tells what a text is by its members: `Parameters` and `Resources` make a template body, `templateBody` \
         with `roleArn` a registration config, `templateName` alone a registration config that names a template, \
         `provisioningRoleArn` or `type` beside them an input for `CreateProvisioningTemplate`. This text has none of \
         them. It is most often a file from the same folder: the policy document, the trust policy of the role, the \
         parameters for `RegisterThing`. No API takes it as a template.",
        Text r#"{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}]
}"#
        => "⟨template⟩";
    BODY_AS_STRING: "JITP011" "body-as-string" Hint Attach Assumed JITP,
        "The whole text is one JSON string; it is read as the text inside.",
        "A template as a string is right as the value of `templateBody`, where copying the field leaves it. As a file \
         of its own it is right nowhere: `--registration-config file://…` takes the config around it, and \
         `--template-body file://…` takes the JSON itself and makes the string of it. AWS would be given a template \
         that is a string and not an object, which is assumed to be refused. jitp reads through the string, judges \
         what is inside, and leaves it at this hint.",
        Text r#""⟨template⟩""#
        => "⟨template⟩";
    DOUBLE_ENCODED: "JITP012" "double-encoded-body" Error Attach Observed JITP,
        "The templateBody was turned into a string more than once, so AWS finds a string where the template should be.",
        "AWS parses `templateBody` once and expects an object. After `json.dumps` of what had been dumped already, or \
         `jsonencode` of a file that is escaped itself, the first parse gives a string again. Users' reports show it \
         with quotation marks inside the quotation marks (`\"\\\"{…`), and with `\"\\\"\\\"\"`, the twice encoded \
         nothing of a file that had been read to its end before. Encode exactly once: the file holds the body as plain \
         JSON, and the program that sends it makes the string.",
        Text r#"{
  "templateBody": "\"⟨template⟩\"",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    BODY_IS_OBJECT: "JITP013" "body-is-object" Error Attach Documented CONFIG,
        "templateBody takes the template as an escaped string, not as an object.",
        "The API's member is a string that happens to hold JSON, and the page says so: \"a JSON object specified as an \
         escaped string\". Tutorials that print the config with the template as an object, to be readable, print \
         something that the CLI refuses before it sends anything. Keep the body in a file of its own and make the \
         config from it, with jitp's `stringify`, `JSON.stringify` or `json.dumps`; escaping by hand goes wrong at the \
         policy document, which is escaped a second time.",
        Text r#"{
  "templateBody": ⟨template⟩,
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    MISSING_MEMBER: "JITP014" "missing-member" Error Attach Documented CONFIG { is_absence: true },
        "A member that this input needs is not there.",
        "A registration config carries a template and the role to use it with, or the name of a template that has its \
         role already. An input for `CreateProvisioningTemplate` needs `templateName`, `templateBody` and \
         `provisioningRoleArn`. The role is what AWS IoT assumes to make things and policies in your account; without \
         it there is nobody to do so. The same role has two names: `roleArn` in a registration config, \
         `provisioningRoleArn` in `CreateProvisioningTemplate`.",
        Text r#"{"templateBody": "⟨template⟩"}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    ROLE_ARN: "JITP015" "role-arn" Error Attach Documented CONFIG,
        "roleArn is the ARN of an IAM role, 20 to 2,048 characters.",
        "It is the whole ARN, `arn:aws:iam::` with the account's twelve digits and `:role/NAME`, not the role's name, \
         and neither a policy's ARN nor an instance profile's. In China and GovCloud the partition is `aws-cn` or \
         `aws-us-gov`; the European Sovereign Cloud has `aws-eusc`. A right ARN is not a fit role, which no text can show: the role has to trust \
         `iot.amazonaws.com`, needs the managed policy `AWSIoTThingsRegistration`, and whoever attaches the template \
         needs `iam:PassRole` for it.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_NAME: "JITP016" "template-name" Error Attach Documented CREATE_TEMPLATE,
        "A template's name has 1 to 36 letters, digits, hyphens and underscores.",
        "The service model gives the pattern `^[0-9A-Za-z_-]+$` and the length. The name becomes part of the \
         template's ARN (`…:provisioningtemplate/NAME`), which is why blanks, dots and slashes are out. Thirty-six \
         characters are fewer than names elsewhere in AWS IoT have; a prefix made of stage, Region and product uses \
         them up.",
        Text r#"{
  "templateName": "sensors, hall 2",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#
        => r#"{
  "templateName": "sensors-hall-2",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
    NAME_AND_BODY: "JITP017" "name-and-body" Warning Attach Observed CONFIG,
        "A registration config names a template or carries a body with a role, not both.",
        "All three members of a `RegistrationConfig` are optional in the API, and which of them count when all are \
         there is not documented. Public samples have either `templateName` alone or `templateBody` with `roleArn`. \
         The two behave differently later: a template that is named can be given a new version without touching the CA \
         certificate, while a body is a copy that only `UpdateCACertificate` replaces. Decide for one of them.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_TYPE: "JITP018" "template-type" Warning Attach Documented CREATE_TEMPLATE { is_absence: true },
        "A template for JITP is created with type JITP; the default is FLEET_PROVISIONING and cannot be changed later.",
        "`CreateProvisioningTemplate` takes `FLEET_PROVISIONING` where nothing is said. The call succeeds, and the \
         trouble begins when the CA certificate is to refer to the template: the page demands the type `JITP` for \
         that. A template's type stays what it was when the template was created; the way out is to create another one \
         under another name.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "enabled": true
}"#
        => r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
    PRE_PROVISIONING_HOOK: "JITP019" "pre-provisioning-hook" Warning Attach Documented CREATE_TEMPLATE,
        "Pre-provisioning hooks serve templates of type FLEET_PROVISIONING only.",
        "A hook is a Lambda function that may refuse a device before it is provisioned. It has its place in fleet \
         provisioning, where many devices may begin with the same claim certificate. In JITP whoever holds a \
         certificate that the registered CA has signed is let in, and the service model gives the hook to the other \
         type of template only. Who wants to ask a serial number list first takes just-in-time registration (JITR): no \
         template, and a rule that calls the Lambda function when a certificate has been registered.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true,
  "preProvisioningHook": {"targetArn": "arn:aws:lambda:eu-west-1:123456789012:function:check-serial"}
}"#
        => r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
    BODY_TOO_LONG: "JITP020" "body-too-long" Error Attach Documented CONFIG,
        "A template body has at most 10,240 characters.",
        "The limit counts the `templateBody` string as AWS unescapes it: line breaks and indentation count, the \
         backslashes of the escaping do not. The policy document does count with its own backslashes, since it is \
         escaped inside of the body. Minifying helps first (`stringify` with the option `indent` 0, `jitp stringify --indent 0`); what is still too long has \
         its bulk in the policies, which can be created beforehand and named by `PolicyName`. That the characters are \
         Unicode code points is assumed.",
        Text r#"{
  "templateBody": "⟨\r\n × 6000⟩⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    CLOUDFORMATION: "JITP021" "cloudformation-template" Error Attach Documented TEMPLATES,
        "The text is a CloudFormation template, not a provisioning template.",
        "Both languages have `Parameters`, `Resources`, `Ref` and even the types `AWS::IoT::Thing` and \
         `AWS::IoT::Policy`, and mean different things: CloudFormation makes the resources once, with the stack, a \
         provisioning template makes them anew for each device. `Outputs`, `Conditions` or a type such as \
         `AWS::IAM::Role` tell them apart, and jitp then says no more than that. In a stack the provisioning template \
         is a string: the `TemplateBody` of an `AWS::IoT::ProvisioningTemplate`, or in the `RegistrationConfig` of an \
         `AWS::IoT::CACertificate`.",
        Text r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Sensor": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "sensor-0001"}}
  }
}"#
        => "⟨template⟩";
    NOTHING_TO_RUN: "JITP022" "nothing-to-run" Error Connect Documented CREATE_TEMPLATE { leaves_open: true },
        "The text names a template instead of carrying it, so there is no body to dry-run.",
        "A registration config that is only a `templateName` is complete and valid. AWS looks the body up in the \
         account when a device connects; jitp talks to no account and has nothing to look it up in, so it finds fault \
         with the dry run and not with the text. Give it the body: `aws iot describe-provisioning-template \
         --template-name NAME` prints the one that is in force.",
        Text r#"{"templateName": "sensors"}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_DISABLED: "JITP023" "template-disabled" Warning Connect Assumed CREATE_TEMPLATE,
        "A template that is created without \"enabled\": true provisions nothing until it is enabled.",
        "`enabled` is optional in `CreateProvisioningTemplate`; that it counts as false if it is left out is assumed. The template is \
         created, the CA certificate can refer to it, and no device is provisioned. It can be enabled later with \
         `UpdateProvisioningTemplate`, unlike the type, which is settled for good (JITP018). Leaving it out is right \
         where somebody is to release the template by hand.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP"
}"#
        => r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "JITP",
  "enabled": true
}"#;
    FINDINGS_LEFT_OUT: "JITP025" "findings-left-out" Hint Attach Assumed RFC8259,
        "The text has more findings than are shown.",
        "jitp keeps the first 500 findings of a text. Nobody reads as many, and a text of a megabyte could break a rule at \
         every word. What is left out is not known, so that a report with this finding says nothing of the rest of the \
         text. So many findings have few causes: a program that writes one thing wrong everywhere, or a text that is \
         not a template. Fix what repeats, and check again.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {⟨"a": 1, × 600⟩"b": "1"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"b": "1"}
}"#;
    ROLE_ELSEWHERE: "JITP026" "role-elsewhere" Error Attach Documented PASS_ROLE,
        "The provisioning role is in another account or partition than the devices connect to.",
        "A caller can pass a role only to a service of the role's own account, so AWS refuses the call that attaches the \
         template. Partitions (`aws`, `aws-cn`, `aws-us-gov` and others) share no accounts: a role of one cannot serve a \
         Region of another. jitp compares the role's ARN with the account and the Region that the options give. Name a role of \
         the account in which the CA certificate is registered. The examples are judged for the account `123456789012` and the \
         Region `eu-west-1`.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws-cn:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    ARN_ELSEWHERE: "JITP027" "arn-elsewhere" Warning Attach Documented ARNS,
        "An ARN beside the template names another account, Region or partition than the devices connect to.",
        "A template and what it calls belong to one account and one Region: AWS IoT looks up a template, a CA certificate or \
         a hook's function where the device connects. An ARN of another place most often comes from a copy of another \
         stage's file. jitp compares the ARN with the account and Region of the options, and with the account of the \
         provisioning role if the options give none.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "FLEET_PROVISIONING",
  "enabled": true,
  "preProvisioningHook": {"targetArn": "arn:aws:lambda:eu-west-1:210987654321:function:check-serial"}
}"#
        => r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "provisioningRoleArn": "arn:aws:iam::123456789012:role/JITPRole",
  "type": "FLEET_PROVISIONING",
  "enabled": true,
  "preProvisioningHook": {"targetArn": "arn:aws:lambda:eu-west-1:123456789012:function:check-serial"}
}"#;
    REGISTRATION_OFF: "JITP028" "registration-off" Error Connect Documented JITP { step: 1 },
        "The CA certificate, its automatic registration or the template is switched off, so JITP never runs.",
        "JITP begins when a device connects whose certificate AWS IoT does not know, and whose CA is registered, active and \
         enabled for automatic registration. A registration config on a CA without that is kept and never used: the device's \
         connection is refused, and nothing says why. `RegisterCACertificate` leaves both off unless `setAsActive` and \
         `allowAutoRegistration` are true. The same goes for a provisioning template that AWS describes as disabled.",
        Text r#"{
  "caCertificate": "-----BEGIN CERTIFICATE-----…",
  "certificateMode": "SNI_ONLY",
  "setAsActive": true,
  "allowAutoRegistration": false,
  "registrationConfig": {
    "templateBody": "⟨template⟩",
    "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
  }
}"#
        => r#"{
  "caCertificate": "-----BEGIN CERTIFICATE-----…",
  "certificateMode": "SNI_ONLY",
  "setAsActive": true,
  "allowAutoRegistration": true,
  "registrationConfig": {
    "templateBody": "⟨template⟩",
    "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
  }
}"#;
    CA_MODE: "JITP029" "ca-mode" Error Attach Documented REGISTER_CA,
        "The certificate mode of the CA and its verification certificate contradict each other.",
        "In the mode `DEFAULT`, which is the mode if none is given, AWS wants a verification certificate that proves that you hold \
         the CA's private key. In the mode `SNI_ONLY` it wants none, and the field must be empty; devices must then send SNI. \
         The API's page states both.",
        Text r#"{
  "caCertificate": "-----BEGIN CERTIFICATE-----…",
  "verificationCertificate": "-----BEGIN CERTIFICATE-----…",
  "certificateMode": "SNI_ONLY",
  "setAsActive": true,
  "allowAutoRegistration": true,
  "registrationConfig": {
    "templateBody": "⟨template⟩",
    "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
  }
}"#
        => r#"{
  "caCertificate": "-----BEGIN CERTIFICATE-----…",
  "certificateMode": "SNI_ONLY",
  "setAsActive": true,
  "allowAutoRegistration": true,
  "registrationConfig": {
    "templateBody": "⟨template⟩",
    "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
  }
}"#;
}
