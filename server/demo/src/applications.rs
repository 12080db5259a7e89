//! The applications people use and the resources those ask for.
//!
//! Microsoft's own applications carry the public ids that Microsoft documents for them; the
//! company's own are invented, with ids from the seed.

use crate::random::{Random, Stream};
use Audience::{Administration, Finance, Office365, Other};
use Style::{CommandLine, Desktop, Mobile, Web, Windows};

/// The kind of client an application is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Web,
    Desktop,
    Mobile,
    CommandLine,
    /// The sign-in of Windows itself.
    Windows,
}

/// What Conditional Access policies tell apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Audience {
    Office365,
    Administration,
    Finance,
    Other,
}

/// A resource: its name, and its application id, which is empty for the company's own.
pub(crate) struct Resource {
    pub name: &'static str,
    pub id: &'static str,
}

macro_rules! resources {
    ($($constant:ident $name:literal $id:literal;)*) => {
        $(pub(crate) static $constant: Resource = Resource { name: $name, id: $id };)*
    };
}

resources! {
    GRAPH "Microsoft Graph" "00000003-0000-0000-c000-000000000000";
    DIRECTORY "Windows Azure Active Directory" "00000002-0000-0000-c000-000000000000";
    EXCHANGE "Office 365 Exchange Online" "00000002-0000-0ff1-ce00-000000000000";
    SHAREPOINT "Office 365 SharePoint Online" "00000003-0000-0ff1-ce00-000000000000";
    SKYPE "Skype for Business Online" "00000004-0000-0ff1-ce00-000000000000";
    TEAMS "Microsoft Teams Services" "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe";
    MANAGEMENT "Windows Azure Service Management API" "797f4846-ba00-4fd7-ba43-dac1f8f63013";
    VAULT "Azure Key Vault" "cfa8b339-82a2-471a-a3c9-0fc0be7a4093";
    STORAGE "Azure Storage" "e406a681-f3d4-42a8-90b6-c2b029497af1";
    DATABASE "Azure SQL Database" "022907d3-0f1b-48f7-badc-1ba6abab6d66";
    DEVOPS "Azure DevOps" "499b84ac-1321-427f-aa17-267ca6975798";
    POWER_BI "Power BI Service" "00000009-0000-0000-c000-000000000000";
    REGISTRATION "Device Registration Service" "01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9";
    SEARCH "Office 365 Search Service" "66a88757-258c-4c72-893c-3e8bed4d6899";
    LOG_ANALYTICS "Log Analytics API" "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5";
    RESOURCE_GRAPH "Azure Resource Graph" "509e4652-da8d-478d-a730-e9d4a1996ca4";
    DATAVERSE "Dataverse" "00000007-0000-0000-c000-000000000000";
    FLOW "Microsoft Flow Service" "7df0a125-d3be-4c96-aa54-591f83ff541c";
}
static SELF: Resource = Resource { name: "", id: "" };

/// An application that people sign in to.
pub(crate) struct Application {
    pub name: &'static str,
    pub id: String,
    pub style: Style,
    pub audience: Audience,
    resource: &'static Resource,
    pub is_own: bool,
    /// `saml20` for single sign-on to a bought product, otherwise `none` as most real records have.
    pub protocol: &'static str,
}

impl Application {
    /// The resource a sign-in asks for: its name and application id.
    pub(crate) fn resource(&self) -> (&'static str, &str) {
        if self.resource.id.is_empty() {
            (self.name, &self.id)
        } else {
            (self.resource.name, self.resource.id)
        }
    }
}

type Known = (
    u32,
    &'static str,
    &'static str,
    Style,
    Audience,
    &'static Resource,
);

#[rustfmt::skip]
static MICROSOFT: [Known; 56] = [
    (90, "Microsoft Teams", "1fec8e78-bce4-4aaf-ab1b-5451cc387264", Desktop, Office365, &TEAMS),
    (40, "Microsoft Teams Web Client", "5e3ce6c0-2b1f-4285-8d4b-75ee78787346", Web, Office365, &SKYPE),
    (80, "Microsoft Office", "d3590ed6-52b3-4102-aeff-aad2292ab01c", Desktop, Office365, &EXCHANGE),
    (95, "OfficeHome", "4765445b-32c6-49b0-83e6-1d93765276ca", Web, Office365, &GRAPH),
    (60, "Outlook Mobile", "27922004-5251-4030-b22d-91ecd9a37ea4", Mobile, Office365, &EXCHANGE),
    (85, "One Outlook Web", "9199bf20-a13f-4107-85dc-02114787ef48", Web, Office365, &EXCHANGE),
    (70, "Office 365 SharePoint Online", "00000003-0000-0ff1-ce00-000000000000", Web, Office365, &SHAREPOINT),
    (30, "SharePoint Online Web Client Extensibility", "08e18876-6177-487e-b8b5-cf950c1e598c", Web, Office365, &GRAPH),
    (45, "OneDrive SyncEngine", "ab9b8c07-8f02-4f72-87fa-80105867a763", Desktop, Office365, &SHAREPOINT),
    (12, "OneDrive iOS App", "af124e86-4e96-495a-b70a-90f90ab96707", Mobile, Office365, &SHAREPOINT),
    (6, "SharePoint Android", "f05ff7c9-f75a-4acd-a3b5-f4b6a870245d", Mobile, Office365, &SHAREPOINT),
    (20, "Azure Portal", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", Web, Administration, &MANAGEMENT),
    (9, "Microsoft Azure CLI", "04b07795-8ddb-461a-bbee-02f9e1bf7b46", CommandLine, Administration, &MANAGEMENT),
    (6, "Microsoft Azure PowerShell", "1950a258-227b-4e31-a9cf-717495945fc2", CommandLine, Administration, &MANAGEMENT),
    (5, "Microsoft Graph Command Line Tools", "14d82eec-204b-4c2f-b7e8-296a70dab67e", CommandLine, Administration, &GRAPH),
    (4, "Graph Explorer", "de8bc8b5-d9f9-48b1-a8ad-b748da725064", Web, Administration, &GRAPH),
    (4, "Microsoft Exchange REST API Based Powershell", "fb78d390-0c51-40cd-8e17-fdbfab77341b", CommandLine, Administration, &EXCHANGE),
    (7, "Microsoft 365 Security and Compliance Center", "80ccca67-54bd-44ab-8625-4b79c4dc7775", Web, Administration, &GRAPH),
    (3, "Microsoft Cloud App Security", "05a65629-4c1b-48c1-a78b-804c4abdd4af", Web, Administration, &GRAPH),
    (10, "Visual Studio Code", "aebc6443-996d-45c2-90f0-388ff96faa56", Desktop, Other, &DEVOPS),
    (8, "Visual Studio", "872cd9fa-d31f-45e0-9eab-6e460a02d1f1", Desktop, Other, &DEVOPS),
    (14, "Azure DevOps", "499b84ac-1321-427f-aa17-267ca6975798", Web, Other, &DEVOPS),
    (35, "Microsoft Authentication Broker", "29d9ed98-a469-4536-ade2-f981bc1d605e", Desktop, Other, &REGISTRATION),
    (75, "Windows Sign In", "38aa3b87-a06d-4817-b275-7a316988d93b", Windows, Other, &DIRECTORY),
    (40, "Microsoft Edge", "ecd6b820-32c2-49b6-98a6-444530e5a77a", Desktop, Other, &GRAPH),
    (18, "Power BI Service", "00000009-0000-0000-c000-000000000000", Web, Other, &POWER_BI),
    (6, "Microsoft Power Query for Excel", "a672d62c-fc7b-4e81-a576-e60dc46e951d", Desktop, Other, &POWER_BI),
    (5, "Microsoft Power Apps", "3e62f81e-590b-425b-9531-cad6683656cf", Web, Other, &DATAVERSE),
    (5, "Microsoft Flow Portal", "6204c1d1-4712-4c46-a7d9-3ed63d992682", Web, Other, &FLOW),
    (15, "My Apps", "2793995e-0a7d-40d7-bd35-6968ba142197", Web, Other, &GRAPH),
    (5, "My Signins", "19db86c3-b2b9-44cc-b339-36da233a3be2", Web, Other, &GRAPH),
    (4, "My Profile", "8c59ead7-d703-4a27-9e55-c96a0054c8d2", Web, Other, &GRAPH),
    (14, "Microsoft Intune Company Portal", "9ba1a5c7-f17a-4de9-a1f1-6178c8d51223", Mobile, Other, &GRAPH),
    (3, "Microsoft Intune Enrollment", "d4ebce55-015a-49b5-a083-c84d1797ae8c", Mobile, Other, &REGISTRATION),
    (10, "Microsoft Authenticator App", "4813382a-8fa7-425e-ab75-3b753aab3abb", Mobile, Other, &GRAPH),
    (6, "Microsoft Stream Portal", "2634dd23-5e5a-431c-81ca-11710d9079f4", Web, Office365, &GRAPH),
    (9, "Microsoft Planner", "09abbdfd-ed23-44ee-a2d9-a627aa1c90f3", Web, Office365, &GRAPH),
    (8, "Microsoft To-Do", "22098786-6e16-43cc-a27d-191a01a1e3b5", Mobile, Office365, &EXCHANGE),
    (6, "Microsoft Whiteboard Client", "57336123-6e14-4acc-8dcf-287b6088aa28", Desktop, Office365, &GRAPH),
    (5, "Yammer", "00000005-0000-0ff1-ce00-000000000000", Web, Office365, &GRAPH),
    (8, "Microsoft Forms", "c9a559d2-7aab-4f13-a6ed-e7e9c52aec87", Web, Office365, &GRAPH),
    (12, "Bing", "9ea1ad79-fdb6-4f9a-8bc3-2b70f96e34c7", Web, Other, &SEARCH),
    (20, "Office 365 Search Service", "66a88757-258c-4c72-893c-3e8bed4d6899", Web, Office365, &SEARCH),
    (11, "Apple Internet Accounts", "f8d98a96-0999-43f5-8af3-69971c7bb423", Mobile, Office365, &EXCHANGE),
    (6, "Azure Virtual Desktop Client", "a85cf173-4192-42f8-81fa-777a763e6e2c", Desktop, Other, &GRAPH),
    (4, "Universal Print Native Client", "dae89220-69ba-4957-a77a-47b78695e883", Desktop, Other, &GRAPH),
    (3, "Microsoft Approval Management", "65d91a3d-ab74-42e6-8a2f-0add61688c74", Web, Other, &GRAPH),
    (5, "Microsoft Application Command Service", "6f7e0f60-9401-4f5b-98e2-cf15bd5fd5e3", Desktop, Office365, &GRAPH),
    (4, "Office Online Core SSO", "243c63a3-247d-41c5-9d83-7788c43f1c43", Web, Office365, &SHAREPOINT),
    (3, "AADReporting", "1b912ec3-a9dd-4c4d-a53e-76aa7adb28d7", Web, Administration, &DIRECTORY),
    (3, "Microsoft Tunnel", "eb539595-3fe1-474e-9c1d-feb3625d1be5", Mobile, Other, &GRAPH),
    (7, "Dataverse", "00000007-0000-0000-c000-000000000000", Web, Other, &DATAVERSE),
    (3, "Azure SQL Database", "022907d3-0f1b-48f7-badc-1ba6abab6d66", Desktop, Other, &DATABASE),
    (3, "Log Analytics API", "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5", Web, Administration, &LOG_ANALYTICS),
    (3, "Azure Resource Graph", "509e4652-da8d-478d-a730-e9d4a1996ca4", Web, Administration, &RESOURCE_GRAPH),
    (2, "Azure Key Vault", "cfa8b339-82a2-471a-a3c9-0fc0be7a4093", Web, Administration, &VAULT),
];

#[rustfmt::skip]
static OWN: [(u32, &str, Style, Audience, &str); 16] = [
    (30, "Tidewater ERP", Web, Finance, "saml20"),
    (14, "Ledgerstone Invoicing", Web, Finance, "saml20"),
    (8, "Coxswain Treasury", Web, Finance, "none"),
    (22, "Beacon Helpdesk", Web, Other, "saml20"),
    (16, "Gaugekeeper Calibration", Desktop, Other, "none"),
    (12, "Lathe Planner", Web, Other, "none"),
    (18, "Keel CRM", Web, Other, "saml20"),
    (10, "Holiday Ledger", Web, Other, "saml20"),
    (9, "Fjordline Travel Desk", Web, Other, "saml20"),
    (7, "Canteen Pantry", Mobile, Other, "none"),
    (6, "Sextant Data Catalogue", Web, Other, "none"),
    (6, "Halyard Wiki", Web, Other, "saml20"),
    (5, "Drydock Build Farm", CommandLine, Other, "none"),
    (5, "Bosun Site Inspections", Mobile, Other, "none"),
    (4, "Mooring Visitor Badges", Web, Other, "none"),
    (4, "Plumb Line Surveys", Web, Other, "wsFederation"),
];

/// All applications, with how often each is used.
pub(crate) struct Applications {
    all: Vec<Application>,
    totals: Vec<u32>,
}

impl Applications {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed, Stream::Applications, 0);
        let microsoft = MICROSOFT
            .iter()
            .map(|(weight, name, id, style, audience, resource)| {
                let application = Application {
                    name,
                    id: (*id).to_owned(),
                    style: *style,
                    audience: *audience,
                    resource,
                    is_own: false,
                    protocol: "none",
                };
                (*weight, application)
            });
        let own = OWN.iter().map(|(weight, name, style, audience, protocol)| {
            let application = Application {
                name,
                id: random.guid().text(),
                style: *style,
                audience: *audience,
                resource: &SELF,
                is_own: true,
                protocol,
            };
            (*weight, application)
        });
        let (weights, all): (Vec<u32>, Vec<Application>) = microsoft.chain(own).unzip();
        let totals = weights.iter().scan(0, |total, weight| {
            *total += weight;
            Some(*total)
        });
        Self {
            totals: totals.collect(),
            all,
        }
    }

    /// A position, the popular applications more often.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        random.by_totals(&self.totals)
    }

    pub(crate) fn at(&self, position: usize) -> &Application {
        &self.all[position]
    }

    /// The first application that fits, or the first of all.
    pub(crate) fn find(&self, fits: impl Fn(&Application) -> bool) -> &Application {
        self.all
            .iter()
            .find(|application| fits(application))
            .unwrap_or(&self.all[0])
    }

    /// One of the applications that fit, all equally likely.
    pub(crate) fn one_of(
        &self,
        random: &mut Random,
        fits: impl Fn(&Application) -> bool,
    ) -> &Application {
        let start = random.below(self.all.len());
        (0..self.all.len())
            .map(|step| &self.all[(start + step) % self.all.len()])
            .find(|application| fits(application))
            .unwrap_or(&self.all[0])
    }
}
