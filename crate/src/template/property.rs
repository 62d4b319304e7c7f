//! Properties of resources, and what AWS's limits say of literal ones.

use super::expression::Expression;
use super::names::{DeclaredNames, reference};
use super::value;
use crate::check::{Context, quoted, report_violation, value_limits};
use crate::diagnostic::Finding;
use crate::limits::{PREDEFINED, PREDEFINED_PREFIX};
use crate::rules;
use crate::source::{Member, SourceRange};

/// A property's value and where it is written.
#[derive(Clone, Debug)]
pub struct Property {
    /// The value.
    pub value: Expression,
    /// Where it is written.
    pub place: SourceRange,
}

/// Reads a property that must evaluate to a string.
pub fn property(context: &mut Context, names: &mut DeclaredNames, member: Option<&Member>) -> Option<Property> {
    let member = member?;
    let value = value::read(context, names, &member.value, &member.key);
    Some(Property { value, place: member.value.place })
}

/// Checks a literal against a limit. Values from a certificate are checked in the plan.
pub fn check_literal(
    context: &mut Context,
    property: &Property,
    check: impl Fn(&str) -> Option<value_limits::Violation>,
) {
    let Some(text) = property.value.literal() else { return };
    match (check(text), meant_parameter(text)) {
        (None, None) => {}
        (Some(violation), None) => report_violation(context, violation, property.place),
        (violation, Some(name)) => report_literal_reference(context, violation, property.place, name),
    }
}

/// The parameter that a plain string names, in one of the ways in which other templates refer.
fn meant_parameter(text: &str) -> Option<&'static str> {
    // Most texts name none.
    if !text.contains("::") && !text.bytes().any(|byte| matches!(byte, b'{' | b'<')) {
        return None;
    }
    let is_sign = |c: char| !c.is_ascii_alphanumeric();
    let core = text.trim_matches(is_sign);
    let core = core.strip_prefix("Ref").map_or(core, |rest| rest.trim_start_matches(is_sign));
    PREDEFINED
        .into_iter()
        .map(|(name, _)| name)
        .find(|name| *name == core || core.len() < text.len() && name.strip_prefix(PREDEFINED_PREFIX) == Some(core))
}

/// Whether a plain string can be the name of a thing, and was most likely meant as one.
pub fn is_plain_name(text: &str) -> bool {
    value_limits::resource_name("The thing's name", text).is_none() && meant_parameter(text).is_none()
}

/// Whether a plain string can be the name of a policy.
pub fn is_policy_name(text: &str) -> bool {
    value_limits::policy_name(text).is_none()
}

#[cold]
fn report_literal_reference(
    context: &mut Context,
    violation: Option<value_limits::Violation>,
    place: SourceRange,
    name: &str,
) {
    let (rule, message) = match violation {
        Some(violation) => (violation.rule, violation.message),
        None => (
            &rules::LITERAL_REFERENCE,
            format!("{} is a plain text here: it is the same for every device.", quoted(name)),
        ),
    };
    let reference = reference(name);
    context.report(
        Finding::new(rule, place, message).help(format!("To use the parameter's value, write {reference}.")).fix(
            format!("Refer to {name}"),
            place,
            reference,
        ),
    );
}
