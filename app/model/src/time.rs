//! Reading and writing moments.
//!
//! Exports write time in about fifteen ways (see the tests). The rule is that of the field: month
//! before day where the order is open, and no zone means UTC. Digits beyond a microsecond are cut,
//! never rounded, so that an event cannot move into the next second.

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc,
};

/// Earliest year accepted as the time of a sign-in. Entra ID began as Windows Azure AD in 2010.
const EARLIEST_YEAR: i32 = 2000;
/// Latest year accepted: what lies beyond is a broken clock, not a log.
const LATEST_YEAR: i32 = 2200;

/// Writes a moment as RFC 3339 in UTC with `Z`; a fraction is written only when there is one.
pub fn write(moment: DateTime<Utc>) -> String {
    let mut text = String::with_capacity("2026-11-24T10:42:00.123456Z".len());
    // Digit by digit: exports write one for each row, and a format string is read anew each time.
    if !(0..=9_999).contains(&moment.year()) {
        text.push_str(&moment.format("%Y").to_string());
    } else {
        digits(&mut text, moment.year().unsigned_abs(), 4);
    }
    let parts = [
        ('-', moment.month()),
        ('-', moment.day()),
        ('T', moment.hour()),
        (':', moment.minute()),
        (':', moment.second()),
    ];
    for (before, part) in parts {
        text.push(before);
        digits(&mut text, part, 2);
    }
    let micros = moment.timestamp_subsec_micros() % 1_000_000;
    if micros > 0 {
        text.push('.');
        digits(&mut text, micros, 6);
        text.truncate(text.trim_end_matches('0').len());
    }
    text.push('Z');
    text
}

fn digits(text: &mut String, number: u32, count: u32) {
    for place in (0..count).rev() {
        let digit = number / 10u32.pow(place) % 10;
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// Reads a moment in any of the forms that exports use. `None` when it is no date, or lies outside
/// the years 2000 to 2200.
pub fn read(text: &str) -> Option<DateTime<Utc>> {
    let bytes = text.trim().trim_end_matches(')').as_bytes();
    let text = std::str::from_utf8(bytes).ok()?;
    let moment = read_iso(text.as_bytes()).or_else(|| read_american(text))?;
    (EARLIEST_YEAR..=LATEST_YEAR)
        .contains(&moment.year())
        .then_some(moment)
}

/// `2021-02-03T17:11:39.1234567+00:00`, with a blank for the T, any number of fraction digits, a
/// one-digit hour, and any or no zone.
fn read_iso(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let mut cursor = Cursor { bytes, at: 0 };
    let year = cursor.number(4, 4)?;
    cursor.expect(b'-')?;
    let month = cursor.number(1, 2)?;
    cursor.expect(b'-')?;
    let day = cursor.number(1, 2)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    if cursor.at == bytes.len() {
        return Some(Utc.from_utc_datetime(&date.and_time(NaiveTime::MIN)));
    }
    if !matches!(cursor.peek()?, b'T' | b't' | b' ') {
        return None;
    }
    cursor.at += 1;
    let time = cursor.time()?;
    let offset_seconds = cursor.zone()?;
    if cursor.at != bytes.len() {
        return None;
    }
    to_utc(date.and_time(time), offset_seconds)
}

/// `4/28/2021, 2:08:45.221 PM`, `5/16/2021 9:58:14 AM`, `1/9/2007 10:41:00 AM +01:00`.
fn read_american(text: &str) -> Option<DateTime<Utc>> {
    let mut cursor = Cursor {
        bytes: text.as_bytes(),
        at: 0,
    };
    let month = cursor.number(1, 2)?;
    cursor.expect(b'/')?;
    let day = cursor.number(1, 2)?;
    cursor.expect(b'/')?;
    let year = cursor.number(4, 4)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    if cursor.at == cursor.bytes.len() {
        return Some(Utc.from_utc_datetime(&date.and_time(NaiveTime::MIN)));
    }
    if cursor.peek() == Some(b',') {
        cursor.at += 1;
    }
    cursor.skip_blanks();
    let time = cursor.time()?;
    cursor.skip_blanks();
    let time = cursor.half_day(time)?;
    cursor.skip_blanks();
    let offset_seconds = cursor.zone()?;
    if cursor.at != cursor.bytes.len() {
        return None;
    }
    to_utc(date.and_time(time), offset_seconds)
}

fn to_utc(local: NaiveDateTime, offset_seconds: i32) -> Option<DateTime<Utc>> {
    let offset = FixedOffset::east_opt(offset_seconds)?;
    let moment = offset.from_local_datetime(&local).single()?;
    Some(moment.with_timezone(&Utc))
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// A number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let start = self.at;
        let mut number = 0u32;
        while self.at - start < most {
            match self.peek() {
                Some(digit @ b'0'..=b'9') => number = number * 10 + u32::from(digit - b'0'),
                _ => break,
            }
            self.at += 1;
        }
        (self.at - start >= least).then_some(number)
    }

    /// `17:11:39.1234567`, the seconds and the fraction being optional.
    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.number(1, 2)?;
        self.expect(b':')?;
        let minute = self.number(2, 2)?;
        let mut second = 0;
        let mut micros = 0;
        if self.peek() == Some(b':') {
            self.at += 1;
            second = self.number(2, 2)?;
            if matches!(self.peek(), Some(b'.' | b',')) {
                self.at += 1;
                micros = self.fraction()?;
            }
        }
        // A leap second is folded into the last second of the minute.
        NaiveTime::from_hms_micro_opt(hour, minute, second.min(59), micros)
    }

    /// Digits after the point, cut to microseconds.
    fn fraction(&mut self) -> Option<u32> {
        let mut micros = 0;
        let mut digits = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            if digits < 6 {
                micros = micros * 10 + u32::from(digit - b'0');
            }
            digits += 1;
            self.at += 1;
        }
        if digits == 0 {
            return None;
        }
        for _ in digits..6 {
            micros *= 10;
        }
        Some(micros)
    }

    fn half_day(&mut self, time: NaiveTime) -> Option<NaiveTime> {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let afternoon = match rest.get(..2) {
            Some(word) if word.eq_ignore_ascii_case(b"AM") => false,
            Some(word) if word.eq_ignore_ascii_case(b"PM") => true,
            _ => return Some(time),
        };
        self.at += 2;
        let hour = match (time.hour(), afternoon) {
            (12, false) => 0,
            (12, true) => 12,
            (hour @ 1..=11, false) => hour,
            (hour @ 1..=11, true) => hour + 12,
            _ => return None,
        };
        time.with_hour(hour)
    }

    /// `Z`, `+01:00`, `-0500`, or nothing, in seconds east of UTC.
    fn zone(&mut self) -> Option<i32> {
        let sign = match self.peek() {
            None => return Some(0),
            Some(b'Z' | b'z') => {
                self.at += 1;
                return Some(0);
            }
            Some(b'+' | b' ') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        self.at += 1;
        let hours = self.number(2, 2)?;
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        let minutes = self.number(2, 2)?;
        i32::try_from(hours * 3600 + minutes * 60)
            .ok()
            .map(|seconds| sign * seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_form_seen_in_exports_is_read() {
        for (text, expected) in [
            ("2021-02-03T17:11:39", "2021-02-03T17:11:39Z"),
            (
                "2021-02-03T17:11:39.0273716Z",
                "2021-02-03T17:11:39.027371Z",
            ),
            (
                "2021-02-03T17:11:39.999999999Z",
                "2021-02-03T17:11:39.999999Z",
            ),
            (
                "2022-01-24T05:10:08.6816663+00:00",
                "2022-01-24T05:10:08.681666Z",
            ),
            ("2025-01-15 14:20:35.456", "2025-01-15T14:20:35.456Z"),
            (
                "2023-07-26 22:58:30.983201900",
                "2023-07-26T22:58:30.983201Z",
            ),
            ("2022-09-09T8:48:50.361Z", "2022-09-09T08:48:50.361Z"),
            (
                "2022-09-09T08:48:17.8202975Z)",
                "2022-09-09T08:48:17.820297Z",
            ),
            ("2022-09-09T08:48:17-05:00", "2022-09-09T13:48:17Z"),
            ("2022-09-09T08:48:17.5+05:30", "2022-09-09T03:18:17.5Z"),
            ("4/28/2021, 2:08:45.221 PM", "2021-04-28T14:08:45.221Z"),
            ("5/16/2021 9:58:14 AM", "2021-05-16T09:58:14Z"),
            ("5/16/2021 12:00:00 AM", "2021-05-16T00:00:00Z"),
            ("1/9/2007 10:41:00 AM +01:00", "2007-01-09T09:41:00Z"),
            ("5/16/2021 19:58:14", "2021-05-16T19:58:14Z"),
            ("2026-11-24", "2026-11-24T00:00:00Z"),
        ] {
            assert_eq!(read(text).map(write).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "24/13/2026",
            "2026-13-01T00:00:00Z",
            "2026-02-30",
            "1601-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-11-24T25:00:00Z",
            "2026-11-24T10:00:00Q",
            "13:00 PM",
            "2026-11-24T",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(micros in 946_684_800_000_000i64..7_000_000_000_000_000) {
            let moment = DateTime::from_timestamp_micros(micros).expect("in range");
            prop_assert_eq!(read(&write(moment)), Some(moment));
        }

        #[test]
        fn any_text_is_survived(text in ".*") {
            read(&text);
        }
    }
}
