//! The page about one user, address or application.

use chrono::{DateTime, Duration, Utc};
use model::answer::{Answer, Facet, Page};
use model::gist::Gist;
use model::query::{Query, Range};
use model::tab::Tabs;
use model::{Column, Outcome, Tab, Value};

use super::address::{identifier_of, page_of};
use super::lists::{self, ListOf};
use super::merged::merged;
use super::scope::{self, LATEST, Scope};
use super::window::Window;
use crate::assemble::grid;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::assemble::time_chart::{About, activity};
use crate::assemble::time_scale::Scale;
use crate::backend::{Backend, BackendError};
use crate::text::entity as text;
use crate::view::entity::{
    BarList, Entity, Found, Identifier, Kind, LatestLine, Namesakes, Number, Totals,
};
use crate::view::safe_text::{MOST_IN_CELL, MOST_IN_PANE, shown};

/// Most people of one display name that are listed.
const MOST_NAMESAKES: usize = 100;
/// Most identifiers of one kind, and most other names, that a page shows.
const MOST_NAMES: usize = 5;

/// What there is of a name.
///
/// # Errors
/// Those of the backend.
pub async fn found(
    backend: &dyn Backend,
    kind: Kind,
    name: &str,
    window: Window,
    clock: &Clock,
) -> Result<Found, BackendError> {
    if let Some(scope) = scope::resolved(backend, kind, name, window).await? {
        let entity = entity(backend, &scope, window, clock).await?;
        return Ok(Found::Entity(Box::new(entity)));
    }
    if kind != Kind::User {
        return Ok(Found::Nothing);
    }
    let everything = Window {
        range: Range::ALL,
        ..window
    };
    let groups = scope::namesakes(backend, name, MOST_NAMESAKES).await?;
    if groups.groups.is_empty() {
        return Ok(Found::Nothing);
    }
    let people = groups.groups.iter().map(|group| {
        let of = |place: usize| {
            group
                .keys
                .get(place)
                .map(Value::to_text)
                .unwrap_or_default()
        };
        let (username, id) = (of(0), of(1));
        let path = page_of(kind, &username).or_else(|| page_of(kind, &id));
        let page = path.map(|path| everything.address(&path, ""));
        (
            shown(&username, MOST_IN_CELL),
            shown(&id, MOST_IN_CELL),
            page,
            group.rows,
        )
    });
    Ok(Found::Namesakes(Namesakes {
        name: shown(name, MOST_IN_CELL),
        people: people.collect(),
        all: groups.distinct,
    }))
}

async fn entity(
    backend: &dyn Backend,
    scope: &Scope,
    window: Window,
    clock: &Clock,
) -> Result<Entity, BackendError> {
    let query = scope.query(window);
    let first = scope.one(backend, window, false).await?;
    let (from, to) = window.range.bounds(clock.now);
    let from = from.or(first).unwrap_or(clock.now - Duration::days(1));
    let scale = Scale::of_report(from, to.unwrap_or(clock.now), clock);
    let columns = facet_columns(scope.kind);
    let edges = scale.as_ref().map(|scale| scale.edges_micros.clone());
    let answered = scope
        .ask(backend, window, columns, edges.unwrap_or_default())
        .await?;
    let answer = answered.answer;
    let totals = totals(&query, &answer);
    let latest = answer.page.as_ref();
    let last = latest.and_then(|page| page.rows.first().map(|row| row.date));
    let ever = match window.range {
        Range::ALL => None,
        _ => scope.ever(backend).await?,
    };
    let said = |(first, last)| (clock.in_pane(first), clock.in_pane(last));
    let (name, other_names) = names(scope, &answer);
    Ok(Entity {
        kind: scope.kind,
        name,
        other_names,
        identifiers: identifiers(scope, window, &answer),
        window: window.bar(clock, |window| page_address(scope, window)),
        blade: query.to_address(PATH),
        map: query.to_address(super::map::PATH),
        span: first.zip(last).map(said),
        ever: ever.map(said),
        elsewhere: elsewhere(backend, scope, window, last, clock).await?,
        timeline: scale.filter(|_| totals.all > 0).map(|scale| {
            let about = About {
                id: "activity",
                title: text::ACTIVITY.to_owned(),
                query: &query,
                scale: &scale,
                clock,
                page: Some(&|range| page_address(scope, Window { range, ..window })),
            };
            activity(&about, &answer.histogram, totals.all)
        }),
        lists: bar_lists(scope, &query, &answer, &totals),
        latest: latest.map_or_else(Vec::new, |page| {
            latest_lines(page, scope.kind, &query, clock)
        }),
        is_from_lake: answered.is_from_lake,
        totals,
    })
}

/// Address of this page over another stretch of time.
fn page_address(scope: &Scope, window: Window) -> String {
    let path = page_of(scope.kind, &scope.name).unwrap_or_default();
    window.address(&path, "")
}

/// When the range has none: the newest of all, and where the page shows all.
async fn elsewhere(
    backend: &dyn Backend,
    scope: &Scope,
    window: Window,
    last: Option<DateTime<Utc>>,
    clock: &Clock,
) -> Result<Option<(crate::view::grid::Moment, String)>, BackendError> {
    if last.is_some() {
        return Ok(None);
    }
    let everything = Window {
        range: Range::ALL,
        ..window
    };
    let newest = scope.one(backend, everything, true).await?;
    Ok(newest.map(|newest| (clock.in_pane(newest), page_address(scope, everything))))
}

/// The lists of a page, in their order.
fn list_columns(kind: Kind) -> Vec<ListOf> {
    let of = |column, title, note| ListOf {
        column,
        title,
        note,
    };
    let mut lists = vec![
        of("location", text::PLACES, Some(text::PLACES_NOTE)),
        of("application", text::APPLICATIONS, None),
        of("resource", text::RESOURCES, None),
        of("ip_address", text::ADDRESSES, None),
        of("service_principal_name", text::WORKLOADS, None),
        of("device_name", text::DEVICES, None),
        of("operating_system", text::SYSTEMS, None),
        of("browser", text::BROWSERS, None),
        of(
            "client_app",
            text::CLIENT_APPS,
            Some(text::CLIENT_APPS_NOTE),
        ),
        of("authentication_requirement", text::REQUIREMENTS, None),
        of(
            "authentication_methods",
            text::METHODS,
            Some(text::METHODS_NOTE),
        ),
        of("client_credential_type", text::CREDENTIALS, None),
        of("autonomous_system_number", text::NETWORKS, None),
    ];
    lists.retain(|list| match kind {
        Kind::User => !matches!(
            list.column,
            "application"
                | "service_principal_name"
                | "client_credential_type"
                | "autonomous_system_number"
        ),
        Kind::Address => !matches!(list.column, "ip_address" | "client_credential_type"),
        Kind::Application => !matches!(list.column, "application" | "autonomous_system_number"),
    });
    lists
}

/// What identifies it: column and label.
fn identity_columns(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::User => &[("user_id", text::USER_ID), ("username", text::USERNAME)],
        Kind::Address => &[("ip_address", text::ADDRESS)],
        Kind::Application => &[
            ("application_id", text::APPLICATION_ID),
            ("service_principal_id", text::SERVICE_PRINCIPAL_ID),
        ],
    }
}

/// Columns with the names of it.
fn name_columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::User => &["user"],
        Kind::Address => &[],
        Kind::Application => &["application", "service_principal_name"],
    }
}

fn facet_columns(kind: Kind) -> Vec<&'static Column> {
    let mut columns: Vec<&'static Column> = Vec::new();
    let listed = list_columns(kind).into_iter().map(|list| list.column);
    let identity = identity_columns(kind).iter().map(|(column, _)| *column);
    let names = name_columns(kind).iter().copied();
    for id in listed.chain(identity).chain(names).chain(["error_code"]) {
        if let Some(column) = Column::find(id).filter(|column| !columns.contains(column)) {
            columns.push(column);
        }
    }
    columns
}

fn facet<'a>(answer: &'a Answer, column: &str) -> Option<&'a Facet> {
    answer.facets.iter().find(|facet| facet.column.id == column)
}

/// The name that most of the sign-ins give, and the others.
fn names(scope: &Scope, answer: &Answer) -> (String, Vec<String>) {
    let all = name_columns(scope.kind)
        .iter()
        .filter_map(|column| facet(answer, column))
        .flat_map(|facet| facet.values.iter())
        .map(|(value, _)| shown(&value.to_text(), MOST_IN_CELL));
    let mut names: Vec<String> = Vec::new();
    for name in all.take(MOST_NAMES + 1) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.is_empty() {
        true => (shown(&scope.name, MOST_IN_CELL), names),
        false => (names.remove(0), names),
    }
}

fn identifiers(scope: &Scope, window: Window, answer: &Answer) -> Vec<Identifier> {
    let mut all = Vec::new();
    // The addresses of the sign-ins that name this one otherwise are others.
    let is_named = scope.kind != Kind::Address || scope.column.id == "ip_address";
    for (column, label) in identity_columns(scope.kind).iter().filter(|_| is_named) {
        let values = facet(answer, column).map_or(&[][..], |facet| &facet.values);
        for (value, _) in values.iter().take(MOST_NAMES) {
            let text = value.to_text();
            let is_own = *column == scope.column.id;
            all.push(Identifier {
                label,
                shown: shown(&text, MOST_IN_PANE),
                page: Column::find(column)
                    .filter(|_| !is_own)
                    .and_then(|column| window.page_of(column, value)),
                value: text,
            });
        }
    }
    if all.is_empty() {
        all.push(Identifier {
            label: text::looked_for_as(scope.column.id),
            value: scope.name.clone(),
            shown: shown(&scope.name, MOST_IN_PANE),
            page: None,
        });
    }
    all
}

fn totals(query: &Query, answer: &Answer) -> Totals {
    let Some(counts) = answer.counts else {
        return Totals::default();
    };
    let status = Column::named("status");
    let by_outcome = Outcome::ALL
        .into_iter()
        .zip(counts.by_outcome)
        .map(|(outcome, count)| {
            let filter =
                model::query::Filter::new(status, model::query::Operator::In, [outcome.as_str()]);
            (
                grid::tone(outcome),
                outcome.label(),
                lists::number(query, filter, count),
            )
        });
    let kinds = Tab::ALL.into_iter().filter_map(|tab| {
        let count = counts.of_tab(tab);
        let address = query.with_tab(tab).to_address(PATH);
        (count > 0).then(|| (text::kind_of_sign_in(tab), Number { count, address }))
    });
    Totals {
        all: counts.of_tabs(Tabs::ALL),
        by_outcome: by_outcome.collect(),
        kinds: kinds.collect(),
    }
}

fn bar_lists(scope: &Scope, query: &Query, answer: &Answer, totals: &Totals) -> Vec<BarList> {
    let mut all = Vec::new();
    let number_of = |outcome: Outcome| {
        totals
            .by_outcome
            .get(outcome.index())
            .map_or(0, |(_, _, number)| number.count)
    };
    if let Some(codes) = facet(answer, "error_code") {
        for outcome in [Outcome::Failure, Outcome::Interrupted] {
            all.extend(lists::of_codes(outcome, codes, query, number_of(outcome)));
        }
    }
    if let Some(groups) = &answer.groups {
        let by = scope::others(scope.kind);
        let (merged, nameless) = merged(groups, by);
        let of = ListOf {
            column: by[0].id,
            title: match scope.kind {
                Kind::User => text::APPLICATIONS,
                Kind::Address | Kind::Application => text::PEOPLE,
            },
            note: groups.is_too_many.then_some(text::TOO_MANY),
        };
        all.extend(lists::of_merged(of, &merged, nameless, query, totals.all));
    }
    for list in list_columns(scope.kind) {
        let facet = facet(answer, list.column);
        all.extend(facet.and_then(|facet| lists::of_facet(list, facet, query, totals.all)));
    }
    all
}

fn latest_lines(page: &Page, kind: Kind, query: &Query, clock: &Clock) -> Vec<LatestLine> {
    let lines = page.rows.iter().map(|row| {
        let value = |id: &str| {
            let place = LATEST.iter().position(|column| *column == id);
            place
                .and_then(|place| row.values.get(place))
                .cloned()
                .unwrap_or_default()
        };
        let words = |id: &str| shown(&value(id).to_text(), MOST_IN_CELL);
        // The first of some columns that has a value, with the page about it.
        let named = |ids: &[&'static str]| {
            let mut values = ids.iter().map(|id| (Column::named(id), value(id)));
            let Some((column, held)) = values.find(|(_, value)| !value.is_empty()) else {
                return (String::new(), None);
            };
            let identifier = identifier_of(column).map(|column| value(column.id));
            let page = Window::of_query(query).page_beside(column, &held, identifier.as_ref());
            (words(column.id), page)
        };
        let code = match value("error_code") {
            Value::Integer(code) => Some(code),
            _ => None,
        };
        let outcome = value("status").as_text().and_then(|text| text.parse().ok());
        let outcome: Outcome = outcome
            .or(code.map(Outcome::of_error_code))
            .unwrap_or(Outcome::Interrupted);
        LatestLine {
            date: clock.in_grid(row.date),
            address: query.with_row(&row.request_id).to_address(PATH),
            tone: grid::tone(outcome),
            status: outcome.label().to_owned(),
            who: match kind {
                Kind::User => named(&["ip_address"]),
                _ => named(&["user", "username", "service_principal_name"]),
            },
            what: match kind {
                Kind::Application => named(&["ip_address"]),
                _ => named(&["application", "service_principal_name"]),
            },
            reason: grid::reason(
                code,
                value("verdict").as_text().and_then(Gist::of_id),
                value("deciding_policy").as_text(),
            ),
            location: words("location"),
        }
    });
    lines.collect()
}
