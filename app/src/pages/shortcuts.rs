//! `/shortcuts`: the keyboard shortcuts as a page.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::components::frame::Breadcrumb;
use crate::components::shortcut_sheet::ShortcutSheet;
use crate::sheet::Sheet;
use crate::text;

/// The page.
pub fn sheet(asked: &Asked) -> Sheet {
    let markup = view! {
        <Breadcrumb group=text::frame::PRODUCT page=text::shortcuts::SHORTCUTS/>
        <div class="page narrow"><ShortcutSheet is_on=asked.facts.has_shortcuts/></div>
    };
    Sheet {
        title: text::shortcuts::SHORTCUTS.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    }
}
