//! `pill`: the pill of a column that gets one more filter, with its editor. Parameter: `column`.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::filters::{column, new_pill};
use crate::components::pill::FilterPill;

/// The pill; nothing for a column that cannot be filtered.
pub fn written(asked: &Asked) -> String {
    let query = asked.parsed();
    let column = asked.parameter("column").and_then(column);
    column.map_or_else(String::new, |column| {
        let pill = new_pill(&query, column);
        view! { <FilterPill pill=pill/> }.to_html()
    })
}
