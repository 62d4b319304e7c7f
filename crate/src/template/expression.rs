//! Values that are known once the parameters are.

use crate::source::{SourceRange, WrittenText};
use std::sync::Arc;

/// A value that is known once the parameters are.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A literal string, and where it is written.
    Text(Arc<str>, WrittenText),
    /// The value of a parameter, by its index in [`DeclaredNames`].
    Parameter(usize, SourceRange),
    /// The name of a resource: a thing's or policy's name, a certificate's ID.
    Resource(String, SourceRange),
    /// `Fn::Join`: the delimiter, where that is written, and what to join.
    Join(String, WrittenText, Box<Expression>),
    /// `Fn::Select`: the index and the list.
    Select(Box<Expression>, Box<Expression>, SourceRange),
    /// `Fn::Split`: the delimiter and the text.
    Split(String, Box<Expression>),
    /// `Fn::Sub`: literal and substituted pieces in order, the latter with the place of their name.
    Concat(Vec<(Arc<Expression>, Option<SourceRange>)>),
    /// A text in a policy that is written as an object, where it has quotes.
    Quoted(Box<Expression>, SourceRange),
    /// `Fn::FindInMap`: map, top-level key, second-level key.
    FindInMap([Box<Expression>; 3], SourceRange),
    /// A list of values, as an argument of `Fn::Join` or `Fn::Select`.
    List(Vec<Expression>),
    /// A call of a function, which is named: its meaning, and where its arguments are written.
    Call(&'static str, Box<Expression>, SourceRange),
    /// Something that has been reported already.
    Invalid,
}

impl Expression {
    /// Whether the value evaluates to a list.
    pub fn is_list(&self) -> bool {
        matches!(self.called(), Expression::List(_) | Expression::Split(..))
    }

    /// What a call of a function means. Any other value is itself.
    pub fn called(&self) -> &Self {
        if let Expression::Call(_, inner, _) = self { inner } else { self }
    }

    /// Whether the value is a policy that is written as an object with functions in it.
    pub fn has_quoted(&self) -> bool {
        let Expression::Concat(pieces) = self else { return false };
        pieces.iter().any(|(piece, _)| matches!(**piece, Expression::Quoted(..)))
    }

    /// The string, if the value is a literal.
    pub fn literal(&self) -> Option<&str> {
        if let Expression::Text(text, _) = self { Some(text) } else { None }
    }
}

/// Whether a key calls a function.
pub fn is_function(key: &str) -> bool {
    FUNCTIONS.contains(&key)
}

/// The functions that an object instead of a value can call.
pub const FUNCTIONS: [&str; 6] = ["Ref", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::FindInMap"];
