//! What the text is, and what is around the template body.

use super::sources::{ARNS, CONFIG, CREATE_TEMPLATE, JITP, PASS_ROLE, REGISTER_CA, RFC8259, TEMPLATES};

rules! {
    UNRECOGNISED: "JITP010" "unrecognised-input" Error Attach Assumed JITP { is_absence: true },
        "The text is not a template body, a registration config or an input for CreateProvisioningTemplate.",
        "jitp recognises a text by its members. `Parameters` and `Resources` make a template body, `templateBody` with \
         `roleArn` a registration config, and `templateName` alone a registration config that names a template. With \
         `provisioningRoleArn` or `type` it is an input for `CreateProvisioningTemplate`. This text has none of them. It is \
         most often another file from the same folder: the policy document, the trust policy of the role, or the parameters for \
         `RegisterThing`. No API accepts it as a template.",
        Text r#"{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}]
}"#
        => "⟨template⟩";
    BODY_AS_STRING: "JITP011" "body-as-string" Hint Attach Assumed JITP,
        "The whole text is one JSON string; jitp reads the text inside.",
        "A template is a string only as the value of `templateBody`, and copying that field gives this text. A separate file \
         needs another form: `--registration-config file://…` expects the config around it, and `--template-body file://…` \
         expects plain JSON and makes the string itself. AWS would receive a template that is a string and not an object, and \
         it is assumed to refuse that. jitp reads through the string, judges the text inside, and reports only this hint.",
        Text r#""⟨template⟩""#
        => "⟨template⟩";
    DOUBLE_ENCODED: "JITP012" "double-encoded-body" Error Attach Observed JITP,
        "The templateBody was encoded as a string more than once, so AWS finds a string in place of the template.",
        "AWS parses `templateBody` once and expects an object. If `json.dumps` is applied to its own output, or `jsonencode` to \
         a file that is escaped already, the first parse gives a string again. Users' reports show it with quotation marks \
         inside the quotation marks (`\"\\\"{…`), and with `\"\\\"\\\"\"`, an empty text encoded twice after a file had already \
         been read to its end. Encode exactly once: keep the body as plain JSON in the file, and let the program that sends it \
         make the string.",
        Text r#"{
  "templateBody": "\"⟨template⟩\"",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    BODY_IS_OBJECT: "JITP013" "body-is-object" Error Attach Documented CONFIG,
        "templateBody is an object, and AWS requires an escaped string.",
        "The API's member is a string that happens to hold JSON, and the page says so: \"a JSON object specified as an escaped \
         string\". Tutorials that print the template as an object, to be readable, print a config that the CLI refuses before \
         it sends anything. Keep the body in a separate file and generate the config from it, with jitp's `stringify`, \
         `JSON.stringify` or `json.dumps`. Escaping by hand goes wrong at the policy document, which is escaped a second time.",
        Text r#"{
  "templateBody": ⟨template⟩,
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    MISSING_MEMBER: "JITP014" "missing-member" Error Attach Documented CONFIG { is_absence: true },
        "A member that this input requires is missing.",
        "A registration config carries either a template and the role to use with it, or the name of a template that has its \
         role already. An input for `CreateProvisioningTemplate` needs `templateName`, `templateBody` and \
         `provisioningRoleArn`. AWS IoT assumes the role to create things and policies in your account, and cannot create them \
         without it. The same role has two names: `roleArn` in a registration config, `provisioningRoleArn` in \
         `CreateProvisioningTemplate`.",
        Text r#"{"templateBody": "⟨template⟩"}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    ROLE_ARN: "JITP015" "invalid-role-arn" Error Attach Documented CONFIG,
        "The provisioning role is not given as the ARN of an IAM role.",
        "AWS requires the whole ARN, 20 to 2,048 characters: `arn:aws:iam::` with the account's twelve digits and `:role/NAME`. \
         The role's name alone, a policy's ARN and an instance profile's ARN are refused. In China and GovCloud the partition \
         is `aws-cn` or `aws-us-gov`; the European Sovereign Cloud has `aws-eusc`. No text can show whether the role works: it \
         must trust `iot.amazonaws.com` and have the managed policy `AWSIoTThingsRegistration`, and the caller who attaches the \
         template needs `iam:PassRole` for it.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_NAME: "JITP016" "invalid-template-name" Error Attach Documented CREATE_TEMPLATE,
        "The template name has a character that is not allowed, is empty, or is longer than 36 characters.",
        "The service model gives the pattern `^[0-9A-Za-z_-]+$` and a length of 1 to 36. The name becomes part of the \
         template's ARN (`…:provisioningtemplate/NAME`), so spaces, dots and slashes are not allowed. The limit is lower than \
         for other names in AWS IoT, and a prefix of stage, Region and product uses it up.",
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
        "The registration config both names a template and carries a body with a role.",
        "All three members of a `RegistrationConfig` are optional in the API, and AWS does not document which of them count if \
         all are present. Public samples have either `templateName` alone or `templateBody` with `roleArn`. The two behave \
         differently later: a named template can get a new version without a change to the CA certificate, while a body is a \
         copy that only `UpdateCACertificate` replaces. Keep one of them.",
        Text r#"{
  "templateName": "sensors",
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_TYPE: "JITP018" "template-type-not-jitp" Warning Attach Documented CREATE_TEMPLATE { is_absence: true },
        "The template is created with a type other than JITP, and the type cannot be changed later.",
        "`CreateProvisioningTemplate` uses `FLEET_PROVISIONING` if no type is given. The call succeeds, and the problem shows \
         when the CA certificate is set to refer to the template: AWS requires the type `JITP` for that. The type of a template \
         is fixed when it is created. The way out is to create another template under another name.",
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
    PRE_PROVISIONING_HOOK: "JITP019" "hook-with-jitp" Warning Attach Documented CREATE_TEMPLATE,
        "The input has a pre-provisioning hook, which only templates of type FLEET_PROVISIONING support.",
        "A hook is a Lambda function that can refuse a device before it is provisioned. Fleet provisioning needs it because \
         many devices can begin with the same claim certificate. In JITP every device whose certificate the registered CA \
         signed is admitted, and the service model gives the hook to the other type of template only. To check a list of serial \
         numbers first, use just-in-time registration (JITR): no template, and a rule that calls the Lambda function when a \
         certificate has been registered.",
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
        "The template body has more than 10,240 characters.",
        "The limit counts the `templateBody` string after AWS unescapes it: line breaks and indentation count, the backslashes \
         of the escaping do not. The policy document counts with its backslashes, because it is escaped inside the body. Minify \
         the body first (`stringify` with the option `indent` 0, `jitp stringify --indent 0`). If it is still too long, most of \
         it is in the policies, which can be created beforehand and named by `PolicyName`. It is assumed that the characters \
         are Unicode code points.",
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
        "Both languages have `Parameters`, `Resources`, `Ref` and even the types `AWS::IoT::Thing` and `AWS::IoT::Policy`, with \
         different meanings: CloudFormation creates the resources once, with the stack, and a provisioning template creates \
         them for each device. `Outputs`, `Conditions` or a type such as `AWS::IAM::Role` tell them apart, and jitp then \
         reports nothing else. In a stack the provisioning template is a string: the `TemplateBody` of an \
         `AWS::IoT::ProvisioningTemplate`, or part of the `RegistrationConfig` of an `AWS::IoT::CACertificate`.",
        Text r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Sensor": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "sensor-0001"}}
  }
}"#
        => "⟨template⟩";
    NOTHING_TO_RUN: "JITP022" "no-template-body" Error Connect Documented CREATE_TEMPLATE { leaves_open: true },
        "The text names a template and carries no body, so there is nothing to dry-run.",
        "A registration config with only a `templateName` is complete and valid. AWS looks the body up in the account when a \
         device connects. jitp connects to no account, so this finding is about the dry run and not about the text. Give jitp \
         the body: `aws iot describe-provisioning-template --template-name NAME` prints the version in force.",
        Text r#"{"templateName": "sensors"}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    TEMPLATE_DISABLED: "JITP023" "template-disabled" Warning Connect Assumed CREATE_TEMPLATE,
        "The template is created without \"enabled\": true and provisions nothing until it is enabled.",
        "`enabled` is optional in `CreateProvisioningTemplate`, and it is assumed to be false if it is left out. The template \
         is created, the CA certificate can refer to it, and no device is provisioned. It can be enabled later with \
         `UpdateProvisioningTemplate`, unlike the type, which is fixed (JITP018). Leave it out if somebody enables the template \
         by hand later.",
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
        "jitp keeps the first 500 findings of a text, because a text of a megabyte can break a rule at every word. The rest is \
         not known, so a report with this finding says nothing about the rest of the text. So many findings have few causes: a \
         program that writes one thing wrong everywhere, or a text that is not a template. Fix the repeated problem, and check \
         again.",
        Thing r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {⟨"a": 1, × 600⟩"b": "1"}
}"#
        => r#""Properties": {
  "ThingName": "sensor-0001",
  "AttributePayload": {"b": "1"}
}"#;
    ROLE_ELSEWHERE: "JITP026" "role-in-another-account" Error Attach Documented PASS_ROLE,
        "The provisioning role is in another account or partition than the devices connect to.",
        "A caller can pass a role only to a service of the role's own account, so AWS refuses the call that attaches the \
         template. Partitions (`aws`, `aws-cn`, `aws-us-gov` and others) share no accounts: a role of one cannot serve a Region \
         of another. jitp compares the role's ARN with the account and the Region in the options. Name a role of the account in \
         which the CA certificate is registered. The examples are judged for the account `123456789012` and the Region \
         `eu-west-1`.",
        Text r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws-cn:iam::123456789012:role/JITPRole"
}"#
        => r#"{
  "templateBody": "⟨template⟩",
  "roleArn": "arn:aws:iam::123456789012:role/JITPRole"
}"#;
    ARN_ELSEWHERE: "JITP027" "arn-in-another-account" Warning Attach Documented ARNS,
        "An ARN outside the template body names another account, Region or partition than the devices connect to.",
        "A template and the resources that it calls belong to one account and one Region: AWS IoT looks up a template, a CA \
         certificate or a hook's function in the Region that the device connects to. Such an ARN most often comes from a copy \
         of another stage's file. jitp compares it with the account and Region of the options, and with the account of the \
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
        "JITP begins when a device connects with a certificate that AWS IoT does not know, and whose CA is registered, active \
         and enabled for automatic registration. Without that, the registration config on the CA is kept and never used, and \
         the device's connection is refused without a reason. `RegisterCACertificate` leaves both off unless `setAsActive` and \
         `allowAutoRegistration` are true. The same applies to a provisioning template that AWS describes as disabled.",
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
    CA_MODE: "JITP029" "contradictory-certificate-mode" Error Attach Documented REGISTER_CA,
        "The certificate mode of the CA and its verification certificate contradict each other.",
        "In the mode `DEFAULT`, which applies if none is given, AWS requires a verification certificate, which proves that you \
         hold the CA's private key. In the mode `SNI_ONLY` the field must be empty, and devices must send SNI. The API's page \
         states both.",
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
