//! Resets of passwords on the page of usage: they are no sign-ins, and come from lists that were imported.

use chrono::{Days, NaiveDate};
use model::Query;
use model::query::Range;
use model::registration::Method;

use super::registration::path_of;
use super::registration::resets::{Resets, ResetsOfDay, resets};
use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::{Clock, start_of_day};
use crate::assemble::time_chart::{About, Part, time_chart};
use crate::assemble::time_scale::Scale;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::BucketSize;
use crate::charts::svg::Ink;
use crate::text::{entity, usage as text};
use crate::view::entity::{BarLine, BarList, Number};
use crate::view::registration::InsightsTab;
use crate::view::safe_text::escaped;
use crate::view::summary::Block;

/// The charts of the resets of a time; nothing where there is none.
///
/// # Errors
/// Those of the backend.
pub async fn blocks(
    backend: &dyn Backend,
    window: Window,
    clock: &Clock,
) -> Result<Vec<Block>, BackendError> {
    let found = resets(backend, window, clock).await?;
    let by_day = by_day(&found, window, clock);
    Ok(by_day
        .into_iter()
        .chain(by_method(&found, window))
        .collect())
}

/// Address of the resets of a time, of all methods or of one.
fn address(window: Window, range: Range, method: Option<&str>) -> String {
    let method = method.map_or_else(String::new, |method| {
        format!("&auth_method={}", escaped(method))
    });
    let more = format!("feature=reset{method}");
    Window { range, ..window }.address(&path_of(InsightsTab::Events), &more)
}

/// What is counted of a day.
type CountOf = fn(&ResetsOfDay) -> u64;

fn by_day(found: &Resets, window: Window, clock: &Clock) -> Option<Block> {
    let (first, last) = (found.days.keys().next()?, found.days.keys().next_back()?);
    let next = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
    let (begin, end) = (
        start_of_day(*first, clock.zone),
        start_of_day(next(*last), clock.zone),
    );
    let scale = Scale::of(BucketSize::Day, begin, end, clock)?;
    let mut days: Vec<ResetsOfDay> = Vec::new();
    let mut day = *first;
    while day <= *last {
        days.push(found.days.get(&day).copied().unwrap_or_default());
        day = next(day);
    }
    let kinds: [(&str, CountOf); 4] = [
        (text::RESET_BY_PERSON, |day| day.by_person),
        (text::RESET_BY_ADMIN, |day| day.by_admin),
        (text::CHANGED, |day| day.changes),
        (text::RESET_FAILED, |day| day.failed),
    ];
    let parts: Vec<Part> = kinds
        .iter()
        .zip(0..)
        .map(|((words, of), category)| Part {
            ink: Ink::Category(category),
            words: (*words).to_owned(),
            numbers: days.iter().map(of).collect(),
            address: None,
        })
        .filter(|part| part.numbers.iter().any(|number| *number > 0))
        .collect();
    let about = About {
        id: "resets",
        title: text::RESETS.to_owned(),
        query: &Query::default(),
        scale: &scale,
        clock,
        page: None,
    };
    let mut chart = time_chart(&about, &parts);
    // They are no sign-ins: a day leads to its resets.
    for (column, (from, to)) in chart.columns.iter_mut().zip(scale.stretches()) {
        let moment = crate::assemble::time_scale::moment;
        let range = Range::Between {
            from: Some(moment(from)),
            to: Some(moment(to)),
        };
        column.address = address(window, range, None);
    }
    let sum: u64 = parts.iter().flat_map(|part| &part.numbers).sum();
    chart.finding = text::resets(sum, days.len());
    chart.notes.push(match found.is_summary {
        true => text::RESETS_COUNTED.to_owned(),
        false => text::RESETS_OF_EVENTS.to_owned(),
    });
    Some(Block::Time(Box::new(chart)))
}

fn by_method(found: &Resets, window: Window) -> Option<Block> {
    let all: u64 = found.methods.values().flatten().sum();
    let mut methods: Vec<(&String, u64, u64)> = found
        .methods
        .iter()
        .map(|(method, [worked, failed])| (method, *worked, *failed))
        .collect();
    methods.sort_by_key(|(_, worked, failed)| std::cmp::Reverse(worked + failed));
    let most = methods.first().map(|(_, worked, failed)| worked + failed)?;
    let lines = methods.into_iter().map(|(method, worked, failed)| BarLine {
        words: Method::label_of(method),
        beside: None,
        mark: None,
        page: None,
        number: Number {
            count: worked + failed,
            address: address(window, window.range, Some(method)),
        },
        failures: Some(failed),
        share: entity::share(worked + failed, all),
        length: length(worked + failed, most),
    });
    Some(Block::Bars(BarList {
        title: text::RESETS_BY_METHOD,
        fill: "c1",
        lines: lines.collect(),
        more: None,
        empty: None,
        note: None,
    }))
}
