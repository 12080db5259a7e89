//! QR codes, as one path of an inline SVG: the content security policy knows no other pictures than files of ours.

use std::fmt::Write;

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// White squares around it, without which readers do not find it.
const QUIET: usize = 4;

/// A text as a QR code; nothing when it is longer than such a code can be.
pub fn qr_code(text: &str, label: &'static str) -> Option<AnyView> {
    let code = QrCode::new(text).ok()?;
    let size = code.width() + 2 * QUIET;
    let path = path(&code);
    let drawn = view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label>
            <rect class="paper" width=size height=size></rect>
            <path d=path></path>
        </svg>
    };
    Some(drawn.into_any())
}

/// The dark squares, those beside each other as one bar.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for (row, squares) in code.to_colors().chunks(code.width()).enumerate() {
        let mut column = 0;
        for bar in squares.chunk_by(|one, other| one == other) {
            if bar.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, bar.len());
                // Writing to a text does not fail.
                write!(path, "M{x} {y}h{length}v1h-{length}z").ok();
            }
            column += bar.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that a path makes dark.
    fn squares(path: &str, width: usize) -> Vec<bool> {
        let mut dark = vec![false; width * width];
        for bar in path.split('z').filter(|bar| !bar.is_empty()) {
            let (place, rest) = bar.trim_start_matches('M').split_once('h').expect("a bar");
            let (x, y) = place.split_once(' ').expect("a place");
            let length = rest.split('v').next().expect("a length");
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let start = (number(y) - QUIET) * width + number(x) - QUIET;
            for square in &mut dark[start..start + number(length)] {
                assert!(!*square, "drawn twice");
                *square = true;
            }
        }
        dark
    }

    #[test]
    fn the_path_makes_dark_what_is_dark() {
        let text = format!("otpauth://totp/Vestibule:{}?secret=ABC", "ann".repeat(40));
        let code = QrCode::new(text).expect("a code");
        let dark: Vec<bool> = code
            .to_colors()
            .iter()
            .map(|color| *color == Color::Dark)
            .collect();
        assert!(dark.contains(&true) && dark.contains(&false));
        assert_eq!(squares(&path(&code), code.width()), dark);
        assert!(qr_code(&"x".repeat(10_000), "").is_none());
    }
}
