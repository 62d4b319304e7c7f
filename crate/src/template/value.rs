//! Reads the values of properties: strings, `Ref`, and the functions of fleet templates with their arguments (rules R2.9, R2.10, R4),
//! by CloudFormation's semantics.

use super::expression::{Expression, FUNCTIONS};
use super::names::{DeclaredNames, Use};
use crate::check::{Context, NameIndex, did_you_mean, nearest, quoted, report_type, same_but_spelling, write};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::policy;
use crate::rules::{self, Rule};
use crate::source::{Member, Node, SourceRange, Spelling, Value, WrittenText, offset, quote};
use std::sync::Arc;

/// Reads a value that must evaluate to a string. `what` names it in messages.
pub fn read(context: &mut Context, names: &mut DeclaredNames, node: &Node, what: &str) -> Expression {
    let value = read_value(context, names, node, what);
    if !value.is_list() {
        return value;
    }
    let place = node.as_object().and_then(<[Member]>::first).map_or(node.place, |member| member.key_place);
    let message = format!("{what} evaluates to a list; select one of its elements with Fn::Select.");
    context.report(Finding::new(&rules::FUNCTION_SHAPE, place, message));
    Expression::Invalid
}

/// Reads a value that evaluates to a string or to a list.
pub fn read_value(context: &mut Context, names: &mut DeclaredNames, node: &Node, what: &str) -> Expression {
    match &node.value {
        Value::String(text) => Expression::Text(text.as_str().into(), WrittenText::quoted(node.place)),
        Value::Number(_) | Value::Bool(_) => {
            let raw = context.sources.slice(node.place).to_owned();
            let message = format!("{what} is {}; it must be a string.", node.kind());
            let replacement = quote(&raw);
            context.report(Finding::new(&rules::NOT_A_STRING, node.place, message).fix(
                write(&raw),
                node.place,
                replacement,
            ));
            // The value after the fix, so that one slip gives one finding.
            Expression::Text(raw.into(), WrittenText::plain(node.place))
        }
        Value::Object(members) => read_function(context, names, node, members, what),
        Value::Null | Value::Array(_) => {
            report_type(context, node, what, "a string");
            Expression::Invalid
        }
    }
}

fn read_function(
    context: &mut Context,
    names: &mut DeclaredNames,
    node: &Node,
    members: &[Member],
    what: &str,
) -> Expression {
    let member = match members {
        [member] => member,
        _ => match report_members(context, node, members, what) {
            Some(member) => member,
            None => return Expression::Invalid,
        },
    };
    let Some(function) = FUNCTIONS.into_iter().find(|known| same_but_spelling(known, &member.key)) else {
        report_bad_function(context, member, what);
        return Expression::Invalid;
    };
    if function != member.key {
        let message = format!("The function {} must be spelled {}.", quoted(&member.key), quoted(function));
        let finding = Finding::new(&rules::BAD_EXPRESSION, member.key_place, message);
        context.report(finding.fix(write(function), member.key_place, quoted(function)));
    }
    if function == "Ref" {
        return read_ref(context, names, &member.value);
    }
    if context.flow != Flow::Fleet {
        let message = format!(
            "{function} is documented for fleet provisioning templates only; otherwise AWS documents only Ref."
        );
        context.report(Finding::new(&rules::FUNCTION_FLEET_ONLY, member.key_place, message));
    }
    let call = FunctionCall { function, place: member.key_place };
    match call.read(context, names, &member.value) {
        Expression::Invalid => Expression::Invalid,
        value => Expression::Call(function, Box::new(value), member.value.place),
    }
}

/// Reports an object with no member or several; returns the member that calls a function, if only one does.
#[cold]
fn report_members<'n>(context: &mut Context, node: &Node, members: &'n [Member], what: &str) -> Option<&'n Member> {
    let calls = |member: &&Member| FUNCTIONS.iter().any(|known| same_but_spelling(known, &member.key));
    let mut functions = members.iter().filter(calls);
    let function = functions.next().filter(|_| functions.next().is_none());
    let other = function.and_then(|function| members.iter().find(|member| member.key_place != function.key_place));
    context.report(match (function, other) {
        (Some(function), Some(other)) => {
            let message = format!("{} cannot be in one object with {}.", quoted(&other.key), function.key);
            Finding::new(&rules::BAD_EXPRESSION, other.key_place, message)
                .help(format!("Keep only {}.", function.key))
                .related(format!("{} is here.", function.key), function.key_place)
        }
        _ => {
            let count = members.len();
            let message =
                format!("{what} is an object with {count} members; a value must be a string, a Ref or one function.");
            Finding::new(&rules::BAD_EXPRESSION, node.place, message)
        }
    });
    function
}

#[cold]
fn report_bad_function(context: &mut Context, member: &Member, what: &str) {
    let message = format!("{what} is an object with the key {}, which is not a function.", quoted(&member.key));
    let finding = Finding::new(&rules::BAD_EXPRESSION, member.key_place, message);
    context.report(match nearest(&member.key, &FUNCTIONS) {
        Some(near) => did_you_mean(finding, near, member.key_place),
        None if member.key.starts_with("Fn::") => finding.help(format!(
            "Provisioning templates support only {}, whether or not CloudFormation has others.",
            FUNCTIONS.join(", ")
        )),
        None => finding.help("A value must be a string, {\"Ref\": \"parameter\"}, or a function such as Fn::Join."),
    });
}

fn read_ref(context: &mut Context, names: &mut DeclaredNames, node: &Node) -> Expression {
    let Some(name) = node.as_str() else {
        report_type(context, node, "The name in a Ref", "a string");
        return Expression::Invalid;
    };
    names.refer(context, name, Use { place: node.place, is_ref: true })
}

/// Reads the values that functions give inside a policy: what they refer to is used, and must be there.
pub fn read_functions(context: &mut Context, names: &mut DeclaredNames, node: &Node) -> bool {
    if policy::is_function(node) {
        read(context, names, node, "A value of the policy");
        return true;
    }
    let mut found = false;
    for element in node.as_array().unwrap_or_default() {
        found |= read_functions(context, names, element);
    }
    for member in node.as_object().unwrap_or_default() {
        found |= read_functions(context, names, &member.value);
    }
    found
}

/// A call of one of the functions, for the messages about its arguments.
pub struct FunctionCall {
    /// Its name.
    pub function: &'static str,
    /// Where the name is written.
    pub place: SourceRange,
}

impl FunctionCall {
    /// Reads the arguments.
    pub fn read(&self, context: &mut Context, names: &mut DeclaredNames, arguments: &Node) -> Expression {
        if self.function == "Fn::Sub" {
            return self.read_sub(context, names, arguments);
        }
        let list = arguments.as_array().unwrap_or_default();
        match (self.function, list) {
            ("Fn::Join", [delimiter, values]) => {
                let written = WrittenText::quoted(delimiter.place);
                let Some(delimiter) = self.literal(context, delimiter, "the delimiter") else {
                    return Expression::Invalid;
                };
                Expression::Join(delimiter, written, Box::new(self.read_list(context, names, values)))
            }
            ("Fn::Split", [delimiter, text]) => {
                let Some(delimiter) = self.literal(context, delimiter, "the delimiter") else {
                    return Expression::Invalid;
                };
                if delimiter.is_empty() {
                    self.report(context, list[0].place, "the delimiter must not be empty");
                    return Expression::Invalid;
                }
                Expression::Split(delimiter, Box::new(read(context, names, text, "The text that Fn::Split splits")))
            }
            ("Fn::Select", [index, values]) => {
                let place = index.place;
                // CloudFormation accepts the index as a number or as a string.
                let index = match &index.value {
                    Value::Number(number) => Expression::Text(number.as_str().into(), WrittenText::plain(place)),
                    _ => read(context, names, index, "The index of Fn::Select"),
                };
                let list = self.read_list(context, names, values);
                match index.literal().and_then(|index| self.index_problem(index, &list)) {
                    None => Expression::Select(Box::new(index), Box::new(list), place),
                    Some((rule, problem)) => {
                        let message = format!("Fn::Select: {problem}.");
                        context.report(Finding::new(rule, place, message).related("The list.", values.place));
                        Expression::Invalid
                    }
                }
            }
            ("Fn::FindInMap", [map, top, second]) => {
                let mut key = |node: &Node| Box::new(read(context, names, node, "A key of Fn::FindInMap"));
                let keys = [key(map), key(top), key(second)];
                names.lookups.push((
                    keys.each_ref().map(|key| key.literal().map(Arc::from)),
                    [map, top, second].map(|node| node.place),
                ));
                Expression::FindInMap(keys, arguments.place)
            }
            _ => {
                self.report(context, arguments.place, self.shape());
                Expression::Invalid
            }
        }
    }

    /// The problem with a written index, as far as the list is known.
    #[cold]
    fn index_problem(&self, index: &str, list: &Expression) -> Option<(&'static Rule, String)> {
        let length = match list.called() {
            Expression::List(elements) => Some(elements.len()),
            Expression::Split(delimiter, text) => text.literal().map(|text| text.split(delimiter.as_str()).count()),
            _ => None,
        };
        let Ok(number) = index.parse::<usize>() else {
            return Some((
                &rules::FUNCTION_SHAPE,
                format!("the index is {}, not a whole number from 0", quoted(index)),
            ));
        };
        let length = length.filter(|length| number >= *length)?;
        Some((&rules::EVALUATION, format!("there is no element {number} in a list of {length}, counted from 0")))
    }

    #[cold]
    fn shape(&self) -> &'static str {
        match self.function {
            "Fn::Join" => "the arguments must be [delimiter, [value, …]]",
            "Fn::Split" => "the arguments must be [delimiter, text]",
            "Fn::Select" => "the arguments must be [index, [value, …]]",
            "Fn::FindInMap" => "the arguments must be [map, top-level key, second-level key]",
            _ => "the argument must be a text, or [text, {name: value, …}]",
        }
    }

    #[cold]
    fn report(&self, context: &mut Context, place: SourceRange, problem: &str) {
        let message = format!("{}: {problem}.", self.function);
        context.report(Finding::new(&rules::FUNCTION_SHAPE, place, message).related("The function.", self.place));
    }

    fn literal(&self, context: &mut Context, node: &Node, what: &str) -> Option<String> {
        if let Some(text) = node.as_str() {
            return Some(text.to_owned());
        }
        self.report(context, node.place, &format!("{what} must be a string, not {}", node.kind()));
        None
    }

    /// A written list, or a function that returns one.
    fn read_list(&self, context: &mut Context, names: &mut DeclaredNames, node: &Node) -> Expression {
        let Some(elements) = node.as_array() else {
            if node.as_object().is_none() {
                self.report(context, node.place, self.shape());
                return Expression::Invalid;
            }
            let value = read_value(context, names, node, "The list");
            if value.is_list() || matches!(value, Expression::Invalid) {
                return value;
            }
            self.report(context, node.place, "the list evaluates to a text");
            return Expression::Invalid;
        };
        let what = format!("A value of {}", self.function);
        Expression::List(elements.iter().map(|element| read(context, names, element, &what)).collect())
    }

    fn read_sub(&self, context: &mut Context, names: &mut DeclaredNames, arguments: &Node) -> Expression {
        let (text, variables) = match (&arguments.value, arguments.as_array()) {
            (Value::String(_), _) => (arguments, None),
            (_, Some([text])) => (text, None),
            (_, Some([text, variables])) if variables.as_object().is_some() => (text, variables.as_object()),
            _ => {
                self.report(context, arguments.place, self.shape());
                return Expression::Invalid;
            }
        };
        let Some(pattern) = text.as_str() else {
            self.report(context, text.place, self.shape());
            return Expression::Invalid;
        };
        let (mut by_name, mut values) = (NameIndex::default(), Vec::new());
        for member in variables.unwrap_or_default() {
            // The first of duplicates counts. The duplicates have been reported.
            let value = Arc::new(read(context, names, &member.value, "A variable of Fn::Sub"));
            if by_name.get(&member.key).is_none() {
                by_name.insert(&member.key, values.len());
                values.push(value);
            }
        }
        // The names in the text are places of their own.
        let Some(layer) = context.sources.unwrap_string(text) else { return Expression::Invalid };
        let within = |start: usize, end: usize| SourceRange { layer, start: offset(start), end: offset(end) };
        let written = |start: usize, end: usize| {
            let place = WrittenText { place: within(start, end), spelling: Spelling::Substituted, skip: 0 };
            (Arc::new(Expression::Text(pattern[start..end].into(), place)), None)
        };
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(open) = pattern[at..].find("${").map(|open| at + open) {
            let Some(close) = pattern[open..].find('}').map(|close| open + close) else {
                self.report(context, within(open, open + 2), "the ${ has no closing }");
                return Expression::Invalid;
            };
            let name = &pattern[open + 2..close];
            if name.starts_with('!') {
                // The text without the exclamation mark.
                pieces.push(written(at, open + 2));
                pieces.push(written(open + 3, close + 1));
                at = close + 1;
                continue;
            }
            pieces.push(written(at, open));
            let value = match by_name.get(name) {
                Some(index) => Arc::clone(&values[index]),
                None => Arc::new(names.refer(context, name, Use { place: within(open + 2, close), is_ref: false })),
            };
            pieces.push((value, Some(within(open, close + 1))));
            at = close + 1;
        }
        pieces.push(written(at, pattern.len()));
        Expression::Concat(pieces)
    }
}
