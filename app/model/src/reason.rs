//! What a row says beside its columns: four more are asked for with those that are shown.

use crate::gist::Gist;
use crate::{Column, Value};

/// The column of the error code, which filters and orders in the place of the reason.
pub const CODE: &str = "error_code";

/// What the reason of a row is worked out from, and whether its record may still change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Error code of the sign-in.
    pub error_code: Option<i64>,
    /// What the verdict comes to, where that is more than the code says.
    pub gist: Option<Gist>,
    /// Policy that decided, for a sign-in that Conditional Access blocked.
    pub deciding_policy: Option<String>,
    /// Whether more of the record may still come.
    pub is_settling: bool,
}

/// The columns to ask for, so that the reason of each row can be worked out.
pub fn with_its_columns(shown: &[&'static Column]) -> Vec<&'static Column> {
    let beside = [CODE, "verdict", "deciding_policy", "still_settling"].map(Column::named);
    shown.iter().copied().chain(beside).collect()
}

/// Takes what stands beside the columns from the end of a row's values.
pub fn taken(values: &mut Vec<Value>) -> Beside {
    let is_settling = values.pop() == Some(Value::Boolean(true));
    let deciding_policy = values
        .pop()
        .and_then(|value| value.as_text().map(str::to_owned));
    let gist = values.pop();
    let gist = gist.as_ref().and_then(Value::as_text).and_then(Gist::of_id);
    let error_code = match values.pop() {
        Some(Value::Integer(code)) => Some(code),
        _ => None,
    };
    Beside {
        error_code,
        gist,
        deciding_policy,
        is_settling,
    }
}
