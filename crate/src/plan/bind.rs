//! Gives each parameter its value from one certificate (rule R2).

use super::choices;
use super::findings::PlanFindings;
use super::types::{DryRunOptions, Origin, Parameter, SerialNumberReading, SubjectAttribute};
use crate::certificate::attributes::NOT_KNOWN;
use crate::certificate::{Attribute, KnownCertificate};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::{self, SERIAL_PARAMETER};
use crate::rules;
use crate::template::Template;
use crate::template::names::{CertificateField, ParameterDeclaration};
use std::sync::Arc;

/// The X.520 attribute serialNumber, `2.5.4.5`.
const SERIAL_NUMBER: u8 = 5;

/// Binds every parameter of the template, in its order.
pub fn bind(
    template: &Template,
    certificate: KnownCertificate<'_>,
    id: &str,
    options: &DryRunOptions,
    findings: &mut PlanFindings,
) -> Vec<Parameter> {
    if template.flow() != Flow::Jitp {
        return bind_given(template, id, options, findings);
    }
    let reading = options.serial_number;
    let subject: Vec<Attribute<'_>> = certificate.subject().collect();
    let mut binder = Binder { template, certificate, id, reading, subject: &subject, findings };
    let declarations = template.names.parameters.iter().zip(&template.declared_spans);
    declarations.map(|(declaration, span)| Parameter { span: *span, ..binder.bind(declaration) }).collect()
}

/// The parameters if there is no certificate to fill them.
#[cold]
pub fn bind_nothing(template: &Template) -> Vec<Parameter> {
    let declarations = template.names.parameters.iter().zip(&template.declared_spans);
    declarations
        .map(|(declaration, span)| {
            let origin = if declaration.default.is_some() { Origin::Default } else { Origin::Missing };
            Parameter { span: *span, ..parameter(declaration, declaration.default.clone(), origin) }
        })
        .collect()
}

/// The parameters of the flows in which a caller of `RegisterThing` passes them.
#[cold]
pub fn bind_given(
    template: &Template,
    id: &str,
    options: &DryRunOptions,
    findings: &mut PlanFindings,
) -> Vec<Parameter> {
    let declarations = template.names.parameters.iter().zip(&template.declared_spans);
    declarations
        .map(|(declaration, span)| {
            let named = |(name, _): &&(Arc<str>, Arc<str>)| *name == declaration.name;
            let own = template.document.given_parameters.iter().rev();
            let given = options.parameters.iter().rev().find(named).or_else(|| own.clone().find(named));
            let own_id =
                (template.flow() == Flow::Fleet && declaration.source == CertificateField::Id).then(|| Arc::from(id));
            let (value, origin) = match (given, own_id, &declaration.default) {
                (Some((_, value)), ..) => (Some(value.clone()), Origin::Given),
                (_, Some(id), _) => (Some(id), Origin::Certificate),
                (_, _, Some(default)) => (Some(default.clone()), Origin::Default),
                _ => {
                    let message =
                        format!("No value for {}: it has no Default and the caller passes none.", declaration.name);
                    let finding = Finding::new_at(&rules::PARAMETER_NOT_GIVEN, declaration.declared, message);
                    let help = "Give its value, as the caller of RegisterThing does, or add a Default.";
                    findings.report(finding.help(help).option("parameters"));
                    (None, Origin::Missing)
                }
            };
            let bound = parameter(declaration, value, origin);
            report_length(findings, declaration, &bound);
            Parameter { span: *span, ..bound }
        })
        .collect()
}

struct Binder<'a, 'c> {
    template: &'a Template,
    certificate: KnownCertificate<'c>,
    id: &'a str,
    reading: SerialNumberReading,
    subject: &'a [Attribute<'c>],
    findings: &'a mut PlanFindings,
}

impl Binder<'_, '_> {
    fn bind(&mut self, declaration: &ParameterDeclaration) -> Parameter {
        let bound = match declaration.source {
            CertificateField::Id => Some(parameter(declaration, Some(self.id.into()), Origin::Certificate)),
            CertificateField::Attribute(SERIAL_NUMBER) => self.serial_number(declaration),
            CertificateField::Attribute(arc) => self.attribute(declaration, arc),
            CertificateField::Nothing => None,
        };
        let bound = bound.unwrap_or_else(|| self.fall_back(declaration));
        report_length(self.findings, declaration, &bound);
        bound
    }

    /// The first value of the attribute in the order of the encoded subject. An empty one counts as missing.
    fn attribute(&mut self, declaration: &ParameterDeclaration, arc: u8) -> Option<Parameter> {
        let oid = [0x55, 0x04, arc];
        let mut values = self.subject.iter().filter(|attribute| attribute.oid == oid && !attribute.value.is_empty());
        let first = values.next()?;
        let others: Vec<String> = values.map(|attribute| attribute.value.to_string()).collect();
        if !others.is_empty() && self.findings.wants(&rules::SEVERAL_VALUES) {
            let message = format!(
                "The subject has {} values for {}: {} is used, not {}.",
                others.len() + 1,
                declaration.name,
                first.value,
                others.join(", ")
            );
            self.note(Finding::new_at(&rules::SEVERAL_VALUES, declaration.declared, message));
        }
        let encoding = self.certificate.whole().map_or(NOT_KNOWN.into(), |_| first.encoding_name());
        let attribute = SubjectAttribute { oid: dotted(arc), index: first.index, encoding, others };
        let value = Some(Arc::from(&*first.value));
        Some(Parameter { attribute: Some(attribute), ..parameter(declaration, value, Origin::Subject) })
    }

    fn serial_number(&mut self, declaration: &ParameterDeclaration) -> Option<Parameter> {
        let from_subject = match self.reading {
            SerialNumberReading::Certificate => None,
            _ => self.attribute(declaration, SERIAL_NUMBER),
        };
        if self.reading == SerialNumberReading::Subject {
            return from_subject;
        }
        let note = self.reading == SerialNumberReading::Auto && self.findings.wants(&rules::SERIAL_READING);
        if !note {
            let own = || parameter(declaration, Some(self.certificate.serial_decimal().into()), Origin::Certificate);
            return Some(from_subject.unwrap_or_else(own));
        }
        let own = self.certificate.serial_decimal();
        let is_known = self.certificate.whole().is_some();
        if let Some(bound) = from_subject {
            let value = bound.value.as_deref().unwrap_or_default();
            let own = if is_known { &own } else { NOT_KNOWN };
            let message = format!(
                "SerialNumber is the subject's serialNumber, {value}; the certificate's own serial number is {own}."
            );
            let help = "AWS documents the subject; samples show the certificate's own. Either reading can be chosen.";
            let finding = Finding::new_at(&rules::SERIAL_READING, declaration.declared, message);
            self.note(finding.help(help).option("serialNumber"));
            return Some(bound);
        }
        let message = match self.is_empty(SERIAL_NUMBER) {
            true => "The subject's serialNumber is empty",
            false => "The subject has no serialNumber",
        };
        let message = match is_known {
            true => format!("{message}: the certificate's own, {own}, is used."),
            false => format!("{message}: the certificate's own is used, which is not known without a certificate."),
        };
        self.note(Finding::new_at(&rules::SERIAL_READING, declaration.declared, message).help(
            "AWS documents values from the subject only, and then this device fails; working samples of AWS show the certificate's own serial number. To be sure, give the certificate a serialNumber or do not use this parameter.",
        ));
        Some(parameter(declaration, Some(own.into()), Origin::Certificate))
    }

    /// Whether the subject has an attribute, and no value in it.
    fn is_empty(&self, arc: u8) -> bool {
        self.subject.iter().any(|attribute| attribute.oid == [0x55, 0x04, arc])
    }

    #[cold]
    fn fall_back(&mut self, declaration: &ParameterDeclaration) -> Parameter {
        if let Some(default) = &declaration.default {
            return parameter(declaration, Some(default.clone()), Origin::Default);
        }
        // A parameter that no certificate can fill has been reported with the template.
        if let CertificateField::Attribute(arc) = declaration.source {
            let attribute = attribute_name(arc);
            let (name, empty) = (&declaration.name, self.is_empty(arc));
            let message = match empty {
                true => format!("The {attribute} in the certificate's subject is empty, and {name} needs a value."),
                false => format!("The certificate's subject has no {attribute}, which {name} needs."),
            };
            let help = if &*declaration.name == SERIAL_PARAMETER {
                "In this reading of SerialNumber the subject must have it; the other reading uses the certificate's own serial number."
                    .to_owned()
            } else {
                let with = if empty { "a value for the " } else { "" };
                format!(
                    "Issue certificates with {with}{attribute}, give the parameter a Default, or remove it from the template."
                )
            };
            let finding = Finding::new_at(&rules::PARAMETER_MISSING, declaration.declared, message).help(help);
            // Nobody reads the choices of ten thousand devices.
            let offered = self.findings.wants(&rules::SERIAL_READING);
            self.note(if offered {
                choices::offer(finding, self.template, declaration, (self.certificate, self.reading))
            } else {
                finding
            });
        }
        parameter(declaration, None, Origin::Missing)
    }

    fn note(&mut self, finding: Finding) {
        self.findings.report(finding);
    }
}

fn report_length(findings: &mut PlanFindings, declaration: &ParameterDeclaration, bound: &Parameter) {
    let length = bound.value.as_deref().map_or(0, |value| value.chars().count());
    if length > limits::PARAMETER_VALUE {
        let message =
            format!("The value of {} has {length} characters; AWS allows {}.", bound.name, limits::PARAMETER_VALUE);
        findings.report(Finding::new_at(&rules::VALUE_TOO_LONG, declaration.declared, message));
    }
}

fn parameter(declaration: &ParameterDeclaration, value: Option<Arc<str>>, origin: Origin) -> Parameter {
    Parameter { name: declaration.name.clone(), value, origin, attribute: None, span: None }
}

/// The OID of an X.520 attribute.
fn dotted(arc: u8) -> &'static str {
    match arc {
        3 => "2.5.4.3",
        5 => "2.5.4.5",
        6 => "2.5.4.6",
        8 => "2.5.4.8",
        10 => "2.5.4.10",
        11 => "2.5.4.11",
        _ => "2.5.4.46",
    }
}

/// An attribute as people write it: its name and its short form.
#[cold]
pub fn attribute_name(arc: u8) -> &'static str {
    match arc {
        3 => "common name (CN)",
        5 => "serial number (serialNumber)",
        6 => "country (C)",
        8 => "state or province (ST)",
        10 => "organization (O)",
        11 => "organizational unit (OU)",
        46 => "distinguished name qualifier (dnQualifier)",
        _ => "such attribute",
    }
}
