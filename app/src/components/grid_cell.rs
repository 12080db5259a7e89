//! Cells of the grid, and the words for an outcome.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::view::grid::{Cell, Moment, Tone};

/// Icon and word of an outcome.
pub fn status(tone: Tone, words: String) -> AnyView {
    let (class, icon) = match tone {
        Tone::Success => ("status s", Icon::Ok),
        Tone::Failure => ("status f", Icon::Fail),
        Tone::Interrupted => ("status i-r", Icon::Mid),
    };
    view! { <span class=class>{symbol(icon)}{words}</span> }.into_any()
}

/// A moment, for people and machines.
pub fn time(moment: Moment) -> AnyView {
    view! { <time datetime=moment.datetime>{moment.text}</time> }.into_any()
}

/// One cell of a column of this width; with an address it links to the row.
pub fn grid_cell(cell: Cell, width_px: u16, address: Option<String>) -> AnyView {
    let title = cell.title(width_px);
    let class = match &cell {
        Cell::Quiet(_) => Some("quiet"),
        Cell::Reason(..) => Some("reason"),
        _ => None,
    };
    let content = content(cell);
    let content = match address {
        Some(address) => view! { <a href=address data-noscroll="true">{content}</a> }.into_any(),
        None => content,
    };
    view! { <td {..custom_attribute("class", class)} title=title>{content}</td> }.into_any()
}

fn content(cell: Cell) -> AnyView {
    match cell {
        Cell::Empty => ().into_any(),
        Cell::Plain(text) | Cell::Quiet(text) => text.into_any(),
        Cell::Code(code) => view! { <code>{code}</code> }.into_any(),
        Cell::Moment(moment) => time(moment).into_any(),
        Cell::Status(tone, words) => status(tone, words).into_any(),
        Cell::Reason(words, None) => words.into_any(),
        Cell::Reason(words, Some(code)) => view! { {words}" "<code>{code}</code> }.into_any(),
    }
}
