//! Texts from logs are hostile: long, with control characters, or with marks that turn the reading
//! direction of what follows. Markup in them is harmless, because it is only ever written as text: by
//! Leptos, and by [`push_escaped`] where we write markup ourselves.

use std::fmt::Write;

/// Most characters of a text that a cell shows.
pub const MOST_IN_CELL: usize = 300;
/// Most characters of a text that a pane or a tooltip shows.
pub const MOST_IN_PANE: usize = 1_000;

/// What a page shows of a text: at most `most_chars` characters, with the replacement character for
/// what cannot be seen but would change what surrounds it.
pub fn shown(text: &str, most_chars: usize) -> String {
    let cut = model::present::shortened(text, most_chars);
    if cut.chars().any(is_disturbing) {
        cut.chars()
            .map(|char| {
                if is_disturbing(char) {
                    '\u{fffd}'
                } else {
                    char
                }
            })
            .collect()
    } else {
        cut
    }
}

/// The same for a text of several lines.
pub fn shown_lines(text: &str, most_chars: usize) -> String {
    let lines: Vec<String> = model::present::shortened(text, most_chars)
        .split('\n')
        .map(|line| shown(line, most_chars))
        .collect();
    lines.join("\n")
}

/// Control characters, and marks that embed, override or isolate a reading direction.
pub fn is_disturbing(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escapes one value of a query string.
pub fn escaped(value: &str) -> String {
    let mut result = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            result.push(char::from(byte));
        } else if write!(result, "%{byte:02X}").is_err() {
            // Writing to a string does not fail.
            return result;
        }
    }
    result
}

/// Appends a text to markup, so that it stays a text: between elements, and within quotes of an attribute.
pub fn push_escaped(markup: &mut String, text: &str) {
    let mut rest = text;
    // These are single bytes in UTF-8, and never part of another character.
    while let Some(at) = rest.bytes().position(is_of_markup) {
        let (before, from) = rest.split_at(at);
        let mut characters = from.chars();
        markup.push_str(before);
        markup.push_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#x27;",
        });
        rest = characters.as_str();
    }
    markup.push_str(rest);
}

fn is_of_markup(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_markup_stays_a_text() {
        let mut markup = String::new();
        push_escaped(&mut markup, "<b title=\"'&'\">é&amp;");
        assert_eq!(
            markup,
            "&lt;b title=&quot;&#x27;&amp;&#x27;&quot;&gt;é&amp;amp;"
        );
    }

    #[test]
    fn what_would_disturb_the_page_is_replaced() {
        assert_eq!(
            shown("a\u{0}b\u{202e}c\nd", 300),
            "a\u{fffd}b\u{fffd}c\u{fffd}d"
        );
        assert_eq!(shown("\u{200f}שלום", 300), "\u{200f}שלום");
        assert_eq!(shown_lines("a\r\nb", 300), "a\u{fffd}\nb");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(
            shown(&"x".repeat(100_000), MOST_IN_CELL).chars().count(),
            MOST_IN_CELL + 1
        );
    }

    #[test]
    fn any_text_survives_an_address() {
        let text = "a b&c=d#é%";
        assert_eq!(escaped(text), "a%20b%26c%3Dd%23%C3%A9%25");
        let (query, problems) = model::Query::parse(&format!("row={}", escaped(text)));
        assert_eq!(problems, []);
        assert_eq!(query.row.as_deref(), Some(text));
    }
}
