//! One line of the record, whole.

use leptos::prelude::*;

use super::who;
use crate::assemble::access_audit::{AuditPlace, FILTERS};
use crate::assemble::moments::Clock;
use crate::backend::BackendError;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::symbol::symbol;
use crate::keeping::KeptEvent;
use crate::text::access_audit as text;
use crate::view::safe_text::shown;

/// Most characters of what something was done to: all that is kept.
const WHOLE: usize = 4_096;

/// The pane with the line, or with why there is none.
pub fn detail(
    found: Result<Option<(KeptEvent, String)>, BackendError>,
    place: &AuditPlace,
    clock: &Clock,
) -> AnyView {
    let close = place.with_row(None).address();
    let (title, content) = match found {
        Ok(Some((event, hash))) => (
            text::action(&event.action),
            fields(event, hash, place, clock),
        ),
        Ok(None) => (
            text::NO_LINE.to_owned(),
            view! { <p>{text::NO_LINE_HELP}</p> }.into_any(),
        ),
        Err(error) => (
            text::UNREADABLE.to_owned(),
            view! { <p role="alert">{error.message}</p> }.into_any(),
        ),
    };
    let close_address = close.clone();
    view! {
        <div class="flyout" role="dialog" aria-modal="false" aria-labelledby="flyout-title" data-close=close_address>
            <header>
                <div class="tools">
                    <span class="pos"></span>
                    <a class="iconbtn" href=close aria-label=text::CLOSE title=text::CLOSE data-noscroll="true">{symbol(Icon::Close)}</a>
                </div>
                <h2 id="flyout-title" tabindex="-1">{title}</h2>
            </header>
            <div class="in" tabindex="0" role="region" aria-labelledby="flyout-title">{content}</div>
        </div>
    }
    .into_any()
}

fn fields(event: KeptEvent, hash: String, place: &AuditPlace, clock: &Clock) -> AnyView {
    let subject = shown(&event.subject, WHOLE);
    // What was asked can be asked again, by whoever may.
    let again = is_page(&event).then(|| {
        view! { <p class="mt-s"><a class="btn small" href=event.subject.clone()>{text::ASK_AGAIN}</a></p> }
    });
    let only = |name: &str, value: &str| {
        let index = FILTERS.iter().position(|filter| *filter == name);
        index.filter(|_| !value.is_empty()).map(|index| {
            let address = place.with_filter(index, value).address();
            view! { <a class="linkbtn" href=address aria-label=text::only(value)>{text::ONLY}</a> }
        })
    };
    let account = event
        .account_id
        .clone()
        .unwrap_or_else(|| text::NOBODY.to_owned());
    view! {
        <div class="deflist"><dl>
            <dt>{text::WHEN}</dt><dd>{time(clock.in_pane(event.at))}</dd>
            <dt>{text::WHO}</dt><dd dir="auto">{who(&event)}{only("who", &event.username)}</dd>
            <dt>{text::ACCOUNT}</dt><dd><code>{account}</code></dd>
            <dt>{text::WHAT}</dt><dd>{text::action(&event.action)}{only("what", &event.action)}</dd>
            <dt>{text::OF_WHAT}</dt><dd><code>{subject}</code></dd>
            <dt>{text::FROM}</dt><dd>{event.address.clone()}{only("ip", &event.address)}</dd>
            <dt>{text::NUMBER}</dt><dd>{event.number}</dd>
            <dt>{text::HASH}</dt><dd><code>{hash}</code></dd>
        </dl></div>
        {again}
    }
    .into_any()
}

/// Whether what was asked is a page of ours.
fn is_page(event: &KeptEvent) -> bool {
    let is_asked = matches!(event.action.as_str(), "query" | "open");
    let pages = [
        "/sign-ins",
        "/users",
        "/ip",
        "/applications",
        "/groups",
        "/map",
    ];
    is_asked
        && pages.iter().any(|page| {
            let rest = event.subject.strip_prefix(page);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '/']))
        })
}
