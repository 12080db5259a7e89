//! Popovers with links in them close when a link of theirs was followed: the navigation on small screens, the list of
//! views, and what opens from a menu together with that menu.

use leptos::web_sys::{Element, MouseEvent};

use super::dom;

/// Listens for clicks.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        let link = dom::around(&event, "a[href]");
        let around = |element: &Element| element.closest(":popover-open").ok()?;
        let beyond = |popover: &Element| around(&popover.parent_element()?);
        let popovers = std::iter::successors(link.as_ref().and_then(around), beyond);
        // Those within it close with it, and what opened it has the focus again.
        if let Some(popover) = popovers.last().and_then(dom::html) {
            // It fails only when the popover is closed already.
            drop(popover.hide_popover());
        }
    });
}
