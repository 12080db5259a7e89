//! A list of people or of events, with what it can be narrowed by.

use leptos::prelude::*;

use super::entity::directory::header;
use super::entity::heading::{breadcrumb, ranges};
use super::failure::Failure;
use super::icon::Icon;
use super::insights_tabs::insights_tabs;
use super::outcome::{status, time};
use super::popover::hidden_fields;
use super::registration::{as_of, files, missing, proven_panel, to_lists};
use super::symbol::symbol;
use crate::text::{
    entity, frame, registration, registration_details as text, registration_events as events,
};
use crate::view::grid::Tone;
use crate::view::registration::{FilterSelect, InsightsTab, ListCell, ListLine, ListPage};

/// The page.
pub fn list_page(page: ListPage) -> AnyView {
    let failure = page.failure.clone().map(|(error, retry)| {
        view! { <Failure title=registration::FAILED_TITLE error=error retry=retry/> }
    });
    let is_missing = page.missing.is_some();
    let content = match (is_missing, page.failure.is_some()) {
        (true, _) => view! {
            <div class="cols-2">
                {page.missing.as_ref().map(missing)}
                {page.proven.clone().map(proven_panel)}
            </div>
        }
        .into_any(),
        (false, true) => ().into_any(),
        (false, false) => list(&page),
    };
    let narrowing = (!is_missing).then(|| narrowing(&page));
    view! {
        {breadcrumb(Some(("", frame::GROUP_INSIGHTS)), registration::TITLE.to_owned())}
        {insights_tabs(page.tab, &page.carried)}
        <div class="page entity registration">
            <p class="lede mt">{page.lede}</p>
            <div class="row wrap mb">
                {page.window.as_ref().map(ranges)}
                <span class="row wrap hint">{page.as_of.clone().map(as_of)}{to_lists()}</span>
                {files(&page.files, !is_missing)}
            </div>
            {failure}
            {narrowing}
            {content}
        </div>
    }
    .into_any()
}

fn narrowing(page: &ListPage) -> AnyView {
    let reset = page.reset.clone().map(
        |address| view! { <a class="linkbtn" id="reset-filters" href=address>{text::RESET}</a> },
    );
    let selects = page.selects.clone().into_iter().map(select);
    view! {
        <form class="narrowing mb" method="get" action=page.path.clone() role="search" aria-label=text::FILTERS>
            {hidden_fields(page.hidden.clone())}
            <div class="field">
                <label for="find-person">{text::FIND}</label>
                <div class="input">
                    {symbol(Icon::Search)}
                    <input type="search" id="find-person" name="find" value=page.find.clone() autocomplete="off"/>
                </div>
            </div>
            {selects.collect_view()}
            <div class="row"><button class="btn">{text::APPLY}</button>{reset}</div>
        </form>
    }
    .into_any()
}

fn select(select: FilterSelect) -> AnyView {
    let id = format!("filter-{}", select.name);
    let chosen = select.chosen.clone();
    let options = select.choices.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{select.label}</label>
            <span class="select block">
                <select id=id name=select.name>{options.collect_view()}</select>
                {symbol(Icon::Down)}
            </span>
        </div>
    }
    .into_any()
}

fn list(page: &ListPage) -> AnyView {
    let (first, matching, all) = page.numbers;
    let shown = page.lines.len() as u64;
    let is_events = page.tab == InsightsTab::Events;
    let (one, many) = match is_events {
        true => ("event", "events"),
        false => ("person", "people"),
    };
    let words = text::lines(first, shown, matching, all, one, many);
    let none = match is_events {
        true => events::NONE_FOUND,
        false => text::NONE_FOUND,
    };
    let table = match page.lines.is_empty() {
        true => view! { <p class="pad ink2" role="status">{none}</p> }.into_any(),
        false => {
            let heads = page.headers.iter().cloned().map(header).collect_view();
            let lines = page.lines.iter().cloned().map(line).collect_view();
            view! {
                <div class="scroll-x" tabindex="0" role="region" aria-label=registration::tab(page.tab)>
                    <table class="table directory people">
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    let turn = |address: &Option<String>, words: &'static str, id: &'static str| {
        address
            .clone()
            .map(|address| view! { <a class="btn small" id=id href=address>{words}</a> })
    };
    let [before, after] = &page.turns;
    view! {
        <section class="panel flush" id="lines">{table}</section>
        <nav class="row wrap mt-s" aria-label=entity::PAGES>
            {turn(before, entity::BEFORE, "before")}
            {turn(after, entity::AFTER, "after")}
            <span class="hint" id="numbers">{words}</span>
        </nav>
    }
    .into_any()
}

fn line(line: ListLine) -> AnyView {
    let name = match line.page {
        Some(page) => view! { <a href=page dir="auto">{line.name}</a> }.into_any(),
        None => view! { <span dir="auto">{line.name}</span> }.into_any(),
    };
    let second = (!line.second.is_empty())
        .then(|| view! { <span class="hint second" dir="auto">{line.second}</span> });
    let tags = line.tags.into_iter();
    let tags = tags.map(|tag| view! { " "<span class="tag">{tag}</span> });
    view! {
        <tr>
            <th scope="row">{name}{tags.collect_view()}{second}</th>
            {line.cells.into_iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

fn cell(cell: ListCell) -> AnyView {
    match cell {
        ListCell::Text(words) => view! { <td dir="auto">{words}</td> }.into_any(),
        ListCell::Flag(Some(true)) => view! { <td>{text::YES}</td> }.into_any(),
        ListCell::Flag(Some(false)) => view! { <td class="b">{text::NO}</td> }.into_any(),
        ListCell::Flag(None) => view! { <td class="ink3">{text::NOT_SAID}</td> }.into_any(),
        ListCell::Outcome(Some(true)) => {
            view! { <td>{status(Tone::Success, events::SUCCESS.to_owned())}</td> }.into_any()
        }
        ListCell::Outcome(Some(false)) => {
            view! { <td>{status(Tone::Failure, events::FAILURE.to_owned())}</td> }.into_any()
        }
        ListCell::Outcome(None) => view! { <td class="ink3">{text::NOT_SAID}</td> }.into_any(),
        ListCell::Moment(moment) => view! { <td class="num">{moment.map(time)}</td> }.into_any(),
    }
}
