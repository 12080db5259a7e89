//! Authentication methods by their words in lists, summaries and portal exports.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A method.
#[derive(Debug, PartialEq, Eq)]
pub struct Method {
    /// Graph's word.
    pub id: &'static str,
    /// The portal's.
    pub label: &'static str,
    /// Other words for it.
    also: &'static [&'static str],
    /// Whether nobody can be talked out of it: it proves to the right site alone.
    pub is_phishing_resistant: bool,
    /// Whether it takes no password beside it.
    pub is_passwordless: bool,
}

const fn method(id: &'static str, label: &'static str, also: &'static [&'static str]) -> Method {
    Method {
        id,
        label,
        also,
        is_phishing_resistant: false,
        is_passwordless: false,
    }
}

const fn strong(id: &'static str, label: &'static str, also: &'static [&'static str]) -> Method {
    Method {
        is_phishing_resistant: true,
        is_passwordless: true,
        ..method(id, label, also)
    }
}

/// All that are known. Others are shown as they come.
pub static METHODS: [Method; 25] = [
    method(
        "microsoftAuthenticatorPush",
        "Microsoft Authenticator app",
        &[
            "appNotification",
            "Microsoft Authenticator app (push notification)",
            "Microsoft Authenticator",
            "push",
            "Mobile app notification",
        ],
    ),
    Method {
        is_passwordless: true,
        ..method(
            "microsoftAuthenticatorPasswordless",
            "Microsoft Passwordless phone sign-in",
            &["Passwordless phone sign-in", "Phone sign-in"],
        )
    },
    method("mobilePhone", "Mobile phone", &["mobile"]),
    method(
        "mobileSMS",
        "Mobile phone, text message",
        &["sms", "Text message"],
    ),
    method(
        "mobileCall",
        "Mobile phone, call",
        &["voiceMobile", "Phone call"],
    ),
    method(
        "alternateMobilePhone",
        "Alternate mobile phone",
        &["voiceAlternateMobile"],
    ),
    method("alternateMobileCall", "Alternate mobile phone, call", &[]),
    method("officePhone", "Office phone", &["voiceOffice"]),
    method(
        "softwareOneTimePasscode",
        "Software OATH token",
        &["appCode", "oath", "softwareOath", "OATH verification code"],
    ),
    method(
        "hardwareOneTimePasscode",
        "Hardware OATH token",
        &["hardwareOath"],
    ),
    method("oneTimePasscode", "One-time passcode", &[]),
    method("email", "Email", &["Email OTP"]),
    method(
        "securityQuestion",
        "Security questions",
        &["securityQuestions"],
    ),
    method("appPassword", "App password", &[]),
    method("temporaryAccessPass", "Temporary Access Pass", &[]),
    method("qrCode", "QR code", &["qrCodePin"]),
    method("externalAuthMethod", "External method", &[]),
    strong(
        "windowsHelloForBusiness",
        "Windows Hello for Business",
        &["windowsHello"],
    ),
    strong(
        "fido2SecurityKey",
        "FIDO2 security key",
        &["fido", "fido2", "securityKey", "Passkey (FIDO2)"],
    ),
    strong("passKeyDeviceBound", "Passkey (device-bound)", &["passkey"]),
    strong(
        "passKeyDeviceBoundAuthenticator",
        "Passkey in Microsoft Authenticator",
        &["Passkey (Microsoft Authenticator)"],
    ),
    strong(
        "passKeyDeviceBoundWindowsHello",
        "Passkey in Windows Hello",
        &["Passkey (Windows Hello)"],
    ),
    strong("passKeySynced", "Passkey (synced)", &[]),
    strong(
        "macOsSecureEnclaveKey",
        "Platform credential for macOS",
        &["platformCredential"],
    ),
    strong(
        "certificateBasedAuthentication",
        "Certificate-based authentication",
        &[
            "x509Certificate",
            "x509CertificateMultiFactor",
            "X.509 Certificate",
        ],
    ),
];

impl Method {
    /// The method of a word or label: letter case, spaces and punctuation do not count.
    pub fn of(word: &str) -> Option<&'static Method> {
        // Lists name a method for each of tens of thousands of people.
        static BY_WORD: LazyLock<HashMap<String, &Method>> = LazyLock::new(|| {
            let words = METHODS.iter().flat_map(|method| {
                let words = [method.id, method.label].into_iter();
                let words = words.chain(method.also.iter().copied());
                words.map(move |word| (plain(word), method))
            });
            words.collect()
        });
        BY_WORD.get(&plain(word)).copied()
    }

    /// What people call a word: the label of what is known, the word itself of what is not.
    pub fn label_of(word: &str) -> String {
        match Method::of(word) {
            Some(method) => method.label.to_owned(),
            None if plain(word) == "none" => "None".to_owned(),
            None => word.to_owned(),
        }
    }

    /// What a word is counted under.
    pub fn id_of(word: &str) -> String {
        match Method::of(word) {
            Some(method) => method.id.to_owned(),
            None => word.to_owned(),
        }
    }
}

fn plain(word: &str) -> String {
    let letters = word.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_labels_name_the_same_method() {
        for (word, id) in [
            ("MicrosoftAuthenticatorPush", "microsoftAuthenticatorPush"),
            (
                "Microsoft Authenticator app (push notification)",
                "microsoftAuthenticatorPush",
            ),
            ("appNotification", "microsoftAuthenticatorPush"),
            ("Mobile phone", "mobilePhone"),
            ("fido", "fido2SecurityKey"),
            ("Temporary Access Pass", "temporaryAccessPass"),
            ("somethingNew", "somethingNew"),
        ] {
            assert_eq!(Method::id_of(word), id, "{word}");
        }
        assert_eq!(Method::label_of("somethingNew"), "somethingNew");
        assert_eq!(Method::of("-"), None);
    }

    #[test]
    fn no_two_methods_share_a_word() {
        let mut seen = std::collections::HashSet::new();
        for method in &METHODS {
            let own: std::collections::BTreeSet<String> = [method.id, method.label]
                .into_iter()
                .chain(method.also.iter().copied())
                .map(plain)
                .collect();
            for word in own {
                assert!(seen.insert(word.clone()), "{word}");
            }
        }
    }
}
