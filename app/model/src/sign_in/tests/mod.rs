//! What holds for the sign-in as a whole: no declared property is missing, nothing is lost.

mod full;
mod leniency;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::SignIn;

/// Every property of the Graph `signIn` entity, v1.0 and beta metadata of 2026, with the older
/// ones (`alternateSignInName`, `riskEventTypes`) that sources still send.
const DECLARED: [&str; 79] = [
    "agent",
    "alternateSignInName",
    "appDisplayName",
    "appId",
    "appOwnerTenantId",
    "appTokenProtectionStatus",
    "appliedConditionalAccessPolicies",
    "appliedEventListeners",
    "authenticationAppDeviceDetails",
    "authenticationAppPolicyEvaluationDetails",
    "authenticationContextClassReferences",
    "authenticationDetails",
    "authenticationMethodsUsed",
    "authenticationProcessingDetails",
    "authenticationProtocol",
    "authenticationRequirement",
    "authenticationRequirementPolicies",
    "autonomousSystemNumber",
    "azureResourceId",
    "clientAppUsed",
    "clientCredentialType",
    "clientSessionId",
    "conditionalAccessAudiences",
    "conditionalAccessStatus",
    "correlationId",
    "createdDateTime",
    "crossTenantAccessType",
    "deviceDetail",
    "federatedCredentialId",
    "flaggedForReview",
    "globalSecureAccessIpAddress",
    "homeTenantId",
    "homeTenantName",
    "id",
    "incomingTokenType",
    "ipAddress",
    "ipAddressFromResourceProvider",
    "isInteractive",
    "isTenantRestricted",
    "isThroughGlobalSecureAccess",
    "location",
    "managedServiceIdentity",
    "mfaDetail",
    "networkLocationDetails",
    "originalRequestId",
    "originalTransferMethod",
    "privateLinkDetails",
    "processingTimeInMilliseconds",
    "resourceDisplayName",
    "resourceId",
    "resourceOwnerTenantId",
    "resourceServicePrincipalId",
    "resourceTenantId",
    "riskDetail",
    "riskEventTypes",
    "riskEventTypes_v2",
    "riskLevelAggregated",
    "riskLevelDuringSignIn",
    "riskState",
    "servicePrincipalCredentialKeyId",
    "servicePrincipalCredentialThumbprint",
    "servicePrincipalId",
    "servicePrincipalName",
    "sessionId",
    "sessionLifetimePolicies",
    "signInEventTypes",
    "signInIdentifier",
    "signInIdentifierType",
    "signInTokenProtectionStatus",
    "status",
    "tokenIssuerName",
    "tokenIssuerType",
    "tokenProtectionStatusDetails",
    "uniqueTokenIdentifier",
    "userAgent",
    "userDisplayName",
    "userId",
    "userPrincipalName",
    "userType",
];

fn properties(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn written(sign_in: &SignIn) -> Map<String, Value> {
    properties(&serde_json::to_value(sign_in).unwrap())
}

#[test]
fn no_declared_property_is_missing() {
    let fields: BTreeSet<&str> = SignIn::property_names().collect();
    assert_eq!(fields, BTreeSet::from(DECLARED));
}

#[test]
fn a_full_record_is_understood_whole_and_written_as_it_came() {
    let full = full::full();
    let sign_in = SignIn::from_properties(properties(&full));
    assert_eq!(sign_in.other, Map::new());
    let written = written(&sign_in);
    let names: BTreeSet<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(DECLARED));
    insta::assert_json_snapshot!("full", Value::Object(written.clone()));
    assert_eq!(SignIn::from_properties(written), sign_in);
    let text = serde_json::to_string(&sign_in).unwrap();
    assert_eq!(serde_json::from_str::<SignIn>(&text).unwrap(), sign_in);
}

#[test]
fn nothing_said_is_nothing_written() {
    let blank = DECLARED
        .iter()
        .map(|name| ((*name).to_owned(), Value::Null))
        .collect();
    assert_eq!(SignIn::from_properties(blank), SignIn::default());
    let empty = properties(&json!({
        "userId": "", "status": {}, "location": {"city": "", "geoCoordinates": {}},
        "authenticationDetails": [], "appliedConditionalAccessPolicies": [null, {}],
        "riskState": "", "isInteractive": "", "autonomousSystemNumber": " ",
    }));
    assert_eq!(SignIn::from_properties(empty), SignIn::default());
    assert_eq!(serde_json::to_string(&SignIn::default()).unwrap(), "{}");
}

/// JSON of any shape, with the odd number, truth word and JSON inside text among it.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0_i64..40).prop_map(Value::from),
        (-1e6_f64..1e6).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-zA-Z0-9, ]{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "True",
            "",
            "null",
            "[]",
            "{}",
            "{\"id\":1}",
            "[\"a\",2]",
            "none"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop_oneof![
            "[a-z]{1,6}",
            prop::sample::select(vec![
                "id",
                "key",
                "VALUE",
                "errorCode",
                "city",
                "geoCoordinates"
            ])
            .prop_map(str::to_owned),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(names, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A declared name in any letter case, or some other name.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(DECLARED.to_vec()).prop_map(str::to_owned),
        1 => prop::sample::select(DECLARED.to_vec()).prop_map(str::to_uppercase),
        1 => Just("appliedConditionalAccessPolicy".to_owned()),
        1 => "[a-zA-Z_@.]{0,12}",
    ]
}

proptest! {
    #[test]
    fn whatever_comes_in_is_read_the_same_again(
        map in prop::collection::btree_map(any_name(), any_json(), 0..12),
    ) {
        let sign_in = SignIn::from_properties(map.into_iter().collect());
        prop_assert_eq!(&SignIn::from_properties(written(&sign_in)), &sign_in);
        let text = serde_json::to_string(&sign_in).unwrap();
        let once = serde_json::to_string(&written(&sign_in)).unwrap();
        prop_assert_eq!(text.len(), once.len(), "a name is written twice: {}", text);
    }

    #[test]
    fn any_part_of_a_full_record_survives(
        kept in prop::collection::btree_set(0..DECLARED.len(), 0..DECLARED.len()),
        lower_case in any::<bool>(),
    ) {
        let full = full::full();
        let part: Map<String, Value> = kept
            .iter()
            .map(|position| (DECLARED[*position].to_owned(), full[DECLARED[*position]].clone()))
            .collect();
        let expected = written(&SignIn::from_properties(properties(&full)));
        let named = |name: &String| if lower_case { name.to_lowercase() } else { name.clone() };
        let read = SignIn::from_properties(
            part.iter().map(|(name, value)| (named(name), value.clone())).collect(),
        );
        let written = written(&read);
        prop_assert!(written.keys().eq(part.keys()));
        for (name, value) in &written {
            prop_assert_eq!(value, &expected[name]);
        }
    }

    #[test]
    fn no_text_is_lost_wherever_it_stands(
        names in prop::collection::btree_set(any_name(), 1..20),
        as_list in any::<bool>(),
    ) {
        let token = |position: usize| format!("token-{position:03}");
        let map = names.iter().enumerate().map(|(position, name)| {
            let text = Value::from(token(position));
            (name.clone(), if as_list { json!([text]) } else { text })
        });
        let sign_in = SignIn::from_properties(map.collect());
        let text = serde_json::to_string(&sign_in).unwrap();
        for position in 0..names.len() {
            prop_assert!(text.contains(&token(position)), "{}", text);
        }
    }
}
