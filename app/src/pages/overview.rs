//! `/overview`: a day against what is usual.

use leptos::prelude::RenderHtml;

use super::Written;
use crate::asked::Asked;
use crate::assemble::insights::overview_page::page;
use crate::assemble::moments::Clock;
use crate::components::summary::summary_page;
use crate::sheet::Sheet;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&asked.parsed());
    let page = page(&*asked.backend, &asked.query, &clock).await;
    Written::Sheet(Sheet {
        title: page.title.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: summary_page(page, None, None).to_html(),
    })
}
