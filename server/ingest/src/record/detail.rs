//! A stored record read again, with everything it says.

use std::borrow::Cow;

use bumpalo::Bump;
use lake::CellValue;
use model::column::Source;
use model::{Column, SignIn, Tab, Value};
use serde_json::{Map, Value as Json};

use super::cell;
use super::kind::KindHint;
use super::names::{NAMES, Role};
use super::object::entries;
use super::positions::AT;
use super::refusal::Refusal;
use super::resolve::{Resolved, Resolver};
use super::shape::Shape;

/// Columns and what they hold, in the order of the column table.
pub type ColumnValues = Vec<(&'static Column, Value)>;

/// The sign-in of a stored record, and the values of its columns.
///
/// The same reading serves the columns here and in the lake, so that a better one speaks for old
/// records too.
///
/// # Errors
/// When the record cannot be read, which its storing has ruled out.
pub fn sign_in_of(raw: &str, kind: Tab) -> Result<(SignIn, ColumnValues), Refusal> {
    let memory = Bump::new();
    let resolved = Resolver::default().resolve(raw, KindHint(Some(kind)), &memory)?;
    let properties = properties_of(raw, &resolved);
    let mut cells = resolved.cells.iter().map(|cell| to_value(*cell));
    let values = Column::stored().map(|column| match column.is_kind() {
        true => (column, Value::Text(kind.as_str().to_owned())),
        false => (column, cells.next().unwrap_or_default()),
    });
    let values = values.collect();
    Ok((SignIn::from_properties(properties), values))
}

/// A stored record as Graph writes sign-ins, and as the portal downloads them as JSON: nothing nested is
/// lost, and the kind is said. What came so stays as it is.
///
/// # Errors
/// When the record cannot be read, which its storing has ruled out.
pub fn graph_of(raw: &str, kind: Tab) -> Result<Cow<'_, str>, Refusal> {
    let memory = Bump::new();
    let resolved = Resolver::default().resolve(raw, KindHint(Some(kind)), &memory)?;
    if resolved.shape == Shape::Graph {
        return Ok(Cow::Borrowed(raw));
    }
    let mut properties = properties_of(raw, &resolved);
    if let Some(CellValue::Text(tenant)) = resolved.cells.get(AT.tenant_id) {
        put(&mut properties, "tenantId", Json::from(*tenant));
    }
    let event_types = Json::from(vec![kind.event_type()]);
    put(&mut properties, "signInEventTypes", event_types);
    Ok(Cow::Owned(Json::Object(properties).to_string()))
}

fn properties_of(raw: &str, resolved: &Resolved<'_>) -> Map<String, Json> {
    let mut properties = own_properties(raw, resolved.shape);
    for (column, cell) in NAMES.columns.iter().zip(&resolved.cells) {
        if let (Source::Property(path), Some(value)) = (column.source, to_json(column, *cell)) {
            put(&mut properties, path, value);
        }
    }
    properties
}

/// The sign-in's own properties under their Graph names, as they came.
fn own_properties(raw: &str, shape: Shape) -> Map<String, Json> {
    let memory = Bump::new();
    let mut properties = Map::new();
    let parse = |value: &str| {
        serde_json::from_str::<Json>(value).unwrap_or_else(|_| Json::String(value.to_owned()))
    };
    let Ok(top) = entries(raw) else {
        return properties;
    };
    match shape {
        Shape::Graph => {
            for (name, value) in &top {
                properties.insert(name.to_string(), parse(value));
            }
        }
        Shape::Diagnostic => {
            for (name, value) in &top {
                if NAMES.of_envelope(name) == Role::Properties {
                    let inner = if value.starts_with('"') {
                        cell::text(value, &memory)
                    } else {
                        value
                    };
                    for (name, value) in entries(inner).unwrap_or_default() {
                        properties.insert(name.into_owned(), parse(value));
                    }
                }
            }
        }
        Shape::LogAnalytics => {
            for (name, value) in &top {
                let name = match NAMES.of_top(shape, name) {
                    Role::Policies => "appliedConditionalAccessPolicies",
                    Role::Parent(index) => NAMES.parents[index].name,
                    Role::Other
                    | Role::EventTypes
                    | Role::Steps
                    | Role::Lifetimes
                    | Role::Networks
                    | Role::Processing => super::names::bare_table_name(name),
                    _ => continue,
                };
                // Twin columns (`…_dynamic`, `…_string`): the one that says something stays.
                if !matches!(*value, "\"\"" | "null" | "[]" | "{}") {
                    properties.insert(name.to_owned(), parse(value));
                }
            }
        }
        Shape::PortalCsv => {
            for (name, value) in &top {
                if NAMES.of_top(shape, name) == Role::Steps {
                    properties.insert("authenticationDetails".to_owned(), parse(value));
                }
            }
        }
    }
    properties
}

/// Sets `a/b/c` unless something is there already under any letter case.
fn put(properties: &mut Map<String, Json>, path: &str, value: Json) {
    let (name, rest) = path
        .split_once('/')
        .map_or((path, None), |(name, rest)| (name, Some(rest)));
    let existing = properties
        .keys()
        .find(|key| key.eq_ignore_ascii_case(name))
        .cloned();
    match (existing, rest) {
        (Some(key), Some(rest)) => {
            if let Some(Json::Object(inner)) = properties.get_mut(&key) {
                put(inner, rest, value);
            }
        }
        (Some(key), None) => {
            // The envelope's value stands in for an empty one.
            if properties
                .get(&key)
                .is_some_and(|present| present.is_null() || present == "")
            {
                properties.insert(key, value);
            }
        }
        (None, Some(rest)) => {
            let mut inner = Map::new();
            put(&mut inner, rest, value);
            properties.insert(name.to_owned(), Json::Object(inner));
        }
        (None, None) => {
            properties.insert(name.to_owned(), value);
        }
    }
}

fn to_value(cell: CellValue<'_>) -> Value {
    match cell {
        CellValue::Empty => Value::Empty,
        CellValue::Text(text) => Value::Text(text.to_owned()),
        CellValue::Integer(number) => Value::Integer(number),
        CellValue::Decimal(number) => Value::Decimal(number),
        CellValue::Boolean(flag) => Value::Boolean(flag),
        CellValue::Instant(micros) => {
            chrono::DateTime::from_timestamp_micros(micros).map_or(Value::Empty, Value::Instant)
        }
    }
}

fn to_json(column: &Column, cell: CellValue<'_>) -> Option<Json> {
    match to_value(cell) {
        Value::Empty => None,
        value => Some(column.json(&value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_record_keeps_what_no_column_holds() {
        let raw = r#"{"time":"2026-11-24T10:00:05Z","category":"SignInLogs","callerIpAddress":"203.0.113.9",
            "properties":{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann",
            "authenticationDetails":[{"authenticationMethod":"Password","succeeded":true}],"brandNew":{"x":1}}}"#;
        let (sign_in, values) = sign_in_of(raw, Tab::Interactive).expect("readable");
        assert_eq!(sign_in.ip_address.as_deref(), Some("203.0.113.9"));
        assert_eq!(sign_in.authentication_details.len(), 1);
        assert!(sign_in.other.contains_key("brandNew"));
        let user = values
            .iter()
            .find(|(column, _)| column.id == "user")
            .map(|(_, value)| value.to_text());
        assert_eq!(user.as_deref(), Some("Ann"));
    }

    #[test]
    fn a_table_row_keeps_its_lists() {
        let raw = r#"{"TimeGenerated":"2026-11-24T10:00:05Z","Type":"SigninLogs","Id":"a","CreatedDateTime":"2026-11-24T10:00:00Z",
            "UserId":"u","RiskEventTypes":"[\"a\",\"b\"]","AuthenticationDetails":"[{\"authenticationMethod\":\"Password\"}]",
            "NetworkLocationDetails":[{"networkNames":["Bergen"]}]}"#;
        let (sign_in, _) = sign_in_of(raw, Tab::Interactive).expect("readable");
        assert_eq!(sign_in.authentication_details.len(), 1);
        assert_eq!(sign_in.network_location_details.len(), 1);
        assert_eq!(sign_in.risk_event_types_v2.len(), 2);
    }

    #[test]
    fn a_csv_row_becomes_a_sign_in() {
        let raw = r#"{"Date (UTC)":"2025-12-04T08:19:41Z","Request ID":"a","User":"Ann","Location":"Oslo, Oslo, NO",
            "Status":"Success","Browser":"Edge 130","authenticationDetails":[{"authenticationMethod":"Password"}]}"#;
        let (sign_in, _) = sign_in_of(raw, Tab::NonInteractive).expect("readable");
        assert_eq!(sign_in.authentication_details.len(), 1);
        assert_eq!(sign_in.user_display_name.as_deref(), Some("Ann"));
    }
}
