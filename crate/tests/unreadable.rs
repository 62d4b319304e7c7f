//! Texts that are not read: too long, or not UTF-8.

mod support;

use jitp::{StringifyOptions, Template, Verdict, stringify, unstringify, validate};
use support::{certificate, options, root};

fn sound() -> String {
    std::fs::read_to_string(root().join("tests/fixtures/templates/ok-body.json")).expect("the fixture is there")
}

#[test]
fn a_text_beyond_a_megabyte_is_one_finding() {
    for text in [" ".repeat(1_000_001), "\"".repeat(2_000_000), format!("{}{}", sound(), " ".repeat(1_000_000))] {
        let template = Template::new(&text);
        let codes: Vec<_> = template.report().diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["JITP020"]);
        assert_ne!(template.dry_run(&certificate("full"), &options()).verdict, Verdict::Provisions);
        for written in [stringify(&text, &StringifyOptions::default()), unstringify(&text)] {
            assert_eq!(written.text, "");
            assert_eq!(written.diagnostics.len(), 1);
        }
    }
    // One byte less is read.
    let text = format!("{}{}", sound(), " ".repeat(1_000_000 - sound().len()));
    assert_eq!(validate(&text).diagnostics.iter().filter(|found| found.message.contains("1 MB")).count(), 0);
}

#[test]
fn a_text_that_is_not_utf_8_is_one_finding_and_nothing_is_written() {
    // Latin-1, Shift-JIS, a cut sequence, an overlong one, half a surrogate pair in CESU-8.
    for bytes in [&b"M\xfcnchen"[..], b"\x83\x5c\x82", b"caf\xc3", b"\xc0\xaf", b"\xed\xa0\x80"] {
        let sound = sound();
        let (before, after) = sound.split_once("ACTIVE").expect("a status");
        let all = [before.as_bytes(), bytes, after.as_bytes()].concat();
        let text = String::from_utf8_lossy(&all);
        let at = std::str::from_utf8(&all).expect_err("not UTF-8").valid_up_to();
        let report = validate(&text);
        assert_eq!(report.diagnostics.len(), 1, "{:?}", report.diagnostics);
        let found = &report.diagnostics[0];
        assert_eq!(found.code, "JITP008");
        assert!(found.message.contains(&format!("byte {} ", at + 1)), "{}", found.message);
        assert_eq!(support::cut(&text, found.span.expect("a place")), "\u{fffd}");
        assert_eq!(stringify(&text, &StringifyOptions::default()).text, "");
        assert_eq!(unstringify(&text).text, "");
    }
}

#[test]
fn a_report_that_is_full_says_so() {
    let members: Vec<String> = (0..600).map(|at| format!("\"k{at}\": 1")).collect();
    let report = validate(&format!("{{\"Resources\": {{}}, {}}}", members.join(", ")));
    let codes = |code: &str| report.diagnostics.iter().filter(|found| found.code == code).count();
    assert_eq!((codes("JITP025"), report.diagnostics.len()), (1, 501));
}
