//! Identifiers of 16 bytes as texts.

use std::ops::Range;

/// How 16 bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// `5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00`, in lower case.
    Guid,
    /// 22 letters of the URL-safe base 64.
    Token,
}

pub(super) fn read(form: Form, text: &str) -> Option<u128> {
    match form {
        Form::Guid => guid(text.as_bytes()),
        Form::Token => token(text.as_bytes()),
    }
}

/// Letters of a GUID, its dashes included.
pub(super) const GUID_LETTERS: usize = 36;

pub(super) fn guid(text: &[u8]) -> Option<u128> {
    if text.len() != GUID_LETTERS {
        return None;
    }
    guid_beginning(text).map(|(value, _)| value)
}

/// The hexadecimal digits at the beginning of a GUID as a number, and how many there are.
fn guid_beginning(text: &[u8]) -> Option<(u128, u32)> {
    let (mut value, mut digits) = (0, 0);
    for (at, byte) in text.iter().enumerate() {
        let digit = match byte {
            b'-' if matches!(at, 8 | 13 | 18 | 23) => continue,
            _ if matches!(at, 8 | 13 | 18 | 23) => return None,
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        value = value << 4 | u128::from(digit);
        digits += 1;
    }
    Some((value, digits))
}

/// Where those lie that begin with a text.
pub(super) fn guid_range(folded: &str, values: &[u128]) -> Range<usize> {
    if folded.len() > GUID_LETTERS {
        return 0..0;
    }
    let Some((beginning, digits)) = guid_beginning(folded.as_bytes()) else {
        return 0..0;
    };
    if digits == 0 {
        return 0..values.len();
    }
    let shift = 128 - 4 * digits;
    let start = values.partition_point(|value| value >> shift < beginning);
    let end = values.partition_point(|value| value >> shift <= beginning);
    start..end
}

/// Letters of a token.
pub(super) const TOKEN_LETTERS: usize = 22;
/// The letters in the order of their bytes, so that numbers are in the order of texts.
const LETTERS: &[u8; 64] = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/// What the last letter may be: it carries two bits.
const LAST_LETTERS: &[u8; 4] = b"AQgw";

fn token(text: &[u8]) -> Option<u128> {
    if text.len() != TOKEN_LETTERS {
        return None;
    }
    let (last, others) = text.split_last()?;
    let mut value: u128 = 0;
    for byte in others {
        let bits = match byte {
            b'-' => 0,
            b'0'..=b'9' => byte - b'0' + 1,
            b'A'..=b'Z' => byte - b'A' + 11,
            b'_' => 37,
            b'a'..=b'z' => byte - b'a' + 38,
            _ => return None,
        };
        value = value << 6 | u128::from(bits);
    }
    let last = LAST_LETTERS.iter().position(|letter| letter == last)?;
    Some(value << 2 | last as u128)
}

/// Whether a token begins with a text, given in lower case, in any letter case.
pub(super) fn token_starting(folded: &str) -> impl Fn(u128) -> bool {
    let is_possible = folded.is_ascii() && folded.len() <= TOKEN_LETTERS;
    let wanted: Vec<u8> = folded.bytes().collect();
    move |value| {
        let mut shift = 128;
        is_possible
            && wanted.iter().enumerate().all(|(at, letter)| {
                let held = if at + 1 == TOKEN_LETTERS {
                    LAST_LETTERS[(value & 3) as usize]
                } else {
                    shift -= 6;
                    LETTERS[(value >> shift & 63) as usize]
                };
                held.eq_ignore_ascii_case(letter)
            })
    }
}

pub(super) fn write(form: Form, value: u128, out: &mut [u8; GUID_LETTERS]) -> usize {
    match form {
        Form::Guid => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
            for at in [8, 13, 18, 23] {
                out[at] = b'-';
            }
            for (byte, at) in value.to_be_bytes().into_iter().zip(PLACES) {
                out[at] = DIGITS[usize::from(byte >> 4)];
                out[at + 1] = DIGITS[usize::from(byte & 15)];
            }
            GUID_LETTERS
        }
        Form::Token => {
            let mut shift = 128;
            for byte in out.iter_mut().take(TOKEN_LETTERS - 1) {
                shift -= 6;
                *byte = LETTERS[(value >> shift & 63) as usize];
            }
            out[TOKEN_LETTERS - 1] = LAST_LETTERS[(value & 3) as usize];
            TOKEN_LETTERS
        }
    }
}
