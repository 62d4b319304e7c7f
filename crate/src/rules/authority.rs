//! Who signed whom, and what the CA needs to be registered.

use super::sources::{AUTHORITY, JITP, KEY_QUALITY, RFC5280};

rules! {
    NOT_SIGNED: "JITP130" "not-signed-by-ca" Error Connect Documented KEY_QUALITY { step: 1 },
        "The device's certificate is signed by the CA that is registered.",
        "AWS IoT takes a certificate only if a registered CA signed it, and loads the template from that CA. That the names fit \
         proves nothing: a CA that was made anew has the same name and another key, and the devices of the old one fail. jitp \
         compares the names and the key identifiers, and verifies the signature with the CA's public key. Register the CA \
         that really signed, or have the device's certificate signed again.",
        Chain "The device, then the CA:
-----BEGIN CERTIFICATE-----
⟨not-its-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then the CA:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    NOT_THE_SIGNING_CA: "JITP131" "not-the-signing-ca" Error Connect Documented AUTHORITY { step: 1 },
        "The CA to register is the one that signed the device's certificate, not one above it.",
        "In a hierarchy a root CA signs an issuing CA, and that one signs the devices. AWS IoT looks for the issuer of the \
         device's certificate among the registered CAs and does not climb further, so a root that is registered alone \
         provisions nothing. Register the issuing CA; the root need not be registered at all.",
        Chain "The device and the CA that signed it, then the CA that is to be registered:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨root-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then the CA that is to be registered:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    NOT_A_CA: "JITP132" "not-a-ca" Error Attach Documented AUTHORITY { step: 1 },
        "A certificate that is registered as a CA's says CA:TRUE in its basicConstraints.",
        "A certificate may sign others only if its `basicConstraints` say CA:TRUE and its `keyUsage`, where it has one, has \
         keyCertSign. `RegisterCACertificate` is for such certificates; a device's certificate, or a self-signed one from a recipe for \
         web servers, is not one. Certificates of X.509 version 1 have no extensions and cannot say it.",
        Chain "The device, then the CA:
-----BEGIN CERTIFICATE-----
⟨under-no-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨no-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then the CA:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    SAME_SUBJECT: "JITP133" "cas-with-one-subject" Warning Connect Assumed RFC5280,
        "CAs are told apart by their subjects.",
        "Two CA certificates with one subject and different keys look alike to whoever goes by names: the file that was \
         registered may be the other one. It happens when a CA is made anew by the same script. jitp goes by the \
         signatures and says which of them signed. Give a new CA a new name; how AWS IoT chooses where several are \
         registered is not documented.",
        Chain "The device, then two CAs:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨twin-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then its CA:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    ISSUER_MISSING: "JITP134" "issuer-missing" Hint Connect Documented JITP,
        "The CA that signed a device's certificate is known.",
        "The CA that has to be registered is the issuer of the device's certificate. It is not among the certificates that \
         were given, so that nothing can be said of the signature, nor whether a CA that was given is the right one. The \
         issuer's name in the device's certificate tells which file to look for.",
        Chain "The device, then a CA:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----"
        => "The device, then its CA:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    VERIFICATION: "JITP135" "verification-certificate" Error Attach Documented AUTHORITY,
        "In DEFAULT mode the verification certificate has the registration code as its common name, and is signed by the CA.",
        "With it you prove that you hold the CA's private key. `get-registration-code` gives the code of your account and Region; a \
         certificate with that as its CN, signed by the CA, goes to `RegisterCACertificate` beside the CA's own. A code of another \
         account or Region, a CN with a blank at its end, or a certificate that another CA signed is refused. In SNI_ONLY mode \
         there is none.",
        Registration "The CA, then the verification certificate:
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----"
        => "The CA, then the verification certificate:
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨verification.pem⟩
-----END CERTIFICATE-----";
    OTHER_CA: "JITP136" "other-ca-than-the-text" Warning Connect Documented AUTHORITY,
        "The CA that was given is not the one that the text carries or names.",
        "The output of `DescribeCACertificate` and the inputs of the calls that register and update a CA belong to one CA: AWS IoT loads the \
         template from them only for devices that this CA signed. The plan is for the CA that was given. If only the \
         CA of the text is registered, that one's devices are provisioned and no others. Give the CA of the text, leave the other one out so that the text's is \
         taken, or describe the CA that you mean.",
        Chain r#"The input for RegisterCACertificate:
{
  "caCertificate": "-----BEGIN CERTIFICATE-----\n⟨twin-ca.pem⟩\n-----END CERTIFICATE-----\n",
  "setAsActive": true,
  "allowAutoRegistration": true,
  "certificateMode": "SNI_ONLY",
  "registrationConfig": {"templateBody": "⟨template⟩", "roleArn": "arn:aws:iam::123456789012:role/provisioning"}
}
The device, then the CA that was given:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----"#
        => r#"The input for RegisterCACertificate:
{
  "caCertificate": "-----BEGIN CERTIFICATE-----\n⟨signing-ca.pem⟩\n-----END CERTIFICATE-----\n",
  "setAsActive": true,
  "allowAutoRegistration": true,
  "certificateMode": "SNI_ONLY",
  "registrationConfig": {"templateBody": "⟨template⟩", "roleArn": "arn:aws:iam::123456789012:role/provisioning"}
}
The device, then the CA that was given:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----"#;
    EXTENSION_NOT_CHECKED: "JITP137" "critical-extension-not-checked" Warning Connect Assumed RFC5280 { step: 1, leaves_open: true },
        "The certificate has a critical extension that was not checked.",
        "Software that does not know a critical extension must refuse the certificate. jitp checks the usual ones. It does not check a \
         private one, one that cannot be read, or constraints on the names below a CA, and AWS does not document which ones it knows. \
         Nothing else stops the device, so the verdict is `unknown` and never `provisions`. Try one device before a batch is made, or issue \
         the certificate without the extension, or with it not critical.",
        Pem "-----BEGIN CERTIFICATE-----
⟨critical-extension.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨private-extension.pem⟩
-----END CERTIFICATE-----";
    SIGNATURE_NOT_CHECKED: "JITP138" "signature-not-checked" Warning Connect Documented KEY_QUALITY { step: 1, leaves_open: true },
        "The signature of the CA was to be checked and could not be.",
        "AWS IoT provisions a device only if a registered CA signed its certificate. The check was asked for, and it could not be made: \
         WebCrypto does not verify the algorithm, the CA's certificate cannot be read, or the answer that was given belongs to another \
         certificate. Nothing else stops the device, so the verdict is `unknown` and never \
         `provisions`. Verify the signature with another tool, for example `openssl verify -partial_chain -CAfile ca.pem device.pem`.",
        Chain "The device, whose signature has two different hashes in its RSASSA-PSS parameters, then its CA:
-----BEGIN CERTIFICATE-----
⟨pss-two-hashes.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨pss-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then its CA:
-----BEGIN CERTIFICATE-----
⟨pss-one-hash.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨pss-ca.pem⟩
-----END CERTIFICATE-----";
}
