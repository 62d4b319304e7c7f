//! An account for one device: the template that it is for, and the account as text.

use jitp::account::Account;
use jitp::{DryRunOptions, IssuerCheck, Signature};
use std::sync::Arc;

/// The ID of `full.pem`.
pub const ID: &str = "94120a4ac7061706ed14ad4ca8f245ec43bee9a034d533ebf3f817eb7678ec62";
const CA: &str = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

const DOCUMENT: &str = r#"{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iot:Connect\", \"Resource\": \"arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}\"}]}"#;

/// A template whose thing has these members, `OverrideSettings` of the thing, and this named policy.
pub fn template(properties: &str, overrides: &str, more: &str) -> String {
    let comma = if properties.is_empty() { "" } else { ", " };
    format!(
        r#"{{"Parameters": {{"AWS::IoT::Certificate::CommonName": {{"Type": "String"}}, "AWS::IoT::Certificate::Id": {{"Type": "String"}}}},
"Resources": {{"thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {{"Ref": "AWS::IoT::Certificate::CommonName"}}{comma}{properties}}}, "OverrideSettings": {{{overrides}}}}},
"certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {{"Ref": "AWS::IoT::Certificate::Id"}}, "Status": "ACTIVE"}}}},
"policy": {{"Type": "AWS::IoT::Policy", "Properties": {{"PolicyDocument": "{DOCUMENT}"}}}}{more}}}}}"#
    )
}

/// The template of the examples and the fixtures.
pub fn example() -> String {
    template(
        r#""ThingTypeName": "sensor", "ThingGroups": ["hall-2"], "AttributePayload": {"site": "hall-2"}"#,
        r#""AttributePayload": "FAIL", "ThingGroups": "MERGE""#,
        r#", "common": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "common"}}"#,
    )
}

/// An account in jitp's own form, in which the IDs are named.
pub fn account(text: &str) -> Account {
    let text = text.replace("⟨certificate ID⟩", ID).replace("⟨CA ID⟩", CA);
    let report = Account::read(&[("account.json", &text)]);
    let found: Vec<_> = report.diagnostics().map(|found| found.message.clone()).collect();
    assert!(found.is_empty(), "{text}: {found:?}");
    report.account
}

/// The options of a dry run in an account.
pub fn options(account: &str) -> DryRunOptions {
    DryRunOptions { account: Some(Arc::new(self::account(account))), ..without() }
}

/// The same without the account.
pub fn without() -> DryRunOptions {
    let issuer = IssuerCheck {
        signature: Signature::Verified,
        ca_certificate_id: Some(CA.to_owned()),
        ..IssuerCheck::default()
    };
    DryRunOptions { issuer: Some(issuer), ..super::options() }
}
