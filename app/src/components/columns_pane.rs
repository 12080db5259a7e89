//! The choice of columns: a form that works by itself, as a page; the client shows it as a pane, and moves and
//! narrows what is in it.

use leptos::prelude::*;

use super::icon::Icon;
use super::popover::hidden_fields;
use super::symbol::{small_symbol, symbol};
use crate::text::columns as text;
use crate::view::columns::{ColumnChoice, ColumnLine};

/// Where the choice is sent to.
const SAVED_AT: &str = "/preferences/columns";
/// The page with the choice, which the buttons that move a column lead to.
pub const PAGE: &str = "/sign-ins/columns";

/// The form.
#[component]
pub fn ColumnsPane(choice: ColumnChoice) -> AnyView {
    let number = choice.number();
    let shown = choice
        .shown
        .into_iter()
        .map(|line| column_line(line, true))
        .collect_view();
    let sections = choice.sections.into_iter().map(|(heading, lines)| {
        let lines = lines
            .into_iter()
            .map(|line| column_line(line, false))
            .collect_view();
        view! { <section><h3>{heading}</h3><ul>{lines}</ul></section> }
    });
    let close = choice.address.clone();
    view! {
        <form class="columns" method="post" action=SAVED_AT data-posts="true" data-kind=choice.kind aria-labelledby="columns-title">
            // Enter takes the first button of a form.
            <button class="sr" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
            {hidden_fields(vec![("query".to_owned(), choice.query)])}
            <header>
                <h2 id="columns-title">{text::COLUMNS}</h2>
                <a class="iconbtn" href=close aria-label=text::CLOSE data-closes-columns="true">{symbol(Icon::Close)}</a>
            </header>
            <div class="in colpick" tabindex="-1">
                <label class="input script-only">
                    {symbol(Icon::Search)}
                    <span class="sr">{text::find_among(number)}</span>
                    <input type="search" placeholder=text::find_among(number) autocomplete="off" data-finds-column="true"/>
                </label>
                <section>
                    <h3>
                        {text::SHOWN}
                        <button class="linkbtn" name="do" value="reset" data-default-columns="true">{text::DEFAULTS}</button>
                    </h3>
                    <ul class="shown">{shown}</ul>
                </section>
                {sections.collect_view()}
                <p class="hint" data-no-column="true" hidden=true>{text::NONE_FOUND}</p>
            </div>
            <footer>
                <button class="btn primary" name="do" value="save">{text::SAVE}</button>
                <a class="btn" href=choice.address data-closes-columns="true">{text::CANCEL}</a>
                <p class="hint">{text::REMEMBERED}</p>
            </footer>
        </form>
    }
    .into_any()
}

fn column_line(line: ColumnLine, is_shown: bool) -> AnyView {
    let default_at = line.default_at.map(|at| at.to_string());
    let (up, down) = (text::move_up(&line.label), text::move_down(&line.label));
    let id = line.id;
    view! {
        <li data-column=id data-default=default_at>
            <span class="handle script-only" aria-hidden="true">{symbol(Icon::Handle)}</span>
            <label>
                <input type="checkbox" name="col" value=id.clone() checked=is_shown/>
                <span class="t">{line.label}</span>
            </label>
            <span class="move">
                <button class="iconbtn s" name="up" value=id.clone() formmethod="get" formaction=PAGE aria-label=up>{small_symbol(Icon::Up)}</button>
                <button class="iconbtn s" name="down" value=id.clone() formmethod="get" formaction=PAGE aria-label=down>{small_symbol(Icon::Down)}</button>
            </span>
        </li>
    }
    .into_any()
}
