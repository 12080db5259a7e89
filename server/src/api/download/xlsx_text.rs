//! Text as a workbook may hold it.

use std::borrow::Cow;

/// Most UTF-16 units of a cell; spreadsheets call a file with more damaged.
const MOST_UNITS: usize = 32_767;

/// Adds the text as XML, cut where a cell ends: the last sign is then an ellipsis. Characters that XML cannot
/// hold are written as `_x0007_`, and what looks so with a mark in front, as the format has it.
pub fn push_text(text: &str, out: &mut Vec<u8>) {
    let text = cut(text);
    let mut rest: &str = &text;
    while let Some(character) = rest.chars().next() {
        let (this, after) = rest.split_at(character.len_utf8());
        match character {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '_' if is_escape(rest) => out.extend_from_slice(b"_x005F_"),
            '\t' | '\n' => out.extend_from_slice(this.as_bytes()),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.extend_from_slice(format!("_x{:04X}_", u32::from(character)).as_bytes());
            }
            _ => out.extend_from_slice(this.as_bytes()),
        }
        rest = after;
    }
}

/// Whether the text begins as an escaped character does: `_x0007_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'_', b'x', hex @ .., ] if hex.len() >= 5
        && hex.iter().take(4).all(u8::is_ascii_hexdigit) && hex.get(4) == Some(&b'_'))
}

/// What a cell has room for. An escaped character counts with all that is written for it.
fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST_UNITS / 7 {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let is_escaped = match character {
            '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => true,
            '_' => text.get(at..).is_some_and(is_escape),
            _ => false,
        };
        let takes = if is_escaped { 7 } else { character.len_utf16() };
        if units + takes < MOST_UNITS {
            end = at + character.len_utf8();
        }
        units += takes;
    }
    match units <= MOST_UNITS {
        true => Cow::Borrowed(text),
        false => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        push_text(text, &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn xml_holds_what_a_cell_says() {
        assert_eq!(written("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert_eq!(written("bell\u{7}\r\n"), "bell_x0007__x000D_\n");
        assert_eq!(written("_x0007_ _x07"), "_x005F_x0007_ _x07");
        assert_eq!(written("\u{202e}ש\u{ffff}"), "\u{202e}ש_xFFFF_");
    }

    #[test]
    fn overlong_texts_are_cut_and_show_it() {
        let fits = "é".repeat(MOST_UNITS);
        assert_eq!(written(&fits), fits);
        let long = written(&"😀".repeat(MOST_UNITS));
        assert!(long.encode_utf16().count() <= MOST_UNITS);
        assert!(long.ends_with('…'));
        let escaped = written(&"\u{1}".repeat(MOST_UNITS));
        assert!(escaped.encode_utf16().count() <= MOST_UNITS);
    }
}
