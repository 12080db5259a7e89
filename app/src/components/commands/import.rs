//! The command that leads to the import page.

use leptos::prelude::*;

use crate::components::frame::command_link;
use crate::components::icon::Icon;
use crate::text::sign_ins as text;

/// The command.
pub fn import_command() -> AnyView {
    command_link("/import".to_owned(), Icon::Import, text::IMPORT)
}
