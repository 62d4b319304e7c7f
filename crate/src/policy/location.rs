//! The location of a policy's resources, and whether the device connects there.

use crate::arn;
use crate::check::{quoted, write};
use crate::diagnostic::{Edits, Finding};
use crate::partition;
use crate::rules;
use crate::source::SourceRange;

/// A part of an ARN that locates a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnPart {
    /// The partition.
    Partition,
    /// The service, which is always the same.
    Service,
    /// The Region.
    Region,
    /// The account.
    Account,
}

impl ArnPart {
    /// The word for it.
    fn name(self) -> &'static str {
        match self {
            ArnPart::Partition => "partition",
            ArnPart::Service => "service",
            ArnPart::Region => "Region",
            ArnPart::Account => "account",
        }
    }
}

/// A value of such a part, and its places in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The part.
    pub part: ArnPart,
    /// The value.
    pub value: String,
    /// Every place where it is.
    pub places: Vec<SourceRange>,
    /// Whether a statement that allows has it. Otherwise only statements that deny have it.
    pub allowed: bool,
}

/// A denial in a part where nothing is allowed. `open` says of each part, in their order, whether something is allowed
/// with any value. There is one finding: a wrong Region's account and partition belong to it.
pub fn elsewhere(mentions: &[Mention], open: [bool; 4]) -> Option<Finding> {
    mentions.iter().filter(|mention| !mention.allowed && !open[mention.part as usize]).find_map(|mention| {
        let mut allowed = mentions.iter().filter(|other| other.part == mention.part && other.allowed);
        let first = allowed.next()?;
        let (what, value) = (mention.part.name(), &mention.value);
        let message = format!(
            "The Deny names the {what} {value}, and the policy allows nothing there: the statement has no effect."
        );
        let finding = Finding::new_at(&rules::POLICY_NO_EFFECT, mention.places.first().copied(), message);
        Some(match allowed.next() {
            None => {
                let edits =
                    |text: &str| mention.places.iter().map(|place| (*place, text.to_owned())).collect::<Edits>();
                finding.choice(write(&first.value), edits(&first.value)).choice(write("*"), edits("*"))
            }
            Some(_) => finding,
        })
    })
}

/// Where the device connects, as far as known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Location<'a> {
    /// The Region.
    pub region: Option<&'a str>,
    /// The account.
    pub account: Option<&'a str>,
    /// The ARN of the provisioning role, which is in the same account.
    pub role: Option<(&'a str, SourceRange)>,
}

impl Location<'_> {
    /// The parts of a policy that differ from this location. Denials outside of all that is allowed are already
    /// reported.
    pub fn differences(&self, mentions: &[Mention], open: [bool; 4]) -> Vec<Finding> {
        let counts = |mention: &&Mention| {
            let part = mention.part;
            mention.allowed || open[part as usize] || !mentions.iter().any(|other| other.part == part && other.allowed)
        };
        let has = |part: ArnPart, value: &str| mentions.iter().any(|other| other.part == part && other.value == value);
        let mut found = Vec::new();
        for mention in mentions.iter().filter(counts) {
            let role = self.role.filter(|_| match mention.part {
                ArnPart::Account => self.account.is_none(),
                ArnPart::Partition => self.region.is_none(),
                _ => false,
            });
            let expected = match mention.part {
                ArnPart::Service => None,
                ArnPart::Account => self.account.or(role.and_then(|(arn, _)| arn::account(arn))),
                // A policy for several Regions names the others too.
                ArnPart::Region => self.region.filter(|region| !has(ArnPart::Region, region)),
                // A wrong Region's partition goes with it.
                ArnPart::Partition => match self.region {
                    Some(region) => partition::of_region(region).filter(|_| has(ArnPart::Region, region)),
                    None => role.map(|(arn, _)| arn::partition(arn)),
                },
            };
            if let Some(expected) = expected.filter(|expected| *expected != mention.value) {
                // Beside a Region a partition is not free.
                let is_free =
                    mention.part == ArnPart::Account || !mentions.iter().any(|other| other.part == ArnPart::Region);
                found.push(report(mention, expected, role, is_free));
            }
        }
        found
    }
}

#[cold]
fn report(mention: &Mention, expected: &str, role: Option<(&str, SourceRange)>, is_free: bool) -> Finding {
    let what = mention.part.name();
    let place = mention.places.first().copied();
    let edits = |text: &str| mention.places.iter().map(|place| (*place, text.to_owned())).collect::<Edits>();
    let title = write(expected);
    let Some((arn, role_place)) = role else {
        let message = format!("The policy names the {what} {}; the device connects to {expected}.", mention.value);
        return Finding::new_at(&rules::POLICY_ACCOUNT, place, message).fix_all(title, edits(expected));
    };
    let message = format!("The policy names the {what} {}; the provisioning role is in {expected}.", mention.value);
    let finding = Finding::new_at(&rules::POLICY_ACCOUNT, place, message).related("The role.", role_place);
    if !is_free {
        return finding.help("Name a role of the partition that the policy's Region is in.");
    }
    finding.choice(format!("{title} in the policy"), edits(expected)).choice(
        format!("{} in the role's ARN", write(&mention.value)),
        vec![(role_place, quoted(&arn.replacen(expected, &mention.value, 1)))],
    )
}
