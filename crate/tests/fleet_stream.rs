//! A fleet that comes in pieces has the rows of the whole, wherever it is cut.

mod support;

use jitp::authority::check_issuer;
use jitp::plan::{FleetStream, FleetSummary, FleetTally};
use jitp::{DryRunOptions, Fleet, IssuerCheck, Template, Verdict};
use proptest::prelude::*;
use support::dice::cases;
use support::{NOW, certificate, corpus, options, root};

/// What the pieces of a bundle give, as its users push them.
fn in_pieces(template: &Template, pieces: &[&[u8]], options: &DryRunOptions) -> (Fleet, FleetSummary) {
    let mut stream = FleetStream::new(template, options.clone());
    let mut tally = FleetTally::default();
    let (mut rest, mut rows) = (Vec::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        rest.extend_from_slice(piece);
        let used = stream.push(template, &rest, at + 1 == pieces.len());
        rest.drain(..used);
        rows.extend(tally.add_rows(&mut stream.take_rows()));
    }
    assert!(rest.is_empty(), "{} bytes were left", rest.len());
    let summary = tally.summary();
    (Fleet { counts: summary.counts, rows, after: stream.account().cloned() }, summary)
}

fn template() -> Template {
    Template::new(
        r#"{
          "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
          "Resources": {
            "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
            "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}}}
          }
        }"#,
    )
}

/// Bundles of every form that is read, with what people have around it.
fn bundles() -> Vec<Vec<u8>> {
    let text = |name: &str| String::from_utf8(certificate(name)).expect("a text");
    let (full, lamp, expired) = (text("full"), text("no-name"), text("expired"));
    let der = std::fs::read(root().join("tests/fixtures/certificates/full.der")).expect("a certificate");
    let key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n-----END EC PRIVATE KEY-----\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(full.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let texts = [
        format!("{full}{lamp}{full}{expired}"),
        format!("subject=CN = x\n{full}\r\n\r\n{}{lamp}", full.replace('\n', "\r\n")),
        format!(
            "\u{feff}{full}no certificate\n-----\n--------BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----{lamp}after"
        ),
        format!("{full}{key}-----END CERTIFICATE-----\n{lamp}-----BEGIN CERTIFICATE-----\nMIIB\n{full}"),
        format!(
            "-----BEGIN CERTIFICATE-----\n-----BEGIN -----END CERTIFICATE-----\n{full}-----BEGIN CERTIFICATE-----\nMIIB"
        ),
        format!("{}{}", full.replace('\n', "\\n"), lamp.replace("-----", "---")),
        full.replace("-----", "---"),
        full.lines().filter(|line| !line.starts_with('-')).collect(),
        "nothing".to_owned(),
        String::new(),
    ];
    let bytes = [der.clone(), [&*der, &*der].concat(), utf16, [full.as_bytes(), &der].concat()];
    texts.into_iter().map(String::into_bytes).chain(bytes).collect()
}

#[test]
fn a_bundle_can_be_cut_anywhere() {
    let template = template();
    let mut verdicts = std::collections::BTreeSet::new();
    for bundle in bundles() {
        let whole = template.dry_run_fleet(&bundle, &options());
        verdicts.extend(whole.rows.iter().map(|row| format!("{:?}", row.verdict)));
        for at in 0..=bundle.len() {
            let (first, second) = bundle.split_at(at);
            let (fleet, summary) = in_pieces(&template, &[first, second], &options());
            assert_eq!(fleet, whole, "cut at {at} of {}", String::from_utf8_lossy(&bundle));
            assert_eq!(summary.rows, whole.rows.len());
        }
        // One byte after another, and an empty piece at the end.
        let bytes: Vec<&[u8]> = bundle.chunks(1).chain([&b""[..]]).collect();
        assert_eq!(in_pieces(&template, &bytes, &options()).0, whole);
    }
    assert!(verdicts.len() > 1, "{verdicts:?}");
}

#[test]
fn the_corpus_can_be_cut_anywhere() {
    let Some(corpus) = corpus() else { return };
    let folders = std::fs::read_dir(corpus.join("certs")).expect("certificates").flatten();
    let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten();
    let files: Vec<Vec<u8>> = files.filter_map(|file| std::fs::read(file.path()).ok()).collect();
    assert!(files.len() > 100);
    let template = template();
    let mut cut = 0;
    for file in files.iter().filter(|file| file.len() < 20_000) {
        let whole = template.dry_run_fleet(file, &options());
        for at in [1, file.len() / 3, file.len() / 2, file.len() - file.len().min(30)] {
            let (first, second) = file.split_at(at.min(file.len()));
            assert_eq!(in_pieces(&template, &[first, second], &options()).0, whole);
            cut += 1;
        }
    }
    assert!(cut > 400, "{cut}");
}

#[test]
fn a_summary_counts_codes_and_tells_the_first() {
    let bundle = [certificate("expired"), certificate("full"), certificate("expired"), certificate("no-name")].concat();
    let (fleet, summary) = in_pieces(&template(), &[&bundle], &options());
    assert_eq!(fleet.rows[2].duplicate_of, Some(0));
    let counted: Vec<(&str, usize, Vec<usize>)> =
        summary.by_code.into_iter().map(|code| (code.code, code.rows, code.first)).collect();
    assert_eq!(counted, [("JITP100", 1, vec![3]), ("JITP122", 2, vec![0, 2])]);
    let mut stream = FleetStream::new(&template(), options());
    stream.push(&template(), &bundle, true);
    let rows = FleetTally::without_repeats().add_rows(&mut stream.take_rows());
    assert!(rows.iter().all(|row| row.duplicate_of.is_none()));
}

#[test]
fn one_certificate_gives_one_row() {
    let template = template();
    let full = certificate("full");
    let alone = template.dry_run_fleet(&full, &options()).rows;
    let mut stream = FleetStream::new(&template, options());
    for certificate in [&full[..], b"", &[&full[..], &full].concat(), b"junk", &full] {
        stream.push_one(&template, certificate);
    }
    let rows = FleetTally::without_repeats().add_rows(&mut stream.take_rows());
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0], alone[0]);
    assert!(rows[2].cause.as_deref().is_some_and(|cause| cause.contains("more than one")), "{:?}", rows[2]);
    assert_eq!(jitp::FleetRow { index: 0, ..rows[4].clone() }, alone[0]);
}

/// The fast lane knows nothing of checks, and must not answer for a stream that is given some.
#[test]
fn checks_that_are_given_later_count() {
    let template = template();
    let ca = certificate("signing-ca");
    let devices = ["chained", "not-its-ca", "full"].map(certificate);
    let bundle = devices.concat();
    let check = |device: &Vec<u8>| check_issuer(device, &ca, &support::verify::verdicts(device, &ca), Some(NOW));
    let all: Vec<IssuerCheck> = devices.iter().map(check).collect();
    let mut unasked = FleetStream::new(&template, options());
    unasked.push(&template, &bundle, true);
    assert!(unasked.lane_rows() > 0, "without checks the lane has these devices");
    for given in [all.clone(), all[..1].to_vec(), Vec::new()] {
        let mut stream = FleetStream::new(&template, options());
        stream.expect(given.clone());
        stream.push(&template, &bundle, true);
        let mut records = stream.take_rows();
        stream.expect(given.clone());
        stream.push_each(&template, devices.iter().map(Vec::as_slice));
        let with = DryRunOptions { issuers: Some(given), ..options() };
        let rows = FleetTally::default().add_rows(&mut records);
        assert_eq!(rows, template.dry_run_fleet(&bundle, &with).rows);
        assert!(rows.iter().any(|row| row.verdict != Verdict::Provisions), "{rows:#?}");
        let verdicts = |records: &mut [u8]| -> Vec<Verdict> {
            FleetTally::default().add_rows(records).iter().map(|row| row.verdict).collect()
        };
        assert_eq!(verdicts(&mut stream.take_rows()), verdicts(&mut records), "one by one");
    }
}

#[test]
fn a_text_goes_on_in_another_stream() {
    let template = template();
    let rows = |goes_on: bool, rest: &[u8]| {
        let mut stream = FleetStream::new(&template, options());
        if goes_on {
            stream.go_on();
        }
        stream.push(&template, rest, true);
        FleetTally::default().add_rows(&mut stream.take_rows()).len()
    };
    assert_eq!([rows(false, b"the end\n"), rows(true, b"the end\n")], [1, 0]);
    assert_eq!(rows(true, &certificate("full")), 1);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_can_be_cut_anywhere(
        blocks in prop::collection::vec(prop_oneof![
            "-{0,7}", "BEGIN ", "END ", "CERTIFICATE", "X", "\n", "\\\\n", "MAA=", "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "[0-9a-z]{0,12}"
        ], 0..40),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let text = blocks.concat().into_bytes();
        let template = template();
        let whole = template.dry_run_fleet(&text, &options());
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        at.extend([0, text.len()]);
        at.sort_unstable();
        let pieces: Vec<&[u8]> = at.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
        prop_assert_eq!(in_pieces(&template, &pieces, &options()).0, whole);
    }
}
