//! Texts that look like a key and are not one stay unchanged.

use crate::dice::Dice;
use crate::escape::quote_somehow;
use crate::forms::dump;
use crate::made::{element, keys};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jitp::redact_private_keys;
use std::fs;
use std::path::Path;

#[track_caller]
fn stays(text: &str) {
    let redacted = redact_private_keys(text);
    assert_eq!(redacted.text, text);
    assert_eq!(redacted.found, []);
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    // A file that breaks the rule is not a near miss.
    let is_near = |name: &str| !name.starts_with("JITP155") || name.contains("-not-");
    let near = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_near));
    near.filter_map(|entry| fs::read(entry.path()).ok()).collect()
}

#[test]
fn our_own_templates_and_certificates() {
    let mut count = 0;
    for folder in [
        "tests/fixtures/templates",
        "tests/fixtures/certificates",
        "tests/fixtures/authorities",
        "www/samples",
        "crate/tests/data/certificates",
    ] {
        for bytes in files(folder) {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            stays(&STANDARD.encode(&bytes));
            stays(&hex);
            stays(&format!("{bytes:?}"));
            stays(&dump(&bytes, ": ", 2));
            if let Ok(text) = String::from_utf8(bytes) {
                stays(&text);
                stays(&serde_json::to_string(&text).unwrap_or_default());
                let mut dice = Dice::of(&text);
                stays(&quote_somehow(&quote_somehow(&text, &mut dice), &mut dice));
                stays(&STANDARD.encode(&text));
                stays(&text.lines().filter(|line| !line.starts_with("-----")).collect::<Vec<_>>().join("\n"));
                count += 1;
            }
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn public_things() {
    let dice = &mut Dice::of("near");
    let integer = |bytes: Vec<u8>| element(2, &[&[0], &bytes]);
    let (r, s, n) = (dice.bytes(32), dice.bytes(32), dice.bytes(256));
    let rsa_public = element(0x30, &[&integer(n.clone()), &[2, 3, 1, 0, 1]]);
    let algorithm = [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
    let info = element(0x30, &[&algorithm, &element(3, &[&[0], &rsa_public])]);
    let signature = element(0x30, &[&integer(r), &integer(s)]);
    let request = element(
        0x30,
        &[
            &element(0x30, &[&[2, 1, 0], &element(0x30, &[&element(0x31, &[&[0x30, 0]])]), &info]),
            &algorithm,
            &element(3, &[&n]),
        ],
    );
    let empty_request =
        element(0x30, &[&element(0x30, &[&[2, 1, 0], &[0x30, 0], &info]), &algorithm, &element(3, &[&n])]);
    let parameters = element(0x30, &[&integer(n.clone()), &[2, 1, 2]]);
    let signed_data = element(
        0x30,
        &[
            &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2],
            &element(0xa0, &[&element(0x30, &[&[2, 1, 3], &element(0x31, &[&n])])]),
        ],
    );
    for der in [rsa_public, info, signature, request, empty_request, parameters, signed_data, n, dice.bytes(4_000)] {
        let base64 = STANDARD.encode(&der);
        stays(&base64);
        stays(&format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n"));
        stays(&URL_SAFE_NO_PAD.encode(&der));
        stays(&format!(
            "arn:aws:iot:eu-west-1:123456789012:cert/{}",
            der.iter().take(32).map(|byte| format!("{byte:02x}")).collect::<String>()
        ));
        stays(&der.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"));
    }
    let word = URL_SAFE_NO_PAD.encode(dice.bytes(32));
    stays(&format!("{{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"{word}\", \"y\": \"{word}\"}}"));
    stays(&format!("{{\"kty\": \"RSA\", \"n\": \"{word}{word}{word}\", \"e\": \"AQAB\"}}"));
    stays(&format!("{{\"d\": \"{word}\", \"p\": \"{word}\", \"k\": \"{word}\"}}"));
    stays(&format!("[{{\"kty\": \"EC\", \"x\": \"{word}\"}}, {{\"d\": \"{word}\"}}]"));
    stays(&format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{word}{word}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----"));
    stays(&format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{word} someone@example.com"));
    stays(&format!("<RSAKeyValue><Modulus>{word}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>"));
}

#[test]
fn words() {
    for text in [
        "Put it between -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----, on lines of its own.",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n<your key>\n-----END RSA PRIVATE KEY-----\n",
        "The armor begins with -----BEGIN PRIVATE KEY----- and then come lines of base64, which nobody should see in a ticket.",
        "{\"privateKey\": \"/greengrass/v2/certs/device.pem.key\", \"privateKeyPath\": \"/etc/pki/tls/private/DeviceCertificates/device01.key\"}",
        "{\"PrivateKeySecretArn\": \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:DevicePrivateKeys-A1b2C3d4E5f6\"}",
        "arn:aws:iot:us-east-1:123456789012:topic/MIIEvQIBADAN/sensors/MIIEpAIB/data",
        "3082 devices were made, 3081 of them work: 30820122 is the number of the batch",
        "MII: 30 82 01 0a 02 82 01 01 begins a public key",
        "$aws/things/${iot:Connection.Thing.ThingName}/shadow/name/ConfigurationOfTheDevice12/update/accepted",
    ] {
        stays(text);
    }
}

/// A key next to its public part: only the key is masked.
#[test]
fn a_certificate_next_to_a_key_stays() {
    let certificates: String =
        files("tests/fixtures/certificates").into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()).collect();
    for key in keys("beside") {
        let text = format!("{certificates}{}{certificates}", crate::made::pem(&key, 64, "\n"));
        let redacted = redact_private_keys(&text);
        assert_eq!(redacted.found.len(), 1, "{}", key.name);
        assert!(redacted.text.starts_with(&certificates) && redacted.text.ends_with(&certificates), "{}", key.name);
    }
}
