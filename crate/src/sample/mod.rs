//! A throw-away CA and a device certificate that satisfy a template, for people who have none at hand.
//!
//! Keys and signatures are not made here: JavaScript has WebCrypto for them. This part decides the contents of the
//! certificates, returns the octets to sign, and adds the signature. `x509-cert` writes the DER.

mod device_subject;
mod encode;
#[cfg(test)]
mod oracle;

pub use encode::{CertificateSpec, PublicKeys, SubjectPart};

use crate::certificate::{oid, serial};
use crate::template::Template;
use serde::Serialize;

/// The options that make one sample differ from another.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SampleOptions {
    /// Random octets, eight to twenty. The serial numbers are made from them.
    #[cfg_attr(test, ts(type = "string"))]
    pub random: Vec<u8>,
    /// The certificates are valid from this time, in seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub now: i64,
}

/// The contents of a CA certificate and a device certificate.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// The CA, which signs itself.
    pub ca: CertificateSpec,
    /// The device.
    pub device: CertificateSpec,
}

const DAY: i64 = 86_400;

/// Decides the contents of a CA certificate and a device certificate with which this template provisions the device. A
/// certificate cannot repair a template that is itself wrong.
///
/// ```
/// use jitp::Template;
/// use jitp::sample::{SampleOptions, sample};
///
/// # let template = r#"{
/// #   "Parameters": {"AWS::IoT::Certificate::CommonName": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
/// #   "Resources": {
/// #     "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "AWS::IoT::Certificate::CommonName"}}},
/// #     "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}}
/// #   }
/// # }"#;
/// let made = sample(&Template::new(template), &SampleOptions { random: vec![7; 20], now: 1_780_000_000 });
/// assert!(made.device.not_after > made.device.not_before);
/// ```
pub fn sample(template: &Template, options: &SampleOptions) -> Sample {
    // Positive, not zero, and at most twenty octets, as RFC 5280 asks.
    let serial = |first: u8| -> Vec<u8> {
        let rest = options.random.iter().skip(1).take(18).copied();
        std::iter::once(first).chain(options.random.first().copied()).chain(rest).collect()
    };
    let (ca_serial, device_serial) = (serial(0x40), serial(0x41));
    let from = options.now - options.now.rem_euclid(DAY);
    // So that no two throw-away CAs have one name.
    let tail = oid::hex(&options.random[..options.random.len().min(4)]);
    let authority = vec![
        SubjectPart { arc: 10, name: "O", value: "Throw-away".to_owned() },
        SubjectPart { arc: 3, name: "CN", value: format!("Throw-away CA {tail}") },
    ];
    let spec = |ca, subject, serial: &[u8], days| CertificateSpec {
        ca,
        subject,
        issuer: authority.clone(),
        serial: serial::hex(serial),
        not_before: from,
        not_after: from + days * DAY - 1,
    };
    let device = spec(false, Vec::new(), &device_serial, 366);
    let subject = device_subject::satisfying(template, &device, &serial::decimal(&device_serial), options.now);
    Sample { ca: spec(true, authority.clone(), &ca_serial, 3653), device: CertificateSpec { subject, ..device } }
}
