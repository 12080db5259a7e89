//! `/sign-ins`: the blade. Tabs, commands, filters, grid, and the flyout of the row in the address.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_url;
use leptos_router::location::Url;

use crate::components::empty_state::EmptyState;
use crate::components::failure::Failure;
use crate::components::filter_bar::Filters;
use crate::components::flyout::FlyoutPane;
use crate::components::frame::{Breadcrumb, command_link};
use crate::components::grid::{FurtherRows, Grid, further_len};
use crate::components::icon::Icon;
use crate::components::load_more::LoadMore;
use crate::components::symbol::symbol;
use crate::components::tabs::Tabs;
use crate::pages::sign_ins_keys::{follow_focus, follow_keys};
use crate::server_fns::sign_ins::{sign_in_detail, sign_ins_page};
use crate::text;
use crate::view::sign_ins::{ProblemLine, Sheet, Totals};

/// The page.
#[component]
pub fn SignInsPage() -> AnyView {
    let url = use_url();
    #[cfg(feature = "ssr")]
    send_to_canonical_address(&url.read_untracked());
    let parts = Memo::new(move |_| url.with(|url| split_row(url.search())));
    let question = Memo::new(move |_| parts.with(|(question, _)| question.clone()));
    let open_row = Memo::new(move |_| parts.with(|(_, row)| row.clone()));
    let close = Memo::new(move |_| question.with(|question| address(question)));

    let page = Resource::new(
        move || question.get(),
        async |question| sign_ins_page(question).await.map(Sheet::from),
    );
    let detail = Resource::new(
        move || parts.get(),
        async |(question, row)| match row {
            None => None,
            Some(row) => Some(sign_in_detail(row, question).await),
        },
    );
    let was_navigated = RwSignal::new(false);
    follow_focus(open_row, was_navigated);
    follow_keys(open_row, close);

    let content = move || {
        Suspend::new(async move {
            let answer = page.await;
            #[cfg(feature = "ssr")]
            when_asked_again().await;
            match answer {
                Ok(content) => {
                    page_content(content, open_row, Callback::new(move |()| page.refetch()))
                        .into_any()
                }
                Err(error) => {
                    let retry = close.get_untracked();
                    view! { <Failure title=text::sign_ins::FAILED_TITLE error=error retry=retry/> }
                        .into_any()
                }
            }
        })
    };
    let flyout = move || {
        Suspend::new(async move {
            detail.await.map(|answer| {
                let close = close.get_untracked();
                view! { <FlyoutPane answer=answer close=close takes_focus=was_navigated/> }
            })
        })
    };
    view! {
        <Title text=text::frame::SIGN_INS/>
        <main class="sheet" id="main" tabindex="-1">
            <Breadcrumb group=text::frame::GROUP_MONITORING page=text::frame::SIGN_INS/>
            <Transition>{content}</Transition>
            <Transition>{flyout}</Transition>
        </main>
    }
    .into_any()
}

/// Is not ready at the first look. Before the server writes what stands in a `Transition`, it looks at it
/// once more to find out what else has to be waited for. In the content nothing has, so that it need not
/// be made for that look: it takes a fifth of the time of a page.
#[cfg(feature = "ssr")]
async fn when_asked_again() {
    let mut was_asked = false;
    std::future::poll_fn(|context| {
        if was_asked {
            return std::task::Poll::Ready(());
        }
        was_asked = true;
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

/// Parts a query string into what the grid asks for and the open row, so that opening a row does not
/// ask for the grid again.
fn split_row(search: &str) -> (String, Option<String>) {
    let mut row = None;
    let mut question = Vec::new();
    for part in search
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty())
    {
        match part.strip_prefix("row=") {
            Some(value) => {
                row = Some(Url::unescape(&value.replace('+', " ")));
            }
            None => question.push(part),
        }
    }
    (question.join("&"), row.filter(|row| !row.is_empty()))
}

fn address(question: &str) -> String {
    if question.is_empty() {
        "/sign-ins".to_owned()
    } else {
        format!("/sign-ins?{question}")
    }
}

/// Forms send fields of their own; the browser is sent on to the address that says the same.
#[cfg(feature = "ssr")]
fn send_to_canonical_address(url: &Url) {
    let is_of_form = url.search().split('&').any(|part| {
        let name = part.split('=').next().unwrap_or_default();
        matches!(name, "fcol" | "fop" | "fval")
            || part == "tz=local"
            || (part.ends_with('=') && name != "from")
    });
    if !is_of_form || use_context::<leptos_axum::ResponseOptions>().is_none() {
        return;
    }
    let (query, problems) = model::Query::parse(url.search());
    if problems.is_empty() {
        leptos_axum::redirect(&query.to_address("/sign-ins"));
    }
}

/// Everything below the breadcrumb, apart from the flyout.
pub(crate) fn page_content(
    sheet: Sheet,
    open_row: Memo<Option<String>>,
    refresh: Callback<()>,
) -> AnyView {
    let Sheet { page, first } = sheet;
    let further = RwSignal::new(FurtherRows::new());
    let refresh_here = move |event: MouseEvent| {
        event.prevent_default();
        refresh.run(());
    };
    let held = first.len();
    let is_readable = page.failure.is_none();
    let is_first = page.first_page.is_none();
    let shown = move || text::sign_ins::shown(is_first, held + further.with(further_len));
    let foot = is_readable.then(|| foot(page.totals, shown, page.first_page, &page.zone));
    let more = (is_readable && page.empty.is_none()).then(|| {
        view! { <LoadMore held=held next=page.rows.next.clone() all=page.totals.all first_page=is_first further=further/> }
    });
    let failure = page.failure.map(|error| {
        view! { <Failure title=text::sign_ins::FAILED_TITLE error=error retry=page.address.clone()/> }
    });
    let empty = page.empty.map(|empty| view! { <EmptyState empty=empty/> });
    view! {
        <Tabs tabs=page.tabs/>
        <div class="cmdbar" role="toolbar" aria-label=text::sign_ins::COMMANDS>
            <a class="cmd" href=page.address on:click=refresh_here>{symbol(Icon::Refresh)}{text::sign_ins::REFRESH}</a>
            {command_link("/import".to_owned(), Icon::Import, text::sign_ins::IMPORT)}
        </div>
        <Filters bar=page.filters/>
        {problem_list(page.problems)}
        <div class="body">
            <div class="gridwrap">
                <div class="gridscroll">
                    <Grid
                        headers=page.headers
                        rows=first
                        further=further
                        row_address=page.row_address
                        link_column=page.link_column
                        open_row=open_row
                    />
                    {empty}
                    {failure}
                    {more}
                </div>
                {foot}
            </div>
        </div>
    }
    .into_any()
}

/// The line under the grid with the numbers.
fn foot<Shown>(totals: Totals, shown: Shown, first_page: Option<String>, zone: &str) -> AnyView
where
    Shown: Fn() -> String + Send + 'static,
{
    let all = model::present::count(totals.all);
    let back = first_page.map(|address| view! { <a href=address>{text::sign_ins::NEWEST}</a> });
    view! {
        <div class="gridfoot">
            <span><b>{all}</b>" "{text::sign_ins::sign_ins(totals.all)}{shown}</span>
            <span>{outcome_words(totals)}</span>
            {back}
            <span class="spacer"></span>
            <span>{text::sign_ins::times_in(zone)}</span>
        </div>
    }
    .into_any()
}

fn outcome_words(totals: Totals) -> String {
    use model::Outcome;
    [
        (Outcome::Success, totals.success),
        (Outcome::Interrupted, totals.interrupted),
        (Outcome::Failure, totals.failure),
    ]
    .map(|(outcome, number)| format!("{} {}", outcome.label(), model::present::count(number)))
    .join(", ")
}

/// Parts of the address that were not understood, each by name.
fn problem_list(problems: Vec<ProblemLine>) -> AnyView {
    (!problems.is_empty())
        .then(|| {
            let title = text::sign_ins::problems(problems.len());
            let lines = problems.into_iter().map(|problem| {
                view! { <li><code>{problem.part}</code>": "{problem.message}</li> }
            });
            view! {
                <section class="errors warn" role="alert" aria-labelledby="errors-title">
                    {symbol(Icon::Warn)}
                    <h2 id="errors-title">{title}</h2>
                    <ul>{lines.collect_view()}</ul>
                </section>
            }
        })
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_row_is_no_part_of_the_grids_question() {
        assert_eq!(
            split_row("?range=7d&row=a%20b&q=x"),
            ("range=7d&q=x".to_owned(), Some("a b".to_owned()))
        );
        assert_eq!(split_row("row="), (String::new(), None));
        assert_eq!(split_row(""), (String::new(), None));
    }
}
