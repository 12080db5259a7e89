//! The steps of the authentication, read: which factor each was, how it came out, and whether anybody was asked.
//!
//! Their texts are free and differ by source and age; what they look like stands in [`model::sign_in::authentication`].

use model::sign_in::{AuthenticationDetail, SignIn};
use model::time;

/// Which requirement a step served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Factor {
    First,
    Second,
}

/// How a step came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// Nobody was asked: an earlier sign-in, or another provider, counted.
    ByClaim,
    /// It was done now.
    Done,
    /// It did not have to be done.
    Skipped(Skip),
    /// It was asked for, and is not there yet.
    Pending,
    /// It was refused.
    Denied(Denial),
    /// The record does not say.
    Unknown,
}

/// Why a second factor did not have to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skip {
    RegisteredDevice,
    RememberedDevice,
    Place,
    AppPassword,
    WindowsBroker,
    Other,
}

/// Why a second factor was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denial {
    Declined,
    Fraud,
    NoAnswer,
    WrongCode,
    TooManyCodes,
    UsedCode,
    NoCode,
    HungUp,
    WrongPin,
    Unreachable,
    NoMethods,
    Blocked,
    Twice,
    Unfinished,
    Service,
    Password,
    Disabled,
    Other,
}

/// One step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub detail: &'a AuthenticationDetail,
    pub factor: Factor,
    pub came: Came,
}

impl<'a> Step<'a> {
    /// What it was done with, as the record says it; `None` where nothing or an earlier sign-in is said.
    pub fn method(&self) -> Option<&'a str> {
        let method = self.detail.authentication_method.as_deref()?.trim();
        let is_earlier = method.eq_ignore_ascii_case("previously satisfied") || method.is_empty();
        (!is_earlier).then_some(method)
    }

    /// Whether it needs no password, and stands for both factors.
    pub fn is_passwordless(&self) -> bool {
        self.method().is_some_and(is_passwordless)
    }

    /// Whether it is a certificate, which can be set to count as one factor.
    pub fn is_certificate(&self) -> bool {
        let method = self.method().unwrap_or_default().to_lowercase();
        method.starts_with("x.509") || method.starts_with("certificate")
    }

    /// Whether it cannot be given away on a false page.
    pub fn resists_phishing(&self) -> bool {
        let method = self.method().unwrap_or_default().to_lowercase();
        self.is_passwordless() && !method.starts_with("passwordless")
    }

    pub fn is_passed(&self) -> bool {
        matches!(self.came, Came::ByClaim | Came::Done | Came::Skipped(_))
    }
}

/// All steps of a sign-in, oldest first.
#[derive(Debug)]
pub(crate) struct Steps<'a>(Vec<Step<'a>>);

impl<'a> Steps<'a> {
    pub fn of(sign_in: &'a SignIn) -> Steps<'a> {
        Steps::of_list(&sign_in.authentication_details)
    }

    /// Of a list in any order.
    pub fn of_list(details: &'a [AuthenticationDetail]) -> Steps<'a> {
        let mut details: Vec<&AuthenticationDetail> = details.iter().collect();
        // Records do not keep the order.
        details.sort_by_key(|detail| {
            let date = detail.authentication_step_date_time.as_deref();
            let date = date.and_then(time::read);
            let sequence = detail.status_sequence.or(detail.request_sequence);
            (date.is_none(), date, sequence)
        });
        Steps(details.into_iter().map(read).collect())
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Step<'a>> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last step of a factor: what a sign-in that failed ended with.
    pub fn last(&self, factor: Factor) -> Option<&Step<'a>> {
        self.0.iter().rev().find(|step| step.factor == factor)
    }

    /// The step that decided about a factor: the last one that passed, or else the last one.
    pub fn deciding(&self, factor: Factor) -> Option<&Step<'a>> {
        let of_factor = || {
            self.0
                .iter()
                .rev()
                .filter(move |step| step.factor == factor)
        };
        of_factor()
            .find(|step| step.is_passed())
            .or_else(|| of_factor().next())
    }

    /// Whether more steps may still come: no first one is there, or one is under way, or a claim stands where the
    /// result of the sign-in says that somebody was asked.
    pub fn are_settling(&self, result: Option<&str>) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let has_first = self
            .0
            .iter()
            .any(|step| step.factor == Factor::First || step.is_passwordless());
        let is_pending = |step: &Step<'_>| step.came == Came::Pending;
        let result = result.unwrap_or_default().trim().to_lowercase();
        let was_asked = ["mfa completed", "mfa successfully completed"];
        let was_asked = was_asked.iter().any(|words| result.starts_with(words));
        let second = self.0.iter().filter(|step| step.factor == Factor::Second);
        let is_by_claim_alone = {
            let mut second = second.peekable();
            second.peek().is_some() && second.all(|step| step.came == Came::ByClaim)
        };
        !has_first || self.0.iter().any(is_pending) || (was_asked && is_by_claim_alone)
    }
}

fn read(detail: &AuthenticationDetail) -> Step<'_> {
    let result = small(&detail.authentication_step_result_detail);
    let requirement = small(&detail.authentication_step_requirement);
    let method = small(&detail.authentication_method);
    Step {
        detail,
        factor: factor(&requirement, &method, &result),
        came: came(&result, &method, detail.succeeded),
    }
}

fn small(text: &Option<String>) -> String {
    text.as_deref().unwrap_or_default().trim().to_lowercase()
}

fn factor(requirement: &str, method: &str, result: &str) -> Factor {
    if result.starts_with("first factor") {
        return Factor::First;
    }
    if result.starts_with("mfa ") || requirement.starts_with("multi") || requirement == "mfa" {
        return Factor::Second;
    }
    // Requests to a phone are often said to be the first factor in diagnostic records.
    let is_of_phone = [
        "mobile app",
        "text message",
        "phone call",
        "oath",
        "sms",
        "voice",
    ];
    let is_second = is_of_phone.iter().any(|word| method.starts_with(word))
        || requirement == "secondary authentication";
    match is_second {
        true => Factor::Second,
        false => Factor::First,
    }
}

fn is_passwordless(method: &str) -> bool {
    let method = method.to_lowercase();
    [
        "windows hello",
        "windowshello",
        "fido",
        "passkey",
        "passwordless",
        "x.509",
        "certificate",
    ]
    .iter()
    .any(|word| method.starts_with(word))
}

fn came(result: &str, method: &str, succeeded: Option<bool>) -> Came {
    if result.contains("satisfied by claim")
        || (result.is_empty() && method == "previously satisfied")
    {
        return Came::ByClaim;
    }
    if result.contains("skipped") || result.contains("not required") {
        return Came::Skipped(skip(result));
    }
    if let Some(reason) = result.strip_prefix("mfa denied") {
        return Came::Denied(denial(reason));
    }
    if result.contains("authentication in progress") || result.starts_with("mfa required") {
        return match succeeded {
            Some(true) => Came::Done,
            _ => Came::Pending,
        };
    }
    let passed = [
        "completed",
        "satisfied",
        "correct password",
        "approved",
        "methodsucceeded",
    ];
    if succeeded != Some(false) && passed.iter().any(|word| result.contains(word)) {
        return Came::Done;
    }
    match succeeded {
        Some(true) => Came::Done,
        Some(false) => Came::Denied(denial(result)),
        None => Came::Unknown,
    }
}

fn skip(result: &str) -> Skip {
    let says = |words: &[&str]| words.iter().any(|word| result.contains(word));
    match () {
        () if says(&["registered device"]) => Skip::RegisteredDevice,
        () if says(&["remembered device"]) => Skip::RememberedDevice,
        () if says(&["ip address", "location", "insidecorpnet"]) => Skip::Place,
        () if says(&["app password"]) => Skip::AppPassword,
        () if says(&["windows broker"]) => Skip::WindowsBroker,
        () => Skip::Other,
    }
}

/// Why a second factor was refused, as the text beside the failure reason says it in small letters.
pub(crate) fn denial_in(said: &str) -> Option<Denial> {
    let (_, reason) = said.split_once("mfa denied")?;
    Some(denial(reason))
}

fn denial(reason: &str) -> Denial {
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    match () {
        () if says(&["fraud"]) => Denial::Fraud,
        () if says(&["declined"]) => Denial::Declined,
        () if says(&["did not respond"]) => Denial::NoAnswer,
        () if says(&["too many times"]) => Denial::TooManyCodes,
        () if says(&["already used", "used once"]) => Denial::UsedCode,
        () if says(&["never entered"]) => Denial::NoCode,
        () if says(&["incorrect pin"]) => Denial::WrongPin,
        () if says(&[
            "incorrect code",
            "invalid mobile app verification code",
            "incorrect oath",
        ]) =>
        {
            Denial::WrongCode
        }
        () if says(&["hung up"]) => Denial::HungUp,
        () if says(&[
            "unable to reach",
            "voicemail",
            "unable to send",
            "phone number invalid",
            "invalid format",
        ]) =>
        {
            Denial::Unreachable
        }
        () if says(&["no verification methods"]) => Denial::NoMethods,
        () if says(&["user is blocked", "is blocked"]) => Denial::Blocked,
        () if says(&["duplicate authentication"]) => Denial::Twice,
        () if says(&["in-progress", "in progress"]) => Denial::Unfinished,
        () if says(&["service error", "misconfiguration"]) => Denial::Service,
        () if says(&["invalid username or password", "password"]) => Denial::Password,
        () if says(&["disabled"]) => Denial::Disabled,
        () => Denial::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(
        method: &str,
        requirement: &str,
        result: &str,
        succeeded: Option<bool>,
    ) -> AuthenticationDetail {
        AuthenticationDetail {
            authentication_method: Some(method.to_owned()),
            authentication_step_requirement: Some(requirement.to_owned()),
            authentication_step_result_detail: Some(result.to_owned()),
            succeeded,
            ..AuthenticationDetail::default()
        }
    }

    /// Method, requirement, result, whether it succeeded, and how it is read.
    const TEXTS: &str = "\
Password | Primary authentication | Correct password | yes | First Done
Password | Primary authentication | Invalid username or password or Invalid on-premise username or password. | no | First Denied(Password)
Previously satisfied | Primary authentication | First factor requirement satisfied by claim in the token | yes | First ByClaim
Previously satisfied | Multifactor authentication | MFA requirement satisfied by claim in the token | yes | Second ByClaim
Previously satisfied | Multi-factor authentication | MFA requirement satisfied by claim provided by external provider | yes | Second ByClaim
Mobile app notification | Primary authentication | MFA successfully completed | yes | Second Done
Mobile app notification | Multifactor authentication | MFA completed in Azure AD | yes | Second Done
Mobile app notification | Multifactor authentication | Authentication in progress | no | Second Pending
 | Multifactor authentication | MFA required in Azure AD | no | Second Pending
Mobile app notification | Multifactor authentication | MFA denied; user declined the authentication | no | Second Denied(Declined)
Mobile app notification | Multifactor authentication | MFA denied; Phone App Reported Fraud | no | Second Denied(Fraud)
Mobile app notification | Multifactor authentication | MFA denied; user did not respond to mobile app notification | no | Second Denied(NoAnswer)
OATH verification code | Multifactor authentication | MFA denied; invalid mobile app verification code | no | Second Denied(WrongCode)
Text message | Multifactor authentication | MFA denied; entered incorrect code too many times | no | Second Denied(TooManyCodes)
 | Multifactor authentication | MFA requirement skipped due to remembered device | yes | Second Skipped(RememberedDevice)
 | Multifactor authentication | MFA requirement skipped due to IP address | yes | Second Skipped(Place)
 | Multifactor authentication | MFA not required during Windows broker logon flow | yes | Second Skipped(WindowsBroker)
Windows Hello for Business | Primary authentication | | yes | First Done
Password | Primary authentication | | | First Unknown
";

    #[test]
    fn texts_are_read_as_they_occur() {
        for line in TEXTS.lines() {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [method, requirement, result, succeeded, expected] = parts.as_slice() else {
                panic!("{line}");
            };
            let succeeded = match *succeeded {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let detail = step(method, requirement, result, succeeded);
            let read = read(&detail);
            assert_eq!(
                format!("{:?} {:?}", read.factor, read.came),
                *expected,
                "{line}"
            );
        }
    }

    #[test]
    fn a_record_without_a_first_step_is_settling() {
        let of = |steps: Vec<AuthenticationDetail>| SignIn {
            authentication_details: steps,
            ..SignIn::default()
        };
        let none = of(Vec::new());
        assert!(!Steps::of(&none).are_settling(None));
        let second = step(
            "Text message",
            "Multifactor authentication",
            "MFA successfully completed",
            Some(true),
        );
        let only_second = of(vec![second.clone()]);
        assert!(Steps::of(&only_second).are_settling(None));
        let first = step(
            "Password",
            "Primary authentication",
            "Correct password",
            Some(true),
        );
        let both = of(vec![second, first]);
        assert!(!Steps::of(&both).are_settling(None));
        let hello = of(vec![step(
            "FIDO2 security key",
            "Primary authentication",
            "",
            Some(true),
        )]);
        assert!(!Steps::of(&hello).are_settling(None));
    }
}
