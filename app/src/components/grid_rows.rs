//! Rows of the grid as markup.
//!
//! They are most of the page, and nothing in them moves: written as one text they cost the server a
//! fraction of what as many views do, and the client nothing at all until it asks for other rows. Every
//! text in them goes through [`push_escaped`].

use model::Query;

use super::folded_rows::{push_fold, push_row_attributes};
use super::icon::{Icon, push_drawn};
use crate::assemble::sign_ins;
use crate::text::grid as text;
use crate::view::grid::{Cell, GridRow, Moment, Tone};
use crate::view::safe_text::{escaped, push_escaped};

/// What a row needs to know of the grid.
#[derive(Debug, Clone)]
pub struct RowPlace {
    /// What the address of an open row begins with.
    pub address: String,
    /// Position of the cell that links to the row.
    pub link_column: usize,
    /// Widths of the columns.
    pub widths_px: Vec<u16>,
    /// How many rows stand before the first one, where that is known.
    pub first: Option<u64>,
    /// Whether the client asks, which has made the grid one Tab stop.
    pub is_taken_over: bool,
}

impl RowPlace {
    /// The place of rows that the client adds to the grid of a query, behind so many others.
    pub fn of(query: &Query, first: u64) -> RowPlace {
        let columns = query.shown_columns();
        let base = Query {
            after: None,
            ..query.clone()
        };
        RowPlace {
            address: sign_ins::row_address(&base),
            link_column: sign_ins::link_column(&columns),
            widths_px: columns
                .iter()
                .map(|column| query.width_px(column))
                .collect(),
            first: Some(first),
            is_taken_over: true,
        }
    }
}

/// Id of the element of a row.
pub fn row_element_id(request_id: &str) -> String {
    format!("row-{request_id}")
}

/// Class and icon of an outcome.
pub fn look(tone: Tone) -> (&'static str, Icon) {
    match tone {
        Tone::Success => ("status s", Icon::Ok),
        Tone::Failure => ("status f", Icon::Fail),
        Tone::Interrupted => ("status i-r", Icon::Mid),
    }
}

/// Markup of rows; that of the open one says so.
pub fn rows_markup(rows: &[GridRow], place: &RowPlace, open: Option<&str>) -> String {
    // What a row of nine columns takes.
    const BYTES_OF_A_ROW: usize = 1_280;
    let mut markup = String::with_capacity(rows.len() * BYTES_OF_A_ROW);
    // The header is the first row of the grid.
    let numbers = place.first.map(|first| first + 2);
    for (index, row) in (0..).zip(rows) {
        let number = numbers.map(|number| number + index);
        push_row(
            &mut markup,
            row,
            place,
            number,
            open == Some(row.id.as_str()),
        );
    }
    markup
}

fn push_row(
    markup: &mut String,
    row: &GridRow,
    place: &RowPlace,
    number: Option<u64>,
    is_open: bool,
) {
    markup.push_str("<tr");
    if row.tone == Tone::Failure {
        markup.push_str(" class=\"f\"");
    }
    push_row_attributes(markup, row);
    push_attribute(markup, "id", &[&row_element_id(&row.id)]);
    if let Some(number) = number {
        push_attribute(markup, "aria-rowindex", &[&number.to_string()]);
    }
    if is_open {
        markup.push_str(" aria-selected=\"true\"");
    }
    markup.push('>');
    let name = row.cells.get(place.link_column).map_or("", Cell::text);
    markup.push_str("<td class=\"sel script-only\"><input type=\"checkbox\" tabindex=\"-1\"");
    push_attribute(markup, "aria-label", &[&text::choose(name)]);
    markup.push_str("></td>");
    for (index, (cell, width_px)) in row.cells.iter().zip(&place.widths_px).enumerate() {
        push_cell_start(markup, cell, *width_px);
        if index == place.link_column {
            markup.push_str("<a");
            push_attribute(markup, "href", &[&place.address, &escaped(&row.id)]);
            if place.is_taken_over {
                markup.push_str(" tabindex=\"-1\"");
            }
            markup.push_str(" data-noscroll=\"true\">");
            push_content(markup, cell);
            markup.push_str("</a>");
        } else {
            push_content(markup, cell);
        }
        markup.push_str("</td>");
    }
    markup.push_str(
        "<td class=\"act script-only\"><button type=\"button\" class=\"iconbtn s dots\" tabindex=\"-1\" aria-haspopup=\"menu\"",
    );
    push_attribute(markup, "aria-label", &[&text::actions(name)]);
    markup.push_str("></button></td></tr>");
}

/// A name and its value in parts.
pub fn push_attribute(markup: &mut String, name: &str, value: &[&str]) {
    markup.push(' ');
    markup.push_str(name);
    markup.push_str("=\"");
    for part in value {
        push_escaped(markup, part);
    }
    markup.push('"');
}

/// The tag that opens a cell. A text that is longer than the column shows is its tooltip.
fn push_cell_start(markup: &mut String, cell: &Cell, width_px: u16) {
    let (class, text, code) = match cell {
        Cell::Plain(text) | Cell::Code(text) => ("", text.as_str(), None),
        Cell::Quiet(text) => (" class=\"quiet\"", text.as_str(), None),
        Cell::Reason(text, code) => (" class=\"reason\"", text.as_str(), code.as_deref()),
        Cell::Empty | Cell::Moment(_) | Cell::Status(..) | Cell::Fold(_) => ("", "", None),
    };
    markup.push_str("<td");
    markup.push_str(class);
    let is_cut = !fits(text, code, width_px);
    match code {
        Some(code) if is_cut => push_attribute(markup, "title", &[text, " ", code]),
        None if is_cut => push_attribute(markup, "title", &[text]),
        _ => {}
    }
    markup.push('>');
}

/// Whether a column of this width shows a text and the code behind it.
fn fits(text: &str, code: Option<&str>, width_px: u16) -> bool {
    // A character is at most 8 pixels wide in nearly all texts, and the padding takes 16.
    let room = usize::from(width_px).saturating_sub(16) / 8;
    let of_code = code.map_or(0, |code| 1 + code.chars().count());
    text.chars().count() + of_code <= room
}

fn push_content(markup: &mut String, cell: &Cell) {
    match cell {
        Cell::Empty => {}
        Cell::Fold(fold) => push_fold(markup, fold),
        Cell::Plain(text) | Cell::Quiet(text) | Cell::Reason(text, None) => {
            push_escaped(markup, text);
        }
        Cell::Code(code) => push_code(markup, code),
        Cell::Moment(moment) => push_time(markup, moment),
        Cell::Status(tone, words, is_settling) => {
            push_status(markup, *tone, words, *is_settling);
        }
        Cell::Reason(words, Some(code)) => {
            push_escaped(markup, words);
            markup.push(' ');
            push_code(markup, code);
        }
    }
}

fn push_code(markup: &mut String, code: &str) {
    markup.push_str("<code>");
    push_escaped(markup, code);
    markup.push_str("</code>");
}

fn push_time(markup: &mut String, moment: &Moment) {
    markup.push_str("<time");
    push_attribute(markup, "datetime", &[&moment.datetime]);
    markup.push('>');
    push_escaped(markup, &moment.text);
    markup.push_str("</time>");
}

/// The mark of a record of which more may come. The explanation is shown on hover, and read out with the name.
fn push_settling(markup: &mut String) {
    markup.push_str(" <span class=\"settling\" role=\"img\"");
    push_attribute(markup, "aria-label", &[text::SETTLING]);
    push_attribute(markup, "title", &[text::SETTLING_WHY]);
    markup.push('>');
    push_drawn(markup, Icon::Clock, "i i-s");
    markup.push_str("</span>");
}

fn push_status(markup: &mut String, tone: Tone, words: &str, is_settling: bool) {
    let (class, icon) = look(tone);
    markup.push_str("<span");
    push_attribute(markup, "class", &[class]);
    markup.push('>');
    push_drawn(markup, icon, "i");
    push_escaped(markup, words);
    if is_settling {
        push_settling(markup);
    }
    markup.push_str("</span>");
}
