//! Words of saved views.

/// The button beside the title, while no view is open.
pub const VIEWS: &str = "Views";
/// Heading of the list.
pub const SAVED_VIEWS: &str = "Saved views";
/// Group of one's own ones.
pub const OWN: &str = "Mine";
/// Group of those that others shared.
pub const SHARED: &str = "Shared by others";
/// Beside the name of an own view that everybody sees.
pub const IS_SHARED: &str = "shared";
/// Beside the button, when something was changed since.
pub const EDITED: &str = "edited";
/// When there are none.
pub const NO_VIEWS: &str =
    "None yet. Save view keeps filters, time, columns and order under a name.";
/// Command, and heading of what it opens.
pub const SAVE_VIEW: &str = "Save view";
/// Label of the name.
pub const NAME: &str = "Name";
/// Box to tick.
pub const SHARE_WITH_ALL: &str = "Everybody here can open it";
/// Button that saves under a new name.
pub const SAVE: &str = "Save as new view";
/// Button that changes the name.
pub const RENAME: &str = "Rename";
/// Button that deletes.
pub const DELETE: &str = "Delete";
/// Button that brings back.
pub const UNDO: &str = "Undo";
/// Where views cannot be read.
pub const UNREADABLE: &str = "The saved views cannot be read now. The server's log says why.";

/// Button that keeps the changes in the view that is open.
pub fn save_changes(name: &str) -> String {
    format!("Save changes to {name}")
}

/// Opens what can be done with a view.
pub fn manage(name: &str) -> String {
    format!("Rename or delete {name}")
}

/// After a view was deleted.
pub fn deleted(name: &str) -> String {
    format!("{name} was deleted.")
}
