//! Resources: which there are, and what names each.

use super::sources::TEMPLATES;

rules! {
    NO_RESOURCES: "JITP050" "no-resources" Error Attach Documented TEMPLATES { is_absence: true },
        "The template has no Resources section, or an empty one.",
        "A template has two sections, and `Resources` is the one that creates something. It belongs at the top level of the \
         body, next to `Parameters`. If it seems to be there, look one level up or down: bodies that were nested by hand have \
         it inside `Parameters`, or a brace is closed too late.",
        Text r#"{
  "Parameters": {
    "AWS::IoT::Certificate::Id": {"Type": "String"}
  }
}"#
        => "⟨template⟩";
    RESOURCE_TYPE: "JITP051" "unknown-resource-type" Error Attach Documented TEMPLATES { is_absence: true },
        "The resource's Type is not AWS::IoT::Thing, AWS::IoT::Certificate or AWS::IoT::Policy.",
        "AWS's page lists three types and no others. Thing types, thing groups and billing groups are not resources here: a \
         thing names them, and they must exist already. Types are case-sensitive: the service is written `IoT` in them, and \
         `iot` in ARNs and in policy actions.",
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
    CERTIFICATE_COUNT: "JITP052" "not-one-certificate" Error Attach Assumed TEMPLATES { is_absence: true },
        "The template does not declare exactly one certificate.",
        "AWS describes a template as \"a thing, a certificate, and one or more IoT policies\". The certificate of a JITP \
         template is the one that the device has connected with, so there is only one. Without it there is nothing to attach \
         the policies to, and nothing to activate. How AWS treats none or two is not documented; it is assumed that it refuses \
         them.",
        Resources r#""thing": ⟨thing⟩,
"policy": ⟨policy⟩"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#;
    SEVERAL_THINGS: "JITP053" "several-things" Error Attach Assumed TEMPLATES,
        "The template declares more than one thing.",
        "AWS's page speaks of one thing, and step 5 attaches the certificate to that thing. A provisioning template cannot \
         create a gateway together with a thing for each of its sensors. Let the gateway register its sensors later, or run a \
         rule on the registry event that the new thing causes. It is assumed that AWS refuses two things.",
        Resources r#""gateway": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "gateway-7"}},
"sensor": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "sensor-0001"}},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#
        => r#""gateway": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": "gateway-7"}},
"certificate": ⟨certificate⟩,
"policy": ⟨policy⟩"#;
    NO_THING: "JITP054" "no-thing" Warning Connect Assumed TEMPLATES { is_absence: true },
        "The template has no thing resource, so the device gets a certificate and no entry in the registry.",
        "It is assumed to be legal: the certificate becomes ACTIVE and the policy lets the device connect. But there is no \
         thing, so there is no shadow of a thing, no jobs, no thing groups and no entry in the fleet index. The policy \
         variables `${iot:Connection.Thing.…}` have no value, and a policy built on them grants nothing. Leave the thing out \
         only if devices are known by certificate alone.",
        Resources r#""certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    NO_POLICY: "JITP055" "no-policy" Warning Connect Observed TEMPLATES { is_absence: true },
        "The template has no policy resource, so nothing in it lets the device connect.",
        "A certificate without any policy is known to AWS IoT and has no permissions, not even to connect. Two public templates \
         in production use have no policy resource, so AWS accepts it; one of them adds the thing to a group to which a policy \
         is attached. That keeps permissions in one place, and this warning can then be ignored. Otherwise the device is \
         provisioned, and each later connection is dropped.",
        Resources r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩"#
        => r#""thing": ⟨thing⟩,
"certificate": ⟨certificate⟩,
"policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "telemetry"}}"#;
    MISSING_THING_NAME: "JITP056" "missing-thing-name" Error Attach Documented TEMPLATES { is_absence: true },
        "The thing resource has no ThingName.",
        "It is the only property of a thing that AWS's page does not call optional. The logical name (`thing` in most samples) \
         is a label inside the template and names nothing in AWS. The common name of the certificate is the usual source: a \
         device that connects with it as client ID can then get permissions by `${iot:Connection.Thing.ThingName}`. A thing's \
         name cannot be changed later.",
        Thing r#""Properties": {"AttributePayload": {"site": "hall-2"}}"#
        => r#""Properties": {
  "ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "AttributePayload": {"site": "hall-2"}
}"#;
    MISSING_CERTIFICATE_ID: "JITP057" "missing-certificate-id" Error Attach Documented TEMPLATES { is_absence: true },
        "The certificate resource has no CertificateId, which a JITP template requires.",
        "AWS's page marks it as important: \"You must use `CertificateId` in a template that's used for JIT provisioning.\" \
         When the template is used, the certificate is registered already, as PENDING_ACTIVATION, and the template refers to it \
         by its ID. The value is always the same: a `Ref` to `AWS::IoT::Certificate::Id`.",
        Certificate r#""Properties": {"Status": "ACTIVE"}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    LITERAL_CERTIFICATE_ID: "JITP058" "literal-certificate-id" Error Connect Assumed TEMPLATES,
        "The CertificateId is not AWS::IoT::Certificate::Id, so it does not name the connecting device's certificate.",
        "The ID is the SHA-256 of the certificate in hexadecimal, 64 digits, different for each device. A fixed one would bind \
         every device's thing and policy to a single certificate, and the certificate that has connected would stay \
         PENDING_ACTIVATION. A subject attribute, such as the common name or the serial number, is not a certificate ID at all. \
         What AWS does with either is not documented; it follows from what the ID is that no device is provisioned as intended.",
        Certificate r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::CommonName"},
  "Status": "ACTIVE"
}"#
        => r#""Properties": {
  "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"},
  "Status": "ACTIVE"
}"#;
    OTHER_FLOW_CERTIFICATE: "JITP059" "certificate-from-other-flow" Error Attach Documented TEMPLATES,
        "CertificateSigningRequest, CertificatePem and CACertificatePem belong to other provisioning flows.",
        "They are for `RegisterThing` and bulk registration, in which the caller hands over a signing request or a certificate \
         that AWS IoT does not have yet. In JITP the certificate comes from the device's TLS handshake, signed by the \
         registered CA, and AWS requires `CertificateId`. With a CSR AWS would issue a second certificate, which never reaches \
         the device.",
        Certificate r#""Properties": {"CertificateSigningRequest": "MIHYMIGAAgEAMB4x…"}"#
        => r#""Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}"#;
}
