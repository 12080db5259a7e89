//! What a verdict comes to, in a few words: where it says more than the result code does.
//!
//! It is stored with each sign-in, so that sign-ins can be found, counted and put together by it. It rests on nothing
//! that some readers do not see: neither on names nor on policies, whose part of the verdict is worked out when it is
//! read.

use crate::column::choices::Choice;

macro_rules! gists {
    ($($(#[$about:meta])* $name:ident = $id:literal, $label:literal;)*) => {
        /// What a verdict comes to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Gist {
            $($(#[$about])* $name,)*
        }

        impl Gist {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Gist] = &[$(Gist::$name),*];

            /// The word that is stored.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Gist::$name => $id,)*
                }
            }

            /// The words that are shown.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Gist::$name => $label,)*
                }
            }
        }

        /// As the words of a column.
        pub const CHOICES: &[Choice] = &[$(Choice { value: $id, label: $label }),*];
    };
}

gists! {
    /// A sign-in frequency policy's time was over.
    PromptFrequency = "prompt_frequency", "Prompt: sign-in frequency was over";
    /// A sign-in frequency policy asks each time.
    PromptEveryTime = "prompt_every_time", "Prompt: asked every time";
    /// The time for which the device was to be remembered was over.
    PromptRemembered = "prompt_remembered", "Prompt: remembered device ran out";
    /// A key is set up.
    PromptKey = "prompt_key", "Prompt: setting up a key";
    /// The lifetime of tokens was over.
    PromptLifetime = "prompt_lifetime", "Prompt: token lifetime was over";
    /// No policy about sessions is named: a new device or browser, a private window, or the time was over.
    PromptNoSession = "prompt_no_session", "Prompt: no earlier sign-in counted";
    /// A server of the tenant asked.
    PromptServer = "prompt_server", "Prompt: asked by a server of yours";
    /// A token was issued and the step is not passed in the record.
    PromptOpen = "prompt_open", "Prompt: no answer in the record yet";
    /// The token had a second factor.
    ClaimInToken = "claim_in_token", "No prompt: second factor in the token";
    /// Another provider checked one.
    ClaimOfProvider = "claim_of_provider", "No prompt: another provider checked";
    /// The method stands for both factors.
    Passwordless = "passwordless", "No prompt: passwordless is both factors";
    /// The device is registered.
    SkippedRegistered = "skipped_registered", "No prompt: registered device";
    /// The device is remembered.
    SkippedRemembered = "skipped_remembered", "No prompt: remembered device";
    /// The address is trusted.
    SkippedPlace = "skipped_place", "No prompt: trusted place";
    /// An app password stands in for it.
    SkippedAppPassword = "skipped_app_password", "No prompt: app password";
    /// Windows itself.
    SkippedWindows = "skipped_windows", "No prompt: sign-in to Windows";
    /// Another setting.
    SkippedSetting = "skipped_setting", "No prompt: left out by a setting";
    /// Conditional Access does not decide over it.
    OutOfScope = "out_of_scope", "No prompt: outside of policies";
    /// No policy applied.
    NoPolicy = "no_policy", "No prompt: no policy applied";
    /// Conditional Access was satisfied without a second factor in the record.
    PoliciesSatisfied = "policies_satisfied", "No prompt: policies were satisfied";
    /// Conditional Access says failure, and a token was issued.
    PolicyFailed = "policy_failed", "Token issued though a policy failed";
    /// Multifactor was required, and the record has no steps.
    StepsMissing = "steps_missing", "Multifactor, steps not recorded";
    /// AD FS decided by its own rules.
    AdFs = "ad_fs", "Let in by AD FS";
    /// Credentials were sent without a page.
    SentByProgram = "sent_by_program", "A program sent the credentials";
    /// Too many wrong passwords.
    Locked = "locked", "Locked after wrong passwords";
    /// The address is known for attacks.
    AddressBlocked = "address_blocked", "Address is known for attacks";
    /// A push was declined.
    PushDeclined = "push_declined", "Declined the push";
    /// A call was declined.
    CallDeclined = "call_declined", "Declined the call";
    /// Another request was declined.
    RequestDeclined = "request_declined", "Declined the request";
    /// Reported as fraud.
    Fraud = "fraud", "Reported the request as fraud";
    /// A push was not answered.
    PushUnanswered = "push_unanswered", "Did not answer the push";
    /// A call was not answered.
    CallUnanswered = "call_unanswered", "Did not answer the call";
    /// Another request was not answered.
    RequestUnanswered = "request_unanswered", "Did not answer in time";
    /// A wrong code.
    WrongCode = "wrong_code", "Wrong code";
    /// Too many wrong codes.
    TooManyCodes = "too_many_codes", "Wrong code too many times";
    /// A code that was used before.
    UsedCode = "used_code", "Code was used before";
    /// No code.
    NoCode = "no_code", "No code was typed";
    /// The phone was hung up.
    HungUp = "hung_up", "Hung up the phone";
    /// A wrong PIN.
    WrongPin = "wrong_pin", "Wrong PIN";
    /// The phone could not be reached.
    Unreachable = "unreachable", "Phone could not be reached";
    /// No method is registered.
    NoMethods = "no_methods", "No method to ask for";
    /// Blocked for multifactor authentication.
    MultifactorBlocked = "multifactor_blocked", "Blocked for multifactor";
    /// Another request was under way.
    RequestTwice = "request_twice", "Another request was under way";
    /// The request was not finished.
    RequestUnfinished = "request_unfinished", "Second factor not finished";
    /// The service that asks failed.
    ServiceFailed = "service_failed", "Second factor service failed";
    /// The password was wrong.
    PasswordWrong = "password_wrong", "Password was wrong";
    /// The account is disabled.
    Disabled = "disabled", "Account is disabled";
}

impl Gist {
    /// What is stored under this word.
    pub fn of_id(id: &str) -> Option<Gist> {
        Self::ALL.iter().copied().find(|gist| gist.id() == id)
    }

    /// Those that say why somebody was asked for a second factor.
    pub fn prompts() -> impl Iterator<Item = Gist> {
        let all = Self::ALL.iter().copied();
        all.filter(|gist| gist.id().starts_with("prompt_"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_short_and_told_apart() {
        let ids: BTreeSet<&str> = Gist::ALL.iter().map(|gist| gist.id()).collect();
        let labels: BTreeSet<&str> = Gist::ALL.iter().map(|gist| gist.label()).collect();
        assert_eq!((ids.len(), labels.len()), (CHOICES.len(), CHOICES.len()));
        for gist in Gist::ALL {
            assert_eq!(Gist::of_id(gist.id()), Some(*gist));
            assert!(gist.label().chars().count() <= 40, "{}", gist.label());
            assert!(!gist.label().ends_with('.'), "{}", gist.label());
        }
        assert_eq!(Gist::of_id("other"), None);
        assert!(Gist::prompts().all(|gist| gist.label().starts_with("Prompt: ")));
    }
}
