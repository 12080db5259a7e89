//! When the stories happen: fixed places before the end of the run, so that the last 24 hours always
//! have them all; long runs tell some of them on earlier days too.

use crate::clock::Clock;
use crate::write::TICKS_PER_SECOND;

/// A story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Story {
    /// One address range tries a password on hundreds of accounts.
    PasswordSpray,
    /// Two successes of one person that no aeroplane connects.
    ImpossibleTraveller,
    /// A stolen session goes on elsewhere.
    TokenReplay,
    /// Mail protocols that cannot do modern authentication.
    LegacyClient,
    /// The emergency account.
    BreakGlass,
    /// A service principal whose secret ran out.
    ExpiredSecret,
}

/// A record of a story: when, and the how-manieth of its story.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub ticks: i64,
    pub story: Story,
    pub number: u32,
    /// Which telling of the story, 0 for the one in the last 24 hours.
    pub telling: u32,
}

const MINUTE: i64 = 60 * TICKS_PER_SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Runs below this size have no stories.
const FEWEST_ROWS: u64 = 40;
/// Runs from this size tell them on earlier days too.
const ENOUGH_FOR_EARLIER_DAYS: u64 = 5_000;
const SPRAY_MINUTES: i64 = 74;

/// All records of all stories within the run, in the order of time.
pub(crate) fn schedule(rows: u64, clock: &Clock) -> Vec<Event> {
    let mut events = Vec::new();
    if rows < FEWEST_ROWS {
        return events;
    }
    let until = clock.until_ticks();
    let days_back: &[i64] = if rows < ENOUGH_FOR_EARLIER_DAYS {
        &[0]
    } else {
        &[0, 6, 11, 17, 23, 29]
    };
    let spray_size = (rows / 40).clamp(1, 430) as i64;
    for (telling, days) in days_back.iter().enumerate() {
        let end = until - days * DAY;
        let mut add = |story, number: i64, ticks| {
            events.push(Event {
                ticks,
                story,
                number: number as u32,
                telling: telling as u32,
            });
        };
        let (spray_start, size) = (
            spray_start(end),
            if telling == 0 {
                spray_size
            } else {
                spray_size / 4
            },
        );
        if telling % 2 == 0 {
            for number in 0..size {
                add(
                    Story::PasswordSpray,
                    number,
                    spray_start + number * SPRAY_MINUTES * MINUTE / size + number % 7,
                );
            }
        }
        add(Story::ImpossibleTraveller, 0, end - 7 * HOUR - 30 * MINUTE);
        add(Story::ImpossibleTraveller, 1, end - 7 * HOUR + 8 * MINUTE);
        for number in 0..(rows as i64 / 20).clamp(2, 7) {
            let start = end - 5 * HOUR - if number == 0 { 20 * MINUTE } else { 0 };
            add(Story::TokenReplay, number, start + number * 4 * MINUTE);
        }
        if telling == 0 {
            add(Story::BreakGlass, 0, end - 9 * HOUR - 11 * MINUTE);
            let count = (rows as i64 / 500).clamp(1, 40);
            for number in 0..count {
                add(
                    Story::ExpiredSecret,
                    number,
                    end - 20 * HOUR + number * 19 * HOUR / count + 13 * MINUTE,
                );
            }
        }
        let count = (rows as i64 / 400).clamp(2, 60);
        for number in 0..count {
            add(
                Story::LegacyClient,
                number,
                end - 23 * HOUR + number * 22 * HOUR / count + 7 * MINUTE,
            );
        }
    }
    events.retain(|event| (clock.start_ticks()..until).contains(&event.ticks));
    events.sort_by_key(|event| event.ticks);
    events
}

/// A night-time start whose 75 minutes lie in the 24 hours before `end`.
fn spray_start(end: i64) -> i64 {
    let fits = |time_of_day: i64| {
        let start = end - (end - time_of_day).rem_euclid(DAY);
        (start + (SPRAY_MINUTES + 1) * MINUTE <= end).then_some(start)
    };
    fits(HOUR + 10 * MINUTE)
        .or_else(|| fits(22 * HOUR + 40 * MINUTE))
        .unwrap_or(end - 12 * HOUR)
}
