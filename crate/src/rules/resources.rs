//! Resources: which there are, and what names each.

use super::sources::TEMPLATES;

rules! {
    NO_RESOURCES: "JITP050" "no-resources" Error Attach Documented TEMPLATES { is_absence: true },
        "A template declares its resources in a Resources section.",
        "A template has two sections, and `Resources` is the one that makes something. It stands at the top of the \
         body, beside `Parameters`. Where it seems to be there, look one level up or down: bodies that were nested by \
         hand have it inside of `Parameters`, or one brace is closed too late.",
        Text r#"{
  "Parameters": {
    "AWS::IoT::Certificate::Id": {"Type": "String"}
  }
}"#
        => "⟨template⟩";
    RESOURCE_TYPE: "JITP051" "resource-type" Error Attach Documented TEMPLATES { is_absence: true },
        "A resource is an AWS::IoT::Thing, an AWS::IoT::Certificate or an AWS::IoT::Policy.",
        "The page lists three types and no others. Thing types, thing groups and billing groups are not resources \
         here: a thing names them, and they have to exist already. Types are case-sensitive: the service is written \
         `IoT` in them, and `iot` in ARNs and in policy actions.",
        Resources r#""thing": {
  "Type": "AWS::Iot::Thing",
  "Properties": {"ThingName": "sensor-0001"}
},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#
        => r#""thing": {
  "Type": "AWS::IoT::Thing",
  "Properties": {"ThingName": "sensor-0001"}
},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#;
    CERTIFICATE_COUNT: "JITP052" "certificate-count" Error Attach Assumed TEMPLATES { is_absence: true },
        "A template declares exactly one certificate.",
        "AWS describes a template as \"a thing, a certificate, and one or more IoT policies\". The certificate of a \
         JITP template is the one that the device has connected with, and there is only one of those. Without it there \
         is nothing to attach the policies to, and nothing to activate. What AWS says to none or two is not \
         documented; that it refuses them is assumed.",
        Resources r#""thing": ⟨thing⟩,
"policy": ⟨policy⟩"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#;
    SEVERAL_THINGS: "JITP053" "several-things" Error Attach Assumed TEMPLATES,
        "A template declares at most one thing.",
        "The page speaks of a thing, in the singular, and step 5 attaches the certificate to that thing. A gateway \
         with sensors behind it, each a thing of its own, is beyond what a provisioning template makes: let the \
         gateway register its sensors later, or run a rule on the registry event that the new thing causes. That AWS \
         refuses two things is assumed.",
        Resources r#""gateway": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "gateway-7"}},
"sensor": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "sensor-0001"}},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#
        => r#""gateway": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "gateway-7"}},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#;
    NO_THING: "JITP054" "no-thing" Warning Connect Assumed TEMPLATES { is_absence: true },
        "Without a thing resource the device gets a certificate and no entry in the registry.",
        "It is assumed to be legal: the certificate becomes ACTIVE and the policy lets the device in. But there is no \
         thing, so no shadow that belongs to a thing, no jobs, no thing groups and nothing in the fleet index, and the \
         policy variables `${iot:Connection.Thing.…}` have no value, so that a policy built on them grants nothing. \
         Leave the thing out only where devices are known by certificate alone.",
        Resources r#""certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    NO_POLICY: "JITP055" "no-policy" Warning Connect Observed TEMPLATES { is_absence: true },
        "Without a policy resource nothing in the template lets the device connect.",
        "A certificate without any policy is known to AWS IoT and may do nothing, not even connect. Two public \
         templates in production use have no policy resource all the same, so AWS accepts it; one of them puts the \
         thing into a group to which a policy is attached. That is a good way to keep permissions in one place, and \
         then this warning can be passed over. Otherwise the device is provisioned and dropped again at each later \
         connection.",
        Resources r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    MISSING_THING_NAME: "JITP056" "missing-thing-name" Error Attach Documented TEMPLATES { is_absence: true },
        "A thing resource needs a ThingName.",
        "Of the properties of a thing it is the one that the page does not call optional. The logical name (`thing` in \
         most samples) is a label inside of the template and names nothing in AWS. The common name of the certificate \
         is the usual source: a device that connects with it as client ID can then be given permissions by \
         `${iot:Connection.Thing.ThingName}`. A thing's name cannot be changed later.",
        Thing r#""Properties": {"AttributePayload": {"site": "hall-2"}}"#
        => r#""Properties": {
  "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "AttributePayload": {"site": "hall-2"}
}"#;
    MISSING_CERTIFICATE_ID: "JITP057" "missing-certificate-id" Error Attach Documented TEMPLATES { is_absence: true },
        "A JITP template names its certificate by CertificateId.",
        "The page marks it as important: \"You must use `CertificateId` in a template that's used for JIT \
         provisioning.\" By the time the template is used the certificate is registered already, as \
         PENDING_ACTIVATION, and the ID is how the template gets hold of it. The value is always the same: a `Ref` to \
         `AWS::IoT::Certificate::Id`.",
        Certificate r#""Properties": {"Status": "ACTIVE"}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    LITERAL_CERTIFICATE_ID: "JITP058" "literal-certificate-id" Error Connect Assumed TEMPLATES,
        "A CertificateId other than AWS::IoT::Certificate::Id is not the connecting device's own.",
        "The ID is the SHA-256 of the certificate in hexadecimal, 64 digits, another one for each device. A fixed one \
         would bind every device's thing and policy to a single certificate, and the certificate that has connected \
         would stay PENDING_ACTIVATION. A subject attribute in its place, such as the common name or the serial \
         number, is not a certificate ID at all. What AWS does with either is not documented; that no device is \
         provisioned as meant follows from what the ID is.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "Status": "ACTIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    OTHER_FLOW_CERTIFICATE: "JITP059" "other-flow-certificate" Error Attach Documented TEMPLATES,
        "CertificateSigningRequest, CertificatePem and CACertificatePem belong to other provisioning flows.",
        "They are for `RegisterThing` and bulk registration, where the caller hands over a signing request or a \
         certificate that AWS IoT does not have yet. In JITP the device's TLS handshake has brought the certificate, \
         signed by the registered CA, and AWS demands `CertificateId`. A CSR would have AWS issue a second \
         certificate, whose way to the device nobody has planned.",
        Certificate r#""Properties": {"CertificateSigningRequest": "MIHYMIGAAgEAMB4x…"}"#
        => r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}"#;
}
