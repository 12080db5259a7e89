//! Reading the record: by time, and by person, action, address and subject.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::{AccessEvent, COLUMNS, read};
use crate::store::{containing, each, storable};
use crate::{StateError, Store};

/// Rows that are looked through at most for one answer, where an index alone does not find what is asked for.
pub(super) const MOST_LOOKED_THROUGH: i64 = 20_000;

/// Which events are wanted. What is empty or `None` narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessAsk {
    /// Username, in any letter case.
    pub username: String,
    /// What was done.
    pub action: String,
    /// Where from.
    pub address: String,
    /// What stands somewhere in what it was done to, in any letter case.
    pub subject: String,
    /// First moment that counts, in milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// First moment that counts no more, in milliseconds since 1970.
    pub to_ms: Option<i64>,
    /// Only those before this one: its moment and number.
    pub before: Option<(i64, i64)>,
}

/// Some of the events that are wanted, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessPage {
    /// Each with its number.
    pub events: Vec<(i64, AccessEvent)>,
    /// Before which one to go on, as [`AccessAsk::before`]; `None` when these were the last.
    pub next: Option<(i64, i64)>,
}

/// A value of a statement.
enum Argument {
    Text(String),
    Number(i64),
}

/// Conditions with their values, which are numbered from 1.
#[derive(Default)]
struct Conditions {
    texts: Vec<String>,
    arguments: Vec<Argument>,
}

impl Conditions {
    /// Adds a condition; `{}` stands for each of its values.
    fn add(&mut self, condition: &str, arguments: impl IntoIterator<Item = Argument>) {
        let mut text = condition.to_owned();
        for argument in arguments {
            self.arguments.push(argument);
            text = text.replacen("{}", &format!("${}", self.arguments.len()), 1);
        }
        self.texts.push(text);
    }

    fn joined(&self) -> String {
        match self.texts.is_empty() {
            true => "1 = 1".to_owned(),
            false => self.texts.join(" and "),
        }
    }
}

fn bound<'a>(
    mut query: Query<'a, Any, AnyArguments>,
    arguments: &[Argument],
) -> Query<'a, Any, AnyArguments> {
    for argument in arguments {
        query = match argument {
            Argument::Text(text) => query.bind(text.clone()),
            Argument::Number(number) => query.bind(*number),
        };
    }
    query
}

impl Store {
    /// The newest events that are wanted, at most so many. What is asked for is found by an index as far as there is
    /// one; the rest is looked for in a bounded number of rows, so that a page may have few events, or none, and
    /// another one after it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_events(
        &self,
        ask: &AccessAsk,
        limit: i64,
    ) -> Result<AccessPage, StateError> {
        let (indexed, others) = conditions(ask);
        let mut reading = self.reading_together().await?;
        let order = "order by at_ms desc, number desc";
        let inner = format!(
            "select {COLUMNS} from access_event where {} {order}",
            indexed.joined()
        );
        let select = match others.texts.is_empty() {
            true => format!("{inner} limit {limit}"),
            false => format!(
                "select * from ({inner} limit {MOST_LOOKED_THROUGH}) as looked_at where {} {order} limit {limit}",
                others.joined()
            ),
        };
        let query = bound(sqlx::query(AssertSqlSafe(select)), &others.arguments);
        let rows = query.fetch_all(&mut *reading).await?;
        let kept = each(&rows, read)?;
        let events: Vec<(i64, AccessEvent)> = kept
            .into_iter()
            .map(|kept| (kept.number, kept.event))
            .collect();
        let is_full = i64::try_from(events.len()).unwrap_or(i64::MAX) >= limit;
        let next = match (is_full, others.texts.is_empty()) {
            (true, _) => events.last().map(|(number, event)| (event.at_ms, *number)),
            (false, true) => None,
            (false, false) => {
                let last = format!(
                    "select at_ms, number from access_event where {} {order} limit 1 offset {}",
                    indexed.joined(),
                    MOST_LOOKED_THROUGH - 1
                );
                let query = bound(sqlx::query(AssertSqlSafe(last)), &indexed.arguments);
                let last = query.fetch_optional(&mut *reading).await?;
                last.map(|row| {
                    use sqlx::Row;
                    Ok::<_, sqlx::Error>((row.try_get("at_ms")?, row.try_get("number")?))
                })
                .transpose()?
            }
        };
        Ok(AccessPage { events, next })
    }

    /// The event with a number, and its hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_event(
        &self,
        number: i64,
    ) -> Result<Option<(AccessEvent, String)>, StateError> {
        let select = format!("select {COLUMNS} from access_event where number = $1");
        let row = sqlx::query(AssertSqlSafe(select))
            .bind(number)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        let kept = row.as_ref().map(read).transpose()?;
        Ok(kept.map(|kept| (kept.event, kept.hash)))
    }
}

/// What an index finds: a stretch of time, of all, or of one person, address or action; and what remains, with the
/// values of both.
fn conditions(ask: &AccessAsk) -> (Conditions, Conditions) {
    let text = |text: &str| [Argument::Text(storable(text))];
    let mut equal = Vec::new();
    for (value, condition) in [
        (&ask.username, "lower(username) = lower({})"),
        (&ask.address, "address = {}"),
        (&ask.action, "action = {}"),
    ] {
        if !value.is_empty() {
            equal.push((condition, value));
        }
    }
    let mut equal = equal.into_iter();
    let mut indexed = Conditions::default();
    if let Some((condition, value)) = equal.next() {
        indexed.add(condition, text(value));
    }
    if let Some(from_ms) = ask.from_ms {
        indexed.add("at_ms >= {}", [Argument::Number(from_ms)]);
    }
    if let Some(to_ms) = ask.to_ms {
        indexed.add("at_ms < {}", [Argument::Number(to_ms)]);
    }
    if let Some((at_ms, number)) = ask.before {
        let before = [Argument::Number(at_ms), Argument::Number(number)];
        indexed.add("(at_ms, number) < ({}, {})", before);
    }
    let copies = indexed.arguments.iter().map(|argument| match argument {
        Argument::Text(text) => Argument::Text(text.clone()),
        Argument::Number(number) => Argument::Number(*number),
    });
    let mut others = Conditions {
        texts: Vec::new(),
        arguments: copies.collect(),
    };
    for (condition, value) in equal {
        others.add(condition, text(value));
    }
    if !ask.subject.is_empty() {
        let pattern = Argument::Text(containing(&ask.subject));
        others.add("lower(subject) like lower({}) escape '\\'", [pattern]);
    }
    (indexed, others)
}
