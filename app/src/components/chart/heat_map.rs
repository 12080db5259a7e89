//! Days across and hours down, in steps of one colour.

use leptos::prelude::*;
use model::present::count;

use super::menu::menu;
use super::swatch;
use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::chart as text;
use crate::view::chart::HeatMap;
use crate::view::safe_text::push_escaped;

/// Height of an hour, in pixels.
const HOUR_PX: u32 = 8;
/// Hours that are named at the side.
const NAMED_HOURS: [u32; 4] = [0, 6, 12, 18];
/// Height of the days' names.
const LABELS_PX: u32 = 16;
/// Days that are named, at most.
const MOST_NAMES: usize = 9;

/// A panel with the field. One of its hours is a stop of Tab, from which arrow keys go on.
pub fn heat_map(chart: HeatMap) -> AnyView {
    let levels = chart.levels.iter().map(|(class, words)| {
        view! { <li class="legend">{swatch(class)}{words.clone()}</li> }
    });
    let notes = chart.notes.iter();
    let notes = notes
        .map(|note| view! { <p class="note">{note.clone()}</p> })
        .collect_view();
    view! {
        <section class="panel chartpanel wide" id=format!("chart-{}", chart.id) data-chart="true">
            <header>
                <h2>{chart.title.clone()}</h2>
                <span class="spacer"></span>
                {menu(chart.id, None)}
            </header>
            <ul class="legendrow">{levels.collect_view()}</ul>
            {field(&chart)}
            <p class="readout" data-readout="true" aria-live="polite"></p>
            <p class="note">{chart.finding.clone()}</p>
            {notes}
            {table(&chart)}
        </section>
    }
    .into_any()
}

fn field(chart: &HeatMap) -> AnyView {
    let days = chart.days.len();
    let plot_px = HOUR_PX * 24;
    let hours = NAMED_HOURS.map(|hour| {
        let y = hour * HOUR_PX + 10;
        view! { <text class="numbers" x="0" y=y text-anchor="end">{format!("{hour:02}:00")}</text> }
    });
    let step = days.div_ceil(MOST_NAMES).max(1);
    let names = chart
        .days
        .iter()
        .enumerate()
        .step_by(step)
        .map(|(place, day)| {
            let x = format!("{:.3}%", share(place, days));
            view! { <text x=x y=plot_px + LABELS_PX - 3>{day.clone()}</text> }
        });
    view! {
        <div class="plotframe">
            <div
                class="plot field"
                role="group"
                aria-label=text::cells_of(&chart.title)
                data-hours="true"
                data-days=days
                data-address=chart.address.clone()
            >
                <svg class="chart" width="100%" height=plot_px + LABELS_PX role="img" aria-label=chart.finding.clone() data-marks="true">
                    <svg width="100%" height=plot_px viewBox=format!("0 0 {days} 24") preserveAspectRatio="none" inner_html=chart.marks.clone()></svg>
                    {hours.into_iter().collect_view()}
                    {names.collect_view()}
                </svg>
                <svg class="chart cursor" width="100%" height=plot_px viewBox=format!("0 0 {days} 24") preserveAspectRatio="none" aria-hidden="true">
                    <rect data-cursor="true" width="0" height="1"></rect>
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a drawing needs no more than three digits"
)]
fn share(place: usize, of: usize) -> f64 {
    place as f64 * 100.0 / of.max(1) as f64
}

/// The same numbers: a row for each day, the newest first, from which the read-out takes its words too.
fn table(chart: &HeatMap) -> AnyView {
    let mut rows = String::with_capacity(chart.days.len() * 24 * 90);
    for (day, cells) in chart.days.iter().zip(&chart.cells).rev() {
        rows.push_str("<tr><th scope=\"row\">");
        push_escaped(&mut rows, day);
        rows.push_str("</th>");
        for cell in cells {
            rows.push_str("<td class=\"num\"");
            match cell {
                Some(cell) => {
                    let [from, to] = &cell.edges;
                    rows.push_str(" data-edges=\"");
                    push_escaped(&mut rows, from);
                    rows.push(' ');
                    push_escaped(&mut rows, to);
                    rows.push_str("\">");
                    rows.push_str(&count(cell.count));
                }
                None => rows.push('>'),
            }
            rows.push_str("</td>");
        }
        rows.push_str("</tr>");
    }
    let hours =
        (0..24).map(|hour| view! { <th class="num" scope="col">{format!("{hour:02}")}</th> });
    view! {
        <details class="fold section">
            <summary>{small_symbol(Icon::Right)}{text::AS_TABLE}</summary>
            <div class="in scroll-x" tabindex="0" role="region" aria-label=chart.title.clone()>
                <table class="table tight" data-cells="true">
                    <thead><tr><th scope="col">{text::TIME}</th>{hours.collect_view()}</tr></thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
