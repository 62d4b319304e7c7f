//! The six steps of JITP (rule R6): which API calls they make, and how far they come.

use super::api_request::Request;
use super::evaluate::{Desired, DesiredPolicy};
use super::existing::AccountDecision;
use super::outcome::Outcome;
use super::summary;
use super::types::{ApiCall, Step, StepOutcome, Verdict};
use crate::arn::ArnPrefix;
use crate::flow::Flow;
use crate::template::CertificateResource;

/// The inputs of the steps.
pub struct StepInputs<'a> {
    pub desired: &'a Desired,
    pub arns: &'a ArnPrefix,
    /// The certificate ID; empty if there is no readable certificate.
    pub id: &'a str,
    pub pem: Option<String>,
    pub has_thing: bool,
    pub has_policies: bool,
    pub flow: Flow,
    /// The certificate resource, if there is one.
    pub certificate: Option<&'a CertificateResource>,
    pub outcome: &'a Outcome,
    /// What was decided with an account.
    pub found: Option<&'a AccountDecision>,
    /// The check that could not be made, in words.
    pub not_made: &'a str,
    /// What is known of the CA's signature, or what was not checked, as a sentence of the first step.
    pub checked: String,
}

impl StepInputs<'_> {
    /// The six steps in order.
    pub fn steps(&self) -> Vec<Step> {
        vec![
            self.register(),
            self.thing(),
            self.create_policies(),
            self.attach_policies(),
            self.attach_thing(),
            self.activate(),
        ]
    }

    fn register(&self) -> Step {
        if self.flow != Flow::Jitp {
            return self.certificate_of_other_flow();
        }
        let request = Request::RegisterCertificate { certificate_pem: self.pem.clone(), status: "PENDING_ACTIVATION" };
        let call = ApiCall { action: "RegisterCertificate", request, arn: self.certificate_arn() };
        // The API's own `RegisterCertificate` accepts no such status from a caller.
        let done = "AWS IoT registers the certificate with the status PENDING_ACTIVATION. AWS makes this call itself: no \
                    caller of the API can send this request.";
        let mut step = self.step(1, "Register the certificate", vec![call], done);
        // A step with an unknown outcome says already what was not checked.
        if matches!(step.outcome, StepOutcome::Done | StepOutcome::Failed) {
            step.detail.push_str(&self.checked);
        }
        step
    }

    #[cold]
    fn certificate_of_other_flow(&self) -> Step {
        const TITLE: &str = "Obtain the certificate";
        let (action, done) = match (self.flow, self.certificate.and_then(|certificate| certificate.own)) {
            (Flow::Fleet, _) => (
                "CreateKeysAndCertificate",
                "The device got its certificate from AWS, by CreateKeysAndCertificate or CreateCertificateFromCsr, before it calls RegisterThing.",
            ),
            (_, Some("CertificateSigningRequest")) => {
                ("CreateCertificateFromCsr", "RegisterThing has AWS issue a certificate for the signing request.")
            }
            (_, Some(_)) => ("RegisterCertificate", "RegisterThing registers the certificate."),
            _ if self.certificate.is_none() => {
                return self.idle(1, TITLE, "RegisterCertificate", "the template declares no certificate.");
            }
            _ => return self.idle(1, TITLE, "RegisterCertificate", "the certificate is registered already."),
        };
        let call = ApiCall { action, request: Request::Unknown {}, arn: self.certificate_arn() };
        self.step(1, TITLE, vec![call], done)
    }

    fn thing(&self) -> Step {
        const TITLE: &str = "Create the thing";
        if !self.has_thing {
            return self.idle(2, TITLE, "CreateThing", "the template declares no thing.");
        }
        let desired = self.desired;
        let Some(name) = desired.thing_name.clone() else { return self.unknown(2, TITLE, "CreateThing") };
        if let Some(found) = self.found.and_then(|decision| Some((decision, decision.found_thing()?))) {
            return self.step(2, TITLE, found.1.calls(self.arns), &found.0.sentences(2));
        }
        let mut calls = vec![ApiCall {
            action: "CreateThing",
            request: Request::CreateThing {
                thing_name: name.clone(),
                thing_type_name: desired.type_name.clone(),
                attributes: desired.attributes.clone(),
            },
            arn: Some(self.arns.thing(&name)),
        }];
        calls.extend(desired.groups.iter().map(|group| ApiCall {
            action: "AddThingToThingGroup",
            request: Request::AddThingToThingGroup { thing_group_name: group.clone(), thing_name: name.clone() },
            arn: Some(self.arns.thing_group(group)),
        }));
        calls.extend(desired.billing_group.iter().map(|group| ApiCall {
            action: "AddThingToBillingGroup",
            request: Request::AddThingToBillingGroup { billing_group_name: group.clone(), thing_name: name.clone() },
            arn: Some(self.arns.billing_group(group)),
        }));
        let mut done = format!("The thing {name} is created, or found if it exists already");
        let groups = desired.groups.len();
        if groups > 0 {
            done.push_str(&format!(", and added to {groups} thing group{}", if groups == 1 { "" } else { "s" }));
        }
        if let Some(group) = &desired.billing_group {
            done.push_str(&format!(", and added to the billing group {group}"));
        }
        done.push('.');
        self.step(2, TITLE, calls, &done)
    }

    fn create_policies(&self) -> Step {
        const TITLE: &str = "Create the policy";
        if !self.has_policies {
            return self.idle(3, TITLE, "CreatePolicy", "the template declares no policy.");
        }
        let is_found = |index| self.found.is_some_and(|decision| decision.is_found(index));
        let call = |(index, policy): (usize, &DesiredPolicy)| {
            let found = self.found.and_then(|decision| decision.policies.get(index)).map(|policy| &policy.name);
            let policy_name = found.unwrap_or(&policy.name).clone();
            let arn = Some(self.arns.policy(&policy_name));
            match policy.document.clone().filter(|_| !is_found(index)) {
                Some(policy_document) => ApiCall {
                    action: "CreatePolicy",
                    request: Request::CreatePolicy { policy_name, policy_document },
                    arn,
                },
                None => ApiCall { action: "GetPolicy", request: Request::GetPolicy { policy_name }, arn },
            }
        };
        let (made, named): (Vec<_>, Vec<_>) =
            self.desired.policies.iter().partition(|policy| policy.document.is_some());
        let mut sentences = Vec::new();
        if !made.is_empty() {
            sentences.push(match made.len() {
                1 => "A policy is created from the document; AWS names it by a hash of the document.".to_owned(),
                count => format!(
                    "{count} policies are created from their documents; AWS names each by a hash of its document."
                ),
            });
        }
        if !named.is_empty() {
            let names: Vec<&str> = named.iter().map(|policy| &*policy.name).collect();
            sentences.push(format!("Policy that must exist already: {}.", names.join(", ")));
        }
        let done = match self.found {
            Some(decision) => decision.sentences(3),
            None => sentences.join(" "),
        };
        self.step(3, TITLE, self.desired.policies.iter().enumerate().map(call).collect(), &done)
    }

    fn attach_policies(&self) -> Step {
        const TITLE: &str = "Attach the policy to the certificate";
        if !self.has_policies {
            return self.idle(4, TITLE, "AttachPolicy", "the template declares no policy.");
        }
        let call = |(index, policy): (usize, &DesiredPolicy)| {
            let found = self.found.and_then(|decision| decision.policies.get(index)).map(|policy| &policy.name);
            let policy_name = found.unwrap_or(&policy.name).clone();
            let request = Request::AttachPolicy { policy_name, target: self.certificate_arn() };
            ApiCall { action: "AttachPolicy", request, arn: None }
        };
        let policies: Vec<ApiCall> = self.desired.policies.iter().enumerate().map(call).collect();
        let done = match policies.len() {
            1 => "The policy is attached to the certificate.".to_owned(),
            count => format!("{count} policies are attached to the certificate."),
        };
        self.step(4, TITLE, policies, &done)
    }

    fn attach_thing(&self) -> Step {
        const TITLE: &str = "Attach the certificate to the thing";
        if !self.has_thing {
            return self.idle(5, TITLE, "AttachThingPrincipal", "the template declares no thing.");
        }
        let Some(thing_name) = self.desired.thing_name.clone() else {
            return self.unknown(5, TITLE, "AttachThingPrincipal");
        };
        let request = Request::AttachThingPrincipal {
            thing_name,
            principal: self.certificate_arn(),
            thing_principal_type: self.desired.principal_type.clone(),
        };
        let call = ApiCall { action: "AttachThingPrincipal", request, arn: None };
        self.step(5, TITLE, vec![call], "The certificate is attached to the thing as its principal.")
    }

    fn activate(&self) -> Step {
        const TITLE: &str = "Set the certificate's status";
        if self.id.is_empty() {
            return self.unknown(6, TITLE, "UpdateCertificate");
        }
        if self.flow != Flow::Jitp && self.certificate.is_none() {
            return self.idle(6, TITLE, "UpdateCertificate", "the template declares no certificate.");
        }
        if self.outcome(6) == StepOutcome::Done && self.found.is_some_and(|found| found.kept_status().is_some()) {
            return self.idle(6, TITLE, "UpdateCertificate", "the certificate keeps its status.");
        }
        let status = self.desired.status.clone().unwrap_or_else(|| "ACTIVE".into());
        let done = format!("The certificate's status becomes {status}.");
        let request = Request::UpdateCertificate { certificate_id: self.id.to_owned(), new_status: status };
        let call = ApiCall { action: "UpdateCertificate", request, arn: self.certificate_arn() };
        self.step(6, TITLE, vec![call], &done)
    }

    fn step(&self, number: u8, title: &'static str, calls: Vec<ApiCall>, done: &str) -> Step {
        let outcome = self.outcome(number);
        let detail = match outcome {
            StepOutcome::Done => done.to_owned(),
            StepOutcome::Failed => match number {
                1 => "AWS IoT does not register the certificate.".to_owned(),
                _ if self.flow == Flow::RegisterThing => "RegisterThing fails here.".to_owned(),
                _ => "RegisterThing fails here; the certificate stays PENDING_ACTIVATION.".to_owned(),
            },
            StepOutcome::Unknown => match self.outcome.unknown_from {
                Some(from) if from != number => format!("Unknown: it depends on step {from}."),
                _ => format!("Unknown: {}", self.not_made),
            },
            StepOutcome::Skipped => match (self.outcome.verdict, self.outcome.stopped_at) {
                (Verdict::Registered, _) => "Nothing to do: the certificate is registered already.".to_owned(),
                (Verdict::NotATemplate, _) => "Never happens: the text is not a template.".to_owned(),
                (_, Some(stop)) => format!("Never happens: the plan stops at step {stop}."),
                _ => format!("Never happens: {}.", summary::refusal(self.flow, self.outcome.basis)),
            },
        };
        let mut calls = calls.into_iter();
        // A step whose resources could not be evaluated still names its action.
        let main = calls.next().unwrap_or(ApiCall {
            action: if number == 3 { "CreatePolicy" } else { "AttachPolicy" },
            request: Request::Unknown {},
            arn: None,
        });
        let arn = main.arn.filter(|_| outcome == StepOutcome::Done);
        let diagnostics =
            self.outcome.errors.iter().filter(|(step, _)| *step == number).map(|(_, code)| *code).collect();
        Step {
            number,
            title,
            action: main.action,
            request: main.request,
            outcome,
            detail,
            arn,
            depends_on: depends_on(number),
            more: calls
                .map(|call| ApiCall { arn: call.arn.filter(|_| outcome == StepOutcome::Done), ..call })
                .collect(),
            diagnostics,
        }
    }

    /// A step with an unknown request, since a value for it is missing. It never happens.
    fn unknown(&self, number: u8, title: &'static str, action: &'static str) -> Step {
        self.step(number, title, vec![ApiCall { action, request: Request::Unknown {}, arn: None }], "")
    }

    /// A step that has nothing to do.
    fn idle(&self, number: u8, title: &'static str, action: &'static str, why: &str) -> Step {
        if self.outcome(number) == StepOutcome::Failed {
            // RegisterThing fails before it gets so far as to have nothing to do.
            return self.unknown(number, title, action);
        }
        Step {
            outcome: StepOutcome::Skipped,
            detail: format!("Nothing to do: {why}"),
            arn: None,
            ..self.unknown(number, title, action)
        }
    }

    fn outcome(&self, number: u8) -> StepOutcome {
        self.outcome.of_step(number)
    }

    fn certificate_arn(&self) -> Option<String> {
        (!self.id.is_empty()).then(|| self.arns.certificate(self.id))
    }
}

/// The steps whose results a step uses.
fn depends_on(number: u8) -> &'static [u8] {
    match number {
        1 => &[],
        4 => &[1, 3],
        5 => &[1, 2],
        _ => &[1],
    }
}
