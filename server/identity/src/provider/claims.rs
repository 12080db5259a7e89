//! What a token says of somebody, read as the configuration says.

use std::collections::BTreeMap;

use model::access::Roles;
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use state::ProviderPerson;

use super::fault::ProviderFault;

/// Most characters that are kept of a name or an identifier.
const LONGEST_CHARS: usize = 256;

/// Everything that a token says beside what the standard names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct OtherClaims {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for OtherClaims {}

/// How tokens of a provider are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimRules {
    /// Claim that holds groups or app roles. One inside another is named with a full stop between: `realm_access.roles`.
    pub roles_claim: String,
    /// Which of its values give which roles.
    pub roles: BTreeMap<String, Roles>,
    /// Roles of somebody whom no value gives any.
    pub default_roles: Roles,
    /// Claim with the object ID.
    pub object_id_claim: String,
    /// Claims with the user principal name; the first that is there counts.
    pub user_principal_name_claims: Vec<String>,
}

/// Who somebody is, by what a token says. Without a role it is said why there is none.
pub(super) fn person(
    claims: &Map<String, Value>,
    issuer: &str,
    subject: &str,
    rules: &ClaimRules,
) -> (ProviderPerson, Option<ProviderFault>) {
    let text = |name: &str| text_of(found(claims, name)?);
    let user_principal_name = rules
        .user_principal_name_claims
        .iter()
        .find_map(|name| text(name));
    let display_name = text("name").or_else(|| user_principal_name.clone());
    let username = user_principal_name.clone().or_else(|| text("email"));
    let username = username.or_else(|| text("name"));
    let roles = roles(claims, rules);
    let fault =
        (roles == Roles::default()).then(|| match is_left_out(claims, &rules.roles_claim) {
            true => ProviderFault::TooManyGroups,
            false => ProviderFault::NoRole,
        });
    let person = ProviderPerson {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        username: username.unwrap_or_default(),
        display_name: display_name.unwrap_or_default(),
        roles,
        object_id: text(&rules.object_id_claim),
        user_principal_name,
    };
    (person, fault)
}

fn roles(claims: &Map<String, Value>, rules: &ClaimRules) -> Roles {
    let values = match found(claims, &rules.roles_claim) {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let values = values.iter().filter_map(Value::as_str);
    let mapped = values.filter_map(|value| rules.roles.get(value));
    let mapped = Roles::of(mapped.flat_map(Roles::each));
    match mapped == Roles::default() {
        true => rules.default_roles.clone(),
        false => mapped,
    }
}

/// Entra ID leaves groups out that are too many, and says where to ask for them.
fn is_left_out(claims: &Map<String, Value>, roles_claim: &str) -> bool {
    let elsewhere = claims.get("_claim_names").and_then(Value::as_object);
    elsewhere.is_some_and(|names| names.contains_key(roles_claim))
        || claims.get("hasgroups").and_then(Value::as_bool) == Some(true)
}

/// The claim with this name; else the one inside others that a name with full stops leads to.
fn found<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    found(claims.get(first)?.as_object()?, rest)
}

fn text_of(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.chars().take(LONGEST_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use model::access::Role;
    use serde_json::json;

    use super::*;

    fn rules(roles_claim: &str) -> ClaimRules {
        ClaimRules {
            roles_claim: roles_claim.to_owned(),
            roles: BTreeMap::from([
                ("Reader".to_owned(), Roles::of([Role::SecurityReader])),
                (
                    "Admin".to_owned(),
                    Roles::of([Role::GlobalAdministrator, Role::User]),
                ),
            ]),
            default_roles: Roles::default(),
            object_id_claim: "oid".to_owned(),
            user_principal_name_claims: vec!["preferred_username".to_owned(), "upn".to_owned()],
        }
    }

    fn read(claims: Value, rules: &ClaimRules) -> (ProviderPerson, Option<ProviderFault>) {
        let Value::Object(claims) = claims else {
            panic!("no claims");
        };
        person(&claims, "issuer", "subject", rules)
    }

    #[test]
    fn who_somebody_is_stands_in_the_claims_that_are_named() {
        let claims = json!({"name": "Ann Berg", "preferred_username": " ", "upn": "ann@x.example", "oid": "1-2", "roles": ["Reader"]});
        let (person, fault) = read(claims, &rules("roles"));
        assert_eq!(fault, None);
        let expected = ProviderPerson {
            issuer: "issuer".to_owned(),
            subject: "subject".to_owned(),
            username: "ann@x.example".to_owned(),
            display_name: "Ann Berg".to_owned(),
            roles: Roles::of([Role::SecurityReader]),
            object_id: Some("1-2".to_owned()),
            user_principal_name: Some("ann@x.example".to_owned()),
        };
        assert_eq!(person, expected);
        let (nameless, _) = read(json!({"oid": 12, "name": ["Ann"]}), &rules("roles"));
        assert_eq!((nameless.username.as_str(), nameless.object_id), ("", None));
    }

    #[test]
    fn only_values_that_are_mapped_give_roles_letter_by_letter() {
        for (claims, claim, ids) in [
            (
                json!({"roles": ["Reader", "Admin", "Other", 7]}),
                "roles",
                "global_administrator,security_reader,user",
            ),
            (json!({"roles": "Reader"}), "roles", "security_reader"),
            (
                json!({"roles": ["reader", " Reader", "Reader,Admin"]}),
                "roles",
                "",
            ),
            (json!({"roles": {"Reader": true}}), "roles", ""),
            (json!({"groups": ["Reader"]}), "roles", ""),
            (
                json!({"realm_access": {"roles": ["Reader"]}}),
                "realm_access.roles",
                "security_reader",
            ),
            (
                json!({"https://x.example/roles": ["Reader"]}),
                "https://x.example/roles",
                "security_reader",
            ),
            (json!({}), "roles", ""),
        ] {
            let (person, fault) = read(claims.clone(), &rules(claim));
            assert_eq!(person.roles.ids(), ids, "{claims}");
            assert_eq!(
                fault,
                ids.is_empty().then_some(ProviderFault::NoRole),
                "{claims}"
            );
        }
        let with_default = ClaimRules {
            default_roles: Roles::of([Role::User]),
            ..rules("roles")
        };
        assert_eq!(
            read(json!({"roles": ["Other"]}), &with_default)
                .0
                .roles
                .ids(),
            "user"
        );
        assert_eq!(
            read(json!({"roles": ["Reader"]}), &with_default)
                .0
                .roles
                .ids(),
            "security_reader"
        );
    }

    #[test]
    fn groups_that_are_left_out_are_told_from_groups_that_are_not_mapped() {
        let left_out = json!({"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "x"}}});
        assert_eq!(
            read(left_out.clone(), &rules("groups")).1,
            Some(ProviderFault::TooManyGroups)
        );
        assert_eq!(
            read(left_out, &rules("roles")).1,
            Some(ProviderFault::NoRole)
        );
        assert_eq!(
            read(json!({"hasgroups": true}), &rules("groups")).1,
            Some(ProviderFault::TooManyGroups)
        );
    }
}
