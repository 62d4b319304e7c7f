//! Reads policy documents that a caller gives as texts.

use super::compile::CompiledPolicy;
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Finding};
use crate::flow::TemplateOptions;
use crate::input::unwrap::{report_malformed_policy, unwrap_all};
use crate::policy;
use crate::rules;
use crate::source::{Node, Span};
use std::sync::Arc;

/// A policy document that was read, with what is wrong with it. Places are in the given text.
pub struct ReadPolicy {
    /// The compiled policy. One that could not be read allows and denies nobody knows what.
    pub policy: CompiledPolicy,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a policy document: JSON, JSON in a string, or the output of `aws iot get-policy`.
pub fn read_policy(name: Arc<str>, text: &[u8], options: &TemplateOptions) -> ReadPolicy {
    let mut context = Context::new(text, options);
    let document = if context.is_unreadable() { None } else { document(&mut context) };
    let policy = document.as_ref().and_then(|node| {
        let read = policy::read(&mut context, node, false)?;
        policy::check(&mut context, &read, false);
        let sources = &context.sources;
        Some(CompiledPolicy::compile(name.clone(), &read, sources, &|place| Some(sources.locate(place))))
    });
    let policy = policy.unwrap_or_else(|| CompiledPolicy::unreadable(name));
    ReadPolicy { policy, diagnostics: context.diagnostics(document.as_ref()) }
}

/// Compiles a document that was checked before. Everything in it is at one place.
pub fn compile_policy(name: Arc<str>, text: &str, options: &TemplateOptions, span: Option<Span>) -> CompiledPolicy {
    let mut context = Context::new(text.as_bytes(), options);
    let Some(node) = context.sources.parse(0).ok().filter(|node| node.as_object().is_some()) else {
        return CompiledPolicy::unreadable(name);
    };
    match policy::read(&mut context, &node, false) {
        Some(read) => CompiledPolicy::compile(name, &read, &context.sources, &|_| span),
        None => CompiledPolicy::unreadable(name),
    }
}

fn document(context: &mut Context) -> Option<Node> {
    let root = match context.sources.parse(0) {
        Ok(root) => root,
        Err(error) => report_malformed_policy(context, &error)?,
    };
    let inner = match root.get("policyDocument") {
        Some(inner) if root.get("Statement").is_none() => inner.clone(),
        _ => root,
    };
    let place = inner.place;
    match unwrap_all(context, inner) {
        (_, Ok(node)) if node.as_object().is_some() => Some(node),
        (_, Ok(node)) => {
            let message = format!("The policy document is {}, not a policy in JSON.", node.kind());
            context.report(Finding::new(&rules::POLICY_NOT_JSON, place, message));
            None
        }
        (_, Err(error)) => report_malformed_policy(context, &error).filter(|node| node.as_object().is_some()),
    }
}
