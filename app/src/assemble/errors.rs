//! What the error book shows: its texts from [`detect::book`], and how often each code occurs here.

use std::collections::HashMap;

use detect::acts::Acts;
use detect::book::{self, Class, Known, Page};
use model::answer::Group;
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk};
use model::query::{Filter, Operator, Query, Range, take_parts};
use model::tab::Tabs;
use model::{Column, Noise, Outcome, Value, error_book};

use super::entity::lists::{self, ListOf};
use super::entity::window::Window;
use super::grid::tone;
use super::moments::Clock;
use super::sign_ins::PATH as BLADE;
use super::time_chart::{About, activity};
use super::time_scale::Scale;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::text::errors as text;
use crate::view::entity::{Choice, Number};
use crate::view::errors::{Article, Book, BookLine, Guidance, Seen};
use crate::view::safe_text::escaped;

/// The path of the book.
pub const PATH: &str = "/errors";
/// Most codes that are counted; more than there are.
const MOST_CODES: usize = 2_000;

/// Address of the page of a code.
pub fn address_of(code: i64) -> String {
    format!("{PATH}/{code}")
}

/// Where Microsoft explains a code.
pub fn lookup_of(code: i64) -> String {
    format!("https://login.microsoftonline.com/error?code={code}")
}

/// What an address asks of the book.
#[derive(Debug, Clone, PartialEq)]
pub struct BookAsk {
    window: Window,
    find: String,
    class: Option<Class>,
    acts: Option<Acts>,
    /// Whether codes that were not seen here are listed.
    is_all: bool,
    /// The page that is open.
    pub code: Option<i64>,
}

impl BookAsk {
    /// What a query string asks, with the page of a code open.
    pub fn of(query: &str, code: Option<i64>) -> BookAsk {
        let (own, rest) = take_parts(query, &["find", "class", "acts", "codes"]);
        let of = |name: &str| {
            let mut given = own.iter().filter(|(given, _)| given == name);
            given.next_back().map_or("", |(_, value)| value.trim())
        };
        BookAsk {
            window: Window::of(&rest),
            find: of("find").to_owned(),
            class: Class::of_id(of("class")),
            acts: Acts::of_id(of("acts")),
            is_all: of("codes") == "all",
            code,
        }
    }

    /// The one code that is looked for, where that is all that is.
    pub fn only_code(&self) -> Option<i64> {
        let found = book::find::find(&self.find);
        let [code] = found.codes.as_slice() else {
            return None;
        };
        Some(*code)
    }

    /// The same book with the page of a code open, and nothing looked for.
    pub fn at(&self, code: i64) -> BookAsk {
        BookAsk {
            find: String::new(),
            code: Some(code),
            ..self.clone()
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        let path = self.code.map_or_else(|| PATH.to_owned(), address_of);
        self.window.address(&path, &self.own_parts(true).join("&"))
    }

    fn own_parts(&self, with_find: bool) -> Vec<String> {
        let mut parts = Vec::new();
        if with_find && !self.find.is_empty() {
            parts.push(format!("find={}", escaped(&self.find)));
        }
        parts.extend(self.class.map(|class| format!("class={}", class.id())));
        parts.extend(self.acts.map(|acts| format!("acts={}", acts.id())));
        if self.is_all {
            parts.push("codes=all".to_owned());
        }
        parts
    }

    /// All sign-ins of the range, of every kind.
    fn query(&self) -> Query {
        Query {
            noise: Some(Noise::Workloads),
            ..self.window.query()
        }
    }

    /// Those with a code.
    fn of_code(&self, code: i64) -> Query {
        let column = Column::named("error_code");
        self.query()
            .with_filter(Filter::new(column, Operator::Equal, [code.to_string()]))
    }
}

/// The book. What cannot be counted is said, and the texts are there all the same.
pub async fn book(backend: &dyn Backend, ask: &BookAsk, clock: &Clock) -> Book {
    let (counted, failure) = match counted(backend, ask.query()).await {
        Ok(counted) => (counted, None),
        Err(error) => (
            Counted::default(),
            Some((UiError::from(error), ask.address())),
        ),
    };
    let article = match ask.code {
        Some(code) => Some(article(backend, ask, code, clock).await),
        None => None,
    };
    let known = error_book::entries().count();
    let seen = counted.by_code.len();
    Book {
        find: ask.find.clone(),
        hidden: hidden(ask),
        window: ask.window.bar(clock, |window| {
            BookAsk {
                window,
                ..ask.clone()
            }
            .address()
        }),
        seen: seen_choices(ask),
        classes: class_choices(ask),
        acts: acts_choices(ask),
        lines: lines(ask, &counted.by_code),
        numbers: (known, seen),
        list: BookAsk {
            code: None,
            ..ask.clone()
        }
        .address(),
        article,
        failure,
        is_from_lake: counted.is_from_lake,
    }
}

#[derive(Default)]
struct Counted {
    /// Sign-ins by code, without successes.
    by_code: HashMap<i64, u64>,
    is_from_lake: bool,
}

async fn counted(backend: &dyn Backend, query: Query) -> Result<Counted, BackendError> {
    let answered = backend.ask(grouped(query, false, false)).await?;
    let groups = answered.answer.groups.unwrap_or_default().groups;
    let by_code = groups.iter().filter_map(|group| match group.keys.first() {
        Some(Value::Integer(code)) if *code != 0 => Some((*code, group.rows)),
        _ => None,
    });
    Ok(Counted {
        by_code: by_code.collect(),
        is_from_lake: answered.is_from_lake,
    })
}

fn grouped(query: Query, users: bool, span: bool) -> Ask {
    let mut ask = Ask::of(query);
    ask.groups = Some(GroupAsk {
        by: vec![Column::named("error_code")],
        limit: MOST_CODES,
        users,
        span,
    });
    ask
}

/// The fields that the form of the search carries along.
fn hidden(ask: &BookAsk) -> Vec<(String, String)> {
    let without = BookAsk {
        find: String::new(),
        code: None,
        ..ask.clone()
    };
    let address = without.address();
    let (_, query) = address.split_once('?').unwrap_or_default();
    let parts = query.split('&').filter_map(|part| part.split_once('='));
    parts
        .map(|(name, value)| {
            (
                name.to_owned(),
                leptos_router::location::Url::unescape(value),
            )
        })
        .collect()
}

fn choice(words: &str, ask: BookAsk, is_present: bool) -> Choice {
    Choice {
        words: words.to_owned(),
        address: ask.address(),
        is_present,
    }
}

fn seen_choices(ask: &BookAsk) -> Vec<Choice> {
    [(text::SEEN_HERE, false), (text::ALL, true)]
        .map(|(words, is_all)| {
            let chosen = BookAsk {
                is_all,
                ..ask.clone()
            };
            choice(words, chosen, ask.is_all == is_all)
        })
        .to_vec()
}

fn class_choices(ask: &BookAsk) -> Vec<Choice> {
    let of = |words: &str, class: Option<Class>| {
        let chosen = BookAsk {
            class,
            ..ask.clone()
        };
        choice(words, chosen, ask.class == class)
    };
    let classes = Class::ALL
        .into_iter()
        .filter(|class| *class != Class::Success);
    let any = std::iter::once(of(text::ANY, None));
    any.chain(classes.map(|class| of(class.label(), Some(class))))
        .collect()
}

fn acts_choices(ask: &BookAsk) -> Vec<Choice> {
    let of = |words: &str, acts: Option<Acts>| {
        let chosen = BookAsk {
            acts,
            ..ask.clone()
        };
        choice(words, chosen, ask.acts == acts)
    };
    let any = std::iter::once(of(text::ANY, None));
    any.chain(
        Acts::ALL
            .into_iter()
            .map(|acts| of(acts.label(), Some(acts))),
    )
    .collect()
}

/// The codes that fit: what is looked for in its own order, else those seen most often first.
fn lines(ask: &BookAsk, by_code: &HashMap<i64, u64>) -> Vec<BookLine> {
    let found = book::find::find(&ask.find);
    let is_looked_for = !ask.find.is_empty();
    let mut codes: Vec<i64> = match is_looked_for {
        true => found.codes.into_iter().chain(found.pages).collect(),
        false => {
            let mut codes: Vec<i64> = match ask.is_all {
                true => error_book::entries()
                    .map(|entry| entry.code)
                    .filter(|code| *code != 0)
                    .collect(),
                false => Vec::new(),
            };
            codes.extend(
                by_code
                    .keys()
                    .filter(|code| !ask.is_all || error_book::entry(**code).is_none()),
            );
            let count = |code: &i64| by_code.get(code).copied().unwrap_or_default();
            codes.sort_by_key(|code| (std::cmp::Reverse(count(code)), *code));
            codes
        }
    };
    codes.retain(|code| fits(ask, *code));
    let line = |code: i64| {
        let page = book::page(code);
        let entry = error_book::entry(code);
        BookLine {
            code,
            title: entry
                .map_or(text::UNKNOWN_TITLE, |entry| entry.short)
                .to_owned(),
            about: about(code, page),
            count: by_code.get(&code).copied().unwrap_or_default(),
            address: BookAsk {
                code: Some(code),
                ..ask.clone()
            }
            .address(),
            is_present: ask.code == Some(code),
        }
    };
    codes.into_iter().map(line).collect()
}

fn fits(ask: &BookAsk, code: i64) -> bool {
    let guide = book::page(code).map(|page| page.guide);
    let is_of_class = ask
        .class
        .is_none_or(|class| guide.is_some_and(|guide| guide.class == class));
    let is_of_acts = ask
        .acts
        .is_none_or(|acts| guide.is_some_and(|guide| guide.acts == acts));
    is_of_class && is_of_acts
}

fn about(code: i64, page: Option<Page>) -> String {
    let outcome = Outcome::of_error_code(code).label();
    match page {
        None => outcome.to_owned(),
        Some(page) => {
            let acts = Some(page.guide.acts).filter(|acts| *acts != Acts::Nobody);
            text::about(outcome, acts.map(Acts::label))
        }
    }
}

/// The page of a code.
async fn article(backend: &dyn Backend, ask: &BookAsk, code: i64, clock: &Clock) -> Article {
    let outcome = Outcome::of_error_code(code);
    let page = book::page(code);
    Article {
        code,
        tone: tone(outcome),
        outcome: outcome.label(),
        title: page
            .map_or(text::UNKNOWN_TITLE, |page| page.entry.short)
            .to_owned(),
        name: page.and_then(|page| page.entry.name),
        guide: page.map(|page| guidance(ask, page)),
        seen: seen(backend, ask, code, clock).await.ok(),
        lookup: lookup_of(code),
    }
}

fn guidance(ask: &BookAsk, page: Page) -> Guidance {
    let Page { entry, guide } = page;
    let confused = guide.confused_with.iter().filter_map(|code| {
        let other = error_book::entry(*code)?;
        Some((*code, other.short, ask.at(*code).address()))
    });
    Guidance {
        means: guide.means.clone(),
        acts: guide.acts.label(),
        worry: guide.worry.label(),
        worry_note: guide.worry_note.clone(),
        tell: guide.tell.clone(),
        check: guide.check.clone(),
        confused_with: confused.collect(),
        doubt: match guide.certainty {
            Known::Documented => None,
            Known::Named => Some(text::NAMED_ONLY),
            Known::Unknown => Some(text::NUMBER_ONLY),
        },
        ticket: ticket(entry.code, entry.short, guide),
    }
}

/// The page as text.
fn ticket(code: i64, title: &str, guide: &book::Guide) -> String {
    let mut lines = vec![format!("AADSTS{code}: {title}"), guide.means.clone()];
    lines.push(format!("{}: {}", text::WHO_ACTS, guide.acts.label()));
    lines.extend(
        guide
            .tell
            .as_ref()
            .map(|tell| format!("{}: {tell}", text::TELL)),
    );
    lines.extend(guide.check.iter().map(|check| format!("- {check}")));
    lines.join("\n")
}

/// How often, since when, for whom and where it occurs.
async fn seen(
    backend: &dyn Backend,
    ask: &BookAsk,
    code: i64,
    clock: &Clock,
) -> Result<Seen, BackendError> {
    let query = ask.of_code(code);
    let ever = Query {
        range: Range::ALL,
        ..query.clone()
    };
    let ever = only_group(backend.ask(grouped(ever, false, true)).await?.answer.groups);
    let span = ever.and_then(|group| group.span);
    let (from, to) = ask.window.range.bounds(clock.now);
    let from = from.or(span.map(|span| span.first)).unwrap_or(clock.now);
    let scale = Scale::of_report(from, to.unwrap_or(clock.now), clock);
    let mut asked = grouped(query.clone(), true, false);
    asked.histogram = scale.as_ref().map(|scale| HistogramAsk {
        edges_micros: scale.edges_micros.clone(),
    });
    asked.facets = Some(FacetAsk {
        columns: ["username", "application", "ip_address"]
            .map(Column::named)
            .to_vec(),
        limit: 6,
        own_filters: true,
    });
    asked.tabs = Tabs::ALL;
    let answer = backend.ask(asked).await?.answer;
    let group = only_group(answer.groups);
    let rows = group.as_ref().map_or(0, |group| group.rows);
    let titles = [text::PEOPLE, text::APPLICATIONS, text::ADDRESSES];
    let lists = answer
        .facets
        .iter()
        .zip(titles)
        .filter_map(|(facet, title)| {
            let of = ListOf {
                column: facet.column.id,
                title,
                note: None,
            };
            lists::of_facet(of, facet, &query, rows)
        });
    Ok(Seen {
        number: Number {
            count: rows,
            address: query.to_address(BLADE),
        },
        people: group.and_then(|group| group.users).unwrap_or_default(),
        ever: span.map(|span| (clock.in_pane(span.first), clock.in_pane(span.last))),
        timeline: scale.filter(|_| rows > 0).map(|scale| {
            let page = |range| {
                let window = Window {
                    range,
                    ..ask.window
                };
                let narrower = BookAsk {
                    window,
                    ..ask.clone()
                };
                narrower.address()
            };
            let about = About {
                id: "activity",
                title: crate::text::entity::ACTIVITY.to_owned(),
                query: &query,
                scale: &scale,
                clock,
                page: Some(&page),
            };
            activity(&about, &answer.histogram, rows)
        }),
        lists: lists.collect(),
    })
}

fn only_group(groups: Option<model::answer::Groups>) -> Option<Group> {
    groups.unwrap_or_default().groups.into_iter().next()
}

/// What the book says of a code, for the pane of a sign-in.
pub fn guidance_of(code: i64) -> Option<Guidance> {
    let page = book::page(code)?;
    Some(guidance(&BookAsk::of("", None), page))
}
