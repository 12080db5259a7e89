//! Who may see and do what: roles as Entra ID has them, and the rights that each has here.
//!
//! Roles and what they read are those of Microsoft's documentation ("least privileged roles to view activity logs",
//! "Conditional Access details need a role that reads its policies"); rights that have no counterpart there, such as
//! importing, belong to administrators alone.

/// A role of an account. An account may have several; its rights are those of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Everything, and the only one who manages accounts.
    GlobalAdministrator,
    /// Everything about the log; not accounts.
    SecurityAdministrator,
    /// Works on what happened: reads the log and what people reported.
    SecurityOperator,
    /// Reads the log with what Conditional Access decided.
    SecurityReader,
    /// Reads everything, changes nothing.
    GlobalReader,
    /// Reads the log without what Conditional Access decided.
    ReportsReader,
    /// Sees their own sign-ins and nothing else.
    User,
}

/// Something that may be seen or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See one's own sign-ins, and one's own account.
    OwnSignIns,
    /// See the sign-ins of everybody, on every page that lists them, and download them.
    SignIns,
    /// See which Conditional Access policies applied and what they decided.
    ConditionalAccess,
    /// See what people said of their own sign-ins ("This wasn't me").
    PersonReports,
    /// See names and addresses that are masked otherwise, one by one and with a reason.
    Unmask,
    /// See who looked at what.
    AccessAudit,
    /// Import files, see and delete what was set aside, and manage groups.
    Import,
    /// Manage accounts, their roles and their sessions.
    Accounts,
}

impl Role {
    /// All roles, the mightiest first.
    pub const ALL: [Role; 7] = [
        Role::GlobalAdministrator,
        Role::SecurityAdministrator,
        Role::SecurityOperator,
        Role::SecurityReader,
        Role::GlobalReader,
        Role::ReportsReader,
        Role::User,
    ];

    /// Its name in the configuration, in the state and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Role::GlobalAdministrator => "global_administrator",
            Role::SecurityAdministrator => "security_administrator",
            Role::SecurityOperator => "security_operator",
            Role::SecurityReader => "security_reader",
            Role::GlobalReader => "global_reader",
            Role::ReportsReader => "reports_reader",
            Role::User => "user",
        }
    }

    /// Its name for people, as Entra ID has it.
    pub const fn label(self) -> &'static str {
        match self {
            Role::GlobalAdministrator => "Global Administrator",
            Role::SecurityAdministrator => "Security Administrator",
            Role::SecurityOperator => "Security Operator",
            Role::SecurityReader => "Security Reader",
            Role::GlobalReader => "Global Reader",
            Role::ReportsReader => "Reports Reader",
            Role::User => "User",
        }
    }

    /// The role with this id.
    pub fn of_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.id() == id)
    }

    /// What it may see and do.
    pub const fn rights(self) -> &'static [Right] {
        match self {
            Role::GlobalAdministrator => &Right::ALL,
            Role::SecurityAdministrator => &[
                Right::OwnSignIns,
                Right::SignIns,
                Right::ConditionalAccess,
                Right::PersonReports,
                Right::Unmask,
                Right::AccessAudit,
                Right::Import,
            ],
            Role::SecurityOperator => &[
                Right::OwnSignIns,
                Right::SignIns,
                Right::PersonReports,
                Right::Unmask,
            ],
            Role::SecurityReader => &[
                Right::OwnSignIns,
                Right::SignIns,
                Right::ConditionalAccess,
                Right::PersonReports,
                Right::Unmask,
            ],
            Role::GlobalReader => &[
                Right::OwnSignIns,
                Right::SignIns,
                Right::ConditionalAccess,
                Right::PersonReports,
                Right::AccessAudit,
            ],
            Role::ReportsReader => &[Right::OwnSignIns, Right::SignIns],
            Role::User => &[Right::OwnSignIns],
        }
    }
}

impl Right {
    /// All rights.
    pub const ALL: [Right; 8] = [
        Right::OwnSignIns,
        Right::SignIns,
        Right::ConditionalAccess,
        Right::PersonReports,
        Right::Unmask,
        Right::AccessAudit,
        Right::Import,
        Right::Accounts,
    ];

    /// Those that a token may be for: what programs do.
    pub const FOR_TOKENS: [Right; 3] = [Right::SignIns, Right::ConditionalAccess, Right::Import];

    /// Its name in the page, where the client reads it.
    pub const fn id(self) -> &'static str {
        match self {
            Right::OwnSignIns => "own_sign_ins",
            Right::SignIns => "sign_ins",
            Right::ConditionalAccess => "conditional_access",
            Right::PersonReports => "person_reports",
            Right::Unmask => "unmask",
            Right::AccessAudit => "access_audit",
            Right::Import => "import",
            Right::Accounts => "accounts",
        }
    }

    /// The right with this name.
    pub fn of_id(id: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.id() == id)
    }

    /// Which roles have it, the mightiest first.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        let has = move |role: &Role| role.rights().contains(&self);
        Role::ALL.into_iter().filter(has)
    }
}

/// The roles of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// These roles, each once, the mightiest first.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Roles {
        let mut roles: Vec<Role> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Roles(roles)
    }

    /// Reads ids that are joined by commas. What is no role is left out: a state of a later version never gives more
    /// than is known here.
    pub fn of_ids(ids: &str) -> Roles {
        Roles::of(ids.split(',').filter_map(|id| Role::of_id(id.trim())))
    }

    /// The ids, joined by commas.
    pub fn ids(&self) -> String {
        let ids: Vec<&str> = self.0.iter().map(|role| role.id()).collect();
        ids.join(",")
    }

    /// The roles, the mightiest first.
    pub fn each(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether one of them has the right.
    pub fn may(&self, right: Right) -> bool {
        self.each().any(|role| role.rights().contains(&right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_as_they_were_written_and_nothing_is_made_up() {
        let roles = Roles::of([Role::User, Role::ReportsReader, Role::User]);
        assert_eq!(roles.ids(), "reports_reader,user");
        assert_eq!(Roles::of_ids(&roles.ids()), roles);
        assert_eq!(
            Roles::of_ids("owner, ,GLOBAL_ADMINISTRATOR"),
            Roles::default()
        );
        for role in Role::ALL {
            assert_eq!(Role::of_id(role.id()), Some(role));
        }
    }

    #[test]
    fn nobody_without_a_role_may_anything() {
        for right in Right::ALL {
            assert!(!Roles::default().may(right), "{right:?}");
            assert!(
                Roles::of([Role::GlobalAdministrator]).may(right),
                "{right:?}"
            );
        }
    }

    #[test]
    fn only_administrators_change_what_others_see() {
        for role in Role::ALL {
            let roles = Roles::of([role]);
            let is_administrator = matches!(
                role,
                Role::GlobalAdministrator | Role::SecurityAdministrator
            );
            assert_eq!(roles.may(Right::Import), is_administrator, "{role:?}");
            assert_eq!(
                roles.may(Right::Accounts),
                role == Role::GlobalAdministrator,
                "{role:?}"
            );
            assert_eq!(roles.may(Right::SignIns), role != Role::User, "{role:?}");
        }
        let reader = Roles::of([Role::ReportsReader]);
        assert!(!reader.may(Right::ConditionalAccess));
    }

    #[test]
    fn rights_of_several_roles_add_up() {
        let roles = Roles::of([Role::User, Role::SecurityReader]);
        assert!(roles.may(Right::ConditionalAccess) && roles.may(Right::OwnSignIns));
        assert!(!roles.may(Right::Import));
    }
}
