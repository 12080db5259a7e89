//! Words of the keyboard shortcuts.

/// Name of the button in the top bar, and heading of the sheet.
pub const SHORTCUTS: &str = "Keyboard shortcuts";
/// Closes the sheet.
pub const CLOSE: &str = "Close";
/// The switch.
pub const SWITCH: &str = "Use single letters as shortcuts";
/// Under the switch.
pub const SWITCH_HELP: &str =
    "When this is off, letters do nothing by themselves. The other keys stay.";
/// Button for the switch where no script does it.
pub const APPLY: &str = "Apply";
/// Heading of the letters.
pub const LETTERS: &str = "Letters";
/// Heading of the others.
pub const OTHERS: &str = "Always";
/// Between two keys that are pressed one after the other.
pub const THEN: &str = "then";

/// The letters: keys, and what they do. A blank stands between keys pressed one after the other.
pub const OF_LETTERS: [(&str, &str); 13] = [
    ("g /", "Find a person, app, IP, ID or error"),
    ("g ,", "To the commands"),
    ("g .", "To the top bar, from there to the navigation"),
    ("/", "Search these sign-ins"),
    ("j", "Next row"),
    ("k", "Previous row"),
    ("o", "Open the row"),
    ("f", "Add or change filters"),
    ("x", "Only the value of the cell"),
    ("w", "Without the value of the cell"),
    ("c", "Columns"),
    ("r", "Refresh"),
    ("?", "This list"),
];

/// The other keys.
pub const OF_OTHERS: [(&str, &str); 8] = [
    ("Ctrl+K", "Find a person, app, IP, ID or error"),
    ("Arrows", "From cell to cell, from command to command"),
    ("Home, End", "To the first and the last one"),
    ("Enter", "Open the row, sort by the header"),
    ("Alt+Left, Alt+Right", "Narrower, wider: in a header"),
    (
        "Alt+Up, Alt+Down",
        "The row before, the row after: in a pane. Move: in the list of columns",
    ),
    ("Shift+F10", "Menu of the row"),
    ("Esc", "Close what is open"),
];
