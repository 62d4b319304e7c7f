//! Dates of certificates: read more leniently than DER requires, written as RFC 3339 in UTC.
//!
//! `der` refuses UTCTimes before 1970 and any time without seconds or with an offset. Old certificates have such dates,
//! and people must still see their other fields.

use super::der_reader::{Element, GENERALIZED_TIME, UTC_TIME};

const DAY: i64 = 86_400;

/// Seconds since 1970, of a UTCTime or GeneralizedTime.
pub(super) fn read(time: Element<'_>) -> Option<i64> {
    let mut digits = DateDigits(time.content);
    let year = match time.tag {
        UTC_TIME => match digits.two()? {
            year @ 0..50 => 2000 + year,
            year => 1900 + year,
        },
        GENERALIZED_TIME => digits.two()? * 100 + digits.two()?,
        _ => return None,
    };
    let (month, day, hour) = (digits.two()?, digits.two()?, digits.two()?);
    // Minutes of a GeneralizedTime, and the seconds of both, may be left out.
    let minute = if time.tag == UTC_TIME { digits.two()? } else { digits.two().unwrap_or(0) };
    let second = digits.two().unwrap_or(0);
    digits.skip_fraction();
    let offset = digits.offset()?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    // A leap second is the last that a minute can have.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(days_before(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset)
}

struct DateDigits<'a>(&'a [u8]);

impl DateDigits<'_> {
    fn two(&mut self) -> Option<i64> {
        match *self.0 {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ref rest @ ..] => {
                self.0 = rest;
                Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
            }
            _ => None,
        }
    }

    fn skip_fraction(&mut self) {
        if let [b'.' | b',', rest @ ..] = self.0 {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = &rest[digits..];
        }
    }

    /// Seconds that the clock is ahead of UTC. A time without a zone counts as UTC.
    fn offset(&mut self) -> Option<i64> {
        match *self.0 {
            [] | [b'Z'] => Some(0),
            [sign @ (b'+' | b'-'), ref rest @ ..] => {
                self.0 = rest;
                let (hours, minutes) = (self.two()?, self.two()?);
                let seconds = hours * 3600 + minutes * 60;
                (self.0.is_empty() && hours < 24 && minutes < 60).then_some(if sign == b'+' {
                    seconds
                } else {
                    -seconds
                })
            }
            _ => None,
        }
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. The year begins in March here, so that the leap day comes
/// last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// Seconds since 1970, of a date as conditions of policies have it: a W3C form of ISO 8601 from the year on, or the seconds themselves
/// (IAM's page of condition operators).
pub fn of_condition(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_number = text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    if is_number && text.len() != 4 {
        return text.parse().ok();
    }
    let (date, clock) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00:00Z"));
    let mut widths = [4, 2, 2].into_iter();
    if !date.split('-').all(|part| widths.next() == Some(part.len())) {
        return None;
    }
    let mut digits: Vec<u8> = date.bytes().filter(|byte| *byte != b'-').collect();
    while digits.len() < 8 {
        digits.extend(b"01");
    }
    digits.extend(clock.bytes().filter(|byte| *byte != b':').map(|byte| byte.to_ascii_uppercase()));
    read(Element { tag: GENERALIZED_TIME, content: &digits, encoded: &[], offset: 0 })
}

/// A time as RFC 3339 writes it: UTC, whole seconds.
pub fn rfc3339(seconds: i64) -> String {
    let (days, time) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // Days since 0000-03-01, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (era * 400 + year + i64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 });
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<String> {
        read(Element { tag: UTC_TIME, content: text.as_bytes(), encoded: &[], offset: 0 }).map(rfc3339)
    }

    fn generalized(text: &str) -> Option<String> {
        read(Element { tag: GENERALIZED_TIME, content: text.as_bytes(), encoded: &[], offset: 0 }).map(rfc3339)
    }

    #[test]
    fn every_day_of_a_thousand_years_comes_back() {
        let mut expected = days_before(1600, 1, 1);
        for year in 1600..2600 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days_before(year, month, day), expected);
                    assert_eq!(rfc3339(expected * DAY), format!("{year}-{month:02}-{day:02}T00:00:00Z"));
                    expected += 1;
                }
            }
        }
        assert_eq!(days_before(1970, 1, 1), 0);
        assert_eq!(days_before(2000, 3, 1), 11_017);
    }

    #[test]
    fn both_types_in_their_usual_form() {
        assert_eq!(utc("491231235959Z").as_deref(), Some("2049-12-31T23:59:59Z"));
        assert_eq!(utc("500101000000Z").as_deref(), Some("1950-01-01T00:00:00Z"));
        assert_eq!(generalized("99991231235959Z").as_deref(), Some("9999-12-31T23:59:59Z"));
        assert_eq!(generalized("00000101000000Z").as_deref(), Some("0000-01-01T00:00:00Z"));
    }

    #[test]
    fn forms_that_der_forbids() {
        assert_eq!(utc("9706271200Z").as_deref(), Some("1997-06-27T12:00:00Z"));
        assert_eq!(utc("970627120000+0200").as_deref(), Some("1997-06-27T10:00:00Z"));
        assert_eq!(utc("970627230000-0130").as_deref(), Some("1997-06-28T00:30:00Z"));
        assert_eq!(generalized("19970627120000.25Z").as_deref(), Some("1997-06-27T12:00:00Z"));
        assert_eq!(generalized("1997062712").as_deref(), Some("1997-06-27T12:00:00Z"));
    }

    #[test]
    fn dates_of_conditions() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("1970-01-02T00:00:00Z", DAY),
            ("1970-01-01T01:30:00+01:00", 1800),
            ("1970-01-01T00:00:00.5Z", 0),
            ("1970", 0),
            ("1970-02", 31 * DAY),
            ("1769904001", 1_769_904_001),
            ("-60", -60),
        ] {
            assert_eq!(of_condition(text), Some(seconds), "{text}");
        }
        for text in ["", "tomorrow", "1970-13-01", "1970-01-01T25:00:00Z", "1970-1-1"] {
            assert_eq!(of_condition(text), None, "{text}");
        }
    }

    #[test]
    fn no_dates() {
        for text in ["", "97", "971327120000Z", "970229120000Z", "970627240000Z", "970627120000X", "970627120000+02"] {
            assert_eq!(utc(text), None, "{text}");
        }
        assert_eq!(generalized("19970627120000ZZ"), None);
        assert_eq!(read(Element { tag: 0x04, content: b"970627120000Z", encoded: &[], offset: 0 }), None);
    }
}
