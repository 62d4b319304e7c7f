//! The certificate itself.

use super::sources::X509;

rules! {
    NO_CERTIFICATE: "JITP120" "no-certificate" Error Connect Documented X509,
        "The device presents an X.509 certificate that can be read.",
        "",
        Text "" => "";
    SEVERAL_CERTIFICATES: "JITP121" "several-certificates" Hint Connect Assumed X509,
        "Of several certificates the first is dry-run.",
        "",
        Text "" => "";
    NOT_VALID_NOW: "JITP122" "not-valid-now" Error Connect Documented X509,
        "A certificate is registered only within its validity.",
        "",
        Text "" => "";
}
