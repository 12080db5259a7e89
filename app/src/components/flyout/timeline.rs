//! The tab of the sign-ins with the same correlation ID.

use leptos::prelude::*;

use super::fields::verbs;
use crate::components::grid_rows;
use crate::components::outcome::time;
use crate::components::symbol::symbol;
use crate::text::flyout as text;
use crate::view::flyout::timeline::{Event, Timeline};
use crate::view::grid::Tone;

/// The tab.
pub(super) fn timeline(timeline: Timeline) -> AnyView {
    let Some(correlation_id) = timeline.correlation_id else {
        return view! { <p class="ink2 mt-s">{text::NO_CORRELATION}</p> }.into_any();
    };
    if let Some(why) = timeline.failure {
        return view! { <p class="mt-s" role="alert">{why}</p> }.into_any();
    }
    let left_out = (timeline.left_out > 0)
        .then(|| view! { <p class="hint">{text::more_events(timeline.left_out)}</p> });
    let events = timeline.events.into_iter().map(event).collect_view();
    view! {
        <p class="ink2 mt-s acts">{text::TIMELINE_ABOUT}" "<code>{correlation_id}</code>{verbs(timeline.verbs)}</p>
        <ol class="timeline" aria-label=text::TIMELINE>{events}</ol>
        {left_out}
    }
    .into_any()
}

fn event(event: Event) -> AnyView {
    let class = match event.tone {
        Tone::Success => "s",
        Tone::Failure => "f",
        Tone::Interrupted => "p",
    };
    let (_, icon) = grid_rows::look(event.tone);
    let is_open = event.address.is_none();
    let compare = event.compare.map(|address| {
        view! { <p><a href=address data-noscroll="true">{text::COMPARE_WITH_THIS}</a></p> }
    });
    let title = match event.address {
        Some(address) => {
            view! { <a href=address data-noscroll="true">{event.title}</a> }.into_any()
        }
        None => view! { <span>{event.title}", "{text::THIS_ONE}</span> }.into_any(),
    };
    view! {
        <li class=class aria-current=is_open.then_some("true")>
            {symbol(icon)}
            <h4>{title}{verbs(event.verbs)}" "{time(event.date)}</h4>
            <p>{event.status}". "{event.about}</p>
            {compare}
            {event.gap.map(|gap| view! { <p class="gap">{gap}</p> })}
        </li>
    }
    .into_any()
}
