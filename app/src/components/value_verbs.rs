//! The verbs on a value: only the sign-ins that have it, without them, and the page about what it names.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::explore as text;
use crate::view::rail::Verbs;

/// Links for them; nothing where there is none.
pub fn value_verbs(value: &str, verbs: Verbs) -> AnyView {
    // The shortcuts know the verbs by their names.
    let link = |name: &'static str, address: Option<String>, icon: Icon, words: String| {
        address.map(|address| {
            view! {
                <a class="iconbtn s" href=address aria-label=words.clone() title=words data-verb=name>{symbol(icon)}</a>
            }
        })
    };
    if verbs == Verbs::default() {
        return ().into_any();
    }
    view! {
        <span class="verbs">
            {link("only", verbs.only, Icon::Filter, text::only(value))}
            {link("without", verbs.without, Icon::Minus, text::without(value))}
            {link("about", verbs.about, Icon::Info, text::about(value))}
        </span>
    }
    .into_any()
}
