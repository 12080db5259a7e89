//! The verbs on a value: only the sign-ins that have it, without them, and the page about what it names.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::explore as text;
use crate::view::rail::Verbs;

/// Links for them; nothing where there is none.
pub fn value_verbs(value: &str, verbs: Verbs) -> AnyView {
    let link = |address: Option<String>, icon: Icon, words: String| {
        address.map(|address| {
            view! { <a class="iconbtn s" href=address aria-label=words.clone() title=words>{symbol(icon)}</a> }
        })
    };
    if verbs == Verbs::default() {
        return ().into_any();
    }
    view! {
        <span class="verbs">
            {link(verbs.only, Icon::Filter, text::only(value))}
            {link(verbs.without, Icon::Minus, text::without(value))}
            {link(verbs.about, Icon::Info, text::about(value))}
        </span>
    }
    .into_any()
}
