//! `/insights/lists`: the imported lists that stand beside the log, and bringing more in.

use model::query::take_parts;

use super::Written;
use super::entity::sheet;
use crate::asked::Asked;
use crate::assemble::insights::lists::page;
use crate::assemble::moments::Clock;
use crate::components::imported_lists::lists_page;
use crate::text::imported_lists as text;

/// The page; `import=<number>` says what came of an import.
pub async fn written(asked: &Asked) -> Written {
    let (own, _) = take_parts(&asked.query, &["import"]);
    let number = own.first().and_then(|(_, number)| number.parse().ok());
    let clock = Clock::of_request(&asked.parsed());
    let page = page(&*asked.backend, number, &clock).await;
    Written::Sheet(sheet(text::TITLE.to_owned(), lists_page(page)))
}
