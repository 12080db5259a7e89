//! `complete`: what could be written next in the search line. Parameter: `text`, what stands before the caret.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::completion::completions;
use crate::components::search_line::CompletionList;
use crate::error::UiError;

/// The options.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let text = asked.parameter("text").unwrap_or_default();
    let found = completions(&*asked.backend, &query, text).await?;
    let list = view! { <CompletionList kept_units=found.kept_units options=found.options/> };
    Ok(list.to_html())
}
