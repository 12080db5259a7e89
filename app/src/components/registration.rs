//! What people can do and registered: tiles, methods, what was registered lately, and who administers with weak methods.

use leptos::prelude::*;
use model::access::Right;
use model::present::count;

use super::entity::heading::{breadcrumb, choices, clock, ranges};
use super::failure::Failure;
use super::icon::Icon;
use super::insights_tabs::insights_tabs;
use super::outcome::time;
use super::symbol::symbol;
use crate::assemble::insights::lists::PATH as LISTS;
use crate::context::page_facts;
use crate::text::entity::share;
use crate::text::{frame, insights, registration as text};
use crate::view::registration::{
    AsOf, CapableTile, InsightsTab, MethodBar, Missing, Proven, RegistrationPage, WeakAdmin,
    WeakAdmins,
};

/// The page.
pub fn registration_page(page: RegistrationPage) -> AnyView {
    let failure = page.failure.clone().map(
        |(error, retry)| view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> },
    );
    let outdated = page.outdated.clone().map(|(number, address)| {
        view! { <a class="linkbtn" href=address>{text::outdated(number)}</a> }
    });
    let summary = page
        .is_summary
        .then(|| view! { <p class="hint mb">{text::SUMMARY}</p> });
    let has_people = !page.tiles.is_empty();
    let scope = has_people.then(|| {
        view! {
            {choices(text::TYPES, "type", page.types.clone())}
            {choices(text::ROLES, "role", page.roles.clone())}
        }
    });
    let tiles = page.tiles.clone().into_iter().map(tile).collect_view();
    let methods = has_people.then(|| methods(page.methods.clone()));
    let missing = page.missing.iter().map(missing).collect_view();
    let beside = view! {
        <div class="stack">
            {page.recent.clone().map(|bars| recent(bars, page.recent_period.as_deref(), page.events_as_of.clone()))}
            {page.admins.clone().map(admins)}
            {missing}
        </div>
    };
    let is_from_lake = page
        .proven
        .as_ref()
        .is_some_and(|proven| proven.is_from_lake);
    let left = match page.proven.clone() {
        Some(proven) => {
            view! { <div class="stack">{methods}{proven_panel(proven)}</div> }.into_any()
        }
        None => methods.into_any(),
    };
    view! {
        {breadcrumb(Some(("", frame::GROUP_INSIGHTS)), text::TITLE.to_owned())}
        {insights_tabs(InsightsTab::Registration, &page.carried)}
        <div class="page entity registration">
            <p class="lede mt">{text::LEDE}</p>
            <div class="row wrap mb">
                {scope}
                {ranges(&page.window)}
                {files(&page.files, has_people)}
            </div>
            <p class="row wrap hint mb">{page.as_of.map(as_of)}{to_lists()}{outdated}</p>
            {failure}
            {summary}
            {has_people.then(|| view! { <div class="tiles three">{tiles}</div> })}
            <div class="cols-2">{left}{beside}</div>
            {clock(&page.window, is_from_lake)}
        </div>
    }
    .into_any()
}

/// Files with the same.
pub fn files(files: &[(&'static str, String)], has_any: bool) -> AnyView {
    if !has_any {
        return ().into_any();
    }
    let files = files.iter().cloned().map(|(words, address)| {
        view! { <a class="btn small" href=address download="" rel="external">{symbol(Icon::Download)}{words}</a> }
    });
    view! { <span class="row end" role="group" aria-label=insights::DOWNLOAD>{files.collect_view()}</span> }
        .into_any()
}

/// Of when something is, and from which file.
pub fn as_of(as_of: AsOf) -> AnyView {
    let [before, between] = text::as_of(&as_of.origin);
    view! {
        <span dir="auto">{before}{time(as_of.moment)}{between}{time(as_of.imported)}"."</span>
    }
    .into_any()
}

/// Leads to the files that are here.
pub fn to_lists() -> AnyView {
    view! { <a class="linkbtn" href=LISTS>{text::LISTS}</a> }.into_any()
}

fn tile(tile: CapableTile) -> AnyView {
    let (yes, all) = tile.numbers;
    let width = percent(tile.length);
    let numbers = text::of(yes, all);
    let numbers = match tile.are {
        Some(address) => {
            let label = text::are(tile.name, yes, all);
            view! { <a href=address id=format!("{}-yes", tile.id) aria-label=label>{numbers}</a> }
                .into_any()
        }
        None => numbers.into_any(),
    };
    let are_not = tile.are_not.map(|(number, address)| {
        view! { <a href=address id=format!("{}-no", tile.id)>{text::are_not(number)}</a> }
    });
    let unknown = tile.unknown.map(|(number, address)| {
        view! { <a href=address id=format!("{}-unknown", tile.id)>{text::unknown(number)}</a> }
    });
    view! {
        <div class="tile">
            <h2 class="k">{tile.name}</h2>
            <div class="v">{share(yes, all)}<small>{numbers}</small></div>
            <svg class="prog" width="100%" height="6" aria-hidden="true">
                <rect class="track" width="100%" height="6" rx="3"></rect>
                <rect class="done" width=width height="6" rx="3"></rect>
            </svg>
            <div class="d mt-s">{are_not}{unknown}</div>
        </div>
    }
    .into_any()
}

fn methods(bars: Vec<MethodBar>) -> AnyView {
    let content = match bars.is_empty() {
        true => view! { <p class="ink2">{text::NO_METHODS_KNOWN}</p> }.into_any(),
        false => view! {
            {bar_list(bars)}
            <p class="note">{text::METHODS_NOTE}</p>
        }
        .into_any(),
    };
    view! {
        <section class="panel" id="methods">
            <header><h2>{text::METHODS}</h2></header>
            {content}
        </section>
    }
    .into_any()
}

fn recent(bars: Vec<MethodBar>, period: Option<&str>, of: Option<AsOf>) -> AnyView {
    let content = match bars.is_empty() {
        true => view! { <p class="ink2">{text::NO_RECENT}</p> }.into_any(),
        false => view! {
            <div class="legendrow" aria-hidden="true">
                <span class="legend"><svg class="sw" width="10" height="10"><rect class="ok" width="10" height="10" rx="2"></rect></svg>{text::REGISTERED}</span>
                <span class="legend"><svg class="sw" width="10" height="10"><rect class="bad" width="10" height="10" rx="2"></rect></svg>{text::FAILED}</span>
            </div>
            {bar_list(bars)}
        }
        .into_any(),
    };
    let period = period.map(|period| view! { <p class="note">{text::period(period)}</p> });
    view! {
        <section class="panel" id="recent">
            <header><h2>{text::RECENT}</h2></header>
            {content}
            {period}
            <p class="note row wrap">{of.map(as_of)}</p>
        </section>
    }
    .into_any()
}

fn bar_list(bars: Vec<MethodBar>) -> AnyView {
    let lines = bars.into_iter().map(|bar| {
        let (first, second) = bar.lengths;
        let name = match bar.address {
            Some(address) => {
                view! { <a class="trunc" dir="auto" href=address title=bar.name.clone()>{bar.name.clone()}</a> }.into_any()
            }
            None => {
                view! { <span class="trunc" dir="auto" title=bar.name.clone()>{bar.name.clone()}</span> }.into_any()
            }
        };
        let fill = if bar.failed.is_some() { "ok" } else { "c1" };
        let behind = (second > 0).then(|| {
            view! { <rect class="bad" x=percent(first) width=percent(second) height="12" rx="2"></rect> }
        });
        let failed = bar
            .failed
            .map(|failed| view! { <small class="failed">{text::failed(failed)}</small> });
        let share = (!bar.share.is_empty()).then(|| view! { <small>{bar.share}</small> });
        view! {
            <li>
                <span class="what">{name}</span>
                <svg class="hb" width="100%" height="12" aria-hidden="true">
                    <rect class="track" width="100%" height="12" rx="2"></rect>
                    <rect class=fill width=percent(first) height="12" rx="2"></rect>
                    {behind}
                </svg>
                <span class="n">{count(bar.count)}" "{share}{failed}</span>
            </li>
        }
    });
    view! { <ul class="barlist">{lines.collect_view()}</ul> }.into_any()
}

fn percent(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn admins(admins: WeakAdmins) -> AnyView {
    let (number, all) = admins.numbers;
    let [who, default_method, last] = text::ADMIN_COLUMNS;
    let more = number > admins.admins.len() as u64;
    let address = admins.address.clone();
    let more = more.then(|| view! { <p class="note"><a href=address>{text::ALL_ADMINS}</a></p> });
    let unknown = (admins.unknown > 0)
        .then(|| view! { <p class="note">{text::admins_unknown(admins.unknown)}</p> });
    let content = match admins.admins.is_empty() {
        true => view! { <p class="pad ink2">{text::ADMINS_FINE}</p> }.into_any(),
        false => view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=text::ADMINS>
                <table class="table directory">
                    <thead><tr>
                        <th scope="col">{who}</th>
                        <th scope="col">{default_method}</th>
                        <th scope="col" class="num">{last}</th>
                    </tr></thead>
                    <tbody>{admins.admins.into_iter().map(admin).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    let numbers = text::of(number, all);
    view! {
        <section class="panel flush" id="weak-admins">
            <header>
                <h2>{text::ADMINS}</h2>
                <span class="spacer"></span>
                <a class="tag" href=admins.address aria-label=text::are(text::ADMINS, number, all)>{numbers}</a>
            </header>
            {content}
            {more}
            {unknown}
        </section>
    }
    .into_any()
}

fn admin(admin: WeakAdmin) -> AnyView {
    let name = match admin.page {
        Some(page) => view! { <a href=page dir="auto">{admin.name}</a> }.into_any(),
        None => view! { <span dir="auto">{admin.name}</span> }.into_any(),
    };
    let last = match admin.last {
        Some(moment) => time(moment),
        None => view! { <span class="ink3">{text::NEVER}</span> }.into_any(),
    };
    view! { <tr><th scope="row">{name}</th><td>{admin.default_method}</td><td class="num">{last}</td></tr> }
        .into_any()
}

/// What is not here, and where to get it.
pub fn missing(missing: &Missing) -> AnyView {
    let bring_in = page_facts().may(Right::Import).then(|| {
        view! { <p class="row mt-s"><a class="btn small" href="/import">{symbol(Icon::Import)}{text::BRING_IN}</a></p> }
    });
    view! {
        <section class="panel missing">
            <header><h2>{missing.title}</h2></header>
            <dl>
                <dt>{text::PORTAL}</dt>
                <dd>{missing.portal}</dd>
                <dt>{text::GRAPH}</dt>
                <dd><code>{missing.graph}</code></dd>
            </dl>
            <p class="hint mt-s">{text::GRAPH_HELP}</p>
            {bring_in}
        </section>
    }
    .into_any()
}

/// What sign-ins say by themselves.
pub fn proven_panel(proven: Proven) -> AnyView {
    let people = match proven.people {
        Some((all, with_two)) => text::proven(with_two, all),
        None => text::NOT_COUNTED.to_owned(),
    };
    let content = match proven.methods.is_empty() {
        true => view! { <p class="ink2">{text::PROVEN_NONE}</p> }.into_any(),
        false => view! {
            {bar_list(proven.methods)}
            <p class="note">{text::PROVEN_NOTE}</p>
        }
        .into_any(),
    };
    view! {
        <section class="panel" id="proven">
            <header><h2>{text::PROVEN}</h2></header>
            <p class="hint mb">{text::PROVEN_HELP}</p>
            <p class="mb">{people}</p>
            {content}
        </section>
    }
    .into_any()
}
