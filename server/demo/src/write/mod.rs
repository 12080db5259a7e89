//! Writing a sign-in as text, in one of the two shapes.

mod diagnostic;
mod diagnostic_workloads;
mod graph;
mod json;
mod nested;

pub(crate) use json::{Json, TICKS_PER_SECOND, Zone};

use crate::Shape;
use crate::record::SignIn;
use crate::world::World;

/// Tenants that own Microsoft's own applications: services, and the tools of the corporation.
const MICROSOFT_SERVICES_TENANT: &str = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

/// Appends one record without a line end.
pub(crate) fn write(world: &World, shape: Shape, sign_in: &SignIn<'_>, out: &mut Vec<u8>) {
    match (shape, sign_in) {
        (Shape::Diagnostic, SignIn::User(user)) => diagnostic::user(world, user, out),
        (Shape::Diagnostic, SignIn::Principal(principal)) => {
            diagnostic_workloads::principal(world, principal, out);
        }
        (Shape::Diagnostic, SignIn::Identity(identity)) => {
            diagnostic_workloads::identity(world, identity, out);
        }
        (Shape::Graph, SignIn::User(user)) => graph::user(world, user, out),
        (Shape::Graph, SignIn::Principal(principal)) => graph::principal(world, principal, out),
        (Shape::Graph, SignIn::Identity(identity)) => graph::identity(world, identity, out),
    }
}
