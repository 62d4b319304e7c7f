//! What the expressions of a template evaluate to, as pieces: texts, and values of each certificate. It mirrors
//! `plan/expressions.rs`, for what never fails.

use crate::limits;
use crate::plan::expressions::{HASH_NAME, MAX_BYTES, MAX_REFERENCES};
use crate::plan::types::SerialNumberReading;
use crate::template::Template;
use crate::template::expression::Expression;
use crate::template::names::{CertificateField, ParameterDeclaration};
use crate::template::policy_resource::PolicyKind;
use jitp_lane::{AttributeInput, Piece, ValueSource};

/// The longest value of an attribute in the lane, in bytes.
const LONGEST_VALUE: usize = 1024;
/// The X.520 attribute serialNumber, `2.5.4.5`.
const SERIAL_NUMBER: u8 = 5;

/// Compiles the expressions of a template.
pub struct TextCompiler<'t> {
    template: &'t Template,
    /// The values that a certificate must have.
    pub inputs: Vec<AttributeInput>,
    /// What each parameter of the template is.
    parameters: Vec<Piece>,
    /// References to resources that are open.
    references: u32,
    /// The most bytes that evaluating all texts so far can take.
    bytes: usize,
}

impl<'t> TextCompiler<'t> {
    /// Starts with the parameters. `None` if one of them has no value in all devices, or too long a one.
    pub fn new(template: &'t Template, reading: SerialNumberReading) -> Option<Self> {
        let mut compiler = Self { template, inputs: Vec::new(), parameters: Vec::new(), references: 0, bytes: 0 };
        for declaration in &template.names.parameters {
            let piece = compiler.parameter(declaration, reading)?;
            compiler.parameters.push(piece);
        }
        Some(compiler)
    }

    fn parameter(&mut self, declaration: &ParameterDeclaration, reading: SerialNumberReading) -> Option<Piece> {
        let default = declaration.default.as_deref();
        if default.is_some_and(|default| default.len() > LONGEST_VALUE) {
            return None;
        }
        let source = match (declaration.source, reading) {
            (CertificateField::Id, _) => return Some(Piece::Id),
            (CertificateField::Nothing, _) => return Some(Piece::Text(default?.as_bytes().into())),
            (CertificateField::Attribute(SERIAL_NUMBER), SerialNumberReading::Certificate) => ValueSource::Serial,
            (CertificateField::Attribute(SERIAL_NUMBER), SerialNumberReading::Auto) => {
                ValueSource::AttributeOrSerial(SERIAL_NUMBER)
            }
            (CertificateField::Attribute(arc), _) => ValueSource::Attribute(arc),
        };
        self.inputs.push(AttributeInput { source, default: default.map(|default| default.as_bytes().into()) });
        Some(Piece::Value(self.inputs.len() - 1))
    }

    /// The pieces of a text. `None` if it is not simple.
    pub fn text(&mut self, expression: &Expression) -> Option<Vec<Piece>> {
        let pieces = match expression {
            Expression::Call(_, inner, _) => return self.text(inner),
            Expression::Text(text, _) => vec![Piece::Text(text.as_bytes().into())],
            Expression::Parameter(index, _) => vec![self.parameters.get(*index)?.clone()],
            Expression::Resource(name, _) => self.resource(name)?,
            Expression::Join(delimiter, _, list) => {
                let texts = self.list(list)?;
                self.bytes += delimiter.len();
                let delimiter = Piece::Text(delimiter.as_bytes().into());
                texts.join(&delimiter)
            }
            Expression::Concat(pieces) => {
                let texts: Option<Vec<Vec<Piece>>> = pieces.iter().map(|(piece, _)| self.text(piece)).collect();
                texts?.concat()
            }
            Expression::Select(index, list, _) => {
                let index = constant(&self.text(index)?)?;
                let list = self.list(list)?;
                index.parse::<usize>().ok().and_then(|index| list.get(index)).cloned()?
            }
            Expression::FindInMap(keys, _) => {
                let mut node = self.template.mappings.as_ref()?;
                for key in keys {
                    node = node.get(&constant(&self.text(key)?)?)?;
                }
                vec![Piece::Text(node.as_str()?.as_bytes().into())]
            }
            Expression::Split(..) | Expression::Quoted(..) | Expression::List(_) | Expression::Invalid => return None,
        };
        // A value, its bytes, and the same once more if it is joined.
        self.bytes += 2 + 3 * most_bytes(&pieces);
        (self.bytes <= MAX_BYTES).then_some(pieces)
    }

    /// The texts of a list.
    pub fn list(&mut self, expression: &Expression) -> Option<Vec<Vec<Piece>>> {
        match expression {
            Expression::Call(_, inner, _) => self.list(inner),
            Expression::List(elements) => elements.iter().map(|element| self.text(element)).collect(),
            _ => None,
        }
    }

    fn resource(&mut self, name: &str) -> Option<Vec<Piece>> {
        if self.references + 1 == MAX_REFERENCES {
            return None;
        }
        self.references += 1;
        let resources = &self.template.resources;
        let pieces = if let Some(thing) = resources.thing.as_ref().filter(|thing| *thing.logical_name == *name) {
            self.text(&thing.name.value)
        } else if let Some(policy) = resources.policies.iter().find(|policy| *policy.logical_name == *name) {
            match &policy.kind {
                PolicyKind::Named(property) => self.text(&property.value),
                _ => Some(vec![Piece::Text(HASH_NAME.as_bytes().into())]),
            }
        } else {
            Some(vec![Piece::Id])
        };
        self.references -= 1;
        pieces
    }
}

/// The text, if it is the same for each certificate.
pub fn constant(pieces: &[Piece]) -> Option<String> {
    let mut text = Vec::new();
    for piece in pieces {
        let Piece::Text(piece) = piece else { return None };
        text.extend_from_slice(piece);
    }
    String::from_utf8(text).ok()
}

fn most_bytes(pieces: &[Piece]) -> usize {
    let bytes = |piece: &Piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Value(_) => LONGEST_VALUE,
        Piece::Id => limits::CERTIFICATE_ID,
    };
    pieces.iter().map(bytes).sum()
}
