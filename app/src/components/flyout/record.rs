//! The record as it came, in a fold.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::flyout as text;
use crate::view::flyout::Record;

/// The fold. The id is that of the text, which is copied from there.
pub(super) fn record_fold(id: &'static str, title: &'static str, record: Record) -> AnyView {
    // Whoever does not see names sees no records.
    if record.text.is_empty() {
        return ().into_any();
    }
    let copy = (record.left_out == 0).then(|| {
        view! {
            <p><button class="btn small script-only" type="button" data-copies-of=format!("#{id}")>{text::COPY_JSON}</button></p>
        }
    });
    let left_out = (record.left_out > 0)
        .then(|| view! { <p class="hint">{text::left_out(record.left_out)}</p> });
    view! {
        <details class="fold section">
            <summary>{small_symbol(Icon::Right)}{title}</summary>
            <div class="in">{copy}<pre id=id tabindex="0">{record.text}</pre>{left_out}</div>
        </details>
    }
    .into_any()
}
