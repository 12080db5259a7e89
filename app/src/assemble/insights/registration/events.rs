//! *Registration and reset events*: what people registered and reset, and whether it worked.

use model::query::{Query, take_parts};
use model::registration::{Method, RegistrationEvent, Registrations};

use super::details_page::with_labels;
use super::{as_of, in_words_of_the_blade, path_of, turned};
use crate::assemble::entity::address::page_of;
use crate::assemble::entity::window::Window;
use crate::assemble::insights::PATH;
use crate::assemble::moments::Clock;
use crate::backend::Backend;
use crate::error::UiError;
use crate::text::{registration as common, registration_details, registration_events as text};
use crate::view::entity::{DirectoryHeader, Kind};
use crate::view::registration::{FilterSelect, InsightsTab, ListCell, ListLine, ListPage};
use crate::view::safe_text::{MOST_IN_CELL, escaped, shown};

/// What events are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// A method was registered.
    Registration,
    /// A password was reset, or an account unlocked.
    Reset,
}

impl Feature {
    const ALL: [Feature; 2] = [Feature::Registration, Feature::Reset];

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Feature::Registration => "registration",
            Feature::Reset => "reset",
        }
    }
}

/// What an address asks of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventsAsk {
    /// Over which time.
    pub window: Window,
    /// What names and usernames have in them.
    pub find: String,
    /// What they are of.
    pub feature: Option<Feature>,
    /// The method.
    pub method: String,
    /// Whether they worked.
    pub is_success: Option<bool>,
    /// Number of the page, from 1.
    pub(super) page: usize,
}

impl EventsAsk {
    /// Names of the parts of an address beside the window.
    pub const PARTS: [&'static str; 5] = ["find", "feature", "auth_method", "status", "page"];

    /// The registrations of a time.
    pub fn of_registrations(window: Window) -> EventsAsk {
        EventsAsk {
            window,
            feature: Some(Feature::Registration),
            page: 1,
            ..EventsAsk::default()
        }
    }

    /// What a query string of a page asks.
    pub fn of(query: &str) -> EventsAsk {
        let (_, rest) = take_parts(query, &EventsAsk::PARTS);
        EventsAsk::read(query, Window::of(&rest)).0
    }

    /// What a query string asks over a time, and the parts of it that cannot be understood.
    pub fn read(query: &str, window: Window) -> (EventsAsk, Vec<String>) {
        let (own, _) = take_parts(query, &EventsAsk::PARTS);
        let mut ask = EventsAsk {
            window,
            page: 1,
            ..EventsAsk::default()
        };
        let mut problems = Vec::new();
        for (name, value) in &own {
            let value = value.trim();
            if !value.is_empty() && !ask.take(name, value) {
                problems.push(format!("{name}={}", shown(value, MOST_IN_CELL)));
            }
        }
        (ask, problems)
    }

    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "find" => value.clone_into(&mut self.find),
            "auth_method" => value.clone_into(&mut self.method),
            "feature" => {
                self.feature = Feature::ALL
                    .into_iter()
                    .find(|feature| feature.id() == value);
                return self.feature.is_some();
            }
            "status" => {
                self.is_success = match value {
                    "success" => Some(true),
                    "failure" => Some(false),
                    _ => return false,
                }
            }
            _ => match value.parse() {
                Ok(page) if page > 0 => self.page = page,
                _ => return false,
            },
        }
        true
    }

    fn narrowing(&self) -> Vec<(&'static str, String)> {
        let feature = self.feature.map_or("", Feature::id);
        let status = self.is_success.map_or("", |is_success| match is_success {
            true => "success",
            false => "failure",
        });
        let mut parts = vec![
            ("find", self.find.clone()),
            ("feature", feature.to_owned()),
            ("auth_method", self.method.clone()),
            ("status", status.to_owned()),
        ];
        parts.retain(|(_, value)| !value.is_empty());
        parts
    }

    fn own_text(&self, more: Option<String>) -> String {
        let parts = self.narrowing().into_iter();
        let parts = parts.map(|(name, value)| format!("{name}={}", escaped(&value)));
        let parts: Vec<String> = parts.chain(more).collect();
        parts.join("&")
    }

    /// Its address.
    pub fn address(&self) -> String {
        let page = (self.page > 1).then(|| format!("page={}", self.page));
        self.window
            .address(&path_of(InsightsTab::Events), &self.own_text(page))
    }

    /// The events that match, the newest first.
    pub fn matching<'a>(
        &'a self,
        kept: &'a Registrations,
        clock: &Clock,
    ) -> impl Iterator<Item = &'a RegistrationEvent> {
        let (from, to) = self.window.range.bounds(clock.now);
        let wanted = self.find.to_lowercase();
        let method = Method::id_of(&self.method);
        kept.events.iter().filter(move |event| {
            let has = |text: &Option<String>| {
                text.as_ref()
                    .is_some_and(|text| text.to_lowercase().contains(&wanted))
            };
            let own = Method::id_of(event.method.as_deref().unwrap_or_default());
            from.is_none_or(|from| event.at >= from)
                && to.is_none_or(|to| event.at < to)
                && self
                    .feature
                    .is_none_or(|feature| event.is_reset() == (feature == Feature::Reset))
                && (method.is_empty() || own.eq_ignore_ascii_case(&method))
                && self
                    .is_success
                    .is_none_or(|wanted| event.is_success == Some(wanted))
                && (wanted.is_empty() || has(&event.display_name) || has(&event.username))
        })
    }
}

/// The page.
pub async fn page(backend: &dyn Backend, query: &str, clock: &Clock) -> ListPage {
    let ask = EventsAsk::of(query);
    let mut page = empty(&ask, clock);
    let kept = match backend.registrations().await {
        Ok(kept) => kept,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    page.selects = selects(&kept, &ask);
    page.as_of = as_of(&kept, 1, clock);
    if kept.events.is_empty() {
        page.missing = Some(common::NO_EVENTS);
        return page;
    }
    let found: Vec<&RegistrationEvent> = ask.matching(&kept, clock).collect();
    let address = |page: usize| {
        EventsAsk {
            page,
            ..ask.clone()
        }
        .address()
    };
    let (lines, turns) = turned(found.len(), ask.page, address);
    page.numbers = (
        lines.start as u64 + 1,
        found.len() as u64,
        kept.events.len() as u64,
    );
    page.turns = turns;
    let lines = found.get(lines).unwrap_or_default().iter();
    page.lines = lines.map(|event| line(event, &ask, clock)).collect();
    page
}

fn empty(ask: &EventsAsk, clock: &Clock) -> ListPage {
    let path = path_of(InsightsTab::Events);
    let file = |format: &str| {
        let window = Some(in_words_of_the_blade(ask.window)).filter(|text| !text.is_empty());
        let own = ask.own_text(Some(format!("format={format}")));
        let parts: Vec<String> = window.into_iter().chain([own]).collect();
        format!("/api/v1{PATH}/registration-events?{}", parts.join("&"))
    };
    let header = |label| DirectoryHeader {
        label,
        is_number: false,
        address: None,
        sorted: None,
    };
    let window_text = ask.window.to_text();
    let of_window = |window| EventsAsk {
        window,
        page: 1,
        ..ask.clone()
    };
    ListPage {
        tab: InsightsTab::Events,
        lede: text::LEDE,
        address: ask.address(),
        carried: window_text.clone(),
        window: Some(ask.window.bar(clock, |window| of_window(window).address())),
        as_of: None,
        find: ask.find.clone(),
        selects: Vec::new(),
        hidden: take_parts(&window_text, &["range", "from", "to", "tz"]).0,
        reset: (!ask.narrowing().is_empty()).then(|| ask.window.address(&path, "")),
        headers: text::COLUMNS.map(header).to_vec(),
        lines: Vec::new(),
        numbers: (0, 0, 0),
        turns: [None, None],
        files: crate::text::insights::FILES
            .map(|(format, words)| (words, file(format)))
            .to_vec(),
        missing: None,
        proven: None,
        failure: None,
        path,
    }
}

fn selects(kept: &Registrations, ask: &EventsAsk) -> Vec<FilterSelect> {
    let of = |words: &[(&str, &str)]| -> Vec<(String, String)> {
        let words = words.iter();
        words
            .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
            .collect()
    };
    let methods = kept
        .events
        .iter()
        .filter_map(|event| event.method.as_deref());
    let mut methods: Vec<String> = methods.map(Method::id_of).collect();
    vec![
        FilterSelect {
            name: "feature",
            label: text::FEATURE,
            choices: of(&text::FEATURES),
            chosen: ask.feature.map_or("", Feature::id).to_owned(),
        },
        FilterSelect {
            name: "auth_method",
            label: text::METHOD,
            choices: with_labels(&mut methods, registration_details::ANY_METHOD, &ask.method),
            chosen: ask.method.clone(),
        },
        FilterSelect {
            name: "status",
            label: text::STATUS,
            choices: of(&text::OUTCOMES),
            chosen: ask
                .is_success
                .map_or(
                    "",
                    |is_success| if is_success { "success" } else { "failure" },
                )
                .to_owned(),
        },
    ]
}

fn line(event: &RegistrationEvent, ask: &EventsAsk, clock: &Clock) -> ListLine {
    let known = event.display_name.as_deref().or(event.username.as_deref());
    let known = known.or(event.user_id.as_deref()).unwrap_or_default();
    let name = shown(known, MOST_IN_CELL);
    let username = shown(event.username.as_deref().unwrap_or_default(), MOST_IN_CELL);
    let identifier = event.user_id.as_deref().or(event.username.as_deref());
    let page = identifier.and_then(|name| page_of(Kind::User, name));
    let method = event.method.as_deref().unwrap_or_default();
    let reason = event.failure_reason.as_deref().unwrap_or_default();
    let window = Query {
        range: ask.window.range,
        time_zone: ask.window.time_zone,
        ..Query::default()
    };
    ListLine {
        second: if username == name {
            String::new()
        } else {
            username
        },
        page: page.map(|path| Window::around(&window).address(&path, "")),
        tags: Vec::new(),
        cells: vec![
            ListCell::Moment(Some(clock.in_grid(event.at))),
            ListCell::Text(text::feature(&shown(&event.feature, MOST_IN_CELL))),
            ListCell::Text(shown(&Method::label_of(method), MOST_IN_CELL)),
            ListCell::Outcome(event.is_success),
            ListCell::Text(shown(reason, MOST_IN_CELL)),
        ],
        name,
    }
}
