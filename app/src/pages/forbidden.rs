//! What somebody sees in the place of a page that their roles do not open.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::access::Right;

use super::{Written, not_found};
use crate::components::empty_state::{Mark, doorway};
use crate::sheet::Sheet;
use crate::text::access as text;

/// The page at `/forbidden/<right>`, for those that the server does not write.
pub fn written(right: &str) -> Written {
    match Right::of_id(right) {
        Some(right) => Written::Forbidden(sheet(right)),
        None => Written::NotFound(not_found::sheet(&[])),
    }
}

/// Says what it takes, and who can give it.
pub fn sheet(right: Right) -> Sheet {
    let markup = view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{text::FORBIDDEN}</h3>
            <p>{text::needs(right)}</p>
            <div class="row"><a class="btn primary" href="/">{text::TO_START}</a></div>
        </div>
    };
    Sheet {
        title: text::FORBIDDEN.to_owned(),
        address: None,
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    }
}
