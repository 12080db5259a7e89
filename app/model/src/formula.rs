//! Texts that a spreadsheet would run as formulas, and the apostrophe that keeps it from doing so.
//!
//! Names, agents and addresses in a log are written by whoever tries to sign in. Downloads guard them, and
//! imports take the guard off again: a text comes back as it was.

use std::borrow::Cow;

/// What stands in front of a text so that no spreadsheet runs it.
pub const GUARD: char = '\'';

/// Whether a spreadsheet might take the text for a formula: full-width signs count, as some do.
pub fn is_formula(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

/// The text with one more apostrophe, when behind those that it has there is what looks like a formula.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches(GUARD)) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Undoes [`guarded`]. `None` when the text has no guard.
pub fn unguarded(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(GUARD)?;
    is_formula(rest.trim_start_matches(GUARD)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_get_an_apostrophe_and_other_texts_none() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("-uti", "'-uti"),
            ("\t=1", "'\t=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("Ann", "Ann"),
            ("'quoted'", "'quoted'"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected, "{text}");
        }
        assert_eq!(unguarded("'quoted'"), None);
        assert_eq!(unguarded("=1"), None);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@\t a-]{0,5}|\\PC{0,9}") {
            let written = guarded(&text);
            prop_assert!(!is_formula(&written));
            prop_assert_eq!(unguarded(&written).unwrap_or(&written), text.as_str());
        }
    }
}
