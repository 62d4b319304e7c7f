//! Whether the devices of a template can connect, if the answer is the same for all of them.

use super::texts::constant;
use crate::access::Answer;
use crate::plan::access::{GivenPolicies, PlannedDevice};
use crate::plan::evaluate::Desired;
use crate::plan::types::{AccessUse, DryRunOptions};
use crate::template::Template;
use jitp_lane::Piece;

/// What rows say of access, with the thing's name left out.
pub struct AlikeAccess {
    /// Whether the devices can connect.
    pub connects: Answer,
    /// What their policies are for, if they cannot.
    pub over: Option<AccessUse>,
    /// The sentence, as the texts around the thing's name. None of them: there is no sentence.
    pub sentence: Vec<Box<[u8]>>,
}

/// The name that stands for all names, and others of all lengths and characters that must have the same answer.
const NAME: &str = "some-thing_of:Many0123456789";
const OTHERS: [&str; 4] = [
    "a",
    "-",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz:0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz:012345678",
];

impl AlikeAccess {
    /// What all devices have in common. `desired` holds what is the same for all of them. `None` if the answer may depend on more than the
    /// thing's name being the client ID.
    pub fn of(
        template: &Template,
        options: &DryRunOptions,
        given: &GivenPolicies,
        desired: Desired,
        thing_name: Option<&[Piece]>,
    ) -> Option<Self> {
        let mut questions = Questions { template, options, given, desired };
        match thing_name.map(constant) {
            None => questions.ask(None)?.of_one(),
            Some(Some(name)) => questions.ask(Some(&name))?.of_one(),
            Some(None) => {
                let alike = questions.ask(Some(NAME))?;
                let parts: Vec<&str> = alike.sentence.iter().flat_map(|sentence| sentence.split(NAME)).collect();
                for name in OTHERS {
                    let other = questions.ask(Some(name))?;
                    let sentence = alike.sentence.is_some().then(|| parts.join(name));
                    if (other.connects, other.over, other.sentence) != (alike.connects, alike.over, sentence) {
                        return None;
                    }
                }
                let sentence = parts.iter().map(|part| part.as_bytes().into()).collect();
                Some(Self { connects: alike.connects, over: alike.over, sentence })
            }
        }
    }
}

/// The answer for one device.
struct OneAccess {
    connects: Answer,
    over: Option<AccessUse>,
    sentence: Option<String>,
}

impl OneAccess {
    fn of_one(self) -> Option<AlikeAccess> {
        let sentence = self.sentence.iter().map(|sentence| sentence.as_bytes().into()).collect();
        Some(AlikeAccess { connects: self.connects, over: self.over, sentence })
    }
}

struct Questions<'q> {
    template: &'q Template,
    options: &'q DryRunOptions,
    given: &'q GivenPolicies,
    desired: Desired,
}

impl Questions<'_> {
    /// Asks for the device whose thing has a name, which stands for devices with other names, or for a device without a thing.
    fn ask(&mut self, name: Option<&str>) -> Option<OneAccess> {
        self.desired.thing_name = name.map(Into::into);
        let planned = PlannedDevice::new(self.template, &self.desired, None, self.options, self.given);
        let device = planned.device();
        let mut policies = device.policies.iter().chain(&device.group_policies);
        let is_alike = match name {
            Some(_) => policies.all(|policy| policy.connects_all_alike()),
            None => policies.all(|policy| !policy.asks_for_certificate),
        };
        if !is_alike {
            return None;
        }
        let context = PlannedDevice::context(self.options);
        let (connects, decision) = planned.connects(&context);
        if connects == Answer::Allowed {
            return Some(OneAccess { connects, over: None, sentence: None });
        }
        // Why nothing allows it is told by the statement that comes nearest, which depends on the name.
        let has_statements = !device.policies.is_empty() || !device.group_policies.is_empty();
        let is_on = self.desired.status.as_deref() == Some("ACTIVE");
        if connects == Answer::Denied && name.is_some() && has_statements && is_on {
            return None;
        }
        let over = planned.protocol();
        let sentence = planned.headline((connects, over), &decision, planned.client_id(&context));
        Some(OneAccess { connects, over: Some(over), sentence: Some(sentence) })
    }
}
