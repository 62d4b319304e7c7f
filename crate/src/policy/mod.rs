//! Policy documents (rule R9): what they allow a device to do, and what is wrong with them.

mod actions;
mod checks;
mod condition;
mod deny;
mod document;
mod facts;
mod fit;
mod location;
mod pattern;
mod reach;
mod resource_arn;
mod statement;
mod variables;

use crate::check::Context;
use crate::source::Node;
pub use actions::Actions;
pub use document::is_function;
pub use facts::{DependentAction, PolicyFacts, ThingValue};
pub use location::Location;
pub use pattern::matches_exactly;
pub use variables::{CertificateVariable, find as variables_in, of_certificate};

/// Checks a policy document; `None` if it has no statements to read, which has been reported. Where `functions` are
/// evaluated, nothing is known of their values.
pub fn check(context: &mut Context, document: &Node, functions: bool) -> Option<PolicyFacts> {
    checks::check(context, document, functions)
}
