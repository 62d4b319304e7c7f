//! A policy resource with neither a name nor a document, or with one in place of the other, and the ways to repair it
//! (rule R3.5).

use super::names::DeclaredNames;
use super::property::{Property, is_policy_name};
use super::resource_declaration::ResourceDeclaration;
use crate::arn::ArnPrefix;
use crate::check::{Context, quoted, write};
use crate::diagnostic::{Edits, Finding};
use crate::flow::said;
use crate::input::unwrap::is_meant_as_json;
use crate::rules;
use crate::source::{Member, Node, quote};

/// Reports that there is neither. `written` are the two properties if they are present and empty.
#[cold]
pub fn report(
    context: &mut Context,
    names: &DeclaredNames,
    resource: &ResourceDeclaration<'_>,
    written: [Option<&Member>; 2],
) {
    let empty: Vec<&Member> = written.into_iter().flatten().collect();
    let (place, message) = match empty[..] {
        [] => (resource.missing_place(), "The policy has neither a PolicyName nor a PolicyDocument.".to_owned()),
        [member, ..] => (
            member.value.place,
            format!("{} is empty, which counts as absent: the policy has neither a name nor a document.", member.key),
        ),
    };
    let finding = Finding::new(&rules::POLICY_NEITHER, place, message).help(
        "AWS refuses the template with \"Invalid registration template. Neither policyName nor policyDocument is present in \
         the Template.\"",
    );
    let finding = offer(context, names, resource, (finding, &empty, policy_name(resource)));
    context.report(finding);
}

/// Adds the two ways to have a policy: an existing one by its name, and a written one. Either replaces `wrong`.
#[cold]
fn offer(
    context: &Context,
    names: &DeclaredNames,
    resource: &ResourceDeclaration<'_>,
    (finding, wrong, name): (Finding, &[&Member], &str),
) -> Finding {
    let document = quote(&document(context, names));
    finding
        .choice(
            format!("Attach the policy {}, which must exist", quoted(name)),
            edits(context, resource, wrong, "PolicyName", &quote(name)),
        )
        .choice(
            "Create a policy that allows iot:Connect to the device alone",
            edits(context, resource, wrong, "PolicyDocument", &document),
        )
}

/// Whether a PolicyDocument is a text that is not even meant to be a policy.
pub fn is_plain(node: &Node) -> bool {
    node.as_str().is_some_and(|text| !is_meant_as_json(text) && !text.trim_ascii().is_empty())
}

/// Whether a PolicyName is a policy itself.
pub fn is_policy(node: &Node) -> bool {
    match node.as_str() {
        Some(text) => is_meant_as_json(text) && text.contains("Statement"),
        None => node.get("Statement").is_some(),
    }
}

/// Reports a PolicyDocument that is a plain text, most often the name of a policy.
#[cold]
pub fn report_plain(context: &mut Context, names: &DeclaredNames, resource: &ResourceDeclaration<'_>, member: &Member) {
    let text = member.value.as_str().unwrap_or_default();
    let finding = Finding::new(
        &rules::POLICY_NOT_JSON,
        member.value.place,
        "The PolicyDocument is a plain text, not a policy in JSON.",
    );
    let is_file = text.contains("://") || [".json", ".txt", ".yaml", ".yml"].iter().any(|end| text.ends_with(end));
    let name = name_in_arn(text).unwrap_or(text);
    let finding = if is_file {
        finding.help("AWS IoT reads no file here: write the content of the file as a string.")
    } else if is_policy_name(name) && !resource.has_twice(member) {
        offer(context, names, resource, (finding, &[member], name))
            .help("To attach an existing policy, give its name as PolicyName.")
    } else {
        finding.help("To attach an existing policy, give its name as PolicyName.")
    };
    context.report(finding);
}

/// Reports a PolicyName together with a plain text as PolicyDocument.
#[cold]
pub fn report_plain_beside(
    context: &mut Context,
    resource: &ResourceDeclaration<'_>,
    (plain, name): (&Member, &Member),
) {
    let message = "The policy has both a PolicyName and a PolicyDocument, and the PolicyDocument is not a policy.";
    context.report(
        Finding::new(&rules::POLICY_BOTH, plain.key_place, message)
            .related("The PolicyName.", name.key_place)
            .fix_all("Keep PolicyName", resource.remove(context, plain)),
    );
}

/// Reports a policy that is given as PolicyName; it is read as the PolicyDocument.
#[cold]
pub fn report_policy_as_name(context: &mut Context, resource: &ResourceDeclaration<'_>, member: &Member) {
    let message = "PolicyName holds a policy, which belongs in PolicyDocument.";
    let edits = if resource.has_twice(member) || resource.is_outside(member) {
        Edits::new()
    } else {
        vec![(member.key_place, quote("PolicyDocument"))]
    };
    context.report(
        Finding::new(&rules::POLICY_NAME, member.key_place, message).fix_all("Give it as PolicyDocument", edits),
    );
}

/// Reports an ARN of a policy of AWS IoT in place of its name.
#[cold]
pub fn report_arn_as_name(context: &mut Context, named: &Property) -> bool {
    let Some(name) = named.value.literal().and_then(name_in_arn).filter(|name| is_policy_name(name)) else {
        return false;
    };
    let message = "PolicyName is an ARN; it must be the name of the policy alone.";
    context.report(Finding::new(&rules::POLICY_NAME, named.place, message).fix(write(name), named.place, quote(name)));
    true
}

/// The name in the ARN of a policy of AWS IoT.
fn name_in_arn(text: &str) -> Option<&str> {
    let (prefix, name) = text.trim_ascii().split_once(":policy/")?;
    (prefix.starts_with("arn:") && prefix.contains(":iot:")).then_some(name)
}

/// Reports an empty property together with the other one.
#[cold]
pub fn report_empty(context: &mut Context, resource: &ResourceDeclaration<'_>, empty: &Member) {
    let message = format!("{} is empty, which counts as absent.", empty.key);
    context.report(
        Finding::new(&rules::EMPTY_PROPERTY, empty.value.place, message)
            .help("Remove it. If a script fills it in, check the variable.")
            .fix_all(format!("Remove the empty {}", empty.key), resource.remove(context, empty)),
    );
}

/// The edits that give the policy one of the two properties, instead of those that are empty.
#[cold]
fn edits(context: &Context, resource: &ResourceDeclaration<'_>, empty: &[&Member], key: &str, value: &str) -> Edits {
    let Some(first) = empty.first() else { return resource.add(context, key, value) };
    let mut edits = vec![(first.place(), format!("{}: {value}", quote(key)))];
    if let Some(second) = empty.get(1) {
        edits.extend(resource.remove(context, second));
    }
    let overlap = |one: usize| {
        edits[..one].iter().any(|(other, _)| other.end > edits[one].0.start && edits[one].0.end > other.start)
    };
    if (1..edits.len()).any(overlap) { Edits::new() } else { edits }
}

/// The logical name, if AWS allows it for a policy.
fn policy_name<'n>(resource: &ResourceDeclaration<'n>) -> &'n str {
    let name = resource.member.key.as_str();
    if is_policy_name(name) { name } else { "device-policy" }
}

/// A policy that lets a device connect under its own name, and do nothing else.
fn document(context: &Context, names: &DeclaredNames) -> String {
    let options = &context.options;
    let role = context.role.as_ref().map(|(arn, _)| arn.as_str());
    let arns = ArnPrefix::of_policy(said(&options.region), said(&options.account_id), role);
    // Without a thing its variable has no value.
    let client = if names.declares_thing {
        "${iot:Connection.Thing.ThingName}"
    } else {
        "${iot:Certificate.Subject.CommonName}"
    };
    let resource = arns.client(client);
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"iot:Connect\", \"Resource\": \
         \"{resource}\"}}]}}"
    )
}
