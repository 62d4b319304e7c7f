//! The policy documents that functions make for one device, checked as those are that the template writes out. Findings
//! stand where the text comes from.

use super::expressions::Evaluator;
use super::pieces::{EvaluatedText, TracedPiece};
use crate::access::CompiledPolicy;
use crate::certificate::known::{has_plain, plain, unplain};
use crate::check::{Context, report_duplicates, value_limits};
use crate::diagnostic::Finding;
use crate::policy::{self, PolicyFacts};
use crate::rules::{self, Severity};
use crate::secrets;
use crate::source::{LayerId, PieceOrigin, SourcePiece, SourceRange, Span};
use crate::template::property::Property;
use crate::template::{Template, together};
use std::borrow::Cow;
use std::sync::Arc;

/// A document that functions make.
#[derive(Debug)]
pub struct EvaluatedPolicy {
    /// The document for the evaluator of access; `None` if a value in it is not known, so that another text was checked.
    pub compiled: Option<Arc<CompiledPolicy>>,
    /// What it says.
    pub facts: PolicyFacts,
}

/// The documents that functions make.
#[derive(Debug, Default)]
pub struct EvaluatedPolicies {
    /// By the order of the template's policies; shorter if the last ones are none.
    documents: Vec<Option<EvaluatedPolicy>>,
}

impl EvaluatedPolicies {
    /// Takes the document of a policy of the template.
    pub fn insert(&mut self, index: usize, document: EvaluatedPolicy) {
        self.documents.resize_with(index + 1, || None);
        self.documents[index] = Some(document);
    }

    /// The document of a policy of the template, if functions make it and it could be read.
    pub fn get(&self, index: usize) -> Option<&EvaluatedPolicy> {
        self.documents.get(index)?.as_ref()
    }

    /// What is known of each policy of the template, in order: of the document that functions make for this device, or
    /// of the one that is written out.
    pub fn facts<'a>(&'a self, template: &'a Template) -> impl Iterator<Item = Option<&'a PolicyFacts>> {
        let policies = template.resources.policies.iter().enumerate();
        policies.map(|(index, policy)| self.get(index).map(|document| &document.facts).or(policy.facts.as_ref()))
    }
}

impl Evaluator<'_> {
    /// The text of a policy document. One that functions make is checked, and returned with what it says.
    pub fn document(&mut self, name: &Arc<str>, property: &Property) -> Option<(Arc<str>, Option<EvaluatedPolicy>)> {
        if let Some(text) = property.value.literal() {
            return Some((text.into(), None));
        }
        self.traces = self.findings.wants(&rules::POLICY_NO_CONNECT);
        let evaluated = self.evaluated(&property.value, property.place);
        let traces = std::mem::take(&mut self.traces);
        let EvaluatedText { text, pieces } = evaluated?;
        let mut pieces: Vec<SourcePiece> = pieces.iter().map(TracedPiece::source_piece).collect();
        self.check(&text, property, &value_limits::policy_length);
        let is_unknown = self.is_unknown(&text);
        let readable = if is_unknown { Cow::Owned(plain(&text)) } else { Cow::Borrowed(&*text) };
        let readable = secrets::masked(&readable);
        if !traces || matches!(readable, Cow::Owned(_)) || readable.len() != text.len() {
            pieces = vec![SourcePiece { length: readable.len(), origin: PieceOrigin::Value(property.place) }];
        }
        let mut context = self.documents.take().unwrap_or_else(|| self.template.context.beside());
        let (layer, before) = (context.sources.compose(readable.into_owned(), &pieces), context.findings().len());
        // The members of an object in the template's body have been compared.
        let is_object = property.value.has_quoted();
        // Nobody sees the places of a row.
        let fixed = (!traces).then(|| context.sources.locate(property.place));
        let mut policy = layer.and_then(|layer| read(&mut context, layer, is_object, (name, fixed)));
        if let Some(policy) = policy.as_mut().filter(|_| is_unknown) {
            policy.compiled = None;
            policy.facts.connects_by_variable |= policy.facts.client_ids.iter().any(|known| has_plain(&known.id));
        }
        // Errors stop the device. The other findings are read for one device, and not for ten thousand.
        for finding in &context.findings()[before..] {
            let wanted = finding.rule.severity == Severity::Error || self.findings.wants(finding.rule);
            if wanted && !is_known(self.template, &context, finding) {
                let mut finding = finding.clone().in_evaluated();
                if is_unknown {
                    finding.message = unplain(&finding.message);
                }
                self.findings.report(finding);
            }
        }
        self.documents = Some(context);
        Some((text, policy))
    }

    /// Checks all policies together, if functions make one of them. What has been found in the template is not found again.
    pub fn conclude(&mut self, documents: &EvaluatedPolicies) {
        let Some(context) = self.documents.take() else { return };
        let template = self.template;
        let facts: Option<Vec<&PolicyFacts>> = documents.facts(template).collect();
        if let Some(facts) = facts.filter(|_| self.findings.wants(&rules::POLICY_NO_CONNECT)) {
            for finding in together(&context.sources, &template.names, &template.resources, &facts) {
                if !is_known(template, &context, &finding) {
                    self.findings.report(finding);
                }
            }
        }
        self.findings.sources = Some(context.sources);
    }
}

/// Reads the document in a layer, checks it, and compiles it, with a span for all that is in it or with those of its places.
fn read(
    context: &mut Context,
    layer: LayerId,
    is_object: bool,
    (name, span): (&Arc<str>, Option<Span>),
) -> Option<EvaluatedPolicy> {
    let node = match context.sources.parse(layer) {
        Ok(node) if node.as_object().is_some() => node,
        Ok(node) => {
            report_no_policy(context, node.place, &format!("The text is {}, not a policy in JSON.", node.kind()));
            return None;
        }
        Err(error) => {
            report_no_policy(context, error.place, &format!("The text is not JSON: {}.", error.reason));
            return None;
        }
    };
    if !is_object {
        report_duplicates(context, &node, &rules::POLICY_DUPLICATE_KEY);
    }
    let document = policy::read(context, &node, false)?;
    let facts = policy::check(context, &document, false);
    let sources = &context.sources;
    let locate = |place| span.or_else(|| Some(sources.locate(place)));
    let compiled = CompiledPolicy::compile(name.clone(), &document, sources, &locate);
    Some(EvaluatedPolicy { compiled: Some(Arc::new(compiled)), facts })
}

#[cold]
fn report_no_policy(context: &mut Context, place: SourceRange, message: &str) {
    context.report(Finding::new(&rules::POLICY_NOT_JSON, place, message));
}

/// Whether the template has such a finding at the same place: the functions of an object leave the rest of it to read.
#[cold]
fn is_known(template: &Template, context: &Context, finding: &Finding) -> bool {
    let span = finding.place.map(|place| context.sources.locate(place));
    template.report().diagnostics.iter().any(|known| known.code == finding.rule.code && known.span == span)
}
