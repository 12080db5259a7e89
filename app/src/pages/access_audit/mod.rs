//! `/access-audit`: who looked at what. Its address says all of it: `range`, `from`, `to`, `who`, `what`, `ip`, `of`, and
//! with `row` the line that is open.

mod detail;
mod pills;

use leptos::prelude::*;

use super::Written;
use crate::asked::Asked;
use crate::assemble::access_audit::AuditPlace;
use crate::assemble::moments::Clock;
use crate::components::command_bar::CommandBar;
use crate::components::frame::{Breadcrumb, command_link};
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::plain_page::or_banner;
use crate::components::problem_list::problem_list;
use crate::components::symbol::symbol;
use crate::keeping::{KeptEvent, KeptEvents, SharedKeeping};
use crate::sheet::Sheet;
use crate::text::{access_audit as text, frame};
use crate::view::safe_text::shown;
use crate::view::sign_ins::ProblemLine;

/// Lines of one page.
const LINES: usize = 100;
/// Most characters of what something was done to.
const LONGEST: usize = 300;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let (place, problems, is_of_form) = AuditPlace::read(&asked.query);
    if is_of_form && problems.is_empty() {
        return Written::Elsewhere(place.address());
    }
    let clock = Clock::of_request(&place.query);
    let keeping = use_context::<SharedKeeping>();
    let events = match &keeping {
        Some(keeping) => keeping.access_events(place.ask(&clock, LINES)).await,
        None => Ok(KeptEvents::default()),
    };
    let open = match (&keeping, place.row) {
        (Some(keeping), Some(row)) => Some(keeping.access_event(row).await),
        _ => None,
    };
    let detail = open.map(|found| detail::detail(found, &place, &clock));
    let content = events.map(|events| list(events, &place, &clock));
    let address = problems.is_empty().then(|| place.address());
    let problems = problems.into_iter().map(|problem| ProblemLine {
        part: problem.part,
        message: problem.message,
    });
    let commands = vec![
        download_command(place.download_address()),
        command_link(
            place.from_the_newest().address(),
            Icon::Refresh,
            text::REFRESH,
        ),
    ];
    let markup = view! {
        <Breadcrumb group=frame::GROUP_ACCESS page=frame::ACCESS_AUDIT/>
        <CommandBar commands=commands/>
        {pills::pills(&place, &clock)}
        {problem_list(problems.collect())}
        <p class="hint events-lede">{text::LEDE}</p>
        {or_banner(content)}
        <div class="place">{detail}</div>
    };
    Written::Sheet(Sheet {
        title: frame::ACCESS_AUDIT.to_owned(),
        address,
        class: "sheet".to_owned(),
        markup: markup.to_html(),
    })
}

fn download_command(address: String) -> AnyView {
    view! { <a class="cmd" href=address download="" rel="external">{symbol(Icon::Download)}{text::DOWNLOAD}</a> }
        .into_any()
}

fn list(page: KeptEvents, place: &AuditPlace, clock: &Clock) -> AnyView {
    let number = page.events.len();
    let older = page.next.map(|next| {
        let older = AuditPlace {
            before: Some(next),
            row: None,
            ..place.clone()
        };
        view! { <a class="btn small" id="older" href=older.address()>{text::older(number, LINES)}</a> }
    });
    let newest = place.before.map(|_| {
        view! { <a class="btn small" id="newest" href=place.from_the_newest().address()>{text::NEWEST}</a> }
    });
    let words = match number {
        0 if page.next.is_some() => text::NONE_YET.to_owned(),
        0 => text::NONE.to_owned(),
        number => text::lines(number),
    };
    let heads = text::COLUMNS.map(|label| view! { <th scope="col">{label}</th> });
    let lines = page
        .events
        .into_iter()
        .map(|event| line(event, place, clock));
    let table = (number > 0).then(|| {
        view! {
            <table class="table events" id="access-events">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        }
    });
    let zone = crate::text::sign_ins::times_in(clock.zone.name());
    view! {
        <div class="body">
            <div class="gridwrap">
                <div class="gridscroll" id="rows" tabindex="0" role="region" aria-label=frame::ACCESS_AUDIT data-scrolls="top">{table}</div>
                <nav class="gridfoot" aria-label=text::PAGES>
                    <span>{words}</span>
                    {newest}
                    {older}
                    <span class="spacer"></span>
                    <span>{zone}</span>
                </nav>
            </div>
        </div>
    }
    .into_any()
}

fn line(event: KeptEvent, place: &AuditPlace, clock: &Clock) -> AnyView {
    let row = place.with_row(Some(event.number)).address();
    let is_open = place.row == Some(event.number);
    let moment = clock.in_grid(event.at);
    let label = text::open(&moment.text, event.number);
    view! {
        <tr aria-selected=is_open.then_some("true")>
            <th scope="row"><a href=row aria-label=label data-noscroll="true">{time(moment)}</a></th>
            <td dir="auto">{who(&event)}</td>
            <td>{text::action(&event.action)}</td>
            <td class="of"><code>{shown(&event.subject, LONGEST)}</code></td>
            <td>{event.address}</td>
        </tr>
    }
    .into_any()
}

/// Who did it.
fn who(event: &KeptEvent) -> String {
    match event.username.is_empty() {
        true => text::NOBODY.to_owned(),
        false => shown(&event.username, LONGEST),
    }
}
