//! A policy resource with neither a name nor a document, and what a person can do about it (rule R3.5).

use super::declaration::Declaration;
use super::judge::Judge;
use super::keys::quoted;
use super::parameters::Names;
use super::resources::is_policy_name;
use crate::diagnostic::{Edits, Finding};
use crate::partition;
use crate::role;
use crate::rules;
use crate::source::{Member, quote};

/// Reports that there is neither; `written` are the two properties where they stand and are empty.
#[cold]
pub fn report(judge: &mut Judge, names: &Names, resource: &Declaration<'_>, written: [Option<&Member>; 2]) {
    let empty: Vec<&Member> = written.into_iter().flatten().collect();
    let (place, message) = match empty[..] {
        [] => (resource.missing_place(), "The policy has neither a PolicyName nor a PolicyDocument.".to_owned()),
        [member, ..] => (
            member.value.place,
            format!("{} is empty, which counts as absent: the policy has neither a name nor a document.", member.key),
        ),
    };
    let name = quoted(policy_name(resource));
    let document = quote(&document(judge, names));
    let finding = Finding::new(&rules::POLICY_NEITHER, place, message)
        .help(
            "AWS refuses the template with \"Invalid registration template. Neither policyName nor policyDocument is \
             present in the Template.\"",
        )
        .choice(
            format!("Attach the policy {name}, which must exist"),
            edits(judge, resource, &empty, "PolicyName", &name),
        )
        .choice(
            "Create a policy that allows iot:Connect to the device alone",
            edits(judge, resource, &empty, "PolicyDocument", &document),
        );
    judge.report(finding);
}

/// Reports an empty property beside the other one.
#[cold]
pub fn report_empty(judge: &mut Judge, resource: &Declaration<'_>, empty: &Member) {
    let message = format!("{} is empty, which counts as absent.", empty.key);
    judge.report(
        Finding::new(&rules::EMPTY_PROPERTY, empty.value.place, message)
            .help("Remove it. If a script was to fill it in, check the variable.")
            .fix_all(format!("Remove the empty {}", empty.key), resource.remove(judge, empty)),
    );
}

/// The edits that give the policy one of the two properties, in the place of those that are empty.
#[cold]
fn edits(judge: &Judge, resource: &Declaration<'_>, empty: &[&Member], key: &str, value: &str) -> Edits {
    let Some(first) = empty.first() else { return resource.add(judge, key, value) };
    let mut edits = vec![(first.place(), format!("{}: {value}", quote(key)))];
    if let Some(second) = empty.get(1) {
        edits.extend(resource.remove(judge, second));
    }
    let overlap = |one: usize| {
        edits[..one].iter().any(|(other, _)| other.end > edits[one].0.start && edits[one].0.end > other.start)
    };
    if (1..edits.len()).any(overlap) { Edits::new() } else { edits }
}

/// The logical name where AWS allows it for a policy.
fn policy_name<'n>(resource: &Declaration<'n>) -> &'n str {
    let name = resource.member.key.as_str();
    if is_policy_name(name) { name } else { "device-policy" }
}

/// A policy that lets a device connect under its own name, and do nothing else.
fn document(judge: &Judge, names: &Names) -> String {
    let options = &judge.options;
    let role = judge.role.as_ref().map(|(arn, _)| arn.as_str());
    let said = |option: &'_ Option<String>| option.clone().filter(|said| !said.is_empty());
    let region = said(&options.region);
    let account = said(&options.account_id).or(role.and_then(role::account).map(str::to_owned));
    let of_region = region.as_deref().and_then(partition::of_region);
    let partition = of_region.or(role.map(role::partition)).unwrap_or("aws");
    // Without a thing its variable has no value.
    let client = if names.declares_thing {
        "${iot:Connection.Thing.ThingName}"
    } else {
        "${iot:Certificate.Subject.CommonName}"
    };
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"iot:Connect\", \"Resource\": \
         \"arn:{partition}:iot:{}:{}:client/{client}\"}}]}}",
        region.as_deref().unwrap_or("*"),
        account.as_deref().unwrap_or("*"),
    )
}
