//! The forms in which people paste certificates.

use crate::fixtures::{ders, kinds, read};
use crate::made::{Made, armor, sequence, tlv};
use jitp::certificate::{Entry, NonCertificate, pem, read_certificates};

fn reason(input: &[u8]) -> String {
    match pem::find(input).next() {
        Some(Entry::Other { reason, .. }) => reason.into_owned(),
        other => panic!("expected a reason, got {other:?}"),
    }
}

/// The fixture's DER, and its PEM as text.
fn fixture() -> (Vec<u8>, String) {
    let text = String::from_utf8(read("p256.pem")).expect("PEM is text");
    (ders(text.as_bytes()).remove(0), text)
}

#[test]
fn any_line_width_and_line_end() {
    let (der, _) = fixture();
    for width in [1, 3, 17, 64, 76, 254, 255, 100_000] {
        for line_end in ["\n", "\r\n", "\r", " ", "\n\n", "\r\n\r\n", "\n   ", " \t\n"] {
            let text = armor("CERTIFICATE", &der, width, line_end);
            assert_eq!(ders(text.as_bytes()), [der.as_slice()], "width {width}, line end {line_end:?}");
        }
    }
}

#[test]
fn text_around_and_between() {
    let (der, pem) = fixture();
    let text = format!("subject=CN=a - b -- c --- d\n---- x\n{pem}between\n-----\n{pem}{}after ---", pem.trim_end());
    assert_eq!(ders(text.as_bytes()), vec![der.clone(); 3]);
    let glued = pem.trim_end().repeat(3);
    assert_eq!(ders(glued.as_bytes()), vec![der.clone(); 3], "no line end between END and BEGIN");
    let indented = pem.replace('\n', "\n    ");
    assert_eq!(ders(format!("    {indented}").as_bytes()), [der]);
}

#[test]
fn byte_order_marks_and_utf16() {
    let (der, pem) = fixture();
    assert_eq!(ders(format!("\u{feff}{pem}").as_bytes()), [der.as_slice()]);
    let little: Vec<u8> = format!("\u{feff}{pem}☂").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = format!("\u{feff}{pem}☂").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(ders(&little), [der.as_slice()]);
    assert_eq!(ders(&big), [der.as_slice()]);
}

#[test]
fn other_labels_of_certificates() {
    let (der, _) = fixture();
    for label in ["X509 CERTIFICATE", "TRUSTED CERTIFICATE"] {
        assert_eq!(ders(armor(label, &der, 64, "\n").as_bytes()), [der.as_slice()]);
    }
    let trusted = read("trusted.pem");
    let Some(Entry::Certificate { der, trailing }) = pem::find(&trusted).next() else { panic!("a certificate") };
    assert_eq!(trailing, 14, "OpenSSL's trust settings follow the certificate");
    assert_eq!(*der, ders(&read("rsa2048.pem"))[0]);
}

#[test]
fn copied_out_of_source_code() {
    let (der, pem) = fixture();
    let json = serde_json::to_string(&pem).expect("JSON");
    let twice = serde_json::to_string(&json).expect("JSON");
    let slashes = json.replace('/', "\\/");
    let c = pem.lines().map(|line| format!("    \"{line}\\n\" \\\n")).collect::<String>();
    let javascript = pem.lines().map(|line| format!("'{line}\\n'")).collect::<Vec<_>>().join(" +\n  ");
    let unicode = json.replace("\\n", "\\u000d\\u000A");
    let web = pem.replace('\n', "\u{a0}\n");
    for text in [json, twice, slashes, c, javascript, unicode, web] {
        assert_eq!(ders(text.as_bytes()), [der.as_slice()], "{}", &text[..120]);
    }
}

#[test]
fn headers_inside_the_armor() {
    let (der, pem) = fixture();
    let text = pem.replacen("-----\n", "-----\nX-Comment: made by hand\nX-Other: 1\n\n", 1);
    assert_eq!(ders(text.as_bytes()), [der]);
}

#[test]
fn binary() {
    let (der, _) = fixture();
    assert_eq!(ders(&der), [der.as_slice()]);
    assert_eq!(ders(&der.repeat(3)), vec![der.clone(); 3], "files glued together");
    let mut extra = der.clone();
    extra.extend([0x30, 0, 7]);
    let found: Vec<_> = pem::find(&extra).collect();
    assert_eq!(found, [Entry::Certificate { der: der.as_slice().into(), trailing: 3 }]);
    assert_eq!(read_certificates(&extra, None).len(), 1);
    let cut = read_certificates(&der[..100], None).remove(0);
    assert!(cut.error.is_some_and(|error| error.contains("cut off")));
    let small = Made { key: sequence(&[]), subject: Vec::new(), ..Made::default() }.der();
    assert!(small.len() < 256);
    assert_eq!(ders(&small), [small]);
}

#[test]
fn a_private_key_is_refused_and_never_echoed() {
    let (der, pem) = fixture();
    let secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
        let key = format!("-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\n\n{secret}\n-----END {label}-----\n");
        let unfinished = format!("-----BEGIN {label}-----\n{secret}\n");
        for key in [key, unfinished] {
            let bundle = format!("{pem}{key}{pem}");
            assert_eq!(kinds(bundle.as_bytes()), [None, Some(NonCertificate::PrivateKey), None], "{label}");
            assert_eq!(ders(bundle.as_bytes()), [der.as_slice(), &der]);
            let said = format!(
                "{:?} {:?}",
                pem::find(bundle.as_bytes()).nth(1),
                read_certificates(bundle.as_bytes(), None)[1]
            );
            assert!(said.contains("refused and not read"), "{said}");
            assert!(!said.contains(&secret[..8]), "{said}");
        }
    }
    // The shapes of PKCS#8, SEC 1, PKCS#1, encrypted PKCS#8 and PKCS#12, as DER and in the armor of a certificate.
    let (zero, one, octets) = (tlv(2, &[0]), tlv(2, &[1]), tlv(4, b"secret"));
    let algorithm = sequence(&[tlv(6, &[0x2a, 3])]);
    let pkcs12 = sequence(&[tlv(2, &[3]), algorithm.clone()]);
    let shapes = [
        (sequence(&[zero.clone(), algorithm.clone(), octets.clone()]), NonCertificate::PrivateKey),
        (sequence(&[one.clone(), octets.clone()]), NonCertificate::PrivateKey),
        (sequence(&[zero, vec![one; 8].concat()]), NonCertificate::PrivateKey),
        (sequence(&[algorithm, octets]), NonCertificate::PrivateKey),
        (pkcs12, NonCertificate::Pkcs12),
    ];
    for (der, kind) in shapes {
        assert_eq!(kinds(&der), [Some(kind)]);
        let error = read_certificates(armor("CERTIFICATE", &der, 64, "\n").as_bytes(), None).remove(0).error;
        assert!(error.as_deref().is_some_and(|error| error.contains("refused and not read")), "{error:?}");
        assert!(!error.is_some_and(|error| error.contains("secret")));
    }
}

#[test]
fn a_bad_block_hides_no_other() {
    let (der, pem) = fixture();
    let bad = [
        ("-----BEGIN CERTIFICATE-----\n", "has no line `-----END CERTIFICATE-----`"),
        ("-----BEGIN CERTIFICATE-----\nMIIB", "has no line `-----END CERTIFICATE-----`"),
        ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "is empty"),
        ("-----BEGIN CERTIFICATE-----\nMIIBA\n-----END CERTIFICATE-----\n", "characters are missing"),
        (
            "-----BEGIN CERTIFICATE-----\nMIIB\n<here>\n-----END CERTIFICATE-----\n",
            "line 3 of its body holds the character `<`",
        ),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n\u{1}\n-----END CERTIFICATE-----\n", "holds the byte 0x01"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END NONSENSE-----\n", "another END line closes it"),
        ("-----BEGIN NONSENSE-----\nMIIB\n-----END NONSENSE-----\n", "says that it is `NONSENSE`"),
        ("-----BEGIN ", "its label is unknown"),
        ("-----BEGIN nonsense-----\nMIIB\n-----END nonsense-----\n", "its label is unknown"),
    ];
    for (block, expected) in bad {
        assert!(reason(block.as_bytes()).contains(expected), "{block:?}: {}", reason(block.as_bytes()));
        let bundle = format!("{pem}{block}\n{pem}");
        let found = pem::find(bundle.as_bytes()).collect::<Vec<_>>();
        assert_eq!(found.len(), 3, "{block:?}: {found:?}");
        assert_eq!(ders(bundle.as_bytes()), [der.as_slice(), &der], "{block:?}");
    }
}

#[test]
fn nothing_to_be_found() {
    assert_eq!(kinds(b""), [Some(NonCertificate::Empty)]);
    assert_eq!(kinds(b" \r\n\t"), [Some(NonCertificate::Empty)]);
    for text in
        ["hello", "0", "010203 begins like a SEQUENCE, but is text", "{\"a\": 1}", "-----", "-----END CERTIFICATE-----"]
    {
        assert_eq!(kinds(text.as_bytes()), [Some(NonCertificate::NoPem)], "{text}");
    }
    assert!(reason(b"x ----BEGIN CERTIFICATE----\nMIIB\n----END CERTIFICATE----").contains("five dashes"));
}

#[test]
fn base64_without_its_armor() {
    let (der, pem) = fixture();
    let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let one = lines.concat();
    let folded = lines.join("\n");
    let quoted = format!("\"{one}\",\n");
    let escaped = format!("'{}'", lines.join("\\n"));
    let crlf = lines.join("\r\n");
    for text in [&one, &folded, &quoted, &escaped, &crlf] {
        assert_eq!(ders(text.as_bytes()), [der.as_slice()], "{}", &text[..80]);
    }
    let each = format!("{one}\n{one}\n{one}\n");
    let apart = format!("{folded}\n\n{folded}\n \n\n{folded}");
    for text in [each, apart] {
        assert_eq!(ders(text.as_bytes()), vec![der.clone(); 3], "{}", &text[..80]);
    }
    let damaged = format!("{one}\n{}\n{one}", &one[..one.len() - 101]);
    let read = read_certificates(damaged.as_bytes(), None);
    assert_eq!(read.iter().map(|entry| entry.kind).collect::<Vec<_>>(), ["certificate", "damaged", "certificate"]);
    let key = format!("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ{}", "A".repeat(200));
    let said = read_certificates(key.as_bytes(), None);
    assert_ne!(said[0].kind, "certificate");
    assert!(!format!("{said:?}").contains("MIIEvQ"), "nothing of it is echoed");
}

#[test]
fn dashes_that_a_word_processor_made() {
    let (der, pem) = fixture();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n")).collect();
    for (begin, end) in
        [("\u{2014}-", "-\u{2014}"), ("\u{2014}\u{2013}", "\u{2014}"), ("----", "----"), ("", ""), ("---", "-")]
    {
        let text = format!("{begin}BEGIN CERTIFICATE{end}\n{body}{begin}END CERTIFICATE{end}\n");
        assert_eq!(ders(text.as_bytes()), [der.as_slice()], "{begin}");
    }
    // A key in such armor is refused like any other.
    let key =
        "\u{2014}\u{2014}BEGIN PRIVATE KEY\u{2014}\u{2014}\nc2VjcmV0IHNlY3JldA==\n\u{2014}END PRIVATE KEY\u{2014}";
    assert_eq!(kinds(key.as_bytes()), [Some(NonCertificate::PrivateKey)]);
}

#[test]
fn a_block_without_its_end_says_how_far_it_goes() {
    let (_, pem) = fixture();
    let lines: Vec<&str> = pem.lines().collect();
    let without_end = lines[..lines.len() - 1].join("\n");
    assert!(reason(without_end.as_bytes()).contains("only the last line is missing"));
    let cut = lines[..4].join("\n");
    let reason = reason(cut.as_bytes());
    assert!(reason.contains("no line `-----END CERTIFICATE-----`") && reason.contains("only"), "{reason}");
    assert!(reason.contains("at byte 0"), "{reason}");
}

#[test]
fn pkcs7_bundles() {
    let (der, _) = fixture();
    let other = ders(&read("rsa2048.pem")).remove(0);
    let signed_data = |certificates: &[u8]| {
        let oid = |last| tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);
        let content = [tlv(2, &[1]), tlv(0x31, &[]), sequence(&[oid(1)]), tlv(0xa0, certificates), tlv(0x31, &[])];
        sequence(&[oid(2), tlv(0xa0, &sequence(&content))])
    };
    let bundle = signed_data(&[der.clone(), other.clone()].concat());
    let both = [der.clone(), other.clone()];
    assert_eq!(ders(&bundle), both);
    for label in ["PKCS7", "CERTIFICATE", "CMS", "PKCS #7 SIGNED DATA"] {
        assert_eq!(ders(armor(label, &bundle, 64, "\n").as_bytes()), both, "{label}");
    }
    let between = format!("{}{}", armor("PKCS7", &bundle, 64, "\n"), armor("CERTIFICATE", &der, 64, "\n"));
    assert_eq!(ders(between.as_bytes()), [der.clone(), other.clone(), der.clone()]);

    // One damaged certificate hides no other, and an empty bundle says so.
    let mut bad = other.clone();
    bad[4] = 0x31;
    let read = read_certificates(&signed_data(&[der.clone(), bad, other].concat()), None);
    assert_eq!(read.iter().map(|entry| entry.kind).collect::<Vec<_>>(), ["certificate", "damaged", "certificate"]);
    assert!(reason(&signed_data(&[])).contains("without certificates"));

    // The same with indefinite lengths, as streaming tools write it.
    let indefinite = |tag: u8, content: &[u8]| [&[tag, 0x80], content, &[0, 0]].concat();
    let oid = |last| tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);
    let content = [tlv(2, &[1]), tlv(0x31, &[]), indefinite(0x30, &oid(1)), indefinite(0xa0, &der)].concat();
    let ber = indefinite(0x30, &[oid(2), indefinite(0xa0, &indefinite(0x30, &content))].concat());
    assert_eq!(ders(armor("PKCS7", &ber, 64, "\n").as_bytes()), [der]);
}

#[test]
fn a_signing_request_says_which_subject_it_asks_for() {
    let request = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/certificates/request.pem"));
    let request = request.expect("a fixture");
    let read = read_certificates(&request, None).remove(0);
    assert_eq!((read.kind, read.error.is_some(), read.certificate_id), ("certificate-request", true, None));
    assert_eq!(read.subject_text.map(|text| text.openssl).as_deref(), Some("CN = sensor-0006"));
    assert_eq!(read.subject.map(|subject| subject.len()), Some(1));
}

#[test]
fn inside_the_json_that_the_aws_cli_prints() {
    let (der, pem) = fixture();
    let text = serde_json::to_string(&pem).expect("JSON");
    let describe = |key: &str, pem: &str| {
        format!(
            "{{\n    \"{key}\": {{\n        \"certificateArn\": \"arn:aws:iot:eu-west-1:123456789012:cacert/ab\",\n        \"status\": \"ACTIVE\",\n        \"certificatePem\": {pem},\n        \"ownedBy\": \"123456789012\"\n    }},\n    \"registrationConfig\": {{\"templateBody\": \"{{\\\"Resources\\\": {{}}}}\"}}\n}}\n"
        )
    };
    let outputs = [
        describe("certificateDescription", &text),
        // Some writers of JSON escape more than they must: slashes, and characters with a meaning in HTML.
        describe("certificateDescription", &text.replace('/', "\\/")),
        describe(
            "certificateDescription",
            &text.replace('=', "\\u003d").replace('+', "\\u002B").replace('/', "\\u002f"),
        ),
        describe("certificateDescription", &text.replace("\\n", "\\r\\n")),
        describe("certificateDescription", &text.replace("\\n", "\\u000a")),
        // The same in a string again, as in logs.
        serde_json::to_string(&describe("certificateDescription", &text)).expect("JSON"),
        describe("certificateDescription", &text).replace('\n', ""),
        format!("{{\"certificates\": [{text}]}}"),
    ];
    for output in &outputs {
        assert_eq!(ders(output.as_bytes()), [der.as_slice()], "{output}");
    }
    let both = format!("[{text}, {text}]");
    assert_eq!(ders(both.as_bytes()), [der.as_slice(), &der]);
    // An input that also has a private key, as `create-keys-and-certificate` prints it, is refused and not echoed.
    let keys = format!(
        "{{\"certificatePem\": {text}, \"keyPair\": {{\"PrivateKey\": \"-----BEGIN RSA PRIVATE KEY-----\\nc2VjcmV0c2VjcmV0\\n-----END RSA PRIVATE KEY-----\\n\"}}}}"
    );
    assert_eq!(kinds(keys.as_bytes()), [None, Some(NonCertificate::PrivateKey)]);
    assert!(!format!("{:?}", read_certificates(keys.as_bytes(), None)).contains("c2VjcmV0"));
    // A certificate that is cut off stays damaged.
    let cut = describe("certificateDescription", &text[..text.len() / 2]);
    assert!(ders(cut.as_bytes()).is_empty());
}
