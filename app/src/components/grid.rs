//! The grid of sign-ins: a table whose headers and rows are links.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::grid_cell::grid_cell;
use super::icon::Icon;
use super::symbol::small_symbol;
use crate::text::sign_ins as text;
use crate::view::grid::{GridRow, Header, Sorted, Tone};
use crate::view::safe_text::escaped;

/// Id of the element of a row.
pub fn row_element_id(request_id: &str) -> String {
    format!("row-{request_id}")
}

/// The table. `rows` are those of the page; `further` those that were loaded since.
#[component]
pub fn Grid(
    headers: Vec<Header>,
    rows: Vec<GridRow>,
    /// Rows that were loaded since.
    further: RwSignal<Vec<GridRow>>,
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
        open_row,
        widths_px: headers.iter().map(|header| header.width_px).collect(),
    };
    let first = rows
        .into_iter()
        .map(|row| grid_row(row, &place))
        .collect_view();
    let later = move || further.get();
    view! {
        <table class="grid" aria-label=text::GRID>
            <colgroup>{columns}</colgroup>
            <thead>
                <tr>{headers.into_iter().map(header_cell).collect_view()}</tr>
            </thead>
            <tbody>
                {first}
                <For each=later key=|row| row.id.clone() children=move |row| grid_row(row, &place)/>
            </tbody>
        </table>
    }
    .into_any()
}

/// What a row needs to know of the grid.
#[derive(Clone)]
struct RowPlace {
    address: String,
    link_column: usize,
    open_row: Signal<Option<String>>,
    widths_px: Vec<u16>,
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

fn grid_row(row: GridRow, place: &RowPlace) -> AnyView {
    let address = format!("{}{}", place.address, escaped(&row.id));
    let link_column = place.link_column;
    let open_row = place.open_row;
    let element_id = row_element_id(&row.id);
    let is_open = {
        let id = row.id;
        move || {
            open_row
                .with(|open| open.as_deref() == Some(id.as_str()))
                .then_some("true")
        }
    };
    let failed = (row.tone == Tone::Failure).then_some("f");
    let cells = row
        .cells
        .into_iter()
        .zip(&place.widths_px)
        .enumerate()
        .map(|(index, (cell, width_px))| {
            let address = (index == link_column).then(|| address.clone());
            grid_cell(cell, *width_px, address)
        })
        .collect_view();
    view! {
        <tr {..custom_attribute("class", failed)} id=element_id aria-selected=is_open>{cells}</tr>
    }
    .into_any()
}
