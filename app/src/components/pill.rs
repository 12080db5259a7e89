//! Filter pills, each with its editor.

use leptos::prelude::*;

use super::filter_editor::FilterEditor;
use super::icon::Icon;
use super::symbol::small_symbol;
use crate::text::filters as text;
use crate::view::filters::Pill;

/// Address that the forms of the filter bar are sent to.
pub const TARGET: &str = "/sign-ins";

/// One filter, or a column that waits for one.
#[component]
pub fn FilterPill(pill: Pill) -> AnyView {
    let class = match (&pill.value, pill.paused, pill.negated) {
        (None, ..) => "pill unset",
        (Some(_), true, _) => "pill paused",
        (Some(_), false, true) => "pill negated",
        (Some(_), false, false) => "pill",
    };
    let minus = pill.negated.then(|| small_symbol(Icon::Minus));
    let paused = pill
        .paused
        .then(|| view! { <span class="sr">{text::PAUSED}</span> });
    let label = pill.label.clone();
    let between = match &pill.operator {
        Some(operator) => {
            view! { {label}" "<span class="op">{operator.clone()}</span>" " }.into_any()
        }
        None => format!("{label}: ").into_any(),
    };
    let value = pill.value.clone().unwrap_or_else(|| text::UNSET.to_owned());
    let (title, said) = (pill.said.clone(), pill.said.clone());
    let remove = pill.remove.clone().map(|address| {
        view! {
            <a class="x" href=address aria-label=text::remove_filter(&pill.label)>{small_symbol(Icon::Close)}</a>
        }
    });
    let column = pill.column.clone();
    let button_id = format!("pill-{}", pill.key);
    let target = format!("edit-{}", pill.key);
    view! {
        <div class="anchor" data-pill=column>
            <span class=class data-said=said>
                <button type="button" id=button_id popovertarget=target aria-haspopup="dialog" title=title>
                    {minus}{paused}{between}<b>{value}</b>
                </button>
                {remove}
            </span>
            <FilterEditor pill=pill/>
        </div>
    }
    .into_any()
}
