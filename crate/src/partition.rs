//! The partitions of AWS: parts with accounts, Regions and ARNs of their own.

/// A partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its name in ARNs.
    pub id: &'static str,
    /// The start of the names of its Regions. A direction and a number follow.
    groups: &'static [&'static str],
}

/// Every partition that botocore 1.44.8 lists, with the Regions' `regionRegex` split (`data/partitions.json`,
/// `data/endpoints.json`).
pub const PARTITIONS: [Partition; 8] = [
    Partition { id: "aws", groups: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"] },
    Partition { id: "aws-cn", groups: &["cn"] },
    Partition { id: "aws-us-gov", groups: &["us-gov"] },
    Partition { id: "aws-iso", groups: &["us-iso"] },
    Partition { id: "aws-iso-b", groups: &["us-isob"] },
    Partition { id: "aws-iso-e", groups: &["eu-isoe"] },
    Partition { id: "aws-iso-f", groups: &["us-isof"] },
    Partition { id: "aws-eusc", groups: &["eusc-de"] },
];

/// The partition of a Region; `None` for a Region that no partition's pattern fits.
pub fn of_region(region: &str) -> Option<&'static str> {
    let mut parts = region.rsplitn(3, '-');
    let (number, direction, group) = (parts.next()?, parts.next()?, parts.next()?);
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let found = PARTITIONS.iter().find(|partition| partition.groups.contains(&group))?;
    (is_number && is_word(direction)).then_some(found.id)
}

/// The same for JavaScript: `pkg/src/regions.ts`, a pattern of Regions for each partition.
#[cfg(not(target_arch = "wasm32"))]
pub fn typescript() -> String {
    let rows = PARTITIONS.iter().map(|partition| {
        let groups = partition.groups.join("|");
        format!("  {{ id: \"{}\", regions: /^(?:{groups})-\\w+-\\d+$/ }},\n", partition.id)
    });
    format!(
        "// Generated from crate/src/partition.rs by `cargo xtask docs`.\n\n\
         /** The partitions of AWS, each with the pattern of its Regions' names. */\n\
         export const PARTITIONS: readonly {{ id: string; regions: RegExp }}[] = [\n{}];\n",
        rows.collect::<String>()
    )
}

/// Whether ARNs can have this partition.
pub fn is_known(id: &str) -> bool {
    PARTITIONS.iter().any(|partition| partition.id == id)
}

/// The names of all partitions.
#[cold]
pub fn names() -> [&'static str; PARTITIONS.len()] {
    PARTITIONS.map(|partition| partition.id)
}

#[cfg(test)]
mod tests {
    use super::of_region;

    #[test]
    fn regions_have_partitions() {
        for (region, partition) in [
            ("eu-west-1", Some("aws")),
            ("us-east-2", Some("aws")),
            ("mx-central-1", Some("aws")),
            ("cn-northwest-1", Some("aws-cn")),
            ("us-gov-west-1", Some("aws-us-gov")),
            ("us-iso-east-1", Some("aws-iso")),
            ("us-isob-east-1", Some("aws-iso-b")),
            ("eu-isoe-west-1", Some("aws-iso-e")),
            ("us-isof-south-1", Some("aws-iso-f")),
            ("eusc-de-east-1", Some("aws-eusc")),
            ("us-west", None),
            ("us-gov", None),
            ("moon-east-1", None),
            ("eu-west-x", None),
            ("", None),
        ] {
            assert_eq!(of_region(region), partition, "{region}");
        }
    }
}
