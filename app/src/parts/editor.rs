//! `editor`: the values of a column with their numbers, for the editor of the filter `index`, or of none yet.
//! Parameters: `column`, `index`, and `text`, which the values contain.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::filters::column;
use crate::assemble::value_list::value_list;
use crate::components::value_list::Values;
use crate::error::UiError;

/// The list.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let Some(column) = asked.parameter("column").and_then(column) else {
        return Ok(String::new());
    };
    let index = asked
        .parameter("index")
        .and_then(|index| index.parse().ok());
    let text = asked.parameter("text").unwrap_or_default();
    let list = value_list(&*asked.backend, &query, column, index, text).await?;
    Ok(view! { <Values list=list/> }.to_html())
}
