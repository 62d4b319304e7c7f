//! The text: what keeps any JSON, or any key or value, from being read.

use super::sources::{RFC8259, TEMPLATES};

rules! {
    MALFORMED_JSON: "JITP001" "malformed-json" Error Attach Observed RFC8259,
        "The text, a template body or a policy document inside it, is not well-formed JSON.",
        "",
        Text "" => "";
    DUPLICATE_KEY: "JITP002" "duplicate-key" Error Attach Assumed RFC8259,
        "An object has the same key twice; which of the two counts depends on the reader.",
        "",
        Text "" => "";
    TOO_DEEP: "JITP003" "too-deep" Error Attach Assumed RFC8259,
        "Arrays and objects nest deeper than any template needs, and deeper than jitp reads.",
        "",
        Text "" => "";
    UNKNOWN_KEY: "JITP004" "unknown-key" Warning Attach Assumed TEMPLATES,
        "The key is none that AWS documents for this place, so it has no effect.",
        "",
        Text "" => "";
    KEY_CASE: "JITP005" "key-case" Error Attach Assumed TEMPLATES,
        "The key is a known one in another spelling; keys are case-sensitive.",
        "",
        Text "" => "";
    WRONG_TYPE: "JITP006" "wrong-type" Error Attach Documented TEMPLATES,
        "The value is of another JSON type than this place takes.",
        "",
        Text "" => "";
    NOT_A_STRING: "JITP007" "not-a-string" Error Attach Assumed TEMPLATES,
        "Property values are strings; a number or boolean has to be quoted.",
        "",
        Text "" => "";
}
