//! Policy documents (rule R9): what they allow a device to do, and what is wrong with them.

pub mod actions;
mod checks;
pub mod condition;
mod deny;
mod dependents;
pub mod document;
mod facts;
mod fit;
mod location;
pub mod pattern;
mod reach;
pub mod resource_arn;
mod statement;
mod traps;
pub mod variables;

use crate::check::Context;
use crate::source::Node;
pub use actions::Actions;
pub use document::{PolicyDocument, is_function};
pub use facts::{DependentAction, PolicyFacts, ThingValue, ThingValueUse};
pub use location::Location;
pub use pattern::{first_wildcard, matches, matches_exactly};
pub use variables::{
    CertificateVariable, attribute as thing_attribute, bare as variable_name, find as variables_in, in_documented_case,
    is_known as is_known_variable, of_certificate,
};

/// Reads a policy document; `None` if it has no statements to read, which has been reported. Where `functions` are
/// evaluated, nothing is known of their values.
pub fn read<'n>(context: &mut Context, document: &'n Node, functions: bool) -> Option<PolicyDocument<'n>> {
    document::read(context, document, functions)
}

/// Checks a policy document that has been read.
pub fn check(context: &mut Context, document: &PolicyDocument<'_>, functions: bool) -> PolicyFacts {
    checks::check(context, document, functions)
}
