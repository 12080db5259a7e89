//! Query strings: parting them and escaping what is in them.

/// Escapes a value for a query string. Characters that are harmless there and make addresses
/// readable stay as they are. An apostrophe is none of them: browsers write `%27` for it, and the same
/// address would have two texts.
pub fn encode(text: &str) -> String {
    const HARMLESS: &[u8] = b"-._~:,@/!*()$;";
    let mut result = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || HARMLESS.contains(&byte) {
            result.push(char::from(byte));
        } else if byte == b' ' {
            result.push('+');
        } else {
            result.push('%');
            result.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
            result.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
        }
    }
    result
}

/// Undoes [`encode`]. A stray `%` stays; bytes that are no UTF-8 become the replacement character.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'+' => result.push(b' '),
            b'%' => match (hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
                (Some(high), Some(low)) => {
                    result.push(high << 4 | low);
                    at += 2;
                }
                _ => result.push(b'%'),
            },
            byte => result.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&result).into_owned()
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    match byte? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        letter @ b'a'..=b'f' => Some(letter - b'a' + 10),
        letter @ b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

/// The decoded pairs of a query string, in order; a leading `?` is passed over.
pub fn pairs(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    text.trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        })
}

/// The parts of a query string that have one of these names, decoded and in order, and the text without
/// them: what belongs to an endpoint is told from what belongs to the query.
pub fn take_parts(text: &str, names: &[&str]) -> (Vec<(String, String)>, String) {
    let text = text.trim_start_matches('?');
    let (taken, rest): (Vec<&str>, Vec<&str>) = text.split('&').partition(|part| {
        let (name, _) = part.split_once('=').unwrap_or((part, ""));
        names.contains(&decode(name).as_str())
    });
    (pairs(&taken.join("&")).collect(), rest.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".*") {
            prop_assert_eq!(decode(&encode(&text)), text);
        }
    }

    /// A browser writes these otherwise in a query string, so that the text of an address would not be the one that
    /// the page was asked for.
    #[test]
    fn an_apostrophe_is_written_as_browsers_write_it() {
        assert_eq!(encode("O'Brien"), "O%27Brien");
        for rewritten in ['"', '#', '<', '>', '\'', ' ', 'é'] {
            assert!(!encode(&rewritten.to_string()).contains(rewritten));
        }
    }

    #[test]
    fn a_stray_percent_sign_stays() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz"), "%zz");
        assert_eq!(decode("%c3%28"), "\u{fffd}(");
    }

    #[test]
    fn parts_are_taken_by_their_name_and_the_rest_is_as_it_was() {
        let (taken, rest) = take_parts("?f=user:eq:a%26b&limit=5&q=limit&%6cimit=6+", &["limit"]);
        let expected = [("limit", "5"), ("limit", "6 ")];
        assert_eq!(
            taken,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(rest, "f=user:eq:a%26b&q=limit");
        assert_eq!(take_parts("", &["limit"]), (Vec::new(), String::new()));
    }
}
