//! JSON strings in all the ways in which one can write them.

use super::dice::Dice;
use std::fmt::Write;

/// A text as a JSON string, each character escaped in one of the ways that JSON has for it.
pub fn quote_somehow(text: &str, dice: &mut Dice) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        let short = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '/' => "\\/",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => "",
        };
        let must = matches!(character, '"' | '\\') || character.is_control();
        match dice.roll(if must { 8 } else { 24 }) {
            0 => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(out, "\\u{unit:04x}");
            }),
            1 => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(out, "\\u{unit:04X}");
            }),
            2..=5 if !short.is_empty() => out.push_str(short),
            _ if must && !short.is_empty() => out.push_str(short),
            _ if must => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
