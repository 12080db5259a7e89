//! Columns over time.

use std::fmt::Write;

use leptos::prelude::*;
use model::present::count;

use super::legend;
use super::menu::menu;
use crate::assemble::time_chart::PLOT_PX;
use crate::charts::stack::LABELS_PX;
use crate::charts::svg::percent;
use crate::components::histogram::brush;
use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::chart as text;
use crate::text::explore;
use crate::view::chart::{Column, TimeChart};
use crate::view::safe_text::push_escaped;

/// A panel with the columns.
pub fn time_chart(chart: TimeChart) -> AnyView {
    let notes = chart.notes.iter();
    let notes = notes
        .map(|note| view! { <p class="note">{note.clone()}</p> })
        .collect_view();
    let heads: Vec<String> = chart
        .legend
        .iter()
        .map(|entry| entry.words.clone())
        .collect();
    let marking = chart.zoom.is_some().then(|| {
        view! {
            <span class="marking" data-marking="true" hidden>
                <span data-marked="true"></span>
                <a class="linkbtn" data-zoom-in="true">{explore::ZOOM_IN}</a>
                <button class="linkbtn" type="button" data-clear="true">{explore::CLEAR}</button>
            </span>
        }
    });
    let class = match chart.is_wide {
        true => "panel chartpanel wide",
        false => "panel chartpanel",
    };
    view! {
        <section class=class id=format!("chart-{}", chart.id) data-chart="true">
            <header>
                <h2>{chart.title.clone()}" "<small class="ink3">{chart.unit.clone()}</small></h2>
                <span class="spacer"></span>
                {marking}
                {menu(chart.id, chart.file.clone())}
            </header>
            {legend(chart.legend.clone())}
            {plot(&chart)}
            <p class="readout" data-readout="true" aria-hidden="true"></p>
            <p class="note">{chart.finding.clone()}</p>
            {notes}
            {table(&chart.title, &heads, &chart.columns)}
        </section>
    }
    .into_any()
}

fn plot(chart: &TimeChart) -> AnyView {
    let height = PLOT_PX + LABELS_PX;
    let zoom = chart.zoom.clone().unwrap_or_default();
    let marking = chart
        .zoom
        .as_ref()
        .map(|zoom| brush(chart.id, zoom, PLOT_PX));
    view! {
        <div class="plotframe">
            <div
                class="plot"
                data-plot="true"
                data-edges=zoom.edges.join(" ")
                data-words=zoom.words.join("|")
                data-zoom=zoom.address
            >
                <svg class="chart" width="100%" height=height role="img" aria-label=chart.finding.clone() data-marks="true" inner_html=chart.marks.clone()></svg>
                <svg class="chart hits" width="100%" height=PLOT_PX role="group" aria-label=text::columns_of(&chart.title) data-stops="1" inner_html=hits(&chart.columns)></svg>
                {marking}
            </div>
        </div>
    }
    .into_any()
}

/// The whole height over each column, as a link to its stretch of time. One of them is a stop of Tab: the last.
fn hits(columns: &[Column]) -> String {
    let mut markup = String::with_capacity(columns.len() * 240);
    for (place, column) in columns.iter().enumerate() {
        let is_last = place + 1 == columns.len();
        markup.push_str("<a href=\"");
        push_escaped(&mut markup, &column.address);
        markup.push_str("\" aria-label=\"");
        push_escaped(&mut markup, &column.said);
        // Writing into a text does not fail.
        write!(
            markup,
            "\" tabindex=\"{}\"><rect x=\"{}\" width=\"{}\" height=\"{PLOT_PX}\"/></a>",
            if is_last { 0 } else { -1 },
            percent(column.start),
            percent(column.width)
        )
        .ok();
    }
    markup
}

/// The same numbers, the newest first.
fn table(title: &str, heads: &[String], columns: &[Column]) -> AnyView {
    let mut rows = String::with_capacity(columns.len() * 240);
    for column in columns.iter().rev() {
        rows.push_str("<tr><th scope=\"row\"><a href=\"");
        push_escaped(&mut rows, &column.address);
        rows.push_str("\">");
        push_escaped(&mut rows, &column.words);
        rows.push_str("</a></th>");
        let all: u64 = column.numbers.iter().sum();
        for number in column.numbers.iter().chain([&all]) {
            rows.push_str("<td class=\"num\">");
            rows.push_str(&count(*number));
            rows.push_str("</td>");
        }
        rows.push_str("</tr>");
    }
    let heads = heads
        .iter()
        .map(|words| view! { <th class="num" scope="col">{words.clone()}</th> })
        .collect_view();
    view! {
        <details class="fold section">
            <summary>{small_symbol(Icon::Right)}{text::AS_TABLE}</summary>
            <div class="in scroll-x" tabindex="0" role="region" aria-label=title.to_owned()>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{text::TIME}</th>
                        {heads}
                        <th class="num" scope="col">{text::ALL}</th>
                    </tr></thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
