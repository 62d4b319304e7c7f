//! What one certificate, or one set of parameters, does to the template.

use super::sources::{JITP, TEMPLATES, X509};
use crate::flow::Flow;

rules! {
    PARAMETER_MISSING: "JITP100" "parameter-missing" Error Connect Documented JITP,
        "The certificate must have a value for every declared parameter that has no Default.",
        "AWS's page gives the example itself: a template with `AWS::IoT::Certificate::Country` and a certificate \
         without a country, and \"the device provisioning fails\". The device sees a dropped connection and nothing \
         else, its certificate stays PENDING_ACTIVATION, and `ProvisionThing.ClientError` counts one more. A `Default` \
         rescues it (AWS describes it for templates in general, and a sample of AWS does so in JITP). An attribute \
         that is present and empty counts as missing, which is assumed.",
        Subject "CN=sensor-0002"
        => "C=DE, ST=Hessen, O=Example GmbH, OU=Sensors, dnQualifier=q7, CN=sensor-0001, serialNumber=A1B2C3";
    SEVERAL_VALUES: "JITP101" "several-values" Warning Connect Assumed JITP,
        "Of several values of one subject attribute the first is taken.",
        "A subject may hold an attribute more than once, and with organizational units many do. For policy variables \
         AWS documents that the first value is taken; for the parameters of a template it says nothing, and jitp \
         assumes the same, first in the order in which the subject is encoded. Tools disagree about how they print it: \
         RFC 4514 turns the order round, OpenSSL's default keeps it. Do not build a thing's name on such an attribute \
         without having seen one device through.",
        Subject "OU=Sensors, OU=Line 4, CN=sensor-0003"
        => "C=DE, ST=Hessen, O=Example GmbH, OU=Sensors, dnQualifier=q7, CN=sensor-0001, serialNumber=A1B2C3";
    SERIAL_READING: "JITP102" "serial-reading" Hint Connect Observed JITP,
        "SerialNumber is documented as the subject's attribute and observed as the certificate's own serial number.",
        "Two different things are called so: the attribute `serialNumber` of the subject (2.5.4.5), which a \
         manufacturer fills with the device's number, and the serial number that the CA gives to each certificate. The \
         page takes all values from the subject. Three of AWS's samples use the parameter with certificates whose \
         subject has no such attribute, and the device of one uses the certificate's own number, in decimal, where the \
         policy expects the thing's name. jitp takes the subject's where there is one and the certificate's otherwise, \
         says which, and lets you choose (the option `serialNumber`, `--serial-number`). Put the number into the common name to be free of the \
         question.",
        Parameters r#""AWS::IoT::Certificate::SerialNumber": {"Type": "String"}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String"}"#;
    THING_NAME_IS_ID: "JITP103" "thing-name-is-id" Hint Connect Observed JITP,
        "The thing is named by the 64 hexadecimal digits of the certificate ID.",
        "It is legal, unique, and seen in public templates, mostly where certificates carry nothing that tells one \
         device from another. It also makes the thing as short-lived as its certificate: a device that comes back with \
         a new one becomes a second thing, with an empty shadow and no jobs. And a device hardly connects under this \
         name, which a policy may ask for (JITP099). The common name is what most templates use.",
        Thing r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::Id"}}"#
        => r#""Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}"#;
    PARAMETER_NOT_GIVEN: "JITP104" "parameter-not-given" Error Connect Documented TEMPLATES { flow: Flow::RegisterThing },
        "A parameter without a Default has to be given to RegisterThing.",
        "In fleet provisioning and in single-thing and bulk registration the caller passes a dictionary of values, and \
         \"if a parameter is omitted from the dictionary, the default value is used\". Without a default nothing takes \
         its place, and what refers to it has no value. In fleet provisioning the device itself composes the \
         dictionary, so that an old firmware meets a new template here; a `Default` for each new parameter lets both \
         live.",
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
        "AWS IoT accepts a certificate only within its validity period. A date such as the 31st day of a 13th month is not one, and what AWS \
         makes of it is not documented. jitp cannot compare it with the time of the connection. Nothing else stops the device, so the \
         verdict is `unknown` and never `provisions`. Issue the certificate again, with dates that a calendar has.",
        Pem "-----BEGIN CERTIFICATE-----
⟨no-such-date.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
}
