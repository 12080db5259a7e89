//! What is read out of lists of members.

use proptest::prelude::*;

use super::*;

/// Each group: id, name, people by key, nested groups, others, whether it may be cut.
fn told(memberships: &Memberships) -> Vec<String> {
    let told = memberships.groups.iter().map(|group| {
        let people: Vec<String> = group.people.iter().filter_map(Member::key).collect();
        format!(
            "{}|{}|{}|{}|{}|{}",
            group.id.as_deref().unwrap_or("-"),
            group.name,
            people.join(","),
            group.groups.join(","),
            group.others,
            group.is_cut
        )
    });
    told.collect()
}

fn read_text(text: &str) -> Memberships {
    read(text.as_bytes(), "The list").expect("a list of members")
}

#[test]
fn groups_with_their_members() {
    let text = r##"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups(members())","value":[
        {"id":"G2","displayName":"Sales","members":[]},
        {"id":"G1","displayName":"Finance","securityEnabled":true,"members":[
            {"@odata.type":"#microsoft.graph.user","id":"U1","displayName":"Ann","userPrincipalName":"ann@x.example"},
            {"@odata.type":"#microsoft.graph.user","id":"U1","displayName":"Ann","userPrincipalName":"ann@x.example"},
            {"@odata.type":"#microsoft.graph.group","id":"G3","displayName":"Auditors"},
            {"@odata.type":"#microsoft.graph.device","id":"D1"},
            {"@odata.type":"#microsoft.graph.user"}]}]}"##;
    let memberships = read_text(text);
    assert_eq!(
        told(&memberships),
        ["G1|Finance|u1|G3|1|false", "G2|Sales|||0|false"]
    );
    assert_eq!(
        (memberships.skipped, memberships.first_skipped[0].0),
        (1, 2)
    );
}

#[test]
fn members_that_stop_at_twenty_are_said_to_be_cut() {
    let members: Vec<String> = (0..20).map(|n| format!(r#"{{"id":"u{n}"}}"#)).collect();
    let of = |members: &[String]| {
        let text = format!(
            r#"[{{"id":"g","displayName":"All","members":[{}]}}]"#,
            members.join(",")
        );
        read_text(&text).groups[0].is_cut
    };
    assert!(of(&members));
    assert!(!of(&members[..19]));
    let more = r#"{"id":"g","members":[{"id":"u"}],"members@odata.nextLink":"https://x"}"#;
    assert!(read_text(more).groups[0].is_cut);
}

#[test]
fn users_with_their_groups() {
    let text = r##"{"id":"u1","userPrincipalName":"ann@x.example","memberOf":[
            {"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Finance"},
            {"@odata.type":"#microsoft.graph.directoryRole","id":"r1","displayName":"Reports Reader"}]}
        {"id":"u2","memberOf":[{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Finance"}]}"##;
    assert_eq!(told(&read_text(text)), ["g1|Finance|u1,u2||0|false"]);
}

#[test]
fn a_list_of_members_has_the_name_that_it_is_given() {
    let text = r#"{"value":[{"id":"u1","userPrincipalName":"ann@x.example"}],"@odata.nextLink":"https://x"}"#;
    assert_eq!(told(&read_text(text)), ["-|The list|u1||0|true"]);
    // As the portal writes it, with a mark of the byte order.
    let text = "\u{feff}id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest\r\n\
        u1,ann@x.example,Ann,User,Member,TRUE,FALSE,FALSE\r\n\
        u2,guest_y.example#EXT#@x.example,\"Guest, a\",User,Guest,TRUE,FALSE,TRUE\r\n\
        g9,,Auditors,Group,,FALSE,TRUE,FALSE\r\n\
        d1,,BRG-1,Device,,FALSE,FALSE,FALSE\r\n";
    assert_eq!(told(&read_text(text)), ["-|The list|u1,u2|g9|1|false"]);
}

#[test]
fn a_table_may_name_its_groups() {
    let text = "Group name;User principal name\nFinance;ann@x.example\nSales;bo@x.example\n;who@x.example\nFINANCE;cy@x.example\nSales;\n";
    let memberships = read_text(text);
    assert_eq!(
        told(&memberships),
        [
            "-|Finance|ann@x.example,cy@x.example||0|false",
            "-|Sales|bo@x.example||0|false"
        ]
    );
    assert_eq!(
        memberships.first_skipped,
        [
            (4, "names no group"),
            (6, "has neither an object ID nor a username")
        ]
    );
}

#[test]
fn what_is_no_list_of_members_says_what_it_is() {
    let error = |text: &str| read(text.as_bytes(), "x").expect_err("no list").to_string();
    assert_eq!(error(" \n"), "the file is empty");
    assert!(error("Date (UTC),Request ID,User,Username\n").contains("Import page"));
    assert!(
        error(r#"[{"id":"1","createdDateTime":"2026","appDisplayName":"x"}]"#)
            .contains("Import page")
    );
    assert!(error("colour,size\nred,1\n").starts_with("no column says who"));
    assert_eq!(
        error("{\"value\":[\n{\"id\""),
        "line 2: not the JSON that Graph writes (it ends too early)"
    );
    assert!(error("[1]").starts_with("line "));
    assert_eq!(error("id\n"), "the file has no group and no member");
    assert!(error("\u{0}PNG\r\n").starts_with("no column"));
}

#[test]
fn hostile_names_are_cut_and_kept_as_text() {
    let text = format!(
        "group,id\n\"<script>{}\",u1\n\"=cmd|x\u{202e}\",u2\n",
        "a".repeat(5_000)
    );
    let groups = read_text(&text).groups;
    assert_eq!(groups[0].name.chars().count(), MOST_NAME_CHARS);
    assert_eq!(groups[1].name, "=cmd|x\u{202e}");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}|[\\[\\]{}\",:;a-z\\n]{0,120}") {
        drop(read(text.as_bytes(), "x"));
    }
}
