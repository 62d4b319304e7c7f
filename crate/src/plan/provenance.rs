//! The shapes of where a plan's values come from.

use crate::source::Span;
use serde::Serialize;
use std::sync::Arc;

/// A value of a plan, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct PlannedValue {
    /// What it is: `thing.name`, `thing.typeName`, `thing.attributes.NAME`, `thing.groups.0`, `thing.billingGroup`,
    /// `certificate.certificateId`, `certificate.status`, `certificate.principalType`, `policies.0.name` or `policies.0.document`.
    /// The numbers count as the lists of the plan do; a value that there is not has none.
    #[serde(rename = "where")]
    #[cfg_attr(test, ts(rename = "where"))]
    pub at: String,
    /// The value. `None` if it could not be evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Arc<str>>,
    /// Where the template writes it. `None` for one that the template does not give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The same as a JSON pointer into the template body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Every reference to a parameter in it, those included that only choose among values.
    pub uses: Vec<NamedPlace>,
    /// Its pieces in order. Joined they are the value.
    pub pieces: Vec<ValuePiece>,
}

/// A name that the template uses, of a parameter or of a function, and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct NamedPlace {
    /// The name.
    pub name: Arc<str>,
    /// The place in the template.
    pub span: Span,
}

/// A piece of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ValuePiece {
    /// Its text.
    pub text: String,
    /// What it is.
    pub from: PieceFrom,
    /// The parameter that it is a value of, or a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<Arc<str>>,
    /// Where it is written, or where the template refers to it. `None` for what the template does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The functions that it came through, the outermost first, each with the place of its arguments; a variable of
    /// `Fn::Sub` also with the place of its name in the text. A reference to a resource is a `Ref`.
    pub through: Vec<NamedPlace>,
}

/// What a piece of a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum PieceFrom {
    /// Text that the template writes.
    Literal,
    /// The delimiter of `Fn::Join`.
    Delimiter,
    /// A value of `Mappings`.
    Map,
    /// The value of a parameter, or a part of it.
    Parameter,
    /// The ID of the certificate, by a `Ref` to its resource.
    Certificate,
    /// What the template does not say: a certificate without a `Status` becomes ACTIVE.
    Rule,
    /// A quote around a value in a policy that is written as an object.
    Quote,
}
