//! A subject with which a device is provisioned: the attributes that the template asks for, with values that it can use.

use super::encode::SubjectPart;
use super::encode::{CertificateSpec, PublicKeys};
use crate::plan::DryRunOptions;
use crate::rules::Severity;
use crate::source::{Node, Value};
use crate::template::Template;
use crate::template::names::CertificateField;

/// The values of attributes if the template does not require others: the arc below 2.5.4, the short name, the value. In
/// the order in which tools write them.
const USUAL: [(u8, &str, &str); 6] = [
    (6, "C", "US"),
    (8, "ST", "Washington"),
    (10, "O", "Example"),
    (11, "OU", "Devices"),
    (46, "dnQualifier", "batch-1"),
    (3, "CN", "device-0001"),
];
const COMMON_NAME: u8 = 3;
const SERIAL_NUMBER: u8 = 5;

/// At most so many subjects are tried, and so many values of one attribute.
const TRIES: usize = 500;
const VALUES: usize = 60;

/// A `SubjectPublicKeyInfo` on P-256 whose point is none: for certificates that are only tried.
const NO_KEY: [u8; 91] = {
    const HEAD: [u8; 27] = [
        0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7,
        3, 0x42, 0, 4,
    ];
    let mut key = [1; 91];
    let mut at = 0;
    while at < HEAD.len() {
        key[at] = HEAD[at];
        at += 1;
    }
    key
};

/// The subject of a device. Its attribute serialNumber, if it has one, is the certificate's own number, so that both readings of the
/// parameter (rule R2.5) give the same.
pub(super) fn satisfying(template: &Template, spec: &CertificateSpec, serial: &str, now: i64) -> Vec<SubjectPart> {
    let wanted: Vec<u8> = template
        .names
        .parameters
        .iter()
        .filter_map(|parameter| match parameter.source {
            CertificateField::Attribute(arc) => Some(arc),
            _ => None,
        })
        .collect();
    let mut subject: Vec<SubjectPart> = USUAL
        .into_iter()
        .filter(|(arc, ..)| *arc == COMMON_NAME || wanted.contains(arc))
        .map(|(arc, name, value)| SubjectPart { arc, name, value: value.to_owned() })
        .collect();
    if wanted.contains(&SERIAL_NUMBER) {
        subject.push(SubjectPart { arc: SERIAL_NUMBER, name: "serialNumber", value: serial.to_owned() });
    }
    search(template, spec, now, &mut subject);
    subject
}

/// Tries other values until the plan has no errors: keys of `Mappings`, and texts that `Fn::Split` can split.
fn search(template: &Template, spec: &CertificateSpec, now: i64, subject: &mut [SubjectPart]) {
    let mut fewest = errors(template, spec, now, subject);
    let hints = Hints::of(template.document.body.as_ref());
    let mut tries = 0;
    // Values can depend on one another, so that a second look may find what the first could not.
    for _ in 0..2 {
        for at in 0..subject.len() {
            if subject[at].arc == SERIAL_NUMBER {
                continue;
            }
            for value in hints.values(&subject[at].value) {
                if fewest == 0 || tries == TRIES {
                    return;
                }
                tries += 1;
                let before = std::mem::replace(&mut subject[at].value, value);
                let found = errors(template, spec, now, subject);
                if found < fewest {
                    fewest = found;
                } else {
                    subject[at].value = before;
                }
            }
        }
    }
}

/// The number of errors in the plan for a device with this subject, those of the template included.
fn errors(template: &Template, spec: &CertificateSpec, now: i64, subject: &[SubjectPart]) -> usize {
    let spec = CertificateSpec { subject: subject.to_vec(), ..spec.clone() };
    let keys = PublicKeys { own: &NO_KEY, issuer: &NO_KEY };
    let Some(certificate) = spec.signed(keys, &[1; 64]) else { return usize::MAX };
    let plan = template.dry_run(&certificate, &DryRunOptions { now: Some(now), ..DryRunOptions::default() });
    plan.diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
}

/// The parts of a template that show which values it can use.
#[derive(Default)]
struct Hints {
    /// The keys in `Mappings`, of both levels.
    keys: Vec<String>,
    /// The delimiters of `Fn::Split`.
    delimiters: Vec<String>,
    /// The highest index of `Fn::Select`.
    highest: usize,
}

impl Hints {
    fn of(body: Option<&Node>) -> Self {
        let mut hints = Self::default();
        let Some(body) = body else { return hints };
        let maps = body.get("Mappings").and_then(Node::as_object).unwrap_or_default();
        for top in maps.iter().flat_map(|map| map.value.as_object().unwrap_or_default()) {
            hints.keys.push(top.key.to_string());
            let below = top.value.as_object().unwrap_or_default();
            hints.keys.extend(below.iter().map(|second| second.key.to_string()));
        }
        hints.keys.truncate(VALUES);
        hints.collect(body);
        hints
    }

    fn collect(&mut self, node: &Node) {
        match &node.value {
            Value::Object(members) => {
                for member in members {
                    let first = member.value.as_array().and_then(<[Node]>::first);
                    match (&*member.key, first) {
                        ("Fn::Split", Some(first)) => self.delimiters.extend(first.as_str().map(str::to_owned)),
                        ("Fn::Select", Some(first)) => {
                            let index = first.as_str().and_then(|index| index.parse().ok());
                            self.highest = self.highest.max(index.unwrap_or(0).min(100));
                        }
                        _ => {}
                    }
                    self.collect(&member.value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }

    /// Values to try instead of one.
    fn values(&self, usual: &str) -> Vec<String> {
        let mut values = self.keys.clone();
        // Without the delimiter in a piece, or it would be two.
        let piece: String = usual.chars().filter(char::is_ascii_alphanumeric).collect();
        for delimiter in self.delimiters.iter().filter(|delimiter| !delimiter.is_empty()) {
            for part in std::iter::once(&piece).chain(&self.keys) {
                values.push(vec![part.as_str(); self.highest + 1].join(delimiter));
            }
        }
        values.truncate(VALUES);
        values
    }
}
