//! The fast lane of a fleet never answers differently: with and without it, rows have the same bytes.

#[path = "lane/templates.rs"]
mod templates;

mod support;

use jitp::certificate::{Certificate, Entry, pem};
use jitp::plan::FleetStream;
use jitp::{DryRunOptions, SerialNumberReading, Template};
use proptest::prelude::*;
use support::dice::cases;
use support::{certificate, corpus, options, root};

/// Compares the rows of a bundle with and without the lane, and returns how many came by it.
fn compare(template: &Template, options: &DryRunOptions, bundle: &[u8]) -> usize {
    let mut with = FleetStream::new(template, options.clone());
    let mut without = FleetStream::new(template, options.clone()).without_lane();
    assert_eq!(with.push(template, bundle, true), without.push(template, bundle, true));
    let (fast, full) = (with.take_rows(), without.take_rows());
    if fast != full {
        let rows = |records: Vec<u8>| jitp::plan::FleetTally::without_repeats().add_rows(&mut records.clone());
        assert_eq!(rows(fast), rows(full), "{}", String::from_utf8_lossy(bundle));
        panic!("records differ that have the same rows");
    }
    with.lane_rows()
}

/// Options that rows depend on.
fn all_options() -> Vec<DryRunOptions> {
    let document =
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iot:*", "Resource": "*"}]}"#;
    let policies = vec![("base".into(), document.into())];
    vec![
        options(),
        DryRunOptions { now: None, serial_number: SerialNumberReading::Certificate, ..options() },
        DryRunOptions { serial_number: SerialNumberReading::Subject, policies: policies.clone(), ..options() },
        DryRunOptions { group_policies: Some(policies), account_id: Some("123456789012".to_owned()), ..options() },
        DryRunOptions { client_id: Some("lamp-1".to_owned()), region: None, ..options() },
    ]
}

/// All certificates of the fixtures in one bundle.
fn fixtures() -> Vec<u8> {
    let folder = std::fs::read_dir(root().join("tests/fixtures/certificates")).expect("the fixtures are there");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pem"));
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a file")).collect::<Vec<_>>().concat()
}

/// The DER of a certificate of the fixtures.
fn der(name: &str) -> Vec<u8> {
    match pem::find(&certificate(name)).next() {
        Some(Entry::Certificate { der, .. }) => der.into_owned(),
        other => panic!("{name}: {other:?}"),
    }
}

/// Certificates that ordinary devices have.
const ORDINARY: [&str; 4] = ["full", "rsa2048", "p521", "version-1"];

#[test]
fn the_lane_is_used_where_it_should_be() {
    let bundle: Vec<u8> = ORDINARY.iter().flat_map(|name| certificate(name)).collect();
    for (name, text) in templates::simple() {
        let template = Template::new(text);
        assert!(template.report().ok, "{name}: {:?}", template.report().diagnostics);
        let rows = template.dry_run_fleet(&bundle, &options()).rows;
        let wanted = rows.iter().filter(|row| row.codes.is_empty()).count();
        assert!(wanted > 0, "{name}: {rows:?}");
        assert_eq!(compare(&template, &options(), &bundle), wanted, "{name}: {rows:?}");
    }
}

#[test]
fn it_is_not_used_for_what_it_does_not_know() {
    let bundle = certificate("full");
    for (name, text) in templates::other() {
        assert_eq!(compare(&Template::new(text), &options(), &bundle), 0, "{name}");
    }
    let (_, text) = templates::simple().remove(0);
    let template = Template::new(text);
    assert_eq!(compare(&template, &options(), &bundle), 1);
    let account = DryRunOptions { account: Some(jitp::account::Account::default().into()), ..options() };
    let issuers = DryRunOptions { issuers: Some(Vec::new()), ..options() };
    for options in [account, issuers] {
        assert_eq!(compare(&template, &options, &bundle), 0);
    }
}

#[test]
fn all_templates_of_the_fixtures_agree() {
    let folder = std::fs::read_dir(root().join("tests/fixtures/templates")).expect("the fixtures are there");
    let bundle = fixtures();
    let (mut templates, mut rows) = (0, 0);
    for entry in folder {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        rows += compare(&Template::new(&text), &options(), &bundle);
        templates += 1;
    }
    assert!(templates > 100 && rows > 100, "{rows} rows of {templates} templates came by the lane");
}

#[test]
fn all_certificates_agree_with_all_options() {
    let mut bundles = vec![fixtures()];
    if let Some(corpus) = corpus() {
        let folders = std::fs::read_dir(corpus.join("certs")).expect("certificates").flatten();
        let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten();
        bundles.extend(files.filter_map(|file| std::fs::read(file.path()).ok()));
        assert!(bundles.len() > 100);
    }
    let templates: Vec<Template> =
        templates::simple().into_iter().chain(templates::other()).map(|(_, text)| Template::new(text)).collect();
    let mut rows = 0;
    for (at, bundle) in bundles.iter().enumerate() {
        for template in templates.iter().skip(at % 3).step_by(if at == 0 { 1 } else { 3 }) {
            for options in all_options() {
                rows += compare(template, &options, bundle);
            }
        }
    }
    assert!(rows > 100, "{rows} rows came by the lane");
}

#[test]
fn each_byte_of_a_certificate_can_be_another() {
    let templates: Vec<Template> = templates::simple().into_iter().map(|(_, text)| Template::new(text)).collect();
    let mut rows = 0;
    for (name, options) in ORDINARY.iter().zip(all_options()) {
        let der = der(name);
        assert!(Certificate::parse(&der).is_ok());
        let mut bundle = String::new();
        for at in 0..der.len() {
            for other in [der[at] ^ 1, der[at] ^ 0x80, der[at].wrapping_add(1), 0, 0x2d, 0x30, 0xff] {
                let mut changed = der.clone();
                changed[at] = other;
                bundle += &pem::encode(&changed);
            }
            // A byte more, a byte less.
            for length in [0, 2] {
                let mut changed = der.clone();
                changed.splice(at..at + 1, vec![der[at]; length]);
                bundle += &pem::encode(&changed);
            }
        }
        for template in templates.iter().take(3) {
            rows += compare(template, &options, bundle.as_bytes());
        }
    }
    assert!(rows > 1_000, "{rows} rows came by the lane");
}

#[test]
fn each_character_of_a_text_can_be_another() {
    let (_, text) = templates::simple().remove(0);
    let template = Template::new(text);
    let full = String::from_utf8(certificate("full")).expect("a text");
    let (lf, crlf) = (full.replace("\r\n", "\n"), full.replace("\r\n", "\n").replace('\n', "\r\n"));
    let mut rows = 0;
    for pem in [&lf, &crlf] {
        for at in 0..pem.len() {
            for other in ["", "-", "\n", "\r\n", " ", "=", "A", "é", "--"] {
                let changed = [&pem[..at], other, &pem[at + 1..]].concat();
                // Between two others, so that what follows is read from a right place.
                rows += compare(&template, &options(), [pem, &*changed, pem].concat().as_bytes());
            }
        }
    }
    assert!(rows > 10_000, "{rows} rows came by the lane");
}

#[test]
fn certificates_that_are_given_alone_agree() {
    let (_, text) = templates::simple().remove(0);
    let template = Template::new(text);
    let mut given: Vec<Vec<u8>> = Vec::new();
    for name in ["full", "expired", "rsa2048", "request", "bundle", "no-name"] {
        let pem = certificate(name);
        given.extend(pem::find(&pem).filter_map(|entry| match entry {
            Entry::Certificate { der, .. } => Some(der.into_owned()),
            _ => None,
        }));
        given.extend([[&pem[..], b"\n \n"].concat(), [&pem[..], &pem].concat(), [b"text\n", &pem[..]].concat(), pem]);
    }
    given.push(Vec::new());
    let records = |mut stream: FleetStream| {
        stream.push_each(&template, given.iter().map(Vec::as_slice));
        (stream.take_rows(), stream.lane_rows())
    };
    let (fast, by_lane) = records(FleetStream::new(&template, options()));
    assert_eq!(fast, records(FleetStream::new(&template, options()).without_lane()).0);
    assert!(by_lane > 4, "{by_lane}");
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn texts_with_certificates_agree(
        pieces in prop::collection::vec((0..12_usize, ".{0,20}", any::<prop::sample::Index>(), any::<u8>()), 0..12),
        which in any::<prop::sample::Index>(),
    ) {
        let full = certificate("full");
        let full = String::from_utf8_lossy(&full);
        let mut bundle = Vec::new();
        for (kind, text, at, byte) in pieces {
            match kind {
                0..5 => bundle.extend_from_slice(full.as_bytes()),
                5 => bundle.extend_from_slice(full.replace('\n', "\r\n").as_bytes()),
                6 => bundle.extend_from_slice(full.trim_end().as_bytes()),
                7 => bundle.extend_from_slice(text.as_bytes()),
                8 => bundle.extend_from_slice([&"-".repeat(at.index(12)), &*text].concat().as_bytes()),
                9 => bundle.extend_from_slice(&full.as_bytes()[..at.index(full.len())]),
                10 => bundle.extend_from_slice(&full.as_bytes()[at.index(full.len())..]),
                _ => {
                    let mut changed = der("full");
                    let at = at.index(changed.len());
                    changed[at] = byte;
                    bundle.extend_from_slice(pem::encode(&changed).as_bytes());
                }
            }
        }
        let templates = templates::simple();
        let template = Template::new(&templates[which.index(templates.len())].1);
        compare(&template, &options(), &bundle);
    }

    #[test]
    fn subjects_agree(
        attributes in prop::collection::vec((0..7_usize, prop_oneof!["[a-zA-Z0-9:_-]{1,20}", "[a-z0-9]{30,140}", ".{0,8}", "[0-9a-f]{60,90}"]), 0..10),
        tags in prop::collection::vec(prop_oneof![Just(0x0c_u8), Just(0x13), Just(0x16), Just(0x14), Just(0x1e)], 10),
        serial in prop::collection::vec(any::<u8>(), 1..24),
        dates in prop::collection::vec(prop_oneof!["[0-9]{12}Z", "[0-9]{14}Z", "2[0-9]0[1-9][0-2][1-9]1[0-9][0-5][0-9][0-5][0-9]Z", "49123[01][0-9]{6}Z"], 2),
    ) {
        let der = made::certificate(&attributes, &tags, &serial, &dates);
        for (_, text) in templates::simple() {
            let template = Template::new(text);
            for options in all_options().into_iter().take(3) {
                compare(&template, &options, pem::encode(&der).as_bytes());
            }
        }
    }
}

/// Certificates that are put together.
mod made {
    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let length = match length {
            0..0x80 => vec![length as u8],
            0x80..0x100 => vec![0x81, length as u8],
            _ => vec![0x82, (length >> 8) as u8, length as u8],
        };
        [&[tag], &*length, content].concat()
    }

    const ARCS: [u8; 7] = [3, 5, 6, 8, 10, 11, 46];

    pub fn certificate(attributes: &[(usize, String)], tags: &[u8], serial: &[u8], dates: &[String]) -> Vec<u8> {
        let named = |(arc, text): &(usize, String), tag: u8| {
            let oid = element(6, &[0x55, 4, ARCS[*arc]]);
            element(0x31, &element(0x30, &[oid, element(tag, text.as_bytes())].concat()))
        };
        let subject: Vec<u8> =
            attributes.iter().zip(tags).flat_map(|(attribute, tag)| named(attribute, *tag)).collect();
        let date = |text: &String| element(if text.len() == 13 { 0x17 } else { 0x18 }, text.as_bytes());
        let algorithm = element(0x30, &element(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]));
        let kind =
            [element(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]), element(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7])];
        let key = [element(0x30, &kind.concat()), element(3, &[&[0, 4][..], &[7; 64]].concat())].concat();
        let signed = [
            vec![0xa0, 3, 2, 1, 2],
            element(2, serial),
            algorithm.clone(),
            element(0x30, &named(&(0, "CA".to_owned()), 0x0c)),
            element(0x30, &[date(&dates[0]), date(&dates[1])].concat()),
            element(0x30, &subject),
            element(0x30, &key),
        ];
        element(0x30, &[element(0x30, &signed.concat()), algorithm, element(3, &[0, 1, 2, 3])].concat())
    }
}
