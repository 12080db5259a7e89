//! Words of the grid: choosing, copying, its menus, density, live, and what is read.

use model::present::count;

use super::sign_ins::sign_ins;

/// Box over the column of boxes.
pub const CHOOSE_SHOWN: &str = "Choose the rows shown";
/// Name of the commands for chosen rows.
pub const CHOSEN_COMMANDS: &str = "Chosen rows";
/// Command: to the comparison of two rows.
pub const COMPARE: &str = "Compare";
/// Why comparing is off.
pub const COMPARE_NEEDS: &str = "Choose two rows to compare them";
/// Command: a menu of ways to copy.
pub const COPY: &str = "Copy";
/// Why copying is off.
pub const COPY_NEEDS: &str = "Choose rows to copy them";
/// Rows as text for a table.
pub const COPY_TEXT: &str = "Copy as a table";
/// Rows as they came.
pub const COPY_JSON: &str = "Copy as JSON";
/// Addresses of rows.
pub const COPY_LINKS: &str = "Copy links";
/// Nothing is chosen any more.
pub const CLEAR: &str = "Clear";
/// Said when nothing is chosen any more.
pub const CLEARED: &str = "No rows chosen";
/// Said when rows between two were not there to be chosen.
pub const NOT_ALL_CHOSEN: &str =
    "Only the rows that are loaded were chosen. Scroll through the others to choose them too.";
/// Said when more is asked for than can be read at once.
pub const TOO_MANY_RECORDS: &str =
    "At most 200 records are copied at once. Choose fewer rows, or download them.";
/// Said while records are read.
pub const READING_RECORDS: &str = "Reading the records";

/// Name of the menu of a row.
pub const ROW_MENU: &str = "Actions";
/// Opens the row.
pub const OPEN: &str = "Open";
/// Copies the address of the row.
pub const COPY_LINK: &str = "Copy link";
/// Copies the cells of the row.
pub const COPY_ROW: &str = "Copy row";
/// Compares with the last success of the same user.
pub const COMPARE_LAST: &str = "Compare with last success";
/// While the menu is on its way.
pub const READING_MENU: &str = "Reading this sign-in";

/// Name of the choice of row heights.
pub const DENSITY: &str = "Row height";
/// Values and words of the choice.
pub const DENSITIES: [(&str, &str); 3] = [
    ("compact", "Compact"),
    ("standard", "Standard"),
    ("roomy", "Roomy"),
];

/// Command: whether new sign-ins are told of.
pub const LIVE: &str = "Live";
/// Said when it is on.
pub const LIVE_ON: &str = "Live is on: new sign-ins are counted at the top until you show them";
/// Said when it is off.
pub const LIVE_OFF: &str = "Live is off";
/// Said when the server does not tell any more.
pub const LIVE_ENDED: &str =
    "Live ended: the server tells of no new sign-ins at the moment. Switch it on again to try.";
/// Button when the list is another one than it was.
pub const CHANGED: &str = "The list has changed. Show it anew";

/// Where an answer was found.
pub const FROM_MEMORY: &str = "From memory";
/// Under the grid, where nothing could be read.
pub const NOT_READ: &str = "Not read";

/// Name of the box of a row.
pub fn choose(row: &str) -> String {
    format!("Choose {row}")
}

/// Name of the button with the menu of a row.
pub fn actions(row: &str) -> String {
    format!("Actions for {row}")
}

/// Beside the commands: how many rows are chosen.
pub fn chosen(number: usize) -> String {
    format!("{} chosen", count(number as u64))
}

/// Said when rows were copied.
pub fn copied_rows(number: usize) -> String {
    match number {
        1 => "Copied 1 row".to_owned(),
        _ => format!("Copied {} rows", count(number as u64)),
    }
}

/// Keeps one value alone.
pub fn only(value: &str) -> String {
    format!("Only {value}")
}

/// Leaves one value out.
pub fn without(value: &str) -> String {
    format!("Without {value}")
}

/// To the page about what a value names.
pub fn about(value: &str) -> String {
    format!("About {value}")
}

/// Which rows are in view, after the number of all: ", 1 to 23 shown".
pub fn in_view(first: usize, last: usize) -> String {
    format!(", {} to {} shown", count(first as u64), count(last as u64))
}

/// The button with the sign-ins that came since.
pub fn new(number: u64) -> String {
    format!("{} new", count(number))
}

/// While something is read, aloud.
pub const READING: &str = "Reading";

/// While sign-ins are read.
pub fn reading(number: u64) -> String {
    match number {
        0 => "Reading sign-ins".to_owned(),
        _ => format!("Reading {} {}", rounded(number), sign_ins(number)),
    }
}

/// `4,812`, and `1.2 million` from a million on, cut rather than rounded.
fn rounded(number: u64) -> String {
    match number {
        0..=999_999 => count(number),
        _ => format!(
            "{}.{} million",
            count(number / 1_000_000),
            number % 1_000_000 / 100_000
        ),
    }
}

/// Mark of a record of which more may come.
pub const SETTLING: &str = "Still settling";
/// What that means.
pub const SETTLING_WHY: &str = "Still settling: this record was stored soon after the sign-in, and steps are missing or under way in it. A later version takes its place.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_words() {
        assert_eq!(reading(0), "Reading sign-ins");
        assert_eq!(reading(1), "Reading 1 sign-in");
        assert_eq!(reading(4_812), "Reading 4,812 sign-ins");
        assert_eq!(reading(1_299_999), "Reading 1.2 million sign-ins");
    }
}
