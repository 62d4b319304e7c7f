//! One walk over a certificate: what a program needs of it, if nothing in it is unusual.

use crate::batch::OtherRows;
use crate::decimal;
use crate::der::{
    BIT_STRING, Elements, GENERALIZED_TIME, IA5_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, PRINTABLE_STRING,
    SEQUENCE, SET, UTC_TIME, UTF8_STRING,
};
use crate::extensions::KnownExtensions;
use crate::program::{ASCII, MOST_INPUTS, Program};

/// `[0] { INTEGER 2 }`: version 3.
const VERSION_3: [u8; 5] = [0xa0, 3, 2, 1, 2];
/// The tag of the extensions.
const EXTENSIONS: u8 = 0xa3;
/// The start of the OIDs of X.520 attributes.
const X520: [u8; 2] = [0x55, 4];
/// The longest value of an attribute.
const LONGEST_VALUE: usize = 1024;
/// From this length on, a text is searched for what must not be shown.
const SEARCHED: usize = 40;

/// A value, with the sets of characters that all of it belongs to. The default is none.
#[derive(Clone, Copy, Default)]
pub struct Text<'d> {
    pub bytes: &'d [u8],
    pub classes: u8,
}

/// What a program needs of a certificate.
pub struct Ordinary<'d> {
    /// The octets of its serial number.
    pub serial: &'d [u8],
    /// The attributes by the positions of inputs; an empty one is missing.
    pub values: [Text<'d>; MOST_INPUTS],
}

/// Reads a certificate. `None` if anything in it is unusual.
#[inline]
pub fn read<'d>(
    der: &'d [u8],
    program: &Program,
    slots: &[u8; 256],
    (known, others): (&mut KnownExtensions, &mut dyn OtherRows),
) -> Option<Ordinary<'d>> {
    let mut whole = Elements(der);
    let mut certificate = Elements(whole.expect(SEQUENCE)?);
    let mut signed = Elements(certificate.expect(SEQUENCE)?);
    let algorithm = Elements(certificate.expect(SEQUENCE)?).expect(OBJECT_IDENTIFIER)?;
    certificate.expect(BIT_STRING)?;
    let is_known = program.signature_algorithms.iter().any(|known| same(known, algorithm));
    if !whole.is_empty() || !certificate.is_empty() || !is_known {
        return None;
    }
    let has_version = signed.0.first() == Some(&VERSION_3[0]);
    if has_version {
        signed.0 = signed.0.strip_prefix(&VERSION_3)?;
    }
    let serial = signed.expect(INTEGER)?;
    if serial.is_empty() || serial.len() > decimal::LONGEST || serial[0] >= 0x80 {
        return None;
    }
    signed.expect(SEQUENCE)?;
    name(signed.expect(SEQUENCE)?, |_, _| Some(()))?;
    let validity = signed.expect(SEQUENCE)?;
    if let Some(now) = program.now {
        is_valid(validity, now)?;
    }
    let mut values = [Text::default(); MOST_INPUTS];
    name(signed.expect(SEQUENCE)?, |oid, (tag, value)| {
        let [first, second, arc] = *oid else { return Some(()) };
        let slot = usize::from(slots[usize::from(arc)]);
        if [first, second] != X520 || slot == 0 {
            return Some(());
        }
        let known = values.get_mut(slot - 1)?;
        // The first value counts.
        if known.bytes.is_empty() {
            *known = text(tag, value, program, others)?;
        }
        Some(())
    })?;
    key(signed.expect(SEQUENCE)?, program)?;
    if !signed.is_empty() {
        let list = Elements(signed.expect(EXTENSIONS)?).expect(SEQUENCE)?;
        extensions(list, known, others)?;
    }
    signed.is_empty().then_some(Ordinary { serial, values })
}

/// Walks over the attributes of a name.
#[inline(always)]
fn name<'d>(name: &'d [u8], mut take: impl FnMut(&'d [u8], (u8, &'d [u8])) -> Option<()>) -> Option<()> {
    let mut rdns = Elements(name);
    while !rdns.is_empty() {
        let mut rdn = Elements(rdns.expect(SET)?);
        while !rdn.is_empty() {
            let mut attribute = Elements(rdn.expect(SEQUENCE)?);
            let oid = attribute.expect(OBJECT_IDENTIFIER)?;
            let value = attribute.any()?;
            if !attribute.is_empty() {
                return None;
            }
            take(oid, value)?;
        }
    }
    Some(())
}

/// An attribute's text. `None` if it is empty, or may mean another text than its bytes.
#[inline(always)]
fn text<'d>(tag: u8, bytes: &'d [u8], program: &Program, others: &mut dyn OtherRows) -> Option<Text<'d>> {
    if bytes.is_empty() || bytes.len() > LONGEST_VALUE {
        return None;
    }
    let classes = bytes.iter().fold(u8::MAX, |all, byte| all & program.classes[usize::from(*byte)]);
    let may_be_read = match tag {
        UTF8_STRING => classes & ASCII != 0 || std::str::from_utf8(bytes).is_ok(),
        PRINTABLE_STRING | IA5_STRING => classes & ASCII != 0,
        _ => false,
    };
    let may_be_shown = bytes.len() < SEARCHED || std::str::from_utf8(bytes).is_ok_and(|text| others.may_show(text));
    (may_be_read && may_be_shown).then_some(Text { bytes, classes })
}

/// Whether a time is within the validity. `None` also if a date is not written as RFC 5280 has it.
#[inline(always)]
fn is_valid(validity: &[u8], now: u64) -> Option<()> {
    let mut dates = Elements(validity);
    let (start, end) = (date(dates.any()?)?, date(dates.any()?)?);
    (dates.is_empty() && start <= now && now <= end).then_some(())
}

/// A date as the decimal number YYYYMMDDHHMMSS.
#[inline(always)]
fn date((tag, content): (u8, &[u8])) -> Option<u64> {
    let (century, rest) = match tag {
        UTC_TIME => (if *content.first()? < b'5' { 20 } else { 19 }, content),
        GENERALIZED_TIME => {
            let (pair, rest) = content.split_first_chunk()?;
            (two(*pair)?, rest)
        }
        _ => return None,
    };
    let [y, yy, m, mm, d, dd, h, hh, n, nn, s, ss, b'Z'] = *rest else { return None };
    let (year, month, day) = (100 * century + two([y, yy])?, two([m, mm])?, two([d, dd])?);
    let (hour, minute, second) = (two([h, hh])?, two([n, nn])?, two([s, ss])?);
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day == 0 || day > days || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (date, clock) = ((year * 100 + month) * 100 + day, (hour * 100 + minute) * 100 + second);
    Some(u64::from(date) * 1_000_000 + u64::from(clock))
}

/// The number of two digits.
#[inline(always)]
fn two([tens, ones]: [u8; 2]) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
}

/// Whether a public key is of a kind that is accepted.
#[inline(always)]
fn key(info: &[u8], program: &Program) -> Option<()> {
    let mut info = Elements(info);
    let mut identifier = Elements(info.expect(SEQUENCE)?);
    let kind = identifier.expect(OBJECT_IDENTIFIER)?;
    let [0, bits @ ..] = info.expect(BIT_STRING)? else { return None };
    let kinds = &program.keys;
    let is_accepted = if same(kind, &kinds.ec) {
        let curve = identifier.expect(OBJECT_IDENTIFIER)?;
        let [4, both @ ..] = bits else { return None };
        kinds.curves.iter().any(|(known, octets)| both.len() == 2 * octets && same(known, curve))
    } else {
        let modulus = Elements(Elements(bits).expect(SEQUENCE)?).expect(INTEGER)?;
        same(kind, &kinds.rsa) && size(modulus) >= kinds.rsa_bits
    };
    is_accepted.then_some(())
}

/// Whether two short texts are the same. A call for some ten bytes would take longer than they do.
#[inline(always)]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one == other)
}

/// Bits of a number that is not negative.
fn size(octets: &[u8]) -> usize {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    octets.get(zeros).map_or(0, |first| 8 * (octets.len() - zeros) - first.leading_zeros() as usize)
}

/// Whether no extension needs a second look.
#[inline(always)]
fn extensions(list: &[u8], known: &mut KnownExtensions, others: &mut dyn OtherRows) -> Option<()> {
    let mut list = Elements(list);
    while !list.is_empty() {
        let content = list.expect(SEQUENCE)?;
        let mut extension = Elements(content);
        extension.expect(OBJECT_IDENTIFIER)?;
        let is_critical = match extension.0 {
            [1, 1, 0xff, rest @ ..] => {
                extension.0 = rest;
                true
            }
            _ => false,
        };
        extension.expect(OCTET_STRING)?;
        if !extension.is_empty() || is_critical && !known.knows(content, others) {
            return None;
        }
    }
    Some(())
}
