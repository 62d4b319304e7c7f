//! What must not stand in a template.

use super::sources::X509;

rules! {
    PRIVATE_KEY: "JITP155" "private-key" Warning Attach Documented X509,
        "The text holds a private key, which does not belong in a template.",
        "AWS IoT authenticates a device by its private key, and calls it the strength of certificates that this key never leaves the \
         device. A template goes to AWS, into repositories, into build logs and to everybody who may read the account's configuration. \
         jitp does not read the key: in all that it says of the text, each letter and digit of the key is an `x`. It writes \
         nothing of such a text and proposes no fix for it. Remove the key from the text. A key that has stood in a file that others can \
         read is no longer secret: revoke its certificate, and issue another one for a new key.",
        Parameters r#""AWS::IoT::Certificate::CommonName": {
  "Type": "String",
  "Default": "-----BEGIN PRIVATE KEY-----\nNotAPrivateKeyButStandingWhereOneWouldStand\n-----END PRIVATE KEY-----"
}"#
        => r#""AWS::IoT::Certificate::CommonName": {"Type": "String", "Default": "unnamed"}"#;
}
