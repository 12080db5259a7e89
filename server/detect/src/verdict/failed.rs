//! Why a sign-in failed.

use model::gist::Gist;
use model::sign_in::TokenIssuerType;

use super::denials::{denied, gist_of};
use super::steps::{Came, Denial, Factor};
use super::{Certainty, Draft, Field, Question, Reading, by_book, policies, words, workloads};
use crate::acts::Acts;

/// The result code of Conditional Access where no better one fits.
const BLOCKED: i64 = 53_003;

/// The verdict on a sign-in that failed.
pub(crate) fn draft(reading: &Reading<'_>) -> Draft {
    let code = reading.code.unwrap_or_default();
    match code {
        BLOCKED | 53_000..=53_002 | 53_009 | 50_131 | 530_000..=530_033 => {
            policies::blocked(reading, Question::Failed)
        }
        _ if !reading.is_of_person() => workloads::failed(reading),
        50_126 => wrong_password(reading),
        50_053 => locked(reading),
        50_105 => not_assigned(reading),
        500_121 => second_factor(reading),
        70_043 | 70_044 => session_over(reading),
        _ => {
            let draft = by_book(reading, Question::Failed);
            with_denial(reading, draft)
        }
    }
}

fn draft_of(
    (cause, follows): (String, String),
    acts: Acts,
    certainty: Certainty,
    fields: &[Field],
) -> Draft {
    Draft {
        question: Question::Failed,
        cause,
        follows,
        acts,
        certainty,
        fields: fields.to_vec(),
        gist: None,
    }
}

fn wrong_password(reading: &Reading<'_>) -> Draft {
    let is_federated =
        reading.sign_in().token_issuer_type == Some(TokenIssuerType::AdFederationServices);
    let follows = match is_federated {
        true => words::WRONG_PASSWORD_AT_ADFS,
        false => words::WRONG_PASSWORD_FOLLOWS,
    };
    let first = reading.steps.deciding(Factor::First);
    let checked_by = first.and_then(|step| step.detail.authentication_method_detail.as_deref());
    draft_of(
        (words::wrong_password(checked_by), follows.to_owned()),
        Acts::Person,
        Certainty::Certain,
        match first.is_some() {
            true => &[Field::ErrorCode, Field::FirstStep],
            false => &[Field::ErrorCode],
        },
    )
}

/// One code for two causes: too many wrong passwords, or an address that is known for attacks.
fn locked(reading: &Reading<'_>) -> Draft {
    let said = reading.said();
    let is_of_address = said.contains("malicious");
    let is_of_account = said.contains("account is locked") || said.contains("too many times");
    let fields = [Field::ErrorCode, Field::FailureReason];
    match (is_of_account, is_of_address) {
        (false, true) => draft_of(
            (
                words::ADDRESS_BLOCKED.to_owned(),
                words::ADDRESS_BLOCKED_FOLLOWS.to_owned(),
            ),
            Acts::Security,
            Certainty::Certain,
            &fields,
        )
        .with_gist(Gist::AddressBlocked),
        (true, false) => draft_of(
            (words::LOCKED.to_owned(), words::LOCKED_FOLLOWS.to_owned()),
            Acts::HelpDesk,
            Certainty::Certain,
            &fields,
        )
        .with_gist(Gist::Locked),
        _ => draft_of(
            (
                words::LOCKED_OR_BLOCKED.to_owned(),
                words::LOCKED_OR_BLOCKED_FOLLOWS.to_owned(),
            ),
            Acts::HelpDesk,
            Certainty::Likely,
            &fields,
        ),
    }
}

fn not_assigned(reading: &Reading<'_>) -> Draft {
    let application = reading.sign_in().app_display_name.as_deref();
    let first = reading.steps.deciding(Factor::First);
    let right = match first.filter(|step| step.came == Came::Done) {
        Some(step) => words::first_right(step.method()),
        None => words::SIGN_IN_FINE.to_owned(),
    };
    draft_of(
        (
            words::not_assigned(application),
            words::joined(&[&right, words::NOT_ASSIGNED_FOLLOWS]),
        ),
        Acts::AppOwner,
        Certainty::Certain,
        &[Field::ErrorCode, Field::Application, Field::FirstStep],
    )
}

fn second_factor(reading: &Reading<'_>) -> Draft {
    let fields = [
        Field::ErrorCode,
        Field::FirstStep,
        Field::SecondStep,
        Field::AdditionalDetails,
    ];
    let first = reading.steps.deciding(Factor::First);
    let first = first.filter(|step| step.came == Came::Done);
    let right = first
        .map(|step| words::first_right(step.method()))
        .unwrap_or_default();
    let second = reading.steps.last(Factor::Second);
    let denial = match second.map(|step| step.came) {
        Some(Came::Denied(denial)) => Some(denial),
        // Exports without steps say it beside the failure reason.
        _ => super::steps::denial_in(&reading.said()),
    };
    match denial {
        Some(denial) => {
            let method = second.and_then(|step| step.method());
            let (cause, what_next, acts) = denied(denial, method);
            let draft = draft_of(
                (words::sentence(&cause), words::joined(&[&right, what_next])),
                acts,
                Certainty::Certain,
                &fields,
            );
            Draft {
                gist: gist_of(denial, method),
                ..draft
            }
        }
        None => draft_of(
            (
                words::SECOND_FACTOR_FAILED.to_owned(),
                words::joined(&[&right, words::SECOND_FACTOR_FAILED_FOLLOWS]),
            ),
            Acts::Person,
            Certainty::Likely,
            &fields,
        ),
    }
}

/// The book's words, with why the second factor was refused where a step says so.
fn with_denial(reading: &Reading<'_>, draft: Draft) -> Draft {
    let second = reading.steps.last(Factor::Second);
    let Some(Came::Denied(denial)) = second.map(|step| step.came) else {
        return draft;
    };
    if denial == Denial::Other || draft.certainty == Certainty::Unknown {
        return draft;
    }
    let (why, _, _) = denied(denial, second.and_then(|step| step.method()));
    let mut fields = draft.fields;
    fields.push(Field::SecondStep);
    Draft {
        follows: words::joined(&[&draft.follows, &words::sentence(&why)]),
        fields,
        ..draft
    }
}

/// A token that a policy about sessions ended.
fn session_over(reading: &Reading<'_>) -> Draft {
    let draft = by_book(reading, Question::Failed);
    let lifetime = reading.sign_in().session_lifetime_policies.first();
    let kind = lifetime.and_then(|policy| policy.expiration_requirement.as_ref());
    let Some(kind) = kind else { return draft };
    Draft {
        follows: words::joined(&[
            &words::session_ended_by(&kind.label()),
            words::SIGN_IN_AGAIN,
        ]),
        acts: Acts::Person,
        fields: vec![Field::ErrorCode, Field::SessionLifetime],
        ..draft
    }
}
