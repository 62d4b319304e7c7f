//! The facts of a device that policies ask for.

use std::sync::Arc;

/// The thing that the certificate is attached to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceThing {
    /// Its name.
    pub name: Arc<str>,
    /// The name of its type.
    pub type_name: Option<Arc<str>>,
    /// Its attributes.
    pub attributes: Vec<(Arc<str>, Arc<str>)>,
    /// Whether the certificate is attached to this thing only (`EXCLUSIVE_THING`).
    pub exclusive: bool,
    /// Whether the certificate is attached to it.
    pub attached: bool,
}

/// The values of a certificate that policies can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateValues {
    /// The certificate ID, if it is known.
    pub certificate_id: Option<Arc<str>>,
    /// The attributes of the subject: the last arc of `2.5.4`, and the value.
    pub subject: Vec<(u8, Box<str>)>,
    /// The same of the issuer; `None` if it is not known.
    pub issuer: Option<Vec<(u8, Box<str>)>>,
    /// Alternative names and the serial number, by the name of the policy variable; `None` if they are not known.
    pub others: Option<Vec<(&'static str, Box<str>)>>,
}

/// Where a device connects, and where that is known from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceLocation {
    /// The partition.
    pub partition: Option<Arc<str>>,
    /// The Region.
    pub region: Option<Arc<str>>,
    /// The account.
    pub account: Option<Arc<str>>,
}

/// What is known of a device besides its policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceFacts {
    /// The thing.
    pub thing: Option<DeviceThing>,
    /// The certificate's values; `None` if they are not known.
    pub certificate: Option<CertificateValues>,
    /// Where it connects.
    pub location: DeviceLocation,
}
