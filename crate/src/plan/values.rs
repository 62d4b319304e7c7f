//! Where the values of one plan come from: each is evaluated once more, with its pieces traced.

use super::expressions::{Evaluated, Evaluator};
use super::findings::PlanFindings;
use super::pieces::{EvaluatedText, TracedPiece};
use super::provenance::{NamedPlace, PieceFrom, PlannedValue, ValuePiece};
use super::types::Parameter;
use crate::check::pointer;
use crate::limits;
use crate::source::{PieceOrigin, SourceMap, SourceRange, Span};
use crate::template::expression::Expression;
use crate::template::property::Property;
use crate::template::{PolicyKind, Template};
use std::sync::Arc;

/// All values that the template gives. Without a certificate, which has an empty ID, none of them is known.
#[cold]
pub fn values(template: &Template, parameters: &[Parameter], id: &str) -> Vec<PlannedValue> {
    if template.report().size.template_body > limits::TEMPLATE_BODY {
        return Vec::new();
    }
    let mut findings = PlanFindings::errors_only();
    let mut evaluator = Evaluator::new(template, parameters, id, &mut findings);
    evaluator.traces = true;
    let sources = &template.context.sources;
    let mut tracer = Tracer { evaluator, sources, is_known: !id.is_empty(), values: Vec::new() };
    tracer.thing();
    tracer.certificate();
    tracer.policies();
    tracer.values
}

struct Tracer<'a> {
    evaluator: Evaluator<'a>,
    sources: &'a SourceMap,
    is_known: bool,
    values: Vec<PlannedValue>,
}

impl Tracer<'_> {
    fn thing(&mut self) {
        let Some(thing) = &self.evaluator.template.resources.thing else { return };
        self.text("thing.name", Some(&thing.name));
        self.text("thing.typeName", thing.type_name.as_ref());
        for (name, property) in &thing.attributes {
            self.text(&["thing.attributes.", name].concat(), Some(property));
        }
        let mut groups = 0;
        for property in &thing.groups {
            for text in self.texts(property) {
                let at = text.as_ref().map_or("thing.groups".to_owned(), |_| format!("thing.groups.{groups}"));
                groups += usize::from(text.is_some());
                self.add(at, property, text);
            }
        }
        self.text("thing.billingGroup", thing.billing_group.as_ref());
    }

    fn certificate(&mut self) {
        let Some(certificate) = &self.evaluator.template.resources.certificate else { return };
        self.text("certificate.certificateId", certificate.id.as_ref());
        self.text("certificate.status", certificate.status.as_ref());
        if certificate.status.is_none() && self.is_known {
            let (text, from) = ("ACTIVE".to_owned(), PieceFrom::Rule);
            self.values.push(PlannedValue {
                at: "certificate.status".to_owned(),
                value: Some(text.as_str().into()),
                span: None,
                path: None,
                uses: Vec::new(),
                pieces: vec![ValuePiece { text, from, parameter: None, span: None, through: Vec::new() }],
            });
        }
        self.text("certificate.principalType", certificate.principal_type.as_ref());
    }

    fn policies(&mut self) {
        let mut policies = 0;
        for policy in &self.evaluator.template.resources.policies {
            let (what, property) = match &policy.kind {
                PolicyKind::Named(property) => ("name", property),
                PolicyKind::Document(property) => ("document", property),
                PolicyKind::Invalid => continue,
            };
            let text = self.one(property);
            let number = text.as_ref().map_or(String::new(), |_| format!("{policies}."));
            policies += usize::from(text.is_some());
            self.add(["policies.", &number, what].concat(), property, text);
        }
    }

    /// A property that evaluates to a text.
    fn text(&mut self, at: &str, property: Option<&Property>) {
        let Some(property) = property else { return };
        let text = self.one(property);
        self.add(at.to_owned(), property, text);
    }

    fn one(&mut self, property: &Property) -> Option<EvaluatedText> {
        self.evaluator.evaluated(&property.value, property.place).filter(|_| self.is_known)
    }

    /// What a property evaluates to, which may be a list; one `None` if that is not known.
    fn texts(&mut self, property: &Property) -> Vec<Option<EvaluatedText>> {
        match self.evaluator.value(&property.value, property.place).filter(|_| self.is_known) {
            Some(Evaluated::Text(text)) => vec![Some(text)],
            Some(Evaluated::List(list)) => list.into_iter().map(Some).collect(),
            None => vec![None],
        }
    }

    fn add(&mut self, at: String, property: &Property, text: Option<EvaluatedText>) {
        let (mut uses, mut pieces) = (Vec::new(), Vec::new());
        self.uses(&property.value, None, &mut uses);
        let mut start = 0;
        for piece in text.iter().flat_map(|text| &text.pieces) {
            let end = start + piece.length;
            let part = text.as_ref().and_then(|text| text.text.get(start..end)).unwrap_or_default();
            start = end;
            if !part.is_empty() || matches!(piece.from, PieceFrom::Parameter | PieceFrom::Map) {
                pieces.push(self.piece(piece, part, property));
            }
        }
        let body = self.evaluator.template.document.body.as_ref();
        self.values.push(PlannedValue {
            at,
            value: text.map(|text| text.text),
            span: Some(self.locate(property.place)),
            path: body.and_then(|body| pointer(property.place, self.sources, body)),
            uses,
            pieces,
        });
    }

    fn piece(&self, piece: &TracedPiece, text: &str, property: &Property) -> ValuePiece {
        let place = match property.value {
            // A policy that is an object is a text without its white space.
            Expression::Text(..) if self.sources.slice(property.place).starts_with('{') => property.place,
            _ => self.place(piece),
        };
        let mut through = Vec::new();
        let mut call = piece.call;
        while let Some(around) = call.and_then(|call| self.evaluator.calls.get(call)) {
            through.push(self.named(around.function.into(), around.place));
            call = around.outer;
        }
        through.reverse();
        let parameter = piece.parameter.and_then(|index| self.parameter(index));
        ValuePiece { text: text.to_owned(), from: piece.from, parameter, span: Some(self.locate(place)), through }
    }

    fn place(&self, piece: &TracedPiece) -> SourceRange {
        match piece.own {
            PieceOrigin::Value(at) => at,
            written => self.sources.origin(&written, 0..piece.content),
        }
    }

    /// The references in an expression; those of a resource's name stand where the template refers to the resource.
    fn uses(&self, expression: &Expression, within: Option<SourceRange>, uses: &mut Vec<NamedPlace>) {
        let mut each = |inner: &Expression| self.uses(inner, within, uses);
        match expression {
            Expression::Parameter(index, at) => {
                let place = within.unwrap_or(*at);
                uses.extend(self.parameter(*index).map(|name| self.named(name, place)));
            }
            Expression::Resource(name, at) if within.is_none() => {
                let thing = self.evaluator.template.resources.thing.as_ref();
                if let Some(thing) = thing.filter(|thing| *thing.logical_name == **name) {
                    self.uses(&thing.name.value, Some(*at), uses);
                }
            }
            Expression::Join(_, _, inner)
            | Expression::Split(_, inner)
            | Expression::Quoted(inner, _)
            | Expression::Call(_, inner, _) => each(inner),
            Expression::Select(index, list, _) => [index, list].into_iter().for_each(|inner| each(inner)),
            Expression::Concat(pieces) => pieces.iter().for_each(|(piece, _)| each(piece)),
            Expression::FindInMap(keys, _) => keys.iter().for_each(|key| each(key)),
            Expression::List(elements) => elements.iter().for_each(each),
            Expression::Text(..) | Expression::Resource(..) | Expression::Invalid => {}
        }
    }

    fn parameter(&self, index: usize) -> Option<Arc<str>> {
        self.evaluator.parameters.get(index).map(|parameter| parameter.name.clone())
    }

    fn named(&self, name: Arc<str>, place: SourceRange) -> NamedPlace {
        NamedPlace { name, span: self.locate(place) }
    }

    fn locate(&self, place: SourceRange) -> Span {
        self.sources.locate(place)
    }
}
