//! All about a stored record, as the pages take it.

use app::backend::Detail;
use detect::settling::Told;
use model::interrupt_codes::InterruptCodes;
use model::{Column, Outcome, Tab, Value};

/// All about a stored record.
pub(super) fn detail_of(record: lake::read::StoredRecord, earlier_versions: usize) -> Detail {
    let shape =
        ingest::record::Shape::parse(&record.shape).map_or("record", ingest::record::Shape::label);
    let (sign_in, mut values) =
        ingest::record::sign_in_of(&record.raw, record.kind).unwrap_or_default();
    settle(&mut values, &sign_in, &record);
    Detail {
        tab: record.kind,
        values,
        sign_in,
        raw: record.raw,
        origin: record.origin,
        shape: shape.to_owned(),
        emitted: record.emitted,
        stored: Some(record.stored),
        earlier_versions,
        is_person_masked: false,
        is_address_masked: false,
    }
}

/// Says what the record does not say itself: whether more of it may still come, and the outcome by the codes in force.
fn settle(
    values: &mut [(&'static Column, Value)],
    sign_in: &model::SignIn,
    record: &lake::read::StoredRecord,
) {
    let (mut date, mut code) = (None, None);
    let mut outcome: Option<Outcome> = None;
    for (column, value) in values.iter() {
        match (column.id, value) {
            ("date", Value::Instant(moment)) => date = Some(moment.timestamp_micros()),
            ("error_code", Value::Integer(number)) => code = Some(*number),
            ("status", Value::Text(text)) => outcome = text.parse().ok(),
            _ => {}
        }
    }
    let stored = record.stored.timestamp_micros();
    let told = Told::of(sign_in, record.kind, code);
    let is_settling = date.is_some_and(|date| told.is_settling(date, stored));
    let restated = outcome
        .zip(code)
        .map(|(outcome, code)| InterruptCodes::in_force().restated(outcome, code));
    for (column, held) in values {
        match column.id {
            "still_settling" => {
                *held = match record.kind {
                    Tab::Interactive => Value::Boolean(is_settling),
                    _ => Value::Empty,
                };
            }
            "status" => {
                if let Some(outcome) = restated {
                    *held = Value::Text(outcome.as_str().to_owned());
                }
            }
            _ => {}
        }
    }
}
