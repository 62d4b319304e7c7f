//! The ARNs of AWS IoT's resources as policies write them: with wildcards and variables.

use super::actions::{EVERYTHING, ResourceTypes, TYPES};
use super::pattern::matches;
use super::variables::end_of;
use crate::check::{leftover, nearest, quoted};
use crate::source::Node;
use std::ops::Range;

/// The location and the type of a resource in a policy. Each part is a range of the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arn {
    /// Partition, service, Region and account; absent if there is a wildcard or a variable.
    pub parts: [Option<Range<usize>>; 4],
    /// The type of the resource, before the slash; empty if a wildcard leaves it open.
    pub kind: Range<usize>,
    /// What is after the slash.
    pub rest: Range<usize>,
    /// The types that the resource can be of.
    pub types: ResourceTypes,
}

/// A resource of a statement.
pub struct Resource<'n> {
    pub node: &'n Node,
    pub text: &'n str,
    pub arn: Arn,
}

impl Resource<'_> {
    /// What is after the type.
    pub fn rest(&self) -> &str {
        &self.text[self.arn.rest.clone()]
    }
}

/// Why a text is not an ARN of AWS IoT.
#[derive(Debug)]
pub struct ArnProblem {
    /// The part that is wrong.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The correct text, if that is evident.
    pub replacement: Option<&'static str>,
    /// What kind of problem it is.
    pub kind: ArnProblemKind,
}

/// Kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnProblemKind {
    /// The text does not even begin as an ARN does.
    NoArn,
    /// A part is empty that has a value in every ARN of AWS IoT.
    Empty,
    /// It is an ARN, and not one of AWS IoT.
    Wrong,
    /// A wildcard in a part where IAM allows none.
    Wide,
}

impl ArnProblem {
    /// Whether something left over of another language is in the part that is wrong.
    #[cold]
    pub fn overlaps_a_leftover(&self, text: &str) -> bool {
        let part = match self.kind {
            ArnProblemKind::NoArn => 0..text.find(':').unwrap_or(text.len()),
            _ => self.range.clone(),
        };
        leftover::find(text).iter().any(|left| left.range.start < part.end && part.start < left.range.end)
    }

    #[cold]
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), replacement: None, kind: ArnProblemKind::Wrong }
    }
}

/// Reads a Resource of a policy.
pub fn parse(text: &str) -> Result<Arn, ArnProblem> {
    if text == "*" {
        return Ok(Arn { types: ResourceTypes::MAX, ..Arn::default() });
    }
    let parts = split(text);
    let part = |index: usize| parts.get(index).cloned().unwrap_or_default();
    // A wildcard at the end of the ARN matches any text, colons included. The value of a variable is unknown here.
    let last = parts.last().map_or("", |last| &text[last.clone()]);
    let open = last.contains("${") && !last[..wildcard(last)].contains('/')
        || last.ends_with('*') && of_resource(last).is_none();
    if !matches(&text[part(0)], "arn") {
        let message = format!("{} is neither an ARN nor \"*\".", quoted(text));
        return Err(ArnProblem { kind: ArnProblemKind::NoArn, ..ArnProblem::new(0..text.len(), message) });
    }
    let crossing = || parts[1..].iter().take(4).find(|part| part.len() > 1 && crosses(&text[(*part).clone()]));
    if let Some(range) = crossing().cloned() {
        let message =
            format!("The wildcard in {} cannot match more than one part of the ARN.", quoted(&text[range.clone()]));
        return Err(ArnProblem { kind: ArnProblemKind::Wide, ..ArnProblem::new(range, message) });
    }
    if parts.len() < 6 && !open {
        let message = format!("{} has {} parts between colons; an ARN has six.", quoted(text), parts.len());
        return Err(ArnProblem::new(0..text.len(), message));
    }
    let mut arn = Arn { types: ResourceTypes::MAX, ..Arn::default() };
    for index in 0..arn.parts.len() {
        let range = part(index + 1);
        let found = &text[range.clone()];
        // The last part, if it is not the resource, ends in a wildcard.
        let missing = parts.len() < 6 && index + 2 >= parts.len();
        if index == 1 && (index + 1 >= parts.len() || wildcard(found) < found.len() && !found.contains("${")) {
            let range = if range.is_empty() { part(parts.len() - 1) } else { range };
            return Err(wild_service(&text[range.clone()], range, parts.len()));
        }
        if missing || wildcard(found) < found.len() {
            continue;
        }
        if found == "greengrass" {
            return Ok(arn);
        }
        if found.is_empty() && parts.len() == 6 {
            return Err(empty(text, &parts));
        }
        let is_right = match index {
            0 => found.starts_with("aws"),
            1 => found == "iot",
            2 => is_region(found),
            _ => is_account(found),
        };
        if !is_right {
            return Err(wrong_part(index, found, range));
        }
        arn.parts[index] = Some(range);
    }
    match parts.len() {
        6 => read_resource(text, part(5), &mut arn)?,
        count => arn.rest = part(count - 1),
    }
    Ok(arn)
}

/// The beginning of the resource in a part: a slash, or the name of a type.
fn of_resource(part: &str) -> Option<usize> {
    let bytes = part.as_bytes();
    let begins = |rest: &[u8]| rest[0] == b'/' || TYPES.iter().any(|kind| rest.starts_with(kind.as_bytes()));
    (0..bytes.len()).find(|at| begins(&bytes[*at..]))
}

/// Whether a wildcard is in a part for what belongs before the resource.
fn crosses(part: &str) -> bool {
    !part.contains("${") && of_resource(part).is_some_and(|at| wildcard(part) < at)
}

#[cold]
fn wild_service(found: &str, range: Range<usize>, count: usize) -> ArnProblem {
    let message = format!("{} has a wildcard in the service part of the ARN, which allows none.", quoted(found));
    let replacement = (count == 6 && matches(found, "iot")).then_some("iot");
    ArnProblem { replacement, kind: ArnProblemKind::Wide, ..ArnProblem::new(range, message) }
}

/// The parts of an ARN in words, in their order.
const PARTS: [&str; 4] = ["partition", "service", "Region", "account"];

#[cold]
fn empty(text: &str, parts: &[Range<usize>]) -> ArnProblem {
    let missing: Vec<&str> =
        PARTS.iter().zip(&parts[1..]).filter(|(_, range)| range.is_empty()).map(|(name, _)| *name).collect();
    let whole = parts[1].start..parts[4].end;
    let message = format!("The ARN {} has no {}.", quoted(text), missing.join(" and no "));
    ArnProblem { kind: ArnProblemKind::Empty, ..ArnProblem::new(whole, message) }
}

#[cold]
fn wrong_part(index: usize, found: &str, range: Range<usize>) -> ArnProblem {
    let (right, replacement) =
        [("aws, aws-cn or aws-us-gov", "aws"), ("iot", "iot"), ("one of AWS's", ""), ("twelve digits", "")][index];
    let what = PARTS[index];
    let message = format!("The {what} of the ARN is {}, not {right}.", quoted(found));
    let replacement =
        found.eq_ignore_ascii_case(replacement).then_some(replacement).filter(|replacement| !replacement.is_empty());
    ArnProblem { replacement, ..ArnProblem::new(range, message) }
}

/// Reads the last part: the type, a slash, and the name.
fn read_resource(text: &str, range: Range<usize>, arn: &mut Arn) -> Result<(), ArnProblem> {
    let resource = &text[range.clone()];
    let wild = wildcard(resource);
    let end = resource.bytes().position(|byte| matches!(byte, b'/' | b':')).unwrap_or(resource.len());
    if wild < end {
        // A wildcard leaves the type open: `*`, `topic*`.
        let open = format!("{}*", &resource[..wild]);
        let fits = |kind: &str| matches(&open, &format!("{kind}/"));
        arn.types = TYPES.iter().enumerate().map(|(bit, kind)| ResourceTypes::from(fits(kind)) << bit).sum();
        arn.rest = range.start + wild..range.end;
        if wild == 0 {
            arn.types |= EVERYTHING;
        }
        return Ok(());
    }
    let kind = &resource[..end];
    arn.kind = range.start..range.start + end;
    arn.rest = (range.start + end + 1).min(range.end)..range.end;
    let known = TYPES.iter().position(|known| *known == kind);
    if let Some(bit) = known {
        arn.types = 1 << bit;
        if resource[end..].starts_with(':') {
            let slash = range.start + end..range.start + end + 1;
            let message = format!("A slash, not a colon, must follow {kind} in the ARN.");
            return Err(ArnProblem { replacement: Some("/"), ..ArnProblem::new(slash, message) });
        }
        return Ok(());
    }
    if kind.is_empty() {
        // The audit page's own examples have `:/thing/…`.
        return Ok(());
    }
    arn.types = 0;
    match near_type(kind) {
        Some(near) => {
            let message = format!("{} is not a resource type.", quoted(kind));
            Err(ArnProblem { replacement: Some(near), ..ArnProblem::new(arn.kind.clone(), message) })
        }
        None => Ok(()),
    }
}

/// The beginning of the first wildcard or variable; the end if there is none.
fn wildcard(text: &str) -> usize {
    let bytes = text.as_bytes();
    let begins = |at: &usize| matches!(bytes[*at..], [b'*' | b'?', ..] | [b'$', b'{', ..]);
    (0..bytes.len()).find(begins).unwrap_or(bytes.len())
}

/// The type that a misspelt one was meant to be.
#[cold]
fn near_type(kind: &str) -> Option<&'static str> {
    // Types of AWS IoT that are near to one of the table, and no slip.
    const OTHERS: [&str; 2] = ["thinggroup", "thingtype"];
    let lower = kind.to_ascii_lowercase().replace(['-', '_'], "");
    if OTHERS.contains(&lower.as_str()) { None } else { nearest(&lower, &TYPES) }
}

/// The parts between colons, at most six. Colons within variables do not count.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::with_capacity(6);
    let (mut start, mut at) = (0, 0);
    // Nothing is closed after the last brace, so there is no need to search.
    let last = text.rfind('}').unwrap_or(0);
    while at < bytes.len() && parts.len() < 5 {
        if bytes[at] == b':' {
            parts.push(start..at);
            start = at + 1;
        } else if let Some(end) = (at < last).then(|| end_of(text, at)).flatten() {
            at = end;
            continue;
        }
        at += 1;
    }
    parts.push(start..text.len());
    parts
}

fn is_region(text: &str) -> bool {
    text.contains('-')
        && text.ends_with(|last: char| last.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether a text is an account.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::actions::{CLIENT, THING, TOPIC, TOPIC_FILTER};
    use super::*;

    fn parts(text: &str) -> [Option<&str>; 5] {
        let arn = parse(text).unwrap_or_else(|problem| panic!("{text}: {}", problem.message));
        let [partition, _, region, account] = arn.parts.map(|range| range.map(|range| &text[range]));
        [partition, region, account, Some(&text[arn.kind]), Some(&text[arn.rest])]
    }

    #[test]
    fn arns_have_parts() {
        assert_eq!(
            parts("arn:aws-cn:iot:cn-north-1:123456789012:topic/a:b/c"),
            [Some("aws-cn"), Some("cn-north-1"), Some("123456789012"), Some("topic"), Some("a:b/c")]
        );
        assert_eq!(
            parts("arn:${AWS::Partition}:iot:*:${AWS::AccountId}:client/${iot:ClientId}"),
            [None, None, None, Some("client"), Some("${iot:ClientId}")]
        );
    }

    #[test]
    fn wildcards_leave_types_open() {
        for (text, types) in [
            ("*", ResourceTypes::MAX),
            ("arn:aws:iot:*", ResourceTypes::MAX),
            ("arn:aws:iot:eu-*-1*", ResourceTypes::MAX),
            ("arn:aws:iot:eu-west-1:*", ResourceTypes::MAX),
            ("arn:aws:iot:eu-west-1:1234*", ResourceTypes::MAX),
            ("arn:*:iot:*:*:topic/x", TOPIC),
            ("arn:aws:iot:eu-west-1:*:topic/x", TOPIC),
            ("arn:aws:iot:eu-west-1:*:topic/a:*:b", TOPIC),
            ("arn:aws:iot:${AWS::Region}*", ResourceTypes::MAX),
            ("arn:aws:iot:eu-west-1:123456789012:client/*", CLIENT),
            ("arn:aws:iot:eu-west-1:123456789012:topic*", TOPIC | TOPIC_FILTER),
            ("arn:aws:iot:eu-west-1:123456789012:t?pic/*", TOPIC | TOPIC_FILTER | THING),
            ("arn:aws:iot:eu-west-1:123456789012:thinggroup/x", 0),
            ("arn:aws:greengrass:eu-west-1:123456789012:/greengrass/x", ResourceTypes::MAX),
        ] {
            assert_eq!(parse(text).map(|arn| arn.types).ok(), Some(types), "{text}");
        }
        let any = parse("arn:aws:iot:eu-west-1:123456789012:*").map(|arn| arn.types);
        assert!(any.is_ok_and(|types| types & (CLIENT | EVERYTHING) == CLIENT | EVERYTHING));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_range() {
        for (text, wrong, replacement) in [
            ("topic/foo", "topic/foo", None),
            ("arn:aws:iot:::topic/foo", "aws:iot::", None),
            ("arn:aws:iot:eu-west-1::topic/foo", "aws:iot:eu-west-1:", None),
            ("arn:*", "*", None),
            ("arn:aws:*", "*", None),
            ("arn:aws:*:eu-west-1:123456789012:topic/a", "*", Some("iot")),
            ("arn:aws:i?t:eu-west-1:123456789012:topic/a", "i?t", Some("iot")),
            ("arn:aws:s*:eu-west-1:123456789012:topic/a", "s*", None),
            ("arn:aws:iot:*topic/x", "*topic/x", None),
            ("arn:aws:iot:*topic/a:b:c", "*topic/a", None),
            ("arn:aws:iot:*topic*", "*topic*", None),
            ("arn:aws:iot:eu-west-1:*topic/x", "*topic/x", None),
            ("arn:aws:iot:eu-west-1:1234*client/*", "1234*client/*", None),
            ("arn:aws:iot:*:topic/x", "arn:aws:iot:*:topic/x", None),
            ("arn:aws:iot:eu-west-1:?", "arn:aws:iot:eu-west-1:?", None),
            ("arn:aws:iot:topic/foo", "arn:aws:iot:topic/foo", None),
            ("arn:aws:iot:eu-west-1:topic/*", "arn:aws:iot:eu-west-1:topic/*", None),
            ("arn:AWS:iot:eu-west-1:123456789012:topic/a", "AWS", Some("aws")),
            ("arn:aws:iam::123456789012:role/x", "iam", None),
            ("arn:aws:iot:<region>:123456789012:topic/a", "<region>", None),
            ("arn:aws:iot:eu-west-1:12345:topic/a", "12345", None),
            ("arn:aws:iot:eu-west-1:123456789012:topic:a", ":", Some("/")),
            ("arn:aws:iot:eu-west-1:123456789012:Topic-Filter/a", "Topic-Filter", Some("topicfilter")),
            ("arn:aws:iot:eu-west-1:123456789012:topics/a", "topics", Some("topic")),
        ] {
            let problem = parse(text).expect_err(text);
            assert_eq!((&text[problem.range], problem.replacement), (wrong, replacement), "{text}");
        }
    }
}
