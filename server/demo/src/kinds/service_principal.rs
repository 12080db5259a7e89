//! Sign-ins of service principals with a secret, a certificate or a federated credential.

use crate::failures::{self as f, Outcome};
use crate::places::Origin;
use crate::random::{Random, Stream};
use crate::record::{Head, PrincipalSignIn};
use crate::workloads::{Credential, Principal};
use crate::world::World;

static FAILURES: [(u32, &Outcome); 3] = [
    (5, &f::SECRET_WRONG),
    (2, &f::APPLICATION_DISABLED),
    (2, &f::APPLICATION_UNKNOWN),
];
const FAILURE_SHARE: f64 = 0.025;

/// A sign-in of some principal.
pub(crate) fn make<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
) -> PrincipalSignIn<'world> {
    let principal = world.workloads.some_principal(random);
    let outcome = if !random.chance(FAILURE_SHARE) {
        &f::SUCCESS
    } else {
        match *random.weighted(&FAILURES) {
            failure if failure.code == 7_000_215 && principal.credential != Credential::Secret => {
                &f::ASSERTION_WRONG
            }
            failure => failure,
        }
    };
    with_outcome(world, head, principal, outcome)
}

/// A sign-in of this principal.
pub(crate) fn with_outcome<'world>(
    world: &World,
    head: Head,
    principal: &'world Principal,
    outcome: &'static Outcome,
) -> PrincipalSignIn<'world> {
    PrincipalSignIn {
        head,
        principal,
        origin: Origin::data_centre(principal.host),
        outcome,
        session: Random::new(world.seed, Stream::Session, principal.host).guid(),
    }
}
