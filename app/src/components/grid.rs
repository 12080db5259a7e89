//! The grid of sign-ins: a table whose headers and rows are links.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::grid_rows::{RowPlace, rows_markup};
use super::icon::Icon;
use super::symbol::small_symbol;
use crate::context::page_facts;
use crate::text::sign_ins as text;
use crate::view::grid::{Cell, GridRow, Header, Sorted};

/// The table.
#[component]
pub fn Grid<'a>(
    headers: Vec<Header>,
    rows: &'a [GridRow],
    /// What the address of an open row begins with.
    row_address: String,
    /// Position of the cell that links to the row.
    link_column: usize,
    /// Request ID of the open row.
    open_row: Option<&'a str>,
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
    let is_folded = matches!(
        rows.first().and_then(|row| row.cells.first()),
        Some(Cell::Fold(_))
    );
    view! {
        <table class="grid" role=is_folded.then_some("treegrid") aria-label=text::GRID>
            <colgroup>{columns}</colgroup>
            <thead>
                <tr>{headers.into_iter().map(header_cell).collect_view()}</tr>
            </thead>
            <tbody inner_html=rows_markup(rows, &place, open_row)></tbody>
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
