//! Columns that are worked out from others.

use bumpalo::Bump;
use lake::CellValue;
use model::Outcome;

/// "City, State, Country" from what there is of them.
pub(super) fn place<'b>(parts: [Option<&'b str>; 3], memory: &'b Bump) -> CellValue<'b> {
    let known: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    match known.as_slice() {
        [] => CellValue::Empty,
        [one] => CellValue::Text(one),
        several => CellValue::Text(memory.alloc_str(&several.join(", "))),
    }
}

/// City, state and country of the portal's "City, State, Country". With two parts the state is
/// missing, with one there is only a country when it has two letters.
pub(super) fn place_parts(text: &str) -> [Option<&str>; 3] {
    let parts: Vec<&str> = text.split(", ").map(str::trim).collect();
    match parts.as_slice() {
        [country] if country.len() == 2 => [None, None, filled(country)],
        [city] => [filled(city), None, None],
        [city, country] => [filled(city), None, filled(country)],
        [city, middle @ .., country] => {
            let state = middle.first().copied().and_then(filled);
            [filled(city), state, filled(country)]
        }
        [] => [None, None, None],
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// How the sign-in ended.
pub(super) fn status(error_code: Option<i64>, said: Option<Outcome>) -> CellValue<'static> {
    match (said, error_code) {
        (Some(said), _) => CellValue::Text(said.as_str()),
        (None, Some(code)) => CellValue::Text(Outcome::of_error_code(code).as_str()),
        (None, None) => CellValue::Empty,
    }
}

/// Name of the first policy whose result is failure: the one that decided.
pub(super) fn deciding_policy<'b>(policies: &str, memory: &'b Bump) -> CellValue<'b> {
    // Looking for the word first saves reading the list, which is the longest part of most records.
    if !policies.contains("failure") {
        return CellValue::Empty;
    }
    let Ok(policies) =
        serde_json::from_str::<Vec<serde_json::Map<String, serde_json::Value>>>(policies)
    else {
        return CellValue::Empty;
    };
    let member = |policy: &serde_json::Map<String, serde_json::Value>, wanted: &str| {
        policy
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .and_then(|(_, value)| value.as_str())
            .map(str::to_owned)
    };
    policies
        .iter()
        .find(|policy| {
            member(policy, "result").is_some_and(|result| result.eq_ignore_ascii_case("failure"))
        })
        .and_then(|policy| member(policy, "displayName"))
        .map_or(CellValue::Empty, |name| {
            CellValue::Text(memory.alloc_str(&name))
        })
}

/// Tenant in the address of a log: `/tenants/<id>/providers/Microsoft.aadiam`, in any letter case.
pub(super) fn tenant_of_resource(address: &str) -> Option<&str> {
    let mut parts = address.split('/').filter(|part| !part.is_empty());
    parts.find(|part| part.eq_ignore_ascii_case("tenants"))?;
    parts.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_joined_and_parted() {
        let memory = Bump::new();
        assert_eq!(
            place([Some("Oslo"), Some(""), Some("NO")], &memory),
            CellValue::Text("Oslo, NO")
        );
        assert_eq!(place([None, None, None], &memory), CellValue::Empty);
        assert_eq!(
            place_parts("Bergen, Vestland, NO"),
            [Some("Bergen"), Some("Vestland"), Some("NO")]
        );
        assert_eq!(place_parts("Oslo, NO"), [Some("Oslo"), None, Some("NO")]);
        assert_eq!(place_parts("NO"), [None, None, Some("NO")]);
        assert_eq!(place_parts(", , NO"), [None, None, Some("NO")]);
        assert_eq!(place_parts(""), [None, None, None]);
    }

    #[test]
    fn the_policy_that_decided_is_the_first_that_failed() {
        let memory = Bump::new();
        let policies = r#"[{"displayName":"A","result":"success"},{"DisplayName":"B","Result":"failure"},
            {"displayName":"C","result":"failure"}]"#;
        assert_eq!(deciding_policy(policies, &memory), CellValue::Text("B"));
        assert_eq!(
            deciding_policy(
                r#"[{"displayName":"A","result":"reportOnlyFailure"}]"#,
                &memory
            ),
            CellValue::Empty
        );
        assert_eq!(deciding_policy("failure", &memory), CellValue::Empty);
    }

    #[test]
    fn tenants_are_read_from_addresses() {
        assert_eq!(
            tenant_of_resource("/TENANTS/4bbb/PROVIDERS/MICROSOFT.AADIAM"),
            Some("4bbb")
        );
        assert_eq!(tenant_of_resource("https://api.example"), None);
    }
}
