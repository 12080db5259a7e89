//! Words of the choice of columns and of their widths.

/// The command, and the heading of the pane.
pub const COLUMNS: &str = "Columns";
/// Heading of the chosen ones.
pub const SHOWN: &str = "Shown, in this order";
/// Button that chooses those that the view has by itself.
pub const DEFAULTS: &str = "Defaults";
/// Button that takes the choice.
pub const SAVE: &str = "Save";
/// Leaves the choice as it was.
pub const CANCEL: &str = "Cancel";
/// Closes the pane.
pub const CLOSE: &str = "Close columns";
/// When nothing would be shown.
pub const ONE_STAYS: &str = "At least one column stays.";
/// When no label has what is looked for.
pub const NONE_FOUND: &str = "No column has this in its name.";
/// Under the buttons, for those who want to know.
pub const REMEMBERED: &str = "Kept in this browser for this kind of sign-in.";

/// Label of the field that narrows the list.
pub fn find_among(number: usize) -> String {
    format!("Find among {number} columns")
}

/// Button before a column.
pub fn move_up(label: &str) -> String {
    format!("Move {label} up")
}

/// Button after it.
pub fn move_down(label: &str) -> String {
    format!("Move {label} down")
}

/// Said aloud when a column has moved.
pub fn moved(label: &str, position: usize, number: usize) -> String {
    format!("{label} is column {position} of {number}")
}

/// Name of the edge between two headers.
pub fn width_of(label: &str) -> String {
    format!("Width of {label}")
}

/// Said aloud when a column has another width.
pub fn is_wide(label: &str, width_px: u32) -> String {
    format!("{label}, {width_px} pixels wide")
}
