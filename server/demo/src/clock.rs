//! When things happen: working hours of every office, weekdays and weekends, and a steady base of
//! workloads that never sleep.
//!
//! The run's time is cut into quarters of an hour, each with its share of the records. A position in
//! `0.0..1.0` maps to a moment through the running totals, so moments rise with positions and any
//! row's moment is known without the rows before it.

use crate::offices::{OFFICE_COUNT, OFFICES};
use crate::write::TICKS_PER_SECOND;

const BUCKET_SECONDS: i64 = 900;

/// Activity of an office in each local hour of a working day.
const WORKING_DAY: [f64; 24] = [
    0.4, 0.3, 0.3, 0.3, 0.5, 1.2, 4.0, 12.0, 30.0, 34.0, 30.0, 27.0, 20.0, 28.0, 29.0, 26.0, 20.0,
    11.0, 6.0, 4.5, 4.0, 3.0, 1.8, 0.9,
];
const WEEKEND_FACTOR: f64 = 0.09;

/// Share of records that come from people rather than workloads, before the episodes of
/// the plan are added.
const PEOPLE_SHARE: f64 = 0.659;

/// The run's calendar.
pub(crate) struct Clock {
    start_ticks: i64,
    until_ticks: i64,
    /// Share of all records before each bucket; one more entry than buckets.
    before: Vec<f64>,
    people_share: Vec<f32>,
    /// Running share of each office among the people of a bucket.
    offices: Vec<[f32; OFFICE_COUNT]>,
}

impl Clock {
    /// Covers `days` before the moment `until_ticks`, in ticks since 1970.
    pub(crate) fn new(until_ticks: i64, days: u32) -> Self {
        let seconds = i64::from(days.max(1)) * 86_400;
        let start_ticks = until_ticks - seconds * TICKS_PER_SECOND;
        let buckets = (seconds / BUCKET_SECONDS) as usize;
        let mut activity = Vec::with_capacity(buckets);
        let mut offices = Vec::with_capacity(buckets);
        for bucket in 0..buckets as i64 {
            let middle =
                start_ticks / TICKS_PER_SECOND + bucket * BUCKET_SECONDS + BUCKET_SECONDS / 2;
            let mut totals = [0.0f32; OFFICE_COUNT];
            let mut total = 0.0;
            for (office, running) in OFFICES.iter().zip(&mut totals) {
                let local = middle + office.utc_offset_minutes * 60;
                total += f64::from(office.weight) * activity_at(local);
                *running = total as f32;
            }
            for running in &mut totals {
                *running /= total as f32;
            }
            activity.push(total);
            offices.push(totals);
        }
        let activity_total: f64 = activity.iter().sum();
        let steady = (1.0 - PEOPLE_SHARE) / buckets as f64;
        let mut before = Vec::with_capacity(buckets + 1);
        let mut people_share = Vec::with_capacity(buckets);
        let mut running = 0.0;
        for people in activity {
            before.push(running);
            let people = people / activity_total * PEOPLE_SHARE;
            people_share.push((people / (people + steady)) as f32);
            running += people + steady;
        }
        before.push(running);
        Self {
            start_ticks,
            until_ticks,
            before,
            people_share,
            offices,
        }
    }

    pub(crate) fn start_ticks(&self) -> i64 {
        self.start_ticks
    }

    pub(crate) fn until_ticks(&self) -> i64 {
        self.until_ticks
    }

    /// The moment at which this share of all records has happened.
    pub(crate) fn ticks_at(&self, position: f64) -> i64 {
        let last = self.people_share.len() - 1;
        let bucket = self
            .before
            .partition_point(|before| *before <= position)
            .saturating_sub(1)
            .min(last);
        let (from, to) = (self.before[bucket], self.before[bucket + 1]);
        let within = ((position - from) / (to - from)).clamp(0.0, 0.999_999_9);
        let bucket_ticks = BUCKET_SECONDS * TICKS_PER_SECOND;
        self.start_ticks + bucket as i64 * bucket_ticks + (within * bucket_ticks as f64) as i64
    }

    /// Share of people among the records at a moment.
    pub(crate) fn people_share(&self, ticks: i64) -> f64 {
        f64::from(self.people_share[self.bucket(ticks)])
    }

    /// The office that a fraction in `0.0..1.0` falls on at a moment.
    pub(crate) fn office_at(&self, ticks: i64, fraction: f64) -> usize {
        let totals = &self.offices[self.bucket(ticks)];
        totals
            .iter()
            .position(|total| fraction < f64::from(*total))
            .unwrap_or(0)
    }

    fn bucket(&self, ticks: i64) -> usize {
        let bucket = (ticks - self.start_ticks) / (BUCKET_SECONDS * TICKS_PER_SECOND);
        (bucket.max(0) as usize).min(self.people_share.len() - 1)
    }
}

/// Activity at a local time in seconds since 1970, which was a Thursday.
fn activity_at(local_seconds: i64) -> f64 {
    let hour = local_seconds.rem_euclid(86_400) as f64 / 3600.0;
    let weekday = (local_seconds.div_euclid(86_400) + 3).rem_euclid(7);
    let index = hour as usize;
    let rest = hour - index as f64;
    let smooth = WORKING_DAY[index] * (1.0 - rest) + WORKING_DAY[(index + 1) % 24] * rest;
    if weekday >= 5 {
        smooth * WEEKEND_FACTOR
    } else {
        smooth
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    #[test]
    fn moments_rise_and_fill_the_days() {
        let until = Utc
            .with_ymd_and_hms(2026, 3, 4, 5, 6, 7)
            .unwrap()
            .timestamp()
            * TICKS_PER_SECOND;
        let clock = Clock::new(until, 30);
        let moments: Vec<i64> = (0..10_000)
            .map(|row| clock.ticks_at(f64::from(row) / 10_000.0))
            .collect();
        assert!(moments.is_sorted());
        assert!(moments[0] >= clock.start_ticks());
        assert!(*moments.last().unwrap() < until);
    }

    #[test]
    fn weekends_and_nights_are_quiet() {
        let at = |day, hour| {
            activity_at(
                Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0)
                    .unwrap()
                    .timestamp(),
            )
        };
        let (wednesday, saturday) = (4, 7);
        assert!(at(wednesday, 10) > 5.0 * at(saturday, 10));
        assert!(at(wednesday, 10) > 20.0 * at(wednesday, 3));
    }
}
