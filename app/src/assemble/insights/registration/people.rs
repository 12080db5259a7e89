//! Which people are counted: as the portal lets one choose them.

use model::registration::{Flag, Registered, Registrations};

/// By the type of their accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Types {
    /// Everyone.
    #[default]
    All,
    /// Members.
    Members,
    /// Guests.
    Guests,
}

/// By whether they administer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Roles {
    /// All.
    #[default]
    All,
    /// Those who do.
    Admins,
    /// Those who do not.
    Users,
}

impl Types {
    /// All choices.
    pub const ALL: [Types; 3] = [Types::All, Types::Members, Types::Guests];

    /// The choice of a word; another word chooses everyone.
    pub fn of(word: &str) -> Types {
        let found = Types::ALL.into_iter().find(|types| types.id() == word);
        found.unwrap_or_default()
    }

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Types::All => "",
            Types::Members => "member",
            Types::Guests => "guest",
        }
    }
}

impl Roles {
    /// All choices.
    pub const ALL: [Roles; 3] = [Roles::All, Roles::Admins, Roles::Users];

    /// The choice of a word; another word chooses all.
    pub fn of(word: &str) -> Roles {
        let found = Roles::ALL.into_iter().find(|roles| roles.id() == word);
        found.unwrap_or_default()
    }

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Roles::All => "",
            Roles::Admins => "admin",
            Roles::Users => "user",
        }
    }
}

/// Both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// By type.
    pub types: Types,
    /// By role.
    pub roles: Roles,
}

impl Scope {
    /// The parts of an address.
    pub fn to_text(self) -> String {
        let parts = [("type", self.types.id()), ("role", self.roles.id())];
        let parts = parts.into_iter().filter(|(_, id)| !id.is_empty());
        let parts: Vec<String> = parts.map(|(name, id)| format!("{name}={id}")).collect();
        parts.join("&")
    }

    /// Whether somebody is counted. Of whom it is not said is a member, and does not administer.
    pub fn has(self, person: &Registered) -> bool {
        let by_type = match self.types {
            Types::All => true,
            Types::Members => !person.is_guest(),
            Types::Guests => person.is_guest(),
        };
        let is_admin = person.flag(Flag::Admin) == Some(true);
        by_type
            && match self.roles {
                Roles::All => true,
                Roles::Admins => is_admin,
                Roles::Users => !is_admin,
            }
    }

    /// The people.
    pub fn people(self, kept: &Registrations) -> impl Iterator<Item = &Registered> {
        let people = kept.people.iter().map(|(person, _)| person);
        people.filter(move |person| self.has(person))
    }

    /// Whether a summary is of the same people.
    pub fn is_of(self, user_types: &str, user_roles: &str) -> bool {
        let types = match self.types {
            Types::All => "all",
            other => other.id(),
        };
        let is_role = match self.roles {
            Roles::All => user_roles.eq_ignore_ascii_case("all"),
            Roles::Admins => ["admin", "privilegedAdmin"]
                .iter()
                .any(|role| user_roles.eq_ignore_ascii_case(role)),
            Roles::Users => user_roles.eq_ignore_ascii_case("user"),
        };
        is_role && user_types.eq_ignore_ascii_case(types)
    }
}
