//! What somebody sees in the place of a page that their roles do not open.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos_router::location::Url;
use model::Query;
use model::access::Right;

use super::{Written, not_found};
use crate::asked::Asked;
use crate::components::empty_state::{Mark, doorway};
use crate::sheet::Sheet;
use crate::text::access as text;
use crate::viewer::sight;

/// The page at `/forbidden/<right>`, for those that the server does not write.
pub fn written(right: &str) -> Written {
    match Right::of_id(right) {
        Some(right) => Written::Forbidden(sheet(right)),
        None => Written::NotFound(not_found::sheet(&[])),
    }
}

/// In the place of a page whose address asks by columns that are not shown to whoever asks: what they find, and in what
/// order, would say what the columns hold.
pub fn of_columns(asked: &Asked) -> Option<Sheet> {
    let (query, _) = Query::parse(&asked.query);
    let column = query.telling_column(sight())?;
    let without = query.without_telling(sight());
    let segments = asked.path.iter().map(|segment| Url::escape(segment));
    let path = format!("/{}", segments.collect::<Vec<_>>().join("/"));
    let way_on = without.to_address(&path);
    Some(refusal(
        text::not_asked_by(column, sight()),
        text::WITHOUT_IT,
        way_on,
    ))
}

/// Says what it takes, and who can give it.
pub fn sheet(right: Right) -> Sheet {
    refusal(text::needs(right), text::TO_START, "/".to_owned())
}

fn refusal(why: String, way_on: &'static str, address: String) -> Sheet {
    let markup = view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{text::FORBIDDEN}</h3>
            <p>{why}</p>
            <div class="row"><a class="btn primary" href=address>{way_on}</a></div>
        </div>
    };
    Sheet {
        title: text::FORBIDDEN.to_owned(),
        address: None,
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    }
}
