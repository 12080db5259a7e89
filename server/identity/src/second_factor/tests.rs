//! What is promised of second factors.

use model::access::{Role, Roles};
use state::{AccountToAdd, PAUSE_MS};

use super::*;

/// The key of RFC 6238, and what its table says of it (the last six of eight digits).
const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW_MS: i64 = 1_795_000_000_000;
const HERE: &str = "192.0.2.1";

struct Door {
    _folder: tempfile::TempDir,
    store: Store,
    ann: Account,
    codes: Vec<String>,
}

impl Door {
    async fn with_factor() -> Door {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let ann = AccountToAdd {
            username: "ann".to_owned(),
            roles: Roles::of([Role::GlobalAdministrator]),
            ..AccountToAdd::default()
        };
        let id = store.add_account(ann, NOW_MS).await.expect("an account");
        let ann = store.account(&id).await.expect("an answer").expect("ann");
        let begun = store.begin_second_factor(&id, RFC_SECRET, NOW_MS).await;
        begun.expect("begun");
        let typed = code_at(NOW_MS);
        let on = turn_on(&store, &ann, &typed, "", (HERE, NOW_MS)).await;
        let codes = on.expect("an answer").expect("on");
        Door {
            _folder: folder,
            store,
            ann,
            codes,
        }
    }

    async fn knock(&self, typed: &str, now_ms: i64) -> Result<Shown, Refusal> {
        let answer = check_code(&self.store, &self.ann, typed, HERE, now_ms).await;
        answer.expect("an answer")
    }
}

fn code_at(now_ms: i64) -> String {
    let app = app_of(RFC_SECRET).expect("an app");
    app.generate(u64::try_from(now_ms / 1_000).expect("a time"))
        .to_string()
}

#[test]
fn codes_are_those_of_the_standard() {
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(code_at(seconds * 1_000), code);
        assert_eq!(
            step_of(RFC_SECRET, code, seconds * 1_000),
            Some(seconds / 30)
        );
    }
}

#[test]
fn clocks_may_differ_by_thirty_seconds_and_no_more() {
    let code = code_at(NOW_MS);
    let step = NOW_MS / 30_000;
    for (steps, is_known) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let found = step_of(RFC_SECRET, &code, NOW_MS + steps * 30_000);
        assert_eq!(found, is_known.then_some(step), "{steps}");
    }
    let (first, last) = code.split_at(3);
    let grouped = format!(" {first} {last} ");
    assert_eq!(step_of(RFC_SECRET, &grouped, NOW_MS), Some(step));
    for typed in [
        "",
        "12345",
        "1234567",
        "12345a",
        "١٢٣٤٥٦",
        &"1".repeat(1_000_000),
    ] {
        assert_eq!(step_of(RFC_SECRET, typed, NOW_MS), None);
    }
    assert_eq!(step_of("no base 32", &code, NOW_MS), None);
}

#[test]
fn apps_are_told_whose_it_is() {
    assert_eq!(
        app_address("ABC", "Vestibule", "ann+ö@x.example"),
        "otpauth://totp/Vestibule:ann%2B%C3%B6%40x.example?secret=ABC&issuer=Vestibule"
    );
    let secret = new_secret();
    assert_eq!(secret.len(), 32, "160 bits: {secret}");
    assert!(app_of(&secret).is_some());
    assert_ne!(secret, new_secret());
}

#[tokio::test]
async fn a_code_is_taken_once() {
    let door = Door::with_factor().await;
    let wrong = Err(Refusal::Wrong);
    assert_eq!(
        door.knock(&code_at(NOW_MS), NOW_MS).await,
        wrong,
        "it turned it on"
    );
    let later_ms = NOW_MS + 60_000;
    let code = code_at(later_ms);
    assert_eq!(door.knock(&code, later_ms).await, Ok(Shown::Code));
    for now_ms in [later_ms, later_ms + 29_000] {
        assert_eq!(door.knock(&code, now_ms).await, wrong);
    }
    // The one before is no newer.
    let before = code_at(later_ms - 30_000);
    assert_eq!(door.knock(&before, later_ms).await, wrong);
}

#[tokio::test]
async fn of_parallel_attempts_with_one_code_one_comes_in() {
    let door = Door::with_factor().await;
    let later_ms = NOW_MS + 60_000;
    let code = code_at(later_ms);
    let knock = || door.knock(&code, later_ms);
    let answers = tokio::join!(knock(), knock(), knock(), knock());
    let answers = [answers.0, answers.1, answers.2, answers.3];
    let came_in = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(came_in, 1, "{answers:?}");
}

#[tokio::test]
async fn a_recovery_code_is_taken_once_however_it_is_typed() {
    let door = Door::with_factor().await;
    assert_eq!(door.codes.len(), RECOVERY_CODES);
    let typed = door.codes[3].to_uppercase().replace('-', " ");
    assert_eq!(door.knock(&typed, NOW_MS).await, Ok(Shown::RecoveryCode));
    assert_eq!(
        door.knock(&door.codes[3], NOW_MS).await,
        Err(Refusal::Wrong)
    );
    assert_eq!(
        door.knock(&door.codes[4], NOW_MS).await,
        Ok(Shown::RecoveryCode)
    );
    let left = door.store.second_factor(&door.ann.id).await;
    let left = left.expect("an answer").expect("a factor").recovery_codes;
    assert_eq!(left, 8);
}

#[tokio::test]
async fn guessing_is_slow_and_what_is_right_is_not_looked_at_during_a_pause() {
    let door = Door::with_factor().await;
    let later_ms = NOW_MS + 60_000;
    let until_ms = later_ms + PAUSE_MS;
    for _ in 0..4 {
        assert_eq!(door.knock("000000", later_ms).await, Err(Refusal::Wrong));
    }
    let paused = Err(Refusal::Paused { until_ms });
    assert_eq!(door.knock("000000", later_ms).await, paused);
    assert_eq!(door.knock(&code_at(later_ms), later_ms).await, paused);
    assert_eq!(door.knock(&door.codes[0], later_ms).await, paused);
    // Somebody elsewhere cannot keep the owner out so soon.
    let typed = code_at(later_ms);
    let elsewhere = check_code(&door.store, &door.ann, &typed, "192.0.2.2", later_ms);
    assert_eq!(elsewhere.await.expect("an answer"), Ok(Shown::Code));
    assert_eq!(
        door.knock(&code_at(until_ms), until_ms).await,
        Ok(Shown::Code)
    );
}

#[tokio::test]
async fn what_was_begun_long_ago_or_is_off_takes_no_code() {
    let door = Door::with_factor().await;
    let off = door.store.turn_second_factor_off(&door.ann.id, None).await;
    off.expect("off");
    let answer = check_code(&door.store, &door.ann, "000000", HERE, NOW_MS).await;
    assert!(matches!(
        answer,
        Err(SignInError::State(StateError::NoSecondFactor))
    ));
    let begun = door
        .store
        .begin_second_factor(&door.ann.id, RFC_SECRET, NOW_MS);
    begun.await.expect("begun");
    let late_ms = NOW_MS + BEGUN_FOR_MS;
    let typed = code_at(late_ms);
    let answer = turn_on(&door.store, &door.ann, &typed, "", (HERE, late_ms)).await;
    assert!(matches!(
        answer,
        Err(SignInError::State(StateError::NoSecondFactor))
    ));
}
