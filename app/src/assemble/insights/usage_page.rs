//! The page *Authentication methods: usage*.

use chrono::{DateTime, Utc};
use model::query::{Query, Range};
use model::{Column, Outcome, Value, present};

use super::summary::{Summary, TableLine};
use super::usage::{self, Edges, ID, Usage, scope, succeeded, usage};
use super::{PATH, files_of, usage_resets};
use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::errors::address_of as page_of_code;
use crate::assemble::heat_map::{heat_map, hours};
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::assemble::time_chart::{About, by_value, file, time_chart};
use crate::assemble::time_scale::{Scale, stretch};
use crate::backend::{Backend, BackendError};
use crate::charts::donut::donut;
use crate::charts::svg::Ink;
use crate::components::icon::Icon;
use crate::error::UiError;
use crate::text::{chart as chart_text, entity, usage as text};
use crate::view::chart::{Donut, Entry, TimeChart};
use crate::view::entity::{BarLine, BarList, DirectoryHeader, Number};
use crate::view::insights::{Cell, Line};
use crate::view::safe_text::{MOST_IN_CELL, shown};
use crate::view::summary::{Block, SmallTable, SummaryPage, Tile};

/// Address of the page.
pub fn path() -> String {
    format!("{PATH}/{ID}")
}

/// The page, for the query string of its address.
pub async fn page(
    backend: &dyn Backend,
    query: &str,
    shows_policies: bool,
    clock: &Clock,
) -> SummaryPage {
    let window = Window::of(query);
    let mut page = SummaryPage {
        title: text::TITLE,
        lede: text::LEDE,
        window: window.bar(clock, |window| window.address(&path(), "")),
        carried: window.to_text(),
        files: files_of(ID, window),
        tiles: Vec::new(),
        blocks: Vec::new(),
        notes: Vec::new(),
        failure: None,
        is_from_lake: false,
    };
    if let Err(error) = fill(&mut page, backend, window, shows_policies, clock).await {
        page.failure = Some((UiError::from(error), window.address(&path(), "")));
    }
    page
}

async fn fill(
    page: &mut SummaryPage,
    backend: &dyn Backend,
    window: Window,
    shows_policies: bool,
    clock: &Clock,
) -> Result<(), BackendError> {
    let scope = scope(window.query());
    let stretch = stretch(backend, &scope, clock).await?;
    let scale = stretch.and_then(|(first, end)| Scale::of_report(first, end, clock));
    let edges = Edges {
        columns: scale
            .as_ref()
            .map(|scale| scale.edges_micros.clone())
            .unwrap_or_default(),
        hours: stretch
            .and_then(|stretch| hours(stretch, clock))
            .unwrap_or_default(),
    };
    let usage = usage(backend, &scope, edges, shows_policies).await?;
    page.is_from_lake = usage.summary.is_from_lake;
    page.tiles = tiles(&usage.summary, stretch);
    if let Some(scale) = scale.filter(|_| usage.summary.count("sign_ins") > 0) {
        page.blocks = charts(&usage, &scope, (window, &scale), clock);
    }
    page.blocks
        .extend(tables(&usage.summary, window, shows_policies));
    page.blocks
        .extend(usage_resets::blocks(backend, window, clock).await?);
    if usage.summary.count("successful") > 0 {
        page.blocks.push(Block::Donut(protected(&usage.summary)));
    }
    Ok(())
}

fn tiles(summary: &Summary, stretch: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Vec<Tile> {
    let successful = summary.count("successful");
    let share = |id, icon, words, detail: Option<&str>| {
        let number = summary.number(id);
        Tile {
            icon,
            words,
            value: entity::share(number.count, successful),
            of: Some(text::of(successful)),
            detail: detail.map(str::to_owned),
            tone: None,
            address: number.address,
        }
    };
    let count = |id, icon, words, detail: Option<&str>| {
        let number = summary.number(id);
        Tile {
            value: present::count(number.count),
            of: None,
            ..share(id, icon, words, detail)
        }
    };
    let (prompts, people) = (summary.count("prompts"), summary.count("people"));
    vec![
        share("multifactor", Icon::Shield, text::MULTIFACTOR, None),
        count("single_factor", Icon::Key, text::SINGLE_FACTOR, None),
        share(
            "phishing_resistant",
            Icon::Ok,
            text::PHISHING_RESISTANT,
            Some(text::WHICH_RESISTANT),
        ),
        share("passwordless", Icon::User, text::PASSWORDLESS, None),
        count("telephone", Icon::Phone, text::TELEPHONE, None),
        count(
            "claim_in_token",
            Icon::Clock,
            text::BY_CLAIM,
            Some(text::WHAT_BY_CLAIM),
        ),
        Tile {
            icon: Icon::Chat,
            words: text::PROMPTS,
            value: text::tenths(prompt_tenths(prompts, people, stretch)),
            of: None,
            detail: Some(text::prompts_of(prompts, people)),
            tone: None,
            address: summary.number("prompts").address,
        },
    ]
}

/// Tenths of a prompt for each person and day.
pub fn prompt_tenths(
    prompts: u64,
    people: u64,
    stretch: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> u64 {
    let hours = stretch.map_or(24, |(first, end)| (end - first).num_hours().max(1));
    let hours = u128::try_from(hours).unwrap_or(24);
    let person_hours = u128::from(people) * hours;
    let tenths = (u128::from(prompts) * 240 + person_hours / 2) / person_hours.max(1);
    u64::try_from(tenths).unwrap_or(u64::MAX)
}

fn charts(
    usage: &Usage,
    scope: &Query,
    (window, scale): (Window, &Scale),
    clock: &Clock,
) -> Vec<Block> {
    let summary = &usage.summary;
    let page = |range: Range| Window { range, ..window }.address(&path(), "");
    let about = |id, title: &str, query| About {
        id,
        title: title.to_owned(),
        query,
        scale,
        clock,
        page: Some(&page),
    };
    let successful = super::summary::of_outcome(scope, Outcome::Success);
    let requirement = Column::named("authentication_requirement");
    let of_requirement = about("requirement", text::BY_REQUIREMENT, &successful);
    let parts = by_value(
        &successful,
        requirement,
        &usage.by_requirement,
        succeeded,
        requirement_words,
    );
    let by_requirement = TimeChart {
        file: Some(file(&of_requirement, Some(requirement))),
        ..time_chart(&of_requirement, &parts)
    };
    let methods = Column::named("authentication_methods");
    let prompts = figure(summary, "prompts").unwrap_or_else(|| scope.clone());
    let of_method = about("method", text::BY_METHOD, &prompts);
    let asked = usage::prompting(&usage.by_method);
    let parts = by_value(
        scope,
        methods,
        &asked,
        |counted| counted.rows,
        Value::to_text,
    );
    let drawn = time_chart(&of_method, &parts);
    let by_method = TimeChart {
        finding: text::methods_used(
            parts
                .iter()
                .map(|part| (part.words.as_str(), &part.numbers[..])),
        ),
        file: Some(file(&of_method, Some(methods))),
        notes: vec![text::BY_METHOD_NOTE.to_owned()],
        ..drawn
    };
    let mut blocks = vec![
        Block::Time(Box::new(by_requirement)),
        Block::Time(Box::new(by_method)),
    ];
    let strong = figure(summary, "strong_prompts");
    if let Some(query) = strong.as_ref().filter(|_| !usage.strong_prompts.is_empty()) {
        let prompts = &usage.strong_prompts;
        let title = text::WHEN_PROMPTED;
        let mut field = heat_map("prompts", title, query, prompts, clock, text::busiest);
        field.notes.push(text::WHEN_PROMPTED_NOTE.to_owned());
        blocks.push(Block::Heat(Box::new(field)));
    }
    blocks
}

/// The sign-ins of a number.
fn figure(summary: &Summary, id: &str) -> Option<Query> {
    let figure = summary.figures.iter().find(|figure| figure.id == id);
    figure.and_then(|figure| figure.query.clone())
}

fn requirement_words(value: &Value) -> String {
    match value.as_text() {
        Some("multiFactorAuthentication") => text::SEVERAL_FACTORS.to_owned(),
        Some("singleFactorAuthentication") => text::ONE_FACTOR.to_owned(),
        Some(other) => other.to_owned(),
        None => chart_text::NOT_RECORDED.to_owned(),
    }
}

fn protected(summary: &Summary) -> Donut {
    let parts = [
        ("multifactor", Ink::Category(0), text::SEVERAL_FACTORS),
        ("single_factor", Ink::Category(1), text::ONE_FACTOR),
    ];
    let (multifactor, all) = (summary.count("multifactor"), summary.count("successful"));
    let other = all.saturating_sub(multifactor + summary.count("single_factor"));
    let mut drawn: Vec<(Ink, u64)> = parts
        .iter()
        .map(|(id, ink, _)| (*ink, summary.count(id)))
        .collect();
    let mut legend: Vec<Entry> = parts
        .iter()
        .map(|(id, ink, words)| Entry {
            class: ink.class(),
            words: (*words).to_owned(),
            count: summary.count(id),
            address: Some(summary.number(id).address),
        })
        .collect();
    if other > 0 {
        drawn.push((Ink::Category(7), other));
        legend.push(Entry {
            class: Ink::Category(7).class(),
            words: chart_text::NOT_RECORDED.to_owned(),
            count: other,
            address: None,
        });
    }
    let share = entity::share(multifactor, all);
    Donut {
        title: text::PROTECTED.to_owned(),
        finding: text::protected(&share, multifactor, all),
        share,
        marks: donut(&drawn),
        legend,
    }
}

fn tables(summary: &Summary, window: Window, shows_policies: bool) -> Vec<Block> {
    let lines = |id| summary.table(id).map_or(&[][..], |table| &table.lines);
    let mut blocks = vec![
        Block::Table(SmallTable {
            id: "methods",
            title: text::METHODS,
            headers: headers(&text::METHOD_COLUMNS, 1),
            lines: lines("methods").iter().map(method_line).collect(),
            empty: text::NO_METHODS,
            note: None,
        }),
        Block::Table(SmallTable {
            id: "verdicts",
            title: text::VERDICTS,
            headers: headers(&text::VERDICT_COLUMNS, 1),
            lines: lines("verdicts").iter().map(verdict_line).collect(),
            empty: text::NO_VERDICTS,
            note: Some(text::VERDICTS_NOTE.to_owned()),
        }),
        Block::Table(SmallTable {
            id: "interruptions",
            title: text::WHY,
            headers: headers(&text::WHY_COLUMNS, 2),
            lines: lines("interruptions")
                .iter()
                .map(|line| of_code(line, window))
                .collect(),
            empty: text::NO_INTERRUPTIONS,
            note: Some(text::WHY_NOTE.to_owned()),
        }),
    ];
    let policies = lines("policies");
    if shows_policies && !policies.is_empty() {
        blocks.push(Block::Bars(policy_bars(
            policies,
            summary.count("strong_prompts"),
        )));
    }
    blocks
}

/// Columns of which the first hold words, the others numbers.
pub fn headers(labels: &[&'static str], words: usize) -> Vec<DirectoryHeader> {
    let header = |(place, label): (usize, &&'static str)| DirectoryHeader {
        label,
        is_number: place >= words,
        address: None,
        sorted: None,
    };
    labels.iter().enumerate().map(header).collect()
}

fn verdict_line(line: &TableLine) -> Line {
    let name = match line.value.is_empty() {
        true => text::NOT_TOLD.to_owned(),
        false => present::value(Column::named("verdict"), &line.value),
    };
    counted_line(line, name, Vec::new())
}

fn method_line(line: &TableLine) -> Line {
    let of = |outcome: Outcome| {
        let count = line.counted.by_outcome.get(outcome.index());
        Cell::Number(Number {
            count: count.copied().unwrap_or_default(),
            address: super::summary::of_outcome(&line.query, outcome).to_address(BLADE),
        })
    };
    let name = shown(&line.value.to_text(), MOST_IN_CELL);
    let outcomes = vec![of(Outcome::Success), of(Outcome::Failure)];
    counted_line(line, name, outcomes)
}

/// A line that leads to its sign-ins: their number, more of it, and the people.
fn counted_line(line: &TableLine, name: String, more: Vec<Cell>) -> Line {
    let address = line.query.to_address(BLADE);
    let number = Cell::Number(Number {
        count: line.counted.rows,
        address: address.clone(),
    });
    let people = Cell::People(line.people);
    Line {
        id: None,
        name,
        key: None,
        address,
        is_open: false,
        cells: std::iter::once(number)
            .chain(more)
            .chain([people])
            .collect(),
    }
}

/// A line of a table of error codes: the reason leads to the error book, the number to the sign-ins.
pub fn of_code(line: &TableLine, window: Window) -> Line {
    let code = match line.value {
        Value::Integer(code) => Some(code),
        _ => None,
    };
    let address = line.query.to_address(BLADE);
    Line {
        id: None,
        name: code.map(present::of_code).unwrap_or_default().to_owned(),
        key: None,
        address: code.map_or_else(
            || address.clone(),
            |code| window.address(&page_of_code(code), ""),
        ),
        is_open: false,
        cells: vec![
            Cell::Code(line.value.to_text()),
            Cell::Number(Number {
                count: line.counted.rows,
                address,
            }),
            Cell::People(line.people),
        ],
    }
}

fn policy_bars(lines: &[TableLine], prompts: u64) -> BarList {
    let most = lines.first().map_or(0, |line| line.counted.rows);
    let bars = lines.iter().map(|line| BarLine {
        words: shown(usage::policy_name(line), MOST_IN_CELL),
        beside: None,
        mark: None,
        page: None,
        number: Number {
            count: line.counted.rows,
            address: line.query.to_address(BLADE),
        },
        failures: None,
        share: entity::share(line.counted.rows, prompts),
        length: length(line.counted.rows, most),
    });
    BarList {
        title: text::POLICIES,
        fill: "c1",
        lines: bars.collect(),
        more: None,
        empty: None,
        note: Some(text::POLICIES_NOTE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_by_person_and_day() {
        let now = DateTime::UNIX_EPOCH;
        let stretch = Some((now, now + chrono::Duration::days(2)));
        assert_eq!(prompt_tenths(26, 10, stretch), 13);
        assert_eq!(prompt_tenths(0, 0, stretch), 0);
        assert_eq!(prompt_tenths(5, 1, None), 50);
    }
}
