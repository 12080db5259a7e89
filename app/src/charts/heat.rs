//! A field of cells, days across and hours down, in a few steps of one colour.

use std::fmt::Write;

/// Steps of the colour, beside that of nothing.
pub const LEVELS: usize = 5;

/// The step of a number among those up to the highest: 0 for nothing. Steps grow with the square root, so that a quiet
/// hour differs from an empty one where another hour has very much.
pub fn level(number: u64, highest: u64) -> usize {
    (1..=LEVELS)
        .find(|level| number <= upper_end(*level, highest))
        .filter(|_| number > 0)
        .unwrap_or(if number > 0 { LEVELS } else { 0 })
}

/// The highest number of a step.
pub fn upper_end(level: usize, highest: u64) -> u64 {
    let (level, levels) = (level as u128, LEVELS as u128);
    let end = u128::from(highest) * level * level / (levels * levels);
    u64::try_from(end).unwrap_or(highest)
}

/// The marks, for an `<svg>` whose `viewBox` is as wide as there are columns and as high as there are rows. A column
/// holds its numbers from the top down; `None` is a cell that there is not.
pub fn heat(columns: &[Vec<Option<u64>>]) -> String {
    let highest = columns.iter().flatten().flatten().max().copied();
    let highest = highest.unwrap_or_default();
    let rows = columns.iter().map(Vec::len).max().unwrap_or_default();
    let level_at = |column: usize, row: usize| {
        let number = columns.get(column).and_then(|numbers| *numbers.get(row)?);
        number.map_or(0, |number| level(number, highest))
    };
    let mut markup = String::new();
    for wanted in 1..=LEVELS {
        // Runs of one step are strokes: each row goes on where the one before ended.
        let mut marks = String::new();
        for row in 0..rows {
            let mut at: Option<usize> = None;
            let mut column = 0;
            while column < columns.len() {
                let rest = column..columns.len();
                let length = rest
                    .take_while(|column| level_at(*column, row) == wanted)
                    .count();
                if length == 0 {
                    column += 1;
                    continue;
                }
                // Writing into a text does not fail.
                match at {
                    None => write!(marks, "M{column} {row}.5h{length}").ok(),
                    Some(at) => write!(marks, "m{} 0h{length}", column - at).ok(),
                };
                column += length;
                at = Some(column);
            }
        }
        if !marks.is_empty() {
            write!(markup, r#"<path class="h{wanted}" d="{marks}"/>"#).ok();
        }
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_step_are_one_stroke() {
        let columns = vec![
            vec![Some(100), Some(0)],
            vec![Some(99), None],
            vec![Some(1), Some(100)],
            vec![Some(100), Some(100)],
        ];
        assert_eq!(
            heat(&columns),
            concat!(
                r#"<path class="h1" d="M2 0.5h1"/>"#,
                r#"<path class="h5" d="M0 0.5h2m1 0h1M2 1.5h2"/>"#
            )
        );
        assert_eq!(heat(&[]), "");
        assert_eq!(heat(&[vec![Some(0)]]), "");
    }

    #[test]
    fn steps_grow_with_the_root_and_hold_every_number() {
        let ends: Vec<u64> = (1..=LEVELS).map(|level| upper_end(level, 100)).collect();
        assert_eq!(ends, [4, 16, 36, 64, 100]);
        let levels: Vec<usize> = [0, 1, 4, 5, 64, 65, 100]
            .map(|number| level(number, 100))
            .into();
        assert_eq!(levels, [0, 1, 1, 2, 4, 5, 5]);
        // Few make steps that hold nothing.
        assert_eq!((level(1, 1), level(1, 3), level(3, 3)), (5, 3, 5));
        assert_eq!(level(u64::MAX, u64::MAX), LEVELS);
    }

    #[test]
    fn ninety_days_by_hours_are_under_ten_kilobytes() {
        let mut seed: u64 = 7;
        let mut any = |of: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % of
        };
        // Working hours of working days, each number off by up to three tenths.
        let mut number = |day: u64, hour: u64| {
            let usual = match (day % 7, hour) {
                (5..=6, _) => 20,
                (_, 7..=17) => 300,
                (_, 5..=20) => 90,
                _ => 15,
            };
            usual * (70 + any(61)) / 100
        };
        let days: Vec<Vec<Option<u64>>> = (0..90)
            .map(|day| (0..24).map(|hour| Some(number(day, hour))).collect())
            .collect();
        let size_bytes = heat(&days).len();
        assert!(size_bytes < 10_000, "{size_bytes}");
        // Where no cell has to do with the next it is hardly more.
        let noise: Vec<Vec<Option<u64>>> = (0..90)
            .map(|_| (0..24).map(|_| Some(any(100) * any(100))).collect())
            .collect();
        let size_bytes = heat(&noise).len();
        assert!(size_bytes < 11_000, "{size_bytes}");
    }
}
