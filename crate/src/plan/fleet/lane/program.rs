//! Compiles a template for the lane: what it makes of any certificate of which there is nothing to say.

use super::access::AlikeAccess;
use super::texts::{TextCompiler, constant};
use crate::certificate::{key, rfc3339};
use crate::flow::Flow;
use crate::limits::{self, Charset};
use crate::plan::access::GivenPolicies;
use crate::plan::evaluate::{Desired, DesiredPolicy, HASH_NAME};
use crate::plan::findings::PlanFindings;
use crate::plan::fleet::record;
use crate::plan::fleet::row::FleetRow;
use crate::plan::issuer::TemplateCa;
use crate::plan::types::{DryRunOptions, Verdict};
use crate::rules::Severity;
use crate::template::Template;
use crate::template::certificate_resource::principal_type_problem;
use crate::template::expression::Expression;
use crate::template::policy_resource::PolicyKind;
use crate::template::property::Property;
use jitp_lane::{Bounds, KeyKinds, Piece, Program};
use std::sync::Arc;

/// The sets of characters that values are checked against, each with its bit.
const CLASSES: [(Charset, u8); 3] =
    [(limits::NAME_CHARS, 1), (limits::ATTRIBUTE_VALUE_CHARS, 2), (limits::POLICY_NAME_CHARS, 4)];
const NAME: usize = 0;
const ATTRIBUTE: usize = 1;
const POLICY: usize = 2;

/// The program of a template. `None` if a device of it can have something to say even though its certificate is ordinary, or
/// needs more than its certificate.
pub fn of(template: &Template, options: &DryRunOptions, given: &GivenPolicies) -> Option<Program> {
    let report = template.report();
    let is_simple = template.flow() == Flow::Jitp
        && options.issuers.is_none()
        && options.account.is_none()
        && options.client_id.as_deref().is_none_or(str::is_empty)
        && template.document.body.is_some()
        && TemplateCa::of(template).is_none()
        && report.size.template_body <= limits::TEMPLATE_BODY
        && report.diagnostics.iter().all(|found| found.severity != Severity::Error);
    let mut around = PlanFindings::errors_only();
    template.report_around(options, &mut around);
    if !is_simple || !around.findings.is_empty() {
        return None;
    }
    let texts = TextCompiler::new(template, options.serial_number)?;
    let mut compiler = ResourceCompiler { texts, bounds: Vec::new(), desired: Desired::default() };
    let thing_name = compiler.resources(template)?;
    let ResourceCompiler { texts, bounds, desired } = compiler;
    let access = AlikeAccess::of(template, options, given, desired, thing_name.as_deref())?;
    Some(Program {
        now: match options.now {
            Some(now) => Some(date(now)?),
            None => None,
        },
        keys: KeyKinds {
            ec: key::EC.into(),
            curves: limits::NIST_CURVES.iter().zip(limits::NIST_CURVE_OCTETS).map(|(c, o)| ((*c).into(), o)).collect(),
            rsa: key::RSA.into(),
            rsa_bits: limits::RSA_BITS,
        },
        signature_algorithms: limits::SIGNATURE_ALGORITHMS.iter().map(|algorithm| (*algorithm).into()).collect(),
        classes: classes(),
        inputs: texts.inputs,
        bounds,
        head: head(&access, thing_name.is_some())?,
        thing_name,
        access: access.sentence,
    })
}

/// The bytes of a record that all rows of the lane share, as [`record::write`] writes them.
fn head(access: &AlikeAccess, has_thing: bool) -> Option<[u8; 8]> {
    let row = FleetRow {
        index: 0,
        stopped_at: None,
        codes: Vec::new(),
        cause: None,
        basis: None,
        duplicate_of: None,
        same_thing_as: None,
        verdict: Verdict::Provisions,
        certificate_id: Some("0".repeat(limits::CERTIFICATE_ID)),
        thing_name: has_thing.then(|| "thing".into()),
        connects: Some(access.connects),
        over: access.over,
        access: (!access.sentence.is_empty()).then(String::new),
    };
    let mut bytes = Vec::new();
    record::write(&mut bytes, &row, 0..0);
    bytes.get(4..)?.first_chunk().copied()
}

/// A time as the digits of its date and clock, in one number.
fn date(seconds: i64) -> Option<u64> {
    let text = rfc3339(seconds);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|_| digits.len() == 14 && !text.starts_with('-'))
}

fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    for byte in 0..128_u8 {
        let is_in = |set: &Charset| set.offender(char::from(byte).encode_utf8(&mut [0; 4])).is_none();
        let sets = CLASSES.iter().filter(|(set, _)| is_in(set)).map(|(_, bit)| bit);
        classes[usize::from(byte)] = sets.sum::<u8>() | jitp_lane::ASCII;
    }
    classes
}

/// Compiles the resources of a template. It mirrors `plan/evaluate.rs`.
struct ResourceCompiler<'t> {
    texts: TextCompiler<'t>,
    bounds: Vec<Bounds>,
    /// What is the same for all devices.
    desired: Desired,
}

impl ResourceCompiler<'_> {
    /// Compiles all of them, and returns the thing's name.
    fn resources(&mut self, template: &Template) -> Option<Option<Vec<Piece>>> {
        let mut thing_name = None;
        if let Some(thing) = &template.resources.thing {
            thing_name = Some(self.checked(&thing.name, NAME, limits::RESOURCE_NAME)?);
            if let Some(property) = &thing.type_name {
                let pieces = self.checked(property, NAME, limits::RESOURCE_NAME)?;
                self.desired.type_name = constant(&pieces).map(Arc::from);
            }
            if let Some(property) = &thing.billing_group {
                self.checked(property, NAME, limits::RESOURCE_NAME)?;
            }
            for (_, property) in &thing.attributes {
                self.checked(property, ATTRIBUTE, limits::ATTRIBUTE_VALUE)?;
            }
            self.groups(&thing.groups)?;
        }
        if let Some(certificate) = &template.resources.certificate {
            self.desired.status = Some(match &certificate.status {
                None => "ACTIVE".into(),
                Some(status) => {
                    let text = constant(&self.texts.text(&status.value)?)?.to_ascii_uppercase();
                    Arc::from(Some(text).filter(|text| matches!(text.as_str(), "ACTIVE" | "INACTIVE"))?)
                }
            });
            if let Some(property) = &certificate.principal_type {
                let text = constant(&self.texts.text(&property.value)?)?;
                if principal_type_problem(&text).is_some() {
                    return None;
                }
                self.desired.principal_type = Some(text.into());
            }
            if let Some(property) = &certificate.id
                && !matches!(property.value, Expression::Text(..) | Expression::Parameter(..) | Expression::Invalid)
                && !matches!(self.texts.text(&property.value)?[..], [Piece::Id])
            {
                return None;
            }
        }
        for policy in &template.resources.policies {
            let logical_name = policy.logical_name.clone();
            let (name, document) = match &policy.kind {
                PolicyKind::Named(property) => {
                    (constant(&self.checked(property, POLICY, limits::POLICY_NAME)?)?.into(), None)
                }
                PolicyKind::Document(property) => (HASH_NAME.into(), Some(property.value.literal()?.into())),
                PolicyKind::Invalid => return None,
            };
            self.desired.policies.push(DesiredPolicy { logical_name, name, document });
        }
        Some(thing_name)
    }

    fn groups(&mut self, properties: &[Property]) -> Option<()> {
        for property in properties {
            let lists = match property.value.called() {
                Expression::List(_) => self.texts.list(&property.value)?,
                _ => vec![self.texts.text(&property.value)?],
            };
            for pieces in lists {
                if property.value.literal().is_none() {
                    self.bound(&pieces, NAME, limits::RESOURCE_NAME)?;
                }
                // Policies of groups are asked for by the names of these.
                self.desired.groups.push(constant(&pieces)?.into());
            }
        }
        (self.desired.groups.len() <= limits::GROUPS_PER_THING).then_some(())
    }

    /// The pieces of a property, checked against a limit. A literal has been checked with the template.
    fn checked(&mut self, property: &Property, class: usize, most: usize) -> Option<Vec<Piece>> {
        let pieces = self.texts.text(&property.value)?;
        if property.value.literal().is_none() {
            self.bound(&pieces, class, most)?;
        }
        Some(pieces)
    }

    /// Notes what must be true of a text. `None` if it is true of none.
    fn bound(&mut self, pieces: &[Piece], class: usize, most: usize) -> Option<()> {
        let (set, class_bit) = &CLASSES[class];
        // An attribute's value may be empty.
        let least = usize::from(class != ATTRIBUTE);
        let mut bounds = Bounds { class: *class_bit, least, most, constant: 0, values: Vec::new() };
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let text = std::str::from_utf8(text).ok()?;
                    if set.offender(text).is_some() {
                        return None;
                    }
                    bounds.constant += text.len();
                }
                // All sets have the digits of hex.
                Piece::Id => bounds.constant += limits::CERTIFICATE_ID,
                Piece::Value(at) => bounds.values.push(*at),
            }
        }
        if bounds.values.is_empty() {
            return (least..=most).contains(&bounds.constant).then_some(());
        }
        self.bounds.push(bounds);
        Some(())
    }
}
