//! What the names of authentication methods say. They are free text in the logs: names are those of Microsoft's
//! documentation of sign-in logs, of its workbooks, and of records seen; unknown ones are [`MethodKind::Other`].

/// What a method is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MethodKind {
    /// Nobody was asked: a token proved it already.
    Claim,
    /// A password.
    Password,
    /// A key, a passkey, Windows Hello or a certificate: what nobody can be talked into giving away.
    PhishingResistant,
    /// An app that takes the place of the password.
    PhoneSignIn,
    /// An app that is asked, or shows a code.
    App,
    /// A text message or a call.
    Telephone,
    /// A pass that was handed out, or a code by mail.
    OneTime,
    /// Anything else.
    Other,
}

/// Parts of names in lower case, in the order in which they are looked for.
const KNOWN: [(MethodKind, &[&str]); 7] = [
    (
        MethodKind::Claim,
        &[
            "previously satisfied",
            "satisfied by token",
            "claim in access token",
            "sso",
        ],
    ),
    (
        MethodKind::PhishingResistant,
        &[
            "fido",
            "passkey",
            "windows hello",
            "windowshello",
            "certificate",
            "secure enclave",
            "platform credential",
        ],
    ),
    (MethodKind::PhoneSignIn, &["passwordless", "phone sign-in"]),
    (
        MethodKind::App,
        &[
            "mobile app",
            "authenticator",
            "oath",
            "verification code",
            "azure mfa",
        ],
    ),
    (
        MethodKind::Telephone,
        &["text message", "sms", "phone call", "voice", "phone"],
    ),
    (
        MethodKind::OneTime,
        &["temporary access pass", "one-time passcode", "qr code"],
    ),
    (MethodKind::Password, &["password", "forms"]),
];

impl MethodKind {
    /// What the name says.
    pub fn of(name: &str) -> MethodKind {
        let name = name.to_lowercase();
        let mut known = KNOWN.iter();
        let found = known.find(|(_, parts)| parts.iter().any(|part| name.contains(part)));
        found.map_or(MethodKind::Other, |(kind, _)| *kind)
    }

    /// Whether somebody was asked for something.
    pub const fn is_prompt(self) -> bool {
        !matches!(self, MethodKind::Claim)
    }

    /// Whether somebody was asked for more than a password.
    pub const fn is_strong_prompt(self) -> bool {
        !matches!(self, MethodKind::Claim | MethodKind::Password)
    }

    /// Whether it takes the place of the password.
    pub const fn is_passwordless(self) -> bool {
        matches!(
            self,
            MethodKind::PhishingResistant | MethodKind::PhoneSignIn
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_known_say_what_they_are() {
        use MethodKind as K;
        for (name, expected) in [
            ("Password", K::Password),
            ("Previously satisfied", K::Claim),
            ("Mobile app notification", K::App),
            ("OATH verification code", K::App),
            ("Text message", K::Telephone),
            ("Phone call approval (Authentication phone)", K::Telephone),
            ("Passwordless phone sign-in", K::PhoneSignIn),
            ("Passwordless Microsoft Authenticator", K::PhoneSignIn),
            ("Windows Hello for Business", K::PhishingResistant),
            ("WindowsHelloForBusiness", K::PhishingResistant),
            ("FIDO2 security key", K::PhishingResistant),
            ("Passkey (Microsoft Authenticator)", K::PhishingResistant),
            ("X.509 Certificate", K::PhishingResistant),
            ("Temporary Access Pass", K::OneTime),
            ("Email one-time passcode", K::OneTime),
            ("Forms", K::Password),
            ("", K::Other),
            ("something new", K::Other),
        ] {
            assert_eq!(MethodKind::of(name), expected, "{name}");
        }
        assert!(K::Other.is_strong_prompt() && !K::Password.is_strong_prompt());
        assert!(K::PhoneSignIn.is_passwordless() && !K::App.is_passwordless());
    }
}
