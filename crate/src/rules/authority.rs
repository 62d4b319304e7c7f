//! Who signed whom, and what the CA needs to be registered.

use super::sources::{AUTHORITY, JITP, KEY_QUALITY, RFC5280};

rules! {
    NOT_SIGNED: "JITP130" "not-signed-by-ca" Error Connect Documented KEY_QUALITY { step: 1 },
        "The CA that signed the device's certificate is not the registered one.",
        "AWS IoT accepts a certificate only if a registered CA signed it, and loads the template from that CA. Equal names \
         prove nothing: a new CA can have the same name and another key, and the devices of the old one then fail. jitp \
         compares the names and the key identifiers, and verifies the signature with the CA's public key. Register the CA that \
         really signed, or have the device's certificate signed again.",
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
        "The given CA is higher in the chain than the CA that signed the device's certificate.",
        "In a hierarchy a root CA signs an issuing CA, and that one signs the devices. AWS IoT looks for the issuer of the \
         device's certificate among the registered CAs and does not look further up, so a registered root alone provisions \
         nothing. Register the issuing CA; the root need not be registered at all.",
        Chain "The device and the CA that signed it, then the CA to register:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨root-ca.pem⟩
-----END CERTIFICATE-----"
        => "The device, then the CA to register:
-----BEGIN CERTIFICATE-----
⟨chained.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨signing-ca.pem⟩
-----END CERTIFICATE-----";
    NOT_A_CA: "JITP132" "not-a-ca" Error Attach Documented AUTHORITY { step: 1 },
        "The certificate to register as a CA does not allow its key to sign certificates.",
        "A certificate may sign others only if its `basicConstraints` say CA:TRUE and its `keyUsage`, if it has one, includes \
         keyCertSign. `RegisterCACertificate` is for such certificates; a device's certificate, or a self-signed one from a \
         recipe for web servers, is not one. Certificates of X.509 version 1 have no extensions and cannot say it.",
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
        "Several CAs have the same subject and different keys.",
        "Such CA certificates look alike by name: the registered file may be the other one. It happens when a script creates a \
         new CA. jitp uses the signatures and says which CA signed. Give a new CA a new name; how AWS IoT chooses if several \
         are registered is not documented.",
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
        "The CA that signed the device's certificate is not among the given certificates.",
        "The CA to register is the issuer of the device's certificate. Without it the signature cannot be checked, and it is \
         not known whether a CA that was given is the right one. The issuer's name in the device's certificate tells which file \
         to look for.",
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
    VERIFICATION: "JITP135" "invalid-verification-certificate" Error Attach Documented AUTHORITY,
        "The verification certificate does not have the registration code as its common name, or the CA did not sign it.",
        "In DEFAULT mode the verification certificate proves that you hold the CA's private key. `get-registration-code` gives \
         the code of your account and Region. A certificate with that code as its CN, signed by the CA, is passed to \
         `RegisterCACertificate` with the CA's own. A code of another account or Region, a CN with a space at its end, or a \
         certificate that another CA signed is refused. SNI_ONLY mode has none.",
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
        "The output of `DescribeCACertificate` and the inputs of the calls that register and update a CA belong to one CA: AWS \
         IoT loads the template from them only for devices that this CA signed. The plan is for the CA that was given. If only \
         the CA of the text is registered, only its devices are provisioned. Give the CA of the text, leave the other one out \
         so that the text's is used, or describe the CA that you mean.",
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
        "Software that does not know a critical extension must refuse the certificate. jitp checks the usual ones. It does not \
         check a private one, one that cannot be read, or constraints on the names below a CA, and AWS does not document which \
         ones it knows. Nothing else stops the device, so the verdict is `unknown` and never `provisions`. Try one device \
         before a batch is produced, or issue the certificate without the extension, or with the extension not critical.",
        Pem "-----BEGIN CERTIFICATE-----
⟨critical-extension.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨private-extension.pem⟩
-----END CERTIFICATE-----";
    SIGNATURE_NOT_CHECKED: "JITP138" "signature-not-checked" Warning Connect Documented KEY_QUALITY { step: 1, leaves_open: true },
        "It could not be checked whether the CA signed the certificate.",
        "AWS IoT provisions a device only if a registered CA signed its certificate. The check was requested and could not run: \
         WebCrypto does not verify the algorithm, the CA's certificate cannot be read, or the given answer belongs to another \
         certificate. Nothing else stops the device, so the verdict is `unknown` and never `provisions`. Verify the signature \
         with another tool, for example `openssl verify -partial_chain -CAfile ca.pem device.pem`.",
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
