//! `/my-sign-ins`: a person's own sign-ins as cards, what is unusual among them on top.

use leptos::prelude::*;
use model::{Outcome, Query};

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::my_sign_ins::{Card, MySignIns, OF_PAGE, SmallMap, Wanted, page};
use crate::assets::ClientAssets;
use crate::backend::{OwnBackend, SharedBackend};
use crate::components::empty_state::{Mark, doorway};
use crate::components::failure::Failure;
use crate::components::icon::Icon;
use crate::components::outcome::{status, time};
use crate::components::symbol::{large_symbol, symbol};
use crate::keeping::SharedKeeping;
use crate::sheet::Sheet;
use crate::text::{frame, my_sign_ins as text};
use crate::view::grid::Tone;

/// The page.
pub const PATH: &str = "/my-sign-ins";
/// Where it is sent what somebody says of a sign-in.
const SAY: &str = "/my-sign-ins/say";

/// The page: `find=…` looks for words, `only=failed` shows those that failed, `page=<number>` leads to older ones.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let (own, _) = model::query::take_parts(&asked.query, &["find", "only", "page"]);
    let part = |name: &str| {
        let mut parts = own.iter();
        parts
            .find(|(part, _)| part == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let wanted = Wanted {
        find: part("find"),
        only_failed: part("only") == "failed",
        page: part("page").parse().unwrap_or(1),
    };
    let said = match (use_context::<SharedKeeping>(), &asked.viewer.account_id) {
        (Some(keeping), Some(id)) => keeping.said(id.clone()).await,
        _ => Ok(Vec::new()),
    };
    let answer = match said {
        Ok(said) => {
            let said = said.into_iter().collect();
            let own = use_context::<OwnBackend>();
            let backend = own.map_or_else(|| SharedBackend::clone(&asked.backend), |own| own.0);
            page(&*backend, &asked.viewer, &said, &wanted, &clock).await
        }
        Err(error) => Err(error),
    };
    let content = match answer {
        Ok(Some(page)) if page.read == 0 => empty(text::NONE, text::NONE_HELP),
        Ok(Some(page)) => cards(page),
        Ok(None) => empty(text::NO_PERSON, text::NO_PERSON_HELP),
        Err(error) => {
            view! { <Failure title=text::FAILED_TITLE error=error.into() retry=PATH/> }.into_any()
        }
    };
    let markup = view! {
        <div class="crumbs"><h1>{frame::MY_SIGN_INS}</h1></div>
        <div class="page">{content}</div>
    };
    Written::Sheet(Sheet {
        title: frame::MY_SIGN_INS.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

fn empty(title: &'static str, help: &'static str) -> AnyView {
    view! {
        <div class="empty">
            {doorway(Mark::Filter)}
            <h3 {..leptos::attr::custom::custom_attribute("aria-level", "2")}>{title}</h3>
            <p>{help}</p>
        </div>
    }
    .into_any()
}

fn cards(page: MySignIns) -> AnyView {
    let looks = (!page.looks.is_empty()).then(|| {
        let looks = page.looks.iter().cloned().map(|card| shown(card, "look"));
        view! { <h2>{text::LOOKS}</h2>{looks.collect_view()} }
    });
    let days = page.days.iter().cloned().map(|(day, cards)| {
        let cards = cards.into_iter().map(|card| shown(card, "day"));
        view! { <h2>{day}</h2>{cards.collect_view()} }
    });
    let list = match page.found {
        0 => empty(text::NONE_FOUND, text::NONE_FOUND_HELP),
        _ => view! { <div class="daycards">{looks}{days.collect_view()}</div> }.into_any(),
    };
    view! {
        <div class="cols-mine">
            <div>
                <p class="lede">{text::LEDE}</p>
                {finding(&page)}
                {list}
                {turning(&page)}
            </div>
            <aside class="stack">
                {usual(&page)}
                {advice()}
            </aside>
        </div>
    }
    .into_any()
}

fn address(find: &str, only_failed: bool, page: usize) -> String {
    let mut parts = Vec::new();
    if !find.is_empty() {
        parts.push(format!(
            "find={}",
            leptos_router::location::Url::escape(find)
        ));
    }
    if only_failed {
        parts.push("only=failed".to_owned());
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    match parts.is_empty() {
        true => PATH.to_owned(),
        false => format!("{PATH}?{}", parts.join("&")),
    }
}

fn finding(page: &MySignIns) -> AnyView {
    let only = page
        .only_failed
        .then(|| view! { <input type="hidden" name="only" value="failed"/> });
    let choice = |is_failed: bool, words: &'static str| {
        let is_present = (page.only_failed == is_failed).then_some("true");
        view! { <a href=address(&page.find, is_failed, 1) aria-current=is_present>{words}</a> }
    };
    view! {
        <div class="row wrap">
            <form class="row grow" method="get" action=PATH role="search">
                {only}
                <label class="input grow">
                    {symbol(Icon::Search)}
                    <input type="search" id="find-mine" name="find" value=page.find.clone() placeholder=text::FIND aria-label=text::FIND/>
                </label>
                <button class="btn">{text::FIND_BUTTON}</button>
            </form>
            <nav class="seg" aria-label=text::SHOW>{choice(false, text::ALL)}{choice(true, text::FAILED)}</nav>
        </div>
    }
    .into_any()
}

fn turning(page: &MySignIns) -> AnyView {
    let to = |number: usize| address(&page.find, page.only_failed, number);
    let newer = (page.page > 1).then(
        || view! { <a class="btn small" id="newer" href=to(page.page - 1)>{text::NEWER}</a> },
    );
    let older = (page.page.saturating_mul(OF_PAGE) < page.found).then(
        || view! { <a class="btn small" id="older" href=to(page.page + 1)>{text::OLDER}</a> },
    );
    view! {
        <nav class="row wrap mt" aria-label=text::PAGES>
            {newer}
            {older}
            <span class="hint">{text::found(page.found, page.read)}</span>
        </nav>
    }
    .into_any()
}

/// One card. What is worth a look is open, and stands among its day as well.
fn shown(card: Card, prefix: &'static str) -> AnyView {
    let is_look = prefix == "look";
    let tone = match card.outcome {
        Outcome::Success => Tone::Success,
        Outcome::Interrupted => Tone::Interrupted,
        Outcome::Failure => Tone::Failure,
    };
    let unusual = card.unusual.iter().map(|unusual| {
        view! { <li><span class="tag warn">{symbol(Icon::Warn)}{text::unusual(*unusual)}</span></li> }
    });
    let unusual = (!card.unusual.is_empty())
        .then(|| view! { <ul class="row wrap">{unusual.collect_view()}</ul> });
    // Among its day the day need not be said.
    let when = match is_look {
        true => card.short.clone(),
        false => card.time.clone(),
    };
    let second = (!card.second_step.is_empty()).then(
        || view! { <dt>{text::SECOND_STEP}</dt><dd dir="auto">{card.second_step.clone()}</dd> },
    );
    view! {
        <details class=if is_look { "signin look" } else { "signin" } id=format!("{prefix}-{}", card.request_id) open=is_look>
            <summary>
                <span class="ic">{large_symbol(Icon::Window)}</span>
                <span class="ttl" dir="auto">{card.application.clone()}</span>
                <span class="when">{time(when)}</span>
                <span class="sub" dir="auto">{format!("{}. {}", card.place, card.device)}</span>
                {status(tone, text::outcome(card.outcome).to_owned())}
            </summary>
            <div class="more">
                <p class="say">{card.what.clone()}</p>
                {unusual}
                {saying(&card)}
                <dl class="mt-s">
                    <dt>{text::WHEN}</dt><dd>{time(card.moment.clone())}</dd>
                    <dt>{text::WHERE}</dt>
                    <dd dir="auto">{card.place.clone()}{card.map.as_ref().map(on_map)}<span class="ink3">{text::ROUGH}</span></dd>
                    <dt>{text::DEVICE}</dt><dd dir="auto">{card.device.clone()}</dd>
                    <dt>{text::ADDRESS}</dt><dd dir="auto">{card.address.clone()}</dd>
                    <dt>{text::APP}</dt><dd dir="auto">{card.application.clone()}</dd>
                    <dt>{text::ACCOUNT}</dt><dd dir="auto">{card.account.clone()}</dd>
                    {second}
                </dl>
            </div>
        </details>
    }
    .into_any()
}

/// The place on a map; the words beside it say the same.
fn on_map(map: &SmallMap) -> AnyView {
    let world = use_context::<ClientAssets>().map(|assets| assets.world);
    let land = format!("{}#land", world.unwrap_or_default());
    view! {
        <svg class="worldmap small" viewBox=map.view_box.clone() aria-hidden="true">
            <use_ class="land" href=land></use_>
            <circle class="here" cx=map.x.clone() cy=map.y.clone() r="4"></circle>
        </svg>
    }
    .into_any()
}

/// What the person said, or the buttons to say it.
fn saying(card: &Card) -> AnyView {
    let said = card.was_me.map(|was_me| {
        let (class, words) = match was_me {
            true => ("banner inset", text::SAID_ME),
            false => ("banner warn inset", text::SAID_NOT_ME),
        };
        view! { <p class=class><span>{words}</span></p> }
    });
    let label = |words: &str| text::about(words, &card.application, &card.moment.text);
    view! {
        {said}
        <form class="row wrap" method="post" action=SAY data-posts="true">
            <input type="hidden" name="id" value=card.request_id.clone()/>
            <button class="btn" name="do" value="me" aria-label=label(text::WAS_ME)>{text::WAS_ME}</button>
            <button class="btn danger" name="do" value="not_me" aria-label=label(text::WAS_NOT_ME)>{text::WAS_NOT_ME}</button>
        </form>
    }
    .into_any()
}

fn usual(page: &MySignIns) -> AnyView {
    let most = page.places.first().map_or(1, |(_, number)| *number).max(1);
    let lines = page.places.iter().cloned().map(|(place, number)| {
        let width = format!("{}%", number * 100 / most);
        let share = format!("{}%", (number * 100 + page.read / 2) / page.read.max(1));
        view! {
            <li>
                <span dir="auto">{place}</span>
                <svg class="hb" aria-hidden="true"><rect class="track" width="100%" height="12" rx="1"></rect><rect class="c8" width=width height="12" rx="1"></rect></svg>
                <span class="n">{number}<small>{share}</small></span>
            </li>
        }
    });
    view! {
        <section class="panel">
            <header><h2>{text::USUAL}</h2></header>
            <ul class="barlist">{lines.collect_view()}</ul>
            <p class="note">{text::places_of(page.read)}</p>
        </section>
    }
    .into_any()
}

fn advice() -> AnyView {
    let link = |(words, address): (&'static str, &'static str)| {
        view! { <li><a href=address rel="noreferrer external">{words}</a></li> }
    };
    view! {
        <section class="panel">
            <header><h2>{text::LOOK_AFTER}</h2></header>
            <ul class="plain stack">{link(text::CHANGE_PASSWORD)}{link(text::SECURITY_INFO)}</ul>
            <p class="note">{text::OTHERS}</p>
        </section>
    }
    .into_any()
}
