//! Policy resources (rule R3.5).

use super::expression::Expression;
use super::missing_policy;
use super::names::DeclaredNames;
use super::policy_object;
use super::property::{Property, check_literal, property};
use super::resource_declaration::ResourceDeclaration;
use super::value;
use crate::access::CompiledPolicy;
use crate::check::{CheckDepth, Context, report_duplicates, report_violation, value_limits};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::input::unwrap;
use crate::policy::{self, PolicyFacts};
use crate::rules;
use crate::source::{Member, Node, SourceRange, Value, WrittenText, quote, write_compact};
use crate::vocabulary::POLICY_KEYS;
use std::sync::Arc;

/// A policy resource.
#[derive(Clone, Debug)]
pub struct PolicyResource {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// Its kind.
    pub kind: PolicyKind,
    /// The facts of the document, if it is written out.
    pub facts: Option<PolicyFacts>,
    /// The document compiled, if it is written out and is the same for every device.
    pub compiled: Option<Arc<CompiledPolicy>>,
}

/// What was read of a document.
#[derive(Default)]
struct ReadDocument {
    facts: Option<PolicyFacts>,
    compiled: Option<Arc<CompiledPolicy>>,
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
pub fn read(context: &mut Context, names: &mut DeclaredNames, resource: &ResourceDeclaration<'_>) -> PolicyResource {
    let known = resource.known(context, &POLICY_KEYS, "a policy's Properties");
    if let Some(overrides) = resource.overrides {
        let message = "OverrideSettings are not available for policy resources.";
        context.report(
            Finding::new(&rules::OVERRIDE_ON_POLICY, overrides.key_place, message)
                .fix_all("Remove the OverrideSettings", resource.remove(context, overrides)),
        );
    }
    let written = [known.member("PolicyName"), known.member("PolicyDocument")];
    let [mut name, mut document] = written.map(|member| member.filter(|member| member.value.as_str() != Some("")));
    if let (Some(other), Some(plain)) = (name, document.filter(|document| missing_policy::is_plain(&document.value))) {
        missing_policy::report_plain_beside(context, resource, (plain, other));
        document = None;
    } else if let Some(policy) = name.filter(|name| document.is_none() && missing_policy::is_policy(&name.value)) {
        missing_policy::report_policy_as_name(context, resource, policy);
        (name, document) = (None, Some(policy));
    } else if let (Some(name), Some(document)) = (name, document) {
        let message = "The policy has both a PolicyName and a PolicyDocument.";
        context.report(
            Finding::new(&rules::POLICY_BOTH, document.key_place, message)
                .help("Keep PolicyName for an existing policy, or PolicyDocument to create one.")
                .related("The PolicyName.", name.key_place)
                .choice("Keep PolicyName", resource.remove(context, document))
                .choice("Keep PolicyDocument", resource.remove(context, name)),
        );
    }
    if name.is_none() && document.is_none() {
        missing_policy::report(context, names, resource, written);
    } else if let Some(empty) = written.into_iter().flatten().find(|member| member.value.as_str() == Some("")) {
        missing_policy::report_empty(context, resource, empty);
    }
    let named = property(context, names, name);
    if let Some(named) = &named
        && !missing_policy::report_arn_as_name(context, named)
    {
        check_literal(context, named, value_limits::policy_name);
    }
    let carried = document.map(|member| read_document(context, names, resource, member));
    let logical_name = resource.member.key.as_str().into();
    match (carried, named) {
        (Some((document, ReadDocument { facts, compiled })), _) => {
            PolicyResource { logical_name, kind: PolicyKind::Document(document), facts, compiled }
        }
        (None, Some(name)) => {
            PolicyResource { logical_name, kind: PolicyKind::Named(name), facts: None, compiled: None }
        }
        (None, None) => PolicyResource { logical_name, kind: PolicyKind::Invalid, facts: None, compiled: None },
    }
}

fn read_document(
    context: &mut Context,
    names: &mut DeclaredNames,
    resource: &ResourceDeclaration<'_>,
    member: &Member,
) -> (Property, ReadDocument) {
    let node = &member.value;
    let place = node.place;
    let name: Arc<str> = resource.member.key.as_str().into();
    if let Some(members) = node.as_object() {
        let is_policy = members.iter().any(|member| matches!(member.key.as_str(), "Version" | "Statement"));
        if !is_policy {
            let value = value::read(context, names, node, "PolicyDocument");
            return (Property { value, place }, ReadDocument::default());
        }
        let compact = write_compact(node, context.sources.text(place.layer));
        let functions = policy_object::read(context, names, node);
        let has_functions = functions.is_some();
        if context.flow != Flow::Fleet {
            let message = "PolicyDocument is an object; outside fleet templates AWS documents an escaped string.";
            let finding = Finding::new(&rules::POLICY_IS_OBJECT, place, message);
            context.report(if has_functions {
                finding.help("A string cannot hold functions: write their values.")
            } else {
                finding.fix("Write the policy as a string", place, quote(&compact))
            });
        }
        let read = read_policy(context, node, true, name);
        let literal = Expression::Text(compact.into(), WrittenText::plain(place));
        let property = Property { value: functions.unwrap_or(literal), place };
        check_literal(context, &property, value_limits::policy_length);
        return (property, read);
    }
    if matches!(node.value, Value::Number(_) | Value::Bool(_)) {
        // Quotation marks do not make a policy of it.
        let message = format!("PolicyDocument is {}; it must be a policy as an escaped string.", node.kind());
        context.report(Finding::new(&rules::NOT_A_STRING, place, message));
        return (Property { value: Expression::Invalid, place }, ReadDocument::default());
    }
    let mut read = ReadDocument::default();
    let value = value::read(context, names, node, "PolicyDocument");
    if context.depth == CheckDepth::Outline && node.as_str().is_some_and(unwrap::is_meant_as_json) {
        return (Property { value, place }, read);
    }
    if let Some(layer) = context.sources.unwrap_string(node) {
        let inner = match context.sources.parse(layer) {
            Err(error) if unwrap::is_meant_as_json(context.sources.text(layer)) => {
                unwrap::report_malformed_policy(context, &error)
            }
            Err(_) if context.sources.text(layer).trim().is_empty() => {
                report_no_policy(context, place, "empty");
                None
            }
            Err(_) => {
                missing_policy::report_plain(context, names, resource, member);
                None
            }
            Ok(inner) if inner.as_str().is_some() => read_string_of_string(context, node, inner),
            Ok(inner) => Some(inner),
        };
        // A text with wrong escapes is not measured with its backslashes.
        let measured =
            inner.as_ref().filter(|inner| inner.as_object().is_some()).map_or(layer, |inner| inner.place.layer);
        if let Some(violation) = value_limits::policy_length(context.sources.text(measured)) {
            report_violation(context, violation, place);
        }
        match inner {
            None => {}
            Some(inner) if inner.as_object().is_none() => report_no_policy(context, place, inner.kind()),
            Some(inner) => {
                report_duplicates(context, &inner, &rules::POLICY_DUPLICATE_KEY);
                read = read_policy(context, &inner, false, name);
            }
        }
    }
    (Property { value, place }, read)
}

fn read_policy(context: &mut Context, node: &Node, functions: bool, name: Arc<str>) -> ReadDocument {
    if context.depth == CheckDepth::Outline {
        return ReadDocument::default();
    }
    let Some(read) = policy::read(context, node, functions) else { return ReadDocument::default() };
    let facts = policy::check(context, &read, functions);
    if matches!(context.depth, CheckDepth::Report | CheckDepth::Trial) {
        return ReadDocument { facts: Some(facts), compiled: None };
    }
    let sources = &context.sources;
    let compiled = CompiledPolicy::compile(name, &read, sources, &|place| Some(sources.locate(place)));
    ReadDocument { facts: Some(facts), compiled: Some(Arc::new(compiled)) }
}

/// A policy that was made a string more than once: says so, and returns what is innermost.
#[cold]
fn read_string_of_string(context: &mut Context, node: &Node, inner: Node) -> Option<Node> {
    let Some(policy) = unwrap::unwrap_all(context, inner.clone()).1.ok().filter(|inner| inner.as_object().is_some())
    else {
        return Some(inner);
    };
    let message =
        "The PolicyDocument was encoded as a string more than once; AWS finds a string in place of the policy.";
    let once = quote(context.sources.text(policy.place.layer));
    context.report(
        Finding::new(&rules::POLICY_NOT_JSON, node.place, message).help("Encode the policy only once.").fix(
            "Encode it once",
            node.place,
            once,
        ),
    );
    Some(policy)
}

#[cold]
fn report_no_policy(context: &mut Context, place: SourceRange, what: &str) {
    let message = format!("The PolicyDocument is {what}, not a policy in JSON.");
    context.report(
        Finding::new(&rules::POLICY_NOT_JSON, place, message)
            .help("To attach an existing policy, give its name as PolicyName."),
    );
}
