//! What stands over the rows while others are read, once that takes a moment: grey bars, and how many sign-ins are
//! read.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::text::grid as text;

/// Rows of bars.
const ROWS: usize = 12;
/// Where bars begin and how wide they are, in percent.
const BARS: [(u8, u8); 5] = [(1, 11), (15, 14), (33, 18), (55, 9), (68, 26)];
/// Height of a row of bars, in pixels.
const ROW_PX: usize = 28;

/// The bars and the words. The style shows them after a while of `aria-busy`.
#[component]
pub fn Reading(
    /// How many sign-ins were counted last.
    total: u64,
) -> AnyView {
    let bars = BARS.map(|(from, width)| {
        view! {
            <rect class="sk" x=format!("{from}%") y="9" width=format!("{width}%") height="10" rx="2"/>
        }
    });
    let bars = bars.collect_view();
    let height = (ROWS * ROW_PX).to_string();
    let row = ROW_PX.to_string();
    view! {
        <div class="reading">
            <p class="hint">{text::reading(total)}</p>
            <svg {..custom_attribute("width", "100%")} {..custom_attribute("height", height)} aria-hidden="true">
                <pattern id="reading-row" width="100%" height=row patternUnits="userSpaceOnUse">{bars}</pattern>
                <rect width="100%" height="100%" fill="url(#reading-row)"/>
            </svg>
        </div>
    }
    .into_any()
}
