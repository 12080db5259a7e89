//! Who acts next.

use serde::{Deserialize, Serialize};

/// Who has to do something after a sign-in with some result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acts {
    /// Nobody: it is an ordinary step, or over.
    Nobody,
    /// Whoever signed in.
    Person,
    /// Whoever has the device.
    DeviceOwner,
    /// Whoever helps people.
    HelpDesk,
    /// Whoever administers the tenant.
    Administrator,
    /// Whoever the application belongs to in this tenant.
    AppOwner,
    /// Whoever wrote the application.
    AppDeveloper,
    /// Whoever watches over security.
    Security,
    /// Administrators of another tenant.
    OtherTenant,
    /// The provider of the service.
    Microsoft,
}

impl Acts {
    /// All of them.
    pub const ALL: [Acts; 10] = [
        Acts::Nobody,
        Acts::Person,
        Acts::DeviceOwner,
        Acts::HelpDesk,
        Acts::Administrator,
        Acts::AppOwner,
        Acts::AppDeveloper,
        Acts::Security,
        Acts::OtherTenant,
        Acts::Microsoft,
    ];

    /// In addresses and files.
    pub const fn id(self) -> &'static str {
        match self {
            Acts::Nobody => "nobody",
            Acts::Person => "person",
            Acts::DeviceOwner => "device_owner",
            Acts::HelpDesk => "help_desk",
            Acts::Administrator => "administrator",
            Acts::AppOwner => "app_owner",
            Acts::AppDeveloper => "app_developer",
            Acts::Security => "security",
            Acts::OtherTenant => "other_tenant",
            Acts::Microsoft => "microsoft",
        }
    }

    /// The one with this id.
    pub fn of_id(id: &str) -> Option<Acts> {
        Acts::ALL.into_iter().find(|acts| acts.id() == id)
    }

    /// In words, as the subject of a sentence would be.
    pub const fn label(self) -> &'static str {
        match self {
            Acts::Nobody => "Nobody",
            Acts::Person => "The person",
            Acts::DeviceOwner => "Device owner",
            Acts::HelpDesk => "Help desk",
            Acts::Administrator => "Administrator",
            Acts::AppOwner => "App owner",
            Acts::AppDeveloper => "App developer",
            Acts::Security => "Security team",
            Acts::OtherTenant => "The other tenant",
            Acts::Microsoft => "Microsoft",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back() {
        for acts in Acts::ALL {
            assert_eq!(Acts::of_id(acts.id()), Some(acts));
            let json = serde_json::to_string(&acts).expect("text");
            assert_eq!(json, format!("\"{}\"", acts.id()));
        }
        assert_eq!(Acts::of_id("somebody"), None);
    }
}
