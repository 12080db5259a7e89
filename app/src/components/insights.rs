//! A report of *Usage & insights*: its lines, and the one that is open beside them.

use leptos::prelude::*;
use model::access::Right;
use model::present::count;

use super::entity::directory::header;
use super::entity::heading::{breadcrumb, clock, ranges};
use super::failure::Failure;
use super::icon::Icon;
use super::outcome::time;
use super::popover::hidden_fields;
use super::symbol::symbol;
use crate::charts::spark::HEIGHT;
use crate::components::chart::time::time_chart;
use crate::context::page_facts;
use crate::text::{frame, insights as text, migration};
use crate::view::insights::{
    Cell, FailureLine, Line, MigrationFacts, MigrationTestLine, OpenLine, ReportPage,
};

/// The page.
pub fn report_page(page: ReportPage) -> AnyView {
    let failure = page.failure.clone().map(
        |(error, retry)| view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> },
    );
    let has_files = !page.files.is_empty();
    let files = page.files.iter().cloned().map(|(words, address)| {
        view! { <a class="btn small" href=address download="" rel="external">{symbol(Icon::Download)}{words}</a> }
    });
    let class = if page.open.is_some() {
        "reports open"
    } else {
        "reports"
    };
    view! {
        {breadcrumb(Some(("", frame::GROUP_INSIGHTS)), page.title.to_owned())}
        <div class="page entity">
            <p class="lede">{page.lede}</p>
            <div class="row wrap mb">
                {ranges(&page.window)}
                {page.find.clone().map(|find| search(&page, find))}
                <span class="spacer"></span>
                {has_files.then(|| view! { <span class="row" role="group" aria-label=text::DOWNLOAD>{files.collect_view()}</span> })}
            </div>
            {failure}
            {page.missing_lists.map(missing_lists)}
            <div class=class>
                {lines(&page)}
                {page.open.clone().map(open_line)}
            </div>
            {clock(&page.window, page.is_from_lake)}
        </div>
    }
    .into_any()
}

fn search(page: &ReportPage, find: String) -> AnyView {
    view! {
        <form class="row" method="get" action=page.path.clone() role="search">
            {hidden_fields(page.hidden.clone())}
            <label class="input narrowin">
                {symbol(Icon::Search)}
                <input type="search" id="find-line" name="find" value=find placeholder=text::FIND aria-label=text::FIND autocomplete="off"/>
            </label>
            <button class="btn small">{text::FIND_BUTTON}</button>
        </form>
    }
    .into_any()
}

fn lines(page: &ReportPage) -> AnyView {
    let (all, fitting) = page.numbers;
    let words = match (page.is_too_many, all, fitting) {
        (true, ..) => Some(text::TOO_MANY),
        (_, 0, _) if page.failure.is_none() => Some(text::NONE),
        (_, _, 0) if page.failure.is_none() => Some(text::NONE_FOUND),
        _ => None,
    };
    let nameless = page.nameless.clone().map(|number| {
        view! { <a class="linkbtn" href=number.address>{text::nameless(number.count)}</a> }
    });
    let table = match words {
        Some(words) => view! { <p class="pad ink2">{words}</p> }.into_any(),
        None => {
            let heads = page.headers.iter().cloned().map(header).collect_view();
            let lines = page.lines.iter().cloned().map(line).collect_view();
            view! {
                <div class="scroll-x" tabindex="0" role="region" aria-label=page.title>
                    <table class="table directory">
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    let numbers = text::lines(page.lines.len(), fitting, all);
    view! {
        <div>
            <section class="panel flush" id="lines">{table}</section>
            <p class="row wrap mt-s"><span class="hint">{numbers}</span>{nameless}</p>
        </div>
    }
    .into_any()
}

/// A line of a table.
pub fn line(line: Line) -> AnyView {
    let key = line
        .key
        .clone()
        .map(|key| view! { <span class="hint trunc" dir="auto">{key}</span> });
    let is_open = line.is_open.then_some("true");
    let name = line.name.clone();
    let cells = line
        .cells
        .into_iter()
        .map(|content| cell(content, &name))
        .collect_view();
    view! {
        <tr aria-selected=is_open>
            <th scope="row"><a href=line.address id=line.id dir="auto" aria-current=is_open>{line.name}</a>{key}</th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(cell: Cell, name: &str) -> AnyView {
    match cell {
        Cell::Number(number) if number.count == 0 => view! { <td class="num">"0"</td> }.into_any(),
        Cell::Number(number) => {
            let label = crate::text::entity::number_of(number.count, name);
            view! { <td class="num"><a href=number.address aria-label=label>{count(number.count)}</a></td> }.into_any()
        }
        Cell::Said(words) => view! { <td class="num">{words}</td> }.into_any(),
        Cell::Code(words) => view! { <td><code>{words}</code></td> }.into_any(),
        Cell::People(Some(people)) => view! { <td class="num">{count(people)}</td> }.into_any(),
        Cell::People(None) => view! { <td class="num ink2">{text::NOT_KNOWN}</td> }.into_any(),
        Cell::Rate(words, _) if words.is_empty() => view! { <td class="num"></td> }.into_any(),
        Cell::Rate(words, length) => {
            let tenths_px = u64::from(length) * 88 / 1_000;
            let width = format!("{}.{}", tenths_px / 10, tenths_px % 10);
            view! {
                <td class="num">
                    <span class="rate">
                        {words}
                        <svg class="hb rbar" width="88" height="6" aria-hidden="true">
                            <rect class="bad" width="88" height="6" rx="1"></rect>
                            <rect class="ok" width=width height="6" rx="1"></rect>
                        </svg>
                    </span>
                </td>
            }
            .into_any()
        }
        Cell::Trend(None) => view! { <td></td> }.into_any(),
        Cell::Trend(Some(trend)) => view! {
            <td>
                <svg class="spark" width="96" height="20" viewBox=format!("0 0 {} {HEIGHT}", trend.columns) preserveAspectRatio="none" role="img" aria-label=trend.words inner_html=trend.marks></svg>
            </td>
        }
        .into_any(),
        Cell::Words(words) => view! { <td class="words">{words}</td> }.into_any(),
        Cell::Moment(moment) => view! { <td class="num">{moment.map(time)}</td> }.into_any(),
    }
}

fn open_line(open: OpenLine) -> AnyView {
    let failures = open.timeline.is_some().then(|| {
        let failures = match open.failures.is_empty() {
            true => view! { <p class="ink2">{text::NO_FAILURES}</p> }.into_any(),
            false => failures(open.failures),
        };
        view! {
            <section class="panel mt">
                <header><h2>{text::FAILURES}</h2></header>
                {failures}
            </section>
        }
    });
    let chart = match open.timeline {
        Some(chart) => time_chart(chart),
        None => view! { <p class="ink2" role="status">{text::NO_SIGN_INS}</p> }.into_any(),
    };
    view! {
        <div class="openline" id="open-line">
            <header class="row wrap">
                <h2 dir="auto">{open.name}</h2>
                <span class="spacer"></span>
                <a class="btn small" id="view-activity" href=open.blade>{text::VIEW_ACTIVITY}</a>
                <a class="iconbtn" href=open.close aria-label=text::CLOSE title=text::CLOSE>{symbol(Icon::Close)}</a>
            </header>
            {chart}
            {open.migration.map(migration_facts)}
            {failures}
        </div>
    }
    .into_any()
}

/// Where lists that say more of the lines are missing.
fn missing_lists(words: &'static str) -> AnyView {
    let bring_in = page_facts().may(Right::Import).then(|| {
        view! { <a class="linkbtn" href="/import">{migration::BRING_IN}</a> }
    });
    view! { <p class="hint mb row wrap">{words}{bring_in}</p> }.into_any()
}

/// Whether the line can move from AD FS to Entra ID.
fn migration_facts(facts: MigrationFacts) -> AnyView {
    let test = |test: MigrationTestLine| {
        let (words, class) = match test.is_passed {
            Some(true) => (migration::PASSED, "ink3"),
            Some(false) => (migration::NOT_PASSED, "b"),
            None => (migration::NOT_SAID, "ink3"),
        };
        view! {
            <li>
                <span dir="auto">{test.name}" "<span class=class>{words}</span></span>
                <span class="hint" dir="auto">{test.message}</span>
            </li>
        }
    };
    let (passed, all) = facts.passed;
    let tests = match facts.tests.is_empty() {
        true => view! { <p class="ink2">{migration::NO_TESTS}</p> }.into_any(),
        false => view! {
            <details open>
                <summary>{migration::passed(passed, all)}</summary>
                <ul class="migration mt-s">{facts.tests.into_iter().map(test).collect_view()}</ul>
            </details>
        }
        .into_any(),
    };
    let urls = facts.reply_urls.into_iter();
    let urls = urls
        .map(|url| view! { <li dir="auto">{url}</li> })
        .collect_view();
    view! {
        <section class="panel mt" id="migration">
            <header><h2>{migration::STATUS}</h2><span class="spacer"></span><span class="tag">{facts.status}</span></header>
            {facts.counted.map(|words| view! { <p class="hint mb">{words}</p> })}
            {tests}
            <details class="mt-s">
                <summary>{migration::REPLY_URLS}</summary>
                <ul class="migration mt-s">{urls}</ul>
            </details>
        </section>
    }
    .into_any()
}

fn failures(failures: Vec<FailureLine>) -> AnyView {
    let [code, reason, number, last] = text::FAILURE_COLUMNS;
    let lines = failures.into_iter().map(|line| {
        let code = line
            .code
            .map_or_else(|| text::NO_CODE.to_owned(), |code| code.to_string());
        let code = match line.page {
            Some(page) => view! { <a href=page><code>{code}</code></a> }.into_any(),
            None => code.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{code}</th>
                <td>{line.reason}</td>
                <td class="num"><a href=line.number.address>{count(line.number.count)}</a></td>
                <td class="num">{line.last.map(time)}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=text::FAILURES>
            <table class="table" id="failures">
                <thead>
                    <tr>
                        <th scope="col">{code}</th>
                        <th scope="col">{reason}</th>
                        <th scope="col" class="num">{number}</th>
                        <th scope="col" class="num">{last}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
