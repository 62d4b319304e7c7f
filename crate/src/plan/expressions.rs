//! Evaluates expressions with the values of one certificate (rules R2, R4).

use super::findings::PlanFindings;
use super::pieces::{Call, EvaluatedText, TracedPiece};
use super::provenance::PieceFrom;
use super::types::Parameter;
use crate::certificate::known::may_divide;
use crate::check::Context;
use crate::check::value_limits::Violation;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::{PieceOrigin, SourceRange, WrittenText, quote};
use crate::template::expression::Expression;
use crate::template::property::Property;
use crate::template::{PolicyKind, Template};
use std::sync::Arc;

/// A policy made from a document is named by a hash of it; AWS does not say which, so no value is made up.
pub const HASH_NAME: &str = "<hash of the document>";

/// How many references to resources are followed one inside the other before they count as a circle. Each uses stack.
pub const MAX_REFERENCES: u32 = 4;

/// The most bytes of all values together: far beyond what AWS accepts, and a limit for what a short template can ask
/// for (a long delimiter between many values).
pub const MAX_BYTES: usize = 512 << 10;

pub enum Evaluated {
    Text(EvaluatedText),
    List(Vec<EvaluatedText>),
}

/// Evaluates the expressions of a template.
pub struct Evaluator<'a> {
    pub template: &'a Template,
    pub parameters: &'a [Parameter],
    pub id: &'a str,
    pub findings: &'a mut PlanFindings,
    /// Whether the places are kept that texts come from. Rows of a fleet do not show them.
    pub traces: bool,
    /// The texts of the evaluated policy documents, beside those of the template.
    pub documents: Option<Context>,
    /// The calls of functions that traced pieces came through.
    pub calls: Vec<Call>,
    call: Option<usize>,
    references: u32,
    bytes: usize,
}

impl<'a> Evaluator<'a> {
    /// Starts with no values.
    pub fn new(
        template: &'a Template,
        parameters: &'a [Parameter],
        id: &'a str,
        findings: &'a mut PlanFindings,
    ) -> Self {
        let (traces, documents, calls, call) = (false, None, Vec::new(), None);
        Self { template, parameters, id, findings, traces, documents, calls, call, references: 0, bytes: 0 }
    }

    /// Reports a value that breaks a limit.
    #[cold]
    pub fn violation(&mut self, violation: Violation, property: &Property) {
        let help = match &property.value {
            Expression::Parameter(index, _) => Some(format!(
                "The value comes from {}: issue certificates with an allowed value, or refer to another parameter.",
                self.parameters[*index].name
            )),
            _ => violation.help,
        };
        let finding = Finding::new(violation.rule, property.place, violation.message);
        self.findings.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// The text that an expression evaluates to.
    pub fn text(&mut self, expression: &Expression, place: SourceRange) -> Option<Arc<str>> {
        self.evaluated(expression, place).map(|evaluated| evaluated.text)
    }

    /// The same, with where its pieces come from.
    pub fn evaluated(&mut self, expression: &Expression, place: SourceRange) -> Option<EvaluatedText> {
        match self.value(expression, place)? {
            Evaluated::Text(text) => Some(text),
            Evaluated::List(_) => self.fail(place, "the value evaluates to a list, not to a text"),
        }
    }

    fn list(&mut self, expression: &Expression, place: SourceRange) -> Option<Vec<EvaluatedText>> {
        match self.value(expression, place)? {
            Evaluated::List(list) => Some(list),
            Evaluated::Text(_) => self.fail(place, "the value evaluates to a text, not to a list"),
        }
    }

    /// `None` if there is no value. That has been reported, here or with the template or with the parameter.
    pub fn value(&mut self, expression: &Expression, place: SourceRange) -> Option<Evaluated> {
        if let Expression::Call(function, inner, at) = expression {
            let outer = self.enter(function, *at);
            let value = self.value(inner, place);
            self.call = outer;
            return value;
        }
        // A value costs its bytes, and one for itself: few letters can ask for very many empty values.
        self.spend(1, place)?;
        let text = match expression {
            Expression::Text(text, written) => {
                self.whole(text.clone(), PieceOrigin::Written(*written), PieceFrom::Literal)
            }
            Expression::Parameter(index, at) => {
                let value = self.parameters[*index].value.clone()?;
                let mut text = self.whole(value, PieceOrigin::Value(*at), PieceFrom::Parameter);
                text.pieces.iter_mut().for_each(|piece| piece.parameter = Some(*index));
                text
            }
            Expression::Resource(name, at) => {
                let outer = self.enter("Ref", *at);
                let mut text = self.resource(name, *at);
                self.call = outer;
                text.iter_mut().for_each(|text| text.hold(*at));
                text?
            }
            Expression::Join(delimiter, written, list) => {
                let texts = self.list(list, place)?;
                self.join(&texts, (delimiter, PieceOrigin::Repeated(*written)), place)?
            }
            Expression::Select(index, list, at) => {
                let index = self.text(index, *at)?;
                if self.is_unknown(&index) {
                    return self.not_known(*at, "the index of Fn::Select");
                }
                let list = self.list(list, place)?;
                match index.parse::<usize>().ok().and_then(|index| list.get(index)) {
                    Some(element) => element.clone(),
                    None => {
                        let problem =
                            format!("Fn::Select asks for element {index} of a list of {}, counted from 0", list.len());
                        return self.fail(*at, &problem);
                    }
                }
            }
            Expression::Split(delimiter, text) => {
                let text = self.evaluated(text, place)?;
                if may_divide(delimiter) && self.is_unknown(&text.text) {
                    return self.not_known(place, "the text that Fn::Split splits");
                }
                self.spend(text.text.len(), place)?;
                return Some(Evaluated::List(text.split(delimiter)));
            }
            Expression::Concat(pieces) => {
                let mut texts = Vec::with_capacity(pieces.len());
                for (piece, at) in pieces {
                    let outer = self.call;
                    if let Some(at) = at.filter(|_| !matches!(**piece, Expression::Parameter(..))) {
                        self.enter("Fn::Sub", at);
                    }
                    let text = self.evaluated(piece, place);
                    self.call = outer;
                    let mut text = text?;
                    at.iter().for_each(|at| text.refer(*at));
                    texts.push(text);
                }
                self.join(&texts, ("", PieceOrigin::Value(place)), place)?
            }
            Expression::Quoted(inner, at) => {
                let inner = self.evaluated(inner, *at)?;
                self.quoted(inner, *at)
            }
            Expression::FindInMap(keys, at) => self.find_in_map(keys, *at)?,
            Expression::List(elements) => {
                let elements: Option<Vec<EvaluatedText>> =
                    elements.iter().map(|element| self.evaluated(element, place)).collect();
                return elements.map(Evaluated::List);
            }
            Expression::Call(..) | Expression::Invalid => return None,
        };
        self.spend(text.text.len(), place)?;
        Some(Evaluated::Text(text))
    }

    /// Notes a call of a function around what is evaluated next, if that is traced. Returns the call around this one.
    fn enter(&mut self, function: &'static str, place: SourceRange) -> Option<usize> {
        let outer = self.call;
        if self.traces {
            self.call = Some(self.calls.len());
            self.calls.push(Call { function, place, outer });
        }
        outer
    }

    /// A text of one piece.
    fn whole(&self, text: Arc<str>, origin: PieceOrigin, from: PieceFrom) -> EvaluatedText {
        let piece = || TracedPiece::new(text.len(), origin, from, self.call);
        let pieces = if self.traces { vec![piece()] } else { Vec::new() };
        EvaluatedText { text, pieces }
    }

    /// A text as a JSON string. The places in one with escapes are not told apart.
    fn quoted(&self, inner: EvaluatedText, at: SourceRange) -> EvaluatedText {
        let text: Arc<str> = quote(&inner.text).into();
        let mut pieces = Vec::new();
        if self.traces {
            let mark = TracedPiece::new(1, PieceOrigin::Value(at), PieceFrom::Quote, self.call);
            let is_escaped = text.len() != inner.text.len() + 2;
            let mut start = 0;
            pieces.push(mark);
            for mut piece in inner.pieces {
                let end = start + piece.length;
                if is_escaped {
                    piece.length = quote(inner.text.get(start..end).unwrap_or_default()).len() - 2;
                    piece.used = PieceOrigin::Value(at);
                }
                start = end;
                pieces.push(piece);
            }
            pieces.push(mark);
        }
        EvaluatedText { text, pieces }
    }

    fn find_in_map(&mut self, keys: &[Box<Expression>; 3], at: SourceRange) -> Option<EvaluatedText> {
        let texts: Option<Vec<Arc<str>>> = keys.iter().map(|key| self.text(key, at)).collect();
        let texts = texts?;
        let mut node = Some(self.template.mappings.as_ref()?);
        let mut is_written = true;
        for (key, text) in keys.iter().zip(&texts) {
            is_written &= key.literal().is_some();
            node = node.and_then(|node| node.get(text));
            if node.is_none() && is_written {
                // An argument that is written out has been reported with the template.
                return None;
            }
        }
        match node.and_then(|node| Some((node, node.as_str()?))) {
            Some((node, text)) => {
                let origin = PieceOrigin::Referred(WrittenText::quoted(node.place), at);
                Some(self.whole(text.into(), origin, PieceFrom::Map))
            }
            None if texts.iter().any(|text| self.is_unknown(text)) => self.not_known(at, "a key of Fn::FindInMap"),
            None => self.fail(at, &format!("Mappings has no text at {}", texts.join(" → "))),
        }
    }

    fn resource(&mut self, name: &str, at: SourceRange) -> Option<EvaluatedText> {
        if self.references == MAX_REFERENCES {
            return self.fail(at, "the resources refer to each other in a circle");
        }
        self.references += 1;
        let resources = &self.template.resources;
        let origin = PieceOrigin::Value(at);
        let text = {
            if let Some(thing) = resources.thing.as_ref().filter(|thing| *thing.logical_name == *name) {
                self.evaluated(&thing.name.value, at)
            } else if let Some(policy) = resources.policies.iter().find(|policy| *policy.logical_name == *name) {
                match &policy.kind {
                    PolicyKind::Named(property) => self.evaluated(&property.value, at),
                    _ => Some(self.whole(HASH_NAME.into(), origin, PieceFrom::Rule)),
                }
            } else {
                Some(self.whole(self.id.into(), origin, PieceFrom::Certificate))
            }
        };
        self.references -= 1;
        text
    }

    /// Joins texts, unless the values have grown beyond all sense.
    fn join(
        &mut self,
        texts: &[EvaluatedText],
        (delimiter, origin): (&str, PieceOrigin),
        place: SourceRange,
    ) -> Option<EvaluatedText> {
        let bytes = texts.iter().map(|text| text.text.len()).sum::<usize>() + delimiter.len() * texts.len();
        self.spend(bytes, place)?;
        let (mut joined, mut pieces) = (String::with_capacity(bytes), Vec::new());
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                joined.push_str(delimiter);
                if self.traces && !delimiter.is_empty() {
                    pieces.push(TracedPiece::new(delimiter.len(), origin, PieceFrom::Delimiter, self.call));
                }
            }
            joined.push_str(&text.text);
            pieces.extend_from_slice(&text.pieces);
        }
        Some(EvaluatedText { text: joined.into(), pieces })
    }

    /// Counts the bytes of values. Reports once that there are too many, and returns no value from then on.
    fn spend(&mut self, bytes: usize, place: SourceRange) -> Option<()> {
        if self.bytes > MAX_BYTES {
            return None;
        }
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MAX_BYTES {
            return self.fail(place, "the values of this template are longer than any that AWS accepts");
        }
        Some(())
    }

    #[cold]
    fn fail<T>(&mut self, place: SourceRange, problem: &str) -> Option<T> {
        let mut message = format!("{problem}.");
        message[..1].make_ascii_uppercase();
        self.findings.report(Finding::new(&rules::EVALUATION, place, message));
        None
    }
}
