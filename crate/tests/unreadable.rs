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

/// A sound template with these bytes in a value.
fn with(bytes: &[u8]) -> Vec<u8> {
    let sound = sound();
    let (before, after) = sound.split_once("ACTIVE").expect("a status");
    [before.as_bytes(), bytes, after.as_bytes()].concat()
}

/// There is one finding, at this byte, and nothing is written.
fn assert_refused(all: &[u8], at: usize, says: &str) {
    let template = Template::new(all);
    let report = template.report();
    assert_eq!(report.diagnostics.len(), 1, "{:?}", report.diagnostics);
    let found = &report.diagnostics[0];
    assert_eq!(found.code, "JITP008");
    assert!(found.message.contains(&format!("its byte {}", at + 1)), "{}", found.message);
    let help = found.help.as_deref().unwrap_or_default();
    assert!(found.message.contains(says) || help.contains(says), "{says}: {} {help}", found.message);
    let before = String::from_utf8_lossy(&all[..at]).encode_utf16().count();
    assert_eq!(found.span.expect("a place").start.offset as usize, before);
    assert_ne!(template.dry_run(&certificate("full"), &options()).verdict, Verdict::Provisions);
    for written in [stringify(all, &StringifyOptions::default()), unstringify(all)] {
        assert_eq!((written.text.as_str(), written.diagnostics.len()), ("", 1));
    }
}

#[test]
fn a_text_that_is_not_utf_8_is_one_finding_and_nothing_is_written() {
    for (bytes, says) in [
        // Latin-1 and Windows-1252.
        (&b"M\xfcnchen"[..], ", 0xFC, is part of no character"),
        (b"\x93ACTIVE\x94", ", 0x93, is part of no character"),
        // Shift-JIS, a cut sequence, an overlong one.
        (b"\x83\x5c\x82", ", 0x83, is"),
        (b"caf\xc3", ", 0xC3, is"),
        (b"\xc0\xaf", ", 0xC0, is"),
        // CESU-8: half a surrogate pair, and a whole one.
        (b"\xed\xa0\x80", "It looks like CESU-8"),
        (b"\xed\xa0\xbd\xed\xb8\x80", ", 0xED, is"),
        // The bytes of a half that another program has read.
        ("M\u{fffd}nchen".as_bytes(), "U+FFFD"),
    ] {
        let all = with(bytes);
        let at = std::str::from_utf8(&all)
            .map_or_else(|error| error.valid_up_to(), |text| text.find('\u{fffd}').unwrap_or(0));
        assert_refused(&all, at, says);
    }
}

#[test]
fn utf_16_and_utf_32_are_one_finding() {
    let text = String::from_utf8(with("Zürich".as_bytes())).expect("UTF-8");
    let wide =
        |mark: &str, unit: fn(char) -> Vec<u8>| format!("{mark}{text}").chars().flat_map(unit).collect::<Vec<u8>>();
    let le16: fn(char) -> Vec<u8> =
        |character| character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let be16: fn(char) -> Vec<u8> =
        |character| character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let le32: fn(char) -> Vec<u8> = |character| u32::from(character).to_le_bytes().to_vec();
    let be32: fn(char) -> Vec<u8> = |character| u32::from(character).to_be_bytes().to_vec();
    for (unit, byte, says) in [
        (le16, "0xFF", "begins like UTF-16"),
        (be16, "0xFE", "begins like UTF-16"),
        (le32, "0xFF", "begins like UTF-32"),
    ] {
        assert_refused(&wide("\u{feff}", unit), 0, byte);
        assert_refused(&wide("\u{feff}", unit), 0, says);
    }
    assert_refused(&wide("\u{feff}", be32), 2, "begins like UTF-32");
    // Without a mark the first letter beyond ASCII decides.
    for (unit, width, before) in [(le16, 2, 0), (be16, 2, 1), (le32, 4, 0), (be32, 4, 3)] {
        let all = wide("", unit);
        let letter = text.chars().position(|character| character == 'ü').expect("it is there");
        assert_refused(&all, letter * width + before, "It looks like UTF-16 or UTF-32");
    }
    // Letters whose two bytes are UTF-8 would become other letters.
    for letter in ["Łodź", "中丁"] {
        let text = String::from_utf8(with(letter.as_bytes())).expect("UTF-8");
        let all: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_refused(&all, 1, "0x00, belongs to a character of UTF-16 or UTF-32");
    }
    // UTF-16 of nothing but ASCII lost nothing, so that it is repaired like other texts that are not JSON.
    let ascii: Vec<u8> = sound().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let codes: Vec<_> = validate(&ascii).diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes.first(), Some(&"JITP001"), "{codes:?}");
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let written = unstringify(&ascii).text;
    assert!(written.is_empty() || value(&written) == value(&sound()), "{written}");
}

#[test]
fn characters_that_are_utf_8_and_no_text_are_one_finding() {
    // A null byte, a byte order mark in the middle, half a pair as an escape, and two halves the wrong way round.
    for (text, says, is_lost) in [
        (sound().replace("ACTIVE", "AC\0TIVE"), "a control character", false),
        (sound().replace("\"Resources\"", "\u{feff}\"Resources\""), "a byte order mark", false),
        (sound().replace("ACTIVE", "\\ud800"), "half a surrogate pair", true),
        (sound().replace("ACTIVE", "\\udc00\\ud800"), "half a surrogate pair", true),
    ] {
        let report = validate(&text);
        let found: Vec<_> = report.diagnostics.iter().filter(|found| found.code == "JITP001").collect();
        assert_eq!(found.len(), 1, "{:?}", report.diagnostics);
        assert!(found[0].message.contains(says), "{}", found[0].message);
        // A lost text is not written. Any other text is written in full.
        let written = stringify(&text, &StringifyOptions::default()).text;
        assert_eq!(written.is_empty(), is_lost, "{written}");
        assert_eq!(written.contains("AC\\\\u0000TIVE"), says == "a control character", "{written}");
    }
}

#[test]
fn a_report_that_is_full_says_so() {
    let members: Vec<String> = (0..600).map(|at| format!("\"k{at}\": 1")).collect();
    let report = validate(format!("{{\"Resources\": {{}}, {}}}", members.join(", ")));
    let codes = |code: &str| report.diagnostics.iter().filter(|found| found.code == code).count();
    assert_eq!((codes("JITP025"), report.diagnostics.len()), (1, 501));
}
