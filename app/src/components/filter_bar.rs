//! The filter bar. Its forms work without the client; with it, they are answered without a page load.

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::pill::{DateFilter, FilterPill, SearchField, TARGET};
use crate::text::sign_ins as text;
use crate::view::filters::FilterBar;
use crate::view::form_address::form_address;

/// Search, date, filters, and the way back to none.
#[component]
pub fn Filters(bar: FilterBar) -> AnyView {
    let navigate = use_navigate();
    let on_submit = move |event: SubmitEvent| {
        if let Some(address) = address_of(&event) {
            event.prevent_default();
            put_back(event.target());
            navigate(
                &address,
                NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        }
    };
    let on_click = |event: MouseEvent| {
        let clicked = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        // Links within an editor leave it, and Cancel gives up what was entered.
        let leaves = clicked.and_then(|element| {
            element
                .closest("[popover] a, [popovertargetaction=hide]")
                .ok()
                .flatten()
        });
        if leaves.is_some() {
            put_back(event.target());
        }
    };
    let reset = bar
        .reset
        .map(|address| view! { <a class="linkbtn" href=address>{text::RESET}</a> });
    view! {
        <div class="filters" role="search" aria-label=text::FILTERS on:submit=on_submit on:click=on_click>
            <SearchField search=bar.search hidden=bar.search_hidden/>
            <DateFilter pill=bar.date/>
            {bar.pills.into_iter().map(|pill| view! { <FilterPill pill=pill/> }).collect_view()}
            {reset}
        </div>
    }
    .into_any()
}

/// Address of what a form of the bar asks for.
fn address_of(event: &SubmitEvent) -> Option<String> {
    let form: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
    let fields = web_sys::FormData::new_with_form(&form).ok()?;
    let fields = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(form_address(TARGET, &fields.to_string().as_string()?))
}

/// Puts the fields of the form around an element back to what the page says, so that they show what the
/// next page says of them, and closes the editor that it stands in.
fn put_back(within: Option<web_sys::EventTarget>) {
    let Some(element) = within.and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let around = |selector| element.closest(selector).ok().flatten();
    if let Some(form) =
        around("form").and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok())
    {
        form.reset();
    }
    if let Some(editor) =
        around("[popover]").and_then(|editor| editor.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // It fails only when the popover is closed already.
        drop(editor.hide_popover());
    }
}
