//! Turns text into JSON trees in which every node knows where it was *written*, through every level of escaping.
//!
//! A provisioning template travels as JSON inside a JSON string, and a policy document as JSON inside that. Each text
//! is a *layer*: layer 0 is the user's text, and every further layer is the content of a string of the layer around it.
//! A [`SourceRange`] is a byte range of one layer. [`SourceMap::locate`] maps it to the outermost text.

mod composed;
mod edit;
mod escape;
mod json;
mod parser;
mod position;
mod range;
mod recover;
mod source_map;
mod syntax_error;

pub use composed::{PieceOrigin, SourcePiece, Spelling, WrittenText};
pub use edit::{InsertAt, InsertionPoint};
pub use json::{Member, Node, Value, quote, write_compact, write_pretty};
pub(crate) use position::PositionIndex;
pub use position::{Position, Span};
pub use range::{LayerId, SourceRange, offset};
pub use recover::{Certainty, is_utf_16};
pub use source_map::SourceMap;
pub use syntax_error::SyntaxError;

#[cfg(test)]
mod tests;
