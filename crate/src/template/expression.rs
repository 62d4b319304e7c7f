//! The values of properties: strings, `Ref`, and the functions of fleet templates (rules R2.9, R2.10, R4).

use super::flow::Flow;
use super::judge::Judge;
use super::keys::{nearest, quoted, report_type, same_but_spelling};
use super::parameters::{Names, Use};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{Member, Node, Place, Value, offset, quote};
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
    /// The string, where the value is a literal one.
    pub fn literal(&self) -> Option<&str> {
        if let Expression::Text(text) = self { Some(text) } else { None }
    }
}

/// Whether a key calls a function.
pub fn is_function(key: &str) -> bool {
    FUNCTIONS.contains(&key)
}

const FUNCTIONS: [&str; 6] = ["Ref", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::FindInMap"];

/// Reads a value that has to come out as a string; `what` names it in messages.
pub fn read(judge: &mut Judge, names: &mut Names, node: &Node, what: &str) -> Expression {
    match &node.value {
        Value::String(text) => Expression::Text(text.as_str().into()),
        Value::Number(_) | Value::Bool(_) => {
            let raw = judge.sources.slice(node.place).to_owned();
            let message = format!("{what} is {}; it has to be a string.", node.kind());
            let mended = quote(&raw);
            judge.report(Finding::new(&rules::NOT_A_STRING, node.place, message).fix(
                format!("Write {mended}"),
                node.place,
                mended,
            ));
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
    let [member] = members else {
        let message =
            format!("{what} is an object with {} members; a value is a string, a Ref or one function.", members.len());
        judge.report(Finding::new(&rules::BAD_EXPRESSION, node.place, message));
        return Expression::Invalid;
    };
    let Some(function) = FUNCTIONS.into_iter().find(|known| same_but_spelling(known, &member.key)) else {
        report_bad_function(judge, member, what);
        return Expression::Invalid;
    };
    if function != member.key {
        let message = format!("The function {} has to be spelt {}.", quoted(&member.key), quoted(function));
        judge.report(Finding::new(&rules::BAD_EXPRESSION, member.key_place, message).fix(
            format!("Write {}", quoted(function)),
            member.key_place,
            quoted(function),
        ));
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

#[cold]
fn report_bad_function(judge: &mut Judge, member: &Member, what: &str) {
    let message = format!("{what} is an object with the key {}, which is no function.", quoted(&member.key));
    let mut finding = Finding::new(&rules::BAD_EXPRESSION, member.key_place, message);
    finding = match nearest(&member.key, &FUNCTIONS) {
        Some(near) => finding.help(format!("Did you mean {}?", quoted(near))).fix(
            format!("Write {}", quoted(near)),
            member.key_place,
            quoted(near),
        ),
        None => finding.help("A value is a string, {\"Ref\": \"parameter\"}, or a function such as Fn::Join."),
    };
    judge.report(finding);
}

fn read_ref(judge: &mut Judge, names: &mut Names, node: &Node) -> Expression {
    let Some(name) = node.as_str() else {
        report_type(judge, node, "The name in a Ref", "a string");
        return Expression::Invalid;
    };
    names.refer(judge, name, Use { place: node.place, is_ref: true })
}

/// A call of one of the functions, for the messages about its arguments.
struct Call {
    function: &'static str,
    place: Place,
}

impl Call {
    fn read(&self, judge: &mut Judge, names: &mut Names, arguments: &Node) -> Expression {
        if self.function == "Fn::Sub" {
            return self.read_sub(judge, names, arguments);
        }
        let list = arguments.as_array().unwrap_or_default();
        match (self.function, list) {
            ("Fn::Join", [delimiter, values]) => {
                let Some(delimiter) = self.literal(judge, delimiter, "the delimiter") else {
                    return Expression::Invalid;
                };
                Expression::Join(delimiter, Box::new(self.read_list(judge, names, values)))
            }
            ("Fn::Split", [delimiter, text]) => {
                let Some(delimiter) = self.literal(judge, delimiter, "the delimiter") else {
                    return Expression::Invalid;
                };
                if delimiter.is_empty() {
                    self.report(judge, arguments.place, "the delimiter must not be empty");
                    return Expression::Invalid;
                }
                Expression::Split(delimiter, Box::new(read(judge, names, text, "The text that Fn::Split splits")))
            }
            ("Fn::Select", [index, values]) => {
                let place = index.place;
                // CloudFormation takes the index as a number or as a string.
                let index = match &index.value {
                    Value::Number(number) => Expression::Text(number.as_str().into()),
                    _ => read(judge, names, index, "The index of Fn::Select"),
                };
                Expression::Select(Box::new(index), Box::new(self.read_list(judge, names, values)), place)
            }
            ("Fn::FindInMap", [map, top, second]) => {
                let mut key = |node: &Node| Box::new(read(judge, names, node, "A key of Fn::FindInMap"));
                Expression::FindInMap([key(map), key(top), key(second)], arguments.place)
            }
            _ => {
                self.report(judge, arguments.place, self.shape());
                Expression::Invalid
            }
        }
    }

    #[cold]
    fn shape(&self) -> &'static str {
        match self.function {
            "Fn::Join" => "it takes [delimiter, [value, …]]",
            "Fn::Split" => "it takes [delimiter, text]",
            "Fn::Select" => "it takes [index, [value, …]]",
            "Fn::FindInMap" => "it takes [map, top-level key, second-level key]",
            _ => "it takes a text, or [text, {name: value, …}]",
        }
    }

    #[cold]
    fn report(&self, judge: &mut Judge, place: Place, problem: &str) {
        let message = format!("{}: {problem}.", self.function);
        judge.report(Finding::new(&rules::FUNCTION_SHAPE, place, message).related("The function.", self.place));
    }

    fn literal(&self, judge: &mut Judge, node: &Node, what: &str) -> Option<String> {
        if let Some(text) = node.as_str() {
            return Some(text.to_owned());
        }
        self.report(judge, node.place, &format!("{what} has to be a string, not {}", node.kind()));
        None
    }

    /// A list written out, or a function that gives one.
    fn read_list(&self, judge: &mut Judge, names: &mut Names, node: &Node) -> Expression {
        let Some(elements) = node.as_array() else {
            if node.as_object().is_some() {
                return read(judge, names, node, "The list");
            }
            self.report(judge, node.place, self.shape());
            return Expression::Invalid;
        };
        let what = format!("A value of {}", self.function);
        Expression::List(elements.iter().map(|element| read(judge, names, element, &what)).collect())
    }

    fn read_sub(&self, judge: &mut Judge, names: &mut Names, arguments: &Node) -> Expression {
        let (text, variables) = match (&arguments.value, arguments.as_array()) {
            (Value::String(_), _) => (arguments, None),
            (_, Some([text])) => (text, None),
            (_, Some([text, variables])) if variables.as_object().is_some() => (text, variables.as_object()),
            _ => {
                self.report(judge, arguments.place, self.shape());
                return Expression::Invalid;
            }
        };
        let Some(pattern) = text.as_str() else {
            self.report(judge, text.place, self.shape());
            return Expression::Invalid;
        };
        let variables: Vec<(&str, Arc<Expression>)> = variables
            .unwrap_or_default()
            .iter()
            .map(|member| (member.key.as_str(), Arc::new(read(judge, names, &member.value, "A variable of Fn::Sub"))))
            .collect();
        // The names in the text are places of their own.
        let Some(layer) = judge.sources.unwrap_string(text) else { return Expression::Invalid };
        let within = |start: usize, end: usize| Place { layer, start: offset(start), end: offset(end) };
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(open) = pattern[at..].find("${").map(|open| at + open) {
            let Some(close) = pattern[open..].find('}').map(|close| open + close) else { break };
            let name = &pattern[open + 2..close];
            pieces.push(Arc::new(Expression::Text(pattern[at..open].into())));
            pieces.push(match (name.strip_prefix('!'), variables.iter().find(|(known, _)| *known == name)) {
                (Some(kept), _) => Arc::new(Expression::Text(format!("${{{kept}}}").into())),
                (None, Some((_, value))) => Arc::clone(value),
                (None, None) => {
                    Arc::new(names.refer(judge, name, Use { place: within(open + 2, close), is_ref: false }))
                }
            });
            at = close + 1;
        }
        pieces.push(Arc::new(Expression::Text(pattern[at..].into())));
        Expression::Concat(pieces)
    }
}
