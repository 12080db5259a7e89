//! Parts of a page that are written when they are asked for: one file each.

mod calendar;
mod complete;
mod editor;
mod pill;
mod rows;

use crate::asked::Asked;
use crate::error::UiError;

/// Writes the part of this name; `None` when there is no such part.
///
/// # Errors
/// When what it shows cannot be read: the words for the reader.
pub async fn written(name: &str, asked: &Asked) -> Option<Result<String, UiError>> {
    Some(match name {
        "calendar" => Ok(calendar::written(asked)),
        "complete" => complete::written(asked).await,
        "editor" => editor::written(asked).await,
        "pill" => Ok(pill::written(asked)),
        "rows" => rows::written(asked).await,
        _ => return None,
    })
}
