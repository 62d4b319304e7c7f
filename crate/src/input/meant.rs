//! The parameter that was meant by a name that is not known. Only an alias, another case, or a slip of letters with one sense
//! says so: a name that is merely like another one may mean something of its own.

use crate::check::{nearest, same_but_spelling};
use crate::limits::{PARAMETER_ALIASES, PREDEFINED, PREDEFINED_PREFIX};
use strsim::osa_distance;

/// At most this many names are compared. A text with more was made by a machine.
const MOST: usize = 256;

/// The name that was meant: the full form of a short name, the same name in another case, or one with a slip.
#[cold]
pub fn meant_name<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if name.is_empty() {
        return None;
    }
    let candidates: Vec<&'c str> = candidates.take(MOST).collect();
    let tail = tail(name);
    let alias = PARAMETER_ALIASES.iter().find(|(alias, _)| same_but_spelling(tail, alias));
    let alias = alias.map(|(_, index)| PREDEFINED[*index].0);
    candidates.iter().copied().find(|known| Some(*known) == alias).or_else(|| slip_of(name, &candidates))
}

/// The one candidate that a name is a slip of.
#[cold]
pub fn slip_of<'c>(name: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let own = tail(name);
    let same = |known: &&&str| {
        same_but_spelling(name, known) || known.starts_with(PREDEFINED_PREFIX) && same_but_spelling(own, tail(known))
    };
    if let Some(known) = candidates.iter().find(same) {
        return Some(known);
    }
    let (full, others): (Vec<&'c str>, Vec<&'c str>) =
        candidates.iter().copied().partition(|known| known.starts_with(PREDEFINED_PREFIX));
    let lower = own.to_ascii_lowercase();
    let mut near = full.into_iter().filter(|known| is_slip(&lower, &tail(known).to_ascii_lowercase()));
    match (near.next(), near.next()) {
        (Some(known), None) => Some(known),
        (Some(_), Some(_)) => None,
        (None, _) => nearest(name, &others),
    }
}

/// The text after the last colon.
fn tail(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether few enough letters differ for the length of the word. A short word is one letter away from too many others.
fn is_slip(word: &str, known: &str) -> bool {
    let most = match known.len() {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    word.len().abs_diff(known.len()) <= most && osa_distance(word, known) <= most
}

#[cfg(test)]
mod tests {
    use super::meant_name;
    use crate::limits::PREDEFINED;

    #[test]
    fn only_aliases_and_slips_of_one_sense_are_meant() {
        let meant = |name: &str| {
            let found = meant_name(name, PREDEFINED.iter().map(|(name, _)| *name))?;
            found.strip_prefix("AWS::IoT::Certificate::")
        };
        for (name, found) in [
            ("AWS::IoT::Certificate::commonName", Some("CommonName")),
            ("AWS::IOT::Certificate::CommonName", Some("CommonName")),
            ("AWS::IoT::Cert::CommonName", Some("CommonName")),
            ("CommonName", Some("CommonName")),
            ("ComonName", Some("CommonName")),
            ("AWS::IoT::Certificate::Contry", Some("Country")),
            ("Organisation", Some("Organization")),
            ("AWS::IoT::Certificate::OrganisationalUnit", Some("OrganizationalUnit")),
            ("AWS::IoT::Certificate::OrganizationName", Some("Organization")),
            ("AWS::IoT::Certificate::OrgUnit", Some("OrganizationalUnit")),
            ("CN", Some("CommonName")),
            ("AWS::IoT::Certificate::ID", Some("Id")),
            ("AWS::IoT::Certificate::Model", None),
            ("AWS::IoT::Certificate::Ip", None),
            ("AWS::IoT::Certificate::Locality", None),
            ("AWS::IoT::Certificate::SerialRange", None),
            ("Site", None),
            ("CountryCode", None),
            ("", None),
        ] {
            assert_eq!(meant(name), found, "{name}");
        }
    }
}
