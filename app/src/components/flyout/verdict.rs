//! Why this sign-in went as it did: the answer before the fields.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::flyout as text;
use crate::view::flyout::verdict::{Events, Verdict};
use crate::view::grid::Tone;

/// The verdict of a pane.
pub(super) fn verdict(verdict: Verdict) -> AnyView {
    let class = match verdict.tone {
        Some(Tone::Failure) => "verdict f",
        Some(Tone::Success) => "verdict s",
        Some(Tone::Interrupted) => "verdict i-r",
        None => "verdict",
    };
    let acts = verdict.acts.map(|acts| {
        view! { <span class="who-acts">{text::WHO_ACTS}" "<strong>{acts}</strong></span> }
    });
    let link = |(words, address): (String, String)| view! { <a href=address>{words}</a> };
    let fields = verdict.fields.into_iter().map(|field| {
        let value = match field.value.is_empty() {
            true => view! { <span class="none">{text::NONE}</span> }.into_any(),
            false => view! { <bdi>{field.value}</bdi> }.into_any(),
        };
        view! { <li><a href=field.address data-noscroll="true">{field.label}</a>" "{value}</li> }
    });
    let settling = verdict
        .settling
        .map(|words| view! { <p class="hint">{words}</p> });
    let events = verdict.events.map(events);
    view! {
        <section class=class aria-label=text::WHY>
            <div class="k"><span>{verdict.question}</span><span class="n">{verdict.certainty}</span></div>
            <p class="lead" dir="auto">{verdict.cause}</p>
            <p dir="auto">{verdict.follows}</p>
            {settling}
            {events}
            <div class="acts">
                {acts}
                <details>
                    <summary>{small_symbol(Icon::Right)}{text::FIELDS_USED}</summary>
                    <ul class="fields">{fields.collect_view()}</ul>
                </details>
                {verdict.book.map(link)}
                {verdict.alike.map(link)}
            </div>
        </section>
    }
    .into_any()
}

/// The other events of the sign-in, as links.
fn events(events: Events) -> AnyView {
    let link = |(words, address): (String, String)| {
        view! { <li><a href=address data-noscroll="true">{words}</a></li> }
    };
    let others: Vec<_> = events
        .others
        .into_iter()
        .chain(events.all)
        .map(link)
        .collect();
    view! {
        <div class="same-sign-in">
            <span>{events.place}</span>
            <ul>{others}</ul>
        </div>
    }
    .into_any()
}
