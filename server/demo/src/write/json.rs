//! JSON text written straight into a buffer, without a tree in between.

use crate::guid::Guid;
use chrono::{DateTime, Datelike};

/// Ticks of 100 nanoseconds in a second: the unit of the seven decimals in sign-in records.
pub(crate) const TICKS_PER_SECOND: i64 = 10_000_000;

/// How a moment is written.
#[derive(Clone, Copy)]
pub(crate) enum Zone {
    /// `Z`, in envelopes and in Graph.
    Letter,
    /// `+00:00`, in the properties of diagnostic records.
    Offset,
}

/// A writer of one JSON object. Keys must need no escaping.
pub(crate) struct Json<'out> {
    out: &'out mut Vec<u8>,
}

impl<'out> Json<'out> {
    pub(crate) fn new(out: &'out mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out }
    }

    fn separate(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.separate();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    /// A text that may hold anything.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push(b'"');
        self.escaped(value);
        self.out.push(b'"');
    }

    /// A text known to hold neither quotes, backslashes nor control characters.
    pub(crate) fn plain(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push(b'"');
        self.out.extend_from_slice(value.as_bytes());
        self.out.push(b'"');
    }

    pub(crate) fn plain_item(&mut self, value: &str) {
        self.separate();
        self.out.push(b'"');
        self.out.extend_from_slice(value.as_bytes());
        self.out.push(b'"');
    }

    pub(crate) fn guid(&mut self, key: &str, value: Guid) {
        self.key(key);
        self.out.push(b'"');
        value.write(self.out);
        self.out.push(b'"');
    }

    pub(crate) fn token_identifier(&mut self, key: &str, value: Guid) {
        self.key(key);
        self.out.push(b'"');
        value.write_token_identifier(self.out);
        self.out.push(b'"');
    }

    pub(crate) fn number(&mut self, key: &str, value: i64) {
        self.key(key);
        if value < 0 {
            self.out.push(b'-');
        }
        self.digits(value.unsigned_abs());
    }

    /// A number in quotes.
    pub(crate) fn number_text(&mut self, key: &str, value: u32) {
        self.key(key);
        self.out.push(b'"');
        self.digits(u64::from(value));
        self.out.push(b'"');
    }

    pub(crate) fn boolean(&mut self, key: &str, value: bool) {
        self.key(key);
        self.out
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    pub(crate) fn null(&mut self, key: &str) {
        self.fragment(key, "null");
    }

    /// A value that is JSON already.
    pub(crate) fn fragment(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.extend_from_slice(value.as_bytes());
    }

    pub(crate) fn fragment_item(&mut self, value: &str) {
        self.separate();
        self.out.extend_from_slice(value.as_bytes());
    }

    pub(crate) fn open(&mut self, key: &str) {
        self.key(key);
        self.out.push(b'{');
    }

    pub(crate) fn open_item(&mut self) {
        self.separate();
        self.out.push(b'{');
    }

    pub(crate) fn close(&mut self) {
        self.out.push(b'}');
    }

    pub(crate) fn open_list(&mut self, key: &str) {
        self.key(key);
        self.out.push(b'[');
    }

    pub(crate) fn close_list(&mut self) {
        self.out.push(b']');
    }

    /// Degrees with four decimals.
    pub(crate) fn coordinate(&mut self, key: &str, degrees: f64) {
        self.key(key);
        let scaled = (degrees * 10_000.0).round() as i64;
        if scaled < 0 {
            self.out.push(b'-');
        }
        let scaled = scaled.unsigned_abs();
        self.digits(scaled / 10_000);
        self.out.push(b'.');
        self.padded(scaled % 10_000, 4);
    }

    /// A moment in ticks since 1970.
    pub(crate) fn moment(&mut self, key: &str, ticks: i64, zone: Zone) {
        self.key(key);
        self.out.push(b'"');
        let seconds = ticks.div_euclid(TICKS_PER_SECOND);
        let date = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let second_of_day = seconds.rem_euclid(86_400) as u64;
        self.padded(date.year().unsigned_abs().into(), 4);
        self.out.push(b'-');
        self.padded(date.month().into(), 2);
        self.out.push(b'-');
        self.padded(date.day().into(), 2);
        self.out.push(b'T');
        self.padded(second_of_day / 3600, 2);
        self.out.push(b':');
        self.padded(second_of_day / 60 % 60, 2);
        self.out.push(b':');
        self.padded(second_of_day % 60, 2);
        self.out.push(b'.');
        self.padded(ticks.rem_euclid(TICKS_PER_SECOND) as u64, 7);
        match zone {
            Zone::Letter => self.out.extend_from_slice(b"Z\""),
            Zone::Offset => self.out.extend_from_slice(b"+00:00\""),
        }
    }

    pub(crate) fn quote(&mut self) {
        self.out.push(b'"');
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub(crate) fn digits(&mut self, mut value: u64) {
        let mut text = [0; 20];
        let mut start = text.len();
        loop {
            start -= 1;
            text[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&text[start..]);
    }

    pub(crate) fn hexadecimal(&mut self, value: u16) {
        let mut is_leading = true;
        for shift in [12, 8, 4, 0] {
            let digit = value >> shift & 15;
            is_leading &= digit == 0 && shift > 0;
            if !is_leading {
                self.out.push(b"0123456789abcdef"[usize::from(digit)]);
            }
        }
    }

    fn padded(&mut self, mut value: u64, width: usize) {
        let mut text = [b'0'; 8];
        for position in (0..width).rev() {
            text[position] = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.out.extend_from_slice(&text[..width]);
    }

    fn escaped(&mut self, value: &str) {
        let bytes = value.as_bytes();
        let mut done = 0;
        for (index, byte) in bytes.iter().enumerate() {
            if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
                continue;
            }
            self.out.extend_from_slice(&bytes[done..index]);
            done = index + 1;
            match byte {
                b'"' | b'\\' => self.out.extend_from_slice(&[b'\\', *byte]),
                control => {
                    self.out.extend_from_slice(b"\\u00");
                    self.out
                        .push(b"0123456789abcdef"[usize::from(control >> 4)]);
                    self.out
                        .push(b"0123456789abcdef"[usize::from(control & 15)]);
                }
            }
        }
        self.out.extend_from_slice(&bytes[done..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_serde_reads() {
        let mut out = Vec::new();
        let mut json = Json::new(&mut out);
        json.text("text", "a\"b\\c\n\u{1}é");
        json.number("number", -42);
        json.coordinate("degrees", -1.0333);
        json.moment("moment", -1, Zone::Letter);
        json.open_list("list");
        json.plain_item("x");
        json.plain_item("y");
        json.close_list();
        json.key("hex");
        json.quote();
        json.hexadecimal(0xa0);
        json.hexadecimal(0);
        json.quote();
        json.close();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "text": "a\"b\\c\n\u{1}é", "number": -42, "degrees": -1.0333,
                "moment": "1969-12-31T23:59:59.9999999Z", "list": ["x", "y"], "hex": "a00",
            })
        );
    }
}
