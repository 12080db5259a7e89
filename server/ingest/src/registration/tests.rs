//! What is read out of lists of registrations.

use model::registration::{Flag, Summary};
use model::time;
use proptest::prelude::*;

use super::*;

fn read_text(text: &str) -> Read {
    read(text.as_bytes()).expect("a list")
}

fn error(text: &str) -> String {
    read(text.as_bytes()).expect_err("no list").to_string()
}

const PERSON: &str = r#"{"id":"u1","userPrincipalName":"ann@x.example","userDisplayName":"Ann Berg","userType":"member",
    "isAdmin":true,"isMfaRegistered":true,"isMfaCapable":true,"isPasswordlessCapable":false,"isSsprRegistered":true,
    "isSsprEnabled":false,"isSsprCapable":false,"methodsRegistered":["mobilePhone","somethingNew"],
    "defaultMfaMethod":"mobilePhone","isSystemPreferredAuthenticationMethodEnabled":true,
    "lastUpdatedDateTime":"2026-11-20T10:00:00.6195833Z"}"#;

#[test]
fn people_come_as_a_page_as_one_object_as_a_list_and_as_lines() {
    let page = format!(
        "{{\"@odata.context\":\"x\",\"value\":[{PERSON}],\"@odata.nextLink\":\"https://x\"}}"
    );
    let forms = [
        page.clone(),
        format!("{{\"value\":{PERSON}}}"),
        PERSON.to_owned(),
        format!("[{PERSON}]"),
        format!("[{{\"value\":[{PERSON}]}}]"),
        PERSON
            .replace("\"id\"", "\"Id\"")
            .replace("\"user", "\"User")
            .replace("\"is", "\"Is")
            .replace("\"methods", "\"Methods")
            .replace("\"default", "\"Default")
            .replace("\"last", "\"Last"),
    ];
    let expected = &read_text(PERSON).lists.people[0];
    assert_eq!(expected.username.as_deref(), Some("ann@x.example"));
    assert_eq!(expected.flag(Flag::Admin), Some(true));
    assert_eq!(expected.flag(Flag::ResetCapable), Some(false));
    let methods = expected.methods.clone().expect("methods");
    assert_eq!(
        methods,
        ["mobilePhone", "somethingNew"],
        "what is not known is kept"
    );
    for form in forms {
        assert_eq!(
            &read_text(&form).lists.people,
            std::slice::from_ref(expected),
            "{form}"
        );
    }
    assert!(read_text(&page).has_more);
    let lines = format!(
        "{}\n{}",
        PERSON.replace('\n', ""),
        PERSON.replace("u1", "u2").replace('\n', "")
    );
    assert_eq!(read_text(&lines).lists.people.len(), 2);
}

#[test]
fn the_portals_table_says_the_same_in_its_own_words() {
    let table = "\u{feff}User Principal Name,Name,MFA Capable,Passwordless Capable,SSPR Registered,SSPR Enabled,SSPR Capable,Default MFA method,Methods registered,Last updated\r\n\
        ann@x.example,Ann Berg,Capable,Not capable,Yes,No,FALSE,Mobile phone,\"Mobile phone, Email\",11/20/2026 9:00:00 AM\r\n\
        bo@x.example,Bo,,,,,,,,\r\n\
        ,Nobody,Capable,,,,,,,\r\n";
    let read = read_text(table);
    let [ann, bo] = read.lists.people.as_slice() else {
        panic!("two people: {read:?}");
    };
    assert_eq!(ann.display_name.as_deref(), Some("Ann Berg"));
    assert_eq!(ann.flag(Flag::MfaCapable), Some(true));
    assert_eq!(ann.flag(Flag::PasswordlessCapable), Some(false));
    assert_eq!(ann.flag(Flag::ResetRegistered), Some(true));
    assert_eq!(
        ann.flag(Flag::Admin),
        None,
        "a column that is not there says nothing"
    );
    assert_eq!(ann.methods.as_deref().map(<[_]>::len), Some(2));
    assert!(ann.last_updated.is_some());
    assert_eq!(
        bo.methods,
        Some(Vec::new()),
        "an empty cell says that there is none"
    );
    assert_eq!(read.first_skipped, [(4, NOBODY_WORDS)]);
}

const NOBODY_WORDS: &str = "has neither an object ID nor a user principal name";

#[test]
fn the_older_list_says_what_it_knows() {
    let text = r#"{"value":[{"id":"u1","userPrincipalName":"ann@x.example","userDisplayName":"Ann",
        "authMethods":["mobilePhone","appNotification"],"isRegistered":true,"isEnabled":true,"isCapable":true,
        "isMfaRegistered":false}]}"#;
    let ann = &read_text(text).lists.people[0];
    assert_eq!(ann.flag(Flag::ResetRegistered), Some(true));
    assert_eq!(ann.flag(Flag::MfaRegistered), Some(false));
    assert_eq!(ann.flag(Flag::PasswordlessCapable), None);
    assert_eq!(ann.methods.as_deref().map(<[_]>::len), Some(2));
}

#[test]
fn events_come_from_graph_new_and_old_and_from_the_portal() {
    let graph = r#"{"value":[{"id":"e1","eventDateTime":"2026-11-20T10:00:00Z","feature":"registration",
        "authMethod":"microsoftAuthenticatorPush","isSuccess":true,"failureReason":"","userDisplayName":"Ann",
        "userPrincipalName":"ann@x.example"},
        {"id":"e2","eventDateTime":"nonsense","feature":"reset","userPrincipalName":"ann@x.example"}]}"#;
    let read = read_text(graph);
    let [event] = read.lists.events.as_slice() else {
        panic!("an event: {read:?}");
    };
    assert!(!event.is_reset());
    assert_eq!(event.failure_reason, None);
    assert_eq!(event.user_id, None, "the identifier is that of the event");
    assert_eq!(read.first_skipped, [(2, "has no date that can be read")]);
    let table = "Date,User name,User,Feature,Method used,Status,Reason for failure\n\
        2026-11-20T10:00:00Z,ann@x.example,Ann,Registration,microsoftAuthenticatorPush,Success,\n\
        2026-11-21T10:00:00Z,Ann,ann@x.example,Reset,Email,Failure,Wrong code\n\
        ,ann@x.example,Ann,Reset,Email,Failure,\n";
    let read = read_text(table);
    assert_eq!(read.first_skipped, [(4, "has no date that can be read")]);
    assert!(
        read.lists.people.is_empty(),
        "an event without a date is nobody"
    );
    let events = read.lists.events;
    assert_eq!(
        events[0].identity(),
        event.identity(),
        "the same event, whichever way it came"
    );
    assert_eq!(events[1].username.as_deref(), Some("ann@x.example"));
    assert_eq!(
        (events[1].is_reset(), events[1].is_success),
        (true, Some(false))
    );
}

#[test]
fn a_relying_party_says_whether_it_can_move_and_what_was_tested() {
    let text = r##"{"value":[{"@odata.type":"#microsoft.graph.relyingPartyDetailedSummary","id":"a","relyingPartyId":"https://x.example/mgmt",
        "serviceId":"s","relyingPartyName":"Contoso","successfulSignInCount":0,"failedSignInCount":225,"totalSignInCount":225,
        "signInSuccessRate":0,"uniqueUserCount":1,"migrationStatus":"needsReview","replyUrls":["https://x.example/token"],
        "migrationValidationDetails":[{"name":"AdditionalWSFedEndpointCheckResult","value":"{\"result\": 0, \"message\": \"None.\"}"},
        {"name":"Other","value":"plain"}]}]}"##;
    let party = &read_text(text).lists.relying_parties[0];
    assert_eq!(party.failed, Some(225));
    assert_eq!(party.migration_status.as_deref(), Some("needsReview"));
    let passed: Vec<_> = party
        .tests
        .iter()
        .map(model::registration::MigrationTest::is_passed)
        .collect();
    assert_eq!(passed, [Some(true), None]);
}

#[test]
fn a_credential_says_what_it_is_and_when_it_expires() {
    // The documentation's example has the shorter name.
    let text = r##"{"value":[{"@odata.type":"#microsoft.graph.appCredentialSignInActivity","id":"x","keyId":"K-1",
        "keyType":"certificate","keyUsage":"sign","appId":"app","credentialOrigin":"application",
        "createdDateTime":"2026-01-01T00:00:00Z","expirationDate":"2027-01-01T00:00:00Z",
        "signInActivity":{"lastSignInDateTime":"2026-11-20T10:00:00Z","lastSignInRequestId":"r"}},
        {"keyId":"K-2","keyType":"clientSecret","expirationDateTime":"2299-12-31T00:00:00Z","signInActivity":null},
        {"keyId":"","keyType":"clientSecret"}]}"##;
    let read = read_text(text);
    let [one, other] = read.lists.credentials.as_slice() else {
        panic!("two credentials: {read:?}");
    };
    assert_eq!(one.key_type.as_deref(), Some("certificate"));
    assert_eq!(one.expires, time::read("2027-01-01T00:00:00Z"));
    assert_eq!(one.last_used, time::read("2026-11-20T10:00:00Z"));
    let never = other.expires.map(|moment| moment.to_rfc3339());
    assert_eq!(never.as_deref(), Some("2299-12-31T00:00:00+00:00"));
    assert_eq!(other.last_used, None);
    assert_eq!(read.first_skipped, [(3, "has no key ID")]);
    let table =
        "KeyId,KeyType,AppId,ExpirationDateTime\nK-3,clientSecret,app,2026-12-01T00:00:00Z\n";
    let found = read_text(table).lists.credentials;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].application_id.as_deref(), Some("app"));
}

#[test]
fn what_was_counted_already_is_told_by_what_it_counts() {
    let text = r#"{"userTypes":"all","userRoles":"all","totalUserCount":6,"userRegistrationFeatureCounts":[
          {"feature":"mfaCapable","userCount":4}]}
        {"userTypes":"member","userRoles":"all","totalUserCount":5,"userRegistrationMethodCounts":[
          {"authenticationMethod":"password","userCount":5}]}
        {"@odata.context":"https://x/$metadata#x/userRegistrationActivity(period='d7')","value":[
          {"feature":"registration","authMethod":"email","successfulActivityCount":3,"failureActivityCount":1}]}
        {"value":[{"aggregatedDateTime":"2026-11-20T00:00:00Z","passwordResetsSelfServiceCount":2,
          "passwordResetsByAdminCount":1,"changePasswordSelfServiceCount":9}]}
        {"totalUserCount":6,"userRegistrationCounts":[{"registrationStatus":"registered","registrationCount":2}]}"#;
    let summaries = read_text(text).lists.summaries;
    let keys: Vec<String> = summaries.iter().map(Summary::key).collect();
    assert_eq!(
        keys,
        [
            "features/all/all",
            "methods/member/all",
            "activity/d7/registration/email",
            "resets/2026-11-20",
            "features/all/all"
        ]
    );
    for summary in &summaries {
        assert_eq!(Summary::of_text(&summary.to_text()).as_ref(), Some(summary));
    }
}

#[test]
fn what_is_no_list_says_what_it_is() {
    assert_eq!(error(" \n"), "the file is empty");
    assert!(error("Date (UTC),Request ID,User\n1,2,3\n").contains("log of sign-ins"));
    assert!(
        error(r#"[{"id":"1","createdDateTime":"2026","appDisplayName":"x"}]"#)
            .contains("log of sign-ins")
    );
    assert!(
        error(r#"{"value":[{"id":"g","displayName":"x","members":[]}]}"#).contains("Groups page")
    );
    assert!(error("colour,size\nred,1\n").starts_with("nothing in it is known"));
    assert!(error(r#"{"value":[{"colour":"red"}]}"#).starts_with("nothing in it is known"));
    assert!(error("[1,2]").starts_with("nothing in it is known"));
    assert_eq!(error(r#"{"value":[]}"#), "the list has nobody in it");
    assert!(
        error(r#"{"error":{"code":"Forbidden","message":"secret"}}"#)
            .starts_with("this is an error")
    );
    assert_eq!(
        error("{\"value\":[\n{\"id\""),
        "line 2: not the JSON that Graph writes (it ends too early)"
    );
    assert!(error("\u{0}PNG\r\n").starts_with("nothing"));
    assert!(
        error(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).starts_with("line 1")
    );
}

#[test]
fn hostile_texts_are_cut_and_kept_as_text() {
    let text = format!(
        r#"[{{"id":"u1","userPrincipalName":"=cmd|x\u202e@x","userDisplayName":"<script>{}","isMfaCapable":"perhaps",
            "methodsRegistered":[{}]}}]"#,
        "a".repeat(5_000),
        vec!["\"x\""; 5_000].join(",")
    );
    let person = &read_text(&text).lists.people[0];
    assert_eq!(
        person
            .display_name
            .as_deref()
            .map(|name| name.chars().count()),
        Some(MOST_CHARS)
    );
    assert_eq!(person.username.as_deref(), Some("=cmd|x\u{202e}@x"));
    assert_eq!(person.flag(Flag::MfaCapable), None);
    assert_eq!(person.methods.as_deref().map(<[_]>::len), Some(MOST_ITEMS));
}

#[test]
fn powershell_writes_two_bytes_for_a_letter_and_the_type_above_the_headers() {
    let table = "#TYPE Microsoft.Graph\r\n\"Id\",\"UserPrincipalName\",\"IsMfaCapable\"\r\n\"u1\",\"ann@x.example\",\"True\"\r\n";
    let bytes: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(table.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let people = read(&bytes).expect("a list").lists.people;
    assert_eq!(people[0].flag(Flag::MfaCapable), Some(true));
}

/// The published examples of Graph's documentation, where they are at hand.
#[test]
fn the_documentations_examples_are_read() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let shared = std::env::var_os("VESTIBULE_SHARED_DATA").unwrap_or_else(|| default.into());
    let folder = std::path::Path::new(&shared).join("microsoft-graph-docs/valid");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("no shared data: nothing was read");
        return;
    };
    let mut found = [0; 2];
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let bytes = std::fs::read(&path).expect("a file");
        if name.contains("userRegistrationDetails") {
            found[0] += read(&bytes).expect("a list").lists.people.len();
        } else if name.contains("getRelyingPartyDetailedSummary") {
            found[1] += read(&bytes).expect("a list").lists.relying_parties.len();
        } else {
            // Whatever else there is, is refused in words and does not panic.
            drop(read(&bytes));
        }
    }
    assert_eq!(found, [4, 1]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}|[\\[\\]{}\",:;a-z\\n]{0,120}|(isMfaCapable|Feature|Date|,|\\n){0,20}") {
        drop(read(text.as_bytes()));
    }
}
