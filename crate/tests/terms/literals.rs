//! The texts in a file: the string literals of a source in Rust or TypeScript, the prose of a document.

/// The string literals with a space in them, outside comments and a module of tests. A value in a template literal is `…`.
pub fn of(source: &str, ending: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut scanner = Scanner { rest: source, is_rust: ending == "rs", texts: Vec::new() };
    while !scanner.rest.is_empty() {
        scanner.code();
    }
    scanner.texts.retain(|text| text.contains(' '));
    scanner.texts
}

struct Scanner<'s> {
    rest: &'s str,
    is_rust: bool,
    texts: Vec<String>,
}

impl Scanner<'_> {
    /// Reads code to its end, or to a brace that it did not open.
    fn code(&mut self) {
        let (mut depth, mut before) = (0, '(');
        while let Some(first) = self.rest.chars().next() {
            match first {
                '/' if self.rest.starts_with("//") => self.skip_past("\n"),
                '/' if self.rest.starts_with("/*") => self.skip_past("*/"),
                '/' if !self.is_rust && "(,=:[!&|?{};+>\n".contains(before) => self.regular_expression(),
                'r' if self.is_rust && self.rest.starts_with("r#\"") && !before.is_alphanumeric() => {
                    self.skip(3);
                    let end = self.rest.find("\"#").unwrap_or(self.rest.len());
                    self.texts.push(self.rest[..end].to_owned());
                    self.skip(end + 2);
                }
                '\'' if self.is_rust => self.character(),
                '"' | '\'' => match closing(self.rest, first) {
                    Some(end) => {
                        self.texts.push(plain(&self.rest[1..end]));
                        self.skip(end + 1);
                    }
                    None => self.skip(1),
                },
                '`' if !self.is_rust => self.template(),
                '{' | '}' => {
                    self.skip(1);
                    depth += if first == '{' { 1 } else { -1 };
                    if depth < 0 {
                        return;
                    }
                }
                _ => self.skip(first.len_utf8()),
            }
            if !first.is_whitespace() {
                before = first;
            }
        }
    }

    fn template(&mut self) {
        let mut text = String::new();
        self.skip(1);
        while let Some(first) = self.rest.chars().next() {
            if self.rest.starts_with("${") {
                text.push('…');
                self.skip(2);
                self.code();
            } else if first == '`' {
                self.skip(1);
                break;
            } else {
                let length = if first == '\\' {
                    1 + self.rest[1..].chars().next().map_or(0, char::len_utf8)
                } else {
                    first.len_utf8()
                };
                text.push_str(&self.rest[..length]);
                self.skip(length);
            }
        }
        self.texts.push(plain(&text));
    }

    fn regular_expression(&mut self) {
        let (mut escaped, mut in_class) = (false, false);
        let end = self.rest.char_indices().skip(1).find(|(_, character)| {
            let ends = (*character == '/' && !escaped && !in_class) || *character == '\n';
            in_class = !escaped && (*character == '[' || (in_class && *character != ']'));
            escaped = *character == '\\' && !escaped;
            ends
        });
        self.skip(end.map_or(1, |(at, _)| at + 1));
    }

    /// A character of Rust, or the tick of a lifetime.
    fn character(&mut self) {
        let inside = if self.rest[1..].starts_with('\\') { 2 } else { 1 };
        let end = self.rest.char_indices().nth(inside + 1).filter(|(_, character)| *character == '\'');
        self.skip(end.map_or(1, |(at, _)| at + 1));
    }

    fn skip_past(&mut self, end: &str) {
        self.skip(self.rest.find(end).map_or(self.rest.len(), |at| at + end.len()));
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }
}

/// The end of the string that begins here.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, character)| {
        let ends = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// A literal as users see it: joined over its lines, without the escapes.
fn plain(literal: &str) -> String {
    literal.replace("\\\n", " ").replace("\\n", "\n").replace("\\\"", "\"")
}

/// A document without its code.
pub fn prose(document: &str) -> String {
    let text: Vec<&str> = document.split("\n```").step_by(2).collect();
    text.join("\n\n").split('`').step_by(2).collect::<Vec<_>>().join("…")
}

#[test]
fn literals_are_found_and_nothing_else() {
    let rust = "// \"a comment\"\nlet x = 'a'; let s: &'static str = \"one \\\n  \\\"text\\\"\"; r#\"raw \"text\"\"# '\\\"' \"short\" \"last one\"";
    assert_eq!(of(rust, "rs"), ["one    \"text\"", "raw \"text\"", "last one"]);
    let script =
        "a = /[\"`/] x/; b = `is ${c(`in ${d} it`)} and {e}`; /* \"not this\" */ f = 4 / 2; g = \"the end\" + '\"';";
    assert_eq!(of(script, "ts"), ["in … it", "is … and {e}", "the end"]);
}
