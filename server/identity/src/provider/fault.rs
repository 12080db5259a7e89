//! What can go wrong between the sign-in page, the provider and the way back.

/// Why somebody did not come in by way of the provider. Nothing in it says who it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// The person said no, or the provider did.
    #[error("the provider, or the person there, said no")]
    Denied,
    /// The provider found fault with the question: a setting is wrong on one of both sides.
    #[error(
        "the provider refused the question ({0}); compare its settings of this client with [oidc]"
    )]
    Question(&'static str),
    /// The way back was used already, is older than ten minutes, or was made up.
    #[error(
        "nobody left for the provider with this state, or they are back already, or it took too long"
    )]
    UnknownState,
    /// Somebody else left for the provider.
    #[error("another browser left for the provider, or this one forgot that it did")]
    OtherBrowser,
    /// The way back has neither a code nor an error.
    #[error("the way back from the provider holds no code")]
    NoCode,
    /// The provider does not answer, or not in time, or with too much.
    #[error("the provider does not answer: {0}")]
    Unreachable(String),
    /// What the provider says of itself cannot be used.
    #[error("what the provider says of itself cannot be used: {0}")]
    Metadata(String),
    /// The provider does not take the code: it was used, or is too old.
    #[error("the provider does not take the code, because it was used already or is too old")]
    Code,
    /// The provider does not take the client's secret.
    #[error(
        "the provider does not take the client_id with the client secret; the secret may have ended"
    )]
    Client,
    /// The provider's answer holds no token, or one that cannot be read.
    #[error("the answer of the provider holds no ID token that can be read")]
    Token,
    /// The token is signed by a key that the provider does not name, also when asked anew.
    #[error("the ID token is signed with a key that is not among those of the provider")]
    Key,
    /// The token is not signed, with a shared secret, or by somebody else.
    #[error("the signature of the ID token does not hold, or is of a kind that is not taken")]
    Signature,
    /// The token is of another provider.
    #[error(
        "the ID token, or the way back, is of another issuer; the issuer has to be spelled as the provider does"
    )]
    Issuer,
    /// The token is for another client.
    #[error("the ID token is for another client")]
    Audience,
    /// The token is for another question.
    #[error("the ID token does not repeat the nonce")]
    Nonce,
    /// The token has ended.
    #[error("the ID token has expired; compare the clocks")]
    Expired,
    /// The token is not good yet.
    #[error("the ID token is not valid yet; compare the clocks")]
    NotYetValid,
    /// None of the roles or groups is mapped.
    #[error("no value of the claim with the roles is mapped to a role here")]
    NoRole,
    /// The provider left the groups out, because they are too many.
    #[error(
        "the provider left the groups out of the ID token, because they are too many; use app roles, or let it send only groups assigned to the application"
    )]
    TooManyGroups,
    /// The account is disabled here.
    #[error("the account is disabled")]
    Disabled,
}

impl ProviderFault {
    /// A word for it, for the record of who came in and for filters of the log.
    pub const fn cause(&self) -> &'static str {
        match self {
            ProviderFault::Denied => "denied",
            ProviderFault::Question(_) => "question_refused",
            ProviderFault::UnknownState => "unknown_state",
            ProviderFault::OtherBrowser => "other_browser",
            ProviderFault::NoCode => "no_code",
            ProviderFault::Unreachable(_) => "provider_down",
            ProviderFault::Metadata(_) => "provider_metadata",
            ProviderFault::Code => "code_refused",
            ProviderFault::Client => "client_refused",
            ProviderFault::Token => "no_token",
            ProviderFault::Key => "unknown_key",
            ProviderFault::Signature => "wrong_signature",
            ProviderFault::Issuer => "wrong_issuer",
            ProviderFault::Audience => "wrong_audience",
            ProviderFault::Nonce => "wrong_nonce",
            ProviderFault::Expired => "expired",
            ProviderFault::NotYetValid => "not_yet_valid",
            ProviderFault::NoRole => "no_role",
            ProviderFault::TooManyGroups => "too_many_groups",
            ProviderFault::Disabled => "account_disabled",
        }
    }
}
