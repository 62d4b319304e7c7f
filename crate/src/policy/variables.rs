//! Policy variables: which ones AWS IoT Core substitutes, and what was most likely meant by others.

use crate::check::nearest;
use std::ops::Range;

/// Names by the text before them. The longer beginnings come first.
const NAMES: [(&str, &[&str]); 8] = [
    ("iot:Certificate.Subject.AlternativeName.", &ALTERNATIVE),
    ("iot:Certificate.Issuer.AlternativeName.", &ALTERNATIVE),
    ("iot:Certificate.Subject.", &SUBJECT),
    ("iot:Certificate.Issuer.", &SUBJECT),
    ("iot:Certificate.", &["SerialNumber", "AvailableKeys"]),
    ("iot:Connection.Thing.", &["ThingName", "ThingTypeName", "IsAttached"]),
    ("iot:", &["ClientId", "CertificateId", "DomainName"]),
    ("aws:", &["SourceIp"]),
];
const ALTERNATIVE: [&str; 5] = ["RFC822Name", "DNSName", "DirectoryName", "UniformResourceIdentifier", "IPAddress"];
/// In the order of [`ARCS`].
const SUBJECT: [&str; 13] = [
    "CommonName",
    "Country",
    "DistinguishedNameQualifier",
    "GenerationQualifier",
    "GivenName",
    "Initials",
    "Organization",
    "OrganizationalUnit",
    "Pseudonym",
    "SerialNumber",
    "State",
    "Surname",
    "Title",
];
/// The last arcs of the attributes' object identifiers, all of which begin with 2.5.4.
const ARCS: [u8; 13] = [3, 6, 46, 44, 42, 43, 10, 11, 65, 5, 8, 4, 12];

/// Condition keys of AWS IoT's data plane that are not variables.
const KEYS: [&str; 4] = ["iot:ConnectAttributes", "iot:LastWillTopic", "iot:Topic", "iot:IncludeSocketInformation"];

/// The beginning of the variables of a thing's attributes, before the name in brackets.
const ATTRIBUTES: &str = "iot:Connection.Thing.Attributes[";

/// The beginning of the variables of a thing.
pub const THING: &str = "iot:Connection.Thing.";
/// The variable that a device's client ID must equal.
pub const THING_NAME: &str = "${iot:Connection.Thing.ThingName}";
/// The variable that is whatever the device says.
pub const CLIENT_ID: &str = "${iot:ClientId}";

/// The part of the certificate's names that a variable refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateVariable {
    /// Whether of the issuer's name, not of the subject's.
    pub of_issuer: bool,
    /// The attribute, `2.5.4.n`.
    pub arc: u8,
    /// Which of its values, from 0.
    pub index: usize,
}

impl CertificateVariable {
    /// The name of the variable.
    #[cold]
    pub fn name(&self) -> String {
        let whose = if self.of_issuer { "Issuer" } else { "Subject" };
        let attribute = ARCS.iter().zip(SUBJECT).find(|(arc, _)| **arc == self.arc).map_or("", |(_, name)| name);
        let index = if self.index == 0 { String::new() } else { format!(".{}", self.index) };
        format!("iot:Certificate.{whose}.{attribute}{index}")
    }
}

/// What a text with variables is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableUse {
    /// A statement that allows.
    Allow,
    /// A statement that denies.
    Deny,
    /// `NotResource` of either: without a value it matches nothing that the statement would leave out.
    Exception,
}

impl VariableUse {
    /// The use in a statement.
    pub fn of(allows: bool) -> Self {
        if allows { Self::Allow } else { Self::Deny }
    }
}

/// The end of the variable that begins at a byte, if one begins there and is closed.
pub fn end_of(text: &str, at: usize) -> Option<usize> {
    let inside = text.as_bytes().get(at..)?.strip_prefix(b"${")?;
    inside.iter().position(|byte| *byte == b'}').map(|length| at + 2 + length + 1)
}

/// Every variable of a text, as the range of its name. One that is not closed reaches to the end.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) =
        text.as_bytes()[at..].windows(2).position(|pair| matches!(pair, [b'$', b'{'])).map(|open| at + open)
    {
        at = end_of(text, open).unwrap_or(text.len());
        found.push(open + 2..if text[open..at].ends_with('}') { at - 1 } else { at });
    }
    found
}

/// The name without the default value that IAM allows after it.
pub fn bare(name: &str) -> &str {
    // The name of an attribute can have a comma.
    let from = name.find(']').filter(|_| name.starts_with(ATTRIBUTES)).unwrap_or_default();
    let end = name[from..].find(',').map_or(name.len(), |comma| from + comma);
    name[..end].trim()
}

/// Whether AWS IoT Core substitutes the variable.
pub fn is_known(name: &str) -> bool {
    if matches!(name, "*" | "?" | "$") {
        return true;
    }
    if let Some(attribute) = name.strip_prefix(ATTRIBUTES) {
        return attribute.len() > 1 && attribute.ends_with(']');
    }
    let (stem, _) = without_suffix(name);
    NAMES.iter().any(|(before, names)| stem.strip_prefix(before).is_some_and(|last| names.contains(&last)))
}

/// Whether a condition may ask for a key: one of AWS IoT's, whatever its letter case, or one of another service.
pub fn is_key(name: &str) -> bool {
    if !name.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("iot:")) {
        return true;
    }
    is_known(name) || in_documented_case(name).is_some()
}

/// A key of a condition with the letter case that AWS documents. IAM compares keys without regard to it.
#[cold]
pub fn in_documented_case(name: &str) -> Option<String> {
    if let Some((begin, rest)) = name.split_at_checked(ATTRIBUTES.len())
        && begin.eq_ignore_ascii_case(ATTRIBUTES)
    {
        return (rest.len() > 1 && rest.ends_with(']')).then(|| [ATTRIBUTES, rest].concat());
    }
    let named = |name: &str| {
        let is = |full: &str| full.eq_ignore_ascii_case(name);
        let mut known = NAMES.iter().flat_map(|(before, names)| names.iter().map(|last| [*before, last].concat()));
        KEYS.iter().map(|key| (*key).to_owned()).find(|key| is(key)).or_else(|| known.find(|full| is(full)))
    };
    named(name).or_else(|| {
        let (stem, last) = name.rsplit_once('.')?;
        let last = if last.eq_ignore_ascii_case("List") { "List" } else { last };
        let whole = [&*named(stem)?, ".", last].concat();
        is_known(&whole).then_some(whole)
    })
}

/// The attribute of the thing that a variable refers to.
pub fn attribute(name: &str) -> Option<&str> {
    name.strip_prefix(ATTRIBUTES)?.strip_suffix(']')
}

/// The attribute of a certificate's name that a variable refers to.
pub fn of_certificate(name: &str) -> Option<CertificateVariable> {
    let (stem, suffix) = without_suffix(name);
    let (of_issuer, last) = match stem.strip_prefix("iot:Certificate.Subject.") {
        Some(last) => (false, last),
        None => (true, stem.strip_prefix("iot:Certificate.Issuer.")?),
    };
    let arc = SUBJECT.iter().zip(ARCS).find(|(known, _)| **known == last).map(|(_, arc)| arc)?;
    let index = if suffix.is_empty() { 0 } else { suffix.get(1..)?.parse().ok()? };
    Some(CertificateVariable { of_issuer, arc, index })
}

/// A variable of the certificate and its `.List` or `.1`.
fn without_suffix(name: &str) -> (&str, &str) {
    let is_suffix = |last: &str| {
        last == "List" || (!last.is_empty() && last.len() < 4 && last.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match name.rfind('.') {
        Some(dot) if is_suffix(&name[dot + 1..]) && name.starts_with("iot:Certificate.") => name.split_at(dot),
        _ => (name, ""),
    }
}

/// The variable that an unknown one was most likely meant to be.
#[cold]
pub fn meant(name: &str) -> Option<String> {
    if let Some(last) = name.strip_prefix("AWS::IoT::Certificate::") {
        // A parameter of the template: the certificate has its value under another name.
        return match last {
            "Id" => Some("iot:CertificateId".to_owned()),
            "StateName" => Some("iot:Certificate.Subject.State".to_owned()),
            _ => SUBJECT.contains(&last).then(|| format!("iot:Certificate.Subject.{last}")),
        };
    }
    if let Some(begin) = name.get(..ATTRIBUTES.len()).filter(|begin| begin.eq_ignore_ascii_case(ATTRIBUTES)) {
        let rest = &name[begin.len()..];
        return (rest.len() > 1 && rest.ends_with(']')).then(|| [ATTRIBUTES, rest].concat());
    }
    let (stem, suffix) = without_suffix(name);
    for (before, names) in NAMES {
        if let Some(last) = stem.strip_prefix(before) {
            if let Some(near) = nearest(last, names) {
                return Some([before, near, suffix].concat());
            }
            if before != "iot:" {
                return None;
            }
        }
    }
    if !stem.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("iot:")) {
        return None;
    }
    // The way to the name is misspelt, or parts of it are missing.
    let last = stem.rsplit(['.', ':']).next().unwrap_or_default();
    let mut full: Vec<String> = Vec::new();
    for (before, names) in NAMES {
        if let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(last)) {
            full.push([before, name].concat());
        }
    }
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    let near = nearest(stem, &full).or(full.first().copied());
    near.map(|near| [near, suffix].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_with_their_names() {
        let names = |text: &'static str| find(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(names("topic/${a}/$aws/${b:c}x${*}"), ["a", "b:c", "*"]);
        assert_eq!(names("topic/${open"), ["open"]);
        assert!(names("$aws/{x}").is_empty());
        for (name, alone) in [
            ("iot:ClientId", "iot:ClientId"),
            ("iot:ClientId, 'none'", "iot:ClientId"),
            ("iot:Connection.Thing.Attributes[a,b]", "iot:Connection.Thing.Attributes[a,b]"),
            ("iot:Connection.Thing.Attributes[a,b] , 'c'", "iot:Connection.Thing.Attributes[a,b]"),
        ] {
            assert_eq!(bare(name), alone);
        }
    }

    #[test]
    fn documented_variables_are_known() {
        for name in [
            "iot:ClientId",
            "iot:CertificateId",
            "aws:SourceIp",
            "iot:Connection.Thing.ThingName",
            "iot:Connection.Thing.Attributes[plant]",
            "iot:Certificate.Subject.CommonName",
            "iot:Certificate.Issuer.OrganizationalUnit.2",
            "iot:Certificate.Subject.Organization.List",
            "iot:Certificate.Subject.AlternativeName.DNSName",
            "iot:Certificate.SerialNumber",
            "*",
        ] {
            assert!(is_known(name), "{name}");
        }
        for name in ["iot:ThingName", "aws:username", "iot:ClientId.1", "iot:Connection.Thing.Attributes[]", ""] {
            assert!(!is_known(name), "{name}");
        }
    }

    #[test]
    fn slips_are_led_to_what_was_meant() {
        for (slip, right) in [
            ("iot:ClientID", "iot:ClientId"),
            ("iot:ThingName", "iot:Connection.Thing.ThingName"),
            ("iot:connection.thing.thingname", "iot:Connection.Thing.ThingName"),
            ("iot:Conection.Thing.ThingName", "iot:Connection.Thing.ThingName"),
            ("iot:Connection.Thing.ThingNme", "iot:Connection.Thing.ThingName"),
            ("iot:Certificate.Subject.Comonname.1", "iot:Certificate.Subject.CommonName.1"),
            ("iot:connection.thing.attributes[plant]", "iot:Connection.Thing.Attributes[plant]"),
            ("AWS::IoT::Certificate::CommonName", "iot:Certificate.Subject.CommonName"),
            ("AWS::IoT::Certificate::StateName", "iot:Certificate.Subject.State"),
            ("AWS::IoT::Certificate::Id", "iot:CertificateId"),
        ] {
            assert_eq!(meant(slip).as_deref(), Some(right), "{slip}");
            assert!(is_known(right));
        }
        for name in ["AWS::Region", "region", "iot:Certificate.Subject.Email", "aws:username"] {
            assert_eq!(meant(name), None, "{name}");
        }
    }

    #[test]
    fn keys_of_conditions_are_known_in_any_case() {
        for key in ["iot:clientid", "iot:LastWillTopic", "IOT:Connection.thing.isAttached", "aws:SourceIp", "s3:prefix"]
        {
            assert!(is_key(key), "{key}");
        }
        assert!(!is_key("iot:ClientIds") && !is_key("iot:Plant"));
        assert_eq!(attribute("iot:Connection.Thing.Attributes[plant]"), Some("plant"));
    }

    #[test]
    fn keys_of_conditions_have_any_letter_case() {
        for key in [
            "iot:ConnectAttributes",
            "iot:ClientId",
            "iot:Connection.Thing.IsAttached",
            "iot:Connection.Thing.Attributes[Site]",
            "iot:Certificate.Subject.CommonName",
            "iot:Certificate.Subject.CommonName.1",
            "iot:Certificate.Issuer.Country.List",
            "iot:Certificate.SerialNumber",
            "aws:SourceIp",
        ] {
            let attribute = key.find('[').unwrap_or(key.len());
            for name in [key.to_owned(), [&*key[..attribute].to_uppercase(), &key[attribute..]].concat()] {
                assert_eq!(in_documented_case(&name).as_deref(), Some(key), "{name}");
            }
        }
        for name in [
            "iot:ClientIds",
            "iot:ClientId.1",
            "iot:Certificate.Subject.Common",
            "iot:Connection.Thing.Attributes[]",
            "",
        ] {
            assert_eq!(in_documented_case(name), None, "{name}");
        }
    }

    #[test]
    fn certificate_variables_have_attribute_and_index() {
        let common_name = CertificateVariable { of_issuer: false, arc: 3, index: 0 };
        assert_eq!(of_certificate("iot:Certificate.Subject.CommonName"), Some(common_name));
        let unit = CertificateVariable { of_issuer: true, arc: 11, index: 2 };
        assert_eq!(of_certificate("iot:Certificate.Issuer.OrganizationalUnit.2"), Some(unit));
        assert_eq!(of_certificate("iot:Certificate.Subject.CommonName.List"), None);
        assert_eq!(of_certificate("iot:Certificate.SerialNumber"), None);
    }
}
