//! `calendar`: a month, as a grid of days. Parameters: `day`, in whose month it is, and `by`, how far from there.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::calendar::month;
use crate::assemble::moments::Clock;
use crate::components::date_range::Calendar;

/// The month.
pub fn written(asked: &Asked) -> String {
    let query = asked.parsed();
    let clock = Clock::of_request(&query);
    let parameter = |name| asked.parameter(name).unwrap_or_default();
    let month = month(parameter("day"), parameter("by"), &clock);
    month.map_or_else(String::new, |month| {
        view! { <Calendar month=month/> }.to_html()
    })
}
