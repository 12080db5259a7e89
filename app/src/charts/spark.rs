//! A row of small columns that stands in a line of text: how much, and how much of it failed.

use std::fmt::Write;

/// Height of its drawing, in units.
pub const HEIGHT: u64 = 20;

/// The marks, for an `<svg>` whose `viewBox` is as wide as there are numbers and [`HEIGHT`] high: for each column all,
/// and how much of it failed, which is drawn over it from the base. The highest column reaches the top.
pub fn spark(columns: &[(u64, u64)]) -> String {
    let highest = columns
        .iter()
        .map(|(all, _)| *all)
        .max()
        .unwrap_or_default();
    let of_all = columns.iter().map(|(all, _)| *all);
    let of_failed = columns.iter().map(|(all, failed)| *failed.min(all));
    path("ok", of_all, highest) + &path("bad", of_failed, highest)
}

fn path(class: &str, columns: impl Iterator<Item = u64>, highest: u64) -> String {
    let mut marks = String::new();
    for (place, number) in columns.enumerate().filter(|(_, number)| *number > 0) {
        // At least one unit: a few among thousands are still seen.
        let height = (u128::from(number) * u128::from(HEIGHT)).div_ceil(u128::from(highest.max(1)));
        // Writing into a text does not fail.
        write!(marks, "M{place} {HEIGHT}v-{height}h.8v{height}z").ok();
    }
    match marks.is_empty() {
        true => marks,
        false => format!(r#"<path class="{class}" d="{marks}"/>"#),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_reach_from_the_base_to_their_share_of_the_highest() {
        assert_eq!(
            spark(&[(100, 0), (0, 0), (50, 50), (1, 1)]),
            concat!(
                r#"<path class="ok" d="M0 20v-20h.8v20zM2 20v-10h.8v10zM3 20v-1h.8v1z"/>"#,
                r#"<path class="bad" d="M2 20v-10h.8v10zM3 20v-1h.8v1z"/>"#
            )
        );
    }

    #[test]
    fn nothing_has_no_marks_and_much_does_not_overflow() {
        assert_eq!(spark(&[]), "");
        assert_eq!(spark(&[(0, 0)]), "");
        assert!(spark(&[(u64::MAX, 1)]).contains("v-20h"));
    }

    #[test]
    fn ninety_days_are_short() {
        let days: Vec<(u64, u64)> = (0..90).map(|day| (day * 37 % 1_000, day % 5)).collect();
        assert!(spark(&days).len() < 4_000, "{}", spark(&days).len());
    }
}
