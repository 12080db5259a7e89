//! What stands in the place of rows when there are none.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::access::Right;

use crate::context::page_facts;
use crate::text::sign_ins as text;
use crate::view::sign_ins::{Culprit, Empty};

/// The sign in the corner of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Lines that get shorter: filters.
    Filter,
    /// An arrow upwards: import.
    Arrow,
    /// A cross: failed.
    Cross,
}

/// The picture: doors behind doors, with a sign.
pub fn doorway(mark: Mark) -> AnyView {
    let path = match mark {
        Mark::Filter => "M61 63.500h14M63.500 68h9M66 72.500h4",
        Mark::Arrow => "M68 74V62m-5 5 5-5 5 5",
        Mark::Cross => "m63.500 63.500 9 9M72.500 63.500l-9 9",
    };
    view! {
        <svg viewBox="0 0 88 88" aria-hidden="true">
            <path d="M12 76V42a32 32 0 0 1 64 0v34"></path>
            <path class="far" d="M23 70V43a21 21 0 0 1 42 0v27"></path>
            <path class="far" d="M33 65V43a11 11 0 0 1 22 0v22z"></path>
            <path class="far" d="m12 76 21-11M76 76 55 65"></path>
            <path d="M4 76h80"></path>
            <circle class="disc" cx="68" cy="68" r="14"></circle>
            <path class="a" d=path></path>
        </svg>
    }
    .into_any()
}

/// Says why there are no rows, and offers the way out.
#[component]
pub fn EmptyState(empty: Empty) -> AnyView {
    let mut culprit = None;
    let (mark, title, help, moment, action) = match empty {
        Empty::Nothing => (
            Mark::Arrow,
            text::NOTHING_TITLE,
            text::NOTHING_HELP.to_owned(),
            None,
            page_facts()
                .may(Right::Import)
                .then(|| ("/import".to_owned(), text::NOTHING_ACTION)),
        ),
        Empty::Tab { label } => (
            Mark::Filter,
            text::TAB_TITLE,
            text::tab_help(&label),
            None,
            None,
        ),
        Empty::Range {
            range,
            newest,
            address,
        } => (
            Mark::Filter,
            text::RANGE_TITLE,
            text::range_help(&range),
            Some(newest),
            Some((address, text::RANGE_ACTION)),
        ),
        Empty::Filters {
            unfiltered,
            range,
            reset,
            culprit: found,
        } => {
            culprit = found;
            (
                Mark::Filter,
                text::FILTERED_TITLE,
                text::filtered_help(unfiltered, &range),
                None,
                Some((reset, crate::text::filters::RESET)),
            )
        }
    };
    let class = match culprit {
        Some(_) => "btn",
        None => "btn primary",
    };
    let (blamed, pause) = culprit.map(blame).unzip();
    let moment =
        moment.map(|moment| view! { <time datetime=moment.datetime>{moment.text}</time>"." });
    let action = action.map(|(address, words)| {
        view! { <div class="row">{pause}<a class=class href=address>{words}</a></div> }
    });
    view! {
        <div class="empty">
            {doorway(mark)}
            <h3 {..custom_attribute("aria-level", "2")}>{title}</h3>
            <p>{help}{moment}{blamed}</p>
            {action}
        </div>
    }
    .into_any()
}

/// The sentence that names the filter, and the link that pauses it.
fn blame(culprit: Culprit) -> (AnyView, AnyView) {
    let name = view! { <b>{culprit.filter}</b> };
    let sentence = match culprit.is_alone {
        true => view! { " "{name}{text::ALONE_LEAVES_NONE} }.into_any(),
        false => {
            let rows = text::there_would_be(culprit.rows);
            view! { " "{text::WITHOUT}{name}{rows} }.into_any()
        }
    };
    let pause = view! { <a class="btn primary" href=culprit.pause>{text::PAUSE_CULPRIT}</a> };
    (sentence, pause.into_any())
}
