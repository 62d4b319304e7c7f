//! What one certificate, or one set of parameters, does to the template.

use super::sources::{JITP, TEMPLATES};

rules! {
    PARAMETER_MISSING: "JITP100" "parameter-missing" Error Connect Documented JITP,
        "The certificate must have a value for every declared parameter that has no Default.",
        "",
        Text "" => "";
    SEVERAL_VALUES: "JITP101" "several-values" Warning Connect Assumed JITP,
        "Of several values of one subject attribute the first is taken.",
        "",
        Text "" => "";
    SERIAL_READING: "JITP102" "serial-reading" Hint Connect Observed JITP,
        "SerialNumber is documented as the subject's attribute and observed as the certificate's own serial number.",
        "",
        Text "" => "";
    THING_NAME_IS_ID: "JITP103" "thing-name-is-id" Hint Connect Observed JITP,
        "The thing is named by the 64 hexadecimal digits of the certificate ID.",
        "",
        Text "" => "";
    PARAMETER_NOT_GIVEN: "JITP104" "parameter-not-given" Error Connect Documented TEMPLATES,
        "A parameter without a Default has to be given to RegisterThing.",
        "",
        Text "" => "";
}
