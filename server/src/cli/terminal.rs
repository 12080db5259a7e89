//! Text for a terminal. Texts from logs may hold control characters that would repaint it.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line on standard output. The macros of the library would panic when nobody reads it.
///
/// # Errors
/// When it cannot be written, as when the reader of a pipe went away.
pub fn say(line: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// The text with control characters, and marks that turn the direction of writing, made visible.
pub fn plain(text: &str) -> Cow<'_, str> {
    let hostile = |char: char| {
        (char.is_control() && char != '\n')
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(hostile) {
        Cow::Owned(
            text.chars()
                .map(|char| if hostile(char) { '\u{fffd}' } else { char })
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_cannot_reach_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{202e}c"), "a\u{fffd}[2Jb\u{fffd}c");
        assert_eq!(plain("Kraków\n"), "Kraków\n");
    }
}
