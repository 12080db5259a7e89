//! Parts of a page that are written when they are asked for: one file each.

mod calendar;
mod chart_table;
mod columns;
mod complete;
mod download;
mod editor;
mod field;
mod group_menu;
mod members;
mod pill;
mod row_menu;
mod rows;
mod share;
mod shortcuts;
mod verbs;

use crate::asked::Asked;
use crate::error::UiError;

/// Writes the part of this name; `None` when there is no such part.
///
/// # Errors
/// When what it shows cannot be read: the words for the reader.
pub async fn written(name: &str, asked: &Asked) -> Option<Result<String, UiError>> {
    Some(match name {
        "chart_table" => chart_table::written(asked).await,
        "field" => field::written(asked).await,
        "row_menu" => row_menu::written(asked).await,
        "members" => members::written(asked).await,
        "download" => Ok(download::written(asked)),
        "calendar" => Ok(calendar::written(asked)),
        "group_menu" => Ok(group_menu::written(asked)),
        "complete" => complete::written(asked).await,
        "editor" => editor::written(asked).await,
        "pill" => Ok(pill::written(asked)),
        "rows" => rows::written(asked).await,
        "verbs" => verbs::written(asked).await,
        "columns" => Ok(columns::written(asked)),
        "share" => Ok(share::written(asked)),
        "shortcuts" => Ok(shortcuts::written(asked)),
        _ => return None,
    })
}
