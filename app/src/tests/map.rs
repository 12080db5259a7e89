//! The map of sign-ins by place.

use chrono::Duration;
use model::{Tab, Value};

use super::entity::sheet;
use super::fake::{Fake, FakeSignIn};
use super::words;

fn fake() -> Fake {
    let places = [
        ("Oslo, Oslo, NO", Some((59.9127, 10.7461)), 0, 4),
        ("Oslo, Oslo, NO", Some((59.9127, 10.7461)), 50_126, 2),
        ("Kraków, , PL", Some((50.0833, 19.9167)), 0, 3),
        ("Singapore, , SG", Some((1.2897, 103.8501)), 50_126, 1),
        ("", Some((0.0, 0.0)), 0, 2),
        ("Bergen, , NO", None, 0, 1),
        ("", None, 50_126, 1),
    ];
    let mut fake = Fake::default();
    for (place, (location, position, code, number)) in places.into_iter().enumerate() {
        for index in 0..number {
            let id = format!("row-{place}-{index}");
            let mut texts = vec![("request_id", id.as_str())];
            if !location.is_empty() {
                texts.push(("location", location));
            }
            let mut sign_in =
                FakeSignIn::new(Tab::Interactive, Duration::hours(index), code, &texts);
            if let Some((latitude, longitude)) = position {
                sign_in.values.insert("latitude", Value::Decimal(latitude));
                sign_in
                    .values
                    .insert("longitude", Value::Decimal(longitude));
            }
            fake.sign_ins.push(sign_in);
        }
    }
    fake
}

#[test]
fn every_sign_in_is_on_the_map_or_said_not_to_be() {
    insta::assert_snapshot!(words(&sheet(fake(), "/map?tz=utc").markup));
}

#[test]
fn circles_lead_to_the_sign_ins_of_their_place() {
    let markup = sheet(fake(), "/map?range=7d&area=europe").markup;
    let of = "href=\"/sign-ins?range=7d&amp;f=location:eq:Oslo%5C,+Oslo%5C,+NO\"";
    assert!(markup.contains(of), "{markup}");
    assert!(
        markup.contains("aria-label=\"Oslo, Oslo, NO: 6 sign-ins, 2 failed\""),
        "{markup}"
    );
    assert!(
        markup.contains("f=latitude:eq:0&amp;f=longitude:eq:0\""),
        "{markup}"
    );
    assert!(markup.contains("f=latitude:empty\""), "{markup}");
}

#[test]
fn the_largest_circle_comes_first() {
    let markup = sheet(fake(), "/map?area=close").markup;
    let places: Vec<_> = ["Oslo, Oslo, NO: 6", "Kraków, , PL: 3", "Singapore, , SG: 1"]
        .iter()
        .map(|name| {
            markup
                .find(&format!("aria-label=\"{name}"))
                .expect("a circle")
        })
        .collect();
    assert!(places.is_sorted());
}

#[test]
fn filters_of_the_blade_can_be_taken_out() {
    let markup = sheet(fake(), "/map?f=location:contains:Oslo&q=&f=colour:eq:red").markup;
    let shown = words(&markup);
    assert!(shown.contains("Location contains Oslo\n"), "{shown}");
    assert!(shown.contains("6 sign-ins from 1 place"), "{shown}");
    assert!(shown.contains("f=colour:eq:red"), "{shown}");
    assert!(markup.contains("href=\"/map\" aria-label=\"Remove filter Location contains Oslo\""));
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let shown = words(&sheet(Fake::default(), "/map").markup);
    assert!(
        shown.contains("No sign-ins match, so there is nothing on the map."),
        "{shown}"
    );
}
