//! Unwraps JSON inside strings, as often as it was wrapped, and describes texts that are not templates.

use super::api_input::without_template;
use super::kind::InputKind;
use crate::check::{Context, opening, report_duplicates};
use crate::diagnostic::Finding;
use crate::rules::{self, Rule};
use crate::source::{Certainty, Node, SourceRange, SyntaxError};
use crate::vocabulary::CREATE_ONLY;

/// How often a text may have been turned into a string. With `\u005c` for the backslash each further time adds only a
/// few letters, so that a short text could hold very many layers.
const MAX_WRAPS: usize = 16;

/// Parses the outermost text, and the text inside it if it is one JSON string. Text that is not JSON is read as its
/// likely meaning, if that is an object or certain.
pub fn read_root(context: &mut Context) -> Option<Node> {
    let root = match context.sources.parse(0) {
        Ok(root) => root,
        Err(error) => {
            let refused_by = match guess_kind(context.sources.text(0)) {
                InputKind::TemplateBody => RefusedBy::Aws,
                // A log line or a page of prose is not given to AWS by anybody.
                InputKind::Unknown => RefusedBy::Nobody,
                _ => RefusedBy::Client,
            };
            let root = report_malformed(context, &error, "The text", refused_by)?;
            if root.as_str().is_none() {
                return Some(root).filter(|root| root.as_object().is_some() || context.certainty == Certainty::Sure);
            }
            root
        }
    };
    if root.as_str().is_none() {
        return Some(root);
    }
    let outermost = root.place;
    let inner = match unwrap_all(context, root) {
        (_, Err(error)) if !is_meant_as_json(context.sources.text(error.place.layer)) => {
            if context.certainty == Certainty::Sure {
                context.report(unrecognised(outermost, "The text is a JSON string with no template inside."));
            }
            None
        }
        (times, Err(error)) => {
            report_malformed(context, &error, "The text inside the JSON string", RefusedBy::Aws).map(|it| (times, it))
        }
        (times, Ok(inner)) => Some((times, inner)),
    };
    let (times, inner) = inner?;
    if inner.as_object().is_some() {
        let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
        let message = format!("The text was encoded as a JSON string {times}; jitp reads the text inside.");
        context.report(Finding::new(
            &rules::BODY_AS_STRING,
            SourceRange { end: outermost.start + 1, ..outermost },
            message,
        ));
    }
    Some(inner)
}

/// The value of `registrationConfig`: an object, or the object inside a string. `Err` if the string should hold JSON
/// and holds nothing that can be read, which has been reported. `Ok(None)` for anything else.
#[cold]
pub fn read_inner_config(context: &mut Context, node: &Node) -> Result<Option<Node>, ()> {
    let (times, inner) = match unwrap_all(context, node.clone()) {
        (times, Ok(inner)) => (times, inner),
        (times, Err(error)) if is_meant_as_json(context.sources.text(error.place.layer)) => {
            (times, report_malformed(context, &error, "The registrationConfig", RefusedBy::Client).ok_or(())?)
        }
        _ => return Ok(None),
    };
    // Duplicates in the original text have been reported.
    if times > 0 {
        report_duplicates(context, &inner, &rules::DUPLICATE_KEY);
    }
    Ok(Some(inner).filter(|inner| inner.as_object().is_some()))
}

/// The likely meaning of a text that is not JSON.
#[cold]
pub fn guess_kind(text: &str) -> InputKind {
    let names = |word: &str| text.contains(word);
    if names("templateBody") && (CREATE_ONLY.iter().any(|key| *key != "type" && names(key)) || names("templateName")) {
        InputKind::CreateTemplateInput
    } else if names("templateBody") || names("roleArn") {
        InputKind::RegistrationConfig
    } else if names("Resources") || names("Parameters") {
        InputKind::TemplateBody
    } else if names("templateName") {
        InputKind::TemplateName
    } else {
        InputKind::Unknown
    }
}

/// Unwraps strings inside strings; returns how often, and the innermost value.
#[cold]
pub fn unwrap_all(context: &mut Context, mut node: Node) -> (usize, Result<Node, SyntaxError>) {
    let mut times = 0;
    while let Some(layer) = context.sources.unwrap_string(&node) {
        times += 1;
        if times > MAX_WRAPS {
            let reason = format!("it is a string inside a string more than {MAX_WRAPS} times");
            return (times, Err(SyntaxError::too_deep(reason, node.place)));
        }
        match context.sources.parse(layer) {
            Ok(inner) => node = inner,
            Err(error) => return (times, Err(error)),
        }
    }
    (times, Ok(node))
}

/// Whether a text that is not JSON is meant as such.
#[cold]
pub fn is_meant_as_json(text: &str) -> bool {
    let text = text.trim_ascii_start();
    // The beginning of a brace or a quote in URL encoding.
    let encoded = ["%7b", "%22", "&quot;", "&#"].iter();
    text.starts_with(['{', '[', '"', '\'', '\\', '\u{feff}', '\u{201c}'])
        || encoded.into_iter().any(|begin| text.get(..begin.len()).is_some_and(|own| own.eq_ignore_ascii_case(begin)))
}

/// Who refuses a text that is not JSON: the envelope is read by the CLI or an SDK before AWS sees it.
#[derive(Clone, Copy)]
pub enum RefusedBy {
    Aws,
    Client,
    Nobody,
}

/// Reports a text that is not JSON, and returns what it most likely means; `what` begins the sentence.
#[cold]
pub fn report_malformed(context: &mut Context, error: &SyntaxError, what: &str, refused_by: RefusedBy) -> Option<Node> {
    let repaired = context.sources.recover(error);
    let certainty = repaired.as_ref().map_or(Certainty::Loss, |(_, certainty)| *certainty);
    let consequence = match refused_by {
        RefusedBy::Aws => {
            "AWS refuses it with \"Invalid registration template. Template format error: JSON not well-formed…\"."
        }
        RefusedBy::Client => "The AWS CLI or SDK that reads this file refuses it before AWS sees it.",
        RefusedBy::Nobody if context.sources.text(0).trim_ascii_start().starts_with("-----BEGIN ") => {
            "It is PEM, such as a certificate: give it as the certificate, and the template separately."
        }
        RefusedBy::Nobody => "",
    };
    context.report(malformed(&rules::MALFORMED_JSON, error, what, certainty, consequence));
    context.certainty = context.certainty.max(certainty);
    repaired.map(|(node, _)| node)
}

/// Reports a policy document that is not JSON, and returns its likely meaning, if all of it is there.
#[cold]
pub fn report_malformed_policy(context: &mut Context, error: &SyntaxError) -> Option<Node> {
    let repaired = context.sources.recover(error).filter(|(_, certainty)| *certainty != Certainty::Loss);
    let certainty = repaired.as_ref().map_or(Certainty::Loss, |(_, certainty)| *certainty);
    context.report(malformed(&rules::POLICY_NOT_JSON, error, "The policy document", certainty, ""));
    repaired.map(|(node, _)| node)
}

/// A finding about a text that is not JSON, by the rule that it breaks.
#[cold]
fn malformed(rule: &'static Rule, error: &SyntaxError, what: &str, certainty: Certainty, consequence: &str) -> Finding {
    if error.too_deep && *rule == rules::MALFORMED_JSON {
        return Finding::new(&rules::TOO_DEEP, error.place, format!("{what} is nested too deep: {}.", error.reason));
    }
    let format = error.recovery.as_ref().and_then(|recovery| recovery.format);
    let (clause, help) = format.map_or(("", ""), |format| (format.clause, format.help));
    let and = |one: &str, between: &str, other: &str| {
        [one, if one.is_empty() || other.is_empty() { "" } else { between }, other].concat()
    };
    let message = [what, " is not well-formed JSON: ", &and(clause, "; ", &error.reason), "."].concat();
    let mut finding = Finding::new(rule, error.place, message);
    let help = and(help, " ", consequence);
    if !help.is_empty() {
        finding = finding.help(help);
    }
    for (reason, place) in error.others() {
        finding = finding.related(["Here: ", reason, "."].concat(), place);
    }
    if let Some(place) = error.opened() {
        finding = finding.related("Opened here and not closed.", place);
    }
    if certainty == Certainty::Sure { finding.fix_all(error.fix_title(), error.edits()) } else { finding }
}

#[cold]
fn unrecognised(place: SourceRange, message: &str) -> Finding {
    Finding::new(&rules::UNRECOGNISED, place, message).help(
        "jitp reads a template body ({\"Parameters\": …, \"Resources\": …}), a registration config ({\"templateBody\": \
         \"…\", \"roleArn\": \"…\"} or {\"templateName\": \"…\"}), or an input for CreateProvisioningTemplate.",
    )
}

#[cold]
pub fn report_unrecognised(context: &mut Context, root: &Node) {
    let known = without_template(root);
    let message = match root.as_object() {
        Some(_) if let Some((what, _)) = known => format!("The text is {what}: it carries no template."),
        Some(_) => "The object has neither Parameters and Resources nor templateBody nor templateName.".to_owned(),
        None => format!("A template must be an object, not {}.", root.kind()),
    };
    let place = if root.as_object().is_some() { opening(root) } else { root.place };
    let finding = unrecognised(place, &message);
    context.report(match known.and_then(|(_, place)| place) {
        Some(help) => finding.help(help),
        None => finding,
    });
}
