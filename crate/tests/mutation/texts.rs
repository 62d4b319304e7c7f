//! Mutations of the text itself, in each layer: the config around, the body, a policy document inside.

use crate::case::DOCUMENT;
use crate::table::{Mutation, mutation};
use std::ops::Range;

/// Changes a text at a site; returns the new text and the changed range.
type Change = fn(&str, usize) -> Option<(String, Range<usize>)>;

const CHANGES: [(&str, Change); 22] = [
    ("cut short", |text, site| {
        // Before the last brace, in the middle of the text, and after a third of it.
        let at = [text.len() - 1, text.len() / 2, text.len() / 3];
        let at = (*at.get(site)?..text.len()).find(|at| text.is_char_boundary(*at))?;
        Some((text[..at].to_owned(), at..at))
    }),
    ("a trailing comma in an object", |text, site| insert(text, site, "}", 0, ",")),
    ("a trailing comma in a list", |text, site| insert(text, site, "]", 0, ",")),
    ("a comma missing", |text, site| replace(text, site, ", ", " ")),
    ("a comma too many", |text, site| replace(text, site, ", ", ",, ")),
    ("a colon missing", |text, site| replace(text, site, "\": ", "\" ")),
    ("= for a colon", |text, site| replace(text, site, "\": ", "\" = ")),
    ("a semicolon for a comma", |text, site| replace(text, site, ", ", "; ")),
    ("a key unquoted", |text, site| {
        let (start, end) = keys(text).nth(site)?;
        let bare = &text[start + 1..end - 1];
        Some((format!("{}{bare}{}", &text[..start], &text[end..]), start..end - 2))
    }),
    ("a key in single quotes", |text, site| {
        let (start, end) = keys(text).nth(site)?;
        let bare = &text[start + 1..end - 1];
        Some((format!("{}'{bare}'{}", &text[..start], &text[end..]), start..end))
    }),
    ("a key in smart quotes", |text, site| {
        let (start, end) = keys(text).nth(site)?;
        let bare = &text[start + 1..end - 1];
        Some((format!("{}“{bare}”{}", &text[..start], &text[end..]), start..end + 4))
    }),
    ("a Python dict", |text, site| (site == 0 && !text.contains('\'')).then(|| (python(text), 0..python(text).len()))),
    ("a raw line break in a string", |text, site| {
        let (start, end) = keys(text).nth(site)?;
        let at = start + 1;
        Some((format!("{}\n{}", &text[..at], &text[at..]), start..end + 1))
    }),
    ("a raw tab in a string", |text, site| {
        let (start, end) = keys(text).nth(site)?;
        let at = start + 1;
        Some((format!("{}\t{}", &text[..at], &text[at..]), start..end + 1))
    }),
    ("a comment", |text, site| insert(text, site, ", ", 1, " // later\n")),
    ("a comment in slashes and stars", |text, site| insert(text, site, ", ", 1, " /* later */")),
    ("a byte order mark", |text, site| (site == 0).then(|| (format!("\u{feff}{text}"), 0..3))),
    ("a brace too many", |text, site| (site == 0).then(|| (format!("{text}}}"), text.len()..text.len() + 1))),
    ("something behind the end", |text, site| {
        (site == 0).then(|| (format!("{text} EOF"), text.len() + 1..text.len() + 4))
    }),
    ("Markdown's backslash before an underscore", |text, site| insert_in_string(text, site, "\\_")),
    ("a bad escape", |text, site| insert_in_string(text, site, "\\x41")),
    ("an unexpanded shell variable", |text, site| {
        let (start, end) = values(text).nth(site)?;
        Some((format!("{}$VALUE{}", &text[..start], &text[end..]), start..start + 6))
    }),
];

pub fn all() -> Vec<Mutation> {
    let mut rows = Vec::new();
    for (what, change) in CHANGES {
        for (layer, pattern, codes) in
            [("the body", "", "JITP001"), ("the config", "config", "JITP001"), ("a policy", DOCUMENT, "JITP065")]
        {
            // No config has a list.
            if what.contains("in a list") && pattern == "config" {
                continue;
            }
            rows.push(mutation(format!("{what}, in {layer}"), codes, move |case| {
                // Only a text in a string is a separate text.
                let texts =
                    |case: &crate::case::Case| case.find(pattern).first().is_some_and(|path| is_text(case, path));
                case.site < SITES && texts(case) && case.rewrite(pattern, change)
            }));
        }
    }
    rows
}

/// The number of places of one kind that are tried in a text. They are much alike.
const SITES: usize = 12;

fn is_text(case: &crate::case::Case, path: &[usize]) -> bool {
    path.split_last().is_none_or(|(_, above)| matches!(case.at(above).value, crate::tree::Value::Inner(_)))
}

/// The places of `needle` outside strings.
fn outside<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> {
    let strings: Vec<(usize, usize)> = strings(text).collect();
    text.match_indices(needle)
        .map(|(at, _)| at)
        .filter(move |at| !strings.iter().any(|(start, end)| start < at && at + 1 < *end))
}

/// Every string with its quotes.
fn strings(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        let mut end = start + 1;
        while bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        at = end + 1;
        Some((start, end + 1))
    })
}

/// A text as Python prints the same value.
fn python(text: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for (start, end) in strings(text) {
        let content = text[start + 1..end - 1].replace("\\\"", "\"");
        out.push_str(&format!("{}'{content}'", &text[at..start]));
        at = end;
    }
    out + &text[at..]
}

fn keys(text: &str) -> impl Iterator<Item = (usize, usize)> {
    strings(text).filter(|(_, end)| text[*end..].starts_with(':'))
}

fn values(text: &str) -> impl Iterator<Item = (usize, usize)> {
    strings(text).filter(|(_, end)| !text[*end..].starts_with(':'))
}

/// Writes something before (or, with an offset, after) the needle. The place reaches from the one before it to the one
/// after.
fn insert(text: &str, site: usize, needle: &str, offset: usize, piece: &str) -> Option<(String, Range<usize>)> {
    let at = outside(text, needle).nth(site)? + offset;
    let empty = offset == 0 && text[..at].ends_with(['{', '[']);
    (!empty).then(|| (format!("{}{piece}{}", &text[..at], &text[at..]), at..at + piece.len() + 1))
}

fn insert_in_string(text: &str, site: usize, piece: &str) -> Option<(String, Range<usize>)> {
    let (start, _) = strings(text).nth(site)?;
    let at = start + 1;
    Some((format!("{}{piece}{}", &text[..at], &text[at..]), at..at + piece.len()))
}

fn replace(text: &str, site: usize, needle: &str, piece: &str) -> Option<(String, Range<usize>)> {
    let needle_at = |at: usize| (at, at + needle.len());
    // If a needle begins with a quote, that quote ends a string.
    let mut places: Vec<(usize, usize)> = if needle.starts_with('"') {
        strings(text).map(|(_, end)| needle_at(end - 1)).filter(|(at, _)| text[*at..].starts_with(needle)).collect()
    } else {
        outside(text, needle).map(needle_at).collect()
    };
    (site < places.len()).then(|| {
        let (start, end) = places.swap_remove(site);
        (format!("{}{piece}{}", &text[..start], &text[end..]), start..start + piece.len() + 1)
    })
}
