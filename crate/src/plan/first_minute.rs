//! The device's first minute after the six steps: what it does next, the outcome, what it sees if that fails, and where AWS shows it.
//!
//! Each text says its basis unless the policies decide. The names of metrics are from AWS's pages of metrics and of monitoring, those of
//! errors from reports of devices.

use super::types::{Access, AccessUse, Moment, StepOutcome, Verdict};
use crate::access::{Answer, Verb};
use crate::flow::Flow;
use std::borrow::Cow;

/// What is known when the steps are done.
pub struct Provisioned<'p> {
    pub flow: Flow,
    pub verdict: Verdict,
    /// The certificate's status.
    pub status: Option<&'p str>,
    pub access: &'p Access,
    /// Whether a policy is attached that exists already.
    pub has_named_policy: bool,
}

const DROPPED: &str = "AWS SDKs report AWS_ERROR_MQTT_UNEXPECTED_HANGUP (observed).";
const CONNACK: &str = "With MQTT 5 the CONNACK has the reason code 0x87, Not authorized (observed).";
const SUBACK: &str = "The SUBACK has the code 0x80, with MQTT 5 0x87; older reports have a disconnect (observed).";
const PUBACK: &str =
    "With MQTT 3.1.1 the connection is closed; with MQTT 5 the PUBACK of QoS 1 has the reason code 0x87 (observed).";
const SILENT: &str = "The device sees nothing: no message arrives, and its subscription was accepted.";
const LOGS: &str = "The logs of AWS IoT, which are off by default, have an entry with AUTHORIZATION_FAILURE (observed). They are turned on \
                    by aws iot set-v2-logging-options --role-arn ROLE --default-log-level ERROR (documented).";
const TRAIL: &str = "AWS CloudTrail does not show what devices do over MQTT (documented).";

impl Provisioned<'_> {
    /// The moments, in the order in which they come.
    pub fn first_minute(&self) -> Vec<Moment> {
        let mut moments = Vec::with_capacity(6);
        self.reconnect(&mut moments);
        if self.access.over == AccessUse::Https && self.access.connects == Answer::Denied {
            moments.push(Moment {
                title: "HTTPS calls",
                outcome: StepOutcome::Done,
                detail: "The policies allow HTTPS calls only. They need no MQTT connection (documented).".into(),
                seen: Vec::new(),
            });
            return moments;
        }
        moments.push(self.connect());
        for (verb, title, nothing, [seen, metric]) in [
            (
                Verb::Subscribe,
                "SUBSCRIBE",
                "The policies name no topic filter to subscribe to.",
                [SUBACK, "Amazon CloudWatch: the metric Subscribe.AuthError (documented)."],
            ),
            (
                Verb::Publish,
                "PUBLISH",
                "The policies name no topic to publish to.",
                [PUBACK, "Amazon CloudWatch: the metric PublishIn.AuthError (documented)."],
            ),
            (
                Verb::Receive,
                "A message arrives",
                "The policies name no topic to receive from.",
                [SILENT, "Amazon CloudWatch: the metric PublishOut.AuthError (documented)."],
            ),
        ] {
            moments.push(self.moment(verb, title, nothing, [seen, metric]));
        }
        self.explain_where(&mut moments);
        moments
    }

    fn reconnect(&self, moments: &mut Vec<Moment>) {
        if self.verdict == Verdict::Registered {
            return;
        }
        let known = if self.verdict == Verdict::Provisions { StepOutcome::Done } else { StepOutcome::Unknown };
        if self.flow == Flow::Jitp {
            moments.push(Moment {
                title: "The first connection is dropped",
                outcome: known,
                detail:
                    "The connection that triggers provisioning is always dropped, whatever the policies say (observed)."
                        .into(),
                seen: vec![DROPPED],
            });
        }
        let (outcome, detail) = match (self.status, self.flow) {
            (Some("INACTIVE"), _) => (
                StepOutcome::Failed,
                "AWS IoT refuses a certificate that is INACTIVE (documented). The device can connect after somebody sets it to ACTIVE.",
            ),
            (Some(status), _) if status != "ACTIVE" => (
                StepOutcome::Failed,
                "AWS IoT refuses a certificate that is not ACTIVE (documented). The device can connect after somebody sets it to ACTIVE.",
            ),
            (_, Flow::RegisterThing) => return,
            (_, Flow::Fleet) => {
                (known, "The device connects again with its new certificate, and sends SNI (documented).")
            }
            (_, Flow::Jitp) => (
                known,
                "The device connects again after its certificate has become ACTIVE, and sends SNI (documented). It need not send its CA.",
            ),
        };
        let seen = match self.has_named_policy {
            true => vec!["A change of a policy that exists already applies after 6 to 8 minutes (documented)."],
            false => Vec::new(),
        };
        moments.push(Moment { title: "The device connects again", outcome, detail: detail.into(), seen });
    }

    fn connect(&self) -> Moment {
        let access = self.access;
        let (outcome, seen) = match access.connects {
            Answer::Allowed => (StepOutcome::Done, Vec::new()),
            Answer::Unknown => (StepOutcome::Unknown, vec![CONNACK]),
            Answer::Denied => (
                StepOutcome::Failed,
                vec![DROPPED, CONNACK, "Amazon CloudWatch: the metric Connect.AuthError (documented)."],
            ),
        };
        Moment { title: "CONNECT", outcome, detail: access.headline.clone().into(), seen }
    }

    /// The outcome of one kind of request, by the rights.
    fn moment(&self, verb: Verb, title: &'static str, nothing: &'static str, seen: [&'static str; 2]) -> Moment {
        let of = |outcome, detail: Cow<'static, str>, seen| Moment { title, outcome, detail, seen };
        if self.access.connects == Answer::Denied {
            return of(StepOutcome::Skipped, "It needs a connection.".into(), Vec::new());
        }
        let rights = || self.access.may.iter().filter(|right| right.verb == verb);
        let with = |answer| rights().filter(move |right| right.answer == answer);
        if let Some(first) = with(Answer::Allowed).next() {
            let more = with(Answer::Allowed).count() - 1;
            let but = if first.reason.is_some() { ", with exceptions" } else { "" };
            let words = match more {
                0 => ["Allowed: ", &first.resource, but, "."].concat(),
                _ => format!("Allowed: {}{but}, and {more} more.", first.resource),
            };
            let outcome =
                if self.access.connects == Answer::Allowed { StepOutcome::Done } else { StepOutcome::Unknown };
            return of(outcome, words.into(), Vec::new());
        }
        if let Some(first) = with(Answer::Unknown).next() {
            let reason = first.reason.clone().unwrap_or_default();
            return of(StepOutcome::Unknown, reason.into(), Vec::new());
        }
        match with(Answer::Denied).next() {
            Some(first) => of(StepOutcome::Failed, first.reason.clone().unwrap_or_default().into(), seen.to_vec()),
            None => of(StepOutcome::Skipped, nothing.into(), Vec::new()),
        }
    }

    /// Says once where AWS shows a refused request.
    fn explain_where(&self, moments: &mut [Moment]) {
        let is_refused = |moment: &&mut Moment| moment.outcome == StepOutcome::Failed && moment.seen.len() > 1;
        if let Some(first) = moments.iter_mut().find(is_refused) {
            first.seen.extend([LOGS, TRAIL]);
        }
    }
}
