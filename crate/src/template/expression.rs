//! The values of properties: strings, `Ref`, and the functions of fleet templates (rules R2.9, R2.10, R4).

use super::functions::Call;
use super::parameters::{Names, Use};
use crate::check::{Judge, did_you_mean, nearest, quoted, report_type, same_but_spelling, write};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::source::{Member, Node, Place, Value, quote};
use std::sync::Arc;

/// A value that is known once the parameters are.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A literal string.
    Text(Arc<str>),
    /// The value of a parameter, by its index in [`Names`].
    Parameter(usize, Place),
    /// What a resource is called: a thing's or policy's name, a certificate's ID.
    Resource(String, Place),
    /// `Fn::Join`: the delimiter and what to join.
    Join(String, Box<Expression>),
    /// `Fn::Select`: the index and the list.
    Select(Box<Expression>, Box<Expression>, Place),
    /// `Fn::Split`: the delimiter and the text.
    Split(String, Box<Expression>),
    /// `Fn::Sub`: literal and substituted pieces in order.
    Concat(Vec<Arc<Expression>>),
    /// `Fn::FindInMap`: map, top-level key, second-level key.
    FindInMap([Box<Expression>; 3], Place),
    /// A list of values, as an argument of `Fn::Join` or `Fn::Select`.
    List(Vec<Expression>),
    /// Something that has been reported already.
    Invalid,
}

impl Expression {
    /// Whether the value comes out as a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Expression::List(_) | Expression::Split(..))
    }

    /// The string, where the value is a literal one.
    pub fn literal(&self) -> Option<&str> {
        if let Expression::Text(text) = self { Some(text) } else { None }
    }
}

/// Whether a key calls a function.
pub fn is_function(key: &str) -> bool {
    FUNCTIONS.contains(&key)
}

/// What an object in place of a value can be.
pub const FUNCTIONS: [&str; 6] = ["Ref", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::FindInMap"];

/// Reads a value that has to come out as a string; `what` names it in messages.
pub fn read(judge: &mut Judge, names: &mut Names, node: &Node, what: &str) -> Expression {
    let value = read_value(judge, names, node, what);
    if !value.is_list() {
        return value;
    }
    let place = node.as_object().and_then(<[Member]>::first).map_or(node.place, |member| member.key_place);
    let message = format!("{what} comes out as a list; Fn::Select takes one of its elements.");
    judge.report(Finding::new(&rules::FUNCTION_SHAPE, place, message));
    Expression::Invalid
}

/// Reads a value that comes out as a string or as a list.
pub fn read_value(judge: &mut Judge, names: &mut Names, node: &Node, what: &str) -> Expression {
    match &node.value {
        Value::String(text) => Expression::Text(text.as_str().into()),
        Value::Number(_) | Value::Bool(_) => {
            let raw = judge.sources.slice(node.place).to_owned();
            let message = format!("{what} is {}; it has to be a string.", node.kind());
            let mended = quote(&raw);
            judge.report(Finding::new(&rules::NOT_A_STRING, node.place, message).fix(write(&raw), node.place, mended));
            // The reading that the mend gives, so that one slip gives one finding.
            Expression::Text(raw.into())
        }
        Value::Object(members) => read_function(judge, names, node, members, what),
        Value::Null | Value::Array(_) => {
            report_type(judge, node, what, "a string");
            Expression::Invalid
        }
    }
}

fn read_function(judge: &mut Judge, names: &mut Names, node: &Node, members: &[Member], what: &str) -> Expression {
    let member = match members {
        [member] => member,
        _ => match report_members(judge, node, members, what) {
            Some(member) => member,
            None => return Expression::Invalid,
        },
    };
    let Some(function) = FUNCTIONS.into_iter().find(|known| same_but_spelling(known, &member.key)) else {
        report_bad_function(judge, member, what);
        return Expression::Invalid;
    };
    if function != member.key {
        let message = format!("The function {} has to be spelt {}.", quoted(&member.key), quoted(function));
        let finding = Finding::new(&rules::BAD_EXPRESSION, member.key_place, message);
        judge.report(finding.fix(write(function), member.key_place, quoted(function)));
    }
    if function == "Ref" {
        return read_ref(judge, names, &member.value);
    }
    if judge.flow != Flow::Fleet {
        let message = format!(
            "{function} is documented for fleet provisioning templates only; otherwise AWS promises Ref alone."
        );
        judge.report(Finding::new(&rules::FUNCTION_FLEET_ONLY, member.key_place, message));
    }
    let call = Call { function, place: member.key_place };
    call.read(judge, names, &member.value)
}

/// Reports an object with no member or several; gives the one that calls a function, where there is one only.
#[cold]
fn report_members<'n>(judge: &mut Judge, node: &Node, members: &'n [Member], what: &str) -> Option<&'n Member> {
    let calls = |member: &&Member| FUNCTIONS.iter().any(|known| same_but_spelling(known, &member.key));
    let mut functions = members.iter().filter(calls);
    let function = functions.next().filter(|_| functions.next().is_none());
    let other = function.and_then(|function| members.iter().find(|member| member.key_place != function.key_place));
    judge.report(match (function, other) {
        (Some(function), Some(other)) => {
            let message = format!("{} does not go with {} in one object.", quoted(&other.key), function.key);
            Finding::new(&rules::BAD_EXPRESSION, other.key_place, message)
                .help(format!("Keep {} alone.", function.key))
                .related(format!("{} stands here.", function.key), function.key_place)
        }
        _ => {
            let count = members.len();
            let message =
                format!("{what} is an object with {count} members; a value is a string, a Ref or one function.");
            Finding::new(&rules::BAD_EXPRESSION, node.place, message)
        }
    });
    function
}

#[cold]
fn report_bad_function(judge: &mut Judge, member: &Member, what: &str) {
    let message = format!("{what} is an object with the key {}, which is no function.", quoted(&member.key));
    let finding = Finding::new(&rules::BAD_EXPRESSION, member.key_place, message);
    judge.report(match nearest(&member.key, &FUNCTIONS) {
        Some(near) => did_you_mean(finding, near, member.key_place),
        None if member.key.starts_with("Fn::") => finding.help(format!(
            "Whether or not CloudFormation has it, provisioning templates know {} only.",
            FUNCTIONS.join(", ")
        )),
        None => finding.help("A value is a string, {\"Ref\": \"parameter\"}, or a function such as Fn::Join."),
    });
}

fn read_ref(judge: &mut Judge, names: &mut Names, node: &Node) -> Expression {
    let Some(name) = node.as_str() else {
        report_type(judge, node, "The name in a Ref", "a string");
        return Expression::Invalid;
    };
    names.refer(judge, name, Use { place: node.place, is_ref: true })
}
