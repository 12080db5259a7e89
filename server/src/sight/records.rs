//! Records as they came, without what whoever asks may not see.

/// Keys below which policies stand, in lower case: those of every shape begin so.
const KEYS: [&str; 2] = ["appliedconditionalaccess", "conditionalaccesspolic"];

/// A record without the policies; nothing of one that is no JSON.
pub fn without_policies(raw: &str) -> String {
    let Ok(mut record) = serde_json::from_str::<serde_json::Value>(raw) else {
        return "{}".to_owned();
    };
    strip(&mut record);
    record.to_string()
}

/// Whether policies stand below a key.
pub fn is_of_policies(name: &str) -> bool {
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
        // Exports write objects as text in places.
        serde_json::Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
            if let Ok(mut inner) = serde_json::from_str::<serde_json::Value>(text) {
                strip(&mut inner);
                *text = inner.to_string();
            }
        }
        _ => {}
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
            (
                r#"{"properties":"{\"id\":\"a\",\"appliedConditionalAccessPolicies\":[{\"displayName\":\"Secret\"}]}","note":"[x"}"#,
                r#"{"properties":"{\"id\":\"a\"}","note":"[x"}"#,
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
