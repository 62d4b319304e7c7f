//! What AWS's limits (rule R5) say of a value, whether it is written in the template or comes from a certificate.

use super::context::Context;
use super::leftover;
use super::words::quoted;
use crate::diagnostic::Finding;
use crate::limits::{self, Charset};
use crate::rules::{self, Rule};
use crate::source::SourceRange;

/// A breach: the rule, what is wrong, and what to do about it.
pub struct Violation {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Names of things, thing types, thing groups and billing groups; `what` is one of these with its article.
pub fn resource_name(what: &str, name: &str) -> Option<Violation> {
    let message = name_problem(what, name, limits::RESOURCE_NAME, limits::NAME_CHARS)?;
    Some(Violation { rule: &rules::RESOURCE_NAME, message, help: placeholder_help(name) })
}

/// The name of a policy.
pub fn policy_name(name: &str) -> Option<Violation> {
    let message = name_problem("A policy's name", name, limits::POLICY_NAME, limits::POLICY_NAME_CHARS)?;
    Some(Violation { rule: &rules::POLICY_NAME, message, help: placeholder_help(name) })
}

/// The name of a provisioning template.
pub fn template_name(name: &str) -> Option<Violation> {
    let message = name_problem("templateName", name, limits::TEMPLATE_NAME, limits::TEMPLATE_NAME_CHARS)?;
    Some(Violation { rule: &rules::TEMPLATE_NAME, message, help: placeholder_help(name) })
}

/// The description of a provisioning template.
pub fn description(text: &str) -> Option<Violation> {
    let length = text.chars().count();
    let control = text.chars().position(char::is_control);
    let message = if length > limits::TEMPLATE_DESCRIPTION {
        format!("The description has {length} characters; AWS allows {}.", limits::TEMPLATE_DESCRIPTION)
    } else {
        format!("The description has a control character at position {}; AWS allows none.", control? + 1)
    };
    Some(Violation { rule: &rules::DESCRIPTION, message, help: None })
}

/// The name of a thing's attribute.
pub fn attribute_name(name: &str) -> Option<Violation> {
    let message = name_problem("An attribute's name", name, limits::ATTRIBUTE_NAME, limits::ATTRIBUTE_NAME_CHARS)?;
    Some(Violation { rule: &rules::ATTRIBUTE, message, help: None })
}

/// The value of the attribute `name` of a thing.
pub fn attribute_value(name: &str, value: &str) -> Option<Violation> {
    // Most are good, and need no words.
    if limits::ATTRIBUTE_VALUE_CHARS.offender(value).is_none() && value.chars().count() <= limits::ATTRIBUTE_VALUE {
        return None;
    }
    let what = format!("The value of the attribute {}", quoted(name));
    let message = name_problem(&what, value, limits::ATTRIBUTE_VALUE, limits::ATTRIBUTE_VALUE_CHARS)?;
    Some(Violation { rule: &rules::ATTRIBUTE, message, help: placeholder_help(value) })
}

/// How many attributes a thing may have.
pub fn attribute_count(count: usize, typed: bool) -> Option<Violation> {
    let most = if typed { limits::ATTRIBUTES_WITH_TYPE } else { limits::ATTRIBUTES_WITHOUT_TYPE };
    if count <= most {
        return None;
    }
    let message = if typed {
        format!("The thing has {count} attributes; AWS allows {most}.")
    } else {
        format!("The thing has {count} attributes; without a thing type AWS allows {most}.")
    };
    let help = (!typed && count <= limits::ATTRIBUTES_WITH_TYPE)
        .then(|| format!("With a ThingTypeName it can have {}.", limits::ATTRIBUTES_WITH_TYPE));
    Some(Violation { rule: &rules::TOO_MANY_ATTRIBUTES, message, help })
}

/// The length of a policy document, white space not counted.
pub fn policy_length(document: &str) -> Option<Violation> {
    // No text has more characters than bytes.
    if document.len() <= limits::POLICY_DOCUMENT {
        return None;
    }
    let length = document.chars().filter(|character| !character.is_whitespace()).count();
    (length > limits::POLICY_DOCUMENT).then(|| Violation {
        rule: &rules::POLICY_TOO_LONG,
        message: format!(
            "The policy document has {length} characters without white space; AWS allows {}.",
            limits::POLICY_DOCUMENT
        ),
        help: None,
    })
}

/// The help for a value that a script, a shell or another tool should have filled in first.
#[cold]
pub fn placeholder_help(value: &str) -> Option<String> {
    if let Some(found) = leftover::first(value) {
        return Some(format!("{} is {}. {}", quoted(&value[found.range]), found.syntax.what(), found.syntax.help()));
    }
    let angles = value.contains('<') && value.contains('>');
    (angles || value.contains("${") || value.contains("{{")).then(|| {
        "This looks like a placeholder: fill it in first. AWS IoT does not substitute ${…} in a plain string of a template."
            .to_owned()
    })
}

/// Whether a part of an ARN is a placeholder, in some syntax or as a word: `REGION`, `your-account-id`, `xxxxxxxxxxxx`.
#[cold]
pub fn is_placeholder(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    let is_filler = !part.is_empty() && part.bytes().all(|byte| b"xX#-".contains(&byte));
    placeholder_help(part).is_some()
        || is_filler
        || ["your", "region", "account", "my-", "example"].iter().any(|word| lower.contains(word))
}

fn name_problem(what: &str, name: &str, most: usize, chars: Charset) -> Option<String> {
    if name.is_empty() {
        return Some(format!("{what} is empty."));
    }
    characters(what, name, chars).or_else(|| {
        let length = name.chars().count();
        (length > most).then(|| format!("{what} has {length} characters; AWS allows {most}."))
    })
}

/// The characters of a name that AWS does not accept.
pub fn characters(what: &str, name: &str, chars: Charset) -> Option<String> {
    let (at, found) = chars.offender(name)?;
    let class = chars.class;
    Some(format!("{what}, {}, has {} at position {at}; AWS allows {class} only.", quoted(name), character(found)))
}

/// A character as a person would name it.
#[cold]
fn character(found: char) -> String {
    match found {
        ' ' => "a space".to_owned(),
        ',' => "a comma".to_owned(),
        '.' => "a dot".to_owned(),
        '/' => "a slash".to_owned(),
        other if other.is_control() || other.is_whitespace() => format!("U+{:04X}", u32::from(other)),
        other => format!("\"{other}\""),
    }
}

/// Reports a breach of a limit.
#[cold]
pub fn report_violation(context: &mut Context, violation: Violation, place: SourceRange) {
    let mut finding = Finding::new(violation.rule, place, violation.message);
    if let Some(help) = violation.help {
        finding = finding.help(help);
    }
    context.report(finding);
}
