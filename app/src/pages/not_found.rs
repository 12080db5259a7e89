//! What unknown addresses show.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::components::empty_state::{Mark, doorway};
use crate::sheet::Sheet;
use crate::text::frame as text;

/// Says that there is nothing.
pub fn sheet() -> Sheet {
    let markup = view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{text::NOT_FOUND}</h3>
            <p>{text::NOT_FOUND_HELP}</p>
            <div class="row"><a class="btn primary" href="/sign-ins">{text::TO_SIGN_INS}</a></div>
        </div>
    };
    Sheet {
        title: text::NOT_FOUND.to_owned(),
        address: None,
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    }
}
