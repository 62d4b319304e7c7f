//! The names of values that policies ask for: in variables, whose letter case counts, and as keys of conditions, whose letter case does not.

use crate::policy::{CertificateVariable, in_documented_case, is_known_variable, of_certificate, thing_attribute};

/// The name of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyKey {
    /// `iot:ClientId`
    ClientId,
    /// `iot:CertificateId`
    CertificateId,
    /// `iot:Connection.Thing.ThingName`
    ThingName,
    /// `iot:Connection.Thing.ThingTypeName`
    ThingType,
    /// `iot:Connection.Thing.Attributes[…]`
    Attribute(Box<str>),
    /// `iot:Connection.Thing.IsAttached`
    IsAttached,
    /// An attribute of the certificate's subject or issuer.
    Name(CertificateVariable),
    /// All values of an attribute of the certificate's subject or issuer.
    NameList(CertificateVariable),
    /// Another value of the certificate: alternative names, its serial number.
    Certificate(Box<str>),
    /// `iot:ConnectAttributes`
    ConnectAttributes,
    /// `iot:LastWillTopic`
    LastWillTopic,
    /// A value that only the caller can give.
    Given(Box<str>),
}

const CERTIFICATE: &str = "iot:Certificate.";

impl PolicyKey {
    /// The key that a variable names. `None` if AWS IoT substitutes no such variable.
    pub fn of_variable(name: &str) -> Option<Self> {
        is_known_variable(name).then(|| Self::exact(name))
    }

    /// The key that a condition names, whatever its letter case (IAM).
    pub fn of_condition(name: &str) -> Self {
        if is_known_variable(name) {
            return Self::exact(name);
        }
        in_documented_case(name).map_or_else(|| PolicyKey::Given(name.into()), |known| Self::exact(&known))
    }

    fn exact(name: &str) -> Self {
        if let Some(attribute) = thing_attribute(name) {
            return PolicyKey::Attribute(attribute.into());
        }
        match name {
            "iot:ClientId" => PolicyKey::ClientId,
            "iot:CertificateId" => PolicyKey::CertificateId,
            "iot:Connection.Thing.ThingName" => PolicyKey::ThingName,
            "iot:Connection.Thing.ThingTypeName" => PolicyKey::ThingType,
            "iot:Connection.Thing.IsAttached" => PolicyKey::IsAttached,
            "iot:ConnectAttributes" => PolicyKey::ConnectAttributes,
            "iot:LastWillTopic" => PolicyKey::LastWillTopic,
            _ if name.starts_with(CERTIFICATE) => match (of_certificate(name), name.strip_suffix(".List")) {
                (Some(variable), _) => PolicyKey::Name(variable),
                (None, Some(stem)) if of_certificate(stem).is_some() => {
                    of_certificate(stem).map_or_else(|| PolicyKey::Given(name.into()), PolicyKey::NameList)
                }
                _ => PolicyKey::Certificate(name.into()),
            },
            _ => PolicyKey::Given(name.into()),
        }
    }

    /// Whether it is a value of the thing.
    pub fn is_of_thing(&self) -> bool {
        matches!(self, PolicyKey::ThingName | PolicyKey::ThingType | PolicyKey::Attribute(_) | PolicyKey::IsAttached)
    }

    /// Whether its value is the client ID, or depends on it.
    pub fn depends_on_client(&self) -> bool {
        *self == PolicyKey::ClientId || self.is_of_thing()
    }

    /// Whether it is a value of the certificate.
    pub fn is_of_certificate(&self) -> bool {
        matches!(
            self,
            PolicyKey::CertificateId | PolicyKey::Name(_) | PolicyKey::NameList(_) | PolicyKey::Certificate(_)
        )
    }
}
