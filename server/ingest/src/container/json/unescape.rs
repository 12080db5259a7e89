//! Turns the inside of a JSON string into the text it stands for.

/// Appends the text that the string's content stands for to `out`; never longer than the content.
/// Half a surrogate pair becomes the replacement character. `false` when an escape is none.
pub(super) fn unescape(content: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = content;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let Some(&kind) = rest.get(at + 1) else {
            return false;
        };
        rest = &rest[at + 2..];
        let simple = match kind {
            b'"' | b'\\' | b'/' => kind,
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            b'u' => {
                let Some((character, used)) = unicode(rest) else {
                    return false;
                };
                rest = &rest[used..];
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            _ => return false,
        };
        out.push(simple);
    }
    out.extend_from_slice(rest);
    true
}

/// Reads the digits of `\uXXXX`, and the second half of a pair if there is one.
fn unicode(rest: &[u8]) -> Option<(char, usize)> {
    let first = hex(rest)?;
    if (0xD800..0xDC00).contains(&first)
        && rest.get(4..6) == Some(b"\\u")
        && let Some(second) = rest.get(6..).and_then(hex)
        && (0xDC00..0xE000).contains(&second)
    {
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return Some((
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            10,
        ));
    }
    Some((
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        4,
    ))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = digits.get(..4)?;
    digits.iter().try_fold(0, |code, digit| {
        Some(code * 16 + char::from(*digit).to_digit(16)?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::unescape;

    proptest! {
        #[test]
        fn what_serde_writes_comes_back(text in any::<String>()) {
            let quoted = serde_json::to_string(&text).unwrap();
            let mut out = Vec::new();
            prop_assert!(unescape(&quoted.as_bytes()[1..quoted.len() - 1], &mut out));
            prop_assert_eq!(out, text.into_bytes());
        }

        #[test]
        fn never_longer_and_never_panics(content in proptest::collection::vec(prop_oneof![Just(b'\\'), Just(b'u'), Just(b'd'), Just(b'8'), any::<u8>()], 0..40)) {
            let mut out = Vec::new();
            unescape(&content, &mut out);
            prop_assert!(out.len() <= content.len());
        }
    }

    #[test]
    fn pairs_and_halves() {
        let mut out = Vec::new();
        assert!(unescape(br"\ud83d\ude00\ud83dx\u00e9", &mut out));
        assert_eq!(out, "😀\u{FFFD}xé".as_bytes());
    }
}
