//! Sign-ins over time: bars for the eye and the pointer, the same numbers as a table for everybody.

use leptos::prelude::*;
use model::Outcome;
use model::present::count;

use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::entity as text;
use crate::view::entity::{Bar, Timeline};

/// Height of the plot, in pixels.
const HEIGHT_PX: f64 = 132.0;
/// Height of the line with the dates.
const LABELS_PX: f64 = 20.0;
/// Share of a bar's room that it fills.
const FILLED: f64 = 0.8;
/// Dates under the plot.
const LABELS: usize = 6;
/// From the base upwards: success is the ground, failure the figure.
const STACK: [(Outcome, &str); 3] = [
    (Outcome::Success, "ok"),
    (Outcome::Interrupted, "mid"),
    (Outcome::Failure, "bad"),
];

/// A panel with the bars.
pub fn timeline(timeline: Timeline) -> AnyView {
    let legend = STACK.map(|(outcome, class)| {
        let all: u64 = timeline.bars.iter().map(|bar| bar.by_outcome[outcome.index()]).sum();
        view! {
            <span class="legend">
                <svg class="sw" width="10" height="10" aria-hidden="true"><rect class=class width="10" height="10" rx="2"></rect></svg>
                {outcome.label()}" "<b>{count(all)}</b>
            </span>
        }
    });
    let outside = (timeline.outside > 0)
        .then(|| view! { <p class="note">{text::outside(timeline.outside)}</p> });
    view! {
        <section class="panel">
            <header><h2>{text::ACTIVITY}" "<small class="ink3">{timeline.unit.clone()}</small></h2></header>
            <div class="legendrow">{legend.into_iter().collect_view()}</div>
            {plot(&timeline)}
            <p class="note">{timeline.finding.clone()}</p>
            {outside}
            {table(timeline.bars)}
        </section>
    }
    .into_any()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a drawing needs no more than three digits"
)]
fn plot(timeline: &Timeline) -> AnyView {
    let top = timeline.ticks.first().copied().unwrap_or(1).max(1) as f64;
    let y_of = move |number: u64| HEIGHT_PX * (1.0 - number as f64 / top);
    let grid = timeline.ticks.iter().map(|tick| {
        let y = y_of(*tick);
        let class = if *tick == 0 { "base" } else { "gridline" };
        view! {
            <line class=class x1="0" x2="100%" y1=px(y) y2=px(y)></line>
            <text x="-8" y=px(y + 4.0) text-anchor="end">{count(*tick)}</text>
        }
    });
    let room = 100.0 / timeline.bars.len().max(1) as f64;
    let bars = timeline.bars.iter().enumerate().map(|(index, bar)| {
        let left = room * (index as f64 + (1.0 - FILLED) / 2.0);
        let mut below = 0;
        let parts = STACK.map(|(outcome, class)| {
            let number = bar.by_outcome[outcome.index()];
            let (bottom, upper) = (y_of(below), y_of(below + number));
            below += number;
            (number > 0).then(|| {
                view! { <rect class=class x=percent(left) width=percent(room * FILLED) y=px(upper) height=px(bottom - upper)></rect> }
            })
        });
        view! {
            <a href=bar.address.clone() tabindex="-1">
                <title>{bar_words(bar)}</title>
                <rect class="hit" x=percent(room * index as f64) width=percent(room) y="0" height=px(HEIGHT_PX)></rect>
                {parts.into_iter().collect_view()}
            </a>
        }
    });
    let last = timeline.bars.len().saturating_sub(1);
    let step = last.div_ceil(LABELS).max(1);
    let dates = timeline.bars.iter().enumerate().step_by(step).map(|(index, bar)| {
        let centre = room * (index as f64 + 0.5);
        let (x, anchor) = match index {
            0 => (0.0, "start"),
            index if index == last => (100.0, "end"),
            _ => (centre, "middle"),
        };
        view! { <text x=percent(x) y=px(HEIGHT_PX + LABELS_PX - 4.0) text-anchor=anchor>{bar.words.clone()}</text> }
    });
    view! {
        <div class="chart y">
            <svg class="chart" width="100%" height=px(HEIGHT_PX + LABELS_PX) aria-hidden="true">
                {grid.collect_view()}{bars.collect_view()}{dates.collect_view()}
            </svg>
        </div>
    }
    .into_any()
}

fn percent(number: f64) -> String {
    format!("{number:.3}%")
}

fn px(number: f64) -> String {
    format!("{number:.1}")
}

fn bar_words(bar: &Bar) -> String {
    let parts = STACK.map(|(outcome, _)| {
        format!(
            "{} {}",
            outcome.label(),
            count(bar.by_outcome[outcome.index()])
        )
    });
    format!("{}: {}", bar.words, parts.join(", "))
}

fn table(bars: Vec<Bar>) -> AnyView {
    let heads =
        STACK.map(|(outcome, _)| view! { <th class="num" scope="col">{outcome.label()}</th> });
    let rows = bars.into_iter().rev().map(|bar| {
        let all: u64 = bar.by_outcome.iter().sum();
        let cells = STACK.map(|(outcome, _)| {
            view! { <td class="num">{count(bar.by_outcome[outcome.index()])}</td> }
        });
        view! {
            <tr>
                <th scope="row"><a href=bar.address>{bar.words}</a></th>
                {cells.into_iter().collect_view()}
                <td class="num"><b>{count(all)}</b></td>
            </tr>
        }
    });
    view! {
        <details class="fold section">
            <summary>{small_symbol(Icon::Right)}{text::AS_TABLE}</summary>
            <div class="in scroll-x" tabindex="0" role="region" aria-label=text::ACTIVITY>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{text::DATE}</th>
                        {heads.into_iter().collect_view()}
                        <th class="num" scope="col">{text::SIGN_INS}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
