//! The list of columns that can get a filter. Without scripts, a column leads to the page with its editor open.

use leptos::prelude::*;

use super::icon::Icon;
use super::pill::TARGET;
use super::popover::{closed, hidden_fields};
use super::symbol::{small_symbol, symbol};
use crate::text::filters as text;
use crate::view::filters::{ColumnGroup, Hidden};

const ID: &str = "add-filter";

/// The button and its list.
#[component]
pub fn AddFilter(groups: Vec<ColumnGroup>, hidden: Vec<Hidden>) -> AnyView {
    let nothing = groups
        .is_empty()
        .then(|| view! { <p class="hint none">{text::NONE_LEFT}</p> });
    let find = (!groups.is_empty()).then(|| {
        view! {
            <div class="in script-only">
                <label class="input">
                    {symbol(Icon::Search)}
                    <input type="text" data-finds-field autocomplete="off" aria-label=text::FIND_FIELD/>
                </label>
            </div>
        }
    });
    let groups = groups.into_iter().map(group).collect_view();
    let form = view! {
        <form method="get" action=TARGET>
            {hidden_fields(hidden)}
            {find}
            <div class="opts" data-fields>
                {groups}
                {nothing}
                <p class="hint none" data-no-field hidden>{text::NO_FIELD}</p>
            </div>
        </form>
    };
    view! {
        <div class="anchor" data-adds>
            <span class="pill add">
                <button type="button" id="pill-add" popovertarget=ID aria-haspopup="dialog">
                    {small_symbol(Icon::Plus)}{text::ADD}
                </button>
            </span>
            <div class="popover fields" id=ID popover="auto" role="dialog" aria-label=text::ADD data-closed
                inner_html=closed(form)></div>
        </div>
    }
    .into_any()
}

fn group(group: ColumnGroup) -> AnyView {
    let columns = group.columns.into_iter().map(|(id, label)| {
        view! { <button class="opt" name="edit" value=id>{label}</button> }
    });
    view! {
        <fieldset><legend>{group.label}</legend>{columns.collect_view()}</fieldset>
    }
    .into_any()
}
