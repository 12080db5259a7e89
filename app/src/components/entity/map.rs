//! The map of sign-ins, and the table that says the same.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::Outcome;
use model::present::count;

use super::heading::{breadcrumb, button, choices, clock, ranges};
use crate::components::empty_state::{Mark, doorway};
use crate::components::failure::Failure;
use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::{entity, frame, map as text};
use crate::view::entity::Number;
use crate::view::map::{Circle, Map, MapPage, PlaceLine};

/// The page.
pub fn map_page(page: MapPage) -> AnyView {
    let content = match (page.failure, page.is_too_many) {
        (Some((error, retry)), _) => {
            view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> }.into_any()
        }
        (None, true) => view! {
            <div class="empty">
                {doorway(Mark::Filter)}
                <h3 {..custom_attribute("aria-level", "2")}>{text::TOO_MANY_TITLE}</h3>
                <p>{text::TOO_MANY_HELP}</p>
            </div>
        }
        .into_any(),
        (None, false) => {
            view! { {map_panel(page.map)}{places(page.places, page.more_places)} }.into_any()
        }
    };
    let problems = page
        .problems
        .into_iter()
        .map(|words| view! { <p class="banner warn inset">{words}</p> })
        .collect_view();
    view! {
        {breadcrumb(None, frame::MAP.to_owned())}
        <div class="page entity">
            <div class="row wrap mt">
                {ranges(&page.window)}
                {choices(text::KINDS, "kind", page.kinds)}
                <span class="grow"></span>
                {button(page.blade.clone(), Icon::SignIns, entity::OPEN_BLADE)}
            </div>
            {filters(page.filters, page.blade)}
            {problems}
            <div class="mt">{content}</div>
            {clock(&page.window, page.is_from_lake)}
        </div>
    }
    .into_any()
}

fn filters(filters: Vec<(String, String)>, blade: String) -> AnyView {
    if filters.is_empty() {
        return ().into_any();
    }
    let pills = filters.into_iter().map(|(words, without)| {
        view! {
            <li class="pill">
                <b dir="auto">{words.clone()}</b>
                <a class="x" href=without aria-label=text::remove(&words)>{small_symbol(Icon::Close)}</a>
            </li>
        }
    });
    view! {
        <div class="row wrap mt-s">
            <ul class="row wrap" aria-label=text::FILTERS>{pills.collect_view()}</ul>
            <a class="linkbtn" href=blade>{text::CHANGE_FILTERS}</a>
        </div>
    }
    .into_any()
}

/// A panel with the drawing and what it does not show.
pub fn map_panel(map: Map) -> AnyView {
    if map.all == 0 {
        return view! { <section class="panel"><p>{text::NONE}</p></section> }.into_any();
    }
    let use_of = |part: &str| format!("{}#{part}", map.outlines);
    let link = |number: Option<Number>, words: fn(u64) -> String| {
        number.map(|number| view! { <li><a href=number.address>{words(number.count)}</a></li> })
    };
    let unusable = (map.unusable > 0).then(|| view! { <li>{text::unusable(map.unusable)}</li> });
    let outside = (map.outside > 0).then(|| view! { <li>{text::outside(map.outside)}</li> });
    let legend = [("ok", text::ALL), ("bad", text::OF_THESE_FAILED)].map(|(class, words)| {
        view! {
            <span class="legend">
                <svg class="sw" width="10" height="10" aria-hidden="true"><circle class=class cx="5" cy="5" r="5"></circle></svg>
                {words}
            </span>
        }
    });
    view! {
        <section class="panel">
            <div class="row wrap mb">
                {choices(text::AREA, "area", map.areas)}
                <span class="grow"></span>
                {legend.into_iter().collect_view()}
            </div>
            <svg class="worldmap" viewBox=map.view_box role="group" aria-label=map.finding.clone()>
                <g aria-hidden="true">
                    <use_ class="globe" href=use_of("globe")></use_>
                    <use_ class="land" href=use_of("land")></use_>
                    <use_ class="borders" href=use_of("borders")></use_>
                </g>
                {map.circles.into_iter().map(circle).collect_view()}
            </svg>
            <p class="mt-s">{map.finding}" "{text::placed(map.placed, map.all)}</p>
            <ul class="unplaced">
                {link(map.without_position, text::without_position)}
                {link(map.at_zero, text::at_zero)}
                {unusable}
                {outside}
            </ul>
            <p class="note">{text::HONEST}</p>
            <p class="note">{text::SIZES}</p>
        </section>
    }
    .into_any()
}

fn circle(circle: Circle) -> AnyView {
    let (x, y) = (units(circle.x), units(circle.y));
    let failed = (circle.failed_radius > 0).then(|| {
        let radius = units(circle.failed_radius);
        view! { <circle class="bad" cx=x.clone() cy=y.clone() r=radius></circle> }
    });
    view! {
        <a class="place-mark" href=circle.address aria-label=circle.words.clone()>
            <title>{circle.words.clone()}</title>
            <circle class="hit" cx=x.clone() cy=y.clone() r=units(circle.hit_radius)></circle>
            <circle class="ok" cx=x.clone() cy=y.clone() r=units(circle.radius)></circle>
            {failed}
        </a>
    }
    .into_any()
}

/// Tenths as a number with one digit after the point.
fn units(tenths: i32) -> String {
    format!(
        "{}{}.{}",
        if tenths < 0 { "-" } else { "" },
        tenths.abs() / 10,
        tenths.abs() % 10
    )
}

fn places(lines: Vec<PlaceLine>, more: u64) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    const ORDER: [Outcome; 3] = [Outcome::Success, Outcome::Interrupted, Outcome::Failure];
    let heads = ORDER.map(|outcome| view! { <th class="num" scope="col">{outcome.label()}</th> });
    let rows = lines.into_iter().map(|line| {
        let position = line
            .position
            .unwrap_or_else(|| text::NO_POSITION.to_owned());
        let cells = ORDER.map(|outcome| {
            view! { <td class="num">{count(line.by_outcome[outcome.index()])}</td> }
        });
        view! {
            <tr>
                <th scope="row"><a href=line.all.address dir="auto">{line.name}</a></th>
                <td class="ink2">{position}</td>
                <td class="num"><b>{count(line.all.count)}</b></td>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    let more = (more > 0).then(|| view! { <p class="note mt-s">{text::more_places(more)}</p> });
    view! {
        <section class="panel flush mt" id="places">
            <header><h2 id="places-title">{text::PLACES}</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="places-title">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{text::PLACE}</th>
                        <th scope="col">{text::POSITION}</th>
                        <th class="num" scope="col">{entity::SIGN_INS}</th>
                        {heads.into_iter().collect_view()}
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
    .into_any()
}
