//! Pages of plain lists and forms: accounts, the record, reports.

use leptos::prelude::*;

use super::frame::Breadcrumb;
use crate::backend::BackendError;
use crate::pages::Written;
use crate::sheet::Sheet;

/// What such a page is called and about.
#[derive(Debug, Clone, Copy)]
pub struct PlainPage {
    /// Group of the navigation.
    pub group: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Above its content.
    pub lede: Option<&'static str>,
    /// Whether it is no wider than what is read along.
    pub is_narrow: bool,
}

/// The page with its content, or with why there is none.
pub fn plain_page(page: PlainPage, content: Result<AnyView, BackendError>) -> Written {
    let class = if page.is_narrow {
        "page narrow"
    } else {
        "page"
    };
    let lede = page.lede.map(|lede| view! { <p class="lede">{lede}</p> });
    let markup = view! {
        <Breadcrumb group=page.group page=page.title/>
        <div class=class>{lede}{or_banner(content)}</div>
    };
    Written::Sheet(Sheet {
        title: page.title.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

/// What was read, or why it could not be.
pub fn or_banner(content: Result<AnyView, BackendError>) -> AnyView {
    content.unwrap_or_else(|error| {
        view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> }
            .into_any()
    })
}
