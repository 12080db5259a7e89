//! The chart over the rows: numbers, columns, what is marked in them, and the same as a table.

use std::fmt::Write;

use leptos::prelude::*;
use model::Outcome;
use model::present::count;

use super::icon::Icon;
use super::keeping::keep;
use super::symbol::symbol;
use super::value_verbs::value_verbs;
use crate::charts::stack::{LABELS_PX, PLOT_PX};
use crate::charts::svg::percent;
use crate::text::explore as text;
use crate::view::chart::Zoom;
use crate::view::histogram::{Bar, Histogram, Plot};
use crate::view::rail::Verbs;
use crate::view::safe_text::push_escaped;
use crate::view::sign_ins::Totals;

/// Id of the table in the page.
const TABLE: &str = "chart-table";
/// Name of the part that it is.
const TABLE_PART: &str = "chart_table";

/// The strip with the chart.
#[component]
pub fn Chart(histogram: Histogram) -> AnyView {
    let Histogram {
        totals,
        counted,
        verbs,
        plot,
        is_hidden,
        zoom_out,
        is_table_fetched,
    } = histogram;
    let scale = plot.as_ref().map(|plot| {
        let outside = plot.outside.clone();
        view! {
            <span class="ink3 scale">{plot.scale.clone()}</span>
            {outside.map(|words| view! { <span class="ink3">{words}</span> })}
        }
    });
    let marking = plot.is_some().then(|| {
        view! {
            <span class="marking" data-marking="true" hidden>
                <span data-marked="true"></span>
                <a class="linkbtn" data-zoom-in="true">{text::ZOOM_IN}</a>
                <button class="linkbtn" type="button" data-clear="true">{text::CLEAR}</button>
            </span>
        }
    });
    let widen =
        zoom_out.map(|address| view! { <a class="linkbtn" href=address>{text::ZOOM_OUT}</a> });
    let table = plot
        .as_ref()
        .map(|plot| table_command((!is_table_fetched).then(|| chart_table(&plot.bars))));
    let (value, icon, words) = match is_hidden {
        true => ("shown", Icon::Down, text::SHOW_CHART),
        false => ("hidden", Icon::Up, text::HIDE_CHART),
    };
    view! {
        <section class="histo" aria-label=text::CHART data-chart="true">
            <div class="top">
                <span><b>{count(totals.all)}</b>" "{counted}</span>
                {legend(totals, verbs)}
                {scale}
                <span class="end"></span>
                {marking}
                {widen}
                {table}
                {keep("chart", value, "iconbtn s", symbol(icon), Some(words))}
            </div>
            {plot.map(drawn)}
        </section>
    }
    .into_any()
}

/// The kinds of column from the base up, with exact numbers. Each leads to its sign-ins alone.
fn legend(totals: Totals, verbs: [Verbs; 3]) -> AnyView {
    let [success, failure, interrupted] = verbs;
    let entry = |class: &'static str, outcome: Outcome, number: u64, verbs: Verbs| {
        let words = view! { {outcome.label()}" "<b>{count(number)}</b> };
        let name = match verbs.only.clone() {
            Some(address) => view! { <a href=address>{words}</a> }.into_any(),
            None => words.into_any(),
        };
        view! {
            <span class="legend">
                <svg class="sw" aria-hidden="true"><rect class=class width="10" height="10" rx="2"></rect></svg>
                {name}
                {value_verbs(outcome.label(), verbs)}
            </span>
        }
    };
    view! {
        {entry("ok", Outcome::Success, totals.success, success)}
        {entry("mid", Outcome::Interrupted, totals.interrupted, interrupted)}
        {entry("bad", Outcome::Failure, totals.failure, failure)}
    }
    .into_any()
}

fn drawn(plot: Plot) -> AnyView {
    let marking = brush("blade", &plot.zoom, PLOT_PX);
    view! {
        <div
            class="plot"
            data-plot="true"
            data-edges=plot.zoom.edges.join(" ")
            data-words=plot.zoom.words.join("|")
            data-zoom=plot.zoom.address
        >
            <svg class="chart" width="100%" height=PLOT_PX + LABELS_PX role="img" aria-label=plot.finding inner_html=plot.marks></svg>
            <svg class="chart hits" width="100%" height=PLOT_PX aria-hidden="true" inner_html=hits(&plot.bars)></svg>
            {marking}
        </div>
    }
    .into_any()
}

/// What is marked of a chart of this name: two sliders, and the stretch between them.
pub fn brush(id: &'static str, zoom: &Zoom, plot_px: u32) -> AnyView {
    let last = zoom.words.len().saturating_sub(1).to_string();
    let (first_words, last_words) = (
        zoom.words.first().cloned().unwrap_or_default(),
        zoom.words.last().cloned().unwrap_or_default(),
    );
    let grip_y = plot_px / 2 - 8;
    let grip = |edge: &'static str, now: String, words: String| {
        let is_start = edge == "from";
        let (label, words, place) = match is_start {
            true => (text::MARK_FROM, text::mark_from(&words), "0%"),
            false => (text::MARK_TO, text::mark_to(&words), "100%"),
        };
        view! {
            <svg
                class="grip"
                id=format!("mark-{id}-{edge}")
                x=place
                width="1"
                height=plot_px
                overflow="visible"
                role="slider"
                tabindex="0"
                aria-label=label
                aria-orientation="horizontal"
                aria-valuemin="0"
                aria-valuemax=last.clone()
                aria-valuenow=now
                aria-valuetext=words
                data-edge=edge
            >
                <rect class="reach" x="-12" width="24" height=plot_px></rect>
                <line class="brush-edge" x1="0" x2="0" y1="0" y2=plot_px></line>
                <rect class="brush-grip" x="-3.5" y=grip_y width="7" height="16" rx="3.5"></rect>
            </svg>
        }
    };
    view! {
        <svg class="chart marks script-only" width="100%" height=plot_px>
            <rect class="brush" x="0%" y="0" width="0%" height=plot_px></rect>
            {grip("from", "0".to_owned(), first_words)}
            {grip("to", last.clone(), last_words)}
        </svg>
    }
    .into_any()
}

/// The whole height over each column, as a link to its stretch of time.
fn hits(bars: &[Bar]) -> String {
    let mut markup = String::with_capacity(bars.len() * 240);
    for bar in bars {
        markup.push_str("<a tabindex=\"-1\" href=\"");
        push_escaped(&mut markup, &bar.address);
        // Writing into a text does not fail.
        write!(
            markup,
            "\"><rect x=\"{}\" width=\"{}\" height=\"{PLOT_PX}\"><title>",
            percent(bar.start),
            percent(bar.width)
        )
        .ok();
        let words = text::bar(&bar.words, bar.totals.all, bar.totals.failure);
        push_escaped(&mut markup, &words);
        markup.push_str("</title></rect></a>");
    }
    markup
}

/// The button that shows the table of the columns; without one, the client fetches it.
fn table_command(table: Option<AnyView>) -> AnyView {
    let part = table.is_none().then_some(TABLE_PART);
    view! {
        <div class="anchor">
            <button class="iconbtn s" type="button" popovertarget=TABLE aria-label=text::AS_TABLE title=text::AS_TABLE>
                {symbol(Icon::Table)}
            </button>
            <div class="popover twin" id=TABLE popover="auto" data-fetches=part>{table}</div>
        </div>
    }
    .into_any()
}

/// The numbers of the columns.
pub fn chart_table(bars: &[Bar]) -> AnyView {
    let mut rows = String::with_capacity(bars.len() * 240);
    for bar in bars {
        rows.push_str("<tr><th scope=\"row\"><a href=\"");
        push_escaped(&mut rows, &bar.address);
        rows.push_str("\">");
        push_escaped(&mut rows, &bar.words);
        rows.push_str("</a></th>");
        let Totals {
            all,
            success,
            failure,
            interrupted,
        } = bar.totals;
        for number in [all, success, interrupted, failure] {
            rows.push_str("<td class=\"num\">");
            rows.push_str(&count(number));
            rows.push_str("</td>");
        }
        rows.push_str("</tr>");
    }
    let numbers = [text::ALL, text::SUCCESS, text::INTERRUPTED, text::FAILURE];
    let headers = numbers.map(|words| view! { <th scope="col" class="num">{words}</th> });
    view! {
        <table class="table" aria-label=text::CHART>
            <thead>
                <tr><th scope="col">{text::STRETCH}</th>{headers.into_iter().collect_view()}</tr>
            </thead>
            <tbody inner_html=rows></tbody>
        </table>
    }
    .into_any()
}
