//! Sign-ins that a client makes by itself with a token it already has.

use super::{scene, seal, steps, wanted};
use crate::applications::Style;
use crate::failures::{self as f, Outcome};
use crate::people::Person;
use crate::places::Origin;
use crate::random::Random;
use crate::record::{Head, UserSignIn};
use crate::world::World;

static FAILURES: [(u32, &Outcome); 7] = [
    (25, &f::SIGN_IN_FREQUENCY),
    (20, &f::TOKEN_IDLE),
    (15, &f::TOKEN_REVOKED),
    (10, &f::SESSION_REVOKED),
    (12, &f::MFA_REQUIRED),
    (10, &f::BLOCKED),
    (8, &f::CONSENT),
];
const FAILURE_SHARE: f64 = 0.045;

/// A sign-in of a client of this person.
pub(crate) fn make<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
) -> UserSignIn<'world> {
    let mut application = wanted(world, random, person);
    if application.style == Style::Windows {
        application = world.everyday_application();
    }
    let mut sign_in = scene(world, random, head, person, application);
    let outcome = if random.chance(FAILURE_SHARE) {
        *random.weighted(&FAILURES)
    } else {
        &f::SUCCESS
    };
    if outcome.code == 53003 {
        sign_in.origin = Origin::unlisted(random.below(4), random.below(128) as u8);
    }
    conclude(random, &mut sign_in, outcome);
    seal(sign_in)
}

/// Sets the outcome of a token that is presented.
pub(crate) fn conclude(
    random: &mut Random,
    sign_in: &mut UserSignIn<'_>,
    outcome: &'static Outcome,
) {
    sign_in.is_interactive = false;
    sign_in.outcome = outcome;
    sign_in.latency_ms = 25 + (random.unit().powi(3) * 700.0) as i64;
    sign_in.is_continuous = random.chance(0.35);
    let has_primary = sign_in.device.is_some_and(|device| device.is_known());
    sign_in.incoming_token = match (has_primary, random.below(4)) {
        (true, 0..=1) => "primaryRefreshToken",
        (_, 3) => "none",
        _ => "refreshToken",
    };
    if outcome.ends_before_policies() {
        return;
    }
    sign_in.steps.push(steps::first_by_token());
    sign_in.is_multifactor = true;
    if outcome.lacks_mfa() {
        sign_in.additional_details = steps::MFA_WANTED;
    } else {
        sign_in.steps.push(steps::second_by_token());
        sign_in.additional_details = steps::MFA_BY_TOKEN;
    }
}
