//! `shortcuts`: the keyboard shortcuts, as a dialog.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::components::icon::Icon;
use crate::components::shortcut_sheet::ShortcutSheet;
use crate::components::symbol::symbol;
use crate::text::shortcuts as text;

/// The dialog.
pub fn written(asked: &Asked) -> String {
    let dialog = view! {
        <dialog class="dialog" id="shortcuts" aria-labelledby="shortcuts-title">
            <header>
                <h2 id="shortcuts-title">{text::SHORTCUTS}</h2>
                <form method="dialog"><button class="iconbtn" aria-label=text::CLOSE>{symbol(Icon::Close)}</button></form>
            </header>
            <div class="in"><ShortcutSheet is_on=asked.facts.has_shortcuts/></div>
        </dialog>
    };
    dialog.to_html()
}
