//! *Authentication methods activity* from the lists beside the log: what people can do, which methods they registered,
//! what was registered lately, and who administers with weak methods.

pub mod counted;
pub mod details;
pub mod details_page;
pub mod events;
mod people;
pub mod proven;
pub mod resets;

use std::collections::BTreeMap;
use std::ops::Range;

use model::Column;
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query, take_parts};
use model::registration::{Flag, ImportedList, Method, Registered, Registrations};

use self::counted::{CAPABLE, Counted, counted};
use self::details::{DetailsAsk, Yes};
use self::events::EventsAsk;
use self::people::{Roles, Scope, Types};
use super::PATH;
use crate::assemble::entity::address::page_of;
use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::text::entity::share;
use crate::text::registration as text;
use crate::view::entity::{Choice, Kind};
use crate::view::registration::{
    AsOf, CapableTile, InsightsTab, MethodBar, Missing, RegistrationPage, WeakAdmin, WeakAdmins,
};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Most administrators that the page lists.
const MOST_ADMINS: usize = 20;

/// Lines of a page of a list.
const LINES: usize = 100;

/// The lines of a page out of so many, and the pages before and after it. A page beyond the last is the last.
fn turned(
    all: usize,
    page: usize,
    address: impl Fn(usize) -> String,
) -> (Range<usize>, [Option<String>; 2]) {
    let last = all.div_ceil(LINES).max(1);
    let page = page.clamp(1, last);
    let first = (page - 1) * LINES;
    let turns = [
        (page > 1).then(|| address(page - 1)),
        (page < last).then(|| address(page + 1)),
    ];
    (first..(first + LINES).min(all), turns)
}

/// The path of a tab.
pub fn path_of(tab: InsightsTab) -> String {
    let name = match tab {
        InsightsTab::Registration => "registration",
        InsightsTab::Usage => "usage",
        InsightsTab::Details => "details",
        InsightsTab::Events => "events",
    };
    format!("{PATH}/authentication-methods/{name}")
}

/// What an address asks of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RegistrationAsk {
    pub(super) window: Window,
    pub(super) scope: Scope,
}

impl RegistrationAsk {
    /// What a query string asks.
    pub fn of(query: &str) -> RegistrationAsk {
        let (_, rest) = take_parts(query, &["type", "role"]);
        RegistrationAsk::over(Window::of(&rest), query)
    }

    /// What a query string asks over a time.
    pub fn over(window: Window, query: &str) -> RegistrationAsk {
        let (own, _) = take_parts(query, &["type", "role"]);
        let of = |name: &str| {
            let mut given = own.iter().filter(|(given, _)| given == name);
            given.next_back().map_or("", |(_, value)| value.trim())
        };
        RegistrationAsk {
            window,
            scope: Scope {
                types: Types::of(of("type")),
                roles: Roles::of(of("role")),
            },
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        self.window
            .address(&path_of(InsightsTab::Registration), &self.scope.to_text())
    }
}

/// The page.
pub async fn page(backend: &dyn Backend, ask: &RegistrationAsk, clock: &Clock) -> RegistrationPage {
    let mut page = empty(ask, clock);
    let kept = match backend.registrations().await {
        Ok(kept) => kept,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    let counted = counted(&kept, ask, clock);
    page.is_summary = counted.is_summary;
    page.tiles = tiles(&counted, ask);
    page.methods = method_bars(&counted, ask);
    page.recent = counted.has_recent.then(|| recent_bars(&counted, ask));
    page.recent_period.clone_from(&counted.recent_period);
    page.as_of = as_of(&kept, if counted.is_summary { 3 } else { 0 }, clock);
    let of_events = if kept.events.is_empty() { 3 } else { 1 };
    page.events_as_of = as_of(&kept, of_events, clock).filter(|_| counted.has_recent);
    page.outdated = outdated(&kept, ask);
    let is_without_people = kept.people.is_empty();
    if is_without_people {
        page.missing.push(text::NO_PEOPLE);
    }
    if !counted.has_recent {
        page.missing.push(text::NO_EVENTS);
    }
    let asked = async {
        if is_without_people {
            page.proven = Some(proven::proven(backend, ask.window).await?);
        }
        page.admins = weak_admins(backend, &kept, ask, clock).await?;
        Ok::<(), BackendError>(())
    };
    if let Err(error) = asked.await {
        page.failure = Some((UiError::from(error), ask.address()));
    }
    page
}

fn empty(ask: &RegistrationAsk, clock: &Clock) -> RegistrationPage {
    let choice = |words: &'static str, scope: Scope| Choice {
        words: words.to_owned(),
        address: RegistrationAsk { scope, ..*ask }.address(),
        is_present: scope == ask.scope,
    };
    let types =
        Types::ALL.map(|types| choice(text::types(types.id()), Scope { types, ..ask.scope }));
    let roles =
        Roles::ALL.map(|roles| choice(text::roles(roles.id()), Scope { roles, ..ask.scope }));
    let file = |format: &str| {
        let parts = [
            in_words_of_the_blade(ask.window),
            ask.scope.to_text(),
            format!("format={format}"),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("/api/v1{PATH}/registration?{}", parts.join("&"))
    };
    RegistrationPage {
        address: ask.address(),
        carried: ask.window.to_text(),
        window: ask
            .window
            .bar(clock, |window| RegistrationAsk { window, ..*ask }.address()),
        types: types.into(),
        roles: roles.into(),
        as_of: None,
        outdated: None,
        tiles: Vec::new(),
        is_summary: false,
        methods: Vec::new(),
        recent: None,
        recent_period: None,
        events_as_of: None,
        admins: None,
        missing: Vec::<Missing>::new(),
        proven: None,
        files: crate::text::insights::FILES
            .map(|(format, words)| (words, file(format)))
            .to_vec(),
        failure: None,
    }
}

fn tiles(counted: &Counted, ask: &RegistrationAsk) -> Vec<CapableTile> {
    let tile = |(flag, [yes, no, unknown]): (Flag, [u64; 3])| {
        let address = |answer| {
            DetailsAsk::of_scope(ask.scope)
                .with_flag(flag, answer)
                .address()
        };
        let listed = |number: u64, answer| {
            (number > 0 && !counted.is_summary).then(|| (number, address(answer)))
        };
        CapableTile {
            name: text::capable(flag),
            id: flag.id(),
            numbers: (yes, yes + no),
            length: length(yes, yes + no),
            are: (!counted.is_summary).then(|| address(Yes::Yes)),
            are_not: listed(no, Yes::No),
            unknown: listed(unknown, Yes::Unknown),
        }
    };
    match counted.people {
        0 => Vec::new(),
        _ => CAPABLE.into_iter().zip(counted.capable).map(tile).collect(),
    }
}

fn method_bars(counted: &Counted, ask: &RegistrationAsk) -> Vec<MethodBar> {
    let most = counted.methods.values().max().copied().unwrap_or_default();
    let mut methods: Vec<(&String, u64)> = counted
        .methods
        .iter()
        .map(|(id, people)| (id, *people))
        .collect();
    methods.sort_by(|(one, people), (other, others)| others.cmp(people).then(one.cmp(other)));
    let bar = |(id, people): (&String, u64)| MethodBar {
        name: shown(&Method::label_of(id), MOST_IN_CELL),
        address: (!counted.is_summary).then(|| {
            DetailsAsk {
                method: id.clone(),
                ..DetailsAsk::of_scope(ask.scope)
            }
            .address()
        }),
        count: people,
        share: share(people, counted.with_methods),
        failed: None,
        lengths: (length(people, most), 0),
    };
    methods.into_iter().map(bar).collect()
}

fn recent_bars(counted: &Counted, ask: &RegistrationAsk) -> Vec<MethodBar> {
    let sum = |[worked, failed]: &[u64; 2]| worked + failed;
    let most = counted.recent.values().map(sum).max().unwrap_or_default();
    let mut methods: Vec<(&String, &[u64; 2])> = counted.recent.iter().collect();
    methods.sort_by(|(one, numbers), (other, others)| {
        sum(others).cmp(&sum(numbers)).then(one.cmp(other))
    });
    let bar = |(id, [worked, failed]): (&String, &[u64; 2])| {
        let name = match id.as_str() {
            "" => text::NO_METHOD.to_owned(),
            id => shown(&Method::label_of(id), MOST_IN_CELL),
        };
        let listed = counted.recent_period.is_none() && !id.is_empty();
        MethodBar {
            name,
            address: listed.then(|| {
                EventsAsk {
                    method: id.clone(),
                    ..EventsAsk::of_registrations(ask.window)
                }
                .address()
            }),
            count: *worked,
            share: String::new(),
            failed: Some(*failed),
            lengths: (length(*worked, most), length(*failed, most)),
        }
    };
    methods.into_iter().map(bar).collect()
}

/// Of when facts of a kind are: people say when Entra ID looked at them last.
pub(super) fn as_of(kept: &Registrations, kind: usize, clock: &Clock) -> Option<AsOf> {
    let list: &ImportedList = kept.newest(kind)?;
    let updated = kept.people.iter().map(|(person, _)| person.last_updated);
    let moment = match kind {
        0 => updated
            .max()
            .flatten()
            .filter(|moment| *moment <= list.imported),
        _ => None,
    };
    Some(AsOf {
        moment: clock.in_grid(moment.unwrap_or(list.imported)),
        origin: shown(&list.origin, MOST_IN_CELL),
        imported: clock.in_grid(list.imported),
    })
}

/// People who are in none of the lists of the newest import: they may have left since.
fn outdated(kept: &Registrations, ask: &RegistrationAsk) -> Option<(u64, String)> {
    let ask = DetailsAsk {
        is_outdated: true,
        ..DetailsAsk::of_scope(ask.scope)
    };
    let number = ask.matching(kept).len() as u64;
    (number > 0).then(|| (number, ask.address()))
}

async fn weak_admins(
    backend: &dyn Backend,
    kept: &Registrations,
    ask: &RegistrationAsk,
    clock: &Clock,
) -> Result<Option<WeakAdmins>, BackendError> {
    let admins: Vec<&Registered> = ask
        .scope
        .people(kept)
        .filter(|person| person.flag(Flag::Admin) == Some(true))
        .collect();
    let says_who = kept
        .people
        .iter()
        .any(|(person, _)| person.flag(Flag::Admin).is_some());
    if !says_who {
        return Ok(None);
    }
    let weak = admins
        .iter()
        .filter(|person| person.has_phishing_resistant() == Some(false));
    let number = weak.clone().count() as u64;
    let first: Vec<&Registered> = weak.take(MOST_ADMINS).copied().collect();
    let last = last_sign_ins(backend, &first, ask.window).await?;
    let line = |person: &&Registered| WeakAdmin {
        name: name_of(person),
        page: page_of_person(person, ask.window),
        default_method: default_words(person),
        last: person
            .key()
            .and_then(|key| last.get(&key))
            .map(|moment| clock.in_grid(*moment)),
    };
    let unknown = admins
        .iter()
        .filter(|person| person.has_phishing_resistant().is_none());
    Ok(Some(WeakAdmins {
        admins: first.iter().map(line).collect(),
        numbers: (number, admins.len() as u64),
        address: DetailsAsk {
            resistant: Some(false),
            ..DetailsAsk::of_scope(ask.scope).with_flag(Flag::Admin, Yes::Yes)
        }
        .address(),
        unknown: unknown.count() as u64,
    }))
}

/// The last sign-ins of a range by people's keys.
async fn last_sign_ins(
    backend: &dyn Backend,
    people: &[&Registered],
    window: Window,
) -> Result<BTreeMap<String, chrono::DateTime<chrono::Utc>>, BackendError> {
    let mut found = BTreeMap::new();
    for (id, key) in [
        (
            "user_id",
            (|person: &Registered| person.user_id.clone()) as fn(&Registered) -> Option<String>,
        ),
        ("username", |person| match person.user_id {
            Some(_) => None,
            None => person.username.clone(),
        }),
    ] {
        let keys: Vec<String> = people.iter().filter_map(|person| key(person)).collect();
        if keys.is_empty() {
            continue;
        }
        let column = Column::named(id);
        let query = window
            .query()
            .with_filter(Filter::new(column, Operator::In, keys));
        let mut asked = Ask::of(query);
        asked.groups = Some(GroupAsk {
            by: vec![column],
            limit: MOST_ADMINS * 2,
            users: false,
            span: true,
        });
        let groups = backend.ask(asked).await?.answer.groups.unwrap_or_default();
        for group in groups.groups {
            if let (Some(value), Some(span)) = (group.keys.first(), group.span) {
                found.insert(value.to_text().to_lowercase(), span.last);
            }
        }
    }
    Ok(found)
}

/// The window as the interface reads it: pages leave another range out as the usual one.
pub(super) fn in_words_of_the_blade(window: Window) -> String {
    Query {
        range: window.range,
        time_zone: window.time_zone,
        ..Query::default()
    }
    .to_text()
}

/// What somebody is called: by name, or else by what they are known by.
pub(super) fn name_of(person: &Registered) -> String {
    let known = person.display_name.as_deref();
    let known = known
        .or(person.username.as_deref())
        .or(person.user_id.as_deref());
    shown(known.unwrap_or_default(), MOST_IN_CELL)
}

/// The page about somebody.
pub(super) fn page_of_person(person: &Registered, window: Window) -> Option<String> {
    let known = person.user_id.as_deref().or(person.username.as_deref());
    let page = known.and_then(|name| page_of(Kind::User, name));
    page.map(|path| window.address(&path, ""))
}

/// The default method in words.
pub(super) fn default_words(person: &Registered) -> String {
    let word = person.default_method.as_deref().unwrap_or_default();
    shown(&Method::label_of(word), MOST_IN_CELL)
}
