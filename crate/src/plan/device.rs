//! The device that a template provisions, to be asked what it may do.

use super::access::PlannedDevice;
use super::existing::EvolvingAccount;
use super::types::{DryRunOptions, Plan, Verdict};
use crate::access::{Activation, CompiledDevice, DocumentFindings, GivenCertificate, read_policy};
use crate::template::Template;
use std::sync::Arc;

/// Policies to treat as if they were attached, and as if they were not, by their names: `policyNamesToAdd` and
/// `policyNamesToSkip` of the API `TestAuthorization`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyChanges {
    /// Their documents are those of [`DryRunOptions::policies`]; the others are not known.
    pub add: Vec<Arc<str>>,
    /// A policy of the template can also be named by its logical name.
    pub skip: Vec<Arc<str>>,
}

impl Template {
    /// The device with this certificate, as [`Template::dry_run`] says that it is provisioned.
    pub fn provisioned(
        &self,
        certificate: &GivenCertificate,
        options: &DryRunOptions,
        changes: &PolicyChanges,
    ) -> CompiledDevice {
        let (plan, planned) = match certificate {
            GivenCertificate::Whole(bytes) => self.plan(bytes, options, EvolvingAccount::of(options).as_mut()),
            GivenCertificate::Subject(text) => self.plan_subject(text, options, EvolvingAccount::of(options).as_mut()),
        };
        let (mut compiled, status) = planned.map(PlannedDevice::into_compiled).unwrap_or_default();
        compiled.device.facts.certificate = certificate.values();
        compiled.activation = activation(&plan, status.as_deref());
        if self.report().kind.only_names() {
            // Nobody has seen what it attaches.
            let name = self.document.template_name.as_deref().unwrap_or_default();
            compiled.device.unseen.push(format!("of the template {name}").into());
        }
        self.report_documents(options, &mut compiled);
        self.change(&plan, options, changes, &mut compiled);
        compiled
    }

    fn report_documents(&self, options: &DryRunOptions, compiled: &mut CompiledDevice) {
        for (name, text) in options.policies.iter().chain(options.group_policies.iter().flatten()) {
            let read = read_policy(name.clone(), text.as_bytes(), &self.context.options);
            compiled.documents.push(DocumentFindings { name: name.clone(), diagnostics: read.diagnostics });
        }
    }

    fn change(&self, plan: &Plan, options: &DryRunOptions, changes: &PolicyChanges, compiled: &mut CompiledDevice) {
        let device = &mut compiled.device;
        let is_skipped = |name: &Arc<str>| {
            let planned = plan.policies.iter().filter(|policy| policy.name == *name || policy.logical_name == *name);
            let mut names = planned.flat_map(|policy| [&policy.name, &policy.logical_name]);
            changes.skip.contains(name) || names.any(|name| changes.skip.contains(name))
        };
        for list in [&mut device.policies, &mut device.group_policies] {
            list.retain(|policy| !is_skipped(&policy.name));
        }
        device.unseen.retain(|name| !is_skipped(name));
        for name in changes.add.iter().filter(|name| !changes.skip.contains(name)) {
            if device.unseen.contains(name) || device.policies.iter().any(|policy| policy.name == *name) {
                continue;
            }
            match options.policies.iter().rev().find(|(known, _)| known == name) {
                Some((_, text)) => {
                    let read = read_policy(name.clone(), text.as_bytes(), &self.context.options);
                    device.policies.push(Arc::new(read.policy));
                }
                None => device.unseen.push(name.clone()),
            }
        }
    }
}

/// Whether the certificate becomes ACTIVE, by the plan and by the status that it is to have.
fn activation(plan: &Plan, status: Option<&str>) -> Activation {
    match plan.verdict {
        Verdict::Provisions | Verdict::Unknown if status == Some("INACTIVE") => {
            Activation::Never("The certificate becomes INACTIVE.".to_owned())
        }
        Verdict::Provisions | Verdict::Registered => Activation::Certain,
        Verdict::Unknown => Activation::Unknown(plan.summary.clone()),
        _ => Activation::Never(format!("The device is not provisioned. {}", plan.summary)),
    }
}
