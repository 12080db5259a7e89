//! A backend of an invented tenant, in memory, with just enough of a query to test pages.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use model::answer::Counts;
use model::ask::Ask;
use model::folded::{Alike, is_unknown};
use model::gist::Gist;
use model::import::ImportProgress;
use model::membership::Member;
use model::query::{Cursor, Filter, Operator, Query};
use model::registration::Registrations;
use model::{Column, Outcome, Tab, Value};

use crate::backend::{
    Answer, Answered, Backend, BackendError, Detail, Download, Effort, FoldedRow, FoldedRows,
    Rejected, Row, Rows,
};
use crate::groups::{GroupImport, GroupNumbers, GroupSeen, GroupWithSilent};
use crate::registrations::RegistrationImport;

pub use super::fake_sign_in::{FakeSignIn, now};

/// The backend. What it does not have, it fails to read.
#[derive(Debug, Clone, Default)]
pub struct Fake {
    pub sign_ins: Vec<FakeSignIn>,
    pub imports: Vec<ImportProgress>,
    pub rejects: Vec<(i64, String, u64, String, String)>,
    pub is_broken: bool,
    /// Whether all rows are read from the lake.
    pub is_from_lake: bool,
    pub downloads: Vec<(String, Download)>,
    /// Groups, and the user IDs of their people.
    pub groups: Vec<(GroupSeen, Vec<String>)>,
    pub group_imports: Vec<GroupImport>,
    pub registrations: Registrations,
    pub registration_imports: Vec<RegistrationImport>,
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

    fn meets(&self, sign_in: &FakeSignIn, filter: &Filter) -> bool {
        if !filter.column.is_group() {
            return holds(sign_in, filter);
        }
        let groups = self.groups.iter();
        let mut named = groups.filter(|(group, _)| filter.values.contains(&group.name));
        let user = sign_in.text("user_id");
        let is_in = named.any(|(_, people)| people.contains(&user));
        is_in != filter.operator.is_opposite()
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
                    .all(|filter| filter.paused || self.meets(sign_in, filter))
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
        if let Some(looked_up) = self.looked_up(ask) {
            return looked_up;
        }
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
            is_from_lake: self.is_from_lake,
            effort: Effort {
                engine: std::time::Duration::from_millis(38),
                held: Some(200_000),
            },
            ..Answered::default()
        }
    }

    /// The answer about the identifier that is searched for, where some sign-in has it.
    fn looked_up(&self, ask: &Ask) -> Option<Answered> {
        let id = ask.query.looked_up()?.to_lowercase();
        let mut those = self.clone();
        those.sign_ins.retain(|sign_in| {
            let has_it = |column| sign_in.text(column) == id;
            has_it("request_id") || has_it("correlation_id")
        });
        if those.sign_ins.is_empty() {
            return None;
        }
        let mut ask = ask.looked_up();
        ask.query.search = None;
        Some(Answered {
            is_looked_up: true,
            ..those.answered(&ask)
        })
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

fn holds(sign_in: &FakeSignIn, filter: &Filter) -> bool {
    let text = sign_in.text(filter.column.id);
    let mut values = filter.values.iter().map(|value| value.to_lowercase());
    match filter.operator {
        Operator::Empty => text.is_empty(),
        Operator::Contains => values.any(|value| text.contains(&value)),
        Operator::NotEmpty => !text.is_empty(),
        Operator::NotEqual | Operator::NotIn => values.all(|value| text != value),
        Operator::NotContains => !values.any(|value| text.contains(&value)),
        Operator::Starts => values.any(|value| text.starts_with(&value)),
        Operator::NotStarts => !values.any(|value| text.starts_with(&value)),
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
            gist: Gist::of_id(&sign_in.text("verdict")),
            deciding_policy: sign_in
                .value("deciding_policy")
                .as_text()
                .map(str::to_owned),
            is_settling: sign_in.value("still_settling") == Value::Boolean(true),
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
        is_counted: bool,
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
            let is_needed = by.first().is_some_and(|alike| alike.is_needed);
            for row in rows {
                let key = value(&row);
                let is_alone = is_needed && key.first().is_none_or(is_unknown);
                let mut others = lines.iter_mut().filter(|_| !is_alone);
                match others.find(|(other, _)| *other == key) {
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
            let count = is_counted.then_some(lines.len() as u64);
            Ok(FoldedRows {
                lines: lines
                    .into_iter()
                    .map(|(_, line)| line)
                    .take(limit)
                    .collect(),
                count,
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

    fn details<'a>(&'a self, request_ids: &'a [&'a str]) -> Answer<'a, Vec<Detail>> {
        let found = request_ids.iter().filter_map(|id| {
            let mut sign_ins = self.sign_ins.iter();
            sign_ins.find(|sign_in| sign_in.value("request_id").to_text() == *id)
        });
        self.answer(found.map(|sign_in| sign_in.detail(0)).collect())
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

    fn groups<'a>(&'a self, query: &'a Query) -> Answer<'a, Vec<GroupSeen>> {
        let of = |(group, people): &(GroupSeen, Vec<String>)| {
            let found = self.found(query).into_iter();
            let found: Vec<_> = found
                .filter(|sign_in| people.contains(&sign_in.text("user_id")))
                .collect();
            GroupSeen {
                people: people.len() as u64,
                numbers: Some(GroupNumbers {
                    sign_ins: found.len() as u64,
                    people: u64::from(!found.is_empty()),
                    last: found.first().map(|newest| newest.date),
                    ..GroupNumbers::default()
                }),
                ..group.clone()
            }
        };
        self.answer(self.groups.iter().map(of).collect())
    }

    fn group<'a>(&'a self, word: &'a str, query: &'a Query) -> Answer<'a, Option<GroupWithSilent>> {
        let mut known = self.groups.iter();
        let Some((group, people)) = known.find(|(group, _)| group.name == word) else {
            return self.answer(None);
        };
        let found = self.found(query);
        let is_silent = |person: &&String| !found.iter().any(|one| one.text("user_id") == **person);
        let silent = people.iter().filter(is_silent).map(|person| Member {
            user_id: Some(person.clone()),
            display_name: Some(format!("Silent {person}")),
            ..Member::default()
        });
        let seen = GroupSeen {
            people: people.len() as u64,
            numbers: Some(GroupNumbers {
                people: (people.len() - silent.clone().count()) as u64,
                ..GroupNumbers::default()
            }),
            ..group.clone()
        };
        self.answer(Some((seen, silent.collect())))
    }

    fn group_import(&self, id: u64) -> Option<GroupImport> {
        let place = usize::try_from(id).ok()?.checked_sub(1)?;
        self.group_imports.get(place).cloned()
    }

    fn registrations(&self) -> Answer<'_, Arc<Registrations>> {
        self.answer(Arc::new(self.registrations.clone()))
    }

    fn registration_import(&self, id: u64) -> Option<RegistrationImport> {
        let place = usize::try_from(id).ok()?.checked_sub(1)?;
        self.registration_imports.get(place).cloned()
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
