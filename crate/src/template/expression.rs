//! Values that are known once the parameters are.

use crate::source::SourceRange;
use std::sync::Arc;

/// A value that is known once the parameters are.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A literal string.
    Text(Arc<str>),
    /// The value of a parameter, by its index in [`DeclaredNames`].
    Parameter(usize, SourceRange),
    /// The name of a resource: a thing's or policy's name, a certificate's ID.
    Resource(String, SourceRange),
    /// `Fn::Join`: the delimiter and what to join.
    Join(String, Box<Expression>),
    /// `Fn::Select`: the index and the list.
    Select(Box<Expression>, Box<Expression>, SourceRange),
    /// `Fn::Split`: the delimiter and the text.
    Split(String, Box<Expression>),
    /// `Fn::Sub`: literal and substituted pieces in order.
    Concat(Vec<Arc<Expression>>),
    /// `Fn::FindInMap`: map, top-level key, second-level key.
    FindInMap([Box<Expression>; 3], SourceRange),
    /// A list of values, as an argument of `Fn::Join` or `Fn::Select`.
    List(Vec<Expression>),
    /// Something that has been reported already.
    Invalid,
}

impl Expression {
    /// Whether the value evaluates to a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Expression::List(_) | Expression::Split(..))
    }

    /// The string, if the value is a literal.
    pub fn literal(&self) -> Option<&str> {
        if let Expression::Text(text) = self { Some(text) } else { None }
    }
}

/// Whether a key calls a function.
pub fn is_function(key: &str) -> bool {
    FUNCTIONS.contains(&key)
}

/// The functions that an object instead of a value can call.
pub const FUNCTIONS: [&str; 6] = ["Ref", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::FindInMap"];
