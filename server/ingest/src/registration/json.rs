//! Objects as Graph and PowerShell write them.

use serde_json::Value;

use super::fields::Fields;
use super::object::{self, Place};
use super::{Read, RegistrationError};

/// How deep lists and pages may lie in one another: pages that a script put into a list.
const MOST_DEEP: usize = 4;

/// Reads one or more JSON texts that follow one another.
pub(super) fn read(text: &str, gathered: &mut Read) -> Result<(), RegistrationError> {
    let mut place = Place::default();
    for top in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let top = top.map_err(|error| RegistrationError::Json {
            line: error.line(),
            what: match error.classify() {
                serde_json::error::Category::Eof => "it ends too early",
                _ => "it is no JSON",
            },
        })?;
        take(&top, &mut place, MOST_DEEP, gathered)?;
    }
    Ok(())
}

fn take(
    value: &Value,
    place: &mut Place,
    deep: usize,
    gathered: &mut Read,
) -> Result<(), RegistrationError> {
    match value {
        Value::Array(items) if deep > 0 => {
            for item in items {
                take(item, place, deep - 1, gathered)?;
            }
            Ok(())
        }
        Value::Object(fields) => {
            if fields.contains_key("error") && fields.len() <= 2 {
                return Err(RegistrationError::GraphError);
            }
            let page = fields.get("value").or_else(|| fields.get("Value"));
            if let Some(inside @ (Value::Array(_) | Value::Object(_))) = page.filter(|_| deep > 0) {
                gathered.has_more |= fields.contains_key("@odata.nextLink");
                let context = fields.get("@odata.context").and_then(Value::as_str);
                let outside = place.period.take();
                place.period = context.and_then(period_of).or_else(|| outside.clone());
                take(inside, place, deep - 1, gathered)?;
                place.period = outside;
                return Ok(());
            }
            place.number += 1;
            object::take(&Fields::of_object(fields), place, gathered)
        }
        _ => {
            place.number += 1;
            gathered.skip(place.number, object::UNKNOWN);
            Ok(())
        }
    }
}

/// The period that an answer says it is of: `…(period='D7')`.
fn period_of(context: &str) -> Option<String> {
    let (_, rest) = context.split_once("period='")?;
    let (period, _) = rest.split_once('\'')?;
    matches!(period.to_uppercase().as_str(), "D1" | "D7" | "D30").then(|| period.to_uppercase())
}
