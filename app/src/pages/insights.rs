//! `/insights/<report>` and `/insights/<report>/<line>`: what sign-ins are of, and how they went.

use leptos::prelude::RenderHtml;
use model::access::Right;

use super::Written;
use crate::asked::Asked;
use crate::assemble::entity::address::name_of;
use crate::assemble::insights::Report;
use crate::assemble::insights::page::{ReportAsk, page};
use crate::assemble::insights::{policies, usage, usage_page};
use crate::assemble::moments::Clock;
use crate::components::insights::report_page;
use crate::components::insights_tabs::insights_tabs;
use crate::components::summary::summary_page;
use crate::context::page_facts;
use crate::sheet::Sheet;
use crate::text::frame;
use crate::view::insights::ReportPage;
use crate::view::registration::InsightsTab;

/// The page; `line` is the part of the path with what is open, unescaped.
pub async fn written(asked: &Asked, report: &str, line: Option<&str>) -> Written {
    if report == policies::ID && line.is_none() {
        let clock = Clock::of_request(&asked.parsed());
        let page = policies::page(&*asked.backend, &asked.query, &clock).await;
        return sheet(page.title.to_owned(), page);
    }
    if report == usage::ID && line.is_none_or(|line| line == "usage") {
        let clock = Clock::of_request(&asked.parsed());
        let shows_policies = page_facts().may(Right::ConditionalAccess);
        let page = usage_page::page(&*asked.backend, &asked.query, shows_policies, &clock).await;
        let list = Some(("", frame::GROUP_INSIGHTS));
        let tabs = insights_tabs(InsightsTab::Usage, &page.carried);
        return Written::Sheet(Sheet {
            title: page.title.to_owned(),
            address: None,
            class: "sheet scroll".to_owned(),
            markup: summary_page(page, list, Some(tabs)).to_html(),
        });
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
