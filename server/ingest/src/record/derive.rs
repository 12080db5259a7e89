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
/// missing, with one there is only a country when it has two letters. Of more than three, what is
/// between the first and the last is the state, so that the whole stays as it was.
pub(super) fn place_parts(text: &str) -> [Option<&str>; 3] {
    let Some((city, rest)) = text.split_once(", ") else {
        return match text.len() {
            2 => [None, None, Some(text)],
            _ => [filled(text), None, None],
        };
    };
    match rest.rsplit_once(", ") {
        None => [filled(city), None, filled(rest)],
        Some((state, country)) => [filled(city), filled(state), filled(country)],
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// How the sign-in ended.
pub(super) fn status(error_code: Option<i64>, said: Option<Outcome>) -> CellValue<'static> {
    match (said, error_code) {
        (Some(said), _) => CellValue::Text(said.as_str()),
        (None, Some(code)) => CellValue::Text(Outcome::stored_for(code).as_str()),
        (None, None) => CellValue::Empty,
    }
}

/// Whether an agent signed in: it has a type, and not the one of those that are none.
pub(super) fn is_agent(agent_type: Option<&str>) -> CellValue<'static> {
    let is_agent = agent_type.is_some_and(|of| !of.eq_ignore_ascii_case("notAgentic"));
    CellValue::Boolean(is_agent)
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
        assert_eq!(place_parts("XY, , "), [Some("XY"), None, None]);
        assert_eq!(
            place_parts("a, b, c, NO"),
            [Some("a"), Some("b, c"), Some("NO")]
        );
    }

    #[test]
    fn what_has_no_type_is_no_agent() {
        for (agent_type, expected) in [
            (None, false),
            (Some("notAgentic"), false),
            (Some("NOTAGENTIC"), false),
            (Some("agenticApp"), true),
            (Some("somethingNew"), true),
        ] {
            assert_eq!(
                is_agent(agent_type),
                CellValue::Boolean(expected),
                "{agent_type:?}"
            );
        }
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
