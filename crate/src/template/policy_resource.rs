//! Policy resources (rule R3.5).

use super::expression::{self, Expression};
use super::flow::Flow;
use super::judge::Judge;
use super::keys::{opening, report_duplicates};
use super::parameters::Names;
use super::resources::{Declaration, Property, check_literal, property, report_breach};
use super::{checks, unwrap};
use crate::diagnostic::Finding;
use crate::policy;
use crate::rules;
use crate::source::{Member, Node, Place, quote, write_compact};
use std::sync::Arc;

/// A policy resource.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// What it is.
    pub kind: PolicyKind,
    /// What the document says, where it is written out.
    pub facts: Option<policy::Facts>,
}

/// A policy resource names a policy or carries one.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// `PolicyName`
    Named(Property),
    /// `PolicyDocument`
    Document(Property),
    /// Neither, which has been reported.
    Invalid,
}

/// Reads a policy resource.
pub fn read(judge: &mut Judge, names: &mut Names, resource: &Declaration<'_>) -> Policy {
    let known = resource.known(judge, &["PolicyName", "PolicyDocument"], "a policy's Properties");
    if let Some(overrides) = resource.overrides {
        let message = "OverrideSettings are not available for policy resources.";
        judge.report(Finding::new(&rules::OVERRIDE_ON_POLICY, overrides.key_place, message).help("Remove them."));
    }
    let (name, document) = (known.member("PolicyName"), known.member("PolicyDocument"));
    if let (Some(name), Some(document)) = (name, document) {
        let message = "The policy has both a PolicyName and a PolicyDocument.";
        judge.report(
            Finding::new(&rules::POLICY_BOTH, document.key_place, message)
                .help("Keep PolicyName for a policy that exists, PolicyDocument to have one made.")
                .related("The PolicyName.", name.key_place),
        );
    }
    if name.is_none() && document.is_none() {
        let message = "The policy has neither a PolicyName nor a PolicyDocument.";
        judge.report(Finding::new(&rules::POLICY_NEITHER, resource.missing_place(), message).help(
            "AWS refuses the template with \"Invalid registration template. Neither policyName nor policyDocument is \
             present in the Template.\"",
        ));
    }
    let named = property(judge, names, name);
    if let Some(named) = &named {
        check_literal(judge, named, checks::policy_name);
    }
    let carried = document.map(|member| read_document(judge, names, member));
    let logical_name = resource.member.key.as_str().into();
    match (carried, named) {
        (Some((document, facts)), _) => Policy { logical_name, kind: PolicyKind::Document(document), facts },
        (None, Some(name)) => Policy { logical_name, kind: PolicyKind::Named(name), facts: None },
        (None, None) => Policy { logical_name, kind: PolicyKind::Invalid, facts: None },
    }
}

fn read_document(judge: &mut Judge, names: &mut Names, member: &Member) -> (Property, Option<policy::Facts>) {
    let node = &member.value;
    let place = node.place;
    if let Some(members) = node.as_object() {
        let is_policy = members.iter().any(|member| matches!(member.key.as_str(), "Version" | "Statement"));
        if !is_policy {
            return (Property { value: expression::read(judge, names, node, "PolicyDocument"), place }, None);
        }
        let compact = write_compact(node, judge.sources.text(place.layer));
        if judge.flow != Flow::Fleet {
            let message = "PolicyDocument is an object; outside of fleet templates AWS documents an escaped string.";
            judge.report(Finding::new(&rules::POLICY_IS_OBJECT, place, message).fix(
                "Write the policy as a string",
                place,
                quote(&compact),
            ));
        }
        let facts = read_policy(judge, node);
        let property = Property { value: Expression::Text(compact.into()), place };
        check_literal(judge, &property, checks::policy_length);
        return (property, facts);
    }
    let mut facts = None;
    let value = expression::read(judge, names, node, "PolicyDocument");
    if let Some(layer) = judge.sources.unwrap_string(node) {
        if let Some(breach) = checks::policy_length(judge.sources.text(layer)) {
            report_breach(judge, breach, place);
        }
        match judge.sources.parse(layer) {
            Err(error) if judge.sources.text(layer).trim_start().starts_with(['{', '[', '"']) => {
                judge.report(unwrap::malformed(&rules::POLICY_NOT_JSON, &error, "The policy document"));
            }
            Err(_) if judge.sources.text(layer).trim().is_empty() => report_no_policy(judge, place, "empty"),
            Err(_) => report_no_policy(judge, place, "a plain text"),
            Ok(inner) if inner.as_object().is_none() => report_no_policy(judge, place, inner.kind()),
            Ok(inner) => {
                report_duplicates(judge, &inner, &rules::POLICY_DUPLICATE_KEY);
                facts = read_policy(judge, &inner);
            }
        }
    }
    (Property { value, place }, facts)
}

fn read_policy(judge: &mut Judge, document: &Node) -> Option<policy::Facts> {
    let facts = policy::read(document);
    if facts.is_none() {
        judge.report(Finding::new(&rules::POLICY_NOT_JSON, opening(document), "The policy document has no Statement."));
    }
    facts
}

#[cold]
fn report_no_policy(judge: &mut Judge, place: Place, what: &str) {
    let message = format!("The PolicyDocument is {what}, not a policy in JSON.");
    judge.report(
        Finding::new(&rules::POLICY_NOT_JSON, place, message)
            .help("To attach a policy that exists, give its name as PolicyName."),
    );
}
