//! What a name in an address means: which column of the sign-ins it is looked for in.

use chrono::{DateTime, Utc};
use model::answer::Groups;
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk, PageAsk};
use model::query::{Filter, Operator, Query, Range, Sort};
use model::{Column, Noise};

use super::window::Window;
use crate::backend::{Answered, Backend, BackendError};
use crate::view::entity::Kind;

/// Sign-ins of one user, address or application.
#[derive(Debug, Clone)]
pub struct Scope {
    /// What it is.
    pub kind: Kind,
    /// The column that has its name.
    pub column: &'static Column,
    /// The name.
    pub name: String,
}

/// Columns in which a name is looked for, in this order. Never a person's display name: several people may
/// have the same.
pub fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::User => &["user_id", "username"],
        Kind::Address => &[
            "ip_address",
            "ip_address_from_resource",
            "global_secure_access_ip_address",
        ],
        Kind::Application => &[
            "application_id",
            "application",
            "service_principal_id",
            "service_principal_name",
        ],
    }
}

/// Columns of identifier and name by which the others in its sign-ins are listed: the applications of a person,
/// the people of all else.
pub fn others(kind: Kind) -> [&'static Column; 2] {
    match kind {
        Kind::User => [
            Column::named("application_id"),
            Column::named("application"),
        ],
        Kind::Address | Kind::Application => [Column::named("username"), Column::named("user")],
    }
}

/// Columns of the newest sign-ins on the page.
pub const LATEST: [&str; 13] = [
    "status",
    "error_code",
    "verdict",
    "deciding_policy",
    "user",
    "username",
    "user_id",
    "application",
    "application_id",
    "service_principal_name",
    "service_principal_id",
    "ip_address",
    "location",
];
/// How many of them.
const LATEST_ROWS: usize = 10;
/// Most values of each facet that are looked at; all error codes of one thing are among them.
const FACET_VALUES: usize = 200;

impl Scope {
    /// Its sign-ins over a stretch of time, as the blade shows them.
    pub fn query(&self, window: Window) -> Query {
        window.query().with_filter(Filter::new(
            self.column,
            Operator::Equal,
            [self.name.clone()],
        ))
    }

    /// Asks for everything that the page shows but the first moment, in one look.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn ask(
        &self,
        backend: &dyn Backend,
        window: Window,
        facets: Vec<&'static Column>,
        edges_micros: Vec<i64>,
    ) -> Result<Answered, BackendError> {
        let mut ask = Ask::of(self.query(window));
        ask.counts = true;
        ask.outcomes = true;
        ask.page = Some(PageAsk {
            columns: LATEST.iter().filter_map(|id| Column::find(id)).collect(),
            limit: LATEST_ROWS,
            skip: 0,
        });
        ask.histogram = Some(HistogramAsk { edges_micros });
        ask.facets = Some(FacetAsk {
            columns: facets,
            limit: FACET_VALUES,
            own_filters: true,
        });
        ask.groups = Some(GroupAsk {
            by: others(self.kind).to_vec(),
            limit: model::answer::MOST_GROUPS,
            users: false,
            span: false,
        });
        backend.ask(ask).await
    }

    /// One row of the sign-ins of a stretch of time: the oldest, or the newest.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn one(
        &self,
        backend: &dyn Backend,
        window: Window,
        newest: bool,
    ) -> Result<Option<DateTime<Utc>>, BackendError> {
        let answered = backend.ask(self.ask_one(window, newest)).await?;
        Ok(date_of(answered))
    }

    /// The first and the last moment of all time; `None` where the lake would have to be read for that.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn ever(
        &self,
        backend: &dyn Backend,
    ) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, BackendError> {
        let everything = Window {
            range: Range::ALL,
            ..Window::default()
        };
        let mut moments = [None; 2];
        for (moment, newest) in moments.iter_mut().zip([false, true]) {
            let answered = backend.ask_memory(self.ask_one(everything, newest)).await?;
            *moment = answered.and_then(date_of);
        }
        let [first, last] = moments;
        Ok(first.zip(last))
    }

    fn ask_one(&self, window: Window, newest: bool) -> Ask {
        let sort = Sort {
            descending: newest,
            ..Sort::default()
        };
        let mut ask = Ask::of(self.query(window).with_sort(sort));
        ask.page = Some(PageAsk {
            columns: Vec::new(),
            limit: 1,
            skip: 0,
        });
        ask
    }
}

/// Moment of the first row.
fn date_of(answered: Answered) -> Option<DateTime<Utc>> {
    let page = answered.answer.page?;
    page.rows.first().map(|row| row.date)
}

/// What a name means: the first of the columns in which some sign-in of that time has it, or of any time.
///
/// # Errors
/// Those of the backend.
pub async fn resolved(
    backend: &dyn Backend,
    kind: Kind,
    name: &str,
    window: Window,
) -> Result<Option<Scope>, BackendError> {
    let everything = Window {
        range: Range::ALL,
        ..window
    };
    let mut windows = vec![window];
    if window != everything {
        windows.push(everything);
    }
    for window in windows {
        for column in columns(kind) {
            let scope = Scope {
                kind,
                column: Column::named(column),
                name: name.to_owned(),
            };
            if scope.one(backend, window, true).await?.is_some() {
                return Ok(Some(scope));
            }
        }
    }
    Ok(None)
}

/// The people of any time who have a display name: their usernames and identifiers.
///
/// # Errors
/// Those of the backend.
pub async fn namesakes(
    backend: &dyn Backend,
    name: &str,
    limit: usize,
) -> Result<Groups, BackendError> {
    let query = Query {
        noise: Some(Noise::Silent),
        range: Range::ALL,
        ..Query::default()
    };
    let filter = Filter::new(Column::named("user"), Operator::Equal, [name]);
    let mut ask = Ask::of(query.with_filter(filter));
    ask.groups = Some(GroupAsk {
        by: vec![Column::named("username"), Column::named("user_id")],
        limit,
        users: false,
        span: false,
    });
    Ok(backend.ask(ask).await?.answer.groups.unwrap_or_default())
}
