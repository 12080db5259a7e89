//! Why a second factor was refused, in words.

use model::gist::Gist;

use super::steps::Denial;
use super::words::method_words;
use crate::acts::Acts;

/// Why a second factor was refused: the cause as a fragment, what follows, and who acts.
pub fn denied(denial: Denial, method: Option<&str>) -> (String, &'static str, Acts) {
    let method = method_words(method);
    match denial {
        Denial::Declined => (
            format!("the person declined the {method}"),
            "If they had not signed in themselves, somebody else knows the password: change it, and see where this came from.",
            Acts::Person,
        ),
        Denial::Fraud => (
            "the person reported the request as fraud".to_owned(),
            "Somebody else knows the password. Change it, end the sessions, and look for successes from the same address.",
            Acts::Security,
        ),
        Denial::NoAnswer => (
            format!("nobody answered the {method} in time"),
            "If the person was not signing in, somebody else knows the password; many of these at once are an attempt to wear them down.",
            Acts::Person,
        ),
        Denial::WrongCode => (
            "the code was wrong".to_owned(),
            "Codes of an app also fail when the clock of the phone is off.",
            Acts::Person,
        ),
        Denial::TooManyCodes => (
            "a wrong code was typed too many times".to_owned(),
            "The person waits and tries again, or uses another method; if it was not them, somebody else knows the password.",
            Acts::Person,
        ),
        Denial::UsedCode => (
            "the code had been used before".to_owned(),
            "Each code works once: wait for the next one. If the person typed it only once, somebody else has it too.",
            Acts::Person,
        ),
        Denial::NoCode => (
            "no code was typed".to_owned(),
            "The person stopped there, or the message did not arrive.",
            Acts::Person,
        ),
        Denial::HungUp => (
            "the phone was hung up".to_owned(),
            "If the person was not signing in, somebody else knows the password.",
            Acts::Person,
        ),
        Denial::WrongPin => (
            "the PIN was wrong".to_owned(),
            "The person tries again, or sets a new PIN.",
            Acts::Person,
        ),
        Denial::Unreachable => (
            "the phone could not be reached".to_owned(),
            "See the number or device that is registered, and whether it has a network; another method works meanwhile.",
            Acts::HelpDesk,
        ),
        Denial::NoMethods => (
            "no method is registered that could be asked for".to_owned(),
            "The person has to register one; a Temporary Access Pass lets them in for that.",
            Acts::HelpDesk,
        ),
        Denial::Blocked => (
            "the account is blocked for multifactor authentication".to_owned(),
            "Somebody reported fraud or blocked it: find out why before it is unblocked.",
            Acts::Administrator,
        ),
        Denial::Twice => (
            "another request was under way at the same time".to_owned(),
            "Only one is answered at a time; trying again helps.",
            Acts::Person,
        ),
        Denial::Unfinished => (
            "the request was not finished".to_owned(),
            "The record may be of the moment before the answer.",
            Acts::Nobody,
        ),
        Denial::Service => (
            "the service that asks for it failed".to_owned(),
            "Trying again helps if it is passing; the service health page tells.",
            Acts::Microsoft,
        ),
        Denial::Password => (
            "the password was wrong".to_owned(),
            "So the second factor was never asked for.",
            Acts::Person,
        ),
        Denial::Disabled => (
            "the account is disabled".to_owned(),
            "An administrator can enable it, if the person should still come in.",
            Acts::Administrator,
        ),
        Denial::Other => (
            "the second factor was not passed".to_owned(),
            "The step's result in Authentication Details says how.",
            Acts::Person,
        ),
    }
}

/// The same in a few words; `None` where the step does not say why.
pub fn gist_of(denial: Denial, method: Option<&str>) -> Option<Gist> {
    let method = method_words(method);
    let (is_push, is_call) = (method == "push notification", method == "phone call");
    Some(match denial {
        Denial::Declined if is_push => Gist::PushDeclined,
        Denial::Declined if is_call => Gist::CallDeclined,
        Denial::Declined => Gist::RequestDeclined,
        Denial::Fraud => Gist::Fraud,
        Denial::NoAnswer if is_push => Gist::PushUnanswered,
        Denial::NoAnswer if is_call => Gist::CallUnanswered,
        Denial::NoAnswer => Gist::RequestUnanswered,
        Denial::WrongCode => Gist::WrongCode,
        Denial::TooManyCodes => Gist::TooManyCodes,
        Denial::UsedCode => Gist::UsedCode,
        Denial::NoCode => Gist::NoCode,
        Denial::HungUp => Gist::HungUp,
        Denial::WrongPin => Gist::WrongPin,
        Denial::Unreachable => Gist::Unreachable,
        Denial::NoMethods => Gist::NoMethods,
        Denial::Blocked => Gist::MultifactorBlocked,
        Denial::Twice => Gist::RequestTwice,
        Denial::Unfinished => Gist::RequestUnfinished,
        Denial::Service => Gist::ServiceFailed,
        Denial::Password => Gist::PasswordWrong,
        Denial::Disabled => Gist::Disabled,
        Denial::Other => return None,
    })
}
