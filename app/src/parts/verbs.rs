//! `verbs`: the verbs on the value of a cell. `row` is the request ID, `column` the id of the cell's column. The
//! cell itself may show less than the whole value.

use leptos::prelude::*;
use model::Column;

use crate::asked::Asked;
use crate::assemble::cell::{about, held_by, values_of};
use crate::assemble::entity::address::identifier_of;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::rail;
use crate::assemble::sign_ins::PATH;
use crate::components::value_verbs::value_verbs;
use crate::error::UiError;
use crate::view::rail::Verbs;
use crate::viewer::shows;

/// The verbs; an empty text where there are none.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let column = asked
        .parameter("column")
        .and_then(Column::find)
        .filter(|column| shows(column));
    let (Some(column), Some(row)) = (column, asked.parameter("row")) else {
        return Ok(String::new());
    };
    let held = held_by(column);
    let identifiers = held.iter().filter_map(|column| identifier_of(column));
    let wanted: Vec<_> = held.iter().copied().chain(identifiers).collect();
    let clock = Clock::of_request(&query);
    let values = values_of(&*asked.backend, row, &wanted).await?;
    let Some((column, value)) = about(column, &values) else {
        return Ok(String::new());
    };
    let mut identifier = values.iter();
    let identifier = identifier.find(|(other, _)| Some(*other) == identifier_of(column));
    let identifier = identifier.map(|(_, identifier)| identifier);
    let verbs = Verbs {
        about: Window::around(&query).page_beside(column, value, identifier),
        ..rail::verbs(&query, column, value, PATH)
    };
    if verbs == Verbs::default() {
        return Ok(String::new());
    }
    let (words, _) = rail::words(column, value, &clock);
    Ok(value_verbs(&words, verbs).to_html())
}
