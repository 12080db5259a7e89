//! Icons in the page: a reference to the sheet, whose address the server gives.

use leptos::prelude::*;
use leptos::reactive::owner::with_context;

use super::icon::Icon;
use crate::context::PageFacts;

/// An icon of 16 pixels.
pub fn symbol(icon: Icon) -> AnyView {
    sized(icon, "i")
}

/// An icon of 12 pixels, for pills and folds.
pub fn small_symbol(icon: Icon) -> AnyView {
    sized(icon, "i i-s")
}

/// An icon of 20 pixels, for navigation and buttons without words.
pub fn large_symbol(icon: Icon) -> AnyView {
    sized(icon, "i i-l")
}

fn sized(icon: Icon, class: &'static str) -> AnyView {
    let address = with_context(|facts: &PageFacts| format!("{}#{}", facts.icons, icon.id()))
        .unwrap_or_default();
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=address></use_>
        </svg>
    }
    .into_any()
}
