//! The kinds of resources, and the members that each has, as jitp's own form and the outputs of AWS write them.

/// A kind of resource. Its number is its row in [`KINDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Things,
    Certificates,
    Policies,
    ThingTypes,
    ThingGroups,
    BillingGroups,
    CaCertificates,
    ProvisioningTemplates,
}

/// What is the same for all resources of a kind.
pub struct KindTable {
    /// The kind.
    pub kind: Kind,
    /// Its key in jitp's own form.
    pub key: &'static str,
    /// One of them, without an article.
    pub what: &'static str,
    /// The keys of its name: that of an output about one, and that of an element of a list.
    pub names: [&'static str; 2],
    /// Its members.
    pub members: &'static [MemberTable],
}

/// A member of a resource.
pub struct MemberTable {
    /// Its key in jitp's own form, and in an output.
    pub key: &'static str,
    /// What its value can be.
    pub shape: Shape,
    /// The key of the object that has it in an output; empty for the output itself.
    pub within: &'static str,
    /// What it means if an output lacks it.
    pub lacking: Lacking,
    /// The kind whose resources its values name.
    pub refers: Option<Kind>,
}

/// What the value of a member can be.
#[derive(Clone, Copy)]
pub enum Shape {
    /// One of AWS's words.
    Word(&'static [&'static str]),
    /// A text, or `null` for none.
    OptionalText,
    /// A document: JSON in a text, or an object. `null` is none, if there can be none.
    Document { optional: bool },
    /// `true` or `false`.
    Flag,
    /// A list of names.
    Names,
    /// Texts by names.
    Texts,
    /// Principals, each an ARN or an object.
    Principals,
}

/// What it means if an output lacks a member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Nothing: the output does not tell.
    Unknown,
    /// There is none, if the output is about this resource alone.
    NoneIfDescribed,
    /// There is none, in lists, too.
    None,
}

const fn member(key: &'static str, shape: Shape) -> MemberTable {
    MemberTable { key, shape, within: "", lacking: Lacking::Unknown, refers: None }
}

/// The rows, in the order of [`Kind`].
pub const KINDS: [KindTable; 8] = [
    KindTable {
        kind: Kind::Things,
        key: "things",
        what: "thing",
        names: ["thingName", "thingName"],
        members: &[
            MemberTable {
                lacking: Lacking::None,
                refers: Some(Kind::ThingTypes),
                ..member("thingTypeName", Shape::OptionalText)
            },
            member("attributes", Shape::Texts),
            MemberTable { refers: Some(Kind::ThingGroups), ..member("thingGroups", Shape::Names) },
            MemberTable {
                lacking: Lacking::NoneIfDescribed,
                refers: Some(Kind::BillingGroups),
                ..member("billingGroupName", Shape::OptionalText)
            },
            member("principals", Shape::Principals),
        ],
    },
    KindTable {
        kind: Kind::Certificates,
        key: "certificates",
        what: "certificate",
        names: ["certificateId", "certificateId"],
        members: &[
            member(
                "status",
                Shape::Word(&[
                    "ACTIVE",
                    "INACTIVE",
                    "REVOKED",
                    "PENDING_TRANSFER",
                    "REGISTER_INACTIVE",
                    "PENDING_ACTIVATION",
                ]),
            ),
            MemberTable { refers: Some(Kind::Policies), ..member("policies", Shape::Names) },
        ],
    },
    KindTable {
        kind: Kind::Policies,
        key: "policies",
        what: "policy",
        names: ["policyName", "policyName"],
        members: &[member("policyDocument", Shape::Document { optional: false })],
    },
    KindTable {
        kind: Kind::ThingTypes,
        key: "thingTypes",
        what: "thing type",
        names: ["thingTypeName", "thingTypeName"],
        members: &[MemberTable { within: "thingTypeMetadata", ..member("deprecated", Shape::Flag) }],
    },
    KindTable {
        kind: Kind::ThingGroups,
        key: "thingGroups",
        what: "thing group",
        names: ["thingGroupName", "groupName"],
        members: &[
            MemberTable { refers: Some(Kind::Policies), ..member("policies", Shape::Names) },
            MemberTable {
                within: "thingGroupMetadata",
                lacking: Lacking::NoneIfDescribed,
                refers: Some(Kind::ThingGroups),
                ..member("parentGroupName", Shape::OptionalText)
            },
            member("dynamic", Shape::Flag),
        ],
    },
    KindTable {
        kind: Kind::BillingGroups,
        key: "billingGroups",
        what: "billing group",
        names: ["billingGroupName", "groupName"],
        members: &[],
    },
    KindTable {
        kind: Kind::CaCertificates,
        key: "caCertificates",
        what: "CA certificate",
        names: ["certificateId", "certificateId"],
        members: &[
            member("status", Shape::Word(&["ACTIVE", "INACTIVE"])),
            member("autoRegistrationStatus", Shape::Word(&["ENABLE", "DISABLE"])),
            member("certificateMode", Shape::Word(&["DEFAULT", "SNI_ONLY"])),
            MemberTable {
                within: "registrationConfig",
                lacking: Lacking::NoneIfDescribed,
                ..member("templateName", Shape::OptionalText)
            },
            MemberTable {
                within: "registrationConfig",
                lacking: Lacking::NoneIfDescribed,
                ..member("templateBody", Shape::Document { optional: true })
            },
        ],
    },
    KindTable {
        kind: Kind::ProvisioningTemplates,
        key: "provisioningTemplates",
        what: "provisioning template",
        names: ["templateName", "templateName"],
        members: &[
            member("type", Shape::Word(&["JITP", "FLEET_PROVISIONING"])),
            member("enabled", Shape::Flag),
            member("templateBody", Shape::Document { optional: false }),
        ],
    },
];

impl Kind {
    /// What is the same for all of them.
    pub fn table(self) -> &'static KindTable {
        &KINDS[self as usize]
    }

    /// The number of a member that the kind has.
    pub fn member(self, key: &str) -> Option<usize> {
        self.table().members.iter().position(|member| member.key == key)
    }
}
