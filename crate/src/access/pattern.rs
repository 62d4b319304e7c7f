//! Texts of policies with wildcards and variables, compiled once and matched against what a request has.

use super::glob::Symbol;
use super::key::PolicyKey;
use super::truth::Truth;
use super::values::{Held, Values};
use crate::limits;
use crate::policy::{first_wildcard, variable_name, variables_in};
use std::borrow::Cow;
use std::ops::Range;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// This very text.
    Text(Box<str>),
    /// `*`: any text.
    Any,
    /// `?`: any one character.
    One,
    /// The value of a variable. The text is the variable as written.
    Variable(PolicyKey, Box<str>),
    /// A text with wildcards or variables that is longer than a whole policy document may be. It is not compared.
    Long(Box<str>),
}

/// Why a pattern is not compared.
const TOO_LONG: &str = "A part of the statement is longer than 2,048 bytes, and was not compared with the request.";

/// A compiled text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

/// How to read a text.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Whether variables are substituted: in documents of the version 2012-10-17.
    pub substitutes: bool,
    /// Whether `*` and `?` are wildcards.
    pub wildcards: bool,
}

/// Whether a pattern matches, and why not if a variable decides that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'p> {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// A variable has no value, so that the pattern matches nothing.
    NoValue(&'p PolicyKey),
    /// It is not known.
    Unknown,
    /// It matches a part of what a pattern of requests stands for.
    Part,
}

impl Match<'_> {
    /// The match as a truth, for elements that must match.
    pub fn truth(self) -> Truth {
        match self {
            Match::Yes | Match::Part => Truth::Yes,
            Match::No | Match::NoValue(_) => Truth::No,
            Match::Unknown => Truth::Unknown,
        }
    }
}

/// A piece with the value of its variable.
enum Filled<'a> {
    Text(Cow<'a, str>),
    /// The two texts that a value can become.
    Either(Cow<'a, str>, Cow<'a, str>),
    Any,
    One,
    /// Some text that is not known.
    Hidden,
}

impl Pattern {
    /// Compiles a text.
    pub fn compile(text: &str, reading: Reading) -> Self {
        let mut pattern = Self::default();
        let mut at = 0;
        let has_pieces =
            || reading.wildcards && first_wildcard(text).is_some() || reading.substitutes && text.contains("${");
        if text.len() > limits::POLICY_DOCUMENT && has_pieces() {
            pattern.pieces.push(Piece::Long(text.into()));
            return pattern;
        }
        let variables: Vec<Range<usize>> = if reading.substitutes { variables_in(text) } else { Vec::new() };
        for name in variables {
            let (start, end) = (name.start - 2, (name.end + 1).min(text.len()));
            let written = &text[name.clone()];
            let literal = matches!(written, "*" | "?" | "$");
            let key = if literal {
                None
            } else {
                PolicyKey::of_variable(variable_name(written)).filter(|_| variable_name(written) == written)
            };
            if !literal && key.is_none() {
                // What is not substituted stays as plain text, its braces included.
                continue;
            }
            pattern.plain(&text[at..start], reading.wildcards);
            match key {
                Some(key) => pattern.pieces.push(Piece::Variable(key, text[start..end].into())),
                None => pattern.text(written),
            }
            at = end;
        }
        pattern.plain(&text[at..], reading.wildcards);
        pattern
    }

    /// A pattern that matches one text.
    pub fn literal(text: &str) -> Self {
        Self::compile(text, Reading { substitutes: false, wildcards: false })
    }

    fn plain(&mut self, text: &str, wildcards: bool) {
        let mut rest = text;
        while let Some(at) = first_wildcard(rest).filter(|_| wildcards) {
            self.text(&rest[..at]);
            self.pieces.push(if rest.as_bytes()[at] == b'*' { Piece::Any } else { Piece::One });
            rest = &rest[at + 1..];
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            *last = [last, text].concat().into();
        } else {
            self.pieces.push(Piece::Text(text.into()));
        }
    }

    /// Its pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The keys of its variables.
    pub fn keys(&self) -> impl Iterator<Item = &PolicyKey> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(key, _) => Some(key),
            _ => None,
        })
    }

    /// Whether it matches any text.
    pub fn is_any(&self) -> bool {
        self.pieces == [Piece::Any]
    }

    /// Whether it is too long to be compared.
    pub fn is_long(&self) -> bool {
        matches!(self.pieces[..], [Piece::Long(_)])
    }

    /// The text before its first wildcard or variable.
    pub fn begin(&self) -> Option<&str> {
        match self.pieces.first() {
            Some(Piece::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text, if it is plain.
    pub fn as_text(&self) -> Option<&str> {
        match &self.pieces[..] {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether it matches a text. Each open value that matters is noted in `values`.
    pub fn matches<'p>(&'p self, text: &str, values: &mut Values<'_>) -> Match<'p> {
        if let Some(own) = self.as_text() {
            return if own == text { Match::Yes } else { Match::No };
        }
        let mut filled = Vec::with_capacity(self.pieces.len());
        let mut open = false;
        let mut either = false;
        for piece in &self.pieces {
            filled.push(match piece {
                Piece::Text(text) => Filled::Text(Cow::Borrowed(text)),
                Piece::Any => Filled::Any,
                Piece::One => Filled::One,
                Piece::Variable(key, written) => match values.in_text(key) {
                    Held::One(value) => Filled::Text(value),
                    Held::Either(one, other) => {
                        either = true;
                        Filled::Either(one, other)
                    }
                    Held::AsWritten => Filled::Text(Cow::Borrowed(written)),
                    Held::Absent => return Match::NoValue(key),
                    Held::Many(_) | Held::NotTrue | Held::Unknown => {
                        open = true;
                        Filled::Hidden
                    }
                },
                Piece::Long(_) => {
                    open = true;
                    Filled::Hidden
                }
            });
        }
        if !glob(&filled, text, true) {
            return Match::No;
        }
        if open || either && !glob(&filled, text, false) {
            self.note(values);
            return Match::Unknown;
        }
        Match::Yes
    }

    /// Notes the values that keep the answer open.
    #[cold]
    pub fn note(&self, values: &mut Values<'_>) {
        for piece in &self.pieces {
            match piece {
                Piece::Variable(key, _) => values.note(key),
                Piece::Long(_) => values.undecided = Some(TOO_LONG),
                Piece::Text(_) | Piece::Any | Piece::One => {}
            }
        }
    }

    /// The text after the type with the values of its variables, if no character in it could be taken for a wildcard, and no variable for
    /// another one than it is. Otherwise [`symbols`](Self::symbols) tell them apart.
    pub fn plain_name(&self, kind: &str, values: &Values<'_>) -> Option<String> {
        let (first, rest) = self.pieces.split_first()?;
        let Piece::Text(first) = first else { return None };
        let is_plain = |text: &str| first_wildcard(text).is_none();
        let begin = first.strip_prefix(kind)?.strip_prefix('/').filter(|begin| is_plain(begin))?;
        let mut text = begin.to_owned();
        for piece in rest {
            match piece {
                Piece::Text(part) if is_plain(part) => text.push_str(part),
                Piece::Any => text.push('*'),
                Piece::One => text.push('?'),
                Piece::Variable(key, _) if !(values.connects && (key.is_of_thing() || *key == PolicyKey::ClientId)) => {
                    match values.in_text(key) {
                        Held::One(value) if is_plain(&value) => text.push_str(&value),
                        _ => return None,
                    }
                }
                // The usual resource of a connection: the thing's name, and nothing more.
                Piece::Variable(key @ PolicyKey::ThingName, _) if begin.is_empty() && rest.len() == 1 => {
                    match values.in_text(key) {
                        Held::One(value) if is_plain(&value) => text.push_str(&value),
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        Some(text)
    }

    /// The symbols with the values of its variables. A client ID stands for any while it is asked for.
    pub fn symbols(&self, values: &Values<'_>) -> Result<Vec<Symbol>, &PolicyKey> {
        let mut symbols = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(part) => symbols.extend(part.chars().map(Symbol::Char)),
                Piece::Any => symbols.push(Symbol::Any),
                Piece::One => symbols.push(Symbol::One),
                Piece::Long(_) => symbols.push(Symbol::Hidden),
                Piece::Variable(key @ PolicyKey::ClientId, _) if values.connects => {
                    // With more text than the type, no client ID is equal to itself and more.
                    let typed = matches!(&self.pieces[0], Piece::Text(text) if &**text == "client/");
                    let mut others = self.pieces[usize::from(typed)..].iter().filter(|other| **other != Piece::Any);
                    if others.next() != Some(piece) || others.next().is_some() {
                        return Err(key);
                    }
                    symbols.push(Symbol::Any);
                }
                Piece::Variable(key, written) => match values.in_text(key) {
                    Held::One(value) => symbols.extend(value.chars().map(Symbol::Char)),
                    Held::AsWritten => symbols.extend(written.chars().map(Symbol::Char)),
                    Held::Absent => return Err(key),
                    Held::Either(..) | Held::Many(_) | Held::NotTrue | Held::Unknown => symbols.push(Symbol::Hidden),
                },
            }
        }
        Ok(symbols)
    }

    /// The text with the values of its variables. Wildcards stay, and so does a variable whose value is not known.
    pub fn filled(&self, values: &mut Values<'_>) -> Result<String, &PolicyKey> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(part) | Piece::Long(part) => text.push_str(part),
                Piece::Any => text.push('*'),
                Piece::One => text.push('?'),
                Piece::Variable(key, written) => match values.in_text(key) {
                    Held::One(value) | Held::Either(value, _) => text.push_str(&value),
                    Held::Absent => return Err(key),
                    _ => text.push_str(written),
                },
            }
        }
        Ok(text)
    }
}

/// Whether pieces match a text. `wide`: a hidden text is any text, and of two texts either is enough; otherwise each must do.
fn glob(pieces: &[Filled<'_>], text: &str, wide: bool) -> bool {
    // Two texts for one value are rare: tried one after the other.
    if let Some(at) = pieces.iter().position(|piece| matches!(piece, Filled::Either(..))) {
        let with = |first: bool| {
            let one = |(index, piece): (usize, &Filled<'_>)| match piece {
                Filled::Either(one, other) => {
                    Filled::Text(Cow::Owned(if (index == at) == first { one } else { other }.clone().into_owned()))
                }
                Filled::Text(text) => Filled::Text(Cow::Owned(text.clone().into_owned())),
                Filled::Any => Filled::Any,
                Filled::One => Filled::One,
                Filled::Hidden => Filled::Hidden,
            };
            pieces.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        let (first, second) = (glob(&with(true), text, wide), glob(&with(false), text, wide));
        return if wide { first || second } else { first && second };
    }
    let bytes = text.as_bytes();
    let character = |at: usize| text[at..].chars().next().map_or(1, char::len_utf8);
    let (mut piece, mut within, mut at) = (0, 0, 0);
    // The position after the last wildcard, and the end of the text that it matches so far.
    let mut star: Option<(usize, usize)> = None;
    loop {
        while matches!(pieces.get(piece), Some(Filled::Text(own)) if within == own.len()) {
            (piece, within) = (piece + 1, 0);
        }
        match pieces.get(piece) {
            Some(Filled::Any | Filled::Hidden) => {
                (piece, within) = (piece + 1, 0);
                star = Some((piece, at));
                continue;
            }
            None if at == bytes.len() => return true,
            Some(Filled::One) if at < bytes.len() => {
                at += character(at);
                (piece, within) = (piece + 1, 0);
                continue;
            }
            Some(Filled::Text(own)) if bytes.get(at) == own.as_bytes().get(within) => {
                (within, at) = (within + 1, at + 1);
                continue;
            }
            _ => {}
        }
        let Some((after, from)) = star.filter(|(_, from)| *from < bytes.len()) else { return false };
        let from = from + character(from);
        (piece, within, at) = (after, 0, from);
        star = Some((after, from));
    }
}

impl Pattern {
    /// Whether it matches every resource of a type: `client/*`, `client/${iot:ClientId}`, `*`.
    pub fn covers_all_of(&self, kind: &str) -> bool {
        match &self.pieces[..] {
            [Piece::Any] => true,
            [Piece::Text(before), Piece::Any] if kind.starts_with(&**before) => true,
            [Piece::Text(before), Piece::Any | Piece::Variable(PolicyKey::ClientId, _)] => {
                before.strip_suffix('/') == Some(kind)
            }
            _ => false,
        }
    }

    /// Whether a text that begins so could match.
    pub fn may_begin_with(&self, begin: &str) -> bool {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text.starts_with(begin) || self.pieces.len() > 1 && begin.starts_with(&**text),
            Some(_) => true,
            None => false,
        }
    }
}
