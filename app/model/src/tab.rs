//! The four kinds of sign-in, which the portal shows as four tabs.

use std::fmt;

/// Kind of sign-in. The portal's blade has one tab for each; in Graph they are the values of
/// `signInEventTypes`, in diagnostic settings the `category`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tab {
    /// A person gave a factor. Graph `interactiveUser`, category `SignInLogs`.
    Interactive,
    /// An application acted for a person. Graph `nonInteractiveUser`.
    NonInteractive,
    /// An application acted for itself. Graph `servicePrincipal`.
    ServicePrincipal,
    /// An Azure resource acted with the identity that Azure manages for it. Graph `managedIdentity`.
    ManagedIdentity,
}

impl Tab {
    /// All tabs, in the portal's order.
    pub const ALL: [Tab; 4] = [
        Tab::Interactive,
        Tab::NonInteractive,
        Tab::ServicePrincipal,
        Tab::ManagedIdentity,
    ];

    /// The word used in addresses, in the lake and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tab::Interactive => "interactive",
            Tab::NonInteractive => "noninteractive",
            Tab::ServicePrincipal => "serviceprincipal",
            Tab::ManagedIdentity => "managedidentity",
        }
    }

    /// The word of Graph's `signInEventTypes`.
    pub const fn event_type(self) -> &'static str {
        match self {
            Tab::Interactive => "interactiveUser",
            Tab::NonInteractive => "nonInteractiveUser",
            Tab::ServicePrincipal => "servicePrincipal",
            Tab::ManagedIdentity => "managedIdentity",
        }
    }

    /// The portal's label of the tab.
    pub const fn label(self) -> &'static str {
        match self {
            Tab::Interactive => "User sign-ins (interactive)",
            Tab::NonInteractive => "User sign-ins (non-interactive)",
            Tab::ServicePrincipal => "Service principal sign-ins",
            Tab::ManagedIdentity => "Managed identity sign-ins",
        }
    }

    /// Position in [`Tab::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Reads the word of [`Tab::as_str`], in any letter case.
    pub fn parse(text: &str) -> Option<Tab> {
        Tab::ALL
            .into_iter()
            .find(|tab| tab.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

impl fmt::Display for Tab {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How much of the log the view of all kinds shows: each step adds a kind of traffic that is louder than
/// the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Noise {
    /// What people did themselves.
    #[default]
    People,
    /// What applications renewed for them, too.
    Silent,
    /// And what workloads did: everything.
    Workloads,
}

impl Noise {
    /// All steps, the quietest first.
    pub const ALL: [Noise; 3] = [Noise::People, Noise::Silent, Noise::Workloads];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Noise::People => "people",
            Noise::Silent => "silent",
            Noise::Workloads => "workloads",
        }
    }

    /// The kinds that are shown.
    pub const fn tabs(self) -> Tabs {
        match self {
            Noise::People => Tabs::INTERACTIVE,
            Noise::Silent => Tabs::USERS,
            Noise::Workloads => Tabs::ALL,
        }
    }

    /// Reads the word of [`Noise::as_str`], in any letter case.
    pub fn parse(text: &str) -> Option<Noise> {
        Noise::ALL
            .into_iter()
            .find(|noise| noise.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// A set of tabs, small enough for a constant table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tabs(u8);

impl Tabs {
    /// No tab.
    pub const NONE: Tabs = Tabs(0);
    /// Every tab.
    pub const ALL: Tabs = Tabs(0b1111);
    /// The two tabs of people.
    pub const USERS: Tabs = Tabs(0b0011);
    /// The two tabs of workloads.
    pub const WORKLOADS: Tabs = Tabs(0b1100);
    /// Only the interactive tab.
    pub const INTERACTIVE: Tabs = Tabs(0b0001);
    /// Only the non-interactive tab.
    pub const NON_INTERACTIVE: Tabs = Tabs(0b0010);
    /// Only the service principal tab.
    pub const SERVICE_PRINCIPAL: Tabs = Tabs(0b0100);
    /// Only the managed identity tab.
    pub const MANAGED_IDENTITY: Tabs = Tabs(0b1000);

    /// Just this tab.
    pub const fn only(tab: Tab) -> Tabs {
        Tabs(1 << tab.index())
    }

    /// The tabs of the set, in the portal's order.
    pub fn each(self) -> impl Iterator<Item = Tab> {
        Tab::ALL.into_iter().filter(move |tab| self.has(*tab))
    }

    /// Both sets together.
    pub const fn and(self, other: Tabs) -> Tabs {
        Tabs(self.0 | other.0)
    }

    /// Whether `tab` is in the set.
    pub const fn has(self, tab: Tab) -> bool {
        self.0 & (1 << tab.index()) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_their_tab() {
        for tab in Tab::ALL {
            assert_eq!(Tab::parse(&tab.as_str().to_uppercase()), Some(tab));
            assert!(tab.event_type().to_lowercase().starts_with(tab.as_str()));
        }
        assert_eq!(Tab::parse("audit"), None);
    }

    #[test]
    fn sets_hold_what_they_say() {
        assert!(Tabs::USERS.has(Tab::NonInteractive));
        assert!(!Tabs::USERS.has(Tab::ServicePrincipal));
        assert!(Tab::ALL.into_iter().all(|tab| Tabs::ALL.has(tab)));
        assert_eq!(Tabs::USERS.and(Tabs::WORKLOADS), Tabs::ALL);
        assert!(Tabs::ALL.each().eq(Tab::ALL));
        assert_eq!(Tabs::NONE.each().count(), 0);
    }
}
