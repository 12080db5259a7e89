//! The lists of users, applications and groups with their sign-ins in a stretch of time.

use std::cmp::Ordering;

use model::ask::{Ask, GroupAsk};
use model::column::GROUP;
use model::query::{Filter, Operator, Query, take_parts};
use model::{Column, Noise, Outcome, Value, answer};

use super::groups;
use super::lists::{length, number};
use super::merged::{Merged, merged};
use super::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::groups::GroupSeen;
use crate::text::{entity as text, groups as words};
use crate::view::entity::{Directory, DirectoryHeader, DirectoryLine, Kind, Listed, Number};
use crate::view::safe_text::{MOST_IN_CELL, escaped, shown};

/// Lines of a page.
const LINES: usize = 50;

/// What the lines are in the order of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    All,
    Failures,
    Last,
}

impl By {
    const ALL: [By; 4] = [By::Name, By::All, By::Failures, By::Last];

    const fn as_str(self) -> &'static str {
        match self {
            By::Name => "name",
            By::All => "signins",
            By::Failures => "failures",
            By::Last => "last",
        }
    }
}

/// What an address asks of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectoryAsk {
    listed: Listed,
    window: Window,
    find: String,
    by: By,
    descending: bool,
    /// From 1.
    page: usize,
}

impl DirectoryAsk {
    /// What a query string asks.
    pub fn of(listed: Listed, query: &str) -> DirectoryAsk {
        let (own, rest) = take_parts(query, &["find", "order", "page"]);
        let of = |name: &str| {
            let mut given = own.iter().filter(|(given, _)| given == name);
            given.next_back().map(|(_, value)| value.as_str())
        };
        let order = of("order").unwrap_or("-signins");
        let word = order.strip_prefix('-').unwrap_or(order);
        let by = By::ALL.into_iter().find(|by| by.as_str() == word);
        DirectoryAsk {
            listed,
            window: Window::of(&rest),
            find: of("find").unwrap_or_default().trim().to_owned(),
            by: by.unwrap_or(By::All),
            descending: by.is_none() || order.starts_with('-'),
            page: of("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .max(1),
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        let mut parts = Vec::new();
        if !self.find.is_empty() {
            parts.push(format!("find={}", escaped(&self.find)));
        }
        if (self.by, self.descending) != (By::All, true) {
            parts.push(format!("order={}", self.order()));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        self.window.address(&self.listed.path(), &parts.join("&"))
    }

    fn order(&self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.by.as_str())
    }

    /// The sign-ins that the list is about.
    pub(super) fn query(&self) -> Query {
        let query = Query {
            noise: Some(match self.listed {
                Listed::Applications => Noise::Workloads,
                // Only people have usernames.
                Listed::Users | Listed::Groups | Listed::Members(_) => Noise::Silent,
            }),
            ..self.window.query()
        };
        match &self.listed {
            Listed::Members(group) => query.with_filter(of_group(group)),
            _ => query,
        }
    }

    fn columns(&self) -> [&'static Column; 2] {
        match self.listed {
            Listed::Applications => [
                Column::named("application_id"),
                Column::named("application"),
            ],
            Listed::Users | Listed::Groups | Listed::Members(_) => {
                [Column::named("username"), Column::named("user")]
            }
        }
    }
}

impl Listed {
    /// The path of the list.
    pub fn path(&self) -> String {
        match self {
            Listed::Users => Kind::User.path().to_owned(),
            Listed::Applications => Kind::Application.path().to_owned(),
            Listed::Groups => groups::PATH.to_owned(),
            Listed::Members(group) => groups::page_of(group).unwrap_or_default(),
        }
    }
}

/// The filter by a group.
pub(super) fn of_group(word: &str) -> Filter {
    Filter::new(&GROUP, Operator::Equal, [word])
}

/// The list that is asked for.
pub async fn directory(backend: &dyn Backend, ask: &DirectoryAsk, clock: &Clock) -> Directory {
    let mut directory = empty(ask, clock);
    if ask.listed == Listed::Groups {
        match backend.groups(&ask.query()).await {
            Ok(groups) => fill_groups(&mut directory, &groups, ask, clock),
            Err(error) => directory.failure = Some((UiError::from(error), ask.address())),
        }
        return directory;
    }
    match answer(backend, ask).await {
        Ok((Some(answer), is_from_lake)) => {
            directory.is_from_lake = is_from_lake;
            fill(&mut directory, answer, ask, clock);
        }
        Ok((None, _)) => directory.is_too_many = true,
        Err(error) => directory.failure = Some((UiError::from(error), ask.address())),
    }
    directory
}

type Merging = (Vec<Merged>, u64);

/// All there are, and how many sign-ins name none; `None` when there are too many.
async fn answer(
    backend: &dyn Backend,
    asked: &DirectoryAsk,
) -> Result<(Option<Merging>, bool), BackendError> {
    let by = asked.columns();
    let grouped = async |by: [&'static Column; 2], query: Query| {
        let mut ask = Ask::of(query);
        ask.groups = Some(GroupAsk {
            by: by.to_vec(),
            limit: answer::MOST_GROUPS,
            users: false,
            span: true,
        });
        backend.ask(ask).await
    };
    let answered = grouped(by, asked.query()).await?;
    let is_from_lake = answered.is_from_lake;
    let groups = answered.answer.groups.unwrap_or_default();
    if groups.is_too_many {
        return Ok((None, is_from_lake));
    }
    let (mut all, nameless) = merged(&groups, by);
    if asked.listed == Listed::Applications && all.iter().any(|one| one.name.is_none()) {
        // Workloads are named by their service principal.
        let name = Column::named("service_principal_name");
        let filter = Filter::new(name, Operator::NotEmpty, Vec::<String>::new());
        let by = [by[0], name];
        let named = grouped(by, asked.query().with_filter(filter)).await?;
        let (named, _) = merged(&named.answer.groups.unwrap_or_default(), by);
        for one in all.iter_mut().filter(|one| one.name.is_none()) {
            let mut same = named
                .iter()
                .filter(|other| other.key.eq_ignore_ascii_case(&one.key));
            one.name = same.next().and_then(|other| other.name.clone());
        }
    }
    Ok((Some((all, nameless)), is_from_lake))
}

fn empty(ask: &DirectoryAsk, clock: &Clock) -> Directory {
    let with = |window: Window| DirectoryAsk {
        window,
        page: 1,
        ..ask.clone()
    };
    let window = ask.window.to_text();
    let mut hidden: Vec<(String, String)> = take_parts(&window, &["range", "from", "to", "tz"]).0;
    if (ask.by, ask.descending) != (By::All, true) {
        hidden.push(("order".to_owned(), ask.order()));
    }
    Directory {
        listed: ask.listed.clone(),
        path: ask.listed.path(),
        group: None,
        imported: Vec::new(),
        window: ask.window.bar(clock, |window| with(window).address()),
        find: ask.find.clone(),
        hidden,
        reset: (!ask.find.is_empty()).then(|| {
            DirectoryAsk {
                find: String::new(),
                page: 1,
                ..ask.clone()
            }
            .address()
        }),
        headers: headers(ask),
        lines: Vec::new(),
        first: 1,
        matching: 0,
        all: 0,
        nameless: None,
        before: None,
        after: None,
        is_too_many: false,
        failure: None,
        is_from_lake: false,
    }
}

fn fill(
    directory: &mut Directory,
    (mut all, nameless): Merging,
    ask: &DirectoryAsk,
    clock: &Clock,
) {
    directory.all = all.len() as u64;
    directory.nameless = (nameless > 0).then(|| {
        let mut query = ask.query();
        for column in ask.columns() {
            query = query.with_filter(Filter::new(column, Operator::Empty, Vec::<String>::new()));
        }
        Number {
            count: nameless,
            address: query.to_address(PATH),
        }
    });
    put_in_order(&mut all, ask);
    directory.matching = all.len() as u64;
    let query = ask.query();
    let lines = turned(directory, all, ask);
    directory.lines = lines.iter().map(|one| line(one, &query, clock)).collect();
}

/// Groups as lines: the same numbers under their names.
fn fill_groups(directory: &mut Directory, groups: &[GroupSeen], ask: &DirectoryAsk, clock: &Clock) {
    directory.all = groups.len() as u64;
    let merged = |group: &GroupSeen| {
        let numbers = group.numbers.clone().unwrap_or_default();
        Merged {
            column: &GROUP,
            key: group.word().to_owned(),
            name: Some(group.name.clone()),
            rows: numbers.sign_ins,
            by_outcome: numbers.by_outcome,
            last: numbers.last,
        }
    };
    let mut all: Vec<Merged> = groups.iter().map(merged).collect();
    put_in_order(&mut all, ask);
    directory.matching = all.len() as u64;
    let query = ask.query();
    let lines = turned(directory, all, ask);
    directory.lines = lines
        .iter()
        .map(|one| {
            let mut group = groups.iter().filter(|group| group.word() == one.key);
            let people = group.next().map_or(0, |group| group.people);
            let path = groups::page_of(&one.key);
            DirectoryLine {
                page: path.map(|path| ask.window.address(&path, "")),
                second: words::people(people),
                ..line(one, &query, clock)
            }
        })
        .collect();
    directory.is_too_many = groups.iter().any(|group| group.numbers.is_none());
}

/// Leaves what is searched for, in the order asked for.
fn put_in_order(all: &mut Vec<Merged>, ask: &DirectoryAsk) {
    let wanted = ask.find.to_lowercase();
    all.retain(|one| {
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        has(&one.key) || one.name.as_deref().is_some_and(has)
    });
    all.sort_by(|left, right| {
        let order = compared(left, right, ask.by);
        let order = if ask.descending {
            order.reverse()
        } else {
            order
        };
        order.then_with(|| left.key.cmp(&right.key))
    });
}

/// The lines of the page asked for, and where the pages beside it are.
fn turned(directory: &mut Directory, all: Vec<Merged>, ask: &DirectoryAsk) -> Vec<Merged> {
    let last_page = all.len().div_ceil(LINES).max(1);
    let page = ask.page.min(last_page);
    let start = (page - 1) * LINES;
    let at = |page: usize| {
        DirectoryAsk {
            page,
            ..ask.clone()
        }
        .address()
    };
    directory.first = start as u64 + 1;
    directory.before = (page > 1).then(|| at(page - 1));
    directory.after = (page < last_page).then(|| at(page + 1));
    all.into_iter().skip(start).take(LINES).collect()
}

fn compared(left: &Merged, right: &Merged, by: By) -> Ordering {
    let name = |one: &Merged| one.name.as_deref().unwrap_or(&one.key).to_lowercase();
    match by {
        By::Name => name(left).cmp(&name(right)),
        By::All => left.rows.cmp(&right.rows),
        By::Failures => left.failures().cmp(&right.failures()),
        By::Last => left.last.cmp(&right.last),
    }
}

fn line(one: &Merged, query: &Query, clock: &Clock) -> DirectoryLine {
    let own = query.with_filter(Filter::new(one.column, Operator::Equal, [one.key.clone()]));
    let failed = Filter::new(
        Column::named("status"),
        Operator::In,
        [Outcome::Failure.as_str()],
    );
    let success = one.by_outcome[Outcome::Success.index()];
    DirectoryLine {
        name: shown(one.name.as_deref().unwrap_or(&one.key), MOST_IN_CELL),
        page: Window::of_query(query).page_of(one.column, &Value::Text(one.key.clone())),
        second: shown(&one.key, MOST_IN_CELL),
        all: Number {
            count: one.rows,
            address: own.to_address(PATH),
        },
        failures: number(&own, failed, one.failures()),
        rate: text::share(success, one.rows),
        rate_lengths: [success, one.rows - one.failures()].map(|part| length(part, one.rows)),
        last: one.last.map(|last| clock.in_grid(last)),
    }
}

fn headers(ask: &DirectoryAsk) -> Vec<DirectoryHeader> {
    let sortable = |label, is_number, by: By| {
        let is_present = ask.by == by;
        // Most first is what one wants of numbers and moments, A to Z of names.
        let descending = if is_present {
            !ask.descending
        } else {
            by != By::Name
        };
        DirectoryHeader {
            label,
            is_number,
            address: Some(
                DirectoryAsk {
                    by,
                    descending,
                    page: 1,
                    ..ask.clone()
                }
                .address(),
            ),
            sorted: is_present.then_some(if ask.descending {
                "descending"
            } else {
                "ascending"
            }),
        }
    };
    let plain = |label, is_number| DirectoryHeader {
        label,
        is_number,
        address: None,
        sorted: None,
    };
    let second = match ask.listed {
        Listed::Users | Listed::Members(_) => text::USERNAME,
        Listed::Applications => text::APPLICATION_ID,
        Listed::Groups => words::PEOPLE,
    };
    vec![
        sortable(text::NAME, false, By::Name),
        plain(second, false),
        sortable(text::SIGN_INS, true, By::All),
        sortable(text::FAILED, true, By::Failures),
        plain(text::SUCCESS_RATE, true),
        sortable(text::LAST_SEEN, true, By::Last),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_written_and_read_back() {
        for address in [
            "/users",
            "/users?range=7d&find=ann%20lee",
            "/users?tz=utc&order=name&page=3",
            "/users?order=-failures",
            "/users?order=signins",
        ] {
            let query = address.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(DirectoryAsk::of(Listed::Users, query).address(), address);
        }
        let odd = DirectoryAsk::of(Listed::Users, "order=colour&page=0&find=");
        assert_eq!(odd.address(), "/users");
        let members = DirectoryAsk::of(Listed::Members("a/b".to_owned()), "page=2");
        assert_eq!(members.address(), "/groups/a~2Fb?page=2");
    }
}
