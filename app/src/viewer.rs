//! Who asks for a page.

use leptos::prelude::use_context;
use model::access::{Right, Role, Roles};
use model::sight::Sight;
use model::{Column, Query};

use crate::error::UiError;

/// Who asks. The server puts one into the context of every render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Id of the account; `None` where there are no accounts, and whoever sits at this machine may everything.
    pub account_id: Option<String>,
    /// What is typed to sign in.
    pub username: String,
    /// What the account is called.
    pub display_name: String,
    /// Its roles.
    pub roles: Roles,
    /// Object ID in Entra ID of the person whose account it is.
    pub object_id: Option<String>,
    /// User principal name of that person.
    pub user_principal_name: Option<String>,
    /// The provider that says who they are; `None` for an account with a password.
    pub issuer: Option<String>,
    /// Hash of the session's secret, by which it is kept; `None` where there is none.
    pub session_hash: Option<String>,
    /// Whether names and addresses are masked.
    pub is_masked: bool,
    /// What is asked for by a token: no more than it was made for. `None` for people.
    pub scopes: Option<Vec<Right>>,
    /// Whether a second factor is wanted of the account that it has not: nothing but its own page opens until then.
    pub lacks_second_factor: bool,
}

impl Viewer {
    /// Whoever sits at this machine, where there are no accounts.
    pub fn of_this_machine() -> Viewer {
        Viewer {
            account_id: None,
            username: String::new(),
            display_name: String::new(),
            roles: Roles::of([Role::GlobalAdministrator]),
            object_id: None,
            user_principal_name: None,
            issuer: None,
            session_hash: None,
            is_masked: false,
            scopes: None,
            lacks_second_factor: false,
        }
    }

    /// What is seen of sign-ins.
    pub fn sight(&self) -> Sight {
        Sight {
            policies: self.may(Right::ConditionalAccess),
            people: !self.is_masked,
        }
    }

    /// Whether one of the roles has the right, and the token was made for it.
    pub fn may(&self, right: Right) -> bool {
        let scopes = self.scopes.as_ref();
        let has_right = self.roles.may(right) && !self.lacks_second_factor;
        has_right && scopes.is_none_or(|scopes| scopes.contains(&right))
    }
}

/// Who asks for what is being answered; `None` for somebody who is not signed in.
pub fn viewer() -> Option<Viewer> {
    use_context()
}

/// What whoever asks sees of sign-ins.
pub fn sight() -> Sight {
    viewer().map_or(Sight::ALL, |viewer| viewer.sight())
}

/// Whether a column is among what whoever asks sees. The backend keeps its values back besides.
pub fn shows(column: &Column) -> bool {
    sight().shows(column)
}

/// The query with those of its columns that whoever asks sees.
#[must_use]
pub fn seen(mut query: Query) -> Query {
    if let Some(columns) = &mut query.columns {
        columns.retain(|column| shows(column));
    }
    query.columns = query.columns.filter(|columns| !columns.is_empty());
    query
}

/// Who asks for what is being answered.
///
/// # Errors
/// When nobody is signed in. Routes turn them away before.
pub fn signed_in() -> Result<Viewer, UiError> {
    viewer().ok_or_else(|| UiError {
        message: crate::text::access::NOBODY.to_owned(),
        trace: String::new(),
    })
}

/// Lets only those go on who have the right.
///
/// # Errors
/// When whoever asks has not.
pub fn require(right: Right) -> Result<Viewer, UiError> {
    viewer().filter(|viewer| viewer.may(right)).ok_or_else(|| {
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(http::StatusCode::FORBIDDEN);
        }
        UiError {
            message: crate::text::access::needs(right),
            trace: String::new(),
        }
    })
}
