//! The certificate itself.

use super::sources::X509;

rules! {
    NO_CERTIFICATE: "JITP120" "no-certificate" Error Connect Documented X509,
        "The device presents an X.509 certificate that can be read.",
        "Provisioning begins with the certificate of the TLS handshake, so without one there is nothing to dry-run. \
         Beside the certificate lie files with the same first name: the signing request, the private key, the public \
         key. jitp says which of them it has been given; a private key it neither reads nor keeps. PEM may have \
         anything around it, as `openssl x509 -text` prints it, and DER is taken too.",
        Pem "-----BEGIN CERTIFICATE REQUEST-----
⟨request.pem⟩
-----END CERTIFICATE REQUEST-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    SEVERAL_CERTIFICATES: "JITP121" "several-certificates" Hint Connect Assumed X509,
        "Of several certificates the first is dry-run.",
        "A device may send its chain, its own certificate first and the CA behind it, which is how such files are \
         written too; JITP does not need the CA, only SNI. jitp takes the first certificate that it can read, assuming \
         that order. In a file with many devices this shows what becomes of one of them; for all there is \
         `dryRunFleet`.",
        Pem "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨ca.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    NOT_VALID_NOW: "JITP122" "not-valid-now" Error Connect Documented X509,
        "A certificate is registered only within its validity.",
        "AWS IoT checks the dates when it registers a certificate, so an expired one stops at step 1 and \
         `RegisterThing` is never called. The beginning counts as well as the end: certificates that are issued on a \
         machine whose clock is ahead, or in a time zone that was taken for UTC, fail for some hours and then work. \
         jitp compares with the moment of the dry run, or with the one that is given as `now`.",
        Pem "Not Before: Jan  1 00:00:00 2020 GMT
Not After : Jan  1 00:00:00 2021 GMT
-----BEGIN CERTIFICATE-----
⟨expired.pem⟩
-----END CERTIFICATE-----"
        => "Not Before: Jan  1 00:00:00 2020 GMT
Not After : Dec 31 23:59:59 2049 GMT
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
}
