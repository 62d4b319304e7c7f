//! Other people's certificates, if the corpus exists. None of them is kept in this repository.

use crate::oracle;
use jitp::certificate::{Certificate, Entry, NonCertificate, pem, read_certificates};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::path::PathBuf;

/// The certificates of the corpus. Without the corpus, a line says so.
fn corpus() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let corpus = std::env::var_os("JITP_CORPUS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let certificates = corpus.join("certs");
    if certificates.join("INDEX.tsv").is_file() {
        return Some(certificates);
    }
    println!("the corpus is not there: own fixtures only");
    None
}

/// Each file of the index: its name, its kind, its bytes.
fn files(corpus: &std::path::Path) -> Vec<(String, String, Vec<u8>)> {
    let index = std::fs::read_to_string(corpus.join("INDEX.tsv")).expect("the index can be read");
    let mut lines = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let column = |name: &str| header.iter().position(|&column| column == name).expect("a known column");
    let (file, kind) = (column("file"), column("kind"));
    lines
        .map(|line| {
            let bytes =
                std::fs::read(corpus.join(line[file])).unwrap_or_else(|error| panic!("{}: {error}", line[file]));
            (line[file].to_owned(), line[kind].to_owned(), bytes)
        })
        .collect()
}

const PARAMETERS: [(&str, &str); 7] = [
    ("2.5.4.6", "Country"),
    ("2.5.4.10", "Organization"),
    ("2.5.4.11", "OrganizationalUnit"),
    ("2.5.4.46", "DistinguishedNameQualifier"),
    ("2.5.4.8", "StateName"),
    ("2.5.4.3", "CommonName"),
    ("2.5.4.5", "SerialNumber"),
];

/// The facts of one certificate, in the form of the expected answers.
fn facts(certificate: &Certificate<'_>, trailing: usize) -> Value {
    let mut subject = Map::new();
    for attribute in certificate.subject() {
        let dotted = attribute.dotted();
        if let Some((_, name)) = PARAMETERS.iter().find(|(oid, _)| *oid == dotted) {
            let values = subject.entry(*name).or_insert_with(|| json!([]));
            values.as_array_mut().expect("a list").push(json!(attribute.value));
        }
    }
    let mut facts =
        json!({"sha256": certificate.id(), "serial": certificate.serial_decimal(), "subject": Value::Object(subject)});
    if trailing > 0 {
        facts["trailing_bytes"] = json!(trailing);
    }
    facts
}

#[test]
fn every_expected_answer() {
    let Some(corpus) = corpus() else { return };
    let expected = std::fs::read_to_string(corpus.join("EXPECTED.jsonl")).expect("the answers can be read");
    let (mut files, mut certificates, mut different) = (0, 0, Vec::new());
    for line in expected.lines() {
        let line: Value = serde_json::from_str(line).expect("an answer is JSON");
        let file = line["file"].as_str().expect("a name");
        let bytes = std::fs::read(corpus.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let ours: Vec<Value> = pem::find(&bytes)
            .filter_map(|entry| match entry {
                Entry::Certificate { der, trailing } => Some(match Certificate::parse(&der) {
                    Ok(certificate) => facts(&certificate, trailing),
                    Err(error) => json!(error.to_string()),
                }),
                _ => None,
            })
            .collect();
        files += 1;
        certificates += ours.len();
        if line["certificates"] != json!(ours) {
            different.push(format!("{file}: expected {}, read {}", line["certificates"], json!(ours)));
        }
    }
    println!("{certificates} certificates of {files} files compared with the expected answers");
    assert!(different.is_empty(), "{} files differ:\n{}", different.len(), different.join("\n"));
    assert!(files > 0 && certificates >= files);
}

#[test]
fn every_file_ends_with_an_answer() {
    let Some(corpus) = corpus() else { return };
    let (mut read, mut reasons) = (0, 0);
    let files = files(&corpus);
    for (file, kind, bytes) in &files {
        let entries: Vec<_> = pem::find(bytes).collect();
        let summaries = read_certificates(bytes, None);
        assert_eq!(entries.len(), summaries.len(), "{file}");
        assert!(!summaries.is_empty(), "{file}");
        for summary in &summaries {
            match (&summary.error, &summary.certificate_id) {
                (None, Some(_)) => read += 1,
                (Some(error), None) if error.ends_with('.') => reasons += 1,
                _ => panic!("{file}: neither a certificate nor a reason: {summary:?}"),
            }
        }
        let expected = match kind.as_str() {
            "csr" => NonCertificate::CertificateRequest,
            "private-key" => NonCertificate::PrivateKey,
            "public-key" => NonCertificate::PublicKey,
            "other(X509 CRL)" => NonCertificate::RevocationList,
            "other(DH PARAMETERS)" | "other(DSA PARAMETERS)" => NonCertificate::Parameters,
            _ => continue,
        };
        let found = entries.iter().any(|entry| match entry {
            Entry::Other { kind, .. } => *kind == expected,
            Entry::Certificate { der, .. } => {
                Certificate::parse(der).is_err_and(|error| error.kind() == Some(expected))
            }
            _ => false,
        });
        assert!(found, "{file}: the index calls it {kind}, we say {summaries:?}");
    }
    println!("{} files: {read} certificates read, {reasons} reasons given", files.len());
}

#[test]
fn no_private_key_is_echoed() {
    let Some(corpus) = corpus() else { return };
    let mut lines = 0;
    for (file, _, bytes) in files(&corpus) {
        let text = String::from_utf8_lossy(&bytes);
        let said = format!("{:?}{:?}", read_certificates(&bytes, None), pem::find(&bytes).collect::<Vec<_>>());
        for block in text.split("-----BEGIN ").skip(1).filter(|block| block.split('\n').next().is_some_and(is_private))
        {
            let body = block.split("-----END").next().unwrap_or_default();
            for line in body.lines().skip(1).map(str::trim).filter(|line| line.len() >= 16) {
                lines += 1;
                assert!(!said.contains(line), "{file}: a line of a private key was echoed");
            }
        }
    }
    println!("{lines} lines of private keys looked for, none found in what was said");
    assert!(lines > 0);
}

fn is_private(label: &str) -> bool {
    label.contains("PRIVATE KEY")
}

#[test]
fn the_lean_path_agrees_with_x509_cert() {
    let Some(corpus) = corpus() else { return };
    let mut ours_only = HashMap::new();
    let (mut both, mut lean) = (0, 0);
    for (file, _, bytes) in files(&corpus) {
        for entry in pem::find(&bytes) {
            let Entry::Certificate { der, .. } = entry else { continue };
            let is_read = Certificate::parse(&der).is_ok();
            lean += usize::from(is_read);
            if oracle::agree(&der, &file) {
                both += 1;
            } else if is_read {
                ours_only.insert(der.into_owned(), file.clone());
            }
        }
    }
    println!(
        "{both} of {lean} certificates read alike by the lean path and by x509-cert, which refuses {} ({} distinct)",
        lean - both,
        ours_only.len()
    );
    assert!(both > 0);
}
