//! Which result codes count as interrupted is configured: every reader says the same, whatever the files keep.

use tests::asking::{from_memory, got, outcomes};
use tests::{Server, Vestibule, text};

const CODES: &str = "+50126,-50074";
/// Codes by which the outcomes of the same sign-ins are told apart.
const CONDITIONS: [&str; 3] = [
    "&f=error_code:eq:50126",
    "&f=error_code:eq:50074",
    "&f=error_code:nin:50126,50074",
];

fn demo() -> Vestibule {
    let vestibule = Vestibule::new();
    let words = ["--rows", "5000", "--seed", "3"];
    let until = ["--until", "2026-11-24T10:42:00Z"];
    vestibule
        .run(&[&["demo"], &words[..], &until[..]].concat())
        .expect_code(0);
    vestibule
}

/// Success, failure, interrupted of each condition.
async fn by_condition(server: &Server) -> Vec<[u64; 3]> {
    let mut found = Vec::new();
    for condition in CONDITIONS {
        found.push(outcomes(server, &format!("from=&tabs=all{condition}")).await);
    }
    found
}

#[tokio::test]
async fn memory_lake_files_and_pages_count_by_the_codes_in_force() {
    let vestibule = demo();
    let before = {
        let server = vestibule.serve();
        from_memory(&server, "signins?from=&limit=1").await;
        by_condition(&server).await
    };
    let [wrong_password, second_factor, others] = before.as_slice() else {
        panic!("{before:?}");
    };
    assert!(
        wrong_password[1] > 0 && wrong_password[2] == 0,
        "{before:?}"
    );
    assert!(second_factor[2] > 0 && second_factor[1] == 0, "{before:?}");
    let expected = vec![[0, 0, wrong_password[1]], [0, second_factor[2], 0], *others];
    // The second start finds what the first one kept of memory, and must not believe it.
    for memory_mb in ["4096", "0", "4096"] {
        let configured = ["--interrupt-codes", CODES, "--memory-mb", memory_mb];
        let server = vestibule.serve_with(&configured);
        if memory_mb != "0" {
            from_memory(&server, "signins?from=&limit=1").await;
        }
        assert_eq!(by_condition(&server).await, expected, "{memory_mb} MB");
        let interrupted = "from=&tabs=all&f=status:eq:interrupted";
        let all = outcomes(&server, interrupted).await;
        assert_eq!(all, [0, 0, wrong_password[1] + others[2]]);
        let file = "/api/v1/signins/download?from=&tabs=all&f=error_code:eq:50126&format=csv&cols=status,error_code";
        let (status, rows) = text(&server, file).await;
        assert_eq!(status, 200, "{rows}");
        assert!(
            rows.contains("Interrupted") && !rows.contains("Failure"),
            "{rows}"
        );
        // The pane reads the record itself.
        let path = "/api/v1/signins?from=&tabs=all&f=error_code:eq:50126&limit=1&cols=request_id";
        let found = got(&server, path).await;
        let id = found["sign_ins"][0]["request_id"].as_str().expect("an ID");
        let (_, pane) = text(&server, &format!("/sign-ins?from=&tabs=all&row={id}")).await;
        assert!(pane.contains("Why was this interrupted?"), "{memory_mb} MB");
        let (_, page) = text(&server, "/errors/50126").await;
        assert!(page.contains("Interrupted"), "{page}");
    }
    let query = ["query", "from=&f=error_code:eq:50126&cols=status"];
    let more = ["--format", "json", "--interrupt-codes", CODES];
    let found = vestibule.run(&[&query[..], &more[..]].concat()).json();
    let first = &found.as_array().expect("rows")[0];
    assert_eq!(first["status"], "interrupted", "{found}");
    // Files keep what they had.
    let server = vestibule.serve();
    from_memory(&server, "signins?from=&limit=1").await;
    assert_eq!(by_condition(&server).await, before);
}

#[test]
fn what_is_no_list_of_codes_is_refused() {
    let vestibule = Vestibule::new();
    for codes in ["50126,+50074", "zero", "0"] {
        let outcome = vestibule.run(&["query", "from=", "--interrupt-codes", codes]);
        assert_ne!(outcome.code, Some(0), "{codes}");
    }
}
