//! Input with a key in it gives no result with a piece of the key.

use crate::dice::Dice;
use crate::made::{element, keys, leak, pem, pieces};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jitp::certificate::pem::encode;
use jitp::{DryRunOptions, StringifyOptions, Template, TemplateOptions, read_certificates, stringify, unstringify};
use serde_json::json;
use std::collections::HashSet;

/// A certificate whose subject has this common name.
fn certificate(name: &str) -> Vec<u8> {
    let algorithm = [0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let common = |text: &str| {
        let attribute = element(0x30, &[&[6, 3, 0x55, 4, 3], &element(0x0c, &[text.as_bytes()])]);
        element(0x30, &[&element(0x31, &[&attribute])])
    };
    let validity = element(0x30, &[&element(0x17, &[b"260101000000Z"]), &element(0x17, &[b"360101000000Z"])]);
    let point = Dice::of("point").bytes(64);
    let key = element(
        0x30,
        &[
            &[0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
            &element(3, &[&[0, 4], &point]),
        ],
    );
    let other = element(0x30, &[&element(0x82, &[name.as_bytes()])]);
    let extension =
        element(0xa3, &[&element(0x30, &[&element(0x30, &[&[6, 3, 0x55, 0x1d, 0x11], &element(4, &[&other])])])]);
    let signed = element(
        0x30,
        &[&[0xa0, 3, 2, 1, 2, 2, 1, 9], &algorithm, &common("Example CA"), &validity, &common(name), &key, &extension],
    );
    element(0x30, &[&signed, &algorithm, &element(3, &[&[0, 0x30, 6, 2, 1, 1, 2, 1, 1]])])
}

fn clean(at: &str, result: &impl serde::Serialize, pieces: &HashSet<String>) -> String {
    let text = serde_json::to_string(result).unwrap_or_default();
    assert_eq!(leak(&text, pieces), None, "{at}: {text}");
    text
}

/// A template with a text in many places.
fn templates(text: &str) -> Vec<String> {
    let document =
        json!({"Version": text, "Statement": [{"Effect": text, "Action": text, "Resource": text, text: text}]});
    let body = json!({
        "Parameters": {text: {"Type": text, "Default": text}, "AWS::IoT::Certificate::CommonName": {"Type": "String", "Default": text}},
        "Resources": {
            "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": text}, "AttributePayload": {text: text}, text: text}, "OverrideSettings": {text: text}},
            "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Fn::Join": ["", [text]]}, "Status": text}},
            "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": document.to_string()}},
            "named": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": text}},
            text: {"Type": text},
        },
        text: text,
    });
    let config = json!({"templateBody": body.to_string(), "roleArn": text, "templateName": text});
    let mut cut = config.to_string();
    cut.truncate(cut.len() / 2);
    vec![
        text.to_owned(),
        body.to_string(),
        config.to_string(),
        json!(config.to_string()).to_string(),
        cut,
        format!("{{'a': {text}"),
    ]
}

#[test]
fn no_result_holds_a_piece_of_a_key() {
    for key in keys("results") {
        let pieces = pieces(&key.private);
        let lines = pem(&key, 64, "\n");
        let bare = STANDARD.encode(&key.der);
        for form in [
            lines.clone(),
            bare.clone(),
            STANDARD.encode(&lines),
            key.der.iter().map(|byte| format!("{byte:02x}")).collect(),
        ] {
            for source in templates(&form) {
                let at = format!("{} in {source}", key.name);
                let template = Template::with_options(&source, &TemplateOptions::default());
                let report = clean(&at, template.report(), &pieces);
                assert!(report.contains("JITP155"), "{at}: {report}");
                assert!(
                    template.report().diagnostics.iter().all(|found| found.fix.is_none() && found.choices.is_empty())
                );
                assert_eq!(stringify(&source, &StringifyOptions::default()).text, "");
                clean(&at, &stringify(&source, &StringifyOptions::default()), &pieces);
                clean(&at, &unstringify(&source), &pieces);
                clean(&at, &template.dry_run(&certificate("lamp"), &DryRunOptions::default()), &pieces);
                clean(&at, &template.dry_run_fleet(&certificate("lamp"), &DryRunOptions::default()), &pieces);
            }
        }
        let template = Template::new(&templates("lamp")[1]);
        let bundles = [
            lines.clone().into_bytes(),
            key.der.clone(),
            bare.clone().into_bytes(),
            STANDARD.encode(&lines).into_bytes(),
            format!("-----BEGIN {}-----\nMAA=\n-----END x-----\n", STANDARD.encode(&key.private[..32])).into_bytes(),
            format!("-----BEGIN CERTIFICATE-----\n{bare}\n-----END CERTIFICATE-----\n").into_bytes(),
            format!("-----BEGIN CERTIFICATE-----\n{bare}").into_bytes(),
            format!("{}{lines}", encode(&certificate("lamp"))).into_bytes(),
            lines.replace("-----", "\u{2014}").into_bytes(),
        ];
        for bundle in bundles {
            let at = format!("{} in {}", key.name, String::from_utf8_lossy(&bundle));
            clean(&at, &read_certificates(&bundle, None), &pieces);
            clean(&at, &template.dry_run(&bundle, &DryRunOptions::default()), &pieces);
            clean(&at, &template.dry_run_fleet(&bundle, &DryRunOptions::default()), &pieces);
        }
        for name in [lines, bare] {
            let device = certificate(&name);
            let mut summaries = read_certificates(&device, None);
            assert_eq!(summaries[0].error, None);
            // The certificate itself is the given one.
            summaries[0].pem = None;
            clean(key.name, &summaries, &pieces);
            let plan = template.dry_run(&device, &DryRunOptions::default());
            let mut plan = serde_json::to_value(&plan).expect("JSON");
            plan["certificate"]["pem"].take();
            plan["steps"][0]["request"]["certificatePem"].take();
            clean(key.name, &plan, &pieces);
        }
    }
}
