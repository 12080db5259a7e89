//! Service principals and managed identities: the tenant's automation.

use crate::applications::{
    DATABASE, DEVOPS, EXCHANGE, GRAPH, LOG_ANALYTICS, MANAGEMENT, Resource, SHAREPOINT, STORAGE,
    VAULT,
};
use crate::guid::Guid;
use crate::random::{Random, Stream};

/// How a service principal proves itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Credential {
    Secret,
    Certificate,
    Federated,
}

/// A service principal.
pub(crate) struct Principal {
    pub name: String,
    pub id: Guid,
    pub application_id: Guid,
    pub application_object_id: Guid,
    pub resource: &'static Resource,
    pub resource_object_id: Guid,
    pub credential: Credential,
    pub key_id: Guid,
    /// Twenty bytes in upper-case hexadecimal; empty for secrets.
    pub thumbprint: String,
    pub user_agent: &'static str,
    /// Value of "Azure AD App Authentication Library".
    pub library: &'static str,
    /// Where it runs: a number that fixes its address.
    pub host: u64,
    pub is_agent: bool,
    /// Whether the policy for workloads covers it.
    pub is_covered: bool,
}

/// A managed identity.
pub(crate) struct Identity {
    pub name: String,
    pub id: Guid,
    pub application_id: Guid,
    pub resource: &'static Resource,
    /// `systemAssigned` or `userAssigned`.
    pub kind: &'static str,
    /// The Azure resource that it belongs to.
    pub associated_resource_id: String,
}

/// All workloads.
pub(crate) struct Workloads {
    principals: Vec<Principal>,
    identities: Vec<Identity>,
}

static TASKS: [&str; 16] = [
    "svc-mail-archiver",
    "ci-deploy",
    "svc-backup-sync",
    "hr-provisioning",
    "siem-collector",
    "report-mailer",
    "erp-connector",
    "badge-reader-sync",
    "terraform-runner",
    "site-inventory",
    "license-auditor",
    "tidewater-bridge",
    "calendar-sync",
    "print-accounting",
    "asset-scanner",
    "help-desk-bot",
];
static STAGES: [&str; 4] = ["prod", "test", "dev", "emea"];
static HOSTS: [(&str, &str); 6] = [
    ("vm", "Microsoft.Compute/virtualMachines"),
    ("func", "Microsoft.Web/sites"),
    ("aks", "Microsoft.ContainerService/managedClusters"),
    ("logic", "Microsoft.Logic/workflows"),
    ("adf", "Microsoft.DataFactory/factories"),
    ("auto", "Microsoft.Automation/automationAccounts"),
];
static RESOURCES: [&Resource; 8] = [
    &GRAPH,
    &MANAGEMENT,
    &VAULT,
    &STORAGE,
    &DATABASE,
    &EXCHANGE,
    &SHAREPOINT,
    &DEVOPS,
];
static LIBRARIES: [(&str, &str); 4] = [
    ("", ""),
    (
        "python-requests/2.32.4",
        "Family: MSAL Library: MSAL.Python 1.33.0 Platform: Python",
    ),
    (
        "azsdk-net-Identity/1.15.0 (.NET 8.0.19; Linux)",
        "Family: MSAL Library: MSAL.NetCore 4.74.1.0 Platform: .NET 8",
    ),
    (
        "azsdk-java-identity/1.17.0 (21.0.8; Linux)",
        "Family: MSAL Library: MSAL.Java 1.21.0 Platform: Java",
    ),
];

impl Workloads {
    pub(crate) fn new(seed: u64, people: usize) -> Self {
        let random = &mut Random::new(seed, Stream::Applications, 1);
        let count = (people / 16).clamp(48, 600);
        // The first one is the principal whose secret expires; only its story uses it.
        let principals = (0..count).map(|number| principal(random, number)).collect();
        let subscription = random.guid().text();
        let identities = (0..count * 3 / 4)
            .map(|number| identity(random, number, &subscription))
            .collect();
        Self {
            principals,
            identities,
        }
    }

    /// All of them.
    pub fn principals(&self) -> &[Principal] {
        &self.principals
    }

    /// One of the principals that work without trouble, a few of them far busier than the rest.
    pub(crate) fn some_principal(&self, random: &mut Random) -> &Principal {
        &self.principals[1 + skewed(random, self.principals.len() - 1)]
    }

    pub(crate) fn some_identity(&self, random: &mut Random) -> &Identity {
        &self.identities[skewed(random, self.identities.len())]
    }

    pub(crate) fn expiring(&self) -> &Principal {
        &self.principals[0]
    }
}

fn skewed(random: &mut Random, count: usize) -> usize {
    let fraction = random.unit();
    ((fraction * fraction * count as f64) as usize).min(count - 1)
}

fn principal(random: &mut Random, number: usize) -> Principal {
    let name = match number {
        0 => "svc-warehouse-export-prod".to_owned(),
        _ => format!(
            "{}-{}",
            TASKS[number % TASKS.len()],
            suffix(number / TASKS.len())
        ),
    };
    let credential = match number {
        0 => Credential::Secret,
        _ => *random.weighted(&[
            (6, Credential::Secret),
            (3, Credential::Certificate),
            (2, Credential::Federated),
        ]),
    };
    let (user_agent, library) = *random.pick(&LIBRARIES);
    let thumbprint = match credential {
        Credential::Certificate => format!(
            "{:016X}{:016X}{:08X}",
            random.bits(),
            random.bits(),
            random.bits() >> 32
        ),
        _ => String::new(),
    };
    Principal {
        name,
        id: random.guid(),
        application_id: random.guid(),
        application_object_id: random.guid(),
        resource: if number % 7 == 3 {
            &LOG_ANALYTICS
        } else {
            random.pick::<&Resource>(&RESOURCES)
        },
        resource_object_id: random.guid(),
        credential,
        key_id: random.guid(),
        thumbprint,
        user_agent,
        library,
        host: random.bits(),
        is_agent: number % 16 == 15,
        is_covered: number.is_multiple_of(3),
    }
}

fn identity(random: &mut Random, number: usize, subscription: &str) -> Identity {
    let (short, kind) = HOSTS[number % HOSTS.len()];
    let name = format!(
        "{short}-{}-{}",
        TASKS[number / 2 % TASKS.len()],
        suffix(number / 32)
    );
    let is_user_assigned = number % 5 == 4;
    let provider = if is_user_assigned {
        "Microsoft.ManagedIdentity/userAssignedIdentities"
    } else {
        kind
    };
    Identity {
        id: random.guid(),
        application_id: random.guid(),
        resource: random.pick::<&Resource>(&RESOURCES),
        kind: if is_user_assigned {
            "userAssigned"
        } else {
            "systemAssigned"
        },
        associated_resource_id: format!(
            "/subscriptions/{subscription}/resourcegroups/rg-{short}-{}/providers/{provider}/{name}",
            STAGES[number % STAGES.len()]
        ),
        name,
    }
}

fn suffix(round: usize) -> String {
    match STAGES.get(round) {
        Some(stage) => (*stage).to_owned(),
        None => format!("{round:02}"),
    }
}
