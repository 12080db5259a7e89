//! `/sign-ins`: the blade. Tabs, commands, filters, grid, and the flyout of the row in the address.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;
use model::Query;
use model::query::take_parts;

use super::Written;
use crate::asked::Asked;
use crate::assemble;
use crate::assemble::moments::{Clock, in_known_zone};
use crate::assemble::sign_ins::{self, PATH};
use crate::assemble::{filters, typed_range};
use crate::components::chosen_commands::ChosenCommands;
use crate::components::command_bar::CommandBar;
use crate::components::commands::{columns_command, import_command, refresh_command};
use crate::components::download_menu::DownloadCommand;
use crate::components::empty_state::EmptyState;
use crate::components::failure::Failure;
use crate::components::field_rail::fields_command;
use crate::components::field_rail::{FieldRail, FieldRailHead, first_fields, other_fields};
use crate::components::filter_bar::Filters;
use crate::components::flyout::FlyoutPane;
use crate::components::folding_choice::FoldingChoice;
use crate::components::frame::Breadcrumb;
use crate::components::grid::Grid;
use crate::components::grid_footer::GridFooter;
use crate::components::group_menu::GroupCommand;
use crate::components::group_table::Groups;
use crate::components::histogram::Chart;
use crate::components::live_switch::LiveSwitch;
use crate::components::live_switch::new_rows_button;
use crate::components::load_more::LoadMore;
use crate::components::noise_dial::Dial;
use crate::components::problem_list::problem_list;
use crate::components::reading::Reading;
use crate::components::row_menu::row_menu_place;
use crate::components::save_view::save_view_command;
use crate::components::saved_views::SavedViews;
use crate::components::share::share_command;
use crate::components::tabs::Tabs;
use crate::sheet::{PLACE_CUT, Sheet};
use crate::text;
use crate::view::sign_ins::SignIns;
use crate::viewer::seen;

/// The place of the flyout, which can be asked for alone.
const FLYOUT: &str = "flyout";

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let (editing, text) = take_parts(&asked.query, &["edit"]);
    let typed = typed_range::taken(&text);
    let is_of_form = typed.is_some() || is_of_form(&text);
    let (query, problems) = in_known_zone(typed.unwrap_or_else(|| Query::parse(&text)));
    let completed = assemble::preferences::completed(&query);
    let is_else = is_of_form || completed.is_some();
    let query = seen(completed.unwrap_or(query));
    if is_else && problems.is_empty() {
        return Written::Elsewhere(query.to_address(PATH));
    }
    // An address that says more than is understood stays as it is.
    let address = (problems.is_empty() && editing.is_empty()).then(|| query.to_address(PATH));
    let editing = editing.first().and_then(|(_, id)| filters::column(id));
    let clock = Clock::of_request(&query);
    let grid = match asked.wants("grid") {
        true => {
            let mut page = sign_ins::page(&*asked.backend, &query, &problems, &clock).await;
            page.saved = assemble::saved::saved(&query, PATH).await;
            if let Some(column) = editing {
                filters::with_editor(&mut page.filters, &query, column);
            }
            Some(page)
        }
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
        address,
        markup: markup.to_html(),
    })
}

/// The pane of the open row; nothing when none is open.
pub(crate) async fn flyout(asked: &Asked, query: &Query) -> AnyView {
    let Some(row) = &query.row else {
        return ().into_any();
    };
    let clock = Clock::of_request(query);
    let answer = assemble::flyout::flyout(&*asked.backend, query, row, &clock).await;
    let close = assemble::flyout::close(query);
    view! { <FlyoutPane answer=answer close=close request_id=row.clone()/> }.into_any()
}

/// Forms send fields of their own; the browser is sent on to the address that says the same.
fn is_of_form(query: &str) -> bool {
    query.split('&').any(|part| {
        let name = part.split('=').next().unwrap_or_default();
        let of_form = ["fcol", "fop", "fval", "ftick", "fcontains", "line"];
        of_form.contains(&name) || part == "tz=local" || (part.ends_with('=') && name != "from")
    })
}

/// An element that the client exchanges by itself when its content changes; see `client::places`. Marks around the
/// content let the client cut it out unread, and what it carries tells the content from any other.
pub fn place(name: &'static str, content: impl IntoView + 'static) -> AnyView {
    let content = content.into_view().to_html();
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let told_by = format!("{:x}", hasher.finish());
    let cut = PLACE_CUT;
    view! {
        <div class="place" data-place=name data-told-by=told_by inner_html=format!("{cut}{content}{cut}")></div>
    }
    .into_any()
}

/// Everything but the flyout.
pub(crate) fn page_content(page: SignIns, open: Option<&str>) -> AnyView {
    let is_readable = page.failure.is_none();
    let dial = page
        .dial
        .clone()
        .map(|dial| view! { <Dial dial=dial/> }.into_any());
    let chart = page
        .histogram
        .clone()
        .map(|histogram| view! { <Chart histogram=histogram/> });
    // Apart, so that one may stay while the other is exchanged.
    let rail = page.rail.as_ref();
    let first = place("rail", rail.map(first_fields));
    let others = place("otherfields", rail.map(other_fields));
    let footer = view! { <GridFooter page=&page/> };
    let reading = view! { <Reading total=page.totals.all/> };
    let more = (is_readable && page.empty.is_none() && page.groups.is_none())
        .then(|| view! { <LoadMore page=&page/> });
    let grid = match page.groups {
        Some(groups) => view! { <Groups table=groups/> }.into_any(),
        None => view! {
            <Grid
                headers=page.headers
                rows=&page.rows.rows
                row_address=page.row_address
                link_column=page.link_column
                open_row=open
                paging=&page.paging
            />
        }
        .into_any(),
    };
    let failure = page.failure.map(|error| {
        view! { <Failure title=text::sign_ins::FAILED_TITLE error=error retry=page.address.clone()/> }
    });
    let empty = page.empty.map(|empty| view! { <EmptyState empty=empty/> });
    let folding = page
        .folding
        .map(|folding| view! { <FoldingChoice folding=folding/> });
    let commands = vec![
        view! { <DownloadCommand menu=page.downloads/> }.into_any(),
        import_command(),
        columns_command(page.columns_address),
        view! { <GroupCommand menu=page.group_menu/> }.into_any(),
        refresh_command(page.address),
        view! { <LiveSwitch/> }.into_any(),
    ];
    let chosen = vec![view! { <ChosenCommands/> }.into_any()];
    let beside = vec![
        fields_command(page.is_rail_closed).into_any(),
        save_view_command(&page.saved),
        share_command(page.links),
    ];
    let views = view! { <SavedViews saved=page.saved/> }.into_any();
    view! {
        {place("title", view! {
            <Breadcrumb group=text::frame::GROUP_MONITORING page=text::frame::SIGN_INS beside=Some(views) end=dial/>
        })}
        {place("tabs", view! { <Tabs tabs=page.tabs/> })}
        {place("commands", view! { <CommandBar commands=commands chosen=chosen beside=beside/> })}
        {place("filters", view! { <Filters bar=page.filters/> {problem_list(page.problems)}{folding} })}
        {place("chart", chart)}
        <div class="body">
            <aside class="fieldrail" aria-label=text::explore::FIELDS>
                <FieldRailHead/>
                <FieldRail first=first others=others/>
            </aside>
            <div class="gridwrap">
                <div id="rows" class="gridscroll" data-scrolls="top" tabindex="-1">
                    {place("grid", view! { {grid}{empty}{failure}{more} })}
                </div>
                {new_rows_button()}
                {row_menu_place()}
                {place("footer", view! { {reading}{footer} })}
            </div>
        </div>
        {place("columns", ())}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_sends_is_told_from_what_a_link_says() {
        for form in ["fcol=user", "line=a", "q=", "tz=local", "range=7d&f=&q=x"] {
            assert!(is_of_form(form), "{form}");
        }
        for link in ["", "q=x", "tz=utc", "from=&to=2026-11-24T10:42:00Z"] {
            assert!(!is_of_form(link), "{link}");
        }
    }
}
