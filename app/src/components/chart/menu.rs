//! What can be done with a chart: copy it, take its numbers along.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::chart as text;

/// The menu of a chart.
pub fn menu(id: &str, file: Option<String>) -> AnyView {
    let menu = format!("menu-of-{id}");
    let file = file.map(|address| {
        view! { <a href=address rel="external" download="">{symbol(Icon::Download)}{text::FILE}</a> }
    });
    let copy = |form: &'static str, words: &'static str| {
        view! {
            <button class="script-only" type="button" data-copies-chart=form popovertarget=menu.clone() popovertargetaction="hide">
                {symbol(Icon::Copy)}{words}
            </button>
        }
    };
    view! {
        <div class="anchor">
            <button class="iconbtn s" type="button" popovertarget=menu.clone() aria-label=text::MORE title=text::MORE>
                {symbol(Icon::More)}
            </button>
            <div class="popover menu" id=menu.clone() popover="auto">
                {file}
                {copy("png", text::COPY_PNG)}
                {copy("svg", text::COPY_SVG)}
            </div>
        </div>
    }
    .into_any()
}
