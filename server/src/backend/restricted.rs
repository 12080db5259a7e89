//! The backend for those who may not see what Conditional Access decided: its columns are empty for them, nothing can be
//! found or counted by them, and records come without the policies.

use app::backend::{
    Answer, Answered, Backend, BackendError, Detail, Download, FoldedRows, Rejected, Row, Rows,
    SharedBackend,
};
use app::groups::{GroupImport, GroupSeen, GroupWithSilent};
use chrono::{DateTime, Utc};
use model::answer::Counts;
use model::ask::Ask;
use model::import::ImportProgress;
use model::{Column, Query, Tab, Value};

/// Keys of records below which policies stand, in lower case: those of every shape begin so.
const KEYS: [&str; 2] = ["appliedconditionalaccess", "conditionalaccesspolic"];

/// See the module.
pub struct Restricted(pub SharedBackend);

/// The question, if it is not about what whoever asks may not see.
fn allowed(query: &Query) -> Result<Query, BackendError> {
    match query.column_with_right() {
        Some(column) => Err(refused(column)),
        None => Ok(Query {
            is_restricted: true,
            ..query.clone()
        }),
    }
}

fn refused(column: &'static Column) -> BackendError {
    BackendError {
        message: app::text::access::column(column.label),
        trace: String::new(),
    }
}

/// The ask, likewise.
fn allowed_ask(mut ask: Ask) -> Result<Ask, BackendError> {
    ask.query = allowed(&ask.query)?;
    let facets = ask.facets.iter().flat_map(|facets| facets.columns.iter());
    let groups = ask.groups.iter().flat_map(|groups| groups.by.iter());
    match facets.chain(groups).find(|column| column.right().is_some()) {
        Some(column) => Err(refused(column)),
        None => Ok(ask),
    }
}

fn blank(values: &mut [Value], columns: &[&'static Column]) {
    for (value, column) in values.iter_mut().zip(columns) {
        if column.right().is_some() {
            *value = Value::Empty;
        }
    }
}

fn blank_row(row: &mut Row, columns: &[&'static Column]) {
    blank(&mut row.values, columns);
    row.deciding_policy = None;
}

fn blank_answer(answered: &mut Answered, columns: Option<&[&'static Column]>) {
    if let (Some(page), Some(columns)) = (&mut answered.answer.page, columns) {
        for row in &mut page.rows {
            blank(&mut row.values, columns);
        }
    }
}

fn stripped(mut detail: Detail) -> Detail {
    for (column, value) in &mut detail.values {
        if column.right().is_some() {
            *value = Value::Empty;
        }
    }
    detail.sign_in.applied_conditional_access_policies.clear();
    detail.sign_in.other.retain(|name, _| !is_of_policies(name));
    detail.raw = without_policies(&detail.raw);
    detail
}

/// A record without the policies; nothing of one that is no JSON.
pub fn without_policies(raw: &str) -> String {
    let Ok(mut record) = serde_json::from_str::<serde_json::Value>(raw) else {
        return "{}".to_owned();
    };
    strip(&mut record);
    record.to_string()
}

/// Whether policies stand below a key.
fn is_of_policies(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let name = letters.collect::<String>().to_lowercase();
    KEYS.iter().any(|key| name.starts_with(key))
}

fn strip(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|name, _| !is_of_policies(name));
            fields.values_mut().for_each(strip);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

impl Backend for Restricted {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    fn tenant_name(&self) -> String {
        self.0.tenant_name()
    }

    fn rows<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> Answer<'a, Rows> {
        Box::pin(async move {
            let query = allowed(query)?;
            let mut rows = self.0.rows(&query, columns, limit).await?;
            for row in &mut rows.rows {
                blank_row(row, columns);
            }
            Ok(rows)
        })
    }

    fn folded<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
        is_counted: bool,
    ) -> Answer<'a, FoldedRows> {
        Box::pin(async move {
            let query = allowed(query)?;
            let mut folded = self.0.folded(&query, columns, limit, is_counted).await?;
            for line in &mut folded.lines {
                blank_row(&mut line.newest, columns);
            }
            Ok(folded)
        })
    }

    fn ask(&self, ask: Ask) -> Answer<'_, Answered> {
        Box::pin(async move {
            let ask = allowed_ask(ask)?;
            let columns = ask.page.as_ref().map(|page| page.columns.clone());
            let mut answered = self.0.ask(ask).await?;
            blank_answer(&mut answered, columns.as_deref());
            Ok(answered)
        })
    }

    fn counts<'a>(&'a self, query: &'a Query) -> Answer<'a, Counts> {
        Box::pin(async move {
            let query = allowed(query)?;
            self.0.counts(&query).await
        })
    }

    fn span(&self, tab: Tab) -> Answer<'_, Option<(DateTime<Utc>, DateTime<Utc>)>> {
        self.0.span(tab)
    }

    fn detail<'a>(&'a self, request_id: &'a str) -> Answer<'a, Option<Detail>> {
        Box::pin(async move { Ok(self.0.detail(request_id).await?.map(stripped)) })
    }

    fn versions<'a>(&'a self, request_id: &'a str) -> Answer<'a, Vec<Detail>> {
        Box::pin(async move {
            let versions = self.0.versions(request_id).await?;
            Ok(versions.into_iter().map(stripped).collect())
        })
    }

    fn ask_memory(&self, ask: Ask) -> Answer<'_, Option<Answered>> {
        Box::pin(async move {
            let ask = allowed_ask(ask)?;
            let columns = ask.page.as_ref().map(|page| page.columns.clone());
            let mut answered = self.0.ask_memory(ask).await?;
            if let Some(answered) = &mut answered {
                blank_answer(answered, columns.as_deref());
            }
            Ok(answered)
        })
    }

    fn import(&self, id: u64) -> Option<ImportProgress> {
        self.0.import(id)
    }

    fn imports(&self) -> Vec<ImportProgress> {
        self.0.imports()
    }

    fn download(&self, id: &str) -> Option<Download> {
        self.0.download(id)
    }

    fn groups<'a>(&'a self, query: &'a Query) -> Answer<'a, Vec<GroupSeen>> {
        Box::pin(async move {
            let query = allowed(query)?;
            self.0.groups(&query).await
        })
    }

    fn group<'a>(&'a self, word: &'a str, query: &'a Query) -> Answer<'a, Option<GroupWithSilent>> {
        Box::pin(async move {
            let query = allowed(query)?;
            self.0.group(word, &query).await
        })
    }

    fn group_import(&self, id: u64) -> Option<GroupImport> {
        self.0.group_import(id)
    }

    fn rejects<'a>(&'a self, keys: &'a [i64]) -> Answer<'a, Vec<Rejected>> {
        self.0.rejects(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_every_shape_lose_their_policies_and_nothing_else() {
        for (raw, left) in [
            (
                r#"{"id":"a","appliedConditionalAccessPolicies":[{"displayName":"Secret"}]}"#,
                r#"{"id":"a"}"#,
            ),
            (
                r#"{"properties":{"id":"a","appliedConditionalAccessPolicies":[],"conditionalAccessStatus":"success"}}"#,
                r#"{"properties":{"conditionalAccessStatus":"success","id":"a"}}"#,
            ),
            (
                r#"{"ConditionalAccessPolicies_string":"Secret","Id":"a"}"#,
                r#"{"Id":"a"}"#,
            ),
            ("not json", "{}"),
        ] {
            let found: serde_json::Value =
                serde_json::from_str(&without_policies(raw)).expect("JSON");
            let wanted: serde_json::Value = serde_json::from_str(left).expect("JSON");
            assert_eq!(found, wanted, "{raw}");
        }
    }
}
