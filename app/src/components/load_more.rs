//! What stands under the rows: the link to the next page, which the client follows by itself.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys;
use model::present::count;

use super::grid::{FurtherRows, further_len};
use crate::server_fns::sign_ins::more_sign_ins;
use crate::text::sign_ins as text;

/// Most rows that the page holds. Beyond them the link leads to a page of its own.
pub const MOST_ROWS: usize = 600;

/// The link to more rows, or the words that there are none. While the page holds less than
/// [`MOST_ROWS`] and the link comes into view, the rows are appended in place.
#[component]
pub fn LoadMore(
    /// Rows of the page itself.
    held: usize,
    /// Query string of the page that follows.
    next: Option<String>,
    /// All rows there are.
    all: u64,
    /// Whether the page begins with the first row of all.
    first_page: bool,
    /// Rows that were loaded since.
    further: RwSignal<FurtherRows>,
) -> AnyView {
    let next = RwSignal::new(next);
    let is_loading = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let navigation = NodeRef::<html::Nav>::new();
    let shown = move || held + further.with(further_len);
    let load = move || {
        let Some(query) = next.get_untracked() else {
            return;
        };
        if is_loading.get_untracked() || held + further.with_untracked(further_len) >= MOST_ROWS {
            return;
        }
        is_loading.set(true);
        said.set(text::LOADING_MORE.to_owned());
        spawn_local(async move {
            let answer = more_sign_ins(query).await;
            // The page may have been left meanwhile; then nobody waits for the rows.
            if is_loading.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(more) => {
                    said.set(text::added(more.rows.len()));
                    further.update(|pages| pages.push(more.rows.into()));
                    next.set(more.next);
                }
                Err(error) => said.set(error.message),
            }
        });
    };
    follow_into_view(navigation, next, load);
    view! {
        {move || match next.get() {
            Some(query) => view! {
                <nav class="loadmore" aria-label=text::MORE_NAVIGATION aria-busy=move || is_loading.get().then_some("true") node_ref=navigation>
                    <a class="btn small" rel="next" href=format!("/sign-ins?{query}")>{text::MORE}</a>
                    <span class="hint">{move || text::shown_of(shown(), all)}</span>
                </nav>
            }.into_any(),
            None if first_page => view! { <p class="loadmore end-of-list">{text::all_shown(all)}</p> }.into_any(),
            None => view! { <p class="loadmore end-of-list">{format!("{} {}", count(all), text::sign_ins(all))}</p> }.into_any(),
        }}
        <p class="sr" role="status">{said}</p>
    }
    .into_any()
}

/// Calls `load` whenever the element comes near the visible part of the list.
fn follow_into_view(
    element: NodeRef<html::Nav>,
    next: RwSignal<Option<String>>,
    load: impl Fn() + Copy + 'static,
) {
    Effect::new(move || {
        // Observed anew after each page: an element that stayed in view gives no new notice.
        next.track();
        let Some(element) = element.get() else { return };
        let on_change = Closure::<dyn FnMut(web_sys::js_sys::Array)>::new(
            move |entries: web_sys::js_sys::Array| {
                let is_near = entries
                    .iter()
                    .filter_map(|entry| entry.dyn_into::<web_sys::IntersectionObserverEntry>().ok())
                    .any(|entry| entry.is_intersecting());
                if is_near {
                    load();
                }
            },
        );
        let Ok(observer) = web_sys::IntersectionObserver::new(on_change.as_ref().unchecked_ref())
        else {
            return;
        };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, on_change));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    });
}
