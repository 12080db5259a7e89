//! The pages: one module per address.
//!
//! Those of the log are written by the server ([`sheet`]); the import page runs in the browser too, because it
//! shows what happens while files travel.

#[cfg(feature = "ssr")]
mod access_audit;
#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod accounts;
#[cfg(feature = "ssr")]
mod application;
#[cfg(feature = "ssr")]
mod applications;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
pub mod door;
#[cfg(feature = "ssr")]
mod entity;
#[cfg(feature = "ssr")]
mod errors;
#[cfg(feature = "ssr")]
mod forbidden;
#[cfg(feature = "ssr")]
mod group;
#[cfg(feature = "ssr")]
mod groups;
pub mod import;
#[cfg(feature = "ssr")]
mod imported_lists;
#[cfg(feature = "ssr")]
mod insights;
#[cfg(feature = "ssr")]
mod ip;
#[cfg(feature = "ssr")]
mod map;
#[cfg(feature = "ssr")]
mod my_sign_ins;
#[cfg(feature = "ssr")]
pub mod not_found;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod person_reports;
#[cfg(feature = "ssr")]
mod registration;
#[cfg(feature = "ssr")]
mod shortcuts;
#[cfg(feature = "ssr")]
pub mod sign_ins;
#[cfg(feature = "ssr")]
mod user;
#[cfg(feature = "ssr")]
mod users;

#[cfg(feature = "ssr")]
use model::access::Right;

#[cfg(feature = "ssr")]
use crate::asked::Asked;
#[cfg(feature = "ssr")]
use crate::sheet::Sheet;
#[cfg(feature = "ssr")]
use crate::view::registration::InsightsTab;

/// What came of a request for a page.
#[cfg(feature = "ssr")]
pub enum Written {
    /// The page.
    Sheet(Sheet),
    /// Nothing has this address.
    NotFound(Sheet),
    /// Whoever asks may not see it.
    Forbidden(Sheet),
    /// Another address says the same in the canonical way.
    Elsewhere(String),
}

/// What the page of a path needs of whoever asks; `None` for those that everybody sees who is signed in.
#[cfg(feature = "ssr")]
pub fn right_of(segments: &[&str]) -> Option<Right> {
    if let ["insights", "policies", ..] = segments {
        return Some(Right::ConditionalAccess);
    }
    match segments.first().copied() {
        Some(
            "sign-ins" | "users" | "ip" | "applications" | "groups" | "map" | "errors" | "insights"
            | "overview",
        ) => Some(Right::SignIns),
        Some("import") => Some(Right::Import),
        Some("accounts") => Some(Right::Accounts),
        Some("access-audit") => Some(Right::AccessAudit),
        Some("my-sign-ins") => Some(Right::OwnSignIns),
        Some("person-reports") => Some(Right::PersonReports),
        _ => None,
    }
}

/// Writes the page of an address.
#[cfg(feature = "ssr")]
pub async fn written(asked: &Asked) -> Written {
    let segments = asked.segments();
    if let Some(right) = right_of(&segments).filter(|right| !asked.viewer.may(*right)) {
        return Written::Forbidden(forbidden::sheet(right));
    }
    if let Some(sheet) = forbidden::of_columns(asked) {
        return Written::Forbidden(sheet);
    }
    match segments.as_slice() {
        [] if !asked.viewer.may(Right::SignIns) => Written::Elsewhere(my_sign_ins::PATH.to_owned()),
        [] if asked.query.is_empty() => Written::Elsewhere("/overview".to_owned()),
        ["overview"] => overview::written(asked).await,
        [] | ["sign-ins"] => sign_ins::written(asked).await,
        ["access-audit"] => access_audit::written(asked).await,
        ["account"] => account::written(asked).await,
        ["accounts"] => accounts::written(asked).await,
        ["my-sign-ins"] => my_sign_ins::written(asked).await,
        ["person-reports"] => person_reports::written().await,
        ["forbidden", right] => forbidden::written(right),
        ["users"] => users::written(asked).await,
        ["users", name] => user::written(asked, name).await,
        ["ip", address] => ip::written(asked, address).await,
        ["applications"] => applications::written(asked).await,
        ["applications", name] => application::written(asked, name).await,
        ["groups"] => groups::written(asked).await,
        ["groups", name] => group::written(asked, name).await,
        ["errors"] => errors::written(asked, None).await,
        ["errors", code] => errors::written(asked, Some(code)).await,
        ["insights", "lists"] => imported_lists::written(asked).await,
        ["insights", "authentication-methods", "registration"] => {
            registration::written(asked, InsightsTab::Registration).await
        }
        ["insights", "authentication-methods", "details"] => {
            registration::written(asked, InsightsTab::Details).await
        }
        ["insights", "authentication-methods", "events"] => {
            registration::written(asked, InsightsTab::Events).await
        }
        ["insights", report] => insights::written(asked, report, None).await,
        ["insights", report, line] => insights::written(asked, report, Some(line)).await,
        ["map"] => map::written(asked).await,
        ["sign-ins", "columns"] => columns::written(asked),
        ["shortcuts"] => Written::Sheet(shortcuts::sheet(asked)),
        segments => Written::NotFound(not_found::sheet(segments)),
    }
}
