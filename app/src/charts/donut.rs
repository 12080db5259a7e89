//! A ring of shares.

use std::fmt::Write;

use super::svg::Ink;

/// Diameter of the middle of the ring, in units of its `viewBox`.
const DIAMETER: u32 = 76;
/// Half the side of its `viewBox`, which is a square.
pub const CENTRE: u32 = 50;
/// The whole way around, in the units of the strokes.
const AROUND: u64 = 10_000;
/// Shortest part, so that few among many are seen.
const LEAST: u64 = 60;

/// The marks, for an `<svg>` whose `viewBox` is a square of twice [`CENTRE`]: the parts clockwise from the top.
/// Nothing where all are nothing.
pub fn donut(parts: &[(Ink, u64)]) -> String {
    let all: u128 = parts.iter().map(|(_, number)| u128::from(*number)).sum();
    let mut markup = String::new();
    let mut begun = 0;
    for (ink, number) in parts.iter().filter(|(_, number)| *number > 0) {
        let share = u128::from(*number) * u128::from(AROUND) / all.max(1);
        let length = u64::try_from(share).unwrap_or(AROUND).max(LEAST);
        let (class, radius) = (ink.class(), DIAMETER / 2);
        // Writing into a text does not fail.
        write!(
            markup,
            r#"<circle class="ring {class}" cx="{CENTRE}" cy="{CENTRE}" r="{radius}" pathLength="{AROUND}" stroke-dasharray="{length} {AROUND}" stroke-dashoffset="-{begun}"/>"#
        )
        .ok();
        begun += u64::try_from(share).unwrap_or_default();
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_one_another() {
        let drawn = donut(&[
            (Ink::Category(0), 750),
            (Ink::Category(1), 0),
            (Ink::Category(7), 250),
        ]);
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
        assert_eq!(donut(&[(Ink::Category(0), 0)]), "");
        assert_eq!(donut(&[]), "");
    }

    #[test]
    fn one_among_very_many_is_seen() {
        let drawn = donut(&[(Ink::Category(0), u64::MAX), (Ink::Category(1), 1)]);
        assert!(drawn.contains(r#"stroke-dasharray="60 10000""#), "{drawn}");
    }
}
