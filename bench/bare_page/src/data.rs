//! Made-up sign-ins: as long as real ones, so that as much is written.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

const ROWS: i64 = 50;
const LATEST: DateTime<Utc> = match DateTime::from_timestamp(1_795_516_920, 0) {
    Some(moment) => moment,
    None => DateTime::UNIX_EPOCH,
};

/// One row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// Request ID.
    pub id: String,
    /// Moment of the sign-in.
    pub date: DateTime<Utc>,
    /// Who.
    pub user: String,
    /// Into what.
    pub application: String,
    /// How it ended.
    pub status: String,
    /// Why, where it did not succeed.
    pub reason: Option<String>,
    /// From which address.
    pub ip_address: String,
    /// From which place.
    pub location: String,
    /// What Conditional Access said.
    pub conditional_access: String,
    /// How many factors were asked for.
    pub authentication_requirement: String,
}

/// The rows of the page.
pub async fn sign_ins() -> Vec<SignIn> {
    (0..ROWS).map(sign_in).collect()
}

fn sign_in(row: i64) -> SignIn {
    // As in the demo tenant: about one in eight fails.
    let failed = row % 8 == 3;
    SignIn {
        id: format!("64ed5844-2786-49eb-a39a-e4a39d45{row:04}"),
        date: LATEST - Duration::milliseconds(row * 1_411),
        user: format!("Eirik Rønning {row}"),
        application: "Office 365 SharePoint Online".to_owned(),
        status: if failed { "Failure" } else { "Success" }.to_owned(),
        reason: failed.then(|| "Device is not compliant 53000".to_owned()),
        ip_address: format!("203.0.113.{row}"),
        location: "Hamburg, Hamburg, DE".to_owned(),
        conditional_access: if failed { "Failure" } else { "Success" }.to_owned(),
        authentication_requirement: "Multifactor authentication".to_owned(),
    }
}
