//! Sound, odd and forged signatures: jitp's verdict on each, compared with OpenSSL's, if the corpus exists.

#[path = "../support/verify.rs"]
mod verify;

use crate::made::armor;
use base64::Engine;
use jitp::Signature;
use jitp::authority::check_issuer;
use serde_json::Value;
use std::path::PathBuf;
use verify::verdicts;

/// The cases of the corpus. Without the corpus, a line says so.
fn cases() -> Option<Vec<Value>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let corpus = std::env::var_os("JITP_CORPUS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(corpus.join("signatures/cases.json")) else {
        println!("the corpus of signatures is not there: own fixtures only");
        return None;
    };
    Some(serde_json::from_str(&text).expect("the cases are JSON"))
}

#[test]
fn every_case_of_the_corpus_as_openssl_says() {
    let Some(cases) = cases() else { return };
    let mut different = Vec::new();
    for case in &cases {
        let text = |key: &str| case[key].as_str().expect("a text");
        let der = base64::engine::general_purpose::STANDARD.decode(text("dev")).expect("base64");
        let (device, ca) = (armor("CERTIFICATE", &der, 64, "\n"), text("ca"));
        let given = verdicts(device.as_bytes(), ca.as_bytes());
        let check = check_issuer(device.as_bytes(), ca.as_bytes(), &given, None);
        let expected = match text("openssl") {
            "verified" => Signature::Verified,
            _ => Signature::NotVerified,
        };
        if check.signature != expected {
            let label = text("label");
            different.push(format!("{label}: {:?}, OpenSSL {}. {}", check.signature, text("openssl"), check.reason));
        }
    }
    println!("{} signatures compared with OpenSSL", cases.len());
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(cases.len() > 50);
}
