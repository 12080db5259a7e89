//! The command that leads to the import page.

use leptos::prelude::*;
use model::access::Right;

use crate::components::frame::command_link;
use crate::components::icon::Icon;
use crate::context::page_facts;
use crate::text::sign_ins as text;

/// The command, for those who may.
pub fn import_command() -> AnyView {
    let may_import = page_facts().may(Right::Import);
    let command =
        may_import.then(|| command_link("/import".to_owned(), Icon::Import, text::IMPORT));
    command.into_any()
}
