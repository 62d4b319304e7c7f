//! A policy document that is written as an object with functions in it, as the text that it evaluates to.

use super::expression::Expression;
use super::names::DeclaredNames;
use super::value;
use crate::check::Context;
use crate::policy;
use crate::source::{Node, SourceRange, Value, WrittenText};
use std::sync::Arc;

/// Reads the functions of a document. `None` if it has none. Otherwise the document's text without white space, in which
/// the value of each function has quotes.
pub fn read(context: &mut Context, names: &mut DeclaredNames, document: &Node) -> Option<Expression> {
    let mut text = ObjectText::default();
    text.add(context, names, document);
    text.flush(context);
    text.has_functions.then_some(Expression::Concat(text.pieces))
}

/// The text of an object, as far as it has been read.
#[derive(Default)]
struct ObjectText {
    pieces: Vec<(Arc<Expression>, Option<SourceRange>)>,
    /// What is written in one run, and belongs to no piece yet.
    run: Option<SourceRange>,
    has_functions: bool,
}

impl ObjectText {
    fn add(&mut self, context: &mut Context, names: &mut DeclaredNames, node: &Node) {
        if policy::is_function(node) {
            self.flush(context);
            let value = value::read(context, names, node, "A value of the policy");
            self.pieces.push((Arc::new(Expression::Quoted(Box::new(value), node.place)), None));
            self.has_functions = true;
            return;
        }
        let place = node.place;
        let at = |start: u32| SourceRange { start, end: start + 1, ..place };
        match &node.value {
            Value::Array(elements) => {
                self.written(context, at(place.start));
                for (index, element) in elements.iter().enumerate() {
                    if let Some(before) = index.checked_sub(1) {
                        self.comma(context, elements[before].place);
                    }
                    self.add(context, names, element);
                }
                self.written(context, at(place.end - 1));
            }
            Value::Object(members) => {
                self.written(context, at(place.start));
                for (index, member) in members.iter().enumerate() {
                    if let Some(before) = index.checked_sub(1) {
                        self.comma(context, members[before].value.place);
                    }
                    self.written(context, member.key_place);
                    self.punctuation(context, member.key_place.end, member.value.place, b':');
                    self.add(context, names, &member.value);
                }
                self.written(context, at(place.end - 1));
            }
            _ => self.written(context, place),
        }
    }

    /// The comma after an element.
    fn comma(&mut self, context: &Context, before: SourceRange) {
        let layer = context.sources.whole(before.layer);
        self.punctuation(context, before.end, SourceRange { start: layer.end, ..layer }, b',');
    }

    /// The first such character between two places.
    fn punctuation(&mut self, context: &Context, after: u32, before: SourceRange, character: u8) {
        let between = context.sources.text(before.layer).as_bytes().get(after as usize..before.start as usize);
        let found = between.and_then(|bytes| bytes.iter().position(|byte| *byte == character));
        let start = after + crate::source::offset(found.unwrap_or_default());
        self.written(context, SourceRange { start, end: start + 1, ..before });
    }

    /// Takes a token as it is written.
    fn written(&mut self, context: &Context, place: SourceRange) {
        match &mut self.run {
            Some(run) if run.end == place.start => run.end = place.end,
            _ => {
                self.flush(context);
                self.run = Some(place);
            }
        }
    }

    fn flush(&mut self, context: &Context) {
        if let Some(run) = self.run.take() {
            let text = Expression::Text(context.sources.slice(run).into(), WrittenText::plain(run));
            self.pieces.push((Arc::new(text), None));
        }
    }
}
