//! `/access-audit`: who looked at what.

use leptos::prelude::*;
use leptos_router::location::Url;
use model::Query;

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::components::frame::Breadcrumb;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::symbol::symbol;
use crate::keeping::{AuditAsk, KeptEvent, SharedKeeping};
use crate::sheet::Sheet;
use crate::text::{access_audit as text, frame};
use crate::view::safe_text::shown;

/// The page, and where its form is sent.
const PATH: &str = "/access-audit";
/// Lines of one page.
const LINES: usize = 100;
/// Most characters of what something was done to.
const LONGEST: usize = 300;

/// The page: `who=<user name>` and `what=<action>` narrow it, `before=<number>` leads to older lines.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let (own, _) = model::query::take_parts(&asked.query, &["who", "what", "before"]);
    let part = |name: &str| {
        let mut parts = own.iter();
        let found = parts.find(|(part, _)| part == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let ask = AuditAsk {
        username: part("who"),
        action: part("what"),
        before: part("before").parse().ok(),
        limit: LINES,
    };
    let events = match use_context::<SharedKeeping>() {
        Some(keeping) => keeping.access_events(ask.clone()).await,
        None => Ok(Vec::new()),
    };
    let content = match events {
        Ok(events) => list(events, &ask, &clock),
        Err(error) => {
            view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> }
                .into_any()
        }
    };
    let markup = view! {
        <Breadcrumb group=frame::GROUP_ACCESS page=frame::ACCESS_AUDIT/>
        <div class="page"><p class="lede">{text::LEDE}</p>{choice(&ask)}{content}</div>
    };
    Written::Sheet(Sheet {
        title: frame::ACCESS_AUDIT.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

fn choice(ask: &AuditAsk) -> AnyView {
    let actions = text::ACTIONS.map(|(action, words)| {
        let is_chosen = ask.action == action;
        view! { <option value=action selected=is_chosen>{words}</option> }
    });
    view! {
        <form class="row wrap mb" method="get" action=PATH role="search">
            <label class="row">
                <span class="label">{text::WHO}</span>
                <input class="input narrowin" name="who" value=ask.username.clone() autocomplete="off"/>
            </label>
            <label class="row">
                <span class="label">{text::WHAT}</span>
                <span class="select">
                    <select name="what">
                        <option value="">{text::EVERYTHING}</option>
                        {actions.into_iter().collect_view()}
                    </select>
                    {symbol(Icon::Down)}
                </span>
            </label>
            <button class="btn small">{text::SHOW}</button>
        </form>
    }
    .into_any()
}

fn list(events: Vec<KeptEvent>, ask: &AuditAsk, clock: &Clock) -> AnyView {
    if events.is_empty() {
        return view! { <p class="ink2">{text::NONE}</p> }.into_any();
    }
    let older = (events.len() == LINES)
        .then(|| events.last().map(|event| event.number))
        .flatten()
        .map(|before| {
            let (who, what) = (Url::escape(&ask.username), Url::escape(&ask.action));
            let address = format!("{PATH}?who={who}&what={what}&before={before}");
            view! { <a class="btn small" id="older" href=address>{text::OLDER}</a> }
        });
    let newest = ask
        .before
        .map(|_| view! { <a class="btn small" id="newest" href=PATH>{text::NEWEST}</a> });
    let heads = text::COLUMNS.map(|label| view! { <th scope="col">{label}</th> });
    let lines = events.into_iter().map(|event| line(event, clock));
    view! {
        <section class="panel flush">
            <div class="scroll-x" tabindex="0" role="region" aria-label=frame::ACCESS_AUDIT>
                <table class="table" id="access-events">
                    <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
        <nav class="row wrap mt-s" aria-label=text::PAGES>{newest}{older}</nav>
    }
    .into_any()
}

fn line(event: KeptEvent, clock: &Clock) -> AnyView {
    let who = match event.username.is_empty() {
        true => text::NOBODY.to_owned(),
        false => shown(&event.username, LONGEST),
    };
    let subject = shown(&event.subject, LONGEST);
    // What was asked can be asked again, by whoever may.
    let subject = match event.action.as_str() {
        "query" | "open" if event.subject.starts_with("/sign-ins") => {
            let address = event.subject.clone();
            view! { <a href=address><code>{subject}</code></a> }.into_any()
        }
        _ => view! { <code>{subject}</code> }.into_any(),
    };
    view! {
        <tr>
            <td>{time(clock.in_grid(event.at))}</td>
            <th scope="row" dir="auto">{who}</th>
            <td>{text::action(&event.action)}</td>
            <td>{subject}</td>
            <td>{event.address}</td>
        </tr>
    }
    .into_any()
}
