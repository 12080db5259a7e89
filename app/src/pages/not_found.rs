//! What unknown addresses show.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::components::empty_state::{Mark, doorway};
use crate::sheet::Sheet;
use crate::text::frame as text;

/// Where short links lead that stand for nothing.
pub const NO_LINK: &str = "/no-such-link";

/// Says that there is nothing.
pub fn sheet(segments: &[&str]) -> Sheet {
    let (title, help) = match segments {
        [one] if NO_LINK.trim_start_matches('/') == *one => (text::NO_LINK, text::NO_LINK_HELP),
        _ => (text::NOT_FOUND, text::NOT_FOUND_HELP),
    };
    let markup = view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{title}</h3>
            <p>{help}</p>
            <div class="row"><a class="btn primary" href="/sign-ins">{text::TO_SIGN_INS}</a></div>
        </div>
    };
    Sheet {
        title: title.to_owned(),
        address: None,
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    }
}
