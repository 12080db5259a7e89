//! The pane of one sign-in.

use model::column::{Column, Display, Section};
use model::{Outcome, Value, present};

use super::grid::{reason, tone};
use super::json_lines::indented;
use super::moments::Clock;
use crate::backend::Detail;
use crate::text;
use crate::view::flyout::{Field, FieldGroup, FieldValue, Flyout};
use crate::view::grid::Tone;
use crate::view::safe_text::{MOST_IN_CELL, MOST_IN_PANE, shown, shown_lines};

/// Fields whose absence says something, so that they are listed as "None".
const WORTH_NAMING: &[&str] = &[
    "application",
    "authentication_requirement",
    "browser",
    "client_app",
    "compliant",
    "conditional_access",
    "correlation_id",
    "device_name",
    "error_code",
    "failure_reason",
    "ip_address",
    "join_type",
    "location",
    "managed",
    "operating_system",
    "resource",
    "service_principal_name",
    "status",
    "user",
    "username",
];

/// Most characters of a record that the pane shows; the API has the rest.
const MOST_OF_RECORD: usize = 200_000;

/// What the pane shows of a sign-in.
pub fn flyout(detail: &Detail, clock: &Clock) -> Flyout {
    let text_of = |id: &str| {
        find(detail, id)
            .and_then(Value::as_text)
            .filter(|text| !text.trim().is_empty())
    };
    let who = [
        "user",
        "username",
        "service_principal_name",
        "service_principal_id",
    ]
    .into_iter()
    .find_map(text_of);
    let what = ["application", "resource"].into_iter().find_map(text_of);
    let error_code = match find(detail, "error_code") {
        Some(Value::Integer(code)) => Some(*code),
        _ => None,
    };
    let outcome = text_of("status").and_then(|text| text.parse::<Outcome>().ok());
    let date = match find(detail, "date") {
        Some(Value::Instant(moment)) => *moment,
        _ => chrono::DateTime::UNIX_EPOCH,
    };
    let record = indented(&detail.raw);
    let short = |text: &str| shown(text, MOST_IN_CELL);
    Flyout {
        title: text::sign_ins::who_to_what(who.map(short).as_deref(), what.map(short).as_deref()),
        tone: outcome.map_or(Tone::Interrupted, tone),
        status: outcome
            .map(|outcome| outcome.label().to_owned())
            .unwrap_or_default(),
        date: clock.in_pane(date),
        zone: clock.zone.name().to_owned(),
        reason: reason(error_code, text_of("deciding_policy"))
            .filter(|(words, code)| !words.is_empty() || code.is_some()),
        sections: Section::ALL
            .into_iter()
            .filter_map(|section| group(detail, section, clock))
            .collect(),
        record_left_out: record.chars().count().saturating_sub(MOST_OF_RECORD),
        record: shown_lines(&record, MOST_OF_RECORD),
        origin: shown(&detail.origin, MOST_IN_PANE),
        shape: shown(&detail.shape, MOST_IN_CELL),
        earlier_versions: detail.earlier_versions,
    }
}

fn find<'a>(detail: &'a Detail, id: &str) -> Option<&'a Value> {
    detail
        .values
        .iter()
        .find(|(column, _)| column.id == id)
        .map(|(_, value)| value)
}

/// A section with the fields that have a value or whose absence matters; `None` when all are empty.
fn group(detail: &Detail, section: Section, clock: &Clock) -> Option<FieldGroup> {
    let of_section = detail
        .values
        .iter()
        .filter(|(column, _)| column.section == section);
    if of_section.clone().all(|(_, value)| value.is_empty()) {
        return None;
    }
    let fields = of_section
        .filter(|(column, value)| !value.is_empty() || is_worth_naming(column, detail))
        .map(|(column, value)| Field {
            label: column.label.to_owned(),
            value: field_value(column, value, clock),
        })
        .collect();
    Some(FieldGroup {
        label: section.label().to_owned(),
        fields,
    })
}

fn is_worth_naming(column: &Column, detail: &Detail) -> bool {
    column.tabs.has(detail.tab) && WORTH_NAMING.contains(&column.id)
}

fn field_value(column: &Column, value: &Value, clock: &Clock) -> FieldValue {
    match value {
        Value::Empty => return FieldValue::None,
        Value::Instant(moment) => return FieldValue::Moment(clock.in_pane(*moment)),
        _ => {}
    }
    let words = shown(&present::value(column, value), MOST_IN_PANE);
    match column.display {
        Display::Status => match value.as_text().and_then(|text| text.parse().ok()) {
            Some(outcome) => FieldValue::Status(tone(outcome), words),
            None => FieldValue::Text(words),
        },
        Display::Code => FieldValue::Code(words),
        _ => FieldValue::Text(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_worth_naming_exist() {
        assert!(WORTH_NAMING.is_sorted());
        for id in WORTH_NAMING {
            assert!(Column::find(id).is_some(), "{id}");
        }
    }
}
