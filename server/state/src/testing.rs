//! What tests of this crate share: the same tests run on a file of SQLite and on a PostgreSQL server.

use std::path::Path;

use model::access::{Role, Roles};
use postgres_server::PostgresServer;

use crate::{AccountToAdd, StateError, Store};

/// A place where state is kept as long as the test runs.
pub(crate) enum Kept {
    InAFile(tempfile::TempDir),
    OnAServer(PostgresServer),
}

impl Kept {
    pub(crate) fn in_a_file() -> Kept {
        Kept::InAFile(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn on_a_server() -> Kept {
        Kept::OnAServer(PostgresServer::start())
    }

    /// The folder of the file.
    pub(crate) fn folder(&self) -> &Path {
        match self {
            Kept::InAFile(folder) => folder.path(),
            Kept::OnAServer(_) => panic!("a server has no folder"),
        }
    }

    pub(crate) async fn try_open(&self) -> Result<Store, StateError> {
        match self {
            Kept::InAFile(folder) => Store::open(folder.path()).await,
            Kept::OnAServer(server) => Store::connect(&server.address()).await,
        }
    }

    pub(crate) async fn open(&self) -> Store {
        self.try_open().await.expect("a store")
    }
}

/// Makes an account that administers others. Gives its id.
pub(crate) async fn account(store: &Store, username: &str) -> String {
    let account = AccountToAdd {
        username: username.to_owned(),
        roles: Roles::of([Role::GlobalAdministrator]),
        ..AccountToAdd::default()
    };
    let added = store.add_account(account, 1_795_000_000_000).await;
    added.expect("an account")
}

/// Makes two tests of each function, `<name>::in_a_file` and `<name>::on_a_server`.
macro_rules! on_both {
    ($(async fn $name:ident($kept:ident: Kept) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn check($kept: Kept) $body

            #[tokio::test]
            async fn in_a_file() {
                check(Kept::in_a_file()).await;
            }

            #[tokio::test]
            async fn on_a_server() {
                check(Kept::on_a_server()).await;
            }
        }
    )*};
}
pub(crate) use on_both;
