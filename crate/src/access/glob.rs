//! Compares two patterns: whether one covers all that the other matches, a part of it, or nothing.

use std::borrow::Cow;

/// A symbol of a pattern whose variables are filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// This character, also a `*` that is not a wildcard.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any text.
    Any,
    /// Some text that is not known.
    Hidden,
}

/// How much of an inner pattern an outer one covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Every text that the inner one matches.
    All,
    /// Some of them.
    Part,
    /// None.
    Nothing,
    /// It depends on a text that is not known.
    Unknown,
}

/// Patterns beyond this length are not compared: comparing takes time in the product of both lengths.
const LONGEST: usize = 512;

/// Compares two patterns.
pub fn cover(outer: &[Symbol], inner: &[Symbol]) -> Cover {
    if outer == [Symbol::Any] {
        return Cover::All;
    }
    // Most patterns differ before their first wildcard.
    let mut same = 0;
    for pair in outer.iter().zip(inner) {
        match pair {
            (Symbol::Char(one), Symbol::Char(other)) if one == other => same += 1,
            (Symbol::Char(_), Symbol::Char(_)) => return Cover::Nothing,
            _ => break,
        }
    }
    if outer.len() > LONGEST || inner.len() > LONGEST {
        return Cover::Unknown;
    }
    // The characters that they begin with alike match each other and nothing else.
    let (outer, inner) = (&outer[same..], &inner[same..]);
    if absorbs(&spread(outer), inner) {
        Cover::All
    } else if inner != [Symbol::Any] && !intersects(outer, inner) {
        Cover::Nothing
    } else if outer.contains(&Symbol::Hidden) || inner.contains(&Symbol::Hidden) {
        Cover::Unknown
    } else {
        Cover::Part
    }
}

/// A pattern that matches the same, in which each `?` beside a `*` can take any character that this `*` can: `?*` as `*?*`.
fn spread(pattern: &[Symbol]) -> Cow<'_, [Symbol]> {
    let is_wildcard = |symbol: &Symbol| matches!(symbol, Symbol::Any | Symbol::One);
    if !pattern.contains(&Symbol::One) || !pattern.contains(&Symbol::Any) {
        return Cow::Borrowed(pattern);
    }
    let mut wide = Vec::with_capacity(pattern.len() * 2);
    for run in pattern.chunk_by(|one, other| is_wildcard(one) && is_wildcard(other)) {
        if !run.contains(&Symbol::Any) {
            wide.extend_from_slice(run);
            continue;
        }
        wide.push(Symbol::Any);
        run.iter().filter(|symbol| **symbol == Symbol::One).for_each(|one| wide.extend([*one, Symbol::Any]));
    }
    Cow::Owned(wide)
}

/// Whether the outer pattern matches the inner one symbol by symbol: only `*` takes what `*` stands for.
fn absorbs(outer: &[Symbol], inner: &[Symbol]) -> bool {
    let (mut at, mut taken) = (0, 0);
    // The position after the last `*`, and how much it takes so far.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (outer.get(at), inner.get(taken)) {
            (Some(Symbol::Any), _) => {
                at += 1;
                star = Some((at, taken));
                continue;
            }
            (None, None) => return true,
            (Some(Symbol::One), Some(Symbol::Char(_) | Symbol::One)) => {
                (at, taken) = (at + 1, taken + 1);
                continue;
            }
            (Some(Symbol::Char(one)), Some(Symbol::Char(other))) if one == other => {
                (at, taken) = (at + 1, taken + 1);
                continue;
            }
            _ => {}
        }
        let Some((after, from)) = star.filter(|(_, from)| *from < inner.len()) else { return false };
        (at, taken) = (after, from + 1);
        star = Some((after, from + 1));
    }
}

/// Whether some text is matched by both. What is not known is any text.
fn intersects(one: &[Symbol], other: &[Symbol]) -> bool {
    let is_open = |symbol: Symbol| matches!(symbol, Symbol::Any | Symbol::Hidden);
    // For each position in the other pattern, whether both can have matched the same text up to here.
    let mut reached = vec![false; other.len() + 1];
    reached[0] = true;
    skip(&mut reached, other, is_open);
    let mut next = reached.clone();
    for symbol in one {
        next.fill(false);
        for at in 0..=other.len() {
            if !reached[at] {
                continue;
            }
            if is_open(*symbol) {
                // It takes all that the other one can have from here.
                next[at..].fill(true);
                break;
            }
            match (*symbol, other.get(at).copied()) {
                (_, Some(found)) if is_open(found) => next[at] = true,
                (Symbol::Char(here), Some(Symbol::Char(there))) => next[at + 1] |= here == there,
                (_, Some(_)) => next[at + 1] = true,
                (_, None) => {}
            }
        }
        skip(&mut next, other, is_open);
        std::mem::swap(&mut reached, &mut next);
    }
    reached.last() == Some(&true)
}

/// An open symbol can stand for the empty text.
fn skip(reached: &mut [bool], symbols: &[Symbol], is_open: impl Fn(Symbol) -> bool) {
    for (at, symbol) in symbols.iter().enumerate() {
        reached[at + 1] |= reached[at] && is_open(*symbol);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `*` and `?` are wildcards, `#` is unknown text, and `S` is a star that is none.
    fn symbols(text: &str) -> Vec<Symbol> {
        let symbol = |character| match character {
            '*' => Symbol::Any,
            '?' => Symbol::One,
            '#' => Symbol::Hidden,
            'S' => Symbol::Char('*'),
            other => Symbol::Char(other),
        };
        text.chars().map(symbol).collect()
    }

    fn compare(outer: &str, inner: &str) -> Cover {
        cover(&symbols(outer), &symbols(inner))
    }

    #[test]
    fn patterns_cover_all_or_a_part_or_nothing() {
        for (outer, inner, expected) in [
            ("lamps/*", "lamps/lamp-1/*", Cover::All),
            ("lamps/lamp-1/*", "lamps/*", Cover::Part),
            ("*/secret", "lamps/*", Cover::Part),
            ("*/secret", "lamps/*/state", Cover::Nothing),
            ("lamps/?", "lamps/*", Cover::Part),
            ("lamps/?", "lamps/ab", Cover::Nothing),
            ("*a*", "b*c", Cover::Part),
            ("a*b*c", "a*c", Cover::Part),
            ("a*c", "a*b*c", Cover::All),
            // A star that is a character is not a wildcard, on either side.
            ("lamps/S", "lamps/*", Cover::Part),
            ("lamps/*", "lamps/S", Cover::All),
            ("lamps/S", "lamps/a", Cover::Nothing),
            ("lamps/?", "lamps/S", Cover::All),
            ("#", "a", Cover::Unknown),
            ("a/#", "b/*", Cover::Nothing),
            ("a/*", "a/#", Cover::All),
            ("", "*", Cover::Part),
            ("", "", Cover::All),
            ("lamps/?*", "lamps/?*", Cover::All),
            ("lamps/*?", "lamps/?*", Cover::All),
            ("lamps/?*", "lamps/*a*", Cover::All),
            ("lamps/?*", "lamps/*", Cover::Part),
            ("lamps/?*?", "lamps/*a", Cover::Part),
            ("lamps/?*b", "lamps/ab?b", Cover::All),
        ] {
            assert_eq!(compare(outer, inner), expected, "{outer} over {inner}");
        }
    }

    /// All patterns of up to four symbols, against all texts of up to four letters: every answer is right.
    #[test]
    fn comparisons_agree_with_the_texts_that_match() {
        fn all(letters: &[char], longest: usize) -> Vec<String> {
            let mut found = vec![String::new()];
            let mut from = 0;
            for _ in 0..longest {
                let end = found.len();
                for at in from..end {
                    for letter in letters {
                        found.push(format!("{}{letter}", found[at]));
                    }
                }
                from = end;
            }
            found
        }
        let texts: Vec<String> = all(&['a', 'b', 'c'], 5);
        let patterns: Vec<(String, Vec<bool>)> = all(&['a', 'b', '*', '?'], 3)
            .into_iter()
            .map(|pattern| {
                let matched =
                    texts.iter().map(|text| crate::policy::matches_exactly(&pattern, text)).collect::<Vec<_>>();
                (pattern, matched)
            })
            .collect();
        for (outer, of_outer) in &patterns {
            for (inner, of_inner) in &patterns {
                let found = compare(outer, inner);
                let meets = of_outer.iter().zip(of_inner).any(|(one, other)| *one && *other);
                let contains = of_outer.iter().zip(of_inner).all(|(one, other)| *one || !*other);
                assert_eq!(found != Cover::Nothing, meets, "{outer} meets {inner}");
                assert_eq!(found == Cover::All, contains, "{outer} over {inner}");
            }
        }
    }
}
