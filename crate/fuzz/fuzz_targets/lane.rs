//! The fast lane never answers differently. The first byte chooses the template; of what follows, the second byte says whether it is a text or
//! DER that is put into armor.

#![no_main]

use jitp::certificate::pem;
use jitp::plan::FleetStream;
use jitp::{DryRunOptions, Template};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// 2026-11-23T12:00:00Z.
const NOW: i64 = 1_795_435_200;

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let reference = |name: &str| format!(r#"{{"Ref": "AWS::IoT::Certificate::{name}"}}"#);
    let body = |thing: &str, policy: &str| {
        let names = ["CommonName", "SerialNumber", "Country", "Id"];
        let parameters = names.map(|name| format!(r#""AWS::IoT::Certificate::{name}": {{"Type": "String", "Default": "x"}}"#));
        Template::new(format!(
            r#"{{"Parameters": {{{}}}, "Resources": {{
              "thing": {{"Type": "AWS::IoT::Thing", "Properties": {{"ThingName": {thing}, "AttributePayload": {{"country": {}}}}}}},
              "certificate": {{"Type": "AWS::IoT::Certificate", "Properties": {{"CertificateId": {}}}}}{policy}}}}}"#,
            parameters.join(", "),
            reference("Country"),
            reference("Id"),
        ))
    };
    let named = r#", "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "base"}}"#;
    vec![
        body(&reference("CommonName"), ""),
        body(&reference("SerialNumber"), named),
        body(&format!(r#"{{"Fn::Join": ["-", ["d", {}]]}}"#, reference("Id")), ""),
    ]
});

fuzz_target!(|data: &[u8]| {
    let [which, kind, rest @ ..] = data else { return };
    let template = &TEMPLATES[usize::from(*which) % TEMPLATES.len()];
    let bundle = if kind % 2 == 0 { pem::encode(rest).into_bytes() } else { rest.to_vec() };
    let options = DryRunOptions { now: (kind % 4 < 2).then_some(NOW), ..DryRunOptions::default() };
    let mut with = FleetStream::new(template, options.clone());
    let mut without = FleetStream::new(template, options).without_lane();
    assert_eq!(with.push(template, &bundle, true), without.push(template, &bundle, true));
    assert_eq!(with.take_rows(), without.take_rows());
});
