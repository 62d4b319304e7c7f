//! Limits of the service.

use super::sources::{CREATE_POLICY, CREATE_THING, QUOTAS, REGISTER_THING};

rules! {
    RESOURCE_NAME: "JITP080" "resource-name" Error Connect Documented CREATE_THING,
        "Names of things, types and groups have 1 to 128 characters of [a-zA-Z0-9:_-].",
        "",
        Text "" => "";
    ATTRIBUTE: "JITP081" "attribute" Error Connect Documented CREATE_THING,
        "Attribute names and values take a narrow set of characters, no blanks among them.",
        "",
        Text "" => "";
    TOO_MANY_ATTRIBUTES: "JITP082" "too-many-attributes" Error Connect Documented QUOTAS,
        "A thing has at most 3 attributes without a thing type, 50 with one.",
        "",
        Text "" => "";
    TOO_MANY_GROUPS: "JITP083" "too-many-groups" Error Connect Documented QUOTAS,
        "A thing belongs to at most 10 groups.",
        "",
        Text "" => "";
    POLICY_NAME: "JITP084" "policy-name" Error Connect Documented CREATE_POLICY,
        r"A policy's name has 1 to 128 characters of [\w+=,.@-].",
        "",
        Text "" => "";
    POLICY_TOO_LONG: "JITP085" "policy-too-long" Error Connect Documented QUOTAS,
        "A policy document has at most 2,048 characters, white space not counted.",
        "",
        Text "" => "";
    TOO_MANY_POLICIES: "JITP086" "too-many-policies" Error Connect Documented QUOTAS,
        "At most 10 policies are attached to a certificate.",
        "",
        Text "" => "";
    VALUE_TOO_LONG: "JITP087" "value-too-long" Error Connect Documented REGISTER_THING,
        "A value passed to RegisterThing has at most 4,096 characters.",
        "",
        Text "" => "";
}
