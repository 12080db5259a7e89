//! What lists beside the log say: which authentication methods people registered, what they registered and reset and
//! when, whether relying parties of AD FS can move, and when credentials expire. Sign-ins know nothing of it.

mod credential;
mod method;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use credential::ApplicationCredential;
pub use method::{METHODS, Method};

/// What a person registered, as a list says it. `None` is what the list does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registered {
    /// Object ID.
    pub user_id: Option<String>,
    /// User principal name.
    pub username: Option<String>,
    /// Display name.
    pub display_name: Option<String>,
    /// `member` or `guest`, as it came.
    pub user_type: Option<String>,
    /// What is yes or no, by [`Flag::index`].
    pub flags: [Option<bool>; FLAGS],
    /// Default method of the second factor, or what the person prefers, as it came.
    pub default_method: Option<String>,
    /// The methods, as they came.
    pub methods: Option<Vec<String>>,
    /// When Entra ID last looked at them.
    pub last_updated: Option<DateTime<Utc>>,
}

/// Something about a person that is yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Has a role that administers.
    Admin,
    /// Registered a second factor.
    MfaRegistered,
    /// Registered a second factor that the policy allows.
    MfaCapable,
    /// Registered a method without password that the policy allows.
    PasswordlessCapable,
    /// Registered what a self-service reset of the password takes.
    ResetRegistered,
    /// May reset the password, by the policy.
    ResetEnabled,
    /// Both.
    ResetCapable,
    /// Is asked for the method that the system prefers.
    SystemPreferred,
}

/// How many flags there are.
pub const FLAGS: usize = 8;

impl Flag {
    /// All, in the order of their places.
    pub const ALL: [Flag; FLAGS] = [
        Flag::Admin,
        Flag::MfaRegistered,
        Flag::MfaCapable,
        Flag::PasswordlessCapable,
        Flag::ResetRegistered,
        Flag::ResetEnabled,
        Flag::ResetCapable,
        Flag::SystemPreferred,
    ];

    /// Its place.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its name in addresses, files and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Flag::Admin => "admin",
            Flag::MfaRegistered => "mfa_registered",
            Flag::MfaCapable => "mfa_capable",
            Flag::PasswordlessCapable => "passwordless_capable",
            Flag::ResetRegistered => "reset_registered",
            Flag::ResetEnabled => "reset_enabled",
            Flag::ResetCapable => "reset_capable",
            Flag::SystemPreferred => "system_preferred",
        }
    }

    /// Its name among the features of Graph's summaries, where it is one.
    pub const fn feature(self) -> &'static str {
        match self {
            Flag::MfaCapable => "mfaCapable",
            Flag::PasswordlessCapable => "passwordlessCapable",
            Flag::ResetRegistered => "ssprRegistered",
            Flag::ResetEnabled => "ssprEnabled",
            Flag::ResetCapable => "ssprCapable",
            Flag::MfaRegistered => "mfaRegistered",
            Flag::Admin | Flag::SystemPreferred => "",
        }
    }
}

impl Registered {
    /// What the person is known by, in small letters: the object ID, or else the username.
    pub fn key(&self) -> Option<String> {
        let known = self.user_id.as_ref().or(self.username.as_ref());
        known.map(|key| key.to_lowercase())
    }

    /// A flag; `None` where no list says it.
    pub fn flag(&self, flag: Flag) -> Option<bool> {
        self.flags[flag.index()]
    }

    /// Whether a method is among them that nobody can be talked out of; `None` where no list says the methods.
    pub fn has_phishing_resistant(&self) -> Option<bool> {
        let methods = self.methods.as_ref()?;
        let mut known = methods.iter().filter_map(|word| Method::of(word));
        Some(known.any(|method| method.is_phishing_resistant))
    }

    /// Whether the person is a guest.
    pub fn is_guest(&self) -> bool {
        let user_type = self.user_type.as_deref().unwrap_or_default();
        user_type.eq_ignore_ascii_case("guest")
    }

    /// Takes what another list says. What that does not say stays; where it is older, it says only what was not
    /// known.
    pub fn take(&mut self, said: &Registered) {
        let is_older = matches!(
            (said.last_updated, self.last_updated),
            (Some(said), Some(kept)) if said < kept
        );
        let (old, new) = (self.clone(), said.clone());
        let (first, second) = if is_older { (old, new) } else { (new, old) };
        *self = Registered {
            user_id: first.user_id.or(second.user_id),
            username: first.username.or(second.username),
            display_name: first.display_name.or(second.display_name),
            user_type: first.user_type.or(second.user_type),
            flags: std::array::from_fn(|place| first.flags[place].or(second.flags[place])),
            default_method: first.default_method.or(second.default_method),
            methods: first.methods.or(second.methods),
            last_updated: first.last_updated.or(second.last_updated),
        };
    }
}

/// Something that a person registered, changed or reset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegistrationEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// Object ID, where it is said.
    pub user_id: Option<String>,
    /// User principal name.
    pub username: Option<String>,
    /// Display name.
    pub display_name: Option<String>,
    /// `registration` or `reset`, as it came.
    pub feature: String,
    /// The method, as it came.
    pub method: Option<String>,
    /// Whether it worked; `None` where that is not said.
    pub is_success: Option<bool>,
    /// Why not.
    pub failure_reason: Option<String>,
}

impl RegistrationEvent {
    /// Whether it is a reset, and not a registration.
    pub fn is_reset(&self) -> bool {
        self.feature.to_lowercase().contains("reset")
    }

    /// What it is: the same event has the same text, whichever file it came in.
    pub fn identity(&self) -> String {
        let person = self.username.as_ref().or(self.user_id.as_ref());
        let parts = [
            self.at.timestamp_micros().to_string(),
            person.cloned().unwrap_or_default(),
            self.feature.clone(),
            self.method.clone().unwrap_or_default(),
            format!("{:?}", self.is_success),
        ];
        parts.join("\n").to_lowercase()
    }
}

/// A relying party of AD FS, and whether it can move to Entra ID.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelyingParty {
    /// Its identifier at AD FS.
    pub party_id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Identifier of the farm.
    pub service_id: Option<String>,
    /// Where answers go.
    pub reply_urls: Vec<String>,
    /// People, successful and failed sign-ins, of the period that the summary is of.
    pub unique_users: Option<u64>,
    /// See [`RelyingParty::unique_users`].
    pub successful: Option<u64>,
    /// See [`RelyingParty::unique_users`].
    pub failed: Option<u64>,
    /// `ready`, `needsReview` or `additionalStepsRequired`, as it came.
    pub migration_status: Option<String>,
    /// What was tested.
    pub tests: Vec<MigrationTest>,
}

/// A test of whether a relying party can move.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationTest {
    /// Its name.
    pub name: String,
    /// What it came to, as it came: 0 is passed.
    pub result: Option<String>,
    /// What it says.
    pub message: Option<String>,
}

impl MigrationTest {
    /// Several as one text.
    pub fn to_text(tests: &[MigrationTest]) -> String {
        serde_json::to_string(tests).unwrap_or_default()
    }

    /// Those of such a text; none where it is another one.
    pub fn of_text(text: &str) -> Vec<MigrationTest> {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Whether it passed; `None` where that is not said.
    pub fn is_passed(&self) -> Option<bool> {
        let result = self.result.as_deref()?.to_lowercase();
        Some(matches!(result.as_str(), "0" | "pass" | "passed"))
    }
}

/// Numbers that Entra ID counted itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Summary {
    /// People by what they can do.
    Features {
        /// Of which people: `all`, `member`, `guest`.
        user_types: String,
        /// Of which roles: `all`, `privilegedAdmin`, `admin`, `user`.
        user_roles: String,
        /// People in all.
        total: u64,
        /// By feature, such as `mfaCapable`.
        counts: BTreeMap<String, u64>,
    },
    /// People by method.
    Methods {
        /// See [`Summary::Features`].
        user_types: String,
        /// See [`Summary::Features`].
        user_roles: String,
        /// People in all.
        total: u64,
        /// By method.
        counts: BTreeMap<String, u64>,
    },
    /// Registrations or resets by method.
    Activity {
        /// `D1`, `D7` or `D30`, where the answer says it.
        period: String,
        /// `registration` or `reset`.
        feature: String,
        /// The method.
        method: String,
        /// How many worked.
        successful: u64,
        /// How many did not.
        failed: u64,
    },
    /// Resets and changes of passwords of a day.
    Resets {
        /// The day, UTC.
        day: NaiveDate,
        /// Resets by the person.
        by_person: u64,
        /// Resets by an administrator.
        by_admin: u64,
        /// Changes by the person.
        changes: u64,
    },
}

impl Summary {
    /// As one text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// That of such a text; `None` where it is another one.
    pub fn of_text(text: &str) -> Option<Summary> {
        serde_json::from_str(text).ok()
    }

    /// What it is of: a newer one of the same takes its place.
    pub fn key(&self) -> String {
        match self {
            Summary::Features {
                user_types,
                user_roles,
                ..
            } => format!("features/{user_types}/{user_roles}"),
            Summary::Methods {
                user_types,
                user_roles,
                ..
            } => format!("methods/{user_types}/{user_roles}"),
            Summary::Activity {
                period,
                feature,
                method,
                ..
            } => format!("activity/{period}/{feature}/{method}"),
            Summary::Resets { day, .. } => format!("resets/{day}"),
        }
        .to_lowercase()
    }
}

/// How many kinds of facts there are.
pub const FACTS: usize = 5;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistrationLists {
    /// People and what they registered.
    pub people: Vec<Registered>,
    /// What was registered and reset.
    pub events: Vec<RegistrationEvent>,
    /// Relying parties of AD FS.
    pub relying_parties: Vec<RelyingParty>,
    /// Numbers that were counted already.
    pub summaries: Vec<Summary>,
    /// Credentials of applications.
    pub credentials: Vec<ApplicationCredential>,
}

impl RegistrationLists {
    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.by_kind().iter().sum()
    }

    /// How many there are of each kind, as [`ImportedList::facts`] counts them.
    pub fn by_kind(&self) -> [usize; FACTS] {
        [
            self.people.len(),
            self.events.len(),
            self.relying_parties.len(),
            self.summaries.len(),
            self.credentials.len(),
        ]
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A file that facts came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedList {
    /// A name of ours.
    pub id: String,
    /// The file.
    pub origin: String,
    /// When it was imported.
    pub imported: DateTime<Utc>,
    /// How many people, events, relying parties, summaries and credentials are of it.
    pub facts: [u64; FACTS],
}

/// All that is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registrations {
    /// The files, the newest first.
    pub lists: Vec<ImportedList>,
    /// People and the place of the list that said it last, in the order of their keys.
    pub people: Vec<(Registered, usize)>,
    /// Events, the newest first.
    pub events: Vec<RegistrationEvent>,
    /// Relying parties, in the order of their identifiers.
    pub relying_parties: Vec<RelyingParty>,
    /// Summaries, in the order of their keys.
    pub summaries: Vec<Summary>,
    /// Credentials of applications, in the order of their key IDs.
    pub credentials: Vec<ApplicationCredential>,
}

impl Registrations {
    /// The newest import among the lists that have facts of a kind: 0 people, 1 events, 2 relying parties,
    /// 3 summaries, 4 credentials.
    pub fn newest(&self, kind: usize) -> Option<&ImportedList> {
        let has = |list: &&ImportedList| list.facts.get(kind).is_some_and(|facts| *facts > 0);
        self.lists.iter().find(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Option<DateTime<Utc>> {
        crate::time::read(text)
    }

    #[test]
    fn a_list_replaces_what_it_says_and_an_older_one_only_adds() {
        let mut kept = Registered {
            user_id: Some("u1".to_owned()),
            methods: Some(vec!["mobilePhone".to_owned()]),
            last_updated: moment("2026-11-20T00:00:00Z"),
            ..Registered::default()
        };
        kept.flags[Flag::MfaCapable.index()] = Some(true);
        let mut newer = Registered {
            methods: Some(Vec::new()),
            last_updated: moment("2026-11-21T00:00:00Z"),
            ..Registered::default()
        };
        newer.flags[Flag::Admin.index()] = Some(true);
        kept.take(&newer);
        assert_eq!(kept.methods, Some(Vec::new()));
        assert_eq!(kept.flag(Flag::MfaCapable), Some(true));
        assert_eq!(kept.flag(Flag::Admin), Some(true));
        let older = Registered {
            user_type: Some("guest".to_owned()),
            methods: Some(vec!["email".to_owned()]),
            last_updated: moment("2026-11-01T00:00:00Z"),
            ..Registered::default()
        };
        kept.take(&older);
        assert_eq!(kept.methods, Some(Vec::new()));
        assert!(kept.is_guest());
    }

    #[test]
    fn whether_somebody_can_be_talked_out_of_it_is_known_only_with_the_methods() {
        let of = |methods: Option<&[&str]>| {
            let methods = methods.map(|methods| methods.iter().map(|word| (*word).to_owned()));
            Registered {
                methods: methods.map(Iterator::collect),
                ..Registered::default()
            }
            .has_phishing_resistant()
        };
        assert_eq!(of(None), None);
        assert_eq!(of(Some(&["mobilePhone", "somethingNew"])), Some(false));
        assert_eq!(of(Some(&["mobilePhone", "FIDO2 security key"])), Some(true));
    }

    #[test]
    fn flags_are_at_their_places() {
        for (place, flag) in Flag::ALL.into_iter().enumerate() {
            assert_eq!(flag.index(), place);
        }
    }
}
