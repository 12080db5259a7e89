//! `/errors` and `/errors/<code>`: what result codes mean, who acts, and how often they occur here.

use super::Written;
use crate::asked::Asked;
use crate::assemble::errors::{BookAsk, book};
use crate::assemble::moments::Clock;
use crate::components::errors::book_page;
use crate::sheet::Sheet;
use crate::text::errors as text;
use leptos::prelude::RenderHtml;

/// The page; `code` is the part of the path, unescaped.
pub async fn written(asked: &Asked, code: Option<&str>) -> Written {
    let number = code.map(code_of);
    let number = match number {
        Some(Err(_)) => {
            let segments = ["errors", code.unwrap_or_default()];
            return Written::NotFound(super::not_found::sheet(&segments));
        }
        Some(Ok(number)) => Some(number),
        None => None,
    };
    let ask = BookAsk::of(&asked.query, number);
    // Who types or pastes one code wants its page.
    if let Some(only) = ask.only_code() {
        return Written::Elsewhere(ask.at(only).address());
    }
    let clock = Clock::of_request(&asked.parsed());
    let book = book(&*asked.backend, &ask, &clock).await;
    let title = match &book.article {
        Some(article) => format!("{} {} · {}", article.code, article.title, text::TITLE),
        None => text::TITLE.to_owned(),
    };
    Written::Sheet(Sheet {
        title,
        address: None,
        class: "sheet".to_owned(),
        markup: book_page(book).to_html(),
    })
}

/// Reads a code, with or without what stands before it in error texts.
fn code_of(text: &str) -> Result<i64, std::num::ParseIntError> {
    let small = text.trim().to_ascii_lowercase();
    small.trim_start_matches("aadsts").parse()
}
