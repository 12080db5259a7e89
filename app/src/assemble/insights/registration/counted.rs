//! What the page about registration counts: from lists of people and of events, or from numbers of Entra ID.

use std::collections::BTreeMap;

use model::query::Range;
use model::registration::{Flag, Method, Registered, Registrations, Summary};

use super::RegistrationAsk;
use super::events::EventsAsk;
use super::people::Scope;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;

/// What the tiles count.
pub const CAPABLE: [Flag; 3] = [
    Flag::MfaCapable,
    Flag::PasswordlessCapable,
    Flag::ResetCapable,
];

/// What the page counts, of some people and in some time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// People in all.
    pub people: u64,
    /// For each of [`CAPABLE`]: who are, who are not, of whom it is not said.
    pub capable: [[u64; 3]; 3],
    /// People by method.
    pub methods: BTreeMap<String, u64>,
    /// Of how many people the methods are known.
    pub with_methods: u64,
    /// Whether Entra ID counted, and no list of people.
    pub is_summary: bool,
    /// Registrations by method: worked, did not.
    pub recent: BTreeMap<String, [u64; 2]>,
    /// The period of a summary that these came from.
    pub recent_period: Option<String>,
    /// Whether any registration is known.
    pub has_recent: bool,
}

/// Counts.
pub fn counted(kept: &Registrations, ask: &RegistrationAsk, clock: &Clock) -> Counted {
    let mut counted = Counted::default();
    if kept.people.is_empty() {
        from_summaries(&mut counted, kept, ask.scope);
    } else {
        for person in ask.scope.people(kept) {
            count_person(&mut counted, person);
        }
    }
    let asked = EventsAsk::of_registrations(ask.window);
    if kept.events.is_empty() {
        recent_of_summaries(&mut counted, kept, ask.window);
    } else {
        counted.has_recent = true;
        for event in asked.matching(kept, clock) {
            let method = Method::id_of(event.method.as_deref().unwrap_or_default());
            let [worked, failed] = counted.recent.entry(method).or_default();
            match event.is_success {
                Some(false) => *failed += 1,
                _ => *worked += 1,
            }
        }
    }
    counted
}

fn count_person(counted: &mut Counted, person: &Registered) {
    counted.people += 1;
    for (flag, numbers) in CAPABLE.into_iter().zip(&mut counted.capable) {
        let [yes, no, unknown] = numbers;
        match person.flag(flag) {
            Some(true) => *yes += 1,
            Some(false) => *no += 1,
            None => *unknown += 1,
        }
    }
    let Some(methods) = &person.methods else {
        return;
    };
    counted.with_methods += 1;
    let mut ids: Vec<String> = methods.iter().map(|word| Method::id_of(word)).collect();
    ids.sort();
    ids.dedup();
    for id in ids {
        *counted.methods.entry(id).or_default() += 1;
    }
}

/// Numbers that Entra ID counted, for the same people.
fn from_summaries(counted: &mut Counted, kept: &Registrations, scope: Scope) {
    for summary in &kept.summaries {
        match summary {
            Summary::Features {
                user_types,
                user_roles,
                total,
                counts,
            } if scope.is_of(user_types, user_roles) => {
                counted.is_summary = true;
                counted.people = *total;
                for (flag, numbers) in CAPABLE.into_iter().zip(&mut counted.capable) {
                    let found = counts
                        .iter()
                        .find(|(feature, _)| feature.eq_ignore_ascii_case(flag.feature()));
                    *numbers = match found {
                        Some((_, yes)) => [*yes, total.saturating_sub(*yes), 0],
                        None => [0, 0, *total],
                    };
                }
            }
            Summary::Methods {
                user_types,
                user_roles,
                total,
                counts,
            } if scope.is_of(user_types, user_roles) => {
                counted.is_summary = true;
                counted.with_methods = *total;
                counted.people = counted.people.max(*total);
                for (word, people) in counts {
                    // Everybody has one: it is no method that is registered.
                    if !word.eq_ignore_ascii_case("password") {
                        *counted.methods.entry(Method::id_of(word)).or_default() += people;
                    }
                }
            }
            _ => {}
        }
    }
}

/// The summary of the period that fits the range; one that does not say its period fits any.
fn recent_of_summaries(counted: &mut Counted, kept: &Registrations, window: Window) {
    let wanted = match window.range {
        Range::Last24Hours => "D1",
        Range::Last7Days => "D7",
        _ => "D30",
    };
    let of = |wanted: &str| {
        let mut found: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        for summary in &kept.summaries {
            if let Summary::Activity {
                period,
                feature,
                method,
                successful,
                failed,
            } = summary
                && period == wanted
                && feature.eq_ignore_ascii_case("registration")
            {
                let [worked, not] = found.entry(Method::id_of(method)).or_default();
                *worked += successful;
                *not += failed;
            }
        }
        found
    };
    for period in [wanted, ""] {
        let found = of(period);
        if !found.is_empty() {
            counted.recent = found;
            counted.recent_period = Some(period.to_owned());
            counted.has_recent = true;
            return;
        }
    }
}

#[cfg(test)]
mod tests;
