//! `verbs`: the two verbs on the value of a cell. `row` is the request ID, `column` the id of the cell's column. The
//! cell itself may show less than the whole value.

use leptos::prelude::*;
use model::ask::{Ask, PageAsk};
use model::query::{Filter, Operator, Range};
use model::reason::CODE;
use model::tab::Tabs;
use model::{Column, Query};

use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::rail;
use crate::assemble::sign_ins::PATH;
use crate::components::value_verbs::value_verbs;
use crate::error::UiError;
use crate::view::rail::Verbs;

/// The verbs; an empty text where there are none.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let (query, _) = Query::parse(&asked.query);
    let column = asked.parameter("column").and_then(Column::find);
    let (Some(column), Some(row)) = (column, asked.parameter("row")) else {
        return Ok(String::new());
    };
    let column = match column.is_stored() {
        true => column,
        false => Column::named(CODE),
    };
    let mut ask = Ask::of(Query {
        range: Range::ALL,
        filters: vec![Filter::new(
            Column::named("request_id"),
            Operator::Equal,
            [row],
        )],
        ..Query::default()
    });
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: vec![column],
        limit: 1,
        skip: 0,
    });
    let clock = Clock::of_request(&query);
    let answered = asked.backend.ask(ask).await?;
    let rows = answered.answer.page.unwrap_or_default().rows;
    let Some(value) = rows
        .into_iter()
        .next()
        .and_then(|row| row.values.into_iter().next())
    else {
        return Ok(String::new());
    };
    let verbs = rail::verbs(&query, column, &value, PATH);
    if verbs == Verbs::default() {
        return Ok(String::new());
    }
    let (words, _) = rail::words(column, &value, &clock);
    Ok(value_verbs(&words, verbs).to_html())
}
