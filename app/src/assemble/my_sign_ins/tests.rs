use chrono::TimeZone as _;
use chrono_tz::Tz;
use model::access::{Role, Roles};

use super::*;

fn clock() -> Clock {
    Clock {
        now: Utc
            .with_ymd_and_hms(2026, 11, 24, 10, 42, 0)
            .single()
            .expect("a moment"),
        zone: Tz::Europe__Oslo,
        own_zone: Tz::Europe__Oslo,
    }
}

/// A sign-in so many hours ago: its country, its browser and its error code.
fn row(hours: i64, country: &str, browser: &str, code: i64) -> Row {
    let values = COLUMNS.map(|column| match column {
        "application" => Value::Text("Outlook".to_owned()),
        "country" => Value::Text(country.to_owned()),
        "operating_system" => Value::Text("Windows 10".to_owned()),
        "browser" => Value::Text(browser.to_owned()),
        "additional_details" if code == 500_121 => {
            Value::Text("MFA denied; user declined the authentication".to_owned())
        }
        _ => Value::Empty,
    });
    Row {
        request_id: format!("r{hours}"),
        date: clock().now - Duration::hours(hours),
        values: values.to_vec(),
        error_code: Some(code),
        is_settling: false,
        gist: None,
        deciding_policy: None,
    }
}

fn shown_page(rows: &[Row], said: &[(&str, bool)], wanted: &Wanted) -> MySignIns {
    let said = said
        .iter()
        .map(|(id, was_me)| ((*id).to_owned(), *was_me))
        .collect();
    let mut cards: Vec<Card> = rows.iter().map(|row| card(row, &said, &clock())).collect();
    mark_unusual(&mut cards, rows);
    assembled(cards, rows, wanted, &clock())
}

/// Twenty ordinary sign-ins before the last day.
fn usual() -> Vec<Row> {
    (25..45)
        .map(|hours| row(hours, "NO", "Chrome 131.0.0", 0))
        .collect()
}

#[test]
fn what_was_never_there_before_is_worth_a_look() {
    let mut rows = vec![
        row(1, "NG", "Chrome 132.0.0", 500_121),
        row(2, "NO", "Firefox 140.0", 0),
        row(3, "NO", "Chrome 132.0.0", 0),
    ];
    rows.extend(usual());
    let page = shown_page(&rows, &[], &Wanted::default());
    let looks: Vec<(&str, &[Unusual])> = page
        .looks
        .iter()
        .map(|card| (card.request_id.as_str(), card.unusual.as_slice()))
        .collect();
    assert_eq!(
        looks,
        [
            ("r1", &[Unusual::Country, Unusual::SecondStep][..]),
            ("r2", &[Unusual::Device][..]),
        ],
        "a newer version of a browser is no other device"
    );
    assert_eq!(page.looks[0].what, text::SECOND_STEP_FAILED);
    assert!(page.looks[0].second_step.contains("declined"));
    // Whoever said something of it has looked.
    let page = shown_page(&rows, &[("r1", false)], &Wanted::default());
    assert_eq!(page.looks.len(), 1);
    assert_eq!(page.days[0].1[0].was_me, Some(false));
}

#[test]
fn nothing_is_unusual_where_little_is_known() {
    let rows = [row(1, "NG", "Chrome", 0), row(2, "NO", "Firefox", 0)];
    assert_eq!(shown_page(&rows, &[], &Wanted::default()).looks, []);
}

#[test]
fn every_word_on_a_card_is_found() {
    let mut rows = vec![row(1, "NG", "Chrome", 50_126)];
    rows.extend(usual());
    for (find, found) in [
        ("ng", 1),
        ("WRONG password", 1),
        ("unsuccessful", 1),
        ("outlook chrome", 21),
        ("outlook firefox", 0),
        ("2026", 21),
    ] {
        let wanted = Wanted {
            find: find.to_owned(),
            ..Wanted::default()
        };
        assert_eq!(shown_page(&rows, &[], &wanted).found, found, "{find}");
    }
    let wanted = Wanted {
        only_failed: true,
        ..Wanted::default()
    };
    assert_eq!(shown_page(&rows, &[], &wanted).found, 1);
}

#[test]
fn days_are_those_of_the_reader_and_pages_follow_one_another() {
    let rows: Vec<Row> = (0..120)
        .map(|hours| row(hours, "NO", "Chrome", 0))
        .collect();
    let first = shown_page(&rows, &[], &Wanted::default());
    let names: Vec<&str> = first.days.iter().map(|(day, _)| day.as_str()).collect();
    assert_eq!(names, ["Today", "Yesterday", "Sunday 22 November 2026"]);
    // Midnight in Oslo was 11 hours and 42 minutes ago.
    assert_eq!(first.days[0].1.len(), 12);
    let last = shown_page(
        &rows,
        &[],
        &Wanted {
            page: 3,
            ..Wanted::default()
        },
    );
    let number: usize = last.days.iter().map(|(_, cards)| cards.len()).sum();
    assert_eq!((number, last.found), (20, 120));
    let beyond = Wanted {
        page: usize::MAX / OF_PAGE,
        ..Wanted::default()
    };
    assert_eq!(shown_page(&rows, &[], &beyond).days, []);
}

#[test]
fn a_person_is_found_by_ids_and_never_by_what_they_are_called() {
    let viewer = |object_id: Option<&str>, name: Option<&str>| Viewer {
        account_id: Some("a".to_owned()),
        username: "ann".to_owned(),
        display_name: "Ann Berg".to_owned(),
        roles: Roles::of([Role::User]),
        object_id: object_id.map(str::to_owned),
        user_principal_name: name.map(str::to_owned),
        issuer: None,
        session_hash: None,
        is_masked: false,
        scopes: None,
        lacks_second_factor: false,
    };
    let text = |viewer: &Viewer| question(viewer).map(|query| query.to_text());
    assert_eq!(
        text(&viewer(Some("o1"), Some("ann@x.example"))).as_deref(),
        Some("from=&f=user_id:eq:o1")
    );
    assert_eq!(
        text(&viewer(None, Some("ann@x.example"))).as_deref(),
        Some("from=&f=username:eq:ann@x.example")
    );
    assert_eq!(text(&viewer(None, None)), None);
}

#[test]
fn a_place_has_a_map_around_it_and_no_place_has_none() {
    let map = |latitude, longitude| super::SmallMap::around(latitude, longitude);
    let oslo = map(59.9, 10.7).expect("a map");
    let numbers: Vec<f64> = oslo
        .view_box
        .split(' ')
        .map(|number| number.parse().expect("a number"))
        .collect();
    let [left, top, width, height] = numbers[..] else {
        panic!("four numbers: {}", oslo.view_box);
    };
    let (x, y): (f64, f64) = (oslo.x.parse().expect("x"), oslo.y.parse().expect("y"));
    assert!((left..left + width).contains(&x) && (top..top + height).contains(&y));
    // At the edge of the world it shows what there is.
    let edge = map(-77.8, 179.9).expect("a map");
    let left: f64 = edge
        .view_box
        .split(' ')
        .next()
        .and_then(|left| left.parse().ok())
        .expect("left");
    assert!(left <= 1_760.0, "{}", edge.view_box);
    assert_eq!(map(0.0, 0.0), None);
    assert_eq!(map(120.0, 10.0), None);
}
