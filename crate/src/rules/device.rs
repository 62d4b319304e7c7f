//! What one certificate, or one set of parameters, does to the template.

use super::sources::{JITP, PERMISSIVE, RFC4514, TEMPLATES, X509};
use crate::flow::Flow;

rules! {
    PARAMETER_MISSING: "JITP100" "parameter-without-value" Error Connect Documented JITP,
        "The certificate has no value for a declared parameter, which has no Default.",
        "AWS's page gives this example: a template with `AWS::IoT::Certificate::Country` and a certificate without a country, \
         and \"the device provisioning fails\". The device sees only a dropped connection, its certificate stays \
         PENDING_ACTIVATION, and `ProvisionThing.ClientError` counts one more. A `Default` prevents it (AWS describes it for \
         templates in general, and a sample of AWS uses it in JITP). It is assumed that an attribute that is present and empty \
         counts as missing.",
        Subject "CN=sensor-0002"
        => "C=DE, ST=Hessen, O=Example GmbH, OU=Sensors, dnQualifier=q7, CN=sensor-0001, serialNumber=A1B2C3";
    SEVERAL_VALUES: "JITP101" "several-values" Warning Connect Assumed JITP,
        "The subject has several values of this attribute, and it is assumed that the first is used.",
        "A subject may hold an attribute more than once; organizational units often occur several times. AWS documents for \
         policy variables that the first value is used. It says nothing about the parameters of a template, and jitp assumes \
         the same: the first in the order in which the subject is encoded. Tools print them in different orders: RFC 4514 \
         reverses the order, OpenSSL's default keeps it. Do not use such an attribute in a thing's name before you have tried \
         it with one device.",
        Subject "OU=Sensors, OU=Line 4, CN=sensor-0003"
        => "C=DE, ST=Hessen, O=Example GmbH, OU=Sensors, dnQualifier=q7, CN=sensor-0001, serialNumber=A1B2C3";
    SERIAL_READING: "JITP102" "ambiguous-serial-number" Hint Connect Observed JITP,
        "SerialNumber is documented as the subject's attribute and observed as the certificate's own serial number.",
        "The name has two meanings: the attribute `serialNumber` of the subject (2.5.4.5), which a manufacturer fills with the \
         device's number, and the serial number that the CA gives to each certificate. AWS's page says that all values come \
         from the subject. Three of AWS's samples use the parameter with certificates whose subject has no such attribute, and \
         the device of one uses the certificate's own number, in decimal, as the thing's name that the policy expects. jitp \
         uses the subject's if there is one and the certificate's otherwise, says which, and lets you choose (the option \
         `serialNumber`, `--serial-number`). Put the number into the common name to avoid the question.",
        Parameters r#""AWS::IoT::Certificate::SerialNumber": {"Type": "String"}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String"}"#;
    THING_NAME_IS_ID: "JITP103" "thing-name-is-id" Hint Connect Observed JITP,
        "The thing is named by the certificate ID, so a device with a new certificate becomes a second thing.",
        "The name is legal, unique, and seen in public templates, mostly if certificates carry nothing else that tells one \
         device from another. It also makes the thing as short-lived as its certificate: a device with a new certificate \
         becomes a second thing, with an empty shadow and no jobs. And a device is unlikely to connect under this name, which a \
         policy may require (JITP099). Most templates use the common name.",
        Thing r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    PARAMETER_NOT_GIVEN: "JITP104" "parameter-not-given" Error Connect Documented TEMPLATES { flow: Flow::RegisterThing },
        "A parameter has no Default, and the caller of RegisterThing gives no value for it.",
        "In fleet provisioning and in single-thing and bulk registration the caller passes a dictionary of values, and \"if a \
         parameter is omitted from the dictionary, the default value is used\". Without a default the parameter has no value, \
         and neither does anything that refers to it. In fleet provisioning the device itself composes the dictionary, so an \
         old firmware can meet a new template. Give each new parameter a `Default`, so that both work.",
        Body r#""Parameters": {
  "ThingName": {"Type": "String"},
  "CSR": {"Type": "String"},
  "Site": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {
      "ThingName": {"Ref": "ThingName"},
      "AttributePayload": {"site": {"Ref": "Site"}}
    }
  },
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}}
  },
  "policy": ⟨policy⟩
}"#
        => r#""Parameters": {
  "ThingName": {"Type": "String"},
  "CSR": {"Type": "String"},
  "Site": {"Type": "String", "Default": "hall-2"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {
      "ThingName": {"Ref": "ThingName"},
      "AttributePayload": {"site": {"Ref": "Site"}}
    }
  },
  "certificate": {
    "Type": "AWS::IoT::Certificate",
    "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}}
  },
  "policy": ⟨policy⟩
}"#;
    VALIDITY_NOT_CHECKED: "JITP105" "validity-not-checked" Warning Connect Assumed X509 { step: 1, leaves_open: true },
        "The certificate has a date that cannot be read, so its validity is not known.",
        "AWS IoT accepts a certificate only within its validity period. The 31st day of a 13th month is not a date, and what \
         AWS does with it is not documented. jitp cannot compare it with the time of the connection. Nothing else stops the \
         device, so the verdict is `unknown` and never `provisions`. Issue the certificate again, with valid dates.",
        Pem "-----BEGIN CERTIFICATE-----
⟨no-such-date.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    UNREADABLE_SUBJECT: "JITP106" "unreadable-subject" Error Connect Documented RFC4514 { step: 1 },
        "The text that is given as the subject of a certificate cannot be read.",
        "A dry run accepts the subject that a certificate has or will have, without the certificate. OpenSSL writes \
         `/C=DE/O=Example/CN=lamp-1` (`openssl req -subj`) and `C = DE, O = Example, CN = lamp-1` (`openssl x509 -subject`), in \
         the order of the encoding. RFC 4514 writes `CN=lamp-1,O=Example,C=DE`, the last attribute first. A plus sign joins the \
         attributes of a set. A separator inside a value has a backslash before it. Types are short names, long names or dotted \
         OIDs. The finding says at which character the text departs from that.",
        GivenSubject "/C=DE/O=Example/Berlin/CN=lamp-1"
        => "/C=DE/O=Example\\/Berlin/CN=lamp-1";
    VALUE_NOT_KNOWN: "JITP107" "value-not-known" Warning Connect Assumed TEMPLATES { leaves_open: true, flow: Flow::Fleet },
        "The outcome depends on a value that is not known without the certificate.",
        "The ID of a certificate and its own serial number are known only when the certificate exists. A dry run of a subject \
         alone, or of a fleet template without a certificate, shows `<certificate ID>` and `<serial number>` in their place. A \
         name that contains them is checked with the longest values that they can have. A function that looks at the value \
         itself cannot be evaluated: a key of `Mappings`, a text that is split at a character of the value. Nothing else stops \
         the device, so the verdict is `unknown` and never `provisions`. Give the certificate.",
        Body r#""Parameters": {
  "AWS::IoT::Certificate::Id": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {"ThingName": {"Fn::Select": ["0", {"Fn::Split": ["a", {"Ref": "AWS::IoT::Certificate::Id"}]}]}}
  },
  "certificate": ⟨certificate⟩,
  "policy": ⟨policy⟩
}"#
        => r#""Parameters": {
  "AWS::IoT::Certificate::Id": {"Type": "String"}
},
"Resources": {
  "thing": {
    "Type": "AWS::IoT::Thing",
    "Properties": {"ThingName": {"Fn::Join": ["-", ["lamp", {"Ref": "AWS::IoT::Certificate::Id"}]]}}
  },
  "certificate": ⟨certificate⟩,
  "policy": ⟨policy⟩
}"#;
    NOT_ISOLATED: "JITP108" "not-isolated" Warning Connect Documented PERMISSIVE,
        "The policy allows this device what belongs to another device of the same template.",
        "jitp makes a second device: the same certificate with the next common name, serial number and certificate ID. What \
         the policies give to the second one only, its client ID, its topics and its shadow, the first one must not have. \
         Otherwise whoever extracts the key of one device can speak for another, or listen to it. AWS's audit wants such \
         permissions limited by policy variables, and compares texts with a list: it does not see that `lamps/*` covers \
         `lamps/lamp-2/state`. Topics that all devices share are not meant: nothing of a device's own is in them. What the \
         audit does report is JITP098, and is not reported a second time.",
        Document r#"{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iot:Connect",
    "Resource": "arn:aws:iot:eu-west-1:123456789012:client/sensor-*"
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
