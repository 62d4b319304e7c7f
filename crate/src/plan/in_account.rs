//! A plan in an account of which something was told: what is decided before its outcome, and what is there afterwards.

use super::access::PlannedDevice;
use super::evaluate::Desired;
use super::existing::{AccountDecision, Applied, EvolvingAccount, PlannedAccount, Question, decide};
use super::findings::PlanFindings;
use super::outcome::Outcome;
use super::types::DryRunOptions;
use crate::arn::ArnPrefix;
use crate::certificate::known::UNKNOWN_ID;
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::rules;
use crate::template::Template;
use std::borrow::Cow;
use std::sync::Arc;

impl Template {
    /// Decides what happens to each resource, with what that means for the device.
    #[cold]
    pub(super) fn decide(
        &self,
        (desired, id, ca): (&mut Desired, &str, Option<&str>),
        state: &mut EvolvingAccount,
        device: &mut Option<PlannedDevice>,
        options: &DryRunOptions,
        findings: &mut PlanFindings,
    ) -> AccountDecision {
        let asked = Question { template: self, desired, id: known(id), ca };
        self.compare_location(state, options, findings);
        let decision = decide(asked, state, findings);
        if let Some(device) = device {
            let of_groups = options.group_policies.is_none();
            state.complete(device.device_mut(), (asked, &decision), &self.context.options, of_groups);
            if decision.is_registered {
                device.set_status(Some("ACTIVE".into()));
            }
        }
        if let Some(status) = decision.kept_status() {
            desired.status.clone_from(&status);
            if let Some(device) = device {
                device.set_status(status);
            }
        }
        decision
    }

    /// The options, with the location of the account if nothing else says one.
    pub(super) fn located<'o>(
        &self,
        options: &'o DryRunOptions,
        account: Option<&EvolvingAccount>,
    ) -> Cow<'o, DryRunOptions> {
        let Some(told) = account.map(EvolvingAccount::account) else { return Cow::Borrowed(options) };
        let [region, account_id] = match self.location(options) {
            [None, None] => [&told.region, &told.account_id],
            [None, Some(_)] => [&told.region, &None],
            [Some(_), None] => [&None, &told.account_id],
            [Some(_), Some(_)] => return Cow::Borrowed(options),
        };
        let owned =
            |told: &Option<Arc<str>>, given: &Option<String>| told.as_deref().map(str::to_owned).or(given.clone());
        Cow::Owned(DryRunOptions {
            region: owned(region, &options.region),
            account_id: owned(account_id, &options.account_id),
            ..options.clone()
        })
    }

    /// Reports an account or a Region that is not the one of the dry run.
    #[cold]
    fn compare_location(&self, state: &EvolvingAccount, options: &DryRunOptions, findings: &mut PlanFindings) {
        let told = [state.account().region.as_deref(), state.account().account_id.as_deref()];
        for ((told, planned), what) in told.into_iter().zip(self.location(options)).zip(["Region", "account"]) {
            if let Some((told, planned)) = told.zip(planned).filter(|(told, planned)| told != planned)
                && findings.wants(&rules::ACCOUNT_ELSEWHERE)
            {
                let message = format!("What was told is of the {what} {told}, and the plan is for {planned}.");
                let finding = Finding::new_at(&rules::ACCOUNT_ELSEWHERE, None, message);
                findings.report(finding.help("A device finds only what is in its own account and Region."));
            }
        }
    }

    /// Changes the account as the plan does.
    #[cold]
    pub(super) fn apply(
        &self,
        (desired, id): (&Desired, &str),
        (arns, outcome): (&ArnPrefix, &Outcome),
        decision: &AccountDecision,
        state: &mut EvolvingAccount,
    ) {
        state.apply(&Applied {
            decision,
            desired,
            certificate: known(id).map(|id| (id, arns.certificate(id))),
            registers: self.flow() == Flow::Jitp,
            steps: [1, 2, 3, 4, 5, 6].map(|number| outcome.of_step(number)),
        });
    }

    /// The same, and what a plan says of it.
    #[cold]
    pub(super) fn settle(
        &self,
        device: (&Desired, &str),
        outcome: (&ArnPrefix, &Outcome),
        decision: AccountDecision,
        state: &mut EvolvingAccount,
    ) -> PlannedAccount {
        self.apply(device, outcome, &decision, state);
        PlannedAccount { changes: decision.changes, after: None, taken: decision.taken }
    }
}

/// The ID of a certificate that was given.
fn known(id: &str) -> Option<&str> {
    (!id.is_empty() && id != UNKNOWN_ID).then_some(id)
}
