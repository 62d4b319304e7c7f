//! The types of resources, and types that resemble them.

use crate::check::nearest;
use crate::vocabulary::TYPES;
use strsim::osa_distance;

/// Types of AWS IoT that resemble one of the three and are not slips for it.
const OTHER_TYPES: [&str; 6] = [
    "AWS::IoT::ThingGroup",
    "AWS::IoT::ThingType",
    "AWS::IoT::CACertificate",
    "AWS::IoT::CertificateProvider",
    "AWS::IoT::PolicyPrincipalAttachment",
    "AWS::IoT::ThingPrincipalAttachment",
];

/// The type that was meant by one that there is not.
#[cold]
pub fn near_type(text: &str) -> Option<&'static str> {
    let tail = |kind: &'_ str| kind.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if OTHER_TYPES.contains(&text) {
        return None;
    }
    // The words before the last are the same in all three, so only the last one is compared.
    let own = tail(text);
    let head = &text[..text.len() - own.len()];
    // The types of another service are not slips.
    let is_iot = ["", "AWS::", "IoT::"].contains(&head) || osa_distance(&head.to_ascii_lowercase(), "aws::iot::") <= 1;
    let tails = TYPES.map(tail);
    let near = nearest(&own, &tails.each_ref().map(String::as_str)).filter(|_| is_iot)?;
    TYPES.into_iter().find(|kind| tail(kind) == near)
}
