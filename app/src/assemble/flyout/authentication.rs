//! The tab of authentication details, and the strip of steps under the title.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use model::sign_in::{AuthenticationDetail, ConditionalAccessStatus};
use model::{Query, Tab, time};

use super::fields::{plain, push_group};
use super::narrow;
use super::subject::Subject;
use crate::assemble::moments::Clock;
use crate::text::flyout as text;
use crate::view::flyout::authentication::{Authentication, Step, StepState, StripStep};
use crate::view::grid::Moment;
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Most steps that are listed.
const MOST_STEPS: usize = 100;
/// "Not assigned to the application".
const NOT_ASSIGNED: i64 = 50_105;

/// The tab.
pub(super) fn authentication(subject: Subject<'_>, query: &Query, clock: &Clock) -> Authentication {
    let sign_in = &subject.detail.sign_in;
    let mut groups = Vec::new();
    let label =
        |label: Option<Cow<'_, str>>| label.map_or_else(|| text::NONE.to_owned(), Cow::into_owned);
    let required = sign_in.authentication_requirement_policies.iter();
    let required = required.map(|policy| {
        let provider = policy.requirement_provider.as_ref();
        let provider = provider.map(|provider| provider.label());
        plain(
            text::REQUIRED_FIELD,
            &said(provider, policy.detail.as_deref()),
        )
    });
    push_group(&mut groups, text::REQUIRED_BY, required.collect());
    let session = sign_in.session_lifetime_policies.iter().map(|policy| {
        let why = policy
            .expiration_requirement
            .as_ref()
            .map(|why| why.label());
        plain(text::SESSION_FIELD, &said(why, policy.detail.as_deref()))
    });
    push_group(&mut groups, text::SESSION_POLICIES, session.collect());
    let contexts = sign_in
        .authentication_context_class_references
        .iter()
        .map(|context| {
            let detail = context.detail.as_ref().map(|detail| detail.label());
            plain(context.id.as_deref().unwrap_or(text::NONE), &label(detail))
        });
    push_group(&mut groups, text::CONTEXTS, contexts.collect());
    let steps = in_order(&sign_in.authentication_details);
    Authentication {
        groups,
        notes: notes(subject, &steps),
        steps: steps
            .into_iter()
            .take(MOST_STEPS)
            .map(|detail| step(detail, subject.date(), query, clock))
            .collect(),
    }
}

/// What a policy says of itself, or else its kind in words.
fn said(kind: Option<Cow<'_, str>>, detail: Option<&str>) -> String {
    let detail = detail.map(str::trim).filter(|detail| !detail.is_empty());
    match detail {
        Some(detail) => detail.to_owned(),
        None => kind.map_or_else(String::new, Cow::into_owned),
    }
}

/// The steps in the order of time: records do not always keep it.
pub(super) fn in_order(details: &[AuthenticationDetail]) -> Vec<&AuthenticationDetail> {
    let mut steps: Vec<_> = details.iter().collect();
    steps.sort_by_key(|step| {
        let date = step
            .authentication_step_date_time
            .as_deref()
            .and_then(time::read);
        (
            date.is_none(),
            date,
            step.status_sequence.or(step.request_sequence),
        )
    });
    steps
}

/// The time of day, with the day where it is another one than that of the sign-in.
fn short(moment: DateTime<Utc>, of: DateTime<Utc>, clock: &Clock) -> Moment {
    let in_grid = clock.in_grid(moment);
    let is_same_day = moment.with_timezone(&clock.zone).date_naive()
        == of.with_timezone(&clock.zone).date_naive();
    let time_of_day = in_grid
        .text
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .to_owned();
    match is_same_day {
        true => Moment {
            text: time_of_day,
            ..in_grid
        },
        false => in_grid,
    }
}

fn step(detail: &AuthenticationDetail, of: DateTime<Utc>, query: &Query, clock: &Clock) -> Step {
    let words = |text: &Option<String>| shown(text.as_deref().unwrap_or_default(), MOST_IN_CELL);
    let date = detail.authentication_step_date_time.as_deref();
    let method = words(&detail.authentication_method);
    Step {
        date: date.and_then(time::read).map(|moment| {
            let whole = clock.in_pane(moment).text;
            (short(moment, of, clock), whole)
        }),
        verbs: narrow::item_verbs(
            query,
            "authentication_methods",
            detail.authentication_method.as_deref(),
        ),
        method,
        method_detail: words(&detail.authentication_method_detail),
        succeeded: detail.succeeded,
        result: words(&detail.authentication_step_result_detail),
        requirement: words(&detail.authentication_step_requirement),
    }
}

fn notes(subject: Subject<'_>, steps: &[&AuthenticationDetail]) -> Vec<&'static str> {
    let of_people = matches!(subject.detail.tab, Tab::Interactive | Tab::NonInteractive);
    let mut notes = Vec::new();
    if steps.is_empty() {
        notes.push(text::NO_STEPS);
        notes.push(match of_people {
            true => text::NO_STEPS_OF_PEOPLE,
            false => text::NO_STEPS_OF_WORKLOADS,
        });
    } else if !steps.iter().any(|step| is_primary(step)) {
        notes.push(text::NOTE_NO_PRIMARY);
    }
    if steps.iter().any(|step| is_by_claim(step)) {
        notes.push(text::NOTE_CLAIM);
    }
    if of_people && subject.is_early() {
        notes.push(text::NOTE_YOUNG);
    }
    notes
}

fn has(text: &Option<String>, word: &str) -> bool {
    text.as_deref()
        .is_some_and(|text| text.to_lowercase().contains(word))
}

fn is_primary(step: &AuthenticationDetail) -> bool {
    has(&step.authentication_step_requirement, "primary")
        || has(&step.authentication_method, "password")
}

fn is_second(step: &AuthenticationDetail) -> bool {
    has(&step.authentication_step_requirement, "multifactor")
        || has(&step.authentication_step_requirement, "secondary")
}

fn is_by_claim(step: &AuthenticationDetail) -> bool {
    has(
        &step.authentication_step_result_detail,
        "satisfied by claim",
    )
}

/// The steps in the order of time, each as its method and what came out.
pub(super) fn in_words(details: &[AuthenticationDetail]) -> Vec<String> {
    let said = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| shown(text, MOST_IN_CELL))
    };
    let words = |step: &AuthenticationDetail| {
        let method = said(&step.authentication_method);
        let result = said(&step.authentication_step_result_detail);
        let result = result.or_else(|| {
            step.succeeded.map(|succeeded| match succeeded {
                true => text::SUCCEEDED.to_owned(),
                false => text::FAILED.to_owned(),
            })
        });
        let parts: Vec<String> = [method, result].into_iter().flatten().collect();
        match parts.is_empty() {
            true => text::NONE.to_owned(),
            false => parts.join(": "),
        }
    };
    let steps = in_order(details).into_iter().take(MOST_STEPS);
    steps.map(words).collect()
}

/// Whether the record has a step of a second factor that succeeded, or only ones that did not; `None` when
/// it has none.
pub(super) fn second_factor(details: &[AuthenticationDetail]) -> Option<&AuthenticationDetail> {
    let steps = in_order(details);
    let mut second = steps.into_iter().rev().filter(|step| is_second(step));
    let last = second.next();
    match last {
        Some(last) if last.succeeded == Some(true) => Some(last),
        _ => second.find(|step| step.succeeded == Some(true)).or(last),
    }
}

/// The stations that the record proves, up to the token. Nothing where it proves none before that.
pub(super) fn strip(subject: Subject<'_>) -> Vec<StripStep> {
    let sign_in = &subject.detail.sign_in;
    let steps = in_order(&sign_in.authentication_details);
    let first = steps
        .iter()
        .rev()
        .find(|step| is_primary(step) && !is_second(step));
    let mut strip = Vec::new();
    strip.extend(first.and_then(|step| of_step(step)));
    strip.extend(second_factor(&sign_in.authentication_details).and_then(of_step));
    if subject.error_code() == Some(NOT_ASSIGNED) {
        strip.push(station(StepState::Failed, "Assignment", "Not assigned"));
    }
    let of_policy = match &sign_in.conditional_access_status {
        Some(ConditionalAccessStatus::Success) => Some((StepState::Passed, "Met")),
        Some(ConditionalAccessStatus::Failure) => Some((StepState::Failed, "Not met")),
        Some(ConditionalAccessStatus::NotApplied) => {
            Some((StepState::NotReached, text::NOT_APPLIED))
        }
        _ => None,
    };
    strip.extend(of_policy.map(|(state, words)| station(state, "Policy", words)));
    if strip
        .iter()
        .all(|station| station.state == StepState::NotReached)
    {
        return Vec::new();
    }
    match subject.error_code() {
        Some(0) => strip.push(station(StepState::Passed, "Token", "Issued")),
        Some(_) => strip.push(station(StepState::NotReached, "Token", "Not issued")),
        None => {}
    }
    strip
}

/// A step whose end was recorded.
fn of_step(step: &AuthenticationDetail) -> Option<StripStep> {
    let succeeded = step.succeeded?;
    let method = step.authentication_method.as_deref().unwrap_or(text::NONE);
    let words = match (is_by_claim(step), succeeded) {
        (true, true) => "By an earlier sign-in",
        (false, true) => "Succeeded",
        (_, false) => "Failed",
    };
    let state = match succeeded {
        true => StepState::Passed,
        false => StepState::Failed,
    };
    Some(station(state, &shown(method, 40), words))
}

fn station(state: StepState, name: &str, result: &str) -> StripStep {
    StripStep {
        state,
        name: name.to_owned(),
        result: result.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(date: &str, requirement: &str, succeeded: bool) -> AuthenticationDetail {
        AuthenticationDetail {
            authentication_step_date_time: Some(date.to_owned()),
            authentication_step_requirement: Some(requirement.to_owned()),
            succeeded: Some(succeeded),
            ..AuthenticationDetail::default()
        }
    }

    #[test]
    fn steps_are_put_in_order_of_time() {
        let details = [
            detail("2026-11-24T09:00:09Z", "Multifactor authentication", true),
            detail("2026-11-24T09:00:01Z", "Primary authentication", true),
            AuthenticationDetail::default(),
        ];
        let ordered = in_order(&details);
        assert!(std::ptr::eq(ordered[0], &raw const details[1]));
        assert!(std::ptr::eq(ordered[2], &raw const details[2]));
    }

    #[test]
    fn a_second_factor_counts_once_it_succeeded() {
        let details = [
            detail("2026-11-24T09:00:02Z", "Multifactor authentication", true),
            detail("2026-11-24T09:00:09Z", "Multifactor authentication", false),
        ];
        let found = second_factor(&details).expect("a step");
        assert_eq!(found.succeeded, Some(true));
        assert!(second_factor(&[detail("", "Primary authentication", true)]).is_none());
    }
}
