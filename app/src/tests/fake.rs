//! A backend of an invented tenant, in memory, with just enough of a query to test pages.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use model::answer::Counts;
use model::ask::Ask;
use model::folded::Alike;
use model::import::ImportProgress;
use model::query::{Cursor, Operator, Query};
use model::{Column, Outcome, SignIn, Tab, Value};

use crate::backend::{
    Answer, Answered, Backend, BackendError, Detail, Download, Effort, FoldedRow, FoldedRows,
    Rejected, Row, Rows,
};

/// One invented sign-in: its tab and the columns that have a value.
#[derive(Debug, Clone)]
pub struct FakeSignIn {
    pub tab: Tab,
    pub date: DateTime<Utc>,
    pub values: BTreeMap<&'static str, Value>,
    /// The record as Graph writes it, where a test needs it.
    pub record: Option<serde_json::Value>,
    /// What the record said before, oldest first.
    pub earlier: Vec<FakeSignIn>,
}

/// The backend. What it does not have, it fails to read.
#[derive(Debug, Clone, Default)]
pub struct Fake {
    pub sign_ins: Vec<FakeSignIn>,
    pub imports: Vec<ImportProgress>,
    pub rejects: Vec<(i64, String, u64, String, String)>,
    pub is_broken: bool,
    pub downloads: Vec<(String, Download)>,
}

/// The moment of every test.
pub fn now() -> DateTime<Utc> {
    model::time::read("2026-11-24T10:42:00Z").expect("a moment")
}

impl FakeSignIn {
    /// A sign-in this long ago, with these texts.
    pub fn new(
        tab: Tab,
        ago: Duration,
        error_code: i64,
        texts: &[(&'static str, &str)],
    ) -> FakeSignIn {
        let mut values: BTreeMap<&'static str, Value> = texts
            .iter()
            .map(|(id, text)| (*id, Value::Text((*text).to_owned())))
            .collect();
        let date = now() - ago;
        values.insert("date", Value::Instant(date));
        values.insert("error_code", Value::Integer(error_code));
        values.insert(
            "status",
            Value::Text(Outcome::of_error_code(error_code).as_str().to_owned()),
        );
        FakeSignIn {
            tab,
            date,
            values,
            record: None,
            earlier: Vec::new(),
        }
    }

    /// The same with a record.
    pub fn with_record(self, record: serde_json::Value) -> FakeSignIn {
        FakeSignIn {
            record: Some(record),
            ..self
        }
    }

    fn detail(&self, earlier_versions: usize) -> Detail {
        let request_id = self.value("request_id").to_text();
        let properties = match &self.record {
            Some(serde_json::Value::Object(properties)) => properties.clone(),
            _ => serde_json::Map::new(),
        };
        let raw = match &self.record {
            Some(record) => record.to_string(),
            None => format!(r#"{{"id":"{request_id}","status":{{"errorCode":53003}},"tags":[]}}"#),
        };
        Detail {
            tab: self.tab,
            values: Column::stored()
                .map(|column| (column, self.value(column.id)))
                .collect(),
            sign_in: SignIn::from_properties(properties),
            raw,
            origin: "SignIns_2026-11-24.json".to_owned(),
            shape: "Graph page".to_owned(),
            emitted: None,
            stored: Some(now()),
            earlier_versions,
        }
    }

    /// The row with the values of these columns.
    pub fn row(&self, columns: &[&'static Column]) -> model::answer::Row {
        model::answer::Row {
            request_id: self.value("request_id").to_text(),
            date: self.date,
            values: columns.iter().map(|column| self.value(column.id)).collect(),
        }
    }

    pub fn value(&self, id: &str) -> Value {
        self.values.get(id).cloned().unwrap_or_default()
    }

    fn text(&self, id: &str) -> String {
        self.value(id).to_text().to_lowercase()
    }
}

impl Fake {
    /// A small believable morning: a blocked sign-in, an interrupted one, a working one.
    pub fn morning() -> Fake {
        let people = [
            (
                3,
                53_003,
                "Astrid Lindqvist",
                "Ledgerline Finance",
                "203.0.113.48",
                "Block legacy sign-in",
            ),
            (
                10,
                0,
                "Priya Raman",
                "Office 365 Exchange Online",
                "198.51.100.17",
                "",
            ),
            (40, 50_074, "Tomás Arce", "Azure Portal", "192.0.2.200", ""),
            (
                90,
                50_126,
                "Daniel Okafor",
                "Office 365 Exchange Online",
                "192.0.2.7",
                "",
            ),
        ];
        let sign_ins = people.into_iter().enumerate().map(
            |(index, (seconds, code, user, app, address, policy))| {
                let id = format!("5f1c0000-0000-4000-8000-00000000000{index}");
                let username = format!(
                    "{}@halvorsenpike.example",
                    user.split(' ').next().unwrap_or_default().to_lowercase()
                );
                let mut texts = vec![
                    ("request_id", id.as_str()),
                    ("user", user),
                    ("username", username.as_str()),
                    ("application", app),
                    ("ip_address", address),
                    ("location", "Oslo, Oslo, NO"),
                    ("conditional_access", "notApplied"),
                    ("authentication_requirement", "multiFactorAuthentication"),
                ];
                if !policy.is_empty() {
                    texts.push(("deciding_policy", policy));
                }
                FakeSignIn::new(Tab::Interactive, Duration::seconds(seconds), code, &texts)
            },
        );
        Fake {
            sign_ins: sign_ins.collect(),
            ..Fake::default()
        }
    }

    /// What a query finds, of all kinds, newest first.
    pub fn found(&self, query: &Query) -> Vec<&FakeSignIn> {
        let (from, to) = query.range.bounds(now());
        let mut found: Vec<_> = self
            .sign_ins
            .iter()
            .filter(|sign_in| {
                from.is_none_or(|from| sign_in.date >= from)
                    && to.is_none_or(|to| sign_in.date < to)
            })
            .filter(|sign_in| {
                query
                    .filters
                    .iter()
                    .all(|filter| filter.paused || holds(sign_in, filter))
            })
            .filter(|sign_in| {
                query
                    .search
                    .as_ref()
                    .is_none_or(|text| sign_in.text("user").contains(&text.to_lowercase()))
            })
            .collect();
        found.sort_by_key(|sign_in| std::cmp::Reverse((sign_in.date, sign_in.text("request_id"))));
        found
    }

    /// The answer to an ask, its rows in the order asked for.
    fn answered(&self, ask: &Ask) -> Answered {
        let mut found = self.found(&ask.query);
        found.retain(|sign_in| ask.tabs.has(sign_in.tab));
        // Of equal moments the lesser request ID comes first, in both directions.
        found.sort_by_key(|sign_in| sign_in.text("request_id"));
        match ask.query.sort.descending {
            true => found.sort_by_key(|sign_in| std::cmp::Reverse(sign_in.date)),
            false => found.sort_by_key(|sign_in| sign_in.date),
        }
        if let Some(after) = &ask.query.after {
            let place = found
                .iter()
                .position(|sign_in| sign_in.text("request_id") == after.request_id);
            found = found.split_off(place.map_or(0, |place| place + 1));
        }
        let mut answer = super::fake_answers::answer(self, ask);
        if let (Some(wanted), Some(page)) = (&ask.page, &mut answer.page) {
            let rows = found.iter().skip(wanted.skip).take(wanted.limit);
            page.rows = rows.map(|sign_in| sign_in.row(&wanted.columns)).collect();
        }
        Answered {
            answer,
            effort: Effort {
                engine: std::time::Duration::from_millis(38),
                held: Some(200_000),
            },
            ..Answered::default()
        }
    }

    fn answer<'a, T: Send + 'a>(&self, answer: T) -> Answer<'a, T> {
        let answer = if self.is_broken {
            Err(BackendError {
                message: "17 November could not be read. The other days are fine.".to_owned(),
                trace: "9f31-c0de".to_owned(),
            })
        } else {
            Ok(answer)
        };
        Box::pin(async move { answer })
    }
}

fn holds(sign_in: &FakeSignIn, filter: &model::query::Filter) -> bool {
    let text = sign_in.text(filter.column.id);
    let mut values = filter.values.iter().map(|value| value.to_lowercase());
    match filter.operator {
        Operator::Empty => text.is_empty(),
        Operator::Contains => values.any(|value| text.contains(&value)),
        Operator::NotEmpty => !text.is_empty(),
        Operator::NotEqual | Operator::NotIn => values.all(|value| text != value),
        Operator::Greater => values.any(|value| text > value),
        Operator::GreaterOrEqual => values.any(|value| text >= value),
        Operator::LessOrEqual => values.any(|value| text <= value),
        _ => values.any(|value| text == value),
    }
}

impl Backend for Fake {
    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn tenant_name(&self) -> String {
        "Halvorsen Pike".to_owned()
    }

    fn rows<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> Answer<'a, Rows> {
        let after = query.after.as_ref().map(|cursor| cursor.date_micros);
        let all: Vec<_> = self
            .found(query)
            .into_iter()
            .filter(|sign_in| sign_in.tab == query.tab)
            .filter(|sign_in| after.is_none_or(|after| sign_in.date.timestamp_micros() < after))
            .collect();
        let next = all
            .get(limit.saturating_sub(1))
            .filter(|_| all.len() > limit)
            .map(|last| Cursor {
                sort_value: None,
                date_micros: last.date.timestamp_micros(),
                request_id: last.value("request_id").to_text(),
            });
        let rows = all.into_iter().take(limit).map(|sign_in| Row {
            request_id: sign_in.value("request_id").to_text(),
            date: sign_in.date,
            values: columns
                .iter()
                .map(|column| sign_in.value(column.id))
                .collect(),
            error_code: match sign_in.value("error_code") {
                Value::Integer(code) => Some(code),
                _ => None,
            },
            deciding_policy: sign_in
                .value("deciding_policy")
                .as_text()
                .map(str::to_owned),
        });
        self.answer(Rows {
            rows: rows.collect(),
            next,
            is_from_lake: false,
        })
    }

    /// Sign-ins are alike here when their texts in the columns of the key are.
    fn folded<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
        with_counts: bool,
    ) -> Answer<'a, FoldedRows> {
        Box::pin(async move {
            let by = Alike::in_tab(query.tab);
            let key: Vec<_> = by.iter().flat_map(Alike::columns).collect();
            let rows = self.rows(query, columns, usize::MAX).await?.rows;
            let found = self.found(query);
            let value = |row: &Row| -> Vec<Value> {
                let is_it = |sign_in: &&&FakeSignIn| {
                    sign_in.value("request_id").to_text() == row.request_id
                };
                let sign_in = found.iter().find(is_it);
                key.iter()
                    .map(|column| sign_in.map_or(Value::Empty, |sign_in| sign_in.value(column.id)))
                    .collect()
            };
            let mut lines: Vec<(Vec<Value>, FoldedRow)> = Vec::new();
            for row in rows {
                let key = value(&row);
                match lines.iter_mut().find(|(other, _)| *other == key) {
                    Some((_, line)) => {
                        line.sign_ins += 1;
                        line.first = row.date;
                    }
                    None => {
                        let line = FoldedRow {
                            first: row.date,
                            newest: row,
                            sign_ins: 1,
                            filters: Alike::filters(&by, &key),
                        };
                        lines.push((key, line));
                    }
                }
            }
            let count = Some(lines.len() as u64);
            Ok(FoldedRows {
                lines: lines
                    .into_iter()
                    .map(|(_, line)| line)
                    .take(limit)
                    .collect(),
                count,
                counts: match with_counts {
                    true => Some(self.counts(query).await?),
                    false => None,
                },
                ..FoldedRows::default()
            })
        })
    }

    fn ask(&self, ask: Ask) -> Answer<'_, Answered> {
        self.answer(self.answered(&ask))
    }

    fn ask_memory(&self, ask: Ask) -> Answer<'_, Option<Answered>> {
        self.answer(Some(self.answered(&ask)))
    }

    fn counts<'a>(&'a self, query: &'a Query) -> Answer<'a, Counts> {
        let mut counts = Counts::default();
        for sign_in in self.found(query) {
            counts.by_tab[sign_in.tab.index()] += 1;
            let outcome = sign_in
                .value("status")
                .as_text()
                .and_then(|text| text.parse::<Outcome>().ok());
            let place = Outcome::ALL
                .into_iter()
                .position(|known| Some(known) == outcome);
            if let (true, Some(place)) = (sign_in.tab == query.tab, place) {
                counts.by_outcome[place] += 1;
            }
        }
        self.answer(counts)
    }

    fn span(&self, tab: Tab) -> Answer<'_, Option<(DateTime<Utc>, DateTime<Utc>)>> {
        let dates = || {
            self.sign_ins
                .iter()
                .filter(|sign_in| sign_in.tab == tab)
                .map(|sign_in| sign_in.date)
        };
        self.answer(dates().min().zip(dates().max()))
    }

    fn detail<'a>(&'a self, request_id: &'a str) -> Answer<'a, Option<Detail>> {
        let found = self
            .sign_ins
            .iter()
            .find(|sign_in| sign_in.value("request_id").to_text() == request_id);
        self.answer(found.map(|sign_in| sign_in.detail(sign_in.earlier.len())))
    }

    fn versions<'a>(&'a self, request_id: &'a str) -> Answer<'a, Vec<Detail>> {
        let mut found = self.sign_ins.iter();
        let found = found.find(|sign_in| sign_in.value("request_id").to_text() == request_id);
        let versions = found
            .into_iter()
            .flat_map(|found| found.earlier.iter().chain([found]));
        let versions = versions.enumerate();
        self.answer(
            versions
                .map(|(earlier, version)| version.detail(earlier))
                .collect(),
        )
    }

    fn import(&self, id: u64) -> Option<ImportProgress> {
        self.imports.iter().find(|import| import.id == id).cloned()
    }

    fn download(&self, id: &str) -> Option<Download> {
        let mut downloads = self.downloads.iter();
        let (_, download) = downloads.find(|(known, _)| known == id)?;
        Some(download.clone())
    }

    fn imports(&self) -> Vec<ImportProgress> {
        self.imports.clone()
    }

    fn rejects<'a>(&'a self, keys: &'a [i64]) -> Answer<'a, Vec<Rejected>> {
        let found = self
            .rejects
            .iter()
            .filter(|(key, ..)| keys.contains(key))
            .map(|(key, origin, line, detail, excerpt)| Rejected {
                key: *key,
                origin: origin.clone(),
                line: *line,
                detail: detail.clone(),
                excerpt: excerpt.clone(),
            });
        self.answer(found.collect())
    }
}
