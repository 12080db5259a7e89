//! Which columns say who somebody is, or where exactly they were.

use super::Column;

/// What a value says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Personal {
    /// What they are called.
    Name,
    /// What they sign in with.
    Account,
    /// Their object ID.
    ObjectId,
    /// What their device is called, which is often what they are called.
    Device,
    /// The address that they came from.
    Address,
    /// Where a code was sent to, or who was called.
    Reached,
}

impl Column {
    /// What its values say of a person; `None` where they name nobody.
    pub fn personal(&self) -> Option<Personal> {
        Some(match self.id {
            "user" => Personal::Name,
            "username" | "sign_in_identifier" | "alternate_sign_in_name" => Personal::Account,
            "user_id" => Personal::ObjectId,
            "device_name" => Personal::Device,
            "ip_address" | "ip_address_from_resource" | "global_secure_access_ip_address" => {
                Personal::Address
            }
            "mfa_auth_detail" => Personal::Reached,
            _ => return None,
        })
    }
}
