//! Shares of a whole, as a ring.

use leptos::prelude::*;

use super::legend;
use crate::charts::donut::CENTRE;
use crate::view::chart::Donut;

/// The ring, its share in the middle, and what its colours stand for.
pub fn donut(chart: Donut) -> AnyView {
    let side = CENTRE * 2;
    view! {
        <section class="panel">
            <header><h2>{chart.title}</h2></header>
            <div class="donut">
                <svg width="112" height="112" viewBox=format!("0 0 {side} {side}") role="img" aria-label=chart.finding.clone()>
                    <g inner_html=chart.marks></g>
                    <text x=CENTRE y=CENTRE + 6 text-anchor="middle">{chart.share}</text>
                </svg>
                {legend(chart.legend)}
            </div>
            <p class="note">{chart.finding}</p>
        </section>
    }
    .into_any()
}
