//! Which row is what: the stories' rows are laid between the everyday rows, and some everyday rows
//! belong to episodes in which a person tries twice.
//!
//! Both are pure functions of the row number, which is what lets a run be cut into parts.
//!
//! An episode is a pair of everyday rows (lead, follow) at a fixed distance. Rows are grouped in
//! blocks of two distances; the first half of a block are possible leads and the second half their
//! follows. The distance is chosen so that about ten seconds lie between the two; where rows are
//! rarer than that, they are neighbours and the follow is moved closer in time.

use crate::clock::Clock;
use crate::random::{Stream, fraction, hash};
use crate::schedule::{Event, schedule};
use crate::write::TICKS_PER_SECOND;

/// Share of possible leads that begin an episode.
const EPISODE_SHARE: f64 = 0.032;
const EPISODE_SECONDS: f64 = 10.0;

/// What a row is.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    /// Position in the list of story events.
    Story(usize),
    /// An everyday row by its number among the everyday rows.
    Everyday(u64, Role),
}

/// The part an everyday row plays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Alone,
    /// The first attempt of an episode.
    Lead,
    /// The successful second attempt after the lead with this number.
    Follow(u64),
}

/// The order of all rows.
pub(crate) struct Plan {
    seed: u64,
    everyday_rows: u64,
    distance: u64,
    pub(crate) events: Vec<Event>,
    /// Row number of each event, rising.
    event_rows: Vec<u64>,
}

impl Plan {
    pub(crate) fn new(seed: u64, rows: u64, days: u32, clock: &Clock) -> Self {
        let events = schedule(rows, clock);
        let everyday_rows = rows - events.len() as u64;
        let mean_gap_seconds = f64::from(days.max(1)) * 86_400.0 / everyday_rows.max(1) as f64;
        let distance = ((EPISODE_SECONDS / mean_gap_seconds) as u64).max(1);
        let mut plan = Self {
            seed,
            everyday_rows,
            distance,
            events,
            event_rows: Vec::new(),
        };
        plan.event_rows = plan
            .events
            .iter()
            .enumerate()
            .map(|(index, event)| plan.everyday_before(event.ticks, clock) + index as u64)
            .collect();
        plan
    }

    /// Position of the first story event at or after a row.
    pub(crate) fn first_event(&self, row: u64) -> usize {
        self.event_rows
            .partition_point(|event_row| *event_row < row)
    }

    /// What the row is, when `next_event` events lie before it.
    pub(crate) fn slot(&self, row: u64, next_event: usize) -> Slot {
        if self.event_rows.get(next_event) == Some(&row) {
            return Slot::Story(next_event);
        }
        let number = row - next_event as u64;
        Slot::Everyday(number, self.role(number))
    }

    /// Moment of an everyday row. It never falls as numbers rise.
    pub(crate) fn everyday_ticks(&self, number: u64, clock: &Clock) -> i64 {
        let spread = fraction(hash(self.seed, Stream::Moment, number));
        let natural = clock.ticks_at((number as f64 + spread) / self.everyday_rows as f64);
        let natural = match self.role(number) {
            Role::Follow(lead) if self.distance == 1 => {
                let pause = 3.0 + 45.0 * spread;
                natural.min(
                    self.everyday_ticks(lead, clock) + (pause * TICKS_PER_SECOND as f64) as i64,
                )
            }
            _ => natural,
        };
        if number + 1 == self.everyday_rows {
            natural.max(clock.until_ticks() - (2 + (spread * 40.0) as i64) * TICKS_PER_SECOND)
        } else {
            natural
        }
    }

    fn role(&self, number: u64) -> Role {
        let position = number % (2 * self.distance);
        let lead = if position < self.distance {
            number
        } else {
            number - self.distance
        };
        if fraction(hash(self.seed, Stream::Episode, lead)) >= EPISODE_SHARE {
            Role::Alone
        } else if position < self.distance {
            Role::Lead
        } else {
            Role::Follow(lead)
        }
    }

    fn everyday_before(&self, ticks: i64, clock: &Clock) -> u64 {
        let (mut low, mut high) = (0, self.everyday_rows);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.everyday_ticks(middle, clock) < ticks {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn episodes_come_in_pairs_and_moments_never_fall() {
        let clock = Clock::new(1_700_000_000 * TICKS_PER_SECOND, 30);
        for rows in [3, 500, 50_000, 2_000_000] {
            let plan = Plan::new(4, rows, 30, &clock);
            let mut previous = 0;
            for number in 0..plan.everyday_rows.min(20_000) {
                if let Role::Follow(lead) = plan.role(number) {
                    assert_eq!(plan.role(lead), Role::Lead);
                }
                let ticks = plan.everyday_ticks(number, &clock);
                assert!(ticks >= previous, "{rows} rows, everyday row {number}");
                previous = ticks;
            }
        }
    }

    #[test]
    fn every_slot_is_used_once() {
        let clock = Clock::new(1_700_000_000 * TICKS_PER_SECOND, 2);
        let plan = Plan::new(4, 5_000, 2, &clock);
        let mut next_event = 0;
        let mut next_number = 0;
        for row in 0..5_000 {
            assert_eq!(plan.first_event(row), next_event);
            match plan.slot(row, next_event) {
                Slot::Story(event) => {
                    assert_eq!(event, next_event);
                    next_event += 1;
                }
                Slot::Everyday(number, _) => {
                    assert_eq!(number, next_number);
                    next_number += 1;
                }
            }
        }
        assert_eq!(next_event, plan.events.len());
    }
}
