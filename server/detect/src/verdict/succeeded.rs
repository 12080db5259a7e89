//! Why a sign-in that succeeded asked for more than a password, or did not.

use model::Tab;
use model::gist::Gist;
use model::sign_in::requirement::ExpirationRequirement;
use model::sign_in::{
    AppliedConditionalAccessPolicy, AuthenticationRequirement, ConditionalAccessStatus,
    PolicyResult, TokenIssuerType,
};

use super::interrupted::required_by;
use super::policies::{self, Control};
use super::steps::{Came, Factor, Skip, Step};
use super::{Certainty, Draft, Field, Question, Reading, words, workloads};
use crate::acts::Acts;

/// "Windows Sign In", over which Conditional Access does not decide: by its application ID, since any application may
/// be called so.
const WINDOWS_SIGN_IN: &str = "38aa3b87-a06d-4817-b275-7a316988d93b";

/// The verdict on a sign-in that succeeded.
pub(crate) fn draft(reading: &Reading<'_>) -> Draft {
    match reading.case.tab {
        Tab::ServicePrincipal | Tab::ManagedIdentity => return workloads::succeeded(reading),
        Tab::NonInteractive => return renewed(reading),
        Tab::Interactive => {}
    }
    match reading.sign_in().token_issuer_type {
        Some(TokenIssuerType::AdFederationServices) => return at_adfs(),
        Some(TokenIssuerType::NpsExtension | TokenIssuerType::AdFederationServicesMfaAdapter) => {
            return by_adapter();
        }
        _ => {}
    }
    let second = reading.steps.deciding(Factor::Second);
    match second.map(|step| (step, step.came)) {
        Some((step, Came::Done)) => prompted(reading, step),
        Some((_, Came::ByClaim)) => by_claim(reading),
        Some((_, Came::Skipped(skip))) => skipped(skip),
        Some((_, Came::Pending | Came::Denied(_) | Came::Unknown)) => unfinished(),
        None => without_second(reading),
    }
}

fn draft_of(
    question: Question,
    (cause, follows): (String, String),
    certainty: Certainty,
    fields: &[Field],
) -> Draft {
    Draft {
        question,
        cause,
        follows,
        acts: Acts::Nobody,
        certainty,
        fields: fields.to_vec(),
        gist: None,
    }
}

/// Somebody was asked, and answered.
fn prompted(reading: &Reading<'_>, step: &Step<'_>) -> Draft {
    let asked = policies::asking_for_second(reading);
    let cause = words::second_asked_and_given(&asked, &required_by(reading), step.method());
    let lifetime = reading.sign_in().session_lifetime_policies.iter();
    let kinds = lifetime.filter_map(|policy| policy.expiration_requirement.as_ref());
    let why_now = kinds.filter_map(why_now).next();
    let ((why_now, gist), certainty) = match why_now {
        Some(why_now) => (why_now, Certainty::Certain),
        None => (
            (words::NOTHING_CARRIED_IT, Gist::PromptNoSession),
            Certainty::Likely,
        ),
    };
    draft_of(
        Question::Prompted,
        (cause, why_now.to_owned()),
        certainty,
        &[
            Field::SecondStep,
            Field::RequiredBy,
            Field::Policies,
            Field::SessionLifetime,
        ],
    )
    .with_gist(gist)
}

fn why_now(kind: &ExpirationRequirement) -> Option<(&'static str, Gist)> {
    Some(match kind {
        ExpirationRequirement::SignInFrequencyPeriodicReauthentication => {
            (words::FREQUENCY_RAN_OUT, Gist::PromptFrequency)
        }
        ExpirationRequirement::SignInFrequencyEveryTime => {
            (words::FREQUENCY_EVERY_TIME, Gist::PromptEveryTime)
        }
        ExpirationRequirement::RememberMultifactorAuthenticationOnTrustedDevices => {
            (words::REMEMBERED_RAN_OUT, Gist::PromptRemembered)
        }
        ExpirationRequirement::NgcMfa => (words::RECENT_FOR_KEY, Gist::PromptKey),
        ExpirationRequirement::TenantTokenLifetimePolicy
        | ExpirationRequirement::AudienceTokenLifetimePolicy => {
            (words::LIFETIME_RAN_OUT, Gist::PromptLifetime)
        }
        _ => return None,
    })
}

/// An earlier second factor counted.
fn by_claim(reading: &Reading<'_>) -> Draft {
    let is_external = reading.steps.iter().any(|step| {
        let result = step.detail.authentication_step_result_detail.as_deref();
        result.is_some_and(|result| result.to_lowercase().contains("external provider"))
    });
    let (cause, gist) = match is_external {
        true => (words::CLAIM_OF_OTHER, Gist::ClaimOfProvider),
        false => (words::CLAIM_IN_TOKEN, Gist::ClaimInToken),
    };
    let required = required_by(reading);
    let asked = policies::asking_for_second(reading);
    let follows = words::claim_counted(&asked, &required, has_frequency(reading));
    draft_of(
        Question::NotPrompted,
        (cause.to_owned(), follows),
        Certainty::Certain,
        &[
            Field::SecondStep,
            Field::RequiredBy,
            Field::Policies,
            Field::SessionLifetime,
        ],
    )
    .with_gist(gist)
}

/// Whether a policy that applied asks again after some time.
fn has_frequency(reading: &Reading<'_>) -> bool {
    let policies = policies::with_result(reading, &PolicyResult::Success);
    let mut controls = policies
        .into_iter()
        .flat_map(|policy| &policy.enforced_session_controls);
    controls.any(|control| control.eq_ignore_ascii_case("signinfrequency"))
}

fn skipped(skip: Skip) -> Draft {
    let ((cause, follows), gist) = match skip {
        Skip::RegisteredDevice => (words::SKIPPED_REGISTERED, Gist::SkippedRegistered),
        Skip::RememberedDevice => (words::SKIPPED_REMEMBERED, Gist::SkippedRemembered),
        Skip::Place => (words::SKIPPED_PLACE, Gist::SkippedPlace),
        Skip::AppPassword => (words::SKIPPED_APP_PASSWORD, Gist::SkippedAppPassword),
        Skip::WindowsBroker => (words::SKIPPED_WINDOWS, Gist::SkippedWindows),
        Skip::Other => (words::SKIPPED_OTHER, Gist::SkippedSetting),
    };
    draft_of(
        Question::NotPrompted,
        (cause.to_owned(), follows.to_owned()),
        Certainty::Certain,
        &[Field::SecondStep],
    )
    .with_gist(gist)
}

/// A token was issued, and the step that the record has was not passed.
fn unfinished() -> Draft {
    draft_of(
        Question::Prompted,
        (
            words::STEP_OPEN.to_owned(),
            words::STEP_OPEN_FOLLOWS.to_owned(),
        ),
        Certainty::Likely,
        &[Field::ErrorCode, Field::SecondStep],
    )
    .with_gist(Gist::PromptOpen)
}

/// Nothing of a second factor is in the record.
fn without_second(reading: &Reading<'_>) -> Draft {
    let first = reading.steps.deciding(Factor::First);
    let is_single = reading.sign_in().authentication_requirement
        == Some(AuthenticationRequirement::SingleFactor);
    let both = first.filter(|step| step.is_passwordless() && !(step.is_certificate() && is_single));
    if let Some(method) = both.and_then(|step| step.method()) {
        let follows = match both.is_some_and(|step| step.resists_phishing()) {
            true => words::BOTH_AT_ONCE_FOLLOWS,
            false => words::BOTH_BY_PHONE_FOLLOWS,
        };
        return draft_of(
            Question::NotPrompted,
            (words::both_at_once(method), follows.to_owned()),
            Certainty::Certain,
            &[Field::FirstStep],
        )
        .with_gist(Gist::Passwordless);
    }
    if reading.sign_in().authentication_requirement == Some(AuthenticationRequirement::Multifactor)
    {
        let (cause, follows) = words::REQUIRED_NOT_SHOWN;
        let fields = [Field::Requirement, Field::SecondStep];
        return draft_of(
            Question::NotPrompted,
            (cause.to_owned(), follows.to_owned()),
            Certainty::Likely,
            &fields,
        )
        .with_gist(Gist::StepsMissing);
    }
    let by_earlier = match first.map(|step| step.came) {
        Some(Came::ByClaim) => words::NOBODY_TYPED,
        _ => "",
    };
    let draft = not_asked(reading);
    Draft {
        follows: words::joined(&[&draft.follows, by_earlier]),
        ..draft
    }
}

/// What Conditional Access made of it, where a single factor was enough.
fn not_asked(reading: &Reading<'_>) -> Draft {
    let application = reading.sign_in().app_id.as_deref().unwrap_or_default();
    let is_out_of_scope = application.trim().eq_ignore_ascii_case(WINDOWS_SIGN_IN);
    let fields = [
        Field::Requirement,
        Field::ConditionalAccess,
        Field::Policies,
    ];
    let of = |words: (&str, &str), certainty| {
        draft_of(
            Question::NotPrompted,
            (words.0.to_owned(), words.1.to_owned()),
            certainty,
            &fields,
        )
    };
    let applied = policies::with_result(reading, &PolicyResult::Success);
    // Without steps and without a requirement nobody can tell what was asked for.
    let is_recorded =
        !reading.steps.is_empty() || reading.sign_in().authentication_requirement.is_some();
    match &reading.sign_in().conditional_access_status {
        Some(ConditionalAccessStatus::NotApplied) if is_out_of_scope => Draft {
            fields: vec![Field::Application, Field::ConditionalAccess],
            ..of(words::OUT_OF_SCOPE, Certainty::Certain).with_gist(Gist::OutOfScope)
        },
        Some(ConditionalAccessStatus::NotApplied) if !is_recorded => {
            of(words::NO_POLICY_APPLIED_AS_FAR, Certainty::Likely).with_gist(Gist::NoPolicy)
        }
        Some(ConditionalAccessStatus::NotApplied) => Draft {
            acts: Acts::Administrator,
            ..of(words::NO_POLICY_APPLIED, Certainty::Certain).with_gist(Gist::NoPolicy)
        },
        // What policies asked for is part of the verdict and none of its gist, which all readers see.
        Some(ConditionalAccessStatus::Success) => {
            let draft = if !applied.is_empty() {
                by_policies(reading, &applied)
            } else if policies::are_listed(reading) {
                // The portal's word for "looked at, and satisfied with nothing" is success as well.
                of(words::SUCCESS_WITHOUT_POLICY, Certainty::Likely)
            } else {
                of(words::SUCCESS_NOT_SEEN, Certainty::Likely)
            };
            draft.with_gist(Gist::PoliciesSatisfied)
        }
        Some(ConditionalAccessStatus::Failure) => {
            of(words::FAILURE_AND_TOKEN, Certainty::Likely).with_gist(Gist::PolicyFailed)
        }
        _ => of(words::NOTHING_RECORDED, Certainty::Unknown),
    }
}

/// What the policies that applied asked for, where no second factor is in the record.
fn by_policies(reading: &Reading<'_>, applied: &[&AppliedConditionalAccessPolicy]) -> Draft {
    let names = policies::names(applied);
    let asks_for_second =
        |control: &Control| matches!(control, Control::Multifactor | Control::Strength(_));
    let asking: Vec<Vec<Control>> = applied
        .iter()
        .map(|policy| policies::controls(policy))
        .filter(|controls| controls.iter().any(asks_for_second))
        .collect();
    let device = reading.sign_in().device_detail.as_ref();
    let is_compliant = device.is_some_and(|device| device.is_compliant == Some(true));
    let joined = device
        .and_then(|device| device.trust_type.as_deref())
        .unwrap_or_default();
    let is_joined = joined.to_lowercase().contains("hybrid");
    let device_meets = |controls: &Vec<Control>| {
        (is_compliant && controls.contains(&Control::CompliantDevice))
            || (is_joined && controls.contains(&Control::JoinedDevice))
    };
    let (words, certainty) = if asking.is_empty() {
        (words::asked_for_other(&names), Certainty::Certain)
    } else if asking.iter().all(device_meets) {
        (words::device_was_enough(&names), Certainty::Likely)
    } else {
        (words::satisfied_unseen(&names), Certainty::Likely)
    };
    let fields = [
        Field::Requirement,
        Field::Policies,
        Field::SecondStep,
        Field::Compliant,
    ];
    draft_of(Question::NotPrompted, words, certainty, &fields)
}

/// A token that a program renewed by itself.
fn renewed(reading: &Reading<'_>) -> Draft {
    let sign_in = reading.sign_in();
    let first = reading.steps.deciding(Factor::First);
    if first.is_some_and(|step| step.came == Came::Done && step.method().is_some()) {
        let (cause, follows) = words::TYPED_IN_BACKGROUND;
        return draft_of(
            Question::Silent,
            (cause.to_owned(), follows.to_owned()),
            Certainty::Likely,
            &[Field::FirstStep, Field::ClientApp, Field::IncomingToken],
        )
        .with_gist(Gist::SentByProgram);
    }
    let token = sign_in
        .incoming_token_type
        .as_ref()
        .map(|kind| kind.label());
    let cause = words::renewed(sign_in.app_display_name.as_deref(), token.as_deref());
    let second = reading.steps.deciding(Factor::Second);
    let carried = match second.map(|step| step.came) {
        Some(Came::ByClaim) => words::RENEWED_CARRIED,
        _ => "",
    };
    draft_of(
        Question::Silent,
        (cause, words::joined(&[carried, words::RENEWED_FOLLOWS])),
        match token {
            Some(_) => Certainty::Certain,
            None => Certainty::Likely,
        },
        &[Field::IncomingToken, Field::SecondStep],
    )
}

fn at_adfs() -> Draft {
    let (cause, follows) = words::AT_ADFS;
    draft_of(
        Question::NotPrompted,
        (cause.to_owned(), follows.to_owned()),
        Certainty::Likely,
        &[Field::TokenIssuer, Field::FirstStep],
    )
    .with_gist(Gist::AdFs)
}

fn by_adapter() -> Draft {
    let (cause, follows) = words::BY_ADAPTER;
    draft_of(
        Question::Prompted,
        (cause.to_owned(), follows.to_owned()),
        Certainty::Certain,
        &[Field::TokenIssuer, Field::SecondStep],
    )
    .with_gist(Gist::PromptServer)
}
