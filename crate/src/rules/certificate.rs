//! The certificate itself.

use super::sources::{KEY_QUALITY, RFC5280, X509};

rules! {
    NO_CERTIFICATE: "JITP120" "no-certificate" Error Connect Documented X509 { step: 1 },
        "The input has no X.509 certificate that can be read.",
        "Provisioning begins with the certificate of the TLS handshake, so without one there is nothing to dry-run. Files with \
         a similar name hold something else: the signing request, the private key, the public key. jitp says which of them it \
         has been given; it neither reads nor keeps a private key. PEM may have other text around it, as `openssl x509 -text` \
         prints it, and DER is accepted too.",
        Pem "-----BEGIN CERTIFICATE REQUEST-----
⟨request.pem⟩
-----END CERTIFICATE REQUEST-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    SEVERAL_CERTIFICATES: "JITP121" "several-certificates" Hint Connect Assumed X509,
        "The input has several certificates, and only the first one is dry-run.",
        "A device may send its chain, its own certificate first and then the CA, and such files have the same order. JITP does \
         not need the CA, only SNI. jitp uses the first certificate that it can read, assuming that order. For a file with many \
         devices use `dryRunFleet`, which plans all of them.",
        Pem "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
⟨ca.pem⟩
-----END CERTIFICATE-----"
        => "-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    NOT_VALID_NOW: "JITP122" "not-valid-now" Error Connect Documented X509 { step: 1 },
        "The certificate is not yet valid, or has expired.",
        "AWS IoT checks the dates when it registers a certificate, so an expired one stops at step 1 and `RegisterThing` is \
         never called. The beginning counts as well as the end: certificates that are issued on a machine whose clock is ahead, \
         or with local time written as UTC, fail for some hours and then work. jitp compares with the time of the dry run, or \
         with the option `now` (`--now`).",
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
    SIGNATURE_ALGORITHM: "JITP123" "unsupported-signature-algorithm" Error Connect Documented X509 { step: 1 },
        "The certificate is signed with an algorithm that AWS IoT does not support.",
        "AWS's list has RSA with SHA-256, SHA-384 and SHA-512, DSA with SHA-256, and ECDSA with SHA-256, SHA-384 and SHA-512. A \
         certificate that is signed with SHA-1 or MD5, as old CA scripts do, is not accepted, nor is one signed by an Ed25519 \
         key; the device sees a failed handshake. RSASSA-PSS without other parameters is SHA-1, too. The signing CA chooses the \
         algorithm, not the device: set it with `openssl x509 -req -sha256`. The signature of a self-signed CA on itself is not \
         judged: it proves nothing, and AWS has registered CAs whose own signature uses SHA-1.",
        Pem "Signature Algorithm: ecdsa-with-SHA1
-----BEGIN CERTIFICATE-----
⟨sha1.pem⟩
-----END CERTIFICATE-----"
        => "Signature Algorithm: ecdsa-with-SHA256
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    RSA_PSS: "JITP124" "rsa-pss" Warning Connect Documented X509,
        "The signature is RSASSA-PSS, which AWS's list of signature algorithms did not have in 2023.",
        "AWS's page of X.509 client certificates lists the signature algorithms. Its text of 2026 has RSASSA-PSS with MGF1; its \
         text of 2023 had RSA with PKCS#1 v1.5 padding only. Whether every Region and endpoint supports it is not documented. \
         Try one device before a batch is produced, or have the CA sign with PKCS#1 v1.5 or ECDSA.",
        Pem "Signature Algorithm: rsassaPss
-----BEGIN CERTIFICATE-----
⟨pss.pem⟩
-----END CERTIFICATE-----"
        => "Signature Algorithm: ecdsa-with-SHA256
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    KEY: "JITP125" "unsupported-key" Error Connect Documented KEY_QUALITY { step: 1 },
        "The certificate's key is not RSA with 2,048 bits or more, and not EC on P-256, P-384 or P-521.",
        "AWS IoT checks the key when a certificate is registered: an RSA key must have 2,048 bits or more. Only the NIST \
         elliptic curves are supported; secp256k1, the Brainpool curves and Ed25519 are not, and neither is a DSA key in a \
         device. The key is generated on the device or by whoever issues its certificate, so without this check the problem \
         shows only when the first device connects.",
        Pem "Public-Key: (1024 bit)
-----BEGIN CERTIFICATE-----
⟨rsa1024.pem⟩
-----END CERTIFICATE-----"
        => "Public-Key: (2048 bit)
-----BEGIN CERTIFICATE-----
⟨rsa2048.pem⟩
-----END CERTIFICATE-----";
    DEVICE_IS_CA: "JITP126" "device-is-ca" Warning Connect Assumed X509,
        "The device's certificate is a CA certificate.",
        "`basicConstraints` with CA:TRUE says that the key may sign certificates. In a device it is a risk, because whoever \
         extracts the key can create devices of your fleet. Most often it is a mix-up: the CA's file was given in place of the \
         device's, or `openssl req -x509` made both. Whether AWS IoT refuses such a device is not documented. Give the device's \
         certificate; the CA is registered beforehand.",
        Pem "CA:TRUE
-----BEGIN CERTIFICATE-----
⟨device-ca.pem⟩
-----END CERTIFICATE-----"
        => "CA:FALSE
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    NO_CLIENT_AUTH: "JITP127" "no-client-auth" Warning Connect Assumed X509,
        "The certificate's extendedKeyUsage does not include clientAuth.",
        "An `extendedKeyUsage` restricts a certificate to the purposes in it, and in the handshake the device is the TLS \
         client. A certificate without the extension is for every purpose. Whether AWS IoT checks the purposes is not \
         documented, but TLS libraries do, on the device as well as in proxies on the way. Profiles for web servers are the \
         usual source. Set `extendedKeyUsage = clientAuth` in the CA's configuration.",
        Pem "X509v3 Extended Key Usage: TLS Web Server Authentication
-----BEGIN CERTIFICATE-----
⟨server-only.pem⟩
-----END CERTIFICATE-----"
        => "X509v3 Extended Key Usage: TLS Web Client Authentication
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
    SELF_SIGNED: "JITP128" "self-signed" Warning Connect Documented X509,
        "The device's certificate is signed by itself, not by a registered CA.",
        "JITP begins with the CA: AWS IoT finds it as the issuer of the device's certificate and loads the template from it. A \
         self-signed certificate belongs to no CA, unless it was itself registered as one. `openssl req -x509` makes such \
         certificates; for a device make a signing request that the CA signs.",
        Pem "Issuer: CN=sensor-0128
Subject: CN=sensor-0128
-----BEGIN CERTIFICATE-----
⟨self-signed.pem⟩
-----END CERTIFICATE-----"
        => "Issuer: C=DE, O=Example, CN=Example Device CA
Subject: CN=sensor-0002
-----BEGIN CERTIFICATE-----
⟨common-name.pem⟩
-----END CERTIFICATE-----";
    ODD_ENCODING: "JITP129" "odd-encoding" Warning Connect Assumed RFC5280,
        "The certificate is not encoded as RFC 5280 requires.",
        "Old tools and small encoders write certificates that strict parsers refuse: serial numbers that are negative or longer \
         than 20 octets, dates without seconds, strings of obsolete types or with characters that their type does not have, \
         lengths that are not the shortest. jitp reads on as OpenSSL does, which reads the bytes of such a string as Latin-1, \
         and uses the values that the template needs. AWS only says that the format must be valid, so try one device with such \
         a certificate. Version 1, which `openssl x509 -req` writes, is fine for a device.",
        Pem "Subject: C=DE, O=Z\\C3\\A4hler GmbH, CN=sensor-0410
-----BEGIN CERTIFICATE-----
⟨latin-1-name.pem⟩
-----END CERTIFICATE-----"
        => "Subject: C=DE, ST=Hessen, O=Example GmbH, OU=Sensors, dnQualifier=q7, CN=sensor-0001, serialNumber=A1B2C3
-----BEGIN CERTIFICATE-----
⟨full.pem⟩
-----END CERTIFICATE-----";
}
