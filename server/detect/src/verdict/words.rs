//! All sentences of verdicts, in one place.

use super::After;

/// Most characters of a name in a sentence.
const MOST_OF_NAME: usize = 60;

/// A cause, and what follows from it.
type Pair = (&'static str, &'static str);

pub const NO_RESULT: &str = "The record does not say how this ended.";
pub const NO_RESULT_FOLLOWS: &str =
    "A fuller export of the same sign-in, such as from Microsoft Graph, would tell.";
pub const SEE_FAILURE_REASON: &str = "The failure reason of the record is all that is known of it.";
pub const LOOK_IT_UP: &str = "Microsoft's lookup page may know it.";

pub const ONE_CONTROL_MISSING: &str = "one of the things that it asks for was missing";
pub const SEE_POLICIES: &str = "The tab Conditional Access shows what it asks for; the record does not say which of it was missing.";
pub const BLOCKS_ALL: &str = "it blocks every sign-in that it applies to";
pub const EXCLUDE_IF_MEANT: &str = "It did what it is set to do. See whether it is meant for this person and app before anybody is excluded from it.";
pub const NO_DEVICE_COMPLIANT: &str =
    "it asks for a compliant device, and the sign-in named no device at all";
pub const SYNC_DEVICE: &str =
    "The device has to become compliant: see Intune for what it lacks, and let it sync.";
pub const USE_MANAGED_DEVICE: &str = "A managed device is needed, in a browser or app that names it: private windows and some browsers do not.";
pub const USE_JOINED_DEVICE: &str =
    "It takes a hybrid joined device, and one that has been seen since it joined.";
pub const USE_APPROVED_APP: &str = "An app that is on the list of approved client apps gets in.";
pub const USE_PROTECTED_APP: &str = "It takes an app with an Intune app protection policy, and that policy has to reach the person.";
pub const PASSWORD_MUST_CHANGE: &str = "it asks for a new password first";
pub const CHANGE_PASSWORD: &str =
    "The person changes the password with a second factor, or an administrator resets it.";
pub const NO_SECOND_FACTOR: &str = "it asks for a second factor, and none was shown";
pub const SHOW_SECOND_FACTOR: &str =
    "Signing in again with the second factor is what is left to do.";
pub const USE_STRONGER_METHOD: &str = "The person needs one of the methods that the strength allows, and may have to register it first.";
pub const ACCEPT_NAMED: &str = "It counts as failed until it is accepted or passed; a success that follows is the end of the same sign-in.";
pub const POLICY_NOT_IN_RECORD: &str = "The record does not name the policy.";
pub const POLICY_NOT_SEEN: &str = "Your role does not see which policy it was.";

pub const WRONG_PASSWORD_FOLLOWS: &str = "If the same person gets in a moment later, nothing is left to do; many people from one address are somebody guessing.";
pub const WRONG_PASSWORD_AT_ADFS: &str =
    "AD FS checked it, so Active Directory is where it is reset or unlocked.";
pub const ADDRESS_BLOCKED: &str =
    "The address is known for attacks, so the sign-in was blocked before anything else counted.";
pub const ADDRESS_BLOCKED_FOLLOWS: &str = "A person who is kept out by it comes in from another network; see who else was tried from this address.";
pub const LOCKED: &str = "The account is locked for a while after too many wrong passwords.";
pub const LOCKED_FOLLOWS: &str = "It opens again by itself. See where the wrong passwords came from: an old device of the person, or somebody guessing.";
pub const LOCKED_OR_BLOCKED: &str =
    "The account is locked after too many wrong passwords, or the address is known for attacks.";
pub const LOCKED_OR_BLOCKED_FOLLOWS: &str = "The code stands for both, and the record does not say which. Wrong passwords just before it speak for the first.";
pub const SIGN_IN_FINE: &str = "Signing in itself was fine.";
pub const NOT_ASSIGNED_FOLLOWS: &str = "Whoever owns the app assigns the person, or a group with the person in it, under Enterprise applications.";
pub const SECOND_FACTOR_FAILED: &str = "The second factor was asked for and not passed.";
pub const SECOND_FACTOR_FAILED_FOLLOWS: &str =
    "The record does not say how. If the person did not sign in, somebody else knows the password.";
pub const SIGN_IN_AGAIN: &str = "Signing in again is all there is to do.";

pub const SECOND_GIVEN: &str = "It was given, so this is one step of a sign-in that went on.";
pub const SECOND_ASKED_FOLLOWS: &str = "This is the step before the answer: a success, or a failure with the same correlation ID, says how it ended.";
pub const SETTING_OR_PLACE_CHANGED: &str =
    "Something changed since the last time, such as the place, a setting or a policy.";
pub const ENROLMENT_FOLLOWS: &str =
    "The person registers a method and comes back; until then the sign-in does not go on.";
pub const FAILS_UNTIL_ACCEPTED: &str = "The policy counts as failed until it is accepted or passed; a success with the same correlation ID is the end of it.";
pub const DID_NOT_GO_ON: &str = "What came after it did not succeed either.";
pub const NOTHING_AFTER: &str = "Within an hour nothing came after it from the same person with the same correlation ID, as far as it is stored here.";

pub const FREQUENCY_RAN_OUT: &str = "The time that a sign-in frequency policy gives was over, so the earlier one no longer counted.";
pub const FREQUENCY_EVERY_TIME: &str = "A sign-in frequency policy asks for it every time.";
pub const REMEMBERED_RAN_OUT: &str = "The time for which the device was to be remembered was over.";
pub const RECENT_FOR_KEY: &str =
    "Setting up a key such as Windows Hello takes one from a moment ago.";
pub const LIFETIME_RAN_OUT: &str = "The lifetime that a policy gives tokens was over.";
pub const NOTHING_CARRIED_IT: &str = "No earlier one counted for this session: another device or browser, a private window, or its time was over.";
pub const CLAIM_IN_TOKEN: &str =
    "The token already carried a second factor from an earlier sign-in, so nobody was asked again.";
pub const CLAIM_OF_OTHER: &str =
    "Another provider had already checked a second factor and said so, so nobody was asked again.";
pub const SKIPPED_REGISTERED: Pair = (
    "The device is registered, and the settings of multifactor authentication let such devices in without asking.",
    "That setting is older than Conditional Access; a policy that asks for a compliant device says the same more safely.",
);
pub const SKIPPED_REMEMBERED: Pair = (
    "The person had chosen that this device is remembered, so it was not asked for again.",
    "It lasts as many days as the settings of multifactor authentication say.",
);
pub const SKIPPED_PLACE: Pair = (
    "The address counts as a trusted place, so no second factor was asked for.",
    "Trusted addresses are in the settings of multifactor authentication, or come as a claim of AD FS.",
);
pub const SKIPPED_APP_PASSWORD: Pair = (
    "It came with an app password, which stands in for the second factor.",
    "App passwords get around every policy that asks for one: whoever still has them should move to a modern app.",
);
pub const SKIPPED_WINDOWS: Pair = (
    "Signing in to Windows itself does not ask for it.",
    "What is opened afterwards asks by its own policies.",
);
pub const SKIPPED_OTHER: Pair = (
    "A second factor was asked for and left out by a setting.",
    "The step's result in Authentication Details says which.",
);
pub const STEP_OPEN: &str =
    "A token was issued, while the step that the record has was not passed yet.";
pub const STEP_OPEN_FOLLOWS: &str =
    "More of the record is to come; until then nobody can tell by what the second factor was met.";
pub const BOTH_AT_ONCE_FOLLOWS: &str =
    "That is stronger than a password with a code, and cannot be typed into a false page.";
pub const BOTH_BY_PHONE_FOLLOWS: &str =
    "The phone is one factor and its PIN or fingerprint the other; no password was typed.";
pub const TYPED_IN_BACKGROUND: Pair = (
    "A program signed in with the person's credentials, and nobody saw a page.",
    "Programs with a stored password do that, and so does somebody who tries passwords: see from where, and whether the app can do without.",
);
pub const NO_POLICY_APPLIED_AS_FAR: Pair = (
    "No Conditional Access policy applied.",
    "Whether anything else asked for a second factor is not in this record.",
);
pub const REQUIRED_NOT_SHOWN: Pair = (
    "Multifactor authentication was required, and the record does not show by what it was met.",
    "Exports of Graph v1.0 and portal CSV files leave the steps out; soon after the sign-in they can be missing everywhere.",
);
pub const NOBODY_TYPED: &str = "Nobody typed a password either: an earlier sign-in counted.";
pub const OUT_OF_SCOPE: Pair = (
    "Conditional Access does not decide over this kind of sign-in, so it asked for nothing.",
    "Signing in to Windows comes before any policy can be looked at; what is opened afterwards asks by its own.",
);
pub const NO_POLICY_APPLIED: Pair = (
    "No Conditional Access policy applied, so one factor was enough.",
    "If that is not meant, look which policy should have applied and which of its conditions did not match.",
);
pub const SUCCESS_WITHOUT_POLICY: Pair = (
    "Policies were looked at and asked for nothing: Conditional Access says Success for that as well.",
    "None of the policies in the record applied, so nothing was enforced.",
);
pub const SUCCESS_NOT_SEEN: Pair = (
    "Conditional Access was satisfied with one factor.",
    "The record, or your role, does not show by which policies; Success can also mean that they were looked at and asked for nothing.",
);
pub const FAILURE_AND_TOKEN: Pair = (
    "A token was issued although Conditional Access says Failure.",
    "That is how it looks while terms of use are being accepted: a policy fails first and succeeds in the next record.",
);
pub const NOTHING_RECORDED: Pair = (
    "Nothing in the record asks for a second factor.",
    "It does not say whether any policy was looked at, so this may not be the whole of it.",
);
pub const RENEWED_CARRIED: &str = "The second factor of the earlier sign-in still counts.";
pub const RENEWED_FOLLOWS: &str =
    "Such a sign-in says that the session was still good, not that somebody sat there.";
pub const AT_ADFS: Pair = (
    "AD FS let the person in by its own rules, and Entra ID only took note of it.",
    "Such records always say single-factor authentication; whether AD FS asked for more is in its other rows with the same correlation ID.",
);
pub const BY_ADAPTER: Pair = (
    "A server of yours asked for the second factor, and it was passed.",
    "It came through the NPS extension or the adapter of AD FS; such records leave device, app and policies empty.",
);

pub const SECRET_EXPIRED: Pair = (
    "has a client secret that has expired",
    "Whoever owns the app makes a new one under App registrations and puts it where the service reads it. A certificate or federated credential has no secret to forget.",
);
pub const SECRET_WRONG: Pair = (
    "sent a client secret that is not one of the app's",
    "Usual causes are the secret's ID in place of its value, or the old one after a change. Many of them from strange addresses are somebody trying.",
);
pub const ASSERTION_WRONG: Pair = (
    "signed with a certificate that the app does not have, or wrongly",
    "Compare the thumbprint that the service uses with those under Certificates & secrets, and its clock with the right time.",
);
pub const MANAGED_IDENTITY_FOLLOWS: &str =
    "Azure keeps its credential; there is no secret that could leak, and nobody to ask.";
pub const SERVICE_FOLLOWS: &str = "No person took part, so there is no second factor: what protects it is the credential and what the app may do.";

/// A text as a sentence: a large letter in front, a full stop behind.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    let end = if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Sentences one after another; empty ones are left out.
pub fn joined(sentences: &[&str]) -> String {
    let kept: Vec<&str> = sentences
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    kept.join(" ")
}

/// A name of the tenant in quotation marks.
pub fn quoted(name: &str) -> String {
    match name.trim() {
        "" => "one without a name".to_owned(),
        name => format!("“{}”", model::present::shortened(name, MOST_OF_NAME)),
    }
}

fn named(name: Option<&str>, without: &str) -> String {
    match name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => model::present::shortened(name, MOST_OF_NAME),
        None => without.to_owned(),
    }
}

/// A method of a step in the middle of a sentence.
pub(super) fn method_words(method: Option<&str>) -> String {
    let method = named(method, "second factor");
    match method.to_lowercase().as_str() {
        "mobile app notification" => "push notification".to_owned(),
        "password" => "password".to_owned(),
        "text message" => "text message".to_owned(),
        words if words.starts_with("phone call") => "phone call".to_owned(),
        words if words.contains("verification code") => "verification code".to_owned(),
        _ => method,
    }
}

pub fn not_in_book(code: i64) -> String {
    format!("Code {code} is not in the error book.")
}

pub fn policy_blocked(name: &str, why: &str) -> String {
    match name {
        "" => format!("A policy without a name blocked this: {why}."),
        name => format!("The policy {name} blocked this: {why}."),
    }
}

pub fn policies_blocked(names: &str, why: &str) -> String {
    format!("The policies {names} blocked this; of the first, {why}.")
}

pub fn some_policy_blocked(why: &str) -> String {
    format!("A Conditional Access policy blocked this: {why}.")
}

pub fn not_compliant(device: Option<&str>) -> String {
    format!("{} is not compliant", named(device, "the device"))
}

pub fn not_joined(device: Option<&str>) -> String {
    format!(
        "{} is not joined to the domain",
        named(device, "the device")
    )
}

pub fn app_not_approved(app: Option<&str>) -> String {
    format!("{} is not an approved client app", named(app, "the app"))
}

pub fn app_not_protected(app: Option<&str>) -> String {
    format!(
        "{} is under no app protection policy",
        named(app, "the app")
    )
}

pub fn strength_missing(strength: &str) -> String {
    format!(
        "no method of the authentication strength {} was used",
        quoted(strength)
    )
}

pub fn named_control_missing(control: &str) -> String {
    format!("{} was not accepted or passed", quoted(control))
}

pub fn both_right(first: Option<&str>, second: Option<&str>) -> String {
    match first {
        Some(first) if first.eq_ignore_ascii_case("password") => {
            format!(
                "Password and {} were both right, so there is nothing to reset.",
                method_words(second)
            )
        }
        _ => "Both factors were right, so there is nothing to reset.".to_owned(),
    }
}

pub fn first_right(first: Option<&str>) -> String {
    match first {
        Some(first) if first.eq_ignore_ascii_case("password") => {
            "The password was right.".to_owned()
        }
        _ => "The first factor was right.".to_owned(),
    }
}

pub fn wrong_password(checked_by: Option<&str>) -> String {
    let checked_by = checked_by.unwrap_or_default().to_lowercase();
    let by = if checked_by.starts_with("pass-through") {
        ", says Active Directory through the pass-through agent"
    } else {
        ""
    };
    format!("The user name and the password do not belong together{by}.")
}

pub fn not_assigned(app: Option<&str>) -> String {
    format!(
        "The person is not assigned to {}, which lets in only those who are.",
        named(app, "the app")
    )
}

pub fn session_ended_by(policy: &str) -> String {
    format!("What ended it: {policy}.")
}

/// Who asked for a second factor: policies by name, or else what kind of policy it was.
fn who_asks(policies: &[String], kinds: &[String]) -> String {
    match (policies, kinds) {
        ([names, ..], _) => format!("Conditional Access ({names})"),
        ([], [kind, ..]) => kind.clone(),
        ([], []) => "The sign-in".to_owned(),
    }
}

pub fn asked_for_second(policies: &[String], kinds: &[String]) -> String {
    format!("{} asked for a second factor.", who_asks(policies, kinds))
}

pub fn asked_to_enrol(kinds: &[String]) -> String {
    match kinds.first() {
        Some(kind) => {
            format!("{kind} asks for a second factor, and the person has none registered yet.")
        }
        None => "A second factor is asked for, and the person has none registered yet.".to_owned(),
    }
}

pub fn asked_for_named(policy: &str, control: &str) -> String {
    format!(
        "The policy {policy} showed {}, which has to be accepted or passed first.",
        quoted(control)
    )
}

pub fn second_asked_and_given(
    policies: &[String],
    kinds: &[String],
    method: Option<&str>,
) -> String {
    format!(
        "{} asked for a second factor, and it was given by {}.",
        who_asks(policies, kinds),
        by(method)
    )
}

fn by(method: Option<&str>) -> String {
    match method {
        None => "one of the person's methods".to_owned(),
        Some(method) => {
            let words = method_words(Some(method));
            match words.to_lowercase().chars().next() {
                Some(first) if words.to_lowercase() == words => {
                    let article = if "aeio".contains(first) { "an" } else { "a" };
                    format!("{article} {words}")
                }
                _ => words,
            }
        }
    }
}

pub fn claim_counted(policies: &[String], kinds: &[String], has_frequency: bool) -> String {
    let counted = match (policies, kinds) {
        ([], []) => "Nothing in the record asked for it either.".to_owned(),
        _ => format!(
            "{} asks for it, and the earlier one counted.",
            who_asks(policies, kinds)
        ),
    };
    let again = if has_frequency {
        "A sign-in frequency ends that after its time."
    } else {
        ""
    };
    joined(&[&counted, again])
}

pub fn both_at_once(method: &str) -> String {
    format!(
        "{} stands for both factors at once, so no second one was asked for.",
        named(Some(method), "")
    )
}

pub fn device_was_enough(names: &str) -> (String, String) {
    (
        format!("{names} asked for a second factor or a managed device, and the device was enough."),
        "Where a policy asks for one of several things, the device is looked at before anybody is asked.".to_owned(),
    )
}

pub fn satisfied_unseen(names: &str) -> (String, String) {
    (
        format!("{names} asked for a second factor or something in its place, and was satisfied."),
        "By what is not in this record: exports of Graph v1.0 and portal CSV files leave the steps out.".to_owned(),
    )
}

pub fn asked_for_other(names: &str) -> (String, String) {
    (
        format!("{names} applied, and asked for no second factor."),
        "What was asked for instead is in the tab Conditional Access.".to_owned(),
    )
}

pub fn renewed(app: Option<&str>, token: Option<&str>) -> String {
    let app = named(app, "A program");
    match token.map(str::to_lowercase).as_deref() {
        Some("primary refresh token") => {
            format!("{app} got a token by the sign-in to the device, and nobody was asked.")
        }
        Some("refresh token") => {
            format!("{app} renewed its token by itself, and nobody was asked.")
        }
        _ => format!("{app} got a token in the background, and nobody was asked."),
    }
}

pub fn of_service(name: Option<&str>, did: &str) -> String {
    format!("{} {did}.", named(name, "The service"))
}

pub fn managed_identity(name: Option<&str>) -> String {
    format!(
        "{} got a token from Azure by itself.",
        named(name, "A managed identity")
    )
}

pub fn service(name: Option<&str>, credential: Option<&str>) -> String {
    let name = named(name, "A service");
    match credential.filter(|credential| *credential != "None") {
        Some(credential) => {
            format!(
                "{name} signed in by itself, with a {}.",
                credential.to_lowercase()
            )
        }
        None => format!("{name} signed in by itself."),
    }
}

/// How much later something came.
fn later(seconds: i64) -> String {
    let number = |number: i64, one: &str| match number {
        1 => format!("1 {one} later"),
        number => format!("{number} {one}s later"),
    };
    match seconds {
        ..=0 => "at the same second".to_owned(),
        1..=119 => number(seconds, "second"),
        120..=7_199 => number(seconds / 60, "minute"),
        _ => number(seconds / 3_600, "hour"),
    }
}

pub fn went_on(seconds: i64) -> String {
    format!(
        "It went on, and worked {}: this is one step of a sign-in that succeeded, and nothing is left to do.",
        later(seconds)
    )
}

pub fn after_in_short(after: After) -> String {
    match after {
        After::Nothing => "Nothing".to_owned(),
        After::Success { seconds } => format!("Success, {}", later(seconds)),
        After::Other { seconds } => format!("No success, the last {}", later(seconds)),
    }
}
