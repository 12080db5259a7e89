//! `/insights/<report>` and `/insights/<report>/<line>`: what sign-ins are of, and how they went.

use leptos::prelude::RenderHtml;

use super::Written;
use crate::asked::Asked;
use crate::assemble::entity::address::name_of;
use crate::assemble::insights::Report;
use crate::assemble::insights::page::{ReportAsk, page};
use crate::assemble::insights::policies;
use crate::assemble::moments::Clock;
use crate::components::insights::report_page;
use crate::sheet::Sheet;
use crate::view::insights::ReportPage;

/// The page; `line` is the part of the path with what is open, unescaped.
pub async fn written(asked: &Asked, report: &str, line: Option<&str>) -> Written {
    if report == policies::ID && line.is_none() {
        let clock = Clock::of_request(&asked.parsed());
        let page = policies::page(&*asked.backend, &asked.query, &clock).await;
        return sheet(page.title.to_owned(), page);
    }
    let Some(report) = Report::of_id(report).filter(|report| line.is_none() || report.has_pages)
    else {
        return Written::NotFound(super::not_found::sheet(&["insights"]));
    };
    let line = line.map(name_of);
    let ask = ReportAsk::of(report, &asked.query, line.as_deref());
    let clock = Clock::of_request(&asked.parsed());
    let page = page(&*asked.backend, &ask, &clock).await;
    let title = match &page.open {
        Some(open) => format!("{} · {}", open.name, report.title),
        None => report.title.to_owned(),
    };
    sheet(title, page)
}

fn sheet(title: String, page: ReportPage) -> Written {
    Written::Sheet(Sheet {
        title,
        address: None,
        class: "sheet scroll".to_owned(),
        markup: report_page(page).to_html(),
    })
}
