//! The native popover with an editor in it.

use leptos::prelude::*;

use crate::sheet::CLOSED_CUT;
use crate::text::filters as text;
use crate::view::filters::Hidden;

/// The fields of a form that are sent along unseen.
pub fn hidden_fields(hidden: Vec<Hidden>) -> AnyView {
    hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

/// Markup of what stands in a closed popover of the filter bar. Marks tell the client that it may be put there a little
/// later; the popover says so, too, with `data-closed`.
pub fn closed(content: impl IntoView + 'static) -> String {
    let content = content.into_view().to_html();
    format!("{CLOSED_CUT}{content}{CLOSED_CUT}")
}

/// The two buttons under an editor. Cancel closes the popover of this id.
pub fn editor_footer(editor_id: String, hint: &'static str) -> AnyView {
    view! {
        <footer>
            <span class="hint" data-hint>{hint}</span>
            <button class="btn small" type="button" popovertarget=editor_id popovertargetaction="hide">
                {text::CANCEL}
            </button>
            <button class="btn small primary">{text::APPLY}</button>
        </footer>
    }
    .into_any()
}
