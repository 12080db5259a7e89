//! `field`: the values of one field, when it is opened. `column` is its id, `long=true` shows more of them.

use leptos::prelude::*;
use model::Column;
use model::ask::Ask;

use crate::asked::Asked;
use crate::assemble::choices::{Choices, OpenField};
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::assemble::{kinds, rail};
use crate::components::field_rail::field_values;
use crate::error::UiError;
use crate::text::explore as text;
use crate::viewer::shows;

/// The values in a `div`, with their number.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let query = query.without_row();
    let clock = Clock::of_request(&query);
    let choices = Choices::of_request();
    let column = asked
        .parameter("column")
        .and_then(Column::find)
        .filter(|column| shows(column));
    let Some(column) = column.filter(|column| column.is_stored()) else {
        return Ok(view! { <div><p class="hint">{text::NOTHING_RECORDED}</p></div> }.to_html());
    };
    let open = OpenField {
        column,
        is_long: asked.parameter("long") == Some("true"),
    };
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.outcomes = true;
    ask.facets = Some(rail::ask_for(column, open.is_long));
    let answered = asked.backend.ask(ask).await?;
    let counts = answered.answer.counts.as_ref();
    let totals = kinds::totals(&query, counts, answered.is_looked_up);
    let shown = rail::Shown {
        query: &query,
        choices: &choices,
        totals,
        clock: &clock,
        path: PATH,
    };
    let values = answered.answer.facets.first().map(|facet| {
        let distinct = model::present::count(shown.distinct(facet));
        (distinct, shown.values(open, facet))
    });
    let (distinct, values) = values.unwrap_or_default();
    Ok(view! { <div data-distinct=distinct>{field_values(values)}</div> }.to_html())
}
