//! Records of every shape, resolved.

use super::*;

fn resolve(text: &str) -> Result<(RecordKind, Vec<(String, String)>), Refusal> {
    let memory = Bump::new();
    let resolved = Resolver::default().resolve(text, KindHint::default(), &memory)?;
    let cells = NAMES
        .columns
        .iter()
        .zip(&resolved.cells)
        .filter(|(_, cell)| **cell != CellValue::Empty)
        .map(|(column, cell)| (column.id.to_owned(), format!("{cell:?}")))
        .collect();
    Ok((resolved.kind, cells))
}

fn cell(text: &str, id: &str) -> String {
    let (_, cells) = resolve(text).expect("readable");
    cells
        .into_iter()
        .find(|(name, _)| name == id)
        .map_or_else(|| "Empty".to_owned(), |(_, value)| value)
}

const GRAPH: &str = r#"{"id":"5b1c","createdDateTime":"2026-11-24T10:41:57.1234567Z","userDisplayName":"Astrid Lindqvist",
    "userPrincipalName":"astrid@halvorsenpike.example","appDisplayName":"Ledgerline Finance","ipAddress":"203.0.113.48",
    "status":{"errorCode":53000,"failureReason":"Device is not in required device state: compliant."},
    "deviceDetail":{"browser":"Edge 130","isCompliant":false,"trustType":"Azure AD joined"},
    "location":{"city":"Bergen","state":"Vestland","countryOrRegion":"NO","geoCoordinates":{"latitude":60.39,"longitude":5.32}},
    "conditionalAccessStatus":"failure","isInteractive":true,
    "appliedConditionalAccessPolicies":[{"displayName":"Finance apps","result":"failure"}]}"#;

#[test]
fn a_graph_sign_in_fills_its_columns() {
    let (kind, cells) = resolve(GRAPH).expect("readable");
    assert_eq!(kind, RecordKind::SignIn(Tab::Interactive));
    insta::assert_debug_snapshot!(cells);
}

#[test]
fn an_envelope_fills_what_the_properties_leave_open() {
    let text = r#"{"TIME":"2026-11-24T10:00:05Z","CATEGORY":"NonInteractiveUserSignInLogs","callerIpAddress":"203.0.113.9",
        "resourceId":"/TENANTS/4BBB/providers/Microsoft.aadiam","resultType":"50126","identity":"Ann","location":"NO",
        "correlationid":"c","properties":"{\"id\":\"a\",\"createdDateTime\":\"2026-11-24T10:00:00Z\"}"}"#;
    let (kind, _) = resolve(text).expect("readable");
    assert_eq!(kind, RecordKind::SignIn(Tab::NonInteractive));
    for (id, expected) in [
        ("date", "Instant(1795514400000000)"),
        ("ip_address", "Text(\"203.0.113.9\")"),
        ("tenant_id", "Text(\"4BBB\")"),
        ("error_code", "Integer(50126)"),
        ("status", "Text(\"failure\")"),
        ("user", "Text(\"Ann\")"),
        ("country", "Text(\"NO\")"),
        ("location", "Text(\"NO\")"),
        ("correlation_id", "Text(\"c\")"),
    ] {
        assert_eq!(cell(text, id), expected, "{id}");
    }
}

#[test]
fn a_table_row_of_log_analytics_is_read() {
    let text = r#"{"TenantId":"workspace","TimeGenerated [UTC]":"4/28/2021, 2:10:00.000 PM","CreatedDateTime [UTC]":"4/28/2021, 2:08:45.221 PM",
        "AADTenantId":"t","Type":"SigninLogs","ResultType":"0","Status":"{\n \"errorCode\": 0\n}","LocationDetails":"{\"city\":\"Oslo\"}",
        "Location":"NO","DeviceDetail_dynamic":"{\"browser\":\"Edge\"}","DeviceDetail_string":"","IPAddress":"203.0.113.9","Id":"a"}"#;
    for (id, expected) in [
        ("date", "Instant(1619618925221000)"),
        ("status", "Text(\"success\")"),
        ("location", "Text(\"Oslo, NO\")"),
        ("browser", "Text(\"Edge\")"),
        ("tenant_id", "Text(\"t\")"),
        ("request_id", "Text(\"a\")"),
    ] {
        assert_eq!(cell(text, id), expected, "{id}");
    }
}

#[test]
fn a_row_of_the_portals_csv_is_read() {
    let text = r#"{"Date (UTC)":"2025-12-04T08:19:41Z","Request ID":"a","User":"Ann","Application ID ":"app","Location":"Oslo, NO",
        "Status":"Interrupted","Sign-in error code":"50140","Conditional Access":"Not Applied","Latency":"143ms","Managed":"Yes",
        "Authentication requirement":"Multifactor authentication","Unique token identifier":"'-abc","Autonomous system  number":"7018"}"#;
    for (id, expected) in [
        ("application_id", "Text(\"app\")"),
        ("country", "Text(\"NO\")"),
        ("status", "Text(\"interrupted\")"),
        ("conditional_access", "Text(\"notApplied\")"),
        ("latency_ms", "Integer(143)"),
        ("managed", "Boolean(true)"),
        (
            "authentication_requirement",
            "Text(\"multiFactorAuthentication\")",
        ),
        ("unique_token_identifier", "Text(\"-abc\")"),
        ("autonomous_system_number", "Integer(7018)"),
    ] {
        assert_eq!(cell(text, id), expected, "{id}");
    }
}

/// The lists of one sign-in in every shape; in some they are texts that hold JSON.
#[test]
fn lists_are_read_in_every_shape() {
    let policies = r#"[{"id":"1","displayName":"Block, abroad","enforcedGrantControls":["Block"],"result":"failure"},
        {"displayName":"Pilot","result":"reportOnlySuccess"},{"displayName":"Guests","result":"notApplied"},
        {"displayName":"Old","result":"notEnabled"}]"#;
    let steps = r#"[{"authenticationMethod":"Password","succeeded":true},{"authenticationMethod":"Text message"},
        {"authenticationMethod":"Password"}]"#;
    let networks = r#"[{"networkType":"namedNetwork","networkNames":["Bergen","Offices"]},{"networkNames":[]}]"#;
    let quoted = |json: &str| serde_json::Value::from(json).to_string();
    let graph = |policies: &str, steps: &str, networks: &str| {
        format!(
            r#"{{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userId":"u","conditionalAccessStatus":"failure",
            "appliedConditionalAccessPolicies":{policies},"authenticationDetails":{steps},
            "networkLocationDetails":{networks},"riskEventTypes_v2":["a","b"]}}"#
        )
    };
    let diagnostic = |properties: &str| {
        format!(
            r#"{{"time":"2026-11-24T10:00:05Z","category":"SignInLogs","properties":{properties}}}"#
        )
    };
    let log_analytics = |policies: &str, steps: &str, networks: &str| {
        format!(
            r#"{{"TimeGenerated":"2026-11-24T10:00:05Z","Type":"SigninLogs","Id":"a","CreatedDateTime":"2026-11-24T10:00:00Z",
            "UserId":"u","ConditionalAccessStatus":"failure","ConditionalAccessPolicies":{policies},
            "ConditionalAccessPolicies_string":"","AuthenticationDetails":{steps},"NetworkLocationDetails":{networks},
            "RiskEventTypes_V2":"[\"a\",\"b\"]","RiskEventTypes":"[]"}}"#
        )
    };
    let plain = graph(policies, steps, networks);
    let texts = graph(&quoted(policies), &quoted(steps), &quoted(networks));
    for text in [
        plain.clone(),
        diagnostic(&plain),
        diagnostic(&texts),
        diagnostic(&quoted(&plain)),
        log_analytics(policies, steps, networks),
        log_analytics(&quoted(policies), &quoted(steps), &quoted(networks)),
    ] {
        for (id, expected) in [
            ("deciding_policy", "Block, abroad"),
            ("conditional_access_policies", "Block, abroad\nPilot"),
            (
                "conditional_access_results",
                "Block, abroad: failure\nPilot: reportOnlySuccess\nGuests: notApplied",
            ),
            ("authentication_methods", "Password\nText message"),
            ("network_names", "Bergen\nOffices"),
            ("risk_event_types", "a\nb"),
        ] {
            let expected = format!("{:?}", CellValue::Text(expected));
            assert_eq!(cell(&text, id), expected, "{id} of {text}");
        }
    }
    let row = format!(
        r#"{{"Date (UTC)":"2025-12-04T08:19:41Z","Request ID":"a","User":"Ann","Status":"Success","authenticationDetails":{steps}}}"#
    );
    assert_eq!(
        cell(&row, "authentication_methods"),
        "Text(\"Password\\nText message\")"
    );
    let broken = graph("\"[{\"", "7", "{}");
    assert_eq!(cell(&broken, "conditional_access_results"), "Empty");
    assert_eq!(cell(&broken, "authentication_methods"), "Empty");
    assert_eq!(cell(&broken, "user_id"), "Text(\"u\")");
}

#[test]
fn of_names_that_come_twice_the_last_counts() {
    let text = r#"{"id":"a","createdDateTime":"2024-01-01T00:00:00Z","userPrincipalName":"x@example.com","homeTenantId":"a",
        "homeTenantId":"b","status":{"errorCode":0},"status":{"errorCode":50126}}"#;
    assert_eq!(cell(text, "home_tenant_id"), "Text(\"b\")");
    assert_eq!(cell(text, "error_code"), "Integer(50126)");
}

#[test]
fn what_cannot_be_a_sign_in_is_refused_with_its_reason() {
    for (text, reason) in [
        ("{", "not readable as JSON"),
        (
            r#"{"id":"a","createdDateTime":"24/13/2026","userId":"u"}"#,
            "date is not a date",
        ),
        (
            r#"{"id":"a","createdDateTime":"1601-01-01T00:00:00Z","userId":"u"}"#,
            "date is not a date",
        ),
        (
            r#"{"category":"SignInLogs","properties":{"id":"a"}}"#,
            "no date",
        ),
        (
            r#"{"category":"SignInLogs","properties":"{\"id\""}"#,
            "not readable as JSON",
        ),
        (
            r#"{"Fecha (UTC)":"2025","Usuario":"Ann","Request ID":"x"}"#,
            "headers are not known",
        ),
    ] {
        assert_eq!(
            resolve(text).map_err(|refusal| refusal.reason()).err(),
            Some(reason),
            "{text}"
        );
    }
}

#[test]
fn other_kinds_are_named() {
    for (text, kind) in [
        (
            r#"{"category":"AuditLogs","time":"x","properties":{}}"#,
            "AuditLogs",
        ),
        (
            r#"{"id":"a","activityDisplayName":"Add user","activityDateTime":"x"}"#,
            "AuditLogs",
        ),
        (
            r#"{"id":"a","riskEventType":"anonymizedIPAddress","createdDateTime":"x","userId":"u"}"#,
            "UserRiskEvents",
        ),
        (
            r#"{"TimeGenerated":"x","Type":"AzureActivity"}"#,
            "AzureActivity",
        ),
        (
            r#"{"Operation":"UserLoggedIn","Workload":"AzureActiveDirectory"}"#,
            "Office 365 audit log",
        ),
        (
            r#"{"id":"a","provisioningAction":"create","sourceSystem":{"id":"b"},"activityDateTime":"x"}"#,
            "ProvisioningLogs",
        ),
        (
            r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","displayName":"Ann","userPrincipalName":"a@x.example"}"#,
            "records with a date but nothing of a sign-in",
        ),
        (r#"{"a":1}"#, "records that are no sign-ins"),
    ] {
        assert_eq!(
            resolve(text).map(|(kind, _)| kind),
            Ok(RecordKind::Other(kind.to_owned())),
            "{text}"
        );
    }
}

#[test]
fn records_without_id_and_date_are_told_apart_by_the_time_they_were_sent() {
    let at = |time: &str| {
        let record = r#"{"time":"TIME","category":"SignInLogs","properties":{"userId":"u"}}"#;
        cell(&record.replace("TIME", time), "request_id")
    };
    assert_eq!(at("2026-11-24T10:00:00Z"), at("2026-11-24T10:00:00Z"));
    assert_ne!(at("2026-11-24T10:00:00Z"), at("2026-11-24T10:00:01Z"));
}

#[test]
fn a_record_of_a_hundred_thousand_names_is_read() {
    let names: Vec<String> = (0..100_000)
        .map(|number| format!("\"n{number}\":1"))
        .collect();
    let text = format!(
        r#"{{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userId":"u",{},"userId":"v"}}"#,
        names.join(",")
    );
    assert_eq!(cell(&text, "user_id"), "Text(\"v\")");
}

#[test]
fn a_record_without_an_id_gets_a_stable_one() {
    let one = r#"{"createdDateTime":"2026-11-24T10:00:00Z","userId":"u","city":null}"#;
    let same = r#"{ "userId":"u", "createdDateTime":"2026-11-24T10:00:00Z" }"#;
    let other = r#"{"createdDateTime":"2026-11-24T10:00:00Z","userId":"v"}"#;
    assert_eq!(cell(one, "request_id"), cell(same, "request_id"));
    assert_ne!(cell(one, "request_id"), cell(other, "request_id"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(text in ".*") {
        let memory = Bump::new();
        let _outcome = Resolver::default().resolve(&text, KindHint::default(), &memory).is_ok();
    }

    #[test]
    fn any_values_are_survived(values in proptest::collection::vec(("[a-zA-Z]{0,12}|createdDateTime|status|location|properties|category|time|userId", "[0-9]{1,3}|null|true|\"[^\"\\\\]{0,9}\"|\\{\\}|\\[\\]|\\{\"errorCode\":\"x\"\\}"), 0..9)) {
        let members: Vec<_> = values.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let memory = Bump::new();
        let _outcome = Resolver::default().resolve(&format!("{{{}}}", members.join(",")), KindHint::default(), &memory).is_ok();
    }
}
