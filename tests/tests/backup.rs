//! A backup that is made while the server runs gives the same portal again: sign-ins, accounts, groups, and who looked
//! at what.

use std::path::Path;
use std::time::Duration;

use tests::Vestibule;
use tests::browser::{Browser, add_account};

const GROUP: &str = r#"{"id":"g1","displayName":"Finance","members":[{"id":"11111111-1111-4111-8111-111111111111","userPrincipalName":"ann@x.example"}]}"#;

fn said(vestibule: &Vestibule, arguments: &[&str]) -> String {
    vestibule.run(arguments).expect_code(0).stdout
}

/// What `vestibule check` counts: the tables with their rows, without the folder.
fn checked(vestibule: &Vestibule) -> String {
    said(vestibule, &["check"])
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

#[tokio::test]
async fn a_backup_of_a_running_server_is_the_same_portal_again() {
    let vestibule = Vestibule::new();
    said(
        &vestibule,
        &[
            "demo",
            "--rows",
            "3000",
            "--seed",
            "3",
            "--until",
            "2026-11-24T10:42:00Z",
        ],
    );
    said(
        &vestibule,
        &[
            "groups",
            "import",
            &path(&vestibule.file("groups.json", GROUP)),
        ],
    );
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "security_reader");
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    for query in ["range=7d", "f=status:eq:failure"] {
        assert_eq!(ann.get(&format!("/sign-ins?{query}")).await.status(), 200);
    }
    // The record is written a moment after it was answered.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let folder = vestibule.data().with_file_name("backup");
    let made = said(&vestibule, &["backup", &path(&folder)]);
    assert!(
        made.contains("sign-ins in ") && made.contains("newest line"),
        "{made}"
    );
    let before = checked(&vestibule);
    let accounts = said(&vestibule, &["user", "list"]);
    // What comes later is not in it.
    assert_eq!(ann.get("/users").await.status(), 200);
    add_account(&vestibule, "later", "user");
    assert!(server.end().await.is_some());

    let other = Vestibule::new();
    said(&other, &["restore", &path(&folder)]);
    assert_eq!(checked(&other), before);
    assert_eq!(said(&other, &["user", "list"]), accounts);
    assert_eq!(
        said(&other, &["groups", "list"]),
        said(&vestibule, &["groups", "list"])
    );
    let query = ["query", "from=", "--format", "json", "--limit", "100000"];
    assert_eq!(said(&other, &query), said(&vestibule, &query));
    let server = other.serve_with(&["--accounts", "on"]);
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let page = boss
        .get("/access-audit?who=ann")
        .await
        .text()
        .await
        .expect("a page");
    assert!(page.contains("f=status:eq:failure"), "{page}");
    // Imports go on where they were.
    let record = r#"{"id":"new","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;
    let summary = other.import(&other.file("a.json", record));
    assert_eq!(summary["new"], 1, "{summary}");
}

#[test]
fn nothing_is_written_over_and_no_half_of_a_backup_is_taken() {
    let vestibule = Vestibule::new();
    let record = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;
    vestibule.import(&vestibule.file("a.json", record));
    let folder = vestibule.data().with_file_name("backup");
    let backup = path(&folder);
    said(&vestibule, &["backup", &backup]);
    let again = vestibule.run(&["backup", &backup]).expect_code(1).stderr;
    assert!(again.contains("is not empty"), "{again}");
    let used = vestibule.run(&["restore", &backup]).expect_code(1).stderr;
    assert!(used.contains("move that folder away"), "{used}");
    let other = Vestibule::new();
    let none = other
        .run(&["restore", &path(&vestibule.data())])
        .expect_code(1)
        .stderr;
    assert!(none.contains("is no finished backup"), "{none}");
    assert!(!other.data().exists(), "nothing was begun");
    // A link that somebody put there leads nowhere.
    #[cfg(unix)]
    {
        let link = folder.join("lake/link");
        std::os::unix::fs::symlink("/etc/hostname", &link).expect("a link");
        let refused = other.run(&["restore", &backup]).expect_code(1).stderr;
        assert!(refused.contains("neither file nor folder"), "{refused}");
        let inside = std::fs::read_dir(other.data()).expect("a folder").count();
        assert_eq!(inside, 0, "no half of a backup stays");
        std::fs::remove_file(link).expect("removed");
    }
    // One that lost a commit is told from a whole one.
    let log = folder.join("lake/sign_ins/_delta_log");
    let newest = std::fs::read_dir(&log).expect("a log");
    let newest = newest
        .map(|entry| entry.expect("an entry").path())
        .max()
        .expect("a commit");
    std::fs::remove_file(newest).expect("removed");
    let third = Vestibule::new();
    let damaged = third.run(&["restore", &backup]).expect_code(1).stderr;
    assert!(damaged.contains("is damaged"), "{damaged}");
}

#[test]
fn without_sign_ins_or_state_there_is_something_to_say() {
    let vestibule = Vestibule::new();
    let backup = path(&vestibule.data().with_file_name("backup"));
    let nothing = vestibule.run(&["backup", &backup]).expect_code(1).stderr;
    assert!(nothing.contains("there are no sign-ins"), "{nothing}");
}
