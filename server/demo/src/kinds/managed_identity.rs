//! Sign-ins of managed identities, which Azure makes for the resources that own them.

use crate::failures as f;
use crate::random::Random;
use crate::record::{Head, IdentitySignIn};
use crate::world::World;

/// A sign-in of some identity; one in three hundred asks for a resource it may not use.
pub(crate) fn make<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
) -> IdentitySignIn<'world> {
    IdentitySignIn {
        head,
        identity: world.workloads.some_identity(random),
        outcome: if random.chance(0.003) {
            &f::APPLICATION_UNKNOWN
        } else {
            &f::SUCCESS
        },
    }
}
