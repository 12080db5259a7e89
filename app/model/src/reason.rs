//! What the reason of a row is worked out from: two columns that are asked for beside those that are shown.

use crate::{Column, Value};

/// The column of the error code, which filters and orders in the place of the reason.
pub const CODE: &str = "error_code";

/// The columns to ask for, so that the reason of each row can be worked out.
pub fn with_its_columns(shown: &[&'static Column]) -> Vec<&'static Column> {
    let of_reason = [CODE, "deciding_policy"].map(Column::named);
    shown.iter().copied().chain(of_reason).collect()
}

/// Takes the error code and the deciding policy from the end of a row's values.
pub fn taken(values: &mut Vec<Value>) -> (Option<i64>, Option<String>) {
    let policy = values
        .pop()
        .and_then(|value| value.as_text().map(str::to_owned));
    let code = match values.pop() {
        Some(Value::Integer(code)) => Some(code),
        _ => None,
    };
    (code, policy)
}
