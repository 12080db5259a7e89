//! What the endpoints read from a query string: the query of the page's address, and parameters of their own
//! beside it.
//!
//! A part of the query that cannot be read is told with the answer; a parameter that cannot be read is
//! refused, since the answer would be one to another question, and so is a cursor: whoever follows `next`
//! would get the first page again, for ever.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use model::ask::Ask;
use model::column::ValueType;
use model::query::{Range, take_parts};
use model::tab::Tabs;
use model::{Column, Query, Tab, Value, present};
use serde::Serialize;

use super::{ApiError, Result};
use crate::answering::AnswerSource;
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// The parameter that every endpoint has.
const TABS: &str = "tabs";
/// Most characters of a parameter that a refusal repeats.
const REPEATED_CHARACTERS: usize = 80;

/// A question as it came.
pub struct Asked {
    /// Which sign-ins, as it was asked.
    pub query: Query,
    /// The same as the log understands it.
    meant: Query,
    /// What whoever asks sees.
    pub sighted: Sighted,
    /// Of which kinds.
    pub tabs: Tabs,
    problems: Vec<String>,
    own: Vec<(String, String)>,
}

/// What goes with every answer.
#[derive(Serialize)]
pub struct Meta {
    /// Parts of the query that could not be read.
    problems: Vec<String>,
    source: AnswerSource,
    /// How long that took, in milliseconds, without waiting for a turn.
    engine_ms: f64,
}

/// How sign-ins ended.
#[derive(Serialize)]
pub struct Outcomes {
    success: u64,
    failure: u64,
    interrupted: u64,
}

impl From<[u64; 3]> for Outcomes {
    fn from([success, failure, interrupted]: [u64; 3]) -> Outcomes {
        Outcomes {
            success,
            failure,
            interrupted,
        }
    }
}

impl Asked {
    /// Reads the query string of an endpoint that has parameters of these names, for whoever asks.
    ///
    /// # Errors
    /// When a parameter cannot be read, or the answer would tell more than whoever asks sees.
    pub async fn read(
        backend: &LakeBackend,
        sighted: &Sighted,
        text: Option<&str>,
        names: &[&str],
    ) -> Result<Asked> {
        let mut asked = Asked::parse(text, names)?;
        asked.meant = sighted.meant(backend, &asked.query).await?;
        asked.sighted = sighted.clone();
        Ok(asked)
    }

    /// The same for somebody who sees everything.
    pub fn parse(text: Option<&str>, names: &[&str]) -> Result<Asked> {
        let names: Vec<&str> = names.iter().copied().chain([TABS]).collect();
        let (own, rest) = take_parts(text.unwrap_or_default(), &names);
        let (query, problems) = Query::parse(&rest);
        if let Some(problem) = problems.iter().find(|problem| problem.is_of_place()) {
            let wrong = &problem.message;
            return Err(ApiError::BadRequest(format!(
                "`after` cannot be read: {wrong}; take it from `meta.next` as it is, or leave it out"
            )));
        }
        let mut asked = Asked {
            tabs: query.tabs(),
            meant: query.clone(),
            query,
            sighted: Sighted::all(),
            problems: problems.iter().map(ToString::to_string).collect(),
            own,
        };
        if let Some(words) = asked.word(TABS) {
            asked.tabs = tabs(words)?;
        }
        Ok(asked)
    }

    /// Refuses a query of which a part could not be read: what is asked without it is more than was meant.
    pub fn require_whole(&self) -> Result<()> {
        match self.problems.first() {
            None => Ok(()),
            Some(problem) => Err(ApiError::BadRequest(format!(
                "a part of the query cannot be read: {problem}"
            ))),
        }
    }

    /// What a parameter says; of several the last. A blank one says nothing.
    pub fn word(&self, name: &str) -> Option<&str> {
        let mut given = self.own.iter().filter(|(given, _)| given == name);
        let (_, value) = given.next_back()?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a parameter is `true`; without it, it is not.
    pub fn flag(&self, name: &str) -> Result<bool> {
        match self.word(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(refused(name, "true or false", other)),
        }
    }

    /// Whether the parameter `format` asks for a file.
    pub fn is_file(&self) -> Result<bool> {
        match self.word("format") {
            None | Some("json") => Ok(false),
            Some("csv") => Ok(true),
            Some(other) => Err(refused("format", "json or csv", other)),
        }
    }

    /// The parameter `limit`.
    pub fn limit(&self, without: usize, most: usize) -> Result<usize> {
        let Some(word) = self.word("limit") else {
            return Ok(without);
        };
        let wanted = format!("a whole number from 1 to {most}");
        usize::from_str(word)
            .ok()
            .filter(|limit| (1..=most).contains(limit))
            .ok_or_else(|| refused("limit", wanted, word))
    }

    /// The columns that a parameter names, each once; only such that can be counted by.
    pub fn columns(&self, name: &str, most: usize) -> Result<Vec<&'static Column>> {
        let missing = || {
            ApiError::BadRequest(format!(
                "`{name}` is missing; name one to {most} columns, joined by commas"
            ))
        };
        let mut columns: Vec<&'static Column> = Vec::new();
        for id in self.word(name).ok_or_else(missing)?.split(',') {
            let column = match Column::find(id.trim()) {
                Some(column) if column.is_stored() => column,
                Some(column) => {
                    return Err(ApiError::BadRequest(format!(
                        "`{}` is worked out when it is shown and cannot be counted by; take `error_code`",
                        column.id
                    )));
                }
                None if id.trim().is_empty() => continue,
                None => return Err(ApiError::BadRequest(Column::unknown(&shortened(id.trim())))),
            };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.len() > most {
            return Err(ApiError::BadRequest(format!(
                "`{name}` names {} columns; name at most {most}",
                columns.len()
            )));
        }
        if columns.is_empty() {
            return Err(missing());
        }
        self.sighted.shown(columns.iter().copied())?;
        Ok(columns)
    }

    /// The columns of the query that whoever asks may see.
    pub fn shown_columns(&self) -> Vec<&'static Column> {
        let shown = self.query.shown_columns().into_iter();
        shown
            .filter(|column| self.sighted.sight.shows(column))
            .collect()
    }

    /// Asks nothing yet.
    pub fn ask(&self) -> Ask {
        let mut ask = Ask::of(self.meant.clone());
        ask.tabs = self.tabs;
        ask
    }

    /// The tabs as the parameter writes them; `None` when they are those without it.
    pub fn tabs_text(&self) -> Option<String> {
        if self.tabs == self.query.tabs() {
            return None;
        }
        if self.tabs == Tabs::ALL {
            return Some("all".to_owned());
        }
        let words: Vec<_> = named(self.tabs).map(Tab::as_str).collect();
        Some(words.join(","))
    }

    /// What goes with the answer.
    pub fn meta(self, source: AnswerSource, engine_ms: f64) -> Meta {
        Meta {
            problems: self.problems,
            source,
            // To the microsecond: more is noise.
            engine_ms: (engine_ms * 1_000.0).round() / 1_000.0,
        }
    }
}

/// Replaces a range that goes back from now by one between moments, so that everything that is asked later
/// is asked about the same stretch of time.
pub fn fix_range(query: &mut Query, now: DateTime<Utc>) {
    let (from, to) = query.range.bounds(now);
    query.range = Range::Between { from, to };
}

/// The tabs of a set, in the portal's order.
pub fn named(tabs: Tabs) -> impl Iterator<Item = Tab> {
    Tab::ALL.into_iter().filter(move |tab| tabs.has(*tab))
}

/// A refusal of a parameter.
pub fn refused(name: &str, wanted: impl Display, given: &str) -> ApiError {
    ApiError::BadRequest(format!(
        "`{name}` is {wanted}; `{}` is not",
        shortened(given)
    ))
}

/// A value that sign-ins were counted by. Lists are counted item by item, so such a value is an item.
pub fn counted(column: &Column, value: &Value) -> serde_json::Value {
    match (value, column.value_type) {
        (Value::Text(item), ValueType::List) => item.as_str().into(),
        _ => column.json(value),
    }
}

fn tabs(words: &str) -> Result<Tabs> {
    if words.eq_ignore_ascii_case("all") {
        return Ok(Tabs::ALL);
    }
    words.split(',').try_fold(Tabs::NONE, |tabs, word| {
        let tab = Tab::parse(word).ok_or_else(|| {
            let known = Tab::ALL.map(Tab::as_str).join(", ");
            refused(
                TABS,
                format!("all, or some of {known}, joined by commas"),
                word,
            )
        })?;
        Ok(tabs.and(Tabs::only(tab)))
    })
}

fn shortened(text: &str) -> String {
    present::shortened(text, REPEATED_CHARACTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Asked {
        Asked::parse(Some(text), &["limit", "columns", "users"]).expect("readable")
    }

    fn refusal<T>(outcome: Result<T>) -> String {
        outcome.err().expect("a refusal").to_string()
    }

    #[test]
    fn parameters_are_no_part_of_the_query() {
        let asked = read("limit=5&f=user:eq:ann&tabs=all&colour=red");
        assert_eq!(asked.limit(100, 1_000).expect("a limit"), 5);
        assert_eq!(asked.tabs, Tabs::ALL);
        assert_eq!(asked.query.filters.len(), 1);
        assert_eq!(asked.problems, ["colour=red: not a part of a query"]);
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let asked = read("tab=noninteractive&limit=&tabs=+");
        assert_eq!(asked.limit(100, 1_000).expect("a limit"), 100);
        assert_eq!(asked.tabs, Tabs::NON_INTERACTIVE);
        assert_eq!(asked.tabs_text(), None);
        assert!(!asked.flag("users").expect("a flag"));
    }

    #[test]
    fn tabs_are_words_joined_by_commas() {
        let asked = read("tabs=managedidentity,+Interactive");
        assert_eq!(asked.tabs, Tabs::INTERACTIVE.and(Tabs::MANAGED_IDENTITY));
        assert_eq!(
            asked.tabs_text().as_deref(),
            Some("interactive,managedidentity")
        );
        assert_eq!(read("tabs=all").tabs_text().as_deref(), Some("all"));
        assert_eq!(
            refusal(Asked::parse(Some("tabs=audit"), &[])),
            "`tabs` is all, or some of interactive, noninteractive, serviceprincipal, managedidentity, \
             joined by commas; `audit` is not"
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_way_out() {
        for (text, expected) in [
            (
                "limit=0",
                "`limit` is a whole number from 1 to 50; `0` is not",
            ),
            (
                "limit=51",
                "`limit` is a whole number from 1 to 50; `51` is not",
            ),
            (
                "limit=-1",
                "`limit` is a whole number from 1 to 50; `-1` is not",
            ),
        ] {
            assert_eq!(refusal(read(text).limit(10, 50)), expected);
        }
        assert_eq!(
            refusal(read("users=yes").flag("users")),
            "`users` is true or false; `yes` is not"
        );
        for (text, expected) in [
            (
                "",
                "`columns` is missing; name one to 2 columns, joined by commas",
            ),
            (
                "columns=,",
                "`columns` is missing; name one to 2 columns, joined by commas",
            ),
            ("columns=userr", "no column `userr`; did you mean `user`?"),
            (
                "columns=city,user,state",
                "`columns` names 3 columns; name at most 2",
            ),
            (
                "columns=reason",
                "`reason` is worked out when it is shown and cannot be counted by; take `error_code`",
            ),
        ] {
            assert_eq!(refusal(read(text).columns("columns", 2)), expected);
        }
    }

    #[test]
    fn a_column_named_twice_counts_once() {
        let columns = read("columns=city,+user,city").columns("columns", 2);
        let ids: Vec<_> = columns
            .expect("columns")
            .iter()
            .map(|column| column.id)
            .collect();
        assert_eq!(ids, ["city", "user"]);
    }
}
