//! The native popover with an editor in it.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::small_symbol;
use crate::text::sign_ins as text;
use crate::view::filters::Hidden;

/// The fields of a form that are sent along unseen.
pub fn hidden_fields(hidden: Vec<Hidden>) -> AnyView {
    hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

/// The two buttons under an editor. Cancel closes the popover of this id.
pub fn editor_footer(editor_id: String, hint: &'static str) -> AnyView {
    view! {
        <footer>
            <span class="hint">{hint}</span>
            <button class="btn small" type="button" popovertarget=editor_id popovertargetaction="hide">
                {text::CANCEL}
            </button>
            <button class="btn small primary">{text::APPLY}</button>
        </footer>
    }
    .into_any()
}

/// A choice of one: options are value, words, and whether it is the present one.
pub fn choice(
    name: &'static str,
    id: Option<&'static str>,
    label: Option<&'static str>,
    class: &'static str,
    options: Vec<(String, String, bool)>,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, words, is_present)| view! { <option value=value selected=is_present>{words}</option> })
        .collect_view();
    view! {
        <span class=class>
            <select name=name id=id aria-label=label>{options}</select>
            {small_symbol(Icon::Down)}
        </span>
    }
    .into_any()
}
