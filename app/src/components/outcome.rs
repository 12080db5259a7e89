//! Outcome and moment of a sign-in, outside the grid.

use leptos::prelude::*;

use super::grid_rows::look;
use super::symbol::symbol;
use crate::view::grid::{Moment, Tone};

/// Icon and word of an outcome.
pub fn status(tone: Tone, words: String) -> AnyView {
    let (class, icon) = look(tone);
    view! { <span class=class>{symbol(icon)}{words}</span> }.into_any()
}

/// A moment, for people and machines.
pub fn time(moment: Moment) -> AnyView {
    view! { <time datetime=moment.datetime>{moment.text}</time> }.into_any()
}
