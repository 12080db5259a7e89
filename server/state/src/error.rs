//! What can go wrong, in words for the person who asked.

use std::path::PathBuf;

/// Why something was not kept or not found.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The folder of the file cannot be made.
    #[error("cannot make the folder {folder}: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The database was written by a later version of the program.
    #[error(
        "{place} was written by a later version (format {found}, this one knows {known}); start that version, or use another one"
    )]
    TooNew {
        /// The file, or words for the database of a server.
        place: PathBuf,
        /// Its format.
        found: usize,
        /// The newest that is known here.
        known: usize,
    },
    /// The database refused.
    #[error("the state database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The work was abandoned, as when the program ends.
    #[error("the state database did not answer")]
    Abandoned,
    /// An address that is none.
    #[error(
        "the address of the state database cannot be read; it looks like postgres://user:password@host/database"
    )]
    Address,
    /// A name with nothing in it.
    #[error("a view needs a name")]
    NoName,
    /// A token without a name.
    #[error("a token needs a name, so that it can be told from others")]
    NoTokenName,
    /// A name that is too long.
    #[error("a name has at most {most} characters")]
    LongName {
        /// How many it may have.
        most: usize,
    },
    /// A query that is too long.
    #[error("this view is too long to be kept; it has more than {most} bytes")]
    LongQuery {
        /// How many it may have.
        most: usize,
    },
    /// The name is taken.
    #[error("you have a view with this name already")]
    NameTaken,
    /// Somebody has too many.
    #[error("{most} are kept already; delete one first")]
    Full {
        /// How many there may be.
        most: usize,
    },
    /// A username that is blank, too long, or has gaps or what cannot be seen in it.
    #[error("a username has from 1 to {most} characters, no spaces, and none that cannot be seen")]
    Username {
        /// How many it may have.
        most: usize,
    },
    /// The username is taken.
    #[error("there is an account with this username already")]
    UsernameTaken,
    /// There is no such account.
    #[error("there is no such account; it may have been removed")]
    NoAccount,
    /// Nobody would be left who administers accounts.
    #[error("this is the last account that administers others; give somebody else that role first")]
    LastAdministrator,
    /// An account has a second factor.
    #[error("the second factor is on already; turn it off first to take another app")]
    SecondFactorOn,
    /// An account has no second factor, or it was begun anew since.
    #[error("there is no second factor to do that with; it may have been turned off or begun anew")]
    NoSecondFactor,
    /// The provider says who somebody is and what they may.
    #[error(
        "people sign in to this account at a provider, which says what they may; change it there"
    )]
    OfProvider,
    /// There is no such group.
    #[error("there is no such group; it may have been removed")]
    NoGroup,
    /// There is no such imported list.
    #[error("there is no such list; it may have been removed")]
    NoList,
    /// All together have too many, or share too many.
    #[error(
        "{most} views {whose} are kept already, which is all there may be; delete one that is not needed"
    )]
    FullForAll {
        /// How many there may be.
        most: usize,
        /// Of which views that is said: "of all readers", or "that everybody sees".
        whose: &'static str,
    },
    /// There is no such sign-in, or it is somebody else's.
    #[error("there is no such sign-in among yours")]
    NoSignIn,
    /// There is no such thing, or it belongs to somebody else.
    #[error("there is no such view among yours; it may have been deleted")]
    NotFound,
}

impl StateError {
    /// Whether it is about what was asked for, so that other words would do, and not about the database.
    pub fn is_of_request(&self) -> bool {
        !matches!(
            self,
            StateError::Folder { .. }
                | StateError::TooNew { .. }
                | StateError::Database(_)
                | StateError::Abandoned
                | StateError::Address
        )
    }
}
