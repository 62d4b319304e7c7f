//! Who signed whom, the registration of a CA, and sample certificates. WebCrypto does all that needs a key or randomness, between two
//! calls.

use super::given::Given;
use super::result::value;
use crate::authority::{self, CertificateMode, Prepared, RegistrationOptions, SignatureCheck};
use crate::certificate::pem;
use crate::sample::{self, CertificateSpec, PublicKeys, SampleOptions, SubjectPart};
use crate::source::{Node, Value};
use crate::template::Template;
use base64::Engine;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The signatures to verify next among the certificates of two bundles: a list with the input of each check, or null if a signature
/// cannot be verified. With the option `each`, the list has those of each device by itself. The option `verdicts` has the verdicts of all
/// lists before, in order. An empty list ends the search. The other functions expect all verdicts, in the same option.
#[wasm_bindgen]
pub fn signatures(devices: &[u8], authorities: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    let check = |candidate: authority::Candidate| match candidate.prepared {
        Prepared::Check(check) => Some(check),
        Prepared::Impossible(_) | Prepared::Unsupported(_) => None,
    };
    let given = Given::read(options)?;
    let candidates = if given.flag("each") { authority::candidates_of_each } else { authority::candidates };
    let checks: Vec<Option<SignatureCheck>> =
        candidates(devices, authorities, &given.verdicts()).into_iter().map(check).collect();
    value(&checks)
}

/// See [`authority::chains`].
#[wasm_bindgen]
pub fn chains(bundle: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    let given = Given::read(options)?;
    value(&authority::chains(bundle, &given.verdicts(), given.number("now")))
}

/// See [`authority::check_registration`].
#[wasm_bindgen]
pub fn registration(ca: &[u8], verification: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    let given = Given::read(options)?;
    let sni_only = given.text("mode").as_deref() == Some("SNI_ONLY");
    let options = RegistrationOptions {
        mode: if sni_only { CertificateMode::SniOnly } else { CertificateMode::Default },
        registration_code: given.text("registrationCode"),
        now: given.number("now"),
    };
    value(&authority::check_registration(ca, verification, &given.verdicts(), &options))
}

/// See [`sample::sample`].
#[wasm_bindgen]
pub fn sample(source: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    let given = Given::read(options)?;
    let template = Template::with_options(source, &given.template());
    let options = SampleOptions { random: given.bytes("random"), now: given.number("now").unwrap_or_default() };
    value(&sample::sample(&template, &options))
}

/// The part of a certificate to sign or, with the option `signature`, the whole as PEM. The certificate is one of [`sample()`], with the
/// public keys `own` and `issuerKey`. Bytes are base64.
#[wasm_bindgen]
pub fn mint(options: &JsValue) -> Result<Option<String>, JsValue> {
    Ok(minted(&Given::read(options)?))
}

fn minted(given: &Given) -> Option<String> {
    let spec = CertificateSpec {
        ca: given.flag("ca"),
        subject: parts(given.get("subject")),
        issuer: parts(given.get("issuer")),
        serial: given.text("serial")?,
        not_before: given.number("notBefore")?,
        not_after: given.number("notAfter")?,
    };
    let (own, issuer) = (given.bytes("own"), given.bytes("issuerKey"));
    let keys = PublicKeys { own: &own, issuer: &issuer };
    if given.get("signature").is_none() {
        let signed = spec.to_be_signed(keys)?;
        return Some(base64::engine::general_purpose::STANDARD.encode(signed));
    }
    Some(pem::encode(&spec.signed(keys, &given.bytes("signature"))?))
}

fn parts(list: Option<&Node>) -> Vec<SubjectPart> {
    let parts = list.and_then(Node::as_array).unwrap_or_default();
    let part = |part: &Node| {
        let arc = match &part.get("arc")?.value {
            Value::Number(arc) => arc.parse().ok()?,
            _ => return None,
        };
        Some(SubjectPart { arc, name: "", value: part.get("value")?.as_str()?.to_owned() })
    };
    parts.iter().filter_map(part).collect()
}
