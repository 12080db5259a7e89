//! The overview.

use chrono::{Days, NaiveDate};
use model::query::{Query, take_parts};
use model::{Column, Tab, Value, present};

use super::day::{Day, named};
use super::overview::{Change, LEGACY_DAYS, Overview, overview};
use super::summary::Summary;
use super::usage_page::{headers, of_code};
use super::{files_of, overview};
use crate::assemble::entity::address::address_of;
use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::assemble::time_chart::{
    About, Part, by_outcome, by_value, file, time_chart, with_usual,
};
use crate::assemble::time_scale::Scale;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::BucketSize;
use crate::components::icon::Icon;
use crate::error::UiError;
use crate::text::{chart as chart_text, entity, overview as text};
use crate::view::chart::TimeChart;
use crate::view::entity::{BarLine, BarList, Choice, Number};
use crate::view::insights::{Cell, Line};
use crate::view::safe_text::{MOST_IN_CELL, shown};
use crate::view::summary::{Block, SmallTable, SummaryPage, Tile};

/// Address of the page.
pub const PATH: &str = "/overview";

/// The day that an address asks for, or else the last whole one that has sign-ins.
///
/// # Errors
/// Those of the backend.
pub async fn day_of(
    backend: &dyn Backend,
    named: Option<NaiveDate>,
    clock: &Clock,
) -> Result<Day, BackendError> {
    let zone = clock.zone;
    let date = match named {
        Some(named) => named,
        None => {
            let span = backend.span(Tab::Interactive).await?;
            let newest = span.map_or(clock.now, |(_, newest)| newest.min(clock.now));
            Day::last_whole(newest, zone)
        }
    };
    Ok(Day { date, zone })
}

/// The page, for the query string of its address.
pub async fn page(backend: &dyn Backend, query: &str, clock: &Clock) -> SummaryPage {
    let window = Window::of(query);
    let mut page = SummaryPage {
        title: text::TITLE,
        lede: text::LEDE,
        window: window.bar(clock, |window| window.address(PATH, "")),
        carried: String::new(),
        files: Vec::new(),
        tiles: Vec::new(),
        blocks: Vec::new(),
        notes: Vec::new(),
        failure: None,
        is_from_lake: false,
    };
    if let Err(error) = fill(&mut page, backend, query, window, clock).await {
        page.failure = Some((UiError::from(error), window.address(PATH, "")));
    }
    page
}

async fn fill(
    page: &mut SummaryPage,
    backend: &dyn Backend,
    query: &str,
    window: Window,
    clock: &Clock,
) -> Result<(), BackendError> {
    let (own, _) = take_parts(query, &["day"]);
    let named = own.iter().rev().find_map(|(_, day)| named(day));
    let day = day_of(backend, named, clock).await?;
    let address = |date: NaiveDate| window.address(PATH, &format!("day={date}"));
    page.window.ranges = days(day, address);
    page.window.other = Some(day.date.format("%A %-d %B %Y").to_string());
    page.window.zone_switch = page.window.zone_switch.take().map(|choice| Choice {
        address: format!(
            "{}{}day={}",
            choice.address,
            if choice.address.contains('?') {
                '&'
            } else {
                '?'
            },
            day.date
        ),
        ..choice
    });
    page.files = files_of(overview::ID, window)
        .into_iter()
        .map(|(words, address)| {
            (
                words,
                format!("{address}&day={}&zone={}", day.date, day.zone.name()),
            )
        })
        .collect();
    let scope = Query {
        time_zone: window.time_zone,
        ..Query::default()
    };
    let begin = day.begin_before(LEGACY_DAYS - 1);
    let weeks = Scale::of(BucketSize::Week, begin, day.end(), clock);
    let edges = weeks.as_ref().map(|scale| scale.edges_micros.clone());
    let overview = overview(backend, &scope, day, &edges.unwrap_or_default()).await?;
    page.is_from_lake = overview.summary.is_from_lake;
    page.tiles = tiles(&overview);
    page.blocks.extend(of_day(&overview, &scope, day, clock));
    page.blocks.push(changes(&overview));
    page.blocks.push(reasons(&overview, day, window));
    page.blocks.extend(legacy(&overview, weeks.as_ref(), clock));
    page.blocks.extend(countries(&overview.summary));
    Ok(())
}

/// The days beside it.
fn days(day: Day, address: impl Fn(NaiveDate) -> String) -> Vec<Choice> {
    let beside = [
        (text::BEFORE, day.date.checked_sub_days(Days::new(1))),
        (text::AFTER, day.date.checked_add_days(Days::new(1))),
    ];
    beside
        .into_iter()
        .filter_map(|(words, date)| {
            Some(Choice {
                words: words.to_owned(),
                address: address(date?),
                is_present: false,
            })
        })
        .collect()
}

fn usual(overview: &Overview, id: &str) -> Option<u64> {
    let known = overview.usual.iter().find(|(of, _)| *of == id);
    known.map(|(_, usual)| *usual)
}

fn tiles(overview: &Overview) -> Vec<Tile> {
    let summary = &overview.summary;
    let tile = |id, icon, words, more: Option<&'static str>| {
        let number = summary.number(id);
        let usual = usual(overview, id);
        let is_more = usual.is_some_and(|usual| number.count > usual);
        Tile {
            icon,
            words,
            value: present::count(number.count),
            of: None,
            detail: usual.map(|usual| text::against(number.count, usual)),
            tone: more.filter(|_| is_more),
            address: number.address,
        }
    };
    let all = summary.count("sign_ins");
    let failed = tile("failed", Icon::Fail, text::FAILURES, Some("up"));
    let permille = |multifactor: u64, of: u64| multifactor * 1_000 / of.max(1);
    let (multifactor, successful) = (summary.count("multifactor"), summary.count("successful"));
    let usual_share = usual(overview, "multifactor")
        .zip(usual(overview, "successful"))
        .filter(|(_, of)| *of > 0);
    vec![
        tile("sign_ins", Icon::SignIns, text::SIGN_INS, None),
        Tile {
            of: Some(entity::share(summary.count("failed"), all)),
            ..failed
        },
        tile("interrupted", Icon::Chat, text::INTERRUPTED, None),
        Tile {
            value: entity::share(multifactor, successful),
            of: Some(crate::text::usage::of(successful)),
            detail: usual_share.map(|(usual, of)| {
                text::points(permille(multifactor, successful), permille(usual, of))
            }),
            tone: None,
            ..tile("multifactor", Icon::Shield, text::COVERAGE, None)
        },
        tile("legacy", Icon::Warn, text::LEGACY, Some("up")),
    ]
}

fn of_day(overview: &Overview, scope: &Query, day: Day, clock: &Clock) -> Option<Block> {
    let scale = Scale::of(BucketSize::HOUR, day.begin_before(0), day.end(), clock)?;
    let query = Query {
        tab: Tab::Interactive,
        noise: None,
        ..scope.clone()
    }
    .with_range(day.range(0));
    let about = About {
        id: "day",
        title: text::HOURS.to_owned(),
        query: &query,
        scale: &scale,
        clock,
        page: None,
    };
    let parts: Vec<Part> = by_outcome(&query, &overview.hours);
    let mut chart = TimeChart {
        file: Some(file(&about, None)),
        is_wide: true,
        ..with_usual(&about, &parts, &overview.usual_hours)
    };
    if !overview.weeks.is_empty() {
        chart.notes.push(text::HOURS_NOTE.to_owned());
    }
    Some(Block::Time(Box::new(chart)))
}

fn changes(overview: &Overview) -> Block {
    let line = |change: &Change| {
        let value = match (&change.value, change.of.id) {
            (Value::Integer(code), _) => present::of_code(*code).to_owned(),
            (Value::Empty, _) => chart_text::NOT_RECORDED.to_owned(),
            (value, _) => shown(&value.to_text(), MOST_IN_CELL),
        };
        let name = match change.of.id {
            "country" => text::sign_ins_from(&value),
            _ => text::failures_of(&value),
        };
        let (today, usual) = change.counts;
        Line {
            id: None,
            name,
            key: None,
            address: change.query.to_address(BLADE),
            is_open: false,
            cells: vec![
                Cell::Number(Number {
                    count: today,
                    address: change.query.to_address(BLADE),
                }),
                Cell::People(Some(usual)),
                Cell::Said(text::change(today, usual)),
            ],
        }
    };
    Block::Table(SmallTable {
        id: "changes",
        title: text::CHANGES,
        headers: headers(&text::CHANGE_COLUMNS, 1),
        lines: overview.changes.iter().map(line).collect(),
        empty: match overview.weeks.is_empty() {
            true => text::NO_HISTORY,
            false => text::NO_CHANGES,
        },
        note: None,
    })
}

fn reasons(overview: &Overview, day: Day, window: Window) -> Block {
    let window = Window {
        range: day.range(0),
        ..window
    };
    let lines = overview.summary.table("failures");
    let lines = lines.map_or(&[][..], |table| &table.lines);
    Block::Table(SmallTable {
        id: "failures",
        title: text::REASONS,
        headers: headers(&text::REASON_COLUMNS, 2),
        lines: lines.iter().map(|line| of_code(line, window)).collect(),
        empty: text::NO_FAILURES,
        note: None,
    })
}

fn bars(
    summary: &Summary,
    (id, title, note): (&str, &'static str, Option<&'static str>),
    all: u64,
    column: &'static Column,
) -> Option<Block> {
    let table = summary.table(id).filter(|table| !table.lines.is_empty())?;
    let most = table.lines.first().map_or(0, |line| line.counted.rows);
    let lines = table.lines.iter().map(|line| BarLine {
        words: match &line.value {
            Value::Empty => chart_text::NOT_RECORDED.to_owned(),
            value => shown(&value.to_text(), MOST_IN_CELL),
        },
        beside: None,
        mark: None,
        page: address_of(column, &line.value),
        number: Number {
            count: line.counted.rows,
            address: line.query.to_address(BLADE),
        },
        failures: None,
        share: entity::share(line.counted.rows, all),
        length: length(line.counted.rows, most),
    });
    Some(Block::Bars(BarList {
        title,
        fill: "c8",
        lines: lines.collect(),
        more: None,
        empty: None,
        note,
    }))
}

fn countries(summary: &Summary) -> Option<Block> {
    let about = ("countries", text::COUNTRIES, Some(text::COUNTRIES_NOTE));
    bars(
        summary,
        about,
        summary.count("sign_ins"),
        Column::named("country"),
    )
}

fn legacy(overview: &Overview, weeks: Option<&Scale>, clock: &Clock) -> Vec<Block> {
    let summary = &overview.summary;
    let trend = summary
        .figures
        .iter()
        .find(|figure| figure.id == "legacy_90_days");
    let Some((scale, query)) = weeks.zip(trend.and_then(|figure| figure.query.clone())) else {
        return Vec::new();
    };
    let client = Column::named("client_app");
    let about = About {
        id: "legacy",
        title: text::LEGACY_TREND.to_owned(),
        query: &query,
        scale,
        clock,
        page: None,
    };
    let parts = by_value(
        &query,
        client,
        &overview.legacy,
        |counted| counted.rows,
        Value::to_text,
    );
    let mut chart = TimeChart {
        file: Some(file(&about, Some(client))),
        ..time_chart(&about, &parts)
    };
    chart.notes.push(match summary.count("legacy_90_days") {
        0 => text::NO_LEGACY.to_owned(),
        _ => text::LEGACY_NOTE.to_owned(),
    });
    let all = summary.count("legacy_90_days");
    let people = ("legacy_users", text::LEGACY_PEOPLE, None);
    let applications = ("legacy_applications", text::LEGACY_APPLICATIONS, None);
    let lists = [
        bars(summary, people, all, Column::named("username")),
        bars(summary, applications, all, Column::named("application")),
    ];
    let chart = Some(Block::Time(Box::new(chart)));
    chart
        .into_iter()
        .chain(lists.into_iter().flatten())
        .collect()
}
