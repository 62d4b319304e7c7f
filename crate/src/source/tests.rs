use super::*;
use proptest::prelude::*;

#[allow(dead_code, reason = "only property tests roll dice here")]
#[path = "../../tests/support/dice.rs"]
mod dice;

/// The text of a span, cut from the outermost text by its UTF-16 offsets.
fn cut(text: &str, span: Span) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16_lossy(&units[span.start.offset as usize..span.end.offset as usize])
}

/// The node at a path of keys, unwrapping strings with JSON in them on the way.
fn descend(sources: &mut SourceMap, path: &[&str]) -> Node {
    let mut node = sources.parse(0).expect("the outermost text is JSON");
    for key in path {
        if let Some(layer) = sources.unwrap_string(&node) {
            node = sources.parse(layer).expect("the inner text is JSON");
        }
        node = node.get(key).expect("the key is there").clone();
    }
    node
}

#[test]
fn places_lead_through_two_levels_of_escaping() {
    let text = r#"{"templateBody": "{\r\n \"Policy\": \"{ \\\"Action\\\": [\\\"iot:Publish\\\"], \\\"Resource\\\": \\\"topic\/a\\\" }\"\r\n}"}"#;
    let mut sources = SourceMap::new(text);
    let action = descend(&mut sources, &["templateBody", "Policy", "Action"]);
    assert_eq!(cut(text, sources.locate(action.place)), r#"[\\\"iot:Publish\\\"]"#);
    let mut sources = SourceMap::new(text);
    let resource = descend(&mut sources, &["templateBody", "Policy", "Resource"]);
    assert_eq!(resource.as_str(), Some("topic/a"));
    assert_eq!(cut(text, sources.locate(resource.place)), r#"\\\"topic\/a\\\""#);
}

#[test]
fn surrogate_pairs_and_wide_escapes_keep_the_count() {
    // The content is: clef, e acute, euro sign, tab, then a string.
    let text = r#""{\"\ud834\udd1e\u00e9\u20AC\\t\": \"\u0061\ud83d\ude00z\"}""#;
    let mut sources = SourceMap::new(text);
    let root = sources.parse(0).expect("JSON");
    let layer = sources.unwrap_string(&root).expect("a string");
    let inner = sources.parse(layer).expect("JSON inside");
    let member = &inner.as_object().expect("an object")[0];
    assert_eq!(member.key, "\u{1d11e}é€\t");
    assert_eq!(cut(text, sources.locate(member.key_place)), r#"\"\ud834\udd1e\u00e9\u20AC\\t\""#);
    assert_eq!(cut(text, sources.locate(member.value.place)), r#"\"\u0061\ud83d\ude00z\""#);
}

#[test]
fn positions_count_utf16_units_and_all_line_ends() {
    let text = "{\r\n \"\u{1d11e}é\": 1,\r \"b\":\n2}";
    let sources = SourceMap::new(text);
    let root = sources.parse(0).expect("JSON");
    let members = root.as_object().expect("an object");
    let first = sources.locate(members[0].value.place).start;
    assert_eq!((first.offset, first.line, first.column), (11, 2, 9));
    let key = sources.locate(members[1].key_place).start;
    assert_eq!((key.line, key.column), (3, 2));
    let last = sources.locate(members[1].value.place);
    assert_eq!((last.start.line, last.start.column, last.end.column), (4, 1, 2));
}

#[test]
fn duplicate_keys_are_kept() {
    let root = SourceMap::new(r#"{"a": 1, "a": 2}"#).parse(0).expect("JSON");
    assert_eq!(root.as_object().map(<[Member]>::len), Some(2));
    assert!(matches!(&root.get("a").expect("a").value, Value::Number(number) if number == "2"));
}

#[test]
fn only_strict_json_is_json() {
    for (text, at, reason) in [
        ("", 0, "the text is empty"),
        ("{\"a\": 1 , }", 8, "a comma follows the last element"),
        ("{'a': 1}", 1, "there are single quotes in place of double quotes"),
        ("{a: 1}", 1, "a key must be in double quotes"),
        ("\u{feff}{}", 0, "a byte order mark is outside a string"),
        ("[1 2]", 3, "a comma is missing"),
        ("{\"a\": 01}", 6, "this is not a number in JSON"),
        ("[1] x", 4, "there is more text after the end of the JSON"),
        ("// c\n{}", 0, "there is a comment, which JSON does not allow"),
        ("[\u{c}1]", 1, "a character between the tokens is not white space in JSON"),
        ("\"a\nb\"", 2, "a line break inside a string must be written \\n"),
        ("{\"a\": \"é\", \"b\" 1}", 15, "a colon is missing"),
        ("[\"x\\ud800y\"]", 3, "a \\u escape is half a surrogate pair, and the other half is missing"),
        ("{\"a\": [1", 8, "an array or object is not closed at the end of the text"),
    ] {
        let sources = SourceMap::new(text);
        let error = sources.parse(0).expect_err(text);
        assert_eq!(error.reason, reason, "{text:?}");
        assert_eq!(sources.locate(error.place).start.offset, at, "{text:?}");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(SourceMap::new(&deep(128)).parse(0).is_ok());
    let error = SourceMap::new(&deep(129)).parse(0).expect_err("too deep");
    assert!(error.too_deep);
    assert_eq!(error.place.start, 128);
    assert!(SourceMap::new(&deep(300_000)).parse(0).is_err());
    assert!(SourceMap::new(&"[".repeat(300_000)).parse(0).is_err());
}

#[test]
fn pieces_are_escaped_as_deep_as_they_stand() {
    let text = r#""{\"a\": \"{\\\"b\\\": 1}\"}""#;
    let mut sources = SourceMap::new(text);
    let mut node = sources.parse(0).expect("JSON");
    for _ in 0..2 {
        let layer = sources.unwrap_string(&node).expect("a string");
        node = sources.parse(layer).expect("JSON inside");
        node = node.as_object().expect("an object")[0].value.clone();
    }
    assert_eq!(sources.edit_outward(node.place, "\"x\"").1, r#"\\\"x\\\""#);
}

/// Writes a string in one of the many ways that JSON has for it.
fn write_oddly(content: &str, choices: &[u8]) -> String {
    let mut out = String::from("\"");
    for (character, choice) in content.chars().zip(choices.iter().cycle()) {
        let must = character < ' ' || character == '"' || character == '\\';
        match choice % 4 {
            0 => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
            1 if character == '/' => out.push_str("\\/"),
            _ if must => {
                let quoted = quote(&character.to_string());
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// The repairs of a text are in order, do not overlap, and leave JSON wherever they leave anything.
fn assert_repaired(sources: &mut SourceMap, error: &SyntaxError) {
    let text = sources.text(0).to_owned();
    let edits = error.edits();
    assert!(!edits.is_empty(), "{text:?}");
    let mut before = 0;
    for (place, _) in &edits {
        assert!(
            before <= place.start && place.start <= place.end && place.end as usize <= text.len(),
            "{text:?}: {edits:?}"
        );
        assert!(text.is_char_boundary(place.start as usize) && text.is_char_boundary(place.end as usize), "{text:?}");
        before = place.end;
    }
    assert!(edits.windows(2).all(|pair| pair[0].0.start < pair[1].0.start), "{text:?}: {edits:?}");
    let others = error.others().into_iter().map(|(_, place)| place);
    for place in others.chain(error.opened()).chain([error.place]) {
        assert!(place.start <= place.end && text.get(place.start as usize..place.end as usize).is_some(), "{text:?}");
    }
    let is_readable = error.recovery.as_ref().is_some_and(|recovery| recovery.readable);
    let repaired = sources.recover(error);
    // Repairs of a text that is wrong throughout in one way do not repair what is between.
    let throughout = |slip| matches!(slip, recover::Slip::Nul | recover::Slip::Entity | recover::Slip::Escaped);
    let is_throughout = error.recovery.iter().flat_map(|recovery| &recovery.repairs).all(|one| throughout(one.slip));
    assert!(repaired.is_some() == is_readable || is_readable && is_throughout, "{text:?}: {edits:?}");
    if let Some((node, certainty)) = repaired {
        let layer = node.place.layer;
        let compact = write_compact(&node, sources.text(layer));
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(&compact).is_ok(), "{text:?}");
        // A certain repair is one step, so that its edits are all there is to do.
        assert!(
            certainty != Certainty::Sure || sources.outward(node.place).is_some_and(|place| place.layer == 0),
            "{text:?}"
        );
    }
}

proptest! {
    #![proptest_config(dice::cases(256))]

    /// However a string is escaped, and however often, each character of its content leads to its own written form.
    #[test]
    fn every_character_leads_home(
        content in "[a-z\"\\\\/\r\n\t é€𝄞😀{}:]{0,40}",
        choices in proptest::collection::vec(any::<u8>(), 1..20),
        levels in 1usize..4,
    ) {
        let mut text = quote(&content);
        for _ in 0..levels {
            text = write_oddly(&text, &choices);
        }
        let mut sources = SourceMap::new(&text);
        let mut layer = 0;
        for _ in 0..levels {
            let node = sources.parse(layer).expect("written as JSON");
            layer = sources.unwrap_string(&node).expect("a string");
        }
        // The innermost layer is the quoted content. Each of its characters, cut out and unescaped, is itself again.
        let inner = sources.text(layer).to_owned();
        let mut covered = None;
        for (at, character) in inner.char_indices() {
            let place = SourceRange { layer, start: offset(at), end: offset(at + character.len_utf8()) };
            let mut written = cut(&text, sources.locate(place));
            let span = sources.locate(place);
            // No gap and no overlap between one character and the next.
            prop_assert_eq!(span.start.offset, covered.unwrap_or(span.start.offset));
            covered = Some(span.end.offset);
            for _ in 0..levels {
                written = serde_json::from_str(&format!("\"{written}\"")).expect("one written character");
            }
            prop_assert_eq!(written, character.to_string());
        }
    }

    /// A text is JSON here if and only if it is JSON for serde_json: white space and control characters out of place,
    /// odd escapes, numbers and words included.
    #[test]
    fn the_grammar_is_that_of_json(
        pieces in proptest::collection::vec(prop_oneof![
            Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"a\""), Just("\"b\":"), Just("1"),
            Just("-0.5e+3"), Just("01"), Just("1."), Just("true"), Just("nul"), Just(" "), Just("\n"), Just("\u{c}"),
            Just("\u{a0}"), Just("\""), Just("\\"), Just("\\n"), Just("\\u00e9"), Just("\\ud800"), Just("\\x"), Just("'"), Just("é"), Just("\t"),
            Just("\u{1}"), Just("//c"), Just("/*"), Just("#"), Just("("), Just(")"), Just("f("), Just("="), Just("=>"), Just("+"),
            Just(";"), Just("..."), Just("“"), Just("’"), Just("`"), Just("\"\"\""), Just("u'"), Just("\\\""), Just("\\\\"), Just("key"),
            Just("True"), Just("${x}"), Just("{{"), Just("<a>"), Just("&quot;"), Just("<<E\n"), Just("```"), Just("a: b\n"), Just("\0"),
            Just("\"{"), Just("\r"), Just("\"a\", "), Just("{\"a\": "), Just("}}"), Just("]}"), Just("[1, 2]"), Just("{\"k\": \"v\\\"w\"}"), Just("\"\u{7f}\""), Just("\u{feff}"),
        ], 0..12),
    ) {
        let text = pieces.concat();
        let mut sources = SourceMap::new(&text);
        let ours = sources.parse(0);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}", text);
        if let (Ok(node), Ok(value)) = (&ours, &theirs) {
            let compact = write_compact(node, &text);
            prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&compact).expect("JSON"), value);
        }
        if let Err(error) = &ours {
            assert_repaired(&mut sources, error);
        }
    }
}
