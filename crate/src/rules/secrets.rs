//! What must not are in a template.

use super::sources::X509;

rules! {
    PRIVATE_KEY: "JITP155" "private-key" Warning Attach Documented X509,
        "The text holds a private key.",
        "A private key does not belong in a template. AWS IoT authenticates a device by its private key, and AWS's page \
         describes it as an advantage of certificates that this key never leaves the device. A template goes to AWS, into \
         repositories, into build logs and to everybody who may read the account's configuration. jitp does not read the key: \
         in everything that it prints, each letter and digit of the key is an `x`. It writes no text with a private key and \
         proposes no fix for it. Remove the key from the text. A key from a file that others can read is no longer secret: \
         revoke its certificate, and issue another one for a new key.",
        Parameters r#""AWS::IoT::Certificate::CommonName": {
  "Type": "String",
  "Default": "-----BEGIN PRIVATE KEY-----\nNotAPrivateKeyButStandingWhereOneWouldStand\n-----END PRIVATE KEY-----"
}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String", "Default": "unnamed"}"#;
}
