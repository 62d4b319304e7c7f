//! The summary of a plan: its verdict in words, what must exist already, where AWS shows a failure.

use super::evaluate::Desired;
use super::outcome::Outcome;
use super::types::{Access, AccessUse, PlannedPolicy, Precondition, Verdict};
use crate::access::Answer;
use crate::arn::ArnPrefix;
use crate::flow::Flow;
use crate::rules::Basis;
use std::sync::Arc;

/// The verdict and its first cause, with the evidence, and whether the device can connect then. For a subject alone, another sentence says
/// that its certificate was not checked.
pub fn summarize(
    flow: Flow,
    outcome: &Outcome,
    desired: &Desired,
    only_subject: bool,
    access: Option<&Access>,
) -> String {
    let mut text = verdict(flow, outcome, desired);
    if !matches!(outcome.verdict, Verdict::Provisions | Verdict::Registered) {
        return text;
    }
    if let Some(access) = access {
        let is_amiss = access.connects == Answer::Denied && access.over != AccessUse::Https;
        match access.headline.strip_prefix("It ").filter(|_| is_amiss) {
            Some(rest) => {
                text.pop();
                text.push_str(", but it ");
                text.push_str(rest);
            }
            None => {
                text.push(' ');
                text.push_str(&access.headline);
            }
        }
    }
    if only_subject {
        text.push_str(" Only the subject was checked, not the certificate.");
    }
    text
}

fn verdict(flow: Flow, outcome: &Outcome, desired: &Desired) -> String {
    let cause = outcome.cause.as_deref().unwrap_or_default();
    let status = desired.status.as_deref().unwrap_or("ACTIVE");
    match (outcome.verdict, &desired.thing_name) {
        // The verdict's cause says what the text is.
        (Verdict::NotATemplate, _) => cause.to_owned(),
        (Verdict::Rejected, _) => format!("{}: {cause}", refusal(flow, outcome.basis)),
        (Verdict::Registered, _) => REGISTERED.to_owned(),
        (Verdict::Unknown, _) => format!("It is not known whether the device is provisioned: {cause}"),
        (Verdict::Fails, _) => {
            let stops = match outcome.basis {
                Some(Basis::Assumed) => "is likely to stop",
                Some(Basis::Observed) => "has been seen to stop",
                Some(Basis::Documented) | None => "stops",
            };
            format!("Provisioning {stops} at step {}: {cause}", outcome.stopped_at.unwrap_or(2))
        }
        (Verdict::Provisions, Some(name)) => {
            format!("The device is provisioned as the thing {name}, its certificate becomes {status}.")
        }
        (Verdict::Provisions, None) => {
            format!("The device is provisioned without a thing, its certificate becomes {status}.")
        }
    }
}

/// That AWS refuses the template, as far as anybody knows.
pub fn refusal(flow: Flow, basis: Option<Basis>) -> String {
    let refuses = match basis {
        Some(Basis::Documented) => "AWS documents that it refuses this template",
        Some(Basis::Observed) => "AWS has been seen to refuse this template",
        Some(Basis::Assumed) | None => "AWS is likely to refuse this template",
    };
    if flow == Flow::Jitp { format!("{refuses} when it is attached") } else { refuses.to_owned() }
}

/// The status that the certificate ends in. `None` if it is never registered, or if the outcome is unknown.
pub fn certificate_status(flow: Flow, outcome: &Outcome, desired: &Desired) -> Option<Arc<str>> {
    match (outcome.verdict, outcome.stopped_at) {
        _ if outcome.unknown_from == Some(1) => None,
        // Whether the caller's own certificate stays registered, and with which status, is not documented.
        (Verdict::Fails, _) if flow == Flow::RegisterThing => None,
        (Verdict::Registered, _) => Some("ACTIVE".into()),
        (Verdict::Rejected | Verdict::NotATemplate | Verdict::Unknown, _) | (Verdict::Fails, Some(1) | None) => None,
        (Verdict::Fails, _) => Some("PENDING_ACTIVATION".into()),
        (Verdict::Provisions, _) => desired.status.clone(),
    }
}

/// The policies with their ARNs.
pub fn policies(desired: &Desired, arns: &ArnPrefix) -> Vec<PlannedPolicy> {
    let planned = |policy: &super::evaluate::DesiredPolicy| PlannedPolicy {
        logical_name: policy.logical_name.clone(),
        name: policy.name.clone(),
        arn: arns.policy(&policy.name),
        document: policy.document.clone(),
    };
    desired.policies.iter().map(planned).collect()
}

/// Resources that the role's managed policy cannot create, so that they must exist already (rule R5).
pub fn preconditions(desired: &Desired, arns: &ArnPrefix) -> Vec<Precondition> {
    let of = |kind: &'static str, name: &Arc<str>, arn: String| Precondition { kind, name: name.clone(), arn };
    let types = desired.type_name.iter().map(|name| of("thing-type", name, arns.thing_type(name)));
    let groups = desired.groups.iter().map(|name| of("thing-group", name, arns.thing_group(name)));
    let billing = desired.billing_group.iter().map(|name| of("billing-group", name, arns.billing_group(name)));
    let named = desired.policies.iter().filter(|policy| policy.document.is_none());
    let policies = named.map(|policy| of("policy", &policy.name, arns.policy(&policy.name)));
    types.chain(groups).chain(billing).chain(policies).collect()
}

/// Where AWS shows the cause (rules R6, R7).
pub fn look_at(flow: Flow, verdict: Verdict, stopped_at: Option<u8>) -> Vec<&'static str> {
    match verdict {
        Verdict::Provisions | Verdict::Registered | Verdict::Unknown | Verdict::NotATemplate => Vec::new(),
        Verdict::Fails if flow != Flow::Jitp => {
            vec!["The response to RegisterThing, which its caller gets.", "AWS CloudTrail: the event RegisterThing."]
        }
        Verdict::Fails if stopped_at == Some(1) => {
            vec!["AWS CloudTrail: the event of the certificate's registration; RegisterThing is never called."]
        }
        Verdict::Fails => vec![
            "AWS CloudTrail: the event RegisterThing, and the event of the certificate's registration.",
            "Amazon CloudWatch: the metrics ProvisionThing.ClientError and ProvisionThing.ServerError.",
        ],
        Verdict::Rejected if flow != Flow::Jitp => vec!["The response to the call that sends the template to AWS."],
        Verdict::Rejected => {
            vec![
                "The response to RegisterCACertificate, UpdateCACertificate or CreateProvisioningTemplate: InvalidRequestException.",
            ]
        }
    }
}

/// What the device must do, or will see.
pub fn notes(flow: Flow, verdict: Verdict, status: Option<&str>) -> Vec<&'static str> {
    match verdict {
        Verdict::Provisions | Verdict::Fails if flow == Flow::RegisterThing => Vec::new(),
        Verdict::Provisions if flow == Flow::Fleet => {
            vec!["The device must connect again, with its new certificate.", SNI]
        }
        Verdict::Fails if flow == Flow::Fleet => {
            vec![
                "The device gets the reason on the topic $aws/provisioning-templates/<templateName>/provision/<payload-format>/rejected.",
            ]
        }
        Verdict::Provisions if status == Some("INACTIVE") => vec![
            "The connection that triggers provisioning is always dropped, and the device cannot connect again before \
             someone sets its certificate to ACTIVE.",
            SNI,
        ],
        Verdict::Provisions => {
            vec!["The connection that triggers provisioning is always dropped: the device must connect again.", SNI]
        }
        Verdict::Registered => vec![SNI],
        Verdict::Unknown | Verdict::NotATemplate => Vec::new(),
        Verdict::Fails => vec!["The device itself sees only a dropped connection."],
        Verdict::Rejected => vec!["No device is provisioned before the template can be attached."],
    }
}

const REGISTERED: &str =
    "The certificate is registered already and ACTIVE, so that the device's connection provisions nothing.";

const SNI: &str = "The device must send Server Name Indication (SNI); sending the CA certificate is optional.";
