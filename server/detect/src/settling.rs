//! Whether more of a record may still come.
//!
//! The service writes a record before it has gathered all of it: the first factor can be missing, a step can be under
//! way, or a claim in the token stands in the place of what was really done. A fuller record of the same request ID
//! follows, and takes its place. That is told from the record itself and from how soon after the sign-in it was stored,
//! never from the present moment: what was stored later says all that will be said.

use model::sign_in::{AuthenticationDetail, TokenIssuerType};
use model::{SignIn, Tab};

use crate::verdict::Steps;

/// A record that was stored within so much time of its sign-in may be an early one, in microseconds: two hours, within
/// which the portal says that sign-ins come in.
pub const EARLY_MICROS: i64 = 2 * 3_600_000_000;

/// What it is told from.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The kind of sign-in.
    pub tab: Tab,
    /// Its result code.
    pub code: Option<i64>,
    /// Who issued the token.
    pub issuer: Option<&'a TokenIssuerType>,
    /// The steps, in any order.
    pub steps: &'a [AuthenticationDetail],
    /// What the result says of the second factor.
    pub result: Option<&'a str>,
}

impl<'a> Told<'a> {
    /// Of a whole sign-in.
    pub fn of(sign_in: &'a SignIn, tab: Tab, code: Option<i64>) -> Told<'a> {
        let status = sign_in.status.as_ref();
        Told {
            tab,
            code,
            issuer: sign_in.token_issuer_type.as_ref(),
            steps: &sign_in.authentication_details,
            result: status.and_then(|status| status.additional_details.as_deref()),
        }
    }

    /// Whether something is missing that a record of this sign-in has in the end. What failed or was interrupted ends
    /// with the step that it came to, and the servers of a tenant have steps of their own.
    pub fn is_incomplete(&self) -> bool {
        can_settle(self.tab, self.code, self.issuer)
            && Steps::of_list(self.steps).are_settling(self.result)
    }

    /// The same of a record that was stored soon after the sign-in; both moments in microseconds since 1970.
    pub fn is_settling(&self, date_micros: i64, stored_micros: i64) -> bool {
        is_early(date_micros, stored_micros) && self.is_incomplete()
    }
}

/// Whether a record was stored so soon after its sign-in that more of it may come; both in microseconds since 1970.
pub fn is_early(date_micros: i64, stored_micros: i64) -> bool {
    // Clocks differ: what was stored before it happened is as early.
    stored_micros.saturating_sub(date_micros).saturating_abs() < EARLY_MICROS
}

/// Whether such a sign-in has steps that can be missing.
pub fn can_settle(tab: Tab, code: Option<i64>, issuer: Option<&TokenIssuerType>) -> bool {
    let is_of_server = matches!(
        issuer,
        Some(
            TokenIssuerType::AdFederationServices
                | TokenIssuerType::AdFederationServicesMfaAdapter
                | TokenIssuerType::NpsExtension
        )
    );
    tab == Tab::Interactive && code == Some(0) && !is_of_server
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(method: &str, requirement: &str, result: &str) -> AuthenticationDetail {
        AuthenticationDetail {
            authentication_method: Some(method.to_owned()),
            authentication_step_requirement: Some(requirement.to_owned()),
            authentication_step_result_detail: Some(result.to_owned()),
            succeeded: Some(true),
            ..AuthenticationDetail::default()
        }
    }

    #[test]
    fn only_what_was_stored_soon_after_a_success_is_settling() {
        let claim = "MFA requirement satisfied by claim in the token";
        let steps = [step(
            "Previously satisfied",
            "Multifactor authentication",
            claim,
        )];
        let told = Told {
            tab: Tab::Interactive,
            code: Some(0),
            issuer: None,
            steps: &steps,
            result: None,
        };
        let minute = 60_000_000;
        assert!(told.is_settling(0, 4 * minute));
        assert!(told.is_settling(minute, 0), "the clocks differ by a minute");
        assert!(!told.is_settling(0, EARLY_MICROS));
        let others = [
            Told {
                code: Some(50_074),
                ..told
            },
            Told {
                tab: Tab::NonInteractive,
                ..told
            },
            Told {
                issuer: Some(&TokenIssuerType::NpsExtension),
                ..told
            },
            Told { steps: &[], ..told },
        ];
        for other in others {
            assert!(!other.is_settling(0, 4 * minute), "{other:?}");
        }
    }

    #[test]
    fn a_claim_where_the_result_says_that_the_factor_was_given_is_no_final_word() {
        let steps = [
            step("Password", "Primary authentication", "Correct password"),
            step(
                "Previously satisfied",
                "Multifactor authentication",
                "MFA requirement satisfied by claim in the token",
            ),
        ];
        let settles = |result: Option<&str>| {
            let told = Told {
                tab: Tab::Interactive,
                code: Some(0),
                issuer: None,
                steps: &steps,
                result,
            };
            told.is_settling(0, 1)
        };
        assert!(settles(Some("MFA completed in Azure AD")));
        assert!(settles(Some("MFA successfully completed")));
        assert!(!settles(Some(
            "MFA requirement satisfied by claim in the token"
        )));
        assert!(!settles(None));
    }
}
