//! Filter pills, each with its editor.

use leptos::prelude::*;

use super::icon::Icon;
use super::popover::{choice, editor_footer, hidden_fields};
use super::symbol::{small_symbol, symbol};
use crate::text::sign_ins as text;
use crate::view::filters::{DatePill, Entry, Pill};

/// Address that the forms of the filter bar are sent to.
pub const TARGET: &str = "/sign-ins";

/// One filter, or a field that waits for one.
#[component]
pub fn FilterPill(pill: Pill) -> AnyView {
    let class = match (&pill.value, pill.negated) {
        (None, _) => "pill unset",
        (Some(_), true) => "pill negated",
        (Some(_), false) => "pill",
    };
    let minus = pill.negated.then(|| small_symbol(Icon::Minus));
    let between = match pill.operator {
        Some(operator) => {
            view! { {pill.label.clone()}" "<span class="op">{operator}</span>" " }.into_any()
        }
        None => format!("{}: ", pill.label).into_any(),
    };
    let value = pill.value.unwrap_or_else(|| text::UNSET.to_owned());
    let remove = pill.remove.map(|address| {
        view! {
            <a class="x" href=address aria-label=text::remove_filter(&pill.label)>{small_symbol(Icon::Close)}</a>
        }
    });
    let id = pill.editor_id;
    let title_id = format!("{id}-title");
    let (target, labelled_by, editor_id) = (id.clone(), title_id.clone(), id.clone());
    view! {
        <div class="anchor">
            <span class=class>
                <button type="button" popovertarget=target aria-haspopup="dialog">
                    {minus}{between}<b>{value}</b>
                </button>
                {remove}
            </span>
            <div class="popover" id=editor_id popover="auto" role="dialog" aria-labelledby=labelled_by>
                <form method="get" action=TARGET>
                    {hidden_fields(pill.hidden)}
                    <input type="hidden" name="fcol" value=pill.column/>
                    <header>
                        <h3 id=title_id>{pill.label}</h3>
                        {choice("fop", None, Some(text::OPERATOR), "select small", pill.operators)}
                    </header>
                    {entry(pill.entry)}
                    {editor_footer(id, text::ANY_SUFFICES)}
                </form>
            </div>
        </div>
    }
    .into_any()
}

fn entry(entry: Entry) -> AnyView {
    match entry {
        Entry::Choices(choices) => {
            let boxes = choices.into_iter().map(|(value, words, is_ticked)| {
                view! {
                    <label class="opt">
                        <input type="checkbox" name="fval" value=value checked=is_ticked/>
                        <span class="t">{words}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="opts"><legend>{text::VALUES}</legend>{boxes.collect_view()}</fieldset>
            }
            .into_any()
        }
        Entry::Texts(values) => {
            let inputs = values.into_iter().map(|value| {
                view! {
                    <label class="input">
                        <span class="sr">{text::VALUE}</span>
                        <input type="text" name="fval" value=value autocomplete="off"/>
                    </label>
                }
            });
            view! { <div class="in">{inputs.collect_view()}</div> }.into_any()
        }
    }
}

/// The stretch of time.
#[component]
pub fn DateFilter(pill: DatePill) -> AnyView {
    const ID: &str = "edit-date";
    let quick = pill.quick.into_iter().map(|(words, address, is_present)| {
        view! { <a href=address aria-current=is_present.then_some("true")>{words}</a> }
    });
    view! {
        <div class="anchor">
            <span class="pill time">
                <button type="button" popovertarget=ID aria-haspopup="dialog">
                    {text::DATE}": "<b>{pill.value}</b>
                </button>
            </span>
            <div class="popover daterange brief" id=ID popover="auto" role="dialog" aria-labelledby="edit-date-title">
                <form method="get" action=TARGET>
                    {hidden_fields(pill.hidden)}
                    <header><h3 id="edit-date-title">{text::DATE}</h3></header>
                    <div class="split">
                        <nav class="quick menu" aria-label=text::QUICK_RANGES>{quick.collect_view()}</nav>
                        <div class="ends">
                            <div class="field">
                                <label for="range-from">{text::FROM}</label>
                                <input class="input" id="range-from" name="from" type="datetime-local" step="1" value=pill.from/>
                            </div>
                            <div class="field">
                                <label for="range-to">{text::TO}</label>
                                <input class="input" id="range-to" name="to" type="datetime-local" step="1" value=pill.to/>
                            </div>
                            <div class="field">
                                <label for="range-zone">{text::SHOWN_IN}</label>
                                {choice("tz", Some("range-zone"), None, "select block", pill.zones)}
                            </div>
                        </div>
                    </div>
                    {editor_footer(ID.to_owned(), text::OPEN_ENDS)}
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// The search field.
#[component]
pub fn SearchField(search: String, hidden: Vec<(String, String)>) -> AnyView {
    view! {
        <form method="get" action=TARGET>
            {hidden_fields(hidden)}
            <label class="input q">
                <span class="sr">{text::SEARCH}</span>
                {symbol(Icon::Search)}
                <input type="search" name="q" value=search placeholder=text::SEARCH_HINT autocomplete="off"/>
            </label>
        </form>
    }
    .into_any()
}
