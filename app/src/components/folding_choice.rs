//! The choice of the stretch of time within which sign-ins that are alike are one line.

use leptos::prelude::*;

use crate::view::folded::Folding;

/// Links side by side, and what the present one means.
#[component]
pub fn FoldingChoice(folding: Folding) -> AnyView {
    let choices = folding.choices.into_iter().map(|choice| {
        view! {
            <a href=choice.address aria-current=choice.is_present.then_some("true")>{choice.label}</a>
        }
    });
    view! {
        <nav class="foldbar" aria-label=folding.label>
            <span class="label" aria-hidden="true">{folding.label}</span>
            <div class="seg">{choices.collect_view()}</div>
            <span class="hint">{folding.note}</span>
        </nav>
    }
    .into_any()
}
