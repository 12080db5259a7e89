//! `members`: the sign-ins of a line, one by one. The address asks for them; `of` is the query string of the page
//! that they are shown in, and `shown` how many of them it shows already.

use leptos::prelude::*;
use model::ask::{Ask, PageAsk};
use model::query::Every;
use model::{Query, reason};

use crate::asked::Asked;
use crate::assemble::folded::as_members;
use crate::assemble::moments::Clock;
use crate::assemble::{flyout, grid, sign_ins};
use crate::backend::{Backend, Detail, Rows};
use crate::components::folded_rows::{More, place_of, push_more, push_steps};
use crate::components::grid_rows::{RowPlace, rows_markup};
use crate::error::UiError;
use crate::text::folded as text;
use crate::view::grid::GridRow;

/// Steps are told of so many events, whose records are looked at. The pane of an event tells them, too.
const MOST_WITH_STEPS: usize = 20;

/// A table with the rows in a `tbody`, the last of which leads to more.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let query = query.without_row();
    let (page, _) = Query::parse(asked.parameter("of").unwrap_or_default());
    let shown = asked
        .parameter("shown")
        .and_then(|shown| shown.parse::<u64>().ok())
        .unwrap_or_default();
    let clock = Clock::of_request(&page);
    let columns = page.shown_columns();
    let backend = &asked.backend;
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.page = Some(PageAsk {
        columns: reason::with_its_columns(&columns),
        limit: grid::ROWS_PER_PAGE,
        skip: 0,
    });
    let answered = backend.ask(ask).await?;
    let counts = answered.answer.counts.unwrap_or_default();
    let all = counts.of_tab(query.tab);
    let page_of = answered.answer.page.unwrap_or_default();
    let found = Rows::of(page_of, answered.is_from_lake);
    let rows = as_members(grid::rows(&query, &columns, found, &clock));
    let shown = shown + rows.rows.len() as u64;
    let next = (all - shown.min(all)).min(grid::ROWS_PER_PAGE as u64);
    let place = place_of(&page);
    let mut body = match page.folds() {
        Every::SignIn => with_steps(&**backend, &rows.rows, &place, page.row.as_deref()).await?,
        _ => rows_markup(&rows.rows, &place, page.row.as_deref()),
    };
    if let Some(next_page) = &rows.next {
        let more = More {
            address: format!("{}?{next_page}", sign_ins::PATH),
            shown,
            words: text::more(next, shown, all),
            columns: columns.len() + 1,
        };
        push_more(&mut body, &more);
    }
    let table = view! { <table><tbody inner_html=body></tbody></table> };
    Ok(table.to_html())
}

/// The events of a sign-in, each with its authentication steps below.
async fn with_steps(
    backend: &dyn Backend,
    rows: &[GridRow],
    place: &RowPlace,
    open: Option<&str>,
) -> Result<String, UiError> {
    let told: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let told = told.get(..MOST_WITH_STEPS).unwrap_or(&told);
    let details = backend.details(told).await?;
    let mut markup = String::new();
    for row in rows {
        markup.push_str(&rows_markup(std::slice::from_ref(row), place, open));
        let of_row = |detail: &&Detail| {
            let mut values = detail.values.iter();
            let id = values.find(|(column, _)| column.id == "request_id");
            id.and_then(|(_, id)| id.as_text()) == Some(row.id.as_str())
        };
        if let Some(detail) = details.iter().find(of_row) {
            push_steps(
                &mut markup,
                &flyout::steps_in_words(detail),
                row.cells.len(),
            );
        }
    }
    Ok(markup)
}
