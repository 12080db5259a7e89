//! Popovers with links in them close when a link of theirs was followed: the navigation on small screens, and
//! the list of views.

use leptos::web_sys::MouseEvent;

use super::dom;

/// Listens for clicks.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        let popover = dom::around(&event, "a[href]")
            .and_then(|link| link.closest(":popover-open").ok().flatten())
            .and_then(dom::html);
        if let Some(popover) = popover {
            // It fails only when the popover is closed already.
            drop(popover.hide_popover());
        }
    });
}
