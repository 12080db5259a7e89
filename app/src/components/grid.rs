//! The grid of sign-ins: a table whose headers and rows are links.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::grid_rows::{RowPlace, rows_markup};
use super::icon::Icon;
use super::symbol::small_symbol;
use crate::context::page_facts;
use crate::text::sign_ins as text;
use crate::view::grid::{FirstRows, GridRow, Header, Sorted};

/// Rows that were loaded since, a page of them after the other.
pub type FurtherRows = Vec<Arc<[GridRow]>>;

/// How many rows were loaded since.
pub fn further_len(further: &FurtherRows) -> usize {
    further.iter().map(|rows| rows.len()).sum()
}

/// The table. `rows` are those of the page; `further` those that were loaded since.
#[component]
pub fn Grid(
    headers: Vec<Header>,
    rows: FirstRows,
    /// Rows that were loaded since.
    further: RwSignal<FurtherRows>,
    /// What the address of an open row begins with.
    row_address: String,
    /// Position of the cell that links to the row.
    link_column: usize,
    /// Request ID of the open row.
    #[prop(into)]
    open_row: Signal<Option<String>>,
) -> AnyView {
    let columns = headers
        .iter()
        .map(|header| view! { <col {..custom_attribute("width", header.width_px.to_string())}/> })
        .collect_view();
    let place = RowPlace {
        address: row_address,
        link_column,
        widths_px: headers.iter().map(|header| header.width_px).collect(),
        icons: page_facts().icons,
    };
    // Which row is open later on is marked in the document, see `follow_focus`.
    let markup = move |rows: &[GridRow], place: &RowPlace| {
        open_row.with_untracked(|open| rows_markup(rows, place, open.as_deref()))
    };
    let first = match &rows {
        FirstRows::Here(rows) => markup(rows, &place),
        // Left as it is: inner markup is not written while the client takes over. It only has to differ
        // from that of any rows that come later, none included.
        FirstRows::InDocument(_) => "<!---->".to_owned(),
    };
    let later = move || further.get().into_iter().enumerate();
    view! {
        <table class="grid" aria-label=text::GRID>
            <colgroup>{columns}</colgroup>
            <thead>
                <tr>{headers.into_iter().map(header_cell).collect_view()}</tr>
            </thead>
            <tbody inner_html=first></tbody>
            <For
                each=later
                key=|(page, _)| *page
                children=move |(_, rows)| view! { <tbody inner_html=markup(&rows, &place)></tbody> }
            />
        </table>
    }
    .into_any()
}

fn header_cell(header: Header) -> AnyView {
    let sort = header.sorted.map(|sorted| match sorted {
        Sorted::Ascending => "ascending",
        Sorted::Descending => "descending",
    });
    let arrow = header.sorted.map(|sorted| {
        small_symbol(match sorted {
            Sorted::Ascending => Icon::Up,
            Sorted::Descending => Icon::SortDown,
        })
    });
    let content = match header.address {
        Some(address) => view! { <a href=address>{header.label}{arrow}</a> }.into_any(),
        None => header.label.into_any(),
    };
    view! { <th scope="col" aria-sort=sort>{content}</th> }.into_any()
}
