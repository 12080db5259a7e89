//! An invented sign-in.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use model::{Column, Outcome, SignIn, Tab, Value};

use crate::backend::Detail;

/// The moment of every test.
pub fn now() -> DateTime<Utc> {
    model::time::read("2026-11-24T10:42:00Z").expect("a moment")
}

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

    pub fn detail(&self, earlier_versions: usize) -> Detail {
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
            is_person_masked: false,
            is_address_masked: false,
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
        match id {
            "kind" => Value::Text(self.tab.as_str().to_owned()),
            _ => self.values.get(id).cloned().unwrap_or_default(),
        }
    }

    pub fn text(&self, id: &str) -> String {
        self.value(id).to_text().to_lowercase()
    }
}
