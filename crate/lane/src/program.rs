//! What a template makes of an ordinary certificate, compiled.

/// A template, compiled for certificates with nothing unusual in them. The caller answers for it: for each certificate that
/// [`Batch`](crate::Batch) reads, the row that this describes must be the one that the template's full judgement gives.
#[derive(Clone, Debug)]
pub struct Program {
    /// The time of the connection, as the decimal number YYYYMMDDHHMMSS in UTC. Without it, dates are not read.
    pub now: Option<u64>,
    /// The public keys that are accepted.
    pub keys: KeyKinds,
    /// The content octets of the signature algorithms that are accepted.
    pub signature_algorithms: Vec<Box<[u8]>>,
    /// The sets of characters that each byte belongs to, as bits. [`ASCII`] belongs to this crate.
    pub classes: [u8; 256],
    /// The values that a certificate must have.
    pub inputs: Vec<AttributeInput>,
    /// What must be true of texts that are made of them.
    pub bounds: Vec<Bounds>,
    /// The thing's name, if there is a thing.
    pub thing_name: Option<Vec<Piece>>,
    /// The bytes 4 to 11 of each record.
    pub head: [u8; 8],
    /// The sentence on access, as the texts around the thing's name. None of them: there is no sentence.
    pub access: Vec<Box<[u8]>>,
}

/// The bit of bytes that are ASCII, in [`Program::classes`].
pub const ASCII: u8 = 0x80;

/// The most inputs of a program.
pub const MOST_INPUTS: usize = 8;

/// The content octets of OIDs of public keys, and sizes.
#[derive(Clone, Debug)]
pub struct KeyKinds {
    /// The OID of EC keys.
    pub ec: Box<[u8]>,
    /// The OIDs of curves, each with the octets of a coordinate.
    pub curves: Vec<(Box<[u8]>, usize)>,
    /// The OID of RSA keys.
    pub rsa: Box<[u8]>,
    /// The fewest bits of an RSA key.
    pub rsa_bits: usize,
}

/// A value that a certificate must have.
#[derive(Clone, Debug)]
pub struct AttributeInput {
    /// Where it comes from.
    pub source: ValueSource,
    /// The value if the subject lacks the attribute.
    pub default: Option<Box<[u8]>>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueSource {
    /// The first attribute `2.5.4.n` of the subject.
    Attribute(u8),
    /// The certificate's own serial number, in decimal.
    Serial,
    /// The attribute if the subject has it, else the serial number.
    AttributeOrSerial(u8),
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// This text.
    Text(Box<[u8]>),
    /// A value, by its position among [`Program::inputs`].
    Value(usize),
    /// The certificate ID.
    Id,
}

/// What must be true of a text that values are parts of.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// The set of characters that all values must be of, a bit of [`Program::classes`].
    pub class: u8,
    /// The fewest characters of the text.
    pub least: usize,
    /// The most characters of the text.
    pub most: usize,
    /// The characters of all parts that are the same for each certificate.
    pub constant: usize,
    /// The other parts, as positions among [`Program::inputs`].
    pub values: Vec<usize>,
}

impl Program {
    /// The position of the input that each attribute `2.5.4.n` fills, plus 1; 0 for those that fill none.
    pub(crate) fn slots(&self) -> [u8; 256] {
        let mut slots = [0; 256];
        for (at, input) in self.inputs.iter().enumerate().take(MOST_INPUTS) {
            if let ValueSource::Attribute(arc) | ValueSource::AttributeOrSerial(arc) = input.source {
                slots[usize::from(arc)] = at as u8 + 1;
            }
        }
        slots
    }
}
