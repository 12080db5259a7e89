//! `/sign-ins`: the blade. Tabs, commands, filters, grid, and the flyout of the row in the address.

use leptos::prelude::*;
use model::Query;

use super::Written;
use crate::asked::Asked;
use crate::assemble;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::{self, PATH};
use crate::components::command_bar::CommandBar;
use crate::components::empty_state::EmptyState;
use crate::components::failure::Failure;
use crate::components::filter_bar::Filters;
use crate::components::flyout::FlyoutPane;
use crate::components::frame::Breadcrumb;
use crate::components::grid::Grid;
use crate::components::grid_footer::GridFooter;
use crate::components::live_switch::new_rows_button;
use crate::components::load_more::LoadMore;
use crate::components::problem_list::problem_list;
use crate::components::reading::Reading;
use crate::components::row_menu::row_menu_place;
use crate::components::tabs::Tabs;
use crate::error::UiError;
use crate::sheet::Sheet;
use crate::text;
use crate::view::flyout::Flyout;
use crate::view::sign_ins::SignIns;

/// The place of the flyout, which can be asked for alone.
const FLYOUT: &str = "flyout";

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let (query, problems) = Query::parse(&asked.query);
    if is_of_form(&asked.query) && problems.is_empty() {
        return Written::Elsewhere(query.to_address(PATH));
    }
    let clock = Clock::of_request(&query);
    let grid = match asked.wants("grid") {
        true => Some(sign_ins::page(&*asked.backend, &query, &problems, &clock).await),
        false => None,
    };
    let flyout = match asked.wants(FLYOUT) {
        true => Some(flyout(asked, &query).await),
        false => None,
    };
    let markup = view! {
        {grid.map(|page| page_content(page, query.row.as_deref()))}
        {flyout.map(|flyout| place(FLYOUT, flyout))}
    };
    Written::Sheet(Sheet {
        title: text::frame::SIGN_INS.to_owned(),
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    })
}

/// The pane of the open row; nothing when none is open.
pub(crate) async fn flyout(asked: &Asked, query: &Query) -> AnyView {
    let Some(row) = &query.row else {
        return ().into_any();
    };
    let clock = Clock::of_request(query);
    let detail = asked.backend.detail(row).await;
    let answer: Result<Option<Flyout>, UiError> = detail
        .map(|found| found.map(|detail| assemble::flyout::flyout(&detail, &clock)))
        .map_err(UiError::from);
    let close = query.without_row().to_address(PATH);
    view! { <FlyoutPane answer=answer close=close request_id=row.clone()/> }.into_any()
}

/// Forms send fields of their own; the browser is sent on to the address that says the same.
fn is_of_form(query: &str) -> bool {
    query.split('&').any(|part| {
        let name = part.split('=').next().unwrap_or_default();
        matches!(name, "fcol" | "fop" | "fval")
            || part == "tz=local"
            || (part.ends_with('=') && name != "from")
    })
}

/// An element that the client exchanges by itself when its content changes; see `client::places`.
pub fn place(name: &'static str, content: impl IntoView + 'static) -> AnyView {
    view! { <div class="place" data-place=name>{content}</div> }.into_any()
}

/// Everything but the flyout.
pub(crate) fn page_content(page: SignIns, open: Option<&str>) -> AnyView {
    let is_readable = page.failure.is_none();
    let footer = view! { <GridFooter page=&page/> };
    let reading = view! { <Reading total=page.totals.all/> };
    let more = (is_readable && page.empty.is_none()).then(|| view! { <LoadMore page=&page/> });
    let grid = view! {
        <Grid
            headers=page.headers
            rows=&page.rows.rows
            row_address=page.row_address
            link_column=page.link_column
            open_row=open
            paging=&page.paging
        />
    };
    let failure = page.failure.map(|error| {
        view! { <Failure title=text::sign_ins::FAILED_TITLE error=error retry=page.address.clone()/> }
    });
    let empty = page.empty.map(|empty| view! { <EmptyState empty=empty/> });
    view! {
        {place("title", view! { <Breadcrumb group=text::frame::GROUP_MONITORING page=text::frame::SIGN_INS/> })}
        {place("tabs", view! { <Tabs tabs=page.tabs/> })}
        {place("commands", view! { <CommandBar refresh=page.address.clone()/> })}
        {place("filters", view! { <Filters bar=page.filters/> {problem_list(page.problems)} })}
        <div class="body">
            <div class="gridwrap">
                <div class="gridscroll" data-scrolls="top">
                    {place("grid", view! { {grid}{empty}{failure}{more} })}
                </div>
                {new_rows_button()}
                {row_menu_place()}
                {place("footer", view! { {reading}{footer} })}
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_sends_is_told_from_what_a_link_says() {
        for form in ["fcol=user", "q=", "tz=local", "range=7d&f=&q=x"] {
            assert!(is_of_form(form), "{form}");
        }
        for link in ["", "q=x", "tz=utc", "from=&to=2026-11-24T10:42:00Z"] {
            assert!(!is_of_form(link), "{link}");
        }
    }
}
