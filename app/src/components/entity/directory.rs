//! The list of users, applications, groups, or of the people in a group.

use leptos::prelude::*;
use model::present::count;

use super::group;
use super::heading::{breadcrumb, clock, ranges};
use crate::components::brought_in::brought_in;
use crate::components::failure::Failure;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::popover::hidden_fields;
use crate::components::symbol::{small_symbol, symbol};
use crate::text::entity as text;
use crate::view::entity::{Directory, DirectoryHeader, DirectoryLine, Listed};

/// The page with the list.
pub fn directory_page(directory: Directory) -> AnyView {
    let heading = match &directory.group {
        Some(group) => breadcrumb(
            Some(("/groups", crate::text::frame::GROUPS)),
            group.name.clone(),
        ),
        None => breadcrumb(None, text::listed(&directory.listed).to_owned()),
    };
    let above = match &directory.group {
        Some(facts) => group::facts(facts),
        None => brought_in(directory.imported.clone()),
    };
    let below = match (&directory.group, &directory.listed) {
        (Some(facts), _) => group::below(facts.clone()),
        (None, Listed::Groups) => group::bring_in(directory.all == 0),
        _ => ().into_any(),
    };
    let reset = directory
        .reset
        .clone()
        .map(|address| view! { <a class="linkbtn" href=address>{text::RESET_FIND}</a> });
    let content = match directory.failure.clone() {
        Some((error, retry)) => {
            view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> }.into_any()
        }
        None if directory.is_too_many && directory.lines.is_empty() => {
            view! { <p>{text::TOO_MANY}</p> }.into_any()
        }
        None => list(&directory),
    };
    let hint = text::find_hint(&directory.listed);
    view! {
        {heading}
        <div class="page entity">
            {above}
            <div class="row wrap mt mb">
                {ranges(&directory.window)}
                <form class="row" method="get" action=directory.path.clone() role="search">
                    {hidden_fields(directory.hidden.clone())}
                    <label class="input narrowin">
                        {symbol(Icon::Search)}
                        <input type="search" id="find-listed" name="find" value=directory.find.clone() placeholder=hint aria-label=hint/>
                    </label>
                    <button class="btn small">{text::FIND}</button>
                </form>
                {reset}
            </div>
            {content}
            {below}
            {clock(&directory.window, directory.is_from_lake)}
        </div>
    }
    .into_any()
}

fn list(directory: &Directory) -> AnyView {
    let last = directory.first + (directory.lines.len() as u64).saturating_sub(1);
    let words = text::lines(
        directory.first,
        last,
        directory.matching,
        directory.all,
        &directory.listed,
    );
    let nameless = directory.nameless.clone().map(|number| {
        view! { <a class="linkbtn" href=number.address>{text::nameless(number.count)}</a> }
    });
    let turn = |address: &Option<String>, words: &'static str, id: &'static str| {
        address
            .clone()
            .map(|address| view! { <a class="btn small" id=id href=address>{words}</a> })
    };
    let heads = directory.headers.iter().cloned().map(header).collect_view();
    let lines = directory.lines.iter().cloned().map(line).collect_view();
    let table = match directory.lines.is_empty() {
        true => view! { <p class="pad ink2">{none_words(directory)}</p> }.into_any(),
        false => view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=text::listed(&directory.listed)>
                <table class="table directory">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="panel flush">{table}</section>
        <nav class="row wrap mt-s" aria-label=text::PAGES>
            {turn(&directory.before, text::BEFORE, "before")}
            {turn(&directory.after, text::AFTER, "after")}
            <span class="hint">{words}</span>
            {nameless}
        </nav>
    }
    .into_any()
}

/// Why a list has no line.
fn none_words(directory: &Directory) -> &'static str {
    match directory.listed {
        Listed::Groups if directory.all == 0 => crate::text::groups::NONE,
        Listed::Users | Listed::Applications | Listed::Members(_) if directory.find.is_empty() => {
            text::EMPTY_TITLE
        }
        _ => text::NONE_FOUND,
    }
}

/// Head of a column of a list, which leads to its order.
pub fn header(header: DirectoryHeader) -> AnyView {
    let class = header.is_number.then_some("num");
    let arrow = header.sorted.map(|sorted| {
        small_symbol(match sorted {
            "ascending" => Icon::Up,
            _ => Icon::SortDown,
        })
    });
    let content = match header.address {
        Some(address) => {
            let id = format!("by-{}", header.label.to_lowercase().replace(' ', "-"));
            view! { <a href=address id=id>{header.label}{arrow}</a> }.into_any()
        }
        None => header.label.into_any(),
    };
    view! { <th scope="col" class=class aria-sort=header.sorted>{content}</th> }.into_any()
}

fn line(line: DirectoryLine) -> AnyView {
    let name = match line.page {
        Some(page) => view! { <a href=page dir="auto">{line.name.clone()}</a> }.into_any(),
        None => line.name.clone().into_any(),
    };
    let label = text::number_of(line.all.count, &line.name);
    let failures = match line.failures.count {
        0 => "0".into_any(),
        number => {
            let label = format!("{}, {}", text::failed(number), line.name);
            view! { <a href=line.failures.address aria-label=label>{count(number)}</a> }.into_any()
        }
    };
    let [success, not_failed] = line.rate_lengths.map(|length| {
        let tenths_px = u64::from(length) * 88 / 1_000;
        format!("{}.{}", tenths_px / 10, tenths_px % 10)
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="ink2" dir="auto">{line.second}</td>
            <td class="num"><a href=line.all.address aria-label=label>{count(line.all.count)}</a></td>
            <td class="num">{failures}</td>
            <td class="num">
                <span class="rate">
                    {line.rate}
                    <svg class="hb rbar" width="88" height="6" aria-hidden="true">
                        <rect class="bad" width="88" height="6" rx="1"></rect>
                        <rect class="mid" width=not_failed height="6" rx="1"></rect>
                        <rect class="ok" width=success height="6" rx="1"></rect>
                    </svg>
                </span>
            </td>
            <td class="num">{line.last.map(time)}</td>
        </tr>
    }
    .into_any()
}
