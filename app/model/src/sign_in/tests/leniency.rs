//! The ways in which sources differ from the schema, one by one.

use serde_json::{Map, Value, json};

use crate::sign_in::conditional_access::ConditionalAccessRule;
use crate::sign_in::{
    AuthenticationProtocol, ConditionalAccessStatus, CrossTenantAccessType, PolicyResult,
    RiskLevel, RiskState, SignIn, SignInEventType, TokenIssuerType, UserType,
};

fn read(value: Value) -> SignIn {
    match value {
        Value::Object(properties) => SignIn::from_properties(properties),
        _ => SignIn::default(),
    }
}

#[test]
fn names_are_matched_in_any_letter_case_at_every_level() {
    let sign_in = read(json!({
        "CreatedDateTime": "2026-01-02T03:04:05Z", "IPADDRESS": "192.0.2.1",
        "riskLevelDuringsignIn": "high", "RiskEventTypes_V2": ["newCountry"],
        "Status": {"ERRORCODE": 50126}, "LOCATION": {"City": "Leeds", "GeoCoordinates": {"Latitude": 53.8}},
        "authenticationdetails": [{"statussequence": 1, "Succeeded": true}],
    }));
    assert_eq!(
        sign_in.created_date_time.as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
    assert_eq!(sign_in.ip_address.as_deref(), Some("192.0.2.1"));
    assert_eq!(sign_in.risk_level_during_sign_in, Some(RiskLevel::High));
    assert_eq!(sign_in.risk_event_types_v2[0].label(), "New country");
    assert_eq!(sign_in.status.unwrap().error_code, Some(50126));
    let location = sign_in.location.unwrap();
    assert_eq!(location.city.as_deref(), Some("Leeds"));
    assert_eq!(location.geo_coordinates.unwrap().latitude, Some(53.8));
    assert_eq!(sign_in.authentication_details[0].status_sequence, Some(1));
    assert_eq!(sign_in.other, Map::new());
}

#[test]
fn numbers_text_and_truth_are_exchanged() {
    let sign_in = read(json!({
        "autonomousSystemNumber": "7018", "processingTimeInMilliseconds": "143 ms",
        "isInteractive": "True", "flaggedForReview": 0, "sessionId": 12,
        "status": {"errorCode": "50126"}, "deviceDetail": {"isCompliant": "yes", "isManaged": "1"},
        "location": {"geoCoordinates": {"latitude": "53.8"}},
    }));
    assert_eq!(sign_in.autonomous_system_number, Some(7018));
    assert_eq!(sign_in.processing_time_in_milliseconds, Some(143));
    assert_eq!(sign_in.is_interactive, Some(true));
    assert_eq!(sign_in.flagged_for_review, Some(false));
    assert_eq!(sign_in.session_id.as_deref(), Some("12"));
    assert_eq!(sign_in.status.unwrap().error_code, Some(50126));
    let device = sign_in.device_detail.unwrap();
    assert_eq!(
        (device.is_compliant, device.is_managed),
        (Some(true), Some(true))
    );
    assert_eq!(
        sign_in.location.unwrap().geo_coordinates.unwrap().latitude,
        Some(53.8)
    );
}

#[test]
fn json_inside_text_is_read_as_objects_and_lists() {
    let details = json!([{"authenticationMethod": "Password", "succeeded": "true"}]);
    let sign_in = read(json!({
        "authenticationDetails": details.to_string(),
        "status": json!({"errorCode": 0}).to_string(),
        "deviceDetail": json!(json!({"browser": "Firefox"}).to_string()).to_string(),
        "networkLocationDetails": "[\r\n  {\r\n    \"networkNames\": \"[\\\"Office\\\"]\"\r\n  }\r\n]",
        "mfaDetail": "{}", "sessionLifetimePolicies": "[]", "location": "null",
    }));
    assert_eq!(sign_in.authentication_details[0].succeeded, Some(true));
    assert_eq!(sign_in.status.unwrap().error_code, Some(0));
    assert_eq!(
        sign_in.device_detail.unwrap().browser.as_deref(),
        Some("Firefox")
    );
    assert_eq!(
        sign_in.network_location_details[0].network_names,
        ["Office"]
    );
    assert_eq!((sign_in.mfa_detail, sign_in.location), (None, None));
    assert!(sign_in.session_lifetime_policies.is_empty());
    assert_eq!(sign_in.other, Map::new());
}

#[test]
fn one_value_stands_for_a_list_of_one() {
    let sign_in = read(json!({
        "authenticationDetails": {"authenticationMethod": "Password"},
        "signInEventTypes": "nonInteractiveUser",
        "appliedConditionalAccessPolicies": {"displayName": "One", "enforcedGrantControls": "Mfa"},
    }));
    assert_eq!(sign_in.authentication_details.len(), 1);
    assert_eq!(
        sign_in.sign_in_event_types,
        [SignInEventType::NonInteractiveUser]
    );
    assert_eq!(
        sign_in.applied_conditional_access_policies[0].enforced_grant_controls,
        ["Mfa"]
    );
}

#[test]
fn null_means_nothing_anywhere() {
    let sign_in = read(json!({
        "userId": null, "status": {"errorCode": null, "failureReason": "x"},
        "authenticationDetails": [null, {"succeeded": null, "authenticationMethod": "Password"}],
        "authenticationMethodsUsed": [null, "SMS"],
        "location": {"geoCoordinates": {"altitude": null, "latitude": 1.0}},
    }));
    assert_eq!(sign_in.user_id, None);
    assert_eq!(sign_in.status.unwrap().error_code, None);
    assert_eq!(sign_in.authentication_details.len(), 1);
    assert_eq!(sign_in.authentication_methods_used, ["SMS"]);
    assert_eq!(sign_in.other, Map::new());
}

#[test]
fn conditions_come_as_a_mask_or_as_names() {
    let sign_in = read(json!({"appliedConditionalAccessPolicies": [
        {"conditionsSatisfied": 19, "conditionsNotSatisfied": "location"},
        {"conditionsSatisfied": "1032", "conditionsNotSatisfied": 0,
         "includeRulesSatisfied": [{"conditionalAccessCondition": 2, "ruleSatisfied": 6}]},
    ]}));
    let [first, second] = &sign_in.applied_conditional_access_policies[..] else {
        panic!("two policies went in");
    };
    let satisfied = first.conditions_satisfied.as_ref().unwrap();
    assert_eq!(satisfied.names(), ["application", "users", "clientType"]);
    assert_eq!(first.conditions_not_satisfied.as_ref().unwrap().bits(), 8);
    let satisfied = second.conditions_satisfied.as_ref().unwrap();
    assert_eq!(satisfied.to_string(), "location,ipAddressSeenByAzureAD");
    assert!(second.conditions_not_satisfied.as_ref().unwrap().is_none());
    let rule = &second.include_rules_satisfied[0];
    assert_eq!(rule.rule_satisfied, Some(ConditionalAccessRule::AllUsers));
    assert_eq!(
        rule.conditional_access_condition.as_ref().unwrap().names(),
        ["users"]
    );
}

#[test]
fn audiences_come_as_text_or_as_objects() {
    let plain = read(json!({"conditionalAccessAudiences": ["app-1", "app-2"]}));
    let objects = read(json!({"conditionalAccessAudiences": [
        {"applicationId": "app-1", "audienceReasons": null}, {"applicationId": "app-2"},
    ]}));
    assert_eq!(plain, objects);
    assert_eq!(plain.conditional_access_audiences.len(), 2);
    let one = read(json!({"conditionalAccessAudiences": "app-1"}));
    assert_eq!(
        one.conditional_access_audiences[0]
            .application_id
            .as_deref(),
        Some("app-1")
    );
}

#[test]
fn processing_details_come_as_pairs_or_as_one_object() {
    let pairs = json!([{"Key": "Is CAE Token", "Value": "True"}, {"key": "Login Hint Present", "value": true}]);
    let pairs = read(json!({"authenticationProcessingDetails": pairs}));
    let object = json!({"Is CAE Token": "True", "Login Hint Present": true});
    let object = read(json!({"authenticationProcessingDetails": object}));
    let details = &object.authentication_processing_details;
    assert_eq!(details[0].key.as_deref(), Some("Is CAE Token"));
    assert_eq!(details[1].value.as_deref(), Some("true"));
    assert_eq!(pairs, object);
    let one =
        read(json!({"authenticationProcessingDetails": {"key": "Is CAE Token", "value": "True"}}));
    assert_eq!(one.authentication_processing_details, details[..1]);
}

#[test]
fn the_old_singular_name_of_the_policy_list_is_read() {
    let sign_in = read(json!({"appliedConditionalAccessPolicy": [{"displayName": "Old"}]}));
    assert_eq!(
        sign_in.applied_conditional_access_policies[0]
            .display_name
            .as_deref(),
        Some("Old")
    );
    let both = read(json!({
        "appliedConditionalAccessPolicies": [{"displayName": "New"}],
        "appliedConditionalAccessPolicy": [{"displayName": "Old"}],
    }));
    assert_eq!(
        both.applied_conditional_access_policies[0]
            .display_name
            .as_deref(),
        Some("New")
    );
    assert!(both.other.contains_key("appliedConditionalAccessPolicy"));
}

#[test]
fn enumerations_take_numbers_other_letter_case_and_new_values() {
    let sign_in = read(json!({
        "userType": "Member", "riskState": 4, "riskLevelAggregated": "HIDDEN",
        "crossTenantAccessType": 1, "conditionalAccessStatus": "applied",
        "authenticationProtocol": "rpoc", "tokenIssuerType": "Azure Active Directory",
        "appliedConditionalAccessPolicies": [{"result": 3}, {"result": "reportOnlySomething"}],
    }));
    assert_eq!(sign_in.user_type, Some(UserType::Member));
    assert_eq!(sign_in.risk_state, Some(RiskState::AtRisk));
    assert_eq!(sign_in.risk_level_aggregated, Some(RiskLevel::Hidden));
    assert_eq!(
        sign_in.cross_tenant_access_type,
        Some(CrossTenantAccessType::B2bCollaboration)
    );
    let kept = ConditionalAccessStatus::Other("applied".into());
    assert_eq!(sign_in.conditional_access_status, Some(kept));
    let kept = AuthenticationProtocol::Other("rpoc".into());
    assert_eq!(sign_in.authentication_protocol, Some(kept));
    let kept = TokenIssuerType::Other("Azure Active Directory".into());
    assert_eq!(sign_in.token_issuer_type, Some(kept));
    let results: Vec<_> = sign_in
        .applied_conditional_access_policies
        .iter()
        .map(|policy| policy.result.clone())
        .collect();
    let kept = PolicyResult::Other("reportOnlySomething".into());
    assert_eq!(results, [Some(PolicyResult::NotEnabled), Some(kept)]);
}

#[test]
fn what_is_not_understood_is_kept_under_its_name() {
    let odd = json!({
        "location": "IN", "status": [1, 2], "isInteractive": "perhaps",
        "autonomousSystemNumber": 1.5, "userAgent": {"a": 1}, "riskState": true,
        "authenticationDetails": [{"authenticationMethod": "Password"}, "cut off"],
        "rngcStatus": 1, "ssoExtensionVersion": null, "other": {"mine": 1},
    });
    let sign_in = read(odd.clone());
    assert_eq!(Value::Object(sign_in.other.clone()), odd);
    assert_eq!(
        sign_in,
        SignIn {
            other: sign_in.other.clone(),
            ..SignIn::default()
        }
    );
}

#[test]
fn what_is_not_understood_inside_stays_inside() {
    let sign_in =
        read(json!({"deviceDetail": {"isCompliant": "unclear", "rooted": 1, "browser": "x"}}));
    let device = sign_in.device_detail.unwrap();
    assert_eq!(device.browser.as_deref(), Some("x"));
    assert_eq!(
        Value::Object(device.other),
        json!({"isCompliant": "unclear", "rooted": 1})
    );
}

#[test]
fn a_repeated_name_in_json_text_does_not_break_the_record() {
    let text = "{\"homeTenantId\": \"first\", \"homeTenantId\": \"second\"}";
    let sign_in: SignIn = serde_json::from_str(text).unwrap();
    assert_eq!(sign_in.home_tenant_id.as_deref(), Some("second"));
}
