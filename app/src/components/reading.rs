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
    let bars = (0..ROWS).flat_map(|row| BARS.map(|bar| (row, bar)));
    let bars = bars.map(|(row, (from, width))| {
        view! {
            <rect class="sk" x=format!("{from}%") y=(row * ROW_PX + 9).to_string() width=format!("{width}%") height="10" rx="2"/>
        }
    });
    let height = (ROWS * ROW_PX).to_string();
    view! {
        <div class="reading">
            <p class="hint">{text::reading(total)}</p>
            <svg {..custom_attribute("width", "100%")} {..custom_attribute("height", height)} aria-hidden="true">{bars.collect_view()}</svg>
        </div>
    }
    .into_any()
}
