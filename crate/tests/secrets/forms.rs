//! Every form of a key, in every place.

use crate::made::{Key, keys, leak, pem, pieces};
use crate::places::{assert_gone, places};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jitp::redact_private_keys;

pub fn hex(bytes: &[u8], between: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}

pub fn wrapped(text: &str, width: usize, end: &str) -> String {
    text.as_bytes().chunks(width).filter_map(|line| std::str::from_utf8(line).ok()).collect::<Vec<_>>().join(end)
}

/// A dump: an offset, sixteen bytes in groups, and the same bytes as characters.
pub fn dump(bytes: &[u8], after: &str, group: usize) -> String {
    let line = |(number, line): (usize, &[u8])| {
        let groups: Vec<String> = line.chunks(group).map(|group| hex(group, "")).collect();
        let shown = |byte: &u8| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' };
        format!("{:08x}{after}{:<48} |{}|", 16 * number, groups.join(" "), line.iter().map(shown).collect::<String>())
    };
    bytes.chunks(16).enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// A text as a JSON string, `times` times.
pub fn json(text: &str, times: usize) -> String {
    (0..times).fold(text.to_owned(), |text, _| serde_json::to_string(&text).unwrap_or_default())
}

/// The forms of one key, each with its name.
pub fn forms(key: &Key) -> Vec<(&'static str, String)> {
    let bare = STANDARD.encode(&key.der);
    let lines = pem(key, 64, "\n");
    let quoted = |before: &str, after: &str| {
        lines.lines().map(|line| format!("{before}{line}{after}")).collect::<Vec<_>>().join("\n")
    };
    let u = |text: &str| text.bytes().map(|byte| format!("\\u{:04x}", byte)).collect::<String>();
    let percent = |text: &str| {
        text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D").replace('\n', "%0A").replace(' ', "+")
    };
    vec![
        ("PEM", lines.clone()),
        ("PEM, CRLF", pem(key, 64, "\r\n")),
        ("PEM, CR", pem(key, 64, "\r")),
        ("PEM, width 76", pem(key, 76, "\n")),
        ("PEM, width 7", pem(key, 7, "\n")),
        ("PEM, width 1", pem(key, 1, "\n")),
        ("PEM, one line", pem(key, 100_000, "\n")),
        ("PEM, spaces", pem(key, 64, " ")),
        ("PEM, escaped once", pem(key, 64, "\\n")),
        ("PEM, escaped twice", pem(key, 64, "\\\\n")),
        ("PEM, escaped thrice", pem(key, 64, "\\\\\\\\r\\\\\\\\n")),
        ("PEM, JSON", json(&lines, 1)),
        ("PEM, JSON in JSON", json(&lines, 2)),
        ("PEM, JSON in JSON in JSON", json(&lines, 3)),
        ("PEM, with escaped slashes", json(&lines, 1).replace('/', "\\/")),
        ("PEM, all of it as \\u escapes", u(&lines)),
        ("PEM, indented", quoted("        ", "")),
        ("PEM, quoted in a mail", quoted("> ", "")),
        ("PEM, joined strings", quoted("  \"", "\\n\" +")),
        ("PEM, joined strings of PHP", quoted("'", "' .")),
        ("PEM, an array of lines", format!("[{}]", quoted("\"", "\",").trim_end_matches(','))),
        ("PEM, in comments", quoted("# ", "")),
        ("PEM, in comments of C", quoted("// ", "")),
        ("PEM, in an address", percent(&lines)),
        ("PEM, in HTML", quoted("", "<br>")),
        ("PEM, long dashes", lines.replace("-----", "\u{2014}")),
        ("PEM, no end", lines.split("-----END").next().unwrap_or_default().to_owned()),
        ("PEM, no begin", lines.split_once("KEY-----").map_or(lines.clone(), |(_, rest)| rest.to_owned())),
        ("PEM, cut", lines[..lines.len() * 2 / 3].to_owned()),
        ("PEM, base64", STANDARD.encode(&lines)),
        ("PEM, base64 in lines", wrapped(&STANDARD.encode(&lines), 76, "\n")),
        ("PEM, base64 in base64", STANDARD.encode(STANDARD.encode(&lines))),
        ("PEM, base64 for addresses", URL_SAFE_NO_PAD.encode(&lines)),
        ("PEM, base64 of a file around it, 1", STANDARD.encode(format!("A=1\nKEY=\"{lines}\"\nB=2"))),
        ("PEM, base64 of a file around it, 2", STANDARD.encode(format!("A=12\nKEY=\"{lines}\"\nB=2"))),
        ("PEM, base64 of UTF-16", STANDARD.encode(lines.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())),
        ("PEM, hex", hex(lines.as_bytes(), "")),
        ("base64", bare.clone()),
        ("base64, lines", wrapped(&bare, 76, "\n")),
        ("base64, odd lines", wrapped(&bare, 13, "\r\n")),
        ("base64, tiny lines", wrapped(&bare, 5, "\\n")),
        ("base64, for addresses", URL_SAFE_NO_PAD.encode(&key.der)),
        ("base64, behind a slash", format!("https://example.com/keys/{bare}")),
        ("base64, behind a path", format!("/etc/ssl/{bare}")),
        ("base64, data address", format!("data:application/octet-stream;base64,{bare}")),
        ("base64, joined", format!("\"{}\"", wrapped(&bare, 60, "\" +\n  \""))),
        ("base64, an array", format!("[\"{}\"]", wrapped(&bare, 64, "\", \""))),
        ("base64, cut", bare[..bare.len() * 3 / 4].to_owned()),
        ("base64, in base64", STANDARD.encode(&bare)),
        ("hex", hex(&key.der, "")),
        ("hex, upper case", hex(&key.der, "").to_uppercase()),
        ("hex, colons", hex(&key.der, ":")),
        ("hex, spaces", hex(&key.der, " ")),
        ("hex, 0x", format!("0x{}", hex(&key.der, ""))),
        ("hex, an array of C", format!("{{0x{}}}", hex(&key.der, ", 0x"))),
        ("hex, lines of C", format!("0x{}", wrapped(&hex(&key.der, ", 0x"), 72, "\n"))),
        ("hex, \\x", format!("\\x{}", hex(&key.der, "\\x"))),
        ("hex, lines", wrapped(&hex(&key.der, ""), 60, "\n")),
        ("numbers", format!("{:?}", key.der)),
        ("numbers, a buffer of Node", format!("{{\"type\": \"Buffer\", \"data\": {:?}}}", key.der).replace(", ", ",")),
        ("numbers, one a line", format!("{:#?}", key.der)),
        ("numbers of Java", format!("{:?}", key.der.iter().map(|byte| byte.cast_signed()).collect::<Vec<_>>())),
        ("numbers, PEM", format!("{:?}", lines.as_bytes())),
        ("a dump of xxd", dump(&key.der, ": ", 2)),
        ("a dump of hexdump", dump(&key.der, "  ", 1)),
        ("a dump of xxd, PEM", dump(lines.as_bytes(), ": ", 2)),
        ("hex, behind a slash", format!("keys/{}", hex(&key.der, ""))),
    ]
}

#[test]
fn no_piece_of_a_key_is_left() {
    for key in keys("pieces") {
        let pieces = pieces(&key.private);
        for (form, text) in forms(&key) {
            let plain = matches!(
                form,
                "PEM" | "PEM, JSON" | "PEM, array of lines" | "base64" | "base64, lines" | "hex" | "hex, colons"
            );
            assert!(!plain || leak(&text, &pieces).is_some(), "the test would see {} as {form}", key.name);
            for (place, whole) in places(&text) {
                assert_gone(&format!("{} as {form} in {place}", key.name), &whole, &pieces);
            }
        }
    }
}

#[test]
fn the_text_around_a_key_stays() {
    for key in keys("around") {
        for (form, text) in forms(&key) {
            if form.contains("no begin") || form.contains("no end") || form.contains("cut") {
                continue;
            }
            let whole = format!(
                "{{\"Parameters\": {{\"first\": {}, \"AWS::IoT::Certificate::Id\": {{\"Type\": \"String\"}}}}}}",
                json(&text, 1)
            );
            let redacted = redact_private_keys(&whole).text;
            assert!(redacted.starts_with("{\"Parameters\": {\"first\": \""), "{} as {form}: {redacted}", key.name);
            assert!(
                redacted.ends_with(", \"AWS::IoT::Certificate::Id\": {\"Type\": \"String\"}}}"),
                "{} as {form}: {redacted}",
                key.name
            );
            assert!(serde_json::from_str::<serde_json::Value>(&redacted).is_ok(), "{} as {form}: {redacted}", key.name);
        }
    }
}
