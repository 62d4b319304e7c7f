//! Comparisons of condition operators other than those of strings and ARNs: numbers, dates, booleans, addresses.

use super::truth::Truth;
use crate::certificate::time_of_condition;
use std::cmp::Ordering;
use std::net::IpAddr;

/// Whether a request's value fits a policy's value by an operator, or by the opposite of a negated one.
pub fn holds(operator: &str, value: &str, wanted: &str) -> bool {
    if let Some(relation) = operator.strip_prefix("Numeric") {
        return number(value).zip(number(wanted)).is_some_and(|(one, other)| fits(relation, order(&one, &other)));
    }
    if let Some(relation) = operator.strip_prefix("Date") {
        let moments = time_of_condition(value).zip(time_of_condition(wanted));
        return moments.is_some_and(|(one, other)| fits(relation, one.cmp(&other)));
    }
    match operator {
        "Bool" => {
            let is_word = |text: &str| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
            is_word(wanted) && value.eq_ignore_ascii_case(wanted)
        }
        "BinaryEquals" => value == wanted,
        "IpAddress" | "NotIpAddress" => in_range(value, wanted),
        _ => false,
    }
}

/// Whether two values in this order fit a relation.
fn fits(relation: &str, order: Ordering) -> bool {
    match relation {
        "LessThan" => order.is_lt(),
        "LessThanEquals" => order.is_le(),
        "GreaterThan" => order.is_gt(),
        "GreaterThanEquals" => order.is_ge(),
        // `Equals`, and `NotEquals`, which the caller turns round.
        _ => order.is_eq(),
    }
}

/// Whether two texts are equal but for letter case. IAM does not document which letters beyond ASCII have a case: such texts may be equal.
pub fn equal_ignoring_case(one: &str, other: &str) -> Truth {
    if one.eq_ignore_ascii_case(other) {
        return Truth::Yes;
    }
    if one.is_ascii() || other.is_ascii() { Truth::No } else { Truth::Unknown }
}

/// A decimal number: whether it is negative, its digits before the point without leading zeros, and those after without trailing ones.
/// Numbers are compared as texts, so that no digit is lost.
type Decimal<'t> = (bool, &'t str, &'t str);

fn number(text: &str) -> Option<Decimal<'_>> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let is_zero = whole.is_empty() && fraction.is_empty();
    Some((text.starts_with('-') && !is_zero, whole, fraction))
}

fn order(one: &Decimal<'_>, other: &Decimal<'_>) -> Ordering {
    let size = |(_, whole, fraction): &Decimal<'_>, (_, whole_2, fraction_2): &Decimal<'_>| {
        whole.len().cmp(&whole_2.len()).then_with(|| whole.cmp(whole_2)).then_with(|| fraction.cmp(fraction_2))
    };
    match (one.0, other.0) {
        (false, false) => size(one, other),
        (true, true) => size(other, one),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// Whether an address is in a range of CIDR, or equals an address.
fn in_range(address: &str, range: &str) -> bool {
    let (base, bits) = range.split_once('/').map_or((range, None), |(base, bits)| (base, Some(bits)));
    let (Ok(address), Ok(base)) = (address.parse::<IpAddr>(), base.parse::<IpAddr>()) else { return false };
    let (address, base, most) = match (address, base) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (u128::from(u32::from(one)), u128::from(u32::from(other)), 32),
        (IpAddr::V6(one), IpAddr::V6(other)) => (u128::from(one), u128::from(other), 128),
        _ => return false,
    };
    let Some(bits) = bits.map_or(Some(most), |bits| bits.parse::<u32>().ok().filter(|bits| *bits <= most)) else {
        return false;
    };
    let shift = most - bits;
    shift == 128 || address >> shift == base >> shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_by_their_kind() {
        for (operator, value, wanted) in [
            ("NumericEquals", "10", "10.0"),
            ("NumericLessThan", "-2", "1"),
            ("NumericLessThan", "9", "10"),
            ("NumericGreaterThan", "-1.5", "-2"),
            ("NumericGreaterThanEquals", "0.30", "0.3"),
            ("NumericEquals", "-0", "0"),
            ("DateLessThan", "2026-01-31T23:59:59Z", "2026-02-01"),
            ("DateEquals", "2026-02-01T01:00:00+01:00", "2026-02-01T00:00:00Z"),
            ("DateGreaterThan", "1769904001", "2026-02-01T00:00:00Z"),
            ("Bool", "True", "true"),
            ("IpAddress", "203.0.113.77", "203.0.113.0/24"),
            ("IpAddress", "203.0.113.7", "203.0.113.7"),
            ("IpAddress", "2001:db8::5", "2001:DB8::/32"),
            ("IpAddress", "198.51.100.1", "0.0.0.0/0"),
        ] {
            assert!(holds(operator, value, wanted), "{operator} {value} {wanted}");
        }
        for (operator, value, wanted) in [
            ("NumericEquals", "1", "1.01"),
            ("NumericLessThan", "10", "9"),
            ("NumericEquals", "many", "many"),
            ("DateLessThan", "2026-02-01T00:00:00Z", "2026-02-01"),
            ("DateEquals", "tomorrow", "tomorrow"),
            ("Bool", "yes", "yes"),
            ("IpAddress", "203.0.114.1", "203.0.113.0/24"),
            ("IpAddress", "203.0.113.1", "2001:db8::/32"),
            ("IpAddress", "203.0.113.1", "203.0.113.0/33"),
        ] {
            assert!(!holds(operator, value, wanted), "{operator} {value} {wanted}");
        }
    }
}
