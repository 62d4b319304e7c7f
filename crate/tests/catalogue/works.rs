//! The wrong examples as the playground opens them: texts with everything that they need around them.

use crate::frame::{Case, case};
use crate::support::{authorities, certificate, existing};
use jitp::Flow;
use jitp::certificate::{Entry, pem};
use jitp::rules::{CatalogueEntry, ExampleScope, catalogue};
use serde_json::{Value, json};

/// The file that the page is built with: a line for each rule.
pub const FILE: &str = "www/samples/rule-examples.json";

/// Its content. A private key does not belong into a page that refuses them.
pub fn text() -> String {
    let shown = catalogue().filter(|entry| entry.rule.code != jitp::rules::PRIVATE_KEY.code);
    let lines: Vec<String> = shown.map(|entry| format!("  {:?}: {}", entry.rule.code, example(entry))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// A playground's work, and what is known of the account.
fn example(entry: &CatalogueEntry) -> Value {
    let Case { mut source, certificate: mut device, run, .. } = case(entry, entry.wrong);
    let mut account = None;
    let mut registered = None;
    match entry.scope {
        ExampleScope::Account => {
            source = case(entry, crate::frame::PLAIN).source;
            account = Some(entry.wrong.to_owned());
        }
        ExampleScope::Existing => {
            device.extend(certificate("ca"));
            let ca = authorities::issuer_of(&device).and_then(|check| check.ca_certificate_id).unwrap_or_default();
            account = Some(entry.wrong.replace("⟨certificate ID⟩", existing::ID).replace("⟨CA ID⟩", &ca));
            registered = Some(1);
        }
        ExampleScope::Chain => {
            let (text, bundle) = authorities::with_text(&device);
            source = text.unwrap_or(source);
            device = bundle;
            registered = Some(pems(&device).len().saturating_sub(1)).filter(|last| *last > 0);
        }
        _ => {}
    }
    let certificates: Vec<String> = match entry.scope {
        ExampleScope::GivenSubject => Vec::new(),
        ExampleScope::Pem => vec![String::from_utf8_lossy(&device).into_owned()],
        _ => pems(&device),
    };
    let named = |(at, pem): (usize, &String)| json!({"from": format!("example-{}.pem", at + 1), "pem": pem});
    let parameters: serde_json::Map<String, Value> =
        run.parameters.iter().map(|(name, value)| (name.to_string(), json!(value.to_string()))).collect();
    let flow = match entry.rule.flow {
        Flow::Jitp => "jitp",
        Flow::Fleet => "fleet",
        Flow::RegisterThing => "register-thing",
    };
    let mut work = json!({
        "template": source,
        "certificates": certificates.iter().enumerate().map(named).collect::<Vec<_>>(),
        "chosen": 0,
        "options": {"flow": flow, "region": "eu-west-1", "now": "2026-11-23T12:00:00Z"},
        "parameters": parameters,
    });
    if let Some(at) = registered {
        work["authority"] = json!(at);
    }
    let mut example = json!({ "work": work });
    if let Some(account) = account {
        example["account"] = json!(account);
    }
    example
}

/// The certificates of a bundle, each as PEM.
fn pems(bundle: &[u8]) -> Vec<String> {
    pem::find(bundle)
        .filter_map(|entry| match entry {
            Entry::Certificate { der, .. } => Some(pem::encode(&der)),
            _ => None,
        })
        .collect()
}
