//! The texts in a file: the string literals of a source, the prose of a document.

/// The string literals with a space in them, outside of comments and of a module of tests.
pub fn of(source: &str, ending: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut texts = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (text, length) = if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if ending == "rs" && rest.starts_with("r#\"") {
            let end = rest[3..].find("\"#").map_or(rest.len(), |end| end + 3);
            (rest.get(3..end), (end + 2).min(rest.len()))
        } else if ending == "rs" && first == '\'' {
            // A character, or a lifetime.
            let inside = if rest[1..].starts_with('\\') { 2 } else { 1 };
            let end = rest.char_indices().nth(inside + 1).filter(|(_, character)| *character == '\'');
            (None, end.map_or(1, |(at, _)| at + 1))
        } else if first == '"' || (ending != "rs" && first == '`') {
            match closing(rest, first) {
                Some(end) => (rest.get(1..end), end + 1),
                None => (None, 1),
            }
        } else {
            (None, first.len_utf8())
        };
        texts.extend(text.filter(|text| text.contains(' ')).map(plain));
        rest = rest.get(length..).unwrap_or_default();
    }
    texts
}

/// Where a string ends that begins here.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, character)| {
        let ends = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// A literal as it is read: joined over its lines, without the escapes.
fn plain(literal: &str) -> String {
    literal.replace("\\\n", " ").replace("\\n", "\n").replace("\\\"", "\"")
}

/// A document without its code.
pub fn prose(document: &str) -> String {
    let text: Vec<&str> = document.split("\n```").step_by(2).collect();
    text.join("\n\n").split('`').step_by(2).collect::<Vec<_>>().join("…")
}
