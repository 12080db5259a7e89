//! Why a sign-in was interrupted, and whether it went on.

use model::sign_in::PolicyResult;

use super::denials::denied;
use super::policies::{self, Control};
use super::steps::{Came, Factor};
use super::{After, Certainty, Draft, Field, Question, Reading, by_book, words};
use crate::acts::Acts;

/// The verdict on a sign-in that was interrupted.
pub(crate) fn draft(reading: &Reading<'_>) -> Draft {
    let code = reading.code.unwrap_or_default();
    match code {
        50_074 | 50_076 => second_factor(reading),
        50_072 => enrolment(reading),
        _ => match terms(reading) {
            Some(draft) => draft,
            None => by_book(reading, Question::Interrupted),
        },
    }
}

/// A second factor was asked for.
fn second_factor(reading: &Reading<'_>) -> Draft {
    let second = reading.steps.deciding(Factor::Second);
    let mut fields = vec![Field::ErrorCode, Field::RequiredBy, Field::Policies];
    let asked =
        words::asked_for_second(&policies::asking_for_second(reading), &required_by(reading));
    let (follows, acts) = match second.map(|step| step.came) {
        Some(Came::Denied(denial)) => {
            fields.push(Field::SecondStep);
            let (why, what_next, acts) = denied(denial, second.and_then(|step| step.method()));
            (words::joined(&[&words::sentence(&why), what_next]), acts)
        }
        Some(Came::Done | Came::ByClaim) => {
            fields.push(Field::SecondStep);
            (words::SECOND_GIVEN.to_owned(), Acts::Nobody)
        }
        _ => (words::SECOND_ASKED_FOLLOWS.to_owned(), Acts::Nobody),
    };
    let reason = if reading.code == Some(50_076) {
        words::SETTING_OR_PLACE_CHANGED
    } else {
        ""
    };
    Draft {
        question: Question::Interrupted,
        cause: asked,
        follows: words::joined(&[reason, &follows]),
        acts,
        certainty: Certainty::Certain,
        fields,
        gist: None,
    }
}

/// Somebody has to set up a second factor first.
fn enrolment(reading: &Reading<'_>) -> Draft {
    Draft {
        question: Question::Interrupted,
        cause: words::asked_to_enrol(&required_by(reading)),
        follows: words::ENROLMENT_FOLLOWS.to_owned(),
        acts: Acts::Person,
        certainty: Certainty::Certain,
        fields: vec![Field::ErrorCode, Field::RequiredBy],
        gist: None,
    }
}

/// Terms of use, or a control of another provider: the policy counts as failed until they are accepted.
fn terms(reading: &Reading<'_>) -> Option<Draft> {
    let failing = policies::with_result(reading, &PolicyResult::Failure);
    let named = failing.iter().find_map(|policy| {
        let mut controls = policies::controls(policy).into_iter();
        controls.find_map(|control| match control {
            Control::Named(name) => Some((*policy, name)),
            _ => None,
        })
    });
    let (policy, name) = named?;
    Some(Draft {
        question: Question::Interrupted,
        cause: words::asked_for_named(&policies::names(&[policy]), &name),
        follows: words::FAILS_UNTIL_ACCEPTED.to_owned(),
        acts: Acts::Person,
        certainty: Certainty::Likely,
        fields: vec![Field::ErrorCode, Field::Policies],
        gist: None,
    })
}

/// What kind of policy asked, in words.
pub(crate) fn required_by(reading: &Reading<'_>) -> Vec<String> {
    let required = reading.sign_in().authentication_requirement_policies.iter();
    let mut kinds: Vec<String> = required
        .filter_map(|policy| Some(policy.requirement_provider.as_ref()?.label().into_owned()))
        .collect();
    kinds.dedup();
    kinds
}

/// Whether it went on.
pub(crate) fn with_after(reading: &Reading<'_>, draft: Draft) -> Draft {
    let Some(after) = reading.case.after else {
        return draft;
    };
    let mut fields = draft.fields.clone();
    fields.push(Field::After);
    match after {
        After::Success { seconds } => Draft {
            follows: words::went_on(seconds),
            acts: Acts::Nobody,
            fields,
            ..draft
        },
        After::Other { .. } => Draft {
            follows: words::joined(&[&draft.follows, words::DID_NOT_GO_ON]),
            fields,
            ..draft
        },
        After::Nothing => Draft {
            follows: words::joined(&[&draft.follows, words::NOTHING_AFTER]),
            certainty: draft.certainty.max(Certainty::Likely),
            fields,
            ..draft
        },
    }
}
