//! Policy documents.

use super::sources::{PERMISSIVE, POLICIES, POLICY_ACTIONS, THING_VARIABLES};

rules! {
    POLICY_NO_CONNECT: "JITP090" "policy-no-connect" Warning Connect Documented POLICY_ACTIONS,
        "Nothing in the template allows iot:Connect, so the device is provisioned and then cannot connect.",
        "",
        Text "" => "";
    POLICY_VERSION: "JITP091" "policy-version" Warning Connect Documented POLICIES,
        "A policy document has the Version \"2012-10-17\"; without it variables are not substituted.",
        "",
        Text "" => "";
    POLICY_STRUCTURE: "JITP092" "policy-structure" Error Connect Documented POLICIES,
        "A policy document has statements, each with Effect, Action and Resource.",
        "",
        Text "" => "";
    POLICY_UNKNOWN_KEY: "JITP093" "policy-unknown-key" Warning Connect Assumed POLICIES,
        "The key is none of the policy language.",
        "",
        Text "" => "";
    POLICY_ACTION: "JITP094" "policy-action" Warning Connect Documented POLICY_ACTIONS,
        "The action is none of those that AWS IoT Core checks for a device.",
        "",
        Text "" => "";
    POLICY_RESOURCE_TYPE: "JITP095" "policy-resource-type" Warning Connect Documented POLICY_ACTIONS,
        "The resource is of another type than the action is checked on, so that the statement never applies.",
        "",
        Text "" => "";
    POLICY_ARN: "JITP096" "policy-arn" Warning Connect Documented POLICIES,
        "A Resource is an ARN of AWS IoT, or *.",
        "",
        Text "" => "";
    POLICY_ACCOUNT: "JITP097" "policy-account" Warning Connect Documented POLICIES,
        "The policy names another account, Region or partition than the device connects to.",
        "",
        Text "" => "";
    POLICY_PERMISSIVE: "JITP098" "policy-permissive" Warning Connect Documented PERMISSIVE,
        "The policy allows a device what belongs to all devices.",
        "",
        Text "" => "";
    POLICY_CLIENT_ID: "JITP099" "policy-client-id" Warning Connect Documented THING_VARIABLES,
        "The policy lets a device connect by its thing's name only, and the template gives the thing a name that the device is unlikely to use as client ID.",
        "",
        Text "" => "";
}
