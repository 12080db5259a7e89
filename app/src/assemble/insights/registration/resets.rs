//! Resets of passwords and unlocks of accounts, day by day: from the events, or from what Entra ID counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use model::registration::{Method, Registrations, Summary};

use super::as_of;
use super::events::{EventsAsk, Feature};
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::view::registration::AsOf;

/// Resets of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResetsOfDay {
    /// Resets by the person that worked.
    pub by_person: u64,
    /// Resets by an administrator; events do not say them.
    pub by_admin: u64,
    /// Changes by the person; events do not say them.
    pub changes: u64,
    /// Resets by the person that did not work; summaries do not say them.
    pub failed: u64,
}

/// Resets over a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resets {
    /// By day in the zone of the page, of events; in UTC, of summaries. Days without any are not here.
    pub days: BTreeMap<NaiveDate, ResetsOfDay>,
    /// By method: worked, did not work.
    pub methods: BTreeMap<String, [u64; 2]>,
    /// Whether Entra ID counted, so that administrators' resets and changes are known and failures are not.
    pub is_summary: bool,
    /// Of when it is; `None` where nothing was imported.
    pub as_of: Option<AsOf>,
}

/// The resets of a time. Where there are summaries of its days, they are taken, since they know of more.
///
/// # Errors
/// Those of the backend.
pub async fn resets(
    backend: &dyn Backend,
    window: Window,
    clock: &Clock,
) -> Result<Resets, BackendError> {
    let kept = backend.registrations().await?;
    Ok(of(&kept, window, clock))
}

fn of(kept: &Registrations, window: Window, clock: &Clock) -> Resets {
    let mut found = Resets::default();
    let (from, to) = window.range.bounds(clock.now);
    let (first, last) = (
        from.map(|from| from.date_naive()),
        to.map(|to| to.date_naive()),
    );
    for summary in &kept.summaries {
        if let Summary::Resets {
            day,
            by_person,
            by_admin,
            changes,
        } = summary
            && first.is_none_or(|first| *day >= first)
            && last.is_none_or(|last| *day <= last)
        {
            found.is_summary = true;
            let of_day = found.days.entry(*day).or_default();
            of_day.by_person += by_person;
            of_day.by_admin += by_admin;
            of_day.changes += changes;
        }
    }
    let ask = EventsAsk {
        feature: Some(Feature::Reset),
        ..EventsAsk::of_registrations(window)
    };
    for event in ask.matching(kept, clock) {
        let is_failed = event.is_success == Some(false);
        let method = Method::id_of(event.method.as_deref().unwrap_or_default());
        let [worked, failed] = found.methods.entry(method).or_default();
        *(if is_failed { failed } else { worked }) += 1;
        if !found.is_summary {
            let day = event.at.with_timezone(&clock.zone).date_naive();
            let of_day = found.days.entry(day).or_default();
            of_day.by_person += u64::from(!is_failed);
            of_day.failed += u64::from(is_failed);
        }
    }
    found.as_of = as_of(kept, if found.is_summary { 3 } else { 1 }, clock);
    found
}

#[cfg(test)]
mod tests {
    use model::registration::RegistrationEvent;

    use super::*;

    fn moment(text: &str) -> chrono::DateTime<chrono::Utc> {
        model::time::read(text).expect("a moment")
    }

    #[test]
    fn days_are_those_of_the_reader_and_summaries_come_first() {
        let zone = chrono_tz::Tz::Europe__Oslo;
        let clock = Clock {
            now: moment("2026-11-24T10:00:00Z"),
            zone,
            own_zone: zone,
        };
        let event = |at: &str, feature: &str, is_success| RegistrationEvent {
            at: moment(at),
            user_id: None,
            username: Some("ann@x.example".to_owned()),
            display_name: None,
            feature: feature.to_owned(),
            method: Some("email".to_owned()),
            is_success: Some(is_success),
            failure_reason: None,
        };
        let mut kept = Registrations {
            events: vec![
                event("2026-11-20T23:30:00Z", "reset", true),
                event("2026-11-20T10:00:00Z", "Reset", false),
                event("2026-11-20T10:00:00Z", "registration", true),
                event("2026-01-20T10:00:00Z", "reset", true),
            ],
            ..Registrations::default()
        };
        let found = of(&kept, Window::of(""), &clock);
        let days: Vec<_> = found
            .days
            .iter()
            .map(|(day, of_day)| (day.to_string(), of_day.by_person, of_day.failed))
            .collect();
        let expected = [
            ("2026-11-20".to_owned(), 0, 1),
            ("2026-11-21".to_owned(), 1, 0),
        ];
        assert_eq!(days, expected);
        assert_eq!(found.methods.get("email"), Some(&[1, 1]));
        kept.summaries.push(Summary::Resets {
            day: moment("2026-11-20T00:00:00Z").date_naive(),
            by_person: 5,
            by_admin: 2,
            changes: 9,
        });
        let found = of(&kept, Window::of(""), &clock);
        assert!(found.is_summary);
        assert_eq!(found.days.len(), 1);
    }
}
