//! The page about one user, address or application.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::present::count;

use super::bar_list::bar_list;
use super::heading::{breadcrumb, button, clock, ranges};
use super::latest::latest;
use crate::components::chart::time::time_chart;
use crate::components::empty_state::{Mark, doorway};
use crate::components::icon::Icon;
use crate::components::outcome::{status, time};
use crate::components::symbol::symbol;
use crate::text::{entity as text, frame};
use crate::view::entity::{Entity, Identifier, Kind, Namesakes, Totals};
use crate::view::grid::Moment;

/// Where the list of these is: address and words.
fn list(kind: Kind) -> (&'static str, &'static str) {
    let address = match kind {
        // There is no list of addresses.
        Kind::Address => "",
        kind => kind.path(),
    };
    (address, text::list(kind))
}

/// Everything about it.
pub fn entity_page(entity: Entity) -> AnyView {
    let icon = match entity.kind {
        Kind::User => Icon::User,
        Kind::Address => Icon::Globe,
        Kind::Application => Icon::Apps,
    };
    let other_names = (!entity.other_names.is_empty())
        .then(|| view! { <p class="hint" dir="auto">{text::other_names(&entity.other_names)}</p> });
    let empty = entity.elsewhere.map(elsewhere);
    let has_any = entity.totals.all > 0;
    let lists = entity.lists.into_iter().map(bar_list).collect_view();
    view! {
        {breadcrumb(Some(list(entity.kind)), entity.name)}
        <div class="page entity">
            <div class="row top">
                <span class="badge">{symbol(icon)}</span>
                <div class="grow">{identifiers(entity.identifiers)}{other_names}</div>
            </div>
            <div class="row wrap mt mb">
                {ranges(&entity.window)}
                <span class="grow"></span>
                {button(entity.map, Icon::Globe, text::OPEN_MAP)}
                {button(entity.blade, Icon::SignIns, text::OPEN_BLADE)}
            </div>
            {has_any.then(|| tiles(entity.totals, entity.span, entity.ever))}
            {empty}
            {entity.timeline.map(time_chart)}
            {has_any.then(|| view! { <div class="mt">{latest(entity.latest, entity.kind)}</div> })}
            <div class="panels mt">{lists}</div>
            {clock(&entity.window, entity.is_from_lake)}
        </div>
    }
    .into_any()
}

fn identifiers(identifiers: Vec<Identifier>) -> AnyView {
    let lines = identifiers.into_iter().map(|identifier| {
        let value = match identifier.page {
            Some(page) => view! { <a href=page><code dir="auto">{identifier.shown}</code></a> }.into_any(),
            None => view! { <code dir="auto">{identifier.shown}</code> }.into_any(),
        };
        let label = format!("{} {}", text::COPY, identifier.label);
        view! {
            <dt>{identifier.label}</dt>
            <dd>
                {value}
                <button class="iconbtn s script-only" type="button" aria-label=label data-copies=identifier.value>
                    {symbol(Icon::Copy)}
                </button>
            </dd>
        }
    });
    view! { <dl class="identity">{lines.collect_view()}</dl> }.into_any()
}

fn tiles(
    totals: Totals,
    span: Option<(Moment, Moment)>,
    ever: Option<(Moment, Moment)>,
) -> AnyView {
    let all = totals.all;
    let kinds = totals.kinds.into_iter().map(|(words, number)| {
        view! { <a href=number.address>{format!("{words} {}", count(number.count))}</a> }
    });
    let outcomes = totals.by_outcome.into_iter().map(|(tone, words, number)| {
        view! {
            <div class="tile">
                <div class="k">{status(tone, words.to_owned())}</div>
                <div class="v"><a class="cover" href=number.address>{count(number.count)}</a><small>{text::share(number.count, all)}</small></div>
            </div>
        }
    });
    let moments = [
        (text::FIRST_SEEN, text::LAST_IN_RANGE, span),
        (text::FIRST_EVER, text::LAST_EVER, ever),
    ];
    let moments = moments.into_iter().filter_map(|(of_first, of_last, span)| {
        let (first, last) = span?;
        Some(view! {
            <div class="tile">
                <div class="k">{symbol(Icon::Clock)}{of_first}</div>
                <div class="d when">{time(first)}</div>
                <div class="k mt-s">{symbol(Icon::Clock)}{of_last}</div>
                <div class="d when">{time(last)}</div>
            </div>
        })
    });
    view! {
        <div class="tiles">
            <div class="tile">
                <div class="k">{symbol(Icon::SignIns)}{text::SIGN_INS}</div>
                <div class="v">{count(all)}</div>
                <div class="d wrap kinds">{kinds.collect_view()}</div>
            </div>
            {outcomes.collect_view()}
            {moments.collect_view()}
        </div>
    }
    .into_any()
}

fn elsewhere((newest, address): (Moment, String)) -> AnyView {
    view! {
        <div class="empty">
            {doorway(Mark::Filter)}
            <h3 {..custom_attribute("aria-level", "2")}>{text::EMPTY_TITLE}</h3>
            <p>{text::EMPTY_HELP}{time(newest)}"."</p>
            <div class="row"><a class="btn primary" href=address>{text::EMPTY_ACTION}</a></div>
        </div>
    }
    .into_any()
}

/// The people of one display name.
pub fn namesakes_page(namesakes: Namesakes) -> AnyView {
    let rows = namesakes.people.into_iter().map(|(username, id, page, number)| {
        let name = match page {
            Some(page) => view! { <a href=page dir="auto">{username}</a> }.into_any(),
            None => username.into_any(),
        };
        view! { <tr><th scope="row">{name}</th><td><code>{id}</code></td><td class="num">{count(number)}</td></tr> }
    });
    view! {
        {breadcrumb(Some(list(Kind::User)), text::namesakes(namesakes.all, &namesakes.name))}
        <div class="page narrow">
            <p class="lede">{text::NAMESAKES_HELP}</p>
            <section class="panel flush">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{text::USERNAME}</th>
                        <th scope="col">{text::USER_ID}</th>
                        <th scope="col" class="num">{text::SIGN_INS}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </section>
        </div>
    }
    .into_any()
}

/// The page of a name that no sign-in has.
pub fn unknown_page(kind: Kind, name: &str) -> AnyView {
    let back = match kind {
        Kind::Address => ("/sign-ins", frame::TO_SIGN_INS),
        kind => (kind.path(), text::list(kind)),
    };
    view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{text::UNKNOWN_TITLE}</h3>
            <p dir="auto">{text::unknown(kind, name)}</p>
            <div class="row"><a class="btn primary" href=back.0>{back.1}</a></div>
        </div>
    }
    .into_any()
}
