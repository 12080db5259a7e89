//! Parts of a page that are written when they are asked for: one file each.

mod columns;
mod rows;
mod share;
mod shortcuts;

use crate::asked::Asked;
use crate::error::UiError;

/// Writes the part of this name; `None` when there is no such part.
///
/// # Errors
/// When what it shows cannot be read: the words for the reader.
pub async fn written(name: &str, asked: &Asked) -> Option<Result<String, UiError>> {
    Some(match name {
        "columns" => Ok(columns::written(asked)),
        "rows" => rows::written(asked).await,
        "share" => Ok(share::written(asked)),
        "shortcuts" => Ok(shortcuts::written(asked)),
        _ => return None,
    })
}
