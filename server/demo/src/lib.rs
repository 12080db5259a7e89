//! A believable Entra ID tenant that does not exist, and its sign-in logs.
//!
//! The generator stands in for a real export: the demo tenant of a first start, test data, and
//! millions of rows for benchmarks. The same [`Settings`] give the same bytes. Each row is a pure
//! function of the settings and its number, so a run can be made in [parts](DemoTenant::parts).
//!
//! People, company and addresses are invented; names of Microsoft's applications and their ids are
//! public facts. Every run of 40 rows and more tells of attacks and oddities in its last 24 hours:
//! a password spray, an impossible traveller, a token replay, legacy clients, an emergency account
//! and an expired secret.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "numbers are drawn from ranges far smaller than their types"
)]

mod applications;
mod clock;
mod devices;
mod failures;
mod groups;
mod guid;
mod kinds;
mod names;
mod offices;
mod people;
mod places;
mod plan;
mod policies;
mod random;
mod record;
mod registrations;
mod schedule;
mod stories;
mod workloads;
mod world;
mod write;

use chrono::{DateTime, Utc};
use std::sync::Arc;
use world::World;

/// Name of the invented company.
const TENANT_NAME: &str = "Brackwater Instruments";

/// What to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Number of records, exactly.
    pub rows: u64,
    /// Which tenant: another seed gives other people and other sign-ins.
    pub seed: u64,
    /// End of the run; the newest record is less than a minute older.
    pub until: DateTime<Utc>,
    /// Days before `until` that the records cover; 0 counts as 1.
    pub days: u32,
}

impl Settings {
    /// The 30 days before `until`, as long as Entra ID keeps sign-ins.
    pub fn new(rows: u64, seed: u64, until: DateTime<Utc>) -> Self {
        Self {
            rows,
            seed,
            until,
            days: 30,
        }
    }
}

/// The form of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// An Azure Monitor diagnostic record: envelope and `properties`.
    Diagnostic,
    /// A `signIn` object as Graph beta returns it.
    Graph,
}

/// A person of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    /// Object ID in Entra ID.
    pub object_id: String,
    /// User principal name.
    pub user_principal_name: String,
    /// What they are called.
    pub display_name: String,
}

/// A run of records in ascending order of event time (`createdDateTime`).
pub struct DemoTenant {
    world: Arc<World>,
    next_row: u64,
    end_row: u64,
    next_event: usize,
}

impl DemoTenant {
    /// All records of the settings.
    pub fn new(settings: Settings) -> Self {
        Self::range(&Arc::new(World::new(settings)), 0, settings.rows)
    }

    /// Cuts the run into at most `parts` pieces of about the same size (0 counts as 1), in order:
    /// one after the other they give the same records as the whole. They share the tenant in memory
    /// and can be used on different threads.
    pub fn parts(settings: Settings, parts: usize) -> Vec<Self> {
        let world = Arc::new(World::new(settings));
        let parts = (parts.max(1) as u64).min(settings.rows.max(1));
        let cut =
            |part: u64| (u128::from(settings.rows) * u128::from(part) / u128::from(parts)) as u64;
        (0..parts)
            .map(|part| Self::range(&world, cut(part), cut(part + 1)))
            .collect()
    }

    fn range(world: &Arc<World>, from: u64, to: u64) -> Self {
        Self {
            next_event: world.plan.first_event(from),
            world: Arc::clone(world),
            next_row: from,
            end_row: to,
        }
    }

    /// The company's name.
    pub fn tenant_name(&self) -> &str {
        TENANT_NAME
    }

    /// Somebody who works there, and whose account is used from two places at once in the first telling of that story.
    pub fn employee(&self) -> Employee {
        let person = self.world.people.employee(0, stories::FIRST_RANK);
        Employee {
            object_id: person.id.text(),
            user_principal_name: person.principal_name.clone(),
            display_name: person.display_name.clone(),
        }
    }

    /// The company's groups, as Graph answers to `groups` with all members.
    pub fn groups(&self) -> String {
        groups::written(&self.world)
    }

    /// What the people registered, what they registered and reset lately, the relying parties of AD FS, and the
    /// credentials of applications: where Graph is asked for each, and its answer.
    pub fn registrations(&self) -> [(&'static str, String); 4] {
        registrations::written(&self.world)
    }

    /// Appends the next record to `out`, as JSON without a line end. Returns false, and appends
    /// nothing, when there are no more.
    pub fn write_next(&mut self, shape: Shape, out: &mut Vec<u8>) -> bool {
        if self.next_row >= self.end_row {
            return false;
        }
        let slot = self.world.plan.slot(self.next_row, self.next_event);
        let sign_in = self.world.sign_in(self.next_row, slot);
        write::write(&self.world, shape, &sign_in, out);
        self.next_event += usize::from(matches!(slot, plan::Slot::Story(_)));
        self.next_row += 1;
        true
    }
}
