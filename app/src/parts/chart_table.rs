//! `chart_table`: the columns of the chart as a table, when it is opened.

use leptos::prelude::*;
use model::ask::{Ask, HistogramAsk};

use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::assemble::{histogram, kinds, time_scale};
use crate::components::histogram::chart_table;
use crate::error::UiError;

/// The table; without rows where there is nothing to draw any more.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let query = query.without_row();
    let clock = Clock::of_request(&query);
    let Some(scale) = time_scale::scale(&*asked.backend, &query, &clock).await? else {
        return Ok(chart_table(&[]).to_html());
    };
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.histogram = Some(HistogramAsk {
        edges_micros: scale.edges_micros.clone(),
    });
    let answered = asked.backend.ask(ask).await?;
    let counts = answered.answer.counts.as_ref();
    let totals = kinds::totals(&query, counts, answered.is_looked_up);
    let found = &answered.answer.histogram;
    let chart = histogram::histogram(&query, totals, Some(&scale), found, &clock, PATH);
    let bars = chart.plot.map(|plot| plot.bars).unwrap_or_default();
    Ok(chart_table(&bars).to_html())
}
