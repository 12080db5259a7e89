//! The result of a sign-in.

use crate::outcome::Outcome;

record! {
    /// Result code and texts (`signInStatus`).
    pub struct SignInStatus {
        /// Result code (the number of `AADSTS…`); 0 is success.
        pub error_code: Option<i64> = "errorCode",
        /// Why it failed. On success Graph says nothing or "Other.".
        pub failure_reason: Option<String> = "failureReason",
        /// The result of multifactor authentication, or advice on the error.
        pub additional_details: Option<String> = "additionalDetails",
    }
}

impl SignInStatus {
    /// The outcome that the result code stands for; nothing when the code is missing.
    pub fn outcome(&self) -> Option<Outcome> {
        self.error_code.map(Outcome::of_error_code)
    }

    /// The failure reason worth showing: nothing on success (Graph writes "Other." there), and
    /// nothing when the text is empty.
    pub fn failure_reason_shown(&self) -> Option<&str> {
        if self.error_code == Some(0) {
            return None;
        }
        self.failure_reason
            .as_deref()
            .map(str::trim)
            .filter(|reason| !reason.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(error_code: Option<i64>, failure_reason: &str) -> SignInStatus {
        SignInStatus {
            error_code,
            failure_reason: Some(failure_reason.to_owned()),
            ..SignInStatus::default()
        }
    }

    #[test]
    fn other_on_success_is_shown_as_nothing() {
        assert_eq!(status(Some(0), "Other.").failure_reason_shown(), None);
        assert_eq!(status(Some(0), "Other.").outcome(), Some(Outcome::Success));
    }

    #[test]
    fn a_reason_is_shown_when_the_sign_in_did_not_succeed() {
        assert_eq!(
            status(Some(50126), "Wrong.").failure_reason_shown(),
            Some("Wrong.")
        );
        assert_eq!(
            status(None, "Wrong.").failure_reason_shown(),
            Some("Wrong.")
        );
        assert_eq!(status(Some(50126), " ").failure_reason_shown(), None);
        assert_eq!(status(None, "Wrong.").outcome(), None);
    }
}
