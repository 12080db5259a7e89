//! What distinguishes rows of a grid whose sign-ins are folded.

use model::Query;
use model::present::count;
use model::query::Every;

use super::grid_rows::{RowPlace, push_attribute};
use super::icon::{Icon, push_drawn};
use crate::assemble::folded::WIDTH_PX;
use crate::text::folded as text;
use crate::view::folded::{Fold, OF_EVENTS};
use crate::view::grid::{Cell, GridRow};
use crate::view::safe_text::push_escaped;

/// The place of rows that are added to the grid of a query, folded or not.
pub fn place_of(query: &Query) -> RowPlace {
    let mut place = RowPlace {
        // Lines and members have no number in the list.
        first: None,
        ..RowPlace::of(query, 0)
    };
    if query.folds() != Every::Off {
        place.link_column += 1;
        place.widths_px.insert(0, WIDTH_PX);
    }
    place
}

/// Adds the attributes of a row: how deep it lies, and that it can be opened.
pub fn push_row_attributes(markup: &mut String, row: &GridRow) {
    match row.cells.first() {
        Some(Cell::Fold(Fold::Line { address, .. })) => {
            markup.push_str(" aria-level=\"1\"");
            if address.is_some() {
                markup.push_str(" aria-expanded=\"false\"");
            }
        }
        Some(Cell::Fold(Fold::Member)) => markup.push_str(" aria-level=\"2\""),
        _ => {}
    }
}

/// Adds the content of the first cell: the number of a line of several sign-ins, as a link to them. The client
/// opens them in place.
pub fn push_fold(markup: &mut String, fold: &Fold) {
    let Fold::Line {
        sign_ins,
        span,
        is_of_events,
        address,
    } = fold
    else {
        return;
    };
    if *sign_ins < 2 {
        return;
    }
    let number = count(*sign_ins);
    let Some(address) = address else {
        markup.push_str(&number);
        return;
    };
    markup.push_str("<a class=\"expander\"");
    let expands = if *is_of_events { OF_EVENTS } else { "sign-ins" };
    push_attribute(markup, "data-expands", &[expands]);
    push_attribute(markup, "href", &[address]);
    push_attribute(markup, "title", &[span]);
    push_attribute(
        markup,
        "aria-label",
        &[&text::open(*sign_ins, *is_of_events)],
    );
    markup.push('>');
    push_drawn(markup, Icon::Right, "i i-s");
    markup.push_str(&number);
    markup.push_str("</a>");
}

/// Adds a row with the authentication steps of the event above it.
pub fn push_steps(markup: &mut String, steps: &[String], columns: usize) {
    markup.push_str("<tr class=\"steps-of\" aria-level=\"2\"><td");
    push_attribute(markup, "colspan", &[&columns.to_string()]);
    markup.push_str("><span class=\"label\">");
    push_escaped(markup, text::STEPS);
    markup.push_str("</span> ");
    if steps.is_empty() {
        push_escaped(markup, text::NO_STEPS);
    }
    for step in steps {
        markup.push_str("<span class=\"step\">");
        push_escaped(markup, step);
        markup.push_str("</span> ");
    }
    markup.push_str("</td></tr>");
}

/// The way to further sign-ins of a line.
pub struct More {
    /// Where they are.
    pub address: String,
    /// How many are shown before them.
    pub shown: u64,
    /// The words of the link.
    pub words: String,
    /// How many columns the grid has.
    pub columns: usize,
}

/// Adds a row that leads to further sign-ins of a line.
pub fn push_more(markup: &mut String, more: &More) {
    markup.push_str("<tr class=\"more\" aria-level=\"2\"><td");
    push_attribute(markup, "colspan", &[&more.columns.to_string()]);
    markup.push_str("><a class=\"btn small\"");
    push_attribute(markup, "data-more-members", &[&more.shown.to_string()]);
    push_attribute(markup, "href", &[&more.address]);
    markup.push('>');
    push_escaped(markup, &more.words);
    markup.push_str("</a></td></tr>");
}
