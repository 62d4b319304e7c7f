//! Policy variables and wildcards.

use super::sources::{CERTIFICATE_VARIABLES, POLICY_ACTIONS, VARIABLES};

rules! {
    POLICY_VARIABLE: "JITP110" "policy-variable" Warning Connect Documented VARIABLES,
        "The policy variable is none that AWS IoT Core substitutes.",
        "",
        Text "" => "";
    POLICY_VARIABLE_VALUE: "JITP111" "policy-variable-value" Warning Connect Documented CERTIFICATE_VARIABLES,
        "AWS IoT Core cannot substitute the policy variable with the value of this certificate.",
        "",
        Text "" => "";
    POLICY_WILDCARD: "JITP112" "policy-wildcard" Warning Connect Documented VARIABLES,
        "The MQTT wildcards + and # are plain characters in a policy; * is the wildcard.",
        "",
        Text "" => "";
    POLICY_DEPENDS: "JITP113" "policy-depends" Warning Connect Documented POLICY_ACTIONS,
        "An action is allowed without another one that it needs.",
        "",
        Text "" => "";
}
