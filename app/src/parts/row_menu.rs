//! `row_menu`: the menu of the row `row`, opened at the cell of `column`.

use leptos::prelude::*;
use model::Column;

use crate::asked::Asked;
use crate::assemble::row_menu::row_menu;
use crate::components::row_menu::row_menu_items;
use crate::error::UiError;

/// The items, in an element of their own.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let row = asked.parameter("row").unwrap_or_default();
    let column = asked.parameter("column").and_then(Column::find);
    let menu = row_menu(&*asked.backend, &query, row, column).await?;
    Ok(row_menu_items(menu, row.to_owned()).to_html())
}
