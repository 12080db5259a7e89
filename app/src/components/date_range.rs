//! The pill with the stretch of time, and its editor. The client adds a calendar (part `calendar`).

use leptos::prelude::*;

use super::icon::Icon;
use super::pill::TARGET;
use super::popover::{closed, editor_footer, hidden_fields};
use super::symbol::small_symbol;
use crate::text::filters as text;
use crate::view::filters::{DatePill, Month};

const ID: &str = "edit-date";
const TITLE_ID: &str = "edit-date-title";
const HELP_ID: &str = "range-help";

/// The stretch of time.
#[component]
pub fn DateRange(
    /// The pill.
    pill: DatePill,
    /// Address that its form is sent to.
    #[prop(default = TARGET)]
    target: &'static str,
) -> AnyView {
    let quick = pill.quick.into_iter().map(|(words, address, is_present)| {
        view! { <a href=address aria-current=is_present.then_some("true")>{words}</a> }
    });
    let zones = pill.zones.into_iter().map(|(words, address, is_present)| {
        view! { <a href=address aria-current=is_present.then_some("true")>{words}</a> }
    });
    let moves = pill
        .moves
        .into_iter()
        .map(|(words, address)| view! { <a class="btn small" href=address>{words}</a> });
    let said = format!("{} {}", text::DATE, pill.value);
    let form = view! {
        <form method="get" action=target data-date>
            {hidden_fields(pill.hidden)}
            <header>
                <h3 id=TITLE_ID>{text::DATE}</h3>
                <nav class="seg" aria-label=text::SHOW_DATES_AS>{zones.collect_view()}</nav>
            </header>
            <div class="split">
                <nav class="quick menu" aria-label=text::QUICK_RANGES>{quick.collect_view()}</nav>
                <div class="ends">
                    <div class="pair">
                        {end("range-from", "from_local", text::FROM, pill.from)}
                        {end("range-to", "to_local", text::TO, pill.to)}
                    </div>
                    <p class="hint" id=HELP_ID>{text::MOMENT_HELP}</p>
                    <div class="cal" data-calendar hidden></div>
                    <nav class="moves" aria-label=text::MOVE_RANGE>{moves.collect_view()}</nav>
                </div>
            </div>
            {editor_footer(ID.to_owned(), text::OPEN_ENDS)}
        </form>
    };
    view! {
        <div class="anchor">
            <span class="pill time" data-said=said>
                <button type="button" id="pill-date" popovertarget=ID aria-haspopup="dialog">
                    {text::DATE}": "<b>{pill.value}</b>
                </button>
            </span>
            <div class="popover daterange" id=ID popover="auto" role="dialog" aria-labelledby=TITLE_ID data-closed
                inner_html=closed(form)></div>
        </div>
    }
    .into_any()
}

fn end(id: &'static str, name: &'static str, label: &'static str, value: String) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input class="input" id=id name=name type="text" value=value autocomplete="off" aria-describedby=HELP_ID/>
        </div>
    }
    .into_any()
}

/// A month with a button for each day.
#[component]
pub fn Calendar(month: Month) -> AnyView {
    let headings =
        text::WEEKDAYS.map(|(short, full)| view! { <th scope="col" abbr=full>{short}</th> });
    let weeks = month.weeks.into_iter().map(|week| {
        let days = week.map(|day| {
            let class = match (day.is_out, day.is_today) {
                (true, _) => "out",
                (false, true) => "today",
                (false, false) => "",
            };
            let index = if day.is_focused { "0" } else { "-1" };
            view! {
                <td class=class role="gridcell">
                    <button type="button" data-day=day.date tabindex=index aria-label=day.words
                        aria-current=day.is_today.then_some("date")>
                        {day.number}
                    </button>
                </td>
            }
        });
        view! { <tr>{days.into_iter().collect_view()}</tr> }
    });
    view! {
        <div>
            <div class="month">
                <button class="iconbtn s" type="button" data-month="-1mo" aria-label=text::MONTH_BEFORE>
                    {small_symbol(Icon::Left)}
                </button>
                <span aria-live="polite">{month.title}</span>
                <button class="iconbtn s" type="button" data-month="1mo" aria-label=text::MONTH_AFTER>
                    {small_symbol(Icon::Right)}
                </button>
            </div>
            <table role="grid" aria-label=text::CALENDAR>
                <thead><tr>{headings.into_iter().collect_view()}</tr></thead>
                <tbody>{weeks.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
