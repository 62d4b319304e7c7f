//! The provisioning role: what it needs, and what nothing in a template can prove (rule R1).

use crate::arn;
use crate::check::{quoted, value_limits};
use crate::limits;
use crate::partition;
use serde::Serialize;

/// A provisioning role and what must hold of it in the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// The role's ARN as written.
    pub arn: String,
    /// The ARN of the managed policy that the role needs.
    pub managed_policy_arn: String,
    /// The trust policy that lets AWS IoT assume the role, in JSON.
    pub trust_policy: &'static str,
    /// What must hold, in sentences.
    pub requirements: Vec<&'static str>,
}

const TRUST_POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "iot.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;

impl Role {
    /// The needs of a role with this ARN.
    pub fn new(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            managed_policy_arn: format!(
                "arn:{}:iam::aws:policy/service-role/AWSIoTThingsRegistration",
                arn::partition(arn)
            ),
            trust_policy: TRUST_POLICY,
            requirements: vec![
                "The role has the managed policy AWSIoTThingsRegistration attached.",
                "The role can be assumed by iot.amazonaws.com.",
                "Whoever attaches the template may pass the role (iam:PassRole).",
            ],
        }
    }
}

/// The problem with a role ARN.
#[cold]
pub fn arn_problem(arn: &str) -> Option<String> {
    let length = arn.chars().count();
    if arn.is_empty() {
        return Some("The role ARN is empty.".to_owned());
    }
    let (fewest, most) = limits::ROLE_ARN;
    if length < fewest || length > most {
        return Some(format!("The role ARN has {length} characters; AWS allows {fewest} to {most}."));
    }
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [prefix, partition, service, region, account, resource] = parts[..] else {
        return Some("The role ARN is not an ARN: it has fewer than six parts.".to_owned());
    };
    if prefix != "arn" || !partition.starts_with("aws") {
        return Some(format!(
            "The role ARN begins with {}, not with \"arn:aws:\".",
            quoted(&format!("{prefix}:{partition}:"))
        ));
    }
    if !partition::is_known(partition) {
        let known = partition::names().join(", ");
        return Some(format!("The partition in the role ARN is {}, not one of {known}.", quoted(partition)));
    }
    if service != "iam" || !region.is_empty() {
        return Some("The role ARN is not an ARN of IAM: it must have the form arn:aws:iam::…".to_owned());
    }
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("The account in the role ARN is {}, not twelve digits.", quoted(account)));
    }
    if !resource.starts_with("role/") || resource.ends_with('/') {
        return Some(format!("The role ARN names {}, not a role.", quoted(resource)));
    }
    // Between "role" and the name there may be a path, of nearly any character.
    let name = resource.rsplit('/').next().unwrap_or_default();
    value_limits::characters("The role's name", name, limits::ROLE_NAME_CHARS)
}
