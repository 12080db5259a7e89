//! `rows`: the rows of an address that has `after=`, with the link to those that follow.

use leptos::prelude::*;
use model::Query;

use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins;
use crate::components::folded_rows::place_of;
use crate::components::grid_rows::rows_markup;
use crate::components::load_more::next_link;
use crate::error::UiError;

/// A table with the rows in a `tbody`, and the link to more.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let (query, _) = Query::parse(&asked.query);
    let clock = Clock::of_request(&query);
    let rows = sign_ins::more(&*asked.backend, &query, &clock).await?;
    let place = place_of(&query, &asked.facts.icons);
    let number = rows.rows.len().to_string();
    let body = rows_markup(&rows.rows, &place, query.row.as_deref());
    let table = view! {
        <div>
            <table><tbody data-number=number inner_html=body></tbody></table>
            {rows.next.map(next_link)}
        </div>
    };
    Ok(table.to_html())
}
