//! The grid of sign-ins: a table whose headers and rows are links. It is a grid of one Tab stop once the client
//! has taken over.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::Query;

use super::grid_rows::{RowPlace, rows_markup};
use super::icon::Icon;
use super::symbol::small_symbol;
use crate::sheet::ROWS_CUT;
use crate::text::columns as text_columns;
use crate::text::grid as grid_text;
use crate::text::sign_ins as text;
use crate::view::grid::{Cell, GridRow, Header, Paging, ROWS_PER_BODY, Sorted};

/// Rows that most windows show.
const ROWS_IN_VIEW: usize = 24;
/// Width of the column of boxes, in pixels.
const CHOICE_PX: &str = "40";
/// Width of the column of menus, in pixels.
const MENU_PX: &str = "40";

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
    /// Where the rows stand among all.
    paging: &'a Paging,
) -> AnyView {
    let columns = headers
        .iter()
        .map(|header| view! { <col {..custom_attribute("width", header.width_px.to_string())}/> })
        .collect_view();
    let place = RowPlace {
        address: row_address,
        link_column,
        widths_px: headers.iter().map(|header| header.width_px).collect(),
        first: paging.first,
        is_taken_over: false,
    };
    let bodies = (0..).zip(rows.chunks(ROWS_PER_BODY)).map(|(page, rows)| {
        let first = place.first.map(|first| first + page * ROWS_PER_BODY as u64);
        let in_view = if page == 0 { ROWS_IN_VIEW } else { 0 };
        let place = RowPlace {
            first,
            ..place.clone()
        };
        view! { <tbody data-page=page inner_html=body_markup(rows, in_view, &place, open_row)></tbody> }
    });
    let bodies = bodies.collect_view();
    let ids = headers
        .iter()
        .map(|header| header.id)
        .collect::<Vec<_>>()
        .join(",");
    let column_count = (headers.len() + 2).to_string();
    // The header is a row, too.
    let row_count = match paging.total.or(paging.lines) {
        Some(rows) => (rows + 1).to_string(),
        None => "-1".to_owned(),
    };
    let rows_from = paging
        .first
        .and(paging.total)
        .map(|_| paging.address.clone());
    let is_folded = matches!(
        rows.first().and_then(|row| row.cells.first()),
        Some(Cell::Fold(_))
    );
    let role = if is_folded { "treegrid" } else { "grid" };
    view! {
        <table
            class="grid"
            role=role
            aria-label=text::GRID
            aria-multiselectable="true"
            aria-rowcount=row_count
            aria-colcount=column_count
            data-columns=ids
            data-address=rows_from
            data-total=paging.total
            data-as-of=paging.as_of_micros
            data-until=paging.until_micros
        >
            <colgroup>
                <col class="script-only" {..custom_attribute("width", CHOICE_PX)}/>
                {columns}
                <col class="script-only" {..custom_attribute("width", MENU_PX)}/>
            </colgroup>
            <thead>
                <tr {..custom_attribute("aria-rowindex", "1")}>
                    <td class="sel script-only">
                        <input type="checkbox" tabindex="-1" aria-label=grid_text::CHOOSE_SHOWN data-chooses-shown="true"/>
                    </td>
                    {headers.into_iter().map(header_cell).collect_view()}
                    <td class="act script-only"></td>
                </tr>
            </thead>
            {bodies}
        </table>
    }
    .into_any()
}

/// Rows of a body. Marks tell the client which of them are hardly in view: those can be put there a little later.
fn body_markup(
    rows: &[GridRow],
    in_view: usize,
    place: &RowPlace,
    open_row: Option<&str>,
) -> String {
    let (in_view, later) = rows.split_at(in_view.min(rows.len()));
    let place_of_later = RowPlace {
        first: place.first.map(|first| first + in_view.len() as u64),
        ..place.clone()
    };
    let mut markup = rows_markup(in_view, place, open_row);
    markup.push_str(ROWS_CUT);
    markup.push_str(&rows_markup(later, &place_of_later, open_row));
    markup.push_str(ROWS_CUT);
    markup
}

/// The edge that changes the width; by keyboard the header itself does.
fn grip(header: &Header) -> AnyView {
    let limits_px = Query::WIDTHS_PX;
    view! {
        <span
            class="grip script-only"
            role="separator"
            aria-orientation="vertical"
            aria-label=text_columns::width_of(&header.label)
            aria-valuenow=header.width_px.to_string()
            aria-valuemin=limits_px.start().to_string()
            aria-valuemax=limits_px.end().to_string()
        ></span>
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
    let grip = grip(&header);
    // Without it the edge would belong to the name.
    let name = header.label.clone();
    let content = match header.address {
        Some(address) => view! { <a href=address>{header.label}{arrow}</a> }.into_any(),
        None => header.label.into_any(),
    };
    let usual = header.usual_px.to_string();
    view! { <th scope="col" aria-label=name aria-sort=sort data-column=header.id data-width=usual>{content}{grip}</th> }.into_any()
}
