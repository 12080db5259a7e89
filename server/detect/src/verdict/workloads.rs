//! Sign-ins of services: no person, no second factor, one credential.

use model::Tab;
use model::sign_in::SignIn;

use super::{Certainty, Draft, Field, Question, Reading, by_book, words};
use crate::acts::Acts;

/// Why a service could not sign in.
pub(crate) fn failed(reading: &Reading<'_>) -> Draft {
    let draft = by_book(reading, Question::Failed);
    let name = name_of(reading.sign_in());
    let own = match reading.code {
        Some(7_000_222) => Some(words::SECRET_EXPIRED),
        Some(7_000_215) => Some(words::SECRET_WRONG),
        Some(700_027) => Some(words::ASSERTION_WRONG),
        _ => None,
    };
    match own {
        Some((cause, follows)) => Draft {
            cause: words::of_service(name, cause),
            follows: follows.to_owned(),
            acts: Acts::AppOwner,
            certainty: Certainty::Certain,
            fields: vec![Field::ErrorCode, Field::Credential],
            ..draft
        },
        None => draft,
    }
}

/// What a service did.
pub(crate) fn succeeded(reading: &Reading<'_>) -> Draft {
    let sign_in = reading.sign_in();
    let name = name_of(sign_in);
    let (cause, follows, fields) = match reading.case.tab {
        Tab::ManagedIdentity => (
            words::managed_identity(name),
            words::MANAGED_IDENTITY_FOLLOWS.to_owned(),
            vec![Field::ErrorCode],
        ),
        _ => {
            let credential = sign_in
                .client_credential_type
                .as_ref()
                .map(|kind| kind.label());
            (
                words::service(name, credential.as_deref()),
                words::SERVICE_FOLLOWS.to_owned(),
                vec![Field::ErrorCode, Field::Credential],
            )
        }
    };
    Draft {
        question: Question::Silent,
        cause,
        follows,
        acts: Acts::Nobody,
        certainty: Certainty::Certain,
        fields,
        gist: None,
    }
}

fn name_of(sign_in: &SignIn) -> Option<&str> {
    let names = [&sign_in.service_principal_name, &sign_in.app_display_name];
    let mut names = names.into_iter().filter_map(|name| name.as_deref());
    names.find(|name| !name.trim().is_empty())
}
