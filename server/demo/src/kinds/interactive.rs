//! Sign-ins at which a person sits: successes, interrupts, failures.

use super::{scene, seal, steps, wanted};
use crate::applications::{Audience, Style};
use crate::failures::{self as f, Outcome};
use crate::people::{Method, Person};
use crate::places::Origin;
use crate::random::Random;
use crate::record::{Head, Risk, UserSignIn};
use crate::world::World;

/// What has to come out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Aim {
    /// Mostly success, some failures.
    Anything,
    /// The first attempt of an episode, which does not get through.
    FirstAttempt,
    /// The second attempt, which does.
    SecondAttempt,
}

static FIRST_ATTEMPTS: [(u32, &Outcome); 9] = [
    (26, &f::KEEP_SIGNED_IN),
    (22, &f::MFA_CHALLENGE),
    (4, &f::MFA_ENROLMENT),
    (8, &f::NO_SESSION),
    (5, &f::DEVICE_AUTHENTICATION),
    (3, &f::CONSENT),
    (4, &f::MFA_REQUIRED),
    (20, &f::WRONG_PASSWORD),
    (9, &f::MFA_FAILED),
];
static FAILURES: [(u32, &Outcome); 13] = [
    (24, &f::WRONG_PASSWORD),
    (15, &f::BLOCKED),
    (10, &f::NOT_COMPLIANT),
    (5, &f::LOCKED),
    (13, &f::MFA_FAILED),
    (7, &f::NOT_ASSIGNED),
    (3, &f::DISABLED),
    (2, &f::UNKNOWN_USER),
    (2, &f::PASSWORD_EXPIRED),
    (4, &f::MFA_REQUIRED),
    (3, &f::KEEP_SIGNED_IN),
    (3, &f::MFA_CHALLENGE),
    (2, &f::CONSENT),
];
/// Share of failures and of the few lonely interrupts among rows outside episodes.
const FAILURE_SHARE: f64 = 0.079;

/// A sign-in of this person. The random numbers of the first attempt serve both attempts, so that
/// the second repeats person, device, application and place.
pub(crate) fn make<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
    aim: Aim,
) -> UserSignIn<'world> {
    let mut application = wanted(world, random, person);
    // A sign-in to Windows itself knows neither interrupts nor policies.
    if aim != Aim::Anything && application.style == Style::Windows {
        application = world.everyday_application();
    }
    let mut sign_in = scene(world, random, head, person, application);
    let outcome = match aim {
        Aim::FirstAttempt => *random.weighted(&FIRST_ATTEMPTS),
        Aim::Anything if random.chance(FAILURE_SHARE) => *random.weighted(&FAILURES),
        _ => &f::SUCCESS,
    };
    if !outcome.is_success() && sign_in.application.style == Style::Windows {
        sign_in = scene(world, random, head, person, world.everyday_application());
    }
    if aim != Aim::FirstAttempt {
        let is_continued = aim == Aim::Anything && random.chance(0.55);
        arrange(world, random, &mut sign_in, outcome);
        conclude(random, &mut sign_in, outcome, is_continued);
        if aim == Aim::Anything {
            if sign_in.application.style == Style::CommandLine && random.chance(0.3) {
                sign_in.protocol = "deviceCode";
                sign_in.transfer = "deviceCodeFlow";
            }
            sign_in.risk = risk(random, outcome);
        }
    } else {
        conclude(random, &mut sign_in, outcome, false);
    }
    seal(sign_in)
}

/// Brings about what the outcome needs: a device that is not compliant, a place abroad.
fn arrange<'world>(
    world: &'world World,
    random: &mut Random,
    sign_in: &mut UserSignIn<'world>,
    outcome: &'static Outcome,
) {
    let applications = &world.applications;
    match outcome.code {
        53000 => {
            sign_in.application = applications.one_of(random, |application| {
                application.audience == Audience::Finance && application.style == Style::Web
            });
            sign_in.client = sign_in.person.workstation.browser;
            sign_in.operating_system = sign_in.person.workstation.operating_system;
            sign_in.client_app = "Browser";
            // Either their own computer fell out of compliance or they use an unknown one.
            let own = &sign_in.person.workstation;
            sign_in.device = (own.is_known() && !own.is_compliant).then_some(own);
        }
        53003 => sign_in.origin = Origin::unlisted(random.below(4), random.below(128) as u8),
        50105 => {
            sign_in.application = applications.one_of(random, |application| {
                application.is_own
                    && application.audience == Audience::Other
                    && application.style == Style::Web
            });
            sign_in.client = sign_in.person.workstation.browser;
            sign_in.operating_system = sign_in.person.workstation.operating_system;
            sign_in.device = sign_in.device.map(|_| &sign_in.person.workstation);
            sign_in.client_app = "Browser";
        }
        _ => {}
    }
    sign_in.protocol = sign_in.application.protocol;
}

/// Sets the outcome with the steps that lead to it.
pub(crate) fn conclude(
    random: &mut Random,
    sign_in: &mut UserSignIn<'_>,
    outcome: &'static Outcome,
    is_continued: bool,
) {
    let method = sign_in.person.method;
    let answer_ms = random.between(3_000, 22_000);
    sign_in.outcome = outcome;
    sign_in.latency_ms = 60 + (random.unit().powi(4) * 4_000.0) as i64;
    let list = &mut sign_in.steps;
    match outcome.code {
        0 if sign_in.application.style == Style::Windows => {
            list.push(if method == Method::Hello {
                steps::strong(method)
            } else {
                steps::password(true)
            });
            sign_in.incoming_token = "primaryRefreshToken";
        }
        0 if is_continued => {
            list.push(steps::first_by_token());
            list.push(steps::second_by_token());
            sign_in.additional_details = steps::MFA_BY_TOKEN;
            sign_in.is_multifactor = true;
            let has_token = sign_in.device.is_some_and(|device| device.is_known());
            sign_in.incoming_token = if has_token {
                "primaryRefreshToken"
            } else {
                "none"
            };
        }
        0 => {
            let (fresh, details) = steps::fresh(method, answer_ms);
            *list = fresh;
            sign_in.additional_details = details;
            sign_in.is_multifactor = true;
        }
        50126 => list.push(steps::password(false)),
        50053 => list.push(steps::refused("User account is locked.")),
        50057 => {
            list.push(steps::refused(
                "User account is disabled. The account has been disabled by an administrator.",
            ));
        }
        50055 => list.push(steps::password(true)),
        50034 | 50058 => {}
        500121 => {
            let is_push = !matches!(method, Method::TextMessage | Method::Code);
            let result = match (is_push, random.chance(0.3)) {
                (true, true) => steps::MFA_DECLINED,
                (true, false) => steps::MFA_NO_ANSWER,
                (false, _) => "MFA denied; invalid authentication",
            };
            list.push(steps::password(true));
            list.push(steps::second(method, false, result, answer_ms));
            sign_in.additional_details = result;
            sign_in.is_multifactor = true;
        }
        50074 | 50076 | 50072 => {
            list.push(steps::password(true));
            if outcome.code != 50072 {
                list.push(steps::second(
                    method,
                    false,
                    "Authentication in progress",
                    400,
                ));
            }
            sign_in.additional_details = steps::MFA_WANTED;
            sign_in.is_multifactor = true;
        }
        _ => {
            let (fresh, details) = steps::fresh(method, answer_ms);
            *list = fresh;
            sign_in.additional_details = details;
            sign_in.is_multifactor = true;
        }
    }
}

fn risk(random: &mut Random, outcome: &Outcome) -> Risk {
    let none = crate::record::NO_RISK;
    if !random.chance(0.006) || outcome.ends_before_policies() {
        return none;
    }
    let event = *random.weighted(&[
        (6, "unfamiliarFeatures"),
        (3, "anonymizedIPAddress"),
        (2, "maliciousIPAddress"),
        (2, "unlikelyTravel"),
    ]);
    let level = *random.weighted(&[(6, "low"), (4, "medium"), (1, "high")]);
    let (state, detail, aggregated) = *random.weighted(&[
        (5, ("atRisk", "none", level)),
        (
            3,
            ("remediated", "userPassedMFADrivenByRiskBasedPolicy", level),
        ),
        (2, ("dismissed", "aiConfirmedSigninSafe", "none")),
    ]);
    Risk {
        level_during: level,
        level_aggregated: aggregated,
        state,
        detail,
        event,
    }
}
